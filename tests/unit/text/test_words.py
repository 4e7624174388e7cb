from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from annotator.text import words as word_patterns
from annotator.text.words import next_word, previous_word, word_at, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("قال الوزير", ["قال", "الوزير"], id="letters"),
        pytest.param("قاعدةً وأكّد", ["قاعدةً", "وأكّد"], id="tashkeel"),
        pytest.param("هٰذا الرحمٰن", ["هٰذا", "الرحمٰن"], id="superscript alef"),
        pytest.param("قالـــت الـ11", ["قالـــت", "الـ11"], id="tatweel"),
        pytest.param("می\u200cخواهم رفت", ["می\u200cخواهم", "رفت"], id="ZWNJ inside"),
        pytest.param("رقم\u200f5 ال\u200e\u061cآن", ["رقم\u200f5", "ال\u200e\u061cآن"], id="direction marks inside"),
        pytest.param("\u200fقال\u200f \u200cله\u200c", ["قال", "له"], id="no invisible character at an edge"),
        pytest.param(
            "12/06/2024 3.5 04:00 ١٬٥٠٠٫٧٥ 1-2", ["12/06/2024", "3.5", "04:00", "١٬٥٠٠٫٧٥", "1-2"], id="numbers"
        ),
        pytest.param("2,500,000.", ["2,500,000"], id="a full stop behind a number"),
        pytest.param("عام 2015. و3. 5", ["عام", "2015", "و3", "5"], id="a separator needs a digit on each side"),
        pytest.param("صفحة:5 ب/3 3/ب", ["صفحة", "5", "ب", "3", "3", "ب"], id="a separator between letter and digit"),
        pytest.param("1..2", ["1", "2"], id="one separator only"),
        pytest.param("و3.5مليون", ["و3.5مليون"], id="a number joined to letters"),
        pytest.param("قال.ثم ق/م أ:ب", ["قال", "ثم", "ق", "م", "أ", "ب"], id="separators between letters"),
        pytest.param("«نعم» “لا” \"هل\" 'كلا' (ربما)؟!", ["نعم", "لا", "هل", "كلا", "ربما"], id="quotes and brackets"),
        pytest.param("#يوم_جديد @user", ["يوم_جديد", "user"], id="hashtag"),
        pytest.param("cafe\u0301 AFP", ["cafe\u0301", "AFP"], id="Latin with a mark"),
        pytest.param("أولا،ثانيا؛ثالثا…", ["أولا", "ثانيا", "ثالثا"], id="punctuation without spaces"),
        pytest.param("5% 10$", ["5", "10"], id="signs"),
        pytest.param("سطر\nآخر", ["سطر", "آخر"], id="lines"),
        pytest.param("… - 😀 ", [], id="no word"),
        pytest.param("", [], id="empty"),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in words(text)] == expected


TEXT = "قال، في 12/06: «نعمً»"


@pytest.mark.parametrize(("offset", "word"), [(0, (0, 3)), (2, (0, 3)), (5, (5, 7)), (10, (8, 13)), (19, (16, 20))])
def test_word_at_is_the_word_around_the_offset(offset: int, word: tuple[int, int]) -> None:
    assert word_at(TEXT, offset) == word


@pytest.mark.parametrize("offset", [3, 4, 7, 13, 15, 20])
def test_there_is_no_word_at_punctuation_or_space(offset: int) -> None:
    assert word_at(TEXT, offset) is None


@pytest.mark.parametrize("offset", [-1, len(TEXT), len(TEXT) + 5])
def test_there_is_no_word_outside_the_text(offset: int) -> None:
    assert word_at(TEXT, offset) is None


def test_a_separator_inside_a_number_is_at_its_word() -> None:
    assert word_at("في 12/06/2024 ثم", 5) == (3, 13)


def test_an_invisible_character_at_the_edge_of_a_word_is_not_at_it() -> None:
    assert word_at("\u200fقال\u200f", 0) is None
    assert word_at("\u200fقال\u200f", 4) is None


def test_next_word_steps_from_start_to_start() -> None:
    assert [next_word(TEXT, offset) for offset in (0, 1, 3, 5, 8, 14)] == [5, 5, 5, 8, 16, 16]


def test_next_word_behind_the_last_is_the_end_of_the_text() -> None:
    assert next_word(TEXT, 16) == len(TEXT)
    assert next_word(TEXT, len(TEXT)) == len(TEXT)


def test_next_word_ahead_of_the_first_is_the_first() -> None:
    assert next_word("  قال", 0) == 2


def test_previous_word_steps_from_start_to_start() -> None:
    assert [previous_word(TEXT, offset) for offset in (21, 16, 8, 5)] == [16, 8, 5, 0]


def test_previous_word_inside_a_word_is_its_start() -> None:
    assert previous_word(TEXT, 10) == 8
    assert previous_word(TEXT, 18) == 16


def test_previous_word_ahead_of_the_first_is_the_start_of_the_text() -> None:
    assert previous_word("  قال", 2) == 0
    assert previous_word("", 0) == 0


def test_offsets_off_the_text_are_clamped() -> None:
    assert next_word(TEXT, -5) == 0
    assert next_word(TEXT, 99) == len(TEXT)
    assert previous_word(TEXT, 99) == 16
    assert previous_word(TEXT, -5) == 0


@pytest.mark.parametrize("length", [255, 256, 257, 2000])
def test_words_and_gaps_of_any_length_are_crossed(length: int) -> None:
    text = "أ" * length + " " * length + "ب" * length
    assert word_at(text, length - 1) == (0, length)
    assert word_at(text, 3 * length - 1) == (2 * length, 3 * length)
    assert previous_word(text, 2 * length) == 0
    assert next_word(text, 0) == 2 * length


class Watched:
    """A pattern that notes from which offset it was asked to look."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern, self.offsets = pattern, []

    def finditer(self, text: str, offset: int = 0) -> Iterator[re.Match[str]]:
        self.offsets.append(offset)
        return self.pattern.finditer(text, offset)

    def search(self, text: str, offset: int = 0) -> re.Match[str] | None:
        self.offsets.append(offset)
        return self.pattern.search(text, offset)


@pytest.mark.parametrize("step", [word_at, next_word, previous_word])
def test_a_step_in_a_long_text_starts_looking_beside_its_offset(
    step: Callable[[str, int], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(word_patterns._WORD)
    monkeypatch.setattr(word_patterns, "_WORD", watched)
    step("قال الوزير، " * 1_000, 6_000)
    assert watched.offsets
    assert min(watched.offsets) >= 6_000 - len("الوزير، ")
