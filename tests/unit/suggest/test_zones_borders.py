from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.suggest.zones.borders import Block, goes_on, is_new_subject, is_other_article
from annotator.suggest.zones.signs import COMMENTS, RELATED, SOURCE, Sign


LINKS = Sign("related", RELATED, heads=True, ends=True)
COMMENTS_HEADING = Sign("other", COMMENTS, heads=True, ends=True)
SOURCE_LINE = Sign("source_line", SOURCE, ends=True)
DOUBTFUL = Block(
    paragraphs=2, headline=3, lead=0.2, restated=0.2, topic=0.2, announced=0.2, joined=False, agency=False,
    of_site=False, cut=False, telling=1.0, asks=False, dated=False,
)  # fmt: skip
RESTATED = replace(DOUBTFUL, lead=0.6, restated=0.6, topic=0.05, announced=0.0)


def new_subject(block: Block, *, among_headlines: bool = False, broken: bool = False) -> bool:
    return is_new_subject(block, among_headlines=among_headlines, broken=broken)


@pytest.mark.parametrize(("broken", "expected"), [(False, True), (True, False)])
def test_a_row_for_sharing_above_decides_where_a_list_leaves_doubt(broken: bool, expected: bool) -> None:
    assert goes_on(DOUBTFUL, LINKS, LINKS, spilling=False, broken=broken) is expected


def test_a_paragraph_that_opens_with_and_goes_on_below_a_list() -> None:
    assert goes_on(replace(RESTATED, joined=True), LINKS, LINKS, spilling=False, broken=True)


def test_nothing_goes_on_below_the_comments() -> None:
    assert not goes_on(replace(DOUBTFUL, joined=True), COMMENTS_HEADING, COMMENTS_HEADING, spilling=False, broken=False)


def test_a_joined_paragraph_without_a_headline_goes_on_below_a_source_line() -> None:
    block = replace(DOUBTFUL, headline=None, joined=True)
    assert goes_on(block, SOURCE_LINE, None, spilling=False, broken=False)
    assert not goes_on(replace(block, joined=False), SOURCE_LINE, None, spilling=False, broken=False)


def test_a_headline_that_its_paragraphs_restate_is_a_new_subject_and_one_that_they_do_not_is_none() -> None:
    assert new_subject(RESTATED)
    assert not new_subject(DOUBTFUL)


@pytest.mark.parametrize(
    "doubt",
    [
        {"asks": True, "lead": 0.35, "restated": 0.4},
        {"paragraphs": 1, "lead": 0.35, "restated": 0.35},
        {"telling": 0.3},
    ],
)
def test_questions_single_paragraphs_and_few_words_ask_for_more(doubt: dict[str, float]) -> None:
    block = replace(RESTATED, **doubt)  # type: ignore[arg-type]
    assert not new_subject(block)


def test_other_headlines_in_the_article_ask_for_more() -> None:
    block = replace(RESTATED, lead=0.35, restated=0.35)
    assert new_subject(block)
    assert not new_subject(block, among_headlines=True)


def test_a_break_and_a_dateline_ask_for_less() -> None:
    assert not new_subject(DOUBTFUL)
    assert new_subject(replace(DOUBTFUL, lead=0.3, restated=0.3), broken=True)
    assert new_subject(replace(DOUBTFUL, lead=0.3, restated=0.3), broken=False) is False
    assert new_subject(replace(DOUBTFUL, lead=0.3, restated=0.3, dated=True))


def test_what_a_site_says_of_itself_is_neither_article_nor_new_subject() -> None:
    block = replace(RESTATED, of_site=True)
    assert not goes_on(block, None, None, spilling=False, broken=False)
    assert not is_other_article(block, None)
    assert not new_subject(block, broken=True)


def test_a_single_paragraph_that_breaks_off_is_no_other_article() -> None:
    assert is_other_article(RESTATED, LINKS)
    assert not is_other_article(replace(RESTATED, cut=True), LINKS)
