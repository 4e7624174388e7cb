"""Which terminal this is, and what is known of it: who reorders right-to-left text there, and whether it can be told.

Nothing is asked of the terminal itself: its answer could come late, and would then press keys in the app. What is known
comes from variables, which a terminal hands down to what runs in it, and from tmux, which has asked already. Programs
in other terminals may have inherited them, and SSH hands on nothing but TERM: so this can be wrong, and what a user has
chosen for a terminal goes first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from annotator.errors import N_
from annotator.services.preferences import BidiMode


@dataclass(frozen=True, slots=True)
class Terminal:
    """A kind of terminal.

    Attributes:
        mode: The mode that suits it as it comes.
        is_uncertain: Whether another mode would suit it after a change of its settings, and nothing tells us of it.
        advice: What to set there, or "".
    """

    mode: BidiMode = "app"
    is_uncertain: bool = False
    advice: str = ""


class Recognised(NamedTuple):
    """A terminal by name.

    Attributes:
        key: What choices for it are remembered under.
        by: What told it: a variable, or tmux.
    """

    key: str
    by: str


TERMINALS: dict[str, Terminal] = {
    "konsole": Terminal(
        "terminal",
        is_uncertain=True,
        advice=N_(
            "Konsole reorders by itself and cannot be told. Better: switch bidirectional text rendering off in its "
            "profile, under Appearance, and take the mode app."
        ),
    ),
    "putty": Terminal(
        "terminal",
        is_uncertain=True,
        advice=N_(
            "PuTTY reorders by itself and cannot be told. Better: under Terminal, Features, disable Arabic text "
            "shaping and bidirectional text display, and take the mode app."
        ),
    ),
    "apple": Terminal(
        "terminal",
        is_uncertain=True,
        advice=N_("Apple's Terminal reorders by itself and has no setting for it. Other terminals for macOS have."),
    ),
    "kitty": Terminal(
        is_uncertain=True,
        advice=N_("kitty turns each Arabic word round unless its kitty.conf says: force_ltr yes"),
    ),
    "iterm": Terminal(advice=N_("Leave iTerm2's experimental support for right-to-left text off.")),
    "wezterm": Terminal(advice=N_("Leave WezTerm's bidi_enabled at its default, which is false.")),
    "vscode": Terminal(advice=N_("Leave terminal.integrated.gpuAcceleration of VS Code at its default.")),
    "mlterm": Terminal(advice=N_("Inside tmux, mlterm needs in ~/.tmux.conf: set -g allow-passthrough on")),
    "linux": Terminal(),
    "screen": Terminal("override"),
    "tmux": Terminal("override"),
}
"""Those of which there is something to say; all others can be told, or never reorder, as far as is known."""

IN_TMUX = "tmux-"
"""Stands before the name of a terminal around tmux."""

_TERM = re.compile(
    "(?:xterm-)?(alacritty|contour|foot|ghostty|gnome|iterm|kitty|konsole|linux|mintty|mlterm|nsterm|putty|rxvt|screen"
    "|st|tmux|vte|wezterm)(?![a-z])"
)
_OTHER_NAMES = {"gnome": "vte", "nsterm": "apple"}
_PROGRAMS = {
    "Apple_Terminal": "apple",
    "WezTerm": "wezterm",
    "ghostty": "ghostty",
    "iTerm.app": "iterm",
    "mintty": "mintty",
    "vscode": "vscode",
}
# Variables outlive the terminal that set them where another one is started from it: first those to be careful with.
_VARIABLES = {
    "KONSOLE_VERSION": "konsole",
    "KITTY_WINDOW_ID": "kitty",
    "MLTERM": "mlterm",
    "WT_SESSION": "windows-terminal",
    "VTE_VERSION": "vte",
    "XTERM_VERSION": "xterm",
}

PRINTING = {"linux", "screen", "vt100", "vt220", "ansi"}
"""By TERM up to its first hyphen: what these do not know they may print."""

TMUX_SECONDS = 1.0
TMUX_FACTS = "#{client_termtype}|#{client_termname}"


def here(environ: Mapping[str, str]) -> Recognised:
    """The terminal that a program with this environment draws on; inside tmux, tmux is asked."""
    return recognise(environ, _tmux_facts(environ.get("TMUX_PANE", "")) if environ.get("TMUX") else "")


def recognise(environ: Mapping[str, str], tmux_facts: str = "") -> Recognised:
    """The same without asking.

    Args:
        environ: The environment.
        tmux_facts: What tmux says to `TMUX_FACTS`.
    """
    if environ.get("TMUX"):
        return _in_tmux(environ, tmux_facts)
    term, program = environ.get("TERM", ""), _PROGRAMS.get(environ.get("TERM_PROGRAM", ""))
    if environ.get("STY"):
        return Recognised("screen", "STY")
    if name := _of_term(term):
        return Recognised(name, "TERM")
    if program:
        return Recognised(program, "TERM_PROGRAM")
    return next(
        (Recognised(name, variable) for variable, name in _VARIABLES.items() if environ.get(variable)),
        Recognised(term, "TERM"),
    )


def known(key: str) -> Terminal:
    """What is known of a terminal that was recognised.

    tmux may keep what is asked of the terminal to itself, and where it does not, VTE still reorders the rows that were
    in use before. So rows must force their order there, but for terminals that give a column to what forces it: mlterm
    and the Linux console.
    """
    outer = key.removeprefix(IN_TMUX)
    return TERMINALS.get(outer, Terminal() if outer == key else TERMINALS["tmux"])


def is_in_tmux(environ: Mapping[str, str]) -> bool:
    """Whether tmux is in between; one on the user's side of an SSH connection leaves nothing but its TERM here."""
    return bool(environ.get("TMUX")) or environ.get("TERM", "").startswith("tmux")


def by_its_own_name(name: str) -> str:
    """The terminal that calls itself "kitty(0.26.5)" or "Konsole 22.12.3" (xterm's XTVERSION), or ""."""
    found = re.match("[A-Za-z]*", name)
    return found[0].lower() if found else ""


def _in_tmux(environ: Mapping[str, str], facts: str) -> Recognised:
    if facts.count("|") != 1:
        return Recognised("tmux", "TMUX")
    own_name, term = facts.strip().split("|")
    # mlterm does not say its name. The variable can be out of date; no harm then, as it is told like most others.
    name = by_its_own_name(own_name) or _of_term(term) or ("mlterm" if environ.get("MLTERM") else term)
    return Recognised(IN_TMUX + name, "tmux")


def _of_term(term: str) -> str:
    found = _TERM.match(term)
    return _OTHER_NAMES.get(found[1], found[1]) if found else ""


def _tmux_facts(pane: str) -> str:
    """What tmux knows; "" where it does not answer."""
    import subprocess

    command = ["tmux", "display-message", "-p", *(["-t", pane] if pane else []), TMUX_FACTS]
    try:
        done = subprocess.run(  # noqa: S603  # no shell, and tmux takes the pane for nothing but a name
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=TMUX_SECONDS, check=True, encoding="utf-8"
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""
    return done.stdout
