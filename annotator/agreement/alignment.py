"""The best alignment of what several annotators marked: which units speak of the same thing.

A unitary alignment is a tuple with at most one unit of each annotator; an alignment is a set of them that holds every
unit once. The disorder of a unitary alignment is the mean dissimilarity of its pairs, where a pair with a missing unit
has Δ; that of an alignment is the sum over its unitary alignments, divided by the mean number of units per annotator.

Y. Mathet, A. Widlöcher, J.-P. Métivier: The Unified and Holistic Method Gamma (γ) for Inter-Annotator Agreement Measure
and Alignment. Computational Linguistics 41(3), 2015, 437-479.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import comb, nan

import numpy as np

from annotator.agreement.continua import (
    Annotators,
    Dissimilarity,
    Floats,
    Ints,
    LabelDistance,
    Units,
    dissimilarity_of,
    units_of,
)
from annotator.agreement.packing import best_packing, candidates, singles
from annotator.errors import OperationError


UNITS_AT_ONCE = 2_000
"""How many units one linear programme is about: more would save starts of the solver, and cost it larger bases."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The best alignment of one text.

    Attributes:
        tuples: The unitary alignments in the order of the text: for each annotator the index of a unit, or None.
        disorders: The disorder of each.
        disorder: Their sum divided by the mean number of units per annotator; NaN where there is no unit.
    """

    tuples: tuple[tuple[int | None, ...], ...]
    disorders: tuple[float, ...]
    disorder: float


@dataclass(frozen=True, slots=True)
class Aligned:
    """The best alignments of some continua.

    Attributes:
        tuples: Rows of the units, one column per annotator, -1 for none; shape (unitary alignments, annotators).
        disorders: Of each unitary alignment.
        continuum: That each unitary alignment belongs to.
    """

    tuples: Ints
    disorders: Floats
    continuum: Ints


def best_alignment(
    annotators: Annotators,
    *,
    alpha: float = 3.0,
    beta: float = 1.0,
    delta: float = 1.0,
    dissimilarity: LabelDistance | None = None,
) -> Alignment:
    """The alignment with the least disorder, exactly. Of several, one with the fewest unitary alignments.

    Args:
        annotators: One sequence of (start, end, label) per annotator, in any order, overlapping or not, offsets in any
            unit; two at least. Equal units of one annotator are two units.
        alpha: The weight of the positions in the combined dissimilarity.
        beta: The weight of the labels.
        delta: Δ, the dissimilarity of a unit and none.
        dissimilarity: The distance of two labels, 0 to 1, as a function or as {(label, label): distance}; if None, 1
            for different labels.

    Raises:
        OperationError: For a unit without length, or fewer than two annotators.
        UsageError: For a weight or a distance out of its range.
    """
    m = len(annotators)
    if m < 2:
        raise OperationError(f"An alignment needs two annotators or more, not {m}")
    units, labels = units_of(annotators)
    aligned = align(units, m, dissimilarity_of(labels, alpha, beta, delta, dissimilarity))
    firsts = np.searchsorted(units.annotator, np.arange(m))
    order = sorted(range(len(aligned.tuples)), key=lambda row: _place(units, aligned.tuples[row]))
    tuples = tuple(
        tuple(None if unit < 0 else int(unit - first) for unit, first in zip(aligned.tuples[row], firsts, strict=True))
        for row in order
    )
    disorder = aligned.disorders.sum() * m / len(units) if len(units) else nan
    return Alignment(tuples, tuple(aligned.disorders[order].tolist()), float(disorder))


def _place(units: Units, members: Ints) -> tuple[float, float, list[int]]:
    """Where a unitary alignment comes in the text."""
    real = members[members >= 0]
    return float(units.start[real].min()), float(units.end[real].max()), members.tolist()


def align(units: Units, m: int, costs: Dissimilarity) -> Aligned:
    """The best alignment of each continuum of m annotators, each of which has a unit at least."""
    tuples, disorders = [np.zeros((0, m), dtype=np.int64)], [np.zeros(0)]
    for part in _batches(units):
        found = _best(units.rows(part), m, costs)
        disorders.append(_disorders(units.rows(part), found, costs))
        tuples.append(np.where(found < 0, -1, found + part.start))
    whole = np.concatenate(tuples)
    return Aligned(whole, np.concatenate(disorders), units.continuum[whole.max(axis=1)])


def _batches(units: Units) -> Iterator[slice]:
    """Whole continua, up to `UNITS_AT_ONCE` units together: the solver's start costs more than a short text does."""
    edges = [0, *(np.flatnonzero(np.diff(units.continuum)) + 1).tolist(), len(units)]
    start = 0
    for end, following in pairwise(edges[1:]):
        if following - start > UNITS_AT_ONCE:
            yield slice(start, end)
            start = end
    if len(units):
        yield slice(start, len(units))


def _best(units: Units, m: int, costs: Dissimilarity) -> Ints:
    """The tuples of the best alignments of some continua, with those of one unit."""
    tuples, savings = candidates(units, m, costs)
    chosen = tuples[best_packing(tuples, savings, len(units))]
    return np.concatenate([chosen, singles(units, np.setdiff1d(np.arange(len(units)), chosen), m)])


def _disorders(units: Units, tuples: Ints, costs: Dissimilarity) -> Floats:
    """The disorder of each unitary alignment."""
    pairs = comb(tuples.shape[1], 2)
    sums = np.full(len(tuples), pairs * costs.delta)
    for one, other in combinations(tuples.T, 2):
        both = np.flatnonzero((one >= 0) & (other >= 0))
        sums[both] += costs.combined(units, one[both], other[both]) - costs.delta
    return sums / pairs
