"""Searching: what is typed, what is found and how it is shown; text fields of any script."""

from __future__ import annotations

import pytest

from annotator.tui.widgets.input_line import InputLine
from tests.tui.conftest import AppMaker
from tests.tui.hands import Hands, running
from tests.tui.texts import SHORT


TEXT = "زار أحمد المدينة. وقال أحمد إن المدينه جميلة.\nوعاد احمد."


def typed(hands: Hands) -> str:
    return hands.app.screen.query_one(InputLine).value


def hit_columns(hands: Hands) -> list[tuple[int, int]]:
    return hands.styled(lambda style: style == hands.app.palette.hit)


async def test_a_search_finds_every_spelling_and_goes_to_the_first(make_app: AppMaker) -> None:
    async with running(make_app(TEXT)) as hands:
        await hands.press("/", *"احمد", "enter")
        assert "hit 1 of 3" in hands.status
        assert hands.desk.cursor == TEXT.index("أحمد")


async def test_next_and_previous_go_through_the_hits_and_round(make_app: AppMaker) -> None:
    async with running(make_app(TEXT)) as hands:
        await hands.press("/", *"المدينة", "enter")
        places = [hands.desk.cursor]
        for key in ("N", "N", "P", "P"):
            await hands.press(key)
            places.append(hands.desk.cursor)
        first, second = TEXT.index("المدينة"), TEXT.index("المدينه")
        assert places == [first, second, first, second, first]


async def test_another_search_begins_with_an_empty_field(make_app: AppMaker) -> None:
    async with running(make_app(TEXT)) as hands:
        await hands.press("/", *"احمد", "enter", "/", *"المدينة", "enter")
        assert "hit 1 of 2" in hands.status


async def test_hits_are_shown_on_their_cells_until_escape(make_app: AppMaker) -> None:
    async with running(make_app(TEXT)) as hands:
        await hands.press("/", *"احمد", "enter", "ctrl+end")
        places = [hands.place_of(TEXT.index(word) + letter) for word in ("أحمد", "أحمد إن") for letter in range(4)]
        assert sorted(place for place in hit_columns(hands) if place[1] == 1) == sorted(places)
        await hands.press("escape")
        assert hit_columns(hands) == []


async def test_a_search_without_hits_says_so(make_app: AppMaker) -> None:
    async with running(make_app(TEXT)) as hands:
        await hands.press("/", *"قطار", "enter")
        assert "not found" in hands.status
        assert hands.desk.cursor == 0


async def test_a_cancelled_search_leaves_everything_as_it_was(make_app: AppMaker) -> None:
    async with running(make_app(TEXT)) as hands:
        before = hands.lines
        await hands.press("/", *"احمد", "escape")
        assert hands.lines == before
        await hands.press("c")
        assert hands.labelled == [("claim", "زار")]


async def test_the_text_field_takes_the_place_of_the_hints_and_moves_nothing(make_app: AppMaker) -> None:
    async with running(make_app(TEXT)) as hands:
        document = hands.shown("#document")
        await hands.press("/")
        assert hands.shown("#document") == document
        assert hands.shown("#input").startswith(" Search: ")


async def test_arabic_in_a_text_field_is_typed_as_it_is(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("/", "ؤ", "ق", "ل", "ا", "ظ", "؟")
        assert typed(hands) == "ؤقلاظ؟"
        assert hands.labelled == []


async def test_arabic_in_a_text_field_is_shaped_and_runs_from_the_right(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("/", *"كتاب")
        assert hands.shown("#input").rstrip().endswith("ﺏﺎﺘﻛ")
        assert hands.shown("#input")[-4:] == "ﺏﺎﺘﻛ"


async def test_latin_in_a_text_field_runs_from_the_left(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("/", *"Zin 4")
        assert hands.shown("#input").startswith(" Search:  Zin 4")


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (("backspace",), "ab"),
        (("home", "delete"), "bc"),
        (("left", "x"), "abxc"),
        (("left", "left", "right", "x"), "abxc"),
        (("home", "x"), "xabc"),
        (("home", "end", "x"), "abcx"),
        (("left", "ctrl+u"), "c"),
        (("home", "backspace"), "abc"),
        (("delete",), "abc"),
        (("tab",), "abc"),
        (("up", "f5", "ctrl+left"), "abc"),
    ],
)
async def test_a_text_field_is_edited_as_one_expects(make_app: AppMaker, keys: tuple[str, ...], value: str) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("/", *"abc", *keys)
        assert typed(hands) == value


async def test_in_arabic_left_goes_on_and_right_goes_back(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("/", *"كتب", "right", "ا")
        assert typed(hands) == "كتاب"


async def test_a_paste_is_taken_as_one_line(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("/")
        await hands.paste("إن\n  الجسر\t")
        assert typed(hands) == "إن الجسر"
        await hands.press("enter")
        assert "hit 1 of 1" in hands.status


async def test_a_very_long_paste_is_taken_and_its_end_shown(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("/")
        await hands.paste("كلمة " * 20_000 + "نهاية")
        assert len(typed(hands)) == 100_005
        assert hands.shown("#input").split("Search:")[1].split()[0] == "ﺔﻳﺎﻬﻧ"


async def test_a_click_into_the_document_ends_the_asking(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("/", *"abc")
        await hands.click(78, 3)
        assert "Search" not in hands.text
        await hands.press("c")
        assert [label for label, _ in hands.labelled] == ["claim"]
