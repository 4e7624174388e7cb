"""Partial updates that write no more than what changed.

Textual crops what it writes at the right end of a changed stretch only, and writes everything to the left of it again.
In right-to-left text the cursor is far from the left edge, so that a move would cost most of a row.
"""

from __future__ import annotations

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate


class TightUpdate(ChopsUpdate):
    """A partial update cropped at both ends of each changed stretch."""

    def render_segments(self, console: Console) -> str:
        """What goes to the terminal."""
        written: list[str] = []
        for y, first, last in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                start, stop = max(first, x), min(last, end)
                if strip is None or start >= stop:
                    continue
                written.append(Control.move_to(start, y).segment.text)
                written.append(strip.crop(start - x, stop - x).render(console))
        return "".join(written)
