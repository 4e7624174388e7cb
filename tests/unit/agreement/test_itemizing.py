from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from annotator.agreement.itemizing import items_of, suggested, versions
from annotator.agreement.items import Difference, Item, Link, Vote
from annotator.agreement.study import StudyDocument
from annotator.model.annotation import Annotation, DocumentLabel, Relation, Value
from annotator.model.state import AnnotationState
from tests.support.studies import ERRORS, NEWS, MadeStudy, made_study


TEXT = "كلمة " * 60


def mark(annotation_id: str, start: int, end: int, label: str = "claim", **attributes: str) -> Annotation:
    return Annotation(annotation_id, start, end, label, tuple(attributes.items()))


def document(text: str = TEXT, /, **work: Sequence[Value]) -> StudyDocument:
    states = {name: AnnotationState.of(values) for name, values in work.items()}
    return StudyDocument("d", "", text, states, {}, {})


def items(text: str = TEXT, /, **work: Sequence[Value]) -> tuple[Item, ...]:
    return items_of(document(text, **work), NEWS)


def ids(item: Item) -> str:
    """The ids of its annotations, those of one annotator after those of another."""
    return " ".join(one.id for vote in item.votes for one in vote.annotations)


def groups(**work: Sequence[Value]) -> list[str]:
    return [ids(item) for item in items(**work)]


# What belongs together


def test_overlapping_spans_of_one_label_are_one_item() -> None:
    assert groups(amal=[mark("a", 0, 20)], basim=[mark("b", 19, 40)]) == ["a b"]


def test_spans_that_only_touch_are_two_items() -> None:
    assert groups(amal=[mark("a", 0, 20)], basim=[mark("b", 20, 40)]) == ["a", "b"]


def test_a_third_annotator_may_join_what_two_have_apart() -> None:
    assert groups(amal=[mark("a", 0, 20)], basim=[mark("b", 20, 40)], dalia=[mark("c", 10, 30)]) == ["a b c"]


def test_spans_of_one_annotator_are_not_joined() -> None:
    assert groups(amal=[mark("a", 0, 20), mark("b", 5, 30)], basim=[]) == ["a", "b"]


def test_another_label_on_half_of_the_characters_is_the_same_item() -> None:
    assert groups(amal=[mark("a", 0, 20)], basim=[mark("b", 0, 10, "source")]) == ["a b"]


def test_another_label_on_less_than_half_is_another_item() -> None:
    assert groups(amal=[mark("a", 0, 20)], basim=[mark("b", 0, 9, "source")]) == ["b", "a"]


def test_a_source_nested_in_a_claim_is_an_item_of_its_own() -> None:
    made = {name: [mark(f"{name}1", 0, 20), mark(f"{name}2", 0, 15, "source")] for name in ("amal", "basim")}
    assert groups(**made) == ["amal2 basim2", "amal1 basim1"]


def test_a_span_with_a_partner_of_its_label_is_not_joined_with_another_label() -> None:
    found = groups(amal=[mark("a", 0, 20)], basim=[mark("b", 0, 30), mark("c", 0, 20, "source")])
    assert found == ["c", "a b"]


def test_a_partner_that_has_an_equal_leaves_its_neighbour_to_another_label() -> None:
    amal = [mark("outer", 0, 60), mark("inner", 0, 20)]
    basim = [mark("outer2", 0, 60), mark("inner2", 0, 20, "source")]
    assert groups(amal=amal, basim=basim) == ["inner inner2", "outer outer2"]


def test_what_one_takes_for_furniture_and_the_other_for_a_claim_is_one_item() -> None:
    found = items(amal=[mark("a", 0, 20, "boilerplate")], basim=[mark("b", 0, 20)])
    assert [(item.group, item.kind, ids(item)) for item in found] == [("text", "label", "a b")]


def test_a_claim_inside_furniture_of_somebody_else_is_an_item_of_its_own() -> None:
    found = items(amal=[mark("a", 0, 60, "spillover")], basim=[mark("b", 10, 30)])
    assert [(item.group, item.kind, ids(item)) for item in found] == [
        ("furniture", "missed", "a"),
        ("text", "missed", "b"),
    ]


def test_labels_that_the_schema_lacks_are_text() -> None:
    assert [item.group for item in items(amal=[mark("a", 0, 20, "former")], basim=[])] == ["text"]


def test_a_nested_claim_that_one_lacks_is_missed_and_the_outer_one_agreed() -> None:
    found = items(amal=[mark("a", 0, 40), mark("i", 10, 30)], basim=[mark("b", 0, 40)])
    assert [(ids(item), item.kind) for item in found] == [("a b", "agree"), ("i", "missed")]


def test_a_nested_claim_that_one_lacks_stays_apart_from_an_outer_one_with_another_edge() -> None:
    found = items(amal=[mark("a", 0, 40), mark("i", 10, 30)], basim=[mark("b", 0, 42)])
    assert [(ids(item), item.kind) for item in found] == [("a b", "boundary"), ("i", "missed")]


def test_nested_claims_with_other_edges_are_paired_outer_with_outer() -> None:
    found = items(amal=[mark("a", 0, 40), mark("i", 10, 30)], basim=[mark("b", 0, 42), mark("j", 12, 30)])
    assert [(ids(item), item.kind) for item in found] == [("a b", "boundary"), ("i j", "boundary")]


def test_a_split_claim_is_one_item() -> None:
    found = items(amal=[mark("a", 0, 40)], basim=[mark("b", 0, 19), mark("c", 20, 40)])
    assert [(ids(item), item.kind) for item in found] == [("a b c", "split")]


def test_hidden_annotations_are_left_out() -> None:
    assert items(amal=[mark("a", 5, 5)], basim=[]) == ()


def test_a_document_that_nobody_marked_has_no_items() -> None:
    assert items(amal=[], basim=[]) == ()


def test_one_annotator_alone_disputes_nothing() -> None:
    assert [item.kind for item in items(amal=[mark("a", 0, 20)])] == ["agree"]


# What an item says


def test_an_item_reaches_from_the_first_start_to_the_last_end() -> None:
    (item,) = items(amal=[mark("a", 5, 20)], basim=[mark("b", 3, 12)])
    assert (item.start, item.end, item.kind, item.labels) == (3, 20, "boundary", ("claim",))


def test_every_annotator_of_the_document_has_a_vote() -> None:
    (item,) = items(dalia=[], amal=[mark("a", 0, 20)], basim=[])
    assert [(vote.annotator, len(vote.annotations)) for vote in item.votes] == [("amal", 1), ("basim", 0), ("dalia", 0)]


def test_items_come_by_start_then_end_then_group() -> None:
    amal = [mark("a", 10, 30), mark("b", 10, 20, "source"), mark("c", 10, 20, "boilerplate"), mark("d", 0, 5)]
    assert groups(amal=amal, basim=[]) == ["d", "c", "b", "a"]


def test_document_labels_are_the_last_item() -> None:
    found = items(amal=[DocumentLabel("opinion"), mark("a", 50, 60)], basim=[])
    assert [(item.group, item.kind) for item in found] == [("text", "missed"), ("document", "document label")]
    assert (found[1].start, found[1].end) == (0, 0)
    assert [vote.document_labels for vote in found[1].votes] == [("opinion",), ()]


def test_document_labels_that_all_gave_are_agreed() -> None:
    labels = [DocumentLabel("opinion"), DocumentLabel("broken_page")]
    (item,) = items(amal=labels, basim=labels[::-1])
    assert item.kind == "agree"


def test_without_document_labels_there_is_no_item_of_them() -> None:
    assert all(item.group != "document" for item in items(amal=[mark("a", 0, 5)], basim=[]))


# Keys


def keys(**work: Sequence[Value]) -> list[str]:
    return [item.key for item in items(**work)]


def test_keys_are_sixteen_hex_digits_and_differ() -> None:
    found = keys(amal=[mark("a", 0, 5), mark("b", 10, 20)], basim=[DocumentLabel("opinion")])
    assert all(len(key) == 16 and int(key, 16) >= 0 for key in found)
    assert len(set(found)) == 3


@pytest.mark.parametrize(
    "changed",
    [mark("other", 0, 5), mark("a", 0, 6), mark("a", 1, 5), mark("a", 0, 5, "source"), mark("a", 0, 5, quote="direct")],
)
def test_a_vote_that_changes_makes_another_key(changed: Annotation) -> None:
    assert keys(amal=[mark("a", 0, 5)], basim=[]) != keys(amal=[changed], basim=[])


def test_a_changed_relation_makes_another_key_for_its_owner_alone() -> None:
    ends: list[Value] = [mark("c", 0, 5), mark("s", 10, 15, "source"), mark("t", 20, 25, "source")]
    before = keys(amal=[*ends, Relation("r", "attributed_to", "c", "s")], basim=[])
    after = keys(amal=[*ends, Relation("r", "attributed_to", "c", "t")], basim=[])
    assert before[0] != after[0]
    assert before[1:] == after[1:]


def test_what_others_do_elsewhere_leaves_a_key_alone() -> None:
    before = keys(amal=[mark("a", 0, 5), mark("b", 10, 15)], basim=[])
    after = keys(amal=[mark("a", 0, 5), mark("b", 10, 20)], basim=[mark("c", 30, 40)])
    assert before[0] == after[0]


def test_who_joins_and_marks_nothing_there_leaves_a_key_alone() -> None:
    assert keys(amal=[mark("a", 0, 5)], basim=[]) == keys(amal=[mark("a", 0, 5)], basim=[], dalia=[])


def test_origin_and_schema_version_leave_a_key_alone() -> None:
    other = replace(mark("a", 0, 5), origin="furniture", schema_version=9)
    assert keys(amal=[mark("a", 0, 5)], basim=[]) == keys(amal=[other], basim=[])


# Relations


CLAIM, SOURCE = mark("c", 0, 20), mark("s", 30, 40, "source")
RELATION = Relation("r", "attributed_to", "c", "s")


def owners(found: Sequence[Item]) -> Mapping[str, tuple[str, ...]]:
    """The ids of each annotator's relations by the ids in the item that owns them."""
    return {ids(item): tuple(link.id for vote in item.votes for link in vote.links) for item in found}


def test_a_relation_belongs_to_the_item_of_its_head() -> None:
    found = items(amal=[CLAIM, SOURCE, RELATION], basim=[CLAIM, SOURCE])
    assert owners(found) == {"c c": ("r",), "s s": ()}
    assert [item.kind for item in found] == ["relation", "agree"]


def test_a_relation_goes_with_the_tail_where_only_that_is_disputed() -> None:
    found = items(amal=[CLAIM, SOURCE, RELATION], basim=[CLAIM])
    assert owners(found) == {"c c": (), "s": ("r",)}
    assert [item.kind for item in found] == ["agree", "missed"]


def test_a_relation_stays_with_a_head_that_is_disputed_too() -> None:
    found = items(amal=[CLAIM, SOURCE, RELATION], basim=[replace(CLAIM, end=15)])
    assert owners(found) == {"c c": ("r",), "s": ()}


def test_a_disputed_attribute_of_the_head_leaves_its_spans_settled() -> None:
    found = items(amal=[CLAIM, SOURCE, RELATION], basim=[replace(CLAIM, attributes=(("quote", "direct"),))])
    assert owners(found) == {"c c": (), "s": ("r",)}


def test_a_relation_whose_head_is_hidden_goes_with_its_tail() -> None:
    (item,) = items(amal=[replace(CLAIM, end=0), SOURCE, RELATION], basim=[SOURCE])
    assert item.votes[0].links == (Link("r", "attributed_to", "c", "s", (), ""),)
    assert item.kind == "relation"


def test_a_relation_between_hidden_annotations_is_left_out() -> None:
    assert items(amal=[replace(CLAIM, end=0), replace(SOURCE, end=30), RELATION], basim=[]) == ()


def test_a_link_names_the_item_at_its_other_end() -> None:
    claim, source = items(amal=[CLAIM, SOURCE, RELATION], basim=[CLAIM, SOURCE])
    assert claim.votes[0].links[0].other == source.key


def test_a_link_of_the_tails_item_names_the_heads() -> None:
    claim, source = items(amal=[CLAIM, SOURCE, RELATION], basim=[CLAIM])
    assert source.votes[0].links[0].other == claim.key


def test_a_link_inside_an_item_names_that_item() -> None:
    pieces: list[Value] = [mark("p", 0, 19), mark("q", 20, 40), Relation("r", "repeats", "p", "q")]
    (item,) = items(amal=pieces, basim=[mark("w", 0, 40)])
    assert item.votes[0].links[0].other == item.key


def test_who_relates_one_claim_to_other_sources_disagrees_on_the_claim() -> None:
    ends: list[Value] = [CLAIM, SOURCE, mark("t", 50, 60, "source")]
    found = items(amal=[*ends, RELATION], basim=[*ends, replace(RELATION, tail="t")])
    assert [item.kind for item in found] == ["relation", "agree", "agree"]


def test_relations_to_differing_marks_of_one_source_are_the_same() -> None:
    amal: list[Value] = [CLAIM, SOURCE, RELATION]
    basim: list[Value] = [CLAIM, replace(SOURCE, start=32), RELATION]
    assert [item.kind for item in items(amal=amal, basim=basim)] == ["agree", "boundary"]


@pytest.mark.parametrize("seed", range(8))
def test_no_item_is_disputed_by_derived_relations_alone(seed: int) -> None:
    study = made_study(seed, annotators=3, errors=dict.fromkeys(ERRORS, 2))
    found = [item for made in study.documents for item in items_of(made, study.schema) if item.is_disputed]
    assert any(link for item in found for vote in item.votes for link in vote.links)
    assert not [item for item in found if all(one.is_derived for one in item.differences)]


# Planted disagreements


def disputed(study: MadeStudy) -> dict[tuple[str, int, int], Item]:
    found = [(made.doc_id, item) for made in study.documents for item in items_of(made, study.schema)]
    return {(doc_id, item.start, item.end): item for doc_id, item in found if item.is_disputed}


@pytest.mark.parametrize("annotators", [2, 3, 5])
@pytest.mark.parametrize("seed", range(4))
def test_all_that_is_planted_and_nothing_else_is_disputed(seed: int, annotators: int) -> None:
    study = made_study(seed, annotators=annotators, documents=2)
    assert sorted(disputed(study)) == sorted((one.doc_id, one.start, one.end) for one in study.planted)
    assert len(study.planted) == 2 * len(ERRORS)


@pytest.mark.parametrize("annotators", [2, 3])
@pytest.mark.parametrize("what", ERRORS)
def test_what_is_planted_is_told_as_what_it_is(what: str, annotators: int) -> None:
    study = made_study(7, annotators=annotators, documents=2, errors={what: 6})
    found = disputed(study)
    assert len(found) == len(study.planted) == 12
    for planted in study.planted:
        item = found[planted.doc_id, planted.start, planted.end]
        assert item.kind == planted.kind
        assert {(one.kind, one.edge, one.is_trivial) for one in item.differences} == {
            (planted.kind, planted.edge, planted.is_trivial)
        }
        assert all(planted.annotator in (one.one, one.other) for one in item.differences)
        assert len(item.differences) == annotators - 1


@pytest.mark.parametrize("annotators", [2, 3])
def test_who_missed_a_planted_span_is_named(annotators: int) -> None:
    study = made_study(3, annotators=annotators, errors={"missed": 5})
    found = disputed(study)
    for planted in study.planted:
        item = found[planted.doc_id, planted.start, planted.end]
        assert {one.missed_by for one in item.differences} == {planted.annotator}


def test_a_study_without_errors_has_no_disagreement() -> None:
    study = made_study(1, annotators=3, errors={})
    assert not disputed(study)
    assert len(items_of(study.documents[0], study.schema)) > 20


# Versions


def item_of(*votes: Vote, differences: tuple[Difference, ...] = (), group: str = "text") -> Item:
    kind = differences[0].kind if differences else "agree"
    return Item("key", group, 0, 40, votes, kind, differences)


def names(item: Item) -> list[tuple[str, ...]]:
    return [version.annotators for version in versions(item)]


def only(found: tuple[Item, ...]) -> Item:
    (item,) = found
    return item


def test_votes_with_equal_content_are_one_version() -> None:
    item = only(items(amal=[mark("a", 0, 20, q="x")], basim=[mark("b", 0, 20, q="x")], dalia=[mark("c", 0, 20, q="y")]))
    assert names(item) == [("amal", "basim"), ("dalia",)]


def test_the_version_of_most_annotators_comes_first() -> None:
    item = only(items(amal=[mark("a", 0, 20)], basim=[mark("b", 5, 20)], dalia=[mark("c", 5, 20)]))
    assert names(item) == [("basim", "dalia"), ("amal",)]


def test_a_version_with_content_comes_before_the_empty_one() -> None:
    item = only(items(amal=[], basim=[mark("b", 5, 20)]))
    assert names(item) == [("basim",), ("amal",)]
    assert [version.is_empty for version in versions(item)] == [False, True]


def test_versions_of_as_many_come_in_reading_order() -> None:
    item = only(items(amal=[mark("a", 5, 20)], basim=[mark("b", 0, 20)], dalia=[mark("c", 0, 30)]))
    assert names(item) == [("dalia",), ("basim",), ("amal",)]


def test_other_relations_make_another_version() -> None:
    ends: list[Value] = [CLAIM, SOURCE]
    item = items(amal=[*ends, RELATION], basim=ends, dalia=[*ends, replace(RELATION, id="other")])[0]
    assert names(item) == [("amal", "dalia"), ("basim",)]


def test_other_edges_at_the_other_end_of_a_relation_make_no_other_version() -> None:
    amal: list[Value] = [CLAIM, SOURCE, RELATION]
    basim: list[Value] = [CLAIM, replace(SOURCE, start=32), RELATION]
    item = items(amal=amal, basim=basim, dalia=[replace(CLAIM, end=15)])[0]
    assert names(item) == [("amal", "basim"), ("dalia",)]


def test_the_same_relation_twice_counts_once() -> None:
    amal: list[Value] = [CLAIM, SOURCE, RELATION, replace(RELATION, id="again")]
    assert [item.kind for item in items(amal=amal, basim=[CLAIM, SOURCE, RELATION])] == ["agree", "agree"]


def test_document_labels_make_versions() -> None:
    opinion, broken = DocumentLabel("opinion"), DocumentLabel("broken_page")
    item = only(items(amal=[opinion], basim=[], dalia=[opinion], faris=[broken]))
    assert names(item) == [("amal", "dalia"), ("faris",), ("basim",)]
    assert [version.is_empty for version in versions(item)] == [False, False, True]


def test_a_version_gives_the_annotations_of_its_first_vote() -> None:
    item = only(items(amal=[mark("a", 0, 20)], basim=[mark("b", 0, 20)]))
    assert [one.id for one in versions(item)[0].annotations] == ["a"]


@pytest.mark.parametrize("seed", range(3))
def test_votes_of_one_version_have_no_difference_and_others_have(seed: int) -> None:
    study = made_study(seed, annotators=3)
    for item in disputed(study).values():
        home = {name: number for number, version in enumerate(versions(item)) for name in version.annotators}
        apart = {(one.one, one.other) for one in item.differences}
        pairs = {(one, other) for one in home for other in home if one < other}
        assert apart == {(one, other) for one, other in pairs if home[one] != home[other]}


# The suggested version


def star(text: str = TEXT, /, **work: Sequence[Value]) -> tuple[str, ...]:
    version = suggested(items(text, **work)[0])
    return version.annotators if version else ()


def test_what_most_have_is_suggested() -> None:
    assert star(amal=[mark("a", 0, 20)], basim=[mark("b", 5, 20)], dalia=[mark("c", 5, 20)]) == ("basim", "dalia")


def test_nothing_is_suggested_where_most_marked_nothing() -> None:
    assert star(amal=[mark("a", 0, 20)], basim=[], dalia=[]) == ("basim", "dalia")


def test_what_all_have_is_suggested() -> None:
    assert star(amal=[mark("a", 0, 20)], basim=[mark("b", 0, 20)]) == ("amal", "basim")


def test_of_two_the_one_who_marked_something_is_suggested() -> None:
    assert star(amal=[], basim=[mark("b", 0, 20)]) == ("basim",)


def test_of_trivially_differing_versions_the_longest_is_suggested() -> None:
    text = "قال والوزير «إن»"
    work = {"amal": [mark("a", 5, 11)], "basim": [mark("b", 4, 11)], "dalia": [mark("c", 7, 11)]}
    assert star(text, **work) == ("basim",)


def test_who_missed_it_does_not_keep_the_longest_from_being_suggested() -> None:
    text = "قال والوزير «إن»"
    assert star(text, amal=[mark("a", 5, 11)], basim=[mark("b", 4, 11)], dalia=[]) == ("basim",)


def test_of_other_versions_the_one_most_like_the_others_is_suggested() -> None:
    work = {"amal": [mark("a", 0, 100)], "basim": [mark("b", 0, 50)], "dalia": [mark("c", 0, 54)]}
    assert star(**work) == ("dalia",)


def test_a_label_that_two_gave_is_more_alike_than_another_one() -> None:
    amal, basim, dalia = [mark("a", 0, 20, "source")], [mark("b", 0, 22)], [mark("c", 0, 18)]
    assert star(amal=amal, basim=basim, dalia=dalia) == ("basim",)


def test_of_two_versions_equally_alike_the_first_in_reading_order_is_suggested() -> None:
    assert star(amal=[mark("a", 5, 20)], basim=[mark("b", 0, 12)]) == ("basim",)


def test_as_many_for_each_document_label_suggest_none() -> None:
    assert suggested(only(items(amal=[DocumentLabel("opinion")], basim=[]))) is None


def test_the_document_label_of_most_is_suggested() -> None:
    opinion = [DocumentLabel("opinion")]
    assert star(amal=opinion, basim=[], dalia=opinion) == ("amal", "dalia")


def test_an_item_with_empty_votes_only_suggests_that() -> None:
    assert suggested(item_of(Vote("amal"), Vote("basim"))) is not None
