"""Word shingles of many texts at once, as hashes that are the same in every process.

Words are compared as search compares them: hamza, marks, digits and case folded, punctuation left out. All is done on
arrays of code points: a loop over words takes ten times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotator.text.folding import folded_text


Hashes = NDArray[np.uint64]

_BETWEEN_WORDS, _DROPPED = 0, 1  # no letter has these code points


@dataclass(frozen=True, slots=True)
class Shingles:
    """The shingles of some texts, in order; one that stands twice in a text is there twice.

    Attributes:
        hashes: Of all texts, one after the other.
        offsets: Those of text `i` are `hashes[offsets[i]:offsets[i + 1]]`.
    """

    hashes: Hashes
    offsets: NDArray[np.int64]


def mixed(values: Hashes) -> Hashes:
    """Spread values over all 64 bits: the finalizer of SplitMix64 (Steele, Lea and Flood, 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def shingled(texts: Sequence[str], size: int, least_words: int) -> Shingles:
    """The shingles of texts: every `size` words that follow one another.

    Args:
        texts: Any texts.
        size: Words in a shingle, at least 1.
        least_words: A text with fewer words has no shingles.

    Returns:
        Their hashes, 64 bits each.
    """
    words, counts = _words(texts)
    shingles = words[: max(0, len(words) - size + 1)]
    for place in range(1, size):
        shingles = mixed(shingles + np.uint64(place)) + words[place : place + len(shingles)]
    shingle_counts = np.where(counts >= max(least_words, size), counts - size + 1, 0)
    firsts = np.cumsum(counts) - counts
    offsets = np.concatenate([[0], np.cumsum(shingle_counts)])
    taken = np.arange(offsets[-1]) + np.repeat(firsts - offsets[:-1], shingle_counts)
    return Shingles(mixed(shingles[taken]), offsets)


def _words(texts: Sequence[str]) -> tuple[Hashes, NDArray[np.int64]]:
    """The hashes of the words of all texts, in order, and how many each text has."""
    if not texts:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    points = np.frombuffer(" ".join([*texts, ""]).encode("utf-32-le", "surrogatepass"), np.uint32)
    letters = _letters(points)
    kept = letters != _DROPPED
    text_ends = np.cumsum([len(text) + 1 for text in texts], dtype=np.int64)
    ends = np.concatenate([[0], np.cumsum(kept)])[text_ends]  # among the characters that are kept
    letters = letters[kept]
    in_word = letters != _BETWEEN_WORDS
    starts = np.flatnonzero(in_word & ~np.concatenate([[False], in_word[:-1]]))
    counts = np.diff(np.searchsorted(starts, ends), prepend=0)
    if not len(starts):
        return np.empty(0, np.uint64), counts
    first = starts[0]
    places = np.arange(first, len(letters)) - np.repeat(starts, np.diff(starts, append=len(letters)))
    parts = mixed(letters[first:] + (places.astype(np.uint64) << np.uint64(32)))
    parts[~in_word[first:]] = 0
    return np.add.reduceat(parts, starts - first), counts


def _letters(points: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Each character folded as for search, or one of the two codes for what is no part of a word."""
    present = np.flatnonzero(np.bincount(points))
    table = np.zeros(int(present[-1]) + 1, np.uint32)
    table[present] = [_letter(int(point)) for point in present]
    return table[points]


def _letter(point: int) -> int:
    folded = folded_text(chr(point))
    if not folded:
        return _DROPPED
    if not folded.isalnum():
        return _BETWEEN_WORDS
    return ord(folded) if len(folded) == 1 else point
