from __future__ import annotations

import pytest

from annotator.suggest.lines import lines
from annotator.suggest.zones.shapes import Shape, shape_of


def shape(text: str) -> Shape:
    return shape_of(lines(text)[0])


def test_a_sentence_of_eight_words_with_a_full_stop_is_prose() -> None:
    assert shape("قال الوزير إن الجسر سيفتح أمام الحركة غدا.").prose


def test_seven_words_are_no_prose_even_with_a_full_stop() -> None:
    assert not shape("قال الوزير إن الجسر سيفتح قريبا جدا.").prose


def test_a_closing_quote_may_follow_the_full_stop() -> None:
    assert shape("قال الوزير إن «الجسر سيفتح أمام الحركة غدا صباحا.»").prose


def test_the_sign_off_of_an_agency_ends_a_sentence() -> None:
    assert shape("وأكدت البلدية أن العمل سيبدأ مطلع الشهر القادم انتهى/س").prose


def test_a_long_line_is_prose_without_a_full_stop() -> None:
    assert shape(" ".join(["كلمة"] * 22)).prose
    assert not shape(" ".join(["كلمة"] * 21)).prose


def test_a_question_of_headline_length_is_a_headline() -> None:
    asked = shape("كيف تتصرف إذا تعطلت سفينتك في عرض البحر ليلا؟")
    assert asked.headline
    assert not asked.prose


def test_a_line_that_breaks_off_with_dots_is_cut_and_does_not_stop() -> None:
    cut = shape("أعلنت البلدية أنها ستغلق المكتبة الأسبوع القادم بعد أن تراجع عدد الرواد...")
    assert cut.cut
    assert not cut.stopped


def test_a_headline_has_no_final_full_stop() -> None:
    assert shape("البلدية تغلق المكتبة العامة").headline
    assert not shape("البلدية تغلق المكتبة العامة.").headline


@pytest.mark.parametrize("text", ["• خبر أول", "- خبر أول", "► خبر أول", "> خبر أول"])
def test_bullets_and_arrows_are_bullets(text: str) -> None:
    assert shape(text).bullet
    assert shape(text).bare == "خبر اول"


def test_an_opening_quotation_mark_is_no_bullet() -> None:
    assert not shape("«البلدية» تغلق المكتبة").bullet


@pytest.mark.parametrize("text", ["وقال الوزير إن الجسر", "وأضافت الهيئة أن"])
def test_a_paragraph_that_opens_with_and_is_joined(text: str) -> None:
    assert shape(text).joined


@pytest.mark.parametrize("text", ["وزير النقل يزور", "وصل الوفد إلى المدينة", "واشنطن تعلن موقفها", "قال الوزير"])
def test_words_whose_first_letter_is_waw_are_not_joined(text: str) -> None:
    assert not shape(text).joined


def test_a_line_without_arabic_letters_is_not_arabic() -> None:
    assert not shape("Close Menu").arabic
    assert shape("Close القائمة").arabic
