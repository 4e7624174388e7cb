"""Relating annotations by hints and going along relations: what is pressed, what is shown, what is on disk."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.services.looking import show
from annotator.tui.app import AnnotatorApp
from tests.tui.conftest import ProjectMaker, RecordImporter
from tests.tui.hands import Hands, running
from tests.tui.texts import SHORT


SPANS = (
    ("s1", "source", "وزير النقل"),
    ("c1", "claim", "الجسر آمن"),
    ("v1", "cue", "أضاف"),
    ("c2", "claim", "الكلفة زادت"),
    ("s2", "source", "البلدية"),
)

Opener = Callable[..., AnnotatorApp]


@pytest.fixture
def open_record(make_project: ProjectMaker, import_record: RecordImporter) -> Opener:
    """Opens a document that has annotations, in a project with three types of relations."""

    def open_(*relations: tuple[str, str], text: str = SHORT) -> AnnotatorApp:
        project = make_project(schema="attribution")
        import_record(project, text, *SPANS, relations=relations)
        return AnnotatorApp(project, "me", 1)

    return open_


def stored(hands: Hands) -> list[tuple[str, str, str]]:
    """Type, head and tail of each relation as the database has them."""
    record = show(hands.app._project, "record", "me", raw=False)
    return [(found["label"], found["head"], found["tail"]) for found in record["relations"]]


def hinted(hands: Hands) -> dict[str, tuple[int, int]]:
    """Where on the screen the letters of hints are drawn."""
    places = hands.styled(lambda style: style == hands.screen._palette.hint)
    return {hands.columns(y)[x].glyph: (x, y) for x, y in places}


async def test_a_letter_relates_the_focused_annotation_to_what_it_stands_on(open_record: Opener) -> None:
    async with running(open_record()) as hands:
        await hands.press("tab", "tab", "a")
        assert hands.focused == "الجسر آمن"
        assert sorted(hinted(hands)) == ["f", "j"]
        assert "attributed to →" in hands.status
        await hands.press("f")
        assert stored(hands) == [("attributed_to", "c1", "s1")]
        assert "saved: attributed to" in hands.status
        assert "attributed to" in hands.shown("#focus")
        assert hands.focused == "الجسر آمن"
        assert hinted(hands) == {}


async def test_keys_typed_ahead_of_the_screen_relate_too(open_record: Opener) -> None:
    async with running(open_record()) as hands:
        hands.send("tab", "tab", "a", "j", "a", "f")
        await hands.settled()
        assert sorted(stored(hands)) == [("attributed_to", "c1", "s1"), ("attributed_to", "c1", "s2")]


async def test_an_arabic_keyboard_types_hints_by_their_places(open_record: Opener) -> None:
    async with running(open_record()) as hands:
        await hands.press("tab", "tab", "ش", "ت")
        assert stored(hands) == [("attributed_to", "c1", "s2")]


async def test_a_digit_leads_to_another_type(open_record: Opener) -> None:
    async with running(open_record()) as hands:
        await hands.press("tab", "tab", "a", "2", "f")
        assert stored(hands) == [("has_cue", "c1", "v1")]


async def test_a_click_on_a_hint_chooses_it(open_record: Opener) -> None:
    async with running(open_record()) as hands:
        await hands.press("tab", "tab", "a")
        await hands.click(*hinted(hands)["j"])
        assert stored(hands) == [("attributed_to", "c1", "s2")]
        assert hands.focused == "الجسر آمن"


@pytest.mark.parametrize("key", ["escape", "k", "1", "left"])
async def test_escape_and_what_is_no_hint_relate_nothing(open_record: Opener, key: str) -> None:
    async with running(open_record()) as hands:
        await hands.press("tab", "tab", "a", key)
        assert stored(hands) == []
        assert hinted(hands) == {}
        assert hands.focused == "الجسر آمن"


async def test_from_the_source_the_claim_becomes_the_head(open_record: Opener) -> None:
    async with running(open_record()) as hands:
        await hands.press("tab", "a", "f")
        assert stored(hands) == [("attributed_to", "c1", "s1")]
        assert hands.focused == "وزير النقل"


async def test_what_is_out_of_sight_is_chosen_from_a_list(open_record: Opener) -> None:
    text = SHORT.replace("\n\n", "\n" + "سطر\n" * 40)
    async with running(open_record(text=text)) as hands:
        await hands.press("tab", "tab", "a")
        assert list(hinted(hands)) == ["f"]
        assert "ﺔﻳﺪﻠﺒﻟﺍ" in hands.shown("#menu")
        await hands.press("j")
        assert stored(hands) == [("attributed_to", "c1", "s2")]
        assert hands.focused == "الجسر آمن"


async def test_undo_takes_a_relation_back_and_redo_makes_it_again(open_record: Opener) -> None:
    async with running(open_record()) as hands:
        await hands.press("tab", "tab", "a", "f", "u")
        assert stored(hands) == []
        assert "undone: relate" in hands.status
        await hands.press("U")
        assert stored(hands) == [("attributed_to", "c1", "s1")]


async def test_relations_are_followed_to_and_fro(open_record: Opener) -> None:
    async with running(open_record(("c1", "s2"))) as hands:
        await hands.press("tab", "tab", "-")
        assert hands.focused == "البلدية"
        await hands.press("-")
        assert hands.focused == "الجسر آمن"


async def test_of_several_relations_a_digit_chooses_which_to_follow(open_record: Opener) -> None:
    async with running(open_record(("c1", "s1"), ("c1", "s2"))) as hands:
        await hands.press("tab", "tab", "-")
        assert "2" in hands.shown("#menu")
        await hands.press("2")
        assert hands.focused == "البلدية"


@pytest.mark.parametrize("key", ["a", "-"])
async def test_without_an_annotation_it_says_so(open_record: Opener, key: str) -> None:
    async with running(open_record()) as hands:
        await hands.press(key)
        assert "no annotation here" in hands.status
        assert stored(hands) == []


async def test_a_selection_under_way_does_not_keep_from_relating(open_record: Opener) -> None:
    async with running(open_record()) as hands:
        await hands.press("w", "space", "a", "f")
        assert stored(hands) == [("attributed_to", "c1", "s1")]
