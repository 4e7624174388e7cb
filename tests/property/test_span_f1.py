from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement.spans import Match, aligned, f1_counts, f1_counts_by_label, span_f1
from annotator.agreement.study import Unit


UNITS = st.tuples(st.integers(0, 12), st.integers(0, 8), st.sampled_from("ab")).map(
    lambda parts: (parts[0], parts[0] + parts[1], parts[2])
)
SPANS = st.lists(UNITS, max_size=5)
MATCHES = st.sampled_from(["exact", "overlap", "character"])
THRESHOLDS = st.sampled_from([0.1, 0.3, 0.5, 0.7, 1.0])


def iou(one: Unit, other: Unit) -> float:
    """By characters; spans without any are alike where they are equal."""
    mine, theirs = set(range(*one[:2])), set(range(*other[:2]))
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else float(one[0] == other[0])


def best(one: list[Unit], other: list[Unit], labelled: bool, threshold: float) -> tuple[int, float]:
    """Most pairs and then most overlap of all ways to pair the spans, tried one by one."""
    shorter, longer = sorted((list(set(one)), list(set(other))), key=len)
    found = (0, 0.0)
    for order in permutations(longer, len(shorter)):
        overlaps = [
            iou(here, there)
            for here, there in zip(shorter, order, strict=True)
            if iou(here, there) >= threshold and (here[2] == there[2] or not labelled)
        ]
        found = max(found, (len(overlaps), sum(overlaps)))
    return found


@settings(deadline=None, max_examples=150)
@given(SPANS, SPANS, st.booleans(), THRESHOLDS)
def test_the_pairs_are_the_best_of_all(one: list[Unit], other: list[Unit], labelled: bool, threshold: float) -> None:
    pairs = aligned(one, other, labelled, threshold)
    count, overlap = best(one, other, labelled, threshold)
    assert len(pairs) == count
    assert sum(iou(here, there) for here, there in pairs) == pytest.approx(overlap)


@settings(deadline=None, max_examples=100)
@given(SPANS, SPANS, st.booleans(), THRESHOLDS)
def test_pairs_are_one_to_one_and_keep_the_rules(
    one: list[Unit], other: list[Unit], labelled: bool, threshold: float
) -> None:
    pairs = aligned(one, other, labelled, threshold)
    assert len({here for here, _ in pairs}) == len({there for _, there in pairs}) == len(pairs)
    for here, there in pairs:
        assert here in one
        assert there in other
        assert iou(here, there) >= threshold
        assert here[2] == there[2] or not labelled


@settings(deadline=None, max_examples=100)
@given(SPANS, SPANS, THRESHOLDS)
def test_overlap_counts_the_pairs(one: list[Unit], other: list[Unit], threshold: float) -> None:
    counts = f1_counts(one, other, "overlap", threshold=threshold)
    assert counts == (best(one, other, True, threshold)[0], len(set(one)), len(set(other)))


@settings(deadline=None, max_examples=100)
@given(SPANS, SPANS)
def test_character_counts_written_out_characters(one: list[Unit], other: list[Unit]) -> None:
    mine, theirs = ({(at, label) for start, end, label in spans for at in range(start, end)} for spans in (one, other))
    assert f1_counts(one, other, "character") == (len(mine & theirs), len(mine), len(theirs))


@settings(deadline=None, max_examples=100)
@given(SPANS, SPANS, MATCHES, st.booleans())
def test_which_annotator_is_which_does_not_matter(
    one: list[Unit], other: list[Unit], match: Match, labelled: bool
) -> None:
    matched, of_one, of_other = f1_counts(one, other, match, labelled)
    assert f1_counts(other, one, match, labelled) == (matched, of_other, of_one)


@settings(deadline=None, max_examples=100)
@given(SPANS, MATCHES, st.booleans())
def test_the_same_work_agrees(spans: list[Unit], match: Match, labelled: bool) -> None:
    assert span_f1(spans, list(reversed(spans)), match, labelled) == 1


@settings(deadline=None, max_examples=100)
@given(SPANS, SPANS, MATCHES)
def test_labels_add_up(one: list[Unit], other: list[Unit], match: Match) -> None:
    by_label = f1_counts_by_label(one, other, match)
    assert f1_counts(one, other, match) == tuple(sum(each[place] for each in by_label.values()) for place in range(3))


@settings(deadline=None, max_examples=100)
@given(SPANS, SPANS)
def test_overlap_is_at_least_exact(one: list[Unit], other: list[Unit]) -> None:
    assert span_f1(one, other, "overlap") >= span_f1(one, other)
