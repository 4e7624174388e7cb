from __future__ import annotations

from collections.abc import Iterator

import pytest

from annotator.model.annotation import Annotation, DocumentLabel, Note, Relation, Status
from annotator.model.state import STRETCH, AnnotationState, reading_order
from tests.support.model import annotation, related


NESTED = AnnotationState.of(
    [
        annotation("inner", 4, 6, "source"),
        annotation("outer", 0, 20),
        annotation("last", 30, 35),
        annotation("middle", 2, 10),
    ]
)


def ids(found: Iterator[Annotation] | list[Annotation] | tuple[Annotation, ...]) -> list[str]:
    return [one.id for one in found]


class TestReadingOrder:
    def test_the_earlier_start_comes_first(self) -> None:
        assert reading_order(annotation("z", 1, 2)) < reading_order(annotation("a", 2, 9))

    def test_the_outer_comes_before_the_inner(self) -> None:
        assert reading_order(annotation("z", 1, 9)) < reading_order(annotation("a", 1, 2))

    def test_the_same_span_is_ordered_by_label_then_id(self) -> None:
        same = [annotation("z", 0, 5, "claim"), annotation("a", 0, 5, "source"), annotation("b", 0, 5, "claim")]
        assert ids(sorted(same, key=reading_order)) == ["b", "z", "a"]


class TestContents:
    def test_a_new_state_is_empty(self) -> None:
        state = AnnotationState()
        assert (state.annotations, state.relations, state.document_labels) == ((), (), ())

    def test_a_new_state_is_open_and_has_no_note(self) -> None:
        assert (AnnotationState().status, AnnotationState().note) == ("open", "")

    def test_annotations_are_in_reading_order_whatever_order_they_were_made_in(self) -> None:
        assert ids(NESTED.annotations) == ["outer", "middle", "inner", "last"]

    def test_relations_are_ordered_by_label_and_id(self) -> None:
        made = [Relation(id_, label, "a", "b") for id_, label in [("3", "b"), ("2", "b"), ("9", "a")]]
        assert [one.id for one in AnnotationState.of(made).relations] == ["9", "2", "3"]

    def test_document_labels_are_sorted(self) -> None:
        state = AnnotationState.of([DocumentLabel("opinion"), DocumentLabel("breaking")])
        assert state.document_labels == ("breaking", "opinion")

    def test_note_and_status_are_those_that_were_set(self) -> None:
        state = AnnotationState.of([Note("look again"), Status("flagged")])
        assert (state.note, state.status) == ("look again", "flagged")

    def test_an_annotation_is_found_by_its_id(self) -> None:
        assert NESTED.annotation("inner") == annotation("inner", 4, 6, "source")

    def test_an_id_without_an_annotation_finds_none(self) -> None:
        assert NESTED.annotation("gone") is None

    def test_the_id_of_a_relation_finds_no_annotation(self) -> None:
        assert related().annotation("r1") is None

    def test_the_later_of_two_values_of_one_slot_is_kept(self) -> None:
        state = AnnotationState.of([annotation("a", 0, 5), annotation("a", 6, 9)])
        assert state.annotations == (annotation("a", 6, 9),)

    def test_states_of_the_same_values_are_equal_whatever_their_order(self) -> None:
        one, other = annotation("a", 0, 5), annotation("b", 6, 9)
        assert AnnotationState.of([one, other]) == AnnotationState.of([other, one])

    def test_states_of_other_values_differ(self) -> None:
        assert AnnotationState.of([annotation("a", 0, 5)]) != AnnotationState.of([annotation("a", 0, 6)])

    def test_looking_into_a_state_does_not_change_what_it_equals(self) -> None:
        state = related()
        assert state.annotations
        assert list(state.overlapping(0, 40))
        assert state == related()


class TestRelations:
    def test_an_annotation_finds_those_that_start_from_it_or_lead_to_it(self) -> None:
        r1, r2 = related().relations
        assert [related().relations_of(one) for one in ("c", "s", "d")] == [(r1, r2), (r1,), (r2,)]

    def test_they_are_ordered_by_type_and_id(self) -> None:
        made = [Relation(id_, label, "a", "b") for id_, label in [("3", "b"), ("2", "b"), ("9", "a")]]
        assert [one.id for one in AnnotationState.of(made).relations_of("b")] == ["9", "2", "3"]

    def test_one_from_an_annotation_to_itself_is_found_once(self) -> None:
        state = AnnotationState.of([Relation("r", "repeats", "a", "a")])
        assert [one.id for one in state.relations_of("a")] == ["r"]

    @pytest.mark.parametrize("annotation_id", ["gone", "r1"])
    def test_what_is_in_no_relation_finds_none(self, annotation_id: str) -> None:
        assert related().relations_of(annotation_id) == ()

    def test_the_related_ones_are_those_at_either_end(self) -> None:
        state = AnnotationState.of([*related().values.values(), annotation("alone", 30, 35)])
        assert state.related == {"c", "s", "d"}

    def test_nothing_is_related_in_an_empty_state(self) -> None:
        assert AnnotationState().related == frozenset()


class TestOverlapping:
    @pytest.mark.parametrize(
        ("start", "end", "found"),
        [
            (0, 40, ["outer", "middle", "inner", "last"]),
            (4, 5, ["outer", "middle", "inner"]),
            (6, 8, ["outer", "middle"]),
            (10, 12, ["outer"]),
            (20, 30, []),
            (20, 31, ["last"]),
            (34, 99, ["last"]),
            (35, 40, []),
        ],
    )
    def test_finds_those_that_share_a_character_in_reading_order(self, start: int, end: int, found: list[str]) -> None:
        assert ids(NESTED.overlapping(start, end)) == found

    def test_a_span_that_only_touches_shares_no_character(self) -> None:
        state = AnnotationState.of([annotation("a", 5, 10)])
        assert ids(state.overlapping(0, 5)) == ids(state.overlapping(10, 15)) == []

    def test_an_empty_range_shares_no_character(self) -> None:
        assert ids(NESTED.overlapping(5, 5)) == []

    def test_a_hidden_annotation_shares_no_character(self) -> None:
        state = AnnotationState.of([annotation("h", 5, 5, raw=(5, 9)), annotation("a", 0, 10)])
        assert ids(state.overlapping(0, 10)) == ["a"]

    def test_a_long_annotation_is_found_behind_more_short_ones_than_share_an_entry_of_the_index(self) -> None:
        short = [annotation(f"s{start}", start, start + 1) for start in range(1, 3 * STRETCH)]
        state = AnnotationState.of([annotation("long", 0, 4 * STRETCH), *short])
        assert ids(state.overlapping(2 * STRETCH, 2 * STRETCH + 1)) == ["long", f"s{2 * STRETCH}"]
        assert ids(state.overlapping(3 * STRETCH, 5 * STRETCH)) == ["long"]
        assert ids(state.overlapping(4 * STRETCH, 5 * STRETCH)) == []

    def test_a_long_annotation_is_found_behind_many_short_ones(self) -> None:
        short = [annotation(f"s{start}", start, start + 1) for start in range(1, 30)]
        state = AnnotationState.of([annotation("long", 0, 40), *short])
        assert ids(state.overlapping(35, 36)) == ["long"]


class TestAt:
    def test_the_smallest_comes_first(self) -> None:
        assert ids(NESTED.at(4)) == ["inner", "middle", "outer"]

    def test_those_of_one_size_are_ordered_by_id(self) -> None:
        state = AnnotationState.of([annotation("b", 0, 5), annotation("a", 2, 7)])
        assert ids(state.at(3)) == ["a", "b"]

    def test_the_end_of_a_span_is_no_character_of_it(self) -> None:
        assert ids(NESTED.at(20)) == []

    def test_the_start_of_a_span_is_a_character_of_it(self) -> None:
        assert ids(NESTED.at(30)) == ["last"]
