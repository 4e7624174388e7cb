"""Builders of operations that do one thing to many annotations at once; what cannot be done is skipped and counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotator.errors import OperationError
from annotator.model.annotation import Annotation
from annotator.model.edits import removal, with_label
from annotator.model.operations import Change, Operation
from annotator.model.relating import broken_relations
from annotator.model.schema import Label, Schema
from annotator.model.state import AnnotationState, reading_order
from annotator.model.validation import check_annotation, check_overlap


def add_all(
    state: AnnotationState, schema: Schema, annotations: Sequence[Annotation], length: int
) -> tuple[Operation, int]:
    """Add annotations to a text of `length` code points.

    Returns:
        The operation, and how many were skipped because they overlap others as their label forbids, or equal one.

    Raises:
        OperationError: One is not possible by itself, or none is left.
    """
    for annotation in annotations:
        check_annotation(annotation, schema, length)
    fitting = those_that_fit(annotations, state, schema)
    if not fitting:
        raise OperationError("there is nothing to add: every place has this label already, or may not have it")
    return Operation("add", tuple(Change(None, annotation) for annotation in fitting)), len(annotations) - len(fitting)


def relabel_all(state: AnnotationState, schema: Schema, label_id: str, label: Label) -> tuple[Operation, int]:
    """Give every annotation of one label another one; relations that it may not have go.

    Returns:
        The operation, and how many were skipped because they would overlap others as the new label forbids, or equal
        one.

    Raises:
        OperationError: None is left.
    """
    if label_id == label.id:
        raise OperationError("this is a {label} already", label=label)
    before = {one.id: one for one in _labelled(state, label_id)}
    after = those_that_fit([with_label(one, label, schema) for one in before.values()], state, schema)
    if not after:
        raise OperationError("none of these can be {label}: all overlap others of that label", label=label)
    changes = [Change(relation, None) for relation in broken_relations(state, schema, after)]
    changes += [Change(before[one.id], one) for one in after]
    return Operation("relabel", tuple(changes)), len(before) - len(after)


def remove_all(state: AnnotationState, label_id: str) -> Operation:
    """Remove every annotation of a label, and the relations that end at one.

    Raises:
        OperationError: There is none.
    """
    return removal(state, _labelled(state, label_id))


def _labelled(state: AnnotationState, label_id: str) -> list[Annotation]:
    found = [annotation for annotation in state.annotations if annotation.label == label_id]
    if not found:
        raise OperationError("nothing here is labelled {label}", label=label_id)
    return found


def those_that_fit(candidates: Iterable[Annotation], state: AnnotationState, schema: Schema) -> list[Annotation]:
    """Those that keep the overlap rules beside a state and beside one another, in reading order.

    Of two that cannot both be, the one that comes first in reading order is kept. Beside one another they are looked
    at in that order, with the ends of those that may still go on: so the cost of many is not that of all pairs.
    """
    fitting: list[Annotation] = []
    ends: dict[str, list[int]] = {}
    spans: set[tuple[int, int, str]] = set()
    for annotation in sorted(candidates, key=reading_order):
        span = (annotation.start, annotation.end, annotation.label)
        try:
            check_overlap(annotation, state, schema)
        except OperationError:
            continue
        if not annotation.hidden:
            if span in spans or not _enters(annotation, schema, ends.setdefault(annotation.label, [])):
                continue
            spans.add(span)
        fitting.append(annotation)
    return fitting


def _enters(annotation: Annotation, schema: Schema, ends: list[int]) -> bool:
    """Whether the rule of its label lets an annotation in beside earlier ones, and if so, its end joins theirs.

    Args:
        annotation: It starts no earlier than those.
        schema: Where the rule is.
        ends: Where those of the same label end, the innermost last; ends that lie before the annotation are taken out.
    """
    label = schema.label(annotation.label)
    if label is None or label.overlap == "any":
        return True
    while ends and ends[-1] <= annotation.start:
        ends.pop()
    if ends and (label.overlap == "none" or annotation.end > ends[-1]):
        return False
    ends.append(annotation.end)
    return True
