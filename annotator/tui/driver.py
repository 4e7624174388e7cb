"""The terminal: its own reordering off while the app runs, and a way out that a dead link cannot block."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping

from textual.drivers.linux_driver import LinuxDriver


STDERR = 2
"""Where Textual draws."""

EXIT_SECONDS = 2.0

BIDI_OFF = "\x1b[?2501;1243s\x1b[8l\x1b[1 k\x1b[?2501l\x1b[?1243l"
"""Explicit mode: we reorder. Left-to-right paragraphs, no direction guessing, no swapping of arrow keys."""

BIDI_ON = "\x1b[8h\x1b[0 k\x1b[?2501;1243r"
"""Implicit mode, which is the default of terminals that reorder, and what was saved above."""


def for_terminal(sequence: str, environ: Mapping[str, str]) -> str:
    """A control sequence as the terminal must get it: wrapped for tmux, nothing where it could be printed as text."""
    if environ.get("TMUX"):
        return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if environ.get("TERM", "").split("-")[0] in {"linux", "screen", "vt100", "vt220", "ansi"}:
        return ""
    return sequence


class AnnotatorDriver(LinuxDriver):
    """Textual's driver with the manners of a bidi-aware program.

    `on_hang_up` is called on the event loop when the terminal goes away or the process is asked to end.
    """

    def start_application_mode(self) -> None:
        """Switch the terminal's bidi off first: rows remember the mode that they were made under."""
        os.write(STDERR, for_terminal(BIDI_OFF, os.environ).encode())
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._watch_signals()

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        super().stop_application_mode()
        self.write(for_terminal(BIDI_ON, os.environ))
        self.flush()

    def _watch_signals(self) -> None:
        loop = self._loop
        leave: Callable[[], object] = self._app.exit

        def on_signal(_number: int, _frame: object) -> None:
            # The event loop itself may be waiting to write to a link that is dead: then the alarm ends the process.
            # Every label is on disk already.
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, EXIT_SECONDS)
            loop.call_soon_threadsafe(leave)

        signal.signal(signal.SIGHUP, on_signal)
        signal.signal(signal.SIGTERM, on_signal)
