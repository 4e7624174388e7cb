from __future__ import annotations

from typing import get_args

import pytest

from annotator.errors import OperationError
from annotator.model.annotation import Annotation, DocumentLabel, Note, Relation, Slot, Status, Value
from annotator.model.operations import (
    OPERATION_NAMES,
    Change,
    Operation,
    OperationName,
    apply,
    change_values,
)
from annotator.model.state import AnnotationState
from tests.support.model import annotation, related


A = annotation("a", 0, 5)
MOVED = annotation("a", 0, 9)
B = annotation("b", 6, 8, "source")


class TestChange:
    @pytest.mark.parametrize(("before", "after"), [(None, A), (A, None), (A, MOVED)])
    def test_the_slot_is_that_of_the_values(self, before: Annotation | None, after: Annotation | None) -> None:
        assert Change(before, after).slot == ("annotation", "a")

    def test_a_change_of_nothing_has_no_slot(self) -> None:
        with pytest.raises(OperationError, match="needs a value before or after"):
            _ = Change(None, None).slot

    def test_the_inverse_swaps_before_and_after(self) -> None:
        assert Change(A, MOVED).inverse == Change(MOVED, A)


class TestOperation:
    def test_the_inverse_takes_the_changes_back_last_first(self) -> None:
        operation = Operation("relabel", (Change(None, A), Change(A, MOVED)))
        assert operation.inverse == Operation("relabel", (Change(MOVED, A), Change(A, None)))

    def test_the_names_are_those_of_the_type(self) -> None:
        assert get_args(OperationName) == OPERATION_NAMES

    def test_no_name_stands_twice(self) -> None:
        assert len(set(OPERATION_NAMES)) == len(OPERATION_NAMES)


class TestApply:
    @pytest.mark.parametrize(
        "value", [A, Relation("r", "repeats", "a", "b"), DocumentLabel("opinion"), Note("?"), Status("done")]
    )
    def test_a_value_of_any_kind_can_be_added(self, value: Value) -> None:
        state, _ = apply(AnnotationState(), Operation("import", (Change(None, value),)))
        assert state == AnnotationState.of([value])

    def test_a_value_can_be_replaced(self) -> None:
        state, _ = apply(AnnotationState.of([A, B]), Operation("move edge", (Change(A, MOVED),)))
        assert state == AnnotationState.of([MOVED, B])

    def test_a_value_can_be_removed(self) -> None:
        state, _ = apply(AnnotationState.of([A, B]), Operation("remove", (Change(A, None),)))
        assert state == AnnotationState.of([B])

    def test_many_changes_happen_together(self) -> None:
        changes = (Change(A, None), Change(None, B), Change(None, Note("swapped")))
        state, _ = apply(AnnotationState.of([A]), Operation("retype", changes))
        assert state == AnnotationState.of([B, Note("swapped")])

    def test_a_slot_can_change_twice_in_one_operation(self) -> None:
        state, _ = apply(AnnotationState(), Operation("add", (Change(None, A), Change(A, MOVED))))
        assert state == AnnotationState.of([MOVED])

    def test_operations_are_carried_out_one_after_the_other(self) -> None:
        operations = [Operation("add", (Change(None, A),)), Operation("move edge", (Change(A, MOVED),))]
        assert apply(AnnotationState.of([B]), *operations) == (AnnotationState.of([B, MOVED]), ((0, 5), (0, 5), (0, 9)))

    def test_no_operation_gives_an_equal_state(self) -> None:
        assert apply(related()) == (related(), ())

    def test_no_changes_give_an_equal_state(self) -> None:
        assert apply(related(), Operation("import", ())) == (related(), ())

    def test_the_state_before_is_left_as_it_was(self) -> None:
        before = AnnotationState.of([A])
        apply(before, Operation("remove", (Change(A, None),)))
        assert before == AnnotationState.of([A])

    def test_the_new_state_knows_the_new_order_though_the_old_one_was_looked_at(self) -> None:
        before = AnnotationState.of([B])
        assert before.annotations == (B,)
        after, _ = apply(before, Operation("add", (Change(None, A),)))
        assert after.annotations == (A, B)

    def test_the_spans_before_and_after_a_move_look_changed(self) -> None:
        _, changed = apply(AnnotationState.of([A]), Operation("move edge", (Change(A, MOVED),)))
        assert changed == ((0, 5), (0, 9))

    def test_what_is_no_annotation_changes_no_span(self) -> None:
        _, changed = apply(AnnotationState(), Operation("status", (Change(None, Status("done")),)))
        assert changed == ()


class TestRefusal:
    @pytest.mark.parametrize(
        ("present", "change"),
        [
            ([A], Change(None, A)),
            ([A], Change(None, MOVED)),
            ([], Change(A, MOVED)),
            ([], Change(A, None)),
            ([MOVED], Change(A, None)),
        ],
        ids=["added twice", "id taken", "moved when gone", "removed when gone", "removed when moved"],
    )
    def test_a_value_that_is_not_as_expected_is_refused(self, present: list[Value], change: Change) -> None:
        with pytest.raises(OperationError, match="has changed in the meantime"):
            apply(AnnotationState.of(present), Operation("move edge", (change,)))

    @pytest.mark.parametrize(
        ("value", "name"),
        [
            (A, "this annotation"),
            (Relation("r", "repeats", "a", "b"), "this relation"),
            (DocumentLabel("opinion"), "this document label"),
            (Note("?"), "the note"),
            (Status("done"), "the status"),
        ],
    )
    def test_the_error_names_the_kind_of_value_and_says_what_to_do(self, value: Value, name: str) -> None:
        with pytest.raises(OperationError) as caught:
            apply(AnnotationState(), Operation("remove", (Change(value, None),)))
        assert caught.value.message == f"{name} has changed in the meantime"
        assert "repeat the change" in caught.value.hint

    def test_a_change_from_one_slot_to_another_is_refused(self) -> None:
        with pytest.raises(OperationError):
            apply(AnnotationState.of([A]), Operation("retype", (Change(A, B),)))

    def test_a_refusal_half_way_leaves_the_state_as_it_was(self) -> None:
        state = AnnotationState.of([A])
        with pytest.raises(OperationError):
            apply(state, Operation("remove", (Change(A, None), Change(B, None))))
        assert state == AnnotationState.of([A])

    def test_a_change_of_nothing_is_refused(self) -> None:
        with pytest.raises(OperationError, match="needs a value"):
            apply(AnnotationState(), Operation("add", (Change(None, None),)))


def test_change_values_changes_the_given_values_in_place() -> None:
    values: dict[Slot, Value] = {A.slot: A}
    change_values(values, Operation("move edge", (Change(A, MOVED),)))
    assert values == {A.slot: MOVED}
