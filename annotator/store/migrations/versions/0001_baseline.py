"""The first tables."""

import sqlalchemy as sa
from alembic import op


revision = "0001"
down_revision = None

TEXT = sa.Text()
INTEGER = sa.Integer()


def _text(name: str, *, unique: bool = False) -> "sa.Column[str]":
    return sa.Column(name, TEXT, nullable=False, unique=unique)


def _whole(name: str, *, nullable: bool = False) -> "sa.Column[int]":
    return sa.Column(name, INTEGER, nullable=nullable)


def _id() -> "sa.Column[int]":
    return sa.Column("id", INTEGER, primary_key=True)


def _owner() -> tuple["sa.Column[int]", "sa.Column[int]"]:
    return (
        sa.Column("annotator_id", INTEGER, sa.ForeignKey("annotator.id"), primary_key=True),
        sa.Column("document_id", INTEGER, sa.ForeignKey("document.id"), primary_key=True),
    )


def upgrade() -> None:
    """Create every table."""
    _create_documents()
    _create_values()
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER journal_refuses_{action.lower()} BEFORE {action} ON journal "
            "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
        )


def _create_documents() -> None:
    op.create_table(
        "schema_version",
        _id(),
        _text("name"),
        _whole("version"),
        _text("source"),
        _text("added_at"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "annotator",
        _id(),
        _text("name"),
        _text("name_key", unique=True),
        _text("added_at"),
        sa.CheckConstraint("name_key NOT IN ('', 'gold', 'all')", name="annotator_name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "document",
        _id(),
        _text("doc_id", unique=True),
        _text("title"),
        _whole("length"),
        *(_text(name) for name in ("text_sha256", "raw_sha256", "source_sha256", "cleaner")),
        _whole("title_start", nullable=True),
        _whole("title_end", nullable=True),
        *(_text(name) for name in ("meta", "replaces", "added_at")),
        sa.CheckConstraint("length > 0", name="document_length"),
        sa.CheckConstraint("(title_start IS NULL) = (title_end IS NULL)", name="document_title"),
        sa.CheckConstraint(
            "title_start IS NULL OR (title_start >= 0 AND title_end > title_start AND title_end <= length)",
            name="document_title_inside",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("document_raw_sha256", "document", ["raw_sha256"])
    op.create_table(
        "content",
        sa.Column("document_id", INTEGER, sa.ForeignKey("document.id"), primary_key=True),
        _text("text"),
        sa.Column("raw", sa.LargeBinary),
        _text("edits"),
    )


def _create_values() -> None:
    op.create_table(
        "journal",
        sa.Column("seq", INTEGER, primary_key=True),
        sa.Column("annotator_id", INTEGER, sa.ForeignKey("annotator.id"), nullable=False),
        sa.Column("document_id", INTEGER, sa.ForeignKey("document.id"), nullable=False),
        *(_text(name) for name in ("op_id", "kind", "target", "name", "changes")),
        _whole("schema_version"),
        _text("at"),
        sa.UniqueConstraint("annotator_id", "op_id", name="journal_op_id"),
        sa.CheckConstraint("kind IN ('do', 'undo', 'redo', 'import')", name="journal_kind"),
        sqlite_autoincrement=True,
    )
    op.create_index("journal_annotator_document", "journal", ["annotator_id", "document_id", "seq"])
    op.create_table(
        "annotation",
        *_owner(),
        sa.Column("id", TEXT, primary_key=True),
        _whole("start"),
        _whole("end"),
        *(_text(name) for name in ("label", "attributes", "origin")),
        _whole("schema_version"),
        _whole("raw_start", nullable=True),
        _whole("raw_end", nullable=True),
        sa.CheckConstraint('start >= 0 AND "end" >= start', name="annotation_span"),
        sa.CheckConstraint(
            '("end" > start) = (raw_start IS NULL) AND (raw_start IS NULL) = (raw_end IS NULL)', name="annotation_raw"
        ),
    )
    op.create_table(
        "relation",
        *_owner(),
        sa.Column("id", TEXT, primary_key=True),
        *(_text(name) for name in ("label", "head", "tail", "attributes")),
    )
    op.create_table("document_label", *_owner(), sa.Column("label", TEXT, primary_key=True))
    op.create_table(
        "progress",
        *_owner(),
        _text("status"),
        _text("note"),
        _whole("cursor", nullable=True),
        _text("changed_at"),
        sa.CheckConstraint("status IN ('open', 'done', 'flagged')", name="progress_status"),
        sa.CheckConstraint("cursor >= 0", name="progress_cursor"),
    )
