"""The terminals that are tried, and tmux around the program in them."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ctypes.util import find_library
from pathlib import Path


FONT = "DejaVu Sans Mono"

XTERM = ("xterm", "-u8", "-tn", "xterm-256color", "-fa", FONT, "-fs", "11", "-b", "0", "-bw", "0")
MLTERM = (
    "mlterm",
    "--term=xterm-256color",
    "--type=xft",
    f"--deffont={FONT}",
    "--border=0",
    "--sb=false",
    "--restart=false",
)

TERMINALS = ("xterm", "VTE", "mlterm")

TMUX_SETTINGS = (
    "set -g status off",
    "set -g mouse on",
    "set -g allow-passthrough on",
    "set -g escape-time 0",
    "set -g destroy-unattached on",
    "set -g default-terminal tmux-256color",
    "set -as terminal-features ',*:RGB'",
)


def terminal_command(name: str, columns: int, rows: int, program: Sequence[str]) -> list[str]:
    """A terminal, one of TERMINALS, that runs a program. What it does to Arabic by itself is left on."""
    match name:
        case "xterm":
            return [*XTERM, "-geometry", f"{columns}x{rows}+0+0", "-e", *program]
        case "mlterm":
            return [*MLTERM, f"--geometry={columns}x{rows}+0+0", "-e", *program]
        case _:
            vte = [sys.executable, "-m", "tests.terminal.real.vte"]
            return [*vte, str(columns), str(rows), f"{FONT} 11", *program]


def missing(*names: str) -> str:
    """Why these terminals (or tmux) cannot be run here; "" where they can."""
    programs = ["Xvfb", "xdotool", *(name for name in names if name != "VTE")]
    absent = [program for program in programs if shutil.which(program) is None]
    if "VTE" in names:
        absent += [f"lib{library}" for library in ("vte-2.91", "gtk-3") if find_library(library) is None]
    return f"needs {', '.join(absent)}" if absent else ""


@contextmanager
def tmux(program: Sequence[str]) -> Iterator[list[str]]:
    """The command that runs a program inside a tmux of its own, which ends here."""
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:  # a socket's path must be short
        configuration = Path(folder) / "conf"
        configuration.write_text("".join(f"{setting}\n" for setting in TMUX_SETTINGS))
        server = ["tmux", "-u", "-S", str(Path(folder) / "socket"), "-f", str(configuration)]
        try:
            yield [*server, "new-session", shlex.join(program)]
        finally:
            subprocess.run([*server, "kill-server"], capture_output=True, check=False)
