from __future__ import annotations

from dataclasses import replace

import pytest
import yaml

from annotator.suggest.contract import DocumentView, Proposal, Suggester
from annotator.suggest.furniture import FurnitureSuggester
from annotator.text.cleaning import clean
from tests.support.pages import BODY, OTHER_TITLE, TITLE, page
from tests.support.shared import shared_file


def proposed(view: DocumentView) -> list[Proposal]:
    return list(FurnitureSuggester().suggest(view).spans)


def test_it_is_a_suggester() -> None:
    assert isinstance(FurnitureSuggester(), Suggester)
    assert (FurnitureSuggester.name, FurnitureSuggester.version) == ("furniture", "1")


def test_neighbouring_lines_of_one_kind_are_one_span_with_the_blank_lines_between() -> None:
    view = page(TITLE, BODY, "أخبار ذات صلة", OTHER_TITLE)
    (only,) = proposed(view)
    assert view.text[only.start : only.end] == "أخبار ذات صلة\n\n" + OTHER_TITLE
    assert only.attributes == {"kind": "related"}


def test_a_new_kind_begins_a_new_span() -> None:
    view = page(TITLE, BODY, "المصدر: حروف", "كلمات دلالية: حافلات")
    assert [one.attributes["kind"] for one in proposed(view)] == ["source_line", "keywords"]


def test_a_line_of_the_article_between_parts_two_spans_of_one_kind() -> None:
    assert len(proposed(page(TITLE, BODY[:2], "إعلان", BODY[2], "إعلان", BODY[3]))) == 2


def test_a_span_is_the_whole_line() -> None:
    view = page(TITLE, BODY, "   • المصدر: حروف", between="\n")
    (only,) = proposed(view)
    assert view.text[only.start : only.end] == "   • المصدر: حروف"


def test_the_reason_and_evidence_are_those_of_the_surest_line() -> None:
    (only,) = proposed(page(TITLE, BODY, "أخبار ذات صلة", OTHER_TITLE))
    assert only.reason == "points to other articles"
    assert only.evidence == "أخبار ذات صلة"


def test_scores_are_between_none_and_all() -> None:
    assert all(one.score is not None and 0 < one.score < 1 for one in proposed(page("الرئيسية", TITLE, BODY, "إعلان")))


def test_nothing_is_proposed_where_the_schema_lacks_the_label() -> None:
    view = page(TITLE, BODY, "إعلان")
    assert proposed(replace(view, labels=frozenset({"claim"}))) == []
    assert len(proposed(replace(view, labels=frozenset({"boilerplate"})))) == 1


def test_every_kind_is_a_value_of_the_news_schema(request: pytest.FixtureRequest) -> None:
    schema = yaml.safe_load((request.config.rootpath / "schemas" / "news.yaml").read_text(encoding="utf-8"))
    label = next(one for one in schema["labels"] if one["id"] == "boilerplate")
    view = page(
        "الرئيسية", TITLE, "بقلم: رنا العوضي", "فيسبوك واتساب", "حافلة (أرشيف)", BODY, "إعلان", "المصدر: حروف",
        "كلمات دلالية: حافلات", "أخبار ذات صلة", OTHER_TITLE, "جميع الحقوق محفوظة",
    )  # fmt: skip
    kinds = {one.attributes["kind"] for one in proposed(view)}
    assert kinds == set(label["attributes"][0]["values"])


BODIES = {"000": (11, 23), "001": (45, 70), "002": (38, 55), "003": (1, 14), "004": (3, 11)}
"""First and last line of the article of each page, from 1, as a person marked them."""
INSIDE = {"001": {47}, "002": {40, 41}}
"""Furniture between them."""
HEADLINES = {"000": {3}, "001": {40}, "002": {36}, "004": {1}}
SPILLED = {"003": {23, 25, *range(29, 35)}, "004": {15, 16, 17, 18}}


@pytest.mark.parametrize("name", BODIES)
def test_real_pages_have_all_their_furniture_proposed_and_nothing_else(name: str) -> None:
    (path,) = shared_file("seeds").glob(f"{name}_*.txt")
    text = clean(path.read_text(encoding="utf-8")).text
    spans = [(one.start, one.end) for one in proposed(DocumentView("d", text))]
    found, at = set(), 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and any(start <= at and at + len(line) <= end for start, end in spans):
            found.add(number)
        at += len(line) + 1
    first, last = BODIES[name]
    article = {*range(first, last + 1)} - INSIDE.get(name, set()) | HEADLINES.get(name, set())
    every = {number for number, line in enumerate(text.split("\n"), 1) if line.strip()}
    assert found == every - article - SPILLED.get(name, set())
