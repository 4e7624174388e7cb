"""What there is to review in a project, the worst documents first, and merging what needs no reviewer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from statistics import fmean

from annotator.agreement.decisions import UNDECIDED, Ledger, StandingName, with_gone
from annotator.agreement.itemizing import items_of
from annotator.agreement.items import Item, KindName
from annotator.agreement.policies import Policy
from annotator.agreement.study import StudyDocument, units
from annotator.errors import UsageError
from annotator.services.adjudicating import GoldSession, decision_of, mergeable, study_document
from annotator.services.project import Project
from annotator.store import annotators, decisions, documents, reading, returning, studying
from annotator.store.engine import Connection
from annotator.store.studying import StatusFilter


__all__ = [
    "ItemFacts",
    "ReviewDocument",
    "StatusFilter",
    "item_facts",
    "look_again",
    "merge",
    "reviewable",
    "survey",
]


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What a list has to know of an item.

    Attributes:
        kinds: All kinds of disagreement in it, the gravest one as `kind`.
        pairs: Every two annotators who differ about it, each pair sorted.
    """

    key: str
    kind: KindName
    kinds: frozenset[KindName]
    labels: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]
    standing: StandingName

    @property
    def is_disputed(self) -> bool:
        """Whether the annotators differ about it."""
        return self.kind != "agree"

    @property
    def is_undecided(self) -> bool:
        """Whether it is to be decided, for the first time or again."""
        return self.standing in UNDECIDED


@dataclass(frozen=True, slots=True)
class ReviewDocument:
    """A document of a review.

    Attributes:
        id: The document's row.
        annotators: Who worked on it, by name.
        unfinished: Those of them who are not done with it.
        items: The items that are disputed or to be decided.
        settled, total: Numbers of all its items.
        f1: The mean F1 of exact spans over the pairs of its annotators.
        is_own: Whether the reviewer is one of them.
        returned_to: To whom of them it was sent back who are not done with it again.
    """

    id: int
    doc_id: str
    title: str
    annotators: tuple[str, ...]
    unfinished: tuple[str, ...]
    items: tuple[ItemFacts, ...]
    settled: int
    total: int
    f1: float
    is_own: bool
    returned_to: tuple[str, ...] = ()

    @property
    def undecided(self) -> int:
        """How many items are to be decided."""
        return sum(item.is_undecided for item in self.items)


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What came of merging.

    Attributes:
        items, documents: What the policy decided, and in how many documents.
        empty: Documents in which nobody marked anything, which is their gold now.
        left, left_documents: What is left to a reviewer, deferred items too, and in how many documents.
    """

    items: int = 0
    documents: int = 0
    empty: int = 0
    left: int = 0
    left_documents: int = 0


@dataclass(frozen=True, slots=True)
class _Shared:
    """A document of a review with its row, what there is to decide, and what was decided."""

    row: int
    study: StudyDocument
    items: tuple[Item, ...]
    ledger: Ledger


OnDocument = Callable[[int, int], None]
"""Told how many documents are done, and of how many."""


def look_again(project: Project, reviewer: str, document: ReviewDocument, status: StatusFilter) -> ReviewDocument:
    """A document as it is now."""
    with project.store.read() as connection:
        people = studying.people_of(connection, ())
        shared = list(studying.read_documents(connection, [document.id], people, status))
        own_name = _stored_name(connection, reviewer)
    if not shared or len(shared[0].work) < 2:
        return document  # somebody took their work back meanwhile
    return _facts(next(_with_decisions(project, shared)), own_name, _sent_back(project))


def survey(
    project: Project, reviewer: str, *, status: StatusFilter = "any", on_document: OnDocument = lambda done, all_: None
) -> list[ReviewDocument]:
    """All documents that at least two annotators worked on, those that they agree least about first.

    Args:
        project: The open project.
        reviewer: Whose review it is.
        status: "any", or "done" for the work that its annotator finished.
        on_document: Told of the progress.
    """
    found = []
    total = studying.study_facts(project.store, status=status).documents
    with project.store.read() as connection:
        own_name = _stored_name(connection, reviewer)
    sent_back = _sent_back(project)
    for number, shared in enumerate(_shared(project, status), 1):
        found.append(_facts(shared, own_name, sent_back))
        on_document(number, total)
    return sorted(found, key=lambda document: (document.f1, document.doc_id))


def merge(
    project: Project,
    policy: Policy,
    *,
    status: StatusFilter = "any",
    on_document: OnDocument = lambda done, all_: None,
) -> MergeReport:
    """Let a policy decide what it can, document by document; what a person decided is never touched."""
    total = studying.study_facts(project.store, status=status).documents
    report = MergeReport()
    for number, shared in enumerate(_shared(project, status), 1):
        items, ledger, decided = shared.items, shared.ledger, 0
        is_empty = not items and not ledger.decisions and policy.decides
        if is_empty or mergeable(items, ledger, policy):
            session = GoldSession(project, "", shared.row, status=status)
            decided = session.merge(policy)
            items, ledger = session.items, session.ledger
        left = sum(ledger.standing(item).name != "settled" for item in items)
        report = MergeReport(
            report.items + decided,
            report.documents + bool(decided),
            report.empty + is_empty,
            report.left + left,
            report.left_documents + bool(left),
        )
        on_document(number, total)
    return report


def reviewable(found: Sequence[ReviewDocument], *, allow_own: bool) -> list[ReviewDocument]:
    """The documents that a reviewer may decide about.

    Raises:
        UsageError: There is none.
    """
    if not found:
        raise UsageError(
            "there is nothing to review: no document has the work of two annotators",
            hint="`annotator status` shows who worked on what.",
        )
    allowed = [document for document in found if allow_own or not document.is_own]
    if not allowed:
        raise UsageError(
            "you annotated every document that there is to review",
            hint="Ask somebody else to review, or give --allow-own to judge your own work.",
        )
    return allowed


def _stored_name(connection: Connection, name: str) -> str:
    known = dict(annotators.all_names(connection))
    found = annotators.find(connection, name) if name else None
    return known[found] if found is not None else name


def _shared(project: Project, status: StatusFilter) -> Iterator[_Shared]:
    """The shared documents by doc_id, with their decisions; those are read for many at once."""
    shared = studying.shared_documents(project.store, status=status)
    while piece := list(islice(shared, reading.PIECE)):
        yield from _with_decisions(project, piece)


def _with_decisions(project: Project, shared: Sequence[studying.SharedDocument]) -> Iterator[_Shared]:
    with project.store.read() as connection:
        found = documents.identities(connection, [document.doc_id for document in shared])
        rows = {identity.doc_id: identity.id for identity in found}
        decided = decisions.in_force(connection, list(rows.values()))
        gold = annotators.find_gold(connection)
        work = reading.work_on(connection, list(rows.values()), [] if gold is None else [gold])
    for document in shared:
        row, study = rows[document.doc_id], study_document(document)
        ledger = Ledger([decision_of(one) for one in decided.get(row, ())])
        items = items_of(study, project.schema)
        if gold is not None and row in work:
            items = with_gone(items, ledger, work[row][gold].state)
        yield _Shared(row, study, items, ledger)


def _sent_back(project: Project) -> dict[str, tuple[str, ...]]:
    """For each document, by doc_id, to whom it was sent back who are not done with it again."""
    found: dict[str, tuple[str, ...]] = {}
    with project.store.read() as connection:
        for one in returning.all_returned(connection):
            if one.settled_at is None and one.annotator not in found.get(one.doc_id, ()):
                found[one.doc_id] = (*found.get(one.doc_id, ()), one.annotator)
    return found


def _facts(shared: _Shared, reviewer: str, sent_back: Mapping[str, tuple[str, ...]]) -> ReviewDocument:
    study, items = shared.study, shared.items
    standings = [shared.ledger.standing(item).name for item in items]
    names = tuple(sorted(study.work))
    return ReviewDocument(
        id=shared.row,
        doc_id=study.doc_id,
        title=study.title,
        annotators=names,
        unfinished=tuple(name for name in names if study.work[name].status != "done"),
        items=tuple(
            item_facts(item, standing)
            for item, standing in zip(items, standings, strict=True)
            if item.is_disputed or standing != "settled"
        ),
        settled=standings.count("settled"),
        total=len(items),
        f1=_exact_f1(study),
        is_own=reviewer in names,
        returned_to=sent_back.get(study.doc_id, ()),
    )


def item_facts(item: Item, standing: StandingName) -> ItemFacts:
    """What a list has to know of an item."""
    return ItemFacts(
        item.key,
        item.kind,
        frozenset(one.kind for one in item.differences) or frozenset({item.kind}),
        item.labels,
        frozenset((min(one.one, one.other), max(one.one, one.other)) for one in item.differences),
        standing,
    )


def _exact_f1(study: StudyDocument) -> float:
    """The mean F1 of exact spans over all pairs; two who marked nothing agree."""
    spans = [set(units(state)) for state in study.work.values()]
    return fmean(
        2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0 for one, other in combinations(spans, 2)
    )
