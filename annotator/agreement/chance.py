"""Continua by chance: γ's expected disorder is the mean disorder of their best alignments.

In both ways of drawing them a text begins at offset 0 (or at a unit before that) and ends with its last unit.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from annotator.agreement.continua import Floats, Units, joined


Sampler = Callable[[Units, int, int, np.random.Generator], Units]
"""From what m annotators marked (one unit at least): a number of continua, from 0 on, with one unit each at least."""

ATTEMPTS = 100
"""How many shifts are tried to find one far enough from the others."""


def statistical(units: Units, m: int, samples: int, rng: np.random.Generator) -> Units:
    """Units one after the other with gaps, lengths and labels like those of all annotators together.

    This is pygamma-agreement's way (H. Titeux, R. Riad: Journal of Open Source Software 6(62), 2021, 2989). Normal
    distributions with the means and standard deviations of what was marked give each annotator's number of units (the
    whole part, without its sign; the first annotator has one at least), the gap before each unit (below 0 where units
    overlap) and its length (without its sign). Labels are as frequent as they were.
    """
    counts = np.bincount(units.annotator, minlength=m)
    numbers = np.abs(np.trunc(rng.normal(counts.mean(), counts.std(), (samples, m)))).astype(np.int64)
    numbers[:, 0] = np.maximum(numbers[:, 0], 1)
    real = np.arange(numbers.max()) < numbers[:, :, None]
    total = int(numbers.sum())
    gap, length = np.zeros(real.shape), np.zeros(real.shape)
    gap[real] = _normal_like(_gaps(units), total, rng)
    length[real] = np.abs(_normal_like(units.end - units.start, total, rng))
    end = np.cumsum(gap + length, axis=2)
    sample, annotator, _ = np.nonzero(real)
    labels = np.sort(units.label)[rng.integers(len(units), size=total)]
    return Units(start=(end - length)[real], end=end[real], label=labels, annotator=annotator, continuum=sample)


def _normal_like(values: Floats, count: int, rng: np.random.Generator) -> Floats:
    return rng.normal(values.mean(), values.std(), count)


def _gaps(units: Units) -> Floats:
    """From the end of each unit to the start of its annotator's next, and before first units that are not at 0.

    One gap of 0 is added, as pygamma-agreement does: without it a single unit would not move.
    """
    order = np.lexsort((units.end, units.start, units.annotator))
    start, end, annotator = units.start[order], units.end[order], units.annotator[order]
    is_first = np.append(True, annotator[1:] != annotator[:-1])
    first = start[is_first]
    between = (start[1:] - end[:-1])[~is_first[1:]]
    return np.concatenate([[0.0], between, first[first > 0]])


def shuffled(units: Units, m: int, samples: int, rng: np.random.Generator) -> Units:
    """For each annotator the units of one drawn at random, moved round the text by a shift of their own.

    Section 5.2.1 of Mathet et al. 2015: the shifts of one sample are a distance apart, so that no two annotators' units
    move together; it is half the mean length of the units, as in pygamma-agreement, whose values are published.
    Distances go round the text; where it is too short for them, shifts are as far apart as some attempts could make
    them. A unit that would start behind the end comes to the front.
    """
    return joined([_rotated(units, m, number, rng) for number in range(samples)])


def _rotated(units: Units, m: int, number: int, rng: np.random.Generator) -> Units:
    """One sample."""
    first = min(0.0, units.start.min())
    whole = units.end.max() - first
    shifts = _shifts(m, whole, (units.end - units.start).mean() / 2, rng)
    rows = [np.flatnonzero(units.annotator == one) for one in _drawn(units, m, rng)]
    row, annotator = np.concatenate(rows), np.repeat(np.arange(m), [len(part) for part in rows])
    start = first + np.mod(units.start[row] - first + shifts[annotator], whole)
    return Units(
        start=start,
        end=start + units.end[row] - units.start[row],
        label=units.label[row],
        annotator=annotator,
        continuum=np.full(len(row), number),
    )


def _drawn(units: Units, m: int, rng: np.random.Generator) -> list[int]:
    """Annotators, of whom one at least marked something."""
    while True:
        drawn = rng.integers(m, size=m)
        if np.isin(units.annotator, drawn).any():
            return [int(one) for one in drawn]


def _shifts(m: int, whole: float, distance: float, rng: np.random.Generator) -> Floats:
    """Places on a circle, a distance apart if possible."""
    shifts = rng.uniform(0, whole, 1)
    while len(shifts) < m:
        tried = rng.uniform(0, whole, ATTEMPTS)
        apart = np.abs(tried[:, None] - shifts)
        free = np.minimum(apart, whole - apart).min(axis=1)
        best = np.argmax(free >= distance) if (free >= distance).any() else np.argmax(free)
        shifts = np.append(shifts, tried[best])
    return shifts
