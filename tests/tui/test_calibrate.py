"""The screen that shows one sentence in every mode."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual.app import App

from annotator.model.schema import Language
from annotator.services.preferences import BIDI_MODES, BidiMode
from annotator.tui import bidi_modes, language
from annotator.tui.bidi_modes import FORCE_ORDER
from annotator.tui.logical_rows import BLANK
from annotator.tui.palette import Palette
from annotator.tui.screens.calibrate import GENERAL_ADVICE, QUESTION, CalibrateScreen, written
from annotator.tui.terminals import known
from tests.support.model import SCHEMA


class Alone(App[None]):
    """An app of nothing but this screen.

    Attributes:
        results: What it came to, each time.
    """

    def __init__(self, terminal: str) -> None:
        super().__init__()
        self.results: list[BidiMode | None] = []
        self._terminal = terminal

    def on_mount(self) -> None:
        self.push_screen(CalibrateScreen(Palette(SCHEMA, 1 << 24), self._terminal), self.results.append)

    @property
    def rows(self) -> list[str]:
        return [strip.text for strip in self.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        """All rows, each without the blanks at its edges."""
        return " ".join(row.strip() for row in self.rows)

    @property
    def samples(self) -> list[str]:
        return [row for row in self.rows if "12/06/2024" in row and "«" in row]


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    bidi_modes.use("app", "")
    language.use("en")


async def test_it_asks_and_says_what_right_means() -> None:
    app = Alone("konsole")
    async with app.run_test(size=(80, 24)):
        assert QUESTION in app.text
        assert "begins at the right edge" in app.text
        assert "Esc leaves everything as it is." in app.text


async def test_there_is_a_numbered_sample_of_each_mode_in_its_own_way() -> None:
    app = Alone("konsole")
    async with app.run_test(size=(80, 24)):
        seen, forced, turned = app.samples
        assert len(app.samples) == len(BIDI_MODES)
        assert forced.replace(FORCE_ORDER, "") == seen
        assert forced.startswith(f" {FORCE_ORDER}")
        assert turned.startswith(BLANK)
        rows = app.rows
        assert [rows[rows.index(sample) - 1].strip() for sample in app.samples] == ["1", "2", "3"]


@pytest.mark.parametrize(("key", "mode"), [("1", "app"), ("2", "override"), ("3", "terminal")])
async def test_a_number_takes_the_mode_of_its_line(key: str, mode: BidiMode) -> None:
    app = Alone("konsole")
    async with app.run_test() as pilot:
        await pilot.press(key)
        assert app.results == [mode]
        assert bidi_modes.mode() == mode


async def test_the_samples_are_drawn_as_they_are_whatever_the_mode_was() -> None:
    bidi_modes.use("terminal", "konsole")
    app = Alone("konsole")
    async with app.run_test():
        assert bidi_modes.mode() == "app"


async def test_escape_leaves_the_mode_as_it_was() -> None:
    bidi_modes.use("override", "konsole")
    app = Alone("konsole")
    async with app.run_test() as pilot:
        await pilot.press("escape")
        assert app.results == [None]
        assert bidi_modes.mode() == "override"


@pytest.mark.parametrize("terminal", ["konsole", "kitty"])
async def test_where_no_line_reads_right_it_says_what_to_set_in_the_terminal(terminal: str) -> None:
    app = Alone(terminal)
    async with app.run_test(size=(200, 24)) as pilot:
        await pilot.press("0")
        assert known(terminal).advice in app.text
        assert not app.samples
        assert app.results == []


async def test_of_a_terminal_that_nothing_is_known_of_it_says_what_helps_in_general() -> None:
    app = Alone("xterm-256color")
    async with app.run_test(size=(200, 24)) as pilot:
        await pilot.press("0")
        assert GENERAL_ADVICE in app.text


@pytest.mark.parametrize("key", ["0", "2", "escape"])
async def test_after_that_what_suits_the_terminal_as_it_comes_is_taken(key: str) -> None:
    app = Alone("putty")
    async with app.run_test() as pilot:
        await pilot.press("0", key)
        assert app.results == ["terminal"]


async def test_other_keys_do_nothing() -> None:
    app = Alone("konsole")
    async with app.run_test() as pilot:
        await pilot.press("4", "x", "enter", "up")
        assert app.results == []
        assert len(app.samples) == len(BIDI_MODES)


async def test_in_arabic_the_question_is_asked_in_english_too() -> None:
    """Perhaps no Arabic can be read in this terminal yet."""
    spoken: Language = "ar"
    language.use(spoken)
    app = Alone("konsole")
    async with app.run_test(size=(80, 30)):
        assert QUESTION in app.text
        assert len(app.samples) == len(BIDI_MODES)


@pytest.mark.parametrize("size", [(20, 6), (3, 2), (1, 1)])
async def test_a_tiny_window_is_no_harm(size: tuple[int, int]) -> None:
    app = Alone("konsole")
    async with app.run_test(size=size) as pilot:
        assert {strip.cell_length for strip in app.screen._compositor.render_strips()} == {size[0]}
        await pilot.press("1")
        assert app.results == ["app"]


def test_a_row_in_the_mode_app_is_the_row() -> None:
    from annotator.tui.drawing import data_strip

    row = data_strip("سلم", 5, Palette(SCHEMA, 0).text)
    assert written(row, "app") is row
