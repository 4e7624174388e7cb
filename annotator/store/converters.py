"""Between the model's values and what the database holds: rows never leave the store."""

from __future__ import annotations

from typing import Any

import orjson

from annotator.model.annotation import Annotation, Answer, Attributes, DocumentLabel, Note, Relation, Status, Value
from annotator.model.operations import Change


def attributes_to_json(attributes: Attributes) -> str:
    """Attributes as a JSON list of pairs."""
    return orjson.dumps(attributes).decode() if attributes else "[]"


def attributes_from_json(text: str) -> Attributes:
    """Attributes from their JSON."""
    return tuple((key, value) for key, value in orjson.loads(text)) if text != "[]" else ()


def changes_to_json(changes: tuple[Change, ...]) -> str:
    """The changes of an operation as a JSON list of [before, after]."""
    return orjson.dumps([[_to_plain(change.before), _to_plain(change.after)] for change in changes]).decode()


def changes_from_json(text: str) -> tuple[Change, ...]:
    """The changes of an operation from their JSON."""
    return tuple(Change(_from_plain(before), _from_plain(after)) for before, after in orjson.loads(text))


def _to_plain(value: Value | None) -> list[Any] | None:  # noqa: PLR0911  # one for each kind
    match value:
        case None:
            return None
        case Annotation():
            rest = (value.attributes, value.origin, value.schema_version, value.raw)
            return ["annotation", value.id, value.start, value.end, value.label, *rest]
        case Relation():
            return ["relation", value.id, value.label, value.head, value.tail, value.attributes]
        case DocumentLabel():
            return ["document_label", value.label]
        case Note():
            return ["note", value.text]
        case Status():
            return ["status", value.name]
        case Answer():
            return ["answer", value.suggestion, value.verdict]


def _from_plain(plain: list[Any] | None) -> Value | None:  # noqa: PLR0911  # one for each kind
    match plain:
        case None:
            return None
        case ["annotation", id_, start, end, label, attributes, origin, schema_version, raw]:
            span = (raw[0], raw[1]) if raw else None
            return Annotation(id_, start, end, label, _pairs(attributes), origin, schema_version, span)
        case ["relation", id_, label, head, tail, attributes]:
            return Relation(id_, label, head, tail, _pairs(attributes))
        case ["document_label", label]:
            return DocumentLabel(label)
        case ["note", text]:
            return Note(text)
        case ["status", name]:
            return Status(name)
        case ["answer", suggestion, verdict]:
            return Answer(suggestion, verdict)
    raise ValueError(f"unknown value in the journal: {plain[:1]}")


def _pairs(attributes: list[list[str]]) -> Attributes:
    return tuple((key, value) for key, value in attributes)
