"""All that one annotator has made in one document, at one moment."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import cast

from annotator.model.annotation import Annotation, DocumentLabel, Note, Relation, Slot, Status, StatusName, Value


FEW_CHANGES = 64
"""More changes than this at once are sorted anew."""


def reading_order(annotation: Annotation) -> tuple[int, int, str, str]:
    """Sort key: by start, outer before inner, then label and id."""
    return (annotation.start, -annotation.end, annotation.label, annotation.id)


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
        """Derive the order of the annotations from that of the state before some changes, which sorting would not use.

        Args:
            before: The state that the changes, made one by one, lead from.
            changes: Values before and after.
        """
        if len(changes) > FEW_CHANGES:
            return
        order = list(before.annotations)
        for gone, new in changes:
            if isinstance(gone, Annotation):
                del order[bisect_left(order, reading_order(gone), key=reading_order)]
            if isinstance(new, Annotation):
                insort(order, new, key=reading_order)
        self.__dict__["annotations"] = tuple(order)

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
        """All relations, by label and id."""
        found = (value for value in self.values.values() if isinstance(value, Relation))
        return tuple(sorted(found, key=lambda relation: (relation.label, relation.id)))

    @property
    def document_labels(self) -> tuple[str, ...]:
        """The labels on the document, sorted."""
        return tuple(sorted(value.label for value in self.values.values() if isinstance(value, DocumentLabel)))

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
    def _starts(self) -> list[int]:
        return [annotation.start for annotation in self.annotations]

    @cached_property
    def _furthest_ends(self) -> list[int]:
        """For each annotation the furthest end of it and all before it; ascending, so it can be bisected."""
        return list(accumulate((annotation.end for annotation in self.annotations), max))

    def overlapping(self, start: int, end: int) -> Iterator[Annotation]:
        """The annotations that share a character with [start, end), in reading order.

        Finds where to begin and to stop by bisection, so that its cost is that of the spans near by, except
        under a span that is much longer than its neighbours.
        """
        if start >= end:
            return
        first = bisect_right(self._furthest_ends, start)
        last = bisect_left(self._starts, end)
        for annotation in self.annotations[first:last]:
            if annotation.end > start and annotation.start < end and not annotation.hidden:
                yield annotation

    def at(self, offset: int) -> list[Annotation]:
        """The annotations on a character, smallest first."""
        return sorted(self.overlapping(offset, offset + 1), key=lambda found: (found.end - found.start, found.id))
