"""Builders of operations: what a key on the annotate screen means, checked against schema and state."""

from __future__ import annotations

from dataclasses import replace

from annotator.errors import OperationError
from annotator.model.annotation import Annotation, Note, Relation, Status, StatusName, Value
from annotator.model.operations import Change, Operation
from annotator.model.schema import Label, Schema
from annotator.model.state import AnnotationState
from annotator.model.validation import check_annotation, check_overlap


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
    annotation = _existing(state, annotation_id)
    orphans = [relation for relation in state.relations if annotation_id in (relation.head, relation.tail)]
    values: tuple[Value, ...] = (*orphans, annotation)
    return Operation("remove", tuple(Change(value, None) for value in values))


def move_edges(
    state: AnnotationState, schema: Schema, annotation_id: str, span: tuple[int, int], length: int
) -> Operation:
    """Give an annotation another span."""
    before = _existing(state, annotation_id)
    if span == (before.start, before.end):
        raise OperationError("the span is this one already")
    after = replace(before, start=span[0], end=span[1], raw=None)
    check_annotation(after, schema, length)
    check_overlap(after, state, schema)
    return Operation("move edge", (Change(before, after),))


def relabel(state: AnnotationState, schema: Schema, annotation_id: str, label: Label) -> Operation:
    """Give an annotation another label; attributes that the new label knows keep their values.

    Relations that the new label may not have go with the old one.
    """
    before = _existing(state, annotation_id)
    if before.label == label.id:
        raise OperationError(f"this is a {label.id} already")
    kept = dict(before.attributes)
    attributes = tuple(
        (
            attribute.id,
            kept[attribute.id]
            if attribute.allows(kept.get(attribute.id, "")) and attribute.id in kept
            else attribute.default,
        )
        for attribute in label.attributes
    )
    after = replace(before, label=label.id, attributes=attributes, schema_version=schema.version)
    check_overlap(after, state, schema)
    broken = [relation for relation in state.relations if _breaks(relation, after, schema)]
    return Operation("relabel", (*(Change(relation, None) for relation in broken), Change(before, after)))


def set_status(state: AnnotationState, status: StatusName, note: str | None = None) -> Operation:
    """Set the status of the document, and its note where one is given."""
    changes = [Change(state.values.get(("status", "")), Status(status) if status != "open" else None)]
    if note is not None and note != state.note:
        changes.append(Change(state.values.get(("note", "")), Note(note) if note else None))
    changes = [change for change in changes if change.before != change.after]
    if not changes:
        raise OperationError(f"the document is {status} already")
    return Operation("status", tuple(changes))


def imported(values: list[Value]) -> Operation:
    """Add values that came with a record, all at once."""
    return Operation("import", tuple(Change(None, value) for value in values))


def _existing(state: AnnotationState, annotation_id: str) -> Annotation:
    annotation = state.annotation(annotation_id)
    if annotation is None:
        raise OperationError("this annotation is gone")
    return annotation


def _breaks(relation: Relation, annotation: Annotation, schema: Schema) -> bool:
    kind = schema.relation(relation.label)
    if kind is None:
        return False
    return (relation.head == annotation.id and annotation.label not in kind.head) or (
        relation.tail == annotation.id and annotation.label not in kind.tail
    )
