"""How well spans that are proposed agree with spans that somebody made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, dataclass

from annotator.suggest.learned.cover import mostly_inside
from annotator.suggest.lines import Line


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts for one label, or for several together; they add up.

    Attributes:
        wanted: Spans that somebody made.
        proposed: Spans that were proposed.
        exact: Spans that are in both.
        reached: Wanted spans that a proposed one overlaps.
        apt: Proposed spans that overlap a wanted one.
        lines_wanted, lines_proposed, lines_both: Lines that are under wanted spans, under proposed ones, under both.
    """

    wanted: int = 0
    proposed: int = 0
    exact: int = 0
    reached: int = 0
    apt: int = 0
    lines_wanted: int = 0
    lines_proposed: int = 0
    lines_both: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))

    @property
    def exact_f1(self) -> float:
        """F1 of spans with both edges right; 0 where nothing is right, 1 where nothing was wanted nor proposed."""
        return _f1(self.exact, self.wanted, self.exact, self.proposed)

    @property
    def overlap_f1(self) -> float:
        """F1 of spans that overlap at all."""
        return _f1(self.reached, self.wanted, self.apt, self.proposed)

    @property
    def line_f1(self) -> float:
        """F1 of lines."""
        return _f1(self.lines_both, self.lines_wanted, self.lines_both, self.lines_proposed)


def compare(lines: Sequence[Line], wanted: Collection[Span], proposed: Collection[Span]) -> Figures:
    """Compare the spans of one label in one document.

    Args:
        lines: The lines of the document.
        wanted: The spans that somebody made.
        proposed: The spans that were proposed; the same twice counts once.
    """
    wanted, proposed = set(wanted), set(proposed)
    under_wanted, under_proposed = _lines_under(lines, wanted), _lines_under(lines, proposed)
    return Figures(
        wanted=len(wanted),
        proposed=len(proposed),
        exact=len(wanted & proposed),
        reached=_touched(wanted, proposed),
        apt=_touched(proposed, wanted),
        lines_wanted=len(under_wanted),
        lines_proposed=len(under_proposed),
        lines_both=len(under_wanted & under_proposed),
    )


def _f1(found: int, wanted: int, right: int, proposed: int) -> float:
    if not wanted and not proposed:
        return 1.0
    recall, precision = found / max(wanted, 1), right / max(proposed, 1)
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def _touched(spans: Iterable[Span], others: Collection[Span]) -> int:
    """How many of the spans overlap one of the others."""
    merged: list[list[int]] = []
    for start, end in sorted(others):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    count = number = 0
    for start, end in sorted(spans):
        while number < len(merged) and merged[number][1] <= start:
            number += 1
        count += number < len(merged) and merged[number][0] < end
    return count


def _lines_under(lines: Sequence[Line], spans: Iterable[Span]) -> set[int]:
    return {number for start, end in spans for number in mostly_inside(lines, start, end)}
