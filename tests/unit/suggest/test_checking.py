from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from annotator.model.suggestion import SuggestedRelation, Suggestion
from annotator.suggest.checking import MOST, Checked, Refusal, check
from annotator.suggest.contract import Link, Proposal, Proposals
from annotator.suggest.fields import LONGEST
from tests.support.model import CLAIM, SCHEMA
from tests.support.suggesters import COMPANY, MINISTER, PRICES, TEXT, attributed, proposal, view


def checked(*spans: Any, links: Any = (), text: str = TEXT, origin: str = "rules@1") -> Checked:
    return check(Proposals(spans, links), view(text), SCHEMA, origin)


def only(result: Checked) -> Suggestion:
    assert result.refused == ()
    (suggestion,) = result.suggestions.suggestions
    return suggestion


def why(result: Checked) -> str:
    (refusal,) = result.refused
    return refusal.why


def test_a_proposal_becomes_a_suggestion_with_all_attributes_of_its_label() -> None:
    found = only(checked(proposal(evidence="قال", score=0.75, attributes={"quote": "direct"})))
    assert (found.start, found.end, found.label, found.origin) == (*PRICES, "claim", "rules@1")
    assert (found.score, found.reason, found.evidence) == (0.75, "a verb of saying", "قال")
    assert found.attributes == (("quote", "direct"), ("check_worthy", "true"), ("comment", ""))


def test_suggestions_are_in_reading_order() -> None:
    result = checked(proposal(COMPANY, "source"), proposal(MINISTER, "source"), proposal((0, 28)))
    assert [one.start for one in result.suggestions.suggestions] == [0, 4, 37]


def test_an_empty_answer_is_fine() -> None:
    assert checked() == Checked()


# What is no answer


@pytest.mark.parametrize("answer", [None, [], (), "claim", {"spans": []}, proposal(), 3])
def test_what_is_no_proposals_is_one_refusal(answer: Any) -> None:
    result = check(answer, view(), SCHEMA, "rules@1")
    assert result.refused == (Refusal("the answer", f"is no Proposals but of type {type(answer).__name__}"),)
    assert not result.suggestions.suggestions


@pytest.mark.parametrize("spans", [None, "ab", 5, {"a": 1}, iter([proposal()])])
def test_spans_that_are_no_tuple_are_one_refusal(spans: Any) -> None:
    result = check(Proposals(spans), view(), SCHEMA, "rules@1")
    assert [one.what for one in result.refused] == ["the spans"]


def test_a_list_of_spans_is_taken() -> None:
    answer: Any = [proposal()]
    only(check(Proposals(answer), view(), SCHEMA, "rules@1"))


@pytest.mark.parametrize("span", [None, "claim", (4, 10, "claim"), {"start": 1}, Link("attributed_to", "c", "s")])
def test_what_is_no_proposal_is_refused_and_the_others_count(span: Any) -> None:
    result = checked(span, proposal())
    assert [one.label for one in result.suggestions.suggestions] == ["claim"]
    assert result.refused == (Refusal("span 1", f"is no Proposal but of type {type(span).__name__}"),)


# Offsets


@pytest.mark.parametrize("span", [(-1, 5), (0, len(TEXT) + 1), (9, 4), (-5, -1), (10**6, 10**6 + 1)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    result = checked(proposal(span))
    assert result.refused == (
        Refusal("span 1 (claim)", f"{span[0]}–{span[1]} lies outside the text of {len(TEXT)} characters"),
    )
    assert not result.suggestions.suggestions


@pytest.mark.parametrize("span", [(4, 4), (3, 4), (29, 30), (0, 0), (len(TEXT), len(TEXT))])
def test_a_span_of_nothing_or_of_spaces_is_refused(span: tuple[int, int]) -> None:
    assert "empty, or spaces only" in why(checked(proposal(span)))


@pytest.mark.parametrize("start", [None, "4", 4.0, True, [4], float("nan")])
def test_an_offset_that_is_no_whole_number_is_refused(start: Any) -> None:
    assert why(checked(proposal((start, 10)))) == f"its start is no whole number but of type {type(start).__name__}"


def test_an_offset_too_long_to_be_written_is_refused() -> None:
    assert why(checked(proposal((0, 10**5000)))) == "its end lies far outside the text"


def test_whole_numbers_of_numpy_are_taken_and_kept_as_plain_ones() -> None:
    found = only(checked(proposal((np.int64(14), np.int32(28)), score=np.float32(0.5))))
    assert [type(value) for value in (found.start, found.end, found.score)] == [int, int, float]


def test_edges_inside_a_letter_with_its_marks_move_outward() -> None:
    found = only(checked(proposal((0, 3)), text="كَتَبَ"))
    assert (found.start, found.end) == (0, 4)


def test_spaces_at_the_edges_are_left_out() -> None:
    found = only(checked(proposal((3, 11), "source")))
    assert (found.start, found.end) == MINISTER


# Labels


def test_a_label_that_the_schema_lacks_is_dropped_and_counted() -> None:
    result = checked(proposal(label="cue"), proposal())
    assert (len(result.suggestions.suggestions), result.refused, result.dropped) == (1, (), 1)


@pytest.mark.parametrize("label", [None, 3, ["claim"], ("claim",)])
def test_a_label_that_is_no_string_is_refused(label: Any) -> None:
    assert why(checked(proposal(label=label))) == f"its label is no string but of type {type(label).__name__}"


def test_the_same_span_with_the_same_label_counts_once() -> None:
    result = checked(proposal(reason="one"), proposal((13, 28), reason="other"))
    assert [one.reason for one in result.suggestions.suggestions] == ["one"]
    assert result.refused == (Refusal("span 2 (claim)", "14–28 has this label already"),)


def test_the_same_span_may_have_several_labels() -> None:
    assert len(checked(proposal(), proposal(label="passage")).suggestions.suggestions) == 2


# Scores


@pytest.mark.parametrize("score", [0, 1, 0.0, 1.0, 0.5, Fraction(1, 2), None])
def test_a_score_from_0_to_1_or_none_is_kept(score: Any) -> None:
    assert only(checked(proposal(score=score))).score == score


@pytest.mark.parametrize("score", [-0.1, 1.01, float("nan"), float("inf"), -float("inf"), 10**400])
def test_a_score_beyond_0_to_1_is_refused(score: Any) -> None:
    assert why(checked(proposal(score=score))) == "its score is not from 0 to 1"


@pytest.mark.parametrize("score", ["0.5", True, [0.5], 0.5j])
def test_a_score_that_is_no_number_is_refused(score: Any) -> None:
    assert why(checked(proposal(score=score))) == f"its score is no number but of type {type(score).__name__}"


# Attributes


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("tone", "direct", "label claim has no attribute 'tone'"),
        ("quote", "loud", "'loud' is no value of claim.quote"),
        ("check_worthy", True, "its value of check_worthy is no string but of type bool"),
        (3, "direct", "its attribute is no string but of type int"),
    ],
)
def test_a_faulty_attribute_leaves_the_span_with_the_default(key: Any, value: Any, reason: str) -> None:
    result = checked(proposal(attributes={key: value, "comment": "kept"}))
    (found,) = result.suggestions.suggestions
    assert found.attributes == (*CLAIM.defaults()[:2], ("comment", "kept"))
    assert result.refused == (Refusal("span 1 (claim), attribute", reason),)


@pytest.mark.parametrize("attributes", [None, [("quote", "direct")], "quote"])
def test_attributes_that_are_no_mapping_refuse_the_span(attributes: Any) -> None:
    assert "its attributes are no mapping" in why(checked(proposal(attributes=attributes)))


# Strings


def test_a_long_reason_and_long_evidence_are_cut() -> None:
    found = only(checked(proposal(reason="r" * 1000, evidence="e" * 1000)))
    assert (found.reason, found.evidence) == ("r" * LONGEST, "e" * LONGEST)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\x00b", "a\ufffdb"),
        ("a\x1b[31mb", "a\ufffd[31mb"),
        ("a\n\n\tb", "a b"),
        ("a\ud800b", "a\ufffdb"),
        ("a\u2028b", "a b"),
    ],
)
def test_control_characters_and_line_breaks_are_replaced(given: str, kept: str) -> None:
    found = only(checked(proposal(reason=given, evidence=given, attributes={"comment": given})))
    assert (found.reason, found.evidence, dict(found.attributes)["comment"]) == (kept, kept, kept)


@pytest.mark.parametrize("name", ["reason", "evidence", "key"])
def test_a_text_that_is_no_string_is_refused(name: str) -> None:
    fields: dict[str, Any] = {name: 5}
    assert why(checked(proposal(**fields))) == f"its {name} is no string but of type int"


def test_a_refusal_is_short_and_clean_whatever_was_proposed() -> None:
    label: Any = "x\n\x1b" * 1000
    (refusal,) = checked(Proposal(0, 3, label, "why", score=7), Proposal(3, 3, "claim", label)).refused
    (other,) = checked(proposal(label="claim", key=label), proposal(COMPANY, key=label)).refused
    for text in (refusal.what, refusal.why, other.what, other.why):
        assert len(text) <= LONGEST
        assert text.isprintable()


# Relations


def test_a_link_becomes_a_relation_between_the_suggestions() -> None:
    result = check(attributed(), view(), SCHEMA, "rules@1")
    source, claim = result.suggestions.suggestions
    assert result.suggestions.relations == (SuggestedRelation("attributed_to", claim.id, source.id),)
    assert (result.refused, result.dropped) == ((), 0)


CLAIM_C, SOURCE_S = proposal(key="c"), proposal(MINISTER, "source", key="s")


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        (Link("attributed_to", "c", "x"), "no span that counts has the key 'x'"),
        (Link("attributed_to", "", "s"), "no span that counts has the key ''"),
        (Link("attributed_to", "s", "c"), "a source cannot be its head"),
        (Link("attributed_to", "c", "c"), "a claim cannot be its tail"),
        (Link("repeats", "c", "c"), "its ends are one span"),
        ("attributed_to", "is no Link but of type str"),
        (Link("attributed_to", 1, "s"), "its head is no string but of type int"),  # type: ignore[arg-type]
    ],
)
def test_a_faulty_link_is_refused(link: Any, reason: str) -> None:
    result = checked(CLAIM_C, SOURCE_S, links=(link,))
    assert why(result) == reason
    assert not result.suggestions.relations


def test_a_relation_counts_once() -> None:
    links = (Link("attributed_to", "c", "s"),) * 2
    result = checked(CLAIM_C, SOURCE_S, links=links)
    assert len(result.suggestions.relations) == 1
    assert result.refused == (Refusal("relation 2 (attributed_to)", "these two spans are related so already"),)


def test_a_head_has_no_more_tails_than_the_schema_allows() -> None:
    sources = [proposal((4 + n, 10), "source", key=f"s{n}") for n in range(3)]
    result = checked(CLAIM_C, *sources, links=tuple(Link("attributed_to", "c", f"s{n}") for n in range(3)))
    assert len(result.suggestions.relations) == 2
    assert why(result) == "a head has at most 2 of it"


def test_a_link_to_a_refused_span_is_refused() -> None:
    result = checked(CLAIM_C, proposal((5, 5), "source", key="s"), links=(Link("attributed_to", "c", "s"),))
    assert [one.what for one in result.refused] == ["span 2 (source)", "relation 1 (attributed_to)"]


@pytest.mark.parametrize(
    "link", [Link("reported_via", "c", "s"), Link("attributed_to", "c", "v"), Link("reported_via", "v", "nowhere")]
)
def test_a_link_of_or_to_a_label_that_the_schema_lacks_is_dropped_and_counted(link: Link) -> None:
    result = checked(CLAIM_C, SOURCE_S, proposal((0, 3), "cue", key="v"), links=(link,))
    assert (result.refused, result.dropped, result.suggestions.relations) == ((), 2, ())


def test_a_key_used_twice_refuses_the_second_span() -> None:
    result = checked(CLAIM_C, proposal(MINISTER, "source", key="c"))
    assert [one.label for one in result.suggestions.suggestions] == ["claim"]
    assert why(result) == "the key 'c' is that of a span before it"


def test_a_link_to_a_span_that_stood_there_already_is_one_to_that() -> None:
    result = checked(CLAIM_C, SOURCE_S, proposal(MINISTER, "source", key="t"), links=(Link("attributed_to", "c", "t"),))
    assert len(result.suggestions.relations) == 1


# How many


def test_spans_beyond_the_most_are_one_refusal() -> None:
    text = "ا" * (MOST + 5)
    result = checked(*(proposal((n, n + 1)) for n in range(MOST + 5)), text=text)
    assert len(result.suggestions.suggestions) == MOST
    assert result.refused == (
        Refusal(f"the spans behind number {MOST}", f"there are {MOST + 5}, more than anybody could look at"),
    )


# Ids


def test_an_id_is_the_same_for_another_version_reason_and_score() -> None:
    one = only(checked(proposal(score=0.5)))
    other = only(checked(proposal(reason="other", attributes={"quote": "direct"}), origin="rules@2"))
    assert one.id == other.id
    assert len(one.id) == 12
    assert int(one.id, 16) >= 0


def test_an_id_is_another_for_another_suggester_label_span_or_text() -> None:
    ids = {
        only(checked(proposal())).id,
        only(checked(proposal(), origin="other@1")).id,
        only(checked(proposal(label="passage"))).id,
        only(checked(proposal((14, 21)))).id,
        only(checked(proposal(), text=TEXT + ".")).id,
    }
    assert len(ids) == 5


def test_an_id_stays_what_it_was_in_earlier_versions_of_the_program() -> None:
    assert only(checked(proposal())).id == "704426ab568e"
