"""From one paragraph of logical text to terminal cells and back.

The order matters: levels once for the whole paragraph → shape the logical text → clusters → wrap clusters in logical
order, trailing spaces hang → reorder each row by itself. Nothing here knows a terminal; a row is a list of glyphs in
cells, with the way from each cell to its characters and back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from annotator.text.bidi import Levels, line_levels, mirrored, resolve, visual_order
from annotator.text.graphemes import Clusters, clusters
from annotator.text.shaping import shape
from annotator.text.visible import visible


@dataclass(frozen=True, slots=True)
class Cell:
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

    __slots__ = ("_place", "base", "cells", "end", "start", "width")

    def __init__(self, start: int, end: int, width: int, base: int, cells: tuple[Cell, ...]) -> None:
        self.start, self.end, self.width, self.base, self.cells = start, end, width, base, cells
        self._place = sorted(range(len(cells)), key=lambda index: cells[index].start)

    def index_of(self, offset: int) -> int | None:
        """Which cell shows a character: the one that holds it, else the nearest before it; None in an empty row."""
        if not self.cells:
            return None
        place = bisect_right(self._place, offset, key=lambda index: self.cells[index].start) - 1
        return self._place[max(place, 0)]

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
            if cell.start < end and cell.end > start:
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
        self._levels: Levels = resolve(self._visible, base)
        self.base = self._levels.base
        self._clusters: Clusters = clusters(self._visible, shape(self._visible, self._levels.levels))

    @cached_property
    def _ends(self) -> list[int]:
        """The column behind each cluster, were the paragraph one row."""
        return list(accumulate(self._clusters.widths))

    @property
    def clusters(self) -> int:
        """The number of clusters."""
        return len(self._clusters.starts)

    @property
    def cells(self) -> int:
        """The columns of the whole paragraph."""
        return self._ends[-1] if self._ends else 0

    def cluster_at(self, offset: int) -> tuple[int, int]:
        """The code points [start, end) of the cluster that holds a character; an empty span behind the last one."""
        starts = self._clusters.starts
        if offset >= len(self.text):
            return len(self.text), len(self.text)
        index = bisect_right(starts, offset) - 1
        return starts[index], self.cluster_start(index + 1)

    def fitting(self, columns: int) -> int:
        """How many code points from its beginning fit into some columns."""
        return self.cluster_start(bisect_right(self._ends, columns))

    def wrap(self, width: int) -> list[int]:
        """The cluster with which each row begins; an empty paragraph has one row.

        A row ends behind a space where there is one; the spaces there hang, so they never begin a row. A word longer
        than a row is cut.
        """
        ends, starts, number = self._ends, [0], self.clusters
        first = 0
        while first < number:
            before = ends[first - 1] if first else 0
            if ends[-1] - before <= width:
                break
            behind = max(bisect_right(ends, before + width), first + 1)
            cut = self._behind_space(first, behind)
            if cut >= number:
                break
            starts.append(cut)
            first = cut
        return starts

    def _behind_space(self, first: int, behind: int) -> int:
        """Where to cut a row that begins at cluster `first` and whose next cluster `behind` does not fit."""
        glyphs = self._clusters.glyphs
        cut = behind
        if glyphs[behind] != " ":
            while cut > first and glyphs[cut - 1] != " ":
                cut -= 1
            if cut == first:
                cut = behind
        while cut < len(glyphs) and glyphs[cut] == " ":
            cut += 1
        return cut

    def row(self, first: int, last: int, width: int) -> Row:
        """The row of the clusters [first, last), set flush with the side where the paragraph begins."""
        starts, widths, glyphs = self._clusters.starts, self._clusters.widths, self._clusters.glyphs
        start, end = self.cluster_start(first), self.cluster_start(last)
        levels = line_levels(self._visible, self._levels, start, end)
        shown = self._shown(first, last, width)
        order = visual_order(bytes(levels[starts[index] - start] for index in range(first, shown)))
        total = sum(widths[first:shown])
        x = width - total if self.base else 0
        cells = []
        for place in order:
            index = first + place
            if widths[index] == 0:
                continue
            glyph = glyphs[index]
            if levels[starts[index] - start] % 2:
                glyph = mirrored(glyph[0]) + glyph[1:]
            cells.append(Cell(x, widths[index], glyph, starts[index], self.cluster_start(index + 1)))
            x += widths[index]
        return Row(start, end, width, self.base, tuple(cells))

    def _shown(self, first: int, last: int, width: int) -> int:
        """The cluster behind the last one that is drawn: spaces that do not fit hang unseen."""
        before = self._ends[first - 1] if first else 0
        while last > first and self._ends[last - 1] - before > width:
            last -= 1
        return last

    def rows(self, width: int) -> list[Row]:
        """All rows at a width."""
        starts = self.wrap(width)
        return [self.row(first, last, width) for first, last in zip(starts, [*starts[1:], self.clusters], strict=True)]

    def cluster_start(self, index: int) -> int:
        """The first code point of a cluster; the length of the text for the one behind the last."""
        return self._clusters.starts[index] if index < len(self._clusters.starts) else len(self.text)


def line_of(text: str, width: int, base: int | None = 1) -> Row:
    """A short text from data (a title, a name, a message) on one row, cut with … where it is too long.

    Args:
        text: Any text; line breaks are drawn as signs.
        width: Columns.
        base: 1 sets it flush right, 0 flush left, None as its first strong character says.
    """
    paragraph = Paragraph(text, base)
    if paragraph.cells > width:
        paragraph = Paragraph(text[: paragraph.fitting(width - 1)] + "…" if width > 0 else "", paragraph.base)
    return paragraph.rows(max(width, 1))[0]
