from __future__ import annotations

import pytest

from annotator.errors import OperationError
from annotator.model.annotation import Annotation, Relation
from annotator.model.state import AnnotationState
from annotator.model.validation import check_annotation, check_overlap, check_relation
from tests.support.model import CLAIM, LENGTH, SCHEMA, annotation, related


def refusal(one: Annotation) -> OperationError:
    with pytest.raises(OperationError) as caught:
        check_annotation(one, SCHEMA, LENGTH)
    return caught.value


class TestOffsets:
    @pytest.mark.parametrize(("start", "end"), [(0, 1), (0, LENGTH), (LENGTH - 1, LENGTH), (7, 12)])
    def test_a_span_inside_the_text_is_accepted(self, start: int, end: int) -> None:
        check_annotation(annotation("a", start, end), SCHEMA, LENGTH)

    @pytest.mark.parametrize(
        ("start", "end"), [(-1, 5), (0, LENGTH + 1), (LENGTH, LENGTH + 1), (LENGTH + 1, LENGTH + 2), (6, 5)]
    )
    def test_a_span_outside_the_text_or_the_wrong_way_round_is_refused(self, start: int, end: int) -> None:
        message = f"span {start}–{end} lies outside the text of {LENGTH} characters"
        assert refusal(annotation("a", start, end)).message == message

    @pytest.mark.parametrize("offset", [0, 5, LENGTH])
    def test_an_empty_span_is_refused(self, offset: int) -> None:
        assert refusal(annotation("a", offset, offset)).message == f"span {offset}–{offset} is empty"

    @pytest.mark.parametrize("offset", [0, 5, LENGTH])
    def test_an_empty_span_whose_place_in_the_raw_text_is_known_is_accepted(self, offset: int) -> None:
        check_annotation(annotation("a", offset, offset, raw=(5, 9)), SCHEMA, LENGTH)

    def test_a_hidden_annotation_outside_the_text_is_refused(self) -> None:
        assert "lies outside" in refusal(annotation("a", LENGTH + 1, LENGTH + 1, raw=(5, 9))).message

    def test_no_annotation_fits_into_an_empty_text(self) -> None:
        with pytest.raises(OperationError, match="outside the text of 0 characters"):
            check_annotation(annotation("a", 0, 1), SCHEMA, 0)


class TestLabelAndAttributes:
    def test_an_unknown_label_is_refused_with_those_that_are_known(self) -> None:
        message = refusal(annotation("a", 0, 5, "speaker")).message
        known = "claim, source, boilerplate, passage"
        assert message == f"label 'speaker' is not in schema everything (its labels: {known})"

    @pytest.mark.parametrize(
        "attributes",
        [(), (("quote", "direct"),), (("check_worthy", "false"), ("comment", "أي نص")), (("comment", ""),)],
    )
    def test_attributes_of_the_label_are_accepted(self, attributes: tuple[tuple[str, str], ...]) -> None:
        check_annotation(annotation(attributes=attributes), SCHEMA, LENGTH)

    def test_an_attribute_of_another_label_is_refused(self) -> None:
        error = refusal(annotation(attributes=(("quote", "direct"), ("type", "person"))))
        assert error.message == "label claim has no attribute 'type'"

    @pytest.mark.parametrize(("key", "value"), [("quote", "none"), ("quote", ""), ("check_worthy", "True")])
    def test_a_value_outside_the_domain_is_refused(self, key: str, value: str) -> None:
        assert refusal(annotation(attributes=((key, value),))).message == f"{value!r} is no value of claim.{key}"

    def test_an_attribute_that_stands_twice_is_refused(self) -> None:
        attributes = (("quote", "direct"), ("quote", "indirect"))
        assert refusal(annotation(attributes=attributes)).message == "an attribute of claim stands twice"

    def test_an_error_holds_what_it_names_which_has_names_for_people(self) -> None:
        error = refusal(annotation(attributes=(("quote", "none"),)))
        assert error.template == "{value!r} is no value of {label}.{attribute}"
        assert error.values == {"value": "none", "label": CLAIM, "attribute": CLAIM.attributes[0]}


def overlap_allowed(label: str, span: tuple[int, int], *others: Annotation) -> bool:
    try:
        check_overlap(annotation("new", *span, label), AnnotationState.of(others), SCHEMA)
    except OperationError:
        return False
    return True


class TestOverlap:
    """Each case is the span of a new annotation beside another one at [10, 20)."""

    APART = ((0, 10), (20, 25), (0, 3))
    NESTED = ((12, 15), (10, 15), (15, 20), (5, 25), (10, 25), (5, 20))
    CROSSING = ((5, 15), (15, 25), (5, 11), (19, 25))

    @pytest.mark.parametrize("span", APART + NESTED + CROSSING)
    def test_the_rule_any_allows_every_overlap(self, span: tuple[int, int]) -> None:
        assert overlap_allowed("claim", span, annotation("a", 10, 20))

    @pytest.mark.parametrize("label", ["claim", "passage", "boilerplate"])
    def test_no_rule_allows_the_same_label_on_the_same_span(self, label: str) -> None:
        assert not overlap_allowed(label, (10, 20), annotation("a", 10, 20, label))

    @pytest.mark.parametrize("span", APART + NESTED)
    def test_the_rule_nested_allows_inside_and_around(self, span: tuple[int, int]) -> None:
        assert overlap_allowed("passage", span, annotation("a", 10, 20, "passage"))

    @pytest.mark.parametrize("span", CROSSING)
    def test_the_rule_nested_refuses_crossing(self, span: tuple[int, int]) -> None:
        state = AnnotationState.of([annotation("a", 10, 20, "passage")])
        with pytest.raises(OperationError) as caught:
            check_overlap(annotation("new", *span, "passage"), state, SCHEMA)
        assert caught.value.message == "a passage may only lie inside or around another passage"

    @pytest.mark.parametrize("span", APART)
    def test_the_rule_none_allows_what_only_touches(self, span: tuple[int, int]) -> None:
        assert overlap_allowed("boilerplate", span, annotation("a", 10, 20, "boilerplate"))

    @pytest.mark.parametrize("span", NESTED + CROSSING)
    def test_the_rule_none_refuses_a_shared_character(self, span: tuple[int, int]) -> None:
        state = AnnotationState.of([annotation("a", 10, 20, "boilerplate")])
        with pytest.raises(OperationError) as caught:
            check_overlap(annotation("new", *span, "boilerplate"), state, SCHEMA)
        assert caught.value.message == "a boilerplate may not overlap another boilerplate"

    @pytest.mark.parametrize("label", ["boilerplate", "passage"])
    def test_annotations_of_other_labels_do_not_count(self, label: str) -> None:
        assert overlap_allowed(label, (5, 15), annotation("a", 10, 20))

    @pytest.mark.parametrize("label", ["boilerplate", "passage"])
    def test_an_annotation_may_overlap_its_own_former_span(self, label: str) -> None:
        assert overlap_allowed(label, (5, 15), annotation("new", 10, 20, label))

    def test_the_second_neighbour_counts_where_the_first_is_fine(self) -> None:
        others = annotation("a", 5, 20), annotation("b", 8, 12, "passage"), annotation("c", 14, 30, "passage")
        assert not overlap_allowed("passage", (8, 20), *others)

    def test_a_hidden_annotation_overlaps_nothing(self) -> None:
        hidden = annotation("h", 12, 12, "boilerplate", raw=(30, 40))
        around = annotation("a", 10, 20, "boilerplate")
        check_overlap(hidden, AnnotationState.of([around]), SCHEMA)
        check_overlap(around, AnnotationState.of([hidden]), SCHEMA)

    def test_a_label_that_the_schema_does_not_know_has_no_rule(self) -> None:
        assert overlap_allowed("speaker", (5, 15), annotation("a", 10, 20, "speaker"))


def relation_refusal(relation: Relation, state: AnnotationState) -> str:
    with pytest.raises(OperationError) as caught:
        check_relation(relation, state, SCHEMA)
    return caught.value.message


class TestRelation:
    def test_a_relation_between_labels_of_its_type_is_accepted(self) -> None:
        check_relation(Relation("r3", "attributed_to", "d", "s"), related(), SCHEMA)

    def test_an_unknown_type_is_refused(self) -> None:
        message = relation_refusal(Relation("r3", "denies", "c", "s"), related())
        assert message == "relation 'denies' is not in schema everything"

    @pytest.mark.parametrize(("head", "tail", "role"), [("x", "s", "head"), ("c", "x", "tail")])
    def test_an_end_that_is_not_there_is_refused(self, head: str, tail: str, role: str) -> None:
        message = relation_refusal(Relation("r3", "attributed_to", head, tail), related())
        assert message == f"the {role} 'x' of relation 'r3' is no annotation here"

    def test_another_relation_is_no_end(self) -> None:
        message = relation_refusal(Relation("r3", "attributed_to", "c", "r1"), related())
        assert message == "the tail 'r1' of relation 'r3' is no annotation here"

    @pytest.mark.parametrize(
        ("head", "tail", "message"),
        [
            ("s", "s", "a source cannot be the head of attributed_to"),
            ("c", "d", "a claim cannot be the tail of attributed_to"),
        ],
    )
    def test_an_end_of_another_label_is_refused(self, head: str, tail: str, message: str) -> None:
        assert relation_refusal(Relation("r3", "attributed_to", head, tail), related()) == message

    def test_a_head_may_have_as_many_tails_as_its_type_says(self) -> None:
        check_relation(Relation("r3", "attributed_to", "c", "t"), with_sources("r1"), SCHEMA)

    def test_a_head_may_not_have_more(self) -> None:
        message = relation_refusal(Relation("r3", "attributed_to", "c", "t"), with_sources("r1", "r2"))
        assert message == "a head has at most 2 of attributed_to"

    def test_another_version_of_a_relation_does_not_count_against_itself(self) -> None:
        check_relation(Relation("r2", "attributed_to", "c", "t"), with_sources("r1", "r2"), SCHEMA)

    def test_the_tails_of_another_head_do_not_count(self) -> None:
        check_relation(Relation("r3", "attributed_to", "d", "t"), with_sources("r1", "r2"), SCHEMA)

    def test_relations_of_another_type_do_not_count(self) -> None:
        others = [Relation(relation_id, "repeats", "c", "d") for relation_id in ("p", "q")]
        state = AnnotationState.of([*with_sources("r1").values.values(), *others])
        check_relation(Relation("r3", "attributed_to", "c", "t"), state, SCHEMA)

    def test_a_type_without_a_limit_has_none(self) -> None:
        many = [Relation(f"q{number}", "repeats", "c", "d") for number in range(20)]
        state = AnnotationState.of([annotation("c", 0, 5), annotation("d", 5, 9), annotation("e", 9, 12), *many])
        check_relation(Relation("new", "repeats", "c", "e"), state, SCHEMA)

    def test_an_annotation_related_to_itself_is_refused(self) -> None:
        message = relation_refusal(Relation("r3", "repeats", "c", "c"), related())
        assert message == "an annotation cannot be related to itself"

    def test_a_second_relation_of_one_type_between_the_same_ends_is_refused(self) -> None:
        message = relation_refusal(Relation("r3", "repeats", "c", "d"), related())
        assert message == "these two are related by repeats already"

    def test_the_same_ends_the_other_way_round_are_another_relation(self) -> None:
        check_relation(Relation("r3", "repeats", "d", "c"), related(), SCHEMA)


def with_sources(*relation_ids: str) -> AnnotationState:
    """Two claims and three sources; the claim `c` is attributed to a source by each of the given relations."""
    return AnnotationState.of(
        [
            annotation("c", 0, 10),
            annotation("d", 10, 20),
            *(annotation(source, 20, 30, "source") for source in ("s", "t", "u")),
            *(
                Relation(relation_id, "attributed_to", "c", source)
                for relation_id, source in zip(relation_ids, ("s", "u"), strict=False)
            ),
        ]
    )
