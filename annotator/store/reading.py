"""Reading whole documents with what everybody made in them, in pieces that fit in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from annotator.model.annotation import DocumentLabel, Note, Status, Value
from annotator.model.document import Document
from annotator.model.state import AnnotationState
from annotator.store.annotators import all_names, find_gold
from annotator.store.documents import document_of
from annotator.store.journal import Place, annotation_of, relation_of
from annotator.store.tables import ANNOTATION, ANNOTATOR, CONTENT, DOCUMENT, DOCUMENT_LABEL, PROGRESS, RELATION


PIECE = 200
"""Documents in one query."""


@dataclass(frozen=True, slots=True)
class OwnWork:
    """What one annotator has made in a document, and the active milliseconds spent there."""

    state: AnnotationState
    active_ms: int


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
        joined = select(DOCUMENT, CONTENT.c.text, CONTENT.c.raw, CONTENT.c.edits).join(
            CONTENT, CONTENT.c.document_id == DOCUMENT.c.id
        )
        for row in connection.execute(joined.where(DOCUMENT.c.id.in_(some)).order_by(DOCUMENT.c.doc_id)):
            work = {names[who]: own for who, own in work_in.get(row.id, {}).items()}
            if not work and annotator_id is not None and annotator_id == gold:
                work = {names[gold]: OwnWork(AnnotationState(), 0)}
            if work:
                yield document_of(row), work


def work_on(connection: Connection, documents: Sequence[int], whose: Sequence[int]) -> dict[int, dict[int, OwnWork]]:
    """By document and annotator, what they made there; rows of both."""
    values, times = _values_and_times(connection, documents, whose)
    return {
        document: {
            who: OwnWork(AnnotationState.of(made), times.get((who, document), 0)) for who, made in by_annotator.items()
        }
        for document, by_annotator in values.items()
    }


def _values_and_times(
    connection: Connection, documents: Sequence[int], whose: Sequence[int]
) -> tuple[dict[int, dict[int, list[Value]]], dict[Place, int]]:
    """By document and annotator, everything that they made there, and the active milliseconds."""
    found: dict[int, dict[int, list[Value]]] = {}
    times: dict[Place, int] = {}

    def put(row: Any, value: Value) -> None:
        found.setdefault(row["document_id"], {}).setdefault(row["annotator_id"], []).append(value)

    def rows(table: Table) -> Iterator[Any]:
        query = select(table).where(table.c.document_id.in_(documents), table.c.annotator_id.in_(whose))
        return iter(connection.execute(query).mappings())

    for row in rows(ANNOTATION):
        put(row, annotation_of(row))
    for row in rows(RELATION):
        put(row, relation_of(row))
    for row in rows(DOCUMENT_LABEL):
        put(row, DocumentLabel(row["label"]))
    for row in rows(PROGRESS):
        times[row["annotator_id"], row["document_id"]] = row["active_ms"]
        if row["status"] != "open":
            put(row, Status(row["status"]))
        if row["note"]:
            put(row, Note(row["note"]))
    return found, times
