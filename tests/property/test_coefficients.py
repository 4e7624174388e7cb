"""Coefficients against their definitions written out pair by pair in exact fractions, and laws they must keep."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from annotator.agreement import cohen_kappa, fleiss_kappa, gwet_ac1, krippendorff_alpha, scott_pi
from annotator.agreement.alpha import alpha_of, alphas_of, coincidences
from annotator.agreement.kappa import ac1_of, contingency, fleiss_of, scott_of, tally


Matrix = list[list[int | None]]
VALUES = range(5)
LEVELS = ["nominal", "ordinal", "interval", "ratio"]
quick = settings(deadline=None, max_examples=100)


def matrices(*, missing: bool = True, annotators: tuple[int, int] = (1, 5)) -> st.SearchStrategy[Matrix]:
    """One row per annotator, up to ten units, up to five values."""
    values: st.SearchStrategy[int | None] = st.sampled_from(VALUES)
    if missing:
        values = st.none() | values
    return st.tuples(st.integers(*annotators), st.integers(0, 10)).flatmap(
        lambda size: st.lists(st.lists(values, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0])
    )


def units_of(ratings: Matrix) -> list[list[int]]:
    return [[value for value in unit if value is not None] for unit in zip(*ratings, strict=True)]


def difference(level: str, one: int, other: int, occurrences: Counter[int]) -> Fraction:
    low, high = sorted((one, other))
    if low == high:
        return Fraction(0)
    if level == "nominal":
        return Fraction(1)
    if level == "ordinal":
        between = sum(occurrences[value] for value in range(low, high + 1))
        return (between - Fraction(occurrences[low] + occurrences[high], 2)) ** 2
    return Fraction(high - low, high + low if level == "ratio" else 1) ** 2


def alpha_by_pairs(ratings: Matrix, level: str) -> Fraction | None:
    """Krippendorff's definition: the mean difference inside units over that of all pairs of pairable values."""
    units = [unit for unit in units_of(ratings) if len(unit) >= 2]
    pooled = [value for unit in units for value in unit]
    occurrences, n = Counter(pooled), len(pooled)

    def total(values: list[int]) -> Fraction:
        return sum((difference(level, one, other, occurrences) for one, other in permutations(values, 2)), Fraction(0))

    if not n or not total(pooled):
        return None
    observed = sum((total(unit) / (len(unit) - 1) for unit in units), Fraction(0)) / n
    return 1 - observed / (total(pooled) / (n * (n - 1)))


def agreement_of(unit: list[int]) -> Fraction:
    pairs = list(permutations(unit, 2))
    return Fraction(sum(one == other for one, other in pairs), len(pairs))


def mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def corrected(observed: Fraction, expected: Fraction) -> Fraction | None:
    return None if expected == 1 else (observed - expected) / (1 - expected)


def same(measured: float, expected: Fraction | float | None) -> bool:
    return np.isnan(measured) if expected is None else measured == pytest.approx(float(expected), abs=1e-12)


class TestDefinitions:
    @pytest.mark.parametrize("level", LEVELS)
    @given(ratings=matrices())
    @quick
    def test_alpha_is_what_the_pairs_say(self, level: Any, ratings: Matrix) -> None:
        assert same(krippendorff_alpha(ratings, level), alpha_by_pairs(ratings, level))

    @given(ratings=matrices(annotators=(2, 2)))
    @quick
    def test_kappa_and_pi_are_what_the_pairs_say(self, ratings: Matrix) -> None:
        pairs = [pair for pair in zip(*ratings, strict=True) if None not in pair]
        assume(pairs)
        n = len(pairs)
        observed = Fraction(sum(one == other for one, other in pairs), n)
        of_one, of_other = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
        by_kappa = sum((Fraction(of_one[value] * of_other[value], n * n) for value in VALUES), Fraction(0))
        by_pi = sum((Fraction(of_one[value] + of_other[value], 2 * n) ** 2 for value in VALUES), Fraction(0))
        assert same(cohen_kappa(*ratings), corrected(observed, by_kappa))
        assert same(scott_pi(*ratings), corrected(observed, by_pi))

    @given(ratings=matrices())
    @quick
    def test_fleiss_kappa_is_what_the_pairs_say(self, ratings: Matrix) -> None:
        units = units_of(ratings)
        most = max(map(len, units), default=0)
        assume(most >= 2)
        full = [unit for unit in units if len(unit) == most]
        pooled = Counter(value for unit in full for value in unit)
        expected = sum((Fraction(count, most * len(full)) ** 2 for count in pooled.values()), Fraction(0))
        assert same(fleiss_kappa(ratings), corrected(mean(list(map(agreement_of, full))), expected))

    @given(ratings=matrices())
    @quick
    def test_ac1_is_what_the_pairs_say(self, ratings: Matrix) -> None:
        rated = [unit for unit in units_of(ratings) if unit]
        paired = [unit for unit in rated if len(unit) >= 2]
        assume(paired)
        q = len(VALUES)
        shares = [mean([Fraction(unit.count(value), len(unit)) for unit in rated]) for value in VALUES]
        expected = sum((share * (1 - share) for share in shares), Fraction(0)) / (q - 1)
        measured = gwet_ac1(ratings, categories=VALUES)
        assert same(measured, corrected(mean(list(map(agreement_of, paired))), expected))


def all_of(ratings: Matrix, level: Any = "nominal") -> list[float]:
    """Every coefficient that takes these ratings."""
    both = [cohen_kappa(*ratings), scott_pi(*ratings)] if len(ratings) == 2 else []
    return [krippendorff_alpha(ratings, level), fleiss_kappa(ratings), gwet_ac1(ratings), *both]


class TestLaws:
    @given(ratings=matrices(annotators=(2, 4)), level=st.sampled_from(LEVELS), data=st.data())
    @quick
    def test_the_order_of_annotators_and_units_does_not_matter(
        self, ratings: Matrix, level: str, data: st.DataObject
    ) -> None:
        rows = data.draw(st.permutations(ratings))
        units = data.draw(st.permutations(range(len(ratings[0]))))
        shuffled = [[row[unit] for unit in units] for row in rows]
        assert all_of(shuffled, level) == pytest.approx(all_of(ratings, level), abs=1e-12, nan_ok=True)

    @given(ratings=matrices(annotators=(2, 4)), names=st.permutations([1, "1", "صحيح", (1, 2), frozenset("ab")]))
    @quick
    def test_the_names_of_nominal_values_do_not_matter(self, ratings: Matrix, names: list[Any]) -> None:
        named = [[None if value is None else names[value] for value in row] for row in ratings]
        assert all_of(named) == pytest.approx(all_of(ratings), abs=1e-12, nan_ok=True)

    @given(ratings=matrices(annotators=(2, 4)), level=st.sampled_from(LEVELS), value=st.sampled_from(VALUES))
    @quick
    def test_units_with_a_lone_value_do_not_matter_to_alpha(self, ratings: Matrix, level: Any, value: int) -> None:
        more = [[*ratings[0], value, None], *([*row, None, None] for row in ratings[1:])]
        expected = krippendorff_alpha(ratings, level)
        assert krippendorff_alpha(more, level) == pytest.approx(expected, abs=1e-12, nan_ok=True)

    @given(row=st.lists(st.sampled_from(VALUES), min_size=2, max_size=10), annotators=st.integers(2, 4))
    @quick
    def test_full_agreement_is_one_exactly(self, row: list[int | None], annotators: int) -> None:
        assume(len(set(row)) > 1)
        for level in LEVELS:
            assert all(value == 1 for value in all_of([row] * annotators, level))

    @given(ratings=matrices(annotators=(2, 4)), level=st.sampled_from(LEVELS))
    @quick
    def test_nothing_is_above_one_and_an_undefined_one_says_why(self, ratings: Matrix, level: str) -> None:
        for measured in all_of(ratings, level):
            assert np.isnan(measured) == bool(measured.why)  # type: ignore[attr-defined]
            assert np.isnan(measured) or measured <= 1

    @given(ratings=matrices(missing=False, annotators=(2, 2)))
    @quick
    def test_alpha_of_two_is_scotts_pi_for_small_samples(self, ratings: Matrix) -> None:
        # De of alpha is (1 - Ae of pi)·2N/(2N - 1): alpha = 1 - (1 - 1/(2N))(1 - pi).
        units = len(ratings[0])
        assume(units)
        expected = 1 - (1 - 1 / (2 * units)) * (1 - scott_pi(*ratings))
        assert krippendorff_alpha(ratings) == pytest.approx(expected, abs=1e-12, nan_ok=True)

    @given(ratings=matrices(missing=False, annotators=(2, 5)))
    @quick
    def test_alpha_of_many_is_fleiss_kappa_for_small_samples(self, ratings: Matrix) -> None:
        size = len(ratings) * len(ratings[0])
        assume(size)
        expected = 1 - (1 - 1 / size) * (1 - fleiss_kappa(ratings))
        assert krippendorff_alpha(ratings) == pytest.approx(expected, abs=1e-12, nan_ok=True)

    @given(ratings=matrices(annotators=(2, 2)))
    @quick
    def test_fleiss_kappa_of_two_is_scotts_pi(self, ratings: Matrix) -> None:
        assume(any(None not in unit for unit in zip(*ratings, strict=True)))
        assert fleiss_kappa(ratings) == pytest.approx(scott_pi(*ratings), abs=1e-12, nan_ok=True)

    @given(ratings=matrices(missing=False, annotators=(2, 4)))
    @quick
    def test_ac1_of_two_categories_expects_what_scotts_pi_does_not(self, ratings: Matrix) -> None:
        # With q = 2, AC1's Ae is 2p(1 - p) and pi's is 1 - 2p(1 - p).
        binary = [[value is not None and value > 1 for value in row] for row in ratings]
        assume(binary[0])
        by_ac1, by_fleiss = gwet_ac1(binary, categories=[False, True]).expected, fleiss_kappa(binary).expected
        assert by_ac1 is not None
        assert by_fleiss is not None
        assert by_ac1 + by_fleiss == pytest.approx(1, abs=1e-12)


@st.composite
def documents(draw: st.DrawFn) -> list[Matrix]:
    """A few documents of the same three annotators."""
    values = st.none() | st.sampled_from(VALUES)
    sizes = draw(st.lists(st.integers(0, 5), min_size=1, max_size=4))
    return [[draw(st.lists(values, min_size=size, max_size=size)) for _ in range(3)] for size in sizes]


def joined(parts: list[Matrix]) -> Matrix:
    return [[value for part in parts for value in part[row]] for row in range(3)]


class TestDocuments:
    @given(parts=documents(), level=st.sampled_from(LEVELS))
    @quick
    def test_alpha_of_summed_coincidences_is_that_of_all_units(self, parts: list[Matrix], level: Any) -> None:
        total = np.sum([coincidences(part, VALUES) for part in parts], axis=0)
        expected = krippendorff_alpha(joined(parts), level)
        assert alpha_of(total, VALUES, level) == pytest.approx(expected, abs=1e-12, nan_ok=True)
        assert alphas_of(total, VALUES, level) == pytest.approx(float(expected), abs=1e-12, nan_ok=True)

    @given(parts=documents())
    @quick
    def test_coincidences_are_symmetric_and_sum_to_the_pairable_values(self, parts: list[Matrix]) -> None:
        table = coincidences(joined(parts), VALUES)
        assert (table == table.T).all()
        assert table.sum() == pytest.approx(sum(len(unit) for unit in units_of(joined(parts)) if len(unit) > 1))

    @given(parts=documents())
    @quick
    def test_pi_and_ac1_of_summed_statistics_are_those_of_all_units(self, parts: list[Matrix]) -> None:
        whole = joined(parts)
        table = np.sum([contingency(part[0], part[1], VALUES) for part in parts], axis=0)
        assert scott_of(table) == pytest.approx(scott_pi(whole[0], whole[1]), abs=1e-12, nan_ok=True)
        counted = np.sum([tally(part, VALUES) for part in parts], axis=0)
        assert ac1_of(counted) == pytest.approx(gwet_ac1(whole, categories=VALUES), abs=1e-12, nan_ok=True)

    @given(parts=documents())
    @quick
    def test_fleiss_kappa_of_summed_statistics_is_that_of_all_units(self, parts: list[Matrix]) -> None:
        whole = joined(parts)
        assume(any(len(unit) == 3 for unit in units_of(whole)))
        counted = np.sum([tally(part, VALUES, raters=3) for part in parts], axis=0)
        assert fleiss_of(counted) == pytest.approx(fleiss_kappa(whole), abs=1e-12, nan_ok=True)
