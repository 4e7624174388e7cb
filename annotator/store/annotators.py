"""The people who annotate."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from annotator.errors import UsageError
from annotator.model.activity import in_seconds
from annotator.store.active_time import is_begun
from annotator.store.tables import ANNOTATION, ANNOTATOR, PROGRESS


GOLD = "gold"
GOLD_KEY = " gold"
"""The gold is written under an annotator whose name is compared so: no person's name keeps a space before it."""

RESERVED_NAMES = frozenset({GOLD, "all"})


@dataclass(frozen=True, slots=True)
class AnnotatorSummary:
    """An annotator and what has come of it.

    Attributes:
        documents: How many they worked on.
        active_seconds: How long they were at work, pauses left out.
        done_per_hour: The documents that they finished, per hour of active time in these. Those of which no time is
            known are left out; None where it is known of none.
    """

    name: str
    documents: int
    done: int
    flagged: int
    annotations: int
    active_seconds: float
    done_per_hour: float | None


def name_key(name: str) -> str:
    """A name as it is compared: NFC, case folded, outer spaces off."""
    return unicodedata.normalize("NFC", name.strip()).casefold()


def find(connection: Connection, name: str) -> int | None:
    """The row id of an annotator, or None."""
    return connection.scalar(select(ANNOTATOR.c.id).where(ANNOTATOR.c.name_key == name_key(name)))


def require(connection: Connection, name: str) -> int:
    """The row id of an annotator.

    Raises:
        UsageError: There is none of this name.
    """
    found = find(connection, name)
    if found is None:
        known = ", ".join(name for _, name in all_names(connection)) or "nobody yet"
        raise UsageError(f"there is no annotator {name!r}", hint=f"Annotators: {known}.")
    return found


def ensure(connection: Connection, name: str, at: str) -> int:
    """The row id of an annotator, who is created if need be.

    Raises:
        UsageError: The name is empty, reserved or not printable.
    """
    check_name(name)
    found = find(connection, name)
    if found is not None:
        return found
    row = {"name": unicodedata.normalize("NFC", name.strip()), "name_key": name_key(name), "added_at": at}
    return int(connection.execute(ANNOTATOR.insert().returning(ANNOTATOR.c.id), row).scalar_one())


def find_gold(connection: Connection) -> int | None:
    """The row of the annotator that the gold is written under; None before there is any."""
    return connection.scalar(select(ANNOTATOR.c.id).where(ANNOTATOR.c.name_key == GOLD_KEY))


def ensure_gold(connection: Connection, at: str) -> int:
    """The row of the annotator that the gold is written under."""
    found = find_gold(connection)
    if found is not None:
        return found
    row = {"name": GOLD, "name_key": GOLD_KEY, "added_at": at}
    return int(connection.execute(ANNOTATOR.insert().returning(ANNOTATOR.c.id), row).scalar_one())


def check_name(name: str) -> None:
    """Refuse what cannot be the name of an annotator.

    Raises:
        UsageError: The name is empty, reserved or not printable.
    """
    key = name_key(name)
    if key in RESERVED_NAMES:
        raise UsageError(f"{name!r} cannot be the name of an annotator: exports use it", hint="Choose another name.")
    if not key or len(key) > 100 or any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in key):
        raise UsageError("an annotator's name is 1 to 100 printable characters", hint="Give one with --as NAME.")


def all_names(connection: Connection) -> list[tuple[int, str]]:
    """Row ids and names of the people, by name."""
    people = select(ANNOTATOR.c.id, ANNOTATOR.c.name).where(ANNOTATOR.c.name_key != GOLD_KEY)
    rows = connection.execute(people.order_by(ANNOTATOR.c.name_key))
    return [(row.id, row.name) for row in rows]


def summaries(connection: Connection) -> list[AnnotatorSummary]:
    """Every annotator with the number of documents worked on, done and flagged, of annotations, and the time."""
    is_done = PROGRESS.c.status == "done"
    query = select(
        PROGRESS.c.annotator_id,
        _number(is_begun()).label("documents"),
        _number(is_done).label("done"),
        _number(PROGRESS.c.status == "flagged").label("flagged"),
        func.sum(PROGRESS.c.active_ms).label("active_ms"),
        _number(is_done & (PROGRESS.c.active_ms > 0)).label("timed"),
        func.sum(PROGRESS.c.active_ms).filter(is_done).label("timed_ms"),
    ).group_by(PROGRESS.c.annotator_id)
    progress = {row.annotator_id: row for row in connection.execute(query)}
    counted = select(ANNOTATION.c.annotator_id, func.count()).group_by(ANNOTATION.c.annotator_id)
    annotations = {row[0]: row[1] for row in connection.execute(counted)}
    return [_summary(name, annotations.get(id_, 0), progress.get(id_)) for id_, name in all_names(connection)]


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


def _summary(name: str, annotations: int, sums: Any) -> AnnotatorSummary:
    """A summary from the sums of its progress, None where there is none."""
    if sums is None:
        return AnnotatorSummary(name, 0, 0, 0, annotations, 0.0, None)
    rate = round(sums.timed * 3_600_000 / sums.timed_ms, 1) if sums.timed else None
    seconds = in_seconds(sums.active_ms)
    return AnnotatorSummary(name, sums.documents, sums.done, sums.flagged, annotations, seconds, rate)
