"""Whether this terminal can show the screens, which Textual draws on standard error."""

from __future__ import annotations

import codecs
import os
from collections.abc import Mapping
from typing import TextIO

from annotator.errors import AnnotatorError, TerminalError


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


def bidi_facts(environ: Mapping[str, str], own_name: str = "") -> dict[str, str]:
    """Which terminal this is, and what the screens do about right-to-left text in it.

    Args:
        environ: The environment.
        own_name: What the terminal calls itself, where it was asked.
    """
    from annotator.services.remembering import load, preferences_path
    from annotator.tui.terminals import here, known

    key, found_by = here(environ)
    terminal, chosen, because = known(key), None, "it suits this terminal as it comes"
    try:
        chosen = load(preferences_path(environ)).bidi.get(key)
    except AnnotatorError as error:
        because = f"the preferences cannot be read: {error.message}"
    mode = chosen or terminal.mode
    return {
        "recognised": f"{key} (by {found_by})" if key else "",
        "bidi_mode": mode,
        "because": "it was chosen for this terminal" if chosen else because,
        "bidi": _DOES[mode] + _asked(environ, mode),
        "advice": terminal.advice if chosen else _advice_by(own_name, key) or terminal.advice,
    }


def _advice_by(own_name: str, key: str) -> str:
    """What to do where the terminal calls itself something that another mode suits than the one for `key`."""
    from annotator.tui.terminals import by_its_own_name, known

    own_key = by_its_own_name(own_name)
    terminal = known(own_key)
    if own_key in {"", "tmux", "screen"} or terminal.mode == known(key).mode:
        return ""
    return (
        f"It calls itself {own_name}: `annotator annotate --bidi {terminal.mode}` suits it. {terminal.advice}".strip()
    )


_DOES = {
    "app": "the program reorders and shapes by itself",
    "override": "the program reorders and shapes by itself, and each row forces its order",
    "terminal": "the terminal reorders, and gets each row in an order that it turns into the right one",
}


def _asked(environ: Mapping[str, str], mode: str) -> str:
    from annotator.tui.terminals import PRINTING, is_in_tmux

    request = "CSI 8 h (to reorder)" if mode == "terminal" else "CSI 8 l (not to reorder)"
    term = environ.get("TERM", "").split("-")[0]
    if is_in_tmux(environ):
        return f"; tmux is asked to pass {request} on (needs: set -g allow-passthrough on)"
    if term in PRINTING:
        return f"; TERM={term} is asked nothing"
    return f"; the terminal is asked for {request}"


def size(stream: TextIO | None) -> str:
    """Columns and rows of a terminal, "" of anything else."""
    try:
        found = os.get_terminal_size(stream.fileno() if stream else -1)
    except (OSError, ValueError):
        return ""
    return f"{found.columns}x{found.lines}"
