from __future__ import annotations

import pytest

from annotator.agreement.trivial import is_trivial


def starts(text: str, first: str, second: str) -> bool:
    """Whether the starts of two ends of a text differ trivially, both ways round."""
    one, other = len(text) - len(first), len(text) - len(second)
    assert text.endswith((first,))
    assert text.endswith((second,))
    there = is_trivial(text, one, other, "start")
    assert is_trivial(text, other, one, "start") is there
    return there


def ends(between: str) -> bool:
    """Whether two ends with some characters between them differ trivially."""
    text = f"قال{between}إن"
    return is_trivial(text, 3, 3 + len(between), "end")


@pytest.mark.parametrize(
    ("longer", "shorter"),
    [
        ("والوزير", "الوزير"),
        ("الوزير", "وزير"),
        ("والوزير", "وزير"),
        ("بالقاهرة", "قاهرة"),
        ("بالقاهرة", "القاهرة"),
        ("للوزير", "وزير"),
        ("وللوزير", "وزير"),
        ("فالوزير", "وزير"),
        ("كالوزير", "وزير"),
        ("لوزارة", "وزارة"),
        ("سيعود", "يعود"),
        ("وسيعود", "يعود"),
        ("فبذلك", "ذلك"),
        ("وٱلوزير", "وزير"),
    ],
)
def test_proclitics_at_the_beginning_of_a_word_are_trivial(longer: str, shorter: str) -> None:
    assert starts(f"قال {longer}", longer, shorter)


@pytest.mark.parametrize(
    ("longer", "shorter"),
    [
        ("«الوزير", "الوزير"),
        ("«الوزير", "وزير"),
        ("و«الوزير", "الوزير"),
        ("و«الوزير", "وزير"),
        ('ل"الشرق', "الشرق"),
        (" الوزير", "الوزير"),
        (" - والوزير", "وزير"),
        ("وَالوزير", "الوزير"),
        ("وَالْوزير", "وزير"),
        ("بـ20", "20"),
        ("\u200fوالوزير", "الوزير"),
        ("و الوزير", "الوزير"),
        ("``الوزير", "الوزير"),
    ],
)
def test_proclitics_among_signs_and_marks_are_trivial(longer: str, shorter: str) -> None:
    assert starts(f"قال {longer}", longer, shorter)


@pytest.mark.parametrize(
    ("longer", "shorter"),
    [
        ("وقال الوزير", "الوزير"),
        ("كتب", "ب"),
        ("مكتب", "تب"),
        ("مالوزير", "وزير"),
        ("وبلالوزير", "وزير"),
        ("بال الوزير", "الوزير"),
        ("ب الوزير", "الوزير"),
        ("20 وزيرا", "وزيرا"),
        ("$الوزير", "الوزير"),
        ("وف", ""),
    ],
)
def test_words_letters_and_digits_are_not_trivial(longer: str, shorter: str) -> None:
    assert not starts(f"قال {longer}", longer, shorter)


def test_a_letter_inside_a_word_is_no_proclitic() -> None:
    assert not starts("مكوزير", "وزير", "زير")


def test_the_article_behind_another_proclitic_is_trivial() -> None:
    assert starts("قال والوزير", "الوزير", "وزير")


def test_half_an_article_is_not_trivial() -> None:
    assert not starts("قال الوزير", "الوزير", "لوزير")


def test_a_proclitic_at_the_start_of_the_text_is_trivial() -> None:
    assert starts("والوزير", "والوزير", "الوزير")


@pytest.mark.parametrize("between", ["", ".", " ", "»", ".\n", '"،', "ـ", "ً", "\u200f", "؟!", "…", "\u200c"])
def test_signs_marks_and_spaces_are_trivial_at_an_end(between: str) -> None:
    assert ends(between)


@pytest.mark.parametrize("between", ["و", "ال", " و", "ه", " 5", "٪ 5", " $"])
def test_letters_digits_and_symbols_are_not_trivial_at_an_end(between: str) -> None:
    assert not ends(between)


def test_a_very_long_word_is_judged_from_near_its_edge() -> None:
    assert not starts("و" * 5000 + "زير", "وزير", "زير")
