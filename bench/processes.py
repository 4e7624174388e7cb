"""Whole processes: their seconds and their peak memory."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from bench.program import baseline


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took."""

    seconds: float
    megabytes: float


def cost_of(argv: Sequence[str]) -> Cost:
    """Run a command to its end.

    Raises:
        RuntimeError: It failed.
    """
    done = subprocess.run(baseline("run_measured", *argv), check=True, capture_output=True)
    found = json.loads(done.stdout)
    if found["code"] != 0:
        raise RuntimeError(f"exit code {found['code']} from: {' '.join(argv)}")
    return Cost(found["seconds"], found["kilobytes"] / 1024)
