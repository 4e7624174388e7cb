"""What is felt on a text that is hard for a screen: cursor moves at both its ends, resizes, and its first picture."""

from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from bench.full_screen import BACK, LAST, MOVES, latencies, opened, press_in_turns, rows_of
from bench.measure import summarize
from bench.pty_program import Burst
from bench.report import Figure, Row, compared


ROUNDS = 1
WIDTHS = (90, 100)
RESIZES = 3
HOW = (
    "The same moves at the beginning and some at the end of the text, where the program shows it at all; "
    f"{RESIZES} resizes between {WIDTHS[0]} and {WIDTHS[1]} columns."
)


class Felt(NamedTuple):
    """What was measured of the programs, the annotator first.

    Attributes:
        moves: What they answered to moves.
        resizes: Milliseconds to the last byte after a resize, of the annotator.
        last_ms: Milliseconds to the last byte after the jump to the end, of the annotator.
        shown_ms: Milliseconds from the annotator's taking the screen to the text on it.
    """

    moves: list[list[Burst]]
    resizes: list[float]
    last_ms: float
    shown_ms: float


def feel(work: Path, text: str, record: dict[str, object] | None = None) -> Felt:
    """Open a text in all programs and press the same keys."""
    with opened(work, text, record, quiet=1) as (players, shown_ms):
        moves = press_in_turns(players, MOVES, ROUNDS)
        ours = players[0].program
        resizes = [ours.resize(columns, 30).last_ms for columns in islice(cycle(WIDTHS), RESIZES)]
        last_ms = next(player.press(LAST).last_ms for player in players)
        at_end = press_in_turns(players, BACK, 1)
    return Felt([[*one, *two] for one, two in zip(moves, at_end, strict=True)], resizes, last_ms, shown_ms)


def rows(felt: Felt) -> list[Row]:
    """The measurements."""
    return [
        *rows_of("cursor move", felt.moves),
        compared("resize: ms", ".0f", felt.resizes),
        Row("jump to the end: ms", f"{felt.last_ms:.0f}"),
        Row("window → text visible: ms", f"{felt.shown_ms:.0f}"),
    ]


def figures(felt: Felt, key: str, resize: str, shown: str) -> list[Figure]:
    """The figures to hold, under their names."""
    key_ms, resize_ms = summarize(latencies(felt.moves[0])).p95, summarize(felt.resizes).p95
    return [
        Figure(key, "≤ 16 ms", f"{key_ms:.1f} ms", key_ms <= 16),
        Figure(resize, "≤ 300 ms", f"{resize_ms:.0f} ms (p95)", resize_ms <= 300),
        Figure(shown, "≤ 1,000 ms", f"{felt.shown_ms:.0f} ms", felt.shown_ms <= 1000),
    ]
