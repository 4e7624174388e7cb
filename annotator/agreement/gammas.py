"""γ: agreement on where units are and how they are labelled at once, for units that may overlap.

γ = 1 - δo/δe: the disorder of the best alignment of what was marked, against the mean disorder of the best alignments
of continua drawn by chance. 1 is perfect, 0 is chance, and there is no lower limit. γ-cat and γ-k look at the labels of
aligned units only.

Y. Mathet, A. Widlöcher, J.-P. Métivier: The Unified and Holistic Method Gamma (γ) for Inter-Annotator Agreement Measure
and Alignment. Computational Linguistics 41(3), 2015, 437-479. Y. Mathet: The Agreement Measure γcat a Complement to γ
Focused on Categorization of a Continuum. Computational Linguistics 43(3), 2017, 661-681.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from math import ceil, nan, sqrt
from typing import Any, NamedTuple, Self

import numpy as np

from annotator.agreement.alignment import align
from annotator.agreement.chance import Sampler, shuffled, statistical
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
from annotator.agreement.measure import Measure
from annotator.errors import UsageError


SAMPLERS: Mapping[str, Sampler] = {"statistical": statistical, "shuffle": shuffled}

CONFIDENCE = 1.96
"""Standard errors to each side that hold 95 % of a normal distribution."""


class Corrected(Measure):
    """A measure 1 - observed / expected whose expected disorder is a mean over chance samples.

    Attributes:
        weight: What the document counts in a corpus, whose observed and expected disorders are sums over documents of
            this times the document's. For γ the mean number of units per annotator, for γ-cat and γ-k the sum of the
            weights of the aligned pairs.
        spread: The standard error of the expected disorder; NaN where fewer than two samples have one.
        units: How many units it is about: all of the document, or for γ-k those with the label.
    """

    weight: float
    spread: float
    units: int

    def __new__(
        cls, value: float | None, *, weight: float = 0.0, spread: float = nan, units: int, **about: Any
    ) -> Self:
        """A float takes its value here; `about` is what `Measure` takes."""
        measure = super().__new__(cls, value, **about)
        measure.weight, measure.spread, measure.units = weight, spread, units
        return measure

    @property
    def error(self) -> float:
        """The standard error of the value that comes from drawing samples, to first order; NaN where unknown."""
        if self.observed == 0:
            return 0.0
        if not self.is_defined or self.observed is None or self.expected is None:
            return nan
        return self.observed / self.expected**2 * self.spread


class Gamma(Corrected):
    """γ of one document; `n` counts units, `observed` and `expected` are δo and δe.

    Attributes:
        gamma_cat: Agreement on the labels of aligned units alone; `n` counts aligned pairs, `coverage` is the share of
            units in them.
        gamma_k: The same by label: of the pairs in which one unit or both have it.
        samples: How many chance samples were drawn.
        parameters: alpha, beta, delta, sampler and seed; precision and dissimilarity where they were given.
    """

    gamma_cat: Corrected
    gamma_k: Mapping[Hashable, Corrected]
    samples: int
    parameters: Mapping[str, object]

    def __new__(
        cls,
        value: float | None,
        *,
        gamma_cat: Corrected,
        gamma_k: Mapping[Hashable, Corrected],
        samples: int,
        parameters: Mapping[str, object],
        **about: Any,
    ) -> Self:
        """A float takes its value here; `about` is what `Corrected` takes."""
        measure = super().__new__(cls, value, **about)
        measure.gamma_cat, measure.gamma_k = gamma_cat, gamma_k
        measure.samples, measure.parameters = samples, parameters
        return measure

    def __repr__(self) -> str:
        given = "".join(f", {name}={value}" for name, value in self.parameters.items())
        return f"{super().__repr__()[:-1]}, samples={self.samples}, error={self.error:.2g}{given})"


class _Found(NamedTuple):
    """What the best alignments of some continua give.

    Attributes:
        disorders: Shape (continua,).
        labels: Of the pairs that count for γ-cat, and then for each label of those that count for its γ-k: the sum of
            weight·d_cat, and the sum of the weights; shape (continua, 1 + labels, 2).
        pairs: How many pairs these are; shape (continua, 1 + labels).
        paired: Rows of the units in them.
    """

    disorders: Floats
    labels: Floats
    pairs: Ints
    paired: Ints


def gamma(  # noqa: PLR0913  # all but the annotators by name
    annotators: Annotators,
    *,
    alpha: float = 3.0,
    beta: float = 1.0,
    delta: float = 1.0,
    samples: int = 30,
    precision: float | None = None,
    sampler: str = "statistical",
    seed: int = 0,
    dissimilarity: LabelDistance | None = None,
    counts_unaligned: bool = False,
) -> Gamma:
    """γ, γ-cat and γ-k of what some annotators marked in one document.

    The dissimilarity of two units is the paper's combined one, α·d_pos + β·d_cat, with
    d_pos = ((|start - start'| + |end - end'|) / (length + length'))²·Δ and d_cat = distance(label, label')·Δ; that of a
    unit and none is Δ. The paper leaves α and β open; the defaults are those of its authors' program (pygamma-agreement
    has α = 1). The best alignment is exact. The same arguments give the same value.

    γ is undefined with fewer than two annotators, without any unit, and where chance has no disorder but the annotators
    have. It is 1 where their disorder is 0. An annotator without units has missed all of them.

    γ-cat weights d_cat of each aligned pair with max(0, 1 - d_pos) / (units in its unitary alignment - 1), as the paper
    of 2017 does; pairs with a missing unit have no part in it. δe is the mean over the samples that have such pairs.
    It is undefined where no pair has a weight, or where chance has no disorder (one label only). γ-k takes the pairs of
    which a unit has the label k.

    Args:
        annotators: One sequence of (start, end, label) per annotator, in any order, overlapping or not. Offsets in any
            unit, from the start of the text; labels any hashable values. Equal units of one annotator are two units.
        alpha: The weight of the positions.
        beta: The weight of the labels.
        delta: Δ.
        samples: How many chance samples δe is the mean of.
        precision: The relative error, above 0 and below 1, that δe may have with 95 % confidence. Where the first
            samples show that (CV·1.96 / precision)² are needed (CV their coefficient of variation; section 5.3 of the
            paper), so many are drawn.
        sampler: "statistical" or "shuffle"; see `annotator.agreement.chance`.
        seed: Of the samples.
        dissimilarity: The distance of two labels, 0 to 1, as a function or as {(label, label): distance}; if None, 1
            for different labels.
        counts_unaligned: Whether γ-cat and γ-k are those of the program pygamma-agreement, which values have been
            published of: a pair with a missing unit counts as different by Δ, with the weight Δ, and closeness is
            1 - α·d_pos. The paper has neither.

    Raises:
        OperationError: For a unit without length.
        UsageError: For a parameter out of its range.
    """
    draw = _sampler(sampler, samples, precision)
    parameters: dict[str, object] = {"alpha": alpha, "beta": beta, "delta": delta, "sampler": sampler, "seed": seed}
    parameters |= {} if precision is None else {"precision": precision}
    parameters |= {} if dissimilarity is None else {"dissimilarity": "given"}
    parameters |= {"counts_unaligned": True} if counts_unaligned else {}
    m = len(annotators)
    units, labels = units_of(annotators)
    costs = dissimilarity_of(labels, alpha, beta, delta, dissimilarity)
    if m < 2 or not len(units):
        return _undefined("fewer than two annotators" if m < 2 else "nobody marked anything", len(units), parameters)
    rng = np.random.default_rng(seed)
    chance = [_found(draw(units, m, samples, rng), m, costs, counts_unaligned)]
    if precision is not None and (more := _needed(chance[0].disorders, precision) - samples) > 0:
        chance.append(_found(draw(units, m, more, rng), m, costs, counts_unaligned))
    found = _found(units, m, costs, counts_unaligned)
    sampled = np.concatenate([part.labels for part in chance])
    cat, *by_label = [_label_measure(units, found, sampled, column) for column in range(1 + len(labels))]
    return Gamma(
        **_compared(float(found.disorders[0]), np.concatenate([part.disorders for part in chance])),
        n=len(units),
        of="units",
        units=len(units),
        weight=len(units) / m,
        gamma_cat=cat,
        gamma_k=dict(zip(labels, by_label, strict=True)),
        samples=len(sampled),
        parameters=parameters,
    )


def _sampler(name: str, samples: int, precision: float | None) -> Sampler:
    """The sampler of that name, where the numbers that go with it are in order."""
    if name not in SAMPLERS:
        raise UsageError(f"there is no sampler {name!r}", hint=f"Use {' or '.join(SAMPLERS)}")
    if samples < 1:
        raise UsageError(f"samples must be 1 or more, not {samples}")
    if precision is not None and not (0 < precision < 1 and samples > 1):
        raise UsageError(f"precision must be above 0 and below 1, with 2 samples or more, not {precision}")
    return SAMPLERS[name]


def _undefined(why: str, count: int, parameters: Mapping[str, object]) -> Gamma:
    """γ of a document that cannot have one."""
    return Gamma(
        None,
        n=count,
        of="units",
        coverage=0.0,
        why=why,
        units=count,
        gamma_cat=Corrected(None, n=0, of="aligned pairs", coverage=0.0, why=why, units=count),
        gamma_k={},
        samples=0,
        parameters=parameters,
    )


def _found(units: Units, m: int, costs: Dissimilarity, counts_unaligned: bool) -> _Found:
    """The best alignments of some continua and what they give."""
    aligned = align(units, m, costs)
    disorders = np.bincount(aligned.continuum, aligned.disorders) * m / np.bincount(units.continuum)
    one, other, others = _aligned_pairs(aligned.tuples)
    far = costs.positional(units, one, other) * (costs.alpha if counts_unaligned else 1)
    weight = np.maximum(0, 1 - far) / others
    close = weight > 0
    one, other, weight = one[close], other[close], weight[close]
    labels, pairs = _label_sums(units, one, other, weight, costs)
    if counts_unaligned:
        labels = labels + _unaligned_sums(units, aligned.tuples, labels.shape, costs.delta)
    return _Found(disorders, labels, pairs, np.union1d(one, other))


def _unaligned_sums(units: Units, tuples: Ints, shape: tuple[int, ...], delta: float) -> Floats:
    """What pairs of a unit and none add to `labels` of `_Found`: Δ² and Δ, for all labels and for that of the unit."""
    missing = (tuples < 0).sum(axis=1)
    row, column = np.nonzero(tuples >= 0)
    unit = tuples[row, column]
    first = units.continuum[unit] * shape[1]
    cell, times = np.concatenate([first, first + 1 + units.label[unit]]), np.tile(missing[row], 2)
    counts = np.bincount(cell, times.astype(np.float64), shape[0] * shape[1]).reshape(shape[:2])
    return np.stack([counts * delta**2, counts * delta], axis=2)


def _aligned_pairs(tuples: Ints) -> tuple[Ints, Ints, Ints]:
    """Every two units of a unitary alignment, and how many others each of them has there."""
    others = (tuples >= 0).sum(axis=1) - 1
    pairs = []
    for one, other in combinations(tuples.T, 2):
        both = np.flatnonzero((one >= 0) & (other >= 0))
        pairs.append((one[both], other[both], others[both]))
    return tuple(np.concatenate(parts) for parts in zip(*pairs, strict=True))  # type: ignore[return-value]


def _label_sums(units: Units, one: Ints, other: Ints, weight: Floats, costs: Dissimilarity) -> tuple[Floats, Ints]:
    """`labels` and `pairs` of `_Found`."""
    shape = (int(units.continuum[-1]) + 1, 1 + len(costs.distances))
    label, other_label = units.label[one], units.label[other]
    unlike = np.flatnonzero(label != other_label)
    # A pair is in the column of all labels and in that of each of its own.
    pair = np.concatenate([np.arange(len(one)), np.arange(len(one)), unlike])
    column = np.concatenate([np.zeros_like(label), 1 + label, 1 + other_label[unlike]])
    cell = units.continuum[one][pair] * shape[1] + column
    apart = weight * costs.categorial(units, one, other)
    labels = [np.bincount(cell, values[pair], shape[0] * shape[1]).reshape(shape) for values in (apart, weight)]
    return np.stack(labels, axis=2), np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)


def _label_measure(units: Units, found: _Found, sampled: Floats, column: int) -> Corrected:
    """γ-cat, column 0, or the γ-k of a label, column 1 + its index."""
    apart, weight = found.labels[0, column].tolist()
    with_pairs = sampled[sampled[:, column, 1] > 0, column]
    compared: dict[str, Any] = {"value": None, "why": "no two units are aligned and close enough"}
    if weight:
        compared = _compared(apart / weight, with_pairs[:, 0] / with_pairs[:, 1], is_perfect_one=False)
    about = units.label == column - 1 if column else np.ones(len(units), dtype=np.bool_)
    return Corrected(
        **compared,
        n=int(found.pairs[0, column]),
        of="aligned pairs",
        coverage=float(about[found.paired].sum() / about.sum()),
        units=int(about.sum()),
        weight=weight,
    )


def _compared(observed: float, chance: Floats, *, is_perfect_one: bool = True) -> dict[str, Any]:
    """What `Corrected` takes, from an observed disorder and those of the samples that have one."""
    if not len(chance):
        return {"value": None, "why": "no chance sample has an aligned pair", "observed": observed}
    expected = float(chance.mean())
    spread = float(chance.std(ddof=1)) / sqrt(len(chance)) if len(chance) > 1 else nan
    about = {"observed": observed, "expected": expected, "spread": spread}
    if observed == 0 and is_perfect_one:
        return {"value": 1.0, **about}
    if expected == 0:
        return {"value": None, "why": "chance has no disorder", **about}
    return {"value": 1 - observed / expected, **about}


def _needed(chance: Floats, precision: float) -> int:
    """How many samples a precision needs, from the coefficient of variation of some."""
    mean = float(chance.mean())
    return ceil((float(chance.std(ddof=1)) / mean * CONFIDENCE / precision) ** 2) if mean else 0


def disorder_sums(measure: Corrected) -> Floats:
    """What a document adds to a corpus: weight·observed and weight·expected, 0 and 0 where it lacks one; shape (2,).

    The same for γ, γ-cat and γ-k.
    """
    if measure.observed is None or measure.expected is None:
        return np.zeros(2)
    return np.array([measure.observed, measure.expected]) * measure.weight


def gamma_of(sums: Floats) -> Floats:
    """1 - Σ weight·observed / Σ weight·expected; NaN where chance has no disorder.

    Args:
        sums: Sums of `disorder_sums` over documents, shape (…, 2), such as one row per bootstrap sample.
    """
    observed, expected = sums[..., 0], sums[..., 1]
    values: Floats = 1 - np.divide(observed, expected, out=np.full(np.shape(expected), nan), where=expected > 0)
    return values


def corpus_gamma(gammas: Iterable[Gamma]) -> Corrected:
    """γ of a corpus: 1 - Σ w·δo / Σ w·δe over its documents, w the mean number of units per annotator.

    w·δo is a document's disorder before its normalisation, so that every unit counts the same in whatever document it
    is. Documents without disorders are left out, and counted in `left_out`. NaN where chance has no disorder in any.
    """
    return _pooled(list(gammas), "units")


def corpus_gamma_cat(gammas: Iterable[Gamma]) -> Corrected:
    """γ-cat of a corpus: the same, w the sum of the weights of a document's aligned pairs."""
    return _pooled([one.gamma_cat for one in gammas], "aligned pairs")


def corpus_gamma_k(gammas: Iterable[Gamma]) -> dict[Hashable, Corrected]:
    """γ-k of a corpus for each label that a document has, in the order of their names."""
    found = list(gammas)
    labels = sorted({label for one in found for label in one.gamma_k}, key=str)
    return {
        label: _pooled([one.gamma_k[label] for one in found if label in one.gamma_k], "aligned pairs")
        for label in labels
    }


def _pooled(measures: Sequence[Corrected], of: str) -> Corrected:
    """One measure of several documents."""
    used = [one for one in measures if one.expected is not None]
    units, weight = sum(one.units for one in measures), sum(one.weight for one in used)
    missing = len(measures) - len(used)
    about: dict[str, Any] = {
        "n": sum(one.n for one in used),
        "of": of,
        "units": units,
        "coverage": sum(one.coverage * one.units for one in used) / units if units else 0.0,
        "left_out": f"{missing} of {len(measures)} documents, which have nothing to compare" if missing else "",
    }
    if not used:
        return Corrected(None, why="no document has anything to compare", **about)
    observed, expected = np.sum([disorder_sums(one) for one in used], axis=0).tolist()
    return Corrected(
        1 - observed / expected if expected else None,
        why="" if expected else "chance has no disorder",
        observed=observed / weight,
        expected=expected / weight,
        weight=weight,
        spread=sqrt(sum((one.weight * one.spread) ** 2 for one in used)) / weight,
        **about,
    )
