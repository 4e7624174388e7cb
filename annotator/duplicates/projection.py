"""The way of spans from one text to another that shares paragraphs with it.

Within a pair of paragraphs letters are aligned by the operations of rapidfuzz's Indel distance on text that is folded
at the same length. Where the letters at an edge of a span are the same in both texts, so is the edge; elsewhere it is
set between words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from rapidfuzz.distance import Indel

from annotator.duplicates.folding import fold_same_length
from annotator.duplicates.passages import Passage
from annotator.text.offsets import Span
from annotator.text.words import word_at, words


LEAST_COVERED = 0.6
"""The share of a span's characters that must stand in the other text."""
LEAST_RUN = 4
"""Characters; shorter runs that are the same are chance."""
MOST_GROWTH = 1.6
"""A span may become longer by this factor."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters that are the same in both texts: `source[start:end]` and as many from `target` on."""

    start: int
    end: int
    target: int

    @property
    def target_end(self) -> int:
        return self.target + self.end - self.start


def project(
    spans: Sequence[Span], source_text: str, target_text: str, passages: Sequence[Passage]
) -> list[Span | None]:
    """Map spans of one text to another that shares paragraphs with it.

    Args:
        spans: Spans of the source text.
        source_text: The text that they are of.
        target_text: The other text.
        passages: What the two share, by `shared_passages(source_text, target_text)`.

    Returns:
        For each span the span of the target without spaces at its ends, or None: where not all its paragraphs are
        shared, or not in the same order without others between them; where less than `LEAST_COVERED` of it stands in
        the target; where it would become much longer.
    """
    starts = [passage.one[0] for passage in passages]

    @cache
    def runs_of(index: int) -> list[_Run]:
        return _runs(source_text, target_text, passages[index])

    def projected(span: Span) -> Span | None:
        start, end = _trimmed(source_text, *span)
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
        if start >= end or first < 0 or start >= passages[first].one[1] or end > passages[last].one[1]:
            return None
        shared = passages[first : last + 1]
        if not all(_follows(one, other, source_text, target_text) for one, other in pairwise(shared)):
            return None
        runs = [run for index in range(first, last + 1) for run in runs_of(index)]
        bounds = shared[0].other[0], shared[-1].other[1]
        return _project(start, end, source_text, target_text, runs, bounds)

    return [projected(span) for span in spans]


def _project(start: int, end: int, source: str, target: str, runs: Sequence[_Run], bounds: Span) -> Span | None:
    """Map a span, given the runs of its paragraphs and where in the target these are."""
    first = bisect_right(runs, start, key=lambda run: run.end)
    last = bisect_left(runs, end, key=lambda run: run.start) - 1
    covered = sum(min(end, run.end) - max(start, run.start) for run in runs[first : last + 1])
    if covered < LEAST_COVERED * (end - start):
        return None
    floor = _word_end(target, runs[first - 1].target_end) if first else bounds[0]
    ceiling = _word_start(target, runs[last + 1].target) if last + 1 < len(runs) else bounds[1]
    target_start = _start(start, runs[first], source, target, floor)
    target_end = _end(end, runs[last], source, target, ceiling)
    target_start, target_end = _trimmed(target, target_start, target_end)
    if target_end - target_start > MOST_GROWTH * (end - start):
        return None
    return target_start, target_end


def _start(start: int, run: _Run, source: str, target: str, floor: int) -> int:
    """Where a span starts in the target: as many words before its first run as in the source, none above `floor`."""
    if run.start <= start:
        place = run.target + start - run.start
        return place if _word_start(source, start) < start else _word_start(target, place)
    place = _word_start(target, run.target)
    missing = len(words(source[start : _word_start(source, run.start)]))
    there = words(target[floor:place])[-missing:] if missing else []
    return floor + there[0][0] if there else place


def _end(end: int, run: _Run, source: str, target: str, ceiling: int) -> int:
    """Where a span ends in the target, likewise."""
    if run.end >= end:
        place = run.target + end - run.start
        return place if _word_end(source, end) > end else _word_end(target, place)
    place = _word_end(target, run.target_end)
    missing = len(words(source[_word_end(source, run.end) : end]))
    there = words(target[place:ceiling])[:missing]
    return place + there[-1][1] if there else place


def _word_start(text: str, offset: int) -> int:
    """The start of the word that the character at `offset` is in, else `offset`."""
    word = word_at(text, offset)
    return word[0] if word else offset


def _word_end(text: str, offset: int) -> int:
    """The end of the word that the character before `offset` is in, else `offset`."""
    word = word_at(text, offset - 1)
    return word[1] if word else offset


def _trimmed(text: str, start: int, end: int) -> Span:
    """A span without the spaces at its ends."""
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip())


def _follows(one: Passage, other: Passage, source: str, target: str) -> bool:
    """Whether a passage is next to another in both texts, in the same order."""
    if one.other[1] > other.other[0]:
        return False
    return not (source[one.one[1] : other.one[0]].strip() or target[one.other[1] : other.other[0]].strip())


def _runs(source: str, target: str, passage: Passage) -> list[_Run]:
    """The runs of a pair of paragraphs that are long enough, in order."""
    source_start, target_start = passage.one[0], passage.other[0]
    one, other = fold_same_length(source[slice(*passage.one)]), fold_same_length(target[slice(*passage.other)])
    if one == other:
        return [_Run(source_start, passage.one[1], target_start)]
    equal = [code for code in Indel.opcodes(one, other) if code.tag == "equal"]
    runs = [_Run(source_start + c.src_start, source_start + c.src_end, target_start + c.dest_start) for c in equal]
    for place, (run, following) in enumerate(pairwise(runs)):
        moved = _to_word_edge(run, following, source, target)
        runs[place] = replace(run, end=run.end - moved)
        runs[place + 1] = _Run(following.start - moved, following.end, following.target - moved)
    return [run for run in runs if run.end - run.start >= LEAST_RUN]


def _to_word_edge(run: _Run, following: _Run, source: str, target: str) -> int:
    """How many characters to move from a run to the next one, so that what is between them are whole words.

    Where words were only put in or left out, letters at the one end of them that are also at the other may belong to
    either run.
    """
    if run.end == following.start:
        text, start, end = target, run.target_end, following.target
    elif run.target_end == following.target:
        text, start, end = source, run.end, following.start
    else:
        return 0
    for moved in range(run.end - run.start):
        if _word_start(text, start - moved) == start - moved and _word_start(text, end - moved) == end - moved:
            return moved
        if fold_same_length(text[start - moved - 1]) != fold_same_length(text[end - moved - 1]):
            break
    return 0
