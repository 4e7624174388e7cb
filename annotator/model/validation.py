"""The rules that a value must keep: offsets inside the text, labels and attributes of the schema, overlap."""

from __future__ import annotations

from annotator.errors import OperationError
from annotator.model.annotation import Annotation, Relation
from annotator.model.schema import Schema
from annotator.model.state import AnnotationState


def check_annotation(annotation: Annotation, schema: Schema, length: int) -> None:
    """Check one annotation by itself, in a text of `length` code points.

    Raises:
        OperationError: Its offsets, label or attributes are not possible.
    """
    if not 0 <= annotation.start <= annotation.end <= length:
        raise OperationError(f"span {annotation.start}–{annotation.end} lies outside the text of {length} characters")
    if annotation.hidden and annotation.raw is None:
        raise OperationError(f"span {annotation.start}–{annotation.end} is empty")
    label = schema.label(annotation.label)
    if label is None:
        known = ", ".join(known.id for known in schema.labels)
        raise OperationError(f"label {annotation.label!r} is not in schema {schema.name}", hint=f"Its labels: {known}.")
    if len(dict(annotation.attributes)) < len(annotation.attributes):
        raise OperationError(f"an attribute of {label.id} stands twice")
    domains = {attribute.id: attribute for attribute in label.attributes}
    for key, value in annotation.attributes:
        if key not in domains:
            raise OperationError(f"label {label.id} has no attribute {key!r}")
        if not domains[key].allows(value):
            raise OperationError(f"{value!r} is no value of {label.id}.{key}")


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
            rule = "may not overlap" if label.overlap == "none" else "may only lie inside or around"
            raise OperationError(f"a {label.id} {rule} another {label.id}")


def check_relation(relation: Relation, state: AnnotationState, schema: Schema) -> None:
    """Check a relation: its type, its ends and how many tails its head may have.

    Raises:
        OperationError: The schema does not allow it.
    """
    kind = schema.relation(relation.label)
    if kind is None:
        raise OperationError(f"relation {relation.label!r} is not in schema {schema.name}")
    for role, annotation_id, allowed in (("head", relation.head, kind.head), ("tail", relation.tail, kind.tail)):
        end = state.annotation(annotation_id)
        if end is None:
            raise OperationError(f"the {role} {annotation_id!r} of relation {relation.id!r} is no annotation here")
        if end.label not in allowed:
            raise OperationError(f"a {end.label} cannot be the {role} of {relation.label}")
    if relation.head == relation.tail:
        raise OperationError("an annotation cannot be related to itself")
    tails = [
        other
        for other in state.relations
        if (other.label, other.head) == (relation.label, relation.head) and other.id != relation.id
    ]
    if any(other.tail == relation.tail for other in tails):
        raise OperationError(f"these two are related by {relation.label} already")
    if kind.max is not None and len(tails) >= kind.max:
        raise OperationError(f"a head has at most {kind.max} of {relation.label}")


def _nested(one: Annotation, other: Annotation) -> bool:
    return (one.start <= other.start and other.end <= one.end) or (other.start <= one.start and one.end <= other.end)
