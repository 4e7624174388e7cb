"""What is written: what differs from what the terminal shows, and what letters that go have left in cells near by."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotator.tui.tight_update import NEAR, Shown, columns_of


PLAIN, BOLD = Style(), Style(bold=True)


def strip(text: str, style: Style = PLAIN) -> Strip:
    return Strip([Segment(text, style)])


def taken(shown: Shown, *rows: str, x: int = 0) -> list[tuple[int, int, str]]:
    """What is written when rows are put on the screen one below the other."""
    pieces = [(x, y, strip(text)) for y, text in enumerate(rows)]
    return [(column, y, piece.text) for column, y, piece in shown.take(pieces)]


@pytest.fixture
def shown() -> Shown:
    """A terminal that shows one row."""
    shown = Shown()
    list(shown.take([(0, 0, strip("abcdefghijklmnopqrstuvwxyz"))]))
    return shown


def test_at_first_everything_is_written() -> None:
    assert taken(Shown(), "ab", "cd") == [(0, 0, "ab"), (0, 1, "cd")]


def test_the_same_again_writes_nothing(shown: Shown) -> None:
    assert taken(shown, "abcdefghijklmnopqrstuvwxyz") == []


def test_forgotten_it_is_written_again(shown: Shown) -> None:
    shown.forget()
    assert taken(shown, "abc") == [(0, 0, "abc")]


def test_a_letter_that_changes_is_written_with_its_neighbours(shown: Shown) -> None:
    assert taken(shown, "abcdeFghijklmnopqrstuvwxyz") == [(4, 0, "eFg")]


def test_changes_near_each_other_are_written_as_one(shown: Shown) -> None:
    near = "abcdeFghij" + "klmnopqrstuvwxyz"
    assert taken(shown, near.replace("k", "K"))[0][2].startswith("eF")
    assert len(taken(Shown(), near)) == 1


def test_changes_far_from_each_other_are_written_apart(shown: Shown) -> None:
    assert taken(shown, "Abcdefghijklmnopqrstuvwxy" + "Z") == [(0, 0, "Ab"), (24, 0, "yZ")]
    assert NEAR < 20


def test_another_style_is_a_change_that_reaches_nothing_else(shown: Shown) -> None:
    row = Strip([Segment("abcde"), Segment("f", BOLD), Segment("ghijklmnopqrstuvwxyz")])
    assert [
        (x, piece.text) for x, _, piece in shown.take([(0, 0, Strip([Segment(t, s or PLAIN) for t, s, _ in row]))])
    ] == [(5, "f")]


def test_blanks_beside_above_and_below_a_letter_that_goes_are_written_again() -> None:
    shown = Shown()
    taken(shown, "     ", "  x  ", "     ")
    assert taken(shown, "     ", "     ", "     ") == [(1, 0, "   "), (1, 1, "   "), (1, 2, "   ")]


def test_a_wide_letter_is_never_cut() -> None:
    shown = Shown()
    taken(shown, "ab世cd")
    assert taken(shown, "ab界cd") == [(1, 0, "b界")]
    assert taken(shown, "a界界d") == [(0, 0, "a界界d")]


def test_marks_stay_with_their_letter_in_a_segment_of_their_own(shown: Shown) -> None:
    ((_, _, piece),) = shown.take([(0, 0, strip("abcبَتfghijklmnopqrstuvwxyz"))])
    assert [segment.text for segment in piece] == ["c", "بَ", "تf"]


@settings(deadline=None, max_examples=100)
@given(st.lists(st.lists(st.text("ab بَ世", min_size=1, max_size=12), min_size=1, max_size=4), max_size=6))
def test_whatever_is_put_there_the_terminal_shows_it(screens: list[list[str]]) -> None:
    shown, width = Shown(), 24
    terminal = [[""] * width for _ in range(4)]
    for some in screens:
        rows = [*some, *[""] * (4 - len(some))]
        wanted = [columns_of(strip(row.lstrip("َ"))) for row in rows]
        wanted = [[*row, *columns_of(strip(" " * (width - len(row))))] for row in wanted]
        pieces = [
            (0, y, Strip([Segment(column.text, PLAIN) for column in row if column.text]))
            for y, row in enumerate(wanted)
        ]
        for x, y, piece in shown.take(pieces):
            for index, column in enumerate(columns_of(piece), x):
                terminal[y][index] = column.text
        assert terminal == [[column.text for column in row] for row in wanted]
