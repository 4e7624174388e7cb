"""What still stands between a document and its reference: a list of problems, each of which some keys solve."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from annotator.model.accepting import annotation_of
from annotator.model.annotation import Annotation, Relation
from annotator.model.schema import Schema
from annotator.model.state import AnnotationState, reading_order
from annotator.model.suggestion import SuggestionSet
from bench.reference import Reference, Target


Link = tuple[str, Target, Target]


@dataclass(frozen=True, slots=True)
class Item:
    """An annotation, or what would be one if a suggestion were accepted."""

    annotation: Annotation
    is_pending: bool

    def is_on(self, target: Target) -> bool:
        """Whether it has the span and the label that are wanted."""
        one = self.annotation
        return (one.start, one.end, one.label) == (target.start, target.end, target.label)

    def shared(self, target: Target) -> int:
        """How many characters it shares with what is wanted."""
        return min(self.annotation.end, target.end) - max(self.annotation.start, target.start)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to be done.

    Attributes:
        kind: "accept" or "reject" an item; "label" a span, perhaps by mending one of the items; "change" the attributes
            of the item; "relate" or "unrelate" two annotations.
        place: Where in the text.
        items: The items that it is about.
        target: The span that is wanted.
        link: The relation that is wanted.
        relation: The relation that is not.
    """

    kind: Literal["accept", "reject", "label", "change", "relate", "unrelate"]
    place: int
    items: tuple[Item, ...] = ()
    target: Target | None = None
    link: Link | None = None
    relation: Relation | None = None


class Comparison:
    """A document at one moment beside its reference.

    Attributes:
        items: Annotations and pending suggestions, in reading order.
        exact: The items that have the span and the label of a target, by target.
    """

    def __init__(self, reference: Reference, state: AnnotationState, pending: SuggestionSet, schema: Schema) -> None:
        self._reference, self._state, self._furniture = reference, state, schema.furniture()
        waiting = [Item(annotation_of(one, schema), True) for one in pending.suggestions]
        made = [Item(one, False) for one in state.annotations]
        self.items = tuple(sorted([*made, *waiting], key=lambda item: reading_order(item.annotation)))
        self.exact = {target: item for target in reference.targets for item in self.items if item.is_on(target)}
        self._homes = self._find_homes()

    def _find_homes(self) -> dict[str, Target]:
        """Of each item that is not exact, the target that it may be mended into."""
        open_ = [target for target in self._reference.targets if target not in self.exact]
        exact = {item.annotation.id for item in self.exact.values()}
        homes = {}
        for item in self.items:
            near = [target for target in open_ if item.shared(target) > 0 and _may_become(item, target)]
            if near and item.annotation.id not in exact:
                homes[item.annotation.id] = max(near, key=item.shared)
        return homes

    def candidates(self, target: Target) -> tuple[Item, ...]:
        """The items that may be mended into a target."""
        return tuple(item for item in self.items if self._homes.get(item.annotation.id) == target)

    def astray(self) -> list[Item]:
        """The items that belong to no target."""
        exact = {item.annotation.id for item in self.exact.values()}
        return [
            item for item in self.items if item.annotation.id not in self._homes and item.annotation.id not in exact
        ]

    def problems(self, left: Collection[str] = ()) -> list[Problem]:
        """What is to be done, in the order of the text.

        Args:
            left: Labels whose suggestions one key will accept in the end.
        """
        found = [problem for target in self._reference.targets for problem in self._on_target(target, left)]
        found += [
            Problem("reject", item.annotation.start, (item,))
            for item in self.astray()
            if not item.is_pending or (item.annotation.label in left and not self._steps_aside(item))
        ]
        return sorted([*found, *self._unwanted_relations(), *self._missing_relations()], key=lambda one: one.place)

    def _on_target(self, target: Target, left: Collection[str]) -> list[Problem]:
        item = self.exact.get(target)
        if item is None:
            is_blocked = any(self._blocks(other, target) for other in self.items)
            return [] if is_blocked else [Problem("label", target.start, self.candidates(target), target)]
        is_left = item.is_pending and target.label in left
        if item.annotation.attributes != target.attributes and not (is_left and self._drives_away(item)):
            return [Problem("change", target.start, (item,), target)]
        return [Problem("accept", target.start, (item,), target)] if item.is_pending and not is_left else []

    def _blocks(self, item: Item, target: Target) -> bool:
        """Whether an item has to be mended, or removed, before a span that it lies on is labelled."""
        if item.shared(target) <= 0 or any(item is other for other in self.exact.values()):
            return False
        if not item.is_pending and item.annotation.id not in self._homes:
            return self._clashes(item.annotation.label, target.label)
        return self._homes.get(item.annotation.id, target) != target and self._clashes(
            item.annotation.label, target.label
        )

    def _clashes(self, label: str, other: str) -> bool:
        return label == other or bool(self._furniture & {label, other})

    def _steps_aside(self, item: Item) -> bool:
        """Whether a suggestion will be gone once a span is labelled that it lies on."""
        return any(
            item.shared(target) > 0 and self._clashes(item.annotation.label, target.label)
            for target in self._reference.targets
            if target not in self.exact or not self.exact[target].is_pending
        )

    def _drives_away(self, item: Item) -> bool:
        """Whether another suggestion that is wanted would step aside if this one were accepted alone."""
        return any(
            other is not item and other.is_pending and item.shared(target) > 0 and target.label == item.annotation.label
            for target, other in self.exact.items()
        )

    def _unwanted_relations(self) -> list[Problem]:
        ends = {item.annotation.id: target for target, item in self.exact.items() if not item.is_pending}
        return [
            Problem("unrelate", ends[one.head].start, relation=one)
            for one in self._state.relations
            if {one.head, one.tail} <= ends.keys()
            and (one.label, ends[one.head], ends[one.tail]) not in self._reference.links
        ]

    def _missing_relations(self) -> list[Problem]:
        made = {target: item.annotation.id for target, item in self.exact.items() if not item.is_pending}
        present = {(one.label, one.head, one.tail) for one in self._state.relations}
        return [
            Problem("relate", max(head.start, tail.start), link=(kind, head, tail))
            for kind, head, tail in self._reference.links
            if {head, tail} <= made.keys() and (kind, made[head], made[tail]) not in present
        ]


def _may_become(item: Item, target: Target) -> bool:
    one = item.annotation
    return one.label == target.label or (one.start, one.end) == (target.start, target.end)


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the suggestions for a page are, in numbers.

    Attributes:
        exact: Spans with the right label and attributes.
        attributes: Spans with the right label, of which an attribute is wrong.
        edges: Spans that lie on a wanted span of their label.
        missed: Wanted spans that nothing lies on.
        false: Suggestions that lie on no wanted span of their label, or only on one that another is nearer to.
        relations: Wanted relations that are suggested between exact spans.
    """

    exact: int
    attributes: int
    edges: int
    missed: int
    false: int
    relations: int


def quality(reference: Reference, pending: SuggestionSet, schema: Schema) -> Quality:
    """How good what is suggested for a page is."""
    seen = Comparison(reference, AnnotationState(), pending, schema)
    right = {target for target, item in seen.exact.items() if item.annotation.attributes == target.attributes}
    open_: Sequence[Target] = [target for target in reference.targets if target not in seen.exact]
    mended = [target for target in open_ if seen.candidates(target)]
    ids = {target: item.annotation.id for target, item in seen.exact.items()}
    suggested = {(one.label, one.head, one.tail) for one in pending.relations}
    return Quality(
        len(right),
        len(seen.exact) - len(right),
        len(mended),
        len(open_) - len(mended),
        len(seen.items) - len(seen.exact) - len(mended),
        sum((kind, ids.get(head), ids.get(tail)) in suggested for kind, head, tail in reference.links),
    )
