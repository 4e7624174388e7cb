from __future__ import annotations

import pytest

from annotator.errors import OperationError
from annotator.model import many
from annotator.model.annotation import Relation
from annotator.model.operations import Change, Operation, apply
from annotator.model.state import AnnotationState
from tests.support.model import BOILERPLATE, CLAIM, LENGTH, PASSAGE, SCHEMA, SOURCE, annotation, related


EMPTY = AnnotationState()


def after(state: AnnotationState, operation: Operation) -> AnnotationState:
    return apply(state, operation)[0]


def added(operation: Operation) -> list[str]:
    return [change.slot[1] for change in operation.changes]


class TestAddAll:
    def test_all_come_in_one_operation_in_reading_order(self) -> None:
        new = [annotation("b", 6, 9), annotation("a", 0, 5, "source")]
        operation, skipped = many.add_all(EMPTY, SCHEMA, new, LENGTH)
        assert operation == Operation("add", (Change(None, new[1]), Change(None, new[0])))
        assert skipped == 0

    def test_twins_of_what_is_there_are_skipped_and_counted(self) -> None:
        state = AnnotationState.of([annotation("old", 0, 5)])
        new = [annotation("a", 0, 5), annotation("b", 0, 5, "source"), annotation("c", 6, 9)]
        operation, skipped = many.add_all(state, SCHEMA, new, LENGTH)
        assert (added(operation), skipped) == (["b", "c"], 1)

    def test_twins_of_one_another_are_skipped_but_for_one(self) -> None:
        new = [annotation("a", 0, 5), annotation("b", 0, 5), annotation("c", 0, 5)]
        operation, skipped = many.add_all(EMPTY, SCHEMA, new, LENGTH)
        assert (added(operation), skipped) == (["a"], 2)

    @pytest.mark.parametrize(
        ("label", "fitting"),
        [("claim", ["out", "in", "across"]), ("passage", ["out", "in"]), ("boilerplate", ["out"])],
    )
    def test_the_rule_of_the_label_holds_among_the_new_ones(self, label: str, fitting: list[str]) -> None:
        new = [annotation("in", 2, 4, label), annotation("across", 8, 12, label), annotation("out", 0, 10, label)]
        operation, skipped = many.add_all(EMPTY, SCHEMA, new, LENGTH)
        assert (added(operation), skipped) == (fitting, 3 - len(fitting))

    @pytest.mark.parametrize(("label", "fits"), [("claim", True), ("passage", False), ("boilerplate", False)])
    def test_the_rule_of_the_label_holds_beside_what_is_there(self, label: str, fits: bool) -> None:
        state = AnnotationState.of([annotation("old", 5, 15, label)])
        new = [annotation("across", 10, 20, label), annotation("apart", 15, 20, label)]
        operation, _ = many.add_all(state, SCHEMA, new, LENGTH)
        assert added(operation) == [*(["across"] if fits else []), "apart"]

    def test_nested_ones_may_lie_beside_one_another_inside_an_outer_one(self) -> None:
        spans = [(0, 20), (0, 8), (2, 4), (4, 8), (8, 20), (10, 12), (20, 22)]
        new = [annotation(f"{start}-{end}", start, end, "passage") for start, end in spans]
        operation, skipped = many.add_all(EMPTY, SCHEMA, new, LENGTH)
        assert (len(operation.changes), skipped) == (7, 0)

    def test_a_skipped_one_does_not_stand_in_the_way_of_others(self) -> None:
        new = [annotation("a", 0, 10, "boilerplate"), annotation("b", 5, 15, "boilerplate")]
        new.append(annotation("c", 10, 20, "boilerplate"))
        operation, skipped = many.add_all(EMPTY, SCHEMA, new, LENGTH)
        assert (added(operation), skipped) == (["a", "c"], 1)

    def test_labels_do_not_stand_in_one_anothers_way(self) -> None:
        new = [annotation("a", 0, 10, "boilerplate"), annotation("b", 5, 15, "passage"), annotation("c", 5, 15)]
        assert many.add_all(EMPTY, SCHEMA, new, LENGTH)[1] == 0

    def test_hidden_ones_overlap_nothing(self) -> None:
        new = [annotation("a", 0, 10, "boilerplate"), annotation("h", 5, 5, "boilerplate", raw=(6, 9))]
        new.append(annotation("i", 5, 5, "boilerplate", raw=(6, 9)))
        assert many.add_all(EMPTY, SCHEMA, new, LENGTH)[1] == 0

    def test_one_outside_the_text_is_refused_with_all(self) -> None:
        with pytest.raises(OperationError, match="outside the text of 4 characters"):
            many.add_all(EMPTY, SCHEMA, [annotation("a", 0, 2), annotation("b", 0, 5)], 4)

    def test_where_none_is_left_it_is_refused(self) -> None:
        state = AnnotationState.of([annotation("old", 0, 5)])
        with pytest.raises(OperationError, match="there is nothing to add"):
            many.add_all(state, SCHEMA, [annotation("a", 0, 5)], LENGTH)

    def test_nothing_is_nothing_to_add(self) -> None:
        with pytest.raises(OperationError, match="there is nothing to add"):
            many.add_all(EMPTY, SCHEMA, [], LENGTH)


class TestRelabelAll:
    def test_all_of_the_label_get_the_other_one_in_one_operation(self) -> None:
        state = AnnotationState.of([annotation("a", 0, 5), annotation("b", 6, 9), annotation("s", 10, 12, "source")])
        operation, skipped = many.relabel_all(state, SCHEMA, "claim", PASSAGE)
        assert (operation.name, skipped) == ("relabel", 0)
        assert [one.label for one in after(state, operation).annotations] == ["passage", "passage", "source"]

    def test_attributes_that_the_new_label_knows_keep_their_values(self) -> None:
        state = AnnotationState.of([annotation("a", 0, 5, attributes=(("quote", "direct"),), schema_version=1)])
        operation, _ = many.relabel_all(state, SCHEMA, "claim", SOURCE)
        now = after(state, operation).annotations[0]
        assert now.attributes == (("type", "person"), ("quote", "direct"), ("comment", "unnamed"))
        assert now.schema_version == 3

    def test_those_that_would_be_twins_are_skipped_and_counted(self) -> None:
        state = AnnotationState.of([annotation("a", 0, 5), annotation("b", 6, 9), annotation("s", 0, 5, "source")])
        operation, skipped = many.relabel_all(state, SCHEMA, "claim", SOURCE)
        assert (skipped, after(state, operation).counts) == (1, {"source": 2, "claim": 1})

    def test_those_that_would_overlap_one_another_are_skipped_but_for_the_outer_and_first(self) -> None:
        state = AnnotationState.of([annotation("in", 2, 4), annotation("across", 8, 12), annotation("out", 0, 10)])
        operation, skipped = many.relabel_all(state, SCHEMA, "claim", BOILERPLATE)
        furniture = [one.id for one in after(state, operation).annotations if one.label == "boilerplate"]
        assert (furniture, skipped) == (["out"], 2)

    def test_relations_that_the_new_label_may_not_have_go_before_their_ends_change(self) -> None:
        operation, _ = many.relabel_all(related(), SCHEMA, "claim", PASSAGE)
        assert [change.slot[1] for change in operation.changes] == ["r1", "c", "d"]
        assert [one.id for one in after(related(), operation).relations] == ["r2"]

    def test_the_inverse_brings_all_back(self) -> None:
        operation, _ = many.relabel_all(related(), SCHEMA, "claim", SOURCE)
        assert after(related(), operation).relations == ()
        assert after(after(related(), operation), operation.inverse) == related()

    def test_annotations_of_a_label_that_the_schema_does_not_know_can_be_saved(self) -> None:
        state = AnnotationState.of([annotation("a", 0, 5, "speaker")])
        operation, _ = many.relabel_all(state, SCHEMA, "speaker", SOURCE)
        assert after(state, operation).counts == {"source": 1}

    def test_the_same_label_is_refused(self) -> None:
        with pytest.raises(OperationError, match=r"^this is a claim already$"):
            many.relabel_all(related(), SCHEMA, "claim", CLAIM)

    def test_a_label_that_is_not_there_is_refused(self) -> None:
        with pytest.raises(OperationError, match=r"^nothing here is labelled boilerplate$"):
            many.relabel_all(related(), SCHEMA, "boilerplate", CLAIM)

    def test_where_none_is_left_it_is_refused(self) -> None:
        state = AnnotationState.of([annotation("a", 0, 5), annotation("s", 0, 5, "source")])
        with pytest.raises(OperationError, match="none of these can be source"):
            many.relabel_all(state, SCHEMA, "claim", SOURCE)


class TestRemoveAll:
    def test_all_of_the_label_go_in_one_operation_with_their_relations_before_them(self) -> None:
        operation = many.remove_all(related(), "claim")
        assert operation.name == "remove"
        assert [change.slot[1] for change in operation.changes] == ["r1", "r2", "c", "d"]
        assert [one.id for one in after(related(), operation).annotations] == ["s"]

    def test_relations_of_others_stay(self) -> None:
        operation = many.remove_all(related(), "source")
        assert [one.id for one in after(related(), operation).relations] == ["r2"]

    def test_hidden_ones_go_too(self) -> None:
        state = AnnotationState.of([annotation("h", 5, 5, raw=(6, 9)), annotation("s", 0, 5, "source")])
        assert after(state, many.remove_all(state, "claim")).counts == {"source": 1}

    def test_the_inverse_brings_all_back(self) -> None:
        operation = many.remove_all(related(), "claim")
        assert after(after(related(), operation), operation.inverse) == related()

    def test_a_label_that_is_not_there_is_refused(self) -> None:
        with pytest.raises(OperationError, match=r"^nothing here is labelled boilerplate$"):
            many.remove_all(related(), "boilerplate")


def test_more_changes_than_are_sorted_in_one_by_one_come_to_the_right_order() -> None:
    state = related()
    assert state.related
    new = [annotation(f"n{number:03}", number, number + 1) for number in reversed(range(39))]
    new += [annotation(f"m{number:03}", number, number + 2, "source") for number in range(38)]
    now = after(state, many.add_all(state, SCHEMA, new, LENGTH)[0])
    fresh = AnnotationState(now.values)
    assert (now.annotations, now.relations_of("c")) == (fresh.annotations, fresh.relations_of("c"))
    gone = after(now, many.remove_all(now, "claim"))
    assert (gone.annotations, gone.related) == (AnnotationState(gone.values).annotations, frozenset())


def test_more_relations_than_are_sorted_in_one_by_one_are_found() -> None:
    claims = [annotation(f"c{number:03}", number % 30, 31 + number % 9) for number in range(100)]
    relations = [Relation(f"r{one.id}", "attributed_to", one.id, "s") for one in claims]
    state = AnnotationState.of([*claims, annotation("s", 0, 40, "source"), *relations])
    assert len(state.relations_of("s")) == 100
    gone = after(state, many.remove_all(state, "claim"))
    assert (gone.relations, gone.relations_of("s"), gone.related) == ((), (), frozenset())
    assert [one.id for one in gone.annotations] == ["s"]
