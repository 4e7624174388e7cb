"""Questions to the terminal, for `doctor` alone: to a program that reads keys, a late answer would be some.

Asked are XTVERSION (the terminal's name), DECRQM of mode 8 (does it know `CSI 8 l`) and, last, DA1, which all terminals
answer (https://invisible-island.net/xterm/ctlseqs/ctlseqs.html): what has not come before it will not come. ENQ goes
first, because PuTTY says its name to nothing else.
"""

from __future__ import annotations

import os
import re
import select
import termios
import time
from collections.abc import Mapping
from dataclasses import dataclass

from annotator.tui.terminals import PRINTING


SECONDS = 0.5

QUESTIONS = b"\x05\x1b[>q\x1b[8$p\x1b[c"
QUESTIONS_FOR_APPLE = b"\x05\x1b[>q\x1b[c"
"""Apple's Terminal prints the last letter of a DECRQM."""

_FENCE = re.compile(rb"\x1b\[\?[0-9;]*c")
_NAME = re.compile(rb"\x1bP>\|(.*?)\x1b\\", re.DOTALL)
_MODE = re.compile(rb"\x1b\[8;([0-4])\$y")


@dataclass(frozen=True, slots=True)
class Answers:
    """What a terminal has said.

    Attributes:
        name: What it calls itself, or "".
        knows_bidi_request: Whether it knows `CSI 8 l`; None where it has not said so. Not to know it proves nothing:
            such a terminal may reorder or not.
    """

    name: str = ""
    knows_bidi_request: bool | None = None


def questions(environ: Mapping[str, str]) -> bytes:
    """What may be asked here, b"" for nothing."""
    if environ.get("TERM", "").split("-")[0] in PRINTING:
        return b""
    return QUESTIONS_FOR_APPLE if environ.get("TERM_PROGRAM") == "Apple_Terminal" else QUESTIONS


def ask(reading: int, writing: int, asked: bytes, seconds: float = SECONDS) -> Answers:
    """Ask the terminal, and leave it as it was, with nothing unread.

    Args:
        reading: A descriptor of the terminal. A program in its background asks nothing.
        writing: Another one, or the same.
        asked: Questions that end with DA1.
        seconds: How long to wait.
    """
    if not asked or not _is_in_foreground(reading):
        return Answers()
    before = termios.tcgetattr(reading)
    silent = [*before]
    silent[3] &= ~(termios.ICANON | termios.ECHO)
    termios.tcsetattr(reading, termios.TCSADRAIN, silent)
    try:
        os.write(writing, asked)
        return understood(_received(reading, seconds))
    finally:
        termios.tcsetattr(reading, termios.TCSAFLUSH, before)


def _is_in_foreground(terminal: int) -> bool:
    """Whether this process may change the terminal without being stopped for it."""
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:  # it is not the terminal of this session
        return False


def understood(received: bytes) -> Answers:
    """What the bytes mean that came back."""
    name, mode = _NAME.search(received), _MODE.search(received)
    said = name[1].decode(errors="replace") if name else "PuTTY" if b"PuTTY" in received else ""
    return Answers(said, mode[1] != b"0" if mode else None)


def _received(reading: int, seconds: float) -> bytes:
    """All that comes up to the answer to the last question, or until the time is over."""
    received, deadline = b"", time.monotonic() + seconds
    while not _FENCE.search(received) and (rest := deadline - time.monotonic()) > 0:
        if select.select([reading], [], [], rest)[0]:
            chunk = os.read(reading, 1 << 10)
            if not chunk:
                break
            received += chunk
    return received
