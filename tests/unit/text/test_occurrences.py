from __future__ import annotations

import pytest

from annotator.text.occurrences import occurrences


def found(text: str, part: str) -> list[str]:
    """The places of the first `part` of a text, each with a bar at its edges."""
    start = text.index(part)
    places = occurrences(text, (start, start + len(part)))
    return [f"{text[:first]}|{text[first:last]}|{text[last:]}" for first, last in places]


def count(text: str, part: str) -> int:
    return len(found(text, part))


def test_every_place_is_found_in_order() -> None:
    assert found("وزارة ثم وزارة", "وزارة") == ["|وزارة| ثم وزارة", "وزارة ثم |وزارة|"]


def test_the_given_place_alone_is_a_place() -> None:
    assert count("وزارة الصحة", "الصحة") == 1


@pytest.mark.parametrize("longer", ["لوزارة", "وزارتنا", "وزارةً2", "الوزارة", "وزارة_"])
def test_a_longer_word_is_another_word(longer: str) -> None:
    assert count(f"وزارة ثم {longer} ثم", "وزارة") == 1


@pytest.mark.parametrize("around", ["«وزارة»", '"وزارة"', "(وزارة)", "وزارة.", "وزارة،", "\nوزارة\n", "وزارة/مديرية"])
def test_punctuation_around_a_word_is_no_part_of_it(around: str) -> None:
    assert count(f"وزارة ثم {around} ثم", "وزارة") == 2


def test_a_part_of_a_number_is_no_place() -> None:
    assert count("2 ثم 2.5 ثم 1,2 ثم 22 ثم 2", "2") == 2


def test_a_part_cut_from_a_word_is_kept_and_found_as_a_whole_word_elsewhere() -> None:
    text = "لوزارة ثم وزارة ثم بوزارة"
    assert found(text, "وزارة") == ["ل|وزارة| ثم وزارة ثم بوزارة", "لوزارة ثم |وزارة| ثم بوزارة"]


@pytest.mark.parametrize("other", ["وِزَارَة", "وزارةُ", "وزـــارة", "وز\u200dارة", "وزا\u200eرة", "وزٰارة"])
def test_tashkeel_tatweel_and_what_is_not_drawn_make_no_other_text(other: str) -> None:
    assert count(f"وزارة ثم {other} ثم", "وزارة") == 2
    assert count(f"{other} ثم وزارة ثم", other) == 2


@pytest.mark.parametrize(
    ("one", "other"), [("احمد", "أحمد"), ("وزارة", "وزاره"), ("على", "علي"), ("2", "٢"), ("un", "Un"), ("e", "é")]
)
def test_other_letters_are_another_text(one: str, other: str) -> None:
    assert count(f"{one} ثم {other} ثم", one) == 1


def test_hamza_as_a_mark_of_its_own_counts() -> None:
    assert count("احمد ثم ا\u0654حمد", "احمد") == 1


def test_a_place_takes_in_the_marks_of_its_last_letter_and_no_unseen_character_behind_it() -> None:
    assert found("بلد ثم بلدٌ\u200f ثم", "بلد")[1] == "بلد ثم |بلدٌ|\u200f ثم"


def test_several_words_are_found_with_the_same_spaces_between() -> None:
    assert count("وزير النقل، وزير النقل، وزير\nالنقل، وزير المال", "وزير النقل") == 2


def test_signs_of_regular_expressions_are_plain_text() -> None:
    assert count("(أ.ب)* ثم أ.ب ثم أxب ثم (أ.ب)*", "(أ.ب)*") == 2


def test_places_that_overlap_the_given_one_are_left_out() -> None:
    assert occurrences("أ ب أ ب أ", (4, 9)) == [(4, 9)]


def test_a_place_that_begins_inside_a_longer_word_hides_none_behind_it() -> None:
    assert found("أ أ ثم بأ أ أ", "أ أ")[1] == "أ أ ثم بأ |أ أ|"


def test_a_whole_long_document_is_looked_for_at_once() -> None:
    text = "قالَ الوزير " * 20_000
    assert occurrences(text, (0, len(text))) == [(0, len(text))]


def test_marks_alone_are_found_nowhere_else() -> None:
    assert occurrences("بَ تَ", (1, 2)) == [(1, 2)]
