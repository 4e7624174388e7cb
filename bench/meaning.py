"""What commands mean at a desk: which annotation or suggestion a key would act on."""

from __future__ import annotations

from collections.abc import Callable

from annotator.tui import suggestions
from annotator.tui.desk import Desk, Edge
from bench.comparing import Item
from bench.planning import trimmed
from bench.reference import Target


Meant = Callable[[Desk, Item], bool]
"""Whether a command means an item at a desk."""


def is_focused(desk: Desk, item: Item) -> bool:
    """What a digit or a label key means."""
    return desk.focused == item.annotation.id


def would_accept(desk: Desk, item: Item) -> bool:
    """What Enter means, where a suggestion waits; on a fold it unfolds."""
    is_folded = desk.layout.fold_at(desk.layout.paragraph_at(desk.cursor)) is not None
    here = None if is_folded and desk.suggestion() is None else suggestions.here(desk)
    return here is not None and here.id == item.annotation.id


def would_remove(desk: Desk, item: Item) -> bool:
    """What x means."""
    here = suggestions.here(desk) or desk.target()
    return here is not None and here.id == item.annotation.id


def would_move(desk: Desk, item: Item) -> bool:
    """What [ and ] mean."""
    here = desk.suggested_annotation() or desk.target()
    return here is not None and here.id == item.annotation.id


def would_relate(desk: Desk, item: Item) -> bool:
    """What a means."""
    here = desk.target()
    return here is not None and here.id == item.annotation.id


def edges_to_move(item: Item, target: Target) -> list[Edge]:
    """The edges that are not where they are wanted."""
    edges: list[Edge] = []
    if item.annotation.start != target.start:
        edges.append("start")
    if item.annotation.end != target.end:
        edges.append("end")
    return edges


def goal_of_edge(edge: Edge, target: Target) -> tuple[Callable[[Desk], bool], int]:
    """Whether a desk has moved an edge where it is wanted, and where that is."""

    def is_there(desk: Desk) -> bool:
        first, last = desk.navigator.unit(desk.cursor)
        if edge == "start":
            return first < target.end and trimmed(desk, (first, target.end))[0] == target.start
        return last > target.start and trimmed(desk, (target.start, last))[1] == target.end

    return is_there, target.start if edge == "start" else target.end - 1
