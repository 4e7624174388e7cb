"""The terminal: told who reorders while the app runs, and a way out that a dead link cannot block."""

from __future__ import annotations

import codecs
import os
import select
import signal
from collections.abc import Callable, Mapping
from functools import partial
from threading import Thread
from typing import Any

from textual.app import App
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver
from textual.events import MouseEvent
from textual.message import Message

from annotator.services.preferences import BidiMode
from annotator.tui import bidi_modes
from annotator.tui.terminals import PRINTING, is_in_tmux


STDERR = 2
"""Where Textual draws."""

EXIT_SECONDS = 2.0

SIGNALS = {signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH}
"""What the main thread handles."""

_LEFT_TO_RIGHT = "\x1b[1 k\x1b[?2501l\x1b[?1243l"
"""Left-to-right paragraphs, no direction guessing, no swapping of arrow keys."""

BIDI_OFF = f"\x1b[?2501;1243s\x1b[8l{_LEFT_TO_RIGHT}\x1b]5379;use_ctl=false\x07"
"""Explicit mode: we reorder. The last sequence is mlterm's own for the same; it does not know the others."""

BIDI_KEPT = f"\x1b[?2501;1243s\x1b[8h{_LEFT_TO_RIGHT}\x1b]5379;use_ctl=true\x07"
"""Implicit mode: the terminal reorders, each row from the left."""

BIDI_ON = "\x1b[8h\x1b[0 k\x1b[?2501;1243r\x1b]5379;use_ctl=true\x07"
"""Implicit mode, which is the default of terminals that reorder, and what was saved above."""

CLEAR = "\x1b[2J"
"""Rows remember the mode that they were made or last cleared under."""


def for_terminal(sequence: str, environ: Mapping[str, str]) -> str:
    """A control sequence as the terminal must get it: wrapped for tmux, nothing where it could be printed as text."""
    if is_in_tmux(environ):
        # VTE marks a row when it is made, or when it is told with the cursor in its first column; tmux makes the top
        # row before it passes anything through.
        return "\x1bPtmux;" + f"\x1b7\x1b[H{sequence}\x1b8".replace("\x1b", "\x1b\x1b") + "\x1b\\"
    return "" if environ.get("TERM", "").split("-")[0] in PRINTING else sequence


def switch(app: App[Any], mode: BidiMode) -> None:
    """Draw in another mode from now on. The screen is cleared, so the next update must be a full one."""
    bidi_modes.use(mode)
    if isinstance(app._driver, AnnotatorDriver):
        app._driver.write(for_terminal(_asked(), os.environ) + CLEAR)


def _asked() -> str:
    return BIDI_KEPT if bidi_modes.mode() == "terminal" else BIDI_OFF


def _lenient_decoder(encoding: str) -> partial[codecs.IncrementalDecoder]:
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")


# Textual ends with a traceback on the first byte that is no UTF-8: line noise, or a terminal set to another encoding.
vars(linux_driver)["getincrementaldecoder"] = _lenient_decoder


class AnnotatorDriver(LinuxDriver):
    """Textual's driver with the manners of a bidi-aware program, that leaves when its terminal does."""

    _has_terminal = False
    _is_leaving = False
    _is_watched = False

    def start_application_mode(self) -> None:
        """Say first who reorders: rows remember the mode that they were made under."""
        os.write(STDERR, for_terminal(_asked(), os.environ).encode())
        # The threads that are started here inherit the mask. A signal that one of them took would not wake the main
        # thread where it waits to write to a link that is dead, and no handler would ever run.
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        try:
            super().start_application_mode()  # type: ignore[no-untyped-call]
            if not self._is_watched:
                self._is_watched = True
                Thread(target=self._watch_terminal, name="terminal", daemon=True).start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        self._has_terminal = True
        self._watch_signals()

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        super().stop_application_mode()
        self.write(for_terminal(BIDI_ON, os.environ))
        self.flush()
        self._has_terminal = False

    def process_message(self, message: Message) -> None:
        """Textual's hook: a pointer is where it is seen to be."""
        if isinstance(message, MouseEvent):
            shift = bidi_modes.pointed_at(int(message._x), int(message._y)) - int(message._x)
            message._x += shift
            message._screen_x += shift
        super().process_message(message)

    def _sigcont_application(self, *_: object) -> None:
        # A hang-up brings one along; the terminal is gone then.
        if self._is_leaving:
            return
        # A SIGSTOP gives no chance to leave first, and whoever had the terminal meanwhile may have changed its modes.
        # Starting twice would put two readers on it, the second of which nothing ends.
        if self._has_terminal:
            self.suspend_application_mode()
        super()._sigcont_application()

    def _watch_terminal(self) -> None:
        # Only a session's own terminal sends a SIGHUP when it goes away; of another one Textual reads nothing for ever.
        poll = select.poll()
        poll.register(self.fileno, 0)  # a hang-up is reported unasked
        if any(event & select.POLLHUP for _, event in poll.poll()):
            os.kill(os.getpid(), signal.SIGHUP)

    def _get_terminal_size(self) -> tuple[int, int]:
        # Textual asks COLUMNS, which may be out of date, and standard output, which may be a file.
        try:
            columns, lines = os.get_terminal_size(STDERR)
        except OSError:
            columns, lines = 0, 0
        return columns or 80, lines or 24

    def _watch_signals(self) -> None:
        loop = self._loop
        leave: Callable[[], object] = self._app.exit

        def on_signal(_number: int, _frame: object) -> None:
            # The event loop itself may be waiting to write to a link that is dead: then the alarm ends the process.
            # Every label is on disk already.
            self._is_leaving = True
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, EXIT_SECONDS)
            loop.call_soon_threadsafe(leave)

        signal.signal(signal.SIGHUP, on_signal)
        signal.signal(signal.SIGTERM, on_signal)
