"""Who reorders right-to-left text, and what a row looks like on its way to the terminal.

- app: this program does, and the terminal was told not to (`annotator.tui.driver`). Rows go out as they are to be seen.
- override: the same, and every row forces the order of its characters from its first column on, where the terminal
  may not be told because something between it and us keeps the request to itself (tmux, GNU screen).
- terminal: the terminal does, and cannot be told otherwise. Rows go out in an order that it turns into the right one.

A process draws on one terminal, so there is one mode at a time. It is set before the app starts, or by
`annotator.tui.driver.switch`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import RenderableType
from rich.segment import Segment
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.strip import Strip

from annotator.services.preferences import BidiMode
from annotator.tui.logical_rows import in_logical_order
from annotator.tui.terminals import is_in_tmux
from annotator.tui.tight_update import SHOWN, Piece, TightUpdate


FORCE_ORDER = "\u200e\u202d"
"""Left-to-right, for terminals that guess by the first letter, and left-to-right override."""


class _Present:
    mode: BidiMode = "app"
    terminal = ""
    seen_at: dict[int, tuple[int, ...]] = {}  # noqa: RUF012  # as long as the process, like the rest


def use(mode: BidiMode, terminal: str | None = None) -> None:
    """Draw in a mode from the next full update on.

    Args:
        mode: The mode.
        terminal: The terminal's name, as `annotator.tui.terminals` gives it; None for the same as before.
    """
    _Present.mode = mode
    _Present.terminal = _Present.terminal if terminal is None else terminal
    forget()


def forget() -> None:
    """Write everything anew with the next full update: what the terminal shows is not known any more."""
    SHOWN.forget()


def mode() -> BidiMode:
    """The mode that is drawn in now."""
    return _Present.mode


def pointed_at(x: int, y: int) -> int:
    """The column that is meant where the terminal reports one: those that reorder report where they have stored it."""
    columns = _Present.seen_at.get(y, ()) if _Present.mode == "terminal" else ()
    return columns[x] if 0 <= x < len(columns) else x


def in_mode(update: RenderableType | None) -> RenderableType | None:
    """An update of Textual's as it must be written in the present mode."""
    if type(update) is ChopsUpdate:
        return _UPDATES[_Present.mode](update.chops, update.spans, update.chop_ends)
    if type(update) is LayoutUpdate:
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
    """An update in an order that the terminal turns round, row by row: a letter can change the places of others."""

    def pieces(self) -> Iterator[Piece]:
        """The rows in which something has changed."""
        for y in sorted({y for _, y, _ in super().pieces()}):
            row, _Present.seen_at[y] = turned(SHOWN.row(y))
            yield 0, y, row


_UPDATES: dict[BidiMode, type[TightUpdate]] = {"app": TightUpdate, "override": _ForcedUpdate, "terminal": _TurnedUpdate}


def turned(strip: Strip) -> tuple[Strip, tuple[int, ...]]:
    """A whole row in the order that the terminal turns round, and for each of its columns where it is seen."""
    return in_logical_order(
        strip, mirrors=not _Present.terminal.endswith("konsole"), keeps_lam_apart=not is_in_tmux(os.environ)
    )


def with_order_forced(strip: Strip) -> Strip:
    """A row, or the left part of one, whose first character carries what forces the order."""
    segments = list(strip)
    for index, (text, style, control) in enumerate(segments):
        if text:
            end = next((end for end in range(1, len(text)) if cell_len(text[end])), len(text))
            segments[index] = Segment(text[:end] + FORCE_ORDER + text[end:], style, control)
            break
    return Strip(segments, strip.cell_length)
