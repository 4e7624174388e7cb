"""Updates that write no more than what differs from what the terminal shows already.

Textual writes all of a widget that was refreshed, the whole screen more than once when a screen opens, and everything
to the left of a changed stretch; in right-to-left text the cursor is far from the left edge. On a slow link each of
these is a wait of seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate
from textual.strip import Strip


Piece = tuple[int, int, Strip]
"""Column and row on the screen, and what is to stand there."""

NEAR = 8
"""Columns between two changes that are written again: going over them would take more bytes."""


class Column(NamedTuple):
    """One column of the screen: a cluster, or "" behind a wide one."""

    text: str
    style: Style | None


class Shown:
    """What the terminal shows, as far as it is known."""

    def __init__(self) -> None:
        self._rows: dict[int, list[Column | None]] = {}

    def forget(self) -> None:
        """Know nothing: another program may have written, or the window has another size."""
        self._rows.clear()

    def take(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """Put pieces in their places.

        Yields:
            What of them differs from what was there, and what a letter that goes may have reached into: some fonts
            draw a little over the edges of a cell, and terminals leave that behind.
        """
        taken = [(x, y, strip, columns_of(strip)) for x, y, strip in pieces]
        gone: dict[int, set[int]] = {}
        for x, y, _, new in taken:
            row = self._rows.setdefault(y, [])
            row.extend([None] * (x + len(new) - len(row)))
            gone.setdefault(y, set()).update(_letters_that_go(row, x, new))
        for x, y, strip, new in taken:
            row = self._rows[y]
            reached = {
                column + beside for near in (y - 1, y, y + 1) for column in gone.get(near, ()) for beside in (-1, 0, 1)
            }
            for first, last in _stretches(row[x : x + len(new)], new, {column - x for column in reached}):
                yield x + first, y, strip if last - first == len(new) else _strip_of(new[first:last])
            row[x : x + len(new)] = new

    def row(self, y: int) -> Strip:
        """A whole row; blank where it is not known."""
        return _strip_of([column or Column(" ", None) for column in self._rows[y]])


_width = lru_cache(4096)(cell_len)

SHOWN = Shown()
"""A process draws on one terminal."""


class TightUpdate(ChopsUpdate):
    """A partial update cropped at both ends of each changed stretch, without what is shown already."""

    def pieces(self) -> Iterator[Piece]:
        """What has changed."""
        return SHOWN.take(self._cropped())

    def _cropped(self) -> Iterator[Piece]:
        for y, first, last in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                start, stop = max(first, x), min(last, end)
                if strip is not None and start < stop:
                    yield start, y, strip.crop(start - x, stop - x)

    def render_segments(self, console: Console) -> str:
        """What goes to the terminal."""
        return written(self.pieces(), console)


def written(pieces: Iterable[Piece], console: Console) -> str:
    """What puts some pieces on the screen."""
    return "".join(Control.move_to(x, y).segment.text + strip.render(console) for x, y, strip in pieces)


def columns_of(strip: Strip) -> list[Column]:
    """The columns of a strip; marks stay with their letter."""
    columns: list[Column] = []
    for text, style, control in strip:
        if control:
            continue
        for character in text:
            width = _width(character)
            if width == 0 and columns:
                last = next(index for index in range(len(columns) - 1, -1, -1) if columns[index].text)
                columns[last] = Column(columns[last].text + character, columns[last].style)
            else:
                columns += [Column(character, style), *[Column("", style)] * (width - 1)]
    return columns


def _letters_that_go(row: list[Column | None], x: int, new: list[Column]) -> Iterator[int]:
    """The columns of a row whose letters something else takes the place of."""
    for index, (before, after) in enumerate(zip(row[x : x + len(new)], new, strict=True), x):
        if before is not None and before.text != after.text and before.text.strip():
            yield index


def _stretches(old: list[Column | None], new: list[Column], reached: set[int]) -> Iterator[tuple[int, int]]:
    """The stretches [first, last) of columns that differ or are reached, whole clusters, near ones as one."""
    first = last = -1
    for index, (before, after) in enumerate(zip(old, new, strict=True)):
        if before == after and index not in reached:
            continue
        begin = index - 1 if not after.text and index else index
        end = index + 2 if new[index + 1 : index + 2] and not new[index + 1].text else index + 1
        if last >= 0 and begin - last <= NEAR:
            last = max(end, last)
            continue
        if last >= 0:
            yield first, last
        first, last = begin, end
    if last >= 0:
        yield first, last


def _strip_of(columns: list[Column]) -> Strip:
    """Columns as a strip: a cluster with marks is a segment of its own, the others are merged."""
    segments: list[Segment] = []
    text, style = "", columns[0].style
    for column in columns:
        if column.style != style or len(column.text) > 1:
            if text:
                segments.append(Segment(text, style))
            text, style = "", column.style
        if len(column.text) > 1:
            segments.append(Segment(column.text, style))
        else:
            text += column.text
    if text:
        segments.append(Segment(text, style))
    return Strip(segments, len(columns))
