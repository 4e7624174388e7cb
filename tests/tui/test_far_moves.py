"""Going far in a few keys: hints, the next unlabelled sentence, a line, the list of annotations."""

from __future__ import annotations

import pytest

from tests.tui.conftest import AppMaker
from tests.tui.hands import running
from tests.tui.texts import PAGE, SHORT


async def test_a_jump_goes_to_the_word_whose_letter_is_typed(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("'", "j")
        assert hands.desk.cursor == SHORT.index("النقل")


async def test_behind_a_mark_a_jump_selects_the_word_whole(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("m", "'", "j")
        assert hands.selected == "قال وزير النقل"
        await hands.press("s")
        assert hands.labelled == [("source", "قال وزير النقل")]


async def test_a_jump_back_over_the_mark_goes_to_the_first_letter(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("w", "w", "m", "'")
        (letters,) = (hint.letters for hint in hands.screen.hints if hint.offset == SHORT.index("وزير"))
        await hands.press(*letters)
        assert hands.desk.cursor == SHORT.index("وزير")
        assert hands.selected == "وزير ا"


async def test_two_letters_go_where_one_does_not_suffice(make_app: AppMaker) -> None:
    async with running(make_app(PAGE)) as hands:
        await hands.press("'")
        assert "HINTS" in hands.status
        far = hands.screen.hints[-1]
        first, second = far.letters
        place = far.offset
        await hands.press(first)
        assert all(hint.letters.startswith(first) for hint in hands.screen.hints)
        await hands.press(second)
        assert hands.desk.cursor == place


async def test_a_comma_goes_through_what_has_no_label(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("c", ",")
        assert hands.desk.cursor == SHORT.index("وأضاف")
        await hands.press("c", ",", "c", ",")
        assert "every sentence has a label" in hands.status


@pytest.mark.parametrize("typed", ["3", "٣"])
async def test_a_line_is_gone_to_by_its_number(make_app: AppMaker, typed: str) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press(";", "g", typed, "enter")
        assert hands.desk.cursor == SHORT.index("ولم")


async def test_a_wrong_line_is_refused_with_what_is_allowed(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press(";", "g", "9", "enter")
        assert "a number from 1 to 3" in hands.status


async def test_the_list_of_annotations_is_narrowed_down_by_what_is_typed(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("c", "w", "s", "w", "s", ";", "a", *"النقل", "enter")
        assert hands.focused == "النقل"
        await hands.press(";", "a", *"claim", "enter")
        assert hands.focused == "قال"
