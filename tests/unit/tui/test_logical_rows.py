from __future__ import annotations

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotator.tui.drawing import data_strip
from annotator.tui.logical_rows import BLANK, JOINER, MARK, in_logical_order
from tests.support.reordering import as_drawn


PLAIN, BOLD = Style(color="red"), Style(color="red", bold=True)
WORD = "ﻢﻠﺳ"
"""سلم as it is seen, from left to right."""


def strip_of(*texts: str) -> Strip:
    """A row of segments; the second one and every other is bold."""
    return Strip([Segment(text, BOLD if index % 2 else PLAIN) for index, text in enumerate(texts)])


def written(*texts: str, **options: bool) -> str:
    return in_logical_order(strip_of(*texts), **options)[0].text


def seen_at(*texts: str) -> tuple[int, ...]:
    return in_logical_order(strip_of(*texts))[1]


def row_of(text: str, width: int = 76) -> Strip:
    """A row of the document: a gutter, and text from the right."""
    return Strip.join([Strip([Segment("│ ", PLAIN)]), data_strip(text, width, PLAIN, right=1)])


def test_a_row_without_arabic_stays_as_it_is() -> None:
    row = strip_of(" 1/15 ", "c Claim", " saved · (12) ")
    assert in_logical_order(row) == (row, tuple(range(27)))


def test_a_word_is_turned_round_where_it_stands() -> None:
    assert written(f"│ ab {WORD} cd").replace(MARK, "") == "│ ab ﺳﻠﻢ cd".replace("ﻠ", f"ﻠ{JOINER}")


def test_a_left_to_right_mark_stands_behind_each_word_and_on_the_first_column() -> None:
    assert written(f"│ {WORD}a", keeps_lam_apart=False) == f"│{MARK}{BLANK}ﺳﻠﻢ{MARK}a"


def test_no_mark_parts_the_letters_of_a_word_in_the_first_column() -> None:
    assert written(f"{WORD} a", keeps_lam_apart=False) == f"ﺳﻠﻢ{MARK} a"


def test_the_first_space_becomes_a_blank_letter_so_that_the_row_is_not_taken_for_one_from_the_right() -> None:
    assert written(f"│  {WORD}").startswith(f"│{MARK}{BLANK} ")


def test_where_a_letter_comes_first_anyway_no_blank_is_needed() -> None:
    assert BLANK not in written(f" a {WORD} b")


@pytest.mark.parametrize("after", [f" {WORD}", " 25", " ٢٥", f": {WORD}"])
def test_what_comes_behind_a_word_is_kept_apart_by_a_blank_letter(after: str) -> None:
    assert written(f"a {WORD}{after}")[2:].count(BLANK) == 1


@pytest.mark.parametrize("after", [" b", " ", ".", ""])
def test_where_nothing_has_to_be_kept_apart_a_space_stays_a_space(after: str) -> None:
    assert BLANK not in written(f"a {WORD}{after}")


def test_marks_stay_on_their_letters() -> None:
    assert written("ﻢ\u064eﻠ\u0651\u064eﺳ\u064f", keeps_lam_apart=False) == f"ﺳ\u064fﻠ\u0651\u064eﻢ\u064e{MARK}"


def test_letters_keep_their_forms() -> None:
    assert set("ﺳﻠﻢ") <= set(written(WORD))


def test_a_lam_that_joins_is_kept_apart_from_the_alef() -> None:
    assert written("ﺎﻟﺎﻠ") == f"ﻠ{JOINER}ﺎﻟ{JOINER}ﺎ{MARK}"
    assert JOINER not in written("ﺎﻟﺎﻠ", keeps_lam_apart=False)
    assert JOINER not in written("ﻝﺍ")


def test_arabic_digits_read_from_the_left() -> None:
    assert written("a ٢٥ b") == f"a{MARK} ٢٥{MARK} b"


def test_a_number_that_touches_a_word_comes_along_where_a_word_comes_before_it() -> None:
    assert written(f"a ﻡ2024 {WORD}", keeps_lam_apart=False) == f"a{MARK} ﺳﻠﻢ 2024ﻡ{MARK}"
    assert written(f"a ﻡ12/06 {WORD}", keeps_lam_apart=False) == f"a{MARK} ﺳﻠﻢ 12/06ﻡ{MARK}"
    assert written("a ﻡ2024 b") == f"a{MARK} ﻡ{MARK}2024 b"


def test_punctuation_between_letters_is_turned_with_them() -> None:
    assert written("a ﺏ-ﺍ b") == f"a{MARK} ﺍ-ﺏ{MARK} b"


def test_quotation_marks_between_letters_are_exchanged_where_the_terminal_mirrors_them() -> None:
    assert written("a ﺏ«ﺍ b") == f"a{MARK} ﺍ»ﺏ{MARK} b"
    assert written("a ﺏ«ﺍ b", mirrors=False) == f"a{MARK} ﺏ{MARK}«ﺍ{MARK} b"


def test_brackets_stay_where_they_are() -> None:
    assert written("a ﺏ(ﺍ) b") == f"a{MARK} ﺏ{MARK}(ﺍ{MARK}) b"


def test_a_letter_keeps_its_look() -> None:
    row, _ = in_logical_order(strip_of("a ", "ﻢ", "ﻠﺳ"), keeps_lam_apart=False)
    assert [(segment.text, segment.style) for segment in row] == [
        (f"a{MARK} ﺳﻠ", PLAIN),
        (f"ﻢ{MARK}", BOLD),
    ]


def test_for_each_column_it_is_told_where_it_is_seen() -> None:
    assert seen_at(f"ab{WORD}c") == (0, 1, 4, 3, 2, 5)


def test_wide_characters_keep_their_two_columns() -> None:
    row, columns = in_logical_order(strip_of(f"日{WORD}本"))
    assert (row.cell_length, columns) == (7, (0, 1, 4, 3, 2, 5, 6))


def test_an_empty_row_is_empty() -> None:
    assert in_logical_order(Strip([], 0)) == (Strip([], 0), ())


NEWS = (
    "بدأ 25 عاملا (من IBM) العمل في 12/06/2024، وقال «لا»: 3.5% من المعلمين [٢٥] الآن في الشرق-الأوسط.",
    "قال وزير العمل إن «الأردن» سيستقبل 104 آلاف عامل في 2024م، وفق أرقام (ILO) الصادرة اليوم.",
    "وقال لـ«الشرق الأوسط» إن القمة في 2024م عقدت، و50كم من الطريق أنجزت (85%) حتى الآن.",
    "وأضاف عبر @Handle_1: https://example.com/a?b=2 ثم سكت... وقال: نعم/لا!",
)


@pytest.mark.parametrize("text", NEWS)
def test_a_terminal_that_heeds_left_to_right_marks_shows_the_row_as_it_was_meant(text: str) -> None:
    row = row_of(text)
    assert as_drawn(in_logical_order(row)[0].text) == row.text
    assert as_drawn(in_logical_order(row, mirrors=False)[0].text, mirrors=False) == row.text


@pytest.mark.parametrize("text", NEWS)
def test_so_does_one_that_throws_them_away_and_guesses_the_direction(text: str) -> None:
    row = row_of(text)
    assert as_drawn(in_logical_order(row)[0].text, heeds_marks=False) == row.text


def test_the_row_itself_would_be_shown_turned_round() -> None:
    """What all this is for."""
    row = row_of(NEWS[0])
    assert as_drawn(row.text) != row.text
