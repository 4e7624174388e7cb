from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import OperationError
from annotator.model import edits
from annotator.model.annotation import Annotation
from annotator.model.operations import Operation, apply
from annotator.model.state import AnnotationState
from tests.support.builders import BUILDERS, built
from tests.support.model import (
    LENGTH,
    RETYPING,
    SCHEMA,
    any_annotations,
    brute_force_legal,
    legal_states,
    operations_on,
    states,
)


QUICK = settings(deadline=None, max_examples=100)


@QUICK
@given(st.data(), states())
def test_an_operation_and_its_inverse_leave_the_state_as_it_was(data: st.DataObject, state: AnnotationState) -> None:
    operation = data.draw(operations_on(state))
    after, _ = apply(state, operation)
    assert apply(after, operation.inverse)[0] == state


@QUICK
@given(st.data(), states())
def test_the_inverse_of_the_inverse_is_the_operation(data: st.DataObject, state: AnnotationState) -> None:
    operation = data.draw(operations_on(state))
    assert operation.inverse.inverse == operation


@settings(deadline=None, max_examples=50)
@given(st.data())
def test_a_sequence_taken_back_last_first_passes_through_every_state_again(data: st.DataObject) -> None:
    states_before, done = [AnnotationState()], list[Operation]()
    for _ in range(data.draw(st.integers(0, 8))):
        done.append(data.draw(operations_on(states_before[-1])))
        states_before.append(apply(states_before[-1], done[-1])[0])
    state = states_before.pop()
    for operation in reversed(done):
        state, _ = apply(state, operation.inverse)
        assert state == states_before.pop()


@QUICK
@given(st.data(), states())
def test_the_state_given_is_left_as_it_was(data: st.DataObject, state: AnnotationState) -> None:
    before = dict(state.values)
    apply(state, data.draw(operations_on(state)))
    assert state.values == before


@QUICK
@given(st.data(), states())
def test_every_span_that_looks_different_is_among_those_that_changed(
    data: st.DataObject, state: AnnotationState
) -> None:
    after, changed = apply(state, data.draw(operations_on(state)))
    different = set(state.annotations) ^ set(after.annotations)
    assert {(one.start, one.end) for one in different} <= set(changed)


@QUICK
@given(st.data(), states())
def test_an_operation_and_its_inverse_change_the_same_spans(data: st.DataObject, state: AnnotationState) -> None:
    operation = data.draw(operations_on(state))
    after, changed = apply(state, operation)
    assert apply(after, operation.inverse)[1] == changed[::-1]


@QUICK
@given(st.data(), states())
def test_an_operation_that_adds_something_is_refused_the_second_time(
    data: st.DataObject, state: AnnotationState
) -> None:
    operation = data.draw(operations_on(state).filter(lambda one: one.changes[0].before is None))
    first = Operation(operation.name, operation.changes[:1])
    after, _ = apply(state, first)
    with pytest.raises(OperationError):
        apply(after, first)


@pytest.mark.parametrize("builder", BUILDERS)
@QUICK
@given(data=st.data(), state=legal_states(RETYPING))
def test_whatever_a_builder_makes_can_be_applied_and_taken_back_and_made_again(
    builder: str, data: st.DataObject, state: AnnotationState
) -> None:
    try:
        operation = data.draw(built(state, builder))
    except OperationError:
        return
    after, _ = apply(state, operation)
    assert operation.name == BUILDERS[builder][0]
    assert after != state
    back, _ = apply(after, operation.inverse)
    assert back == state
    assert apply(back, operation)[0] == after


@pytest.mark.parametrize("builder", BUILDERS)
@QUICK
@given(data=st.data(), state=legal_states(RETYPING))
def test_no_builder_leads_from_a_legal_state_to_one_that_is_not(
    builder: str, data: st.DataObject, state: AnnotationState
) -> None:
    assert brute_force_legal(state)
    try:
        operation = data.draw(built(state, builder))
    except OperationError:
        return
    assert brute_force_legal(apply(state, operation)[0])


@settings(deadline=None, max_examples=60)
@given(st.data(), legal_states(RETYPING))
def test_any_sequence_of_operations_taken_back_and_made_again_passes_through_the_same_states(
    data: st.DataObject, state: AnnotationState
) -> None:
    seen, done = [state], list[Operation]()
    for number in range(data.draw(st.integers(1, 12))):
        try:
            done.append(data.draw(built(seen[-1], new_id=f"n{number}")))
        except OperationError:
            continue
        seen.append(apply(seen[-1], done[-1])[0])
    now = seen[-1]
    for operation, before in zip(reversed(done), reversed(seen[:-1]), strict=True):
        now, _ = apply(now, operation.inverse)
        assert now == before
    for operation, after in zip(done, seen[1:], strict=True):
        now, _ = apply(now, operation)
        assert now == after


@QUICK
@given(st.data(), states())
def test_operations_together_come_to_the_same_as_one_after_the_other(
    data: st.DataObject, state: AnnotationState
) -> None:
    first = data.draw(operations_on(state))
    between, changed = apply(state, first)
    second = data.draw(operations_on(between))
    after, changed_too = apply(between, second)
    assert apply(state, first, second) == (after, changed + changed_too)


@QUICK
@given(legal_states(), any_annotations("new"))
def test_an_addition_is_refused_only_for_a_twin_or_a_forbidden_overlap(state: AnnotationState, new: Annotation) -> None:
    twins = [
        one
        for one in state.annotations
        if (one.start, one.end, one.label) == (new.start, new.end, new.label) and not one.hidden
    ]
    fits = not twins and brute_force_legal(AnnotationState.of([*state.values.values(), new]))
    try:
        edits.add(state, SCHEMA, new, LENGTH)
    except OperationError:
        assert not fits
    else:
        assert fits
