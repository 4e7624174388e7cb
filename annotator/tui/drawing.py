"""The one way for a string from data to reach the screen.

A text is made visible, reordered and shaped by `annotator.text`, and comes here as cells. Rich tears marks off their
letters when it cuts a segment, so a cluster with marks is a segment of its own; the others are merged. Every segment
has a style: one without crashes Textual under NO_COLOR.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotator.text.layout import Cell, Row, line_of


def strip_of(row: Row, blank: Style, style_of: Callable[[Cell], Style], *, left: int = 0, right: int = 0) -> Strip:
    """A row as a strip of `left` + row.width + `right` columns; blank columns have the style `blank`."""
    segments: list[Segment] = []
    text, style, x = " " * left, blank, 0
    for cell in row.cells:
        text, style = _extend(segments, text, style, " " * (cell.x - x), blank)
        wanted = style_of(cell)
        if len(cell.glyph) > 1:
            if text:
                segments.append(Segment(text, style))
            segments.append(Segment(cell.glyph, wanted))
            text, style = "", wanted
        else:
            text, style = _extend(segments, text, style, cell.glyph, wanted)
        x = cell.x + cell.width
    text, style = _extend(segments, text, style, " " * (row.width - x + right), blank)
    if text:
        segments.append(Segment(text, style))
    return Strip(segments, left + row.width + right)


def data_strip(text: str, width: int, style: Style, *, base: int | None = 1, left: int = 0, right: int = 0) -> Strip:
    """A short text from data as a strip of `left` + `width` + `right` columns."""
    return strip_of(line_of(text, width, base), style, lambda _: style, left=left, right=right)


def join(*strips: Strip) -> Strip:
    """Strips side by side."""
    return Strip.join(strips)


def _extend(segments: list[Segment], text: str, style: Style, more: str, wanted: Style) -> tuple[str, Style]:
    """Add to the open segment, or close it and open another."""
    if not more:
        return text, style
    if not text or style == wanted:
        return text + more, wanted
    segments.append(Segment(text, style))
    return more, wanted
