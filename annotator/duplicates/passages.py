"""Paragraphs that two documents share, though the documents as wholes may differ and the order too.

A paragraph is a line with enough letters to be prose. Those that are the same but for spelling are found by their
folded text; others are candidates for each other where they share words in a row, and are then compared by letters.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from rapidfuzz import fuzz

from annotator.duplicates.folding import fold_same_length
from annotator.text.offsets import Span


LEAST_LETTERS = 40
LEAST_RATIO = 0.6
LONGEST = 10_000
"""Characters; a longer paragraph is shared only where it is the same, as comparing takes the square of its length."""

_SHINGLE_WORDS = 2
_COMMON = 16
"""Words in a row that stand in more paragraphs of a document say nothing about one of them."""
_LEAST_SHARED = 0.3
"""The share of a paragraph's other words in a row that a copy has; two of one style about one topic have less."""
_CANDIDATES = 4
_FEW = 64
"""Pairs of paragraphs that are the same; of furniture that stands again and again there would be a square."""
_KEY_WORDS = 5

_Paragraph = tuple[int, int, str]
_Ratios = dict[tuple[int, int], float]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that two documents share.

    Attributes:
        one: Its span in the one document.
        other: Its span in the other.
        ratio: How alike they are by letters, 0 to 1; 1 where they are the same but for spelling.
    """

    one: Span
    other: Span
    ratio: float


def shared_passages(one: str, other: str) -> list[Passage]:
    """Find the paragraphs that two texts share, each paragraph at most once.

    The most alike come first; of those that are equally alike, such whose neighbours are shared as well.

    Args:
        one: A text.
        other: Another one.

    Returns:
        Passages in the order of `one`.
    """
    mine, theirs = _paragraphs(one), _paragraphs(other)
    ratios = _same(mine, theirs)
    ratios |= _alike(mine, theirs, ratios)

    def worth(pair: tuple[int, int]) -> tuple[float, int, tuple[int, int]]:
        neighbours = sum((pair[0] + step, pair[1] + step) in ratios for step in (-1, 1))
        return -ratios[pair], -neighbours, pair

    taken: dict[int, int] = {}
    used: set[int] = set()
    for mine_index, their_index in sorted(ratios, key=worth):
        if mine_index not in taken and their_index not in used:
            taken[mine_index] = their_index
            used.add(their_index)
    return [Passage(mine[i][:2], theirs[j][:2], ratios[i, j]) for i, j in sorted(taken.items())]


def paragraph_keys(text: str) -> list[int]:
    """Keys by which documents that may share a paragraph are found among many: they have a key in common.

    Each paragraph has two, the least and the greatest hash of its word shingles, so that one of them mostly survives
    when some words of the paragraph are changed. A key that a great many documents have is that of furniture, such as
    a notice under each article, and leads nowhere.

    Returns:
        Different integers of 0 to 2**63 - 1, the same in every process.
    """
    import numpy as np

    from annotator.duplicates.shingles import shingled

    found = shingled([folded for _, _, folded in _paragraphs(text)], _KEY_WORDS, _KEY_WORDS)
    starts = found.offsets[:-1][np.diff(found.offsets) > 0]
    if not len(starts):
        return []
    extremes = [np.minimum.reduceat(found.hashes, starts), np.maximum.reduceat(found.hashes, starts)]
    return list(dict.fromkeys((np.concatenate(extremes) >> np.uint64(1)).tolist()))


def _paragraphs(text: str) -> list[_Paragraph]:
    """Start, end and folded text of each."""
    found: list[_Paragraph] = []
    end = -1
    for line in text.split("\n"):
        start, end = end + 1, end + 1 + len(line)
        if len(line) >= LEAST_LETTERS and sum(map(str.isalpha, line)) >= LEAST_LETTERS:
            stripped = line.strip()
            start += len(line) - len(line.lstrip())
            found.append((start, start + len(stripped), fold_same_length(stripped)))
    return found


def _same(mine: Sequence[_Paragraph], theirs: Sequence[_Paragraph]) -> _Ratios:
    """Pairs that are the same but for spelling: all where a text stands a few times, else the first with the first."""
    places: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, paragraphs in enumerate((mine, theirs)):
        for index, (_, _, folded) in enumerate(paragraphs):
            places[folded][side].append(index)
    pairs: dict[tuple[int, int], float] = {}
    for some, others in places.values():
        few = len(some) * len(others) <= _FEW
        pairs |= dict.fromkeys(product(some, others) if few else zip(some, others, strict=False), 1.0)
    return pairs


def _alike(mine: Sequence[_Paragraph], theirs: Sequence[_Paragraph], same: Iterable[tuple[int, int]]) -> _Ratios:
    """Pairs of the other paragraphs that are alike enough."""
    paired, their_paired = {pair[0] for pair in same}, {pair[1] for pair in same}
    standing: dict[str, list[int]] = defaultdict(list)
    for index, paragraph in enumerate(theirs):
        if index not in their_paired:
            for shingle in _shingles(paragraph):
                standing[shingle].append(index)
    pairs: dict[tuple[int, int], float] = {}
    for index, paragraph in enumerate(mine):
        if index in paired:
            continue
        places = [standing.get(shingle, []) for shingle in _shingles(paragraph)]
        places = [some for some in places if len(some) <= _COMMON]
        shared = Counter(place for some in places for place in some)
        for place, number in shared.most_common(_CANDIDATES):
            if number < _LEAST_SHARED * len(places):
                break
            ratio = fuzz.ratio(paragraph[2], theirs[place][2], score_cutoff=100 * LEAST_RATIO) / 100
            if ratio:
                pairs[index, place] = ratio
    return pairs


def _shingles(paragraph: _Paragraph) -> Iterator[str]:
    """The different runs of words of a paragraph that is not too long."""
    folded = paragraph[2]
    if len(folded) <= LONGEST:
        words = folded.split()
        yield from dict.fromkeys(map(" ".join, zip(*(words[place:] for place in range(_SHINGLE_WORDS)), strict=False)))
