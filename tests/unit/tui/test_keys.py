from __future__ import annotations

import string

import pytest

from annotator.model.schema import RESERVED_KEYS
from annotator.tui.keys import LAM, LATIN, PAIRS, ROWS, KeyTranslator


SAME_ON_BOTH = {"*", "-"}
"""Signs that an Arabic keyboard sends from the same keys as a Latin one."""


def translated(characters: str) -> list[str]:
    """The keys that some characters press, the last lam let go of."""
    translator = KeyTranslator()
    return [key for character in characters for key in translator.feed(character)] + translator.flush()


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [("ؤ", "c"), ("س", "s"), ("ق", "r"), ("ئ", "z"), ("ء", "x"), ("ى", "n"), ("ة", "m"), ("ح", "p"), ("ي", "d")],
)
def test_a_letter_is_the_key_of_its_place(arabic: str, latin: str) -> None:
    assert translated(arabic) == [latin]


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [("ج", "["), ("د", "]"), ("ز", "."), ("ظ", "/"), ("ك", ";"), ("ط", "'"), ("و", ","), ("؟", "?")],
)
def test_a_sign_is_the_key_of_its_place(arabic: str, latin: str) -> None:
    assert translated(arabic) == [latin]


@pytest.mark.parametrize(("arabic", "latin"), [("\u064b", "W"), ("آ", "N"), ("؛", "P"), ("‘", "U"), ("\u0652", "X")])
def test_a_shifted_letter_is_the_shifted_key_of_its_place(arabic: str, latin: str) -> None:
    assert translated(arabic) == [latin]


@pytest.mark.parametrize(("arabic", "latin"), [("٠", "0"), ("٥", "5"), ("٩", "9")])
def test_arabic_digits_are_digits(arabic: str, latin: str) -> None:
    assert translated(arabic) == [latin]


@pytest.mark.parametrize(("pair", "latin"), [("لا", "b"), ("لآ", "B"), ("لأ", "G"), ("لإ", "T")])
def test_two_code_points_of_one_key_are_one_key(pair: str, latin: str) -> None:
    assert translated(pair) == [latin]


@pytest.mark.parametrize(("ligature", "latin"), [("ﻻ", "b"), ("ﻵ", "B"), ("ﻷ", "G"), ("ﻹ", "T")])
def test_a_ligature_that_x_and_wayland_send_for_these_keys_is_the_same_key(ligature: str, latin: str) -> None:
    assert translated(ligature) == [latin]


def test_redo_is_where_the_arabic_layout_of_linux_has_it() -> None:
    assert translated("`") == ["U"]


def test_a_lam_is_held_back_until_it_is_clear_which_key_it_was() -> None:
    translator = KeyTranslator()
    assert translator.feed(LAM) == []
    assert translator.is_holding
    assert translator.flush() == ["g"]
    assert not translator.is_holding


def test_a_lam_before_another_letter_is_g_and_then_that_letter() -> None:
    assert translated("لؤ") == ["g", "c"]


def test_a_lam_before_a_latin_letter_is_g_and_then_that_letter() -> None:
    assert translated("لx") == ["g", "x"]


def test_two_lams_are_two_keys() -> None:
    assert translated("لل") == ["g", "g"]


def test_a_lam_before_lam_alef_is_g_and_then_b() -> None:
    assert translated("للا") == ["g", "b"]


def test_an_alef_alone_is_h() -> None:
    assert translated("ا") == ["h"]


def test_nothing_is_let_go_of_twice() -> None:
    translator = KeyTranslator()
    translator.feed(LAM)
    translator.flush()
    assert translator.flush() == []


@pytest.mark.parametrize("key", [*string.ascii_letters, *string.digits, *"[]./;?',", " "])
def test_a_latin_key_is_itself(key: str) -> None:
    assert translated(key) == [key]


def test_no_character_stands_for_two_keys() -> None:
    arabic = "".join(arabics for _, arabics in ROWS)
    assert len(set(arabic)) == len(arabic) == len(LATIN)


def test_every_small_letter_is_reached_from_an_arabic_layout() -> None:
    assert set(string.ascii_lowercase) <= {*LATIN.values(), *PAIRS.values()}


def test_every_key_that_the_screens_use_is_reached_from_an_arabic_layout() -> None:
    assert set(RESERVED_KEYS) - SAME_ON_BOTH <= {*LATIN.values(), *PAIRS.values()}


@pytest.mark.parametrize("key", sorted(SAME_ON_BOTH))
def test_a_key_that_both_layouts_have_is_itself(key: str) -> None:
    assert translated(key) == [key]
