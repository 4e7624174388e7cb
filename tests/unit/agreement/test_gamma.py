from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from math import ceil, isnan, sqrt
from statistics import fmean, pstdev, stdev

import numpy as np
import pytest

from annotator.agreement.chance import shuffled, statistical
from annotator.agreement.continua import Units, units_of
from annotator.agreement.gammas import (
    Gamma,
    corpus_gamma,
    corpus_gamma_cat,
    corpus_gamma_k,
    disorder_sums,
    gamma,
    gamma_of,
)
from annotator.errors import OperationError, UsageError
from tests.support.continua import continuum, grouped, read_csv
from tests.support.shared import shared_file


SPANS = [(10, 20, "a"), (30, 45, "b"), (60, 70, "a"), (90, 99, "c")]
OTHERS = [(11, 20, "a"), (30, 40, "c"), (61, 72, "a")]


@pytest.mark.parametrize(
    "name", ["15_gamma_two_annotators_simple", "16_gamma_unequal_counts", "17_gamma_identical_perfect"]
)
def test_gamma_is_that_of_the_reference_fixtures_within_the_noise_of_sampling(name: str) -> None:
    case = json.loads(shared_file("agreement", f"{name}.json").read_text(encoding="utf-8"))
    expected = case["expected"]["gamma_30_samples_seeded"]

    found = gamma(grouped(case["input"]["units"]), alpha=1, beta=1, delta=1, samples=300)

    assert found == pytest.approx(expected["value"], abs=0.05)
    assert found.expected == pytest.approx(expected["expected_disorder"], abs=0.06)


def test_alex_paul_and_suzan_by_shuffling() -> None:
    path = shared_file("agreement", "21_gamma_AlexPaulSuzan.json")
    low, high = json.loads(path.read_text(encoding="utf-8"))["expected"]["gamma_shuffle_sampler"]

    found = gamma(read_csv(shared_file("agreement", "21_AlexPaulSuzan.csv")), sampler="shuffle", samples=300)

    assert low <= found <= high


def test_the_labels_of_alex_paul_and_suzan_where_unaligned_units_count() -> None:
    path = shared_file("agreement", "21_gamma_AlexPaulSuzan.json")
    expected = json.loads(path.read_text(encoding="utf-8"))["expected"]

    spans = read_csv(shared_file("agreement", "21_AlexPaulSuzan.csv"))
    found = gamma(spans, sampler="shuffle", samples=300, counts_unaligned=True)

    low, high = expected["gamma_cat"]
    assert low <= found.gamma_cat <= high
    assert found.gamma_k["1"] == found.gamma_k["5"] == 1.0
    assert found.gamma_k["6"] == pytest.approx(expected["gamma_k"]["6"], abs=expected["gamma_k"]["abs_tol"])
    assert all(found.gamma_k[label] <= 0.01 for label in "2347")


def test_unaligned_units_count_for_the_labels_only_on_request() -> None:
    # One pair is aligned and alike; with a unit of b alone the observed disorder is Δ²/(Δ + 1) = 1/2, for b Δ²/Δ = 1.
    marked = [[(0, 10, "a"), (100, 110, "b")], [(0, 10, "a")]]

    assert gamma(marked).gamma_cat.observed == 0.0
    found = gamma(marked, counts_unaligned=True)
    assert found.gamma_cat.observed == pytest.approx(0.5)
    assert found.gamma_k["a"].observed == 0.0
    assert found.gamma_k["b"].observed == pytest.approx(1.0)
    assert float(found) == float(gamma(marked))


def test_alex_paul_and_suzan_by_statistics() -> None:
    # pygamma-agreement's own test has .41 to .44 for its default sampler.
    found = gamma(read_csv(shared_file("agreement", "21_AlexPaulSuzan.csv")), samples=300)

    assert 0.41 <= found <= 0.44
    assert found.gamma_k["1"] == found.gamma_k["5"] == 1.0


def test_gamma_is_one_less_the_ratio_of_the_disorders() -> None:
    found = gamma([SPANS, OTHERS])

    assert found.observed is not None
    assert found.expected is not None
    assert found == 1 - found.observed / found.expected
    assert (found.n, found.of, found.samples) == (7, "units", 30)


def test_gamma_below_zero_is_reported() -> None:
    crossed = [[(10, 20, "a"), (50, 60, "b")], [(22, 32, "b"), (70, 80, "a")]]

    assert gamma(crossed, samples=100) < 0


def test_annotators_who_agree_are_at_one_even_where_chance_cannot_err() -> None:
    found = gamma([[(0, 100, "a")]] * 2)

    assert found == 1.0
    assert found.expected == 0.0


def test_disorder_that_chance_cannot_have_is_undefined() -> None:
    found = gamma([[(0, 100, "a")], [(0, 100, "b")]], dissimilarity={("a", "b"): 1.0}, alpha=0, samples=1, seed=4)

    assert found.expected == 0.0
    assert (found.value, found.why) == (None, "chance has no disorder")


@pytest.mark.parametrize(
    ("annotators", "why"),
    [
        ([], "fewer than two annotators"),
        ([SPANS], "fewer than two annotators"),
        ([[], []], "nobody marked anything"),
    ],
)
def test_gamma_of_nothing_to_compare_is_undefined(annotators: list[list[tuple[int, int, str]]], why: str) -> None:
    found = gamma(annotators)

    assert (found.value, found.why, found.coverage) == (None, why, 0.0)
    assert (found.gamma_cat.value, found.gamma_cat.why) == (None, why)
    assert found.gamma_k == {}


def test_an_annotator_without_units_has_missed_all() -> None:
    found = gamma([SPANS, []])

    assert found.observed == 2.0
    assert found.is_defined
    assert found.gamma_cat.why == "no two units are aligned and close enough"


def test_a_unit_without_length_is_refused() -> None:
    with pytest.raises(OperationError, match="has no length"):
        gamma([SPANS, [(5, 5, "a")]])


@pytest.mark.parametrize(
    "given",
    [
        {"sampler": "guess"},
        {"samples": 0},
        {"precision": 0.0},
        {"precision": 1.0},
        {"precision": 0.1, "samples": 1},
        {"delta": -1.0},
    ],
)
def test_a_parameter_out_of_its_range_is_refused(given: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        gamma([SPANS, OTHERS], **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("sampler", ["statistical", "shuffle"])
def test_another_seed_draws_other_samples(sampler: str) -> None:
    values = {gamma([SPANS, OTHERS], samples=5, sampler=sampler, seed=seed) for seed in range(3)}

    assert len(values) == 3


def test_a_precision_draws_as_many_samples_as_the_first_ones_ask_for() -> None:
    first = gamma([SPANS, OTHERS], samples=30)
    assert first.expected is not None
    variation = first.spread * sqrt(30) / first.expected

    precise = gamma([SPANS, OTHERS], samples=30, precision=0.05)

    assert precise.samples == ceil((variation * 1.96 / 0.05) ** 2) > 30


def test_a_precision_that_the_first_samples_have_draws_no_more() -> None:
    assert gamma([SPANS, OTHERS], samples=30, precision=0.9).samples == 30


def test_the_error_is_the_deviation_between_seeds() -> None:
    found = [gamma([SPANS, OTHERS], seed=seed) for seed in range(60)]

    assert fmean(one.error for one in found) == pytest.approx(stdev(found), rel=0.3)


def test_one_sample_has_no_known_error() -> None:
    assert isnan(gamma([SPANS, OTHERS], samples=1).error)


def test_the_text_form_names_every_parameter() -> None:
    shown = repr(gamma([SPANS, OTHERS], alpha=2, seed=7, precision=0.5, dissimilarity=lambda *_: 0.5))

    for part in ("n=7 units", "alpha=2", "beta=1.0", "delta=1.0", "samples=30", "error=", "sampler=statistical"):
        assert part in shown
    assert shown.endswith("seed=7, precision=0.5, dissimilarity=given)")


@pytest.mark.parametrize("copied", [lambda one: pickle.loads(pickle.dumps(one)), copy.deepcopy])
@pytest.mark.parametrize("annotators", [[SPANS, OTHERS], [SPANS]])
def test_a_gamma_survives_the_way_to_another_process(
    annotators: list[list[tuple[int, int, str]]], copied: Callable[[Gamma], Gamma]
) -> None:
    found = gamma(annotators)

    same = copied(found)

    assert type(same) is Gamma
    assert repr(same) == repr(found)
    assert repr(vars(same)) == repr(vars(found))


# γ-cat and γ-k


def _apart(rows: list[str]) -> list[list[tuple[int, int, str]]]:
    """Predefined units: one row of labels per annotator, "." for none; no unit is near the next."""
    return [[(20 * at, 20 * at + 10, label) for at, label in enumerate(row) if label != "."] for row in rows]


@pytest.mark.parametrize(
    ("rows", "disagreement"),
    [
        # Krippendorff's Do: Σ over units of Σ over ordered pairs that differ / (m_u - 1), divided by Σ m_u.
        (["aabb", "abbb"], 2 / 8),
        (["aab", "abb", "abc"], (0 + 4 / 2 + 4 / 2) / 9),
        (["aab.", "ab.c", "abbc"], (0 + 4 / 2 + 0 + 0) / 10),
    ],
)
def test_the_disorder_of_predefined_units_is_krippendorffs(rows: list[str], disagreement: float) -> None:
    assert gamma(_apart(rows)).gamma_cat.observed == pytest.approx(disagreement)


def test_a_pair_that_is_less_close_weighs_less() -> None:
    # d_pos = ((2 + 2) / 20)² = .04 for the pair that differs, 0 for the other two.
    found = gamma([[(0, 10, "a"), (100, 110, "b"), (200, 210, "a")], [(2, 12, "b"), (100, 110, "b"), (200, 210, "a")]])

    assert found.gamma_cat.observed == pytest.approx(0.96 / 2.96)
    assert found.gamma_cat.weight == pytest.approx(2.96)
    assert (found.gamma_cat.n, found.gamma_cat.of, found.gamma_cat.coverage) == (3, "aligned pairs", 1.0)


def test_the_weight_of_positions_has_no_part_in_closeness() -> None:
    shifted = [[(0, 10, "a"), (100, 110, "b")], [(2, 12, "b"), (100, 110, "b")]]

    assert [gamma(shifted, alpha=alpha).gamma_cat.observed for alpha in (1, 3)] == pytest.approx([0.96 / 1.96] * 2)


def test_pairs_of_a_larger_alignment_weigh_less_each() -> None:
    # Three units in the first place: three pairs of weight 1/2, two of which differ; two in the second: one of 1.
    found = gamma([[(0, 10, "a"), (100, 110, "c")], [(0, 10, "a"), (100, 110, "c")], [(0, 10, "b")]])

    assert found.gamma_cat.observed == pytest.approx(2 * 0.5 / (3 * 0.5 + 1))


def test_gamma_k_looks_at_the_pairs_with_its_label() -> None:
    found = gamma(_apart(["aab", "abb", "abc"]))

    # a: three equal pairs of the first unit, two of the second that differ. c: two pairs of the third.
    assert {label: one.observed for label, one in found.gamma_k.items()} == pytest.approx(
        {"a": 2 / 5, "b": (2 + 2) / (3 + 3), "c": 1.0}
    )
    assert {label: one.n for label, one in found.gamma_k.items()} == {"a": 5, "b": 6, "c": 2}


def test_labels_that_nobody_mixes_up_agree_perfectly() -> None:
    found = gamma(_apart(["aabbcc", "aabbcc"]))

    assert found.gamma_cat == 1.0
    assert set(found.gamma_k.values()) == {1.0}


def test_unaligned_units_have_no_part_in_gamma_cat() -> None:
    found = gamma([[(0, 10, "a"), (40, 50, "b")], [(0, 10, "a")]])

    assert (found.gamma_cat.observed, found.gamma_cat.n) == (0.0, 1)
    assert found.gamma_cat.coverage == pytest.approx(2 / 3)
    assert (found.gamma_k["b"].value, found.gamma_k["b"].coverage) == (None, 0.0)


def test_gamma_cat_of_one_label_is_undefined() -> None:
    found = gamma(_apart(["aaa", "aaa"]))

    assert (found.gamma_cat.value, found.gamma_cat.why) == (None, "chance has no disorder")
    assert found == 1.0


def test_gamma_cat_is_undefined_where_no_sample_has_an_aligned_pair() -> None:
    # The only sample of this seed puts the two units too far apart.
    far = [[(500, 501, "a")], [(500, 501, "b")]]
    found = next(one for one in (gamma(far, samples=1, seed=seed) for seed in range(20)) if one.expected == 2.0)

    assert (found.gamma_cat.value, found.gamma_cat.why) == (None, "no chance sample has an aligned pair")


def test_near_labels_disagree_less() -> None:
    rows = _apart(["abc", "acc"])

    assert gamma(rows, dissimilarity=lambda *_: 0.25).gamma_cat.observed == pytest.approx(0.25 / 3)


# Chance


def _units(annotators: list[list[tuple[int, int, str]]]) -> Units:
    return units_of(annotators)[0]


def test_statistical_samples_look_like_what_was_marked() -> None:
    marked = continuum(3, 60, seed=1)
    units = _units(marked)

    drawn = statistical(units, 3, 200, np.random.default_rng(0))

    lengths, drawn_lengths = units.end - units.start, drawn.end - drawn.start
    assert len(drawn) / 200 == pytest.approx(len(units), rel=0.02)
    assert drawn_lengths.mean() == pytest.approx(lengths.mean(), rel=0.03)
    assert drawn_lengths.std() == pytest.approx(lengths.std(), rel=0.1)
    assert np.bincount(drawn.label) / len(drawn) == pytest.approx(np.bincount(units.label) / len(units), abs=0.02)
    assert np.unique(drawn.continuum).tolist() == list(range(200))
    assert (drawn_lengths > 0).all()


def test_gaps_are_like_those_before_units_with_one_of_nothing_added() -> None:
    # 5 before the first unit, 2 before the second, -8 before the third, which lies in the second, and 0 once.
    marked = [[(5, 10, "a"), (12, 30, "a"), (22, 28, "a")], [(0, 4, "a")]]

    drawn = statistical(_units(marked), 2, 4000, np.random.default_rng(0))

    first = drawn.start[np.append(True, (np.diff(drawn.annotator) != 0) | (np.diff(drawn.continuum) != 0))]
    assert first.mean() == pytest.approx(fmean([0, 5, 2, -8]), abs=0.2)
    assert first.std() == pytest.approx(pstdev([0, 5, 2, -8]), rel=0.05)


def test_a_statistical_sample_has_a_unit_at_least() -> None:
    drawn = statistical(_units([[(0, 5, "a")], [], [], []]), 4, 50, np.random.default_rng(0))

    assert np.unique(drawn.continuum).tolist() == list(range(50))


def test_a_single_unit_moves_by_statistics() -> None:
    drawn = statistical(_units([[(50, 55, "a")], [(50, 55, "a")]]), 2, 20, np.random.default_rng(0))

    assert pstdev(drawn.start.tolist()) > 5


def test_shuffled_samples_hold_the_units_of_annotators_moved_round() -> None:
    marked = [[(0, 10, "a"), (40, 60, "b")], [(5, 25, "c")]]
    known = {(10.0, 0), (20.0, 1), (20.0, 2)}

    drawn = shuffled(_units(marked), 2, 50, np.random.default_rng(0))

    seen = {
        (round(end - start, 6), label) for start, end, label in zip(drawn.start, drawn.end, drawn.label, strict=True)
    }
    assert seen == known
    assert (drawn.start >= 0).all()
    assert (drawn.start < 60).all()


def test_shifts_of_a_sample_are_half_the_mean_length_apart() -> None:
    marked = [[(0, 30, "a"), (270, 300, "b")]] * 3

    drawn = shuffled(_units(marked), 3, 100, np.random.default_rng(0))

    shifts = drawn.start[drawn.label == 0].reshape(100, 3)
    for i, j in ((0, 1), (0, 2), (1, 2)):
        apart = np.abs(shifts[:, i] - shifts[:, j])
        assert 15 <= np.minimum(apart, 300 - apart).min() < 30


def test_a_text_too_short_for_its_shifts_is_still_shuffled() -> None:
    drawn = shuffled(_units([[(0, 100, "a")]] * 3), 3, 10, np.random.default_rng(0))

    assert len(drawn) == 30


def test_a_shuffled_sample_is_never_empty() -> None:
    drawn = shuffled(_units([[(0, 5, "a")], [], [], []]), 4, 50, np.random.default_rng(0))

    assert np.unique(drawn.continuum).tolist() == list(range(50))


# Corpora


def test_the_gamma_of_one_document_is_that_of_its_corpus() -> None:
    found = gamma([SPANS, OTHERS])
    corpus = corpus_gamma([found])

    assert corpus == pytest.approx(found)
    assert (corpus.n, corpus.observed, corpus.expected) == (7, found.observed, found.expected)
    assert corpus.error == pytest.approx(found.error)
    assert corpus_gamma_cat([found]) == pytest.approx(found.gamma_cat)
    assert corpus_gamma_k([found])["a"] == pytest.approx(found.gamma_k["a"])


def test_the_gamma_of_a_corpus_weighs_documents_by_their_units() -> None:
    one, other = gamma([SPANS, OTHERS]), gamma([SPANS * 3, []])
    assert one.observed is not None
    assert one.expected is not None
    assert other.observed is not None
    assert other.expected is not None

    corpus = corpus_gamma([one, other])

    assert corpus == pytest.approx(
        1 - (3.5 * one.observed + 6 * other.observed) / (3.5 * one.expected + 6 * other.expected)
    )
    assert (corpus.n, corpus.coverage, corpus.left_out) == (19, 1.0, "")


def test_the_gamma_cat_of_a_corpus_weighs_documents_by_their_aligned_pairs() -> None:
    documents = [gamma(_apart(rows)) for rows in (["aabb", "abbb"], ["ab", "ba"])]

    assert corpus_gamma_cat(documents).observed == pytest.approx((1 + 2) / (4 + 2))


def test_the_error_of_a_corpus_shrinks_with_documents() -> None:
    documents = [gamma([SPANS, OTHERS], seed=seed) for seed in range(16)]

    assert corpus_gamma(documents).error == pytest.approx(documents[0].error / 4, rel=0.3)


def test_documents_without_gamma_are_left_out_and_counted() -> None:
    corpus = corpus_gamma([gamma([SPANS, OTHERS]), gamma([SPANS]), gamma([[], []])])

    assert corpus.is_defined
    assert corpus.left_out == "2 of 3 documents, which have nothing to compare"
    assert corpus.coverage == pytest.approx(7 / 11)


def test_a_corpus_without_any_gamma_has_none() -> None:
    corpus = corpus_gamma([gamma([SPANS])])

    assert (corpus.value, corpus.why) == (None, "no document has anything to compare")
    assert corpus_gamma([]).value is None


def test_a_corpus_in_which_chance_cannot_err_has_no_gamma() -> None:
    corpus = corpus_gamma([gamma([[(0, 100, "a")]] * 2)])

    assert (corpus.value, corpus.why) == (None, "chance has no disorder")


def test_the_labels_of_a_corpus_are_those_of_any_document() -> None:
    found = corpus_gamma_k([gamma(_apart(["ab", "ab"])), gamma(_apart(["cb", "bb"]))])

    assert list(found) == ["a", "b", "c"]
    assert found["b"].n == 1 + 2


def test_sums_of_documents_give_the_value_of_their_corpus() -> None:
    documents = [gamma(continuum(2, 6, seed), samples=5) for seed in range(5)]

    sums = np.array([disorder_sums(one) for one in documents])

    assert gamma_of(sums.sum(axis=0)) == pytest.approx(corpus_gamma(documents))


def test_rows_of_sums_give_a_value_each_and_none_without_chance_disorder() -> None:
    values = gamma_of(np.array([[1.0, 4.0], [0.0, 0.0], [3.0, 2.0]]))

    assert values == pytest.approx([0.75, float("nan"), -0.5], nan_ok=True)


def test_an_undefined_document_adds_nothing() -> None:
    assert disorder_sums(gamma([SPANS])).tolist() == [0.0, 0.0]
