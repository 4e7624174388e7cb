from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement.describing import changes
from annotator.agreement.itemizing import items_of, suggested, versions
from annotator.agreement.items import Item
from annotator.agreement.kinds import gravest
from annotator.agreement.pairing import pairing
from annotator.agreement.study import StudyDocument
from annotator.agreement.trivial import is_trivial
from annotator.model.annotation import Annotation, DocumentLabel, Relation, Value
from annotator.model.state import AnnotationState
from tests.support.model import LENGTH, SCHEMA, any_annotations, states


QUICK = settings(deadline=None, max_examples=50)
TEXT = "قال والوزير «إن» الأسعار انخفضت. وأكد ذلك"[:LENGTH].ljust(LENGTH, ".")
NAMES = ("amal", "basim", "dalia")

texts = st.text(alphabet="وفبلكسامن «».5\u064b\u0640\u200f", max_size=12)
marks = st.lists(any_annotations(), max_size=6)


@st.composite
def studies(draw: st.DrawFn) -> StudyDocument:
    """Any values by one to three annotators, legal or not, often with much in common."""
    names = NAMES[: draw(st.integers(1, 3))]
    common = draw(states()).values
    work = {}
    for name in names:
        kept = {slot: value for slot, value in common.items() if draw(st.integers(0, 3))}
        work[name] = AnnotationState({**kept, **draw(states()).values})
    return StudyDocument("d", "", TEXT, work, {}, {})


def shape(items: tuple[Item, ...]) -> list[object]:
    """All of some items but ids and keys."""
    return [
        (
            item.group,
            (item.start, item.end),
            item.kind,
            item.differences,
            [[(one.start, one.end, one.label, one.attributes) for one in vote.annotations] for vote in item.votes],
            [sorted((link.label, link.attributes) for link in vote.links) for vote in item.votes],
        )
        for item in items
    ]


def renamed(value: Value, change: dict[str, str]) -> Value:
    match value:
        case Annotation():
            return replace(value, id=change.setdefault(value.id, value.id))
        case Relation():
            ends = {end: change.get(getattr(value, end), getattr(value, end)) for end in ("head", "tail")}
            return replace(value, id=f"new-{value.id}", **ends)
        case _:
            return value


def unambiguous(document: StudyDocument) -> StudyDocument:
    """Without spans that one annotator has twice, which nothing but their ids tells apart."""
    work = {}
    for name, state in document.work.items():
        first = {(one.start, one.end, one.label): one.id for one in reversed(state.annotations)}
        work[name] = AnnotationState.of(
            value
            for value in state.values.values()
            if not isinstance(value, Annotation) or first[value.start, value.end, value.label] == value.id
        )
    return replace(document, work=work)


@QUICK
@given(studies())
def test_every_span_in_the_text_is_in_exactly_one_item(document: StudyDocument) -> None:
    found = Counter(
        (vote.annotator, one) for item in items_of(document, SCHEMA) for vote in item.votes for one in vote.annotations
    )
    assert found == Counter(
        (name, one) for name, state in document.work.items() for one in state.annotations if not one.hidden
    )


@QUICK
@given(studies())
def test_every_relation_with_an_end_in_the_text_is_in_exactly_one_item(document: StudyDocument) -> None:
    found = Counter(
        (vote.annotator, link.id) for item in items_of(document, SCHEMA) for vote in item.votes for link in vote.links
    )
    visible = {(name, one.id) for name, state in document.work.items() for one in state.annotations if not one.hidden}
    assert found == Counter(
        (name, one.id)
        for name, state in document.work.items()
        for one in state.relations
        if {(name, one.head), (name, one.tail)} & visible
    )


@QUICK
@given(studies())
def test_the_order_of_annotators_and_values_does_not_matter(document: StudyDocument) -> None:
    turned = {
        name: AnnotationState(dict(reversed(list(state.values.items()))))
        for name, state in reversed(list(document.work.items()))
    }
    assert items_of(replace(document, work=turned), SCHEMA) == items_of(document, SCHEMA)


@QUICK
@given(studies(), st.randoms(use_true_random=False))
def test_ids_do_not_matter(document: StudyDocument, shuffled: random.Random) -> None:
    document = unambiguous(document)
    work = {}
    for name, state in document.work.items():
        ids = [one.id for one in state.annotations]
        change = dict(zip(ids, shuffled.sample([f"{id_}-{name}" for id_ in ids], len(ids)), strict=True))
        work[name] = AnnotationState.of(renamed(value, change) for value in state.values.values())
    assert shape(items_of(replace(document, work=work), SCHEMA)) == shape(items_of(document, SCHEMA))


@QUICK
@given(studies())
def test_a_second_copy_of_the_document_behind_it_has_the_same_items_again(document: StudyDocument) -> None:
    far = 1000
    work = {}
    for name, state in document.work.items():
        values = [value for value in state.values.values() if not isinstance(value, DocumentLabel)]
        change = {one.id: f"copy-{one.id}" for one in state.annotations}
        copies = [renamed(value, change) for value in values]
        moved = [
            replace(one, start=one.start + far, end=one.end + far) if isinstance(one, Annotation) else one
            for one in copies
        ]
        work[name] = AnnotationState.of([*values, *moved])
    text = TEXT.ljust(far) + TEXT
    found = items_of(replace(document, text=text, work=work), SCHEMA)
    first, second = ([one for one in found if (one.start >= far) is is_copy] for is_copy in (False, True))
    assert [(one.start + far, one.end + far, one.kind, one.differences) for one in first] == [
        (one.start, one.end, one.kind, one.differences) for one in second
    ]


@QUICK
@given(studies())
def test_keys_are_unique_and_the_same_every_time(document: StudyDocument) -> None:
    found = [item.key for item in items_of(document, SCHEMA)]
    assert len(set(found)) == len(found)
    assert [item.key for item in items_of(document, SCHEMA)] == found


@QUICK
@given(studies())
def test_the_kind_is_the_gravest_and_agreement_where_nothing_differs(document: StudyDocument) -> None:
    for item in items_of(document, SCHEMA):
        assert item.kind == gravest(one.kind for one in item.differences)
        assert item.is_disputed == (len(versions(item)) > 1)


@QUICK
@given(studies())
def test_derived_relations_are_never_all_that_is_disputed(document: StudyDocument) -> None:
    for item in items_of(document, SCHEMA):
        assert not item.is_disputed or not all(one.is_derived for one in item.differences)


@QUICK
@given(studies())
def test_versions_share_the_votes_out_by_difference(document: StudyDocument) -> None:
    for item in items_of(document, SCHEMA):
        home = {name: number for number, one in enumerate(versions(item)) for name in one.annotators}
        assert sorted(home) == sorted(document.work)
        apart = {(one.one, one.other) for one in item.differences}
        assert apart == {(one, other) for one in home for other in home if one < other and home[one] != home[other]}


@QUICK
@given(studies())
def test_a_version_of_every_item_with_spans_is_suggested(document: StudyDocument) -> None:
    for item in items_of(document, SCHEMA):
        found = suggested(item)
        if item.group != "document":
            assert found in versions(item)
            assert found == suggested(item)
        elif found is not None:
            assert 2 * len(found.votes) > len(item.votes) or len(versions(item)) > 2


@QUICK
@given(marks, marks)
def test_pairing_uses_every_annotation_once(ones: list[Annotation], others: list[Annotation]) -> None:
    mine = [replace(one, id=f"a{number}") for number, one in enumerate(ones) if not one.hidden]
    yours = [replace(one, id=f"b{number}") for number, one in enumerate(others) if not one.hidden]
    found = pairing(mine, yours)
    used = [*found.only_one, *found.only_other, *(one for pair in found.pairs for one in pair)]
    for whole, pieces in found.splits:
        used += [whole, *pieces]
    assert sorted(one.id for one in used) == sorted(one.id for one in [*mine, *yours])
    assert all(one.start < other.end and other.start < one.end for one, other in found.pairs)


@QUICK
@given(any_annotations(), any_annotations())
def test_no_changes_are_told_exactly_where_the_content_is_equal(one: Annotation, other: Annotation) -> None:
    mine, yours = (
        (mark.start, mark.end, mark.label, {key: value for key, value in mark.attributes if value})
        for mark in (one, other)
    )
    assert (not changes(TEXT, one, other)) == (mine == yours)


@QUICK
@given(texts, st.data())
def test_trivial_is_the_same_both_ways_and_an_end_is_stricter_than_a_start(text: str, data: st.DataObject) -> None:
    one, other = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))
    for which in ("start", "end"):
        assert is_trivial(text, one, other, which) == is_trivial(text, other, one, which)
    assert not is_trivial(text, one, other, "end") or is_trivial(text, one, other, "start")
