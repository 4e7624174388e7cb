"""The parts that plots are made of, in pixels of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from annotator.agreement.report import svg
from annotator.text.visible import visible


if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 600
_CHARACTER, _LONGEST = 7.5, 26
"""About how wide a character is in pixels, and how many of a name are drawn: only the browser measures texts."""


def heatmap(
    rows: Sequence[str], columns: Sequence[str], shades: Sequence[Sequence[float]], texts: Sequence[Sequence[str]]
) -> Figure | None:
    """Cells as dark as `shades` (0 to 1) say, with texts in them."""
    if not rows:
        return None
    wide, high, top, left = 76, 34, 26, name_width(rows)
    figure = new_figure(left + wide * len(columns) + 4, top + high * len(rows) + 4)
    axes = new_axes(figure, left=left, right=4, top=top, bottom=4)
    axes.set(xlim=(0, len(columns)), ylim=(len(rows), 0), xticks=[], yticks=[])
    for y, (line, words) in enumerate(zip(shades, texts, strict=True)):
        for x, (shade, text) in enumerate(zip(line, words, strict=True)):
            # Never so dark that the text on it could not be read, on light pages and on dark ones.
            axes.fill(
                [x, x + 1, x + 1, x], [y, y, y + 1, y + 1], svg.SERIES, alpha=0.6 * min(max(shade, 0), 1), ec="none"
            )
            axes.text(x + 0.5, y + 0.5, text, ha="center", va="center")
    axes.hlines(range(len(rows) + 1), 0, len(columns), colors=svg.FAINT, lw=0.5)
    axes.vlines(range(len(columns) + 1), 0, len(rows), colors=svg.FAINT, lw=0.5)
    row_names(axes, rows, -8 / wide)
    for x, name in enumerate(columns):
        axes.text(x + 0.5, -8 / high, shortened(name, 11), ha="center", va="baseline")
    return figure


def bars(rows: Sequence[tuple[str, float]], *, largest: float) -> Figure | None:
    """One bar in each row, with its value."""
    if not rows:
        return None
    names = [name for name, _ in rows]
    left = name_width(names)
    figure = new_figure(WIDTH, 24 * len(rows))
    axes = new_axes(figure, left=left, right=60, top=0, bottom=0)
    axes.set(xlim=(0, largest or 1.0), ylim=(len(rows), 0), xticks=[], yticks=[])
    scale = (largest or 1.0) / (WIDTH - left - 60)
    axes.barh([y + 0.5 for y in range(len(rows))], [value for _, value in rows], 0.66, color=svg.SERIES)
    axes.axvline(0, color=svg.INK, lw=0.8)
    row_names(axes, names, -8 * scale)
    for y, (_, value) in enumerate(rows):
        axes.text(max(value, 0.0) + 6 * scale, y + 0.5, f"{value:.2f}", va="center")
    return figure


def legend(figure: Figure, names: Sequence[str], colours: Sequence[str], height: int) -> None:
    """At the bottom, in three columns."""
    axes = new_axes(figure, left=0, right=0, top=figure.get_figheight() * 72 - height, bottom=0)
    axes.set(xlim=(0, WIDTH), ylim=(height, 0), xticks=[], yticks=[])
    for number, (name, colour) in enumerate(zip(names, colours, strict=True)):
        x, y = 20 + 195 * (number % 3), 22 + 22 * (number // 3)
        axes.fill([x, x + 16, x + 16, x], [y - 7, y - 7, y + 7, y + 7], colour, ec=svg.EDGE, lw=1)
        axes.text(x + 23, y, shortened(name), va="center")


def row_names(axes: Axes, names: Iterable[str], x: float) -> None:
    """Names that end at `x`, in the units of the axes, one in each row."""
    for y, name in enumerate(names):
        axes.text(x, y + 0.5, shortened(name), ha="right", va="center")


def new_figure(width: float, height: float) -> Figure:
    """In pixels of the page."""
    from matplotlib.figure import Figure as NewFigure

    return NewFigure(figsize=(width / 72, height / 72))


def new_axes(figure: Figure, *, left: float, right: float, top: float, bottom: float) -> Axes:
    """With these margins, in pixels."""
    width, height = figure.get_figwidth() * 72, figure.get_figheight() * 72
    return figure.add_axes(
        (left / width, bottom / height, (width - left - right) / width, (height - top - bottom) / height)
    )


def name_width(names: Iterable[str]) -> float:
    """The margin that names need."""
    return max(len(shortened(name)) for name in names) * _CHARACTER + 16


def shortened(name: str, longest: int = _LONGEST) -> str:
    """A name that has room, safe to draw."""
    return visible(name if len(name) <= longest else name[: longest - 1].rstrip() + "…")
