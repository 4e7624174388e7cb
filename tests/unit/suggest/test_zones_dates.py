from __future__ import annotations

import pytest

from annotator.suggest.lines import line_key
from annotator.suggest.zones.dates import has_full_date, words_beside_date


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-12 | 06:38",
        "السبت 03 يناير 11:26 م",
        "١٢ نيسان ٢٠٢٦",
        "الجمعة، 3 كانون الثاني 2025 - 10:15 ص",
        "12 جانفي 2024 | 10:00",
        "الاثنين 5 غشت 2024 - 09:30",
        "15 شعبان 1446 هـ",
        "أكتوبر 7, 2023",
        "تاريخ النشر: 9th, February 2024 GMT",
        "آخر تحديث: 18/01/2026 - 14:06 بتوقيت غرينتش",
        "منذ 3 ساعات",
        "قبل يومين",
    ],
)
def test_dates_of_all_conventions_leave_no_word_over(text: str) -> None:
    assert words_beside_date(line_key(text)) == 0


def test_a_month_in_two_conventions_is_one_date() -> None:
    assert words_beside_date(line_key("الأحد 7 أكتوبر/تشرين الأول 2023")) == 0


def test_names_beside_a_date_are_counted() -> None:
    assert words_beside_date(line_key("اقتصاد ليلى حمود السبت 7 مارس 6:10 م")) == 3


@pytest.mark.parametrize("text", ["ليلى حمود", "فاز الفريق 3 - 1 على ضيفه", "في عام 2014", "ارتفع 3.5 في المئة"])
def test_lines_without_a_date_have_none(text: str) -> None:
    assert words_beside_date(line_key(text)) is None


def test_a_year_in_a_sentence_is_no_date() -> None:
    assert not has_full_date(line_key("غزت الولايات المتحدة العراق عام 2003"))


def test_a_day_of_a_month_is_a_full_date_and_a_time_is_not() -> None:
    assert has_full_date(line_key("27 يناير"))
    assert not has_full_date(line_key("11:26 م"))
