"""The tables. SQLModel validates nothing in a table class, so the rules of `model` stand here as CHECKs too.

Each has a name: a migration that copies a table on SQLite loses the CHECKs without one.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
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


REVISION = "0004"
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

    `raw` is UTF-8 and NULL where it equals `text`; `edits` are the offset map's, flat, as JSON; so are the spans of
    `main_text`, what an extractor took for the article, NULL where none looked.
    """

    __tablename__ = "content"
    document_id: int = Field(sa_column=_document())
    text: str = Field(sa_column=_text())
    raw: bytes | None = Field(sa_column=Column(LargeBinary))
    edits: str = Field(sa_column=_text())
    main_text: str | None = Field(sa_column=Column(Text))


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


class Answer(_Table, table=True):
    """Current answers to suggestions, by the suggestions' ids."""

    __tablename__ = "answer"
    __table_args__ = (CheckConstraint("verdict IN ('accepted', 'rejected')", name="answer_verdict"),)
    annotator_id: int = Field(sa_column=_annotator())
    document_id: int = Field(sa_column=_document())
    suggestion: str = Field(sa_column=Column(Text, primary_key=True))
    verdict: str = Field(sa_column=_text())


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


class Suggestion(_Table, table=True):
    """What is proposed for a document. One that somebody answered stays, whatever its suggester proposes later.

    `made_by` is the annotator on whose labels it rests, such as those of a copy; NULL where it rests on nobody's.
    """

    __tablename__ = "suggestion"
    __table_args__ = (
        CheckConstraint('start >= 0 AND "end" > start', name="suggestion_span"),
        CheckConstraint("score IS NULL OR (score >= 0 AND score <= 1)", name="suggestion_score"),
    )
    document_id: int = Field(sa_column=_document())
    id: str = Field(sa_column=Column(Text, primary_key=True))
    suggester: str = Field(sa_column=_text())
    version: str = Field(sa_column=_text())
    start: int
    end: int
    label: str = Field(sa_column=_text())
    attributes: str = Field(sa_column=_text())
    score: float | None = Field(sa_column=Column(Float))
    reason: str = Field(sa_column=_text())
    evidence: str = Field(sa_column=_text())
    made_by: int | None = Field(default=None, foreign_key="annotator.id")
    is_current: bool


class SuggestedRelation(_Table, table=True):
    """Relations among the suggestions of one suggester."""

    __tablename__ = "suggested_relation"
    document_id: int = Field(sa_column=_document())
    suggester: str = Field(sa_column=Column(Text, primary_key=True))
    label: str = Field(sa_column=Column(Text, primary_key=True))
    head: str = Field(sa_column=Column(Text, primary_key=True))
    tail: str = Field(sa_column=Column(Text, primary_key=True))


class SuggesterRun(_Table, table=True):
    """That a suggester, in a version, has looked at a document; `failure` is what went wrong, or ""."""

    __tablename__ = "suggester_run"
    document_id: int = Field(sa_column=_document())
    suggester: str = Field(sa_column=Column(Text, primary_key=True))
    version: str = Field(sa_column=_text())
    failure: str = Field(sa_column=_text())
    at: str = Field(sa_column=_text())


class Shown(_Table, table=True):
    """Whose suggestions an annotator saw in a document, since when."""

    __tablename__ = "shown"
    annotator_id: int = Field(sa_column=_annotator())
    document_id: int = Field(sa_column=_document())
    origin: str = Field(sa_column=Column(Text, primary_key=True))
    at: str = Field(sa_column=_text())


class Sampled(_Table, table=True):
    """Why a document came to an annotator where the list was ordered by a model: uncertain, or at random."""

    __tablename__ = "sampled"
    __table_args__ = (CheckConstraint("reason IN ('uncertain', 'random')", name="sampled_reason"),)
    annotator_id: int = Field(sa_column=_annotator())
    document_id: int = Field(sa_column=_document())
    reason: str = Field(sa_column=_text())
    at: str = Field(sa_column=_text())


class Setting(_Table, table=True):
    """What holds for the whole project."""

    __tablename__ = "setting"
    name: str = Field(sa_column=Column(Text, primary_key=True))
    value: str = Field(sa_column=_text())


class LearnedModel(_Table, table=True):
    """A model that was learned from labels, with its card as JSON; the last one holds."""

    __tablename__ = "learned_model"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: int | None = Field(default=None, primary_key=True)
    card: str = Field(sa_column=_text())
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    at: str = Field(sa_column=_text())


class Uncertainty(_Table, table=True):
    """How unsure the last model was about a document, 0 to 1."""

    __tablename__ = "uncertainty"
    document_id: int = Field(sa_column=_document())
    model_id: int = Field(foreign_key="learned_model.id")
    value: float = Field(sa_column=Column(Float, nullable=False))


class Copy(_Table, table=True):
    """The cluster of near-duplicates that a document is in, named by its first document, and its likeness to that."""

    __tablename__ = "copy"
    __table_args__ = (Index("copy_cluster", "cluster"),)
    document_id: int = Field(sa_column=_document())
    cluster: int = Field(foreign_key="document.id")
    likeness: float = Field(sa_column=Column(Float, nullable=False))


class Passage(_Table, table=True):
    """A key of a paragraph that stands in several documents, and one of these."""

    __tablename__ = "passage"
    __table_args__ = (Index("passage_document", "document_id"),)
    key: int = Field(sa_column=Column(BigInteger, primary_key=True))
    document_id: int = Field(sa_column=_document())


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
ANSWER = SQLModel.metadata.tables["answer"]
PROGRESS = SQLModel.metadata.tables["progress"]
DECISION = SQLModel.metadata.tables["decision"]
RETURNED = SQLModel.metadata.tables["returned"]
SUGGESTION = SQLModel.metadata.tables["suggestion"]
SUGGESTED_RELATION = SQLModel.metadata.tables["suggested_relation"]
SUGGESTER_RUN = SQLModel.metadata.tables["suggester_run"]
SHOWN = SQLModel.metadata.tables["shown"]
SAMPLED = SQLModel.metadata.tables["sampled"]
SETTING = SQLModel.metadata.tables["setting"]
LEARNED_MODEL = SQLModel.metadata.tables["learned_model"]
UNCERTAINTY = SQLModel.metadata.tables["uncertainty"]
COPY = SQLModel.metadata.tables["copy"]
PASSAGE = SQLModel.metadata.tables["passage"]

APPEND_ONLY = tuple(
    f"CREATE TRIGGER {table}_refuses_{action.lower()} BEFORE {action} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, 'the {name} is append-only'); END"
    for table, name in (("journal", "journal"), ("decision", "record of decisions"))
    for action in ("UPDATE", "DELETE")
)
"""SQLite's triggers on the journal and on the decisions."""
