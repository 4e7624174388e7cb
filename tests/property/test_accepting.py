"""Answers to any suggestions, beside anything that an annotator may have made."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from annotator.errors import OperationError
from annotator.model.accepting import accept, accept_as, pending, reject, with_other_label, with_other_span
from annotator.model.annotation import Annotation
from annotator.model.operations import apply
from annotator.model.state import AnnotationState
from annotator.model.suggestion import Suggestion, SuggestionSet
from tests.support.model import LENGTH, SCHEMA, brute_force_legal, legal_states, spans
from tests.support.suggestions import suggested


QUICK = settings(deadline=None, max_examples=60)
FURNITURE = SCHEMA.furniture()


@st.composite
def prefixed(draw: st.DrawFn) -> AnnotationState:
    """Legal states without relations, whose ids are those of no suggestions."""
    state = draw(legal_states())
    return AnnotationState.of(
        Annotation(f"m{one.id}", one.start, one.end, one.label, one.attributes, one.origin, 1, one.raw)
        for one in state.annotations
    )


def clash(one: Suggestion, other: Annotation | Suggestion) -> bool:
    """Whether two must not both be shown, character by character."""
    mine, yours = set(range(one.start, one.end)), set(range(other.start, other.end))
    if not mine & yours:
        return False
    is_inside = mine <= yours or yours <= mine
    return one.label == other.label or bool(FURNITURE & {one.label, other.label}) or not is_inside


@QUICK
@given(suggested(), prefixed())
def test_what_waits_clashes_with_no_annotation_and_what_does_not_wait_has_a_reason(
    some: SuggestionSet, state: AnnotationState
) -> None:
    waiting = pending(some, state, SCHEMA)
    for one in some.suggestions:
        against: list[Annotation | Suggestion] = [
            other for other in waiting.suggestions if other.suggester != one.suggester
        ]
        is_in_the_way = any(clash(one, other) for other in [*against, *state.annotations])
        assert (one.id in waiting.by_id) != is_in_the_way


@QUICK
@given(suggested(), prefixed())
def test_relations_wait_with_both_of_their_ends(some: SuggestionSet, state: AnnotationState) -> None:
    waiting = pending(some, state, SCHEMA)
    both = [one for one in some.relations if {one.head, one.tail} <= waiting.by_id.keys()]
    assert list(waiting.relations) == both


@QUICK
@given(st.data(), suggested(), prefixed())
def test_accepting_and_taking_it_back_is_the_identity(
    data: st.DataObject, some: SuggestionSet, state: AnnotationState
) -> None:
    waiting = pending(some, state, SCHEMA)
    assume(waiting.suggestions)
    chosen = data.draw(st.lists(st.sampled_from(waiting.suggestions), min_size=1, unique=True))
    operation, _ = accept(state, SCHEMA, chosen, some, LENGTH)
    after, _ = apply(state, operation)
    assert apply(after, operation.inverse)[0] == state
    assert pending(some, apply(after, operation.inverse)[0], SCHEMA) == waiting


@QUICK
@given(suggested(), prefixed())
def test_all_that_waits_can_be_accepted_and_the_state_stays_legal(some: SuggestionSet, state: AnnotationState) -> None:
    waiting = pending(some, state, SCHEMA)
    assume(waiting.suggestions)
    operation, left_out = accept(state, SCHEMA, waiting.suggestions, some, LENGTH)
    after, _ = apply(state, operation)
    assert brute_force_legal(after)
    assert after.answers == waiting.by_id.keys()
    assert len(after.annotations) == len(state.annotations) + len(waiting.suggestions) - left_out
    assert not set(waiting.by_id) & set(pending(some, after, SCHEMA).by_id)


@QUICK
@given(suggested(), prefixed())
def test_one_by_one_in_any_state_each_is_accepted_or_refused_as_a_whole(
    some: SuggestionSet, state: AnnotationState
) -> None:
    for one in some.suggestions:
        waiting = pending(some, state, SCHEMA)
        if one.id not in waiting.by_id:
            continue
        operation, left_out = accept(state, SCHEMA, [one], some, LENGTH)
        state, _ = apply(state, operation)
        assert brute_force_legal(state)
        made = state.annotation(one.id)
        assert (made is None) == (left_out == 1)
        assert made is None or (made.start, made.end, made.label, made.origin) == (
            one.start,
            one.end,
            one.label,
            one.origin,
        )


@QUICK
@given(st.data(), suggested(), prefixed())
def test_accepting_with_changes_and_taking_it_back_is_the_identity(
    data: st.DataObject, some: SuggestionSet, state: AnnotationState
) -> None:
    waiting = pending(some, state, SCHEMA)
    assume(waiting.suggestions)
    one = data.draw(st.sampled_from(waiting.suggestions))
    changed = data.draw(
        spans().map(lambda span: with_other_span(one, span, SCHEMA))
        | st.sampled_from(SCHEMA.labels).map(lambda label: with_other_label(one, label, SCHEMA))
    )
    try:
        operation = accept_as(state, SCHEMA, changed, some, LENGTH)
    except OperationError:
        return
    after, _ = apply(state, operation)
    assert brute_force_legal(after)
    assert after.annotation(one.id) == changed
    assert one.id not in pending(some, after, SCHEMA).by_id
    assert apply(after, operation.inverse)[0] == state


@QUICK
@given(st.data(), suggested(), prefixed())
def test_rejecting_and_taking_it_back_is_the_identity(
    data: st.DataObject, some: SuggestionSet, state: AnnotationState
) -> None:
    assume(some.suggestions)
    chosen = data.draw(st.lists(st.sampled_from(some.suggestions), min_size=1, unique=True))
    after, _ = apply(state, reject(chosen))
    assert after.annotations == state.annotations
    assert not {one.id for one in chosen} & pending(some, after, SCHEMA).by_id.keys()
    assert apply(after, reject(chosen).inverse)[0] == state


@QUICK
@given(st.data(), suggested(), prefixed())
def test_what_waits_does_not_depend_on_the_order_of_what_is_given(
    data: st.DataObject, some: SuggestionSet, state: AnnotationState
) -> None:
    shuffled = SuggestionSet.of(data.draw(st.permutations(some.suggestions)), some.relations)
    others = AnnotationState.of(data.draw(st.permutations(state.annotations)))
    assert pending(shuffled, others, SCHEMA) == pending(some, state, SCHEMA)
