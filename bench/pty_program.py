"""A full-screen program in a pseudo-terminal, and what somebody at a slow link feels of it: milliseconds and bytes."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType


QUIET = 0.06
"""Seconds without a byte after which a program has finished drawing: Textual draws at least every 1/60 s."""

RESIZE_QUIET = 1.0
"""The same after a resize: some programs draw at once, lay out for long, and draw again."""

SILENT = 0.25
"""Seconds in which a program has not answered a key at all: then it does nothing on it."""

LIMIT = 60.0
"""Seconds that are waited for anything."""

WHOLE_SCREEN = b"\x1b[?1049h"
"""With this, full-screen programs begin to draw."""

REPLIES = ((b"\x1b[6n", b"\x1b[1;1R"), (b"\x1b[c", b"\x1b[?62;22c"), (b"\x1b[?2026$p", b"\x1b[?2026;2$y"))
"""Queries that programs wait for, and what a terminal with synchronized output answers."""

UNKNOWN_MODE = re.compile(rb"\x1b\[\?(?!2026\$)(\d+)\$p")
"""A query for any other mode: the answer is that there is none."""

DROPPED = ("TMUX", "NO_COLOR", "COLORTERM", "COLUMNS", "LINES", "ANNOTATOR_DB")
"""Variables that would make the figures depend on who measures."""


ENVIRONMENT = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "ANNOTATOR_CONFIG": os.devnull}
"""What they are for everybody; no preferences are read."""


@dataclass(frozen=True, slots=True)
class Burst:
    """What a program wrote in answer to something; both times count from there.

    Attributes:
        first_ms: Milliseconds to the first byte; 0 where there was none.
        last_ms: Milliseconds to the last byte; 0 where there was none.
        size: Bytes.
    """

    first_ms: float
    last_ms: float
    size: int


class PtyProgram:
    """A running program. Use it as a context manager: it is killed in the end.

    Args:
        argv: The command.
        columns: The width of its terminal.
        rows: The height.
        folder: Its working directory.
    """

    def __init__(self, argv: Sequence[str], *, columns: int = 100, rows: int = 30, folder: Path | None = None) -> None:
        self.written = b""
        self._master, slave = pty.openpty()
        self._set_size(columns, rows)
        kept = {name: value for name, value in os.environ.items() if name not in DROPPED}
        self._started = time.perf_counter()
        self._process = subprocess.Popen(
            argv,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=folder,
            env={**kept, **ENVIRONMENT},
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> PtyProgram:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    def seconds_until(self, found: Callable[[bytes], bool]) -> float:
        """Read until what was written so far is as wanted.

        Returns:
            Seconds since the program was started.

        Raises:
            RuntimeError: It ended before, or took too long.
        """
        while not found(self.written):
            if not self._read(LIMIT):
                raise RuntimeError(f"the program never showed what was awaited; it ended with {self.written[-300:]!r}")
        return time.perf_counter() - self._started

    def settle(self, quiet: float = 0.5) -> None:
        """Read until the program has taken the whole screen and then been quiet for some seconds.

        Raises:
            RuntimeError: It never does, or never is.
        """
        self.seconds_until(lambda written: WHOLE_SCREEN in written)
        start = time.perf_counter()
        while self._read(quiet):
            if time.perf_counter() - start > LIMIT:
                raise RuntimeError("the program draws without end")

    def press(self, keys: bytes, quiet: float = QUIET, silent: float | None = None) -> Burst:
        """Send keys and read until the program is quiet for some seconds.

        Args:
            keys: What a terminal sends for them.
            quiet: Seconds without a byte, once there were some.
            silent: Seconds that are waited for the first one; SILENT by default.
        """
        start = time.perf_counter()
        os.write(self._master, keys)
        return self._burst(start, quiet, silent)

    def drawn(self, quiet: float) -> Burst:
        """Read what the program writes by itself, until it is quiet for some seconds."""
        return self._burst(time.perf_counter(), quiet, quiet)

    def resize(self, columns: int, rows: int) -> Burst:
        """Give the terminal another size and read until the program is quiet."""
        start = time.perf_counter()
        self._set_size(columns, rows)
        self._process.send_signal(signal.SIGWINCH)  # for the program has no controlling terminal that would do it
        return self._burst(start, RESIZE_QUIET)

    def _burst(self, start: float, quiet: float, silent: float | None = None) -> Burst:
        first = last = 0.0
        size = 0
        while chunk := self._read(quiet if size else silent or SILENT):
            last = (time.perf_counter() - start) * 1000
            first = first if size else last
            size += len(chunk)
        return Burst(first, last, size)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _read(self, wait: float) -> bytes:
        """What comes next; nothing where nothing comes in some seconds, or the program has ended."""
        if not select.select([self._master], [], [], wait)[0]:
            return b""
        try:
            chunk = os.read(self._master, 1 << 16)
        except OSError:  # so Linux says that nobody holds the other side any more
            return b""
        self.written += chunk
        for query, reply in REPLIES:
            if query in chunk:
                os.write(self._master, reply)
        for mode in UNKNOWN_MODE.findall(chunk):
            os.write(self._master, b"\x1b[?" + mode + b";0$y")
        return chunk
