"""MinHash signatures: as many places of two signatures agree as shingles of the two texts are the same.

A. Broder, "On the resemblance and containment of documents", SEQUENCES 1997. The permutations are multiplications of
32-bit hashes with odd numbers, each followed by an exclusive or.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from annotator.duplicates.shingles import Shingles, mixed, shingled


Signatures = NDArray[np.uint32]

PERMUTATIONS = 128
SHINGLE_WORDS = 3
LEAST_WORDS = 8
"""A text with fewer words has an empty signature: a few common words are no copy."""

_CHARACTERS_AT_ONCE = 500_000
_EMPTY = np.uint32(0xFFFFFFFF)
_NUMBERS = mixed(np.arange(1, 2 * PERMUTATIONS + 1, dtype=np.uint64)).astype(np.uint32)
_FACTORS, _MASKS = _NUMBERS[:PERMUTATIONS] | np.uint32(1), _NUMBERS[PERMUTATIONS:]


def signatures(texts: Iterable[str]) -> Signatures:
    """The signatures of texts by their word shingles, the same in every process.

    Of the texts themselves no more is kept than some are read at once.

    Args:
        texts: Bodies of documents.

    Returns:
        One row of `PERMUTATIONS` values for each text; that of a text with fewer than `LEAST_WORDS` words is empty.
    """
    found = [_signatures(shingled(some, SHINGLE_WORDS, LEAST_WORDS)) for some in _some_at_once(texts)]
    return np.concatenate(found) if found else np.empty((0, PERMUTATIONS), np.uint32)


def is_empty(found: Signatures) -> NDArray[np.bool_]:
    """Whether each signature is that of a text which is too short."""
    empty: NDArray[np.bool_] = (found == _EMPTY).all(axis=1)
    return empty


def similarities(found: Signatures, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float64]:
    """The Jaccard similarity of the shingles of pairs of texts, as their signatures estimate it, 0 to 1.

    The standard error is less than 0.05.

    Args:
        found: Signatures.
        one: The rows of the first of each pair.
        other: The rows of the second.
    """
    result = np.empty(len(one))
    for start in range(0, len(one), 10_000):
        some = slice(start, start + 10_000)
        result[some] = (found[one[some]] == found[other[some]]).mean(axis=1)
    return result


def _some_at_once(texts: Iterable[str]) -> Iterator[list[str]]:
    some: list[str] = []
    characters = 0
    for text in texts:
        some.append(text)
        characters += len(text) + 1
        if characters >= _CHARACTERS_AT_ONCE:
            yield some
            some, characters = [], 0
    if some:
        yield some


def _signatures(shingles: Shingles) -> Signatures:
    """Of each permutation the least value in each text."""
    starts, ends = shingles.offsets[:-1], shingles.offsets[1:]
    found = np.full((len(starts), PERMUTATIONS), _EMPTY)
    filled = starts < ends
    if not filled.any():
        return found
    hashes = shingles.hashes.astype(np.uint32)
    least = np.empty((PERMUTATIONS, np.count_nonzero(filled)), np.uint32)
    permuted = np.empty_like(hashes)
    for number, (factor, mask) in enumerate(zip(_FACTORS, _MASKS, strict=True)):
        np.multiply(hashes, factor, out=permuted)
        np.bitwise_xor(permuted, mask, out=permuted)
        np.minimum.reduceat(permuted, starts[filled], out=least[number])
    found[filled] = least.T
    return found
