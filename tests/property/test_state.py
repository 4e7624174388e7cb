from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import OperationError
from annotator.model.annotation import Annotation, DocumentLabel, Note, Slot, Status, Value
from annotator.model.operations import apply
from annotator.model.state import AnnotationState
from tests.support.builders import built
from tests.support.model import LENGTH, RETYPING, any_annotations, legal_states, operations_on, states, values


QUICK = settings(deadline=None, max_examples=150)
many_annotations = st.lists(any_annotations(), max_size=30)
offsets = st.integers(-2, LENGTH + 2)


def characters(annotation: Annotation) -> set[int]:
    return set(range(annotation.start, annotation.end))


def in_order(found: list[Annotation]) -> list[Annotation]:
    return sorted(found, key=lambda one: (one.start, -one.end, one.label, one.id))


@QUICK
@given(many_annotations, offsets, offsets)
def test_overlapping_equals_a_scan_of_every_character(made: list[Annotation], start: int, end: int) -> None:
    state = AnnotationState.of(made)
    expected = [one for one in state.annotations if characters(one) & set(range(start, end))]
    assert list(state.overlapping(start, end)) == in_order(expected)


@QUICK
@given(many_annotations, offsets)
def test_at_equals_a_scan_of_every_character_by_size(made: list[Annotation], offset: int) -> None:
    state = AnnotationState.of(made)
    expected = [one for one in state.annotations if offset in characters(one)]
    assert state.at(offset) == sorted(expected, key=lambda one: (len(characters(one)), one.id))


@QUICK
@given(many_annotations)
def test_the_whole_text_overlaps_all_but_the_hidden_ones(made: list[Annotation]) -> None:
    state = AnnotationState.of(made)
    assert list(state.overlapping(0, LENGTH)) == [one for one in state.annotations if one.start < one.end]


@QUICK
@given(st.data(), st.lists(values(), max_size=12, unique_by=lambda value: value.slot))
def test_a_state_does_not_depend_on_the_order_its_values_came_in(data: st.DataObject, made: list[Value]) -> None:
    one, other = AnnotationState.of(made), AnnotationState.of(data.draw(st.permutations(made)))
    assert one == other
    assert (one.annotations, one.relations, one.document_labels) == (
        other.annotations,
        other.relations,
        other.document_labels,
    )


@QUICK
@given(states())
def test_every_value_can_be_found_again(state: AnnotationState) -> None:
    found: dict[Slot, Value] = {one.slot: one for one in (*state.annotations, *state.relations)}
    found |= {("document_label", one): DocumentLabel(one) for one in state.document_labels}
    found |= {("note", ""): Note(state.note)} if state.note else {}
    found |= {("status", ""): Status(state.status)} if ("status", "") in state.values else {}
    assert found == state.values
    assert all(state.annotation(one.id) is one for one in state.annotations)


@QUICK
@given(states())
def test_annotations_are_in_reading_order(state: AnnotationState) -> None:
    assert list(state.annotations) == in_order(list(state.annotations))


def look_into(state: AnnotationState) -> tuple[object, ...]:
    """All that a state finds: whatever it keeps is made by this."""
    ids = [f"a{number}" for number in range(12)]
    return (
        state.annotations,
        state.relations,
        state.related,
        [state.relations_of(one) for one in ids],
        list(state.overlapping(0, LENGTH)),
    )


@QUICK
@given(st.data(), states(), st.booleans())
def test_what_a_state_derives_from_the_one_before_equals_what_it_would_find_itself(
    data: st.DataObject, state: AnnotationState, was_looked_into: bool
) -> None:
    if was_looked_into:
        look_into(state)
    for _ in range(3):
        state, _ = apply(state, data.draw(operations_on(state)))
        if was_looked_into:
            look_into(state)
    assert look_into(state) == look_into(AnnotationState(state.values))


@QUICK
@given(st.data(), legal_states(RETYPING))
def test_what_builders_lead_to_is_derived_rightly_too(data: st.DataObject, state: AnnotationState) -> None:
    for number in range(data.draw(st.integers(1, 6))):
        look_into(state)
        try:
            state, _ = apply(state, data.draw(built(state, new_id=f"a{number}")))
        except OperationError:
            continue
    assert look_into(state) == look_into(AnnotationState(state.values))


@QUICK
@given(states())
def test_the_relations_of_an_annotation_equal_a_scan_of_all(state: AnnotationState) -> None:
    for number in range(12):
        end = f"a{number}"
        assert list(state.relations_of(end)) == [one for one in state.relations if end in (one.head, one.tail)]
        assert (end in state.related) == bool(state.relations_of(end))
