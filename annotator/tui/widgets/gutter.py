"""What stands beside the text: signs for what starts in a row, and an overview of the whole document."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotator.model.annotation import Annotation
from annotator.model.state import AnnotationState
from annotator.text.pages import RowId
from annotator.tui.drawing import data_strip
from annotator.tui.palette import Palette
from annotator.tui.row_style import drawn
from annotator.tui.view import Span, View


MARKS_WIDTH = 3
"""Columns of a row's signs; text comes close to them only in rows with two labels and a relation."""

OVERVIEW_WIDTH = 2
"""Columns of the overview: the labels, and which part is in sight."""

MANY, LINKED, INSIDE, SUGGESTED = "+", "↔", "│", "?"
UNLABELLED = "│"
IN_SIGHT = "▐▌"
"""The half of its column beside the labels, which stand at its right or, under a text from the right, at its left."""


class RowMarks(NamedTuple):
    """The signs of a row.

    Attributes:
        labels: The ids of the labels whose annotations start there, in reading order; else the one of the annotation
            that the row starts inside of.
        starts: Whether they start there.
        is_linked: Whether one that starts there has relations.
        suggested: The ids of the labels that suggestions which start there propose.
    """

    labels: tuple[str, ...] = ()
    starts: bool = False
    is_linked: bool = False
    suggested: tuple[str, ...] = ()


def row_marks(view: View, row_id: RowId) -> RowMarks:
    """The signs of a row; a folded one says by itself what it holds."""
    if view.layout.fold_at(row_id.paragraph) is not None:
        return RowMarks()
    row = drawn(view.layout.row(row_id))
    origin = view.layout.span(row_id.paragraph)[0]
    first, last = origin + row.start, origin + max(row.end, row.start + 1)
    proposed = [annotation.label for annotation in view.suggested.overlapping(first, last) if annotation.start >= first]
    suggested = tuple(dict.fromkeys(proposed))
    here = list(view.state.overlapping(first, last))
    new = [annotation for annotation in here if annotation.start >= first]
    if new:
        labels = tuple(dict.fromkeys(annotation.label for annotation in new))
        return RowMarks(labels, True, any(annotation.id in view.state.related for annotation in new), suggested)
    around = [annotation for annotation in here if annotation.start < first]
    if not around:
        return RowMarks(suggested=suggested)
    return RowMarks((min(around, key=_length).label,), suggested=suggested)


def _length(annotation: Annotation) -> tuple[int, str]:
    return annotation.end - annotation.start, annotation.id


def marks_strip(marks: RowMarks, palette: Palette, base: int) -> Strip:
    """A row's signs, from the side where reading begins.

    At most two keys, `+` for more, an arrow for relations, and where there is room a question mark for suggestions.

    Args:
        marks: The signs.
        palette: The styles.
        base: 1 where the text reads from the right.
    """
    looks = [palette.labels[label] for label in marks.labels]
    signs = [(look.sign if marks.starts else INSIDE, look.mark) for look in looks]
    if len(signs) > MARKS_WIDTH - 1:
        signs[1:] = [(MANY, palette.text)]
    if marks.is_linked:
        signs.append((LINKED, palette.faint))
    if marks.suggested and len(signs) < MARKS_WIDTH:
        signs.append((SUGGESTED, palette.labels[marks.suggested[0]].mark))
    strips = [_sign_strip(sign, style) for sign, style in signs]
    blank = Strip([Segment(" " * (MARKS_WIDTH - len(strips)), palette.text)], MARKS_WIDTH - len(strips))
    strips.append(blank)
    return Strip.join(reversed(strips) if base else strips)


@lru_cache(maxsize=64)
def _sign_strip(sign: str, style: Style) -> Strip:
    return data_strip(sign, 1, style)


def overview(state: AnnotationState, length: int, height: int) -> tuple[str, ...]:
    """For each of `height` equal shares of a text the label of what starts there first, else of what covers it, or "".

    Args:
        state: The annotations.
        length: Code points of the text.
        height: Rows.
    """
    return tuple(_label_on(state, length * y // height, length * (y + 1) // height) for y in range(height))


def _label_on(state: AnnotationState, start: int, end: int) -> str:
    annotations = state.annotations
    index = bisect_left(annotations, start, key=lambda annotation: annotation.start)
    while index < len(annotations) and annotations[index].start < end:
        if not annotations[index].hidden:
            return annotations[index].label
        index += 1
    around = next(state.overlapping(start, start + 1), None)
    return around.label if around else ""


def share_in_sight(in_sight: Span, length: int, height: int) -> range:
    """Which rows of the overview stand for the characters of a span."""
    start, end = in_sight
    length = max(length, 1)
    return range(start * height // length, min((max(end, 1) - 1) * height // length, height - 1) + 1)


def overview_strip(label: str, palette: Palette, *, is_in_sight: bool, base: int) -> Strip:
    """A row of the overview, its labels at the edge of the window."""
    sign = Segment(palette.block, palette.labels[label].share) if label else Segment(UNLABELLED, palette.faint)
    sight = Segment(IN_SIGHT[base] if is_in_sight else " ", palette.faint)
    return Strip([sign, sight] if base else [sight, sign], OVERVIEW_WIDTH)
