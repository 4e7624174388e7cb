"""Documents that a reviewer sent back to an annotator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from annotator.store.journal import Place
from annotator.store.tables import ANNOTATOR, DOCUMENT, RETURNED


@dataclass(frozen=True, slots=True)
class Returned:
    """A document sent back, and whether its annotator is done with it again."""

    doc_id: str
    annotator: str
    reviewer: str
    note: str
    at: str
    settled_at: str | None


def send_back(connection: Connection, place: Place, reviewer_id: int, note: str, at: str) -> None:
    """Send a document back to an annotator."""
    row = {"annotator_id": place[0], "document_id": place[1], "reviewer_id": reviewer_id, "note": note, "at": at}
    connection.execute(RETURNED.insert(), row | {"settled_at": None})


def settle(connection: Connection, place: Place, at: str) -> None:
    """The annotator is done with a document again."""
    connection.execute(
        RETURNED.update()
        .where(RETURNED.c.annotator_id == place[0], RETURNED.c.document_id == place[1], RETURNED.c.settled_at.is_(None))
        .values(settled_at=at)
    )


def note_on(connection: Connection, place: Place) -> str | None:
    """What a reviewer wrote when sending a document back that the annotator is not done with yet; else None."""
    query = (
        select(RETURNED.c.note)
        .where(RETURNED.c.annotator_id == place[0], RETURNED.c.document_id == place[1], RETURNED.c.settled_at.is_(None))
        .order_by(RETURNED.c.id.desc())
    )
    return connection.scalar(query.limit(1))


def all_returned(connection: Connection, annotator_id: int | None = None) -> Iterator[Returned]:
    """Everything that was sent back, to one annotator or to all, oldest first."""
    names = {row.id: row.name for row in connection.execute(select(ANNOTATOR.c.id, ANNOTATOR.c.name))}
    query = (
        select(RETURNED, DOCUMENT.c.doc_id)
        .join(DOCUMENT, DOCUMENT.c.id == RETURNED.c.document_id)
        .order_by(RETURNED.c.id)
    )
    if annotator_id is not None:
        query = query.where(RETURNED.c.annotator_id == annotator_id)
    for row in connection.execute(query):
        yield Returned(row.doc_id, names[row.annotator_id], names[row.reviewer_id], row.note, row.at, row.settled_at)
