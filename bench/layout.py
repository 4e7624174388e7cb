"""Laying out text: bidi levels, shaping, wrapping, reordering, with maps from cells to code points and back."""

from __future__ import annotations

import textwrap
from functools import partial
from pathlib import Path

from annotator.text.layout import Paragraph
from bench import inputs
from bench.measure import in_turns, milliseconds, summarize
from bench.report import Result, Row, compared


NAME = "layout"
ROUNDS = 9
WIDTH = 100
COPIES = 20


def run(work: Path) -> Result:
    """Measure; nothing is written to the folder."""
    del work
    paragraphs = inputs.page_text().split("\n") * COPIES
    characters = sum(map(len, paragraphs))
    ours, baseline = partial(lay_out, paragraphs), partial(_wrap_and_reorder, paragraphs)
    mine, others = in_turns(ROUNDS, partial(milliseconds, ours), partial(milliseconds, baseline))
    speeds = [f"{characters / summarize(found).median / 1000:.2f}" for found in (mine, others)]
    return Result(
        NAME,
        "python-bidi's `get_display` over `textwrap.wrap`: it shapes nothing and gives no maps",
        f"The page {COPIES} times, every paragraph anew, {WIDTH} columns, {ROUNDS} rounds in turn, one process.",
        [
            compared("layout: ms", ".0f", mine, others),
            Row("layout: million characters/s", speeds[0], speeds[1]),
        ],
    )


def lay_out(paragraphs: list[str]) -> int:
    """Lay out paragraphs as the screen does, and count the rows."""
    return sum(len(Paragraph(paragraph).rows(WIDTH)) for paragraph in paragraphs)


def _wrap_and_reorder(paragraphs: list[str]) -> None:
    from bidi import get_display  # type: ignore[import-untyped]

    for paragraph in paragraphs:
        for line in textwrap.wrap(paragraph, WIDTH):
            get_display(line, base_dir="R")
