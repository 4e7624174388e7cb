from __future__ import annotations

import json
from math import isnan
from typing import Any

import numpy as np
import pytest

from annotator.agreement import alignment
from annotator.agreement.alignment import align, best_alignment
from annotator.agreement.continua import Units, dissimilarity_of, joined, units_of
from annotator.agreement.packing import best_packing
from annotator.errors import OperationError, UsageError
from tests.support.continua import Unit, continuum, grouped, read_csv
from tests.support.shared import shared_file


FIXTURES = ["15_gamma_two_annotators_simple", "16_gamma_unequal_counts", "17_gamma_identical_perfect"]


def _fixture(name: str) -> dict[str, Any]:
    case: dict[str, Any] = json.loads(shared_file("agreement", f"{name}.json").read_text(encoding="utf-8"))
    return case


def _parameters(case: dict[str, Any]) -> dict[str, float]:
    given = case["input"]["params"]
    return {"alpha": given["alpha"], "beta": given["beta"], "delta": given["deltaEmpty"]}


@pytest.mark.parametrize("name", FIXTURES)
def test_the_disorder_is_that_of_the_reference_fixtures(name: str) -> None:
    case = _fixture(name)
    expected = case["expected"]["best_alignment_disorder"]

    found = best_alignment(grouped(case["input"]["units"]), **_parameters(case))

    assert found.disorder == pytest.approx(expected["value"], rel=expected["rel_tol"])


@pytest.mark.parametrize("name", FIXTURES)
def test_the_disorders_of_the_sampled_continua_are_those_of_the_reference_fixtures(name: str) -> None:
    case = _fixture(name)
    expected = case["expected"]["sampled_disorders"]

    found = [
        best_alignment(grouped(units), **_parameters(case)).disorder
        for units in case["input"]["sampled_continua_scaled"]
    ]

    assert found == pytest.approx(expected["values"], rel=expected["rel_tol"])


@pytest.mark.parametrize("name", FIXTURES)
def test_dissimilarities_of_pairs_are_those_of_the_reference_fixtures(name: str) -> None:
    case = _fixture(name)
    units, labels = units_of(grouped(case["input"]["units"]))
    costs = dissimilarity_of(labels, distance=None, **_parameters(case))
    second = int((units.annotator == 0).sum())
    one, other, positional, categorial, combined = (
        np.array(column)
        for column in zip(
            *((i, second + j, *values) for _, i, _, j, *values in case["expected"]["pair_dissimilarities"]), strict=True
        )
    )

    assert costs.positional(units, one, other) == pytest.approx(positional)
    assert costs.categorial(units, one, other) == pytest.approx(categorial)
    assert costs.combined(units, one, other) == pytest.approx(combined)


def test_alex_paul_and_suzan_have_six_unitary_alignments_and_the_known_disorder() -> None:
    expected = _fixture("21_gamma_AlexPaulSuzan")["expected"]

    found = best_alignment(read_csv(shared_file("agreement", "21_AlexPaulSuzan.csv")))

    assert len(found.tuples) == expected["best_alignment_unitary_alignments"]
    assert found.disorder == pytest.approx(expected["disorder"]["value"], rel=expected["disorder"]["rel_tol"])


def test_a_matrix_of_label_distances_gives_the_known_unitary_disorder() -> None:
    case = _fixture("24_gamma_unitary_alignment")
    given, names = case["input"], case["input"]["categories"]
    distances = {(a, b): given["matrix"][i][j] for i, a in enumerate(names) for j, b in enumerate(names)}
    annotators = [[tuple(unit)] if unit else [] for unit in given["units"].values()]

    found = best_alignment(annotators, alpha=1, beta=1, delta=given["delta_empty"], dissimilarity=distances)

    assert found.tuples == ((0, 0, None),)
    assert found.disorders == pytest.approx([1.15 / 3])  # (0.3 · 0.5 + 0.5 + 0.5) / 3 pairs
    assert found.disorder == pytest.approx(case["expected"]["disorder"]["value"], abs=1e-6)


def test_a_shifted_unit_costs_the_square_of_its_share() -> None:
    found = best_alignment([[(0, 4, "a")], [(1, 5, "a")]])

    assert found.disorders == pytest.approx([3 * (2 / 8) ** 2])
    assert found.disorder == pytest.approx(3 / 16)


def test_another_label_costs_beta() -> None:
    assert best_alignment([[(0, 4, "a")], [(0, 4, "b")]], beta=1.5).disorder == pytest.approx(1.5)


def test_units_far_apart_stay_alone() -> None:
    found = best_alignment([[(0, 4, "a")], [(100, 104, "a")]])

    assert found.tuples == ((0, None), (None, 0))
    assert found.disorders == (1.0, 1.0)
    assert found.disorder == 2.0


def test_an_annotator_without_units_leaves_the_others_alone() -> None:
    found = best_alignment([[(0, 4, "a"), (6, 9, "b")], []])

    assert found.tuples == ((0, None), (1, None))
    assert found.disorder == 2.0  # two of Δ, and one unit per annotator


def test_a_unit_alone_among_three_costs_the_same_as_among_two() -> None:
    assert best_alignment([[(0, 4, "a")], [], []]).disorders == (1.0,)


def test_of_equally_good_alignments_one_with_the_fewest_tuples_is_found() -> None:
    # d = 2Δ: three times ((2 + 2) / 12)² + 5/3 of another label.
    found = best_alignment([[(0, 6, "a")], [(2, 8, "b")]], beta=5 / 3)

    assert found.tuples == ((0, 0),)
    assert found.disorder == pytest.approx(2.0)


def test_the_least_sum_wins_over_the_best_single_pair() -> None:
    # (1, 0) alone would be cheapest, but leaves two units that have nobody.
    found = best_alignment([[(0, 10, "a"), (4, 14, "a")], [(3, 13, "a"), (8, 18, "a")]], alpha=1)

    assert found.tuples == ((0, 0), (1, 1))


def test_overlapping_units_of_one_annotator_are_aligned_each_with_its_own() -> None:
    outer_first = [(0, 100, "a"), (10, 20, "b")]
    inner_first = [(11, 20, "b"), (0, 99, "a")]

    assert best_alignment([outer_first, inner_first]).tuples == ((0, 1), (1, 0))


def test_equal_units_of_one_annotator_are_two_units() -> None:
    found = best_alignment([[(0, 4, "a"), (0, 4, "a")], [(0, 4, "a")]])

    assert len(found.tuples) == 2
    assert found.disorder == pytest.approx(1 / 1.5)


def test_tuples_come_in_the_order_of_the_text_and_name_units_as_given() -> None:
    found = best_alignment([[(50, 60, "a"), (0, 10, "a")], [(0, 10, "a"), (50, 60, "a")]])

    assert found.tuples == ((1, 0), (0, 1))


def test_labels_may_be_of_several_types() -> None:
    assert best_alignment([[(0, 4, 1)], [(0, 4, "1")]]).disorder == pytest.approx(1.0)


def test_without_alpha_positions_do_not_matter() -> None:
    assert best_alignment([[(0, 4, "a")], [(1000, 1004, "a")]], alpha=0).disorder == 0.0


def test_without_any_unit_there_is_no_disorder() -> None:
    found = best_alignment([[], []])

    assert found.tuples == ()
    assert isnan(found.disorder)


def test_a_label_distance_may_be_a_function() -> None:
    near = best_alignment([[(0, 4, "ab")], [(0, 4, "ac")]], dissimilarity=lambda one, other: 0.5)

    assert near.disorder == pytest.approx(0.5)


def test_a_mapping_needs_one_order_of_two_labels() -> None:
    for key in (("a", "b"), ("b", "a")):
        assert best_alignment([[(0, 4, "a")], [(0, 4, "b")]], dissimilarity={key: 0.25}).disorder == 0.25


@pytest.mark.parametrize("unit", [(4, 4, "a"), (5, 4, "a"), (float("nan"), 4, "a"), (0, float("inf"), "a")])
def test_a_unit_without_length_is_refused(unit: tuple[float, float, str]) -> None:
    with pytest.raises(OperationError, match=r"annotator 2: .* has no length"):
        best_alignment([[(0, 4, "a")], [unit]])


def test_one_annotator_is_refused() -> None:
    with pytest.raises(OperationError, match="two annotators or more, not 1"):
        best_alignment([[(0, 4, "a")]])


@pytest.mark.parametrize("given", [{"alpha": -1}, {"beta": -0.1}, {"delta": 0}, {"alpha": float("nan")}])
def test_a_weight_out_of_range_is_refused(given: dict[str, float]) -> None:
    with pytest.raises(UsageError, match="must be 0 or more"):
        best_alignment([[(0, 4, "a")], []], **given)


@pytest.mark.parametrize("distance", [{}, {("a", "b"): 1.5}, {("a", "b"): -1.0}])
def test_a_missing_or_impossible_label_distance_is_refused(distance: dict[tuple[str, str], float]) -> None:
    with pytest.raises(UsageError, match="labels 'a' and 'b' must be 0 to 1"):
        best_alignment([[(0, 4, "a")], [(0, 4, "b")]], dissimilarity=distance)


def _numbered(annotators: list[list[Unit]], number: int) -> Units:
    units, _ = units_of(annotators)
    return Units(units.start, units.end, units.label, units.annotator, np.full(len(units), number))


@pytest.mark.parametrize("at_once", [1, 100, 10_000])
def test_continua_aligned_together_have_the_disorders_that_they_have_alone(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [continuum(3, 12, seed) for seed in range(6)]
    monkeypatch.setattr(alignment, "UNITS_AT_ONCE", at_once)
    units = joined([_numbered(document, number) for number, document in enumerate(documents)])

    found = align(units, 3, dissimilarity_of("abcd", 3.0, 1.0, 1.0, None))

    sums = np.bincount(found.continuum, found.disorders)
    alone = [sum(best_alignment(document).disorders) for document in documents]
    assert sums == pytest.approx(alone, abs=1e-6)


TRIANGLE = np.array([[0, 1, -1], [-1, 1, 2], [0, -1, 2]])


@pytest.mark.parametrize("saved", [1.0, 10.0])
def test_a_packing_takes_whole_tuples_where_halves_would_save_more(saved: float) -> None:
    assert best_packing(TRIANGLE, np.full(3, saved), 3).sum() == 1


def test_a_packing_takes_the_best_whole_tuple_of_an_odd_circle() -> None:
    assert best_packing(TRIANGLE, np.array([9.0, 10.0, 9.5]), 3).tolist() == [False, True, False]


def test_a_packing_of_several_circles_settles_each() -> None:
    tuples = np.concatenate([np.where(TRIANGLE < 0, -1, TRIANGLE + 3 * circle) for circle in range(4)])

    taken = best_packing(tuples, np.tile([1.0, 2.0, 1.5], 4), 12)

    assert np.flatnonzero(taken).tolist() == [1, 4, 7, 10]


def test_a_packing_of_nothing_is_empty() -> None:
    assert best_packing(np.zeros((0, 2), dtype=np.int64), np.zeros(0), 5).tolist() == []
