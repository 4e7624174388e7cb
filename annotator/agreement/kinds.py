"""How two votes of an item differ: the gravest kind of disagreement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from itertools import combinations
from typing import get_args

from annotator.agreement.items import Difference, Edge, KindName, Vote, content, links, placed
from annotator.agreement.joining import cover
from annotator.agreement.pairing import Pair, Pairing, pairing, span_and_label, span_of
from annotator.agreement.trivial import is_trivial
from annotator.errors import N_
from annotator.model.annotation import Annotation


KINDS: tuple[KindName, ...] = get_args(KindName)

KIND_NAMES: dict[str, str] = {
    "agree": N_("agree"),
    "attribute": N_("attribute"),
    "relation": N_("relation"),
    "document label": N_("document label"),
    "label": N_("label"),
    "boundary": N_("boundary"),
    "split": N_("split or merged"),
    "boundary and label": N_("boundary and label"),
    "missed": N_("missed"),
}
"""What people call them."""
"""The mildest first."""


def gravest(kinds: Iterable[KindName]) -> KindName:
    """The gravest of some kinds; "agree" of none."""
    return max(kinds, key=KINDS.index, default="agree")


def differences(text: str, votes: Sequence[Vote], disputed: Set[str]) -> tuple[Difference, ...]:
    """How every two votes of an item differ, by the gravest kind of each two; nothing of two with equal content.

    Args:
        text: The document's text.
        votes: Of one item.
        disputed: The keys of the items of the document whose spans are not the same for all.
    """
    contents = [(vote, content(vote)) for vote in votes]
    apart = [(one, other) for (one, mine), (other, yours) in combinations(contents, 2) if mine != yours]
    if not apart:
        return ()
    is_settled = spans_agree([vote.annotations for vote in votes])
    return tuple(_difference(text, one, other, disputed, is_settled) for one, other in apart)


def spans_agree(annotations: Sequence[Sequence[Annotation]]) -> bool:
    """Whether all votes have the same offsets and labels; attributes may differ."""
    first = [span_and_label(one) for one in annotations[0]] if annotations else []
    return all([span_and_label(one) for one in vote] == first for vote in annotations[1:])


def kind_of(one: Annotation, other: Annotation) -> KindName:
    """How two annotations that stand against one another differ."""
    if span_of(one) == span_of(other):
        if one.label != other.label:
            return "label"
        return "agree" if placed(one) == placed(other) else "attribute"
    return "boundary" if one.label == other.label else "boundary and label"


def _difference(text: str, one: Vote, other: Vote, disputed: Set[str], is_settled: bool) -> Difference:
    if one.document_labels != other.document_labels:
        return Difference(one.annotator, other.annotator, "document label")
    found = pairing(one.annotations, other.annotations)
    links_apart = links(one) ^ links(other)
    kinds: list[KindName] = [kind_of(*pair) for pair in found.pairs]
    if found.splits:
        kinds.append("split")
    if found.only_one or found.only_other:
        kinds.append("missed")
    if links_apart:
        kinds.append("relation")
    kind = gravest(kinds)
    edge, only_trivial = _boundary(text, found.pairs) if kind == "boundary" else ("", False)
    return Difference(
        one.annotator,
        other.annotator,
        kind,
        edge,
        only_trivial,
        _misser(one, other, found) if kind == "missed" else "",
        kind == "relation" and (not is_settled or all(elsewhere in disputed for *_, elsewhere, _ in links_apart)),
    )


def _misser(one: Vote, other: Vote, found: Pairing) -> str:
    """Who marked nothing; where each lacks something of the other, who lacks more characters."""
    lacks_other = cover(map(span_of, found.only_one)) >= cover(map(span_of, found.only_other))
    return other.annotator if lacks_other else one.annotator


def _boundary(text: str, pairs: Iterable[Pair]) -> tuple[Edge, bool]:
    """Which edges differ in some pairs, and whether all that do differ trivially."""
    starts = [(one.start, other.start) for one, other in pairs if one.start != other.start]
    ends = [(one.end, other.end) for one, other in pairs if one.end != other.end]
    edge: Edge = "both" if starts and ends else "start" if starts else "end"
    return edge, (
        all(is_trivial(text, *edges, "start") for edges in starts)
        and all(is_trivial(text, *edges, "end") for edges in ends)
    )
