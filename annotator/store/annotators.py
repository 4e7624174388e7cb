"""The people who annotate."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from sqlalchemy import Connection, Integer, cast, func, select

from annotator.errors import UsageError
from annotator.store.tables import ANNOTATION, ANNOTATOR, PROGRESS


RESERVED_NAMES = frozenset({"gold", "all"})


@dataclass(frozen=True, slots=True)
class AnnotatorSummary:
    """An annotator and what has come of it."""

    name: str
    documents: int
    done: int
    flagged: int
    annotations: int


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
    """Row ids and names, by name."""
    rows = connection.execute(select(ANNOTATOR.c.id, ANNOTATOR.c.name).order_by(ANNOTATOR.c.name_key))
    return [(row.id, row.name) for row in rows]


def summaries(connection: Connection) -> list[AnnotatorSummary]:
    """Every annotator with the number of documents worked on, done and flagged, and of annotations."""
    by_annotator = PROGRESS.c.annotator_id
    progress = {
        row[0]: (row[1], int(row[2]), int(row[3]))
        for row in connection.execute(
            select(
                by_annotator,
                func.count(),
                func.sum(cast(PROGRESS.c.status == "done", Integer)),
                func.sum(cast(PROGRESS.c.status == "flagged", Integer)),
            ).group_by(by_annotator)
        )
    }
    counted = select(ANNOTATION.c.annotator_id, func.count()).group_by(ANNOTATION.c.annotator_id)
    annotations = {row[0]: row[1] for row in connection.execute(counted)}
    return [
        AnnotatorSummary(name, *progress.get(id_, (0, 0, 0)), annotations=annotations.get(id_, 0))
        for id_, name in all_names(connection)
    ]
