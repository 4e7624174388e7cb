"""The journal of operations, and the current values that it folds to, always written together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, and_, bindparam, func, select
from sqlalchemy.dialects.sqlite import insert

from annotator.model.annotation import Annotation, Answer, DocumentLabel, Note, Relation, Slot, Status, Value
from annotator.model.history import History, JournalEntry, fold_history
from annotator.model.operations import Change, Operation
from annotator.model.state import AnnotationState
from annotator.store.converters import attributes_from_json, attributes_to_json, changes_from_json, changes_to_json
from annotator.store.tables import ANNOTATION, ANSWER, DOCUMENT_LABEL, JOURNAL, PROGRESS, RELATION


Place = tuple[int, int]
"""The rows of an annotator and a document."""

TABLES = (
    ("annotation", ANNOTATION, "id"),
    ("relation", RELATION, "id"),
    ("document_label", DOCUMENT_LABEL, "label"),
    ("answer", ANSWER, "suggestion"),
)
"""For each kind of value with rows of its own: its table and the column of its id."""


def append(connection: Connection, place: Place, entry: JournalEntry, schema_version: int, at: str) -> int | None:
    """Write an entry and carry out its changes on the current values.

    Returns:
        Its sequence number, or None where the annotator's journal holds this op_id already: then nothing is changed.
    """
    row = {
        "annotator_id": place[0],
        "document_id": place[1],
        "op_id": entry.op_id,
        "kind": entry.kind,
        "target": entry.target,
        "name": entry.operation.name,
        "changes": changes_to_json(entry.operation.changes),
        "schema_version": schema_version,
        "at": at,
    }
    statement = insert(JOURNAL).values(row).on_conflict_do_nothing().returning(JOURNAL.c.seq)
    seq = connection.execute(statement).scalar_one_or_none()
    if seq is not None:
        _change_current(connection, place, entry.operation.changes, at)
    return seq


def last_seq(connection: Connection, place: Place) -> int:
    """The number of the latest entry, 0 where there is none."""
    newest = connection.execute(select(func.max(JOURNAL.c.seq)).where(_at(JOURNAL, place))).scalar_one()
    return int(newest or 0)


def entries(connection: Connection, place: Place) -> Iterator[JournalEntry]:
    """The entries of one annotator and document, oldest first."""
    query = select(JOURNAL).where(_at(JOURNAL, place)).order_by(JOURNAL.c.seq)
    for row in connection.execute(query).mappings():
        operation = Operation(row["name"], changes_from_json(row["changes"]))
        yield JournalEntry(row["op_id"], operation, row["kind"], row["target"])


def times(connection: Connection, place: Place) -> dict[str, str]:
    """When each operation of one annotator and document was done first, by its op_id."""
    query = select(JOURNAL.c.op_id, JOURNAL.c.at).where(_at(JOURNAL, place), JOURNAL.c.kind == "do")
    return {row.op_id: row.at for row in connection.execute(query)}


def has_entry(connection: Connection, annotator_id: int, op_id: str) -> bool:
    """Whether an annotator's journal holds an op_id."""
    query = select(JOURNAL.c.seq).where(JOURNAL.c.annotator_id == annotator_id, JOURNAL.c.op_id == op_id)
    return connection.execute(query).first() is not None


def places(connection: Connection) -> list[Place]:
    """Every annotator and document that has an entry or a current value."""
    pairs: set[Place] = set()
    for table in (JOURNAL, ANNOTATION, RELATION, DOCUMENT_LABEL, ANSWER, PROGRESS):
        rows = connection.execute(select(table.c.annotator_id, table.c.document_id).distinct())
        pairs.update((row[0], row[1]) for row in rows)
    return sorted(pairs)


def load_history(connection: Connection, place: Place) -> History:
    """What can be undone and redone."""
    return fold_history(entries(connection, place))


def load_state(connection: Connection, place: Place) -> AnnotationState:
    """The current values."""

    def rows(table: Table) -> Iterator[RowMapping]:
        return iter(connection.execute(select(table).where(_at(table, place))).mappings())

    values: list[Value] = [annotation_of(row) for row in rows(ANNOTATION)]
    values += [relation_of(row) for row in rows(RELATION)]
    values += [DocumentLabel(row["label"]) for row in rows(DOCUMENT_LABEL)]
    values += [answer_of(row) for row in rows(ANSWER)]
    for row in rows(PROGRESS):
        if row["status"] != "open":
            values.append(Status(row["status"]))
        if row["note"]:
            values.append(Note(row["note"]))
    return AnnotationState.of(values)


def save_cursor(connection: Connection, place: Place, cursor: int, at: str) -> None:
    """Remember where an annotator left a document."""
    _put_progress(connection, place, {"cursor": cursor}, at)


def load_cursor(connection: Connection, place: Place) -> int | None:
    """Where an annotator left a document, or None where they have not been there."""
    return connection.execute(select(PROGRESS.c.cursor).where(_at(PROGRESS, place))).scalar_one_or_none()


def annotation_of(row: Any) -> Annotation:
    """An annotation from its row."""
    return Annotation(
        row["id"],
        row["start"],
        row["end"],
        row["label"],
        attributes_from_json(row["attributes"]),
        row["origin"],
        row["schema_version"],
        None if row["raw_start"] is None else (row["raw_start"], row["raw_end"]),
    )


def relation_of(row: Any) -> Relation:
    """A relation from its row."""
    attributes = attributes_from_json(row["attributes"])
    return Relation(row["id"], row["label"], row["head"], row["tail"], attributes)


def answer_of(row: Any) -> Answer:
    """An answer from its row."""
    return Answer(row["suggestion"], row["verdict"])


def _at(table: Table, place: Place) -> Any:
    return and_(table.c.annotator_id == place[0], table.c.document_id == place[1])


def _change_current(connection: Connection, place: Place, changes: tuple[Change, ...], at: str) -> None:
    """Carry out changes on the current rows, many at once in a few statements."""
    finally_: dict[Slot, Value | None] = {change.slot: change.after for change in changes}
    owner = {"annotator_id": place[0], "document_id": place[1]}
    for kind, table, key in TABLES:
        gone = [slot[1] for slot in finally_ if slot[0] == kind]
        rows = [owner | _row(value) for slot, value in finally_.items() if slot[0] == kind and value is not None]
        if any(change.before is not None and change.slot[0] == kind for change in changes):
            connection.execute(table.delete().where(_at(table, place), table.c[key] == bindparam("gone")), _each(gone))
        if rows:
            connection.execute(table.insert(), rows)
    progress: dict[str, object] = {}
    for (kind, _), value in finally_.items():
        if kind == "status":
            progress["status"] = value.name if isinstance(value, Status) else "open"
        elif kind == "note":
            progress["note"] = value.text if isinstance(value, Note) else ""
    _put_progress(connection, place, progress, at)


def _each(ids: list[str]) -> list[dict[str, str]]:
    return [{"gone": id_} for id_ in ids]


def _row(value: Value) -> dict[str, object]:
    match value:
        case Annotation():
            raw_start, raw_end = value.raw or (None, None)
            return {
                "id": value.id,
                "start": value.start,
                "end": value.end,
                "label": value.label,
                "attributes": attributes_to_json(value.attributes),
                "origin": value.origin,
                "schema_version": value.schema_version,
                "raw_start": raw_start,
                "raw_end": raw_end,
            }
        case Relation():
            return {
                "id": value.id,
                "label": value.label,
                "head": value.head,
                "tail": value.tail,
                "attributes": attributes_to_json(value.attributes),
            }
        case DocumentLabel():
            return {"label": value.label}
        case Answer():
            return {"suggestion": value.suggestion, "verdict": value.verdict}
    raise TypeError(f"a {type(value).__name__} has no row of its own")


def _put_progress(connection: Connection, place: Place, progress: dict[str, object], at: str) -> None:
    row = {"annotator_id": place[0], "document_id": place[1], "changed_at": at, **progress}
    statement = insert(PROGRESS).values({"status": "open", "note": "", "cursor": None} | row)
    changed = {"changed_at": at, **progress}
    connection.execute(statement.on_conflict_do_update(index_elements=["annotator_id", "document_id"], set_=changed))
