"""One line of parts, some at the side where reading begins and some at the other."""

from __future__ import annotations

from dataclasses import dataclass, field

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from annotator.text.layout import Paragraph
from annotator.tui.drawing import data_strip
from annotator.tui.language import base


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar.

    Attributes:
        text: Text of our own or from data: both are drawn the same, safe way.
        style: Its look.
        key: What a click on it presses, or "".
        base: Its direction: 1 from the right, 0 from the left, None as its first strong character says; at first
            that of the interface.
        is_cut: Whether it is cut where it does not fit, and not left out.
    """

    text: str
    style: Style
    key: str = ""
    base: int | None = field(default_factory=base)
    is_cut: bool = False


class Bar(Widget):
    """A line that is drawn anew only when its parts change. Parts that do not fit are left out, the last ones first.

    Args:
        style: Between the parts.
        keeps_last: Whether a quarter of the width is for the parts at the other side, however long the first ones are.
    """

    DEFAULT_CSS = "Bar { height: 1; }"

    @dataclass
    class Pressed(Message):
        """A part with a key was clicked."""

        key: str

    def __init__(self, style: Style, *, keeps_last: bool = True, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._style = style
        self._keeps_last = keeps_last
        self._first: tuple[Part, ...] = ()
        self._last: tuple[Part, ...] = ()
        self._direction = 0
        self._keys: list[tuple[int, int, str]] = []

    def show(self, first: tuple[Part, ...], last: tuple[Part, ...] = (), *, direction: int | None = None) -> None:
        """Show other parts, from the right if the direction is 1; at first it is that of the interface."""
        direction = base() if direction is None else direction
        if (first, last, direction) != (self._first, self._last, self._direction):
            self._first, self._last, self._direction = first, last, direction
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Textual's hook: the one line."""
        width = self.size.width
        natural = sum(_cells(part) for part in self._first)
        last = self._drawn(self._last, max(width - natural, width // 4 if self._keeps_last else 0))
        room = width - sum(strip.cell_length for strip, _ in last)
        first = self._drawn(self._first, room)
        gap = room - sum(strip.cell_length for strip, _ in first)
        drawn = [*first, (Strip([Segment(" " * gap, self._style)], gap), None), *last]
        if self._direction:
            drawn.reverse()
        self._keys, x = [], 0
        for strip, part in drawn:
            if part is not None and part.key:
                self._keys.append((x, x + strip.cell_length, part.key))
            x += strip.cell_length
        return Strip.join(strip for strip, _ in drawn)

    def _drawn(self, parts: tuple[Part, ...], room: int) -> list[tuple[Strip, Part | None]]:
        """The parts that fit; the first one is cut if need be."""
        drawn: list[tuple[Strip, Part | None]] = []
        for part in parts:
            cells = _cells(part)
            if cells > room and drawn and not part.is_cut:
                break
            cells = min(cells, room)
            if cells > 0:
                drawn.append((data_strip(part.text, cells, part.style, base=part.base), part))
            room -= cells
        return drawn

    def on_click(self, event: events.Click) -> None:
        """Press the key of the part under the pointer."""
        for first, last, key in self._keys:
            if first <= event.x < last:
                self.post_message(self.Pressed(key))


def _cells(part: Part) -> int:
    return Paragraph(part.text, part.base).cells
