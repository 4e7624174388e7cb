"""The mouse: what is clicked is what is drawn there, at any size."""

from __future__ import annotations

import pytest
from textual.message import Message

from annotator.tui.widgets.bar import Bar
from annotator.tui.widgets.document_view import MEASURE, DocumentView
from annotator.tui.widgets.gutter import MARKS_WIDTH, OVERVIEW_WIDTH
from tests.tui.conftest import AppMaker
from tests.tui.hands import running
from tests.tui.texts import SHORT


SIZES = [(80, 24), (200, 60)]
MIXED = "أعلنت شركة Zinatek Ltd في 12 مارس أن كَتَبَ 4.2% من الأسهم"


@pytest.mark.parametrize("size", SIZES)
async def test_every_character_can_be_clicked_where_it_is_drawn(make_app: AppMaker, size: tuple[int, int]) -> None:
    async with running(make_app(MIXED), size=size) as hands:
        for offset in (0, 5, 12, 18, 24, MIXED.index("كَ"), MIXED.index("4.2"), MIXED.index("%"), len(MIXED) - 1):
            x, y = hands.place_of(offset)
            await hands.click(x, y)
            assert hands.desk.cursor == offset
            assert hands.columns(y)[x].style.bgcolor == hands.app.palette.cursor.bgcolor


async def test_in_a_wide_window_the_text_stands_at_the_right_and_its_rows_are_no_longer_than_can_be_read(
    make_app: AppMaker,
) -> None:
    async with running(make_app("كلمة " * 60), size=(200, 60)) as hands:
        row = hands.shown("#document").split("\n")[0]
        assert row.endswith("ﺔﻤﻠﻛ" + " " * MARKS_WIDTH)
        assert len(row[OVERVIEW_WIDTH:].strip()) <= MEASURE


@pytest.mark.parametrize("size", SIZES)
async def test_a_click_beside_the_text_goes_to_the_nearest_character(make_app: AppMaker, size: tuple[int, int]) -> None:
    async with running(make_app(SHORT), size=size) as hands:
        region = hands.screen.main.region
        await hands.click(region.x, region.y)
        assert hands.desk.cursor == SHORT.index("\n") - 1
        await hands.click(region.right - 1, region.y + 2)
        assert hands.desk.cursor == SHORT.index("ولم")


async def test_a_click_below_the_text_changes_nothing(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        before = hands.lines
        await hands.click(40, 15)
        assert hands.lines == before


async def test_a_click_is_posted_as_a_place_in_the_text(make_app: AppMaker) -> None:
    messages: list[Message] = []
    async with running(make_app(SHORT), messages=messages) as hands:
        await hands.click(*hands.place_of(4))
        clicks = {message.offset for message in messages if isinstance(message, DocumentView.Clicked)}
        assert clicks == {4}


async def test_clicks_on_nested_annotations_focus_the_smallest_first_and_the_others_in_turn(
    make_app: AppMaker,
) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("space", "space", "c", "w", "s", "m", "w", "w", "c", "escape")
        seen = []
        for _ in range(4):
            await hands.click(*hands.place_of(5))
            seen.append(hands.focused)
        assert seen == ["وزير", "وزير النقل", "قال وزير النقل إن الجسر آمن", "وزير"]


async def test_a_click_on_a_label_labels(make_app: AppMaker) -> None:
    messages: list[Message] = []
    async with running(make_app(SHORT), messages=messages) as hands:
        strip = hands.screen.query_one("#labels").region
        await hands.click(hands.lines[strip.y].index("Source"), strip.y)
        assert hands.labelled == [("source", "قال")]
        assert {message.key for message in messages if isinstance(message, Bar.Pressed)} == {"s"}
        await hands.press("w", "c")
        assert hands.labelled == [("source", "قال"), ("claim", "وزير")]


@pytest.mark.parametrize(("size", "bar"), [((80, 24), "focus"), ((200, 60), "labels"), ((80, 24), "hints")])
async def test_a_click_on_a_hint_does_nothing(make_app: AppMaker, size: tuple[int, int], bar: str) -> None:
    async with running(make_app(SHORT), size=size) as hands:
        y = hands.screen.query_one(f"#{bar}").region.y
        before = hands.lines
        await hands.click(hands.lines[y].index("m mark" if bar == "hints" else "; more"), y)
        assert hands.lines == before
        await hands.click(10, hands.screen.query_one("#status").region.y)
        await hands.click(10, 0)
        assert hands.labelled == []


async def test_the_wheel_moves_the_text_and_not_the_cursor(make_app: AppMaker) -> None:
    text = "\n".join(f"سطر {number}" for number in range(100))
    async with running(make_app(text)) as hands:
        await hands.wheel(40, 5, 2)
        assert hands.lines[1].split()[-2:] == ["6", "ﺮﻄﺳ"]
        assert hands.desk.cursor == 0
        await hands.wheel(40, 5, -1)
        assert hands.lines[1].split()[-2:] == ["3", "ﺮﻄﺳ"]
        await hands.wheel(40, 5, -5)
        assert hands.lines[1].split()[-2:] == ["0", "ﺮﻄﺳ"]


async def test_the_wheel_stops_where_the_last_row_is_at_the_bottom(make_app: AppMaker) -> None:
    text = "\n".join(f"سطر {number}" for number in range(100))
    async with running(make_app(text)) as hands:
        await hands.wheel(40, 5, 60)
        assert hands.shown("#document").split("\n")[-1].split()[-2:] == ["99", "ﺮﻄﺳ"]


async def test_after_the_wheel_a_click_hits_what_is_drawn_there(make_app: AppMaker) -> None:
    text = "\n".join(f"سطر {number}" for number in range(100))
    async with running(make_app(text)) as hands:
        await hands.wheel(40, 5, 2)
        await hands.click(78, 2)
        assert hands.desk.layout.paragraph_at(hands.desk.cursor) == 7


async def test_after_the_wheel_a_key_brings_the_cursor_back_into_sight(make_app: AppMaker) -> None:
    text = "\n".join(f"سطر {number}" for number in range(100))
    async with running(make_app(text)) as hands:
        await hands.wheel(40, 5, 10)
        await hands.press("left")
        assert hands.lines[1].split()[-2:] == ["0", "ﺮﻄﺳ"]


async def test_a_click_moves_the_edge_that_is_being_moved(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("s", "]")
        await hands.click(*hands.place_of(SHORT.index("النقل") + 4))
        await hands.press("enter")
        assert hands.labelled == [("source", "قال وزير النقل")]


async def test_a_click_with_a_mark_selects_up_to_there(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("m")
        await hands.click(*hands.place_of(SHORT.index("وزير") + 3))
        assert hands.selected == "قال وزير"
