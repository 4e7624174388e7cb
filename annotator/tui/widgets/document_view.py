"""The document: rows from the right, annotations, selection and cursor, drawn row by row and only where they change."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from annotator.model.annotation import Annotation
from annotator.model.state import AnnotationState
from annotator.text.layout import Cell, Row
from annotator.text.pages import DocumentLayout, RowId
from annotator.tui.drawing import data_strip, strip_of
from annotator.tui.palette import Palette
from annotator.tui.view import Span, View


MEASURE = 100
"""The most columns of text: longer rows are hard to read."""

LEFT, RIGHT = 2, 1
"""Columns beside the text: the scroll bar and a blank one, and a blank one."""

OVERLAP_ROWS = 2
"""Rows that stay in sight when the cursor leaves the page."""

WHEEL_ROWS = 3


class DocumentView(Widget, can_focus=True):
    """Shows a `View` and says where it was clicked."""

    DEFAULT_CSS = "DocumentView { height: 1fr; width: 1fr; }"

    @dataclass
    class Clicked(Message):
        """A character was clicked."""

        offset: int

    def __init__(self, palette: Palette, fold_text: Callable[[RowId], str], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._palette = palette
        self._fold_text = fold_text
        self._view: View | None = None
        self._top = RowId(0)
        self._rows: list[RowId] = []
        self._folds: object = ()

    # What is shown

    def show(self, view: View) -> None:
        """Show another view; only what differs from the present one is drawn again."""
        before, self._view = self._view, view
        if before is None or before.layout is not view.layout:
            self._top = RowId(0)
            self._relayout()
            return
        if self._folds != view.layout.folds:
            self._relayout()
            return
        if self._scroll_to_cursor():
            return
        for start, end in _differences(before, view):
            self._refresh_span(start, end)

    def on_resize(self) -> None:
        """Textual's hook: lay out for the new width, the same text at the top."""
        self._relayout()

    def _relayout(self) -> None:
        if self._view is None or self.size.width == 0:
            return
        layout = self._view.layout
        top = layout.span(self._top.paragraph)[0]
        if self._top.row and self._folds == layout.folds:
            top += layout.row(layout.visible_id(self._top)).start
        layout.resize(self._text_width)
        self._folds = layout.folds
        self._top = self._full_page(layout.row_at(min(top, len(layout.text))))
        self._rows = self._rows_from(self._top)
        self._scroll_to_cursor()
        self.refresh()

    @property
    def _text_width(self) -> int:
        return max(min(self.size.width - LEFT - RIGHT, MEASURE), 1)

    @property
    def _text_x(self) -> int:
        """The screen column of a row's first column: right-to-left text stands at the right."""
        if self._view is not None and self._view.layout.base == 0:
            return LEFT
        return max(self.size.width - RIGHT - self._text_width, 0)

    # Scrolling

    def _rows_from(self, row_id: RowId | None) -> list[RowId]:
        rows: list[RowId] = []
        layout = self._layout
        while row_id is not None and len(rows) < self.size.height:
            rows.append(row_id)
            row_id = layout.next(row_id)
        return rows

    @property
    def _layout(self) -> DocumentLayout:
        assert self._view is not None  # noqa: S101  # asked for only once something is shown
        return self._view.layout

    def _scroll_to_cursor(self) -> bool:
        """Turn the page where the cursor has left it; whether that was so."""
        if self._view is None or self.size.height == 0:
            return False
        layout, height = self._layout, self.size.height
        target = layout.row_at(self._view.cursor)
        if target in self._rows:
            return False
        below = bool(self._rows) and target > self._rows[-1]
        if below and self._is_near(self._rows[-1], target, layout.next):
            above = min(OVERLAP_ROWS, height - 1)
        elif not below and self._rows and self._is_near(self._rows[0], target, layout.previous):
            above = max(height - 1 - OVERLAP_ROWS, 0)
        else:
            above = height // 3
        self._turn_to(layout.moved(target, -above))
        return True

    def _is_near(self, row_id: RowId, target: RowId, step: Callable[[RowId], RowId | None]) -> bool:
        """Whether a row is within a page of another."""
        here: RowId | None = row_id
        for _ in range(self.size.height):
            if here is None or here == target:
                break
            here = step(here)
        return here == target

    def _turn_to(self, row_id: RowId) -> None:
        self._top = self._full_page(row_id)
        self._rows = self._rows_from(self._top)
        self.refresh()

    def _full_page(self, top: RowId) -> RowId:
        """The top row itself, or an earlier one, so that the end of the text stands at the foot of the page."""
        if len(self._rows_from(top)) == self.size.height:
            return top
        return min(top, self._layout.moved(self._layout.last(), 1 - self.size.height))

    def _wheel(self, rows: int) -> None:
        if self._view is None:
            return
        target = self._full_page(self._layout.moved(self._top, rows))
        if target != self._top:
            self._turn_to(target)

    def on_mouse_scroll_down(self) -> None:
        """Textual's hook: the wheel moves the text, not the cursor."""
        self._wheel(WHEEL_ROWS)

    def on_mouse_scroll_up(self) -> None:
        """Textual's hook."""
        self._wheel(-WHEEL_ROWS)

    def on_click(self, event: events.Click) -> None:
        """Textual's hook: say which character was clicked."""
        if self._view is None or event.y >= len(self._rows):
            return
        row_id = self._rows[event.y]
        start = self._layout.span(row_id.paragraph)[0]
        within = 0 if self._layout.fold_at(row_id.paragraph) else self._layout.row(row_id).hit(event.x - self._text_x)
        self.post_message(self.Clicked(start + within))

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Textual's hook: one row of the screen."""
        blank = self._palette.text
        if self._view is None or y >= len(self._rows):
            return Strip([Segment(" " * self.size.width, blank)], self.size.width)
        strip = self._row_strip(self._rows[y])
        rest = self.size.width - self._text_x - self._text_width
        left = Strip([Segment(self._gutter(y), self._palette.faint), Segment(" " * (self._text_x - 1), blank)])
        right = Strip([Segment(" " * max(rest, 0), blank)])
        return Strip.join([left, strip, right]).crop(0, self.size.width)

    def _gutter(self, y: int) -> str:
        """The scroll bar: which part of the text is in sight."""
        layout, height = self._layout, self.size.height
        length = max(len(layout.text), 1)
        first = layout.span(self._rows[0].paragraph)[0] * height // length
        last = layout.span(self._rows[-1].paragraph)[1] * height // length
        return "█" if first <= y <= last else "│"

    def _row_strip(self, row_id: RowId) -> Strip:
        view, palette = self._view, self._palette
        assert view is not None  # noqa: S101
        layout = view.layout
        origin = layout.span(row_id.paragraph)[0]
        fold = layout.fold_at(row_id.paragraph)
        if fold is not None:
            here = origin <= view.cursor <= layout.span(fold.last)[1]
            style = palette.faint + Style(reverse=True) if here else palette.faint
            return data_strip(self._fold_text(row_id), self._text_width, style, base=layout.base)
        row = layout.row(row_id)
        if not row.cells:
            here = view.cursor == origin + row.start
            return self._empty_row(row, self._empty_style(view, origin + row.start, here=here))
        return strip_of(row, palette.text, self._styles(view, row, origin))

    def _empty_style(self, view: View, offset: int, *, here: bool) -> Style:
        if here:
            return self._palette.cursor
        chosen = view.selection is not None and view.selection[0] <= offset < view.selection[1]
        return self._palette.selection if chosen else self._palette.text

    def _empty_row(self, row: Row, style: Style) -> Strip:
        rest = Segment(" " * (row.width - 1), self._palette.text)
        cell = Segment(" ", style)
        return Strip([rest, cell] if row.base else [cell, rest], row.width)

    def _styles(self, view: View, row: Row, origin: int) -> Callable[[Cell], Style]:
        """The style of each cell of a row."""
        palette = self._palette
        annotations = list(view.state.overlapping(origin + row.start, origin + max(row.end, row.start + 1)))
        hits = list(_touching(view.hits, origin + row.start, origin + row.end))
        selection = view.selection

        def style_of(cell: Cell) -> Style:
            start, end = origin + cell.start, origin + cell.end
            if start <= view.cursor < end:
                return palette.cursor
            if selection is not None and selection[0] < end and selection[1] > start:
                return palette.selection
            here = [annotation for annotation in annotations if annotation.start < end and annotation.end > start]
            style = palette.text + self._annotated(here, view.focused, start, end) if here else palette.text
            if any(first < end and last > start for first, last in hits):
                style += palette.hit
            return style

        return style_of

    def _annotated(self, here: list[Annotation], focused: str | None, start: int, end: int) -> Style:
        """The look of a cell under some annotations: the focused one's, else the smallest one's."""
        top = min(here, key=lambda annotation: (annotation.id != focused, annotation.end - annotation.start))
        styles = self._palette.labels[top.label]
        if top.id == focused:
            return styles.focused
        if start <= top.start or end >= top.end:
            return styles.edge + (Style(underline=True) if len(here) > 1 else Style())
        return styles.overlapped if len(here) > 1 else styles.body

    # Refreshing

    def _refresh_span(self, start: int, end: int) -> None:
        """Draw the cells of a span again, where they are in sight."""
        regions = list(self._regions(start, end))
        if regions:
            self.refresh(*regions)

    def _regions(self, start: int, end: int) -> Iterator[Region]:
        layout = self._layout
        for y, row_id in enumerate(self._rows):
            origin, stop = layout.span(row_id.paragraph)
            fold = layout.fold_at(row_id.paragraph)
            if fold is not None:
                if origin < end and layout.span(fold.last)[1] >= start:
                    yield Region(0, y, self.size.width, 1)
                continue
            if origin >= end or stop < start:
                continue
            row = layout.row(row_id)
            if not row.cells:
                x = row.width - 1 if row.base else 0
                yield Region(self._text_x + x, y, 1, 1)
                continue
            for first, last in row.columns(start - origin, end - origin):
                yield Region(self._text_x + first, y, last - first, 1)


def _touching(spans: tuple[Span, ...], start: int, end: int) -> Iterable[Span]:
    """The spans, of some in order that do not overlap, that share a character with [start, end)."""
    index = bisect_right(spans, start, key=lambda span: span[1])
    while index < len(spans) and spans[index][0] < end:
        yield spans[index]
        index += 1


def _differences(before: View, after: View) -> Iterator[Span]:
    """The spans that look different in two views of one layout."""
    if before.cursor != after.cursor:
        yield before.cursor, before.cursor + 1
        yield after.cursor, after.cursor + 1
    if before.selection != after.selection:
        yield from _exclusive(before.selection or (0, 0), after.selection or (0, 0))
    if before.focused != after.focused:
        for view, id_ in ((before, before.focused), (after, after.focused)):
            annotation = view.state.annotation(id_) if id_ else None
            if annotation is not None:
                yield annotation.start, annotation.end
    if before.state is not after.state:
        yield from _changed_annotations(before.state, after.state)
        yield from _changed_annotations(after.state, before.state)
    if before.hits is not after.hits:
        yield from set(before.hits) ^ set(after.hits)


def _changed_annotations(state: AnnotationState, other: AnnotationState) -> Iterator[Span]:
    """The spans of the annotations of a state that are not just so in the other one."""
    for slot, value in state.values.items():
        if other.values.get(slot) is not value and isinstance(value, Annotation):
            yield value.start, value.end


def _exclusive(one: Span, other: Span) -> Iterator[Span]:
    """What is in one of two spans only."""
    if one[0] >= other[1] or other[0] >= one[1]:
        yield one
        yield other
        return
    yield min(one[0], other[0]), max(one[0], other[0])
    yield min(one[1], other[1]), max(one[1], other[1])
