"""The help, the hints and the palette tell of everything that a key can do."""

from __future__ import annotations

import pytest
from textual.command import Command as PaletteCommand
from textual.command import CommandList, CommandPalette

from annotator.tui.command_palette import CommandProvider
from annotator.tui.commands import COMMANDS, commands_of, hints_of
from annotator.tui.screens.annotate import AnnotateScreen
from annotator.tui.screens.help import HelpScreen
from annotator.tui.screens.queue import QueueScreen
from tests.tui.conftest import AppMaker
from tests.tui.hands import Hands, running
from tests.tui.texts import SHORT


async def help_text(hands: Hands) -> str:
    """All that the help shows, page by page."""
    seen: list[str] = []
    while not seen or hands.text != seen[-1]:
        seen.append(hands.text)
        await hands.press("pagedown")
    return "\n".join(seen)


@pytest.mark.parametrize(("document", "screen"), [(1, "annotate"), (None, "queue")])
async def test_the_help_shows_every_command(make_app: AppMaker, document: int | None, screen: str) -> None:
    async with running(make_app(SHORT, document=document, schema="minimal"), size=(120, 60)) as hands:
        await hands.press("?")
        shown = await help_text(hands)
        for command in commands_of(screen):  # type: ignore[arg-type]
            assert f"{command.shown_keys:<18} {command.text}" in shown


async def test_the_help_explains_the_labels_in_both_languages(make_app: AppMaker) -> None:
    async with running(make_app(SHORT, schema="minimal"), size=(110, 60)) as hands:
        await hands.press("?")
        shown = await help_text(hands)
        assert "A claim is a statement that could be checked" in shown
        assert "ﻪﻨﻣ ﻖﻘﺤﺘﻟﺍ" in shown or "ﻪﺘﺤﺻ ﻦﻣ ﻖﻘﺤﺘﻟﺍ" in shown
        assert "r  Spill-over" in shown


@pytest.mark.parametrize("key", ["escape", "q", "?", "f1", "enter", "؟", "ض"])
async def test_the_help_closes_and_leaves_everything_as_it_was(make_app: AppMaker, key: str) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("w", "space")
        before = hands.lines
        await hands.press("?")
        assert isinstance(hands.app.screen, HelpScreen)
        await hands.press(key)
        assert hands.lines == before


async def test_label_keys_do_nothing_under_the_help(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("?", "c", "s", "x", "escape")
        assert hands.labelled == []


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


@pytest.mark.parametrize("width", [80, 100, 200])
async def test_hints_are_shown_whole_or_not_at_all(make_app: AppMaker, width: int) -> None:
    async with running(make_app(SHORT), size=(width, 24)) as hands:
        strip = hands.shown("#labels") + "  " + hands.shown("#hints")
        known = {hint for documents in (True, False) for hint in hints_of("annotate", documents=documents)}
        known |= {"c Claim", "s Source", "b Boilerplate", "r Spill-over"}
        shown = {part.strip() for part in strip.split("  ") if part.strip()}
        assert shown <= known
        assert {"? help", "q list", "Space select", "m mark"} <= shown
        assert width < 100 or shown == known


async def test_the_hints_of_the_list_fit_80_columns(make_app: AppMaker) -> None:
    async with running(make_app(SHORT, document=None)) as hands:
        for command in commands_of("queue"):
            assert command.hint in hands.shown("#hints")


async def test_in_the_help_the_palette_has_nothing_to_offer(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("?")
        assert list(CommandProvider(hands.app.screen)._commands()) == []


@pytest.mark.parametrize(("document", "screen"), [(1, "annotate"), (None, "queue")])
async def test_the_palette_lists_the_commands_of_its_screen(
    make_app: AppMaker, document: int | None, screen: str
) -> None:
    async with running(make_app(SHORT, document=document)) as hands:
        await hands.press("ctrl+p")
        found = hands.app.screen.query_one(CommandList)
        while not found.option_count:
            await hands.pilot.pause()
        shown = {option.hit.text for option in found.options if isinstance(option, PaletteCommand)}
        assert shown == {command.text for command in COMMANDS if command.screen == screen}


@pytest.mark.parametrize("typed", ["Done with", "يخىث صهفا"])
async def test_a_command_of_the_palette_does_what_its_key_does(make_app: AppMaker, typed: str) -> None:
    async with running(make_app(SHORT)) as hands:
        await palette(hands, typed)
        assert hands.desk.session.state.status == "done"


async def palette(hands: Hands, words: str) -> None:
    """Choose the first command that the palette finds for some words."""
    await hands.press("ctrl+p")
    await hands.type(words)
    while not hands.app.screen.query_one(CommandList).option_count:
        await hands.pilot.pause()
    await hands.press("enter")
    while isinstance(hands.app.screen, CommandPalette):
        await hands.pilot.pause()
    await hands.settled()


async def test_the_palette_goes_to_another_document_and_to_the_list(make_app: AppMaker) -> None:
    async with running(make_app(SHORT, "خبر آخر")) as hands:
        await palette(hands, "Next document")
        assert hands.screen.document_id == 2
        await palette(hands, "Back to the list")
        assert isinstance(hands.app.screen, QueueScreen)
        await palette(hands, "Open the document")
        assert isinstance(hands.app.screen, AnnotateScreen)


async def test_the_palette_writes_no_files_and_opens_no_browser(make_app: AppMaker) -> None:
    app = make_app(SHORT)
    async with running(app):
        assert list(app.get_system_commands(app.screen)) == []
        app.open_url("https://news.example")
