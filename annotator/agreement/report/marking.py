"""Marks in an excerpt → the lines to draw under it, which may lie over each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.agreement.report.tables import Excerpt, Mark


FORMS = 6
"""Annotators whose lines look different; a seventh's line looks as the first one's."""


@dataclass(frozen=True, slots=True)
class Line:
    """The line under a mark: `form` is its annotator's, `lane` how deep it lies, so that lines do not cover others."""

    mark: Mark
    form: int
    lane: int


def lines_of(excerpt: Excerpt, annotators: Sequence[str]) -> list[Line]:
    """A line for each mark; marks of an annotator share a lane where they do not overlap.

    Args:
        excerpt: The place.
        annotators: Of the whole report, so that everybody's line looks the same in every excerpt.
    """
    lanes: list[Mark] = []  # the last mark of each
    lines: list[Line] = []
    for mark in sorted(excerpt.marks, key=lambda mark: (mark.annotator, mark.start, -mark.end, mark.label)):
        free = (lane for lane, last in enumerate(lanes) if last.annotator == mark.annotator and last.end <= mark.start)
        lane = next(free, len(lanes))
        lanes[lane : lane + 1] = [mark]
        lines.append(Line(mark, annotators.index(mark.annotator) % FORMS, lane))
    return lines


def pieces_of(text: str, lines: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    """The text, cut at every edge of a mark, with the lines under each part."""
    edges = {edge for line in lines for edge in (line.mark.start, line.mark.end) if 0 < edge < len(text)}
    for start, end in pairwise(sorted({0, len(text)} | edges)):
        yield text[start:end], [line for line in lines if line.mark.start <= start and end <= line.mark.end]
