"""The rows of a whole document, laid out where and when somebody looks.

A place in the document is a `RowId`: a paragraph and a row in it. Scrolling steps from row to row, so nothing needs
to know how many rows lie above; a page of 20 MB opens as fast as its first screen.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from annotator.text.layout import Paragraph, Row


CACHED_PARAGRAPHS = 512
CACHED_ROWS = 1024


class RowId(NamedTuple):
    """A row by its paragraph and its number there; folded paragraphs are one row, that of the first of them."""

    paragraph: int
    row: int = 0


@dataclass(frozen=True, slots=True)
class Fold:
    """Whole paragraphs [first, last] that are shown as one summary."""

    first: int
    last: int


class DocumentLayout:
    """A document's text in rows of at most `width` columns, with folds.

    Attributes:
        text: The cleaned text; its paragraphs are its lines.
        width: Columns of a row.
        base: 1 where it reads from the right, 0 from the left, None as each paragraph's first strong character says.
    """

    def __init__(self, text: str, width: int, folds: Sequence[Fold] = (), base: int | None = 1) -> None:
        self.text = text
        self.base = base
        self._starts = paragraph_starts(text)
        self.paragraph = lru_cache(CACHED_PARAGRAPHS)(self._analyse)
        self._row_starts = lru_cache(CACHED_PARAGRAPHS)(self._wrap)
        self._row = lru_cache(CACHED_ROWS)(self._lay_out)
        self.width = max(width, 1)
        self.folds: tuple[Fold, ...] = tuple(folds)
        self._fold_starts = [fold.first for fold in self.folds]

    def resize(self, width: int) -> None:
        """Lay out for another width; what is known of the paragraphs is kept."""
        width = max(width, 1)
        if width != self.width:
            self.width = width
            self._row_starts.cache_clear()
            self._row.cache_clear()

    def fold(self, folds: Sequence[Fold]) -> None:
        """Show other paragraphs as summaries."""
        self.folds = tuple(folds)
        self._fold_starts = [fold.first for fold in self.folds]

    def __len__(self) -> int:
        """The number of paragraphs."""
        return len(self._starts)

    def span(self, paragraph: int) -> tuple[int, int]:
        """The code points of a paragraph, without its line break."""
        behind = paragraph + 1
        end = self._starts[behind] - 1 if behind < len(self._starts) else len(self.text)
        return self._starts[paragraph], end

    def paragraph_at(self, offset: int) -> int:
        """The paragraph that holds a character; a line break belongs to the one that it ends."""
        return bisect_right(self._starts, offset) - 1

    def fold_at(self, paragraph: int) -> Fold | None:
        """The fold that hides a paragraph."""
        index = bisect_right(self._fold_starts, paragraph) - 1
        return self.folds[index] if index >= 0 and paragraph <= self.folds[index].last else None

    def row(self, row_id: RowId) -> Row:
        """A row, its offsets counted from the start of its paragraph; of a fold, the first row under it."""
        return self._row(*row_id)

    def row_at(self, offset: int) -> RowId:
        """The row that shows a character."""
        number = self.paragraph_at(offset)
        fold = self.fold_at(number)
        if fold is not None:
            return RowId(fold.first)
        clusters = self._row_starts(number)
        paragraph = self.paragraph(number)
        within = offset - self._starts[number]
        return RowId(number, bisect_right(clusters, within, key=paragraph.cluster_start) - 1)

    def next(self, row_id: RowId) -> RowId | None:
        """The row below, or None at the end."""
        fold = self.fold_at(row_id.paragraph)
        if fold is None and row_id.row + 1 < len(self._row_starts(row_id.paragraph)):
            return RowId(row_id.paragraph, row_id.row + 1)
        below = (fold.last if fold else row_id.paragraph) + 1
        return RowId(below) if below < len(self) else None

    def previous(self, row_id: RowId) -> RowId | None:
        """The row above, or None at the beginning."""
        if row_id.row > 0:
            return RowId(row_id.paragraph, row_id.row - 1)
        above = row_id.paragraph - 1
        return self._last_row(above) if above >= 0 else None

    def moved(self, row_id: RowId, rows: int) -> RowId:
        """The row so many rows below (or above, if negative), or the last one there is."""
        step = self.next if rows > 0 else self.previous
        for _ in range(abs(rows)):
            further = step(row_id)
            if further is None:
                break
            row_id = further
        return row_id

    def visible_id(self, row_id: RowId) -> RowId:
        """The row itself, or after folding or a resize the one that shows its place now."""
        fold = self.fold_at(row_id.paragraph)
        if fold is not None:
            return RowId(fold.first)
        return RowId(row_id.paragraph, min(row_id.row, len(self._row_starts(row_id.paragraph)) - 1))

    def last(self) -> RowId:
        """The last row."""
        return self._last_row(len(self) - 1)

    def _last_row(self, number: int) -> RowId:
        """The last row of a paragraph, or the summary that it is folded into."""
        fold = self.fold_at(number)
        return RowId(fold.first) if fold else RowId(number, len(self._row_starts(number)) - 1)

    def _analyse(self, number: int) -> Paragraph:
        start, end = self.span(number)
        return Paragraph(self.text[start:end], self.base)

    def _wrap(self, number: int) -> list[int]:
        return self.paragraph(number).wrap(self.width)

    def _lay_out(self, number: int, row: int) -> Row:
        starts = self._row_starts(number)
        paragraph = self.paragraph(number)
        last = starts[row + 1] if row + 1 < len(starts) else paragraph.clusters
        return paragraph.row(starts[row], last, self.width)


def paragraph_starts(text: str) -> list[int]:
    """Where each line of a text begins."""
    starts, start = [0], text.find("\n") + 1
    while start:
        starts.append(start)
        start = text.find("\n", start) + 1
    return starts
