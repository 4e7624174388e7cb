from __future__ import annotations

from annotator.suggest.learned.links import attributions
from annotator.suggest.learned.tags import Found


def pairs(marked: str, *, value: str = "indirect") -> list[tuple[str, str]]:
    """The pairs in a text in which sources stand in [] and claims in {}."""
    text, opened = "", 0
    claims: list[Found] = []
    sources: list[Found] = []
    for character in marked:
        if character in "[{":
            opened = len(text)
        elif character == "]":
            sources.append(Found(opened, len(text), "source", "", 0.9))
        elif character == "}":
            claims.append(Found(opened, len(text), "claim", value, 0.9))
        else:
            text += character
    return [
        (text[claim.start : claim.end], text[source.start : source.end])
        for claim, source in attributions(text, claims, sources)
    ]


def test_the_mention_nearest_before_the_claim_answers_for_it() -> None:
    assert pairs("قال [أ] ثم [ب] إن {ج}.") == [("ج", "ب")]


def test_two_claims_may_have_one_source() -> None:
    assert pairs("قال [أ] إن {ج} وإن {د}.") == [("ج", "أ"), ("د", "أ")]


def test_a_mention_behind_the_claim_answers_where_none_is_before_it() -> None:
    assert pairs('"{ج}"، قال [أ].') == [("ج", "أ")]


def test_a_mention_of_the_same_sentence_goes_before_one_of_another() -> None:
    assert pairs('قال [أ] ذلك. "{ج}"، قال [ب].') == [("ج", "ب")]


def test_without_a_mention_in_the_sentence_the_last_one_answers() -> None:
    assert pairs("تحدث [أ] أمس.\nوأضاف أن {ج}.") == [("ج", "أ")]


def test_a_claim_that_is_not_known_to_be_reported_has_no_source_of_another_sentence() -> None:
    assert pairs("تحدث [أ] أمس. وصل {ج}.", value="") == []


def test_a_claim_in_the_own_voice_of_the_outlet_has_no_source() -> None:
    assert pairs("قال [أ] إن {ج}.", value="none") == []


def test_joined_sources_answer_together() -> None:
    assert pairs("قال [أ] و[ب] و[ت] إن {ج}.") == [("ج", "أ"), ("ج", "ب"), ("ج", "ت")]


def test_three_sources_at_most_answer_together() -> None:
    assert len(pairs("قال [أ] و[ب] و[ت] و[ث] إن {ج}.")) == 3


def test_sources_with_more_than_an_and_between_them_are_not_joined() -> None:
    assert pairs("قال [أ] بعد [ب] إن {ج}.") == [("ج", "ب")]


def test_a_source_inside_a_claim_does_not_answer_for_it() -> None:
    assert pairs("ورد أن {ج أبلغها [أ] بها}.") == []


def test_without_sources_there_are_no_pairs() -> None:
    assert pairs("قال إن {ج}.") == []
