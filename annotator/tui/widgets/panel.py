"""A panel of lines from data, wrapped and scrolled: the inspector and the help."""

from __future__ import annotations

from dataclasses import dataclass, field

from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from annotator.text.layout import Paragraph
from annotator.tui.drawing import data_strip, strip_of
from annotator.tui.language import base
from annotator.tui.palette import Palette


WHEEL_ROWS = 3

KEY_COLUMNS = 20
"""Columns of the keys before a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the panel; a long one is wrapped.

    Attributes:
        text: Text of our own or from data.
        style: Its look.
        base: Its direction, None as its first strong character says; at first that of the interface.
        keys: Keys that it is about, in a column of their own where reading begins, or "".
    """

    text: str
    style: Style
    base: int | None = field(default_factory=base)
    keys: str = ""


class Panel(Widget):
    """Shows lines, wrapped to its width; drawn anew only when they change."""

    DEFAULT_CSS = "Panel { height: 1fr; }"

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._palette = palette
        self._lines: tuple[Line, ...] = ()
        self._strips: list[Strip] = []
        self._first = 0

    def show(self, lines: tuple[Line, ...]) -> None:
        """Show other lines."""
        if lines != self._lines:
            self._lines, self._first = lines, 0
            self._wrap()

    def on_resize(self) -> None:
        """Textual's hook."""
        self._wrap()

    def _wrap(self) -> None:
        width = self.size.width - 2
        if width <= 0:
            return
        self._strips = []
        for line in self._lines:
            self._strips += self._wrapped(line, width)
        self.scroll_rows(0)
        self.refresh()

    def _wrapped(self, line: Line, width: int) -> list[Strip]:
        column = min(KEY_COLUMNS, width // 2) if line.keys else 0
        rows = Paragraph(line.text, line.base).rows(width - column)
        strips = [strip_of(row, self._palette.text, lambda _: line.style, left=1, right=1) for row in rows]
        if not column:
            return strips
        keys = [line.keys, *[""] * (len(strips) - 1)]
        drawn = [data_strip(text, column, line.style, base=0) for text in keys]
        pairs = zip(strips, drawn, strict=True)
        return [Strip.join((text, key) if base() else (key, text)) for text, key in pairs]

    def scroll_rows(self, rows: int) -> None:
        """Move down by some rows, or up if negative."""
        first = max(0, min(self._first + rows, len(self._strips) - self.size.height))
        if first != self._first:
            self._first = first
            self.refresh()

    def on_mouse_scroll_down(self) -> None:
        """Textual's hook."""
        self.scroll_rows(WHEEL_ROWS)

    def on_mouse_scroll_up(self) -> None:
        """Textual's hook."""
        self.scroll_rows(-WHEEL_ROWS)

    def render_line(self, y: int) -> Strip:
        """Textual's hook: one row of the panel."""
        if self._first + y < len(self._strips):
            return self._strips[self._first + y]
        return data_strip("", self.size.width, self._palette.text)
