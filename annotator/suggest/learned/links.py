"""Which source a claim is related to: a guess by where the mentions stand, as the guideline of the relation tells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from annotator.suggest.learned.tags import Found
from annotator.suggest.lines import lines
from annotator.text.sentences import sentences


CLAIM, SOURCE, RELATION = "claim", "source", "attributed_to"
_UNATTRIBUTED = "none"
_MOST = 3
_JOINED = frozenset(("و", "،و", "،"))


def attributions(text: str, claims: Sequence[Found], sources: Sequence[Found]) -> Iterator[tuple[Found, Found]]:
    """Pairs of a claim and a source that answers for it.

    That is the mention nearest before the claim in its sentence, with those that it is joined to by و; else the first
    behind it in the sentence; else, where the claim is known to be reported, the last mention before.

    Args:
        text: The document.
        claims: In order, disjoint; one of the value "none" has no source.
        sources: In order, disjoint.
    """
    ends = _sentence_ends(text) if claims and sources else []
    for claim in claims:
        if claim.value == _UNATTRIBUTED or not ends:
            continue
        number = bisect_right(ends, claim.start)
        start, end = ends[number - 1] if number else 0, ends[number] if number < len(ends) else len(text)
        before = bisect_right(sources, claim.start, key=attrgetter("end"))
        behind = bisect_right(sources, claim.end - 1, key=attrgetter("start"))
        if before and sources[before - 1].start >= start:
            yield from ((claim, source) for source in _joined(text, sources[:before][-_MOST:]))
        elif behind < len(sources) and sources[behind].end <= end:
            yield claim, sources[behind]
        elif before and claim.value:
            yield from ((claim, source) for source in _joined(text, sources[:before][-_MOST:]))


def _sentence_ends(text: str) -> list[int]:
    return [line.start + end for line in lines(text) for _, end in sentences(line.text)]


def _joined(text: str, mentions: Sequence[Found]) -> list[Found]:
    """The last of some mentions, with those before it that are joined to it."""
    joined = [mentions[-1]]
    for mention in reversed(mentions[:-1]):
        if "".join(text[mention.end : joined[0].start].split()) not in _JOINED:
            break
        joined.insert(0, mention)
    return joined
