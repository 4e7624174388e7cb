"""Documents: adding, finding, listing, loading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, Select, and_, case, exists, func, select

from annotator.model.activity import in_seconds
from annotator.model.annotation import StatusName
from annotator.model.document import Document
from annotator.store.active_time import is_begun
from annotator.store.tables import ANNOTATION, CONTENT, DOCUMENT, PROGRESS, RETURNED
from annotator.text.offsets import OffsetMap


LOOKUP_SIZE = 500
"""Ids in one query; SQLite allows some thousands of parameters."""


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A line of a list of documents, with one annotator's own progress.

    Attributes:
        id: The document's row.
        length: Code points of the cleaned text.
        status: The annotator's own; "new" where they have done nothing yet, or only read; "returned" where a reviewer
            sent it back and they are not done with it again.
        annotations: How many the annotator has.
        cursor: Where they left it, or None.
        active_seconds: How long they were at work in it, pauses left out.
    """

    id: int
    doc_id: str
    title: str
    meta: dict[str, str]
    length: int
    status: StatusName | str
    note: str
    annotations: int
    cursor: int | None
    active_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Identity:
    """What decides whether a text is a known document."""

    id: int
    doc_id: str
    text_sha256: str
    raw_sha256: str


def add(connection: Connection, documents: Sequence[Document], at: str) -> None:
    """Add documents; their doc_ids must be new."""
    rows = [_document_row(document, at) for document in documents]
    connection.execute(DOCUMENT.insert(), rows)
    ids = {
        identity.doc_id: identity.id for identity in identities(connection, [document.doc_id for document in documents])
    }
    connection.execute(CONTENT.insert(), [_content_row(ids[document.doc_id], document) for document in documents])


def identities(connection: Connection, doc_ids: Sequence[str]) -> Iterator[Identity]:
    """The known ones of some doc_ids."""
    columns = (DOCUMENT.c.id, DOCUMENT.c.doc_id, DOCUMENT.c.text_sha256, DOCUMENT.c.raw_sha256)
    for first in range(0, len(doc_ids), LOOKUP_SIZE):
        some = doc_ids[first : first + LOOKUP_SIZE]
        for row in connection.execute(select(*columns).where(DOCUMENT.c.doc_id.in_(some))):
            yield Identity(*row)


def with_raw(connection: Connection, raw_sha256: str) -> list[Identity]:
    """The documents with a raw text."""
    columns = (DOCUMENT.c.id, DOCUMENT.c.doc_id, DOCUMENT.c.text_sha256, DOCUMENT.c.raw_sha256)
    found = connection.execute(select(*columns).where(DOCUMENT.c.raw_sha256 == raw_sha256).order_by(DOCUMENT.c.doc_id))
    return [Identity(*row) for row in found]


def load(connection: Connection, document_id: int) -> Document:
    """A whole document."""
    row = connection.execute(whole().where(DOCUMENT.c.id == document_id)).one()
    return document_of(row)


def whole() -> Select[Any]:
    """Documents with their texts: the rows that `document_of` takes."""
    columns = (CONTENT.c.text, CONTENT.c.raw, CONTENT.c.edits, CONTENT.c.main_text)
    return select(DOCUMENT, *columns).join(CONTENT, CONTENT.c.document_id == DOCUMENT.c.id)


def document_of(row: Any) -> Document:
    """A document from a row of the joined tables."""
    raw = row.text if row.raw is None else row.raw.decode()
    return Document(
        doc_id=row.doc_id,
        title=row.title,
        text=row.text,
        raw=raw,
        map=map_from_json(row.edits, len(raw), len(row.text)),
        text_sha256=row.text_sha256,
        raw_sha256=row.raw_sha256,
        source_sha256=row.source_sha256,
        cleaner=row.cleaner,
        title_span=None if row.title_start is None else (row.title_start, row.title_end),
        meta=orjson.loads(row.meta),
        replaces=row.replaces,
        main_text=None if row.main_text is None else pairs_from_json(row.main_text),
    )


def summaries(connection: Connection, annotator_id: int | None) -> list[DocumentSummary]:
    """All documents in the order they were imported, with one annotator's progress, or nobody's."""
    counts = (
        select(ANNOTATION.c.document_id, func.count().label("annotations"))
        .where(ANNOTATION.c.annotator_id == annotator_id)
        .group_by(ANNOTATION.c.document_id)
        .subquery()
    )
    own = and_(PROGRESS.c.document_id == DOCUMENT.c.id, PROGRESS.c.annotator_id == annotator_id)
    sent_back = exists(select(RETURNED.c.id)).where(
        RETURNED.c.document_id == DOCUMENT.c.id,
        RETURNED.c.annotator_id == annotator_id,
        RETURNED.c.settled_at.is_(None),
    )
    query = (
        select(
            DOCUMENT.c.id,
            DOCUMENT.c.doc_id,
            DOCUMENT.c.title,
            DOCUMENT.c.meta,
            DOCUMENT.c.length,
            case((sent_back, "returned"), (is_begun(), PROGRESS.c.status)).label("status"),
            PROGRESS.c.note,
            counts.c.annotations,
            PROGRESS.c.cursor,
            PROGRESS.c.active_ms,
        )
        .outerjoin(PROGRESS, own)
        .outerjoin(counts, counts.c.document_id == DOCUMENT.c.id)
        .order_by(DOCUMENT.c.id)
    )
    return [
        DocumentSummary(
            id_,
            doc_id,
            title,
            orjson.loads(meta),
            length,
            status or "new",
            note or "",
            count or 0,
            cursor,
            in_seconds(active_ms or 0),
        )
        for id_, doc_id, title, meta, length, status, note, count, cursor, active_ms in connection.execute(query)
    ]


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody reads of a document: without the raw text and the way back to it."""

    id: int
    doc_id: str
    title: str
    title_span: tuple[int, int] | None
    meta: dict[str, str]
    text: str
    text_sha256: str
    main_text: tuple[tuple[int, int], ...] | None


def readings(connection: Connection, ids: Sequence[int]) -> Iterator[Reading]:
    """Some documents, in the order of import."""
    for first in range(0, len(ids), LOOKUP_SIZE):
        some = whole().where(DOCUMENT.c.id.in_(ids[first : first + LOOKUP_SIZE])).order_by(DOCUMENT.c.id)
        for row in connection.execute(some.with_only_columns(*_READ)):
            span = None if row.title_start is None else (row.title_start, row.title_end)
            main_text = None if row.main_text is None else pairs_from_json(row.main_text)
            meta = orjson.loads(row.meta)
            yield Reading(row.id, row.doc_id, row.title, span, meta, row.text, row.text_sha256, main_text)


_READ = (
    *(DOCUMENT.c[name] for name in ("id", "doc_id", "title", "title_start", "title_end", "meta", "text_sha256")),
    *(CONTENT.c.text, CONTENT.c.main_text),
)


def metas(connection: Connection) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of all documents with what is known about them, in the order of import."""
    for row in connection.execute(select(DOCUMENT.c.id, DOCUMENT.c.meta).order_by(DOCUMENT.c.id)):
        yield row.id, orjson.loads(row.meta)


def count(connection: Connection) -> int:
    """How many documents there are."""
    return connection.execute(select(func.count()).select_from(DOCUMENT)).scalar_one()


def map_from_json(edits: str, raw_length: int, length: int) -> OffsetMap:
    """An offset map from the edits of a content row."""
    if edits == "[]":
        return OffsetMap.identity(length)
    flat = iter(orjson.loads(edits))
    return OffsetMap(raw_length, length, tuple(zip(flat, flat, flat, flat, strict=True)))


def pairs_from_json(flat: str) -> tuple[tuple[int, int], ...]:
    """Spans from a flat JSON list of their edges."""
    edges = iter(orjson.loads(flat))
    return tuple(zip(edges, edges, strict=True))


def _document_row(document: Document, at: str) -> dict[str, object]:
    start, end = document.title_span or (None, None)
    return {
        "doc_id": document.doc_id,
        "title": document.title,
        "length": len(document.text),
        "text_sha256": document.text_sha256,
        "raw_sha256": document.raw_sha256,
        "source_sha256": document.source_sha256,
        "cleaner": document.cleaner,
        "title_start": start,
        "title_end": end,
        "meta": orjson.dumps(document.meta, option=orjson.OPT_SORT_KEYS).decode(),
        "replaces": document.replaces,
        "added_at": at,
    }


def _content_row(document_id: int, document: Document) -> dict[str, object]:
    flat = [offset for edit in document.map.edits for offset in edit]
    main_text = document.main_text
    return {
        "document_id": document_id,
        "text": document.text,
        "raw": None if document.raw == document.text else document.raw.encode(),
        "edits": orjson.dumps(flat).decode(),
        "main_text": None
        if main_text is None
        else orjson.dumps([edge for span in main_text for edge in span]).decode(),
    }
