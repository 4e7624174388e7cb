"""The guideline of a label: before the text in a narrow window, beside it in a wide one."""

from __future__ import annotations

import pytest

from annotator.tui.screens.help import HelpScreen
from tests.tui.conftest import AppMaker
from tests.tui.hands import running
from tests.tui.texts import SHORT


NARROW, WIDE = (80, 24), (140, 40)
CLAIM, SOURCE = "A claim is a statement that could be", "whom a claim is credited"


async def test_in_a_narrow_window_it_stands_before_the_text_until_a_key_closes_it(make_app: AppMaker) -> None:
    async with running(make_app(SHORT), size=NARROW) as hands:
        await hands.press("c")
        before = hands.lines
        await hands.press("f2")
        assert isinstance(hands.app.screen, HelpScreen)
        assert hands.lines[0].startswith("  c  Claim ")
        assert CLAIM in hands.text
        await hands.press("f2")
        assert hands.lines == before


async def test_it_scrolls_there(make_app: AppMaker) -> None:
    async with running(make_app(SHORT), size=NARROW) as hands:
        await hands.press("c", "f2", "pagedown")
        assert CLAIM not in hands.text


async def test_in_a_wide_window_it_stands_beside_the_text_and_the_keys_go_on(make_app: AppMaker) -> None:
    async with running(make_app(SHORT), size=WIDE) as hands:
        await hands.press("c")
        assert CLAIM not in hands.shown("#inspector")
        await hands.press("f2")
        assert CLAIM in hands.shown("#inspector")
        await hands.press("w", "space")
        assert hands.selected == "وزير"


async def test_beside_the_text_it_follows_the_focus(make_app: AppMaker) -> None:
    async with running(make_app(SHORT), size=WIDE) as hands:
        await hands.press("c", "w", "s", "f2")
        assert " s  Source " in hands.shown("#inspector")
        await hands.press("shift+tab")
        assert " c  Claim " in hands.shown("#inspector")
        await hands.press("escape", "ctrl+end")
        assert "No annotation here" in hands.shown("#inspector")


async def test_the_same_key_closes_it(make_app: AppMaker) -> None:
    async with running(make_app(SHORT), size=WIDE) as hands:
        await hands.press("c")
        before = hands.shown("#inspector")
        await hands.press("f2", "f2")
        assert hands.shown("#inspector") == before


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_menu_has_it_too(make_app: AppMaker, size: tuple[int, int]) -> None:
    async with running(make_app(SHORT), size=size) as hands:
        await hands.press("c", ";", "i")
        assert CLAIM in hands.text


async def test_where_no_annotation_is_all_labels_are_explained(make_app: AppMaker) -> None:
    async with running(make_app(SHORT, schema="minimal"), size=(80, 60)) as hands:
        await hands.press("f2")
        assert all(name in hands.text for name in (" c  Claim ", " s  Source "))


async def test_it_moves_beside_the_text_where_the_window_has_become_wide(make_app: AppMaker) -> None:
    async with running(make_app(SHORT), size=WIDE) as hands:
        await hands.press("c", "f2")
        await hands.resize(*NARROW)
        assert CLAIM not in hands.text
        await hands.resize(*WIDE)
        assert CLAIM in hands.shown("#inspector")
