"""Kappas, pi and AC1 on published tables, on arithmetic done by hand, and where they are undefined."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from annotator.agreement import cohen_kappa, fleiss_kappa, gwet_ac1, scott_pi
from annotator.agreement.kappa import ac1_of, cohen_of, contingency, fleiss_of, scott_of, tally
from annotator.agreement.measure import Measure
from annotator.agreement.ratings import ratings_of_counts, ratings_of_table
from annotator.errors import UsageError
from tests.support.shared import shared_file


def case(name: str) -> dict[str, Any]:
    return json.loads(shared_file("agreement", f"{name}.json").read_text(encoding="utf-8"))


def holds(value: float | None, expected: dict[str, float]) -> bool:
    return value == pytest.approx(expected["value"], abs=expected["abs_tol"])


FOURTEEN_RATERS = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]
"""The worked example of the Wikipedia article on Fleiss' kappa: ten units, fourteen raters, five categories."""

FOUR_RATERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
"""Gwet 2014, the table of four raters and twelve units with missing ratings (data of Krippendorff)."""


class TestSharedCases:
    def test_artstein_and_poesio_2008(self) -> None:
        given = case("05_artstein_poesio_2x2")
        expected = given["expected"]
        one, other = ratings_of_table(given["input"]["table"], given["input"]["labels"])
        kappa, pi = cohen_kappa(one, other), scott_pi(one, other)
        assert holds(kappa, expected["kappa"])
        assert holds(kappa.observed, expected["Ao"])
        assert holds(kappa.expected, expected["kappa_Ae"])
        assert holds(pi, expected["pi"])
        assert holds(pi.expected, expected["pi_Ae"])

    def test_cohen_1960(self) -> None:
        given = case("07_cohen_1960")
        expected = given["expected"]
        ratings = ratings_of_table(given["input"]["table"])
        kappa, ac1 = cohen_kappa(*ratings), gwet_ac1(ratings)
        assert holds(kappa, expected["kappa"])
        assert holds(kappa.observed, expected["Ao"])
        assert holds(kappa.expected, expected["Ae"])
        assert holds(ac1, expected["AC1"])
        assert holds(ac1.expected, expected["AC1_pe"])

    def test_fleiss_1971(self) -> None:
        given = case("08_fleiss_1971")
        expected = given["expected"]
        kappa = fleiss_kappa(list(zip(*given["input"], strict=True)))
        assert holds(kappa, expected["kappa"])
        assert holds(kappa.observed, expected["Po"])
        assert holds(kappa.expected, expected["Pe"])
        assert kappa.n == 30

    @pytest.mark.parametrize("category", [1, 2, 3, 4, 5])
    def test_fleiss_1971_one_category_against_the_rest(self, category: int) -> None:
        given = case("08_fleiss_1971")
        expected = given["expected"]["kappa_cat"]
        kappa = fleiss_kappa([[value == category for value in row] for row in zip(*given["input"], strict=True)])
        assert kappa == pytest.approx(expected[str(category)], abs=expected["abs_tol"])

    @pytest.mark.parametrize("pair", ["A", "B", "C"])
    def test_krippendorff_1995_by_positions(self, pair: str) -> None:
        given = case("10_alphaU_krippendorff_1995_ABCD")
        covered = np.zeros((2, given["input"]["length"]), int)
        for rater, start, end, _ in given["input"]["units"][pair]:
            covered[rater, start:end] = 1
        expected = given["expected"]["digitised_per_position"]
        assert cohen_kappa(*covered) == pytest.approx(expected[pair]["kappa"], abs=expected["abs_tol"])
        assert scott_pi(*covered) == pytest.approx(expected[pair]["pi"], abs=expected["abs_tol"])


class TestPublishedTables:
    @pytest.mark.parametrize(
        ("table", "observed", "kappa"),
        [
            # Feinstein and Cicchetti 1990, first paradox: the same agreement, other marginals.
            # Ae = .49·.46 + .51·.54 = .5008, and .9·.85 + .1·.15 = .78.
            ([[40, 9], [6, 45]], 0.85, 0.3492 / 0.4992),
            ([[80, 10], [5, 5]], 0.85, 0.07 / 0.22),
            # Second paradox: Ae = .6·.7 + .4·.3 = .54, and .6·.3 + .4·.7 = .46.
            ([[45, 15], [25, 15]], 0.60, 0.06 / 0.46),
            ([[25, 35], [5, 35]], 0.60, 0.14 / 0.54),
            # The example of the Wikipedia article on Cohen's kappa: Ae = .5·.6 + .5·.4.
            ([[20, 5], [10, 15]], 0.70, 0.40),
            # Fleiss 1981, diagnoses of psychosis, neurosis, organic: Ae = .8·.8 + .1·.05 + .1·.15 = .66.
            ([[75, 1, 4], [5, 4, 1], [0, 0, 10]], 0.89, 0.23 / 0.34),
        ],
    )
    def test_cohens_kappa_of_small_tables(self, table: list[list[int]], observed: float, kappa: float) -> None:
        measured = cohen_kappa(*ratings_of_table(table))
        assert measured == pytest.approx(kappa, abs=1e-12)
        assert measured.observed == pytest.approx(observed, abs=1e-12)

    @pytest.mark.parametrize(
        ("table", "kappa"),
        [
            # Landis and Koch 1977, two neurologists' diagnoses of multiple sclerosis: Winnipeg and New Orleans.
            # Ao = 64/149, Ae = 6211/149²; Ao = 33/69, Ae = 1230/69².
            ([[38, 5, 0, 1], [33, 11, 3, 0], [10, 14, 5, 6], [3, 7, 3, 10]], 0.208),
            ([[5, 3, 0, 0], [3, 11, 4, 0], [2, 13, 3, 4], [1, 2, 4, 14]], 0.297),
            # Agresti 1990, two pathologists' diagnoses of carcinoma: Ao = 75/118, Ae = 3916/118².
            ([[22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10]], 0.493),
        ],
    )
    def test_cohens_kappa_of_physicians(self, table: list[list[int]], kappa: float) -> None:
        assert cohen_kappa(*ratings_of_table(table)) == pytest.approx(kappa, abs=5e-4)

    def test_gwet_2002_high_prevalence(self) -> None:
        # 125 units, 118 5 / 2 0: Ao = .944; kappa's Ae = (123·120 + 2·5)/125² = .94528; AC1's p = 243/250 = .972,
        # Ae = 2·.972·.028 = .054432.
        ratings = ratings_of_table([[118, 5], [2, 0]])
        assert cohen_kappa(*ratings) == pytest.approx((0.944 - 0.94528) / (1 - 0.94528), abs=1e-12)
        ac1 = gwet_ac1(ratings)
        assert ac1 == pytest.approx(0.9408, abs=5e-5)
        assert ac1.expected == pytest.approx(0.054432, abs=1e-12)

    def test_prevalence_lowers_kappa_and_not_ac1(self) -> None:
        # 80 7 / 8 5: kappa's Ae = .87·.88 + .13·.12 = .7812; AC1's Ae = 2·.875·.125 = .21875.
        ratings = ratings_of_table([[80, 7], [8, 5]])
        assert cohen_kappa(*ratings) == pytest.approx((0.85 - 0.7812) / 0.2188, abs=1e-12)
        assert gwet_ac1(ratings) == pytest.approx((0.85 - 0.21875) / 0.78125, abs=1e-12)

    def test_gwet_2014_four_raters_with_missing_ratings(self) -> None:
        # Eleven units with two ratings or more agree 1 1/2 1 1 1 0 1 1/2 1 1 1: Ao = 9/11. Shares of the categories
        # over the twelve units: 1: 1 + 1/4 + 3/4 + 1 = 3; 2: 3/4 + 1 + 1/4 + 1/4 + 1 = 3.25;
        # 3: 1/4 + 1 + 1 + 1/4 + 1 = 3.5; 4: 1/4 + 1 = 1.25; 5: 1. Ae = (1 - (9 + 10.5625 + 12.25 + 1.5625 + 1)/144)/4.
        ac1 = gwet_ac1(FOUR_RATERS)
        assert ac1.observed == pytest.approx(9 / 11, abs=1e-12)
        assert ac1.expected == pytest.approx((1 - 34.375 / 144) / 4, abs=1e-12)
        assert ac1 == pytest.approx(0.77544, abs=5e-6)
        assert (ac1.n, ac1.of, ac1.coverage) == (11, "units", pytest.approx(11 / 12))
        assert ac1.left_out == "1 of 12 units have fewer than two ratings"

    def test_fleiss_kappa_of_fourteen_raters(self) -> None:
        kappa = fleiss_kappa(ratings_of_counts(FOURTEEN_RATERS))
        assert kappa == pytest.approx(0.210, abs=5e-4)
        assert kappa.observed == pytest.approx(0.378, abs=5e-4)
        assert kappa.expected == pytest.approx(0.213, abs=5e-4)

    def test_artstein_and_poesio_2008_three_dialogue_acts(self) -> None:
        # 46 6 0 / 0 32 0 / 0 6 10: Ao = .88; rows 52 32 16, columns 46 44 10.
        # Kappa's Ae = (52·46 + 32·44 + 16·10)/10000 = .396, pi's = (98² + 76² + 26²)/40000 = .4014.
        ratings = ratings_of_table([[46, 6, 0], [0, 32, 0], [0, 6, 10]])
        assert cohen_kappa(*ratings) == pytest.approx((0.88 - 0.396) / (1 - 0.396), abs=1e-12)
        assert scott_pi(*ratings) == pytest.approx((0.88 - 0.4014) / (1 - 0.4014), abs=1e-12)


class TestMissingRatings:
    def test_units_that_one_annotator_lacks_are_left_out(self) -> None:
        one, other = ["a", "a", "b", None, "c", None], ["a", "b", "b", "b", None, None]
        for measure in (cohen_kappa, scott_pi):
            with_gaps, without = measure(one, other), measure(one[:3], other[:3])
            assert with_gaps == without
            assert (with_gaps.n, with_gaps.coverage) == (3, 0.5)
            assert with_gaps.left_out == "3 of 6 units lack a value of one annotator or of both"
            assert (without.coverage, without.left_out) == (1.0, "")

    def test_fleiss_takes_the_units_with_most_ratings(self) -> None:
        complete = [["a", "a", "b"], ["a", "b", "b"], ["a", "a", "b"]]
        kappa = fleiss_kappa([[*complete[0], "a", None], [*complete[1], None, None], [*complete[2], "b", None]])
        assert kappa == fleiss_kappa(complete)
        assert (kappa.n, kappa.coverage) == (3, pytest.approx(3 / 5))
        assert "2 of 5 units" in kappa.left_out

    def test_fleiss_does_not_want_the_same_raters_for_every_unit(self) -> None:
        by_two = [["a", "a", "b", "b"], ["a", "b", "b", "b"]]
        by_pool = [["a", None, "b", None], ["a", "a", None, "b"], [None, "b", "b", "b"]]
        assert fleiss_kappa(by_pool) == fleiss_kappa(by_two)
        assert fleiss_kappa(by_pool).left_out == ""

    def test_a_unit_rated_once_counts_for_what_ac1_expects_only(self) -> None:
        # Ao over the first two units is 1/2; p_a = (1 + 1/2 + 0)/3 = 1/2: Ae = 2·1/2·1/2.
        ac1 = gwet_ac1([["a", "a", "b"], ["a", "b", None]])
        assert (ac1.observed, ac1.expected) == (0.5, 0.5)
        assert ac1 == 0

    def test_nan_is_missing(self) -> None:
        nan = float("nan")
        assert cohen_kappa([1.0, 2.0, nan], [1.0, 1.0, 2.0]).n == 2
        assert gwet_ac1(np.array([[1.0, 2.0, nan], [1.0, 1.0, 2.0]])).n == 2


class TestCategories:
    def test_ac1_depends_on_the_categories_there_are_to_choose_from(self) -> None:
        # p = 3/4, 1/4: sum p(1 - p) = 3/8, over q - 1 = 1, 2.
        ratings = [["a", "a"], ["a", "b"]]
        assert gwet_ac1(ratings).expected == pytest.approx(3 / 8)
        assert gwet_ac1(ratings, categories=["a", "b", "c"]).expected == pytest.approx(3 / 16)

    def test_ac1_of_one_category_used_of_several_is_full_agreement(self) -> None:
        assert gwet_ac1([["a", "a"], ["a", "a"]], categories=["a", "b"]) == 1

    def test_a_rating_outside_the_categories_is_refused(self) -> None:
        with pytest.raises(UsageError, match="'c'"):
            gwet_ac1([["a"], ["c"]], categories=["a", "b"])

    def test_numbers_and_texts_are_different_categories(self) -> None:
        assert cohen_kappa([1, "1"], ["1", 1]).observed == 0


class TestUndefined:
    @pytest.mark.parametrize("measure", [cohen_kappa, scott_pi])
    @pytest.mark.parametrize(("one", "other"), [([], []), ([None], [None]), ([1, None], [None, 1])])
    def test_two_annotators_without_a_common_unit(self, measure: Any, one: list[Any], other: list[Any]) -> None:
        measured = measure(one, other)
        assert measured.value is None
        assert (measured.n, measured.coverage) == (0, 0.0)
        assert measured.why == "no unit has two ratings to compare"

    @pytest.mark.parametrize("measure", [fleiss_kappa, gwet_ac1])
    @pytest.mark.parametrize("ratings", [[], [[]], [[], []], [[1, 2]], [[1, None], [None, 2]], np.empty((0, 0))])
    def test_no_unit_with_two_ratings(self, measure: Any, ratings: Any) -> None:
        measured = measure(ratings)
        assert measured.value is None
        assert (measured.n, measured.coverage) == (0, 0.0)
        assert measured.why == "no unit has two ratings to compare"

    @pytest.mark.parametrize(
        "measured",
        [
            cohen_kappa(["a"] * 3, ["a"] * 3),
            scott_pi(["a"] * 3, ["a"] * 3),
            fleiss_kappa([["a"] * 3] * 7),
            gwet_ac1([["a"] * 3] * 7),
            gwet_ac1([["a"]] * 2, categories=["a"]),
        ],
    )
    def test_a_single_category(self, measured: Measure) -> None:
        assert measured.value is None
        assert measured.observed == 1
        assert "only one category" in measured.why

    def test_two_annotators_with_one_category_each_are_defined(self) -> None:
        # Cohen expects no agreement and sees none; Scott expects 1/2.
        assert cohen_kappa(["a", "a"], ["b", "b"]) == 0
        assert scott_pi(["a", "a"], ["b", "b"]) == -1

    @pytest.mark.parametrize("measure", [cohen_kappa, scott_pi])
    def test_rows_of_different_lengths_are_refused(self, measure: Any) -> None:
        with pytest.raises(UsageError, match="2, 1 units"):
            measure([1, 2], [1])


class TestStatistics:
    def test_a_table_counts_units_by_both_values(self) -> None:
        table = contingency(["a", "a", "b", None], ["a", "b", "a", "b"], ["b", "a"])
        assert table.tolist() == [[0, 1], [1, 1]]

    def test_tables_of_documents_add_up(self) -> None:
        one, other = list("aabbcabca"), list("abbbcaacc")
        table = contingency(one[:4], other[:4], "abc") + contingency(one[4:], other[4:], "abc")
        assert cohen_of(table) == cohen_kappa(one, other)
        assert scott_of(table) == scott_pi(one, other)

    def test_a_table_does_not_know_what_is_not_in_it(self) -> None:
        table = contingency(["a", "b", None], ["a", "a", "b"], "ab")
        assert cohen_of(table).coverage == 1
        assert cohen_of(table, units=3).coverage == pytest.approx(2 / 3)

    def test_a_tally_counts_units_and_shares(self) -> None:
        # Units: a a, a b, a alone, nothing.
        ratings = [["a", "a", "a", None], ["a", "b", None, None]]
        assert tally(ratings, "ab").tolist() == [4, 3, 2, 1, 2.5, 0.5]
        assert tally(ratings, "ab", raters=2).tolist() == [4, 2, 2, 1, 1.5, 0.5]

    def test_tallies_of_documents_add_up(self) -> None:
        first = [list(row) for row in ("aab", "abb", "aab")]
        second = [list(row) for row in ("bccc", "bcca", "accc")]
        both = [one + other for one, other in zip(first, second, strict=True)]
        assert fleiss_of(tally(first, "abc", 3) + tally(second, "abc", 3)) == pytest.approx(fleiss_kappa(both))
        assert ac1_of(tally(first, "abc") + tally(second, "abc")) == pytest.approx(gwet_ac1(both))

    def test_an_empty_tally_gives_no_value(self) -> None:
        assert fleiss_of(np.zeros(6)).value is None
        assert ac1_of(np.zeros(6)).value is None


class TestPublishedForms:
    def test_ratings_of_a_contingency_table(self) -> None:
        assert ratings_of_table([[2, 1], [0, 1]], ["yes", "no"]) == [
            ["yes", "yes", "yes", "no"],
            ["yes", "yes", "no", "no"],
        ]

    def test_the_table_comes_back_from_its_ratings(self) -> None:
        table = [[3, 1, 0], [2, 5, 1], [0, 0, 4]]
        assert contingency(*ratings_of_table(table), range(3)).tolist() == table

    def test_ratings_of_counts(self) -> None:
        assert ratings_of_counts(np.array([[2, 1], [0, 2]]), ["a", "b"]) == [["a", "b"], ["a", "b"], ["b", None]]

    @pytest.mark.parametrize("table", [[[1, 2], [3]], [[0.5, 0.5], [0, 1]], [[-1, 1], [1, 1]], [1, 2], [["1"]]])
    def test_what_is_no_table_of_counts_is_refused(self, table: Any) -> None:
        for ratings_of in (ratings_of_table, ratings_of_counts):
            with pytest.raises(UsageError, match="table of counts"):
                ratings_of(table)

    def test_a_contingency_table_is_square(self) -> None:
        with pytest.raises(UsageError, match="as many rows as columns"):
            ratings_of_table([[1, 2]])

    def test_values_fit_the_columns(self) -> None:
        with pytest.raises(UsageError, match="3 values for 2 columns"):
            ratings_of_counts([[1, 2]], ["a", "b", "c"])
