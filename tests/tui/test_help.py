"""The help and the hints tell of everything that a key can do."""

from __future__ import annotations

import re

import pytest

from annotator.services.preferences import Settings
from annotator.text.layout import Paragraph
from annotator.tui.app import AnnotatorApp
from annotator.tui.commands import DOCUMENTS, LIST, PROGRAM, ScreenName, commands_of, hinted, shown_key
from annotator.tui.screens.help import HelpScreen
from annotator.tui.screens.work import WorkScreen
from tests.tui.conftest import AppMaker, ProjectMaker
from tests.tui.hands import Hands, running
from tests.tui.texts import SHORT


async def help_text(hands: Hands) -> str:
    """All that the help shows, page by page."""
    seen: list[str] = []
    while not seen or hands.text != seen[-1]:
        seen.append(hands.text)
        await hands.press("pagedown")
    return "\n".join(seen)


def drawn(text: str) -> str:
    """A text as it is drawn: shaped, and in the order of a screen."""
    paragraph = Paragraph(text, None)
    (row,) = paragraph.rows(paragraph.cells)
    return "".join(cell.glyph for cell in row.cells)


@pytest.mark.parametrize(("document", "screen"), [(1, "annotate"), (None, "queue")])
async def test_the_help_shows_every_command(make_app: AppMaker, document: int | None, screen: ScreenName) -> None:
    async with running(make_app(SHORT, document=document, schema="minimal"), size=(120, 60)) as hands:
        await hands.press("?")
        shown = await help_text(hands)
        for command in commands_of(screen):
            assert re.search(rf"^ +{re.escape(command.shown_keys)} +{re.escape(command.text)} *$", shown, re.MULTILINE)


async def test_the_help_explains_the_labels(make_app: AppMaker) -> None:
    async with running(make_app(SHORT, schema="minimal"), size=(110, 60)) as hands:
        await hands.press("?")
        shown = await help_text(hands)
        assert "A claim is a statement that could be checked" in shown
        assert "r  Spill-over" in shown


async def test_in_arabic_the_help_is_arabic_alone_and_reads_from_the_right(make_project: ProjectMaker) -> None:
    app = AnnotatorApp(make_project(SHORT, schema="minimal"), "me", 1, Settings(language="ar"))
    async with running(app, size=(110, 60)) as hands:
        await hands.press("?")
        places = [line.index("Ctrl+Home") for line in hands.lines if "Ctrl+Home" in line]
        assert [place > 80 for place in places] == [True]
        shown = await help_text(hands)
        assert drawn("ادعاء") in shown
        assert "claim" not in shown.lower()
        assert "Letter" not in shown


async def test_in_arabic_the_keys_are_written_as_they_stand_on_the_keyboard(make_project: ProjectMaker) -> None:
    app = AnnotatorApp(make_project(SHORT, schema="minimal"), "me", 1, Settings(language="ar"))
    async with running(app, size=(110, 60)) as hands:
        await hands.press("?")
        shown = await help_text(hands)
        for command in commands_of("annotate"):
            assert f" {command.shown_keys} " in shown


@pytest.mark.parametrize("key", ["escape", "q", "?", "f1", "f2", "enter", "ctrl+c", "؟", "ض"])
async def test_the_help_closes_and_leaves_everything_as_it_was(make_app: AppMaker, key: str) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("w", "space")
        before = hands.lines
        await hands.press("?")
        assert isinstance(hands.app.screen, HelpScreen)
        await hands.press(key)
        assert hands.lines == before


async def test_the_help_is_opened_by_f1_too(make_app: AppMaker) -> None:
    async with running(make_app(SHORT, document=None)) as hands:
        await hands.press("f1")
        assert isinstance(hands.app.screen, HelpScreen)


@pytest.mark.parametrize("key", ["c", "s", "x", "space", "ctrl+q", ";", "ctrl+p", "d"])
async def test_other_keys_do_nothing_under_the_help(make_app: AppMaker, key: str) -> None:
    app = make_app(SHORT)
    async with running(app) as hands:
        await hands.press("?", key)
        assert isinstance(app.screen, HelpScreen)
        await hands.press("escape")
        assert (hands.labelled, hands.desk.session.state.status, hands.menu) == ([], "open", [])


async def test_the_help_scrolls_and_stops_at_its_ends(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("?")
        top = hands.lines
        await hands.press("down", "down", "up", "pagedown", "space", "backspace", "pageup")
        assert hands.lines != top
        await hands.press("pageup", "pageup")
        assert hands.lines == top
        await hands.wheel(40, 10, 2)
        assert hands.lines != top
        await hands.wheel(40, 10, -9)
        assert hands.lines == top


@pytest.mark.parametrize("theme", ["dark", "light", "contrast", "safe"])
async def test_a_wide_window_is_of_one_colour_beside_the_help(make_project: ProjectMaker, theme: str) -> None:
    app = AnnotatorApp(make_project(SHORT), "me", 1, Settings(theme=theme))  # type: ignore[arg-type]
    async with running(app, size=(160, 20)) as hands:
        await hands.press("?")
        grounds = {column.style.bgcolor for y in range(20) for column in hands.columns(y)}
        assert [color.name for color in grounds if color is not None] == [app.palette.paper]


# Hints


def parts_of(bars: str) -> set[str]:
    return {part.strip() for part in bars.split("  ") if part.strip()}


def hints_on(hands: Hands) -> set[str]:
    """All hints that the open screen has."""
    screen = hands.app.screen
    assert isinstance(screen, WorkScreen)
    commands = hinted(screen.commands, {command.group for command in screen.commands})
    return {f"{shown_key(command.keys[0])} {command.hint}" for command in commands}


@pytest.mark.parametrize("width", [40, 80, 100, 200])
@pytest.mark.parametrize("keys", [(), ("s",)], ids=["no focus", "focus"])
async def test_hints_are_shown_whole_or_not_at_all(make_app: AppMaker, width: int, keys: tuple[str, ...]) -> None:
    async with running(make_app(SHORT), size=(width, 24)) as hands:
        await hands.press(*keys)
        assert parts_of(hands.shown("#hints")) <= hints_on(hands)
        labels = {"c Claim", "s Source", "b Boilerplate", "r Spill-over"}
        assert parts_of(hands.shown("#labels")) <= hints_on(hands) | labels


async def test_80_columns_show_how_to_select_and_how_to_find_the_rest(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        assert {"Space select", "m mark", "/ search"} <= parts_of(hands.shown("#hints"))
        assert "; more" in parts_of(hands.shown("#focus"))


async def test_80_columns_show_how_to_go_on_where_there_are_annotations(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("s", "left")
        assert {"Source 1", "; more", "d done", "? help", "q list", "n next"} <= parts_of(hands.shown("#focus"))


async def test_they_give_way_to_what_is_focused(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("s")
        assert "; more" not in hands.text


async def test_on_an_annotation_the_hints_are_about_annotations(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("s")
        on = parts_of(hands.shown("#hints"))
        assert {"Enter details", "a relate", "x remove", "u undo"} <= on
        assert "Space select" not in on
        await hands.press("escape")
        assert "Space select" in parts_of(hands.shown("#hints"))


async def test_200_columns_show_all_hints_of_the_document(make_app: AppMaker) -> None:
    async with running(make_app(SHORT), size=(200, 24)) as hands:
        wanted = hinted(commands_of("annotate"), (DOCUMENTS,))
        shown = parts_of(hands.shown("#labels"))
        assert {f"{shown_key(command.keys[0])} {command.hint}" for command in wanted} <= shown


async def test_the_hints_of_the_list_fit_80_columns(make_app: AppMaker) -> None:
    async with running(make_app(SHORT, document=None)) as hands:
        wanted = hinted(commands_of("queue"), (DOCUMENTS, LIST, PROGRAM))
        shown = {f"{shown_key(command.keys[0])} {command.hint}" for command in wanted}
        assert parts_of(hands.shown("#hints")) == shown


async def test_no_file_is_written_and_no_browser_opened_by_a_command_of_textuals(make_app: AppMaker) -> None:
    app = make_app(SHORT)
    async with running(app) as hands:
        app.open_url("https://news.example")
        before = hands.lines
        await hands.press("ctrl+s", "ctrl+q", "f12")
        assert hands.lines == before
        assert not app._exit
