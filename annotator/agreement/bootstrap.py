"""Percentile bootstrap intervals over documents, from statistics that add up.

Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 13. Documents are resampled, not spans: the spans
of one document are no independent observations. A resample is how often each document was drawn, so that the sums of a
resample are a product of two matrices and no document is measured twice.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray


Floats = NDArray[np.float64]
Weights = NDArray[np.uint8]
"""How often each resample (row) drew each document (column)."""

RESAMPLES = 1000
FEWEST = 10
"""Fewer documents have no interval: their values are better shown one by one."""

CONFIDENCE = 95
_BLOCK = 100
"""Resamples at once, which bounds the memory."""


def document_weights(documents: int, *, resamples: int = RESAMPLES, seed: int = 0) -> Weights:
    """Draw resamples of as many documents as there are, with replacement.

    Args:
        documents: How many documents there are.
        resamples: How many resamples to draw.
        seed: The same seed gives the same resamples.

    Returns:
        Shape (resamples, documents); each row adds up to the number of documents.
    """
    generator = np.random.default_rng(seed)
    weights = np.zeros((resamples, documents), np.uint8)
    for first in range(0, resamples if documents else 0, _BLOCK):
        drawn = generator.integers(0, documents, (min(_BLOCK, resamples - first), documents))
        for row, chosen in enumerate(drawn, first):
            # No document is drawn 256 times: among 256 or more documents the probability is below 1e-300.
            weights[row] = np.minimum(np.bincount(chosen, minlength=documents), 255)
    return weights


def interval(statistics: Floats, weights: Weights, values: Callable[[Floats], Floats]) -> tuple[float, float] | None:
    """The percentile interval of a value of summed statistics, at 95 %.

    Args:
        statistics: Shape (documents, ...): what each document adds.
        weights: Shape (resamples, documents), as `document_weights` gives them.
        values: From sums of shape (resamples, ...) to values of shape (resamples,), NaN where undefined.

    Returns:
        Its low and its high end. None where there are fewer than ten documents, or where the value is undefined in
        half of the resamples or more; undefined ones are left out else.
    """
    documents = len(statistics)
    if documents < FEWEST:
        return None
    flat = statistics.reshape(documents, -1)
    found = np.concatenate(
        [
            values((block.astype(np.float64) @ flat).reshape(-1, *statistics.shape[1:]))
            for block in np.split(weights, range(_BLOCK, len(weights), _BLOCK))
        ]
    )
    defined = found[~np.isnan(found)]
    if 2 * len(defined) <= len(found):
        return None
    tail = (100 - CONFIDENCE) / 2
    low, high = np.percentile(defined, [tail, 100 - tail])
    return float(low), float(high)
