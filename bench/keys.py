"""Moving the cursor on a page of 7 kB at 100×30: bytes to the terminal, and milliseconds until the last of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench import inputs
from bench.full_screen import MOVES, answered, latencies, opened, press_in_turns, rows_of, sizes
from bench.measure import summarize
from bench.pty_program import Burst
from bench.report import Figure, Result, compared


NAME = "keys"
ROUNDS = 3
LABEL_PAIRS = 8


def run(work: Path) -> Result:
    """Measure in a folder that is thrown away."""
    with opened(work, inputs.page_text()) as (players, _):
        moved = press_in_turns(players, MOVES, ROUNDS)
        players[0].press(b"w")  # onto a word
        labelled = answered(players[0].press(key) for _ in range(LABEL_PAIRS) for key in (b"c", b"u"))
    return Result(
        NAME,
        "a Textual app with the same text in a read-only `TextArea`, and SLATE",
        f"{len(moved[0])} cursor moves (down, left, next word, right, up) in rounds of {len(MOVES)} on each program in "
        "turn, and labelling a word and undoing it. Milliseconds are from the key to the last byte before a pause.",
        [
            *rows_of("cursor move", moved),
            compared("label, undo (on disk): bytes", ",.0f", sizes(labelled)),
            compared("label, undo (on disk): ms", ".1f", latencies(labelled)),
        ],
        _figures(moved[0]),
    )


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
