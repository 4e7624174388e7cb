"""The baseline of the start-up: a Textual app that imports sqlmodel and shows one line."""

from __future__ import annotations

import sqlmodel  # noqa: F401  # what it costs to load is part of the baseline
from textual.app import App, ComposeResult
from textual.widgets import Static


LINE = "baseline-is-shown"


class OneLineApp(App[None]):
    """Shows one line."""

    def compose(self) -> ComposeResult:
        """Textual's hook."""
        yield Static(LINE)


if __name__ == "__main__":
    OneLineApp().run()
