from __future__ import annotations

from dataclasses import replace

from annotator.suggest.contract import DocumentView
from annotator.suggest.zones.zoned import Zone
from annotator.suggest.zones.zoning import zoning
from tests.support.pages import BODY, TITLE, page


def furniture(view: DocumentView, *taken: str) -> list[str]:
    """The lines proposed as furniture, where an extractor took those given for the article."""
    spans = [(view.text.index(line), view.text.index(line) + len(line)) for line in taken]
    found = zoning(replace(view, main_text=tuple(sorted(spans))))
    return [one.line.text for one in found if one.zone is Zone.FURNITURE]


def test_a_short_line_that_the_extractor_left_out_is_furniture() -> None:
    assert furniture(page(TITLE, BODY, "سطر في ذيل الصفحة"), *BODY) == ["سطر في ذيل الصفحة"]


def test_a_paragraph_of_the_article_stays_though_the_extractor_left_it_out() -> None:
    assert furniture(page(TITLE, BODY), *BODY[:2]) == []


def test_a_sub_heading_between_two_paragraphs_stays_though_the_extractor_left_it_out() -> None:
    assert furniture(page(TITLE, BODY[:2], "الكلفة والتمويل", BODY[2:]), *BODY) == []


def test_the_headline_stays_though_the_extractor_left_it_out() -> None:
    assert furniture(page(TITLE, "رئيسة البلدية: نوفر الوقود", BODY), *BODY) == ["رئيسة البلدية: نوفر الوقود"]


def test_a_line_that_the_extractor_took_is_spared_without_a_sign_of_its_own() -> None:
    view = page(TITLE, BODY, "أخبار ذات صلة", "خط الميناء والجامعة")
    assert furniture(view, *BODY) == ["أخبار ذات صلة", "خط الميناء والجامعة"]
    assert furniture(view, *BODY, "خط الميناء والجامعة") == ["أخبار ذات صلة"]


def test_a_sign_that_counts_outweighs_the_extractor() -> None:
    assert furniture(page(TITLE, BODY, "المصدر: حروف"), *BODY, "المصدر: حروف") == ["المصدر: حروف"]
