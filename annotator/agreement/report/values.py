"""Values of summed statistics, for many sums at once: the resamples of a bootstrap, or the one sum of all documents.

Each function takes sums of shape (…, statistics, numbers of each) and gives values of shape (…), NaN where undefined.
They are the measures of this package over again: `f1_of`, `alpha_of` and `corpus_gamma` give the same for one sum.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from annotator.agreement.alpha import alphas_of
from annotator.agreement.bootstrap import Floats
from annotator.agreement.gammas import gamma_of
from annotator.agreement.report.gathering import Key, Values


def mean_f1(sums: Floats) -> Floats:
    """The mean over pairs of annotators of F1 = 2·matched / (spans of one + spans of other).

    Hripcsak & Rothschild (2005), Agreement, the F-measure, and reliability in information retrieval. Pairs that marked
    nothing are left out.

    Args:
        sums: … × pairs × (matched, of one, of other).
    """
    spans = sums[..., 1] + sums[..., 2]
    counted = spans > 0
    each = np.where(counted, 2 * sums[..., 0] / np.where(counted, spans, 1), 0)
    mean: Floats = each.sum(axis=-1) / counted.sum(axis=-1)
    return mean


def precision(sums: Floats) -> Floats:
    """Matched over those of one, of a single statistic (matched, of one, of other)."""
    share: Floats = sums[..., 0, 0] / sums[..., 0, 1]
    return share


def recall(sums: Floats) -> Floats:
    """Matched over those of other, of a single statistic (matched, of one, of other)."""
    share: Floats = sums[..., 0, 0] / sums[..., 0, 2]
    return share


def mean(sums: Floats) -> Floats:
    """A sum over its number, of a single statistic (sum, number)."""
    quotient: Floats = sums[..., 0, 0] / sums[..., 0, 1]
    return quotient


def corrected(sums: Floats) -> Floats:
    """γ, γ-cat or γ-k from a single statistic of `annotator.agreement.gammas.disorder_sums`."""
    return gamma_of(sums[..., 0, :])


def unitized(sums: Floats) -> Floats:
    """uα from a single statistic of `annotator.agreement.unitizing.unitized_statistics`.

    Args:
        sums: … × 1 × (spans, disagreeing length, length paired with itself, length of each value …).
    """
    lengths = sums[..., 0, 3:]
    total = lengths.sum(axis=-1)
    observed = sums[..., 0, 1] / total
    expected = (total**2 - (lengths**2).sum(axis=-1)) / (total**2 - sums[..., 0, 2])
    value: Floats = np.where(lengths.max(axis=-1) == total, np.nan, 1 - observed / expected)
    return value


def nominal_alpha(cells: Sequence[Key]) -> Values:
    """Krippendorff's alpha from the cells of coincidence matrices, one number each.

    Args:
        cells: The statistics that the sums are of; the last two words of each are the cell's values.
    """
    values = sorted({value for cell in cells for value in cell[-2:]})
    place = {value: number for number, value in enumerate(values)}
    rows, columns = [place[cell[-2]] for cell in cells], [place[cell[-1]] for cell in cells]

    def alphas(sums: Floats) -> Floats:
        matrices = np.zeros((*sums.shape[:-2], len(values), len(values)))
        matrices[..., rows, columns] = sums[..., 0]
        return alphas_of(matrices, values)

    return alphas
