from __future__ import annotations

import csv
import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable
from functools import reduce
from itertools import combinations
from statistics import mean, pstdev
from typing import Any

import numpy as np
import pytest

from annotator.agreement.spans import (
    Counts,
    Match,
    aligned,
    f1_counts,
    f1_counts_by_label,
    f1_of,
    precision_of,
    recall_of,
    span_f1,
)
from annotator.agreement.study import Unit
from annotator.errors import OffsetError, UsageError
from tests.support.shared import shared_file


Work = dict[str, list[Unit]]
NONE = Counts(0, 0, 0)


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    """Four annotators on seven documents, from github.com/kldtz/bratiaa, with the values that it is tested for."""
    expected: dict[str, Any] = json.loads(shared_file("agreement", "25_span_f1_bratiaa.json").read_text())["expected"]
    return expected


@pytest.fixture(scope="module")
def annotators() -> list[Work]:
    work: dict[str, Work] = defaultdict(lambda: defaultdict(list))
    with shared_file("agreement", "25_bratiaa_spans.csv").open() as file:
        for row in csv.DictReader(file):
            start, end = row["offsets"].split("-")
            work[row["annotator"]][row["doc"]].append((int(start), int(end), row["label"]))
    return list(work.values())


@pytest.fixture(scope="module")
def in_tokens(annotators: list[Work]) -> list[Work]:
    """The same with tokens as the positions."""
    tokens: dict[str, list[tuple[int, int]]] = defaultdict(list)
    with shared_file("agreement", "25_bratiaa_tokens.csv").open() as file:
        for row in csv.DictReader(file):
            tokens[row["doc"]].append((int(row["start"]), int(row["end"])))

    def moved(document: str, unit: Unit) -> Unit:
        starts, ends = zip(*sorted(tokens[document]), strict=True)
        return bisect_right(ends, unit[0]), bisect_left(starts, unit[1]), unit[2]

    return [{key: [moved(key, unit) for unit in units] for key, units in work.items()} for work in annotators]


def over_pairs(
    work: list[Work], counts: Callable[[list[Unit], list[Unit]], Counts], documents: list[str]
) -> list[float]:
    """F1 of each pair of annotators from the counts of the documents together."""
    return [
        float(f1_of(reduce(Counts.plus, (counts(one.get(key, []), other.get(key, [])) for key in documents))))
        for one, other in combinations(work, 2)
    ]


def test_exact_f1_of_a_published_corpus(annotators: list[Work], published: dict[str, Any]) -> None:
    documents = list({document for work in annotators for document in work})
    figures = over_pairs(annotators, f1_counts, documents)
    assert mean(figures) == pytest.approx(published["instance_mean_f1"]["value"], abs=1e-6)
    assert pstdev(figures) == pytest.approx(published["instance_sd"]["value"], abs=1e-6)


def test_exact_f1_per_label_of_a_published_corpus(annotators: list[Work], published: dict[str, Any]) -> None:
    documents = list({document for work in annotators for document in work})
    for label in ("LOC", "MISC", "ORG", "PER"):

        def counts(one: list[Unit], other: list[Unit], label: str = label) -> Counts:
            return f1_counts_by_label(one, other).get(label, NONE)

        figures = over_pairs(annotators, counts, documents)
        assert mean(figures) == pytest.approx(published["instance_per_label"][label], abs=1e-6)


def test_exact_f1_per_document_of_a_published_corpus(annotators: list[Work], published: dict[str, Any]) -> None:
    for document in {document for work in annotators for document in work}:
        expected = published["instance_per_document"][document]
        assert mean(over_pairs(annotators, f1_counts, [document])) == pytest.approx(expected, abs=1e-6)


def test_token_f1_of_a_published_corpus(in_tokens: list[Work], published: dict[str, Any]) -> None:
    """With tokens as the positions, "character" counts tokens."""

    def counts(one: list[Unit], other: list[Unit]) -> Counts:
        return f1_counts(one, other, "character")

    documents = list({document for work in in_tokens for document in work})
    figures = over_pairs(in_tokens, counts, documents)
    assert mean(figures) == pytest.approx(published["token_mean_f1"]["value"], abs=1e-6)
    assert pstdev(figures) == pytest.approx(published["token_sd"]["value"], abs=1e-6)


def test_exact_takes_the_same_offsets_and_label() -> None:
    one = [(0, 4, "a"), (5, 9, "a"), (10, 12, "b")]
    other = [(0, 4, "a"), (5, 8, "a"), (10, 12, "c"), (20, 21, "a")]
    f1 = span_f1(one, other)
    assert f1 == pytest.approx(2 * 1 / 7)
    assert (f1.n, f1.of) == (7, "spans")
    assert span_f1(one, other, labelled=False) == pytest.approx(2 * 2 / 7)


def test_equal_spans_of_one_annotator_count_once() -> None:
    assert f1_counts([(0, 4, "a")] * 3, [(0, 4, "a")]) == (1, 1, 1)
    assert f1_counts([(0, 4, "a"), (0, 4, "b")], [(0, 4, "a")]) == (1, 2, 1)
    assert f1_counts([(0, 4, "a"), (0, 4, "b")], [(0, 4, "a")], labelled=False) == (1, 1, 1)


@pytest.mark.parametrize("match", ["exact", "overlap", "character"])
def test_nothing_from_both_is_one_but_counts_nothing(match: Match) -> None:
    f1 = span_f1([], [], match)
    assert (f1, f1.n) == (1, 0)
    assert f1.left_out == "neither marked anything"


@pytest.mark.parametrize("match", ["exact", "overlap", "character"])
def test_nothing_from_one_is_zero(match: Match) -> None:
    assert span_f1([(0, 4, "a")], [], match) == span_f1([], [(0, 4, "a")], match) == 0


@pytest.mark.parametrize(("end", "matched"), [(5, 1), (4, 0), (20, 1), (21, 0)])
def test_overlap_takes_half_of_the_joint_length(end: int, matched: int) -> None:
    assert f1_counts([(0, 10, "a")], [(0, end, "a")], "overlap") == (matched, 1, 1)


def test_the_threshold_itself_is_enough() -> None:
    one, other = [(0, 10, "a")], [(0, 7, "a")]
    assert span_f1(one, other, "overlap", threshold=0.7) == 1
    assert span_f1(one, other, "overlap", threshold=0.71) == 0


def test_every_threshold_reaches_far_enough() -> None:
    for tenths in range(1, 11):
        assert span_f1([(0, 10 * tenths, "a")], [(0, 100, "a")], "overlap", threshold=tenths / 10) == 1
        assert span_f1([(100 - 10 * tenths, 100, "a")], [(0, 100, "a")], "overlap", threshold=tenths / 10) == 1


def test_overlap_needs_the_label_unless_told_otherwise() -> None:
    one, other = [(0, 10, "a")], [(1, 10, "b")]
    assert span_f1(one, other, "overlap") == 0
    assert span_f1(one, other, "overlap", labelled=False) == 1
    assert span_f1([(0, 10)], [(1, 10)], "overlap", labelled=False) == 1


def test_overlap_pairs_each_span_once() -> None:
    assert f1_counts([(0, 10, "a")], [(0, 9, "a"), (1, 10, "a")], "overlap") == (1, 1, 2)


def test_overlap_finds_the_most_pairs_not_the_nearest_first() -> None:
    # The closest two are (0, 10) and (0, 9), but then (0, 18) and (0, 5) are left alone: 5/18 is too little.
    one, other = [(0, 10, "a"), (0, 18, "a")], [(0, 5, "a"), (0, 9, "a")]
    assert f1_counts(one, other, "overlap") == (2, 2, 2)
    assert aligned(one, other) == [((0, 10, "a"), (0, 5, "a")), ((0, 18, "a"), (0, 9, "a"))]


def test_of_as_many_pairs_those_with_the_most_overlap() -> None:
    one, other = [(0, 10, "a"), (2, 12, "a")], [(0, 10, "a"), (2, 12, "a")]
    assert aligned(one, other) == [(span, span) for span in one]


def test_equal_overlaps_go_by_label_where_labels_do_not_matter() -> None:
    one, other = [(0, 10, "a"), (0, 10, "b")], [(0, 10, "b"), (0, 10, "c")]
    assert ((0, 10, "b"), (0, 10, "b")) in aligned(one, other, labelled=False)
    assert aligned(one, other) == [((0, 10, "b"), (0, 10, "b"))]


def test_spans_without_characters_match_their_like() -> None:
    assert f1_counts([(4, 4, "a")], [(4, 4, "a"), (4, 5, "a")], "exact") == (1, 1, 2)
    assert f1_counts([(4, 4, "a")], [(4, 4, "a"), (4, 5, "a")], "overlap") == (1, 1, 2)
    assert f1_counts([(4, 4, "a")], [(4, 4, "a"), (4, 5, "a")], "character") == (0, 0, 1)


def test_character_counts_shared_characters_with_their_labels() -> None:
    one = [(0, 4, "a"), (2, 6, "a"), (2, 4, "b")]
    other = [(1, 3, "a"), (3, 8, "a"), (2, 3, "c")]
    f1 = span_f1(one, other, "character")
    # a: 0-6 and 1-8 share 5; b: 2 characters of one, c: 1 of the other.
    assert f1_counts(one, other, "character") == (5, 8, 8)
    assert (f1, f1.n, f1.of) == (pytest.approx(10 / 16), 16, "characters")
    assert f1_counts(one, other, "character", labelled=False) == (5, 6, 7)


def test_one_span_split_in_two_keeps_its_characters() -> None:
    """The signature of merged spans: a low exact F1, a high one of characters."""
    one, other = [(0, 20, "a")], [(0, 9, "a"), (10, 20, "a")]
    assert span_f1(one, other) == 0
    assert span_f1(one, other, "character") == pytest.approx(2 * 19 / 39)


def test_counts_by_label() -> None:
    one, other = [(0, 4, "a"), (5, 9, "b")], [(0, 4, "a"), (5, 8, "b"), (1, 2, "c")]
    assert f1_counts_by_label(one, other) == {"a": (1, 1, 1), "b": (0, 1, 1), "c": (0, 0, 1)}
    assert f1_counts_by_label(one, other, labelled=False) == {"": (1, 2, 3)}


def test_f1_of_a_corpus_is_that_of_the_sums() -> None:
    assert f1_of(Counts(1, 2, 3).plus(Counts(2, 2, 2))) == pytest.approx(2 * 3 / 9)


def test_precision_and_recall_take_the_first_for_gold() -> None:
    counts = f1_counts([(0, 4, "a"), (5, 9, "a"), (10, 12, "a")], [(0, 4, "a"), (20, 22, "a")])
    assert (precision_of(counts), recall_of(counts)) == (pytest.approx(1 / 2), pytest.approx(1 / 3))
    assert (precision_of(counts).n, recall_of(counts).n) == (2, 3)


def test_precision_of_nothing_is_undefined() -> None:
    counts = Counts(0, 3, 0)
    assert not precision_of(counts).is_defined
    assert precision_of(counts).why == "nothing was marked"
    assert recall_of(counts) == 0


def test_arrays_are_fine() -> None:
    one, other = np.array([[0, 4], [5, 9]]), np.array([[0, 4], [5, 8]])
    for match in ("exact", "overlap", "character"):
        plain = span_f1([(0, 4), (5, 9)], [(0, 4), (5, 8)], match, labelled=False)
        assert span_f1(one, other, match, labelled=False) == plain


def test_many_overlapping_spans_are_no_problem() -> None:
    # Every span may go with its 20 neighbours, so that no pair can be settled by itself.
    one = [(2 * at, 2 * at + 60, "a") for at in range(2000)]
    other = [(2 * at + 1, 2 * at + 61, "a") for at in range(2000)]
    assert f1_counts(one, other, "overlap") == (2000, 2000, 2000)


def test_wrong_input_is_refused() -> None:
    with pytest.raises(UsageError, match="no match"):
        span_f1([], [], "token")  # type: ignore[arg-type]
    for threshold in (0, 1.1, float("nan")):
        with pytest.raises(UsageError, match="threshold"):
            span_f1([], [], "overlap", threshold=threshold)
    with pytest.raises(UsageError, match=r"\[0, 4\) has no label"):
        span_f1([(0, 4)], [])
    with pytest.raises(OffsetError, match="ends before it starts"):
        span_f1([(4, 0, "a")], [])
