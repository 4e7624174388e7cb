"""One row of the document as a strip: its cells, or the summary of a fold, and the letters of hints over it."""

from __future__ import annotations

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
    for x, letters, _ in hint_places(view, row_id):
        hint = Strip([Segment(letters, palette.hint)], len(letters))
        strip = Strip.join([strip.crop(0, x), hint, strip.crop(x + len(letters), layout.width)])
    return strip


def _is_in(view: View, fold: Fold) -> bool:
    return view.layout.span(fold.first)[0] <= view.cursor <= view.layout.span(fold.last)[1]


def hint_places(view: View, row_id: RowId) -> list[HintPlace]:
    """Where a row's hints stand: at the first cell of their places as read, beside each other where places are close.

    Their letters read from the left; in a row from the right they end at the right edge of that cell.
    """
    layout, width = view.layout, view.layout.width
    places: list[HintPlace] = []
    free = 0
    for indent, hint in sorted(_indented(view, row_id), key=lambda found: found[0]):
        letters = hint.letters[:width]
        indent = min(max(indent, free), width - len(letters))  # noqa: PLW2901  # pushed on by the one before
        free = indent + len(letters)
        places.append(HintPlace(width - free if layout.base else indent, letters, hint.offset))
    return places


def _indented(view: View, row_id: RowId) -> Iterator[tuple[int, Hint]]:
    """A row's hints, each with the columns between its cell and the side where reading begins."""
    layout = view.layout
    origin = layout.span(row_id.paragraph)[0]
    fold = layout.fold_at(row_id.paragraph)
    if fold is not None:
        last = layout.span(fold.last)[1]
        yield from ((0, hint) for hint in view.hints if origin <= hint.offset <= last)
        return
    row = drawn(layout.row(row_id))
    first, last = origin + row.start, origin + max(row.end, row.start + 1)
    for hint in view.hints:
        cell = row.cell_of(hint.offset - origin) if first <= hint.offset < last else None
        if cell is not None:
            yield row.width - cell.x - cell.width if layout.base else cell.x, hint
