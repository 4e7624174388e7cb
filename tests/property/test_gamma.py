from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from math import comb
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement.alignment import best_alignment
from annotator.agreement.continua import dissimilarity_of, units_of
from annotator.agreement.gammas import gamma
from annotator.agreement.packing import best_packing, candidates


Unit = tuple[int, int, str]

UNITS = st.builds(
    lambda start, length, label: (start, start + length, label),
    st.integers(0, 40),
    st.integers(1, 15),
    st.sampled_from("ab"),
)


def continua(annotators: int, most: int) -> st.SearchStrategy[list[list[Unit]]]:
    return st.lists(st.lists(UNITS, max_size=most), min_size=annotators, max_size=annotators)


SMALL = st.one_of(continua(2, 4), continua(3, 3), continua(4, 2))
FILLED = st.one_of(continua(2, 6), continua(3, 5), continua(4, 4)).filter(any)
WEIGHTS = st.tuples(st.sampled_from([0.5, 1.0, 3.0]), st.sampled_from([0.0, 1.0, 2.0]), st.sampled_from([0.5, 1.0]))


def unlike(one: Unit | None, other: Unit | None, alpha: float, beta: float, delta: float) -> float:
    """d of the paper, straight from its definition."""
    if one is None or other is None:
        return delta
    apart = (abs(one[0] - other[0]) + abs(one[1] - other[1])) / (one[1] - one[0] + other[1] - other[0])
    return alpha * apart**2 * delta + beta * (one[2] != other[2]) * delta


def unitary_disorder(members: Sequence[Unit | None], weights: tuple[float, float, float]) -> float:
    pairs = [unlike(one, other, *weights) for one, other in combinations(members, 2)]
    return sum(pairs) / len(pairs)


def alignments(annotators: list[list[Unit]]) -> Iterator[list[Sequence[Unit | None]]]:
    """Every alignment: the first unit left goes with every choice of at most one unit of each later annotator."""
    who = next((number for number, units in enumerate(annotators) if units), None)
    if who is None:
        yield []
        return
    first, *rest = annotators[who]
    choices = [[None, *range(len(units))] for units in annotators[who + 1 :]]
    for choice in product(*choices):
        later = annotators[who + 1 :]
        taken = [None if at is None else units[at] for at, units in zip(choice, later, strict=True)]
        left = [[u for i, u in enumerate(units) if i != at] for at, units in zip(choice, later, strict=True)]
        for others in alignments([[] for _ in range(who)] + [rest] + left):
            yield [(*[None] * who, first, *taken), *others]


@given(SMALL, WEIGHTS)
@settings(deadline=None, max_examples=100)
def test_no_alignment_has_less_disorder(annotators: list[list[Unit]], weights: tuple[float, float, float]) -> None:
    alpha, beta, delta = weights

    found = best_alignment(annotators, alpha=alpha, beta=beta, delta=delta)

    least = min(sum(unitary_disorder(members, weights) for members in one) for one in alignments(annotators))
    assert sum(found.disorders) == pytest.approx(least, abs=1e-5)


@given(FILLED, WEIGHTS)
@settings(deadline=None, max_examples=100)
def test_every_unit_is_aligned_once_and_every_disorder_follows_from_its_tuple(
    annotators: list[list[Unit]], weights: tuple[float, float, float]
) -> None:
    alpha, beta, delta = weights

    found = best_alignment(annotators, alpha=alpha, beta=beta, delta=delta)

    for who, units in enumerate(annotators):
        assert sorted(one[who] for one in found.tuples if one[who] is not None) == list(range(len(units)))
    for indices, disorder in zip(found.tuples, found.disorders, strict=True):
        members = tuple(None if at is None else annotators[who][at] for who, at in enumerate(indices))
        assert disorder == pytest.approx(unitary_disorder(members, weights))
    count = sum(len(units) for units in annotators)
    assert found.disorder == pytest.approx(sum(found.disorders) * len(annotators) / count)


@given(st.one_of(continua(3, 6), continua(4, 4), continua(5, 3)), WEIGHTS)
@settings(deadline=None, max_examples=30)
def test_leaving_dominated_tuples_out_loses_nothing(
    annotators: list[list[Unit]], weights: tuple[float, float, float]
) -> None:
    m = len(annotators)
    units, labels = units_of(annotators)
    costs = dissimilarity_of(labels, *weights, None)
    rows = [[-1, *np.flatnonzero(units.annotator == who)] for who in range(m)]
    every = np.array([one for one in product(*rows) if sum(row >= 0 for row in one) > 1]).reshape(-1, m)
    flat = [unit for marked in annotators for unit in marked]
    savings = np.array([_saved([None if row < 0 else flat[row] for row in one], weights) for one in every])

    kept, saved = candidates(units, m, costs)

    best = savings[best_packing(every, savings, len(units))].sum() if len(every) else 0.0
    assert saved[best_packing(kept, saved, len(units))].sum() == pytest.approx(best, abs=1e-4)


def _saved(members: Sequence[Unit | None], weights: tuple[float, float, float]) -> float:
    """What a tuple saves against its units alone, over all pairs and in Δ."""
    alone = sum(one is not None for one in members)
    return comb(len(members), 2) * (alone - unitary_disorder(members, weights) / weights[2])


@given(FILLED, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=30)
def test_the_order_of_annotators_and_units_changes_nothing(annotators: list[list[Unit]], random: Random) -> None:
    shuffled = [random.sample(units, len(units)) for units in random.sample(annotators, len(annotators))]

    one, other = gamma(annotators, samples=5), gamma(shuffled, samples=5)

    assert other.observed == pytest.approx(one.observed, abs=1e-5)
    assert other.expected == pytest.approx(one.expected, abs=1e-5)


@given(FILLED, st.integers(-1000, 1000))
@settings(deadline=None, max_examples=30)
def test_moving_everything_leaves_the_disorder(annotators: list[list[Unit]], by: int) -> None:
    moved = [[(start + by, end + by, label) for start, end, label in units] for units in annotators]

    assert best_alignment(moved).disorder == pytest.approx(best_alignment(annotators).disorder, abs=1e-5)


@given(FILLED, st.sampled_from([0.01, 0.5, 7, 1000]), st.sampled_from(["statistical", "shuffle"]))
@settings(deadline=None, max_examples=30)
def test_another_unit_of_offsets_leaves_everything(annotators: list[list[Unit]], by: float, sampler: str) -> None:
    scaled = [[(start * by, end * by, label) for start, end, label in units] for units in annotators]

    one, other = (gamma(given, samples=5, sampler=sampler) for given in (annotators, scaled))

    assert other.observed == pytest.approx(one.observed, abs=1e-5)
    assert other.expected == pytest.approx(one.expected, abs=1e-4)


@given(FILLED, st.sampled_from([0.25, 2.0, 10.0]))
@settings(deadline=None, max_examples=30)
def test_delta_is_the_unit_of_disorder(annotators: list[list[Unit]], delta: float) -> None:
    scaled = best_alignment(annotators, delta=delta).disorder

    assert scaled == pytest.approx(delta * best_alignment(annotators).disorder, abs=1e-4)


@given(st.lists(UNITS, min_size=1, max_size=6), st.integers(2, 4))
@settings(deadline=None, max_examples=30)
def test_identical_annotators_agree_perfectly(units: list[Unit], m: int) -> None:
    assert gamma([units] * m, samples=2) == 1.0


@given(FILLED, st.sampled_from(["statistical", "shuffle"]), st.integers(0, 5))
@settings(deadline=None, max_examples=30)
def test_the_same_seed_gives_the_same_values(annotators: list[list[Unit]], sampler: str, seed: int) -> None:
    one, other = (gamma(annotators, samples=3, sampler=sampler, seed=seed) for _ in range(2))

    assert repr(one) == repr(other)
    assert (one.expected, one.gamma_cat.expected) == (other.expected, other.gamma_cat.expected)


@given(FILLED)
@settings(deadline=None, max_examples=30)
def test_no_member_of_the_family_is_above_one(annotators: list[list[Unit]]) -> None:
    found = gamma(annotators, samples=3)

    assert all(one <= 1 for one in (found, found.gamma_cat, *found.gamma_k.values()) if one.is_defined)
