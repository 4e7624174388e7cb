"""Whether this terminal can show the screens, which Textual draws on standard error."""

from __future__ import annotations

import codecs
import os
from collections.abc import Mapping
from typing import TextIO

from annotator.errors import TerminalError


def check_terminal(stdin: TextIO | None, stderr: TextIO | None, environ: Mapping[str, str]) -> None:
    """Refuse before anything is imported or drawn.

    Raises:
        TerminalError: Input or screen are no terminal, or one that cannot move the cursor or show Arabic.
    """
    if not is_terminal(stdin):
        raise TerminalError(
            "keys are read from a terminal, and standard input is none",
            hint="Run it in a terminal; over SSH with `ssh -t`. `annotator import` needs none.",
        )
    if stderr is None or not is_terminal(stderr):
        raise TerminalError(
            "the screen is drawn on standard error, which is no terminal",
            hint="Leave the redirection of standard error out. `annotator import` needs no terminal.",
        )
    term = environ.get("TERM", "")
    if term in {"", "dumb", "unknown"}:
        raise TerminalError(
            f"this terminal (TERM={term}) cannot move the cursor",
            hint="Set TERM to what the terminal is, for example TERM=xterm-256color.",
        )
    if not is_utf8(stderr.encoding):
        raise TerminalError(
            f"this terminal is set to {stderr.encoding}, which has no Arabic",
            hint="Set a UTF-8 locale, for example LC_ALL=C.UTF-8, and leave PYTHONIOENCODING unset.",
        )


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is there, open, and a terminal."""
    return stream is not None and not stream.closed and stream.isatty()


def is_utf8(encoding: str) -> bool:
    """Whether this is one of the names of UTF-8."""
    try:
        return codecs.lookup(encoding).name == "utf-8"
    except LookupError:
        return False


def bidi_plan(environ: Mapping[str, str]) -> str:
    """What the screens do about right-to-left text in this terminal."""
    term = environ.get("TERM", "")
    if environ.get("TMUX"):
        asked = "tmux is asked to pass CSI 8 l on (needs: set -g allow-passthrough on)"
    elif term.split("-")[0] in {"linux", "screen", "vt100", "vt220", "ansi"}:
        asked = f"TERM={term} is asked nothing"
    else:
        asked = "the terminal is asked for CSI 8 l (no reordering of its own)"
    return f"the program reorders and shapes by itself; {asked}"


def size(stream: TextIO | None) -> str:
    """Columns and rows of a terminal, "" of anything else."""
    try:
        found = os.get_terminal_size(stream.fileno() if stream else -1)
    except (OSError, ValueError):
        return ""
    return f"{found.columns}x{found.lines}"
