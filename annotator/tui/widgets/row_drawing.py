"""One row of the document as a strip: its cells, or the summary of a fold, and the letters of hints over it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotator.text.pages import Fold, RowId
from annotator.tui.drawing import data_strip, strip_of
from annotator.tui.palette import Palette
from annotator.tui.row_style import drawn, row_styles
from annotator.tui.steps import Hint
from annotator.tui.view import View


class HintPlace(NamedTuple):
    """Letters over a row, from a column on; they stand for an offset of the document."""

    x: int
    letters: str
    offset: int


def row_strip(view: View, palette: Palette, row_id: RowId, fold_text: Callable[[RowId], str]) -> Strip:
    """A row in as many columns as the layout has.

    Args:
        view: What to show.
        palette: The styles.
        row_id: The row.
        fold_text: Says what a fold holds.
    """
    layout = view.layout
    fold = layout.fold_at(row_id.paragraph)
    if fold is not None:
        style = palette.faint + Style(reverse=True) if _is_in(view, fold) else palette.faint
        strip = data_strip(fold_text(row_id), layout.width, style, base=layout.base)
    else:
        strip = strip_of(drawn(layout.row(row_id)), palette.text, row_styles(view, palette, row_id))
    return _with_hints(strip, hint_places(view, row_id), palette.hint) if view.hints else strip


def _with_hints(strip: Strip, places: list[HintPlace], style: Style) -> Strip:
    parts, x = [], 0
    for place in sorted(places):
        behind = place.x + len(place.letters)
        parts += [strip.crop(x, place.x), Strip([Segment(place.letters, style)], len(place.letters))]
        x = behind
    return Strip.join([*parts, strip.crop(x, strip.cell_length)])


def _is_in(view: View, fold: Fold) -> bool:
    return view.layout.span(fold.first)[0] <= view.cursor <= view.layout.span(fold.last)[1]


def hint_places(view: View, row_id: RowId) -> list[HintPlace]:
    """Where a row's hints stand: at the first cell of their places as read, beside each other where places are close.

    Their letters read from the left; in a row from the right they end at the right edge of that cell. Of more letters
    than the row has columns the first ones are left out.
    """
    width, base = view.layout.width, view.layout.base
    found = sorted(_indented(view, row_id), key=lambda one: one[0])
    indents, free = [], 0
    for indent, hint in found:
        indents.append(max(indent, free))
        free = indents[-1] + len(hint.letters)
    places: list[HintPlace] = []
    free = width
    for indent, (_, hint) in zip(reversed(indents), reversed(found), strict=True):
        free = min(indent, free - len(hint.letters))
        if free >= 0:
            x = width - free - len(hint.letters) if base else free
            places.append(HintPlace(x, hint.letters, hint.offset))
    return places


def _indented(view: View, row_id: RowId) -> Iterator[tuple[int, Hint]]:
    """A row's hints, each with the columns between its cell and the side where reading begins."""
    layout = view.layout
    origin = layout.span(row_id.paragraph)[0]
    fold = layout.fold_at(row_id.paragraph)
    if fold is not None:
        last = layout.span(fold.last)[1]
        yield from ((0, hint) for hint in _between(view.hints, origin, last + 1))
        return
    row = drawn(layout.row(row_id))
    for hint in _between(view.hints, origin + row.start, origin + max(row.end, row.start + 1)):
        cell = row.cell_of(hint.offset - origin)
        if cell is not None:
            yield row.width - cell.x - cell.width if layout.base else cell.x, hint


def _between(hints: tuple[Hint, ...], start: int, end: int) -> tuple[Hint, ...]:
    """The hints on [start, end)."""
    first = bisect_left(hints, start, key=lambda hint: hint.offset)
    return hints[first : bisect_left(hints, end, key=lambda hint: hint.offset)]
