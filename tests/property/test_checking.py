"""Whatever a suggester answers, what counts of it is possible, and checking it again changes nothing."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import OperationError
from annotator.model.annotation import Annotation, Relation
from annotator.model.state import AnnotationState
from annotator.model.validation import check_annotation, check_relation
from annotator.suggest.checking import Checked, check
from annotator.suggest.contract import Link, Proposal, Proposals
from annotator.suggest.edges import Edges
from annotator.text.graphemes import clusters
from annotator.text.visible import visible
from tests.support.model import SCHEMA
from tests.support.suggesters import view


TEXTS = st.text(st.sampled_from("اب \n\u064e\u200f\u00a0👍🏽é\u0301\u2028"), max_size=20)
LABELS = st.sampled_from(["claim", "source", "boilerplate", "passage", "cue"])
ODD: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=3), st.lists(st.integers(), max_size=2)
)
KEYS = st.sampled_from(["", "a", "b", "c", "d"])
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["quote", "comment", "tone"]), st.sampled_from(["direct", "none", "\x00"]) | ODD, max_size=2
)


def mostly(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.integers(0, 9).flatmap(lambda number: strategy if number else ODD)


PROPOSALS = st.builds(
    Proposal,
    start=mostly(st.integers(-1, 12)),
    end=mostly(st.integers(0, 22)),
    label=mostly(LABELS),
    reason=mostly(st.text(max_size=5)),
    evidence=mostly(st.text(max_size=5)),
    score=mostly(st.floats(0, 1)),
    attributes=mostly(ATTRIBUTES),
    key=mostly(KEYS),
)
LINKS = st.builds(
    Link, label=mostly(st.sampled_from(["attributed_to", "repeats", "via"])), head=mostly(KEYS), tail=mostly(KEYS)
)
ANSWERS = st.builds(
    Proposals,
    spans=st.lists(mostly(PROPOSALS), max_size=8).map(tuple),
    links=st.lists(mostly(LINKS), max_size=6).map(tuple),
)


def checked(answer: Proposals, text: str) -> Checked:
    return check(answer, view(text), SCHEMA, "rules@1")


@settings(deadline=None, max_examples=200)
@given(TEXTS, ANSWERS)
def test_every_suggestion_and_relation_is_one_that_an_annotator_could_make(text: str, answer: Proposals) -> None:
    found = checked(answer, text).suggestions
    annotations = [Annotation(o.id, o.start, o.end, o.label, o.attributes, o.origin) for o in found.suggestions]
    for annotation in annotations:
        check_annotation(annotation, SCHEMA, len(text))
        assert annotation.start < annotation.end
    state = AnnotationState.of(annotations)
    for number, one in enumerate(found.relations):
        relation = Relation(str(number), one.label, one.head, one.tail)
        check_relation(relation, state, SCHEMA)
        state = AnnotationState({**state.values, relation.slot: relation})


@settings(deadline=None, max_examples=100)
@given(TEXTS, ANSWERS)
def test_nothing_is_lost_without_a_word(text: str, answer: Proposals) -> None:
    result = checked(answer, text)
    kept = len(result.suggestions.suggestions) + len(result.suggestions.relations)
    refused = [one for one in result.refused if not one.what.endswith("attribute")]
    assert kept + len(refused) + result.dropped == len(answer.spans) + len(answer.links)


@settings(deadline=None, max_examples=100)
@given(TEXTS, ANSWERS)
def test_what_counts_can_be_stored_and_shown(text: str, answer: Proposals) -> None:
    result = checked(answer, text)
    for one in result.suggestions.suggestions:
        for string in (one.reason, one.evidence, *dict(one.attributes).values()):
            assert not {"Cc", "Cs"} & {unicodedata.category(character) for character in string}
        assert one.score is None or 0 <= one.score <= 1
    for refusal in result.refused:
        f"{refusal.what} {refusal.why}".encode()


@settings(deadline=None, max_examples=100)
@given(TEXTS, ANSWERS)
def test_what_counts_counts_again(text: str, answer: Proposals) -> None:
    once = checked(answer, text).suggestions
    spans = tuple(
        Proposal(o.start, o.end, o.label, o.reason, o.evidence, o.score, dict(o.attributes), o.id)
        for o in once.suggestions
    )
    again = checked(Proposals(spans, tuple(Link(o.label, o.head, o.tail) for o in once.relations)), text)
    assert again == Checked(once)


@settings(deadline=None, max_examples=200)
@given(TEXTS, st.data())
def test_fitted_edges_are_those_of_letters_with_their_marks(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = Edges(text).fit(start, end)
    if first == last:
        return
    assert Edges(text).fit(first, last) == (first, last)
    assert not text[first].isspace()
    for edge in (first, last):
        mark = text[edge : edge + 1] in ("\u064e", "\u0301", "\u200f")
        assert not mark or edge == 0 or text[edge - 1] == "\n"
        assert text[edge - 1 : edge + 1] != "👍🏽"
    assert all(text[offset].isspace() or text[offset] in "\u064e\u0301\u200f" for offset in range(start, first))


@settings(deadline=None, max_examples=100)
@given(st.one_of(ODD, PROPOSALS, st.builds(Proposals, spans=ODD, links=ODD)))
def test_an_answer_of_any_kind_is_refused_and_raises_nothing(answer: Any) -> None:
    try:
        result = check(answer, view(), SCHEMA, "rules@1")
    except OperationError as error:
        raise AssertionError("an error got through") from error
    assert not result.suggestions.suggestions


@settings(deadline=None, max_examples=300)
@given(TEXTS, st.data())
def test_fitted_edges_are_those_found_by_looking_at_every_cluster(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, max(len(text) - 1, 0)))
    end = data.draw(st.integers(min(start + 1, len(text)), len(text)))
    starts, position = [], 0
    for line in text.split("\n"):
        starts += [position + one for one in clusters(visible(line), visible(line)).starts]
        position += len(line) + 1
        starts.append(position - 1)
    whole = list(pairwise(starts))
    touched = [(one, behind) for one, behind in whole if one < end and behind > start]
    seen = [number for number, (one, _) in enumerate(touched) if not text[one].isspace()]
    first, last = Edges(text).fit(start, end)
    if seen:
        assert (first, last) == (touched[seen[0]][0], touched[seen[-1]][1])
    else:
        assert first == last
