"""All keys of a screen, and the guidelines of the labels."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from annotator.tui.palette import Palette
from annotator.tui.widgets.panel import Line, Panel


class HelpScreen(ModalScreen[None]):
    """Shows lines until a key closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,f2,enter,ctrl+c", "dismiss", "Close"),
        Binding("down", "scroll(1)", "Down"),
        Binding("up", "scroll(-1)", "Up"),
        Binding("pagedown,space", "page(1)", "Page down"),
        Binding("pageup,backspace", "page(-1)", "Page up"),
    ]

    def __init__(self, lines: tuple[Line, ...], palette: Palette) -> None:
        super().__init__()
        self._lines, self._palette = lines, palette

    def compose(self) -> ComposeResult:
        """Textual's hook."""
        yield Panel(self._palette, id="help")

    def on_mount(self) -> None:
        """Textual's hook."""
        self.styles.background = self._palette.paper
        self._panel.show(self._lines)

    @property
    def _panel(self) -> Panel:
        return self.query_one("#help", Panel)

    def action_scroll(self, rows: int) -> None:
        """Scroll by rows."""
        self._panel.scroll_rows(rows)

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        self._panel.scroll_rows(pages * max(self._panel.size.height - 2, 1))
