"""Which spans of several annotators are about one thing, and how far spans share their characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from annotator.model.annotation import Annotation
from annotator.text.offsets import Span


class Marked(NamedTuple):
    """An annotation and who made it."""

    annotator: str
    annotation: Annotation


def likeness(one: Annotation, other: Annotation) -> float:
    """Intersection over union of two spans in characters: 0 where they do not overlap, 1 where they are equal."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (max(one.end, other.end) - min(one.start, other.start)) if shared > 0 else 0.0


def cover(spans: Iterable[Span]) -> int:
    """How many characters spans cover together."""
    covered = reached = 0
    for start, end in sorted(spans):
        covered += max(0, end - max(start, reached))
        reached = max(reached, end)
    return covered


def overlaps(annotations: Sequence[Annotation]) -> Iterator[tuple[int, int]]:
    """The numbers of every two annotations that share a character, by a sweep over the text.

    Args:
        annotations: By start.
    """
    active: list[int] = []
    for number, annotation in enumerate(annotations):
        active = [earlier for earlier in active if annotations[earlier].end > annotation.start]
        for earlier in active:
            yield earlier, number
        active.append(number)


def things(marked: Sequence[Marked]) -> list[list[Marked]]:
    """Spans of several annotators, grouped by what they are about.

    Two spans of different annotators are joined if they overlap and have one label, but for a span that is nested in a
    better match of the other annotator, or around one: of nested claims, the outer ones and the inner ones belong
    together. So are two of different labels with half of their characters in common, if neither has a partner of its
    own label in the other's work. What is joined directly or through others is one thing.

    Args:
        marked: Spans that are not empty, in reading order.

    Returns:
        Groups by their first span; each in reading order.
    """
    same: list[tuple[int, int, float]] = []
    cross: list[tuple[int, int]] = []
    for one, other in overlaps([mark.annotation for mark in marked]):
        (annotator, annotation), (other_annotator, other_annotation) = marked[one], marked[other]
        if annotator == other_annotator:
            continue
        alike = likeness(annotation, other_annotation)
        if annotation.label == other_annotation.label:
            same.append((one, other, alike))
        elif alike >= 0.5:
            cross.append((one, other))
    joined = _partners(marked, same)
    taken = {slot for one, other in joined for slot in ((one, marked[other][0]), (other, marked[one][0]))}
    joined += (
        (one, other)
        for one, other in cross
        if (one, marked[other][0]) not in taken and (other, marked[one][0]) not in taken
    )
    return [[marked[number] for number in group] for group in _connected(len(marked), joined)]


def _partners(marked: Sequence[Marked], pairs: Sequence[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """Of the pairs with one label, those in which neither side has a better match that the other is nested with."""
    best: dict[tuple[int, str], tuple[float, int]] = {}
    for one, other, alike in pairs:
        for mine, yours in ((one, other), (other, one)):
            slot = mine, marked[yours].annotator
            if slot not in best or alike > best[slot][0]:
                best[slot] = alike, yours

    def counts(mine: int, yours: int, alike: float) -> bool:
        better, match = best[mine, marked[yours].annotator]
        return alike == better or not (better == 1.0 or _nested(marked[match].annotation, marked[yours].annotation))

    return [(one, other) for one, other, alike in pairs if counts(one, other, alike) and counts(other, one, alike)]


def _nested(one: Annotation, other: Annotation) -> bool:
    return (one.start <= other.start and other.end <= one.end) or (other.start <= one.start and one.end <= other.end)


def _connected(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The connected components of `count` numbers, by the first of each."""
    leader = list(range(count))

    def find(number: int) -> int:
        while leader[number] != number:
            leader[number] = number = leader[leader[number]]
        return number

    for one, other in pairs:
        first, second = sorted((find(one), find(other)))
        leader[second] = first
    groups: dict[int, list[int]] = {}
    for number in range(count):
        groups.setdefault(find(number), []).append(number)
    return list(groups.values())
