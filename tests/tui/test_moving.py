"""The cursor moves as seen, and is drawn where it is."""

from __future__ import annotations

import re

import pytest

from annotator.tui.widgets.gutter import MARKS_WIDTH
from tests.tui.conftest import AppMaker
from tests.tui.hands import Hands, running
from tests.tui.texts import SHORT


MIXED = "أعلنت Zinatek في 12 مارس 4.2%"

RIGHT = 79 - MARKS_WIDTH
"""The first column of a row in a window of 80: behind it are the signs of the row."""


def drawn_cursor(hands: Hands) -> tuple[str, int, int]:
    """The glyph under the cursor and where it is drawn."""
    wanted = hands.screen._palette.cursor
    ((x, y),) = hands.styled(lambda style: (style.color, style.bgcolor) == (wanted.color, wanted.bgcolor))
    return hands.columns(y)[x].glyph, x, y


async def test_it_begins_at_the_right_edge(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        glyph, x, y = drawn_cursor(hands)
        assert (glyph, x, y) == ("ﻗ", RIGHT, 1)


async def test_left_is_forward_in_arabic_and_right_is_back(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("left", "left")
        assert (hands.desk.cursor, drawn_cursor(hands)[1]) == (2, RIGHT - 2)
        await hands.press("right")
        assert (hands.desk.cursor, drawn_cursor(hands)[1]) == (1, RIGHT - 1)


async def test_every_step_to_the_left_is_one_column_also_through_latin_and_digits(make_app: AppMaker) -> None:
    async with running(make_app(MIXED)) as hands:
        columns, reached = [], set()
        for _ in range(len(MIXED)):
            columns.append(drawn_cursor(hands)[1])
            reached.add(hands.desk.cursor)
            await hands.press("left")
        assert columns == list(range(RIGHT, RIGHT - len(MIXED), -1))
        assert reached == set(range(len(MIXED)))


async def test_a_row_is_left_at_its_left_edge_for_the_right_edge_of_the_next_one(make_app: AppMaker) -> None:
    async with running(make_app("سطر\nآخر")) as hands:
        await hands.press("left", "left", "left")
        assert drawn_cursor(hands) == ("ﺁ", RIGHT, 2)
        await hands.press("right")
        assert drawn_cursor(hands)[1:] == (RIGHT - 2, 1)


@pytest.mark.parametrize(
    ("key", "to"),
    [
        ("home", 0),
        ("end", SHORT.index("\n") - 1),
        ("ctrl+home", 0),
        ("ctrl+end", len(SHORT) - 1),
        ("w", SHORT.index("إن")),
        ("ctrl+left", SHORT.index("إن")),
        ("W", SHORT.index("وزير")),
        ("ctrl+right", SHORT.index("وزير")),
        ("up", SHORT.index("النقل")),
        ("pageup", SHORT.index("النقل")),
        ("pagedown", len(SHORT) - 1),
    ],
)
async def test_a_key_moves_where_it_says(make_app: AppMaker, key: str, to: int) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("w", "w", key)
        if key == "pagedown":
            assert hands.desk.layout.paragraph_at(hands.desk.cursor) == 2
        else:
            assert hands.desk.cursor == to


async def test_down_and_up_keep_the_column_over_an_empty_line(make_app: AppMaker) -> None:
    async with running(make_app(SHORT)) as hands:
        await hands.press("left", "left", "left", "down")
        assert drawn_cursor(hands) == (" ", RIGHT, 2)
        await hands.press("down")
        assert drawn_cursor(hands)[1:] == (RIGHT - 3, 3)


async def test_a_page_keeps_two_rows_in_sight(make_app: AppMaker) -> None:
    text = "\n".join(f"سطر {number}" for number in range(100))
    async with running(make_app(text)) as hands:
        height = hands.screen.main.size.height
        await hands.press("pagedown", "pagedown")
        assert hands.desk.layout.paragraph_at(hands.desk.cursor) == 2 * (height - 2)
        assert drawn_cursor(hands)[1] == RIGHT


@pytest.mark.parametrize("size", [(80, 24), (40, 14), (200, 30)])
async def test_turning_pages_skips_nothing(make_app: AppMaker, size: tuple[int, int]) -> None:
    words = iter(range(1000))
    text = "\n".join(" ".join(f"كلمة {next(words)}" for _ in range(1 + 13 * row % 50)) for row in range(30))
    async with running(make_app(text), size=size) as hands:
        wanted = set(re.findall(r"\d+", text))
        for key in ("pagedown", "pageup"):
            seen: set[str] = set()
            last = -1
            while hands.desk.cursor != last:
                last = hands.desk.cursor
                seen |= set(re.findall(r"\d+", hands.shown("#document")))
                await hands.press(key)
            assert seen == wanted


async def test_leaving_the_page_turns_it_and_keeps_rows_of_the_old_one(make_app: AppMaker) -> None:
    text = "\n".join(f"سطر {number}" for number in range(100))
    async with running(make_app(text)) as hands:
        height = hands.screen.main.size.height
        await hands.press(*["down"] * height)
        assert drawn_cursor(hands)[2] == 3
        assert hands.lines[1].split()[-2:] == [str(height - 2), "ﺮﻄﺳ"]
