"""The rules that a value must keep: offsets inside the text, labels and attributes of the schema, overlap."""

from __future__ import annotations

from annotator.errors import N_, OperationError
from annotator.model.annotation import Annotation, Relation
from annotator.model.schema import Attribute, Label, Schema
from annotator.model.state import AnnotationState


MISSING_END = {
    "head": N_("the head {annotation!r} of relation {relation!r} is no annotation here"),
    "tail": N_("the tail {annotation!r} of relation {relation!r} is no annotation here"),
}
UNFIT_END = {
    "head": N_("a {label} cannot be the head of {relation}"),
    "tail": N_("a {label} cannot be the tail of {relation}"),
}
CLASH = {
    "none": N_("a {label} may not overlap another {label}"),
    "nested": N_("a {label} may only lie inside or around another {label}"),
}


def existing(state: AnnotationState, annotation_id: str) -> Annotation:
    """The annotation with an id.

    Raises:
        OperationError: There is none.
    """
    annotation = state.annotation(annotation_id)
    if annotation is None:
        raise OperationError("this annotation is gone")
    return annotation


def check_span(annotation: Annotation, length: int) -> None:
    """Check where an annotation lies, in a text of `length` code points.

    Raises:
        OperationError: Its offsets are not possible.
    """
    start, end = annotation.start, annotation.end
    if not 0 <= start <= end <= length:
        raise OperationError(
            "span {start}–{end} lies outside the text of {length} characters", start=start, end=end, length=length
        )
    if annotation.hidden and annotation.raw is None:
        raise OperationError("span {start}–{end} is empty", start=start, end=end)


def check_attribute(label: Label, attribute_id: str, value: str) -> Attribute:
    """The attribute that a label has under an id, if it allows a value.

    Raises:
        OperationError: There is none, or the value is not in its domain.
    """
    attribute = label.attribute(attribute_id)
    if attribute is None:
        raise OperationError("label {label} has no attribute {attribute!r}", label=label, attribute=attribute_id)
    if not attribute.allows(value):
        raise OperationError(
            "{value!r} is no value of {label}.{attribute}", value=value, label=label, attribute=attribute
        )
    return attribute


def check_annotation(annotation: Annotation, schema: Schema, length: int) -> None:
    """Check one annotation by itself, in a text of `length` code points.

    Raises:
        OperationError: Its offsets, label or attributes are not possible.
    """
    check_span(annotation, length)
    label = schema.label(annotation.label)
    if label is None:
        raise OperationError(
            "label {label!r} is not in schema {schema} (its labels: {known})",
            label=annotation.label,
            schema=schema.name,
            known=", ".join(known.id for known in schema.labels),
        )
    if len(dict(annotation.attributes)) < len(annotation.attributes):
        raise OperationError("an attribute of {label} stands twice", label=label)
    for attribute_id, value in annotation.attributes:
        check_attribute(label, attribute_id, value)


def check_overlap(annotation: Annotation, state: AnnotationState, schema: Schema) -> None:
    """Check an annotation against the others of its label.

    Raises:
        OperationError: Another one has its span, or its label forbids how they overlap.
    """
    label = schema.label(annotation.label)
    for other in state.overlapping(annotation.start, annotation.end):
        if other.id == annotation.id or other.label != annotation.label:
            continue
        if (other.start, other.end) == (annotation.start, annotation.end):
            raise OperationError("this text already has this label")
        if label is None or label.overlap == "any":
            continue
        if label.overlap == "none" or not _nested(annotation, other):
            raise OperationError(CLASH[label.overlap], label=label)


def check_relation(relation: Relation, state: AnnotationState, schema: Schema) -> None:
    """Check a relation: its type, its ends and how many tails its head may have.

    Raises:
        OperationError: The schema does not allow it.
    """
    kind = schema.relation(relation.label)
    if kind is None:
        raise OperationError(
            "relation {relation!r} is not in schema {schema}", relation=relation.label, schema=schema.name
        )
    for role, annotation_id, allowed in (("head", relation.head, kind.head), ("tail", relation.tail, kind.tail)):
        end = state.annotation(annotation_id)
        if end is None:
            raise OperationError(MISSING_END[role], annotation=annotation_id, relation=relation.id)
        if end.label not in allowed:
            raise OperationError(UNFIT_END[role], label=schema.label(end.label) or end.label, relation=kind)
    if relation.head == relation.tail:
        raise OperationError("an annotation cannot be related to itself")
    # A look at all of them: an import checks each relation in a new state, where an index would not pay.
    tails = [
        other.tail
        for other in state.relations
        if other.head == relation.head and other.label == relation.label and other.id != relation.id
    ]
    if relation.tail in tails:
        raise OperationError("these two are related by {relation} already", relation=kind)
    if kind.max is not None and len(tails) >= kind.max:
        raise OperationError("a head has at most {max} of {relation}", max=kind.max, relation=kind)


def _nested(one: Annotation, other: Annotation) -> bool:
    return (one.start <= other.start and other.end <= one.end) or (other.start <= one.start and one.end <= other.end)
