"""What an annotator can learn from a review: where the gold differs from what they had marked, and why.

Annotators stay blind to each other: nothing that another one made is in it, and nothing of items that are not decided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from annotator.agreement.decisions import Decision, Ledger, Reason, gold_by_item, voters
from annotator.agreement.items import Edge, Item, KindName, Link, Vote
from annotator.agreement.kinds import differences
from annotator.model.annotation import Annotation, Attributes
from annotator.model.state import AnnotationState, reading_order
from annotator.services.adjudicating import decision_of
from annotator.services.looking import find_document
from annotator.services.project import Project
from annotator.store import annotators, decisions, documents, journal, returning
from annotator.store.annotators import GOLD
from annotator.store.documents import DocumentSummary
from annotator.store.reading import PIECE


CorrectionKind = KindName | Literal["rejected"]
"""How gold differs; "rejected" is "missed" the other way round: it lacks what the annotator had marked."""


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """An annotation with its text."""

    annotation: Annotation
    text: str


@dataclass(frozen=True, slots=True)
class MarkedRelation:
    """A relation of a span.

    Attributes:
        end: Which end of the relation the span is.
        other: The text at its other end.
    """

    label: str
    end: Literal["head", "tail"]
    other: str
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Side:
    """What the annotator had made of an item, or what the gold has of it."""

    spans: tuple[MarkedSpan, ...]
    relations: tuple[MarkedRelation, ...]
    document_labels: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was marked."""
        return not (self.spans or self.document_labels)


@dataclass(frozen=True, slots=True)
class Correction:
    """An item whose gold is not what the annotator had made of it.

    Attributes:
        start, end: From the first start to the last end on both sides, code points; 0 and 0 for document labels.
        edge, is_trivial: Of a boundary: which edge differs, and whether only trivially.
        yours: What they had made of it when it was decided.
        reason, comment: Why, where the reviewer said so.
        reviewer: A name, "" for a policy.
        policy: Its name and version, "" for a person.
        guideline: The version of the schema, and with it of the guideline.
        at: When, ISO 8601, UTC.
    """

    doc_id: str
    title: str
    start: int
    end: int
    kind: CorrectionKind
    edge: Edge
    is_trivial: bool
    yours: Side
    gold: Side
    reason: Reason
    comment: str
    reviewer: str
    policy: str
    guideline: int
    at: str


@dataclass(frozen=True, slots=True)
class SentBack:
    """A document that was sent back to the annotator.

    Attributes:
        at: When, ISO 8601, UTC.
        settled_at: When they were done with it again, or None.
    """

    doc_id: str
    title: str
    note: str
    reviewer: str
    at: str
    settled_at: str | None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What came of one annotator's work.

    Attributes:
        decided: The decided items of which they or the gold have anything.
        corrections: Those of them that the gold has otherwise, by document and place.
        sent_back: By document, oldest first.
    """

    annotator: str
    decided: int
    corrections: tuple[Correction, ...]
    sent_back: tuple[SentBack, ...]

    @property
    def kept(self) -> int:
        """How many items are gold as they had marked them."""
        return self.decided - len(self.corrections)

    @property
    def kinds(self) -> dict[CorrectionKind, int]:
        """The numbers of corrections by kind, the most first."""
        return dict(Counter(one.kind for one in self.corrections).most_common())


def feedback(project: Project, annotator: str, doc_id: str | None = None) -> Feedback:
    """What reviewers and policies made of an annotator's work, by the decisions in force.

    Args:
        project: The open project.
        annotator: Whose work; somebody unknown has none.
        doc_id: The only document to look at, or an unambiguous beginning of its id; all where it is None.

    Raises:
        UsageError: No document, or more than one, has this id.
    """
    only = None if doc_id is None else find_document(project, doc_id)
    with project.store.read() as connection:
        annotator_id = annotators.find(connection, annotator)
        if annotator_id is None:
            return Feedback(annotator, 0, (), ())
        name = dict(annotators.all_names(connection))[annotator_id]
        summaries = {one.doc_id: one for one in documents.summaries(connection, annotator_id)}
        sent_back = [
            SentBack(one.doc_id, summaries[one.doc_id].title, one.note, one.reviewer, one.at, one.settled_at)
            for one in returning.all_returned(connection, annotator_id)
            if only in {None, summaries[one.doc_id].id}
        ]
        gold_id = annotators.find_gold(connection)
    own = [one for _, one in sorted(summaries.items()) if one.status != "new" and only in {None, one.id}]
    judged = [] if gold_id is None else list(_judged(project, own, name, annotator_id, gold_id))
    return Feedback(
        name,
        sum(number for number, _ in judged),
        tuple(correction for _, found in judged for correction in found),
        tuple(sorted(sent_back, key=lambda one: one.doc_id)),
    )


def _judged(
    project: Project, own: Sequence[DocumentSummary], annotator: str, annotator_id: int, gold_id: int
) -> Iterator[tuple[int, list[Correction]]]:
    """Of each document with decisions: how many items are decided, and the corrections by place."""
    for first in range(0, len(own), PIECE):  # a transaction that lasts would keep others from saving
        piece = own[first : first + PIECE]
        with project.store.read() as connection:
            rows = decisions.in_force(connection, [one.id for one in piece])
            for summary in piece:
                ledger = Ledger([decision_of(row) for row in rows.get(summary.id, ())])
                if ledger.decisions:
                    text = documents.load(connection, summary.id).text
                    gold = journal.load_state(connection, (gold_id, summary.id))
                    mine = journal.load_state(connection, (annotator_id, summary.id))
                    yield _compared(summary, text, _settled(annotator, ledger, gold, mine))


def _compared(summary: DocumentSummary, text: str, items: Iterable[_Settled]) -> tuple[int, list[Correction]]:
    """How many items of a document the annotator or the gold have anything of, and the corrections by place."""
    filled = [item for item in items if not item.is_empty]
    found = (_correction(summary, text, item) for item in filled)
    return len(filled), sorted(filter(None, found), key=lambda one: (one.start, one.end))


@dataclass(slots=True)
class _Settled:
    """A decided item: the decisions about it, oldest first, what the annotator had made of it, and its gold.

    Attributes:
        ends: The annotations at the other ends of relations, by id.
    """

    decisions: Sequence[Decision]
    vote: Vote
    gold: Vote
    ends: Mapping[str, Annotation]

    @property
    def key(self) -> str:
        return self.decisions[-1].item

    @property
    def is_empty(self) -> bool:
        return not any(
            (self.vote.annotations, self.vote.document_labels, self.gold.annotations, self.gold.document_labels)
        )

    @property
    def said(self) -> Decision:
        """The latest decision that says why, no older than the latest ruling; else the latest one."""
        for decision in reversed(self.decisions):
            if decision.reason or decision.comment:
                return decision
            if decision.action != "edit":
                break
        return self.decisions[-1]


def _settled(annotator: str, ledger: Ledger, gold: AnnotationState, own: AnnotationState) -> list[_Settled]:
    """The items of a document that are decided, also those of what nobody had marked."""
    latest = list(_latest(ledger))
    gold_of = gold_by_item(gold, [item for item, _ in latest], ledger)
    items = []
    for item, about in latest:
        vote = next((vote for vote in item.votes if vote.annotator == annotator), None)
        if vote is not None and about[-1].action != "defer":
            labels = gold.document_labels if item.group == "document" else ()
            items.append(_Settled(about, vote, Vote(GOLD, tuple(gold_of[item.key]), document_labels=labels), {}))
    _relate(items, gold)
    return [*items, *_added(annotator, ledger, gold, own, items)]


def _latest(ledger: Ledger) -> Iterator[tuple[Item, list[Decision]]]:
    """Every item as it was when it was decided last, with the decisions about it, oldest first."""
    for decision in ledger.decisions:
        spans = [(one.start, one.end) for vote in decision.votes for one in vote.annotations]
        start, end = min((span[0] for span in spans), default=0), max((span[1] for span in spans), default=0)
        item = Item(decision.item, decision.group, start, end, decision.votes, "agree", ())
        about = ledger.concerning(item) if decision.item else []
        if about and about[-1] is decision:
            yield item, about


def _relate(items: Sequence[_Settled], gold: AnnotationState) -> None:
    """Give the items the relations that can be compared: both the annotator and the gold have something at each end.

    Where one of them has nothing at the other end, that item says so already.
    """
    own_home = {one.id: item for item in items for one in item.vote.annotations}
    gold_home = {one.id: item for item in items for one in item.gold.annotations}
    ends = {one.id: one for item in items for one in (*item.vote.annotations, *item.gold.annotations)}
    given: dict[str, list[Link]] = {}
    for one in gold.relations:
        head, tail = gold_home.get(one.head), gold_home.get(one.tail)
        if head is not None and tail is not None:
            owner = tail if _carries(tail, head) else head
            given.setdefault(owner.key, []).append(Link(one.id, one.label, one.head, one.tail, one.attributes, ""))
    for item in items:
        item.vote = replace(item.vote, links=tuple(_comparable(item, item.vote.links, own_home)))
        item.gold = replace(item.gold, links=tuple(_comparable(item, given.get(item.key, ()), gold_home)))
        item.ends = ends


def _carries(tail: _Settled, head: _Settled) -> bool:
    """Whether the relations from one item to another were decided with that at their tail."""
    starts = set(voters(head.decisions[-1].votes))
    return any((vote.annotator, link.head) in starts for vote in tail.decisions[-1].votes for link in vote.links)


def _comparable(item: _Settled, links: Iterable[Link], home: Mapping[str, _Settled]) -> Iterator[Link]:
    """Those of an item's relations to something that both sides have, with the item that this is."""
    for link in links:
        head, tail = home.get(link.head), home.get(link.tail)
        other = tail if head is item else head
        if other is not None and other.vote.annotations and other.gold.annotations:
            yield replace(link, other=other.key)


def _added(
    annotator: str, ledger: Ledger, gold: AnnotationState, own: AnnotationState, items: Sequence[_Settled]
) -> Iterator[_Settled]:
    """What the gold has without any item, as far as the annotator lacks it; theirs of a decided item goes with that.

    Whose work was neither judged nor finished is not told what to find.
    """
    votes = (vote for decision in ledger.decisions for vote in decision.votes)
    if own.status != "done" and not any(vote.annotator == annotator for vote in votes):
        return
    for one in gold.annotations:
        decision = ledger.by_gold.get(one.id)
        if decision is None or decision.item:
            continue
        home = next((item for item in items if any(_is_like(one, other) for other in item.vote.annotations)), None)
        if home is not None:
            together = sorted((*home.gold.annotations, one), key=reading_order)
            home.gold = replace(home.gold, annotations=tuple(together))
        elif not any(_is_like(one, other) for other in own.overlapping(one.start, one.end)):
            yield _Settled([decision], Vote(annotator), Vote(GOLD, (one,)), {})
    labelled = [decision for decision in ledger.decisions if decision.group == "document"]
    if labelled and not labelled[-1].item and gold.document_labels and not own.document_labels:
        yield _Settled([labelled[-1]], Vote(annotator), Vote(GOLD, document_labels=gold.document_labels), {})


def _is_like(one: Annotation, other: Annotation) -> bool:
    """Whether two annotations may mean one thing: they overlap and have one label, or have the same offsets."""
    overlap = max(one.start, other.start) < min(one.end, other.end)
    return overlap and (one.label == other.label or (one.start, one.end) == (other.start, other.end))


def _correction(summary: DocumentSummary, text: str, item: _Settled) -> Correction | None:
    """How the gold of an item differs, or None where it does not."""
    found = differences(text, (item.vote, item.gold), frozenset())
    if not found:
        return None
    (difference,) = found
    spans = (*item.vote.annotations, *item.gold.annotations)
    latest, said = item.decisions[-1], item.said
    return Correction(
        summary.doc_id,
        summary.title,
        min((one.start for one in spans), default=0),
        max((one.end for one in spans), default=0),
        "rejected" if difference.missed_by == GOLD else difference.kind,
        difference.edge,
        difference.is_trivial,
        _side(text, item.vote, item.ends.get),
        _side(text, item.gold, item.ends.get),
        said.reason,
        said.comment,
        latest.reviewer,
        latest.policy,
        latest.guideline,
        latest.at,
    )


def _side(text: str, vote: Vote, find: Callable[[str], Annotation | None]) -> Side:
    ids = {one.id for one in vote.annotations}
    relations = []
    for link in vote.links:
        other = find(link.tail if link.head in ids else link.head)
        if other is not None:
            end: Literal["head", "tail"] = "head" if link.head in ids else "tail"
            relations.append(MarkedRelation(link.label, end, text[other.start : other.end], link.attributes))
    spans = tuple(MarkedSpan(one, text[one.start : one.end]) for one in vote.annotations)
    return Side(spans, tuple(relations), vote.document_labels)
