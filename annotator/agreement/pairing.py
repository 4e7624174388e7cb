"""Which spans of two votes of an item stand against which."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from annotator.agreement.items import placed
from annotator.agreement.joining import cover, likeness, overlaps
from annotator.model.annotation import Annotation
from annotator.text.offsets import Span


Pair = tuple[Annotation, Annotation]
Split = tuple[Annotation, tuple[Annotation, ...]]
"""A whole, and the spans of the other annotator that are pieces of it."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Which annotations of two votes stand against which.

    Attributes:
        pairs: One to one.
        splits: One to several, either way.
        only_one, only_other: What has no counterpart.
    """

    pairs: tuple[Pair, ...]
    splits: tuple[Split, ...]
    only_one: tuple[Annotation, ...]
    only_other: tuple[Annotation, ...]


def pairing(ones: Sequence[Annotation], others: Sequence[Annotation]) -> Pairing:
    """Which annotations of two votes stand against which.

    First those with everything alike, then with the same offsets and label, then with the same offsets; then splits;
    then, one to one, overlapping ones of one label so that their intersections over unions sum up to the most, and
    overlapping ones of other labels likewise.
    """
    if len(ones) == len(others) == 1 and likeness(ones[0], others[0]):  # as most are: told at once
        return Pairing(((ones[0], others[0]),), (), (), ())
    if not ones or not others:
        return Pairing((), (), tuple(ones), tuple(others))
    pairs: list[Pair] = []
    for key in (placed, span_and_label, span_of):
        found, ones, others = _alike(ones, others, key)
        pairs += found
    splits, ones, others = _splits(ones, others)
    merges, others, ones = _splits(others, ones)
    for is_same_label in (True, False):
        found, ones, others = _assigned(ones, others, is_same_label)
        pairs += found
    return Pairing(tuple(pairs), (*splits, *merges), tuple(ones), tuple(others))


def span_of(annotation: Annotation) -> Span:
    """Its offsets."""
    return annotation.start, annotation.end


def span_and_label(annotation: Annotation) -> tuple[int, int, str]:
    """Its offsets and its label."""
    return annotation.start, annotation.end, annotation.label


Rest = list[Annotation]


def _alike(
    ones: Sequence[Annotation], others: Sequence[Annotation], key: Callable[[Annotation], Hashable]
) -> tuple[list[Pair], Rest, Rest]:
    """Pairs with the same key, and what is left of either side."""
    waiting: dict[Hashable, list[Annotation]] = {}
    for other in reversed(others):
        waiting.setdefault(key(other), []).append(other)
    pairs: list[Pair] = []
    rest: Rest = []
    for one in ones:
        matching = waiting.get(key(one))
        if matching:
            pairs.append((one, matching.pop()))
        else:
            rest.append(one)
    return pairs, rest, _without(others, (other for _, other in pairs))


def _splits(ones: Sequence[Annotation], others: Sequence[Annotation]) -> tuple[list[Split], Rest, Rest]:
    """Spans of one side against several of the other with their label that cover 80 % of them, and what is left.

    A piece lies in the whole with more than half of its characters, and in no other piece: the neighbour of a claim
    that reaches one word into it is no piece.
    """
    if len(others) < 2:
        return [], [*ones], [*others]
    within: dict[int, list[Annotation]] = {}
    for whole, part, _ in _overlapping(ones, others):
        one, other = ones[whole], others[part]
        if one.label == other.label and 2 * _shared(one, other) > other.end - other.start:
            within.setdefault(whole, []).append(other)
    splits: list[Split] = []
    taken: set[str] = set()
    for number in sorted(within, key=lambda number: ones[number].start - ones[number].end):
        whole_one = ones[number]
        pieces = [piece for piece in _outermost(within[number]) if piece.id not in taken]
        covered = cover((max(piece.start, whole_one.start), min(piece.end, whole_one.end)) for piece in pieces)
        if len(pieces) >= 2 and 5 * covered >= 4 * (whole_one.end - whole_one.start):
            splits.append((whole_one, tuple(pieces)))
            taken |= {piece.id for piece in pieces}
    rest = _without(others, (piece for _, pieces in splits for piece in pieces))
    return splits, _without(ones, (whole for whole, _ in splits)), rest


def _outermost(annotations: Sequence[Annotation]) -> list[Annotation]:
    """Those that lie in no other of them, in reading order."""
    found: list[Annotation] = []
    for annotation in sorted(annotations, key=lambda one: (one.start, -one.end)):
        if not found or annotation.end > found[-1].end:
            found.append(annotation)
    return found


def _shared(one: Annotation, other: Annotation) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _assigned(
    ones: Sequence[Annotation], others: Sequence[Annotation], is_same_label: bool
) -> tuple[list[Pair], Rest, Rest]:
    """Overlapping ones of one label, or of other labels, one to one and as like as can be, and what is left."""
    candidates = [
        (one, other, alike)
        for one, other, alike in _overlapping(ones, others)
        if (ones[one].label == others[other].label) == is_same_label
    ]
    chosen = _assignment(candidates, len(ones), len(others))
    pairs = [(ones[one], others[other]) for one, other in chosen]
    return pairs, _without(ones, (one for one, _ in pairs)), _without(others, (other for _, other in pairs))


def _assignment(candidates: Sequence[tuple[int, int, float]], ones: int, others: int) -> list[tuple[int, int]]:
    """The pairs, one to one, whose weights sum up to the most."""
    if min(ones, others) <= 1 or len(candidates) <= 1:
        best = max(candidates, key=lambda candidate: candidate[2], default=None)
        return [best[:2]] if best else []
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    # Each one may stay alone: that is a column of its own, of a weight that no candidate is below. Weights are raised
    # by 1 since a sparse matrix takes a 0 for no candidate.
    alone = [(one, others + one, 0.0) for one in range(ones)]
    rows, columns, weights = zip(*candidates, *alone, strict=True)
    matrix = csr_array(([weight + 1 for weight in weights], (rows, columns)), shape=(ones, others + ones))
    matched = zip(*min_weight_full_bipartite_matching(matrix, maximize=True), strict=True)
    return [(int(one), int(other)) for one, other in matched if other < others]


def _overlapping(ones: Sequence[Annotation], others: Sequence[Annotation]) -> list[tuple[int, int, float]]:
    """Numbers of overlapping annotations of two sides, with their likeness."""
    if not ones or not others:
        return []
    sides = [(one, number, True) for number, one in enumerate(ones)]
    sides += [(other, number, False) for number, other in enumerate(others)]
    sides.sort(key=lambda side: side[0].start)
    found = []
    for earlier, later in overlaps([annotation for annotation, _, _ in sides]):
        (one, one_number, is_one), (other, other_number, is_other_one) = sides[earlier], sides[later]
        if is_one != is_other_one:
            numbers = (one_number, other_number) if is_one else (other_number, one_number)
            found.append((*numbers, likeness(one, other)))
    return sorted(found)


def _without(annotations: Sequence[Annotation], gone: Iterable[Annotation]) -> Rest:
    ids = {annotation.id for annotation in gone}
    return [annotation for annotation in annotations if annotation.id not in ids]
