"""What the screens ask: the menu of further commands, all commands by name, and texts to type."""

from __future__ import annotations

import pytest

from annotator.services.preferences import Settings
from annotator.tui.app import AnnotatorApp
from annotator.tui.commands import ScreenName, commands_of
from annotator.tui.screens.annotate import AnnotateScreen
from annotator.tui.screens.help import HelpScreen
from annotator.tui.screens.queue import QueueScreen
from annotator.tui.widgets.chooser import Chooser
from annotator.tui.widgets.input_line import InputLine
from tests.tui.conftest import AppMaker, ProjectMaker
from tests.tui.hands import Hands, running
from tests.tui.texts import SHORT


both_screens = pytest.mark.parametrize(("document", "screen"), [(1, "annotate"), (None, "queue")])


def line_of(hands: Hands, words: str) -> int:
    """Which line of the menu begins with some words behind its key."""
    return next(number for number, line in enumerate(hands.menu) if words in line)


def all_lines(hands: Hands) -> set[tuple[str, str]]:
    """Text and detail of all lines of the menu, those that do not fit included."""
    return {(item.text, item.detail) for item in hands.app.screen.query_one(Chooser)._shown}


def current_line(hands: Hands) -> list[str]:
    """The lines of the menu that look like the current one."""
    region = hands.app.screen.query_one("#menu").region
    ground = hands.app.palette.selection.bgcolor
    return [
        line
        for y, line in enumerate(hands.menu, region.y)
        if any(column.style.bgcolor == ground for column in hands.columns(y)[region.x : region.right])
    ]


# The menu of further commands


@both_screens
async def test_the_menu_has_each_command_with_a_letter(
    make_app: AppMaker, document: int | None, screen: ScreenName
) -> None:
    async with running(make_app(SHORT, document=document), size=(100, 24)) as hands:
        await hands.press(";")
        wanted = [(command.menu, command.text) for command in commands_of(screen) if command.menu]
        assert hands.menu[0] == "More"
        assert [line[0] for line in hands.menu[1:]] == [letter for letter, _ in wanted]
        assert all(text in line for line, (_, text) in zip(hands.menu[1:], wanted, strict=True))


async def test_the_title_says_how_to_leave_and_how_far_the_list_goes(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press(";")
        assert hands.shown("#menu").split("\n")[0].endswith("  Esc ")
        await hands.press("escape", "ctrl+p", "down")
        assert hands.shown("#menu").split("\n")[0].endswith(f"  2/{len(all_lines(hands))} · Esc ")


async def test_a_letter_of_the_menu_does_what_its_line_says(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press(";", "d")
        assert hands.menu[0] == "labels and note of the document"
        await hands.press("1")
        assert hands.desk.session.state.document_labels


async def test_an_arabic_letter_of_the_menu_is_the_one_of_its_place(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("ك", "ي")
        assert hands.menu[0] == "labels and note of the document"


async def test_escape_leaves_the_menu_and_the_keys_mean_what_they_did(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        before = hands.lines
        await hands.press(";", "escape")
        assert hands.lines == before
        await hands.press("r")
        assert hands.labelled == [("spillover", "قال")]


async def test_ctrl_c_leaves_the_menu_too(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press(";", "ctrl+c")
        assert hands.menu == []


async def test_a_key_that_no_line_has_changes_nothing(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press(";")
        before = hands.lines
        await hands.press("s", "z", "w", "f5")
        assert hands.lines == before
        assert hands.labelled == []


async def test_arrows_and_enter_choose_from_the_menu(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press(";")
        assert current_line(hands) == hands.menu[1:2]
        steps = line_of(hands, "Labels and note") - 1
        await hands.press(*["down"] * steps)
        assert "Labels and note" in current_line(hands)[0]
        await hands.press("enter")
        assert hands.menu[0] == "labels and note of the document"


@pytest.mark.parametrize("no_color", ["", "1"])
async def test_the_current_line_can_be_told_with_16_colours_and_with_none(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch, no_color: str
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLORTERM", "")
    monkeypatch.setenv("NO_COLOR", no_color)
    async with running(make_app(SHORT)) as hands:
        await hands.press(";", "down")
        y = hands.app.screen.query_one("#menu").region.y
        first, second, third = (hands.columns(y + line)[8].style for line in (1, 2, 3))
        assert second != first == third


async def test_a_click_chooses_from_the_menu(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press(";")
        await hands.click(*hands.menu_place(line_of(hands, "Labels and note")))
        assert hands.menu[0] == "labels and note of the document"


async def test_a_click_on_the_title_of_the_menu_chooses_nothing(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press(";")
        before = hands.lines
        await hands.click(*hands.menu_place(0))
        assert hands.lines == before


async def test_the_wheel_moves_in_the_menu(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press(";")
        await hands.wheel(*hands.menu_place(1), 2)
        assert current_line(hands) == hands.menu[3:4]
        await hands.wheel(*hands.menu_place(1), -1)
        assert current_line(hands) == hands.menu[2:3]


async def test_the_menu_covers_the_text_and_moves_nothing(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        before = hands.lines
        await hands.press(";")
        assert hands.lines[:6] == before[:6]
        assert hands.lines[-1] == before[-1]


async def test_a_command_of_the_menu_may_lead_to_another_screen(make_app: AppMaker) -> None:
    async with running(make_app(SHORT), size=(80, 24)) as hands:
        await hands.press(";", "i")
        assert isinstance(hands.app.screen, HelpScreen)
        await hands.press("escape")
        assert hands.menu == []


# All commands by name


@both_screens
async def test_all_commands_of_the_screen_are_listed_with_their_keys(
    make_app: AppMaker, document: int | None, screen: ScreenName
) -> None:
    async with running(make_app(SHORT, document=document)) as hands:
        await hands.press("ctrl+p")
        wanted = {(command.text, command.shown_keys) for command in commands_of(screen) if command.name != "palette"}
        assert wanted <= all_lines(hands)


async def test_labels_are_listed_with_their_keys_and_label(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("ctrl+p")
        labels = {(f"Label: {name}", key) for key, name in (("c", "Claim"), ("s", "Source"), ("b", "Boilerplate"))}
        assert labels <= all_lines(hands)
        await hands.type("label: sour")
        await hands.press("enter")
        assert hands.labelled == [("source", "قال")]


@both_screens
async def test_what_is_typed_narrows_the_list(make_app: AppMaker, document: int | None, screen: ScreenName) -> None:
    async with running(make_app(SHORT, document=document)) as hands:
        await hands.press("ctrl+p")
        await hands.type("next doc")
        assert {text for text, _ in all_lines(hands)} == {
            command.text for command in commands_of(screen) if {"next", "document"} <= set(command.text.lower().split())
        }
        await hands.press(*["backspace"] * 8)
        assert len(all_lines(hands)) > 10


@pytest.mark.parametrize("typed", ["DONE with", "not done after"])
async def test_a_command_that_was_found_does_what_its_key_does(make_app: AppMaker, typed: str) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("ctrl+p", *typed, "enter")
        assert hands.desk.session.state.status == "done"
        assert hands.menu == []


@pytest.mark.parametrize("typed", ["اول المستند", "أول المُستند", "أوّل المستنــد"])
async def test_arabic_names_are_found_whatever_their_spelling(make_project: ProjectMaker, typed: str) -> None:
    app = AnnotatorApp(make_project(SHORT), "me", 1, Settings(language="ar"))
    async with running(app) as hands:
        await hands.press("ctrl+end", "ctrl+p", *typed)
        assert [detail for _, detail in all_lines(hands)] == ["Ctrl+Home"]
        await hands.press("enter")
        assert hands.desk.cursor == 0


async def test_a_pasted_name_is_looked_for_too(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("ctrl+p")
        await hands.paste("Done with")
        await hands.press("enter")
        assert hands.desk.session.state.status == "done"


async def test_arrows_choose_among_what_was_found(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("ctrl+p", *"label: ", "down", "down", "enter")
        assert hands.labelled == [("boilerplate", "قال")]


async def test_where_nothing_is_found_enter_does_nothing(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("ctrl+p", *"zzz", "enter")
        assert hands.menu == ["All commands", ""]
        await hands.press("escape", "c")
        assert hands.labelled == [("claim", "قال")]


async def test_letters_and_digits_typed_there_choose_nothing(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("ctrl+p", "c", "s", "1", ";", "?")
        assert hands.app.screen.query_one(InputLine).value == "cs1;?"
        await hands.press("escape")
        assert hands.labelled == []


async def test_a_found_line_can_be_clicked(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("ctrl+p", *"label:")
        await hands.click(*hands.menu_place(2))
        assert hands.labelled == [("source", "قال")]
        assert "Search" not in hands.text


async def test_the_list_of_commands_leads_from_screen_to_screen(make_app: AppMaker) -> None:
    async with running(make_app(SHORT, "خبر آخر")) as hands:
        await hands.press("ctrl+p", *"Next document", "enter")
        assert hands.screen.document_id == 2
        await hands.press("ctrl+p", *"Back to the list", "enter")
        assert isinstance(hands.app.screen, QueueScreen)
        await hands.press("ctrl+p", *"Open the document", "enter")
        assert isinstance(hands.app.screen, AnnotateScreen)


async def test_keys_typed_ahead_find_and_do_too(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        hands.send("w", "ctrl+p", *"label: sour", "enter", "w", "c")
        await hands.settled()
        assert hands.labelled == [("source", "وزير"), ("claim", "النقل")]


async def test_the_list_of_commands_does_not_list_itself(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("ctrl+p", *"All commands by name")
        assert all_lines(hands) == set()


# Texts to type


async def test_enter_hands_the_text_on_without_spaces_around_it(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("f", *"  ناقص ", "enter")
        assert hands.desk.session.state.note == "ناقص"


async def test_escape_and_ctrl_c_leave_a_text_untaken(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        for key in ("escape", "ctrl+c"):
            await hands.press("f", *"ناقص", key)
            assert hands.desk.session.state.status != "flagged"
            assert not hands.app.screen.query_one(InputLine).is_open


async def test_a_pasted_text_is_handed_on(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("f")
        await hands.paste("سطر\nناقص")
        await hands.press("enter")
        assert hands.desk.session.state.note == "سطر ناقص"


async def test_the_note_that_is_there_already_can_be_gone_on_with(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("f", *"ناقص", "enter", "f", "f", *" جدا", "enter")
        assert hands.desk.session.state.note == "ناقص جدا"
