"""Suggestions and the answers to them, models, copies, and what an extractor took for the article of an HTML page."""

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"


def _texts(*names: str) -> list["sa.Column[str]"]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _keys(*names: str) -> list["sa.Column[str]"]:
    return [sa.Column(name, sa.Text(), primary_key=True) for name in names]


def _row_of(table: str, name: str, *, primary_key: bool = False, nullable: bool = False) -> "sa.Column[int]":
    key = sa.ForeignKey(f"{table}.id")
    if primary_key:
        return sa.Column(name, sa.Integer(), key, primary_key=True)
    return sa.Column(name, sa.Integer(), key, nullable=nullable)


def upgrade() -> None:
    """Create the tables, and add a column to that of the texts."""
    annotator = ("annotator", "annotator_id")
    document = ("document", "document_id")
    op.add_column("content", sa.Column("main_text", sa.Text()))
    op.create_table(
        "answer",
        _row_of(*annotator, primary_key=True),
        _row_of(*document, primary_key=True),
        *_keys("suggestion"),
        *_texts("verdict"),
        sa.CheckConstraint("verdict IN ('accepted', 'rejected')", name="answer_verdict"),
    )
    op.create_table(
        "suggestion",
        _row_of(*document, primary_key=True),
        *_keys("id"),
        *_texts("suggester", "version"),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        *_texts("label", "attributes"),
        sa.Column("score", sa.Float()),
        *_texts("reason", "evidence"),
        _row_of("annotator", "made_by", nullable=True),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.CheckConstraint('start >= 0 AND "end" > start', name="suggestion_span"),
        sa.CheckConstraint("score IS NULL OR (score >= 0 AND score <= 1)", name="suggestion_score"),
    )
    op.create_table(
        "suggested_relation",
        _row_of(*document, primary_key=True),
        *_keys("suggester", "label", "head", "tail"),
    )
    op.create_table(
        "suggester_run",
        _row_of(*document, primary_key=True),
        *_keys("suggester"),
        *_texts("version", "failure", "at"),
    )
    op.create_table(
        "shown",
        _row_of(*annotator, primary_key=True),
        _row_of(*document, primary_key=True),
        *_keys("origin"),
        *_texts("at"),
    )
    op.create_table(
        "sampled",
        _row_of(*annotator, primary_key=True),
        _row_of(*document, primary_key=True),
        *_texts("reason", "at"),
        sa.CheckConstraint("reason IN ('uncertain', 'random')", name="sampled_reason"),
    )
    op.create_table("setting", *_keys("name"), *_texts("value"))
    op.create_table(
        "learned_model",
        sa.Column("id", sa.Integer(), primary_key=True),
        *_texts("card"),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        *_texts("at"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "uncertainty",
        _row_of(*document, primary_key=True),
        _row_of("learned_model", "model_id"),
        sa.Column("value", sa.Float(), nullable=False),
    )
    op.create_table(
        "copy",
        _row_of(*document, primary_key=True),
        _row_of("document", "cluster"),
        sa.Column("likeness", sa.Float(), nullable=False),
    )
    op.create_index("copy_cluster", "copy", ["cluster"])
    op.create_table(
        "passage",
        sa.Column("key", sa.BigInteger(), primary_key=True),
        _row_of(*document, primary_key=True),
    )
    op.create_index("passage_document", "passage", ["document_id"])
