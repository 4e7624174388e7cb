"""How the measured program is called."""

from __future__ import annotations

import sys
from pathlib import Path


ANNOTATOR = str(Path(sys.executable).with_name("annotator"))
"""The installed command, beside this Python."""

PROGRAMS = Path(__file__).parent / "programs"


def annotator(*arguments: str | Path) -> list[str]:
    """A call of the program."""
    return [ANNOTATOR, *map(str, arguments)]


def baseline(name: str, *arguments: str | Path) -> list[str]:
    """A call of one of the small programs in bench/programs."""
    return [sys.executable, str(PROGRAMS / f"{name}.py"), *map(str, arguments)]
