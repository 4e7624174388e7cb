"""All that one annotator has made in one document, at one moment."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, cast

from annotator.model.annotation import (
    Annotation,
    Answer,
    DocumentLabel,
    Note,
    Relation,
    Slot,
    Status,
    StatusName,
    Value,
)


FEW_CHANGES = 64
"""More changes than this at once are sorted anew."""

STRETCH = 64
"""So many annotations have one entry in the index of ends."""

T = TypeVar("T", Annotation, Relation)


def reading_order(annotation: Annotation) -> tuple[int, int, str, str]:
    """Sort key: by start, outer before inner, then label and id."""
    return (annotation.start, -annotation.end, annotation.label, annotation.id)


def relation_order(relation: Relation) -> tuple[str, str]:
    """Sort key: by type and id."""
    return (relation.label, relation.id)


@dataclass(frozen=True)
class AnnotationState:
    """An immutable set of values by slot, with an index of the annotations by place."""

    values: Mapping[Slot, Value] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Iterable[Value]) -> AnnotationState:
        """A state of given values."""
        return cls({value.slot: value for value in values})

    @cached_property
    def annotations(self) -> tuple[Annotation, ...]:
        """All annotations in reading order."""
        found = (value for value in self.values.values() if isinstance(value, Annotation))
        return tuple(sorted(found, key=reading_order))

    def take_order(self, before: AnnotationState, changes: Sequence[tuple[Value | None, Value | None]]) -> None:
        """Derive what is sorted here from the state before some changes, which sorting would not use.

        Args:
            before: The state that the changes, made one by one, lead from.
            changes: Values before and after.
        """
        annotations = _changes_of(Annotation, changes)
        relations = _changes_of(Relation, changes)
        known, derived = vars(before), self.__dict__
        if len(annotations) <= FEW_CHANGES:
            derived["annotations"] = _reordered(before.annotations, annotations, reading_order)
            gone = [one for one, _ in annotations if one is not None]
            new = [other for _, other in annotations if other is not None]
            if "counts" in known:
                derived["counts"] = (
                    before.counts + Counter(one.label for one in new) - Counter(one.label for one in gone)
                )
            if "hidden" in known:
                derived["hidden"] = before.hidden + sum(one.hidden for one in new) - sum(one.hidden for one in gone)
        if len(relations) > FEW_CHANGES:
            return
        if "relations" in known:
            derived["relations"] = _reordered(before.relations, relations, relation_order)
        if "_relations_by_end" in known:
            derived["_relations_by_end"] = _rejoined(before._relations_by_end, relations)
        if "related" in known and not relations:
            derived["related"] = before.related

    @cached_property
    def counts(self) -> Counter[str]:
        """How many annotations there are of each label."""
        return Counter(annotation.label for annotation in self.annotations)

    @cached_property
    def hidden(self) -> int:
        """How many annotations have nothing left in the cleaned text."""
        return sum(annotation.hidden for annotation in self.annotations)

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """All relations, by type and id."""
        found = (value for value in self.values.values() if isinstance(value, Relation))
        return tuple(sorted(found, key=relation_order))

    @cached_property
    def _relations_by_end(self) -> Mapping[str, Sequence[Relation]]:
        found: dict[str, list[Relation]] = {}
        for value in self.values.values():
            if isinstance(value, Relation):
                for end in {value.head, value.tail}:
                    found.setdefault(end, []).append(value)
        return found

    @cached_property
    def related(self) -> frozenset[str]:
        """The ids of the annotations that a relation starts from or leads to."""
        return frozenset(self._relations_by_end)

    def relations_of(self, annotation_id: str) -> tuple[Relation, ...]:
        """The relations that start from an annotation or lead to it, by type and id."""
        return tuple(sorted(self._relations_by_end.get(annotation_id, ()), key=relation_order))

    @cached_property
    def document_labels(self) -> tuple[str, ...]:
        """The labels on the document, sorted."""
        return tuple(sorted(value.label for value in self.values.values() if isinstance(value, DocumentLabel)))

    @cached_property
    def answers(self) -> frozenset[str]:
        """The ids of the suggestions that were accepted or rejected."""
        return frozenset(value.suggestion for value in self.values.values() if isinstance(value, Answer))

    @property
    def note(self) -> str:
        """The remark on the document, or ""."""
        return cast("Note", self.values.get(("note", ""), Note(""))).text

    @property
    def status(self) -> StatusName:
        """How far the document is."""
        return cast("Status", self.values.get(("status", ""), Status("open"))).name

    def annotation(self, annotation_id: str) -> Annotation | None:
        """The annotation with an id."""
        return cast("Annotation | None", self.values.get(("annotation", annotation_id)))

    @cached_property
    def _furthest_ends(self) -> list[int]:
        """The furthest end in each stretch of the annotations, so that most stretches need no look."""
        ends = [annotation.end for annotation in self.annotations]
        return [max(ends[first : first + STRETCH]) for first in range(0, len(ends), STRETCH)]

    def overlapping(self, start: int, end: int) -> Iterator[Annotation]:
        """The annotations that share a character with [start, end), in reading order.

        Its cost is that of the annotations near by, whatever long ones lie over them, and one step per stretch.
        """
        if start >= end:
            return
        annotations = self.annotations
        last = bisect_left(annotations, end, key=lambda annotation: annotation.start)
        for number, furthest in enumerate(self._furthest_ends[: -(-last // STRETCH)]):
            if furthest <= start:
                continue
            for annotation in annotations[number * STRETCH : min((number + 1) * STRETCH, last)]:
                if annotation.end > start and not annotation.hidden:
                    yield annotation

    def at(self, offset: int) -> list[Annotation]:
        """The annotations on a character, smallest first."""
        return sorted(self.overlapping(offset, offset + 1), key=lambda found: (found.end - found.start, found.id))


def _changes_of(kind: type[T], changes: Sequence[tuple[Value | None, Value | None]]) -> list[tuple[T | None, T | None]]:
    """The changes of one kind of value."""
    return [
        (gone if isinstance(gone, kind) else None, new if isinstance(new, kind) else None)
        for gone, new in changes
        if isinstance(gone, kind) or isinstance(new, kind)
    ]


def _reordered(
    order: tuple[T, ...], changes: Sequence[tuple[T | None, T | None]], key: Callable[[T], tuple[object, ...]]
) -> tuple[T, ...]:
    """A sorted order after some changes, made one by one."""
    if not changes:
        return order
    changed = list(order)
    for gone, new in changes:
        if gone is not None:
            del changed[bisect_left(changed, key(gone), key=key)]
        if new is not None:
            insort(changed, new, key=key)
    return tuple(changed)


def _rejoined(
    index: Mapping[str, Sequence[Relation]], changes: Sequence[tuple[Relation | None, Relation | None]]
) -> Mapping[str, Sequence[Relation]]:
    """Relations by the ids at their ends after some changes, made one by one."""
    if not changes:
        return index
    changed = dict(index)
    for gone, new in changes:
        if gone is not None:
            for end in {gone.head, gone.tail}:
                changed[end] = [one for one in changed[end] if one != gone]
                if not changed[end]:
                    del changed[end]
        if new is not None:
            for end in {new.head, new.tail}:
                changed[end] = [*changed.get(end, ()), new]
    return changed
