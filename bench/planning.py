"""The fewest keys to a selection in the annotator: what somebody who knows every key, and always thinks, would press.

Moves, jumps by hints and searches are tried out on copies of a `Desk`; the way to a span is the cheapest of growing the
selection, and of a mark at its one end and moves to its other. Each key counts one, and so does each letter typed.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from heapq import heappop, heappush
from itertools import chain, count

from annotator.text.navigation import Navigator, Span
from annotator.tui.desk import Desk
from annotator.tui.jumping import land, unlabelled
from bench.steps import FOCUS_KEYS, JUMP_COST, LETTER_MOVES, Jump, Means, Search, Step, Steps, cost, length


MOST = 10
"""Keys before the label that are thought of at all."""

FEW = 6
"""Keys that are thought of to a place out of sight, before a page is turned."""

LONGEST_NEEDLE = 6
NEARBY = 12
"""Characters beside the ends of a span whose words are worth a jump."""

Way = tuple[Steps, Desk]
"""Steps, and a copy of the desk as they leave it."""


def trial(desk: Desk) -> Desk:
    """A copy of a desk to try keys out on: what it unfolds stays folded on the desk itself."""
    there = copy.copy(desk)
    there.layout = copy.copy(desk.layout)
    there.navigator = Navigator(there.layout)
    return there


def way_to_select(desk: Desk, span: Span, means: Means, *, most: int = MOST) -> Steps | None:
    """The cheapest steps after which a label key labels just a span; None where no short way was found."""
    best = None
    last = desk.navigator.cluster(span[1] - 1)[0]
    for find in (_grown, partial(_marked, place=span[0]), partial(_marked, place=last)):
        steps = find(desk, span, means, most=most)
        if steps is not None:
            best, most = steps, length(steps) - 1
    return best


def is_chosen(desk: Desk, span: Span) -> bool:
    """Whether a label key would label just a span."""
    if desk.selection.span is not None:
        return trimmed(desk, desk.selection.span) == span
    return desk.focused is None and desk.navigator.word(desk.cursor) == span


def trimmed(desk: Desk, span: Span) -> Span:
    """A span without the spaces at its edges."""
    text = desk.layout.text[slice(*span)]
    start = span[0] + len(text) - len(text.lstrip())
    return start, start + len(text.strip())


def _grown(desk: Desk, span: Span, means: Means, *, most: int) -> Steps | None:
    """Go into the span, and grow the selection until it holds it."""
    probe = trial(desk)
    growths = {offset: _growth(probe, offset, span) for offset in _words_in(desk, range(*span))}
    possible = {offset: growth for offset, growth in growths.items() if growth is not None}
    if not possible:
        return None

    def accept(there: Desk) -> bool:
        return there.cursor in inside and _growth(there, there.cursor, span) is not None

    inside = range(*span)
    way = reach(desk, accept, inside, means, most=most - min(possible.values()))
    if way is None:
        return None
    steps, there = way
    grown = (*steps, *["space"] * (_growth(there, there.cursor, span) or 0))
    return grown if length(grown) <= most else None


def _growth(desk: Desk, offset: int, span: Span) -> int | None:
    """How often the selection has to grow from a place to hold just a span."""
    probe = trial(desk)
    if probe.cursor != offset:
        probe.go(offset)
    for growth in range(MOST):
        if is_chosen(probe, span):
            return growth
        probe.grow()
        grown = probe.selection.span
        if grown is None or not _lies_in(trimmed(desk, grown), span):
            return None
    return None


def _lies_in(span: Span, larger: Span) -> bool:
    return larger[0] <= span[0] and span[1] <= larger[1]


def _marked(desk: Desk, span: Span, means: Means, *, most: int, place: int) -> Steps | None:
    """Go to one end of the span, set a mark, and go to its other end."""
    first = reach(desk, lambda there: there.cursor == place, around(place), means, most=most - 2)
    if first is None:
        return None
    steps, there = first
    there.mark()
    rest = way_to_end(there, span, means, most=most - length(steps) - 1)
    return None if rest is None else (*steps, "m", *rest)


def way_to(desk: Desk, offset: int, means: Means, *, most: int) -> Steps | None:
    """The cheapest steps to a place."""
    way = reach(desk, lambda there: there.cursor == offset, around(offset), means, most=most)
    return None if way is None else way[0]


def way_to_end(desk: Desk, span: Span, means: Means, *, most: int = MOST) -> Steps | None:
    """The cheapest steps from a mark at one end of a span to its other end."""
    far = span[1] - 1 if desk.cursor == span[0] else span[0]
    way = reach(desk, lambda there: is_chosen(there, span), around(far), means, most=most)
    return None if way is None else way[0]


def around(offset: int) -> range:
    """Where jumps and searches for a place may lead."""
    return range(max(offset - NEARBY, 0), offset + NEARBY)


def reach(desk: Desk, accept: Callable[[Desk], bool], near: range, means: Means, *, most: int) -> Way | None:
    """The cheapest moves after which a desk is as wanted.

    Args:
        desk: The desk; it is left as it is.
        accept: Whether a desk is as wanted.
        near: Where jumps and searches may lead.
        means: What there is to move with; no jump follows a move out of sight.
        most: The most keys.
    """
    words = _words_in(desk, near)
    seen_words = [offset for offset in words if means.sees(desk, offset)]
    order = count()
    ways: list[tuple[int, int, Steps, Desk, bool]] = [(0, next(order), (), desk, True)]
    done: set[tuple[int, str | None, bool]] = set()
    while ways:
        spent, _, steps, here, in_sight = heappop(ways)
        if accept(here):
            return steps, trial(here)
        if (here.cursor, here.focused, in_sight) in done:
            continue
        done.add((here.cursor, here.focused, in_sight))
        if seen_words and spent >= JUMP_COST and here.cursor not in near:
            continue  # a jump would have been there by now
        further = chain(
            _moves(here, means, is_near=here.cursor in near),
            _jumps(here, seen_words) if in_sight else (),
            _tabs(here) if means.tabs else (),
            () if steps else _far(here, [offset for offset in words if offset not in seen_words]),
        )
        for step, there in further:
            total = spent + cost(step)
            stays = in_sight and means.sees(there, there.cursor)
            if total <= most and (there.cursor, there.focused, stays) not in done:
                heappush(ways, (total, next(order), (*steps, step), there, stays))
    return None


def _words_in(desk: Desk, near: range) -> list[int]:
    """Where words start."""
    found = []
    offset = near.start if near.start == 0 else desk.navigator.next_word(near.start - 1)
    while offset in near and offset not in found:
        found.append(offset)
        offset = desk.navigator.next_word(offset)
    return found


def _moves(desk: Desk, means: Means, *, is_near: bool) -> Iterator[tuple[Step, Desk]]:
    for key, where in means.moves.items():
        if key in LETTER_MOVES and not is_near:
            continue
        there = trial(desk)
        there.move(where, means.page)
        yield key, there


def _tabs(desk: Desk) -> Iterator[tuple[Step, Desk]]:
    if desk.selection.mark is None and desk.edge is None:
        for key, step in FOCUS_KEYS.items():
            there = trial(desk)
            there.focus_next(step)
            yield key, there


def _jumps(desk: Desk, offsets: Iterable[int]) -> Iterator[tuple[Step, Desk]]:
    for offset in offsets:
        there = trial(desk)
        land(there, offset)
        yield Jump(offset), there


def _far(desk: Desk, offsets: Iterable[int]) -> Iterator[tuple[Step, Desk]]:
    """The next sentence without a label, and the shortest searches that lead to words out of sight."""
    if desk.selection.mark is None:
        there = trial(desk)
        unlabelled(there)
        yield ",", there
    for offset in offsets:
        line = desk.layout.text[offset : offset + LONGEST_NEEDLE].split("\n", 1)[0]
        for needle in (line[:size] for size in range(1, len(line) + 1)):
            there = trial(desk)
            there.search(needle)
            if there.cursor == offset and needle == needle.strip():
                yield Search(needle), there
                break
