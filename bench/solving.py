"""Solving one problem of a page with suggestions by the fewest keys."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from annotator.tui.desk import Edge
from annotator.tui.stops import is_folded_away
from bench.comparing import Comparison, Item, Problem
from bench.hands import ATTRIBUTES, RELATIONS, SPANS, Hands
from bench.labelling import attribute_keys
from bench.meaning import (
    Meant,
    edges_to_move,
    goal_of_edge,
    is_focused,
    would_accept,
    would_move,
    would_relate,
    would_remove,
)
from bench.planning import trial, way_to_select
from bench.reference import Reference, Target
from bench.steps import Steps, length


KEYS_TO_REMOVE = 2
"""To go to an annotation near by, and to remove it."""

KEYS_TO_RELATE = 2

FAR = 8
"""Keys that a way is taken to need where it cannot be told from here."""


class Solver:
    """Solves problems at a screen.

    Args:
        hands: At the screen.
        reference: What is wanted there.
    """

    def __init__(self, hands: Hands, reference: Reference) -> None:
        self._hands, self._desk, self._reference = hands, hands.desk, reference
        self._schema = hands.desk.session.schema

    def compared(self) -> Comparison:
        """What is there now beside what is wanted."""
        session = self._desk.session
        return Comparison(self._reference, session.state, session.pending, self._schema)

    async def solve(self, problem: Problem) -> None:
        """Press the keys that solve a problem.

        Raises:
            RuntimeError: There is no way to where it is.
        """
        self._hands.part = RELATIONS if problem.kind in {"relate", "unrelate"} else SPANS
        match problem:
            case Problem(kind="accept", items=(item,)):
                await self._go(would_accept, item)
                await self._hands.press("enter")
            case Problem(kind="reject", items=(item,)):
                await self._remove(item)
            case Problem(kind="change", items=(item,), target=Target() as target):
                await self._change(item, target)
            case Problem(kind="label", target=Target() as target):
                await self._label(target, problem.items)
            case Problem(kind="relate", link=(kind, head, tail)):
                await self._relate(kind, head, tail)
            case Problem(kind="unrelate", relation=relation) if relation is not None:
                await self._unrelate(relation.head, relation.id)

    async def _remove(self, item: Item) -> None:
        await self._go(would_remove, item)
        await self._hands.press("x")

    # Going to what is meant

    async def _go(self, means: Meant, item: Item) -> None:
        """Go where a command means an item; where Tab passes a suggestion, it may as well be answered."""
        hands = self._hands
        if self._is_folded_away(item):
            await hands.press("z")
        while not means(self._desk, item):
            for step in await hands.find(partial(means, item=item), item.annotation.start):
                if step == "tab" and (key := self._answer_here()):
                    await hands.press(key)
                    break
                await hands.take([step])

    def _way(self, means: Meant, item: Item) -> Steps | None:
        """The way there, where it can be told from here."""
        return None if self._is_folded_away(item) else self._hands.way(partial(means, item=item), item.annotation.start)

    def _is_folded_away(self, item: Item) -> bool:
        """Whether Tab passes over an annotation because it is folded."""
        return not item.is_pending and is_folded_away(self._desk.layout, item.annotation)

    def _answer_here(self) -> str:
        """A key that answers the focused suggestion and goes where Tab would go, or ""."""
        suggestion = self._desk.suggestion()
        there = trial(self._desk)
        there.focus_next(1)
        following = there.suggestion()
        if suggestion is None or following is None or following.start < suggestion.end:
            return ""
        seen = self.compared()
        item = next(item for item in seen.items if item.annotation.id == suggestion.id)
        target = next((target for target, other in seen.exact.items() if other is item), None)
        if target is not None:
            return "enter" if item.annotation.attributes == target.attributes else ""
        return "x" if item in seen.astray() else ""

    # Labelling

    async def _label(self, target: Target, candidates: Sequence[Item]) -> None:
        """Mend what takes the fewest keys, or select the span anew."""
        made = [item for item in candidates if not item.is_pending]
        costs = [(self._cost_to_mend(item, target, made), number) for number, item in enumerate(candidates)]
        least, number = min(costs, default=(None, 0))
        is_dearer = least is None or self._cost_anew(target, least) + KEYS_TO_REMOVE * len(made) < least
        kept = None if is_dearer else candidates[number]
        for item in made:
            if item is not kept:
                await self._remove(item)
        if kept is None:
            await self._label_anew(target)
        else:
            await self._mend(kept, target)

    def _cost_to_mend(self, item: Item, target: Target, made: Sequence[Item]) -> int:
        keys = _length(self._way(would_move, item)) + len(self._attribute_keys(target, item))
        keys += item.annotation.label != target.label
        keys += KEYS_TO_REMOVE * sum(other is not item for other in made)
        edges = edges_to_move(item, target)
        return keys + sum(1 + _length(self._way_of_edge(item, edge, target)) for edge in edges) + bool(edges)

    def _way_of_edge(self, item: Item, edge: Edge, target: Target) -> Steps | None:
        there = trial(self._desk)
        there.edge, there.focused = None, item.annotation.id
        there.start_edge(edge)
        return self._hands.way(*goal_of_edge(edge, target), there)

    async def _mend(self, item: Item, target: Target) -> None:
        hands, edges = self._hands, edges_to_move(item, target)
        if item.annotation.label != target.label:
            await self._go(is_focused, item)
            await hands.press(self._key_of(target))
        await self._go(would_move, item)
        for edge in edges:
            await hands.press("[" if edge == "start" else "]")
            await hands.take(await hands.find(*goal_of_edge(edge, target)))
        if edges:
            await hands.press("enter")

    def _cost_anew(self, target: Target, most: int) -> int:
        """What it takes to label a span anew; some more than the most keys where it is more."""
        links = sum(target in link[1:] for link in self._reference.links)
        keys = 1 + len(self._attribute_keys(target)) + KEYS_TO_RELATE * links
        most = min(self._hands.most_to(target.start, self._desk), most - keys)
        steps = way_to_select(self._desk, (target.start, target.end), self._hands.means(), most=most)
        return keys + (max(most, 0) + FAR if steps is None else length(steps))

    async def _label_anew(self, target: Target) -> None:
        layout = self._desk.layout
        if layout.fold_at(layout.paragraph_at(target.start)) is not None:
            await self._hands.press("z")
        await self._hands.select((target.start, target.end))
        await self._hands.press(self._key_of(target))

    def _key_of(self, target: Target) -> str:
        label = self._schema.label(target.label)
        assert label is not None
        return label.key

    # Attributes and relations

    async def _change(self, item: Item, target: Target) -> None:
        await self._go(is_focused, item)
        self._hands.part = ATTRIBUTES
        await self._hands.press(*self._attribute_keys(target, item))

    def _attribute_keys(self, target: Target, item: Item | None = None) -> list[str]:
        label = self._schema.label(target.label)
        assert label is not None
        domains = {one.id: (one.values, one.default) for one in label.attributes}
        is_alike = item is not None and item.annotation.label == target.label
        return attribute_keys(target.attributes, domains, item.annotation.attributes if item and is_alike else None)

    async def _relate(self, kind: str, head: Target, tail: Target) -> None:
        """Relate two annotations from the one that is nearer, unless the other's hint could be another's too."""
        ways = []
        for number, (here, other) in enumerate(((head, tail), (tail, head))):
            annotation = self._hands.annotation(here)
            assert annotation is not None
            there = self._desk.session.state.overlapping(other.start, other.end)
            if sum(one.label == other.label for one in there) == 1:
                item = Item(annotation, False)
                ways.append((_length(self._way(would_relate, item)), number, item, other))
        if not ways:
            raise RuntimeError(f"{head} and {tail} cannot be told from others")
        _, _, item, other = min(ways)
        await self._go(would_relate, item)
        await self._hands.relate(kind, other, head, tail)

    async def _unrelate(self, head: str, relation_id: str) -> None:
        state = self._desk.session.state
        annotation = state.annotation(head)
        assert annotation is not None
        await self._go(is_focused, Item(annotation, False))
        label = self._schema.label(annotation.label)
        number = [one.id for one in state.relations_of(head)].index(relation_id) + 1
        number += len(label.attributes) if label else 0
        await self._hands.press(str(number), "2", "escape")


def _length(steps: Steps | None) -> int:
    return FAR if steps is None else length(steps)
