"""`annotator --help`: what a person waits for who only wants to know."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

from bench.measure import in_turns, median_ratio, milliseconds
from bench.program import annotator
from bench.report import Figure, Result, compared


NAME = "help"
ROUNDS = 21


def run(work: Path, rounds: int = ROUNDS) -> Result:
    """Measure in a folder that is thrown away."""
    calls = (annotator("--help"), [sys.executable, "-c", "pass"])
    actions = [partial(subprocess.run, call, check=True, capture_output=True, cwd=work) for call in calls]
    mine, others = in_turns(rounds, *(partial(milliseconds, action) for action in actions))
    ratio = median_ratio(mine, others)
    return Result(
        NAME,
        "`python -c pass`",
        f"{rounds} runs of each in turn, whole processes.",
        [compared("annotator --help: ms", ".0f", mine, others)],
        [Figure("`--help` against `python -c pass`", "≤ 10 ×", f"{ratio:.1f} ×", ratio <= 10)],
    )
