"""The plots of a report, each drawn from one of its tables. They need matplotlib, the extra "plots"."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from math import isnan, nan, sqrt
from typing import TYPE_CHECKING

from annotator.agreement.report import svg
from annotator.agreement.report.drawing import (
    WIDTH,
    bars,
    heatmap,
    legend,
    name_width,
    new_axes,
    new_figure,
    row_names,
    shortened,
)
from annotator.agreement.report.tables import Cell, Estimate, Table
from annotator.errors import N_


if TYPE_CHECKING:
    from matplotlib.figure import Figure

Translate = Callable[[str], str]

WORST = 20
"""How many documents are drawn."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot: an <svg> element, and what it shows."""

    svg: str
    caption: str


@dataclass(frozen=True, slots=True)
class _Drawing:
    """How a table is drawn: the columns that it must have for it, and what the plot shows."""

    columns: tuple[str, ...]
    caption: str
    draw: Callable[[Table, Translate], Figure | None]


def is_available() -> bool:
    """Whether matplotlib is installed."""
    return find_spec("matplotlib") is not None


def plot(table: Table, *, translate: Translate = str) -> Plot | None:
    """The plot of a table; the same table gives the same plot.

    Args:
        table: Known by its id.
        translate: Gives words of the page in the language of the page.

    Returns:
        None for a table that has no plot, or nothing to draw in it.
    """
    drawing = _DRAWINGS.get(table.id)
    if drawing is None or not set(drawing.columns) <= {column.id for column in table.columns}:
        return None
    import matplotlib as mpl

    with mpl.rc_context(), warnings.catch_warnings():
        # matplotlib measures texts in its own font; they are shown in the reader's.
        warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
        mpl.rcdefaults()
        mpl.rcParams.update(svg.STYLE)
        figure = drawing.draw(table, translate)
        if figure is None:
            return None
        caption = translate(drawing.caption)
        return Plot(svg.inline(figure, prefix=f"plot-{table.id}", title=caption), caption)


def _pairs(table: Table, translate: Translate) -> Figure | None:
    found: dict[tuple[str, str], float] = {}
    for one, other, value in zip(
        _texts(table, "one"), _texts(table, "other"), _numbers(table, "f1_exact"), strict=True
    ):
        found[one, other] = found[other, one] = value
    names = sorted({name for pair in found for name in pair})
    pairs = [[(row, column) for column in names] for row in names]
    shades = [[0.0 if isnan(found.get(pair, nan)) else found[pair] for pair in row] for row in pairs]
    undefined = translate(N_("n/a"))
    texts = [
        [(undefined if isnan(found[pair]) else f"{found[pair]:.2f}") if pair in found else "·" for pair in row]
        for row in pairs
    ]
    return heatmap(names, names, shades, texts)


def _confusion(table: Table, translate: Translate) -> Figure | None:
    counts = _counts(table, range(1, len(table.columns)))
    largest = max((count for row in counts for count in row), default=0.0)
    if not largest:
        return None
    shades = [[sqrt(count / largest) for count in row] for row in counts]
    texts = [[f"{count:,.0f}" if count else "·" for count in row] for row in counts]
    rows = [translate(name) if name == "none" else name for name in _texts(table, "label")]
    columns = [translate(column.title) if column.id == "none" else column.title for column in table.columns[1:]]
    return heatmap(rows, columns, shades, texts)


def _kinds(table: Table, translate: Translate) -> Figure | None:
    places = [place for place, column in enumerate(table.columns) if place and column.id != "trivial"]
    kinds, counts = [table.columns[place] for place in places], _counts(table, places)
    rows = [(name, row) for name, row in zip(_texts(table, "label"), counts, strict=True) if sum(row)]
    if not rows:
        return None
    ramp = iter(svg.RAMP)
    colours = [svg.AGREED if kind.id == "agree" else next(ramp, svg.RAMP[-1]) for kind in kinds]
    names, below = [name for name, _ in rows], 22 * -(-len(kinds) // 3) + 12
    left = name_width(names)
    figure = new_figure(WIDTH, 28 * len(rows) + below)
    axes = new_axes(figure, left=left, right=60, top=0, bottom=below)
    axes.set(xlim=(0, 1), ylim=(len(rows), 0), xticks=[], yticks=[])
    row_names(axes, names, -8 / (WIDTH - left - 60))
    for y, (_, row) in enumerate(rows):
        total, done = sum(row), 0.0
        axes.text(1.015, y + 0.5, f"{total:,.0f}", va="center")
        for count, colour in zip(row, colours, strict=True):
            if count:
                axes.barh(y + 0.5, count / total, 0.7, done, color=colour, ec=svg.EDGE, lw=1)
            done += count / total
    legend(figure, [translate(kind.title) for kind in kinds], colours, below)
    return figure


def _edges(table: Table, translate: Translate) -> Figure | None:
    bins: dict[str, dict[int, float]] = {}
    outer: dict[int, str] = {}
    for edge, difference, count in zip(
        _texts(table, "edge"), _texts(table, "difference"), _numbers(table, "count"), strict=True
    ):
        place = re.search(r"-?\d+", difference.replace("\N{MINUS SIGN}", "-"))
        if place is None:
            continue
        bins.setdefault(edge, {})[int(place[0])] = count
        if place[0] != difference:
            outer[int(place[0])] = difference  # such as "≥ 20"
    if not bins:
        return None
    reach, high = max(abs(place) for counts in bins.values() for place in counts), 130
    ticks = sorted({-reach, -(reach // 2), 0, reach // 2, reach})
    figure = new_figure(WIDTH, high * len(bins))
    for number, (edge, counts) in enumerate(bins.items()):
        axes = new_axes(figure, left=46, right=20, top=high * number + 30, bottom=high * (len(bins) - number - 1) + 24)
        axes.bar(list(counts), list(counts.values()), 0.8, color=svg.SERIES)
        axes.axvline(0, color=svg.INK, lw=0.8, ls=(0, (2, 3)))
        axes.text(0, 1.1, translate(edge), transform=axes.transAxes, weight="bold")
        axes.set_xticks(ticks, [outer.get(tick, f"{tick:+}" if tick else "0") for tick in ticks])
        axes.set(xlim=(-reach - 0.6, reach + 0.6))
        axes.locator_params(axis="y", nbins=3, integer=True)
        axes.grid(axis="y")
    return figure


def _time(table: Table, _translate: Translate) -> Figure | None:
    periods, values = _texts(table, "period"), _numbers(table, "f1_exact")
    if all(map(isnan, values)):
        return None
    cells = _column(table, "f1_exact")
    lows = [cell.low if isinstance(cell, Estimate) and cell.low is not None else nan for cell in cells]
    highs = [cell.high if isinstance(cell, Estimate) and cell.high is not None else nan for cell in cells]
    figure, places = new_figure(WIDTH, 240), range(len(periods))
    axes = new_axes(figure, left=46, right=30, top=14, bottom=28)
    axes.fill_between(places, lows, highs, color=svg.SERIES, alpha=0.2, lw=0)
    axes.vlines(places, lows, highs, colors=svg.SERIES, lw=1)
    axes.plot(places, values, color=svg.SERIES, lw=2, marker="o", ms=5)
    shown = list(places)[:: -(-len(periods) // 8)]
    axes.set_xticks(shown, [shortened(periods[place], 10) for place in shown])
    axes.set(xlim=(-0.5, len(periods) - 0.5), ylim=(0, 1.02), yticks=[0, 0.25, 0.5, 0.75, 1])
    axes.grid(axis="y")
    return figure


def _documents(table: Table, _translate: Translate) -> Figure | None:
    names = [title or doc_id for title, doc_id in zip(_texts(table, "title"), _texts(table, "doc_id"), strict=True)]
    worst = [(name, value) for name, value in zip(names, _numbers(table, "f1"), strict=True) if not isnan(value)]
    return bars(worst[:WORST], largest=1.0)


def _lengths(table: Table, _translate: Translate) -> Figure | None:
    rates = [
        (name, value)
        for name, value in zip(_texts(table, "annotator"), _numbers(table, "per_thousand"), strict=True)
        if not isnan(value)
    ]
    return bars(rates, largest=max((value for _, value in rates), default=0.0))


def _column(table: Table, column_id: str) -> list[Cell]:
    place = [column.id for column in table.columns].index(column_id)
    return [row[place] for row in table.rows]


def _texts(table: Table, column_id: str) -> list[str]:
    return ["" if cell is None else str(cell) for cell in _column(table, column_id)]


def _numbers(table: Table, column_id: str) -> list[float]:
    return [_number(cell, nan) for cell in _column(table, column_id)]


def _counts(table: Table, places: Iterable[int]) -> list[list[float]]:
    """The rows of some columns, by place: a label may be called as another column is."""
    chosen = list(places)
    return [[_number(row[place], 0.0) for place in chosen] for row in table.rows]


def _number(cell: Cell, missing: float) -> float:
    value = cell.value if isinstance(cell, Estimate) else cell
    return float(value) if isinstance(value, (int, float)) else missing


_DRAWINGS = {
    "pairs": _Drawing(("one", "other", "f1_exact"), N_("Span F1, same offsets, of every two annotators"), _pairs),
    "confusion": _Drawing(("label", "none"), N_("Which labels are taken for which, in spans"), _confusion),
    "kinds": _Drawing(
        ("label", "agree"), N_("Kinds of disagreement: the share of each in the items of a label"), _kinds
    ),
    "edges": _Drawing(("edge", "difference", "count"), N_("How many characters apart edges are"), _edges),
    "time": _Drawing(("period", "f1_exact"), N_("Span F1, same offsets, over time, with its 95 % interval"), _time),
    "documents": _Drawing(("doc_id", "title", "f1"), N_("The documents with the lowest F1"), _documents),
    "lengths": _Drawing(("annotator", "per_thousand"), N_("Spans per 1,000 characters"), _lengths),
}
