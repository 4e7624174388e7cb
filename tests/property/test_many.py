"""One operation on many annotations comes to the same as many on one; targets are what can be related."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import OperationError
from annotator.model import edits, many, relating
from annotator.model.annotation import Annotation, Relation
from annotator.model.operations import Operation, apply
from annotator.model.schema import Label
from annotator.model.state import AnnotationState, reading_order
from annotator.model.validation import check_relation
from tests.support.model import LENGTH, RETYPING, any_annotations, legal_states


QUICK = settings(deadline=None, max_examples=150)
LABELS = st.sampled_from(RETYPING.labels)


def one_by_one(
    state: AnnotationState, annotations: Sequence[Annotation], build: Callable[[AnnotationState, Annotation], Operation]
) -> AnnotationState:
    """What comes of many operations, in reading order; those that are refused are skipped."""
    for annotation in sorted(annotations, key=reading_order):
        with suppress(OperationError):
            state, _ = apply(state, build(state, annotation))
    return state


def at_once(state: AnnotationState, make: Callable[[], Operation]) -> AnnotationState:
    try:
        return apply(state, make())[0]
    except OperationError:
        return state


@st.composite
def batches(draw: st.DrawFn) -> list[Annotation]:
    """Annotations with ids of their own, often of one label."""
    return [draw(any_annotations(f"n{number}")) for number in range(draw(st.integers(1, 12)))]


@QUICK
@given(legal_states(), batches())
def test_adding_all_comes_to_the_same_as_adding_each(state: AnnotationState, new: list[Annotation]) -> None:
    expected = one_by_one(state, new, lambda now, one: edits.add(now, RETYPING, one, LENGTH))
    assert at_once(state, lambda: many.add_all(state, RETYPING, new, LENGTH)[0]) == expected


@QUICK
@given(legal_states(), batches())
def test_those_that_are_skipped_are_counted(state: AnnotationState, new: list[Annotation]) -> None:
    try:
        operation, skipped = many.add_all(state, RETYPING, new, LENGTH)
    except OperationError:
        return
    assert len(operation.changes) + skipped == len(new)


@QUICK
@given(legal_states(RETYPING), LABELS, LABELS)
def test_relabelling_all_comes_to_the_same_as_relabelling_each(
    state: AnnotationState, before: Label, after: Label
) -> None:
    found = [one for one in state.annotations if one.label == before.id]
    expected = one_by_one(state, found, lambda now, one: edits.relabel(now, RETYPING, one.id, after))
    assert at_once(state, lambda: many.relabel_all(state, RETYPING, before.id, after)[0]) == expected


@QUICK
@given(legal_states(RETYPING), LABELS)
def test_removing_all_comes_to_the_same_as_removing_each(state: AnnotationState, label: Label) -> None:
    found = [one for one in state.annotations if one.label == label.id]
    expected = one_by_one(state, found, lambda now, one: edits.remove(now, one.id))
    assert at_once(state, lambda: many.remove_all(state, label.id)) == expected


def can_be_related(state: AnnotationState, head: str, tail: str, type_id: str) -> bool:
    try:
        check_relation(Relation("new", type_id, head, tail), state, RETYPING)
    except OperationError:
        return False
    return True


@QUICK
@given(legal_states(RETYPING), st.none() | st.sampled_from([one.id for one in RETYPING.relations]))
def test_targets_are_all_that_can_be_related_the_nearest_first_and_before_it_rather_than_after(
    state: AnnotationState, type_id: str | None
) -> None:
    types = [one.id for one in RETYPING.relations if type_id in (None, one.id)]
    for number, mine in enumerate(state.annotations):
        fitting = [
            other
            for other in state.annotations
            if not other.hidden
            and any(
                can_be_related(state, mine.id, other.id, one) or can_be_related(state, other.id, mine.id, one)
                for one in types
            )
        ]
        places = {one.id: place - number for place, one in enumerate(state.annotations)}
        fitting.sort(key=lambda one: (abs(one.start - mine.start), places[one.id] > 0, abs(places[one.id])))
        assert list(relating.targets(state, RETYPING, mine.id, type_id)) == fitting


@QUICK
@given(legal_states(RETYPING))
def test_free_types_are_those_that_the_rules_let_through(state: AnnotationState) -> None:
    for head in state.annotations:
        for tail in state.annotations:
            expected = [one for one in RETYPING.relations if can_be_related(state, head.id, tail.id, one.id)]
            assert list(relating.free_types(state, RETYPING, head.id, tail.id)) == expected
