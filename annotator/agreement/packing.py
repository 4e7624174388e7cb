"""Which units to put together so that the disorder is least: an exact search, for `annotator.agreement.alignment`.

First the tuples of units that a best alignment can hold at all, few as they are; then the best choice among them.
Everything here is in units of Δ, and the factor 1/C of every unitary disorder is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from math import comb, inf, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from annotator.agreement.continua import Dissimilarity, Floats, Ints, Units


Marks = NDArray[np.bool_]

Neighbours = tuple[Ints, Ints, Floats]
"""Where the neighbours of each unit start in the next array (and the end); the neighbours; how unlike they are."""

ROUNDING = 1e-9
"""Sums of dissimilarities that differ by less differ by rounding."""

PREFERENCE = 1e-6
"""What each unit put to others gains besides, so that of equally good alignments one of the fewest tuples is found."""

SLACK = 1.0
"""The reduced cost up to which tuples are tried first; integer optima are seldom further from the linear one."""


def candidates(units: Units, m: int, costs: Dissimilarity) -> tuple[Ints, Floats]:
    """Every tuple of two or more units that a best alignment can hold, and what it saves against its units alone.

    With C = m(m - 1)/2, a tuple T of k units costs c(T) = Σ d(u, v) over its k(k - 1)/2 pairs of units, and Δ for each
    other of its C pairs. Cut it in two tuples A and B of a and b units, filled up with empty units. The pairs of units
    within A and within B stay, the a·b across go, and 2C pairs are paid for instead of C, so that
        c(A) + c(B) = c(T) - Σ_across d(u, v) + (C + a·b)·Δ.
    If Σ_across d(u, v) > (C + a·b)·Δ, cutting is cheaper and T is in no best alignment. For A = {u}: every unit of T
    has Σ_v d(u, v) ≤ (C + k - 1)·Δ. No d is negative, so that a part of T has no larger sums: a part with a unit over
    the bound for the largest k that is still in reach is not continued.

    Returns:
        Rows of `units`, one column per annotator, -1 for none, shape (tuples, m); and the savings, in Δ.
    """
    pairs = comb(m, 2)
    near = {(i, j): _near(units, i, j, costs, pairs + m - 1) for i, j in combinations(range(m), 2)}
    grown, sums = np.zeros((0, m), dtype=np.int64), np.zeros((0, m))
    for j in range(m):
        single = singles(units, np.flatnonzero(units.annotator == j), m)
        more, more_sums = _continued(units, grown, sums, j, near, costs)
        reach = (more >= 0).sum(axis=1) + (m - 1 - j)
        kept = (more_sums <= (pairs + reach - 1 + ROUNDING)[:, None]).all(axis=1)
        grown = np.concatenate([grown, more[kept], single])
        sums = np.concatenate([sums, more_sums[kept], np.zeros(single.shape)])
    several = (grown >= 0).sum(axis=1) > 1
    return _undominated(units, grown[several], sums[several], costs)


def singles(units: Units, rows: Ints, m: int) -> Ints:
    """A tuple of its own for each of some rows."""
    tuples = np.full((len(rows), m), -1, dtype=np.int64)
    tuples[np.arange(len(rows)), units.annotator[rows]] = rows
    return tuples


def _near(units: Units, i: int, j: int, costs: Dissimilarity, bound: float) -> Neighbours:
    """The units of annotator j no further than a bound, in Δ, from each unit of annotator i in the same continuum."""
    mine, theirs = np.flatnonzero(units.annotator == i), np.flatnonzero(units.annotator == j)
    one, other = _in_reach(units, mine, theirs, sqrt(bound / costs.alpha) if costs.alpha else inf)
    d = costs.combined(units, one, other) / costs.delta
    kept = d <= bound + ROUNDING
    starts = np.zeros(len(units) + 1, dtype=np.int64)
    np.cumsum(np.bincount(one[kept], minlength=len(units)), out=starts[1:])
    return starts, other[kept], d[kept]


def _in_reach(units: Units, mine: Ints, theirs: Ints, reach: float) -> tuple[Ints, Ints]:
    """The pairs of one continuum whose starts differ by at most reach · both lengths, or a few more.

    d_pos ≤ reach²·Δ says that. The continua are laid out on one line, further apart than the longest is, so that one
    search finds the neighbours in all of them.
    """
    if not len(mine) or not len(theirs):
        return mine[:0], theirs[:0]
    first = units.start.min()
    whole = units.end.max() - first
    place = units.start - first + 3 * whole * units.continuum
    theirs = theirs[np.argsort(place[theirs], kind="stable")]
    lengths = units.end - units.start
    radius = np.minimum(reach * (lengths[mine] + lengths[theirs].max()), whole)
    low = np.searchsorted(place[theirs], place[mine] - radius * (1 + ROUNDING))
    high = np.searchsorted(place[theirs], place[mine] + radius * (1 + ROUNDING), "right")
    return np.repeat(mine, high - low), theirs[_ranges(low, high)]


def _ranges(low: Ints, high: Ints) -> Ints:
    """low[0], …, high[0] - 1, low[1], …, high[1] - 1, and so on."""
    counts = high - low
    ranges: Ints = np.repeat(high - np.cumsum(counts), counts) + np.arange(counts.sum())
    return ranges


def _continued(  # the state of one search
    units: Units, grown: Ints, sums: Floats, j: int, near: Mapping[tuple[int, int], Neighbours], costs: Dissimilarity
) -> tuple[Ints, Floats]:
    """Each tuple with each unit of annotator j that is near its first unit, and the sums of d of each of its units."""
    tuples, totals = [grown[:0]], [sums[:0]]
    for i in range(j):
        begun = np.flatnonzero((grown[:, i] >= 0) & (grown[:, :i] < 0).all(axis=1))
        starts, others, distances = near[i, j]
        low, high = starts[grown[begun, i]], starts[grown[begun, i] + 1]
        source, place = np.repeat(begun, high - low), _ranges(low, high)
        more, more_sums = grown[source], sums[source]
        more[:, j] = others[place]
        more_sums[:, i] += distances[place]
        more_sums[:, j] = distances[place]
        for between in range(i + 1, j):
            rows = np.flatnonzero(more[:, between] >= 0)
            d = costs.combined(units, more[rows, between], more[rows, j]) / costs.delta
            more_sums[rows, between] += d
            more_sums[rows, j] += d
        tuples.append(more)
        totals.append(more_sums)
    return np.concatenate(tuples), np.concatenate(totals)


def _undominated(units: Units, tuples: Ints, sums: Floats, costs: Dissimilarity) -> tuple[Ints, Floats]:
    """The tuples that no cut in two is better than, and what they save."""
    m = tuples.shape[1]
    pairs = comb(m, 2)
    for part in (part for size in range(1, m // 2 + 1) for part in combinations(range(m), size)):
        inside = list(part)
        real = tuples >= 0
        across = sums[:, inside].sum(axis=1)
        for i, j in combinations(inside, 2):
            both = np.flatnonzero(real[:, i] & real[:, j])
            across[both] -= 2 * costs.combined(units, tuples[both, i], tuples[both, j]) / costs.delta
        a, k = real[:, inside].sum(axis=1), real.sum(axis=1)
        # A part with no unit, or with all of them, is no cut, but its sum across is 0 then.
        kept = across <= pairs + a * (k - a) + ROUNDING
        tuples, sums = tuples[kept], sums[kept]
    k = (tuples >= 0).sum(axis=1)
    savings = (k - 1) * pairs + k * (k - 1) / 2 - sums.sum(axis=1) / 2
    kept = savings >= -ROUNDING
    return tuples[kept], savings[kept]


def best_packing(tuples: Ints, savings: Floats, count: int) -> Marks:
    """Which tuples together save the most, where each of `count` units is in one of them at most.

    The linear relaxation is solved for all tuples together. For two annotators it is whole (an assignment); for more,
    where it takes parts of tuples, its connected components are solved as integer programmes.
    """
    if not len(tuples):
        return np.zeros(0, dtype=np.bool_)
    real = tuples >= 0
    gains = savings + PREFERENCE * (real.sum(axis=1) - 1)
    column, place = np.nonzero(real)
    holds = csr_array((np.ones(len(column)), (tuples[column, place], column)), shape=(count, len(tuples)))
    # The stubs know no sparse matrices.
    solved = linprog(-gains, A_ub=holds, b_ub=np.ones(count), method="highs-ds")  # type: ignore[call-overload]
    share, reduced = solved.x, -gains - holds.T @ solved.ineqlin.marginals
    taken: Marks = share > 0.5
    for inside in _parted(holds, share):
        taken[inside] = _whole(holds[:, inside], gains[inside], share[inside], reduced[inside])
    return taken


def _parted(holds: csr_array, share: Floats) -> Iterator[Ints]:
    """The connected components in which the linear solution takes a part of a tuple."""
    parts = np.abs(share - np.round(share)) > 1e-6
    if parts.any():
        # A graph of units and tuples: one of tuples alone has as many edges as pairs of tuples that share a unit.
        count = sum(holds.shape)
        unit, column = holds.nonzero()
        graph = csr_array((np.ones(len(unit)), (unit, holds.shape[0] + column)), shape=(count, count))
        component = connected_components(graph, directed=False)[1][holds.shape[0] :]
        for number in np.unique(component[parts]):
            yield np.flatnonzero(component == number)


def _whole(holds: csr_array, gains: Floats, share: Floats, reduced: Floats) -> Marks:
    """The best packing of one component, by integer programmes over the few tuples that can be in it.

    By linear duality a packing with a tuple of reduced cost r gains at most the linear optimum - r. So if the best one
    of the tuples with r ≤ slack falls short of that optimum by no more than slack, no other tuple makes it better.
    Few tuples fall apart into small components, and where the linear solution is whole it is the best there too.
    """
    slack = SLACK
    while True:
        few = np.flatnonzero(reduced <= slack + ROUNDING)
        taken: Marks = share > 0.5
        for inside in _parted(holds[:, few], share[few]):
            taken[few[inside]] = _integer(holds[:, few[inside]], gains[few[inside]])
        short = float(gains @ share - gains[taken].sum())
        if short <= slack + ROUNDING:
            return taken
        slack = short


def _integer(holds: csr_array, gains: Floats) -> Marks:
    """The best packing as one integer programme."""
    solved = milp(
        -gains,
        integrality=np.ones(len(gains), dtype=np.int64),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(holds, -inf, 1),
        options={"mip_rel_gap": 0.0},
    )
    taken: Marks = np.asarray(solved.x) > 0.5
    return taken
