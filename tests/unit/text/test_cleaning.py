from __future__ import annotations

import unicodedata

import pytest

from annotator.text.cleaning import CLEANER, STEPS, clean, letters_of
from annotator.text.offsets import OffsetMap


def test_the_version_is_stated() -> None:
    assert CLEANER == "clean/1"


def test_steps_have_different_names() -> None:
    assert len({name for name, _ in STEPS}) == len(STEPS)


@pytest.mark.parametrize("line_break", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_break_becomes_a_line_feed(line_break: str) -> None:
    assert clean(f"سطر{line_break}آخر").text == "سطر\nآخر"


def test_two_line_breaks_of_different_kinds_are_two() -> None:
    assert clean("أ\x0b\nب").text == "أ\n\nب"
    assert clean("أ\r\rب").text == "أ\n\nب"


@pytest.mark.parametrize("run", ["  ", "\t", "\xa0", " \t\xa0 ", "\xa0\xa0"])
def test_a_run_of_spaces_becomes_one_space(run: str) -> None:
    assert clean(f"قال{run}الوزير").text == "قال الوزير"


def test_line_ends_and_indentation_are_trimmed() -> None:
    assert clean("أول \xa0\n\t    ثان").text == "أول\nثان"


@pytest.mark.parametrize("run", ["\n\n", "\n\n\n\n", "\n \n", " \n\t\n\xa0\n ", "\r\n\r\n\r\n"])
def test_a_run_of_blank_lines_becomes_one(run: str) -> None:
    assert clean(f"فقرة{run}فقرة").text == "فقرة\n\nفقرة"


def test_blank_lines_and_spaces_at_both_ends_of_the_text_are_removed() -> None:
    cleaned = clean("\n \n خبر \n\n")
    assert cleaned.text == "خبر"
    assert cleaned.map.to_source(0, 3) == (4, 7)


@pytest.mark.parametrize("blank", ["", " ", "\n\n", "\u200b\xa0\r\n", "\u0640"])
def test_a_text_without_anything_to_read_is_empty(blank: str) -> None:
    assert clean(blank).text == ""
    assert clean(blank).map.to_target(0, len(blank)) == (0, 0)


@pytest.mark.parametrize("code_point", [0xAD, 0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x2070)])
def test_invisible_characters_are_removed(code_point: int) -> None:
    assert clean(f"قا{chr(code_point)}ل").text == "قال"


@pytest.mark.parametrize("code_point", sorted({*range(0x20), *range(0x7F, 0xA0)} - {9, 10, 11, 12, 13, 0x85}))
def test_control_characters_are_removed(code_point: int) -> None:
    assert clean(f"قا{chr(code_point)}ل").text == "قال"


def test_no_control_character_but_the_line_feed_survives() -> None:
    cleaned = clean("".join(f"ا{chr(code_point)}ب" for code_point in range(0x100))).text
    assert {character for character in cleaned if unicodedata.category(character) == "Cc"} == {"\n"}


def test_spaces_that_meet_where_something_was_removed_become_one() -> None:
    assert clean("قال \u200b الوزير").text == "قال الوزير"
    assert clean("قال \u0640 الوزير").text == "قال الوزير"


@pytest.mark.parametrize("code_point", [0x200C, 0x200D, 0x200E, 0x200F, 0x061C])
def test_joiners_and_direction_marks_stay(code_point: int) -> None:
    text = f"می{chr(code_point)}خواهم"
    assert clean(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("قاعدةً وأكّد هٰذا", id="tashkeel and superscript alef"),
        pytest.param("“قال” «ثم» \"هكذا\" 'كذا'", id="quotes"),
        pytest.param("أإآءئؤ مسؤول", id="hamza"),
        pytest.param("مستشفى مدرسة", id="final yeh and teh marbuta"),
        pytest.param("تهران یک چپ", id="Farsi letters"),
        pytest.param("٢٠٢٥ ۱۲ 34", id="digits"),
        pytest.param("انتظر… ﷼ ﷽", id="what NFKC would expand"),
        pytest.param("ا\u0654 e\u0301", id="decomposed letters"),
        pytest.param("﴾آية﴿", id="ornate brackets"),
        pytest.param("أ\u3000ب\u202fج", id="other spaces"),
        pytest.param("سطر\nسطر\n\nفقرة", id="line feeds"),
    ],
)
def test_what_a_reader_would_miss_is_kept(text: str) -> None:
    assert clean(text).text == text
    assert clean(text).map == OffsetMap.identity(len(text))


@pytest.mark.parametrize(
    ("form", "letters"),
    [("ﻻ", "لا"), ("ﻷ", "لأ"), ("ﻶ", "لآ"), ("ﷲ", "الله"), ("ﺑ", "ب"), ("ﮎ", "ک"), ("ﷺ", "صلى الله عليه وسلم")],
)
def test_presentation_forms_become_letters(form: str, letters: str) -> None:
    assert clean(f"و{form}ن").text == f"و{letters}ن"


@pytest.mark.parametrize(
    ("form", "mark"), [("ﹰ", "\u064b"), ("ﱠ", "\u064e\u0651"), ("ﹱ", "\u064b"), ("ﳲ", "\u064e\u0651")]
)
def test_the_form_of_a_mark_brings_neither_space_nor_tatweel_into_a_word(form: str, mark: str) -> None:
    assert clean(f"كت{form}ب").text == f"كت{mark}ب"


def test_letters_of_leaves_characters_outside_the_forms_alone() -> None:
    assert [letters_of(character) for character in ("ا", "…", "﷼", "\ufeff", "ﬁ")] == ["ا", "…", "﷼", "\ufeff", "ﬁ"]


def test_a_span_that_ends_at_a_letter_takes_in_the_tatweel_behind_it() -> None:
    cleaned = clean("الـــتي قالـــت")
    assert cleaned.text == "التي قالت"
    assert cleaned.map.to_source(0, 2) == (0, 5)
    assert cleaned.map.to_source(2, 4) == (5, 7)


def test_a_tatweel_behind_a_space_belongs_to_nothing() -> None:
    cleaned = clean("قال ـمحمد")
    assert cleaned.map.to_source(0, 4) == (0, 4)
    assert cleaned.map.to_source(4, 8) == (5, 9)


def test_a_tatweel_behind_a_ligature_belongs_to_it() -> None:
    cleaned = clean("ﻻـن")
    assert cleaned.text == "لان"
    assert cleaned.map.to_source(0, 2) == (0, 2)
    assert cleaned.map.to_source(2, 3) == (2, 3)


def test_a_span_that_cuts_a_ligature_snaps_to_the_whole() -> None:
    assert clean("وﻻن").map.to_source(1, 2) == (1, 2)
    assert clean("وﻻن").map.to_source(2, 3) == (1, 2)


def test_a_span_does_not_take_in_spaces_trimmed_behind_it() -> None:
    cleaned = clean("قال  \n  الوزير")
    assert cleaned.map.to_source(0, 3) == (0, 3)
    assert cleaned.map.to_source(4, 10) == (8, 14)


def test_a_raw_span_wholly_inside_removed_text_maps_to_an_empty_span() -> None:
    assert clean("قال\u200b\u200bت").map.to_target(3, 5) == (3, 3)


def test_every_replacement_of_a_space_is_an_edit() -> None:
    assert clean("قال\xa0الوزير").map.edits == ((3, 4, 3, 4),)


def test_edits_of_all_steps_are_in_the_map() -> None:
    raw = "\ufeff خبر\xa0 عاجـل\r\n\r\n\r\n\u202bﻻ\u202c شيء "
    cleaned = clean(raw)
    assert cleaned.text == "خبر عاجل\n\nلا شيء"
    spans = [(0, 3), (4, 8), (10, 12), (13, 16)]
    assert [raw[slice(*cleaned.map.to_source(*span))] for span in spans] == ["خبر", "عاجـل", "ﻻ", "شيء"]
