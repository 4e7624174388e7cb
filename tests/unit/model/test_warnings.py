from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.model.annotation import Relation
from annotator.model.schema import Attribute, Schema
from annotator.model.state import AnnotationState
from annotator.model.warnings import Flaw, document_warnings, warnings
from tests.support.model import ATTRIBUTED_TO, CLAIM, REPEATS, SCHEMA, SOURCE, annotation, related


NEEDY = replace(SCHEMA, relations=(replace(ATTRIBUTED_TO, min=2), REPEATS))
"""A schema in which every claim wants two sources, and may have no more."""


def messages(state: AnnotationState, annotation_id: str, schema: Schema = SCHEMA) -> list[str]:
    found = state.annotation(annotation_id)
    assert found is not None
    return [flaw.message for flaw in warnings(found, state, schema)]


def alone(label: str = "claim", **fields: object) -> AnnotationState:
    return AnnotationState.of([annotation("a", 0, 5, label, **fields)])


class TestLabelAndAttributes:
    @pytest.mark.parametrize("label", ["claim", "source", "boilerplate", "passage"])
    def test_a_new_annotation_has_no_flaw(self, label: str) -> None:
        assert messages(alone(label), "a") == []

    def test_an_unknown_label_is_the_only_flaw(self) -> None:
        state = alone("speaker", attributes=(("role", "x"),))
        assert messages(state, "a") == ["the schema has no label 'speaker'"]

    def test_missing_attributes_are_flaws_in_the_order_of_the_schema(self) -> None:
        state = alone(attributes=(("check_worthy", "true"),))
        assert messages(state, "a") == ["quote is missing", "comment is missing"]

    def test_a_value_outside_its_domain_is_a_flaw(self) -> None:
        state = alone(attributes=(("quote", "none"), ("check_worthy", "yes"), ("comment", "")))
        assert messages(state, "a") == ["'none' is no value of quote", "'yes' is no value of check_worthy"]

    def test_an_unknown_attribute_is_a_flaw_after_the_others(self) -> None:
        state = alone(attributes=(("mood", "x"), ("quote", "direct"), ("check_worthy", "true")))
        assert messages(state, "a") == ["comment is missing", "claim has no attribute 'mood'"]

    @pytest.mark.parametrize("text", ["", " ", "\u00a0\n"])
    def test_a_required_text_without_a_letter_is_a_flaw(self, text: str) -> None:
        state = alone("source", attributes=(("type", "person"), ("quote", "none"), ("comment", text)))
        assert messages(state, "a") == ["comment is empty"]

    def test_a_required_text_that_is_not_there_is_missing_and_no_more(self) -> None:
        state = alone("source", attributes=(("type", "person"), ("quote", "none")))
        assert messages(state, "a") == ["comment is missing"]

    def test_a_text_that_is_not_required_may_be_empty(self) -> None:
        assert dict(CLAIM.defaults())["comment"] == ""
        assert messages(alone(), "a") == []

    def test_a_flaw_holds_the_attribute_itself_which_has_names_for_people(self) -> None:
        attribute = Attribute("mood", "enum", "x", ("x",))
        schema = replace(SCHEMA, labels=(replace(CLAIM, attributes=(attribute,)),))
        state = alone(attributes=())
        assert warnings(state.annotations[0], state, schema) == (
            Flaw("{attribute} is missing", {"attribute": attribute}),
        )


class TestRelations:
    def test_a_head_without_enough_tails_has_a_flaw(self) -> None:
        assert messages(related(), "d", NEEDY) == ["attributed_to: 0 of at least 2"]
        assert messages(related(), "c", NEEDY) == ["attributed_to: 1 of at least 2"]

    def test_a_head_with_enough_tails_has_none(self) -> None:
        second = [annotation("t", 30, 33, "source"), Relation("r3", "attributed_to", "c", "t")]
        assert messages(AnnotationState.of([*related().values.values(), *second]), "c", NEEDY) == []

    def test_relations_that_lead_to_it_are_not_its_own(self) -> None:
        schema = replace(SCHEMA, relations=(replace(REPEATS, min=1),))
        assert messages(related(), "c", schema) == []
        assert messages(related(), "d", schema) == ["repeats: 0 of at least 1"]

    def test_labels_that_are_no_head_of_a_type_want_none_of_it(self) -> None:
        assert messages(related(), "s", NEEDY) == []

    def test_a_head_with_more_than_the_most_has_a_flaw(self) -> None:
        schema = replace(SCHEMA, relations=(replace(ATTRIBUTED_TO, max=1),))
        more = [annotation("t", 30, 33, "source"), Relation("r3", "attributed_to", "c", "t")]
        state = AnnotationState.of([*related().values.values(), *more])
        assert messages(state, "c", schema) == ["attributed_to: 2 of at most 1"]

    def test_flaws_of_attributes_come_before_those_of_relations(self) -> None:
        state = alone(attributes=CLAIM.defaults()[:2])
        assert messages(state, "a", NEEDY) == ["comment is missing", "attributed_to: 0 of at least 2"]


class TestDocument:
    def test_the_flaws_of_all_annotations_come_in_reading_order(self) -> None:
        state = AnnotationState.of([annotation("b", 6, 9), annotation("a", 0, 5), annotation("s", 0, 5, "source")])
        found = [(one.id, flaw.message) for one, flaw in document_warnings(state, NEEDY)]
        assert found == [("a", "attributed_to: 0 of at least 2"), ("b", "attributed_to: 0 of at least 2")]

    def test_an_annotation_stands_there_for_each_of_its_flaws(self) -> None:
        state = alone("source", attributes=())
        assert [one.id for one, _ in document_warnings(state, SCHEMA)] == ["a"] * len(SOURCE.attributes)

    def test_a_document_without_annotations_has_none(self) -> None:
        assert document_warnings(AnnotationState(), NEEDY) == []
