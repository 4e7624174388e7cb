"""Builders of operations on relations, and what may be related to what."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from heapq import merge
from typing import cast

from annotator.errors import OperationError
from annotator.model.annotation import Annotation, Relation
from annotator.model.operations import Change, Operation
from annotator.model.schema import RelationType, Schema
from annotator.model.state import AnnotationState, reading_order, relation_order
from annotator.model.validation import check_relation, existing


def relate(state: AnnotationState, schema: Schema, relation: Relation) -> Operation:
    """Relate two annotations."""
    check_relation(relation, state, schema)
    return Operation("relate", (Change(None, relation),))


def retype(state: AnnotationState, schema: Schema, relation_id: str, type_id: str) -> Operation:
    """Give a relation another type between the same ends."""
    before = _existing_relation(state, relation_id)
    if before.label == type_id:
        raise OperationError("this is {relation} already", relation=schema.relation(type_id) or type_id)
    after = replace(before, label=type_id)
    check_relation(after, state, schema)
    return Operation("retype", (Change(before, after),))


def unrelate(state: AnnotationState, relation_id: str) -> Operation:
    """Remove a relation and leave its ends."""
    return Operation("unrelate", (Change(_existing_relation(state, relation_id), None),))


def relation_types(state: AnnotationState, schema: Schema, head: str, tail: str) -> tuple[RelationType, ...]:
    """The types that the labels of two annotations allow from one to the other."""
    start, end = existing(state, head).label, existing(state, tail).label
    return tuple(kind for kind in schema.relations if start in kind.head and end in kind.tail)


def free_types(state: AnnotationState, schema: Schema, head: str, tail: str) -> tuple[RelationType, ...]:
    """Those of the `relation_types` under which the two can be related now."""
    types = relation_types(state, schema, head, tail)
    return tuple(kind for kind in types if head != tail and _has_room(state, kind, head, tail))


def targets(
    state: AnnotationState, schema: Schema, annotation_id: str, type_id: str | None = None
) -> tuple[Annotation, ...]:
    """What an annotation can be related to now, as the tail or as the head of a relation.

    Args:
        state: The present state.
        schema: The project's schema.
        annotation_id: The annotation to relate.
        type_id: A type of relation, or None for all.

    Returns:
        The nearest first, by where they start; of two as near, the one before it. Hidden annotations, which cannot
        be pointed at, are left out.
    """
    mine = existing(state, annotation_id)
    kinds = [kind for kind in schema.relations if type_id in (None, kind.id)]
    tails = [(kind, _tails(state, kind, mine.id)) for kind in kinds]
    as_head = [(kind, taken) for kind, taken in tails if mine.label in kind.head and _is_below_max(kind, len(taken))]
    as_tail = [kind for kind in kinds if mine.label in kind.tail]

    def fits(other: Annotation) -> bool:
        return not other.hidden and (
            any(other.label in kind.tail and other.id not in taken for kind, taken in as_head)
            or any(other.label in kind.head and _has_room(state, kind, other.id, mine.id) for kind in as_tail)
        )

    index = bisect_left(state.annotations, reading_order(mine), key=reading_order)
    before, after = reversed(state.annotations[:index]), state.annotations[index + 1 :]
    return tuple(merge(filter(fits, before), filter(fits, after), key=lambda other: abs(other.start - mine.start)))


def broken_relations(state: AnnotationState, schema: Schema, relabelled: Iterable[Annotation]) -> list[Relation]:
    """The relations, by type and id, that some annotations may not have under their new labels."""
    labels = {annotation.id: annotation.label for annotation in relabelled}
    touched = {one.id: one for annotation_id in labels for one in state.relations_of(annotation_id)}
    return sorted((one for one in touched.values() if _breaks(one, labels, schema)), key=relation_order)


def _existing_relation(state: AnnotationState, relation_id: str) -> Relation:
    relation = state.values.get(("relation", relation_id))
    if relation is None:
        raise OperationError("this relation is gone")
    return cast("Relation", relation)


def _has_room(state: AnnotationState, kind: RelationType, head: str, tail: str) -> bool:
    """Whether neither an equal relation nor the most that a head may have refuses another one."""
    taken = _tails(state, kind, head)
    return _is_below_max(kind, len(taken)) and tail not in taken


def _tails(state: AnnotationState, kind: RelationType, head: str) -> list[str]:
    """The ids at the tails of an annotation's relations of a type."""
    return [one.tail for one in state.relations_of(head) if one.label == kind.id and one.head == head]


def _is_below_max(kind: RelationType, count: int) -> bool:
    return kind.max is None or count < kind.max


def _breaks(relation: Relation, labels: dict[str, str], schema: Schema) -> bool:
    kind = schema.relation(relation.label)
    if kind is None:
        return False
    head, tail = labels.get(relation.head), labels.get(relation.tail)
    return (head is not None and head not in kind.head) or (tail is not None and tail not in kind.tail)
