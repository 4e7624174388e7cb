from __future__ import annotations

import unicodedata

import pytest

from annotator.text.visible import visible


KEPT_FORMAT = {
    *"\u200b\u200c\u200d\u200e\u200f\u061c\u00ad\u2060\ufeff",  # drawn as nothing
    *"\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u08e2\u0890\u0891",  # Arabic signs that are drawn around a number
    *"\u070f\U000110bd\U000110cd",  # the same in other scripts
}
EVERYTHING = "".join(map(chr, range(0x110000)))


def test_clean_text_is_returned_itself():
    text = "قال (IBM) في 12/06/2024: «نسبة 3.5%» 日本 👍"
    assert visible(text) is text


def test_the_length_is_kept_for_every_code_point():
    assert len(visible(EVERYTHING)) == len(EVERYTHING)


def test_nothing_changes_on_a_second_pass():
    once = visible(EVERYTHING)
    assert visible(once) is once


@pytest.mark.parametrize(
    ("char", "picture"),
    [
        ("\0", "␀"),
        ("\t", "␉"),
        ("\n", "␊"),
        ("\r", "␍"),
        ("\x1b", "␛"),
        ("\x1f", "␟"),
        ("\x7f", "␡"),
        ("\x80", "\ufffd"),
        ("\x85", "\ufffd"),
        ("\x9b", "\ufffd"),
        ("\u2028", "␤"),
        ("\u2029", "␤"),
        ("\u202e", "\ufffd"),
        ("\u2066", "\ufffd"),
        ("\u206f", "\ufffd"),
        ("\u180e", "\ufffd"),
        ("\ufff9", "\ufffd"),
        ("\ud800", "\ufffd"),
        ("\ue000", "\ufffd"),
        ("\uf8ff", "\ufffd"),
        ("\ufdd0", "\ufffd"),
        ("\uffff", "\ufffd"),
        ("\U0001fffe", "\ufffd"),
        ("\U000e0041", "\ufffd"),
        ("\U000f0000", "\ufffd"),
        ("\U0010ffff", "\ufffd"),
        ("\U0001f1e6", "A"),
        ("\U0001f1ff", "Z"),
    ],
)
def test_what_must_not_be_drawn_has_a_stand_in(char, picture):
    assert visible(f"ا{char}b") == f"ا{picture}b"


def test_a_terminal_sequence_is_only_its_letters():
    assert visible("a\x1b[31m\x9b6n\x07") == "a␛[31m\ufffd6n␇"


def test_a_flag_is_its_two_letters():
    assert visible("\U0001f1ee\U0001f1f6") == "IQ"


def test_only_the_named_format_characters_stay():
    kept = {char for char in visible(EVERYTHING) if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}}
    assert kept == KEPT_FORMAT


def test_no_character_of_explicit_direction_stays():
    classes = {unicodedata.bidirectional(char) for char in visible(EVERYTHING)}
    assert not classes & {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "B", "S"}


def test_every_character_with_a_glyph_stays():
    indicators = {chr(code) for code in range(0x1F1E6, 0x1F200)}
    for char in EVERYTHING:
        if unicodedata.category(char)[0] in "LMNPS" or unicodedata.category(char) == "Zs":
            assert char in indicators or visible(char) is char
