"""The fewest keys to a selection in SLATE, and to a link: as `bench.planning`, for the other program.

SLATE has numbers before its keys: `23/` takes 23 more words in. Whoever knows every number in advance needs few keys;
people count to nine at a glance, or press a key for each word. All this is counted. What the keys do is repeated here
from SLATE's source; the program itself then shows whether that is so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from heapq import heappop, heappush
from itertools import count
from math import isqrt

from bench.slate import Place
from bench.slate_units import Units


MOST_STEPS = 6
"""Steps, each with its number, that are thought of."""

FEW = 3
"""Presses of one key that are thought of even where numbers are known."""

Selected = tuple[int, int]
"""The first and the last unit that are selected."""

Option = tuple[str, Selected]
"""Keys, and what is selected then."""

Options = Callable[[Units, Selected, Selected], Iterator[Option]]
"""The options from one selection on the way to another."""


def label_options(*, most: int) -> Options:
    """What can be done to select a span.

    Args:
        most: The greatest number before a key; 1 where keys have none.
    """

    def options(units: Units, now: Selected, wanted: Selected) -> Iterator[Option]:
        yield from _moves(units, now, wanted, ("j", ";", "i", "o"), most=most)
        yield "J", _both(now, units.line_start)
        yield ":", _both(now, units.line_end)
        yield from _extensions(units, now, wanted, most=most)
        yield from _contractions(units, now, wanted, most=most)

    return options


def link_options(keys: Sequence[str], *, most: int) -> Options:
    """What can be done to move one end of a link, a single unit.

    Args:
        keys: Those for left, right, up and down.
        most: The greatest number before a key; 1 where keys have none.
    """

    def options(units: Units, now: Selected, wanted: Selected) -> Iterator[Option]:
        yield from _moves(units, now, wanted, keys, most=most)
        yield f"0{keys[0]}", _both(now, units.line_start)
        yield f"0{keys[1]}", _both(now, units.line_end)

    return options


def _both(selected: Selected, move: Callable[[int], int], times: int = 1) -> Selected:
    """Both ends moved, some times; a move that would leave one where it is does nothing."""
    for _ in range(times):
        first, last = map(move, selected)
        if first == selected[0] or last == selected[1]:
            break
        selected = first, last
    return selected


def _moves(units: Units, now: Selected, wanted: Selected, keys: Sequence[str], *, most: int) -> Iterator[Option]:
    left, right, up, down = keys
    for here, there in zip(now, wanted, strict=True):
        for typed, amount, times in _amounts((left, right), there - here, most=most):
            yield typed, _both(now, partial(units.moved, number=amount), times)
        for typed, amount, times in _amounts((up, down), units.row(there) - units.row(here), most=most):
            yield typed, _both(now, partial(units.below, rows=amount), times)


def _extensions(units: Units, now: Selected, wanted: Selected, *, most: int) -> Iterator[Option]:
    (first, last), (start, end) = now, wanted
    yield "0/", (first, units.line_end(last))
    yield "0m", (units.line_start(first), last)
    for typed, amount, times in _amounts(("", "/"), end - last, most=most):
        yield typed, (first, units.moved(last, amount * times))
    for typed, amount, times in _amounts(("m", ""), start - first, most=most):
        yield typed, (units.moved(first, amount * times), last)
    for typed, amount, times in _amounts(("", "v"), units.row(end) - units.row(last), most=most):
        lower = last
        for _ in range(times):
            lower = units.below(lower, amount)
        yield typed, (first, lower)


def _contractions(units: Units, now: Selected, wanted: Selected, *, most: int) -> Iterator[Option]:
    """A number before these keys counts as its square: `3l` lets go of nine."""
    (first, last), (start, end) = now, wanted
    if units.line_start(last) >= first:
        yield "0l", (first, units.line_start(last))
    if units.line_end(first) <= last:
        yield "0k", (units.line_end(first), last)
    for key, excess in (("l", last - max(end, first)), ("k", min(start, last) - first)):
        options = list(_presses(key, excess, most=most))
        if most > 1 and excess > FEW:
            number = min(isqrt(excess), most)
            times = excess // number**2
            options.append((f"{number}{key}" * times, number**2 * times))
        for typed, amount in options:
            yield typed, (first, last - amount) if key == "l" else (first + amount, last)


def _amounts(keys: tuple[str, str], distance: int, *, most: int) -> Iterator[tuple[str, int, int]]:
    """The ways to go some distance by a key for back or one for on; none where there is no such key.

    Yields:
        What is typed, how far it goes, and how many times.
    """
    key = keys[distance > 0]
    if not key:
        return
    sign = 1 if distance > 0 else -1
    for typed, times in _presses(key, abs(distance), most=most):
        yield typed, sign, times
    if most > 1 and abs(distance) > 1:
        number = min(abs(distance), most)
        times = abs(distance) // number
        yield f"{number}{key}" * times, sign * number, times


def _presses(key: str, distance: int, *, most: int) -> Iterator[tuple[str, int]]:
    """One press, and as many as the whole distance takes."""
    if distance > 0:
        yield key, 1
    if distance > 1 and (distance <= FEW or most == 1):
        yield key * distance, distance


def cheapest(units: Units, now: Selected, wanted: Selected, options: Options) -> str:
    """The fewest keys from one selection to another.

    Raises:
        RuntimeError: No way was found.
    """
    order = count()
    ways: list[tuple[int, int, int, str, Selected]] = [(0, next(order), 0, "", now)]
    done: set[Selected] = set()
    while ways:
        _, _, steps, keys, here = heappop(ways)
        if here == wanted:
            return keys
        if here in done or steps == MOST_STEPS:
            continue
        done.add(here)
        for typed, there in options(units, here, wanted):
            if there not in done and there[0] <= there[1]:  # SLATE never comes back from a selection turned round
                heappush(ways, (len(keys + typed), next(order), steps + 1, keys + typed, there))
    raise RuntimeError(f"SLATE has no way from {now} to {wanted}")


def keys_for_labels(units: Units, spans: Sequence[tuple[Place, Place]], labels: Sequence[str], *, most: int) -> str:
    """All keys for some labels of spans, each with its key, in this order."""
    options = label_options(most=most)
    now, keys = (0, 0), ""
    for (first, last), label in zip(spans, labels, strict=True):
        wanted = units.index[first], units.index[last]
        keys += cheapest(units, now, wanted, options) + label
        now = wanted
    return keys


def keys_for_links(units: Units, links: Sequence[tuple[Place, Place]], *, most: int) -> str:
    """All keys for some links from a unit to another."""
    heads, tails = (
        link_options(("j", ";", "i", "o"), most=most),
        link_options(("J", ":", "I", "O"), most=most),
    )
    head = tail = (0, 0)
    keys = ""
    for one, other in links:
        head_wanted, tail_wanted = (units.index[one],) * 2, (units.index[other],) * 2
        keys += cheapest(units, head, head_wanted, heads) + cheapest(units, tail, tail_wanted, tails) + "D"
        head, tail = head_wanted, tail_wanted
    return keys
