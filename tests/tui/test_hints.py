"""Letters over the text: what is typed narrows them, and what is no letter of theirs leaves them."""

from __future__ import annotations

import pytest

from annotator.tui.app import AnnotatorApp
from annotator.tui.keys import LATIN
from tests.tui.conftest import AppMaker, ProjectMaker, RecordImporter
from tests.tui.hands import Hands, running
from tests.tui.texts import PAGE, SHORT


LONG = SHORT + "\n\n" + "\n".join(f"سطر {number}" for number in range(60)) + "\nوقالت الوزارة إن العمل انتهى"
ARABIC = {latin: arabic for arabic, latin in LATIN.items()}


def letters(hands: Hands) -> list[str]:
    return [hint.letters for hint in hands.screen.hints]


def pair_of(hands: Hands) -> str:
    """The first hint of two letters."""
    return next(found for found in letters(hands) if len(found) == 2)


async def test_every_word_in_sight_but_the_present_one_has_a_letter(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("'")
        assert sorted(hands.hinted) == sorted(letters(hands))
        assert len(letters(hands)) == len(SHORT.split()) - 1
        assert "HINTS" in hands.status


async def test_a_hint_stands_over_the_beginning_of_its_word(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("'")
        for hint in hands.screen.hints:
            x, y = hands.place_of(hint.offset)
            assert hands.columns(y)[x].glyph == hint.letters


async def test_a_first_letter_leaves_those_that_begin_with_it(make_app: AppMaker) -> None:
    async with running(make_app(PAGE)) as hands:
        await hands.press("'")
        before = letters(hands)
        first = pair_of(hands)[0]
        await hands.press(first)
        assert letters(hands) == [found for found in before if found.startswith(first)]
        assert 1 < len(letters(hands)) < len(before)
        assert len(hands.hinted) == 2 * len(letters(hands))


@pytest.mark.parametrize("key", ["g", "1", "escape", "left", "tab", "ctrl+c", "f5", "enter", "F"])
async def test_what_is_no_letter_of_a_hint_leaves_the_hints_and_does_nothing_else(make_app: AppMaker, key: str) -> None:
    async with running(make_app(SHORT)) as hands:
        before = hands.lines
        await hands.press("'", key)
        assert hands.lines == before
        assert hands.labelled == []


async def test_a_wrong_second_letter_leaves_them_too(make_app: AppMaker) -> None:
    async with running(make_app(PAGE)) as hands:
        before = hands.lines
        await hands.press("'")
        await hands.press(pair_of(hands)[0], "1")
        assert hands.lines == before


async def test_letters_of_hints_label_nothing(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("'")
        assert "s" in letters(hands)
        await hands.press("s")
        assert hands.labelled == []
        assert hands.desk.cursor != 0


async def test_an_arabic_keyboard_types_hints_by_their_places(make_app: AppMaker) -> None:
    async with running(make_app(PAGE)) as hands:
        await hands.press("ط")
        hint = hands.screen.hints[5]
        await hands.press(*(ARABIC[letter] for letter in hint.letters))
        assert hands.desk.cursor == hint.offset


async def test_hints_typed_ahead_of_the_screen_are_taken(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("'")
        hint = hands.screen.hints[2]
        await hands.press("escape")
        hands.send("'", hint.letters, "s")
        await hands.settled()
        assert [annotation.start for annotation in hands.annotations] == [hint.offset]


async def test_a_click_on_a_hint_chooses_it(make_app: AppMaker) -> None:
    async with running(make_app(PAGE)) as hands:
        await hands.press("'")
        hint = hands.screen.hints[7]
        x, y = hands.place_of(hint.offset)
        await hands.click(x, y)
        assert hands.desk.cursor == hint.offset
        assert hands.hinted == []


async def test_a_click_beside_all_hints_is_a_click(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("'")
        await hands.click(*hands.place_of(SHORT.index("وزير") + 2))
        assert hands.desk.cursor == SHORT.index("وزير") + 2
        assert hands.hinted == []


async def test_a_fold_has_one_hint(make_project: ProjectMaker, import_record: RecordImporter) -> None:
    project = make_project()
    import_record(project, PAGE, ("b1", "boilerplate", PAGE[: PAGE.index("\n\n")]))
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        await hands.press("'")
        folded = next(hint for hint in hands.screen.hints if hint.offset == 0)
        assert not [hint for hint in hands.screen.hints if 0 < hint.offset < PAGE.index("\n\n")]
        await hands.press(*folded.letters)
        assert "folded" not in hands.text
        assert hands.desk.cursor == 0


# What is out of sight


@pytest.fixture
def related(make_project: ProjectMaker, import_record: RecordImporter) -> AnnotatorApp:
    """A document with a claim and two sources, one of them out of sight."""
    project = make_project()
    spans = (("s1", "source", "وزير النقل"), ("c1", "claim", "الجسر آمن"), ("s2", "source", "الوزارة"))
    import_record(project, LONG, *spans)
    return AnnotatorApp(project, "me", 1)


def relations(hands: Hands) -> list[tuple[str, str]]:
    return [(relation.head, relation.tail) for relation in hands.desk.session.state.relations]


async def test_what_is_out_of_sight_is_listed_with_its_letters(related: AnnotatorApp) -> None:
    async with running(related) as hands:
        await hands.press("tab", "tab", "a")
        near, far = sorted(hands.screen.hints, key=lambda hint: hint.offset)
        assert hands.menu[0] == "Out of sight"
        assert hands.menu[1].split()[:2] == [far.letters, "Source"]
        assert "ﺓﺭﺍﺯﻮﻟﺍ" in hands.menu[1]
        assert hands.hinted == [near.letters]
        await hands.press(*far.letters)
        assert relations(hands) == [("c1", "s2")]
        assert hands.menu == []


@pytest.mark.parametrize("keys", [("enter",), ("down", "enter"), ("pagedown", "up", "enter")])
async def test_it_is_chosen_by_arrows_and_enter_too(related: AnnotatorApp, keys: tuple[str, ...]) -> None:
    async with running(related) as hands:
        await hands.press("tab", "tab", "a", *keys)
        assert relations(hands) == [("c1", "s2")]


async def test_it_is_chosen_by_a_click_too(related: AnnotatorApp) -> None:
    async with running(related) as hands:
        await hands.press("tab", "tab", "a")
        await hands.click(*hands.menu_place(1))
        assert relations(hands) == [("c1", "s2")]


async def test_escape_leaves_the_list_too(related: AnnotatorApp) -> None:
    async with running(related) as hands:
        await hands.press("tab", "tab", "a", "escape")
        assert (hands.menu, hands.hinted, relations(hands)) == ([], [], [])
