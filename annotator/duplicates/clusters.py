"""Clusters of near-duplicate documents.

Candidates are documents whose signatures agree in a band, that is in some places at once; what counts is how many of
all places agree. Who is a copy of a copy is in the same cluster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from annotator.duplicates.minhash import PERMUTATIONS, Signatures, is_empty, signatures, similarities
from annotator.duplicates.shingles import mixed


Key = TypeVar("Key", int, str)
Rows = NDArray[np.int64]

THRESHOLD = 0.5
_MISSED = 0.01
"""The share of the pairs at the threshold itself that may be no candidates."""


@dataclass(frozen=True, slots=True)
class Member(Generic[Key]):
    """A document of a cluster.

    Attributes:
        key: The document.
        similarity: To the cluster's first document, 0 to 1; less than the threshold where others stand between them.
    """

    key: Key
    similarity: float


@dataclass(frozen=True, slots=True)
class Cluster(Generic[Key]):
    """Two or more documents that are near-duplicates.

    Attributes:
        members: They, by key.
    """

    members: tuple[Member[Key], ...]

    @property
    def id(self) -> Key:
        """The least key of its documents: it stays when documents with greater keys come."""
        return self.members[0].key


@dataclass(frozen=True)
class Clusters(Generic[Key]):
    """All clusters of some documents.

    Attributes:
        clusters: They, by id; no document is in two.
    """

    clusters: tuple[Cluster[Key], ...]

    @cached_property
    def by_key(self) -> dict[Key, Cluster[Key]]:
        """The cluster of each document that is in one."""
        return {member.key: cluster for cluster in self.clusters for member in cluster.members}


def clusters(texts: Iterable[tuple[Key, str]], threshold: float = THRESHOLD) -> Clusters[Key]:
    """Find the near-duplicates among texts, whatever their order.

    Args:
        texts: Each a key of its own and a body. They are read once and not kept.
        threshold: The least similarity of two documents, by their word shingles, for them to be copies: 0 to 1.

    Returns:
        The clusters; texts of fewer than `minhash.LEAST_WORDS` words are in none.
    """
    keys: list[Key] = []
    found = signatures(_bodies(texts, keys))
    order = np.array(sorted(np.flatnonzero(~is_empty(found)).tolist(), key=keys.__getitem__), dtype=np.int64)
    found = found[order]
    firsts = _firsts(found, threshold)
    by_first = np.argsort(firsts, kind="stable")
    alike = similarities(found, firsts, np.arange(len(firsts)))
    groups = np.split(by_first, np.flatnonzero(np.diff(firsts[by_first])) + 1)
    return Clusters(
        tuple(
            Cluster(tuple(Member(keys[order[row]], float(alike[row])) for row in group))
            for group in groups
            if len(group) > 1
        )
    )


def _bodies(texts: Iterable[tuple[Key, str]], keys: list[Key]) -> Iterator[str]:
    for key, text in texts:
        keys.append(key)
        yield text


def _firsts(found: Signatures, threshold: float) -> Rows:
    """For each signature the first one of its cluster, itself where it is in none."""
    firsts = np.arange(len(found))
    for band in _bands(found, threshold):
        one, other = _neighbours(band)
        apart = firsts[one] != firsts[other]  # nobody in a large cluster is compared again and again
        one, other = one[apart], other[apart]
        alike = similarities(found, one, other) >= threshold
        _join(firsts, one[alike], other[alike])
    return firsts


def _bands(found: Signatures, threshold: float) -> Iterator[NDArray[np.uint64]]:
    """The hashes of all signatures in each band: bands as wide as lets nearly all pairs at the threshold be found."""
    wide = [places for places in range(2, 17) if (1 - threshold**places) ** (PERMUTATIONS // places) <= _MISSED]
    places = max(wide, default=1)
    for start in range(0, PERMUTATIONS - places + 1, places):
        band = np.zeros(len(found), np.uint64)
        for column in range(start, start + places):
            band = mixed(band + found[:, column])
        yield band


def _neighbours(band: NDArray[np.uint64]) -> tuple[Rows, Rows]:
    """Pairs of what agrees in a band: each with the one before and with the first, or pairs would grow as a square."""
    order = np.argsort(band, kind="stable")
    same = band[order[1:]] == band[order[:-1]]
    places = np.arange(1, len(order))
    first = order[np.maximum.accumulate(np.where(same, 0, places))]
    return np.concatenate([first[same], order[:-1][same]]), np.tile(order[1:][same], 2)


def _join(firsts: Rows, one: Rows, other: Rows) -> None:
    """Make the clusters of pairs one, in place, under the first of all."""
    while (apart := firsts[one] != firsts[other]).any():
        one, other = one[apart], other[apart]
        lower, upper = np.minimum(firsts[one], firsts[other]), np.maximum(firsts[one], firsts[other])
        np.minimum.at(firsts, upper, lower)
        while (firsts[firsts] != firsts).any():
            firsts[:] = firsts[firsts]
