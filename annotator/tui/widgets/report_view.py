"""A report: its tables one below the other, with a cursor on one cell; in Arabic their columns run from the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from annotator.text.layout import Paragraph
from annotator.tui.agreement_lines import Align, Section, ShownCell
from annotator.tui.drawing import data_strip, join, strip_of
from annotator.tui.language import _, base
from annotator.tui.palette import Palette


GAP = 2
"""Blank columns between two cells, and one of them at each edge of the window."""

WHEEL_ROWS = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: the number of its section, its row there, and its column."""

    section: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the report; `number` is the row of the table, or the row of a wrapped note."""

    kind: Literal["blank", "title", "heads", "row", "note"]
    section: int
    number: int = 0


class ReportView(Widget, can_focus=True):
    """Shows sections and says which row was clicked a second time.

    Args:
        palette: The styles.

    Attributes:
        sections: What it shows.
    """

    DEFAULT_CSS = "ReportView { height: 1fr; width: 1fr; }"

    @dataclass
    class Chosen(Message):
        """A row was clicked that was the current one already."""

    @dataclass
    class Moved(Message):
        """The mouse has moved the cursor."""

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._palette = palette
        self.sections: tuple[Section, ...] = ()
        self._lines: list[_Line] = []
        self._rows: list[int] = []
        self._notes: list[list[Strip]] = []
        self._longest: list[list[int]] = []
        self._widths: list[list[int]] = []
        self._current = 0
        self._column: int | None = None
        self._first = 0

    def show(self, sections: tuple[Section, ...], place: Place | None = None) -> None:
        """Show another report, with the cursor on a cell, if there is one."""
        if sections == self.sections and place in {None, self.place}:
            return
        self.sections = sections
        self._lay_out()
        if place is not None:
            at = _Line("row", place.section, place.row)
            self._current = next((n for n, line in enumerate(self._rows) if self._lines[line] == at), 0)
            self._column = place.column
        self._current = max(0, min(self._current, len(self._rows) - 1))
        self._follow()
        self.refresh()

    @property
    def place(self) -> Place | None:
        """The cell under the cursor."""
        if not self._rows:
            return None
        line = self._lines[self._rows[self._current]]
        section = self.sections[line.section]
        wanted = section.first_column if self._column is None else self._column
        return Place(line.section, line.number, max(0, min(wanted, len(section.heads) - 1)))

    # Moving

    def move(self, where: str) -> None:
        """Move the cursor to another row."""
        page = max(self._height - 2, 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        self._go({"home": 0, "end": len(self._rows) - 1}.get(where, self._current + steps.get(where, 0)))

    def move_column(self, step: int) -> None:
        """Move the cursor to a column further to the right, or to the left if negative."""
        place = self.place
        if place is not None:
            last = len(self.sections[place.section].heads) - 1
            self._column = max(0, min(place.column + (-step if base() else step), last))
            self.refresh()

    def move_table(self, step: int) -> None:
        """Move the cursor to the first row of another table, round the end."""
        place = self.place
        if place is None:
            return
        with_rows = [number for number, section in enumerate(self.sections) if section.rows]
        wanted = with_rows[(with_rows.index(place.section) + step) % len(with_rows)]
        self._first = self._lines.index(_Line("title", wanted))
        self._go(self._rows.index(self._lines.index(_Line("row", wanted))))

    def _go(self, target: int) -> None:
        before = self.place
        self._current = max(0, min(target, len(self._rows) - 1))
        after = self.place
        if before is not None and after is not None and before.section != after.section:
            self._column = None
        self._follow()
        self.refresh()

    @property
    def _height(self) -> int:
        return max(self.size.height, 1)

    def _follow(self) -> None:
        """Scroll so that the cursor is in sight, and of what stands around its row as much as fits."""
        if not self._rows:
            self._first = 0
            return
        row = above = below = self._rows[self._current]
        while above and self._lines[above - 1].kind in {"title", "heads"}:
            above -= 1
        while below + 1 < len(self._lines) and self._lines[below + 1].kind == "note":
            below += 1
        above = max(min(above, row - 1), row - self._height + 1, 0)  # the first line may be covered by heads
        below = min(below, above + self._height - 1)
        self._first = max(0, min(max(self._first, below - self._height + 1), above, len(self._lines) - self._height))

    def on_resize(self) -> None:
        """Textual's hook: notes are wrapped anew."""
        self._lay_out()
        self._follow()
        self.refresh()

    def on_mouse_scroll_down(self) -> None:
        """Textual's hook."""
        self._point(self._current + WHEEL_ROWS)

    def on_mouse_scroll_up(self) -> None:
        """Textual's hook."""
        self._point(self._current - WHEEL_ROWS)

    def on_click(self, event: events.Click) -> None:
        """Textual's hook: the first click goes to a row, the next one follows it."""
        index = self._first + event.y
        if index not in self._rows or self._is_covered(event.y):
            return
        if self._rows.index(index) == self._current:
            self.post_message(self.Chosen())
        else:
            self._point(self._rows.index(index))

    def _point(self, target: int) -> None:
        self._go(target)
        self.post_message(self.Moved())

    # Drawing

    def _lay_out(self) -> None:
        """Set out the lines for the present width."""
        width = max(self.size.width - GAP, 1)
        self._lines, self._notes = [], []
        self._longest = [_longest(section) for section in self.sections]
        self._widths = [
            _widths(section, longest, self.size.width)
            for section, longest in zip(self.sections, self._longest, strict=True)
        ]
        for number, section in enumerate(self.sections):
            notes = section.notes if section.rows else (_("There is nothing to show here."),)
            self._notes.append(
                [strip for note in notes for strip in self._note(note, width)] if self.size.width else []
            )
            lines = [_Line("blank", number)] if number else []
            lines.append(_Line("title", number))
            if section.rows:
                lines.append(_Line("heads", number))
            lines += [_Line("row", number, row) for row in range(len(section.rows))]
            lines += [_Line("note", number, row) for row in range(len(self._notes[-1]))]
            self._lines += lines
        self._rows = [number for number, line in enumerate(self._lines) if line.kind == "row"]

    def _note(self, text: str, width: int) -> list[Strip]:
        if not self.size.width:
            return []  # the size is not known yet
        palette = self._palette
        rows = Paragraph(text, base()).rows(width)
        return [strip_of(row, palette.text, lambda _cell: palette.faint, left=1, right=1) for row in rows]

    def _is_covered(self, y: int) -> bool:
        """Whether the heads of a table stand in the place of a row that would be in the first line."""
        return y == 0 and self._height > 1 and self._lines[self._first].kind == "row"

    def render_line(self, y: int) -> Strip:
        """Textual's hook: one line of the report."""
        width = self.size.width
        if self._first + y >= len(self._lines):
            return data_strip("", width, self._palette.text)
        line = self._lines[self._first + y]
        section = self.sections[line.section]
        if line.kind == "note":
            return _fitted(self._notes[line.section][line.number], width, self._palette.text)
        if line.kind == "title":
            return self._title(line.section)
        if line.kind == "heads" or self._is_covered(y):
            cells = [ShownCell(head, base()) for head in section.heads]
            return self._cells(line.section, cells, self._palette.faint + Style(underline=True))
        if line.kind == "row":
            is_current = self._rows[self._current] == self._first + y
            style = self._palette.selection if is_current else self._palette.text
            return self._cells(line.section, section.rows[line.number], style, has_cursor=is_current)
        return data_strip("", width, self._palette.text)

    def _title(self, number: int) -> Strip:
        """The title of a section and, where not all of its columns fit, which ones are shown."""
        section, width = self.sections[number], self.size.width
        shown, total = self._shown(number), len(section.heads)
        strong = self._palette.text + Style(bold=True)
        said = ""
        if section.rows and len(shown) < total:
            first = shown[min(section.table.named_by, len(shown) - 1)]
            said = _("columns {first}–{last} of {total}: ← →", first=first + 1, last=shown[-1] + 1, total=total)
        room = max(width - len(said) - 2 * GAP, 0)
        parts = [data_strip(section.title, room, strong, base=base(), left=1, right=1)]
        parts.append(data_strip(said, len(said), self._palette.faint, base=base(), left=1, right=1))
        return _fitted(join(*(reversed(parts) if base() else parts)), width, self._palette.text)

    def _cells(self, number: int, cells: Sequence[ShownCell], style: Style, *, has_cursor: bool = False) -> Strip:
        section, place = self.sections[number], self.place
        shown, widths = self._shown(number), self._widths[number]
        room = self.size.width - sum(widths[column] + GAP for column in shown)
        strips = []
        for column in shown:
            width = widths[column]
            if column == shown[-1]:  # the last one may have what is left
                width = max(min(width + room, self._longest[number][column]), width)
            is_here = has_cursor and place is not None and column == place.column
            look = self._palette.cursor if is_here else style
            strips.append(_drawn(cells[column], section.aligns[column], width, look))
        return _fitted(join(*(reversed(strips) if base() else strips)), self.size.width, style)

    def _shown(self, number: int) -> list[int]:
        """The columns of a table that fit: the names, and of the others a stretch that holds the cursor."""
        section, place = self.sections[number], self.place
        widths = [width + GAP for width in self._widths[number]]
        names = section.table.named_by
        cursor = place.column if place is not None and place.section == number else 0
        room = self.size.width - sum(widths[:names])
        first = names
        while first < cursor and sum(widths[first : cursor + 1]) > room:
            first += 1
        behind = first + 1
        while behind < len(widths) and sum(widths[first : behind + 1]) <= room:
            behind += 1
        return [*range(names), *range(first, min(behind, len(widths)))]


def _longest(section: Section) -> list[int]:
    """The columns that each column of a table would take if none was cut."""
    return [
        max(len(head), *(len(row[column].text) + (align == "estimate") for row in section.rows), 1)
        for column, (head, align) in enumerate(zip(section.heads, section.aligns, strict=True))
    ]


def _widths(section: Section, longest: Sequence[int], room: int) -> list[int]:
    """The columns that each column of a table takes: texts are cut where they would leave no room for figures."""
    names = section.table.named_by
    most = [room // 2 // names if column < names else room // 4 for column in range(len(longest))]
    return [
        max(min(length, most[column]), len(section.heads[column]), 1) if section.aligns[column] == "text" else length
        for column, length in enumerate(longest)
    ]


def _drawn(cell: ShownCell, align: Align, width: int, style: Style) -> Strip:
    """A cell: counts flush right, estimates and words where reading begins, texts from data where theirs does."""
    text = cell.text
    if align == "count" or (align == "estimate" and base()):
        text = text if cell.base else text.rjust(width)
    elif align == "estimate":
        text = text if text.startswith("-") else f" {text}"
    return data_strip(text, width, style, base=cell.base, left=GAP // 2, right=GAP - GAP // 2)


def _fitted(strip: Strip, width: int, style: Style) -> Strip:
    """A line at exactly a width, cut or filled at the side where reading ends."""
    spare = width - strip.cell_length
    if spare < 0:
        return strip.crop(-spare, strip.cell_length) if base() else strip.crop(0, width)
    blank = data_strip("", spare, style)
    return join(blank, strip) if base() else join(strip, blank)
