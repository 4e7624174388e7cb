"""Which lines and tokens a span holds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Protocol, TypeVar


class Stretch(Protocol):
    """Something with a span [start, end)."""

    @property
    def start(self) -> int:
        """Where it starts."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...


S = TypeVar("S", bound=Stretch)


def overlapping(stretches: Sequence[S], start: int, end: int) -> Iterator[tuple[int, S]]:
    """Those of some disjoint stretches, in order, that overlap [start, end), each with its number."""
    for number in range(bisect_right(stretches, start, key=attrgetter("end")), len(stretches)):
        if stretches[number].start >= end:
            return
        yield number, stretches[number]


def mostly_inside(stretches: Sequence[S], start: int, end: int) -> list[int]:
    """The numbers of those with more than half of their characters in [start, end)."""
    return [
        number
        for number, one in overlapping(stretches, start, end)
        if 2 * (min(end, one.end) - max(start, one.start)) > one.end - one.start
    ]
