"""From the command to the article's text on the screen."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from annotator.text.shaping import shape
from bench import inputs
from bench.measure import in_turns, median_ratio
from bench.program import annotator, baseline
from bench.programs.one_line import LINE
from bench.pty_program import PtyProgram
from bench.report import Figure, Result, compared


NAME = "start-up"
ROUNDS = 15
ENOUGH_WORDS = 5


def run(work: Path) -> Result:
    """Measure in a folder that is thrown away."""
    page = work / "page.txt"
    page.write_text(inputs.page_text(), "utf-8")
    database = work / "start-up.db"
    subprocess.run(annotator("import", page, "--db", database), check=True, capture_output=True)
    ours = annotator("annotate", page, "--db", database, "--as", "bench")
    shown = shows_words(drawn_words(inputs.page_text()))
    mine, others = in_turns(
        ROUNDS,
        lambda: _milliseconds_until(ours, shown),
        lambda: _milliseconds_until(baseline("one_line"), lambda written: LINE.encode() in written),
    )
    ratio = median_ratio(mine, others)
    return Result(
        NAME,
        "a Textual app that imports sqlmodel and shows one line",
        f"{ROUNDS} starts of each in turn, of `annotator annotate PAGE` with a database that holds the page already. "
        f"The text counts as visible when {ENOUGH_WORDS} of its words were written in presentation forms.",
        [compared("start → text visible: ms", ".0f", mine, others)],
        [
            Figure(
                "article text visible, against a Textual app that imports sqlmodel",
                "≤ 1.5 ×",
                f"{ratio:.2f} ×",
                ratio <= 1.5,
            )
        ],
    )


def drawn_words(text: str) -> set[bytes]:
    """The longer unvocalised words of a text as they are drawn: joined, from left to right, in UTF-8."""
    words = re.findall("[\u0621-\u063a\u0641-\u064a]{5,}", text)
    return {shape(word, bytes([1]) * len(word))[::-1].encode() for word in words}


def shows_words(words: set[bytes]) -> Callable[[bytes], bool]:
    """Whether enough of some words stand in what was written."""
    return lambda written: sum(word in written for word in words) >= ENOUGH_WORDS


def _milliseconds_until(argv: list[str], found: Callable[[bytes], bool]) -> float:
    with PtyProgram(argv) as program:
        return program.seconds_until(found) * 1000
