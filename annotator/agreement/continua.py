"""What annotators marked as columns of numbers, and how unlike two units are (for γ; Mathet et al. 2015).

A continuum is one text with the units of all its annotators.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isfinite, nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.errors import OperationError, UsageError


Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Annotators = Sequence[Sequence[tuple[float, float, Hashable]]]
"""One sequence per annotator of units (start, end, label)."""

LabelDistance = Callable[[Any, Any], float] | Mapping[tuple[Any, Any], float]
"""The distance of two labels, 0 to 1; in a mapping one order of each pair is enough. Equal labels always have 0."""


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one or more continua, one row each, continuum by continuum.

    Attributes:
        start, end: Offsets.
        label: Index of the label.
        annotator: 0 to m - 1.
        continuum: Never falling.
    """

    start: Floats
    end: Floats
    label: Ints
    annotator: Ints
    continuum: Ints

    def __len__(self) -> int:
        return len(self.start)

    def rows(self, chosen: slice) -> Units:
        """Some rows."""
        return Units(
            self.start[chosen], self.end[chosen], self.label[chosen], self.annotator[chosen], self.continuum[chosen]
        )


def joined(parts: Sequence[Units]) -> Units:
    """One after the other, with the numbers of the continua as they are."""
    return Units(
        start=np.concatenate([part.start for part in parts]),
        end=np.concatenate([part.end for part in parts]),
        label=np.concatenate([part.label for part in parts]),
        annotator=np.concatenate([part.annotator for part in parts]),
        continuum=np.concatenate([part.continuum for part in parts]),
    )


def units_of(annotators: Annotators) -> tuple[Units, list[Hashable]]:
    """What annotators marked in one text, annotator by annotator, and the labels that the indices mean.

    Raises:
        OperationError: For a unit without length.
    """
    rows = [(start, end, label, who) for who, units in enumerate(annotators) for start, end, label in units]
    for start, end, label, who in rows:
        if not (start < end and isfinite(end - start)):
            raise OperationError(
                f"annotator {who + 1}: the unit [{start}, {end}) {label!r} has no length",
                hint="γ compares positions by lengths; leave such units out",
            )
    labels = sorted({row[2] for row in rows}, key=str)
    index = {label: number for number, label in enumerate(labels)}
    units = Units(
        start=np.array([row[0] for row in rows], dtype=np.float64),
        end=np.array([row[1] for row in rows], dtype=np.float64),
        label=np.array([index[row[2]] for row in rows], dtype=np.int64),
        annotator=np.array([row[3] for row in rows], dtype=np.int64),
        continuum=np.zeros(len(rows), dtype=np.int64),
    )
    return units, labels


@dataclass(frozen=True, slots=True)
class Dissimilarity:
    """The combined dissimilarity of the paper, d(u, v) = α·d_pos(u, v) + β·d_cat(u, v).

    Attributes:
        alpha, beta: The weights of positions and labels.
        delta: Δ, the dissimilarity of a unit and none, which the others are in terms of.
        distances: Between labels, symmetric, 0 to 1, 0 on the diagonal; shape (labels, labels).
    """

    alpha: float
    beta: float
    delta: float
    distances: Floats

    def positional(self, units: Units, one: Ints, other: Ints) -> Floats:
        """d_pos(u, v) = ((|start_u - start_v| + |end_u - end_v|) / (length_u + length_v))²·Δ of rows, pair by pair."""
        start, end = units.start, units.end
        apart = np.abs(start[one] - start[other]) + np.abs(end[one] - end[other])
        lengths = (end[one] - start[one]) + (end[other] - start[other])
        return np.square(apart / lengths) * self.delta

    def categorial(self, units: Units, one: Ints, other: Ints) -> Floats:
        """d_cat(u, v) = distance(label_u, label_v)·Δ of rows, pair by pair."""
        apart: Floats = self.distances[units.label[one], units.label[other]] * self.delta
        return apart

    def combined(self, units: Units, one: Ints, other: Ints) -> Floats:
        """d(u, v) of rows, pair by pair."""
        return self.alpha * self.positional(units, one, other) + self.beta * self.categorial(units, one, other)


def dissimilarity_of(
    labels: Sequence[Hashable], alpha: float, beta: float, delta: float, distance: LabelDistance | None
) -> Dissimilarity:
    """The combined dissimilarity over some labels; without a distance, different labels have 1.

    Raises:
        UsageError: For a negative weight, a Δ that is not above 0, or a distance that is not 0 to 1 or missing.
    """
    if not (alpha >= 0 and beta >= 0 and delta > 0 and isfinite(alpha + beta + delta)):
        raise UsageError(f"alpha and beta must be 0 or more and delta above 0, not {alpha}, {beta} and {delta}")
    distances = 1.0 - np.eye(len(labels))
    if distance is not None:
        for (i, one), (j, other) in combinations(enumerate(labels), 2):
            distances[i, j] = distances[j, i] = _checked(distance, one, other)
    return Dissimilarity(float(alpha), float(beta), float(delta), distances)


def _checked(distance: LabelDistance, one: Hashable, other: Hashable) -> float:
    """The distance of two labels."""
    if isinstance(distance, Mapping):
        value = distance.get((one, other), distance.get((other, one), nan))
    else:
        value = distance(one, other)
    if not 0 <= value <= 1:
        raise UsageError(f"the distance of the labels {one!r} and {other!r} must be 0 to 1, not {value}")
    return float(value)
