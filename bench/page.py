"""docs/performance.md: what was measured, how, on what, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from bench.report import FIGURE_HEAD, ROW_HEAD, Result, figure_cells, markdown_table, row_cells


INTRODUCTION = """\
# Performance

This page is written by `make bench`; run it again rather than changing the page.

Times of a busy machine say little, so every time is taken beside that of a baseline, in turns in the same run
(A B A B …), and compared by the medians. p95 is the value that 95 of 100 measurements do not exceed. Nothing here is
asserted by a test.
"""

REPEAT = """\
## How to repeat it

    make bench                # everything, in some minutes, and this page
    python -m bench keys      # one of: {names}; the page stays as it is

The full-screen programs run in a pseudo-terminal of 100 columns and 30 rows that answers as xterm does. Real pages and
articles are used where a folder `shared` lies beside the checkout, else the samples; SLATE is measured too where the
Python package `slate-nlp` is installed beside this one.
"""


def performance_page(results: Sequence[Result], machine: str, inputs: str) -> str:
    """The page, in Markdown."""
    return "\n".join(
        [
            INTRODUCTION,
            "## Figures to hold\n",
            markdown_table(FIGURE_HEAD, figure_cells(results)),
            "## Measurements\n",
            markdown_table(ROW_HEAD, row_cells(results)),
            f"Measured on: {machine}.\n",
            f"{inputs}\n",
            "## What is measured, and against what\n",
            "\n".join(f"- **{result.name}**, against {result.baseline}. {result.how}" for result in results) + "\n",
            REPEAT.format(names=", ".join(result.name for result in results)),
        ]
    )
