from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.errors import OperationError
from annotator.model import edits, relating
from annotator.model.annotation import Annotation, Relation
from annotator.model.operations import Change, Operation, apply
from annotator.model.schema import RelationType, Schema
from annotator.model.state import AnnotationState
from tests.support.model import CLAIM, LENGTH, PASSAGE, RETYPING, SCHEMA, SOURCE, annotation, related


R1 = Relation("r1", "attributed_to", "c", "s")
R2 = Relation("r2", "repeats", "c", "d")


def after(state: AnnotationState, operation: Operation) -> AnnotationState:
    return apply(state, operation)[0]


def with_values(state: AnnotationState, *values: Annotation | Relation) -> AnnotationState:
    return AnnotationState.of([*state.values.values(), *values])


class TestRelate:
    def test_the_operation_adds_the_relation_alone(self) -> None:
        new = Relation("r3", "attributed_to", "d", "s")
        assert relating.relate(related(), SCHEMA, new) == Operation("relate", (Change(None, new),))

    def test_what_the_schema_refuses_is_refused(self) -> None:
        with pytest.raises(OperationError, match="a source cannot be the head of attributed_to"):
            relating.relate(related(), SCHEMA, Relation("r3", "attributed_to", "s", "c"))

    def test_an_equal_relation_is_refused(self) -> None:
        with pytest.raises(OperationError, match="these two are related by attributed_to already"):
            relating.relate(related(), SCHEMA, replace(R1, id="r3"))

    def test_one_tail_more_than_the_most_is_refused(self) -> None:
        sources = [annotation(f"s{number}", 10 + number, 15, "source") for number in range(2)]
        state = with_values(related(), *sources)
        state = after(state, relating.relate(state, SCHEMA, Relation("r3", "attributed_to", "c", "s0")))
        with pytest.raises(OperationError, match="a head has at most 2 of attributed_to"):
            relating.relate(state, SCHEMA, Relation("r4", "attributed_to", "c", "s1"))


class TestRetype:
    def test_only_the_type_changes(self) -> None:
        before = replace(R1, attributes=(("sure", "no"),))
        state = with_values(related(), before)
        operation = relating.retype(state, RETYPING, "r1", "answers")
        assert operation == Operation("retype", (Change(before, replace(before, label="answers")),))

    def test_the_most_of_the_new_type_counts(self) -> None:
        state = with_values(related(), Relation("r3", "answers", "c", "d"))
        with pytest.raises(OperationError, match="a head has at most 1 of answers"):
            relating.retype(state, RETYPING, "r1", "answers")

    def test_the_most_of_the_old_type_does_not_count(self) -> None:
        state = with_values(related(), annotation("t", 15, 18, "source"), Relation("r3", "attributed_to", "c", "t"))
        assert after(state, relating.retype(state, RETYPING, "r3", "answers")).relations[0].id == "r3"

    def test_a_type_that_the_ends_may_not_have_is_refused(self) -> None:
        with pytest.raises(OperationError, match="a source cannot be the tail of repeats"):
            relating.retype(related(), SCHEMA, "r1", "repeats")

    def test_a_second_one_of_the_new_type_between_the_same_ends_is_refused(self) -> None:
        state = with_values(related(), replace(R2, id="r3", label="answers"))
        with pytest.raises(OperationError, match="these two are related by repeats already"):
            relating.retype(state, RETYPING, "r3", "repeats")

    @pytest.mark.parametrize(("schema", "type_id"), [(SCHEMA, "attributed_to"), (replace(SCHEMA, relations=()), "x")])
    def test_the_same_type_is_refused_also_where_the_schema_does_not_know_it(
        self, schema: Schema, type_id: str
    ) -> None:
        state = with_values(related(), replace(R1, label=type_id))
        with pytest.raises(OperationError, match=f"^this is {type_id} already$"):
            relating.retype(state, schema, "r1", type_id)

    def test_an_unknown_type_is_refused(self) -> None:
        with pytest.raises(OperationError, match="relation 'denies' is not in schema everything"):
            relating.retype(related(), SCHEMA, "r1", "denies")

    def test_the_inverse_brings_the_old_type_back(self) -> None:
        operation = relating.retype(related(), RETYPING, "r1", "answers")
        assert after(after(related(), operation), operation.inverse) == related()


class TestUnrelate:
    def test_the_relation_goes_and_its_ends_stay(self) -> None:
        state = after(related(), relating.unrelate(related(), "r1"))
        assert state.relations == (R2,)
        assert state.annotations == related().annotations

    def test_the_operation_is_the_inverse_of_relate(self) -> None:
        state = after(related(), relating.unrelate(related(), "r1"))
        assert relating.relate(state, SCHEMA, R1).inverse.changes == relating.unrelate(related(), "r1").changes

    @pytest.mark.parametrize("relation_id", ["gone", "c"])
    def test_what_is_no_relation_is_gone(self, relation_id: str) -> None:
        with pytest.raises(OperationError, match=r"^this relation is gone$"):
            relating.unrelate(related(), relation_id)

    def test_what_is_gone_cannot_be_retyped(self) -> None:
        with pytest.raises(OperationError, match=r"^this relation is gone$"):
            relating.retype(related(), SCHEMA, "gone", "repeats")


class TestWhatChangesWithAnnotations:
    """Relations follow the annotations at their ends."""

    def test_a_moved_edge_leaves_them(self) -> None:
        state = after(related(), edits.move_edges(related(), SCHEMA, "c", (2, 9), LENGTH))
        assert state.relations_of("c") == (R1, R2)

    def test_a_removed_end_takes_them_along_and_undo_brings_them_back(self) -> None:
        operation = edits.remove(related(), "s")
        gone = after(related(), operation)
        assert (gone.relations_of("c"), gone.relations_of("s")) == ((R2,), ())
        assert after(gone, operation.inverse).relations_of("s") == (R1,)

    def test_a_relabel_takes_those_along_that_the_label_may_not_have_and_undo_brings_them_back(self) -> None:
        operation = edits.relabel(related(), SCHEMA, "c", PASSAGE)
        passage = after(related(), operation)
        assert passage.relations_of("c") == (R2,)
        assert after(passage, operation.inverse).relations_of("c") == (R1, R2)

    def test_a_retyped_relation_goes_by_its_new_type_and_comes_back_under_it(self) -> None:
        retyped = after(related(), relating.retype(related(), RETYPING, "r2", "answers"))
        operation = edits.relabel(retyped, RETYPING, "d", SOURCE)
        kept = after(retyped, operation)
        assert kept.relations_of("d") == (replace(R2, label="answers"),)
        operation = edits.relabel(retyped, RETYPING, "d", PASSAGE)
        gone = after(retyped, operation)
        assert gone.relations_of("d") == ()
        assert after(gone, operation.inverse).relations_of("d") == (replace(R2, label="answers"),)


class TestRelationTypes:
    @pytest.mark.parametrize(
        ("head", "tail", "types"),
        [
            ("c", "s", ["attributed_to", "answers"]),
            ("s", "c", []),
            ("c", "d", ["repeats", "answers"]),
            ("d", "c", ["repeats", "answers"]),
        ],
    )
    def test_they_are_those_that_the_labels_allow_in_this_direction(
        self, head: str, tail: str, types: list[str]
    ) -> None:
        assert [one.id for one in relating.relation_types(related(), RETYPING, head, tail)] == types

    @pytest.mark.parametrize(("head", "tail"), [("gone", "s"), ("c", "gone")])
    def test_both_ends_must_be_there(self, head: str, tail: str) -> None:
        with pytest.raises(OperationError, match="this annotation is gone"):
            relating.relation_types(related(), SCHEMA, head, tail)

    def test_free_ones_leave_out_what_is_there_already(self) -> None:
        assert [one.id for one in relating.free_types(related(), RETYPING, "c", "s")] == ["answers"]

    def test_free_ones_leave_out_what_the_head_has_enough_of(self) -> None:
        state = with_values(related(), Relation("r3", "answers", "c", "d"), annotation("t", 15, 18, "source"))
        assert [one.id for one in relating.free_types(state, RETYPING, "c", "t")] == ["attributed_to"]

    def test_nothing_is_free_from_an_annotation_to_itself(self) -> None:
        assert relating.free_types(related(), SCHEMA, "c", "c") == ()


def target_ids(state: AnnotationState, annotation_id: str, type_id: str | None = None) -> list[str]:
    return [one.id for one in relating.targets(state, SCHEMA, annotation_id, type_id)]


def claim_among_sources() -> AnnotationState:
    starts = {"before": 14, "far before": 0, "inside": 24, "after": 31, "far after": 38}
    sources = [annotation(name, start, start + 2, "source") for name, start in starts.items()]
    return AnnotationState.of([*sources, annotation("c", 20, 30)])


class TestTargets:
    def test_the_nearest_comes_first_by_where_it_starts(self) -> None:
        found = target_ids(claim_among_sources(), "c")
        assert found == ["inside", "before", "after", "far after", "far before"]

    def test_of_two_as_near_the_one_before_it_comes_first(self) -> None:
        starts = (("z", 10), ("a", 30), ("y", 15), ("b", 25))
        sources = [annotation(name, start, start + 2, "source") for name, start in starts]
        assert target_ids(AnnotationState.of([*sources, annotation("c", 20, 24)]), "c") == ["y", "b", "z", "a"]

    def test_one_around_counts_by_its_start(self) -> None:
        state = with_values(claim_among_sources(), annotation("around", 18, 36, "source"))
        assert target_ids(state, "c")[:2] == ["around", "inside"]

    def test_one_on_the_same_span_is_the_nearest(self) -> None:
        state = with_values(claim_among_sources(), annotation("same", 20, 30, "source"))
        assert target_ids(state, "c")[0] == "same"
        assert target_ids(state, "same") == ["c"]

    def test_heads_are_found_from_the_tail(self) -> None:
        assert target_ids(claim_among_sources(), "after") == ["c"]

    def test_both_directions_are_looked_at(self) -> None:
        state = AnnotationState.of([annotation("p", 0, 5, "passage"), annotation("c", 5, 9), annotation("d", 9, 12)])
        assert target_ids(state, "c") == ["d", "p"]

    def test_one_related_already_in_one_direction_is_found_for_the_other(self) -> None:
        assert target_ids(related(), "c", "repeats") == ["d"]
        both = with_values(related(), Relation("r3", "repeats", "d", "c"))
        assert target_ids(both, "c", "repeats") == []

    def test_only_ends_of_the_type_asked_for_are_found(self) -> None:
        state = with_values(related(), annotation("t", 15, 18, "source"))
        assert target_ids(state, "c", "attributed_to") == ["t"]
        assert target_ids(state, "c", "repeats") == ["d"]
        assert target_ids(state, "c", "denies") == []

    def test_an_equal_relation_leaves_its_end_out(self) -> None:
        assert target_ids(related(), "c", "attributed_to") == []
        assert target_ids(related(), "s") == ["d"]

    def test_a_head_that_has_enough_finds_no_tail(self) -> None:
        state = with_values(claim_among_sources(), Relation("r1", "attributed_to", "c", "before"))
        state = with_values(state, Relation("r2", "attributed_to", "c", "after"))
        assert target_ids(state, "c") == []

    def test_a_head_that_has_enough_is_not_found_from_a_tail(self) -> None:
        state = with_values(claim_among_sources(), Relation("r1", "attributed_to", "c", "before"))
        state = with_values(state, Relation("r2", "attributed_to", "c", "after"))
        assert target_ids(state, "inside") == []

    def test_it_is_no_target_of_itself(self) -> None:
        assert target_ids(AnnotationState.of([annotation("c", 0, 5)]), "c") == []

    def test_a_hidden_annotation_is_left_out(self) -> None:
        state = AnnotationState.of([annotation("c", 0, 5), annotation("h", 3, 3, "source", raw=(4, 9))])
        assert target_ids(state, "c") == []

    def test_a_label_in_no_relation_has_none(self) -> None:
        state = with_values(related(), annotation("b", 0, 5, "boilerplate"))
        assert target_ids(state, "b") == []

    def test_what_is_gone_has_none(self) -> None:
        with pytest.raises(OperationError, match="this annotation is gone"):
            relating.targets(related(), SCHEMA, "gone")


class TestBrokenRelations:
    def test_none_break_where_the_labels_stay(self) -> None:
        assert relating.broken_relations(related(), SCHEMA, related().annotations) == []

    def test_the_new_labels_of_both_ends_count(self) -> None:
        turned = [annotation("c", 0, 10, "source"), annotation("s", 10, 15, "claim")]
        assert relating.broken_relations(related(), SCHEMA, turned) == [R1, R2]

    def test_each_stands_once_by_type_and_id(self) -> None:
        gone = [annotation(one.id, one.start, one.end, "boilerplate") for one in reversed(related().annotations)]
        assert relating.broken_relations(related(), SCHEMA, gone) == [R1, R2]

    def test_one_of_a_type_that_the_schema_does_not_know_stays(self) -> None:
        schema = replace(SCHEMA, relations=(RelationType("other", ("claim",), ("claim",)),))
        assert relating.broken_relations(related(), schema, [annotation("c", 0, 10, "boilerplate")]) == []

    def test_an_end_that_keeps_its_label_is_not_judged(self) -> None:
        odd = Relation("r3", "attributed_to", "d", "c")
        state = with_values(related(), odd)
        assert relating.broken_relations(state, SCHEMA, [replace(annotation("d", 20, 30), label=CLAIM.id)]) == []
