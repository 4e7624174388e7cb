"""A menu over the foot of the screen: its lines are chosen by their keys, by arrows and Enter, or with the mouse."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from annotator.text.folding import fold
from annotator.text.layout import Paragraph
from annotator.tui.drawing import data_strip
from annotator.tui.language import base
from annotator.tui.palette import Palette
from annotator.tui.steps import Item, Menu


MOST_ROWS = 16
"""Rows of items at once."""

KEY_WIDTH = 6


class Chooser(Widget):
    """Shows a `Menu`. It draws itself anew only when the menu or the current line changes."""

    DEFAULT_CSS = """
    Chooser { layer: above; dock: bottom; width: 100%; max-width: 100; height: 1; margin-bottom: 1; display: none; }
    Chooser.-open { display: block; }
    Chooser.-searched { margin-bottom: 2; }
    """

    @dataclass
    class Chosen(Message):
        """A line was clicked."""

        item: Item

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._palette = palette
        is_plain = palette.selection == palette.bar  # so without colours: both are reversed
        self._current_style = palette.text if is_plain else palette.selection
        self._menu = Menu("", ())
        self._shown: tuple[Item, ...] = ()
        self._haystacks: tuple[str, ...] = ()
        self._current = 0
        self._top = 0

    def open(self, menu: Menu) -> None:
        """Show a menu."""
        self._menu, self._shown, self._current, self._top = menu, menu.items, menu.current, 0
        self._haystacks = ()
        self.set_class(menu.is_searched, "-searched")  # what is typed stands in a line of its own below
        self.add_class("-open")
        self.fit()

    def close(self) -> None:
        """Go out of sight."""
        self.remove_class("-open")

    @property
    def is_open(self) -> bool:
        """Whether a choice is being asked for."""
        return self.has_class("-open")

    def narrow(self, words: str) -> None:
        """Show only the lines that have some words, whatever their spelling."""
        needles = _folded(words).split()
        if not self._haystacks:
            self._haystacks = tuple(_folded(f"{item.text} {item.detail}") for item in self._menu.items)
        pairs = zip(self._menu.items, self._haystacks, strict=True)
        self._shown = tuple(item for item, hay in pairs if all(needle in hay for needle in needles))
        self._current = self._top = 0
        self.fit()

    def press(self, event: events.Key) -> Item | None:
        """Take a key: the item that it chooses, if it does."""
        last = len(self._shown) - 1
        page = max(self._rows - 1, 1)
        moves = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -last, "end": last}
        if event.key in moves:
            self._move(moves[event.key])
            return None
        if event.key == "enter":
            return self._shown[self._current] if self._shown else None
        if self._menu.is_searched:
            return None
        return next((item for item in self._shown if item.key and item.key == event.character), None)

    def _move(self, rows: int) -> None:
        self._current = max(0, min(self._current + rows, len(self._shown) - 1))
        self._scroll()

    @property
    def _rows(self) -> int:
        room = self.screen.size.height - 6  # the title, and something of what the menu is about
        return max(min(len(self._shown), MOST_ROWS, room), 1)

    def fit(self) -> None:
        """Take the rows that the lines need, as far as the screen has them."""
        self.styles.height = self._rows + 1
        self._scroll()

    def _scroll(self) -> None:
        lowest, highest = self._current - self._rows + 1, min(self._current, len(self._shown) - self._rows)
        self._top = max(lowest, min(self._top, highest))
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Textual's hook: choose the line under the pointer."""
        index = self._top + event.y - 1
        if event.y > 0 and index < len(self._shown):
            self.post_message(self.Chosen(self._shown[index]))

    def on_mouse_scroll_down(self) -> None:
        """Textual's hook."""
        self._move(1)

    def on_mouse_scroll_up(self) -> None:
        """Textual's hook."""
        self._move(-1)

    def render_line(self, y: int) -> Strip:
        """Textual's hook: the title, or a line."""
        if y == 0:
            place = f" {self._current + 1}/{len(self._shown)} · Esc " if len(self._shown) > self._rows else " Esc "
            return self._line(f" {self._menu.title}", place, "", self._palette.bar_strong, self._palette.bar)
        index = self._top + y - 1
        if index >= len(self._shown):
            return data_strip("", self.size.width, self._palette.bar)
        item = self._shown[index]
        style = self._current_style if index == self._current else self._palette.bar
        mark = "●" if item.is_on else " "
        key = f" {item.key} {mark} " if item.key else f" {mark} "
        colour = self._palette.labels[item.label].name if item.label and index != self._current else style
        return self._line(item.text, f" {item.detail} " if item.detail else " ", key, colour, style)

    def _line(self, text: str, detail: str, key: str, style: Style, rest: Style) -> Strip:
        """A line from where reading begins: key, text, gap, detail."""
        width = self.size.width
        head = min(KEY_WIDTH if key else 0, width)
        tail = min(Paragraph(detail, None).cells, max(width - head, 0) // 2)
        room = width - head - tail
        cells = min(Paragraph(text, None).cells, room)
        parts = [
            data_strip(key, head, rest, base=base()),
            data_strip(text, cells, style, base=None),
            Strip([Segment(" " * (room - cells), rest)], room - cells),
            data_strip(detail, tail, rest, base=None),
        ]
        return Strip.join(reversed(parts) if base() else parts)


def _folded(text: str) -> str:
    return fold(text).text.casefold()
