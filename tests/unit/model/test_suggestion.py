"""Suggestions and sets of them."""

from __future__ import annotations

import pytest

from annotator.model.suggestion import SuggestedRelation, SuggestionSet
from tests.support.suggestions import suggestion


@pytest.mark.parametrize(
    ("origin", "name"), [("furniture@1", "furniture"), ("a.b:c-d@2026-01-02", "a.b:c-d"), ("plug-in@", "plug-in")]
)
def test_the_suggester_is_the_origin_without_the_version(origin: str, name: str) -> None:
    assert suggestion(origin=origin).suggester == name


def test_a_set_is_in_reading_order_with_outer_ones_first() -> None:
    late, inner, outer = suggestion("a", 6, 9), suggestion("b", 2, 4), suggestion("c", 2, 8)
    assert SuggestionSet.of([late, inner, outer]).suggestions == (outer, inner, late)


def test_suggestions_with_the_same_span_are_ordered_by_label_and_id() -> None:
    source, second, first = suggestion("a", label="source"), suggestion("c"), suggestion("b")
    assert [one.id for one in SuggestionSet.of([source, second, first]).suggestions] == ["b", "c", "a"]


def test_sets_of_the_same_suggestions_are_equal_whatever_their_order() -> None:
    one, other = suggestion("a", 0, 2), suggestion("b", 3, 4)
    assert SuggestionSet.of([one, other]) == SuggestionSet.of([other, one])


def test_relations_keep_their_order() -> None:
    relations = SuggestedRelation("repeats", "b", "a"), SuggestedRelation("attributed_to", "a", "b")
    assert SuggestionSet.of([], relations).relations == relations


def test_suggestions_are_found_by_their_ids() -> None:
    one = suggestion("a")
    assert SuggestionSet.of([one]).by_id == {"a": one}


def test_an_empty_set_has_nothing() -> None:
    assert SuggestionSet() == SuggestionSet.of([])
    assert SuggestionSet().by_id == {}
