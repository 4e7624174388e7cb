from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import OperationError
from annotator.model import edits
from annotator.model.annotation import STATUSES, Annotation
from annotator.model.operations import Operation, apply
from annotator.model.state import AnnotationState
from tests.support.model import (
    LENGTH,
    SCHEMA,
    any_annotations,
    brute_force_legal,
    legal_states,
    operations_on,
    spans,
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


def build(name: str, state: AnnotationState, data: st.DataObject) -> Operation:
    """What one builder of `edits` makes of a state; an OperationError where it refuses."""
    ids = [one.id for one in state.annotations] or ["none"]
    match name:
        case "add":
            return edits.add(state, SCHEMA, data.draw(any_annotations("new")), LENGTH)
        case "remove":
            return edits.remove(state, data.draw(st.sampled_from(ids)))
        case "move edge":
            return edits.move_edges(state, SCHEMA, data.draw(st.sampled_from(ids)), data.draw(spans()), LENGTH)
        case "relabel":
            return edits.relabel(
                state, SCHEMA, data.draw(st.sampled_from(ids)), data.draw(st.sampled_from(SCHEMA.labels))
            )
        case "status":
            return edits.set_status(state, data.draw(st.sampled_from(STATUSES)), data.draw(st.none() | st.text()))
        case _:
            return edits.imported([data.draw(any_annotations("new"))])


BUILDERS = ("add", "remove", "move edge", "relabel", "status", "import")


@pytest.mark.parametrize("name", BUILDERS)
@QUICK
@given(data=st.data(), state=legal_states())
def test_whatever_a_builder_makes_can_be_applied_and_taken_back(
    name: str, data: st.DataObject, state: AnnotationState
) -> None:
    try:
        operation = build(name, state, data)
    except OperationError:
        return
    after, _ = apply(state, operation)
    assert operation.name == name
    assert after != state or name == "move edge"
    assert apply(after, operation.inverse)[0] == state


@pytest.mark.parametrize("name", ["add", "remove", "move edge", "relabel", "status"])
@QUICK
@given(data=st.data(), state=legal_states())
def test_no_builder_leads_from_a_legal_state_to_one_that_is_not(
    name: str, data: st.DataObject, state: AnnotationState
) -> None:
    assert brute_force_legal(state)
    try:
        operation = build(name, state, data)
    except OperationError:
        return
    assert brute_force_legal(apply(state, operation)[0])


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
