"""What a benchmark found, as a table for the terminal and for docs/performance.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bench.measure import median_ratio, summarize


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement; the cells are ready to be read, "–" where there is nothing to compare.

    Attributes:
        what: What was measured, with its unit.
        ours: The program's value.
        baseline: The baseline's value.
        ratio: The program's over the baseline's.
    """

    what: str
    ours: str
    baseline: str = "–"
    ratio: str = "–"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure to hold.

    Attributes:
        what: The figure in words.
        wanted: The limit in words.
        measured: What this run found.
        held: Whether it is within the limit.
    """

    what: str
    wanted: str
    measured: str
    held: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Measurements of more than two things, that need a table of their own.

    Attributes:
        title: Its heading.
        head: The names of its columns.
        lines: Its cells, ready to be read.
        note: What has to be said about it, or "".
    """

    title: str
    head: Sequence[str]
    lines: Sequence[Sequence[str]]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What one benchmark found.

    Attributes:
        name: The benchmark's name on the command line.
        baseline: What it is compared with.
        how: How it was measured.
        rows: The measurements.
        figures: The figures to hold that it decides.
        tables: Tables of their own.
    """

    name: str
    baseline: str
    how: str
    rows: Sequence[Row]
    figures: Sequence[Figure] = ()
    tables: Sequence[Table] = ()


def compared(what: str, form: str, ours: Sequence[float], baseline: Sequence[float] | None = None) -> Row:
    """A row of measurements, median / p95 of each.

    Args:
        what: What was measured, with its unit.
        form: How a value is written, such as ".1f".
        ours: The program's values.
        baseline: The baseline's; their medians give the ratio.
    """
    label = f"{what}, median / p95"
    if baseline is None:
        return Row(label, _cell(ours, form))
    return Row(label, _cell(ours, form), _cell(baseline, form), f"{median_ratio(ours, baseline):.2f}")


def _cell(values: Sequence[float], form: str) -> str:
    summary = summarize(values)
    return f"{summary.median:{form}} / {summary.p95:{form}}"


ROW_HEAD = ("bench", "measured", "annotator", "baseline", "ratio")
FIGURE_HEAD = ("figure", "wanted", "measured", "")


def row_cells(results: Sequence[Result]) -> list[tuple[str, ...]]:
    """All measurements as cells of a table under `ROW_HEAD`."""
    return [(result.name, row.what, row.ours, row.baseline, row.ratio) for result in results for row in result.rows]


def figure_cells(results: Sequence[Result]) -> list[tuple[str, ...]]:
    """All figures to hold as cells of a table under `FIGURE_HEAD`."""
    return [
        (figure.what, figure.wanted, figure.measured, "held" if figure.held else "**not held**")
        for result in results
        for figure in result.figures
    ]


def text_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in columns as wide as their widest cell."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines) + "\n"


def markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown; a bar in a cell ends no cell."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)
