"""Who reorders right-to-left text, and what a row looks like on its way to the terminal.

- app: this program does, and the terminal was told not to (`annotator.tui.driver`). Rows go out as they are to be seen.
- override: the same, and every row forces the order of its characters from its first column on, where the terminal
  cannot be told because something between it and us keeps the request (tmux without passthrough, GNU screen).
- terminal: the terminal does, and cannot be told otherwise. Rows go out in an order that it turns into the right one.

A process draws on one terminal, so there is one mode at a time. It is set before the app starts, or by
`annotator.tui.driver.switch`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.console import RenderableType
from rich.segment import Segment
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.strip import Strip

from annotator.services.preferences import BidiMode
from annotator.tui.logical_rows import in_logical_order
from annotator.tui.tight_update import Piece, TightUpdate


FORCE_ORDER = "\u200e\u202d"
"""Left-to-right, for terminals that guess by the first letter, and left-to-right override."""


class Frame:
    """The rows of the screen as they are seen, for a terminal that wants them whole and in another order."""

    def __init__(self) -> None:
        self._rows: dict[int, Strip] = {}
        self._seen_at: dict[int, tuple[int, ...]] = {}

    def clear(self) -> None:
        """Forget the rows."""
        self._rows.clear()
        self._seen_at.clear()

    def take(self, pieces: Iterable[Piece], width: int) -> Iterator[Piece]:
        """Put pieces in their places on a screen of some columns.

        Yields:
            The rows that have changed, whole and in the order in which they are to be written.
        """
        changed = set()
        for x, y, strip in pieces:
            row = self._rows.get(y, Strip([], 0))
            self._rows[y] = Strip.join([row.crop(0, x), strip, row.crop(x + strip.cell_length, width)])
            changed.add(y)
        for y in sorted(changed):
            row, self._seen_at[y] = in_logical_order(self._rows[y])
            yield 0, y, row

    def seen_at(self, x: int, y: int) -> int:
        """The column at which the character is seen that was written to a column."""
        columns = self._seen_at.get(y, ())
        return columns[x] if 0 <= x < len(columns) else x


class _Present:
    mode: BidiMode = "app"
    frame = Frame()


def use(mode: BidiMode) -> None:
    """Draw in a mode from the next full update on."""
    _Present.mode = mode
    _Present.frame.clear()


def mode() -> BidiMode:
    """The mode that is drawn in now."""
    return _Present.mode


def pointed_at(x: int, y: int) -> int:
    """The column that is meant where the terminal reports one: those that reorder report where they have stored it."""
    return _Present.frame.seen_at(x, y) if _Present.mode == "terminal" else x


def in_mode(update: RenderableType | None) -> RenderableType | None:
    """An update of Textual's as it must be written in the present mode."""
    if type(update) is ChopsUpdate:
        return _UPDATES[_Present.mode](update.chops, update.spans, update.chop_ends)
    if type(update) is LayoutUpdate and _Present.mode != "app":
        width = update.region.width
        chops = [{0: Strip.join(line)} for line in update.strips]
        spans = [(y, 0, width) for y in range(len(chops))]
        return _UPDATES[_Present.mode](chops, spans, [[width]] * len(chops))
    return update


class _ForcedUpdate(TightUpdate):
    """An update whose rows force the order of their characters."""

    def pieces(self) -> Iterator[Piece]:
        """What has changed."""
        for x, y, strip in super().pieces():
            yield x, y, strip if x else with_order_forced(strip)


class _TurnedUpdate(TightUpdate):
    """An update in an order that the terminal turns round. The frame follows what is written and nothing else."""

    def pieces(self) -> Iterator[Piece]:
        """The rows in which something has changed."""
        return _Present.frame.take(super().pieces(), self.chop_ends[0][-1])


_UPDATES: dict[BidiMode, type[TightUpdate]] = {"app": TightUpdate, "override": _ForcedUpdate, "terminal": _TurnedUpdate}


def with_order_forced(strip: Strip) -> Strip:
    """A row, or the left part of one, whose first character carries what forces the order."""
    segments = list(strip)
    for index, (text, style, control) in enumerate(segments):
        if text:
            end = next((end for end in range(1, len(text)) if cell_len(text[end])), len(text))
            segments[index] = Segment(text[:end] + FORCE_ORDER + text[end:], style, control)
            break
    return Strip(segments, strip.cell_length)
