"""Which rows of a document are on the screen, and when the page turns."""

from __future__ import annotations

from collections.abc import Callable

from annotator.text.pages import DocumentLayout, RowId
from annotator.tui.view import Span


OVERLAP_ROWS = 2
"""Rows that stay in sight when the cursor leaves the page."""


class Page:
    """A window on the rows of a layout.

    Attributes:
        layout: The rows of the document.
        rows: Those on the screen, fewer than its height only where the document is shorter.
    """

    def __init__(self, layout: DocumentLayout) -> None:
        self.layout = layout
        self.rows: tuple[RowId, ...] = ()
        self._top = RowId(0)
        self._height = 0
        self._folds = layout.folds

    @property
    def is_stale(self) -> bool:
        """Whether other lines are folded than when it was laid out."""
        return self._folds != self.layout.folds

    @property
    def span(self) -> Span:
        """The characters on the screen, those that are folded there included."""
        layout = self.layout
        if not self.rows:
            return 0, 0
        first, last = self.rows[0], self.rows[-1]
        fold = layout.fold_at(last.paragraph)
        origin, stop = layout.span(fold.last if fold else last.paragraph)
        end = stop if fold else origin + layout.row(last).end
        begin = layout.span(first.paragraph)[0]
        if layout.fold_at(first.paragraph) is None:
            begin += layout.row(first).start
        return begin, min(end + 1, len(layout.text))

    def lay_out(self, width: int, height: int) -> None:
        """Take another size or other folds; the same text stays at the top."""
        layout = self.layout
        top = layout.span(self._top.paragraph)[0]
        if self._top.row and not self.is_stale:
            top += layout.row(layout.visible_id(self._top)).start
        layout.resize(width)
        self._folds, self._height = layout.folds, height
        self._turn_to(layout.row_at(min(top, len(layout.text))))

    def follow(self, offset: int) -> bool:
        """Turn the page if a character is not on it; whether that was so."""
        if not self._height:
            return False
        layout, height = self.layout, self._height
        target = layout.row_at(offset)
        if target in self.rows:
            return False
        kept = min(OVERLAP_ROWS, height - 1)
        if self.rows and target > self.rows[-1] and self._is_near(self.rows[-1], target, layout.next, height - kept):
            self._turn_to(layout.moved(self.rows[-1], 1 - kept))
        elif (
            self.rows and target < self.rows[0] and self._is_near(self.rows[0], target, layout.previous, height - kept)
        ):
            self._turn_to(layout.moved(self.rows[0], kept - height))
        else:
            self._turn_to(layout.moved(target, -(height // 3)))
        return True

    def show_whole(self, start: int, end: int) -> bool:
        """Turn the page if a span goes on beyond its foot, so that it begins near the top; whether that was so."""
        layout, height = self.layout, self._height
        if not height or layout.row_at(max(end - 1, start)) in self.rows:
            return False
        top = self._top
        self._turn_to(layout.moved(layout.row_at(start), -(height // 4)))
        return self._top != top

    def scroll(self, rows: int) -> bool:
        """Move down by some rows, or up if negative; whether there were any."""
        target = self._full(self.layout.moved(self._top, rows))
        if target == self._top:
            return False
        self._turn_to(target)
        return True

    @staticmethod
    def _is_near(row_id: RowId, target: RowId, step: Callable[[RowId], RowId | None], rows: int) -> bool:
        """Whether a row is within some rows of another, so that the next page shows it and skips nothing."""
        here: RowId | None = row_id
        for _ in range(rows):
            if here is None or here == target:
                break
            here = step(here)
        return here == target

    def _turn_to(self, row_id: RowId) -> None:
        self._top = self._full(row_id)
        self.rows = self._rows_from(self._top)

    def _full(self, top: RowId) -> RowId:
        """The top row itself, or an earlier one, so that the end of the text stands at the foot of the page."""
        if len(self._rows_from(top)) == self._height:
            return top
        return min(top, self.layout.moved(self.layout.last(), 1 - self._height))

    def _rows_from(self, row_id: RowId | None) -> tuple[RowId, ...]:
        rows: list[RowId] = []
        while row_id is not None and len(rows) < self._height:
            rows.append(row_id)
            row_id = self.layout.next(row_id)
        return tuple(rows)
