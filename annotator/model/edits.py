"""Builders of operations: what a key on the annotate screen means, checked against schema and state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotator.errors import N_, OperationError
from annotator.model.annotation import Annotation, DocumentLabel, Note, Status, StatusName, Value
from annotator.model.operations import Change, Operation
from annotator.model.relating import broken_relations
from annotator.model.schema import Label, Schema
from annotator.model.state import AnnotationState, relation_order
from annotator.model.validation import check_annotation, check_attribute, check_overlap, check_span, existing


STATUS_ALREADY: dict[StatusName, str] = {
    "open": N_("the document is open already"),
    "done": N_("the document is done already"),
    "flagged": N_("the document is flagged already"),
}


def add(state: AnnotationState, schema: Schema, annotation: Annotation, length: int) -> Operation:
    """Add an annotation to a text of `length` code points."""
    check_annotation(annotation, schema, length)
    check_overlap(annotation, state, schema)
    return Operation("add", (Change(None, annotation),))


def new_annotation(annotation_id: str, start: int, end: int, label: Label, schema: Schema) -> Annotation:
    """A manual annotation with the default attributes of its label."""
    return Annotation(annotation_id, start, end, label.id, label.defaults(), schema_version=schema.version)


def remove(state: AnnotationState, annotation_id: str) -> Operation:
    """Remove an annotation, and the relations that end at it."""
    return removal(state, [existing(state, annotation_id)])


def removal(state: AnnotationState, annotations: Iterable[Annotation]) -> Operation:
    """Remove annotations of a state, and before them the relations that end at one."""
    gone = list(annotations)
    orphans = {relation.id: relation for annotation in gone for relation in state.relations_of(annotation.id)}
    values: tuple[Value, ...] = (*sorted(orphans.values(), key=relation_order), *gone)
    return Operation("remove", tuple(Change(value, None) for value in values))


def move_edges(
    state: AnnotationState, schema: Schema, annotation_id: str, span: tuple[int, int], length: int
) -> Operation:
    """Give an annotation another span; its relations stay."""
    before = existing(state, annotation_id)
    if span == (before.start, before.end):
        raise OperationError("the span is this one already")
    after = replace(before, start=span[0], end=span[1], raw=None)
    check_span(after, length)
    check_overlap(after, state, schema)
    return Operation("move edge", (Change(before, after),))


def relabel(state: AnnotationState, schema: Schema, annotation_id: str, label: Label) -> Operation:
    """Give an annotation another label; attributes that the new label knows keep their values.

    Relations that the new label may not have go with the old one.
    """
    before = existing(state, annotation_id)
    if before.label == label.id:
        raise OperationError("this is a {label} already", label=label)
    after = with_label(before, label, schema)
    check_overlap(after, state, schema)
    broken = broken_relations(state, schema, [after])
    return Operation("relabel", (*(Change(relation, None) for relation in broken), Change(before, after)))


def with_label(annotation: Annotation, label: Label, schema: Schema) -> Annotation:
    """An annotation under another label; attributes that the new one knows keep their values."""
    kept = dict(annotation.attributes)
    attributes = tuple(
        (
            attribute.id,
            kept[attribute.id]
            if attribute.allows(kept.get(attribute.id, "")) and attribute.id in kept
            else attribute.default,
        )
        for attribute in label.attributes
    )
    return replace(annotation, label=label.id, attributes=attributes, schema_version=schema.version)


def set_attribute(
    state: AnnotationState, schema: Schema, annotation_id: str, attribute_id: str, value: str
) -> Operation:
    """Give an attribute of an annotation a value.

    The attributes are then in the order of the schema; after them those that it does not know, which are kept.
    """
    before = existing(state, annotation_id)
    label = schema.label(before.label)
    if label is None:
        raise OperationError("label {label!r} is not in schema {schema}", label=before.label, schema=schema.name)
    attribute = check_attribute(label, attribute_id, value)
    values = dict(before.attributes)
    if values.get(attribute_id) == value:
        raise OperationError("{attribute} is {value!r} already", attribute=attribute, value=value)
    values[attribute_id] = value
    known = {one.id: values[one.id] for one in label.attributes if one.id in values}
    after = replace(before, attributes=tuple((known | values).items()))
    return Operation("set attribute", (Change(before, after),))


def toggle_document_label(state: AnnotationState, schema: Schema, label_id: str) -> Operation:
    """Put a label on the document, or take it off."""
    label = DocumentLabel(label_id)
    present = state.values.get(label.slot)
    if present is None and schema.document_label(label_id) is None:
        raise OperationError("document label {label!r} is not in schema {schema}", label=label_id, schema=schema.name)
    return Operation("document label", (Change(present, label if present is None else None),))


def set_note(state: AnnotationState, text: str) -> Operation:
    """Note something on the document; an empty text takes the note away."""
    if text == state.note:
        raise OperationError(N_("the note says this already") if text else N_("there is no note"))
    return Operation("note", (Change(state.values.get(("note", "")), Note(text) if text else None),))


def set_status(state: AnnotationState, status: StatusName, note: str | None = None) -> Operation:
    """Set the status of the document, and its note where one is given."""
    changes = [Change(state.values.get(("status", "")), Status(status) if status != "open" else None)]
    if note is not None and note != state.note:
        changes.append(Change(state.values.get(("note", "")), Note(note) if note else None))
    changes = [change for change in changes if change.before != change.after]
    if not changes:
        raise OperationError(STATUS_ALREADY[status])
    return Operation("status", tuple(changes))


def imported(values: list[Value]) -> Operation:
    """Add values that came with a record, all at once."""
    return Operation("import", tuple(Change(None, value) for value in values))
