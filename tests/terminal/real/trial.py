"""The annotator in a terminal's window, with a page of which every cell is known."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from annotator.text.cleaning import clean
from annotator.text.pages import DocumentLayout, RowId
from tests.terminal.real.display import Box, XDisplay
from tests.terminal.real.terminals import terminal_command, tmux
from tests.terminal.real.window import Window, wait_until
from tests.terminal.running import new_database


COLUMNS, ROWS = 100, 30
PAGE = Path(__file__).with_name("page.txt")

CURSOR = b"\xff\xff\xff"
"""The cursor's background: a white that nothing else in the text has."""


@dataclass(frozen=True)
class Place:
    """A cluster on the screen: its first cell, its columns, and its first code point."""

    x: int
    y: int
    columns: int
    offset: int


class Trial:
    """The annotator with a page, running in a window.

    Attributes:
        window: The terminal.
        places: Everything that can be clicked, row by row.
    """

    def __init__(self, window: Window, log: Path, page: Path) -> None:
        self.window, self._log = window, log
        wait_until(lambda: self._said, lambda: f"something to show; {window.complaints}")
        window.measure()
        wait_for_cursor(window)
        window.click(COLUMNS // 2, ROWS // 2)
        wait_until(lambda: self.cursor != 0, lambda: "an answer to a click")
        said = self._said  # by now the text has the width of the screen
        layout = DocumentLayout(clean(page.read_text(encoding="utf-8")).text, said["width"])
        self.places = list(_places(layout, said["left"], said["top"]))
        first, last = (
            window.cell(said["left"], said["top"]),
            window.cell(said["left"] + said["width"], self.places[-1].y),
        )
        self._text = Box(first.left, first.top, last.left, last.bottom)

    @property
    def _said(self) -> dict[str, Any]:
        """What the program has said last."""
        lines = self._log.read_text().rpartition("\n")[0].splitlines() if self._log.exists() else []
        return dict(json.loads(lines[-1])) if lines else {}

    @property
    def cursor(self) -> int:
        """The code point under the cursor, as the program has it."""
        return int(self._said["cursor"])

    @property
    def drawn_cursor(self) -> Box | None:
        """Where the cursor is to be seen: the smallest box around all of its colour."""
        return self.window.extent(CURSOR, self._text)

    def misses(self, places: Sequence[Place], patience: float = 5) -> list[str]:
        """Click some places, and say for which of them something else was selected, or looks selected; at most 5."""
        return list(islice(filter(None, (self._miss(place, patience) for place in places)), 5))

    def _miss(self, place: Place, patience: float) -> str:
        self.window.click(place.x, place.y)
        box = self.window.cell(place.x, place.y, place.columns)
        try:
            wait_until(lambda: self.cursor == place.offset and box.holds(self.drawn_cursor), lambda: "", patience)
        except AssertionError:
            return f"{place}, {box}: the cursor is at {self.cursor}, drawn at {self.drawn_cursor}"
        return ""


def wait_for_cursor(window: Window) -> None:
    """Wait until the cursor is drawn: a little white above the middle, and not the whole of an empty window."""
    above, cell = window.cell(0, 0, COLUMNS, ROWS // 2), window.cell(0, 0)

    def is_drawn() -> bool:
        found = window.extent(CURSOR, above)
        return found is not None and found.right - found.left <= cell.right and found.bottom - found.top <= cell.bottom

    wait_until(is_drawn, lambda: f"a cursor on the screen; {window.complaints}")


def _places(layout: DocumentLayout, left: int, top: int) -> Iterator[Place]:
    row_id: RowId | None = RowId(0)
    y = top
    while row_id is not None:
        row, origin = layout.row(row_id), layout.span(row_id.paragraph)[0]
        yield from (Place(left + cell.x, y, cell.width, origin + cell.start) for cell in row.cells)
        row_id, y = layout.next(row_id), y + 1


@contextmanager
def trial(
    display: XDisplay, terminal: str, *, in_tmux: bool = False, asked: bool = True, options: Sequence[str] = ()
) -> Iterator[Trial]:
    """Run the annotator in a terminal.

    Args:
        display: The display.
        terminal: One of TERMINALS.
        in_tmux: Put a tmux between the two.
        asked: Whether the terminal is asked to leave the order of the text alone.
        options: Of `annotator annotate`.
    """
    with TemporaryDirectory(prefix="annotator-") as folder, ExitStack() as stack:
        home = Path(folder)
        asking = [] if asked else ["--ask-nothing"]
        database = new_database(home / "annotator.db", [PAGE])
        annotate = ["annotate", str(PAGE), "--db", str(database), "--as", "salma", *options]
        program = [sys.executable, "-m", "tests.terminal.real.program", str(home / "log"), *asking, *annotate]
        if in_tmux:
            program = stack.enter_context(tmux(program))
        command = terminal_command(terminal, COLUMNS, ROWS, program)
        window = stack.enter_context(Window(display, command, COLUMNS, ROWS, home))
        yield Trial(window, home / "log", PAGE)
