"""Sums over documents, and the values that come of them."""

from __future__ import annotations

import numpy as np
import pytest

from annotator.agreement.report import values
from annotator.agreement.report.gathering import Gathering
from annotator.agreement.spans import Counts, f1_of


def gathering(*sums: dict[tuple[str, ...], tuple[float, ...]]) -> Gathering:
    found = Gathering(resamples=50)
    for number, of_document in enumerate(sums):
        found.add(f"d{number:03}", of_document)
    return found


def test_sums_are_over_all_documents() -> None:
    found = gathering({("x", "a"): (1, 2)}, {}, {("x", "a"): (3, 4), ("x", "b"): (5, 6)})
    assert found.total(("x", "a")) == (4, 6)
    assert found.total(("x", "b")) == (5, 6)
    assert found.total(("y",)) == ()


def test_a_count_is_the_first_number_and_0_without_any() -> None:
    found = gathering({("x",): (2,)}, {("x",): (1,)})
    assert (found.count("x"), found.count("y")) == (3, 0)


def test_statistics_are_found_by_the_beginning_of_their_names() -> None:
    found = gathering({("x", "b", "1"): (1,), ("x", "a", "2"): (1,), ("y", "b"): (1,), ("x", "b", "0"): (1,)})
    assert found.keys("x") == [("x", "a", "2"), ("x", "b", "0"), ("x", "b", "1")]
    assert found.keys("x", "b") == [("x", "b", "0"), ("x", "b", "1")]
    assert found.keys("z") == []


def test_a_document_that_adds_nothing_does_not_have_the_statistic() -> None:
    found = gathering({("x",): (0, 0)}, {("x",): (0, 1)})
    assert found.documents([("x",)]) == 1
    assert len(found) == 2


def test_an_estimate_has_the_value_of_the_sums() -> None:
    found = gathering({("f", "ab"): (1, 2, 2), ("f", "ac"): (0, 1, 1)}, {("f", "ab"): (1, 1, 1)})
    estimate = found.estimate(found.keys("f"), values.mean_f1, n=8, of="spans")
    assert estimate.value == pytest.approx((4 / 6 + 0) / 2)
    assert (estimate.n, estimate.of, estimate.low) == (8, "spans", None)


def test_statistics_that_are_missing_count_as_zero() -> None:
    found = gathering({("f", "ab"): (1, 2, 2)})
    estimate = found.estimate([("f", "ab"), ("f", "ac")], values.mean_f1, n=4, of="spans")
    assert estimate.value == 0.5


def test_an_interval_is_over_the_documents_that_have_the_statistic() -> None:
    some = gathering(*({("f",): (n % 2, 1, 1)} if n % 2 else {} for n in range(18)))
    enough = gathering(*({("f",): (n % 3 > 0, 1, 1)} for n in range(18)))
    assert some.estimate([("f",)], values.mean_f1, n=18, of="spans").low is None
    assert enough.estimate([("f",)], values.mean_f1, n=36, of="spans").low is not None


def test_nothing_at_all_is_undefined_with_a_reason() -> None:
    estimate = gathering({}).estimate([("f",)], values.mean_f1, n=0, of="spans")
    assert (estimate.value, estimate.note) == (None, "nothing to compare")


def test_f1_of_one_pair_is_that_of_the_measure() -> None:
    counts = Counts(3, 5, 8)
    assert values.mean_f1(np.array([[[*counts]]], float))[0] == pytest.approx(f1_of(counts))


def test_pairs_that_marked_nothing_are_left_out_of_the_mean() -> None:
    sums = np.array([[[1, 2, 2], [0, 0, 0]]], float)
    assert values.mean_f1(sums)[0] == 0.5


def test_the_mean_of_no_pairs_is_undefined() -> None:
    with np.errstate(invalid="ignore"):
        assert np.isnan(values.mean_f1(np.zeros((1, 2, 3)))[0])


def test_precision_and_recall_divide_by_the_one_and_the_other() -> None:
    sums = np.array([[[3, 4, 6]]], float)
    assert (values.precision(sums)[0], values.recall(sums)[0]) == (0.75, 0.5)


def test_alpha_takes_cells_in_any_order_and_for_many_sums_at_once() -> None:
    # Krippendorff 2011, the 2 x 2 case: 10 units, coincidences 10, 4, 4, 2; alpha = 1 - 19 * 8 / (2 * 14 * 6).
    cells = [("x", "1", "1"), ("x", "0", "0"), ("x", "0", "1"), ("x", "1", "0")]
    sums = np.array([[[2], [10], [4], [4]], [[4], [20], [8], [8]]], float)
    found = values.nominal_alpha(cells)(sums)
    assert found[0] == pytest.approx(1 - 19 * 8 / 168)
    assert found[1] == pytest.approx(1 - 39 * 16 / (2 * 28 * 12))
