"""From one paragraph of logical text to terminal cells and back.

The order matters: levels once for the whole paragraph → shape the logical text → clusters → wrap clusters in logical
order, trailing spaces hang → reorder each row by itself. Nothing here knows a terminal; a row is a list of glyphs in
cells, with the way from each cell to its characters and back.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from annotator.text.bidi import line_levels, mirrored, resolve, visual_order
from annotator.text.graphemes import clusters
from annotator.text.shaping import shape
from annotator.text.ucd import MIRROR
from annotator.text.visible import visible


TOO_WIDE = "\ufffd"
"""Stands for a cluster that is wider than the whole row."""

_MIRRORED = re.compile(f"[{re.escape(''.join(MIRROR))}]")


class Cell(NamedTuple):
    """A drawn cluster.

    Attributes:
        x: Its first terminal column in the row, from the left.
        width: Columns, 1 or 2.
        glyph: What to write there.
        start, end: The code points of the paragraph that it stands for.
    """

    x: int
    width: int
    glyph: str
    start: int
    end: int


class Row:
    """One row of a wrapped paragraph, as seen.

    Attributes:
        start, end: Its code points in the paragraph, spaces that hang at its end included.
        width: The columns that it was laid out for.
        cells: What is drawn, from left to right.
        base: The paragraph's level: 1 where it reads from the right.
    """

    def __init__(self, start: int, end: int, width: int, base: int, cells: tuple[Cell, ...]) -> None:
        self.start, self.end, self.width, self.base, self.cells = start, end, width, base, cells

    @cached_property
    def _reading_order(self) -> list[int]:
        """The indexes of the cells in logical order."""
        return sorted(range(len(self.cells)), key=lambda index: self.cells[index].start)

    def index_of(self, offset: int) -> int | None:
        """Which cell shows a character: the one that holds it, else the nearest before it; None in an empty row."""
        if not self.cells:
            return None
        place = bisect_right(self._reading_order, offset, key=lambda index: self.cells[index].start) - 1
        return self._reading_order[max(place, 0)]

    def cell_of(self, offset: int) -> Cell | None:
        """The cell that shows a character, or the nearest one before it; None in an empty row."""
        index = self.index_of(offset)
        return None if index is None else self.cells[index]

    def hit(self, x: int) -> int:
        """The start of the cluster at a column; beside the text, of the nearest one."""
        if not self.cells:
            return self.start
        index = bisect_right(self.cells, x, key=lambda cell: cell.x) - 1
        return self.cells[max(index, 0)].start

    def columns(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches of columns [from, to) whose clusters share a character with [start, end), left to right."""
        first = last = -1
        for cell in self.cells:
            if max(cell.start, start) < min(cell.end, end):
                if cell.x != last:
                    if first >= 0:
                        yield first, last
                    first = cell.x
                last = cell.x + cell.width
        if first >= 0:
            yield first, last


class Paragraph:
    """What is known of a paragraph whatever the width: levels, glyphs, clusters.

    Attributes:
        text: The logical text, without a line break.
        base: 1 where it reads from the right.
    """

    def __init__(self, text: str, base: int | None = 1) -> None:
        self.text = text
        self._visible = visible(text)
        self._levels = resolve(self._visible, base)
        self.base = self._levels.base
        found = clusters(self._visible, shape(self._visible, self._levels.levels))
        self._widths, self._glyphs = found.widths, found.glyphs
        self._starts = [*found.starts, len(text)]
        self._mirror()

    def _mirror(self) -> None:
        """Rule L4; it needs no line, for what rule L1 changes there has no mirror image."""
        for match in _MIRRORED.finditer(self._visible):
            if self._levels.levels[match.start()] % 2:
                index = bisect_left(self._starts, match.start())
                glyph = self._glyphs[index]
                self._glyphs[index] = mirrored(glyph[0]) + glyph[1:]

    @cached_property
    def _columns(self) -> list[int]:
        """The column at which each cluster starts, were the paragraph one row from the left, and the one behind."""
        return list(accumulate(self._widths, initial=0))

    @property
    def clusters(self) -> int:
        """The number of clusters."""
        return len(self._glyphs)

    @property
    def cells(self) -> int:
        """The columns of the whole paragraph."""
        return self._columns[-1]

    def cluster_start(self, index: int) -> int:
        """The first code point of a cluster; the length of the text for the one behind the last."""
        return self._starts[index]

    def cluster_at(self, offset: int) -> tuple[int, int]:
        """The code points [start, end) of the cluster that holds a character; an empty span behind the last one."""
        if offset >= len(self.text):
            return len(self.text), len(self.text)
        index = bisect_right(self._starts, offset) - 1
        return self._starts[index], self._starts[index + 1]

    def fitting(self, columns: int) -> int:
        """How many code points from its beginning fit into some columns."""
        return self._starts[bisect_right(self._columns, columns) - 1]

    def wrap(self, width: int) -> list[int]:
        """The cluster with which each row begins; an empty paragraph has one row.

        A row ends behind a space where there is one; the spaces there hang, so they never begin a row. A word longer
        than a row is cut.
        """
        columns, first = self._columns, 0
        starts = [first]
        while columns[-1] - columns[first] > width:
            first = self._cut(first, self._behind_fitting(first, width))
            if first == self.clusters:
                break
            starts.append(first)
        return starts

    def _behind_fitting(self, first: int, width: int) -> int:
        """The cluster behind those that fit into a row which begins at cluster `first`; at least one does."""
        return max(bisect_right(self._columns, self._columns[first] + width) - 1, first + 1)

    def _cut(self, first: int, behind: int) -> int:
        """Where to cut a row that begins at cluster `first` and whose cluster `behind` does not fit."""
        glyphs = self._glyphs
        cut = behind
        if glyphs[behind : behind + 1] != [" "]:
            while cut > first and glyphs[cut - 1] != " ":
                cut -= 1
            if cut == first:
                return behind
        while cut < len(glyphs) and glyphs[cut] == " ":
            cut += 1
        return cut

    def row(self, first: int, last: int, width: int) -> Row:
        """The row of the clusters [first, last), set flush with the side where the paragraph begins."""
        starts, widths, glyphs = self._starts, self._widths, self._glyphs
        start, end = starts[first], starts[last]
        levels = line_levels(self._visible, self._levels, start, end)
        shown = min(last, self._behind_fitting(first, width))  # spaces that do not fit hang unseen
        clusters_at = {starts[index] - start: index for index in range(first, shown) if widths[index]}
        x = max(width - sum(widths[first:shown]), 0) if self.base else 0
        cells = []
        # Characters are ordered, not clusters: an unseen directional mark parts the letters on its sides.
        for place in visual_order(levels[: starts[shown] - start]):
            index = clusters_at.get(place)
            if index is None:
                continue
            columns, glyph = widths[index], glyphs[index]
            if columns > width:
                columns, glyph = 1, TOO_WIDE
            cells.append(Cell(x, columns, glyph, starts[index], starts[index + 1]))
            x += columns
        return Row(start, end, width, self.base, tuple(cells))

    def rows(self, width: int) -> list[Row]:
        """All rows at a width."""
        starts = self.wrap(width)
        return [self.row(first, last, width) for first, last in zip(starts, [*starts[1:], self.clusters], strict=True)]


def line_of(text: str, width: int, base: int | None = 1) -> Row:
    """A short text from data (a title, a name, a message) on one row, cut with … where it is too long.

    Args:
        text: Any text; line breaks are drawn as signs.
        width: Columns; in none nothing is drawn.
        base: 1 sets it flush right, 0 flush left, None as its first strong character says.
    """
    paragraph = Paragraph(text, base)
    if width < 1:
        return Row(0, 0, 0, paragraph.base, ())
    if paragraph.cells > width:
        paragraph = Paragraph(text[: paragraph.fitting(width - 1)] + "…", paragraph.base)
    return paragraph.row(0, paragraph.clusters, width)
