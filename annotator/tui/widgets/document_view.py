"""The document: rows from the right with what is beside them, drawn row by row and only where they change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import zip_longest

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip

from annotator.text.pages import RowId
from annotator.tui.page import Page
from annotator.tui.palette import Palette
from annotator.tui.row_style import drawn
from annotator.tui.view import View
from annotator.tui.view_changes import changed_spans
from annotator.tui.widgets.gutter import (
    MARKS_WIDTH,
    OVERVIEW_WIDTH,
    RowMarks,
    marks_strip,
    overview,
    overview_strip,
    row_marks,
    share_in_sight,
)
from annotator.tui.widgets.pointing import Pointable
from annotator.tui.widgets.row_drawing import hint_places, row_strip


MEASURE = 100
"""The most columns of text: longer rows are hard to read."""

NARROW = 16
"""In fewer columns there is nothing but text."""

WHEEL_ROWS = 3


class DocumentView(Pointable):
    """Shows a `View`.

    Args:
        palette: The styles.
        fold_text: Says what a folded row holds.
    """

    DEFAULT_CSS = "DocumentView { height: 1fr; width: 1fr; }"

    def __init__(self, palette: Palette, fold_text: Callable[[RowId], str], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._palette = palette
        self._fold_text = fold_text
        self._view: View | None = None
        self._page: Page | None = None
        self._marks: tuple[RowMarks, ...] = ()
        self._overview: tuple[str, ...] = ()
        self._in_sight = range(0)
        self._laid_out = Size(0, 0)

    # What is shown

    def show(self, view: View, *, follows: bool = True) -> None:
        """Show another view, its hints in any order; only what differs from the present one is drawn again.

        Args:
            view: What to show.
            follows: Whether the page is turned to the cursor where that is out of sight.
        """
        view = replace(view, hints=tuple(sorted(view.hints, key=lambda hint: hint.offset)))
        before, self._view = self._view, view
        if before is None or self._page is None or before.layout is not view.layout:
            self._page = Page(view.layout)
            self._lay_out()
        elif self._page.is_stale:
            self._lay_out()
        elif follows and self._page.follow(view.cursor) | self._shows_whole(before):
            self._draw_all(before)
        else:
            self._draw_changes(before)

    @property
    def rows_in_sight(self) -> tuple[RowId, ...]:
        """The rows on the screen, from top to bottom."""
        return self._page.rows if self._page else ()

    def _lay_out(self) -> None:
        if self._view is None or self._page is None or self.size.width == 0:
            return
        self._laid_out = self.size
        self._page.lay_out(self._text_width, self.size.height)
        self._page.follow(self._view.cursor)
        self._shows_whole(None)
        self._draw_all(None)

    def _shows_whole(self, before: View | None) -> bool:
        """Turn the page for a span that is new to be in sight as a whole; whether that was needed."""
        view, page = self._view, self._page
        if view is None or page is None or view.whole is None or (before is not None and before.whole == view.whole):
            return False
        return page.show_whole(*view.whole)

    # Places on the screen

    @property
    def _base(self) -> int:
        return 0 if self._view is not None and self._view.layout.base == 0 else 1

    @property
    def _margins(self) -> tuple[int, int]:
        """The columns left and right of the text: signs stand where its rows begin."""
        if self.size.width < NARROW:
            return 0, 0
        return (OVERVIEW_WIDTH, MARKS_WIDTH) if self._base else (MARKS_WIDTH, OVERVIEW_WIDTH)

    @property
    def _text_width(self) -> int:
        return max(min(self.size.width - sum(self._margins), MEASURE), 1)

    @property
    def _text_x(self) -> int:
        """The column of a row's first column: right-to-left text stands at the right."""
        left, right = self._margins
        return self.size.width - right - self._text_width if self._base else left

    def offset_at(self, x: int, y: int) -> int | None:
        """The character at a cell, of a hint what it stands for, or the nearest one in the row; None on no row."""
        if self._view is None or not 0 <= y < len(self.rows_in_sight):
            return None
        row_id, layout = self.rows_in_sight[y], self._view.layout
        for place in hint_places(self._view, row_id):
            if 0 <= x - self._text_x - place.x < len(place.letters):
                return place.offset
        start = layout.span(row_id.paragraph)[0]
        return start if layout.fold_at(row_id.paragraph) else start + layout.row(row_id).hit(x - self._text_x)

    # What Textual calls

    def on_resize(self) -> None:
        """Textual's hook: lay out for the new size, the same text at the top."""
        self._lay_out()

    def scroll_rows(self, rows: int) -> None:
        """Move the text up by some rows, or down if negative; the cursor stays where it is in the text."""
        if self._page is not None and self._page.scroll(rows):
            self._draw_all(self._view)

    def on_mouse_scroll_down(self) -> None:
        """Textual's hook."""
        self.scroll_rows(WHEEL_ROWS)

    def on_mouse_scroll_up(self) -> None:
        """Textual's hook."""
        self.scroll_rows(-WHEEL_ROWS)

    def render_line(self, y: int) -> Strip:
        """Textual's hook: one row of the screen."""
        width, blank = self.size.width, self._palette.text
        if self._view is None or self._laid_out != self.size:
            return Strip([Segment(" " * width, blank)], width)
        text_width = self._text_width
        if y < len(self.rows_in_sight):
            text = row_strip(self._view, self._palette, self.rows_in_sight[y], self._fold_text)
        else:
            text = Strip([Segment(" " * text_width, blank)], text_width)
        if not any(self._margins):
            return text
        gap = Strip([Segment(" " * (width - sum(self._margins) - text_width), blank)])
        marks = self._marks[y] if y < len(self._marks) else RowMarks()
        begin = marks_strip(marks, self._palette, self._base)
        end = overview_strip(self._overview[y], self._palette, is_in_sight=y in self._in_sight, base=self._base)
        return Strip.join([end, gap, text, begin] if self._base else [begin, text, gap, end])

    # Drawing again

    def _draw_all(self, before: View | None) -> None:
        self._take_margins(is_new=before is None or before.state is not self._shown.state)
        self.refresh()

    @property
    def _shown(self) -> View:
        assert self._view is not None  # noqa: S101  # asked for only once something is shown
        return self._view

    @property
    def _shown_page(self) -> Page:
        assert self._page is not None  # noqa: S101  # likewise
        return self._page

    def _take_margins(self, *, is_new: bool) -> None:
        """Take what stands beside the text; the overview only if annotations or size are new."""
        view, page = self._shown, self._shown_page
        length, height = len(view.layout.text), self._laid_out.height
        self._marks = tuple(row_marks(view, row_id) for row_id in page.rows)
        self._in_sight = share_in_sight(page.span, length, height)
        if is_new:
            self._overview = overview(view.state, length, height)

    def _draw_changes(self, before: View) -> None:
        """Draw again what differs; a refresh without regions would draw everything."""
        regions = [*self._changed_cells(before), *self._changed_hints(before), *self._changed_margins(before)]
        if regions:
            self.refresh(*regions)

    def _changed_cells(self, before: View) -> Iterator[Region]:
        page = self._shown_page
        first, last = page.span
        for start, end in changed_spans(before, self._shown, page.span):
            if start <= last and end >= first:
                for y, row_id in enumerate(page.rows):
                    yield from self._cells(y, row_id, start, end)

    def _cells(self, y: int, row_id: RowId, start: int, end: int) -> Iterator[Region]:
        """The cells of a row that show characters of [start, end); all of a fold."""
        layout = self._shown.layout
        origin, stop = layout.span(row_id.paragraph)
        fold = layout.fold_at(row_id.paragraph)
        if fold is not None:
            if origin < end and layout.span(fold.last)[1] >= start:
                yield Region(self._text_x, y, self._text_width, 1)
        elif origin < end and stop >= start:
            row = drawn(layout.row(row_id))
            if origin + row.start < end and origin + max(row.end, row.start + 1) > start:
                for first, last in row.columns(start - origin, end - origin):
                    yield Region(self._text_x + first, y, last - first, 1)

    def _changed_hints(self, before: View) -> Iterator[Region]:
        view = self._shown
        if before.hints == view.hints:
            return
        text_x = self._text_x
        for y, row_id in enumerate(self.rows_in_sight):
            for place in set(hint_places(before, row_id)) ^ set(hint_places(view, row_id)):
                yield Region(text_x + place.x, y, len(place.letters), 1)

    def _changed_margins(self, before: View) -> Iterator[Region]:
        is_same = before.state is self._shown.state and before.suggested is self._shown.suggested
        if is_same or not any(self._margins):
            return
        marks, labels = self._marks, self._overview
        self._take_margins(is_new=True)
        begin, end = self.size.width - MARKS_WIDTH, 0
        if not self._base:
            begin, end = 0, self.size.width - OVERVIEW_WIDTH
        for y, (old, new) in enumerate(zip_longest(marks, self._marks)):
            if old != new:
                yield Region(begin, y, MARKS_WIDTH, 1)
        for y, (old_label, new_label) in enumerate(zip(labels, self._overview, strict=True)):
            if old_label != new_label:
                yield Region(end, y, OVERVIEW_WIDTH, 1)
