"""Reading whole documents with what everybody made in them, in pieces that fit in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from annotator.model.annotation import DocumentLabel, Note, Status, Value
from annotator.model.document import Document
from annotator.model.state import AnnotationState
from annotator.store.annotators import all_names, find_gold
from annotator.store.documents import document_of, whole
from annotator.store.journal import Place, annotation_of, answer_of, relation_of
from annotator.store.tables import (
    ANNOTATION,
    ANNOTATOR,
    ANSWER,
    DOCUMENT,
    DOCUMENT_LABEL,
    PROGRESS,
    RELATION,
    SAMPLED,
    SHOWN,
)


PIECE = 200
"""Documents in one query."""


@dataclass(frozen=True, slots=True)
class OwnWork:
    """What one annotator has made in a document, and how.

    Attributes:
        active_ms: The active milliseconds spent there.
        changed_at: When it changed last.
        shown: The origins of the suggestions that were in sight, sorted.
        sampled: Why the document came to the annotator where a model ordered the list, or "".
    """

    state: AnnotationState
    active_ms: int
    changed_at: str
    shown: tuple[str, ...] = ()
    sampled: str = ""


Work = dict[str, OwnWork]
"""The work of each annotator, by name."""


def documents_with_work(connection: Connection, annotator_id: int | None) -> Iterator[tuple[Document, Work]]:
    """Every document by doc_id, with the work of one annotator, or of all people (None); only those with any work.

    Of the gold, also those in which everything was rejected.
    """
    gold = find_gold(connection)
    names = {row.id: row.name for row in connection.execute(select(ANNOTATOR.c.id, ANNOTATOR.c.name))}
    whose = [annotator_id] if annotator_id is not None else [id_ for id_, _ in all_names(connection)]
    touched = select(PROGRESS.c.document_id).where(PROGRESS.c.annotator_id.in_(whose))
    query = select(DOCUMENT.c.id).where(DOCUMENT.c.id.in_(touched)).order_by(DOCUMENT.c.doc_id)
    ids = list(connection.execute(query).scalars())
    for first in range(0, len(ids), PIECE):
        some = ids[first : first + PIECE]
        work_in = work_on(connection, some, whose)
        for row in connection.execute(whole().where(DOCUMENT.c.id.in_(some)).order_by(DOCUMENT.c.doc_id)):
            found = work_in.get(row.id, {})
            work = {names[who]: own for who, own in found.items() if own.state.values or who == gold}
            if work:
                yield document_of(row), work


def work_on(connection: Connection, documents: Sequence[int], whose: Collection[int]) -> dict[int, dict[int, OwnWork]]:
    """By document and annotator, what they made there, which may be nothing; rows of both."""
    values: dict[Place, list[Value]] = {}
    for table, made in (
        (ANNOTATION, annotation_of),
        (RELATION, relation_of),
        (DOCUMENT_LABEL, _label_of),
        (ANSWER, answer_of),
    ):
        for row in _rows(connection, table, documents, whose):
            values.setdefault((row["annotator_id"], row["document_id"]), []).append(made(row))
    shown: dict[Place, list[str]] = {}
    for row in _rows(connection, SHOWN, documents, whose):
        shown.setdefault((row["annotator_id"], row["document_id"]), []).append(row["origin"])
    sampled = {
        (row["annotator_id"], row["document_id"]): row["reason"] for row in _rows(connection, SAMPLED, documents, whose)
    }
    found: dict[int, dict[int, OwnWork]] = {}
    for row in _rows(connection, PROGRESS, documents, whose):
        place = row["annotator_id"], row["document_id"]
        own = values.get(place, [])
        if row["status"] != "open":
            own.append(Status(row["status"]))
        if row["note"]:
            own.append(Note(row["note"]))
        seen = tuple(sorted(shown.get(place, ())))
        work = OwnWork(AnnotationState.of(own), row["active_ms"], row["changed_at"], seen, sampled.get(place, ""))
        found.setdefault(row["document_id"], {})[row["annotator_id"]] = work
    return found


def _rows(connection: Connection, table: Table, documents: Sequence[int], whose: Collection[int]) -> Iterator[Any]:
    theirs = table.c.document_id.in_(documents), table.c.annotator_id.in_(whose)
    return iter(connection.execute(select(table).where(*theirs)).mappings())


def _label_of(row: Any) -> DocumentLabel:
    return DocumentLabel(row["label"])
