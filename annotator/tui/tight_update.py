"""Partial updates that write no more than what changed.

Textual crops what it writes at the right end of a changed stretch only, and writes everything to the left of it again.
In right-to-left text the cursor is far from the left edge, so that a move would cost most of a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate
from textual.strip import Strip


Piece = tuple[int, int, Strip]
"""Column and row on the screen, and what is to stand there."""


class TightUpdate(ChopsUpdate):
    """A partial update cropped at both ends of each changed stretch."""

    def pieces(self) -> Iterator[Piece]:
        """What has changed."""
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
