"""Inside tmux: drawing, keys, clicks, and coming back."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.tui.bidi_modes import FORCE_ORDER
from annotator.tui.driver import BIDI_OFF
from tests.terminal.pty_program import ANNOTATOR, ENTER, PtyProgram, environment
from tests.terminal.running import PAGES, STRIP, WHO, label, row, stored


COLUMNS, ROWS = 100, 30


class Tmux:
    """A tmux server of its own, with a session that runs the annotator; the environment is a plain terminal's."""

    def __init__(self, folder: Path, database: Path) -> None:
        self._tmux = ["tmux", "-u", "-S", str(folder / "socket"), "-f", str(folder / "conf")]
        settings = ["status off", "mouse on", "allow-passthrough on", "escape-time 0", "remain-on-exit off"]
        (folder / "conf").write_text("".join(f"set -g {setting}\n" for setting in settings))
        program = shlex.join([*ANNOTATOR, "annotate", "--db", str(database), "--as", WHO])
        self.run("new-session", "-d", "-s", "work", "-x", str(COLUMNS), "-y", str(ROWS), program)

    def run(self, *arguments: str) -> str:
        """Run a tmux command and return what it prints."""
        done = subprocess.run(
            [*self._tmux, *arguments], env=environment({}), capture_output=True, check=True, encoding="utf-8"
        )
        return done.stdout

    def attach(self, columns: int = COLUMNS, rows: int = ROWS) -> PtyProgram:
        """Show the session on a terminal."""
        return PtyProgram([*self._tmux, "attach", "-t", "work"], columns=columns, rows=rows)

    def pane(self) -> list[str]:
        """The rows of the pane as tmux has them, without what forces their order."""
        pane = self.run("capture-pane", "-p", "-t", "work").replace(FORCE_ORDER, "")
        return [line.rstrip() for line in pane.split("\n")][:-1]

    def end(self) -> None:
        """End the server and what runs in it."""
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)


@pytest.fixture
def tmux(database: Path) -> Iterator[Tmux]:
    """The annotator in tmux."""
    if shutil.which("tmux") is None:
        pytest.skip("needs tmux")
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:  # a socket's path must be short
        server = Tmux(Path(folder), database)
        yield server
        server.end()


def seen(program: PtyProgram) -> list[str]:
    """The rows of the screen."""
    return [line.rstrip() for line in program.display.rows]


def open_first(program: PtyProgram) -> None:
    program.wait_for("q quit")
    program.send(ENTER)
    program.wait_for("q list")
    program.settle()


def test_it_shows_the_same_as_without_and_labels_by_keys(tmux: Tmux, database: Path) -> None:
    with tmux.attach() as program:
        open_first(program)
        assert "ﻝﺎﻤﻋ" in program.text
        program.send(b"w")
        label(program, b"c", "Claim")
        program.settle()
        assert tmux.pane() == seen(program)
    assert stored(database) == [("claim", 5, 10)]


def test_the_outer_terminal_is_told_not_to_reorder(tmux: Tmux) -> None:
    with tmux.attach() as program:
        program.wait_for("q quit")
        program.settle()
        tmux.run("respawn-pane", "-k", "-t", "work")  # start again, now that somebody is there to be told
        program.wait_for_bytes(BIDI_OFF.encode())
        program.wait_for("q quit")


def test_a_click_goes_to_the_cell_that_it_points_at(tmux: Tmux, database: Path) -> None:
    with tmux.attach() as program:
        open_first(program)
        y = next(y for y, line in enumerate(seen(program)) if "ﺓﺪﻧﺮﺳ" in line)
        x = seen(program)[y].index("ﺓﺪﻧﺮﺳ")
        click = f"\x1b[<0;{x + 1};{y + 1}"
        program.send(f"{click}M{click}m".encode())
        program.settle()
        label(program, b"s", "Source")
        assert "ﺓﺪﻧﺮﺳ" in row(program, STRIP)
    ((_, start, end),) = stored(database)
    assert (PAGES / "wire-flat.txt").read_text(encoding="utf-8")[start:end] == "سرندة"


def test_detached_and_attached_again_it_is_all_there(tmux: Tmux, database: Path) -> None:
    with tmux.attach() as program:
        open_first(program)
        program.send(b"w")
        label(program, b"c", "Claim")
        program.settle()
        before = seen(program)
        tmux.run("detach-client", "-s", "work")
        program.wait_exit()
    with tmux.attach() as program:
        program.wait_until(lambda: seen(program) == before, what="the same screen")
    with tmux.attach(80, 24) as program:
        program.wait_for("saved: Claim")
        program.send(b"w")
        label(program, b"s", "Source")
    assert [name for name, *_ in stored(database)] == ["claim", "source"]
