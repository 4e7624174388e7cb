from __future__ import annotations

import pytest

from annotator.text.pages import DocumentLayout, Fold, RowId
from annotator.tui.page import OVERLAP_ROWS, Page


TEXT = "\n".join(f"سطر{number}" for number in range(40))


def page(height: int = 10, text: str = TEXT) -> Page:
    """A page at the beginning of a text of 40 lines."""
    made = Page(DocumentLayout(text, 20))
    made.lay_out(20, height)
    return made


def lines(shown: Page) -> tuple[int, int]:
    """The first and the last line on a page."""
    return shown.rows[0].paragraph, shown.rows[-1].paragraph


def at(line: int) -> int:
    """The first character of a line."""
    return sum(len(text) + 1 for text in TEXT.split("\n")[:line])


def test_it_begins_at_the_beginning() -> None:
    assert lines(page()) == (0, 9)


def test_a_short_text_is_shown_whole() -> None:
    assert lines(page(text="ا\nب")) == (0, 1)


@pytest.mark.parametrize("line", [0, 5, 9])
def test_what_is_on_the_page_turns_nothing(line: int) -> None:
    shown = page()
    assert not shown.follow(at(line))
    assert lines(shown) == (0, 9)


def test_just_below_the_page_it_turns_and_keeps_some_rows_in_sight() -> None:
    shown = page()
    assert shown.follow(at(10))
    assert lines(shown) == (10 - OVERLAP_ROWS, 19 - OVERLAP_ROWS)


def test_just_above_the_page_it_turns_back_and_keeps_some_rows_in_sight() -> None:
    shown = page()
    shown.follow(at(30))
    first = lines(shown)[0]
    shown.follow(at(first - 1))
    assert lines(shown)[1] == first - 1 + OVERLAP_ROWS


def test_far_away_what_is_followed_stands_in_the_upper_third() -> None:
    shown = page()
    shown.follow(at(25))
    assert lines(shown)[0] == 25 - 10 // 3


def test_the_end_of_the_text_stands_at_the_foot_of_the_page() -> None:
    shown = page()
    shown.follow(at(39))
    assert lines(shown) == (30, 39)


def test_scrolling_stops_at_both_ends() -> None:
    shown = page()
    assert not shown.scroll(-3)
    assert shown.scroll(3)
    assert lines(shown) == (3, 12)
    assert shown.scroll(100)
    assert lines(shown) == (30, 39)
    assert not shown.scroll(1)


def test_another_size_keeps_the_same_text_at_the_top() -> None:
    text = "كلمة " * 200
    shown = page(text=text)
    shown.scroll(12)
    top = shown.span[0]
    for width in (7, 33, 20):
        shown.lay_out(width, 6)
        assert shown.span[0] <= top < shown.span[1]


def test_other_folds_make_it_stale_until_it_is_laid_out() -> None:
    shown = page()
    shown.layout.fold([Fold(0, 4)])
    assert shown.is_stale
    shown.lay_out(20, 10)
    assert not shown.is_stale
    assert shown.rows[:2] == (RowId(0), RowId(5))


def test_the_span_in_sight_holds_what_is_folded_there() -> None:
    shown = page(height=3)
    assert shown.span == (0, at(3))
    shown.layout.fold([Fold(2, 9)])
    shown.lay_out(20, 3)
    assert shown.span == (0, at(10))


def test_of_a_long_paragraph_only_the_rows_on_the_page_are_in_sight() -> None:
    shown = page(text="كلمة " * 500, height=4)
    shown.scroll(10)
    first, last = shown.span
    assert (first, last) == (10 * 20, 14 * 20 + 1)


def test_before_it_is_laid_out_nothing_is_in_sight() -> None:
    shown = Page(DocumentLayout(TEXT, 20))
    assert shown.rows == ()
    assert shown.span == (0, 0)
    assert not shown.follow(5)
