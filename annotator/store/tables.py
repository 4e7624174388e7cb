"""The tables. SQLModel validates nothing in a table class, so the rules of `model` stand here as CHECKs too.

Each has a name: a migration that copies a table on SQLite loses the CHECKs without one.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel


REVISION = "0003"
"""The Alembic revision that these tables are; a test holds it against the migrations."""


def _text(*, unique: bool = False, default: str | None = None) -> "Column[str]":
    return Column(Text, nullable=False, unique=unique, default=default)


def _annotator() -> "Column[int]":
    return Column(Integer, ForeignKey("annotator.id"), primary_key=True)


def _document() -> "Column[int]":
    return Column(Integer, ForeignKey("document.id"), primary_key=True)


class _Table(SQLModel):
    """Pydantic builds no validators for tables, which never use them: that would slow every start down."""

    model_config = {"defer_build": True}  # Pydantic's own name


class AlembicVersion(_Table, table=True):
    """The revision of the tables; Alembic's own table, so that reading it needs no Alembic."""

    __tablename__ = "alembic_version"
    __table_args__ = (PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),)
    version_num: str = Field(sa_column=Column(String(32), nullable=False))


class SchemaVersion(_Table, table=True):
    """Every label schema that the project has had; the last one holds."""

    __tablename__ = "schema_version"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_column=_text())
    version: int
    source: str = Field(sa_column=_text())
    added_at: str = Field(sa_column=_text())


class Annotator(_Table, table=True):
    """A person who annotates; `name_key` is the name as it is compared."""

    __tablename__ = "annotator"
    __table_args__ = (
        CheckConstraint("name_key NOT IN ('', 'gold', 'all')", name="annotator_name"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_column=_text())
    name_key: str = Field(sa_column=_text(unique=True))
    added_at: str = Field(sa_column=_text())


class Document(_Table, table=True):
    """What a list of documents shows, and the hashes that identify one."""

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("length > 0", name="document_length"),
        CheckConstraint("(title_start IS NULL) = (title_end IS NULL)", name="document_title"),
        CheckConstraint(
            "title_start IS NULL OR (title_start >= 0 AND title_end > title_start AND title_end <= length)",
            name="document_title_inside",
        ),
        Index("document_raw_sha256", "raw_sha256"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, primary_key=True)
    doc_id: str = Field(sa_column=_text(unique=True))
    title: str = Field(sa_column=_text())
    length: int
    text_sha256: str = Field(sa_column=_text())
    raw_sha256: str = Field(sa_column=_text())
    source_sha256: str = Field(sa_column=_text())
    cleaner: str = Field(sa_column=_text())
    title_start: int | None
    title_end: int | None
    meta: str = Field(sa_column=_text())
    replaces: str = Field(sa_column=_text())
    added_at: str = Field(sa_column=_text())


class Content(_Table, table=True):
    """A document's texts, apart so that lists never read them.

    `raw` is UTF-8 and NULL where it equals `text`; `edits` are the offset map's, flat, as JSON.
    """

    __tablename__ = "content"
    document_id: int = Field(sa_column=_document())
    text: str = Field(sa_column=_text())
    raw: bytes | None = Field(sa_column=Column(LargeBinary))
    edits: str = Field(sa_column=_text())


class Journal(_Table, table=True):
    """Every operation, for ever: triggers refuse UPDATE and DELETE."""

    __tablename__ = "journal"
    __table_args__ = (
        UniqueConstraint("annotator_id", "op_id", name="journal_op_id"),
        CheckConstraint("kind IN ('do', 'undo', 'redo', 'import')", name="journal_kind"),
        Index("journal_annotator_document", "annotator_id", "document_id", "seq"),
        {"sqlite_autoincrement": True},
    )
    seq: int | None = Field(default=None, primary_key=True)
    annotator_id: int = Field(foreign_key="annotator.id")
    document_id: int = Field(foreign_key="document.id")
    op_id: str = Field(sa_column=_text())
    kind: str = Field(sa_column=_text())
    target: str = Field(sa_column=_text())
    name: str = Field(sa_column=_text())
    changes: str = Field(sa_column=_text())
    schema_version: int
    at: str = Field(sa_column=_text())


class Annotation(_Table, table=True):
    """Current annotations: the journal folded, kept in the same transaction."""

    __tablename__ = "annotation"
    __table_args__ = (
        CheckConstraint('start >= 0 AND "end" >= start', name="annotation_span"),
        CheckConstraint(
            '("end" > start) = (raw_start IS NULL) AND (raw_start IS NULL) = (raw_end IS NULL)', name="annotation_raw"
        ),
    )
    annotator_id: int = Field(sa_column=_annotator())
    document_id: int = Field(sa_column=_document())
    id: str = Field(sa_column=Column(Text, primary_key=True))
    start: int
    end: int
    label: str = Field(sa_column=_text())
    attributes: str = Field(sa_column=_text())
    origin: str = Field(sa_column=_text())
    schema_version: int
    raw_start: int | None
    raw_end: int | None


class Relation(_Table, table=True):
    """Current relations."""

    __tablename__ = "relation"
    annotator_id: int = Field(sa_column=_annotator())
    document_id: int = Field(sa_column=_document())
    id: str = Field(sa_column=Column(Text, primary_key=True))
    label: str = Field(sa_column=_text())
    head: str = Field(sa_column=_text())
    tail: str = Field(sa_column=_text())
    attributes: str = Field(sa_column=_text())


class DocumentLabel(_Table, table=True):
    """Current labels on whole documents."""

    __tablename__ = "document_label"
    annotator_id: int = Field(sa_column=_annotator())
    document_id: int = Field(sa_column=_document())
    label: str = Field(sa_column=Column(Text, primary_key=True))


class Progress(_Table, table=True):
    """How far an annotator is with a document, where the cursor was left, and the active time in milliseconds.

    A row with time alone is that of somebody who only read: its document is still new.
    """

    __tablename__ = "progress"
    __table_args__ = (
        CheckConstraint("status IN ('open', 'done', 'flagged')", name="progress_status"),
        CheckConstraint("cursor >= 0", name="progress_cursor"),
        CheckConstraint("active_ms >= 0", name="progress_active_ms"),
    )
    annotator_id: int = Field(sa_column=_annotator())
    document_id: int = Field(sa_column=_document())
    status: str = Field(sa_column=_text(default="open"))
    note: str = Field(sa_column=_text(default=""))
    cursor: int | None
    changed_at: str = Field(sa_column=_text())
    active_ms: int = Field(sa_column=Column(Integer, nullable=False, server_default=text("0")))


class Decision(_Table, table=True):
    """What a reviewer, or a policy, decided about an item: triggers refuse UPDATE and DELETE.

    The gold that came of it is in the journal of the annotator `gold`, under the same op_id.
    """

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("document_id", "op_id", "item", name="decision_op_id"),
        CheckConstraint(
            "action IN ('take', 'edit', 'add', 'reject', 'defer', 'auto', 'undo', 'redo')", name="decision_action"
        ),
        CheckConstraint("(reviewer_id IS NULL) = (action = 'auto')", name="decision_reviewer"),
        CheckConstraint("(policy = '') = (action <> 'auto')", name="decision_policy"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id")
    op_id: str = Field(sa_column=_text())
    item: str = Field(sa_column=_text())
    item_group: str = Field(sa_column=_text())
    kind: str = Field(sa_column=_text())
    action: str = Field(sa_column=_text())
    policy: str = Field(sa_column=_text())
    reviewer_id: int | None = Field(default=None, foreign_key="annotator.id")
    reason: str = Field(sa_column=_text())
    comment: str = Field(sa_column=_text())
    schema_version: int
    votes: str = Field(sa_column=_text())
    taken: str = Field(sa_column=_text())
    gold: str = Field(sa_column=_text())
    at: str = Field(sa_column=_text())


class Returned(_Table, table=True):
    """A document that a reviewer sent back to an annotator, with a note, until they are done with it again."""

    __tablename__ = "returned"
    __table_args__ = (
        Index("returned_annotator_document", "annotator_id", "document_id"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = Field(default=None, primary_key=True)
    annotator_id: int = Field(foreign_key="annotator.id")
    document_id: int = Field(foreign_key="document.id")
    reviewer_id: int = Field(foreign_key="annotator.id")
    note: str = Field(sa_column=_text())
    at: str = Field(sa_column=_text())
    settled_at: str | None = Field(sa_column=Column(Text))


# The tables themselves, for the Core statements that the store is written in: no ORM objects on hot paths.
ALEMBIC_VERSION = SQLModel.metadata.tables["alembic_version"]
SCHEMA_VERSION = SQLModel.metadata.tables["schema_version"]
ANNOTATOR = SQLModel.metadata.tables["annotator"]
DOCUMENT = SQLModel.metadata.tables["document"]
CONTENT = SQLModel.metadata.tables["content"]
JOURNAL = SQLModel.metadata.tables["journal"]
ANNOTATION = SQLModel.metadata.tables["annotation"]
RELATION = SQLModel.metadata.tables["relation"]
DOCUMENT_LABEL = SQLModel.metadata.tables["document_label"]
PROGRESS = SQLModel.metadata.tables["progress"]
DECISION = SQLModel.metadata.tables["decision"]
RETURNED = SQLModel.metadata.tables["returned"]

APPEND_ONLY = tuple(
    f"CREATE TRIGGER {table}_refuses_{action.lower()} BEFORE {action} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, 'the {name} is append-only'); END"
    for table, name in (("journal", "journal"), ("decision", "record of decisions"))
    for action in ("UPDATE", "DELETE")
)
"""SQLite's triggers on the journal and on the decisions."""
