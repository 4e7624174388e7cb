"""Which suggestions wait for an answer, and what an answer does."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.errors import OperationError
from annotator.model.accepting import (
    accept,
    accept_as,
    annotation_of,
    as_state,
    pending,
    reject,
    with_other_label,
    with_other_span,
)
from annotator.model.annotation import Annotation, Answer, Relation, Value
from annotator.model.operations import Operation, apply
from annotator.model.state import AnnotationState
from annotator.model.suggestion import SuggestedRelation, Suggestion, SuggestionSet
from tests.support.model import LENGTH, SCHEMA, annotation
from tests.support.model import SOURCE as SOURCE_LABEL
from tests.support.suggestions import suggestion


def proposed(
    suggestion_id: str = "x", start: int = 0, end: int = 10, label: str = "claim", **fields: Any
) -> Suggestion:
    """A suggestion with the attributes of its label."""
    known = SCHEMA.label(label)
    fields.setdefault("attributes", known.defaults() if known else ())
    return suggestion(suggestion_id, start, end, label, **fields)


CLAIM, SOURCE = proposed("c", 0, 10), proposed("s", 20, 30, "source")
ATTRIBUTED = SuggestedRelation("attributed_to", "c", "s")
BOTH = SuggestionSet.of([CLAIM, SOURCE], [ATTRIBUTED])


def waiting(*values: Value, suggested: SuggestionSet) -> list[str]:
    """The ids of the suggestions that wait beside what an annotator has made."""
    return [one.id for one in pending(suggested, AnnotationState.of(values), SCHEMA).suggestions]


def accepted(
    state: AnnotationState, *suggestions: Suggestion, suggested: SuggestionSet = BOTH
) -> tuple[AnnotationState, int]:
    """A state after suggestions were accepted, and how many did not fit."""
    operation, left_out = accept(state, SCHEMA, suggestions, suggested, LENGTH)
    return apply(state, operation)[0], left_out


class TestPending:
    def test_what_nobody_answered_waits(self) -> None:
        assert pending(BOTH, AnnotationState(), SCHEMA) == BOTH

    @pytest.mark.parametrize("verdict", ["accepted", "rejected"])
    def test_what_is_answered_waits_no_longer_nor_do_its_relations(self, verdict: Any) -> None:
        found = pending(BOTH, AnnotationState.of([Answer("c", verdict)]), SCHEMA)
        assert (found.suggestions, found.relations) == ((SOURCE,), ())

    def test_what_an_annotation_came_of_waits_no_longer_also_without_an_answer(self) -> None:
        moved = annotation("c", 12, 15)
        assert waiting(moved, suggested=BOTH) == ["s"]

    def test_labels_that_the_schema_lacks_do_not_wait(self) -> None:
        assert waiting(suggested=SuggestionSet.of([proposed(label="opinion")])) == []

    @pytest.mark.parametrize(
        ("label", "span", "waits"),
        [
            ("claim", (5, 15), False),  # the same label
            ("claim", (2, 4), False),
            ("claim", (10, 15), True),  # beside it
            ("source", (2, 4), True),  # inside
            ("source", (0, 10), True),
            ("source", (0, 20), True),  # around
            ("source", (5, 15), False),  # across
            ("boilerplate", (2, 4), False),  # furniture, however it lies
            ("boilerplate", (0, 20), False),
            ("boilerplate", (10, 12), True),
        ],
    )
    def test_one_steps_aside_for_an_annotation(self, label: str, span: tuple[int, int], waits: bool) -> None:
        made = annotation("m", *span, label)
        assert waiting(made, suggested=SuggestionSet.of([CLAIM])) == ["c"] * waits

    def test_suggested_furniture_steps_aside_for_any_annotation(self) -> None:
        furniture = proposed("f", 0, 20, "boilerplate")
        assert waiting(annotation("m", 5, 6), suggested=SuggestionSet.of([furniture])) == []

    def test_a_hidden_annotation_covers_nothing(self) -> None:
        hidden = annotation("m", 5, 5, raw=(5, 9))
        assert waiting(hidden, suggested=SuggestionSet.of([CLAIM])) == ["c"]

    def test_a_long_annotation_far_in_front_still_counts(self) -> None:
        made = [annotation("m", 0, 30, "source"), annotation("n", 1, 2), annotation("o", 3, 4)]
        assert waiting(*made, suggested=SuggestionSet.of([proposed("x", 25, 35)])) == []

    @pytest.mark.parametrize(
        ("better", "worse"),
        [
            ("copies@1", "lines@abc"),
            ("lines@abc", "tokens@abc"),
            ("tokens@abc", "somebodys@3"),
            ("somebodys@3", "furniture@1"),
            ("furniture@1", "spillover@1"),
            ("spillover@1", "attribution@1"),
        ],
    )
    def test_where_two_suggesters_clash_the_better_one_is_shown(self, better: str, worse: str) -> None:
        one, other = proposed("w", 0, 8, origin=worse), proposed("b", 4, 12, origin=better)
        assert waiting(suggested=SuggestionSet.of([one, other])) == ["b"]

    def test_the_worse_one_comes_back_when_the_better_one_is_rejected(self) -> None:
        one, other = proposed("w", 0, 8, origin="attribution@1"), proposed("b", 4, 12, origin="copies@1")
        assert waiting(Answer("b", "rejected"), suggested=SuggestionSet.of([one, other])) == ["w"]

    def test_a_suggestion_that_steps_aside_makes_no_other_step_aside(self) -> None:
        furniture = proposed("f", 0, 8, "boilerplate", origin="furniture@1")
        claim = proposed("c", 4, 12, origin="attribution@1")
        made = annotation("m", 0, 2)
        assert waiting(made, suggested=SuggestionSet.of([furniture, claim])) == ["c"]

    def test_suggestions_of_one_suggester_do_not_clash(self) -> None:
        assert waiting(suggested=SuggestionSet.of([proposed("a", 0, 8), proposed("b", 4, 12)])) == ["a", "b"]

    def test_plug_ins_do_not_clash_with_one_another(self) -> None:
        one, other = proposed("a", 0, 8, origin="one@1"), proposed("b", 4, 12, origin="two@1")
        assert waiting(suggested=SuggestionSet.of([one, other])) == ["a", "b"]


class TestAsAnnotations:
    def test_an_annotation_takes_everything_from_its_suggestion(self) -> None:
        assert annotation_of(CLAIM, SCHEMA) == Annotation(
            "c", 0, 10, "claim", CLAIM.attributes, "attribution@1", SCHEMA.version
        )

    def test_a_state_of_suggestions_has_them_by_place(self) -> None:
        assert [one.id for one in as_state([SOURCE, CLAIM], SCHEMA).overlapping(5, 25)] == ["c", "s"]

    def test_another_label_keeps_the_span_and_the_origin(self) -> None:
        changed = with_other_label(CLAIM, SOURCE_LABEL, SCHEMA)
        assert (changed.id, changed.start, changed.end, changed.label) == ("c", 0, 10, "source")
        assert changed.origin == "attribution@1"
        assert [key for key, _ in changed.attributes] == ["type", "quote", "comment"]

    def test_other_edges_keep_the_label(self) -> None:
        changed = with_other_span(CLAIM, (2, 6), SCHEMA)
        assert (changed.start, changed.end, changed.label, changed.attributes) == (2, 6, "claim", CLAIM.attributes)


class TestAccepting:
    def test_the_annotation_and_the_answer_are_one_operation(self) -> None:
        operation, left_out = accept(AnnotationState(), SCHEMA, [CLAIM], BOTH, LENGTH)
        assert [change.after for change in operation.changes] == [annotation_of(CLAIM, SCHEMA), Answer("c", "accepted")]
        assert (operation.name, left_out) == ("accept", 0)

    def test_undo_gives_the_suggestion_back(self) -> None:
        operation, _ = accept(AnnotationState(), SCHEMA, [CLAIM, SOURCE], BOTH, LENGTH)
        after, _ = apply(AnnotationState(), operation)
        assert pending(BOTH, after, SCHEMA) == SuggestionSet()
        before, _ = apply(after, operation.inverse)
        assert pending(BOTH, before, SCHEMA) == BOTH

    def test_both_ends_of_a_relation_bring_it_along(self) -> None:
        state, _ = accepted(AnnotationState(), CLAIM, SOURCE)
        assert [(one.label, one.head, one.tail) for one in state.relations] == [("attributed_to", "c", "s")]

    @pytest.mark.parametrize(("first", "second"), [(CLAIM, SOURCE), (SOURCE, CLAIM)])
    def test_the_second_end_of_a_relation_brings_it_along(self, first: Suggestion, second: Suggestion) -> None:
        state, _ = accepted(AnnotationState(), first)
        assert state.relations == ()
        assert len(accepted(state, second)[0].relations) == 1

    def test_a_relation_has_the_same_id_whenever_it_comes(self) -> None:
        together, _ = accepted(AnnotationState(), CLAIM, SOURCE)
        apart, _ = accepted(accepted(AnnotationState(), SOURCE)[0], CLAIM)
        assert together.relations == apart.relations

    def test_an_annotation_for_which_a_suggestion_stepped_aside_stands_in_for_it(self) -> None:
        by_hand = annotation("m", 22, 30, "source")
        state, _ = accepted(AnnotationState.of([by_hand]), CLAIM)
        assert [(one.head, one.tail) for one in state.relations] == [("c", "m")]

    @pytest.mark.parametrize(("span", "label"), [((27, 37), "source"), ((20, 40), "claim"), ((31, 35), "source")])
    def test_an_annotation_elsewhere_or_of_another_label_does_not(self, span: tuple[int, int], label: str) -> None:
        state, _ = accepted(AnnotationState.of([annotation("m", *span, label)]), CLAIM)
        assert state.relations == ()

    def test_an_annotation_twice_as_long_does_still_and_a_longer_one_does_not(self) -> None:
        for end, is_related in ((40, True), (41, False)):
            long = annotation("m", 20, end, "source")
            operation, _ = accept(AnnotationState.of([long]), SCHEMA, [CLAIM], BOTH, 50)
            assert any(isinstance(change.after, Relation) for change in operation.changes) == is_related

    def test_relations_that_the_schema_forbids_are_left_out(self) -> None:
        backwards = SuggestionSet.of([CLAIM, SOURCE], [SuggestedRelation("attributed_to", "s", "c")])
        state, _ = accepted(AnnotationState(), CLAIM, SOURCE, suggested=backwards)
        assert state.relations == ()

    def test_no_more_relations_than_a_head_may_have(self) -> None:
        sources = [proposed(f"s{number}", 12 + number, 13 + number, "source") for number in range(3)]
        links = [SuggestedRelation("attributed_to", "c", one.id) for one in sources]
        state, _ = accepted(AnnotationState(), CLAIM, *sources, suggested=SuggestionSet.of([CLAIM, *sources], links))
        assert [one.tail for one in sorted(state.relations, key=lambda one: one.tail)] == ["s0", "s1"]

    def test_the_same_relation_of_two_suggesters_comes_once(self) -> None:
        others = proposed("d", 0, 9, origin="tokens@1"), proposed("t", 20, 29, "source", origin="tokens@1")
        both = SuggestionSet.of([CLAIM, SOURCE, *others], [ATTRIBUTED, SuggestedRelation("attributed_to", "d", "t")])
        state, _ = accepted(AnnotationState(), *others, suggested=both)
        assert [(one.head, one.tail) for one in state.relations] == [("d", "t")]

    def test_a_relation_to_something_unknown_is_left_out(self) -> None:
        lost = SuggestionSet.of([CLAIM], [SuggestedRelation("attributed_to", "c", "gone")])
        assert accepted(AnnotationState(), CLAIM, suggested=lost)[0].relations == ()

    def test_one_that_overlaps_as_its_label_forbids_is_answered_and_left_out(self) -> None:
        made = AnnotationState.of([annotation("m", 0, 5, "boilerplate")])
        fits, clashes = proposed("f", 10, 15, "boilerplate"), proposed("g", 3, 8, "boilerplate")
        state, left_out = accepted(made, fits, clashes)
        assert [one.id for one in state.annotations] == ["m", "f"]
        assert state.answers == {"f", "g"}
        assert left_out == 1

    def test_two_accepted_together_keep_out_of_each_others_way(self) -> None:
        one, other = proposed("f", 0, 5, "boilerplate"), proposed("g", 3, 8, "boilerplate")
        state, left_out = accepted(AnnotationState(), one, other)
        assert (len(state.annotations), left_out) == (1, 1)

    def test_nothing_to_accept_is_no_operation(self) -> None:
        with pytest.raises(OperationError, match="no suggestion to accept"):
            accept(AnnotationState(), SCHEMA, [], BOTH, LENGTH)

    def test_one_outside_the_text_is_refused(self) -> None:
        with pytest.raises(OperationError):
            accept(AnnotationState(), SCHEMA, [proposed("x", 30, LENGTH + 1)], BOTH, LENGTH)

    def test_one_that_was_answered_meanwhile_is_refused(self) -> None:
        state, _ = accepted(AnnotationState(), CLAIM)
        operation, _ = accept(AnnotationState(), SCHEMA, [CLAIM], BOTH, LENGTH)
        with pytest.raises(OperationError, match="meantime"):
            apply(state, operation)


class TestAcceptingWithChanges:
    def test_another_span_is_accepted_with_the_relations(self) -> None:
        state, _ = accepted(AnnotationState(), SOURCE)
        operation = accept_as(state, SCHEMA, with_other_span(CLAIM, (2, 8), SCHEMA), BOTH, LENGTH)
        after, _ = apply(state, operation)
        claim = after.annotation("c")
        assert claim is not None
        assert (claim.start, claim.end, operation.name) == (2, 8, "accept")
        assert [one.tail for one in after.relations] == ["s"]
        assert after.answers == {"c", "s"}

    def test_a_label_that_the_relation_cannot_have_leaves_it_out(self) -> None:
        state, _ = accepted(AnnotationState(), SOURCE)
        operation = accept_as(state, SCHEMA, with_other_label(CLAIM, SOURCE_LABEL, SCHEMA), BOTH, LENGTH)
        assert apply(state, operation)[0].relations == ()

    @pytest.mark.parametrize("span", [(5, 5), (-1, 4), (30, LENGTH + 1)])
    def test_a_span_that_cannot_be_is_refused(self, span: tuple[int, int]) -> None:
        with pytest.raises(OperationError):
            accept_as(AnnotationState(), SCHEMA, with_other_span(CLAIM, span, SCHEMA), BOTH, LENGTH)

    def test_a_span_that_overlaps_others_as_its_label_forbids_is_refused(self) -> None:
        made = AnnotationState.of([annotation("m", 0, 5, "boilerplate")])
        furniture = with_other_span(proposed("f", 10, 15, "boilerplate"), (4, 15), SCHEMA)
        with pytest.raises(OperationError):
            accept_as(made, SCHEMA, furniture, SuggestionSet(), LENGTH)


class TestRejecting:
    def test_only_the_answers_are_written(self) -> None:
        operation: Operation = reject([CLAIM, SOURCE])
        assert [change.after for change in operation.changes] == [Answer("c", "rejected"), Answer("s", "rejected")]
        state, changed = apply(AnnotationState(), operation)
        assert (state.annotations, changed) == ((), ())
        assert state.answers == {"c", "s"}

    def test_undo_gives_the_suggestions_back(self) -> None:
        state, _ = apply(AnnotationState(), reject([CLAIM]))
        assert pending(BOTH, apply(state, reject([CLAIM]).inverse)[0], SCHEMA) == BOTH

    def test_nothing_to_reject_is_no_operation(self) -> None:
        with pytest.raises(OperationError, match="no suggestion to reject"):
            reject([])
