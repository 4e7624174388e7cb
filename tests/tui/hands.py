"""Hands and eyes on a running app: keys and the mouse as a terminal sends them, and the exact cells on the screen."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual._xterm_parser import XTermParser
from textual.keys import _character_to_key
from textual.message import Message
from textual.pilot import Pilot

from annotator.model.annotation import Annotation
from annotator.tui.app import AnnotatorApp
from annotator.tui.desk import Desk
from annotator.tui.screens.annotate import AnnotateScreen


CONTROL = {"space": " ", "enter": "\r", "tab": "\t", "escape": "\x1b", "backspace": "\x7f"}
"""Named keys that come with a character."""

TITLE_END = re.compile(r"^Esc  +|  +(\d+/\d+ · )?Esc$")
"""What stands at the other end of a menu's title."""


class Column(NamedTuple):
    """One column of the screen: what stands there ("" behind a wide glyph) and its style."""

    glyph: str
    style: Style


def strips(app: AnnotatorApp) -> list[Any]:
    """What the open screen draws, row by row, as strips; the one place that reaches into Textual for it."""
    return list(app.screen._compositor.render_strips())


def columns(app: AnnotatorApp, y: int) -> list[Column]:
    """One row of the screen, column by column."""
    found: list[Column] = []
    for segment in strips(app)[y]:
        assert segment.style is not None, f"a segment without a style: {segment.text!r}"
        for character in segment.text:
            width = cell_len(character)
            if width == 0:
                found[-1] = Column(found[-1].glyph + character, found[-1].style)
            else:
                found.append(Column(character, segment.style))
                found += [Column("", segment.style)] * (width - 1)
    return found


def key_event(key: str) -> events.Key:
    """The event of a key: a character, or the name of a key."""
    if len(key) == 1:
        return events.Key(_character_to_key(key), key)
    return events.Key(key, CONTROL.get(key))


class Hands:
    """A running app with short ways to use it and to look at it."""

    def __init__(self, app: AnnotatorApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    def send(self, *keys: str) -> None:
        """Send keys all at once, as a slow link delivers them."""
        for key in keys:
            self._deliver(key_event(key))

    async def settled(self) -> None:
        """Wait until nothing is to be done, a held back lam included."""
        await self.pilot.pause()
        while self.app._translator.is_holding:
            await self.pilot.pause()
        await self.pilot._wait_for_screen()

    async def press(self, *keys: str) -> None:
        """Press keys one behind the other, and wait for what comes of them."""
        self.send(*keys)
        await self.settled()

    async def type(self, text: str) -> None:
        """Press the keys of a text."""
        await self.press(*text)

    async def feed(self, *chunks: str) -> None:
        """What a terminal sends, as Textual reads it; behind each chunk is a pause."""
        for chunk in chunks:
            parser = XTermParser()
            for message in (*parser.feed(chunk), *parser.feed("")):
                self._deliver(message)
        await self.settled()

    async def click(self, x: int, y: int, times: int = 1, button: int = 1) -> None:
        """Press and release a mouse button, some times in a row; a click before these is none of the row."""
        self.app._click_chain_last_offset = None
        self.send_click(x, y, times, button)
        await self.settled()

    def send_click(self, x: int, y: int, times: int = 1, button: int = 1) -> None:
        """Click and wait for nothing."""
        for kind in (events.MouseDown, events.MouseUp) * times:
            self._point(kind, x, y, button)

    async def hold(self, *places: tuple[int, int]) -> None:
        """Press the mouse button at the first place and move over the others; it stays pressed."""
        self._point(events.MouseDown, *places[0])
        await self.move(*places[1:])

    async def move(self, *places: tuple[int, int]) -> None:
        """Move the mouse."""
        for place in places:
            self._point(events.MouseMove, *place)
        await self.settled()

    async def release(self, x: int, y: int) -> None:
        """Let go of the mouse button."""
        self._point(events.MouseUp, x, y)
        await self.settled()

    async def drag(self, *places: tuple[int, int]) -> None:
        """Press the mouse button at the first place, move over the others and let go at the last one."""
        await self.hold(*places)
        await self.release(*places[-1])

    def _point(self, kind: type[events.MouseEvent], x: int, y: int, button: int = 1) -> None:
        self._deliver(kind(None, x, y, 0, 0, button, False, False, False))

    async def wheel(self, x: int, y: int, turns: int) -> None:
        """Turn the wheel down, or up where negative."""
        kind = events.MouseScrollDown if turns > 0 else events.MouseScrollUp
        for _ in range(abs(turns)):
            self._deliver(kind(None, x, y, 0, 1 if turns > 0 else -1, 0, False, False, False))
        await self.settled()

    async def paste(self, text: str) -> None:
        """Paste a text."""
        self.send_paste(text)
        await self.settled()

    def send_paste(self, text: str) -> None:
        """Paste a text and wait for nothing."""
        self._deliver(events.Paste(text))

    async def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(width, height)
        await self.settled()

    def _deliver(self, event: Message) -> None:
        driver = self.app._driver
        assert driver is not None
        driver.send_message(event)

    # Looking

    @property
    def lines(self) -> list[str]:
        """The rows of the screen as text."""
        return ["".join(segment.text for segment in strip) for strip in strips(self.app)]

    @property
    def text(self) -> str:
        """The whole screen as text."""
        return "\n".join(self.lines)

    def columns(self, y: int) -> list[Column]:
        """One row of the screen, column by column."""
        return columns(self.app, y)

    def shown(self, selector: str) -> str:
        """The text of a part of the screen."""
        region = self.app.screen.query_one(selector).region
        return "\n".join(
            "".join(column.glyph for column in self.columns(y)[region.x : region.right])
            for y in range(region.y, region.bottom)
        )

    @property
    def status(self) -> str:
        """The status line."""
        return self.shown("#status")

    @property
    def menu(self) -> list[str]:
        """The lines of the open menu, its title first, without what stands behind that; none where no menu is open."""
        if not self.app.screen.query_one("#menu").has_class("-open"):
            return []
        title, *lines = [line.strip() for line in self.shown("#menu").split("\n")]
        return [TITLE_END.sub("", title), *lines]

    def menu_place(self, line: int) -> tuple[int, int]:
        """Where a line of the menu is drawn; its title is line 0."""
        region = self.app.screen.query_one("#menu").region
        return region.x + 8, region.y + line

    @property
    def hinted(self) -> list[str]:
        """The letters of hints in the document, row by row."""
        places = self.styled(lambda style: style == self.app.palette.hint)
        return [self.columns(y)[x].glyph for x, y in places]

    def styled(self, style: Callable[[Style], bool]) -> list[tuple[int, int]]:
        """The (x, y) of all columns of the document with a style."""
        region = self.app.screen.query_one("#document").region
        return [
            (x, y)
            for y in range(region.y, region.bottom)
            for x, column in enumerate(self.columns(y)[region.x : region.right], region.x)
            if style(column.style)
        ]

    @property
    def screen(self) -> AnnotateScreen:
        """The annotate screen."""
        assert isinstance(self.app.screen, AnnotateScreen)
        return self.app.screen

    @property
    def desk(self) -> Desk:
        """What lies under the annotate screen."""
        return self.screen.desk

    @property
    def annotations(self) -> list[Annotation]:
        """The annotations of the open document."""
        return list(self.desk.session.state.annotations)

    @property
    def labelled(self) -> list[tuple[str, str]]:
        """Label and text of each annotation of the open document."""
        text = self.desk.layout.text
        return [(annotation.label, text[annotation.start : annotation.end]) for annotation in self.annotations]

    @property
    def selected(self) -> str:
        """The selected text, "" where nothing is selected."""
        span = self.desk.selection.span
        return self.desk.layout.text[span[0] : span[1]] if span else ""

    @property
    def focused(self) -> str:
        """The text of the focused annotation, "" where none is focused."""
        annotation = self.desk.annotation()
        return self.desk.layout.text[annotation.start : annotation.end] if annotation else ""

    def place_of(self, offset: int) -> tuple[int, int]:
        """Where on the screen a character of the document is drawn."""
        view = self.screen.main
        row_id = self.desk.layout.row_at(offset)
        cell = self.desk.layout.row(row_id).cell_of(offset - self.desk.layout.span(row_id.paragraph)[0])
        assert cell is not None
        return view.region.x + view._text_x + cell.x, view.region.y + view.rows_in_sight.index(row_id)


@asynccontextmanager
async def running(
    app: AnnotatorApp, size: tuple[int, int] = (80, 24), messages: list[Message] | None = None
) -> AsyncIterator[Hands]:
    """Run an app without a terminal.

    Args:
        app: The app.
        size: Columns and rows.
        messages: Takes what is posted between the parts of the app.
    """
    hook = None if messages is None else messages.append
    async with app.run_test(size=size, message_hook=hook) as pilot:
        hands = Hands(app, pilot)
        await hands.settled()
        yield hands
