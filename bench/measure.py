"""Statistics of repeated measurements, and the taking of turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Summary:
    """What is told of some values, in their own unit.

    Attributes:
        count: How many there were.
        median: Their median.
        p95: The least value that at least 95 % of them do not exceed.
    """

    count: int
    median: float
    p95: float


def summarize(values: Sequence[float]) -> Summary:
    """Summarize at least one value.

    Raises:
        ValueError: There is none.
    """
    if not values:
        raise ValueError("nothing was measured")
    ordered = sorted(values)
    rank = -(-len(ordered) * 95 // 100)  # the nearest rank, rounded up
    return Summary(len(ordered), statistics.median(ordered), ordered[rank - 1])


def median_ratio(ours: Sequence[float], baseline: Sequence[float]) -> float:
    """The median of what was measured over the median of its baseline."""
    return statistics.median(ours) / statistics.median(baseline)


def in_turns(rounds: int, *actions: Callable[[], T]) -> list[list[T]]:
    """Carry out actions by turns: A B A B and so on.

    Returns:
        For each action what it returned, round by round.
    """
    results: list[list[T]] = [[] for _ in actions]
    for _ in range(rounds):
        for action, found in zip(actions, results, strict=True):
            found.append(action())
    return results


def milliseconds(action: Callable[[], object]) -> float:
    """How long an action takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000
