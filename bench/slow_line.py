"""Keys over a line of 9,600 bit/s: milliseconds until the last byte has arrived."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from bench import inputs, slate
from bench.full_screen import DOWN
from bench.measure import summarize
from bench.program import annotator, baseline
from bench.pty_program import WHOLE_SCREEN, Burst, PtyProgram
from bench.report import Result, Table


NAME = "slow-line"
SPEED = 960
"""Bytes per second: 9,600 bit/s, and ten bits for each byte."""

QUIET = 0.3

PAGE_DOWN = b"\x1b[6~"


class Kind(NamedTuple):
    """A kind of key.

    Attributes:
        name: What it does.
        key: It, or some that are typed ahead.
        slate: What SLATE is sent in its place; nothing where it cannot do that.
        times: How often it is pressed; a whole screen takes long.
    """

    name: str
    key: bytes
    slate: bytes = b""
    times: int = 2


KINDS = (
    Kind("row below: ↓", DOWN, b"o"),
    Kind("next word: w", b"w", b";"),
    Kind("label the word, on disk: c", b"c", b"c", 1),
    Kind("undo, on disk: u", b"u", b"u", 1),
    Kind("select the word: Space", b" "),
    Kind("three rows below, typed ahead: ↓", DOWN * 3, b"o" * 3, 1),
    Kind("page below: PgDn", PAGE_DOWN, b"}", 1),
)

OPENING = "the page is opened, a full repaint"

HEAD = ("key", "annotator: bytes", "ms on the line", "SLATE: bytes", "ms on the line")

Found = dict[str, list[Burst]]


def run(work: Path) -> Result:
    """Measure in a folder that is thrown away; both programs at once, for it is the line that takes the time."""
    page = work / "page.txt"
    page.write_text(inputs.page_text(), "utf-8")
    ours = annotator("annotate", page, "--db", work / "page.db", "--as", "bench")
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(_pressed, work, ours, [kind.key for kind in KINDS])]
        if slate.is_there():
            futures.append(pool.submit(_pressed, work, slate.call(page), [kind.slate for kind in KINDS]))
        found = [future.result() for future in futures]
    return Result(
        NAME,
        "SLATE, as far as it has such a key",
        f"The page behind a line that passes {SPEED} bytes a second, both ways; see the table of the slow line.",
        [],
        tables=[table(found)],
    )


def _pressed(work: Path, argv: list[str], keys: Sequence[bytes]) -> Found:
    with PtyProgram(baseline("slow_line", str(SPEED), *argv), folder=work) as program:
        program.seconds_until(lambda written: WHOLE_SCREEN in written)
        found = {OPENING: [program.drawn(1)]}
        for kind, key in zip(KINDS, keys, strict=True):
            found[kind.name] = [program.press(key, QUIET) for _ in range(kind.times)] if key else []
        return found


def table(found: Sequence[Found]) -> Table:
    """A line for each kind of key, with what each program was found to do."""
    names = [kind.name for kind in KINDS]
    return Table(
        "A line of 9,600 bit/s",
        HEAD,
        [(name, *(cell for one in found for cell in cells(one[name]))) for name in (OPENING, *names)],
        "Medians. A program that repaints its whole screen at each key makes people wait as the first line says.",
    )


def cells(bursts: Sequence[Burst]) -> tuple[str, str]:
    """Bytes and milliseconds of some keys."""
    if not bursts:
        return "–", "–"
    size = summarize([burst.size for burst in bursts]).median
    return f"{size:,.0f}", f"{summarize([burst.last_ms for burst in bursts]).median:,.0f}"
