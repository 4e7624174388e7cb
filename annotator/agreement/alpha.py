"""Krippendorff's alpha: one minus the disagreement observed over that expected by chance.

K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", University of Pennsylvania, 2011: with missing values and
any number of annotators, and his metrics. A. F. Hayes and K. Krippendorff, "Answering the Call for a Standard
Reliability Measure for Coding Data", Communication Methods and Measures 1(1), 2007.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import combinations
from math import isfinite
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.measure import Measure
from annotator.agreement.ratings import Ratings, codes_of
from annotator.errors import UsageError


Level = Literal["nominal", "ordinal", "interval", "ratio"] | Callable[[Any, Any], float]


def krippendorff_alpha(ratings: Ratings, level: Level = "nominal", values: Sequence[Hashable] | None = None) -> Measure:
    """Alpha of any number of annotators, units and values, whichever values are missing.

    alpha = 1 - Do/De, Do = 1/n sum_ck o_ck d_ck, De = 1/(n(n-1)) sum_ck n_c n_k d_ck, where o are the `coincidences`,
    n_c their marginals, n their sum and d the squared difference of two values, by `level`:

    - "nominal": 0 for equal values, else 1; values may be anything hashable.
    - "ordinal": (sum of n_g over the values g from c to k - (n_c + n_k)/2)²; values in `values`' order, else sorted.
    - "interval": (c - k)²; values are numbers.
    - "ratio": ((c - k)/(c + k))², 0 for two zeros; numbers, none below 0.
    - a function of two values: what it gives is taken as it is, not squared; the same both ways, 0 for equal values
      (it is not asked about those).

    Units with fewer than two values pair with nothing and are left out.

    Args:
        ratings: One row per annotator, one column per unit, None or NaN = missing; lists or a 2-D array.
        level: What the values are, or a function of two values, such as a distance of sets (frozensets).
        values: Every value there can be, in order; matters for "ordinal" alone. Memory grows with its square.

    Returns:
        At most 1; 0 is what chance gives. n counts the pairable values, coverage is the share of the units that have
        two or more, observed is Do and expected De. Undefined (n/a) without such a unit, and where no two values
        differ: then nothing says what chance would do.

    Raises:
        UsageError: Rows of different lengths, a value that `values` lacks or that the level cannot take.
    """
    codes, known = codes_of(ratings, values)
    table = _coincidences(codes, len(known))
    if level == "ordinal" and values is None:
        order = _order(known)
        table, known = table[np.ix_(order, order)], [known[place] for place in order]
    units = codes.shape[1]
    pairable = int(np.count_nonzero((codes >= 0).sum(axis=0) >= 2))
    left_out = f"{units - pairable} of {units} units have fewer than two values" if pairable < units else ""
    return alpha_of(table, known, level, coverage=pairable / units if units else 0.0, left_out=left_out)


def coincidences(ratings: Ratings, values: Sequence[Hashable]) -> NDArray[np.float64]:
    """The coincidence matrix of Krippendorff 2011: o_ck = sum over units of (c, k) pairs / (values in the unit - 1).

    It is symmetric, adds up over documents (the sum is the matrix of all units together), and its sum is the number of
    pairable values.

    Args:
        ratings: One row per annotator, one column per unit, None or NaN = missing.
        values: What the rows and columns of the result stand for.

    Returns:
        A square array, as long and as wide as `values`.

    Raises:
        UsageError: Rows of different lengths, or a value that `values` lacks.
    """
    codes, known = codes_of(ratings, values)
    return _coincidences(codes, len(known))


def alpha_of(
    coincidences: NDArray[np.float64],
    values: Sequence[Hashable],
    level: Level = "nominal",
    *,
    coverage: float = 1.0,
    left_out: str = "",
) -> Measure:
    """Alpha of a coincidence matrix, or of the sum of several.

    Args:
        coincidences: len(values) × len(values), symmetric.
        values: What its rows and columns stand for; for "ordinal" in their order.
        level: As `krippendorff_alpha` has it.
        coverage: The share of the units that had two values or more, 0 to 1, which the matrix does not know.
        left_out: What was left out of the matrix, in words.

    Returns:
        As `krippendorff_alpha`.
    """
    n = round(float(coincidences.sum()))
    if not n:
        return Measure(
            None, n=0, of="pairable values", coverage=coverage, left_out=left_out, why="no unit has two values"
        )
    observed, expected = (float(each) for each in _disagreements(coincidences, values, level))
    return Measure(
        1 - observed / expected if expected else None,
        n=n,
        of="pairable values",
        coverage=coverage,
        left_out=left_out,
        why="" if expected else "no two values differ, so that nothing is expected by chance",
        observed=observed,
        expected=expected,
    )


def alphas_of(
    coincidences: NDArray[np.float64], values: Sequence[Hashable], level: Level = "nominal"
) -> NDArray[np.float64]:
    """The same for many matrices at once, such as those of bootstrap samples.

    Args:
        coincidences: … × len(values) × len(values).
        values: What the last two axes stand for; for "ordinal" in their order.
        level: As `krippendorff_alpha` has it.

    Returns:
        An array of the leading axes, NaN where alpha is undefined.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        observed, expected = _disagreements(coincidences, values, level)
        alphas: NDArray[np.float64] = 1 - observed / expected
    return alphas


def _coincidences(codes: NDArray[np.intp], size: int) -> NDArray[np.float64]:
    """Units are taken by their number of values: so every count stays a whole number until it is divided."""
    total = np.zeros((size, size))
    values_per_unit = (codes >= 0).sum(axis=0)
    for count in range(2, len(codes) + 1):
        chosen = values_per_unit == count
        if chosen.any():
            total += _pairs(codes[:, chosen], size) / (count - 1)
    return total


def _pairs(codes: NDArray[np.intp], size: int) -> NDArray[np.intp]:
    """How often two annotators gave the one and the other value, counted both ways; size × size."""
    wide = size + 1  # the first row and column take what is missing
    flat = np.zeros(wide * wide, np.intp)
    for one, other in combinations(codes + 1, 2):
        flat += np.bincount(one * wide + other, minlength=wide * wide)
    pairs = flat.reshape(wide, wide)[1:, 1:]
    both_ways: NDArray[np.intp] = pairs + pairs.T
    return both_ways


def _disagreements(
    coincidences: NDArray[np.float64], values: Sequence[Hashable], level: Level
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Do and De, each of the leading axes of … × values × values; NaN where no values pair."""
    marginals = coincidences.sum(axis=-1)
    n = marginals.sum(axis=-1)
    differences = _differences(values, marginals, level)
    observed = np.einsum("...ck,...ck->...", coincidences, differences) / n
    expected = np.einsum("...c,...ck,...k->...", marginals, differences, marginals) / (n * (n - 1))
    return observed, expected


def _differences(values: Sequence[Any], marginals: NDArray[np.float64], level: Level) -> NDArray[np.float64]:
    """The squared difference of every two values; values × values, for "ordinal" with the marginals' leading axes."""
    if callable(level):
        return _by_function(values, level)
    if level == "nominal":
        return 1 - np.eye(len(values))
    if level == "ordinal":
        # With the ranks in the middle of each value's run, the difference is that of two ranks.
        ranks = marginals.cumsum(axis=-1) - marginals / 2
        return np.square(ranks[..., :, None] - ranks[..., None, :])
    if level not in ("interval", "ratio"):
        raise UsageError('The level "{level}" is unknown', level=level, hint="nominal, ordinal, interval or ratio.")
    numbers = np.array([_number(value, level) for value in values])
    differences: NDArray[np.float64] = numbers[:, None] - numbers
    if level == "ratio":
        sums = numbers[:, None] + numbers
        differences = differences / np.where(sums == 0, 1, sums)
    return np.square(differences)


def _by_function(values: Sequence[Any], distance: Callable[[Any, Any], float]) -> NDArray[np.float64]:
    return np.array(
        [
            [0.0 if row == column else float(distance(one, other)) for column, other in enumerate(values)]
            for row, one in enumerate(values)
        ]
    ).reshape(len(values), len(values))


def _number(value: Any, level: str) -> float:
    try:
        number = float("nan") if isinstance(value, str | bytes) else float(value)
    except (TypeError, ValueError):
        number = float("nan")
    if not isfinite(number) or (level == "ratio" and number < 0):
        raise UsageError(
            "The value {value} has no place on a scale of the level {level}",
            value=repr(value),
            level=level,
            hint="interval takes numbers, ratio numbers from 0 up, ordinal whatever can be sorted, nominal anything.",
        )
    return number


def _order(values: list[Any]) -> list[int]:
    try:
        return sorted(range(len(values)), key=values.__getitem__)
    except TypeError as error:
        raise UsageError(
            "The values cannot be sorted: {error}", error=error, hint="Give them in their order as values=…"
        ) from None
