from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.suggest.contract import DocumentView, Suggester
from annotator.suggest.spillover import SpilloverSuggester
from annotator.text.cleaning import clean
from tests.support.pages import BODY, OTHER_BODY, OTHER_TITLE, TITLE, page
from tests.support.shared import shared_file


def spilled(view: DocumentView) -> list[str]:
    return [view.text[one.start : one.end] for one in SpilloverSuggester().suggest(view).spans]


def test_it_is_a_suggester() -> None:
    assert isinstance(SpilloverSuggester(), Suggester)
    assert (SpilloverSuggester.name, SpilloverSuggester.version) == ("spillover", "1")


def test_headline_and_paragraphs_of_another_article_are_one_span() -> None:
    view = page(TITLE, BODY, "إقرأ أيضاً:", OTHER_TITLE, OTHER_BODY)
    assert spilled(view) == ["\n\n".join([OTHER_TITLE, *OTHER_BODY])]


def test_furniture_in_between_ends_the_span() -> None:
    view = page(TITLE, BODY, "إقرأ أيضاً:", OTHER_TITLE, OTHER_BODY[0], "إعلان", OTHER_BODY[1])
    assert spilled(view) == [f"{OTHER_TITLE}\n\n{OTHER_BODY[0]}", OTHER_BODY[1]]


def test_a_plain_article_has_no_spill_over() -> None:
    assert spilled(page(TITLE, BODY)) == []


def test_an_article_announced_by_a_cue_is_surer_than_one_without() -> None:
    cued = SpilloverSuggester().suggest(page(TITLE, BODY, "إقرأ أيضاً:", OTHER_TITLE, OTHER_BODY)).spans[0]
    bare = SpilloverSuggester().suggest(page(TITLE, BODY, OTHER_TITLE, OTHER_BODY)).spans[0]
    assert cued.score is not None
    assert bare.score is not None
    assert cued.score > bare.score
    assert cued.reason != bare.reason


def test_nothing_is_proposed_where_the_schema_lacks_the_label() -> None:
    view = page(TITLE, BODY, "إقرأ أيضاً:", OTHER_TITLE, OTHER_BODY)
    assert spilled(replace(view, labels=frozenset({"claim"}))) == []
    assert len(spilled(replace(view, labels=frozenset({"spillover"})))) == 1


@pytest.mark.parametrize(
    ("name", "borders"),
    [("000", []), ("001", []), ("002", []), ("003", [(23, 25), (29, 34)]), ("004", [(15, 18)])],
)
def test_appended_articles_of_real_pages_are_found_with_their_borders(
    name: str, borders: list[tuple[int, int]]
) -> None:
    (path,) = shared_file("seeds").glob(f"{name}_*.txt")
    view = DocumentView("d", clean(path.read_text(encoding="utf-8")).text)
    lines = view.text.split("\n")
    assert spilled(view) == ["\n".join(lines[first - 1 : last]) for first, last in borders]
