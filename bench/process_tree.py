"""A process with those that it starts: seconds, and the memory of all of them together."""

from __future__ import annotations

import resource
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


EVERY = 0.2
"""Seconds between two looks."""

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class TreeCost:
    """What a process and those that it started took.

    Attributes:
        seconds: From its start to its end.
        cpu_seconds: Those that all of them were on a processor.
        megabytes: The greatest sum of their proportional set sizes: what several share counts once.
        processes: The most of them that ran at once.
    """

    seconds: float
    cpu_seconds: float
    megabytes: float
    processes: int


def tree_cost_of(argv: Sequence[str]) -> TreeCost:
    """Run a command to its end; its output is thrown away.

    Raises:
        RuntimeError: It failed.
    """
    start, cpu_start = time.perf_counter(), _cpu_seconds_of_ended()
    kilobytes = processes = 0
    with subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            found = [_kilobytes(one) for one in _tree(process.pid)]
            kilobytes, processes = max(kilobytes, sum(found)), max(processes, len(found))
            time.sleep(EVERY)
    if process.returncode:
        raise RuntimeError(f"exit code {process.returncode} from: {' '.join(argv)}")
    seconds, cpu_seconds = time.perf_counter() - start, _cpu_seconds_of_ended() - cpu_start
    return TreeCost(seconds, cpu_seconds, kilobytes / 1024, processes)


def _cpu_seconds_of_ended() -> float:
    """The seconds on a processor of all that this process started, and what those started, once they have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _tree(process: int) -> Iterator[int]:
    """A process and all below it; none of one that has ended."""
    try:
        threads = list((PROC / str(process) / "task").iterdir())
        children = [int(child) for thread in threads for child in (thread / "children").read_text("ascii").split()]
    except OSError:
        return
    yield process
    for child in children:
        yield from _tree(child)


def _kilobytes(process: int) -> int:
    """The proportional set size of a process, 0 of one that has ended."""
    try:
        text = (PROC / str(process) / "smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    return int(text.partition("\nPss:")[2].split()[0]) if "\nPss:" in text else 0
