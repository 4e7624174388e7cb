"""One reviewer at work on the gold of one document: every decision is on disk before it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import cast

from annotator.agreement.decisions import (
    Action,
    Decision,
    Ledger,
    Reason,
    Ruling,
    Standing,
    gold_by_item,
    is_gone,
    votes_from_plain,
    votes_to_plain,
    with_gone,
)
from annotator.agreement.itemizing import items_of
from annotator.agreement.items import Item
from annotator.agreement.policies import Policy
from annotator.agreement.ruling import Outcome, rule
from annotator.agreement.study import StudyDocument
from annotator.errors import N_, OperationError, UsageError
from annotator.model.annotation import Annotation, DocumentLabel, Relation
from annotator.model.history import History, JournalEntry
from annotator.model.operations import Operation, apply
from annotator.model.state import AnnotationState
from annotator.services.project import Project
from annotator.services.session import AnnotationSession, Spans, new_id
from annotator.store import annotators, decisions, returning, studying
from annotator.store.decisions import DecisionRow
from annotator.store.engine import Connection
from annotator.store.studying import StatusFilter


__all__ = ["GoldSession", "decision_of", "mergeable", "study_document"]


def decision_of(row: DecisionRow) -> Decision:
    """A decision from what is stored."""
    return Decision(
        op_id=row.op_id,
        action=cast("Action", row.action),
        reviewer=row.reviewer,
        guideline=row.guideline,
        at=row.at,
        item=row.item,
        group=row.group,
        kind=row.kind,
        policy=row.policy,
        reason=cast("Reason", row.reason),
        comment=row.comment,
        votes=votes_from_plain(row.votes),
        taken=row.taken,
        gold=row.gold,
    )


def row_of(decision: Decision) -> DecisionRow:
    """A decision as it is stored."""
    return DecisionRow(
        op_id=decision.op_id,
        item=decision.item,
        group=decision.group,
        kind=decision.kind,
        action=decision.action,
        policy=decision.policy,
        reviewer=decision.reviewer,
        reason=decision.reason,
        comment=decision.comment,
        guideline=decision.guideline,
        votes=votes_to_plain(decision.votes),
        taken=decision.taken,
        gold=decision.gold,
        at=decision.at,
    )


def study_document(shared: studying.SharedDocument) -> StudyDocument:
    """What several annotators made of a document, as items are built from it."""
    return StudyDocument(shared.doc_id, shared.title, shared.text, shared.work, shared.changed_at, {})


def mergeable(items: Iterable[Item], ledger: Ledger, policy: Policy) -> list[Ruling]:
    """What a policy decides of the items of a document.

    Never what a person has decided, not even where it changed since, and never what becomes of gold whose annotators
    took all of it back.
    """
    return [
        Ruling(item, "auto", taken, policy=policy.signature)
        for item in items
        if ledger.standing(item).is_undecided
        and not is_gone(item.key)
        and all(decision.action == "auto" for decision in ledger.concerning(item))
        and (taken := policy.choose(item))
    ]


class GoldSession(AnnotationSession):
    """The gold of one document in the hands of one reviewer; it sees what every annotator made.

    Its state and history are those of the gold. Operations on it that are no rulings are edits by hand, and are
    recorded as decisions about the items they touch.

    Attributes:
        reviewer: Who decides; "" where only policies do.
        study: The document with what each annotator made.
        items: What there is to decide, in reading order.
        ledger: The decisions in force.
        undecided: The items that nobody has decided, or that changed since.
        deferred: Those that were left for later.
    """

    undecided: tuple[Item, ...]
    deferred: tuple[Item, ...]

    def __init__(self, project: Project, reviewer: str, document_id: int, *, status: StatusFilter = "any") -> None:
        self.reviewer = reviewer
        self._status = status
        self._reviewer_id = 0
        self._decided: Sequence[Decision] = ()
        super().__init__(project, reviewer, document_id)

    def _sign_in(self, connection: Connection, annotator: str) -> int:
        if annotator:
            self._reviewer_id = annotators.ensure(connection, annotator, self._clock())
        return annotators.ensure_gold(connection, self._clock())

    def look_for_suggestions(self) -> bool:
        """A reviewer sees what people made, and nothing else."""
        return False

    def _load(self) -> tuple[AnnotationState, History, int]:
        document_id = self._place[1]
        loaded = super()._load()  # first: whoever decides in between is noticed at the next decision
        with self._store.read() as connection:
            people = studying.people_of(connection, ())
            shared = next(studying.read_documents(connection, [document_id], people, self._status))
            self.ledger = self._read_ledger(connection)
        self.study = study_document(shared)
        self.items = with_gone(items_of(self.study, self.schema), self.ledger, loaded[0])
        self._look_over(loaded[0])
        return loaded

    def _look_over(self, state: AnnotationState) -> None:
        """Find what stands for each item and how far it is: once for each change, since every key asks for it."""
        standings = [(item, self.standing(item)) for item in self.items]
        self.undecided = tuple(item for item, standing in standings if standing.is_undecided)
        self.deferred = tuple(item for item, standing in standings if standing.name == "deferred")
        self._gold = gold_by_item(state, self.items, self.ledger)
        self._home = {one.id: item for item in self.items for one in self._gold[item.key]}

    def _read_ledger(self, connection: Connection) -> Ledger:
        rows = decisions.in_force(connection, [self._place[1]]).get(self._place[1], [])
        return Ledger([decision_of(row) for row in rows])

    def standing(self, item: Item) -> Standing:
        """How far an item is."""
        return self.ledger.standing(item)

    def gold_of(self, item: Item) -> tuple[Annotation, ...]:
        """The gold annotations that stand for an item, in reading order."""
        return tuple(self._gold.get(item.key, ()))

    def item_of(self, annotation_id: str) -> Item | None:
        """The item that a gold annotation stands for; None where it belongs to none."""
        return self._home.get(annotation_id)

    def settle(self, rulings: Sequence[Ruling]) -> Spans:
        """Decide items, all in one operation, and return once it is on disk.

        Returns:
            The spans of the gold whose look changed.

        Raises:
            OperationError: Somebody else has changed the gold in the meantime, or it cannot have a version beside what
                it has.
            StoreError: It could not be written; everything is as it was.
        """
        return self._settle(rulings, rule(self.state, self.schema, self.items, self.ledger, rulings, new_id))

    def settle_edited(self, ruling: Ruling, edit: Callable[[AnnotationState, str], Operation]) -> Spans:
        """Decide an item by a version that is changed on its way: one operation, and one undo.

        Args:
            ruling: Whose version is taken.
            edit: Makes the change, from the gold with that version and the id of the version's first annotation.

        Raises:
            OperationError: As `settle`, or the change is not possible.
            StoreError: It could not be written; everything is as it was.
        """
        outcome = rule(self.state, self.schema, self.items, self.ledger, [ruling], new_id)
        state, _spans = apply(self.state, outcome.operation)
        first = next(one.id for one in state.annotations if one.id in outcome.gold[0])
        changes = (*outcome.operation.changes, *edit(state, first).changes)
        return self._settle([ruling], replace(outcome, operation=Operation("decide", changes)))

    def _settle(self, rulings: Sequence[Ruling], outcome: Outcome) -> Spans:
        return self._decide(
            outcome.operation,
            [
                replace(
                    self._about(ruling.item, ruling.action),
                    policy=ruling.policy,
                    reviewer="" if ruling.action == "auto" else self.reviewer,
                    reason=ruling.reason,
                    comment=ruling.comment,
                    taken=ruling.taken,
                    gold=gold,
                )
                for ruling, gold in zip(rulings, outcome.gold, strict=True)
            ],
        )

    def explain(self, item: Item, reason: Reason, comment: str) -> None:
        """Say why an item was decided as it was; the gold stays, and stands for the item as it is now.

        Raises:
            OperationError: It is not decided.
        """
        standing = self.standing(item)
        decision = standing.decision
        if decision is None:
            raise OperationError(N_("decide first, then say why"))
        spans = [one.id for one in self.gold_of(item)]
        related = {relation.id for id_ in spans for relation in self.state.relations_of(id_)}
        gold = (*spans, *(id_ for id_ in decision.gold if id_ in related))
        action: Action = "take" if decision.action == "auto" else decision.action
        if standing.name == "reopened" and action == "take":
            action = "edit"  # what was taken is no version of the item any more
        said = replace(self._about(item, action), reason=reason, comment=comment, taken=decision.taken, gold=gold)
        self._decide(Operation("decide", ()), [said])

    def _decide(self, operation: Operation, decided: Sequence[Decision]) -> Spans:
        """Carry an operation out under its decisions, which are given its op_id when it is written."""
        self._decided = decided
        try:
            return self.execute(operation)
        finally:
            self._decided = ()

    def _new_decision(self, action: Action) -> Decision:
        return Decision("", action, self.reviewer, self.schema.version, self._clock())

    def _about(self, item: Item, action: Action) -> Decision:
        """A decision about an item as it is now."""
        return replace(self._new_decision(action), item=item.key, group=item.group, kind=item.kind, votes=item.votes)

    def merge(self, policy: Policy) -> int:
        """Let a policy decide what it can; what was decided by a person is never touched.

        Returns:
            How many items it decided.
        """
        rulings = mergeable(self.items, self.ledger, policy)
        try:
            rulings, outcome = self._fitting(rulings)
            if rulings:
                self._settle(rulings, outcome)
            elif not self.items and not self.ledger.decisions and policy.decides:
                # that nobody marked anything is gold too
                nothing = replace(self._new_decision("auto"), policy=policy.signature, reviewer="")
                self._decide(Operation("decide", ()), [nothing])
        except OperationError:  # a reviewer was quicker, and the document was loaded again
            return self.merge(policy)
        return len(rulings)

    def _fitting(self, rulings: list[Ruling]) -> tuple[list[Ruling], Outcome]:
        """Those rulings that the schema allows beside the gold that there is, and what they come to."""
        try:
            return rulings, rule(self.state, self.schema, self.items, self.ledger, rulings, new_id)
        except OperationError:
            fitting: list[Ruling] = []
            outcome = Outcome(Operation("decide", ()), ())
            for ruling in rulings:
                with suppress(OperationError):
                    outcome = rule(self.state, self.schema, self.items, self.ledger, [*fitting, ruling], new_id)
                    fitting.append(ruling)
            return fitting, outcome

    def send_back(self, annotator: str, note: str) -> None:
        """Send the document back to one of its annotators, with a note.

        Raises:
            UsageError: They did not work on it, or there is no note.
        """
        if annotator not in self.study.work:
            raise UsageError(f"{annotator} did not work on this document")
        if not note:
            raise OperationError(N_("say what is to be done: write a note"))
        with self._store.write() as connection:
            place = annotators.require(connection, annotator), self._place[1]
            returning.send_back(connection, place, self._reviewer_id, note, self._clock())

    def _write(self, entries: Sequence[JournalEntry]) -> Spans:
        changed = super()._write(entries)
        self.ledger = self._next_ledger
        self._look_over(self.state)
        return changed

    def _write_beside(self, connection: Connection, entries: Sequence[JournalEntry]) -> None:
        decided = [replace(one, op_id=entry.op_id) for entry in entries for one in self._decisions(entry)]
        decisions.add(connection, self._place[1], self._reviewer_id, map(row_of, decided))
        self._next_ledger = self._ledger_after(connection, entries, decided)

    def _ledger_after(
        self, connection: Connection, entries: Sequence[JournalEntry], decided: Sequence[Decision]
    ) -> Ledger:
        """The decisions in force once entries are written; all of them are read again only where some come back."""
        if any(entry.kind == "redo" for entry in entries):
            return self._read_ledger(connection)
        undone = {entry.target for entry in entries if entry.kind == "undo"}
        new = [one for one in decided if one.action not in {"undo", "redo"}]
        return Ledger([*(one for one in self.ledger.decisions if one.op_id not in undone), *new])

    def _decisions(self, entry: JournalEntry) -> Sequence[Decision]:
        """What to record beside an entry: its rulings, or that it takes something back, or the items it edits."""
        if entry.kind in {"undo", "redo"}:
            return [self._new_decision(cast("Action", entry.kind))]
        return self._decided or list(self._edits(entry.operation))

    def _edits(self, operation: Operation) -> Iterator[Decision]:
        """For each item whose gold an operation changes by hand, that it does; for what belongs to none, together."""
        item_of = {item.key: item for item in self.items}
        of_document = next((item.key for item in self.items if item.group == "document"), "")
        changed: dict[str, list[str]] = {}
        is_known = is_document = False
        for change in operation.changes:
            value = change.after or change.before
            if isinstance(value, DocumentLabel):
                changed.setdefault(of_document, [])
                is_document = True
            elif isinstance(value, (Annotation, Relation)):
                end = value.head if isinstance(value, Relation) else value.id
                home = self._home.get(end)
                changed.setdefault(home.key if home else "", []).append(value.id)
                is_known |= end in self.ledger.by_gold
        for key, ids in changed.items():
            if key:
                latest = self.standing(item_of[key]).decision
                new = replace(self._about(item_of[key], "edit"), taken=latest.taken if latest else ())
            else:
                new = self._new_decision("edit" if is_known else "add")
                new = replace(new, group="document" if is_document else "")
            yield replace(new, gold=tuple(ids))
