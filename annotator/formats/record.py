"""The project's own record: one line of JSONL per document and annotator, written, parsed and compared.

The shape is described in docs/formats.md. Offsets are code points, ends exclusive.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson

from annotator.errors import DataError
from annotator.model.activity import in_seconds
from annotator.model.annotation import STATUSES, Annotation, Attributes, Relation, StatusName
from annotator.model.document import Document
from annotator.model.schema import Schema
from annotator.model.state import AnnotationState


FORMAT = "annotator/1"


@dataclass(frozen=True, slots=True)
class RecordSpan:
    """A span as a record gives it: by offsets into the cleaned text, the raw text, or both; None where absent.

    Attributes:
        provenance: Of gold, the decision that it comes from, as plain values.
        score, reason: Of a suggestion, how sure its maker is (0 to 1, None where it is not said), and why.
    """

    id: str
    label: str
    start: int | None = None
    end: int | None = None
    raw_start: int | None = None
    raw_end: int | None = None
    text: str | None = None
    attributes: Attributes = ()
    origin: str = "manual"
    provenance: dict[str, Any] | None = None
    score: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A parsed record. Empty strings and None stand for what it does not say.

    Attributes:
        relation_provenance: Of gold, the decisions that relations come from, by the ids of these, as plain values.
        decisions: Of gold, those that left no span.
    """

    annotator: str = ""
    doc_id: str = ""
    text: str | None = None
    text_sha256: str = ""
    raw_text: str | None = None
    raw_sha256: str = ""
    raw_edits: tuple[tuple[int, int, int, int], ...] | None = None
    title: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    cleaner: str = ""
    status: StatusName = "open"
    note: str = ""
    active_seconds: float = 0.0
    spans: tuple[RecordSpan, ...] = ()
    relations: tuple[Relation, ...] = ()
    document_labels: tuple[str, ...] = ()
    schema_version: int | None = None
    relation_provenance: dict[str, dict[str, Any]] = field(default_factory=dict)
    decisions: tuple[dict[str, Any], ...] = ()

    @property
    def is_annotated(self) -> bool:
        """Whether it holds anything that an annotator made, or the time it took."""
        made = (self.spans, self.relations, self.document_labels, self.note, self.active_seconds)
        return any(made) or self.status != "open"


def to_record(
    document: Document, annotator: str, state: AnnotationState, schema: Schema, *, raw: bool, active_ms: int = 0
) -> dict[str, Any]:
    """A record of one annotator's work in one document, as plain values; `raw` adds the raw text and its map."""
    text = document.text
    record: dict[str, Any] = {
        "format": FORMAT,
        "doc_id": document.doc_id,
        "text": text,
        "text_sha256": document.text_sha256,
        "offset_unit": "codepoint",
        "title": document.title,
        "meta": document.meta,
        "raw_sha256": document.raw_sha256,
        "cleaner": document.cleaner,
        "schema": {"name": schema.name, "version": schema.version},
        "annotator": annotator,
        "status": state.status,
        "spans": [_span(annotation, document) for annotation in state.annotations],
        "relations": [_relation(relation) for relation in state.relations],
        "document_labels": list(state.document_labels),
    }
    if state.note:
        record["note"] = state.note
    if active_seconds := in_seconds(active_ms):
        record["active_seconds"] = active_seconds
    if document.replaces:
        record["replaces"] = document.replaces
    if raw:
        record["raw_text"] = document.raw
        record["raw_edits"] = document.map.edits
    return record


def dump(record: dict[str, Any]) -> bytes:
    """A record as one line of JSON."""
    return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)


def _span(annotation: Annotation, document: Document) -> dict[str, Any]:
    raw_start, raw_end = annotation.raw or document.map.to_source(annotation.start, annotation.end)
    return {
        "id": annotation.id,
        "start": annotation.start,
        "end": annotation.end,
        "label": annotation.label,
        "text": document.text[annotation.start : annotation.end],
        "raw_start": raw_start,
        "raw_end": raw_end,
        "attributes": _pairs(annotation.attributes),
        "origin": annotation.origin,
    }


def _relation(relation: Relation) -> dict[str, Any]:
    return {
        "id": relation.id,
        "label": relation.label,
        "head": relation.head,
        "tail": relation.tail,
        "attributes": _pairs(relation.attributes),
    }


def _pairs(attributes: Attributes) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in attributes]


def digest(data: dict[str, Any]) -> str:
    """A hash of what a record says, whatever the order of its keys. More time alone makes no other record."""
    said = {key: value for key, value in data.items() if key != "active_seconds"}
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


class _Reader:
    """Takes typed values out of a record; an error names the key."""

    def __init__(self, data: object, path: str = "") -> None:
        if not isinstance(data, dict):
            raise DataError(f"{path or 'the record'} must be an object")
        self.data: dict[str, Any] = data
        self.path = path

    def text(self, key: str, default: str = "") -> str:
        value = self.data.get(key)
        if value is None:
            return default
        if not isinstance(value, str):
            raise self._wrong(key, value, "a text")
        return value

    def optional_text(self, key: str) -> str | None:
        return None if self.data.get(key) is None else self.text(key)

    def offset(self, key: str) -> int | None:
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
            raise self._wrong(key, value, "a whole number from 0")
        return value

    def seconds(self, key: str) -> float:
        value = self.data.get(key)
        if value is None:
            return 0.0
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 2**31:
            raise self._wrong(key, value, "a number from 0")
        return float(value)

    def share(self, key: str) -> float | None:
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self._wrong(key, value, "a number from 0 to 1")
        return float(value)

    def items(self, key: str) -> Iterable[tuple[str, Any]]:
        value = self.data.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self._wrong(key, value, "a list")
        return ((f"{self._name(key)}[{index}]", item) for index, item in enumerate(value))

    def _wrong(self, key: str, value: object, what: str) -> DataError:
        return DataError(f"{self._name(key)} must be {what}, and is {repr(value)[:60]}")

    def _name(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def parse_record(data: dict[str, object], *, needs_annotator: bool = True) -> Record:
    """Read a record of format annotator/1.

    Args:
        data: The JSON object.
        needs_annotator: Whether somebody must have made what is annotated in it.

    Raises:
        DataError: A reason why it is not one; the caller adds file and line.
    """
    reader = _Reader(data)
    if reader.text("format") != FORMAT:
        raise DataError(f"format {data.get('format')!r} is not {FORMAT!r}")
    if reader.text("offset_unit", "codepoint") != "codepoint":
        raise DataError(f"offset_unit {data['offset_unit']!r} is not 'codepoint'")
    if reader.text("view") not in {"", "full"}:
        raise DataError("a record with a view of part of its text cannot be imported")
    status = reader.text("status", "open")
    if status not in STATUSES:
        raise DataError(f"status {status!r} is not one of: {', '.join(STATUSES)}")
    record = Record(
        annotator=reader.text("annotator"),
        doc_id=reader.text("doc_id"),
        text=reader.optional_text("text"),
        text_sha256=reader.text("text_sha256"),
        raw_text=reader.optional_text("raw_text"),
        raw_sha256=reader.text("raw_sha256"),
        raw_edits=_edits(reader),
        title=reader.text("title"),
        meta=_meta(data.get("meta")),
        cleaner=reader.text("cleaner"),
        status=status,
        note=reader.text("note"),
        active_seconds=reader.seconds("active_seconds"),
        spans=tuple(_parse_span(path, item) for path, item in reader.items("spans")),
        relations=tuple(_parse_relation(path, item) for path, item in reader.items("relations")),
        document_labels=tuple(_strings(reader, "document_labels")),
        schema_version=_Reader(data.get("schema") or {}, "schema").offset("version"),
        relation_provenance=dict(_relation_provenance(reader)),
        decisions=tuple(_Reader(item, path).data for path, item in reader.items("decisions")),
    )
    _check_ids(record)
    if needs_annotator and record.is_annotated and not record.annotator:
        raise DataError("a record with annotations needs an annotator")
    return record


def _parse_span(path: str, item: object) -> RecordSpan:
    reader = _Reader(item, path)
    span = RecordSpan(
        id=reader.text("id"),
        label=reader.text("label"),
        start=reader.offset("start"),
        end=reader.offset("end"),
        raw_start=reader.offset("raw_start"),
        raw_end=reader.offset("raw_end"),
        text=reader.optional_text("text"),
        attributes=_parse_attributes(reader),
        origin=reader.text("origin", "manual"),
        provenance=_provenance(reader),
        score=reader.share("score"),
        reason=reader.text("reason"),
    )
    if not span.label:
        raise DataError(f"{path} has no label")
    by_text = span.start is not None and span.end is not None
    by_raw = span.raw_start is not None and span.raw_end is not None
    if not (by_text or by_raw):
        raise DataError(f"{path} has neither start and end nor raw_start and raw_end")
    return span


def _parse_relation(path: str, item: object) -> Relation:
    reader = _Reader(item, path)
    relation = Relation(
        reader.text("id"), reader.text("label"), reader.text("head"), reader.text("tail"), _parse_attributes(reader)
    )
    if not (relation.label and relation.head and relation.tail):
        raise DataError(f"{path} needs label, head and tail")
    return relation


def _provenance(reader: _Reader) -> dict[str, Any] | None:
    value = reader.data.get("provenance")
    return None if value is None else _Reader(value, f"{reader.path}.provenance").data


def _relation_provenance(reader: _Reader) -> Iterable[tuple[str, dict[str, Any]]]:
    for path, item in reader.items("relations"):
        relation = _Reader(item, path)
        if (provenance := _provenance(relation)) is not None:
            yield relation.text("id"), provenance


def _parse_attributes(reader: _Reader) -> Attributes:
    pairs = [_Reader(item, path) for path, item in reader.items("attributes")]
    return tuple((pair.text("key"), pair.text("value")) for pair in pairs)


def _strings(reader: _Reader, key: str) -> Iterable[str]:
    for path, item in reader.items(key):
        if not isinstance(item, str):
            raise DataError(f"{path} must be a text")
        yield item


def _meta(value: object) -> dict[str, str]:
    reader = _Reader(value or {}, "meta")
    return {key: reader.text(key) for key in reader.data if reader.data[key] is not None}


def _edits(reader: _Reader) -> tuple[tuple[int, int, int, int], ...] | None:
    if reader.data.get("raw_edits") is None:
        return None
    edits: list[tuple[int, int, int, int]] = []
    for path, item in reader.items("raw_edits"):
        if not (isinstance(item, list) and len(item) == 4 and all(type(number) is int for number in item)):
            raise DataError(f"{path} must be four whole numbers")
        edits.append((item[0], item[1], item[2], item[3]))
    return tuple(edits)


def _check_ids(record: Record) -> None:
    for what, ids in (
        ("span", [span.id for span in record.spans if span.id]),
        ("relation", [relation.id for relation in record.relations if relation.id]),
    ):
        if len(set(ids)) != len(ids):
            raise DataError(f"a {what} id stands twice in the record")
    known = {span.id for span in record.spans}
    for relation in record.relations:
        for end in (relation.head, relation.tail):
            if end not in known:
                raise DataError(f"relation {relation.id!r} names {end!r}, which is no span of the record")
