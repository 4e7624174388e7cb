"""Where a span of one text lies in another that was made from it by edits."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter

from annotator.errors import OffsetError


Edit = tuple[int, int, int, int]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """The edits that turn a source text into a target text; between them characters stand one for one.

    All offsets count code points. Memory is in proportion to the edits, a look-up takes the logarithm of their number.

    - A span's edge strictly inside an edit snaps outward, to the edit's own edge.
    - A pure deletion at a span's edge is not taken in: a start lies behind it, an end before it. Deleted marks that are
      to go with their letter are therefore recorded as (letter + marks) replaced by the letter.
    - A span wholly inside deleted text maps to an empty span at the place where the text was.
    - An empty span maps to an empty one, where the start of a longer span would lie.

    Attributes:
        source_length: Characters of the source text.
        target_length: Characters of the target text.
        edits: `(source_start, source_end, target_start, target_end)`, sorted and disjoint, though they may touch. Each
            replaces or deletes at least one character: inserted text would have no source.

    Raises:
        OffsetError: The edits are not in order, or do not turn the one length into the other.
    """

    source_length: int
    target_length: int
    edits: tuple[Edit, ...] = ()

    def __post_init__(self) -> None:
        source, target = 0, 0
        for edit in self.edits:
            source_start, source_end, target_start, target_end = edit
            copied = source_start - source
            if copied < 0 or target_start - target != copied or source_end <= source_start or target_end < target_start:
                raise OffsetError(f"the edit {edit} does not follow the one that ends at ({source}, {target})")
            source, target = source_end, target_end
        if self.source_length - source != self.target_length - target or self.source_length < source:
            raise OffsetError(f"the edits do not turn {self.source_length} into {self.target_length} characters")

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """The map between two equal texts of `length` characters."""
        return cls(length, length)

    def to_source(self, start: int, end: int) -> Span:
        """The span of the source that the span [start, end) of the target came from.

        Raises:
            OffsetError: The span is not inside the target, or ends before it starts.
        """
        _check(start, end, self.target_length, "target")
        return _carry(self.edits, (start, end), _TARGET, _SOURCE, self.source_length - self.target_length)

    def to_target(self, start: int, end: int) -> Span:
        """The span of the target that the span [start, end) of the source became.

        Raises:
            OffsetError: The span is not inside the source, or ends before it starts.
        """
        _check(start, end, self.source_length, "source")
        return _carry(self.edits, (start, end), _SOURCE, _TARGET, self.target_length - self.source_length)

    def then(self, other: OffsetMap) -> OffsetMap:
        """The map from this map's source to the target of `other`, whose source is this map's target.

        Edits that overlap in the text between become one edit, so an edge may snap further out than in two steps.

        Raises:
            OffsetError: The two maps do not meet in a text of one length.
        """
        if self.target_length != other.source_length:
            raise OffsetError(f"a map to {self.target_length} characters cannot go on from {other.source_length}")
        if not other.edits:
            return self
        if not self.edits:
            return other
        return OffsetMap(self.source_length, other.target_length, _compose(self.edits, other.edits))


_SOURCE, _TARGET = 0, 2  # where an edit's start stands for either side; its end stands next to it


# An edit of either map as seen in the text between them: start, end, growth towards the source, towards the target.
_Seen = tuple[int, int, int, int]


def _check(start: int, end: int, length: int, side: str) -> None:
    if not 0 <= start <= end <= length:
        raise OffsetError(f"[{start}, {end}) is no span of the {side} text, which has {length} characters")


def _carry(edits: tuple[Edit, ...], span: Span, here: int, there: int, growth: int) -> Span:
    start, end = span
    following = bisect_right(edits, start, key=itemgetter(here + 1))  # the first edit that ends behind the start
    if following < len(edits) and edits[following][here] < start:
        new_start = edits[following][there]
    else:
        new_start = start + (edits[following - 1][there + 1] - edits[following - 1][here + 1] if following else 0)
    if start == end:
        return new_start, new_start

    following = bisect_left(edits, end, lo=following, key=itemgetter(here))  # the first edit that starts at or behind
    if following and edits[following - 1][here + 1] > end:
        return new_start, edits[following - 1][there + 1]
    shift = edits[following][there] - edits[following][here] if following < len(edits) else growth
    return new_start, end + shift


def _compose(first: tuple[Edit, ...], second: tuple[Edit, ...]) -> tuple[Edit, ...]:
    seen = [
        (start, end, source_end - source_start - (end - start), 0) for source_start, source_end, start, end in first
    ]
    seen += [
        (start, end, 0, target_end - target_start - (end - start)) for start, end, target_start, target_end in second
    ]
    seen.sort(key=itemgetter(0))  # stable: a deletion of the first map stays ahead of what the second does there

    edits: list[Edit] = []
    source_shift = target_shift = 0
    for start, end, source_growth, target_growth in _join_overlapping(seen):
        source_start, target_start = start + source_shift, start + target_shift
        source_shift, target_shift = source_shift + source_growth, target_shift + target_growth
        edits.append((source_start, end + source_shift, target_start, end + target_shift))
    return tuple(edits)


def _join_overlapping(seen: list[_Seen]) -> list[_Seen]:
    joined: list[_Seen] = []
    for edit in seen:
        if joined and edit[0] < joined[-1][1]:
            start, end, source_growth, target_growth = joined[-1]
            joined[-1] = (start, max(end, edit[1]), source_growth + edit[2], target_growth + edit[3])
        else:
            joined.append(edit)
    return joined


def substitute(
    text: str, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]
) -> tuple[str, OffsetMap]:
    """Replace every match, as `pattern.sub` does, and keep the map.

    What a replacement leaves unchanged at its ends is not part of the edit, but where text is deleted *behind* kept
    characters, the last of these belongs to the edit and so owns what was deleted.

    Args:
        text: The source text.
        pattern: Matches at least one character.
        replacement: The new text of a match; "" deletes it.

    Returns:
        The target text and the map to it.
    """
    pieces: list[str] = []
    edits: list[Edit] = []
    copied = shift = 0
    for match in pattern.finditer(text):
        old, new = match[0], replacement(match)
        if old == new:
            continue
        head, tail = _unchanged(old, new)
        start, end = match.start() + head, match.end() - tail
        pieces += (text[copied:start], new[head : len(new) - tail])
        edits.append((start, end, start + shift, end + shift + len(new) - len(old)))
        copied, shift = end, shift + len(new) - len(old)
    if not edits:
        return text, OffsetMap.identity(len(text))
    pieces.append(text[copied:])
    return "".join(pieces), OffsetMap(len(text), len(text) + shift, tuple(edits))


def _unchanged(old: str, new: str) -> Span:
    """How many characters at the head and at the tail of `old` stay out of the edit that makes it `new`."""
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    if head == shorter:
        return max(head - 1, 0), 0
    room = min(len(old) - 1, len(new)) - head  # the edit keeps a character of `old`
    tail = 0
    while tail < room and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail
