from __future__ import annotations

from dataclasses import replace

from annotator.agreement.describing import Change, changes
from annotator.model.annotation import Annotation


TEXT = "قال والوزير إن الأسعار انخفضت."
REFERENCE = Annotation("a", 4, 11, "source", (("type", "official"), ("note", "")))


def told(other: Annotation, reference: Annotation = REFERENCE) -> tuple[Change, ...]:
    return changes(TEXT, reference, other)


def test_equal_content_under_another_id_is_no_change() -> None:
    assert told(replace(REFERENCE, id="b", origin="furniture", schema_version=7)) == ()


def test_a_later_start_tells_what_it_leaves_out() -> None:
    (change,) = told(replace(REFERENCE, start=7))
    assert (change.what, change.text, change.by, change.is_trivial) == ("starts later", "وال", 3, True)


def test_an_earlier_start_tells_what_it_takes_in() -> None:
    (change,) = told(replace(REFERENCE, start=0))
    assert (change.what, change.text, change.by, change.is_trivial) == ("starts earlier", "قال ", 4, False)


def test_a_later_end_tells_what_it_takes_in() -> None:
    (change,) = told(replace(REFERENCE, end=14))
    assert (change.what, change.text, change.by, change.is_trivial) == ("ends later", " إن", 3, False)


def test_an_earlier_end_tells_what_it_leaves_out() -> None:
    (change,) = told(replace(REFERENCE, end=14), replace(REFERENCE, end=15))
    assert (change.what, change.text, change.by, change.is_trivial) == ("ends earlier", " ", 1, True)


def test_another_label_is_told_with_both() -> None:
    assert told(replace(REFERENCE, label="claim")) == (Change("label", before="source", after="claim"),)


def test_another_value_of_an_attribute_is_told_with_both() -> None:
    other = replace(REFERENCE, attributes=(("note", "x"), ("type", "expert")))
    assert told(other) == (
        Change("attribute", attribute="note", before="", after="x"),
        Change("attribute", attribute="type", before="official", after="expert"),
    )


def test_an_attribute_that_only_one_has_is_empty_in_the_other() -> None:
    assert told(replace(REFERENCE, attributes=(("note", ""),))) == (
        Change("attribute", attribute="type", before="official", after=""),
    )


def test_the_order_of_attributes_does_not_matter() -> None:
    assert told(replace(REFERENCE, attributes=(("note", ""), ("type", "official")))) == ()


def test_edges_come_before_the_label_and_that_before_attributes() -> None:
    other = Annotation("b", 5, 15, "claim", (("type", "person"), ("note", "")))
    assert [change.what for change in told(other)] == ["starts later", "ends later", "label", "attribute"]
