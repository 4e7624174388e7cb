"""Ratings: what several annotators say of the same units, as the coefficients take it.

One row per annotator, one column per unit. A missing value is None or NaN. Values are equal where Python says so: 1,
1.0 and True are one value, 1 and "1" are two.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.errors import UsageError


Ratings = Sequence[Iterable[Any]] | NDArray[Any]
"""One row per annotator, one column per unit, None or NaN = missing; lists or a 2-D array."""


def codes_of(ratings: Ratings, values: Sequence[Hashable] | None = None) -> tuple[NDArray[np.intp], list[Any]]:
    """Ratings as numbers.

    Args:
        ratings: One row per annotator, one column per unit, None or NaN = missing.
        values: What to number, in order; None = the values there are, in an array by size, else as they come.

    Returns:
        Annotators × units: for each rating its value's place in the second, -1 for a missing one; and the values.

    Raises:
        UsageError: Rows of different lengths, a value that `values` lacks, or one that they name twice.
    """
    seen, places = _seen_in_array(ratings) if _is_numeric(ratings) else _seen_in_rows(ratings)
    present = [value for value in seen if not _is_missing(value)]
    known = present if values is None else list(values)
    numbers = {value: number for number, value in enumerate(known)}
    if len(numbers) < len(known) or any(map(_is_missing, known)):
        raise UsageError("The values to choose from name one twice or a missing one", hint="Name every value once.")
    strangers = [value for value in present if value not in numbers]
    if strangers:
        raise UsageError(
            "The value {value} is not among the values given", value=repr(strangers[0]), hint="Name every value there."
        )
    numbering = np.array([-1 if _is_missing(value) else numbers[value] for value in seen], np.intp)
    return numbering[places], known


def ratings_of_table(
    table: Sequence[Sequence[int]] | NDArray[Any], values: Sequence[Any] | None = None
) -> list[list[Any]]:
    """The ratings behind a published contingency table of two annotators.

    Args:
        table: Square; how many units the first annotator gave the row's value and the second the column's.
        values: What rows and columns stand for; None = 0, 1, 2 …

    Returns:
        Two rows, one column per unit. A value that nobody gave is not in them: tell `gwet_ac1` the categories.

    Raises:
        UsageError: The table is not square or holds anything but counts, or `values` has another length.
    """
    counts, known = _counts(table, values)
    if len(counts) != len(known):
        raise UsageError("A contingency table has as many rows as columns", hint="One of each for every value.")
    pairs = [
        (one, other)
        for one, row in zip(known, counts, strict=True)
        for other, count in zip(known, row, strict=True)
        for _ in range(count)
    ]
    return [[one for one, _ in pairs], [other for _, other in pairs]]


def ratings_of_counts(
    counts: Sequence[Sequence[int]] | NDArray[Any], values: Sequence[Any] | None = None
) -> list[list[Any]]:
    """The ratings behind a published table of units and categories, such as that of Fleiss 1971.

    Args:
        counts: Units × categories: how many annotators gave the unit that category.
        values: What the columns stand for; None = 0, 1, 2 …

    Returns:
        As many rows as the unit with most ratings has, one column per unit; None where a unit has fewer. Who gave
        which is not known from counts: a row is no particular annotator.

    Raises:
        UsageError: Anything but counts, or `values` has another length.
    """
    table, known = _counts(counts, values)
    units = [[value for value, count in zip(known, row, strict=True) for _ in range(count)] for row in table]
    most = max(map(len, units), default=0)
    return [[unit[place] if place < len(unit) else None for unit in units] for place in range(most)]


def _is_missing(value: object) -> bool:
    # NaN alone differs from itself, as a float, a numpy scalar or pandas' NaT.
    return value is None or bool(value != value)  # noqa: PLR0124


def _is_numeric(ratings: Ratings) -> bool:
    # A masked array goes by its rows, where what is masked becomes None.
    return type(ratings) is np.ndarray and ratings.dtype.kind in "biuf"


def _seen_in_array(ratings: Any) -> tuple[list[Any], NDArray[np.intp]]:
    """The distinct numbers of an array, NaN last, and where among them each is."""
    if ratings.ndim != 2:
        raise _no_rows()
    seen = np.unique(ratings)
    return seen.tolist(), np.searchsorted(seen, ratings)


def _seen_in_rows(ratings: Ratings) -> tuple[list[Any], NDArray[np.intp]]:
    """The distinct values of rows in the order of their first use, and where among them each is."""
    rows = [_row(row) for row in ratings]
    lengths = {len(row) for row in rows}
    if len(lengths) > 1:
        raise UsageError(
            "The rows have different lengths: {lengths} units",
            lengths=", ".join(str(len(row)) for row in rows),
            hint="Every annotator has one value per unit; None where there is none.",
        )
    length = max(lengths, default=0)
    try:
        place = {value: number for number, value in enumerate(dict.fromkeys(chain.from_iterable(rows)))}
    except TypeError as error:
        raise UsageError(
            "A value cannot be compared: {error}", error=error, hint="Use tuples and frozensets."
        ) from None
    places = [np.fromiter(map(place.__getitem__, row), np.intp, length) for row in rows]
    return list(place), np.array(places, np.intp).reshape(len(rows), length)


def _row(row: Any) -> list[Any]:
    if isinstance(row, str):
        # The columns' names of a data frame or the keys of a dictionary would pass for rows of letters.
        raise _no_rows()
    try:
        return list(row.tolist() if isinstance(row, np.ndarray) else row)
    except TypeError:
        raise _no_rows() from None


def _no_rows() -> UsageError:
    return UsageError(
        "Ratings are one row per annotator, each with one value per unit", hint="[[1, 2, None], [1, 3, 3]]"
    )


def _counts(table: Sequence[Sequence[int]] | NDArray[Any], values: Sequence[Any] | None) -> tuple[Any, Sequence[Any]]:
    """A table as lists of ints, and what its columns stand for."""
    try:
        counts = np.asarray(table)
    except ValueError:
        counts = np.empty(0)
    if counts.ndim != 2 or counts.dtype.kind not in "iu" or (counts < 0).any():
        raise UsageError("A table of counts has rows of the same length", hint="Whole numbers from 0 up, not shares.")
    known = range(counts.shape[1]) if values is None else values
    if len(known) != counts.shape[1]:
        raise UsageError(
            "{given} values for {columns} columns",
            given=len(known),
            columns=counts.shape[1],
            hint="Give one value per column.",
        )
    return counts.tolist(), known
