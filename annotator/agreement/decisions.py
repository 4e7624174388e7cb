"""Decisions about items: who decided, from which votes, which gold came of it, and what stands of them.

The gold of a document is an ordinary annotation state; `annotator.agreement.ruling` makes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from annotator.agreement.items import Item, Link, Vote
from annotator.model.annotation import Annotation
from annotator.model.state import AnnotationState


Action = Literal["take", "edit", "add", "reject", "defer", "auto", "undo", "redo"]
"""A version was taken; the gold was changed by hand; a span or document label that nobody gave was added; nothing
belongs here; it is left for later; a policy took what the annotators agree on; an operation was taken back, or
repeated."""

Reason = Literal["", "guideline", "slip", "unclear", "text", "other"]
"""Why a version was not taken: against the guideline, a slip, the guideline is unclear, the text is, another reason."""

REASONS: tuple[Reason, ...] = get_args(Reason)


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one item.

    Attributes:
        op_id: The operation on the gold that it came with.
        reviewer: A name, "" for a policy.
        guideline: The version of the schema, and with it of the guideline.
        at: When, ISO 8601, UTC.
        item: The key of the item as it was then; "" for a span that nobody marked.
        policy: The name and version of the policy, "" for a person.
        votes: What each annotator had made of the item then.
        taken: Whose version was taken.
        gold: The ids of the gold's annotations and relations that it made or changed.
    """

    op_id: str
    action: Action
    reviewer: str
    guideline: int
    at: str
    item: str = ""
    group: str = ""
    kind: str = ""
    policy: str = ""
    reason: Reason = ""
    comment: str = ""
    votes: tuple[Vote, ...] = ()
    taken: tuple[str, ...] = ()
    gold: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is to be decided about one item.

    Attributes:
        taken: Whose version is taken, the first one's ids are those that relations go by; nobody's for a rejection or
            a deferral.
    """

    item: Item
    action: Action
    taken: tuple[str, ...] = ()
    reason: Reason = ""
    comment: str = ""
    policy: str = ""

    @property
    def vote(self) -> Vote | None:
        """The version that is taken."""
        return vote_of(self.item.votes, self.taken)


StandingName = Literal["open", "settled", "deferred", "reopened"]

UNDECIDED = ("open", "reopened")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an item is.

    Attributes:
        name: Reopened where somebody changed their work after it was decided.
        decision: The latest decision about it, or None.
    """

    name: StandingName
    decision: Decision | None = None

    @property
    def is_undecided(self) -> bool:
        """Whether it is to be decided, for the first time or again."""
        return self.name in UNDECIDED


class Ledger:
    """The decisions in force about one document, oldest first, found by item and by gold."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self.decisions = tuple(decisions)
        self._by_item: dict[str, list[int]] = {}
        self._by_voter: dict[tuple[str, str], list[int]] = {}
        self._of_document: list[int] = []
        self._concerning: dict[str, list[Decision]] = {}
        self.by_gold: dict[str, Decision] = {}
        """The latest decision about each gold annotation or relation, by its id."""
        for number, decision in enumerate(self.decisions):
            for voter in voters(self._votes(decision)):
                self._by_voter.setdefault(voter, []).append(number)
            self._by_item.setdefault(decision.item, []).append(number)
            if decision.group == "document":
                self._of_document.append(number)
            self.by_gold |= dict.fromkeys(decision.gold, decision)

    def _votes(self, decision: Decision) -> tuple[Vote, ...]:
        """What it was decided from; for gold that nobody had marked any more, what had been marked before."""
        before = self._by_item.get(origin(decision.item)) if is_gone(decision.item) else None
        return self.decisions[before[-1]].votes if before else decision.votes

    def concerning(self, item: Item) -> list[Decision]:
        """The decisions about an item, as it is or as it was before somebody changed their work; oldest first."""
        if item.key not in self._concerning:
            found = {*self._by_item.get(item.key, ()), *self._by_item.get(origin(item.key), ())}
            if item.group == "document":
                found.update(self._of_document)
            for voter in voters(item.votes):
                found.update(self._by_voter.get(voter, ()))
            self._concerning[item.key] = [self.decisions[number] for number in sorted(found)]
        return self._concerning[item.key]

    def standing(self, item: Item) -> Standing:
        """How far an item is: the latest decision counts, and only where it was about the same votes."""
        concerning = self.concerning(item)
        if not concerning:
            return Standing("open")
        latest = concerning[-1]
        if latest.item != item.key:
            return Standing("reopened", latest)
        return Standing("deferred" if latest.action == "defer" else "settled", latest)


def voters(votes: Iterable[Vote]) -> Iterator[tuple[str, str]]:
    """Annotator and id of every annotation in some votes."""
    return ((vote.annotator, one.id) for vote in votes for one in vote.annotations)


def vote_of(votes: Iterable[Vote], taken: Sequence[str]) -> Vote | None:
    """The vote whose version is taken, None where nobody's is."""
    return next((vote for vote in votes if taken and vote.annotator == taken[0]), None)


def gold_by_item(state: AnnotationState, items: Sequence[Item], ledger: Ledger) -> dict[str, list[Annotation]]:
    """The gold annotations that stand for each item, by its key and in reading order.

    Each stands for one item at most. Where the item that it was decided for has become several, it is that one with
    which it shares most characters.
    """
    concerned: dict[int, list[Item]] = {}
    for item in items:
        for decision in ledger.concerning(item):
            concerned.setdefault(id(decision), []).append(item)
    found: dict[str, list[Annotation]] = {item.key: [] for item in items}
    for one in state.annotations:
        home = _closest(one, concerned.get(id(ledger.by_gold.get(one.id)), ()))
        if home is not None:
            found[home.key].append(one)
    return found


def _closest(gold: Annotation, items: Sequence[Item]) -> Item | None:
    def nearness(item: Item) -> tuple[int, bool]:
        return min(item.end, gold.end) - max(item.start, gold.start), gold.label in item.labels

    return items[0] if len(items) == 1 else max(items, key=nearness, default=None)


_GONE = "gone "


def is_gone(key: str) -> bool:
    """Whether the key is that of gold whose item no annotator has any more."""
    return key.startswith(_GONE)


def origin(key: str) -> str:
    """The key of the item that gone gold was decided for; any other key itself."""
    return key.removeprefix(_GONE)


def with_gone(items: Sequence[Item], ledger: Ledger, state: AnnotationState) -> tuple[Item, ...]:
    """The items of a document, and one more for each whose annotators took all of it back while the gold has it.

    Such an item has empty votes, and the place of the gold. It is reopened until a reviewer decides what becomes of
    that.
    """
    at_home = {one.id for found in gold_by_item(state, items, ledger).values() for one in found}
    lost: dict[str, list[Annotation]] = {}
    from_: dict[str, Decision] = {}
    for one in state.annotations:
        decision = ledger.by_gold.get(one.id)
        if one.id not in at_home and decision is not None and decision.item:
            key = _GONE + origin(decision.item)
            lost.setdefault(key, []).append(one)
            from_[key] = decision
    labelled = [one for one in ledger.decisions if one.group == "document"]
    if state.document_labels and labelled and labelled[-1].item and not any(one.group == "document" for one in items):
        key = _GONE + origin(labelled[-1].item)
        lost[key], from_[key] = [], labelled[-1]
    gone = [_gone(key, marked, from_[key]) for key, marked in lost.items()]
    return tuple(sorted((*items, *gone), key=_place)) if gone else tuple(items)


def _gone(key: str, gold: Sequence[Annotation], decision: Decision) -> Item:
    start, end = min((one.start for one in gold), default=0), max((one.end for one in gold), default=0)
    votes = tuple(Vote(vote.annotator) for vote in decision.votes)
    return Item(key, decision.group, start, end, votes, "agree", ())


def _place(item: Item) -> tuple[bool, int, int, str]:
    """The order of items: that of the document's labels last."""
    return item.group == "document", item.start, item.end, item.group


def votes_to_plain(votes: Iterable[Vote]) -> list[dict[str, Any]]:
    """Votes as JSON has them; an annotator who marked nothing has empty lists."""
    return [
        {
            "annotator": vote.annotator,
            "spans": [
                {
                    "id": one.id,
                    "start": one.start,
                    "end": one.end,
                    "label": one.label,
                    "attributes": [{"key": key, "value": value} for key, value in one.attributes],
                }
                for one in vote.annotations
            ],
            "relations": [
                {
                    "id": link.id,
                    "label": link.label,
                    "head": link.head,
                    "tail": link.tail,
                    "attributes": [{"key": key, "value": value} for key, value in link.attributes],
                }
                for link in vote.links
            ],
            "document_labels": list(vote.document_labels),
        }
        for vote in votes
    ]


def votes_from_plain(plain: Iterable[Mapping[str, Any]]) -> tuple[Vote, ...]:
    """Votes from their JSON."""
    return tuple(
        Vote(
            vote["annotator"],
            tuple(
                Annotation(one["id"], one["start"], one["end"], one["label"], _pairs(one["attributes"]))
                for one in vote["spans"]
            ),
            tuple(
                Link(one["id"], one["label"], one["head"], one["tail"], _pairs(one["attributes"]), "")
                for one in vote["relations"]
            ),
            tuple(vote["document_labels"]),
        )
        for vote in plain
    )


def _pairs(attributes: Iterable[Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((one["key"], one["value"]) for one in attributes)
