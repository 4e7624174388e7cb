"""A program on a real pseudo-terminal, with a terminal's answers and a picture of the screen.

Nothing here sleeps: every wait is a select on the terminal or on the process, with a deadline that fails loudly.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.terminal.xterm import Display, answers


ROOT = Path(__file__).resolve().parents[2]
ANNOTATOR = (sys.executable, "-m", "annotator")

UP, DOWN, RIGHT, LEFT = b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D"
PAGE_UP, PAGE_DOWN, HOME, END, CTRL_END = b"\x1b[5~", b"\x1b[6~", b"\x1b[H", b"\x1b[F", b"\x1b[1;5F"
ENTER, ESCAPE, TAB = b"\r", b"\x1b", b"\t"

_TAKE_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"
)
"""What a login shell's parent does: the terminal becomes the controlling one, whose end is a SIGHUP."""

_NOT_INHERITED = re.compile(
    "TMUX|STY|TERM|COLORTERM|NO_COLOR|COLUMNS|LINES|LANG|LC_|PYTHON|TEXTUAL|ANNOTATOR_|VTE_|KONSOLE|KITTY|MLTERM|WT_|XTERM"
)


def environment(changes: Mapping[str, str | None]) -> dict[str, str]:
    """An environment as of a login on a UTF-8 xterm, with changes; None takes a variable away."""
    kept = {name: value for name, value in os.environ.items() if not _NOT_INHERITED.match(name)}
    plain = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    plain["ANNOTATOR_CONFIG"] = os.devnull  # nobody's own preferences
    return {name: value for name, value in {**kept, **plain, **changes}.items() if value is not None}


def state(pid: int) -> str:
    """A process's state by the kernel: "R" where it runs, "S" where it waits, "T" where it is stopped."""
    return _facts(pid)[0]


def _facts(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


class PtyProgram:
    """A child process that leads a session on its own terminal. Use it as a context manager.

    Args:
        argv: Program and arguments.
        columns, rows: The terminal's size.
        env: Changes to a plain environment; None takes a variable away.
        cwd: The working directory.
        answers: Whether the terminal answers queries as xterm does.
        redirected: File descriptors in place of the terminal, by the names of Popen: stdin, stdout, stderr.
        controlling: Whether the terminal is the session's own, so that its end is a SIGHUP.

    Attributes:
        raw: All bytes that the program wrote to the terminal.
        answered: The queries that the terminal answered.
        display: The screen.
        pid: The process.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
        answers: bool = True,
        redirected: Mapping[str, int] | None = None,
        controlling: bool = True,
    ) -> None:
        self.raw = bytearray()
        self.answered: list[bytes] = []
        self.display = Display(columns, rows)
        self._unanswered = 0
        self._answers = answers
        self._terminal, inner = os.openpty()
        self._set_size(columns, rows)
        streams: dict[str, Any] = {"stdin": inner, "stdout": inner, "stderr": inner, **(redirected or {})}
        takes = controlling and streams["stdin"] == inner
        self._process = subprocess.Popen(
            [sys.executable, "-ISc", _TAKE_TERMINAL, *argv] if takes else list(argv),
            **streams,
            env=environment(env or {}),
            cwd=cwd,
            start_new_session=True,
        )
        self.pid = self._process.pid
        self._exit = os.pidfd_open(self.pid)
        os.close(inner)

    def __enter__(self) -> PtyProgram:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        os.close(self._exit)
        self.hang_up()

    # Reading

    def read(self, seconds: float) -> bytes:
        """What arrives first within some seconds, or b"" if nothing does or the terminal is closed."""
        if self._terminal < 0 or not select.select([self._terminal], [], [], max(seconds, 0))[0]:
            return b""
        try:
            chunk = os.read(self._terminal, 1 << 16)
        except OSError:  # EIO: nobody has the other side open any more
            return b""
        self.raw += chunk
        self.display.feed(chunk)
        if self._answers:
            self._answer()
        return chunk

    def _answer(self) -> None:
        for query, answer, end in answers(self.raw, self._unanswered):
            self.answered.append(query)
            self._unanswered = end
            self.send(answer)

    def wait_until(self, holds: Callable[[], Any], seconds: float = 20, what: str = "") -> None:
        """Read until something holds, and fail with the screen at the deadline."""
        deadline = time.monotonic() + seconds
        while not holds():
            rest = deadline - time.monotonic()
            assert rest > 0, f"not within {seconds} s: {what or holds}\n{self.text}\nlast bytes: {self.raw[-300:]!r}"
            if not self.read(min(rest, 0.05)) and self._has_ended() and not self.read(0):
                assert holds(), f"the program ended before: {what or holds}\n{self.text}"

    def wait_for(self, text: str, seconds: float = 20) -> None:
        """Read until a text stands on the screen."""
        self.wait_until(lambda: text in self.text, seconds, f"{text!r} on the screen")

    def wait_for_bytes(self, data: bytes, after: int = 0, seconds: float = 20) -> int:
        """Read until these bytes came behind a place in `raw`, and return where they start."""
        self.wait_until(lambda: self.raw.find(data, after) >= 0, seconds, f"bytes {data!r}")
        return self.raw.index(data, after)

    def settle(self, quiet: float = 0.2, seconds: float = 20) -> bytes:
        """Read until nothing came for `quiet` seconds, and return what came."""
        start, deadline = len(self.raw), time.monotonic() + seconds
        while self.read(quiet):
            assert time.monotonic() < deadline, f"still writing after {seconds} s\n{self.text}"
        return bytes(self.raw[start:])

    @property
    def text(self) -> str:
        """The screen as pyte shows it, row by row from the left."""
        return "\n".join(self.display.rows)

    # Acting

    def send(self, data: bytes) -> None:
        """Type these bytes."""
        os.write(self._terminal, data)

    def press(self, *keys: bytes, quiet: float = 0.05) -> bytes:
        """Type keys one by one, each when the screen is quiet after the one before; return what was drawn."""
        start = len(self.raw)
        for key in keys:
            before = len(self.raw)
            self.send(key)
            self.wait_until(partial(self._has_more, before), what=f"an answer to {key!r}")
            self.settle(quiet)
        return bytes(self.raw[start:])

    def _has_more(self, than: int) -> bool:
        return len(self.raw) > than

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size; the kernel then sends SIGWINCH."""
        self.display.screen.resize(rows, columns)
        self._set_size(columns, rows)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def kill(self, number: signal.Signals) -> None:
        """Send a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as a lost connection does."""
        if self._terminal >= 0:
            os.close(self._terminal)
            self._terminal = -1

    # Ending

    @property
    def modes(self) -> list[Any]:
        """The terminal's line settings, as termios gives them."""
        return termios.tcgetattr(self._terminal)

    @property
    def is_stopped(self) -> bool:
        """Whether it is stopped, as job control does it."""
        return state(self.pid) == "T"

    def wait_stuck(self, seconds: float = 10, pause: float = 0.3) -> None:
        """Wait, without reading, until the program has used no processor time for a pause: it waits for a reader."""
        deadline, before = time.monotonic() + seconds, -1
        while before != (used := self._processor_time()):
            assert time.monotonic() < deadline, f"still busy after {seconds} s"
            before = used
            select.select([self._exit], [], [], pause)

    def _processor_time(self) -> int:
        fields = _facts(self.pid)
        return int(fields[11]) + int(fields[12])

    def _has_ended(self) -> bool:
        return bool(select.select([self._exit], [], [], 0)[0])

    def wait_exit(self, seconds: float = 10, *, reading: bool = True) -> tuple[int, float]:
        """Wait for the end; return the exit code, negative for a signal, and the seconds it took."""
        start = time.monotonic()
        while (rest := start + seconds - time.monotonic()) > 0:
            watched = [self._exit, self._terminal] if reading and self._terminal >= 0 else [self._exit]
            ready = select.select(watched, [], [], rest)[0]
            if self._exit in ready:
                break
            if ready and not self.read(0):
                reading = False
        assert self._has_ended(), f"still running after {seconds} s\n{self.text}"
        took = time.monotonic() - start
        with suppress(OSError):
            while self.read(0):
                pass
        return self._process.wait(), took
