"""Span F1 of two annotators: the share of their spans that both marked.

F1 = 2 * matched / (spans of one + spans of the other), the positive specific agreement of Hripcsak and Rothschild 2005
(Agreement, the F-measure, and reliability in information retrieval, JAMIA 12(3)): nobody can count what neither marked,
so that kappa is not available here, and kappa tends to F1 as that grows. It is not corrected for chance. For more than
two annotators take the mean over the pairs.

The counts of several documents add up; F1 of the sums is the corpus figure.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from annotator.agreement.characters import common_length, covered
from annotator.agreement.measure import Measure
from annotator.agreement.study import Unit
from annotator.errors import OffsetError, UsageError


Match = Literal["exact", "overlap", "character"]
Spans = Sequence[Unit] | Sequence[tuple[int, int]]
Pair = tuple[Unit, Unit]


class Counts(NamedTuple):
    """What F1, precision and recall come from: spans, or characters with a label.

    Attributes:
        matched: What both have.
        of_one, of_other: What each has.
    """

    matched: int
    of_one: int
    of_other: int

    def plus(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(*(mine + its for mine, its in zip(self, other, strict=True)))


def span_f1(one: Spans, other: Spans, match: Match = "exact", labelled: bool = True, threshold: float = 0.5) -> Measure:
    """F1 of two annotators' spans of one document.

    Args:
        one: Spans (start, end, label), half-open; the same one twice counts once.
        other: As `one`; which is which does not matter.
        match: What makes two spans match. "exact": the same offsets. "overlap": shared over joint length (IoU) at
            least `threshold`, each span with at most one, the most pairs there can be. "character": counts the
            characters with a label instead of spans, so that every shared character is a match.
        labelled: Whether the labels have to be equal too; else spans may be (start, end), and spans of one annotator
            that differ in the label alone are one.
        threshold: Of "overlap", above 0, at most 1.

    Returns:
        0 to 1. n counts the spans (characters) of both. Where neither marked anything it is 1 with n = 0, to be left
        out of means.

    Raises:
        OffsetError: A span ends before it starts.
        UsageError: An unknown match, a threshold out of range, a span without the label it needs.
    """
    counts = f1_counts(one, other, match, labelled, threshold)
    return f1_of(counts, of="characters" if match == "character" else "spans")


def f1_counts(
    one: Spans, other: Spans, match: Match = "exact", labelled: bool = True, threshold: float = 0.5
) -> Counts:
    """What `f1_of` needs of one document; arguments and errors as `span_f1`."""
    total = Counts(0, 0, 0)
    for counts in f1_counts_by_label(one, other, match, labelled, threshold).values():
        total = total.plus(counts)
    return total


def f1_counts_by_label(
    one: Spans, other: Spans, match: Match = "exact", labelled: bool = True, threshold: float = 0.5
) -> dict[str, Counts]:
    """The same by label, for all that either gave; under "" where labels do not count."""
    _check(match, threshold)
    mine, theirs = _by_label(one, labelled), _by_label(other, labelled)
    return {
        label: _counts(mine.get(label, []), theirs.get(label, []), match, threshold)
        for label in dict.fromkeys([*mine, *theirs])
    }


def f1_of(counts: Counts, of: str = "spans") -> Measure:
    """F1 from counts, of one document or summed over several.

    Args:
        counts: As `f1_counts` gave them.
        of: What was counted.

    Returns:
        As `span_f1`.
    """
    matched, of_one, of_other = counts
    if not of_one + of_other:
        return Measure(1.0, n=0, of=of, left_out="neither marked anything")
    return Measure(2 * matched / (of_one + of_other), n=of_one + of_other, of=of)


def precision_of(counts: Counts, of: str = "spans") -> Measure:
    """The share of what `other` marked that is right, with `one` as gold; undefined where it marked nothing."""
    return _share(counts.matched, counts.of_other, of)


def recall_of(counts: Counts, of: str = "spans") -> Measure:
    """The share of gold, which is `one`, that `other` found; undefined where gold has nothing."""
    return _share(counts.matched, counts.of_one, of)


def aligned(one: Sequence[Unit], other: Sequence[Unit], labelled: bool = True, threshold: float = 0.5) -> list[Pair]:
    """Which spans of two annotators stand for each other.

    Two may where their shared over joint length (IoU) is at least `threshold`; each with at most one. Of all ways to
    pair them this is one with the most pairs, and of those one with the most overlap (the sum of the IoU).

    Args:
        one: Spans (start, end, label), half-open; the same one twice counts once.
        other: As `one`.
        labelled: Whether only spans of the same label may; else that merely decides between equal overlaps.
        threshold: Above 0, at most 1.

    Returns:
        Pairs (of one, of other), in order.

    Raises:
        OffsetError: A span ends before it starts.
        UsageError: A threshold out of range, a span without a label.
    """
    _check("overlap", threshold)
    if not labelled:
        return _paired(_units(one, True), _units(other, True), threshold)
    mine, theirs = _by_label(one, True), _by_label(other, True)
    pairs = [pair for label in mine for pair in _paired(mine[label], theirs.get(label, []), threshold)]
    return sorted(pairs, key=lambda pair: _place(pair[0]))


def _share(matched: int, count: int, of: str) -> Measure:
    if not count:
        return Measure(None, n=0, of=of, why="nothing was marked")
    return Measure(matched / count, n=count, of=of)


def _check(match: str, threshold: float) -> None:
    if match not in ("exact", "overlap", "character"):
        raise UsageError('There is no match "{match}"', match=match, hint="exact, overlap or character.")
    if not 0 < threshold <= 1:
        raise UsageError(
            "The threshold {threshold} is not above 0 and at most 1", threshold=threshold, hint="0.5 is usual."
        )


def _units(spans: Spans, labelled: bool) -> list[Unit]:
    """The spans once each, by start; all with the label "" where labels do not count."""
    units = set()
    for start, end, *label in spans:
        if labelled and not label:
            raise UsageError(
                "The span [{start}, {end}) has no label",
                start=start,
                end=end,
                hint="(start, end, label), or labelled=False.",
            )
        if end < start:
            raise OffsetError("The span [{start}, {end}) ends before it starts", start=start, end=end)
        units.add((int(start), int(end), label[0] if labelled else ""))
    return sorted(units, key=_place)


def _place(unit: Unit) -> tuple[int, int, str]:
    return unit[0], unit[1], str(unit[2])


def _by_label(spans: Spans, labelled: bool) -> dict[str, list[Unit]]:
    by_label: dict[str, list[Unit]] = {}
    for unit in _units(spans, labelled):
        by_label.setdefault(unit[2], []).append(unit)
    return by_label


def _counts(one: list[Unit], other: list[Unit], match: Match, threshold: float) -> Counts:
    """Counts of one label."""
    if match == "exact":
        return Counts(len(set(one) & set(other)), len(one), len(other))
    if match == "overlap":
        return Counts(len(_paired(one, other, threshold)), len(one), len(other))
    mine, theirs = (covered((start, end) for start, end, _ in units) for units in (one, other))
    return Counts(common_length(mine, theirs), *(sum(end - start for start, end in each) for each in (mine, theirs)))


def _paired(one: list[Unit], other: list[Unit], threshold: float) -> list[Pair]:
    """The best one-to-one pairs of spans with an IoU of at least the threshold."""
    rows, columns, overlaps = _candidates(one, other, threshold)
    if len(set(rows)) < len(rows) or len(set(columns)) < len(columns):
        rows, columns = _assigned(rows, columns, overlaps, (len(one), len(other)))
    return [(one[row], other[column]) for row, column in zip(rows, columns, strict=True)]


def _candidates(one: list[Unit], other: list[Unit], threshold: float) -> tuple[list[int], list[int], list[float]]:
    """Places in one, places in other and overlaps of all that may be paired; other by start."""
    starts = [unit[0] for unit in other]
    rows, columns, overlaps = [], [], []
    for row, (start, end, label) in enumerate(one):
        # The joint length is at most the shared one, and so this span's, over the threshold; one more against rounding.
        earliest = end - int((end - start) / threshold) - 1
        first = bisect_left(starts, earliest)
        for column in range(first, bisect_right(starts, end)):
            overlap = _iou(one[row], other[column])
            if overlap >= threshold:
                rows.append(row)
                columns.append(column)
                # Far less than a character makes: it decides only between equal overlaps.
                overlaps.append(overlap - 1e-9 * (label != other[column][2]))
    return rows, columns, overlaps


def _iou(one: Unit, other: Unit) -> float:
    """Shared over joint length; 1 for the same offsets, also of spans without a character."""
    if one[:2] == other[:2]:
        return 1.0
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def _assigned(
    rows: list[int], columns: list[int], overlaps: list[float], shape: tuple[int, int]
) -> tuple[list[int], list[int]]:
    """Of candidates the most that exclude each other nowhere, and of such sets one with the greatest overlap.

    A minimum weight matching in which every row gets a column: a real one at a cost just below 1, where all overlaps
    together cannot outweigh one more pair, or its own stand-in at a cost of 2.
    """
    height, width = shape
    costs = np.concatenate([1 - np.array(overlaps) / (height + 1), np.full(height, 2.0)])
    places = ([*rows, *range(height)], [*columns, *range(width, width + height)])
    chosen, taken = min_weight_full_bipartite_matching(csr_array((costs, places), shape=(height, width + height)))
    real = taken < width
    return chosen[real].tolist(), taken[real].tolist()
