"""The documents as a list: one row each, title at the right where Arabic begins."""

from __future__ import annotations

from dataclasses import dataclass

from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from annotator.tui.drawing import data_strip
from annotator.tui.language import _, base
from annotator.tui.palette import Palette
from annotator.tui.wording import status_name


STATUS_WIDTH, SPANS_WIDTH, LENGTH_WIDTH, SOURCE_WIDTH = 9, 7, 8, 18
NARROW = 60
"""Below so many columns, source and length are left out."""

WHEEL_ROWS = 3


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A row of the list."""

    id: int
    title: str
    source: str
    length: int
    annotations: int
    status: str


Heads = tuple[str, str, str, str, str]


class DocumentList(Widget, can_focus=True):
    """Shows rows and says which one was opened.

    Args:
        palette: The styles.
        heads: What stands above status, annotations, length, source and title.
    """

    DEFAULT_CSS = "DocumentList { height: 1fr; width: 1fr; }"

    @dataclass
    class Opened(Message):
        """A row was clicked that was the current one already."""

        id: int

    def __init__(self, palette: Palette, heads: Heads, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._palette = palette
        self._heads = heads
        self._rows: tuple[DocumentRow, ...] = ()
        self._current = 0
        self._first = 0

    def show(self, rows: tuple[DocumentRow, ...], current_id: int | None) -> None:
        """Show other rows; the cursor goes to a document, if it is among them."""
        if rows == self._rows and current_id is not None and self.current is not None and current_id == self.current.id:
            return
        self._rows = rows
        ids = [row.id for row in rows]
        self._current = ids.index(current_id) if current_id in ids else 0
        self._follow()
        self.refresh()

    @property
    def current(self) -> DocumentRow | None:
        """The row under the cursor."""
        return self._rows[self._current] if self._rows else None

    def move(self, where: str) -> None:
        """Move the cursor."""
        page = max(self._height - 1, 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        target = {"home": 0, "end": len(self._rows) - 1}.get(where, self._current + steps.get(where, 0))
        self._go(target)

    def _go(self, target: int) -> None:
        before = self._current
        self._current = max(0, min(target, len(self._rows) - 1))
        if self._follow():
            self.refresh()
        elif before != self._current:
            self.refresh(*(Region(0, index - self._first + 1, self.size.width, 1) for index in (before, self._current)))

    @property
    def _height(self) -> int:
        return max(self.size.height - 1, 1)

    def _follow(self) -> bool:
        """Scroll so that the cursor is in sight and the page is full; whether that was needed."""
        height = self._height
        first = max(min(self._first, self._current, len(self._rows) - height), self._current - height + 1, 0)
        moved, self._first = first != self._first, first
        return moved

    def on_resize(self) -> None:
        """Textual's hook."""
        self._follow()
        self.refresh()

    def on_mouse_scroll_down(self) -> None:
        """Textual's hook."""
        self._go(self._current + WHEEL_ROWS)

    def on_mouse_scroll_up(self) -> None:
        """Textual's hook."""
        self._go(self._current - WHEEL_ROWS)

    def on_click(self, event: events.Click) -> None:
        """Textual's hook: the first click goes to a row, the next one opens it."""
        index = self._first + event.y - 1
        if event.y < 1 or index >= len(self._rows):
            return
        if index == self._current:
            self.post_message(self.Opened(self._rows[index].id))
        else:
            self._go(index)

    def render_line(self, y: int) -> Strip:
        """Textual's hook: the head line, or a document."""
        if y == 0:
            return self._line(self._heads, self._palette.faint + Style(underline=True))
        index = self._first + y - 1
        if index >= len(self._rows):
            empty = _("no document matches; Esc shows all") if y == 1 and not self._rows else ""
            return data_strip(empty, self.size.width, self._palette.text, base=base())
        row = self._rows[index]
        if index == self._current:
            style = self._palette.selection
        else:
            style = self._palette.faint if row.status == "done" else self._palette.text
        texts = (status_name(row.status), str(row.annotations or ""), str(row.length), row.source, row.title)
        return self._line(texts, style)

    def _line(self, texts: tuple[str, str, str, str, str], style: Style) -> Strip:
        width = self.size.width
        status, spans, length, source, title = texts
        strips = [data_strip(status, min(STATUS_WIDTH, width), style, base=0, left=1)]
        if width >= NARROW:
            strips.append(data_strip(f"{spans:>5}", SPANS_WIDTH, style, base=0))
            strips.append(data_strip(f"{length:>6}", LENGTH_WIDTH, style, base=0))
            strips.append(data_strip(source, SOURCE_WIDTH, style, base=0, right=1))
        room = width - sum(strip.cell_length for strip in strips) - 1
        if room > 0:
            strips.append(data_strip(title, room, style, base=1, right=1))
        line = Strip.join(strips)
        return line.crop(0, width) if line.cell_length > width else line.extend_cell_length(width, style)
