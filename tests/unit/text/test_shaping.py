from __future__ import annotations

import unicodedata

import pytest
from arabic_reshaper.letters import LETTERS_ARABIC

from annotator.text.bidi import resolve
from annotator.text.shaping import shape
from annotator.text.ucd import JOINING
from tests.conformance.run_shaping import agrees, articles
from tests.support.shared import shared_file


ZWJ, ZWNJ, FATHA, SHADDA, TATWEEL = "\u200d", "\u200c", "\u064e", "\u0651", "\u0640"

CONTEXTS = {"isolated": "{}", "initial": "{}ب", "medial": "ب{}ب", "final": "ب{}"}
FEW_FORMS = "\u06ba\u0677"  # they join on more sides than they have forms for


def names(text: str) -> list[str]:
    return [unicodedata.name(char).removeprefix("ARABIC LETTER ") for char in text]


def test_a_sample_of_the_corpus_is_shaped_as_arabic_reshaper_shapes_it():
    results = [agrees(article) for article in articles(shared_file("corpus", "arabic-news-2015-07.jsonl.gz"), every=32)]
    assert (results.count(True), len(results)) == (263, 263)


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_letter_of_arabic_reshaper_has_its_form_in_this_context(context):
    column = ["isolated", "initial", "medial", "final"].index(context)
    place = CONTEXTS[context].index("{")
    for letter, forms in LETTERS_ARABIC.items():
        if letter in (*FEW_FORMS, ZWJ):
            continue
        joins = forms[1] != "", forms[3] != ""
        reachable = {(True, True): column, (False, True): {1: 0, 2: 3}.get(column, column)}.get(joins, 0)
        assert shape(CONTEXTS[context].format(letter))[place] == forms[reachable]


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_presentation_form_of_one_letter_appears_in_its_context(context):
    place = CONTEXTS[context].index("{")
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        tag, *bases = unicodedata.decomposition(chr(code)).split() or [""]
        if tag == f"<{context}>" and len(bases) == 1:
            assert shape(CONTEXTS[context].format(chr(int(bases[0], 16))))[place] == chr(code)


def test_a_word_is_joined():
    assert names(shape("خبر")) == ["KHAH INITIAL FORM", "BEH MEDIAL FORM", "REH FINAL FORM"]


def test_a_letter_that_joins_only_to_the_right_breaks_the_word():
    assert names(shape("دار")) == ["DAL ISOLATED FORM", "ALEF ISOLATED FORM", "REH ISOLATED FORM"]


def test_lam_and_alef_stay_two():
    assert names(shape("لا")) == ["LAM INITIAL FORM", "ALEF FINAL FORM"]
    assert names(shape("بلا"))[1:] == ["LAM MEDIAL FORM", "ALEF FINAL FORM"]


@pytest.mark.parametrize(
    "marks", [FATHA, SHADDA + FATHA, FATHA * 100, "\u0670", "\u20dd", "\u200f", "\u061c", "\u00ad"]
)
def test_what_is_transparent_does_not_part_letters(marks):
    joined = shape("لا")
    assert shape(f"ل{marks}ا") == f"{joined[0]}{marks}{joined[1]}"


def test_marks_at_both_ends_stay():
    assert shape(f"{FATHA}ب{FATHA}") == f"{FATHA}{shape('ب')}{FATHA}"


def test_the_zero_width_joiner_joins():
    assert names(shape(f"ه{ZWJ}"))[0] == "HEH INITIAL FORM"
    assert names(shape(f"{ZWJ}ه"))[1] == "HEH FINAL FORM"
    assert names(shape(f"{ZWJ}ه{ZWJ}"))[1] == "HEH MEDIAL FORM"
    assert names(shape(f"ه{FATHA}{ZWJ}"))[0] == "HEH INITIAL FORM"


def test_the_zero_width_non_joiner_parts_letters():
    assert names(shape(f"می{ZWNJ}خواهم"))[1] == "FARSI YEH FINAL FORM"
    assert names(shape(f"می{ZWNJ}خواهم"))[3] == "KHAH INITIAL FORM"


def test_tatweel_joins_and_stays():
    assert shape(f"ب{TATWEEL}ب") == f"{shape('بب')[0]}{TATWEEL}{shape('بب')[1]}"


@pytest.mark.parametrize("between", [" ", "،", "1", "a", "\n", "ء", "\u0600", "\u2067"])
def test_what_does_not_join_parts_letters(between):
    assert shape(f"ب{between}ب")[::2] == shape("ب") * 2


def test_persian_and_urdu_letters_have_their_forms():
    assert names(shape("پگ")) == ["PEH INITIAL FORM", "GAF FINAL FORM"]
    assert names(shape("ٹی")) == ["TTEH INITIAL FORM", "FARSI YEH FINAL FORM"]


def test_alef_maksura_joins_on_both_sides():
    assert [f"{ord(char):X}" for char in shape("ىىى")] == ["FBE8", "FBE9", "FEF0"]


def test_a_letter_without_a_form_stays_and_still_joins_its_neighbour():
    assert JOINING[0x0750] == "D"
    assert shape("ب\u0750ب") == f"{shape('بب')[0]}\u0750{shape('بب')[1]}"
    assert shape("\u06baا") == f"\u06ba{shape('لا')[1]}"
    assert shape("ل\u0677") == f"{shape('لا')[0]}\u0677"


def test_presentation_forms_and_ligatures_stay():
    assert shape("\ufefb\ufe8f\ufdf2") == "\ufefb\ufe8f\ufdf2"


def test_text_without_arabic_letters_is_returned_itself():
    text = "Alsumaria Tv, 2024-03-12 | 06:38"
    assert shape(text) is text
    assert shape("") == ""


def test_letters_on_different_levels_do_not_join():
    assert shape("بب", bytes([1, 3])) == shape("ب") * 2
    assert shape("بب", bytes([1, 1])) == shape("بب")
    assert shape("بببب", bytes([1, 1, 3, 3])) == shape("بب") * 2


def test_the_levels_of_ordinary_text_change_nothing():
    text = "قال (IBM) في 12/06/2024: نسبة 3.5% فقط"
    assert shape(text, resolve(text, 1).levels) == shape(text)


@pytest.mark.parametrize("text", [FATHA * 50_000, f"ب{FATHA}" * 25_000, "ب" + FATHA * 50_000, FATHA * 50_000 + "ب"])
def test_a_long_paragraph_of_marks_is_shaped(text):
    assert len(shape(text)) == len(shape(text, b"\1\3" * (len(text) // 2) + b"\1" * (len(text) % 2))) == len(text)
