"""Decisions of reviewers, and documents sent back to annotators."""

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"


def _texts(*names: str) -> list["sa.Column[str]"]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _id() -> "sa.Column[int]":
    return sa.Column("id", sa.Integer(), primary_key=True)


def _row_of(table: str, name: str, *, nullable: bool = False) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), sa.ForeignKey(f"{table}.id"), nullable=nullable)


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "decision",
        _id(),
        _row_of("document", "document_id"),
        *_texts("op_id", "item", "item_group", "kind", "action", "policy"),
        _row_of("annotator", "reviewer_id", nullable=True),
        *_texts("reason", "comment"),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        *_texts("votes", "taken", "gold", "at"),
        sa.UniqueConstraint("document_id", "op_id", "item", name="decision_op_id"),
        sa.CheckConstraint(
            "action IN ('take', 'edit', 'add', 'reject', 'defer', 'auto', 'undo', 'redo')", name="decision_action"
        ),
        sa.CheckConstraint("(reviewer_id IS NULL) = (action = 'auto')", name="decision_reviewer"),
        sa.CheckConstraint("(policy = '') = (action <> 'auto')", name="decision_policy"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "returned",
        _id(),
        _row_of("annotator", "annotator_id"),
        _row_of("document", "document_id"),
        _row_of("annotator", "reviewer_id"),
        *_texts("note", "at"),
        sa.Column("settled_at", sa.Text()),
        sqlite_autoincrement=True,
    )
    op.create_index("returned_annotator_document", "returned", ["annotator_id", "document_id"])
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER decision_refuses_{action.lower()} BEFORE {action} ON decision "
            "BEGIN SELECT RAISE(ABORT, 'the record of decisions is append-only'); END"
        )
