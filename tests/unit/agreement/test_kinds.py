from __future__ import annotations

import pytest

from annotator.agreement.items import Difference, Link, Vote
from annotator.agreement.kinds import KINDS, differences, gravest, kind_of
from annotator.agreement.pairing import pairing
from annotator.model.annotation import Annotation


TEXT = "كلمة " * 60


def mark(start: int, end: int, label: str = "claim", name: str = "", **attributes: str) -> Annotation:
    return Annotation(name or f"{label}{start}-{end}", start, end, label, tuple(attributes.items()))


def vote(name: str, *marks: Annotation, links: tuple[Link, ...] = (), labels: tuple[str, ...] = ()) -> Vote:
    return Vote(name, marks, links, labels)


def told(one: Vote, other: Vote, *disputed: str, text: str = TEXT) -> Difference:
    """The one difference of two votes, which is the same the other way round but for the names."""
    (difference,) = differences(text, (one, other), frozenset(disputed))
    (turned,) = differences(text, (other, one), frozenset(disputed))
    assert (turned.kind, turned.edge, turned.missed_by) == (difference.kind, difference.edge, difference.missed_by)
    return difference


def between(*marks: list[Annotation]) -> Difference:
    one, other = marks
    return told(vote("amal", *one), vote("basim", *other))


def link(label: str = "attributed_to", head: str = "h", tail: str = "elsewhere", other: str = "x", **kw: str) -> Link:
    return Link("id", label, head, tail, tuple(kw.items()), other)


H = mark(0, 20, name="h")


def linked(*links: Link, name: str = "amal") -> Vote:
    return vote(name, H, links=links)


def test_equal_votes_do_not_differ_whatever_their_ids() -> None:
    votes = (vote("amal", mark(0, 20, name="a", q="x")), vote("basim", mark(0, 20, name="b", q="x")))
    assert differences(TEXT, votes, frozenset()) == ()


def test_the_order_of_attributes_is_no_difference() -> None:
    votes = (vote("amal", mark(0, 20, q="x", r="y")), vote("basim", mark(0, 20, r="y", q="x")))
    assert differences(TEXT, votes, frozenset()) == ()


def test_an_empty_vote_has_missed() -> None:
    found = between([mark(0, 20)], [])
    assert (found.kind, found.missed_by) == ("missed", "basim")


def test_a_span_without_counterpart_beside_others_is_missed() -> None:
    found = between([mark(0, 20)], [mark(0, 20), mark(5, 10, "source")])
    assert (found.kind, found.missed_by) == ("missed", "amal")


def test_where_both_miss_something_it_is_who_lacks_more_characters() -> None:
    found = between([mark(0, 20), mark(30, 35)], [mark(20, 30)])
    assert (found.kind, found.missed_by) == ("missed", "basim")


def test_another_attribute_of_the_same_span_is_attribute() -> None:
    assert between([mark(0, 20, quote="none")], [mark(0, 20, quote="direct")]).kind == "attribute"


def test_an_attribute_that_one_lacks_is_attribute() -> None:
    assert between([mark(0, 20, quote="none")], [mark(0, 20)]).kind == "attribute"


def test_another_label_on_the_same_offsets_is_label() -> None:
    assert between([mark(0, 20)], [mark(0, 20, "source")]).kind == "label"


@pytest.mark.parametrize(("start", "end", "edge"), [(5, 20, "start"), (0, 25, "end"), (5, 15, "both")])
def test_other_offsets_under_one_label_are_boundary(start: int, end: int, edge: str) -> None:
    found = between([mark(0, 20)], [mark(start, end)])
    assert (found.kind, found.edge, found.is_trivial) == ("boundary", edge, False)


def test_a_boundary_is_trivial_where_every_differing_edge_is() -> None:
    found = told(vote("a", mark(0, 9)), vote("b", mark(1, 10)), text="والوزير ن.")
    assert (found.kind, found.edge, found.is_trivial) == ("boundary", "both", True)


def test_a_boundary_is_not_trivial_where_one_edge_is_not() -> None:
    found = told(vote("a", mark(0, 7)), vote("b", mark(1, 10)), text="والوزير ن.")
    assert (found.edge, found.is_trivial) == ("both", False)


def test_an_attribute_beside_a_boundary_leaves_it_a_boundary() -> None:
    assert between([mark(0, 20, quote="none")], [mark(0, 25, quote="direct")]).kind == "boundary"


def test_edges_of_several_pairs_are_told_together() -> None:
    found = between([mark(0, 20), mark(30, 50)], [mark(5, 20), mark(30, 55)])
    assert (found.kind, found.edge) == ("boundary", "both")


def test_another_label_and_other_offsets_are_boundary_and_label() -> None:
    assert between([mark(0, 20)], [mark(0, 25, "source")]).kind == "boundary and label"


def test_one_span_against_two_that_cover_four_fifths_of_it_is_a_split() -> None:
    assert between([mark(0, 100)], [mark(0, 40), mark(60, 100)]).kind == "split"


def test_two_spans_that_cover_less_than_four_fifths_are_no_split() -> None:
    assert between([mark(0, 100)], [mark(0, 40), mark(61, 100)]).kind == "missed"


def test_two_pieces_of_another_label_are_no_split() -> None:
    assert between([mark(0, 100)], [mark(0, 50), mark(50, 100, "source")]).kind == "missed"


def test_pieces_may_reach_out_of_the_whole() -> None:
    assert between([mark(10, 100)], [mark(5, 50), mark(50, 110)]).kind == "split"


def test_a_neighbour_that_reaches_in_is_no_piece() -> None:
    found = between([mark(0, 100), mark(101, 200)], [mark(0, 103), mark(104, 200)])
    assert (found.kind, found.edge) == ("boundary", "both")


def test_a_span_inside_a_piece_is_no_second_piece() -> None:
    assert between([mark(0, 100)], [mark(0, 95), mark(10, 30)]).kind == "missed"


def test_document_labels_differ_as_such() -> None:
    assert told(vote("a", labels=("opinion",)), vote("b")).kind == "document label"


def test_a_relation_that_one_lacks_is_relation() -> None:
    assert told(linked(link()), linked(name="basim")).kind == "relation"


@pytest.mark.parametrize(
    "other",
    [
        link("reported_via"),
        link(other="y"),
        link(head="elsewhere", tail="h"),
        link(certain="low"),
    ],
)
def test_another_type_target_direction_or_attribute_is_relation(other: Link) -> None:
    assert told(linked(link()), linked(other, name="basim")).kind == "relation"


def test_relations_to_different_spans_of_one_item_are_the_same() -> None:
    votes = (linked(link(tail="mine")), linked(link(tail="yours"), name="basim"))
    assert differences(TEXT, votes, frozenset("x")) == ()


def test_relations_from_different_spans_of_the_item_differ() -> None:
    marks = (H, mark(20, 40, name="second"))
    one = vote("amal", *marks, links=(link(),))
    other = vote("basim", *marks, links=(link(head="second"),))
    assert told(one, other).kind == "relation"


def test_the_direction_of_a_relation_inside_an_item_counts() -> None:
    marks = (H, mark(20, 40, name="second"))
    one = vote("amal", *marks, links=(link(tail="second"),))
    other = vote("basim", *marks, links=(link(head="second", tail="h"),))
    assert told(one, other).kind == "relation"


def test_a_relation_is_graver_than_an_attribute() -> None:
    one = vote("amal", mark(0, 20, name="h", quote="none"), links=(link(),))
    assert told(one, vote("basim", mark(0, 20, name="h", quote="direct"))).kind == "relation"


def test_a_relation_between_settled_spans_is_not_derived() -> None:
    assert not told(linked(link()), linked(name="basim")).is_derived


def test_a_relation_to_a_disputed_item_is_derived() -> None:
    assert told(linked(link()), linked(name="basim"), "x").is_derived


def test_a_relation_is_not_derived_while_another_one_differs_too() -> None:
    both = linked(link(), link(other="y"))
    assert not told(both, linked(name="basim"), "x").is_derived


def test_a_relation_of_a_span_that_a_third_one_disputes_is_derived() -> None:
    votes = (linked(link()), linked(name="basim"), vote("dalia"))
    found = {(one.one, one.other): one for one in differences(TEXT, votes, frozenset())}
    assert found["amal", "basim"].kind == "relation"
    assert found["amal", "basim"].is_derived
    assert found["amal", "dalia"].missed_by == "dalia"


def test_every_two_votes_that_differ_have_one_difference() -> None:
    votes = (vote("a", mark(0, 20)), vote("b", mark(0, 20)), vote("c", mark(0, 25)), vote("d"))
    found = [(one.one, one.other, one.kind) for one in differences(TEXT, votes, frozenset())]
    assert found == [
        ("a", "c", "boundary"),
        ("a", "d", "missed"),
        ("b", "c", "boundary"),
        ("b", "d", "missed"),
        ("c", "d", "missed"),
    ]


def test_the_last_of_the_kinds_is_the_gravest() -> None:
    assert gravest(KINDS) == "missed"
    assert gravest(["label", "attribute"]) == "label"


def test_no_kinds_are_agreement() -> None:
    assert gravest([]) == "agree"


def test_annotations_alike_agree() -> None:
    assert kind_of(mark(0, 5, q="x"), mark(0, 5, name="other", q="x")) == "agree"


def pairs_of(ones: list[Annotation], others: list[Annotation]) -> list[tuple[str, str]]:
    return sorted((one.id, other.id) for one, other in pairing(ones, others).pairs)


def test_equal_spans_are_paired_before_likelier_looking_others() -> None:
    ones = [mark(0, 20, name="a"), mark(0, 20, "source", name="b")]
    others = [mark(0, 20, "source", name="c"), mark(0, 21, name="d")]
    assert pairs_of(ones, others) == [("a", "d"), ("b", "c")]


def test_of_same_offsets_those_with_one_label_are_paired_first() -> None:
    ones = [mark(0, 20, name="a", quote="x"), mark(0, 20, "source", name="b")]
    others = [mark(0, 20, "cue", name="c"), mark(0, 20, name="d", quote="y")]
    assert pairs_of(ones, others) == [("a", "d"), ("b", "c")]


def test_pairs_of_one_label_are_those_most_alike_together() -> None:
    ones = [mark(0, 20, name="a"), mark(20, 50, name="b")]
    others = [mark(10, 36, name="c"), mark(43, 60, name="d")]
    assert pairs_of(ones, others) == [("a", "c"), ("b", "d")]  # b and c are the most alike, and would leave two alone


def test_one_label_goes_before_more_overlap() -> None:
    ones = [mark(0, 20, name="a")]
    others = [mark(0, 19, "source", name="b"), mark(10, 30, name="c")]
    assert pairs_of(ones, others) == [("a", "c")]


def test_what_overlaps_nothing_is_left() -> None:
    found = pairing([mark(0, 20, name="a")], [mark(20, 30, name="b")])
    assert (found.pairs, found.only_one[0].id, found.only_other[0].id) == ((), "a", "b")


def test_a_split_names_the_whole_and_its_pieces_either_way() -> None:
    whole, pieces = mark(0, 100, name="w"), [mark(0, 50, name="p"), mark(50, 100, name="q")]
    assert pairing([whole], pieces).splits == ((whole, tuple(pieces)),)
    assert pairing(pieces, [whole]).splits == ((whole, tuple(pieces)),)


def test_a_long_chain_of_overlapping_spans_is_paired() -> None:
    ones = [mark(start, start + 10, name=f"a{start}") for start in range(0, 20_000, 10)]
    others = [mark(start + 3, start + 13, name=f"b{start}") for start in range(0, 20_000, 10)]
    assert pairs_of(ones, others) == sorted((f"a{start}", f"b{start}") for start in range(0, 20_000, 10))
