"""What the measures of a whole document, with all its annotators at once, need to know of it."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from math import isnan

from annotator.agreement.characters import character_coincidences, label_set_coincidences
from annotator.agreement.gammas import disorder_sums, gamma
from annotator.agreement.report.gathering import Key
from annotator.agreement.report.tally import Settings, Tally, named
from annotator.agreement.study import Unit
from annotator.agreement.unitizing import unitized_statistics


ALPHA, BETA, DELTA = 3.0, 1.0, 1.0
"""γ's weights of positions and labels, and the cost of a missing unit: those of its authors' program."""

SAMPLER = "statistical"


def count_characters(tally: Tally, annotators: Sequence[Sequence[Unit]], length: int, labels: Sequence[str]) -> None:
    """Count what the alphas on characters and those for unitizing need."""
    for (one, other), characters in label_set_coincidences(annotators, length).items():
        tally.put("sets", named(one), named(other), numbers=(characters,))
    for label in labels:
        matrix = character_coincidences(annotators, length, label)
        for (row, column), characters in zip(((0, 0), (0, 1), (1, 0), (1, 1)), matrix.flat, strict=True):
            tally.put("alpha", label, str(row), str(column), numbers=(characters,))
        _put_unitized(tally, ("unitized", label), annotators, length, [label])
    _put_unitized(tally, ("unitized", ""), annotators, length, labels)
    _put_unitized(tally, ("unitized binary", ""), annotators, length, labels, binary=True)


def _put_unitized(
    tally: Tally,
    key: Key,
    annotators: Sequence[Sequence[Unit]],
    length: int,
    labels: Sequence[str],
    *,
    binary: bool = False,
) -> None:
    statistics = unitized_statistics(annotators, length, labels, binary)
    if statistics is not None:
        tally.put(*key, numbers=statistics)


def count_gamma(tally: Tally, doc_id: str, annotators: Sequence[Sequence[Unit]], settings: Settings) -> float | None:
    """Count what γ, γ-cat and γ-k need.

    Returns:
        γ of the document; None where it is undefined or was left out.
    """
    if not settings.samples or not any(annotators):
        return None
    seed = gamma_seed(doc_id, settings.seed)
    found = gamma(annotators, alpha=ALPHA, beta=BETA, delta=DELTA, sampler=SAMPLER, samples=settings.samples, seed=seed)
    tally.put("gamma", numbers=disorder_sums(found))
    tally.put("gamma cat", numbers=disorder_sums(found.gamma_cat))
    for label, of_label in found.gamma_k.items():
        tally.put("gamma k", str(label), numbers=disorder_sums(of_label))
    if not isnan(found.spread):
        tally.put("gamma spread", numbers=((found.weight * found.spread) ** 2,))
    return found.value


def gamma_seed(doc_id: str, seed: int) -> int:
    """The seed of a document's chance samples: its own, and always the same, unlike Python's hash."""
    return int.from_bytes(sha256(f"{seed} {doc_id}".encode()).digest()[:8])
