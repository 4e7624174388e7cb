"""Attributes, relations, document labels and notes: menus under the text and what they leave on disk."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.services.looking import show
from annotator.tui.app import AnnotatorApp
from tests.tui.conftest import AppMaker, ProjectMaker, RecordImporter
from tests.tui.hands import Hands, running
from tests.tui.texts import SHORT


def record(hands: Hands) -> Any:
    """The document as the database has it."""
    return show(hands.app._project, hands.desk.session.document.doc_id, "me", raw=False)


def attributes(hands: Hands) -> dict[str, str]:
    """The attributes of the first annotation as the database has them."""
    return {found["key"]: found["value"] for found in record(hands)["spans"][0]["attributes"]}


def menu(hands: Hands) -> list[str]:
    """The menu's title and lines, "" where there is none."""
    return [line.strip() for line in hands.shown("#menu").split("\n")] if hands.screen._chooser.is_open else []


async def test_digits_choose_an_attribute_and_then_its_value(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("c", "enter")
        assert menu(hands)[1].split() == ["1", "Quotation:", "None", "default"]
        await hands.press("1", "2")
        assert attributes(hands)["quote"] == "direct"
        assert "saved: Quotation: Direct" in hands.status
        assert menu(hands)[1].split() == ["1", "Quotation:", "Direct"]
        await hands.press("escape")
        assert menu(hands) == []
        assert "Direct" in hands.shown("#focus")


@pytest.mark.parametrize("keys", [("4",), ("٤",)])
async def test_a_digit_opens_the_values_of_that_attribute_of_what_is_focused(
    make_app: AppMaker, keys: tuple[str, ...]
) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("c", "2", "3", "left", "left", "left", "left", "s", "1", *keys)
        first, second = record(hands)["spans"]
        assert {"key": "check_worthy", "value": "no"} in first["attributes"]
        assert {"key": "type", "value": "person"} in second["attributes"]
        assert "saved: Type of source: Person" in hands.status
        assert menu(hands) == []


async def test_a_digit_behind_those_of_the_attributes_is_a_relation(
    make_project: ProjectMaker, import_record: RecordImporter
) -> None:
    project = make_project()
    spans = (("s1", "source", "وزير النقل"), ("c1", "claim", "الجسر آمن"))
    import_record(project, SHORT, *spans, relations=(("c1", "s1"),))
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        await hands.press("tab", "tab", "3", "1")
        assert hands.focused == "وزير النقل"
        await hands.press("2", "2")
        assert record(hands)["relations"] == []


async def test_a_digit_that_no_attribute_has_shows_those_that_there_are(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("c", "9")
        assert [line.split(":")[0].split() for line in menu(hands)[1:]] == [
            ["1", "Quotation"],
            ["2", "Worth", "checking"],
        ]


async def test_a_digit_where_nothing_is_focused_says_what_digits_are_for(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("1")
        assert "digits choose among the attributes of a focused annotation (Tab)" in hands.status
        assert menu(hands) == []


async def test_the_list_of_commands_leads_to_all_attributes(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("c", "ctrl+p", *"of that number", "enter")
        assert menu(hands)[1].split()[:2] == ["1", "Quotation:"]


async def test_arrows_and_enter_choose_too(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("c", "enter", "down", "enter", "down", "down", "enter")
        assert attributes(hands)["check_worthy"] == "no"


async def test_the_mouse_chooses_too(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("c", "enter")
        for _ in range(2):
            region = hands.app.screen.query_one("#menu").region
            await hands.click(region.x + 8, region.y + 2)
        assert attributes(hands)["check_worthy"] == "yes"


async def test_just_one_attribute_takes_two_keys(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("s", "enter", "4")
        assert attributes(hands) == {"type": "person"}
        assert "saved: Type of source: Person" in hands.status
        assert menu(hands) == []


async def test_keys_typed_ahead_of_the_screen_choose_too(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        hands.send("s", "enter", "3", "w", "s", "enter", "5")
        await hands.settled()
        assert [dict(found.attributes)["type"] for found in hands.annotations] == ["expert", "media"]


async def test_a_text_attribute_is_typed_in_any_script(make_app: AppMaker) -> None:
    async with running(make_app(SHORT, schema="attribution")) as hands:
        await hands.press("s", "enter", "3", *"وزير النقل", "enter", "escape")
        assert attributes(hands)["role"] == "وزير النقل"
        assert hands.labelled == [("source", "قال")]


async def test_escape_leaves_everything_as_it_was(make_app: AppMaker) -> None:
    async with running(make_app(SHORT, schema="attribution")) as hands:
        await hands.press("s", "enter", "3", *"وزير", "escape")
        assert attributes(hands)["role"] == ""
        assert hands.focused == "قال"


async def test_a_value_is_taken_back_by_undo(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("s", "enter", "4", "u")
        assert attributes(hands) == {"type": "official"}


async def test_a_relation_is_removed_from_the_menu(make_project: ProjectMaker, import_record: RecordImporter) -> None:
    project = make_project()
    spans = (("s1", "source", "وزير النقل"), ("c1", "claim", "الجسر آمن"))
    import_record(project, SHORT, *spans, relations=(("c1", "s1"),))
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        await hands.press("tab", "tab", "enter")
        assert "attributed to" in menu(hands)[3]
        await hands.press("3", "2")
        assert "saved: relation removed" in hands.status
        assert record(hands)["relations"] == []
        assert len(menu(hands)) == 3


async def test_where_no_annotation_is_the_document_has_labels_and_a_note(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("enter", "1", "n", *"ناقص", "enter", "escape", "s", "left")
        assert record(hands)["document_labels"] == ["opinion"]
        assert hands.desk.session.state.note == "ناقص"
        assert "ﺺﻗﺎﻧ" in hands.shown("#focus")


async def test_labels_of_the_document_are_reached_from_an_annotation_too(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("c", ";", "d", "2")
        assert record(hands)["document_labels"] == ["broken_page"]
        assert "●" in menu(hands)[2]
        await hands.press("2")
        assert record(hands)["document_labels"] == []


@pytest.mark.parametrize("size", [(80, 24), (60, 10), (200, 60)])
async def test_all_values_can_be_reached_at_any_size(make_app: AppMaker, size: tuple[int, int]) -> None:
    async with running(make_app(SHORT), size=size) as hands:
        await hands.press("b", "enter", "end", "enter")
        assert attributes(hands) == {"kind": "other"}
