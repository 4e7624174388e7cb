"""What two annotators of a document share: counts that add up over documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotator.agreement.spans import Counts, Match, aligned, f1_counts, f1_counts_by_label
from annotator.agreement.study import Unit
from annotator.agreement.trivial import is_trivial


NONE = ""
"""Stands for the label of spans that have no counterpart; no label is called so."""

FURTHEST = 20
"""Edges that are as many characters apart, or more, are counted together."""

MATCHES: tuple[Match, ...] = ("exact", "overlap", "character")


@dataclass(frozen=True, slots=True)
class Pairing:
    """Which spans of two annotators stand for each other.

    Attributes:
        equal: Of the same offsets and label.
        shifted: Of the same label, IoU at least one half.
        relabelled: Of other labels, IoU at least one half.
        of_one, of_other: The rest.
    """

    equal: list[Unit]
    shifted: list[tuple[Unit, Unit]]
    relabelled: list[tuple[Unit, Unit]]
    of_one: list[Unit]
    of_other: list[Unit]


def paired(one: Sequence[Unit], other: Sequence[Unit]) -> Pairing:
    """Pair spans: equal ones first, then those of the same label, then any."""
    theirs = set(other)
    equal = [unit for unit in one if unit in theirs]
    one, other = _without(one, equal), _without(other, equal)
    shifted = aligned(one, other)
    one, other = _without(one, [mine for mine, _ in shifted]), _without(other, [its for _, its in shifted])
    relabelled = aligned(one, other, labelled=False)
    one, other = _without(one, [mine for mine, _ in relabelled]), _without(other, [its for _, its in relabelled])
    return Pairing(equal, shifted, relabelled, one, other)


def _without(units: Sequence[Unit], gone: Sequence[Unit]) -> list[Unit]:
    left_out = set(gone)
    return [unit for unit in units if unit not in left_out]


def f1_sums(text: str, one: Sequence[Unit], other: Sequence[Unit], pairing: Pairing) -> dict[tuple[str, str], Counts]:
    """Counts for F1 of two annotators' spans, by kind of match and label; "" is all labels together.

    "trivial" matches exactly, or but for edges that differ trivially. "exact unlabelled" and the like leave the label
    out of account.
    """
    found: dict[tuple[str, str], Counts] = {}
    for match in MATCHES:
        for label, counts in f1_counts_by_label(one, other, match).items():
            found[match, label] = counts
            found[match, ""] = found.get((match, ""), Counts(0, 0, 0)).plus(counts)
        found[f"{match} unlabelled", ""] = f1_counts(one, other, match, labelled=False)
    slight = Counter(mine[2] for mine, its in pairing.shifted if _differ_trivially(text, mine, its))
    slight[""] = slight.total()
    for label in {label for match, label in found if match == "exact"}:
        found["trivial", label] = found["exact", label].plus(Counts(slight[label], 0, 0))
    return found


def _differ_trivially(text: str, one: Unit, other: Unit) -> bool:
    return is_trivial(text, one[0], other[0], "start") and is_trivial(text, one[1], other[1], "end")


def confusions(pairing: Pairing) -> Iterator[tuple[str, str]]:
    """The labels that both gave to each thing, `NONE` where one gave none."""
    yield from ((unit[2], unit[2]) for unit in pairing.equal)
    yield from ((mine[2], its[2]) for mine, its in (*pairing.shifted, *pairing.relabelled))
    yield from ((unit[2], NONE) for unit in pairing.of_one)
    yield from ((NONE, unit[2]) for unit in pairing.of_other)


def edges(pairing: Pairing) -> Iterator[tuple[str, int]]:
    """How many characters the other's edge stands behind the one's, where spans of one label differ."""
    for mine, its in pairing.shifted:
        yield from (("start", its[0] - mine[0]), ("end", its[1] - mine[1]))


def binned(difference: int) -> int:
    """A difference, or the outer bin that it is in."""
    return max(-FURTHEST, min(FURTHEST, difference))
