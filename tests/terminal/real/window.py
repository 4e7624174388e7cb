"""A terminal's window on a virtual screen, and a hand on its mouse and keys."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.terminal.pty_program import environment
from tests.terminal.real.display import HEIGHT, WIDTH, Box, XDisplay
from tests.terminal.real.png import png


SECONDS = 20
"""How long anything may take."""

_AWAY = ("mousemove", str(WIDTH - 1), str(HEIGHT - 1))
"""The server draws the mouse, too: where no window is, it covers nothing."""


def wait_until(holds: Callable[[], Any], what: Callable[[], str], seconds: float = SECONDS) -> None:
    """Look again and again until something holds, and at the deadline fail and say what did not come."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what()}"
        time.sleep(0.002)  # a picture cannot be waited for, only be looked at


class Window:
    """A terminal of `columns` × `rows` at the upper left corner of a display that has no other. A context manager.

    Args:
        display: Where.
        argv: The terminal, and what runs in it.
        columns, rows: Its cells, with nothing around them.
        home: A folder for what the terminal or the program writes into the user's own.
    """

    def __init__(self, display: XDisplay, argv: Sequence[str], columns: int, rows: int, home: Path) -> None:
        self._display, self._columns, self._rows = display, columns, rows
        own = {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), "XDG_STATE_HOME": str(home / "state")}
        self._environment = environment({"DISPLAY": display.name, "COLORTERM": None, **own})
        self._output = (home / "terminal.log").open("w+b")
        self._terminal = subprocess.Popen(argv, env=self._environment, stdout=self._output, stderr=self._output)
        self._cell = (0, 0)
        self._xdo(*_AWAY)

    def __enter__(self) -> Window:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._terminal.terminate()
        self._terminal.wait()
        self._output.close()

    @property
    def complaints(self) -> str:
        """What the terminal says on its own output, or that it has ended."""
        self._output.seek(0)
        ended = "" if self._terminal.poll() is None else f"ended with {self._terminal.returncode}: "
        return ended + self._output.read().decode(errors="replace")

    def measure(self) -> None:
        """Wait for the window and find out how many pixels a cell has."""
        said = self._xdo("search", "--sync", "--onlyvisible", "--name", ".", "getwindowgeometry", "--shell")
        width, height = (int(found) for found in re.findall(r"^(?:WIDTH|HEIGHT)=(\d+)$", said, re.MULTILINE))
        assert (width % self._columns, height % self._rows) == (0, 0), (width, height)
        self._cell = (width // self._columns, height // self._rows)

    # Looking

    def cell(self, x: int, y: int, columns: int = 1, rows: int = 1) -> Box:
        """The pixels of a cell, or of some side by side."""
        width, height = self._cell
        return Box(x * width, y * height, (x + columns) * width, (y + rows) * height)

    def extent(self, colour: bytes, within: Box) -> Box | None:
        """Where a colour (its blue, green and red) is now."""
        return self._display.extent(colour, within)

    @property
    def pixels(self) -> list[bytes]:
        """What it shows, line by line; 4 bytes for each pixel: blue, green, red, and one that says nothing."""
        return list(self._display.lines(self.cell(0, 0, self._columns, self._rows)))

    def screenshot(self, path: Path) -> None:
        """Save a picture, as PNG."""
        path.write_bytes(png(self.pixels))

    # Acting

    def click(self, x: int, y: int, button: int = 1, count: int = 1) -> None:
        """Click at the centre of a cell, more than once if wished."""
        one = ("mousedown", str(button), "mouseup", str(button))  # its own "click" waits for a tenth of a second
        self._xdo(*self._move(x, y), *one * count, *_AWAY)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press the button over one cell, move to another, and let go there."""
        between = ((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)
        moves = (*self._move(*between), *self._move(*end))
        self._xdo(*self._move(*start), "mousedown", "1", *moves, "mouseup", "1", *_AWAY)

    def keys(self, names: str) -> None:
        """Press keys by their X names, such as "w c Down"; they go to the window under the mouse."""
        self._xdo(*self._move(self._columns - 1, self._rows - 1), "key", *names.split(), *_AWAY)

    def _move(self, x: int, y: int) -> tuple[str, ...]:
        box = self.cell(x, y)
        return ("mousemove", str((box.left + box.right) // 2), str((box.top + box.bottom) // 2))

    def _xdo(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words],
            env=self._environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=SECONDS,
        )
        assert done.returncode == 0, f"xdotool {' '.join(words)}: {done.stderr}{self.complaints}"
        return done.stdout
