"""Takes the pictures of the documentation, in real terminals.

python -m tests.terminal.real.pictures FOLDER
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.terminal.pty_program import ANNOTATOR, ROOT
from tests.terminal.real.display import PIXEL, XDisplay
from tests.terminal.real.terminals import missing, terminal_command, tmux
from tests.terminal.real.trial import COLUMNS, ROWS
from tests.terminal.real.window import SECONDS, Window
from tests.terminal.review_keys import labelled
from tests.terminal.running import new_database


SAMPLES = ROOT / "samples"
STILL_SECONDS = 0.8
"""After how long without a change a picture is taken to be the last one."""


@dataclass(frozen=True)
class Picture:
    """A picture of the documentation.

    Attributes:
        name: Of the file, without its extension.
        page: What of the samples is open.
        who: Whose labels are shown.
        keys: What is pressed before it is taken.
        is_review: Whether the page is open for review, labelled by three simulated annotators.
    """

    name: str
    terminal: str
    page: str = "vocalised-notice.txt"
    who: str = "salma"
    keys: str = "Down Down space space c Down Down w w w space s Down space space c Down Down Home"
    in_tmux: bool = False
    is_review: bool = False


PICTURES = (
    Picture("annotate", "xterm", page="wire-flat.txt", who="example", keys="Tab Tab Tab Tab"),
    Picture("review", "xterm", page="syndicated-copy-a.txt", who="nadia", keys="Tab Tab Tab Tab", is_review=True),
    Picture("xterm", "xterm"),
    Picture("vte", "VTE"),
    Picture("mlterm", "mlterm"),
    Picture("tmux", "VTE", in_tmux=True),
)


def take(display: XDisplay, picture: Picture, folder: Path) -> Path:
    """Take a picture; the file."""
    with TemporaryDirectory(prefix="annotator-") as home, ExitStack() as stack:
        database = Path(home) / "annotator.db"
        page = SAMPLES / "pages" / picture.page
        program: Sequence[str]
        if picture.is_review:
            labelled(database, [page], seed=3)
            program = [*ANNOTATOR, "review", page.stem, "--db", str(database), "--as", picture.who]
        else:
            new_database(database, [SAMPLES])
            program = [*ANNOTATOR, "annotate", str(page), "--db", str(database), "--as", picture.who]
        if picture.in_tmux:
            program = stack.enter_context(tmux(program))
        command = terminal_command(picture.terminal, COLUMNS, ROWS, program)
        window = stack.enter_context(Window(display, command, COLUMNS, ROWS, Path(home)))
        window.measure()
        _wait_until_still(window)
        window.keys(picture.keys)
        _wait_until_still(window)
        path = folder / f"{picture.name}.png"
        window.screenshot(path)
        return path


def _wait_until_still(window: Window) -> None:
    pixels, since = window.pixels, time.monotonic()
    deadline = since + SECONDS
    while time.monotonic() < since + STILL_SECONDS or _is_empty(pixels):
        assert time.monotonic() < deadline, f"not still after {SECONDS} s; {window.complaints}"
        if (now := window.pixels) != pixels:
            pixels, since = now, time.monotonic()


def _is_empty(pixels: Sequence[bytes]) -> bool:
    """Whether there is a paper only, and perhaps a terminal's own cursor."""
    return len({line[at : at + PIXEL] for line in pixels for at in range(0, len(line), PIXEL)}) <= 3


def main() -> None:
    """Take all of them."""
    folder = Path(sys.argv[1])
    if reason := missing(*(picture.terminal for picture in PICTURES), "tmux"):
        sys.exit(reason)
    with XDisplay() as display:
        for picture in PICTURES:
            path = take(display, picture, folder)
            print(path, path.stat().st_size)


if __name__ == "__main__":
    main()
