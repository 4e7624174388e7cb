"""Relation F1 of two annotators: the share of their relations that both drew.

The same F1 as of spans (`annotator.agreement.spans`): 2 * matched / (relations of one + relations of the other).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from annotator.agreement.measure import Measure
from annotator.agreement.spans import Counts, aligned, f1_of
from annotator.agreement.study import Unit
from annotator.errors import UsageError


RelationMatch = Literal["exact", "aligned"]
Link = tuple[str, Unit, Unit]
"""A relation: label, head, tail; each end (start, end, label)."""


def relation_f1(
    one: Sequence[Link],
    other: Sequence[Link],
    match: RelationMatch = "exact",
    spans_of_one: Sequence[Unit] = (),
    spans_of_other: Sequence[Unit] = (),
) -> Measure:
    """F1 of two annotators' relations of one document.

    Args:
        one: Relations (label, head, tail), each end (start, end, label); the same one twice counts once.
        other: As `one`.
        match: What makes two relations match, beside their labels and the same direction. "exact": both ends with the
            same offsets and label. "aligned": both ends stand for each other: spans of the same label with shared over
            joint length at least 0.5, one-to-one (`annotator.agreement.spans.aligned`).
        spans_of_one: For "aligned", spans that one marked; the ends need not be repeated. A span of the other's that
            stands for one of these is not free to stand for an end.
        spans_of_other: As `spans_of_one`.

    Returns:
        0 to 1. n counts the relations of both. Where neither drew any it is 1 with n = 0, to be left out of means.

    Raises:
        OffsetError: A span ends before it starts.
        UsageError: An unknown match.
    """
    return f1_of(relation_counts(one, other, match, spans_of_one, spans_of_other), of="relations")


def relation_counts(
    one: Sequence[Link],
    other: Sequence[Link],
    match: RelationMatch = "exact",
    spans_of_one: Sequence[Unit] = (),
    spans_of_other: Sequence[Unit] = (),
) -> Counts:
    """What `annotator.agreement.spans.f1_of` needs of one document; arguments and errors as `relation_f1`."""
    total = Counts(0, 0, 0)
    for counts in relation_counts_by_label(one, other, match, spans_of_one, spans_of_other).values():
        total = total.plus(counts)
    return total


def relation_counts_by_label(
    one: Sequence[Link],
    other: Sequence[Link],
    match: RelationMatch = "exact",
    spans_of_one: Sequence[Unit] = (),
    spans_of_other: Sequence[Unit] = (),
) -> dict[str, Counts]:
    """The same by the label of the relation, for all that either gave."""
    mine, theirs = _links(one), _links(other)
    if match == "exact":
        same = mine & theirs
    elif match == "aligned":
        counterpart = dict(aligned([*spans_of_one, *_ends(mine)], [*spans_of_other, *_ends(theirs)]))
        same = {
            (label, counterpart[head], counterpart[tail])
            for label, head, tail in mine
            if head in counterpart and tail in counterpart
        } & theirs
    else:
        raise UsageError('There is no match "{match}"', match=match, hint="exact or aligned.")
    return {
        label: Counts(*(sum(link[0] == label for link in links) for links in (same, mine, theirs)))
        for label in dict.fromkeys(link[0] for link in [*one, *other])
    }


def _links(relations: Sequence[Link]) -> set[Link]:
    """The relations once each, with ends that compare equal however they were given."""
    return {(label, _end(head), _end(tail)) for label, head, tail in relations}


def _end(end: Unit) -> Unit:
    return int(end[0]), int(end[1]), end[2]


def _ends(links: set[Link]) -> list[Unit]:
    return [end for _, head, tail in links for end in (head, tail)]
