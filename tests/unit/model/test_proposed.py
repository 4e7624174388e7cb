"""Suggestions as the annotations and relations that they would be."""

from __future__ import annotations

from annotator.model.annotation import Annotation, Value
from annotator.model.proposed import proposed
from annotator.model.state import AnnotationState
from annotator.model.suggestion import SuggestedRelation, Suggestion, SuggestionSet
from tests.support.model import SCHEMA, annotation


CLAIM = Suggestion("c", 0, 10, "claim", (("quote", "direct"),), "wire@1")
SOURCE = Suggestion("s", 20, 30, "source", (), "wire@1")
BY = SuggestedRelation("attributed_to", "c", "s")
ALL = SuggestionSet.of([CLAIM, SOURCE], [BY])


def relations(waiting: SuggestionSet, *made: Value) -> list[tuple[str, str, str]]:
    state = proposed(waiting, ALL, AnnotationState.of(made), SCHEMA)
    return [(one.label, one.head, one.tail) for one in state.relations]


def test_a_suggestion_is_there_as_the_annotation_that_it_would_be() -> None:
    found = proposed(ALL, ALL, AnnotationState(), SCHEMA).annotation("c")
    assert found == Annotation("c", 0, 10, "claim", (("quote", "direct"),), "wire@1", SCHEMA.version)


def test_relations_between_two_that_wait_are_there() -> None:
    assert relations(ALL) == [("attributed_to", "c", "s")]


def test_the_other_end_may_be_accepted_already() -> None:
    assert relations(SuggestionSet.of([CLAIM]), annotation("s", 20, 30, "source")) == [("attributed_to", "c", "s")]


def test_the_other_end_may_be_a_label_for_which_the_suggestion_stepped_aside() -> None:
    mine = annotation("mine", 20, 28, "source")
    assert relations(SuggestionSet.of([CLAIM]), mine) == [("attributed_to", "c", "mine")]


def test_a_relation_to_what_was_rejected_is_not_there() -> None:
    assert relations(SuggestionSet.of([CLAIM])) == []


def test_a_relation_between_two_that_are_accepted_is_proposed_no_more() -> None:
    assert relations(SuggestionSet(), annotation("c", 0, 10), annotation("s", 20, 30, "source")) == []
