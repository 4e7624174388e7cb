from __future__ import annotations

import unicodedata

import pytest
from pyarabic import araby

from annotator.text.folding import find_all, fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("مُحَمَّدٌ", "محمد", id="tashkeel"),
        pytest.param("هٰذا الرحمٰن", "هذا الرحمن", id="superscript alef"),
        pytest.param("قالـــت", "قالت", id="tatweel"),
        pytest.param("أإآٱا", "ااااا", id="alef forms"),
        pytest.param("مسؤول هيئة", "مسوول هييه", id="hamza on its carrier"),
        pytest.param("ا\u0653 و\u0654 ي\u0654 ا\u0655", "ا و ي ا", id="decomposed hamza and madda"),
        pytest.param("شيء", "شيء", id="hamza alone"),
        pytest.param("مستشفى", "مستشفي", id="final yeh"),
        pytest.param("مدرسة", "مدرسه", id="teh marbuta"),
        pytest.param("یک", "يك", id="Farsi yeh and keheh"),
        pytest.param("٢٠٢٥ ۱۲", "2025 12", id="Arabic-Indic and Persian digits"),
        pytest.param("AFP Reuters É", "afp reuters é", id="Latin letters"),
        pytest.param("“نعم” ‘لا’", "\"نعم\" 'لا'", id="curly quotes"),
        pytest.param("«نعم»", "«نعم»", id="angle quotes"),
        pytest.param("می\u200cخواهم \u200fقال\u061c", "ميخواهم قال", id="joiners and direction marks"),
        pytest.param("قال\xa0له", "قال له", id="no-break space"),
        pytest.param("سطر\nآخر", "سطر\nاخر", id="line feed"),
        pytest.param("ﷲ ﷺ", "الله صلي الله عليه وسلم", id="word ligatures"),
        pytest.param("Straße", "strasse", id="a letter that folds to two"),
        pytest.param("日本 😀 ...", "日本 😀 ...", id="anything else"),
        pytest.param("", "", id="empty"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize("code_point", range(0xFEF5, 0xFEFD))
def test_every_form_of_lam_alef_folds_to_two_letters(code_point: int) -> None:
    assert fold(chr(code_point)).text == "لا"


@pytest.mark.parametrize("code_point", [*range(0x610, 0x61B), *range(0x64B, 0x660), 0x670, 0x6D6, 0x6E4, 0x8F0])
def test_every_arabic_mark_is_dropped(code_point: int) -> None:
    assert unicodedata.category(chr(code_point)) == "Mn"
    assert fold(f"ب{chr(code_point)}").text == "ب"


@pytest.mark.parametrize("text", ["الْعَرَبِيّةُ", "العـــــربية", "جاء سؤال الأئمة عن الإسلام آجلا", "لانها لالئ"])
def test_folding_agrees_with_pyarabic_on_whole_texts(text: str) -> None:
    bare = araby.strip_tatweel(araby.strip_tashkeel(text))
    bare = araby.normalize_teh(araby.normalize_ligature(araby.normalize_hamza(bare, method="tasheel")))
    assert fold(text).text == bare


def test_characters_that_fold_one_to_one_are_no_edits() -> None:
    assert fold("أحمد ٢٠٢٥ AFP").map.edits == ()


def test_dropped_marks_belong_to_the_letter_before_them() -> None:
    assert fold("مُحَمَّد").map.edits == ((0, 2, 0, 1), (2, 4, 1, 2), (4, 7, 2, 3))


def test_a_mark_that_opens_the_text_belongs_to_nothing() -> None:
    assert fold("\u064eب").map.to_source(0, 1) == (1, 2)


def test_marks_on_a_ligature_belong_to_it() -> None:
    assert fold("ﻻ\u064eن").map.edits == ((0, 2, 0, 2),)


def spellings(needle: str, text: str) -> list[str]:
    return [text[start:end] for start, end in find_all(needle, fold(text))]


@pytest.mark.parametrize(
    ("needle", "text", "found"),
    [
        pytest.param("احمد", "قال أحمد وأَحْمَدُ", ["أحمد", "أَحْمَدُ"], id="a bare needle finds any spelling"),
        pytest.param("أحمدٌ", "احمد", ["احمد"], id="a marked needle finds the bare spelling"),
        pytest.param("علي", "على عليّ علی", ["على", "عليّ", "علی"], id="the three yehs"),
        pytest.param("لا", "ﻷنه ﻻ لا", ["ﻷ", "ﻻ", "لا"], id="ligatures"),
        pytest.param("2025", "٢٠٢٥ و۲۰۲۵", ["٢٠٢٥", "۲۰۲۵"], id="digits"),
        pytest.param('"نعم"', "“نعم”", ["“نعم”"], id="quotes"),
        pytest.param("قال", "قالـــت", ["قال\u0640\u0640\u0640"], id="a tatweel behind the last letter"),
        pytest.param("كتاب", "كتابٌ جديد", ["كتابٌ"], id="a tanwin behind the last letter"),
        pytest.param("ب", "سَبَب", ["بَ", "ب"], id="no mark of the letter before"),
        pytest.param("بب", "ببب", ["بب"], id="disjoint places only"),
        pytest.param("ا", "بﻻل", ["ﻻ"], id="part of a ligature is the whole"),
        pytest.param("ل", "ﷲ", ["ﷲ"], id="several places inside one ligature are one"),
        pytest.param("لاا", "ﻻا", ["ﻻا"], id="a ligature and its neighbour"),
        pytest.param("الوزير", "قال الرئيس", [], id="nowhere"),
        pytest.param("", "قال", [], id="an empty needle"),
        pytest.param("\u064e\u0651\u0640", "مُحَمَّد", [], id="a needle of marks alone"),
        pytest.param("قال", "", [], id="an empty text"),
    ],
)
def test_find_all(needle: str, text: str, found: list[str]) -> None:
    assert spellings(needle, text) == found


def test_spans_are_offsets_of_the_original_text() -> None:
    assert find_all("الوزير", fold("قَالَ الوَزِيرُ")) == [(6, 15)]
