"""Bootstrap intervals over documents."""

from __future__ import annotations

import numpy as np
import pytest

from annotator.agreement.bootstrap import FEWEST, Floats, document_weights, interval


def mean(sums: Floats) -> Floats:
    """Of a value and a count of 1 per document."""
    quotient: Floats = sums[:, 0] / sums[:, 1]
    return quotient


def observations(*values: float) -> Floats:
    return np.column_stack([np.array(values, float), np.ones(len(values))])


def test_each_resample_draws_as_many_documents_as_there_are() -> None:
    weights = document_weights(37, resamples=250)
    assert weights.shape == (250, 37)
    assert (weights.sum(axis=1) == 37).all()


def test_each_document_is_drawn_once_on_average() -> None:
    assert document_weights(20, resamples=4000).mean(axis=0) == pytest.approx(1, abs=0.1)


def test_a_seed_gives_the_same_resamples_again() -> None:
    assert (document_weights(30, seed=7) == document_weights(30, seed=7)).all()
    assert (document_weights(30, seed=7) != document_weights(30, seed=8)).any()


def test_the_first_resamples_do_not_depend_on_how_many_follow() -> None:
    assert (document_weights(30, resamples=100) == document_weights(30, resamples=150)[:100]).all()


def test_no_documents_have_empty_resamples() -> None:
    assert document_weights(0, resamples=3).shape == (3, 0)


def test_equal_documents_have_an_interval_of_one_point() -> None:
    assert interval(observations(*[0.25] * 12), document_weights(12), mean) == (0.25, 0.25)


def test_the_interval_of_a_mean_is_about_two_standard_errors_wide() -> None:
    drawn = np.random.default_rng(3).normal(5, 2, 400)
    ends = interval(observations(*drawn), document_weights(400), mean)
    assert ends is not None
    error = drawn.std() / 20
    assert ends == pytest.approx((drawn.mean() - 1.96 * error, drawn.mean() + 1.96 * error), abs=0.1 * error * 3)


def test_a_proportion_of_few_documents_has_the_quantiles_of_the_binomial_distribution() -> None:
    # Of ten documents five count 1: a resample's mean is binomial(10, 1/2) / 10, whose 2.5 % quantile is 2 / 10.
    ends = interval(observations(*[0, 1] * 5), document_weights(10, resamples=5000), mean)
    assert ends == (0.2, 0.8)


def test_few_documents_have_no_interval() -> None:
    values = observations(*range(FEWEST - 1))
    assert interval(values, document_weights(len(values)), mean) is None


def test_resamples_where_the_value_is_undefined_are_left_out() -> None:
    # Only one document of ten has anything: about a third of the resamples miss it.
    counts = np.zeros((10, 2))
    counts[3] = 4, 5
    with np.errstate(invalid="ignore"):
        assert interval(counts, document_weights(10), mean) == pytest.approx((0.8, 0.8))


def test_a_value_that_is_mostly_undefined_has_no_interval() -> None:
    with np.errstate(invalid="ignore"):
        assert interval(np.zeros((10, 2)), document_weights(10), mean) is None


def test_statistics_of_any_shape_are_summed_in_their_shape() -> None:
    seen: list[tuple[int, ...]] = []

    def look(sums: Floats) -> Floats:
        seen.append(sums.shape)
        total: Floats = sums.sum(axis=(1, 2))
        return total

    assert interval(np.ones((12, 3, 2)), document_weights(12, resamples=150), look) == (72, 72)
    assert seen == [(100, 3, 2), (50, 3, 2)]
