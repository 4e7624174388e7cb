"""Active time per annotator and document, in milliseconds. It is no operation: nothing undoes it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, exists, or_, select
from sqlalchemy.dialects.sqlite import Insert, insert

from annotator.store.journal import Place
from annotator.store.tables import JOURNAL, PROGRESS


PLACE_COLUMNS = ("annotator_id", "document_id")


def add_time(connection: Connection, place: Place, active_ms: int, at: str) -> None:
    """Add to the active time of an annotator in a document."""
    statement = _row(place, active_ms, at)
    total = {"active_ms": PROGRESS.c.active_ms + statement.excluded.active_ms}
    connection.execute(statement.on_conflict_do_update(index_elements=PLACE_COLUMNS, set_=total))


def raise_time(connection: Connection, place: Place, active_ms: int, at: str) -> None:
    """Make this the active time of an annotator in a document, unless it is more already."""
    statement = _row(place, active_ms, at)
    given = statement.excluded.active_ms
    is_more = PROGRESS.c.active_ms < given
    connection.execute(
        statement.on_conflict_do_update(index_elements=PLACE_COLUMNS, set_={"active_ms": given}, where=is_more)
    )


def load_time(connection: Connection, place: Place) -> int:
    """The active time of an annotator in a document, 0 where they have not been there."""
    own = (PROGRESS.c.annotator_id == place[0], PROGRESS.c.document_id == place[1])
    return connection.execute(select(PROGRESS.c.active_ms).where(*own)).scalar_one_or_none() or 0


def is_begun() -> ColumnElement[bool]:
    """Whether a row of PROGRESS stands for more than time: for an operation, or a cursor that was moved."""
    same_place = (JOURNAL.c[name] == PROGRESS.c[name] for name in PLACE_COLUMNS)
    return or_(PROGRESS.c.cursor.is_not(None), exists(select(JOURNAL.c.seq).where(*same_place)))


def _row(place: Place, active_ms: int, at: str) -> Insert:
    row = dict(zip(PLACE_COLUMNS, place, strict=True))
    others = {"status": "open", "note": "", "cursor": None, "changed_at": at, "active_ms": active_ms}
    return insert(PROGRESS).values(row | others)
