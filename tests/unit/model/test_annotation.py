from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from typing import get_args

import pytest

from annotator.model.annotation import (
    STATUSES,
    Annotation,
    DocumentLabel,
    Note,
    Relation,
    Status,
    StatusName,
    Value,
)
from tests.support.model import annotation


ONE_OF_EACH = (
    annotation("a", 2, 5),
    Relation("r", "attributed_to", "a", "b"),
    DocumentLabel("opinion"),
    Note("look again"),
    Status("done"),
)


@pytest.mark.parametrize(
    ("value", "slot"),
    zip(
        ONE_OF_EACH,
        [("annotation", "a"), ("relation", "r"), ("document_label", "opinion"), ("note", ""), ("status", "")],
        strict=True,
    ),
)
def test_a_value_takes_the_slot_of_its_kind_and_id(value: Value, slot: tuple[str, str]) -> None:
    assert value.slot == slot


def test_the_kinds_of_values_never_share_a_slot() -> None:
    same_id = (annotation("x"), Relation("x", "repeats", "x", "x"), DocumentLabel("x"))
    assert len({value.slot for value in same_id}) == 3


def test_another_version_of_an_annotation_takes_its_slot() -> None:
    before = annotation("a", 2, 5)
    assert replace(before, start=0, end=9, label="source").slot == before.slot


@pytest.mark.parametrize(("one", "other"), [(Note("a"), Note("b")), (Status("done"), Status("flagged"))])
def test_a_document_has_one_note_and_one_status(one: Value, other: Value) -> None:
    assert one.slot == other.slot


def test_an_annotation_of_an_empty_span_is_hidden() -> None:
    assert Annotation("a", 7, 7, "claim", raw=(9, 12)).hidden


def test_an_annotation_with_a_character_is_not_hidden() -> None:
    assert not Annotation("a", 7, 8, "claim").hidden


def test_a_bare_annotation_is_manual_and_without_attributes() -> None:
    assert Annotation("a", 0, 1, "claim") == Annotation("a", 0, 1, "claim", (), "manual", 1, None)


@pytest.mark.parametrize("value", ONE_OF_EACH, ids=lambda value: type(value).__name__)
def test_a_value_cannot_be_changed_in_place(value: Value) -> None:
    field = next(iter(value.__dataclass_fields__))
    with pytest.raises(FrozenInstanceError):
        setattr(value, field, "other")


@pytest.mark.parametrize("value", ONE_OF_EACH, ids=lambda value: type(value).__name__)
def test_a_value_can_be_counted_in_a_set(value: Value) -> None:
    assert len({value, replace(value)}) == 1


def test_the_statuses_are_those_of_the_type_the_first_being_the_state_without_one() -> None:
    assert STATUSES == get_args(StatusName) == ("open", "done", "flagged")
