"""A text field for any script, from the right or from the left as its first letter says."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from annotator.text.layout import Cell, Paragraph, line_of
from annotator.tui.drawing import data_strip, strip_of
from annotator.tui.language import base
from annotator.tui.palette import Palette


WINDOW = 8
"""Code points for each column that are looked at, however long a text was pasted."""


class InputLine(Widget, can_focus=True):
    """One line to type into. The block cursor stands where the next letter goes."""

    DEFAULT_CSS = "InputLine { height: 1; display: none; } InputLine.-open { display: block; }"

    @dataclass
    class Submitted(Message):
        """Enter was pressed."""

        value: str

    @dataclass
    class Changed(Message):
        """The text is another one now."""

        value: str

    class Cancelled(Message):
        """Escape was pressed."""

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._palette = palette
        self._prompt = ""
        self.value = ""
        self._cursor = 0

    def open(self, prompt: str, value: str = "") -> None:
        """Ask for a text."""
        self._prompt, self.value, self._cursor = prompt, value, len(value)
        self.add_class("-open")
        self.screen.set_focus(self)
        self.refresh()

    def close(self) -> None:
        """Go out of sight."""
        self.remove_class("-open")

    @property
    def is_open(self) -> bool:
        """Whether a text is being asked for."""
        return self.has_class("-open")

    def press(self, event: events.Key) -> Submitted | Changed | Cancelled | None:
        """Take a key; what came of it is returned and not posted, so that it is known before the next key."""
        before = self.value
        match event.key:
            case "enter":
                return self.Submitted(self.value)
            case "escape":
                return self.Cancelled()
            case "backspace":
                self._edit(max(self._cursor - 1, 0), self._cursor, "")
            case "delete":
                self._edit(self._cursor, self._cursor + 1, "")
            case "ctrl+u":
                self._edit(0, self._cursor, "")
            case "left" | "right":
                self._move_as_seen(-1 if event.key == "left" else 1)
            case "home" | "end":
                self._cursor = 0 if event.key == "home" else len(self.value)
                self.refresh()
            case _:
                if event.character and event.is_printable:
                    self._edit(self._cursor, self._cursor, event.character)
        return self.Changed(self.value) if self.value != before else None

    def on_paste(self, event: events.Paste) -> None:
        """Textual's hook: take a pasted text as one line."""
        event.stop()
        self._edit(self._cursor, self._cursor, " ".join(event.text.split()))
        self.post_message(self.Changed(self.value))

    def _edit(self, start: int, end: int, new: str) -> None:
        self.value = self.value[:start] + new + self.value[end:]
        self._cursor = start + len(new)
        self.refresh()

    def _move_as_seen(self, step: int) -> None:
        row = line_of(self.value + " ", Paragraph(self.value + " ", None).cells, None)
        index = row.index_of(self._cursor)
        if index is None or not 0 <= index + step < len(row.cells):
            return
        self._cursor = min(row.cells[index + step].start, len(self.value))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Textual's hook: prompt and text."""
        style, width = self._palette.bar, self.size.width
        cells = min(Paragraph(self._prompt, base()).cells, width // 2)
        prompt = data_strip(self._prompt, cells, style, base=base())
        room = max(width - prompt.cell_length - 1, 1)
        shown, cut = self._in_sight(room)
        row = line_of(shown + " ", room, None if self.value.strip() else base())

        def style_of(cell: Cell) -> Style:
            return self._palette.cursor if cell.start <= self._cursor - cut < cell.end else style

        parts = [prompt, Strip([Segment(" ", style)], 1), strip_of(row, style, style_of)]
        return Strip.join(reversed(parts) if base() else parts)

    def _in_sight(self, room: int) -> tuple[str, int]:
        """The part of the text that fits and holds the cursor, and how much before it is out of sight."""
        near = WINDOW * room
        cut = max(self._cursor - near, 0)
        paragraph = Paragraph(self.value[cut : self._cursor] + " ", None)
        excess = paragraph.cells - room
        if excess > 0:
            cut += paragraph.cluster_at(paragraph.fitting(excess - 1))[1]
        shown = self.value[cut : self._cursor + near]
        rest = Paragraph(shown, None)
        return (shown if rest.cells < room else shown[: max(rest.fitting(room - 1), self._cursor - cut)]), cut
