"""Where the cursor goes: by letter and row as seen, by word, sentence and paragraph as read.

The cursor stands on a cluster and is kept as the code point where that begins; on an empty line it stands on the line
break.
"""

from __future__ import annotations

from annotator.text.layout import Cell, Row
from annotator.text.pages import DocumentLayout, RowId
from annotator.text.sentences import sentence_at
from annotator.text.words import next_word, previous_word, word_at


Span = tuple[int, int]


class Navigator:
    """Moves over a layout. All offsets are code points of the document."""

    def __init__(self, layout: DocumentLayout) -> None:
        self.layout = layout

    def left(self, offset: int) -> int:
        """The cluster to the left; from the left edge of a row, on in reading order."""
        return self._beside(offset, -1)

    def right(self, offset: int) -> int:
        """The cluster to the right; from the right edge of a row, on in reading order."""
        return self._beside(offset, 1)

    def column(self, offset: int) -> int:
        """The column of the cursor, to be kept while it moves up and down."""
        row = self.layout.row(self.layout.row_at(offset))
        cell = row.cell_of(offset - self._origin(offset))
        return cell.x if cell else (row.width - 1 if row.base else 0)

    def vertical(self, offset: int, rows: int, column: int) -> int:
        """The cluster so many rows below (above, if negative), at or next to a column."""
        row_id = self.layout.row_at(offset)
        target = self.layout.moved(row_id, rows)
        if target == row_id:
            return offset
        return self.hit(target, column)

    def hit(self, row_id: RowId, column: int) -> int:
        """The cluster at, or next to, a column of a row; of a fold its beginning."""
        start, _ = self.layout.span(row_id.paragraph)
        if self.layout.fold_at(row_id.paragraph):
            return start
        return start + self.layout.row(row_id).hit(column)

    def row_start(self, offset: int) -> int:
        """The first character of the row."""
        return self._row_edges(offset)[0]

    def row_end(self, offset: int) -> int:
        """The last cluster of the row that is drawn."""
        return self._row_edges(offset)[1]

    def next_word(self, offset: int) -> int:
        """The start of the next word; a fold is one stop, at its beginning."""
        fold = self._fold(offset)
        return self._stop(next_word(self.layout.text, fold[1] if fold else offset))

    def word_end(self, offset: int) -> int:
        """The last letter of this word, or where the cursor is on it already, of the next one; a fold is one stop."""
        word = self.word(offset)
        if word is None or self.cluster(word[1] - 1)[0] <= offset:
            offset = self.next_word(offset)
            word = self.word(offset)
        return offset if word is None else self.cluster(word[1] - 1)[0]

    def previous_word_end(self, offset: int) -> int:
        """The last letter of the word before this one; a fold is one stop."""
        here = self.word(offset)
        start = self.previous_word(here[0] if here else offset)
        word = self.word(start)
        return start if word is None else self.cluster(word[1] - 1)[0]

    def previous_word(self, offset: int) -> int:
        """The start of this word, or of the one before; a fold is one stop, at its beginning."""
        fold = self._fold(offset)
        return self._stop(previous_word(self.layout.text, fold[0] if fold else offset))

    def cluster(self, offset: int) -> Span:
        """The cluster that holds a character; at the end of a paragraph an empty span."""
        number = self.layout.paragraph_at(offset)
        origin = self.layout.span(number)[0]
        start, end = self.layout.paragraph(number).cluster_at(offset - origin)
        return origin + start, origin + end

    def unit(self, offset: int) -> Span:
        """What is selected along with the cursor: its cluster, or all of a fold."""
        return self._fold(offset) or self.cluster(offset)

    def word(self, offset: int) -> Span | None:
        """The word under the cursor; None where there is none, and on a fold, which hides them."""
        return None if self._fold(offset) else word_at(self.layout.text, offset)

    def sentence(self, offset: int) -> Span:
        """The sentence under the cursor, or all of a fold; empty on an empty line."""
        start, end = self.paragraph(offset)
        if start == end or self._fold(offset):
            return start, end
        first, last = sentence_at(self.layout.text[start:end], min(offset, end - 1) - start)
        return start + first, start + last

    def paragraph(self, offset: int) -> Span:
        """The paragraph under the cursor, without its line break, or all of a fold."""
        return self._fold(offset) or self.layout.span(self.layout.paragraph_at(offset))

    def _origin(self, offset: int) -> int:
        row_id = self.layout.row_at(offset)
        return self.layout.span(row_id.paragraph)[0]

    def _row_edges(self, offset: int) -> Span:
        row_id = self.layout.row_at(offset)
        origin = self.layout.span(row_id.paragraph)[0]
        row = self.layout.row(row_id)
        if not row.cells or self.layout.fold_at(row_id.paragraph):
            return origin + row.start, origin + row.start
        starts = [cell.start for cell in row.cells]
        return origin + min(starts), origin + max(starts)

    def _beside(self, offset: int, step: int) -> int:
        row_id = self.layout.row_at(offset)
        origin = self.layout.span(row_id.paragraph)[0]
        row = self.layout.row(row_id)
        index = row.index_of(offset - origin)
        if index is not None and not self.layout.fold_at(row_id.paragraph):
            beside = index + step
            if 0 <= beside < len(row.cells):
                return origin + row.cells[beside].start
        forward = (step < 0) == bool(row.base)
        other = self.layout.next(row_id) if forward else self.layout.previous(row_id)
        if other is None:
            return offset
        return self._edge(other, forward=forward)

    def _edge(self, row_id: RowId, *, forward: bool) -> int:
        """Where a row is entered from the one before it, or from the one behind it: at the side that is seen first."""
        origin = self.layout.span(row_id.paragraph)[0]
        row = self.layout.row(row_id)
        if self.layout.fold_at(row_id.paragraph) or not row.cells:
            return origin + row.start
        return origin + _outermost(row, right=forward == bool(row.base)).start

    def _fold(self, offset: int) -> Span | None:
        """The code points of the fold that hides a character."""
        fold = self.layout.fold_at(self.layout.paragraph_at(offset))
        return (self.layout.span(fold.first)[0], self.layout.span(fold.last)[1]) if fold else None

    def _stop(self, offset: int) -> int:
        """A place where the cursor may stand: in a fold only its beginning."""
        fold = self._fold(offset)
        return fold[0] if fold else offset


def _outermost(row: Row, *, right: bool) -> Cell:
    return row.cells[-1 if right else 0]
