"""The mouse over a text: clicks, double and triple clicks, dragging that scrolls at the edges, the other button."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget


SCROLL_SECONDS = 0.06
"""Between two rows while the pointer is held above or below the text."""

OTHER_BUTTON = 3


class Pointable(Widget, can_focus=True):
    """A text that says where the mouse is pressed, moved and released."""

    @dataclass
    class Clicked(Message):
        """A character was clicked: once, twice or three times in a row."""

        offset: int
        count: int

    @dataclass
    class Dragged(Message):
        """The pointer was moved over characters with the button held; both are offsets of characters."""

        start: int
        end: int

    @dataclass
    class MenuWanted(Message):
        """A character was clicked with the other button."""

        offset: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self._pressed_at: int | None = None
        self._dragged_to: int | None = None
        self._pointer = (0, 0)
        self._scrolling: Timer | None = None

    def offset_at(self, x: int, y: int) -> int | None:
        """The character that is drawn at a cell of the widget, or the nearest one of that row; None on no row."""
        raise NotImplementedError

    def scroll_rows(self, rows: int) -> None:
        """Move the text up by some rows, or down if negative."""
        raise NotImplementedError

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Textual's hook."""
        self._dragged_to = None
        if event.button == 1:
            self._pressed_at = self.offset_at(event.x, event.y)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Textual's hook."""
        if self._pressed_at is None:
            return
        self._pointer = event.x, event.y
        if 0 <= event.y < self.size.height:
            self._stop_scrolling()
            self._drag_to(self.offset_at(event.x, event.y))
        elif self._scrolling is None:
            self._scrolling = self.set_interval(SCROLL_SECONDS, self._scroll)

    def _scroll(self) -> None:
        x, y = self._pointer
        self.scroll_rows(-1 if y < 0 else 1)
        self._drag_to(self.offset_at(x, 0 if y < 0 else self.size.height - 1))

    def _drag_to(self, offset: int | None) -> None:
        if self._pressed_at is None or offset is None:
            return
        if offset != (self._pressed_at if self._dragged_to is None else self._dragged_to):
            self._dragged_to = offset
            self.post_message(self.Dragged(self._pressed_at, offset))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Textual's hook."""
        self._stop_scrolling()
        self.release_mouse()
        self._pressed_at = None

    def _stop_scrolling(self) -> None:
        if self._scrolling is not None:
            self._scrolling.stop()
            self._scrolling = None

    def on_click(self, event: events.Click) -> None:
        """Textual's hook; it comes after a drag that ends on this widget too, and is no click then."""
        offset = self.offset_at(event.x, event.y)
        if offset is None or self._dragged_to is not None:
            return
        if event.button == OTHER_BUTTON:
            self.post_message(self.MenuWanted(offset))
        else:
            self.post_message(self.Clicked(offset, event.chain))
