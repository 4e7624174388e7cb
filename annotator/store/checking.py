"""`db check`: is the file sound, and do the current values equal the folded journal?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection, select

from annotator.errors import OffsetError, OperationError
from annotator.model.history import replay
from annotator.store import documents, journal
from annotator.store.engine import Store
from annotator.store.tables import ANNOTATOR, CONTENT, DOCUMENT


def problems(store: Store) -> Iterator[str]:
    """Everything that is wrong, one line each; nothing where all is well."""
    with store.read() as connection:
        yield from _file_problems(connection)
        yield from _text_problems(connection)
        yield from _journal_problems(connection)


def _file_problems(connection: Connection) -> Iterator[str]:
    for row in connection.exec_driver_sql("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield f"file: {row[0]}"
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"table {row[0]}: row {row[1]} names a missing row of {row[2]}"


def _text_problems(connection: Connection) -> Iterator[str]:
    texts = (CONTENT.c.text, CONTENT.c.raw, CONTENT.c.edits, CONTENT.c.main_text)
    query = select(DOCUMENT, *texts).outerjoin(CONTENT, CONTENT.c.document_id == DOCUMENT.c.id)
    for row in connection.execute(query):
        if row.text is None:
            yield f"document {row.doc_id}: its text is missing"
            continue
        try:
            document = documents.document_of(row)
        except (OffsetError, ValueError) as error:
            yield f"document {row.doc_id}: its texts and their map do not fit ({type(error).__name__})"
            continue
        for what, text, expected in (
            ("text", document.text, document.text_sha256),
            ("raw text", document.raw, document.raw_sha256),
        ):
            if hashlib.sha256(text.encode()).hexdigest() != expected:
                yield f"document {row.doc_id}: the {what} does not have the hash it was stored with"


def _journal_problems(connection: Connection) -> Iterator[str]:
    names = {row.id: row.name for row in connection.execute(select(ANNOTATOR.c.id, ANNOTATOR.c.name))}
    doc_ids = {row.id: row.doc_id for row in connection.execute(select(DOCUMENT.c.id, DOCUMENT.c.doc_id))}
    for place in journal.places(connection):
        where = f"{names.get(place[0])} in {doc_ids.get(place[1])}"
        try:
            state, _ = replay(journal.entries(connection, place))
        except OperationError as error:
            yield f"{where}: the journal does not fold: {error}"
            continue
        current = journal.load_state(connection, place)
        for slot in sorted(state.values.keys() | current.values.keys()):
            if state.values.get(slot) != current.values.get(slot):
                yield f"{where}: {slot[0]} {slot[1]} differs from what the journal says".replace("  ", " ")
