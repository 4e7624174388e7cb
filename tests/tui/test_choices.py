"""The language and the colours of the screens: chosen by menu, at once and from the next start on."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.model.schema import Language
from annotator.services.preferences import LANGUAGES, THEMES, Settings
from annotator.services.remembering import load
from annotator.tui import language
from annotator.tui.app import AnnotatorApp
from annotator.tui.commands import commands_of
from annotator.tui.screens.queue import QueueScreen
from tests.tui.conftest import ProjectMaker
from tests.tui.hands import Hands, running
from tests.tui.texts import SHORT


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of preferences that is not there yet."""
    return tmp_path / "config" / "preferences.toml"


def app_of(project: object, path: Path | None, document: int | None = 1) -> AnnotatorApp:
    return AnnotatorApp(project, "me", document, Settings(preferences_path=path))  # type: ignore[arg-type]


def has_arabic(text: str) -> bool:
    return any("\ufe70" <= character <= "\ufefc" for character in text)


def grounds(hands: Hands) -> set[str]:
    """The backgrounds of the text."""
    return {column.style.bgcolor.name for column in hands.columns(3) if column.style.bgcolor is not None}


# Language


async def test_the_menu_shows_each_language_in_itself_and_marks_the_present_one(make_project: ProjectMaker) -> None:
    async with running(app_of(make_project(SHORT), None)) as hands:
        await hands.press(";", "l")
        assert hands.menu[0] == "Language"
        assert hands.menu[1].split() == ["1", "●", "English"]
        assert has_arabic(hands.menu[2])
        assert len(hands.menu) == 1 + len(LANGUAGES)


@pytest.mark.parametrize("document", [1, None])
async def test_another_language_changes_all_texts_at_once(make_project: ProjectMaker, document: int | None) -> None:
    async with running(app_of(make_project("Said so."), None, document), size=(80, 24)) as hands:
        english = hands.shown("#hints")
        await hands.press(";", "l", "2")
        assert has_arabic(hands.shown("#hints"))
        assert not has_arabic(english)
        await hands.press(";", "l", "1")
        assert hands.shown("#hints") == english


async def test_in_arabic_a_bar_begins_at_the_right(make_project: ProjectMaker) -> None:
    async with running(app_of(make_project(SHORT), None)) as hands:
        assert hands.lines[0].startswith(" 1/1 ")
        assert hands.status.endswith(" me ")
        assert hands.shown("#labels").startswith(" c Claim ")
        await hands.press(";", "l", "2")
        assert hands.status.startswith(" me · ")
        assert hands.shown("#labels").endswith(" c ")


@pytest.mark.parametrize("spoken", LANGUAGES)
async def test_the_number_of_the_document_is_at_the_left_in_every_language(
    make_project: ProjectMaker, spoken: Language
) -> None:
    app = AnnotatorApp(make_project(SHORT, "خبر آخر"), "me", 2, Settings(language=spoken))
    async with running(app) as hands:
        assert hands.lines[0].startswith(" 2/2 ")


async def test_in_arabic_menus_and_text_fields_begin_at_the_right(make_project: ProjectMaker) -> None:
    async with running(app_of(make_project(SHORT), None)) as hands:
        await hands.press(";", "l", "2", ";")
        letters = [command.menu for command in commands_of("annotate") if command.menu]
        assert [line.split()[-1] for line in hands.menu[1:]] == letters
        assert hands.shown("#menu").split("\n")[0].startswith(" Esc  ")
        await hands.press("escape", "/", *"abc")
        shown = hands.shown("#input")
        assert has_arabic(shown[60:])
        assert "abc" in shown[:60]


async def test_the_language_keeps_the_work_as_it_is(make_project: ProjectMaker) -> None:
    async with running(app_of(make_project(SHORT), None)) as hands:
        await hands.press("w", "s", "[", "left", "enter", "w", "space")
        cursor, selected, labelled = hands.desk.cursor, hands.selected, hands.labelled
        await hands.press(";", "l", "2")
        assert (hands.desk.cursor, hands.selected, hands.labelled) == (cursor, selected, labelled)
        await hands.press(".")
        assert len(hands.labelled) == 2
        await hands.press("u", "u", "u")
        assert hands.labelled == []


async def test_the_list_keeps_its_filter_and_its_place(make_project: ProjectMaker) -> None:
    async with running(app_of(make_project(SHORT, "خبر آخر", "خبر ثالث"), None, None)) as hands:
        await hands.press("/", *"خبر", "enter", "down", ";", "l", "2")
        screen = hands.app.screen
        assert isinstance(screen, QueueScreen)
        assert (screen.queue.words, screen.current) == ("خبر", 3)


async def test_the_arrows_choose_a_language_beginning_at_the_present_one(make_project: ProjectMaker) -> None:
    async with running(app_of(make_project(SHORT), None)) as hands:
        await hands.press(";", "l", "enter")
        assert language.language() == "en"
        await hands.press(";", "l", "down", "enter")
        assert language.language() == "ar"
        await hands.press(";", "l", "enter")
        assert language.language() == "ar"


async def test_a_click_chooses_a_language(make_project: ProjectMaker) -> None:
    async with running(app_of(make_project(SHORT), None)) as hands:
        await hands.press(";", "l")
        await hands.click(*hands.menu_place(2))
        assert has_arabic(hands.shown("#hints"))


async def test_the_language_is_remembered(make_project: ProjectMaker, path: Path) -> None:
    async with running(app_of(make_project(SHORT), path)) as hands:
        await hands.press(";", "l", "2")
    assert load(path).language == "ar"


async def test_where_nothing_can_be_remembered_the_choice_holds_and_it_is_said(
    make_project: ProjectMaker, tmp_path: Path
) -> None:
    folder = tmp_path / "a folder"
    folder.mkdir()
    async with running(app_of(make_project(SHORT), folder), size=(160, 24)) as hands:
        await hands.press(";", "t", "2")
        assert hands.app.palette.theme == "light"
        assert "not remembered for the next time" in hands.status


async def test_keys_typed_behind_a_change_of_language_are_taken(make_project: ProjectMaker) -> None:
    async with running(app_of(make_project(SHORT), None)) as hands:
        hands.send(";", "l", "2", "w", "s")
        await hands.settled()
        assert hands.labelled == [("source", "وزير")]


# Colours


async def test_the_menu_names_all_colours_and_marks_the_present_ones(make_project: ProjectMaker) -> None:
    async with running(app_of(make_project(SHORT), None)) as hands:
        await hands.press(";", "t")
        assert [line.lstrip("1234 ●").strip() for line in hands.menu[1:]] == [
            "Dark",
            "Light",
            "High contrast",
            "Colour-blind safe",
        ]
        assert ["●" in line for line in hands.menu[1:]] == [True, False, False, False]


@pytest.mark.parametrize(("key", "theme"), [(str(number), theme) for number, theme in enumerate(THEMES, 1)])
async def test_other_colours_are_everywhere_at_once_and_remembered(
    make_project: ProjectMaker, path: Path, key: str, theme: str
) -> None:
    async with running(app_of(make_project(SHORT), path)) as hands:
        await hands.press(";", "t", key)
        assert hands.app.palette.theme == theme
        assert grounds(hands) == {hands.app.palette.paper}
    assert load(path).theme == theme


async def test_the_list_has_the_same_colours(make_project: ProjectMaker) -> None:
    async with running(app_of(make_project(SHORT), None)) as hands:
        await hands.press(";", "t", "2", "q")
        assert grounds(hands) == {hands.app.palette.paper}
        await hands.press(";", "t", "3", "enter")
        assert grounds(hands) == {hands.app.palette.paper}


async def test_the_program_starts_with_what_was_chosen(make_project: ProjectMaker) -> None:
    settings = Settings(language="ar", theme="light")
    async with running(AnnotatorApp(make_project(SHORT), "me", 1, settings)) as hands:
        assert has_arabic(hands.shown("#hints"))
        assert grounds(hands) == {hands.app.palette.paper}
        await hands.press(";", "t")
        assert "●" in hands.menu[2]


async def test_both_choices_are_remembered_beside_each_other(make_project: ProjectMaker, path: Path) -> None:
    async with running(app_of(make_project(SHORT), path)) as hands:
        await hands.press(";", "t", "3", ";", "l", "2")
    assert (load(path).theme, load(path).language) == ("contrast", "ar")
