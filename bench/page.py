"""docs/performance.md: what was measured, how, on what, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from bench.report import FIGURE_HEAD, ROW_HEAD, Result, Table, figure_cells, markdown_table, row_cells


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

The full-screen programs run in a pseudo-terminal of 100 columns and 30 rows that answers as xterm does. The pages are
made of the samples; `BENCH_PAGE=FILE` measures another page in their place. The corpus is one of real articles where a
folder `shared` lies beside the checkout, else the sample articles. SLATE, krippendorff and nltk are measured too where
`make bench-peers` has installed them, in an environment of their own, and pygamma-agreement where
`make bench-peers-gamma` has, which takes 822 MB. `BENCH_DOCUMENTS=2000 python -m bench report` measures the report of
2,000 documents, in some minutes.
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
            *(_section(table) for result in results for table in result.tables),
            "## What is measured, and against what\n",
            "\n".join(f"- **{result.name}**, against {result.baseline}. {result.how}" for result in results) + "\n",
            REPEAT.format(names=", ".join(result.name for result in results)),
        ]
    )


def _section(table: Table) -> str:
    note = f"\n{table.note}\n" if table.note else ""
    return f"## {table.title}\n\n{markdown_table(table.head, table.lines)}{note}"
