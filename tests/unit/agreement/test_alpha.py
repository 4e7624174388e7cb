"""Krippendorff's alpha on published examples, on arithmetic done by hand, and where it is undefined."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from annotator.agreement import krippendorff_alpha
from annotator.agreement.alpha import alpha_of, alphas_of, coincidences
from annotator.agreement.ratings import ratings_of_table
from annotator.errors import UsageError
from tests.support.shared import shared_file


def case(name: str) -> dict[str, Any]:
    return json.loads(shared_file("agreement", f"{name}.json").read_text(encoding="utf-8"))


def rows(*texts: str) -> list[list[int | None]]:
    """Rows of digits; a point is a missing value."""
    return [[None if sign == "." else int(sign) for sign in text.split()] for text in texts]


OBSERVERS = rows(
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
"""Krippendorff 2011, example C: four observers, twelve units, five values, missing data."""

THREE_CODERS = rows(
    ". . . . . 3 4 1 2 1 1 3 3 . 3",
    "1 . 2 1 3 3 4 3 . . . . . . .",
    ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
)
"""The worked example of the Wikipedia article on Krippendorff's alpha: three coders, fifteen units."""

DIALOGUE_ACTS = [[46, 6, 0], [0, 32, 0], [0, 6, 10]]
"""Artstein and Poesio 2008, section 2.6: statements, information requests and checks of two coders."""


class TestSharedCases:
    @pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
    def test_four_observers_with_missing_data(self, level: Any) -> None:
        given = case("01_alpha_krippendorff_12x4")
        expected = given["expected"][level]
        assert krippendorff_alpha(given["input"], level) == pytest.approx(expected["value"], abs=expected["abs_tol"])

    def test_disagreements_of_four_observers(self) -> None:
        given = case("01_alpha_krippendorff_12x4")
        alpha, expected = krippendorff_alpha(given["input"]), given["expected"]
        assert alpha.observed == pytest.approx(expected["nominal_Do"]["value"], abs=expected["nominal_Do"]["abs_tol"])
        assert alpha.expected == pytest.approx(expected["nominal_De"]["value"], abs=expected["nominal_De"]["abs_tol"])

    def test_five_coders_of_forty_units(self) -> None:
        given = case("03_alpha_hayes_krippendorff_2007")
        ratings = list(zip(*given["input"], strict=True))
        expected = given["expected"]["ordinal"]
        assert krippendorff_alpha(ratings, "ordinal") == pytest.approx(expected["value"], abs=expected["abs_tol"])

    @pytest.mark.parametrize("example", ["A", "B"])
    def test_two_coders_without_missing_data(self, example: str) -> None:
        given = case("29_alpha_krippendorff_2011_binary_and_nominal")
        expected = given["expected"][f"{example}_nominal"]
        alpha = krippendorff_alpha([row.split() for row in given["input"][example]])
        assert alpha == pytest.approx(expected["value"], abs=expected["abs_tol"])

    def test_the_first_pair_of_1995_by_positions(self) -> None:
        given = case("10_alphaU_krippendorff_1995_ABCD")
        covered = np.zeros((2, given["input"]["length"]), int)
        for rater, start, end, _ in given["input"]["units"]["A"]:
            covered[rater, start:end] = 1
        expected = given["expected"]["digitised_per_position"]
        assert krippendorff_alpha(covered) == pytest.approx(expected["A"]["alpha"], abs=expected["abs_tol"])

    def test_a_pair_that_covers_everything_is_undefined(self) -> None:
        given = case("10_alphaU_krippendorff_1995_ABCD")
        covered = np.zeros((2, given["input"]["length"]), int)
        for rater, start, end, _ in given["input"]["units"]["D"]:
            covered[rater, start:end] = 1
        assert not krippendorff_alpha(covered).is_defined


class TestPublishedExamples:
    def test_krippendorff_2011_binary_data(self) -> None:
        # Example A. 20 values, 14 of 0 and 6 of 1; 4 of 10 units differ, so that o_01 = 4.
        # Do = 8/20, De = 2·14·6/(20·19), alpha = 1 - 19·4/(14·6) = .095.
        alpha = krippendorff_alpha(rows("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"))
        assert alpha == pytest.approx(1 - 19 * 4 / (14 * 6), abs=1e-12)
        assert alpha.observed == pytest.approx(8 / 20, abs=1e-12)
        assert alpha.expected == pytest.approx(2 * 14 * 6 / (20 * 19), abs=1e-12)

    def test_krippendorff_2011_nominal_data(self) -> None:
        # Example B. Values a b c d e occur 4 6 6 6 2 times and 9 of 12 units agree:
        # alpha = (23·18 - sum n_c(n_c - 1))/(24·23 - sum n_c(n_c - 1)) = (414 - 104)/(552 - 104) = .692.
        alpha = krippendorff_alpha([list("aabbdcccedda"), list("babbbccceddd")])
        assert alpha == pytest.approx(310 / 448, abs=1e-12)

    @pytest.mark.parametrize(
        ("level", "value"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
    )
    def test_krippendorff_2011_all_four_metrics_with_missing_data(self, level: Any, value: float) -> None:
        assert krippendorff_alpha(OBSERVERS, level) == pytest.approx(value, abs=5e-4)

    def test_krippendorff_2011_coincidences_with_missing_data(self) -> None:
        # His example C, step B: the matrix of coincidences, 40 pairable values; the lone 3 of the last unit pairs
        # with nothing.
        third = 1 / 3
        expected = [
            [7, 4 * third, third, third, 0],
            [4 * third, 10, 4 * third, third, 0],
            [third, 4 * third, 8, third, 0],
            [third, third, third, 4, 0],
            [0, 0, 0, 0, 3],
        ]
        assert coincidences(OBSERVERS, [1, 2, 3, 4, 5]) == pytest.approx(np.array(expected), abs=1e-12)

    @pytest.mark.parametrize(("level", "value"), [("nominal", 0.691), ("interval", 0.811)])
    def test_three_coders_of_the_encyclopaedia(self, level: Any, value: float) -> None:
        alpha = krippendorff_alpha(THREE_CODERS, level)
        assert alpha == pytest.approx(value, abs=5e-4)
        assert alpha.n == 26

    def test_artstein_and_poesio_2008_unweighted(self) -> None:
        # 12 of 100 items differ; 98, 76 and 26 of the 200 values are of each category, so that
        # De = 2(98·76 + 98·26 + 76·26)/(200·199).
        expected = 2 * (98 * 76 + 98 * 26 + 76 * 26) / (200 * 199)
        assert krippendorff_alpha(ratings_of_table(DIALOGUE_ACTS)) == pytest.approx(1 - 0.12 / expected, abs=1e-12)

    def test_artstein_and_poesio_2008_weighted(self) -> None:
        # Their distances: 1 between statement and request, .5 from either to check; Do = (6 + 6·.5)/100 = .09,
        # De = 2(98·76 + .5·98·26 + .5·76·26)/(200·199) = .4879, alpha = .8156.
        def distance(one: str, other: str) -> float:
            return 0.5 if "check" in (one, other) else 1.0

        ratings = ratings_of_table(DIALOGUE_ACTS, ["statement", "request", "check"])
        alpha = krippendorff_alpha(ratings, distance)
        assert alpha.observed == pytest.approx(0.09, abs=1e-12)
        assert alpha.expected == pytest.approx(0.4879, abs=5e-5)
        assert alpha == pytest.approx(0.8156, abs=5e-5)

    def test_cohen_1960_table(self) -> None:
        # The table of his page 45: 60 of 200 differ; of 400 values 220, 120 and 60 are of each category.
        # Do = .3, De = 2(220·120 + 220·60 + 120·60)/(400·399), alpha = 1 - .3·159600/93600.
        alpha = krippendorff_alpha(ratings_of_table([[88, 14, 18], [10, 40, 10], [2, 6, 12]]))
        assert alpha == pytest.approx(1 - 0.3 * 159600 / 93600, abs=1e-12)


class TestLevels:
    def test_the_order_of_ordinal_values_can_be_given(self) -> None:
        words = ["never", "few", "some", "most", "all"]
        named = [[None if value is None else words[value - 1] for value in row] for row in OBSERVERS]
        by_number = krippendorff_alpha(OBSERVERS, "ordinal")
        assert krippendorff_alpha(named, "ordinal", values=words) == pytest.approx(by_number, abs=1e-12)
        assert krippendorff_alpha(named, "ordinal") != pytest.approx(by_number, abs=1e-3)

    def test_ordinal_differences_count_ranks_not_sizes(self) -> None:
        stretched = [[None if value is None else value**5 for value in row] for row in OBSERVERS]
        assert krippendorff_alpha(stretched, "ordinal") == krippendorff_alpha(OBSERVERS, "ordinal")

    def test_a_value_nobody_gave_changes_no_level(self) -> None:
        for level in ("nominal", "ordinal", "interval", "ratio"):
            wide = krippendorff_alpha(OBSERVERS, level, values=range(9))
            assert wide == pytest.approx(krippendorff_alpha(OBSERVERS, level), abs=1e-12)

    def test_two_zeros_of_a_ratio_scale_are_equal(self) -> None:
        # Coincidences (0,0) 2 and (1,2) 1 each way, n = 4, (1/3)² = 1/9, (1/1)² = 1.
        # Do = 2/9/4, De = 2(2·1 + 2·1 + 1/9)/(4·3).
        alpha = krippendorff_alpha([[0, 1], [0, 2]], "ratio")
        assert alpha == pytest.approx(1 - (2 / 9 / 4) / (2 * (4 + 1 / 9) / 12), abs=1e-12)

    def test_a_function_measures_sets(self) -> None:
        # Jaccard: {a} and {a,b} differ by 1/2, either and {c} by 1. The units differ by 1/2 and by 1: Do = 2·1.5/4.
        # {a} occurs twice, the others once: De = 2(2·1/2 + 2·1 + 1·1)/(4·3) = 2/3.
        def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
            return 1 - len(one & other) / len(one | other)

        sets = [[frozenset("a"), frozenset("a")], [frozenset("ab"), frozenset("c")]]
        assert krippendorff_alpha(sets, jaccard) == pytest.approx(1 - (3 / 4) / (2 / 3), abs=1e-12)

    def test_a_function_is_the_metric_itself_not_squared(self) -> None:
        by_function = krippendorff_alpha(OBSERVERS, lambda one, other: (one - other) ** 2)
        assert by_function == pytest.approx(krippendorff_alpha(OBSERVERS, "interval"), abs=1e-12)

    def test_an_unknown_level_is_refused(self) -> None:
        with pytest.raises(UsageError, match="quantum"):
            krippendorff_alpha(OBSERVERS, "quantum")  # type: ignore[arg-type]

    @pytest.mark.parametrize("value", ["3", b"3", float("inf"), (1,), "many"])
    def test_interval_takes_numbers_only(self, value: Any) -> None:
        with pytest.raises(UsageError, match="interval"):
            krippendorff_alpha([[1, value], [2, value]], "interval")

    def test_ratio_takes_nothing_below_zero(self) -> None:
        with pytest.raises(UsageError, match="-1"):
            krippendorff_alpha([[1, -1], [2, -1]], "ratio")

    def test_ordinal_values_that_cannot_be_sorted_need_an_order(self) -> None:
        with pytest.raises(UsageError, match="values="):
            krippendorff_alpha([[1, "1"], [1, "1"]], "ordinal")


class TestWhatItRestsOn:
    def test_it_says_how_many_values_pair_and_what_was_left_out(self) -> None:
        alpha = krippendorff_alpha(OBSERVERS)
        assert (alpha.n, alpha.of) == (40, "pairable values")
        assert alpha.coverage == pytest.approx(11 / 12)
        assert alpha.left_out == "1 of 12 units have fewer than two values"
        assert alpha.why == ""

    def test_full_data_leave_nothing_out(self) -> None:
        alpha = krippendorff_alpha([[1, 2], [1, 1]])
        assert (alpha.n, alpha.coverage, alpha.left_out) == (4, 1.0, "")


class TestUndefined:
    @pytest.mark.parametrize(
        "ratings", [[], [[]], [[], []], [[1, 2, 3]], [[1, None], [None, 2]], [[None], [None]], np.empty((0, 0))]
    )
    def test_without_a_unit_of_two_values(self, ratings: Any) -> None:
        alpha = krippendorff_alpha(ratings)
        assert alpha.value is None
        assert (alpha.n, alpha.coverage, alpha.why) == (0, 0.0, "no unit has two values")

    @pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio", lambda one, other: 1])
    def test_with_a_single_value(self, level: Any) -> None:
        alpha = krippendorff_alpha([[7, 7, 7], [7, 7, None]], level)
        assert alpha.value is None
        assert alpha.n == 4
        assert "no two values differ" in alpha.why

    def test_where_the_second_value_pairs_with_nothing(self) -> None:
        assert krippendorff_alpha([[1, 1, 2], [1, 1, None]]).value is None

    def test_where_a_function_sees_no_difference(self) -> None:
        assert krippendorff_alpha([[1, 2], [2, 1]], lambda one, other: 0).value is None

    def test_systematic_disagreement_is_below_zero_and_not_undefined(self) -> None:
        # Do = 1, De = 2·2·2/(4·3) = 2/3.
        assert krippendorff_alpha([[0, 1], [1, 0]]) == pytest.approx(-0.5, abs=1e-12)


class TestInput:
    def test_arrays_lists_and_tuples_are_the_same(self) -> None:
        full = [row[:9] for row in OBSERVERS[:2]]
        alpha = krippendorff_alpha(full)
        for same in (np.array(full), np.array(full, float), np.array(full, object), tuple(map(tuple, full))):
            assert krippendorff_alpha(same) == alpha
        assert krippendorff_alpha([np.array(row) for row in full]) == alpha

    def test_nan_is_missing_as_none_is(self) -> None:
        alpha = krippendorff_alpha(OBSERVERS)
        floats = [[float("nan") if value is None else float(value) for value in row] for row in OBSERVERS]
        assert krippendorff_alpha(floats) == alpha
        assert krippendorff_alpha(np.array(floats)) == alpha
        assert krippendorff_alpha(np.array(OBSERVERS, object)) == alpha

    def test_what_a_mask_hides_is_missing(self) -> None:
        filled = np.array([[0 if value is None else value for value in row] for row in OBSERVERS])
        assert krippendorff_alpha(np.ma.masked_equal(filled, 0)) == krippendorff_alpha(OBSERVERS)

    def test_numbers_and_texts_are_different_values(self) -> None:
        # Full disagreement of 1 and "1": four values, two of each.
        assert krippendorff_alpha([[1, "1"], ["1", 1]]) == pytest.approx(-0.5, abs=1e-12)

    def test_texts_in_an_array(self) -> None:
        assert krippendorff_alpha(np.array([["a", "b"], ["a", "b"]])) == 1

    def test_a_whole_number_and_its_float_are_one_value(self) -> None:
        assert krippendorff_alpha([[1, 2], [1.0, 2.0]]) == 1

    def test_rows_of_different_lengths_are_refused(self) -> None:
        with pytest.raises(UsageError, match="3, 2 units"):
            krippendorff_alpha([[1, 2, 3], [1, 2]])

    @pytest.mark.parametrize(
        "ratings", [[1, 2, 3], ["aab", "abb"], {"anna": [1, 2], "omar": [1, 1]}, np.array([1, 2]), np.array([None])]
    )
    def test_what_has_no_rows_is_refused(self, ratings: Any) -> None:
        with pytest.raises(UsageError, match="one row per annotator"):
            krippendorff_alpha(ratings)

    def test_values_that_cannot_be_compared_are_refused(self) -> None:
        with pytest.raises(UsageError, match="frozensets"):
            krippendorff_alpha([[{1}], [{1}]])

    @pytest.mark.parametrize("values", [[1, 2, 3], [1, 2, 3, 4, 5, 5], [1, 2, 3, 4, 5, None]])
    def test_values_must_name_each_value_once(self, values: list[int | None]) -> None:
        with pytest.raises(UsageError, match="Name every value"):
            krippendorff_alpha(OBSERVERS, values=values)


class TestCoincidences:
    def test_a_unit_counts_as_many_as_it_has_values(self) -> None:
        # Three values: six ordered pairs, each worth 1/2.
        assert coincidences([["a"], ["a"], ["b"]], ["a", "b"]).tolist() == [[1, 1], [1, 0]]

    def test_rows_and_columns_follow_the_values(self) -> None:
        table = coincidences([["a", "b"], ["a", "c"]], ["c", "b", "a"])
        assert table.tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 2]]

    def test_without_units_it_is_empty_but_has_its_shape(self) -> None:
        assert coincidences([], ["a", "b"]).tolist() == [[0, 0], [0, 0]]

    def test_alpha_of_the_matrix_is_that_of_the_ratings(self) -> None:
        table = coincidences(OBSERVERS, [1, 2, 3, 4, 5])
        for level in ("nominal", "ordinal", "interval", "ratio"):
            assert alpha_of(table, [1, 2, 3, 4, 5], level) == krippendorff_alpha(OBSERVERS, level)

    def test_coverage_and_what_was_left_out_are_passed_on(self) -> None:
        alpha = alpha_of(np.zeros((2, 2)), ["a", "b"], coverage=0.25, left_out="3 of 4")
        assert (alpha.value, alpha.coverage, alpha.left_out) == (None, 0.25, "3 of 4")

    @pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
    def test_many_matrices_at_once(self, level: Any) -> None:
        values = [1, 2, 3, 4, 5]
        tables = [
            coincidences(OBSERVERS, values),
            coincidences(THREE_CODERS, values),
            np.zeros((5, 5)),
            np.diag([4.0, 0, 0, 0, 0]),
        ]
        alphas = alphas_of(np.array([tables, tables[::-1]]), values, level)
        each = [float(alpha_of(table, values, level)) for table in tables]
        assert alphas == pytest.approx(np.array([each, each[::-1]]), abs=1e-12, nan_ok=True)
        assert np.isnan(alphas[0, 2:]).all()
