"""A program that is spoken to in lines, and that can neither block nor outlive whoever speaks to it."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from time import monotonic

from annotator.errors import DataError


LONGEST_LINE = 64 * 1024 * 1024
"""Bytes of a line of the program; one that writes more without a line break has gone wrong."""

GRACE = 0.5
"""Seconds that a program has to end by itself."""

_CHUNK = 64 * 1024
_LAST_WORDS = 200  # fewer than a line for people may have
_TO_DIE = 2.0


class LineProcess:
    """A running program with its own process group, on pipes that never block.

    What it writes to standard error is read whenever it is waited for, and the end of that is kept.
    """

    def __init__(self, command: Sequence[str], cwd: str | Path | None = None) -> None:
        """Start it.

        Args:
            command: The program and its arguments; no shell.
            cwd: Its working directory, else that of this process, as the environment is.

        Raises:
            OSError: It cannot be started.
        """
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(  # noqa: S603  # to run what the user names is the purpose
            list(command), stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0, cwd=cwd, start_new_session=True
        )
        streams = (self._process.stdin, self._process.stdout, self._process.stderr)
        self._in, self._out, self._err = (stream.fileno() for stream in streams if stream)
        for descriptor in (self._in, self._out, self._err):
            os.set_blocking(descriptor, False)
        self._unsent, self._received, self._searched = bytearray(), bytearray(), 0
        self._listens, self._open = True, {self._out, self._err}
        self._last_words = b""

    @property
    def last_words(self) -> str:
        """The end of what it wrote to standard error, on one line."""
        return " ".join(self._last_words.decode("utf-8", "replace").split())

    def answers(self, line: bytes, timeout: float) -> Iterator[bytes]:
        r"""Send it a line, and give the lines that it writes as they come, until the caller has seen enough.

        What a caller leaves is given to the next one.

        Args:
            line: What to send, with its line break.
            timeout: Seconds for all of it, sending included.

        Yields:
            Lines without the line break, which is "\n" and nothing else.

        Raises:
            DataError: The time is over, the program has closed its output, or a line is too long.
        """
        self._unsent += line
        deadline = monotonic() + timeout
        while True:
            while (complete := self._next_line()) is not None:
                yield complete
            if monotonic() >= deadline:
                raise DataError(f"gave no answer within {timeout:g} s")
            self._exchange(deadline - monotonic())

    def _next_line(self) -> bytes | None:
        found = self._received.find(b"\n", self._searched)
        if found < 0:
            self._searched = len(self._received)
            if self._searched > LONGEST_LINE:
                raise DataError(f"wrote a line of more than {LONGEST_LINE} bytes")
            return None
        line = bytes(self._received[:found])
        del self._received[: found + 1]
        self._searched = 0
        return line

    def _exchange(self, seconds: float) -> None:
        """Wait until something can be read or sent, and do it."""
        sending = bool(self._unsent) and self._listens
        ready = _ready(self._open, [self._in] if sending else [], seconds)
        if self._in in ready:
            self._send()
        received = self._read(ready)
        if self._out not in self._open:
            raise DataError("ended")
        self._received += received

    def _send(self) -> None:
        try:
            sent = os.write(self._in, self._unsent[:_CHUNK])
            del self._unsent[:sent]
        except BrokenPipeError:  # it may have answered all the same
            self._listens = False

    def _read(self, ready: set[int]) -> bytes:
        """Read what can be read; returns what came on standard output."""
        received = {descriptor: os.read(descriptor, _CHUNK) for descriptor in ready & self._open}
        self._open -= {descriptor for descriptor, read in received.items() if not read}
        self._last_words = (self._last_words + received.get(self._err, b""))[-_LAST_WORDS:]
        return received.get(self._out, b"")

    def close(self, grace: float = GRACE) -> int | None:
        """Close its input, and end it and everything that it has started.

        Args:
            grace: Seconds that it has to end by itself once its input is closed.

        Returns:
            Its exit code, negative for a signal; None where the system does not let it be ended.
        """
        process = self._process
        if process.stdin and not process.stdin.closed:
            process.stdin.close()
            deadline = monotonic() + grace
            while self._open and monotonic() < deadline:  # an end of its outputs is taken for its own
                self._read(_ready(self._open, [], deadline - monotonic()))
            # Its group is killed before it is waited for: until then its number cannot be that of another program.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            with suppress(subprocess.TimeoutExpired):
                process.wait(_TO_DIE)
            for stream in (process.stdout, process.stderr):
                if stream:
                    stream.close()
        return process.returncode


def _ready(reading: Iterable[int], writing: Iterable[int], seconds: float) -> set[int]:
    """The descriptors with which something can be done, after that many seconds at most."""
    with DefaultSelector() as selector:
        for descriptor in reading:
            selector.register(descriptor, EVENT_READ)
        for descriptor in writing:
            selector.register(descriptor, EVENT_WRITE)
        return {key.fd for key, _ in selector.select(seconds)}
