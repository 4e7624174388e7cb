"""Windows of any size, and those that change."""

from __future__ import annotations

import pytest

from annotator.tui.app import AnnotatorApp
from annotator.tui.screens.queue import QueueScreen
from annotator.tui.widgets.chooser import MOST_ROWS
from tests.tui.conftest import AppMaker, ProjectMaker, RecordImporter
from tests.tui.hands import running
from tests.tui.texts import PAGE, SHORT


TINY = [(1, 1), (2, 2), (5, 3), (20, 5), (3, 24), (80, 1)]
KEYS = (
    *("left", "down", "pagedown", "end", "space", "space", "b", "z", "tab", "]", "left", "enter", "m", "w", "escape"),
    *("/", "ا", "ل", "left", "enter", "N", "u", "U", "f", "x", "enter", "?", "down", "escape", "d", "n", "p", "x"),
    *("'", "j", "escape", ";", "down", "escape", ";", "a", "end", "enter", "enter", "down", "pageup", "escape"),
    *("ctrl+p", "د", "enter", "escape", "f2", "pagedown", "escape", "a", "escape", "*", "escape", ",", "-", "X", "u"),
    *(";", "h", "down", "enter", ";", "d", "1", "n", "ا", "enter", "escape", ";", "l", "escape", ";", "t", "2"),
)


@pytest.mark.parametrize("size", TINY)
async def test_every_key_can_be_pressed_in_a_tiny_window(make_app: AppMaker, size: tuple[int, int]) -> None:
    async with running(make_app(PAGE, SHORT), size=size) as hands:
        for first in range(0, len(KEYS), 3):
            await hands.press(*KEYS[first : first + 3])
            assert all(len(hands.columns(y)) == size[0] for y in range(size[1]))


@pytest.mark.parametrize("size", TINY)
async def test_the_list_can_be_used_in_a_tiny_window(make_app: AppMaker, size: tuple[int, int]) -> None:
    async with running(make_app(PAGE, SHORT, document=None), size=size) as hands:
        for key in (
            *("down", "pagedown", "home", "s", "t", "/", "ا", "escape", "escape", "?", "pagedown", "escape"),
            *(";", "end", "escape", "ctrl+p", "ا", "down", "escape", ";", "t", "3"),
        ):
            await hands.press(key)
            assert all(len(hands.columns(y)) == size[0] for y in range(size[1]))
        assert isinstance(hands.app.screen, QueueScreen)


@pytest.mark.parametrize("size", [(5, 3), (20, 8), (80, 24)])
async def test_the_mouse_can_be_used_anywhere(make_app: AppMaker, size: tuple[int, int]) -> None:
    async with running(make_app(PAGE, SHORT), size=size) as hands:
        for y in range(size[1]):
            await hands.click(size[0] // 2, y)
        await hands.wheel(size[0] // 2, size[1] // 2, 3)


async def test_a_window_that_shrinks_to_nothing_and_grows_again_shows_the_same(make_app: AppMaker) -> None:
    async with running(make_app(PAGE)) as hands:
        await hands.press("w", "w", "s")
        before = hands.lines
        for size in ((1, 1), (200, 60), (20, 5), (80, 24)):
            await hands.resize(*size)
            assert len(hands.lines) == size[1]
        assert hands.lines == before


async def test_a_menu_stays_open_in_a_window_that_changes(make_app: AppMaker) -> None:
    async with running(make_app(PAGE)) as hands:
        await hands.press("ctrl+p", "end")
        for size in ((20, 5), (200, 60), (80, 24), (80, 12), (80, 24)):
            await hands.resize(*size)
            assert hands.menu[0].startswith("All com")
            assert len(hands.menu) == 1 + max(min(size[1] - 6, MOST_ROWS), 1)
            assert "Arabic looks wrong" in hands.menu[-1] or size[0] == 20


async def test_the_cursor_stays_in_sight_when_the_window_changes(make_app: AppMaker) -> None:
    text = "\n".join("كلمة " * 40 for _ in range(50))
    async with running(make_app(text), size=(120, 40)) as hands:
        await hands.press("pagedown", "pagedown", "left", "left")
        cursor = hands.desk.cursor
        for size in ((60, 20), (30, 12), (160, 50), (80, 24)):
            await hands.resize(*size)
            x, y = hands.place_of(cursor)
            assert hands.columns(y)[x].style.bgcolor == hands.screen._palette.cursor.bgcolor
        assert hands.desk.cursor == cursor


async def test_a_wide_window_shows_the_inspector_and_a_narrow_one_a_line(make_app: AppMaker) -> None:
    async with running(make_app(SHORT), size=(80, 24)) as hands:
        await hands.press("w", "s")
        assert hands.screen.query_one("#focus").display
        assert not hands.screen.query_one("#inspector").display
        await hands.resize(140, 30)
        assert not hands.screen.query_one("#focus").display
        assert "text 4–8" in hands.shown("#inspector")
        await hands.resize(80, 24)
        assert hands.shown("#focus").rstrip() == " Source  Official  4–8"


async def test_a_relation_is_cut_in_the_line_of_a_narrow_window(
    make_project: ProjectMaker, import_record: RecordImporter
) -> None:
    project = make_project()
    spans = (("s1", "source", "قال وزير النقل إن"), ("c1", "claim", "الجسر آمن"))
    import_record(project, SHORT, *spans, relations=(("c1", "s1"),))
    async with running(AnnotatorApp(project, "me", 1), size=(40, 24)) as hands:
        await hands.press("tab", "tab")
        assert hands.shown("#focus").startswith(" Claim  ")
        assert "…" in hands.shown("#focus")
        await hands.resize(80, 24)
        assert "…" not in hands.shown("#focus")


async def test_a_narrow_list_leaves_source_and_length_out(make_app: AppMaker) -> None:
    async with running(make_app(SHORT, document=None), size=(50, 20)) as hands:
        assert "Source" not in hands.text
        assert "ﺮﻘﻨﻟﺍ" in hands.text or "ﻝﺎﻗ" in hands.text
        await hands.resize(90, 20)
        assert "Source" in hands.text
