"""The only writer of standard output, which carries data and nothing else, always in UTF-8.

Whatever comes from documents, annotators or files passes through `visible` on its way, because a terminal obeys
control characters. Only JSON and what is asked for verbatim go unchanged, and these only where no terminal reads.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import typer

from annotator.cli.diagnostics import ExitCode
from annotator.errors import DataError
from annotator.text.visible import visible


_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What JSON may hold as it is and a terminal obeys: DEL, C1, line ends and every bidi control. C0 is escaped anyway."""


def lines(texts: Iterable[str]) -> None:
    """Write lines of text for people."""
    _write("".join(f"{visible(text)}\n" for text in texts).encode())


def verbatim(text: str) -> None:
    """Write a text as it is, or, on a terminal, what may be drawn of it."""
    if is_terminal():
        lines(text.split("\n"))
    else:
        _write(text.encode())


def json(value: Any) -> None:
    """Write a value as one line of JSON."""
    import orjson

    json_line(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))


def json_line(line: bytes) -> None:
    """Write a line that is JSON already. On a terminal more of it is escaped, and it stays the same JSON."""
    if is_terminal():
        line = _UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", line.decode()).encode()
    _write(line)


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write columns, as wide as their widest cell; numbers to the right."""
    from wcwidth import wcswidth

    cells = [[visible(str(cell)) for cell in row] for row in (header, *rows)]
    widths = [[max(wcswidth(cell), 0) for cell in row] for row in cells]
    columns = [max(column) for column in zip(*widths, strict=True)]
    numbers = [bool(rows) and all(isinstance(cell, int) for cell in column) for column in zip(*rows, strict=True)]
    lines(
        "  ".join(
            " " * (column - width) + cell if number else cell + " " * (column - width)
            for cell, width, column, number in zip(row, row_widths, columns, numbers or [False] * len(row), strict=True)
        ).rstrip()
        for row, row_widths in zip(cells, widths, strict=True)
    )


def is_terminal() -> bool:
    """Whether standard output goes to a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def flush() -> None:
    """Send out what is still held back; call it at the end, so that nothing fails after it."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError as error:
        _give_up(error)


def _write(data: bytes) -> None:
    if sys.stdout is None:
        raise DataError("standard output is closed")
    try:
        sys.stdout.buffer.write(data)
    except OSError as error:
        _give_up(error)


def _give_up(error: OSError) -> None:
    """End because of standard output, and keep the interpreter from failing on it once more on its way out.

    Raises:
        Exit: Its reader went away: that is its right, and nothing is said.
        DataError: It cannot be written for another reason.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if isinstance(error, BrokenPipeError):
        raise typer.Exit(ExitCode.PIPE_CLOSED) from error
    raise DataError(f"cannot write: {error.strerror}", source="standard output") from error
