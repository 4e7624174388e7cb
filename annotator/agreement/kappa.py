"""Chance-corrected agreement: Cohen's kappa, Scott's pi, Fleiss' kappa and Gwet's AC1.

Each is (Ao - Ae)/(1 - Ae): Ao is the observed agreement, Ae what its author expects by chance. They compare units that
are given; on characters or words with an "outside" value they mislead (G. Hripcsak and A. S. Rothschild, JAMIA 12(3),
2005). Ratings and missing values are those of `annotator.agreement.ratings`, which also turns published tables into
ratings.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.measure import Measure
from annotator.agreement.ratings import Ratings, codes_of


def cohen_kappa(one: Iterable[Any], other: Iterable[Any]) -> Measure:
    """Cohen's kappa of two annotators: Ae = sum_c p_1c p_2c, each with a distribution of their own.

    J. Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and Psychological Measurement 20(1), 1960.

    Args:
        one: One value per unit, anything hashable; None or NaN = missing.
        other: The same of the other annotator, as long as `one`.

    Returns:
        n counts the units that both rated; the others are left out. observed is Ao, expected is Ae. Undefined (n/a)
        where there is no such unit, and where Ae = 1, as both used one and the same category throughout.

    Raises:
        UsageError: Rows of different lengths.
    """
    table, units = _table_of(one, other)
    return cohen_of(table, units=units)


def scott_pi(one: Iterable[Any], other: Iterable[Any]) -> Measure:
    """Scott's pi of two annotators: Ae = sum_c ((p_1c + p_2c)/2)², with one distribution for both.

    W. A. Scott, "Reliability of Content Analysis: The Case of Nominal Scale Coding", Public Opinion Quarterly
    19(3), 1955.

    Args:
        one: One value per unit, anything hashable; None or NaN = missing.
        other: The same of the other annotator, as long as `one`.

    Returns:
        As `cohen_kappa`.

    Raises:
        UsageError: Rows of different lengths.
    """
    table, units = _table_of(one, other)
    return scott_of(table, units=units)


def fleiss_kappa(ratings: Ratings) -> Measure:
    """Fleiss' kappa: Ao = mean over units of the share of agreeing pairs, Ae = sum_c p_c² over all ratings.

    J. L. Fleiss, "Measuring Nominal Scale Agreement Among Many Raters", Psychological Bulletin 76(5), 1971. It wants
    the same number of ratings for every unit, not the same annotators. So units count that have as many as the unit
    with most; those with fewer are left out, and said to be. With two annotators it is Scott's pi.

    Args:
        ratings: One row per annotator, one column per unit; values hashable, None or NaN = missing.

    Returns:
        n counts the units that went in; observed is Ao, expected is Ae. Undefined (n/a) where no unit has two
        ratings, and where Ae = 1, as there is one category only.

    Raises:
        UsageError: Rows of different lengths.
    """
    codes, known = codes_of(ratings)
    most = int((codes >= 0).sum(axis=0).max(initial=1))
    return fleiss_of(_tally(codes, len(known), most))


def gwet_ac1(ratings: Ratings, *, categories: Sequence[Hashable] | None = None) -> Measure:
    """Gwet's AC1: Ae = sum_c p_c (1 - p_c)/(q - 1), for q categories; steady where one of them prevails.

    K. L. Gwet, "Computing Inter-Rater Reliability and Its Variance in the Presence of High Agreement", British Journal
    of Mathematical and Statistical Psychology 61(1), 2008; with missing values as in his Handbook of Inter-Rater
    Reliability, 4th ed., 2014: Ao is the mean share of agreeing pairs over the units with two or more ratings, p_c the
    mean over the units with any rating of the share of category c among the unit's ratings.

    Args:
        ratings: One row per annotator, two or more, one column per unit; values hashable, None or NaN = missing.
        categories: All that there are to choose from; None = those seen. q changes the value.

    Returns:
        n counts the units with two or more ratings; observed is Ao, expected is Ae. Undefined (n/a) where there is
        no such unit, and with a single category.

    Raises:
        UsageError: Rows of different lengths, or a value that `categories` lacks.
    """
    codes, known = codes_of(ratings, categories)
    return ac1_of(_tally(codes, len(known)))


def contingency(one: Iterable[Any], other: Iterable[Any], values: Sequence[Hashable]) -> NDArray[np.float64]:
    """How often `one` gave the row's value and `other` the column's; units that either lacks are not in it.

    Args:
        one: One value per unit; None or NaN = missing.
        other: The same of the other annotator.
        values: What rows and columns stand for.

    Returns:
        len(values) × len(values). Tables of documents add up to the table of all.

    Raises:
        UsageError: Rows of different lengths, or a value that `values` lacks.
    """
    codes, known = codes_of([one, other], values)
    return _contingency(codes, len(known))


def cohen_of(table: NDArray[np.float64], *, units: int | None = None) -> Measure:
    """Cohen's kappa of a contingency table, or of the sum of several.

    Args:
        table: Square; rows are the one annotator's values, columns the other's.
        units: How many units there were with those that the table lacks; None = no more than it holds.

    Returns:
        As `cohen_kappa`.
    """
    return _from_table(table, table.sum(axis=1), table.sum(axis=0), units)


def scott_of(table: NDArray[np.float64], *, units: int | None = None) -> Measure:
    """Scott's pi of a contingency table, or of the sum of several; arguments and result as of `cohen_of`."""
    pooled = (table.sum(axis=1) + table.sum(axis=0)) / 2
    return _from_table(table, pooled, pooled, units)


def tally(ratings: Ratings, categories: Sequence[Hashable], raters: int | None = None) -> NDArray[np.float64]:
    """What Fleiss' kappa and AC1 need to know of a document; tallies add up.

    Args:
        ratings: One row per annotator, one column per unit; None or NaN = missing.
        categories: What there is to choose from.
        raters: Only units with so many ratings, 1 or more, go in, as Fleiss' kappa wants it; None = all.

    Returns:
        4 + len(categories) numbers: the units; those of them with a rating that go in; those of these with two or
        more; the sum over the latter of the share of agreeing pairs; and for each category the sum over the units
        that go in of its share in the unit's ratings.

    Raises:
        UsageError: Rows of different lengths, or a value that `categories` lacks.
    """
    codes, known = codes_of(ratings, categories)
    return _tally(codes, len(known), raters)


def fleiss_of(tally: NDArray[np.float64]) -> Measure:
    """Fleiss' kappa of a `tally` made with `raters`, or of the sum of several with the same."""
    rated, shares = tally[1], tally[4:]
    expected = float(np.square(shares / rated).sum()) if rated else None
    return _from_tally(tally, expected, "have another number of ratings than those that went in")


def ac1_of(tally: NDArray[np.float64]) -> Measure:
    """Gwet's AC1 of a `tally`, or of the sum of several; its length says how many categories there are."""
    rated, shares = tally[1], tally[4:]
    expected = None
    if rated and len(shares) > 1:
        means = shares / rated
        expected = float((means * (1 - means)).sum() / (len(shares) - 1))
    return _from_tally(tally, expected, "have fewer than two ratings")


def _table_of(one: Iterable[Any], other: Iterable[Any]) -> tuple[NDArray[np.float64], int]:
    codes, known = codes_of([one, other])
    return _contingency(codes, len(known)), codes.shape[1]


def _contingency(codes: NDArray[np.intp], size: int) -> NDArray[np.float64]:
    one, other = codes[:, (codes >= 0).all(axis=0)]
    return np.bincount(one * size + other, minlength=size * size).reshape(size, size).astype(np.float64)


def _from_table(
    table: NDArray[np.float64], of_one: NDArray[np.float64], of_other: NDArray[np.float64], units: int | None
) -> Measure:
    n = float(table.sum())
    lacking = "lack a value of one annotator or of both"
    if not n:
        return _measure(None, None, n, units or 0, lacking)
    expected = float((of_one / n) @ (of_other / n))
    return _measure(float(table.trace() / n), expected, n, n if units is None else units, lacking)


def _tally(codes: NDArray[np.intp], size: int, raters: int | None = None) -> NDArray[np.float64]:
    units = codes.shape[1]
    cells = (codes + np.arange(units) * size)[codes >= 0]
    counts = np.bincount(cells, minlength=units * size).reshape(units, size)
    per_unit = counts.sum(axis=1)
    goes_in = per_unit >= 1 if raters is None else per_unit == raters
    counts, per_unit = counts[goes_in], per_unit[goes_in]
    paired = per_unit >= 2
    agreeing = (counts * (counts - 1)).sum(axis=1)[paired] / (per_unit * (per_unit - 1))[paired]
    shares = (counts / per_unit[:, None]).sum(axis=0)
    return np.concatenate(([units, len(counts), paired.sum(), agreeing.sum()], shares))


def _from_tally(tally: NDArray[np.float64], expected: float | None, lacking: str) -> Measure:
    units, _, paired, agreeing = (float(figure) for figure in tally[:4])
    return _measure(agreeing / paired if paired else None, expected, paired, units, lacking)


def _measure(observed: float | None, expected: float | None, n: float, units: float, lacking: str) -> Measure:
    """(Ao - Ae)/(1 - Ae) over `n` of `units` units; `lacking` says what is the matter with the others."""
    if observed is None:
        value, why = None, "no unit has two ratings to compare"
    elif expected is None or expected == 1:
        value, why = None, "there is only one category, so that agreement by chance is undefined"
    else:
        value, why = (observed - expected) / (1 - expected), ""
    return Measure(
        value,
        n=round(n),
        of="units",
        coverage=n / units if units else 0.0,
        left_out=f"{units - n:.0f} of {units:.0f} units {lacking}" if n < units else "",
        why=why,
        observed=observed,
        expected=expected,
    )
