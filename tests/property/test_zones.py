from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.suggest.contract import DocumentView
from annotator.suggest.furniture import FurnitureSuggester
from annotator.suggest.lines import lines
from annotator.suggest.spillover import SpilloverSuggester
from annotator.suggest.zones.zoned import Zone
from annotator.suggest.zones.zoning import zoning
from tests.support.pages import BODY, OTHER_BODY, OTHER_TITLE, TITLE


PIECES = st.sampled_from(
    [
        *(TITLE, *BODY, OTHER_TITLE, *OTHER_BODY, "إقرأ أيضاً:", "إعلان", "المصدر: حروف", "الرئيسية", "• خبر", "وسوم"),
        *("Play", "2024-03-12 | 06:38", "التعليقات", "فيسبوك واتساب", "سطر قصير", "جميع الحقوق محفوظة", "", "  "),
    ]
)
PAGES = st.lists(PIECES, max_size=30).map("\n".join) | st.text(max_size=200)
quick = settings(deadline=None, max_examples=100)


@quick
@given(PAGES)
def test_every_line_that_is_not_blank_has_one_zone(text: str) -> None:
    assert [one.line for one in zoning(DocumentView("d", text))] == lines(text)


@quick
@given(PAGES)
def test_the_same_document_has_the_same_zones(text: str) -> None:
    assert zoning(DocumentView("d", text)) == zoning(DocumentView("d", text))


@quick
@given(PAGES)
def test_proposals_are_whole_lines_and_do_not_overlap(text: str) -> None:
    view = DocumentView("d", text)
    starts, ends = {line.start for line in lines(text)}, {line.end for line in lines(text)}
    spans = [*FurnitureSuggester().suggest(view).spans, *SpilloverSuggester().suggest(view).spans]
    for one in spans:
        assert one.start in starts
        assert one.end in ends
        assert one.start < one.end
    ordered = sorted((one.start, one.end) for one in spans)
    assert all(before[1] < after[0] for before, after in pairwise(ordered))


@quick
@given(st.permutations(BODY), st.sampled_from(["\n", "\n\n"]))
def test_an_article_without_furniture_is_left_alone(body: list[str], between: str) -> None:
    assert all(one.zone is Zone.BODY for one in zoning(DocumentView("d", between.join([TITLE, *body]))))


@quick
@given(st.lists(PIECES, max_size=12))
def test_what_stands_below_never_changes_the_article_into_furniture(foot: list[str]) -> None:
    below = [line for line in foot if line not in BODY and line != TITLE]
    text = "\n\n".join([TITLE, *BODY, "المصدر: حروف", "إقرأ أيضاً:", *below])
    assert all(one.zone is Zone.BODY for one in zoning(DocumentView("d", text))[: len(BODY) + 1])
