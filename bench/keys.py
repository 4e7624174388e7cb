"""Keys on a page of 7 kB at 100×30: bytes to the terminal, and milliseconds until the last of them."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from bench import inputs
from bench.measure import summarize
from bench.program import annotator, baseline
from bench.pty_program import Burst, PtyProgram
from bench.report import Figure, Result, Row, compared


NAME = "keys"
ROUNDS = 5
LABEL_PAIRS = 8

UP, DOWN, RIGHT, LEFT, CTRL_LEFT = (b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b[1;5D")
MOVES = (*[DOWN] * 6, *[LEFT] * 6, *[b"w"] * 6, *[RIGHT] * 3, *[UP] * 3)

TEXT_AREA_KEYS = {b"w": CTRL_LEFT}
"""A read-only TextArea has no letter for words."""

SLATE_KEYS = {UP: b"\x1bOA", DOWN: b"\x1bOB", RIGHT: b"\x1bOD", LEFT: b"\x1bOC", b"w": b"\x1bOC"}
"""SLATE moves by words, in logical order, and reads only the keys of the terminal's application mode."""


def run(work: Path) -> Result:
    """Measure in a folder that is thrown away."""
    page = work / "page.txt"
    page.write_text(inputs.page_text(), "utf-8")
    with ExitStack() as stack:
        ours = stack.enter_context(PtyProgram(annotator("annotate", page, "--db", work / "keys.db", "--as", "bench")))
        text_area = stack.enter_context(PtyProgram(baseline("text_area", page)))
        slate = stack.enter_context(PtyProgram([sys.executable, "-m", "slate", str(page)])) if _has_slate() else None
        players = [(ours, {}), (text_area, TEXT_AREA_KEYS), *([(slate, SLATE_KEYS)] if slate else [])]
        for program, _ in players:
            program.settle()
        moved = move_in_turns(players, ROUNDS)
        labelled = answered(ours.press(key) for _ in range(LABEL_PAIRS) for key in (b"c", b"u"))
    rows = [
        *rows_of("cursor move", moved[0], moved[1]),
        compared("label, undo (on disk): bytes", ",.0f", sizes(labelled)),
        compared("label, undo (on disk): ms", ".1f", latencies(labelled)),
        *(rows_of("cursor move, against SLATE", moved[0], moved[2]) if slate else []),
    ]
    return Result(
        NAME,
        "a Textual app with the same text in a read-only `TextArea`" + (", and SLATE" if slate else ""),
        f"{len(moved[0])} cursor moves (down, left, next word, right, up) in rounds of {len(MOVES)} on each program in "
        "turn, and labelling a word and undoing it. Milliseconds are from the key to the last byte before a pause.",
        rows,
        _figures(moved[0]),
    )


def _has_slate() -> bool:
    return importlib.util.find_spec("slate") is not None


def move_in_turns(players: Sequence[tuple[PtyProgram, dict[bytes, bytes]]], rounds: int) -> list[list[Burst]]:
    """Press all moves on each program, round by round; what a program did nothing on is left out."""
    found: list[list[Burst]] = [[] for _ in players]
    for _ in range(rounds):
        for (program, names), bursts in zip(players, found, strict=True):
            bursts.extend(answered(program.press(names.get(key, key)) for key in MOVES))
    return found


def answered(bursts: Iterator[Burst]) -> list[Burst]:
    """Those where something was drawn."""
    return [burst for burst in bursts if burst.size]


def sizes(bursts: Sequence[Burst]) -> list[int]:
    """The bytes of each."""
    return [burst.size for burst in bursts]


def latencies(bursts: Sequence[Burst]) -> list[float]:
    """The milliseconds to the last byte of each."""
    return [burst.last_ms for burst in bursts]


def rows_of(what: str, ours: Sequence[Burst], baseline: Sequence[Burst]) -> list[Row]:
    """Bytes and milliseconds beside those of a baseline."""
    return [
        compared(f"{what}: bytes", ",.0f", sizes(ours), sizes(baseline)),
        compared(f"{what}: ms", ".1f", latencies(ours), latencies(baseline)),
    ]


def _figures(moved: Sequence[Burst]) -> list[Figure]:
    size, latency = summarize(sizes(moved)), summarize(latencies(moved))
    return [
        Figure(
            "cursor move at 100×30: bytes to the terminal, median / p95",
            "≤ 400 / ≤ 1,000",
            f"{size.median:,.0f} / {size.p95:,.0f}",
            size.median <= 400 and size.p95 <= 1000,
        ),
        Figure("key → last byte, p95, 7 kB article", "≤ 8 ms", f"{latency.p95:.1f} ms", latency.p95 <= 8),
    ]
