from __future__ import annotations

import string
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import SchemaError
from annotator.model.schema import RESERVED_KEYS, Attribute, Label, Localized, Schema
from annotator.model.schema_check import QUOTE_HINT, check_schema
from tests.support.model import (
    BOILERPLATE,
    CLAIM,
    REPEATS,
    SCHEMA,
    SOURCE,
    damaged_schemas,
    minimal_data,
    path_exists,
    plain_data,
    schema_data,
    with_value,
    without,
)


FREE_KEYS = sorted(set(string.ascii_letters) - RESERVED_KEYS)


def refusal(data: object) -> SchemaError:
    """The error that a wrong schema is refused with."""
    with pytest.raises(SchemaError) as caught:
        check_schema(data)
    return caught.value


def error_of(data: object) -> SchemaError | None:
    """The error of a schema, if it has one."""
    try:
        check_schema(data)
    except SchemaError as error:
        return error
    return None


def changed(path: str, value: object) -> dict[str, Any]:
    """The full schema with one other entry."""
    return with_value(schema_data(), path, value)


class TestCorrectSchema:
    def test_every_part_arrives_in_its_place(self) -> None:
        assert check_schema(schema_data()) == SCHEMA

    def test_what_is_left_out_takes_its_default(self) -> None:
        assert check_schema(minimal_data()) == Schema(
            name="small",
            version=1,
            language="ar",
            direction="rtl",
            labels=(Label("claim", "c", "blue", Localized(), Localized(), (), (), furniture=False, overlap="any"),),
            relations=(),
            document_labels=(),
        )

    def test_the_given_data_is_left_as_it_was(self) -> None:
        data = schema_data()
        check_schema(data)
        assert data == schema_data()

    def test_direction_can_be_left_to_right(self) -> None:
        assert check_schema(changed("direction", "ltr")).direction == "ltr"

    def test_language_can_be_another_one(self) -> None:
        assert check_schema(changed("language", "fa")).language == "fa"

    @pytest.mark.parametrize("overlap", ["any", "nested", "none"])
    def test_each_overlap_rule_is_known(self, overlap: str) -> None:
        assert check_schema(changed("labels.0.overlap", overlap)).labels[0].overlap == overlap

    @pytest.mark.parametrize(("default", "stored"), [(True, "true"), (False, "false"), ("false", "false")])
    def test_the_default_of_a_bool_attribute_is_stored_as_a_word(self, default: object, stored: str) -> None:
        schema = check_schema(changed("labels.0.attributes.1.default", default))
        assert schema.labels[0].attributes[1].default == stored

    def test_a_bool_attribute_can_name_its_two_values(self) -> None:
        names = {"true": {"ar": "نعم"}, "false": {"ar": "لا"}}
        schema = check_schema(changed("labels.0.attributes.1.value_names", names))
        assert schema.labels[0].attributes[1].value_names == {
            "true": Localized("", "نعم"),
            "false": Localized("", "لا"),
        }

    def test_space_around_a_text_for_people_is_trimmed(self) -> None:
        schema = check_schema(changed("labels.0.guideline", {"ar": "\n سطر\nآخر \n"}))
        assert schema.labels[0].guideline == Localized("", "سطر\nآخر")

    @pytest.mark.parametrize("key", FREE_KEYS)
    def test_every_letter_that_no_command_uses_can_be_a_label_key(self, key: str) -> None:
        assert check_schema(with_value(minimal_data(), "labels.0.key", key)).labels[0].key == key

    @pytest.mark.parametrize("name", ["a", "a1", "snake_case_", "a" * 64])
    def test_an_identifier_is_small_latin_letters_digits_and_underscores(self, name: str) -> None:
        assert check_schema(changed("name", name)).name == name


class TestShape:
    @pytest.mark.parametrize(
        "path",
        [
            "labels.0",
            "labels.0.name",
            "labels.0.guideline",
            "labels.0.examples.0",
            "labels.0.examples.0.note",
            "labels.0.attributes.0",
            "labels.0.attributes.0.value_names",
            "labels.0.attributes.0.value_names.direct",
            "labels.0.attributes.0.name",
            "labels.0.attributes.0.guideline",
            "relations.0",
            "relations.0.name",
            "relations.0.guideline",
            "document_labels.0",
            "document_labels.0.name",
            "document_labels.0.guideline",
        ],
    )
    @pytest.mark.parametrize("value", ["text", None, ["en"]])
    def test_a_mapping_is_asked_for(self, path: str, value: object) -> None:
        error = refusal(changed(path, value))
        assert (error.key, error.message) == (path, f"{path}: must be a mapping of keys to values")

    @pytest.mark.parametrize("data", [None, [], "schema", 7, True])
    def test_the_whole_schema_is_a_mapping(self, data: object) -> None:
        error = refusal(data)
        assert (error.key, error.message) == ("", "must be a mapping of keys to values")

    @pytest.mark.parametrize(
        "path",
        [
            "labels",
            "labels.0.examples",
            "labels.0.attributes",
            "labels.0.attributes.0.values",
            "relations",
            "relations.0.head",
            "relations.0.tail",
            "document_labels",
        ],
    )
    @pytest.mark.parametrize("value", ["claim", None, {"id": "claim"}, ("claim",)])
    def test_a_list_is_asked_for(self, path: str, value: object) -> None:
        error = refusal(changed(path, value))
        assert (error.key, error.message) == (path, f"{path}: must be a list")

    @pytest.mark.parametrize(
        ("path", "known"),
        [
            ("", "name, version, labels, language, direction, relations, document_labels"),
            ("labels.0", "id, key, colour, name, guideline, examples, attributes, furniture, overlap"),
            ("labels.0.name", "en, ar"),
            ("labels.0.guideline", "en, ar"),
            ("labels.0.examples.0", "text, note"),
            ("labels.0.examples.0.note", "en, ar"),
            ("labels.0.attributes.0", "id, type, default, values, value_names, required, name, guideline"),
            ("labels.0.attributes.0.value_names", "direct, indirect"),
            ("labels.0.attributes.0.value_names.direct", "en, ar"),
            ("relations.0", "id, head, tail, min, max, name, guideline"),
            ("relations.0.name", "en, ar"),
            ("document_labels.0", "id, name, guideline"),
        ],
    )
    def test_an_unknown_key_is_named_with_those_that_are_known(self, path: str, known: str) -> None:
        wrong = f"{path}.farbe" if path else "farbe"
        error = refusal(changed(wrong, "x"))
        assert (error.key, error.message) == (wrong, f"{wrong}: unknown key 'farbe'")
        assert error.hint == f"Known keys here: {known}."

    @pytest.mark.parametrize("key", [7, True, None, 1.5])
    def test_a_key_that_is_no_text_is_unknown(self, key: object) -> None:
        error = refusal({**schema_data(), key: "x"})
        assert (error.key, error.message) == (str(key), f"{key}: unknown key {key}")

    @pytest.mark.parametrize(
        ("path", "keys"),
        [
            ("", ("name", "version", "labels")),
            ("labels.0", ("id", "key", "colour")),
            ("labels.0.examples.0", ("text",)),
            ("labels.0.attributes.0", ("id", "type", "default")),
            ("relations.0", ("id", "head", "tail")),
            ("document_labels.0", ("id",)),
        ],
    )
    def test_a_missing_key_is_named_at_the_mapping_that_lacks_it(self, path: str, keys: tuple[str, ...]) -> None:
        for key in keys:
            error = refusal(without(schema_data(), f"{path}.{key}" if path else key))
            assert error.key == path
            assert error.message.endswith(f"key {key!r} is missing")

    def test_an_unknown_key_is_reported_before_a_missing_one(self) -> None:
        data = with_value(without(schema_data(), "labels.0.colour"), "labels.0.color", "blue")
        assert refusal(data).key == "labels.0.color"


class TestText:
    TEXTS = (
        "name",
        "language",
        "direction",
        "labels.0.id",
        "labels.0.key",
        "labels.0.colour",
        "labels.0.overlap",
        "labels.0.name.en",
        "labels.0.guideline.ar",
        "labels.0.examples.0.text",
        "labels.0.examples.0.note.en",
        "labels.0.attributes.0.id",
        "labels.0.attributes.0.type",
        "labels.0.attributes.0.default",
        "labels.0.attributes.0.values.1",
        "labels.0.attributes.0.value_names.direct.ar",
        "labels.0.attributes.2.default",
        "relations.0.id",
        "relations.0.head.0",
        "relations.0.tail.0",
        "relations.0.name.ar",
        "document_labels.0.id",
        "document_labels.0.guideline.en",
    )

    @pytest.mark.parametrize("path", TEXTS)
    @pytest.mark.parametrize("value", [True, False])
    def test_an_unquoted_yes_or_no_is_explained(self, path: str, value: bool) -> None:
        error = refusal(changed(path, value))
        assert (error.key, error.message) == (path, f"{path}: must be a text, and is a boolean ({value})")
        assert error.hint == QUOTE_HINT
        assert "yes, no, on, off" in error.hint
        assert 'put it in "quotes"' in error.hint

    @pytest.mark.parametrize("path", TEXTS)
    def test_an_unquoted_number_is_explained(self, path: str) -> None:
        error = refusal(changed(path, 5))
        assert (error.key, error.message) == (path, f"{path}: must be a text, and is a int (5)")
        assert error.hint == QUOTE_HINT

    def test_a_number_is_no_default_of_a_bool_attribute(self) -> None:
        error = refusal(changed("labels.0.attributes.1.default", 1))
        assert error.key == "labels.0.attributes.1.default"
        assert error.hint == QUOTE_HINT

    @pytest.mark.parametrize(
        "path",
        [
            "name",
            "labels.0.id",
            "labels.0.attributes.0.id",
            "relations.0.id",
            "relations.0.head.0",
            "relations.0.tail.0",
            "document_labels.0.id",
        ],
    )
    @pytest.mark.parametrize("value", ["", "Claim", "1st", "_a", "a-b", "a b", "ادعاء", "a\n", "a" * 65])
    def test_what_is_no_identifier_is_refused(self, path: str, value: str) -> None:
        error = refusal(changed(path, value))
        assert (error.key, error.message) == (path, f"{path}: {value!r} is no identifier")
        assert error.hint == "Use small Latin letters, digits and _, a letter first."

    def test_a_text_that_cannot_be_written_as_utf8_is_refused(self) -> None:
        assert refusal(changed("labels.0.name.ar", "\ud800")).key == "labels.0.name.ar"

    @pytest.mark.parametrize(
        ("path", "choices"),
        [
            ("direction", "rtl, ltr"),
            ("labels.0.colour", "blue, green, yellow, red, magenta, cyan, orange, purple"),
            ("labels.0.overlap", "any, nested, none"),
            ("labels.0.attributes.0.type", "enum, bool, text"),
        ],
    )
    def test_a_word_that_is_no_choice_is_refused_with_the_choices(self, path: str, choices: str) -> None:
        error = refusal(changed(path, "pink"))
        assert (error.key, error.message) == (path, f"{path}: 'pink' is not one of: {choices}")


class TestNumbersAndFlags:
    @pytest.mark.parametrize("path", ["version", "relations.0.max"])
    @pytest.mark.parametrize("value", [0, -1, True, "1", 1.0, None])
    def test_what_is_no_count_is_refused(self, path: str, value: object) -> None:
        error = refusal(changed(path, value))
        assert (error.key, error.message) == (path, f"{path}: must be a whole number of at least 1, and is {value!r}")

    @pytest.mark.parametrize("path", ["version", "relations.0.max"])
    def test_one_is_enough(self, path: str) -> None:
        schema = check_schema(changed(path, 1))
        assert 1 in (schema.version, schema.relations[0].max)

    @pytest.mark.parametrize("value", [-1, True, "1", 1.0, None])
    def test_what_is_no_count_of_wanted_tails_is_refused(self, value: object) -> None:
        error = refusal(changed("relations.0.min", value))
        assert error.key == "relations.0.min"
        assert error.message == f"relations.0.min: must be a whole number of at least 0, and is {value!r}"

    @pytest.mark.parametrize("path", ["version", "name"])
    def test_a_number_too_long_to_be_printed_is_refused(self, path: str) -> None:
        assert refusal(changed(path, -(16**5000))).key == path

    def test_a_version_too_large_for_a_database_is_refused(self) -> None:
        assert refusal(changed("version", 2**63)).key == "version"

    @pytest.mark.parametrize("path", ["labels.2.furniture", "labels.1.attributes.2.required"])
    @pytest.mark.parametrize("value", ["yes", 1, None])
    def test_what_is_no_flag_is_refused(self, path: str, value: object) -> None:
        error = refusal(changed(path, value))
        assert (error.key, error.message) == (path, f"{path}: must be true or false, and is {value!r}")


class TestLabels:
    def test_a_schema_without_labels_is_refused(self) -> None:
        error = refusal(with_value(minimal_data(), "labels", []))
        assert (error.key, error.message) == ("labels", "labels: a schema needs at least one label")

    @pytest.mark.parametrize("key", ["", "cc", "ج", "é", ".", " ", "1", "[", "ﻻ"])
    def test_a_key_that_is_not_one_latin_letter_is_refused(self, key: str) -> None:
        error = refusal(changed("labels.0.key", key))
        assert (error.key, error.message) == ("labels.0.key", f"labels.0.key: {key!r} is not one Latin letter")

    @pytest.mark.parametrize("key", sorted(RESERVED_KEYS & set(string.ascii_letters)))
    def test_a_key_of_a_command_is_refused(self, key: str) -> None:
        error = refusal(changed("labels.0.key", key))
        assert error.message == f"labels.0.key: the key {key!r} is reserved for a command"

    def test_the_hint_on_a_reserved_key_lists_the_small_letters_that_are_free(self) -> None:
        hint = refusal(changed("labels.0.key", "x")).hint
        assert hint == "Free letters: b c e g h i j k l o r s t v."

    @pytest.mark.parametrize("key", list("wmxaunpdfqzyWXUNP"))
    def test_the_letters_that_the_annotate_screen_uses_are_reserved(self, key: str) -> None:
        assert refusal(changed("labels.0.key", key)).key == "labels.0.key"


class TestUniqueness:
    @pytest.mark.parametrize(
        ("path", "value", "what"),
        [
            ("labels.2.id", "claim", "id"),
            ("labels.1.key", "c", "key"),
            ("labels.0.attributes.2.id", "quote", "id"),
            ("relations.1.id", "attributed_to", "id"),
        ],
    )
    def test_the_second_use_is_refused_where_it_stands(self, path: str, value: str, what: str) -> None:
        error = refusal(changed(path, value))
        assert (error.key, error.message) == (path, f"{path}: {what} {value!r} is used twice")

    def test_a_document_label_is_there_once(self) -> None:
        error = refusal(changed("document_labels", [{"id": "opinion"}, {"id": "opinion"}]))
        assert error.key == "document_labels.1.id"
        assert error.message == "document_labels.1.id: id 'opinion' is used twice"

    def test_two_labels_may_have_an_attribute_of_the_same_id(self) -> None:
        claim, source, *_ = check_schema(schema_data()).labels
        assert "quote" in {one.id for one in claim.attributes} & {one.id for one in source.attributes}

    def test_a_label_a_relation_and_a_document_label_may_share_an_id(self) -> None:
        data = with_value(changed("relations.0.id", "claim"), "document_labels.0.id", "claim")
        assert check_schema(data).relations[0].id == "claim"


class TestAttributes:
    def test_an_enum_without_values_is_refused(self) -> None:
        error = refusal(without(schema_data(), "labels.0.attributes.0.values"))
        assert error.key == "labels.0.attributes.0"
        assert error.message.endswith("values belong to an attribute of type enum, and only there")

    @pytest.mark.parametrize("index", [1, 2])
    def test_values_of_what_is_no_enum_are_refused(self, index: int) -> None:
        error = refusal(changed(f"labels.0.attributes.{index}.values", ["a"]))
        assert error.key == f"labels.0.attributes.{index}"
        assert error.message.endswith("values belong to an attribute of type enum, and only there")

    @pytest.mark.parametrize(("index", "values"), [(0, "direct, indirect"), (1, "false, true")], ids=["enum", "bool"])
    def test_a_default_outside_the_values_is_refused_with_the_values(self, index: int, values: str) -> None:
        path = f"labels.0.attributes.{index}.default"
        error = refusal(changed(path, "perhaps"))
        assert (error.key, error.message) == (path, f"{path}: 'perhaps' is not one of: {values}")

    def test_any_text_is_a_default_of_a_text_attribute(self) -> None:
        schema = check_schema(changed("labels.0.attributes.2.default", "أي نص"))
        assert schema.labels[0].attributes[2].default == "أي نص"

    def test_a_value_that_is_listed_twice_is_refused(self) -> None:
        assert refusal(changed("labels.0.attributes.0.values", ["direct", "indirect", "direct"])).key

    def test_a_text_is_not_required_unless_it_says_so(self) -> None:
        schema = check_schema(schema_data())
        assert [label.attributes[2].required for label in schema.labels[:2]] == [False, True]
        assert not check_schema(changed("labels.1.attributes.2.required", False)).labels[1].attributes[2].required

    @pytest.mark.parametrize("index", [0, 1])
    @pytest.mark.parametrize("value", [True, False])
    def test_what_always_has_a_value_cannot_be_required(self, index: int, value: bool) -> None:
        path = f"labels.0.attributes.{index}.required"
        error = refusal(changed(path, value))
        assert error.key == path
        assert "only an attribute of type text can be required" in error.message


class TestRelations:
    @pytest.mark.parametrize("end", ["head", "tail"])
    def test_an_end_that_is_no_label_is_refused(self, end: str) -> None:
        error = refusal(changed(f"relations.1.{end}", ["claim", "speaker"]))
        assert error.key == f"relations.1.{end}"
        assert error.message == f"relations.1.{end}: 'speaker' is no label of this schema"

    @pytest.mark.parametrize("end", ["head", "tail"])
    def test_an_end_without_labels_is_refused(self, end: str) -> None:
        assert refusal(changed(f"relations.1.{end}", [])).key == f"relations.1.{end}"

    @pytest.mark.parametrize("least", [0, 1, 2])
    def test_a_head_may_want_up_to_the_most_that_it_may_have(self, least: int) -> None:
        relation = check_schema(changed("relations.0.min", least)).relations[0]
        assert (relation.min, relation.max) == (least, 2)

    def test_without_a_most_a_head_may_want_any_number(self) -> None:
        assert check_schema(changed("relations.1.min", 7)).relations[1].min == 7

    def test_a_head_that_says_nothing_wants_none(self) -> None:
        assert [one.min for one in check_schema(schema_data()).relations] == [0, 0]

    def test_more_wanted_than_the_most_is_refused(self) -> None:
        error = refusal(changed("relations.0.min", 3))
        assert (error.key, error.message) == ("relations.0.min", "relations.0.min: 3 is more than max, which is 2")


class TestSchema:
    def test_a_label_is_found_by_its_id(self) -> None:
        assert SCHEMA.label("source") is SOURCE

    def test_an_unknown_label_is_none(self) -> None:
        assert SCHEMA.label("speaker") is None

    def test_a_relation_type_is_found_by_its_id(self) -> None:
        assert SCHEMA.relation("repeats") is REPEATS

    def test_an_unknown_relation_type_is_none(self) -> None:
        assert SCHEMA.relation("claim") is None

    def test_a_document_label_is_found_by_its_id(self) -> None:
        assert SCHEMA.document_label("opinion") is SCHEMA.document_labels[0]

    def test_an_unknown_document_label_is_none(self) -> None:
        assert SCHEMA.document_label("claim") is None

    def test_an_attribute_is_found_by_its_id_in_its_label(self) -> None:
        assert SOURCE.attribute("quote") is SOURCE.attributes[1]
        assert CLAIM.attribute("type") is None

    def test_what_has_a_name_stands_in_a_message_by_its_id(self) -> None:
        named = (CLAIM, CLAIM.attributes[0], REPEATS, SCHEMA.document_labels[0])
        assert [f"{one}" for one in named] == ["claim", "quote", "repeats", "opinion"]

    def test_furniture_is_the_labels_marked_so(self) -> None:
        assert SCHEMA.furniture() == {BOILERPLATE.id}

    def test_the_defaults_of_a_label_are_in_the_order_of_its_attributes(self) -> None:
        assert CLAIM.defaults() == (("quote", "indirect"), ("check_worthy", "true"), ("comment", ""))

    @pytest.mark.parametrize(
        ("text", "language", "shown"),
        [
            (Localized("Claim", "ادعاء"), "ar", "ادعاء"),
            (Localized("Claim", "ادعاء"), "en", "Claim"),
            (Localized("Claim", ""), "ar", "Claim"),
            (Localized("", "ادعاء"), "en", "ادعاء"),
            (Localized(), "ar", ""),
        ],
    )
    def test_a_text_is_shown_in_the_language_asked_for_else_in_the_other(
        self, text: Localized, language: str, shown: str
    ) -> None:
        assert text.get(language) == shown

    def test_a_text_attribute_allows_any_value(self) -> None:
        assert Attribute("comment", "text", "").allows("anything")

    @pytest.mark.parametrize(("value", "allowed"), [("direct", True), ("Direct", False), ("", False)])
    def test_an_enum_attribute_allows_its_values_only(self, value: str, allowed: bool) -> None:
        assert CLAIM.attributes[0].allows(value) is allowed


class TestAnyData:
    """Whatever a file holds, the checker gives a schema, or an error whose key leads the reader to the place."""

    @settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
    @given(st.one_of(plain_data(), damaged_schemas()))
    def test_only_a_schema_or_a_schema_error_comes_out(self, data: object) -> None:
        error = error_of(data)
        if error is not None and error.key:
            assert path_exists(data, error.key)
        elif error is not None and isinstance(data, dict):
            assert "is missing" in error.message or "" in data

    @settings(deadline=None, max_examples=100)
    @given(damaged_schemas())
    def test_what_is_accepted_holds_together(self, data: object) -> None:
        try:
            schema = check_schema(data)
        except SchemaError:
            return
        ids = [one.id for one in schema.labels]
        assert len(set(ids)) == len(ids) == len({one.key for one in schema.labels})
        assert all(set(one.head) | set(one.tail) <= set(ids) for one in schema.relations)
        assert all(
            attribute.allows(attribute.default) and set(attribute.value_names) <= set(attribute.values)
            for label in schema.labels
            for attribute in label.attributes
        )
