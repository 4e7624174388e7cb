"""The baseline of the keys: a Textual app that shows a file in a read-only TextArea."""

from __future__ import annotations

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import TextArea


class TextAreaApp(App[None]):
    """Shows one text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """Textual's hook."""
        text_area = TextArea(self._text, read_only=True)
        text_area.cursor_blink = False  # else it would never be quiet
        yield text_area


if __name__ == "__main__":
    TextAreaApp(Path(sys.argv[1]).read_text("utf-8")).run()
