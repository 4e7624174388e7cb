"""The attribution suggester on texts made of its own words, in any order."""

from __future__ import annotations

from itertools import pairwise

import hypothesis.strategies as st
from hypothesis import given, settings

from annotator.suggest.attribution import AttributionSuggester
from annotator.suggest.attribution.tokens import tokens_of
from annotator.suggest.contract import DocumentView, Proposals


WORDS = (
    *("قال", "وقالت", "وأضاف", "أعلن", "نقلت", "عن", "قوله", "إن", "أن", "وأن", "أنه", "بأن", "مشيرا", "إلى", "بحسب"),
    *("وفقا", "لوزارة", "للشركة", "الوزير", "الوزيرة", "ووزير", "وكالة", "محمد", "علي", "في", "بيان", "اليوم", "الذي"),
    *("التي", "فيما", "كما", "وذلك", "لكن", "تعليق", "العمل", "ويبدأ", "وهو", "لرويترز", "ل", "كان", "ما", "على", "حد"),
    *(
        ":",
        "،",
        "؛",
        ".",
        "؟",
        '"',
        "«",
        "»",
        "“",
        "”",
        "(",
        ")",
        "...",
        "\n",
        "\n\n",
        "3.5",
        "قـال",
        "أكّد",
        "\u200f",
        "abc",
    ),
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
ANY = st.text(st.sampled_from('قالإنأنو ،.:«»"“”()\n\u200f\u064b😀x1'), max_size=200)
LABELS = st.sampled_from([frozenset({"claim", "source"}), frozenset({"claim", "source", "cue"})])
examples = settings(deadline=None, max_examples=150)


def proposed(text: str, labels: frozenset[str], headline: bool = False) -> Proposals:
    title_span = (0, len(text.split("\n", maxsplit=1)[0])) if headline else None
    return AttributionSuggester().suggest(DocumentView("d1", text, title_span=title_span, labels=labels))


@examples
@given(TEXTS | ANY, LABELS, st.booleans())
def test_spans_are_inside_the_text_and_on_one_line_and_not_blank(
    text: str, labels: frozenset[str], headline: bool
) -> None:
    for span in proposed(text, labels, headline).spans:
        assert 0 <= span.start < span.end <= len(text)
        words = text[span.start : span.end]
        assert words == words.strip()
        assert "\n" not in words


@examples
@given(TEXTS | ANY, LABELS, st.booleans())
def test_links_join_proposals_of_the_right_labels(text: str, labels: frozenset[str], headline: bool) -> None:
    answer = proposed(text, labels, headline)
    label_of = {span.key: span.label for span in answer.spans}
    assert len(label_of) == len(answer.spans)
    assert set(label_of.values()) <= labels
    tails = {"attributed_to": "source", "reported_via": "source", "has_cue": "cue"}
    for link in answer.links:
        assert label_of[link.head] == "claim"
        assert label_of[link.tail] == tails[link.label]


@examples
@given(TEXTS | ANY, LABELS)
def test_every_reported_claim_has_one_to_three_sources_and_an_own_one_none(text: str, labels: frozenset[str]) -> None:
    answer = proposed(text, labels)
    for span in answer.spans:
        if span.label == "claim":
            sources = [link for link in answer.links if link.head == span.key and link.label == "attributed_to"]
            assert len(sources) in ((0,) if span.attributes["quote"] == "none" else (1, 2, 3))


@examples
@given(TEXTS | ANY, LABELS)
def test_sources_do_not_overlap_and_no_span_is_proposed_twice(text: str, labels: frozenset[str]) -> None:
    spans = proposed(text, labels).spans
    assert len({(span.label, span.start, span.end) for span in spans}) == len(spans)
    sources = sorted((span.start, span.end) for span in spans if span.label == "source")
    assert all(one[1] <= other[0] for one, other in pairwise(sources))


@examples
@given(TEXTS | ANY, LABELS)
def test_the_same_text_has_the_same_proposals(text: str, labels: frozenset[str]) -> None:
    assert proposed(text, labels) == proposed(text, labels)


@examples
@given(TEXTS | ANY, TEXTS)
def test_lines_before_are_not_changed_by_lines_behind(text: str, behind: str) -> None:
    labels = frozenset({"claim", "source"})
    alone = {(span.start, span.end, span.label) for span in proposed(text, labels).spans if span.label == "claim"}
    longer = proposed(f"{text}\n{behind}", labels).spans
    assert alone == {(span.start, span.end, span.label) for span in longer if span.end <= len(text)} - {
        (span.start, span.end, span.label) for span in longer if span.label == "source"
    }


@examples
@given((TEXTS | ANY).map(lambda text: text.replace("\n", " ")))
def test_the_tokens_of_a_line_are_in_order_and_each_in_one_sentence(text: str) -> None:
    line = tokens_of(text)
    assert len(line.starts) == len(line.ends) == len(line.keys) == len(line.firsts) == len(line.limits)
    assert all(start < end for start, end in zip(line.starts, line.ends, strict=True))
    assert all(end <= start for end, start in zip(line.ends, line.starts[1:], strict=False))
    for number in range(len(line)):
        assert line.firsts[number] <= number < line.limits[number]
        assert line.limits[line.firsts[number]] == line.limits[number]
    assert all(line.partner[other] == one for one, other in line.partner.items())


@examples
@given((TEXTS | ANY).map(lambda text: text.replace("\n", " ")))
def test_nothing_but_spaces_is_between_tokens(text: str) -> None:
    line = tokens_of(text)
    left = "".join(text[end:start] for end, start in zip([0, *line.ends], [*line.starts, len(text)], strict=True))
    assert not left.strip()
