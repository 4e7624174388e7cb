"""Which way of writing Arabic reads right in this terminal? A look at it tells what no question to a terminal does."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from annotator.errors import N_
from annotator.services.preferences import BIDI_MODES, BidiMode
from annotator.text.layout import Paragraph
from annotator.tui import bidi_modes
from annotator.tui.drawing import data_strip, strip_of
from annotator.tui.driver import switch
from annotator.tui.language import _, base, language
from annotator.tui.palette import Palette
from annotator.tui.terminals import known


SAMPLE = "بدأ 25 عاملًا (من IBM) العمل في 12/06/2024، وقال أحدهم: «لا»."
"""Letters that join and letters that do not, marks, two numbers, brackets, Latin, quotes, and where it ends."""

QUESTION = N_("Which line reads right? Press its number, or 0 if none does.")

LEFT, RIGHT = 2, 1
"""Blank columns beside the texts; the first one carries what forces the order."""


class CalibrateScreen(Screen[BidiMode | None]):
    """Shows one sentence in every mode and lets the user choose.

    The result is the mode to remember, which is drawn in from then on; None where nothing was chosen.

    Args:
        palette: The styles.
        terminal: The terminal's name, as `annotator.tui.terminals` gives it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"choose({number})", "") for number in range(len(BIDI_MODES) + 1)),
        Binding("escape,q", "leave", ""),
    ]

    def __init__(self, palette: Palette, terminal: str) -> None:
        super().__init__()
        self._palette, self._terminal = palette, terminal
        self._before = bidi_modes.mode()
        self._is_advising = False

    def compose(self) -> ComposeResult:
        """Textual's hook."""
        yield _Samples(self._palette, known(self._terminal).mode, id="samples")

    def on_mount(self) -> None:
        """Textual's hook: the samples go out as they are drawn, each in the way of its mode."""
        switch(self.app, "app")

    def action_choose(self, number: int) -> None:
        """Take the mode of a line; where none reads right, say what to do about it first."""
        if self._is_advising:
            self._end(known(self._terminal).mode)
        elif number:
            self._end(BIDI_MODES[number - 1])
        else:
            self._is_advising = True
            advice = known(self._terminal).advice or GENERAL_ADVICE
            self.query_one(_Samples).advise(_(advice))

    def action_leave(self) -> None:
        """Go on as before; after the advice, with what suits most terminals of this kind."""
        self._end(known(self._terminal).mode if self._is_advising else None)

    def _end(self, chosen: BidiMode | None) -> None:
        switch(self.app, chosen or self._before)
        self.dismiss(chosen)


GENERAL_ADVICE = N_(
    "Then a setting of the terminal has to change: right-to-left text (bidi) and Arabic shaping off. The list in "
    "docs/terminals.md names it for many terminals; `annotator doctor` tells which one this is."
)


class _Samples(Widget):
    """The question and the lines to choose from; its own words in the mode that is most likely right."""

    DEFAULT_CSS = "_Samples { width: 1fr; height: 1fr; }"

    def __init__(self, palette: Palette, likely: BidiMode, *, id: str | None = None) -> None:  # noqa: A002  # Textual's
        super().__init__(id=id)
        self._palette, self._likely = palette, likely
        self._advice = ""

    def advise(self, advice: str) -> None:
        """Show what to do instead of the question."""
        self._advice = advice
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Textual's hook: one row."""
        rows = self._rows(self.size.width)
        return rows[y] if y < len(rows) else data_strip("", self.size.width, self._palette.text)

    def _rows(self, width: int) -> list[Strip]:
        palette = self._palette
        if self._advice:
            return self._text(self._advice, palette.text) + self._text(_("Any digit or Esc goes on."), palette.faint)
        rows = self._text(_(QUESTION), palette.text + Style(bold=True))
        if language() != "en":  # perhaps nothing but Latin letters can be read yet
            rows += self._text(QUESTION, palette.text, 0)
        rows += self._text(
            _(
                "The right one begins at the right edge. Its letters are joined, its numbers are 25 and 12/06/2024, "
                "IBM stands in brackets, and it ends at the left with a quotation mark and a full stop."
            ),
            palette.faint,
        )
        sample = data_strip(SAMPLE, max(width - LEFT - RIGHT, 0), palette.text, left=LEFT, right=RIGHT)
        for number, mode in enumerate(BIDI_MODES, 1):
            rows += [*self._text(str(number), palette.text + Style(bold=True), 0), written(sample, mode)]
        return rows + self._text(_("Esc leaves everything as it is."), palette.faint)

    def _text(self, text: str, style: Style, direction: int | None = None) -> list[Strip]:
        """A text and a blank row above it."""
        width, blank = max(self.size.width - LEFT - RIGHT, 1), self._palette.text
        rows = Paragraph(text, base() if direction is None else direction).rows(width)
        strips = (strip_of(row, blank, lambda _cell: style, left=LEFT, right=RIGHT) for row in rows)
        return [data_strip("", self.size.width, blank), *(written(strip, self._likely) for strip in strips)]


def written(strip: Strip, mode: BidiMode) -> Strip:
    """A whole row as it goes out in a mode."""
    if mode == "override":
        return bidi_modes.with_order_forced(strip)
    return bidi_modes.turned(strip)[0] if mode == "terminal" else strip
