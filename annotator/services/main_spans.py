"""Where lines that an extractor took from a page stand in the document made of the same page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from annotator.suggest.lines import Line, line_key, lines
from annotator.text.offsets import Span


_HEAD = re.compile(r"[\W\d_]+")
_SPACE = re.compile(r"[\W_]+")


def main_spans(taken: Sequence[str], text: str) -> tuple[Span, ...] | None:
    """The spans of lines in a cleaned text, in order; None where none of them is found.

    Lines are compared by their letters and digits, without what numbers them; those that are not found in the order
    given are passed over. Lines that follow one another make one span.

    Args:
        taken: The lines of an extract.
        text: The cleaned text.
    """
    found = lines(text)
    places: dict[str, list[int]] = {}
    for line in found:
        places.setdefault(_compared(line.key), []).append(line.number)
    keys = [_compared(line_key(line)) for line in taken]
    numbers = sorted(_matched([places.get(key, []) if key else [] for key in keys]))
    return tuple(_joined([found[number] for number in numbers])) or None


def _compared(key: str) -> str:
    return _SPACE.sub("", _HEAD.sub("", key, count=1) if _HEAD.match(key) else key)


def _matched(places: list[list[int]]) -> set[int]:
    """The numbers of the lines taken, given where each of them may stand.

    Lines with one place are sure where they keep their order; another takes the place nearest to the next sure line, as
    a headline that stands in the menu too is the one above its article.
    """
    sure = _rising([(index, some[0]) for index, some in enumerate(places) if len(some) == 1])
    numbers = {number for _, number in sure}
    before = (-1, -1)
    for after in [*sure, (len(places), -1)]:
        between = places[before[0] + 1 : after[0]]
        if after[1] < 0:
            numbers.update(_downward(between, before[1]))
        else:
            numbers.update(_upward(between, before[1], after[1]))
        before = after
    return numbers


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of some (index, number), by index, whose numbers rise too (patience sorting)."""
    ends: list[int] = []  # the least number that a rising part of each length ends with
    where: list[int] = []  # and the pair that it is of
    previous: list[int] = []
    for place, (_, number) in enumerate(pairs):
        length = bisect_left(ends, number)
        previous.append(where[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        where[length : length + 1] = [place]
    longest: list[tuple[int, int]] = []
    place = where[-1] if where else -1
    while place >= 0:
        longest.append(pairs[place])
        place = previous[place]
    return longest[::-1]


def _downward(places: list[list[int]], number: int) -> list[int]:
    found: list[int] = []
    for some in places:
        place = bisect_right(some, number)
        if place < len(some):
            number = some[place]
            found.append(number)
    return found


def _upward(places: list[list[int]], above: int, number: int) -> list[int]:
    found: list[int] = []
    for some in reversed(places):
        place = bisect_left(some, number) - 1
        if place >= 0 and some[place] > above:
            number = some[place]
            found.append(number)
    return found


def _joined(taken: list[Line]) -> list[Span]:
    spans: list[Span] = []
    last = -2
    for line in taken:
        start = spans.pop()[0] if line.number == last + 1 and spans else line.start
        spans.append((start, line.end))
        last = line.number
    return spans
