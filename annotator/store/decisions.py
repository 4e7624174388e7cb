"""What reviewers decided, and what they sent back. The gold itself is in the journal of the annotator `gold`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, select

from annotator.store.annotators import find_gold
from annotator.store.tables import ANNOTATOR, DECISION, JOURNAL


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision as it is stored; `annotator.agreement.decisions` says what its values mean.

    Attributes:
        reviewer: A name, "" for a policy.
        votes: Plain values, as JSON has them.
    """

    op_id: str
    item: str
    group: str
    kind: str
    action: str
    policy: str
    reviewer: str
    reason: str
    comment: str
    guideline: int
    votes: list[dict[str, Any]]
    taken: tuple[str, ...]
    gold: tuple[str, ...]
    at: str


def add(connection: Connection, document_id: int, reviewer_id: int, rows: Iterable[DecisionRow]) -> None:
    """Write decisions of one reviewer about one document; those of a policy get no reviewer."""
    values = [
        {
            "document_id": document_id,
            "op_id": row.op_id,
            "item": row.item,
            "item_group": row.group,
            "kind": row.kind,
            "action": row.action,
            "policy": row.policy,
            "reviewer_id": None if row.action == "auto" else reviewer_id,
            "reason": row.reason,
            "comment": row.comment,
            "schema_version": row.guideline,
            "votes": orjson.dumps(row.votes).decode(),
            "taken": orjson.dumps(row.taken).decode(),
            "gold": orjson.dumps(row.gold).decode(),
            "at": row.at,
        }
        for row in rows
    ]
    if values:
        connection.execute(DECISION.insert(), values)


def in_force(connection: Connection, document_ids: Sequence[int]) -> dict[int, list[DecisionRow]]:
    """The decisions about some documents that were not undone, by document, oldest first."""
    done = _operations_done(connection, document_ids)
    names = {row.id: row.name for row in connection.execute(select(ANNOTATOR.c.id, ANNOTATOR.c.name))}
    query = select(DECISION).where(DECISION.c.document_id.in_(document_ids)).order_by(DECISION.c.id)
    found: dict[int, list[DecisionRow]] = {}
    for row in connection.execute(query):
        if (row.document_id, row.op_id) in done:
            found.setdefault(row.document_id, []).append(_row(row, names))
    return found


def _operations_done(connection: Connection, document_ids: Sequence[int]) -> set[tuple[int, str]]:
    """Document and op_id of the gold's operations that are not undone now."""
    gold = find_gold(connection)
    columns = (JOURNAL.c.document_id, JOURNAL.c.op_id, JOURNAL.c.kind, JOURNAL.c.target)
    query = select(*columns).where(JOURNAL.c.annotator_id == gold, JOURNAL.c.document_id.in_(document_ids))
    done: set[tuple[int, str]] = set()
    for document_id, op_id, kind, target in connection.execute(query.order_by(JOURNAL.c.seq)):
        if kind == "undo":
            done.discard((document_id, target))
        else:
            done.add((document_id, target if kind == "redo" else op_id))
    return done


def _row(row: Any, names: dict[int, str]) -> DecisionRow:
    return DecisionRow(
        row.op_id,
        row.item,
        row.item_group,
        row.kind,
        row.action,
        row.policy,
        "" if row.reviewer_id is None else names[row.reviewer_id],
        row.reason,
        row.comment,
        row.schema_version,
        orjson.loads(row.votes),
        tuple(orjson.loads(row.taken)),
        tuple(orjson.loads(row.gold)),
        row.at,
    )
