"""The only writer of standard error, and the exit codes."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable
from contextlib import suppress
from enum import IntEnum
from pathlib import Path

from annotator import errors
from annotator.text.visible import visible


class ExitCode(IntEnum):
    """What the program ends with.

    Attributes:
        OK: All done; also an import that rejected some records, without `--strict`.
        CHECK_FAILED: The check that was asked for found something.
        USAGE: The command, its arguments, a schema or the terminal is not right.
        DATA: Input that cannot be read or stored, output that cannot be written.
        STORE: The database cannot be opened, read or written.
        INTERNAL: A mistake of the program itself; 70 is EX_SOFTWARE of sysexits.h.
        INTERRUPTED: Ctrl-C; 128 + SIGINT.
        PIPE_CLOSED: Whoever read standard output went away; 128 + SIGPIPE, as of other programs in a pipe.
    """

    OK = 0
    CHECK_FAILED = 1
    USAGE = 2
    DATA = 3
    STORE = 4
    INTERNAL = 70
    INTERRUPTED = 130
    PIPE_CLOSED = 141


CODES: dict[type[errors.AnnotatorError], ExitCode] = {
    errors.UsageError: ExitCode.USAGE,
    errors.SchemaError: ExitCode.USAGE,
    errors.TerminalError: ExitCode.USAGE,
    errors.DataError: ExitCode.DATA,
    errors.OffsetError: ExitCode.DATA,
    errors.OperationError: ExitCode.DATA,
    errors.StoreError: ExitCode.STORE,
}


def message(text: str) -> None:
    """Write one line, whatever the text: names and file names in it may hold control characters."""
    _write(f"{visible(text)}\n")


def report(error: BaseException, *, debug: bool) -> ExitCode:
    """Tell of an error in a line or two, with the traceback in debugging, and say how to end.

    A traceback names functions and lines; the values of variables, and with them articles, it never shows.
    """
    if debug:
        for line in "".join(traceback.format_exception(error)).splitlines():
            message(line)
    if isinstance(error, errors.AnnotatorError):
        explain(error.message, error.hint)
        return CODES.get(type(error), ExitCode.INTERNAL)
    hint = "" if debug else "; run again with --debug for a traceback"
    message(f"annotator: internal error: {type(error).__name__} in {_place(error)}{hint}")
    return ExitCode.INTERNAL


def explain(problem: str, hint: str) -> None:
    """Write what is wrong, and below it what to do about it."""
    message(f"annotator: {problem}")
    if hint:
        message(f"  {hint}")


def list_some(lines: Iterable[str], number: int, rest: str) -> None:
    """Write the first lines, and how many more there are: `rest` says where they are found."""
    more = 0
    for index, line in enumerate(lines):
        if index < number:
            message(line)
        else:
            more += 1
    if more:
        message(f"… and {more:,} more; {rest}")


class Counter:
    """A line that counts up in place, on a terminal only."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._shown = False

    def show(self, number: int) -> None:
        """Show how far it is."""
        if is_terminal():
            self._shown = True
            _write(f"\r{number:,} {self._what}\x1b[K")

    def close(self) -> None:
        """Take the line away."""
        if self._shown:
            _write("\r\x1b[K")


def is_terminal() -> bool:
    """Whether people watch standard error."""
    return sys.stderr is not None and sys.stderr.isatty()


def _write(text: str) -> None:
    # Nobody listening is no reason to stop an import half way.
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(text)
        sys.stderr.flush()


def _place(error: BaseException) -> str:
    """The line of this program that the error came through last."""
    package = Path(__file__).resolve().parents[1]
    found = "an unknown place"
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        if path.is_relative_to(package):
            found = f"{path.relative_to(package.parent)}:{frame.lineno}"
    return found
