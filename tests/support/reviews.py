"""Reviews for tests: pure ones of a few annotations, and ones in a project's database."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from annotator.agreement.decisions import Action, Decision, Ledger, Ruling, Standing, gold_by_item, with_gone
from annotator.agreement.itemizing import items_of
from annotator.agreement.items import Item
from annotator.agreement.ruling import Outcome, rule
from annotator.agreement.study import StudyDocument
from annotator.model import edits, relating
from annotator.model.annotation import Annotation, Relation, Slot, Value
from annotator.model.operations import apply
from annotator.model.schema import Schema
from annotator.model.state import AnnotationState
from annotator.services.adjudicating import GoldSession
from annotator.services.looking import find_document
from annotator.services.project import Project
from tests.support.model import SCHEMA
from tests.support.projects import create, reopened, session, take_records


TEXT = "كلمة " * 40
"""A text of 200 characters."""

Marked = tuple[int, int, str]


class Review:
    """A review of one document under `SCHEMA`, without a database.

    Attributes:
        work: What each annotator has, by name and slot; tests change it as they like.
        state: The gold.
        decisions: All that was decided, oldest first.
    """

    def __init__(self, schema: Schema = SCHEMA, **work: Iterable[Value]) -> None:
        self.schema = schema
        self.work: dict[str, dict[Slot, Value]] = {}
        self.state = AnnotationState()
        self.decisions: list[Decision] = []
        self._ids = count()
        for name, values in work.items():
            self.has(name, *values)

    def has(self, name: str, *values: Value) -> None:
        """An annotator has these values now, and nothing else."""
        self.work[name] = {value.slot: value for value in values}

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.decisions)

    @property
    def items(self) -> tuple[Item, ...]:
        work = {name: AnnotationState(values) for name, values in self.work.items()}
        document = StudyDocument("d", "", TEXT, work, {}, {})
        return with_gone(items_of(document, self.schema), self.ledger, self.state)

    def item(self, start: int, label: str = "") -> Item:
        """The item that starts at an offset, of some label where that is needed to tell."""
        (found,) = [one for one in self.items if one.start == start and (not label or label in one.labels)]
        return found

    @property
    def of_document(self) -> Item:
        """The item of the document's labels."""
        (found,) = [one for one in self.items if one.group == "document"]
        return found

    def standing(self, start: int, label: str = "") -> Standing:
        return self.ledger.standing(self.item(start, label))

    def names(self) -> list[str]:
        """How far each item is."""
        return [self.ledger.standing(item).name for item in self.items]

    def decide(self, *rulings: Ruling) -> Outcome:
        """Carry rulings out and record them."""
        outcome = rule(self.state, self.schema, self.items, self.ledger, rulings, lambda: f"g{next(self._ids)}")
        self.state, _spans = apply(self.state, outcome.operation)
        for ruling, gold in zip(rulings, outcome.gold, strict=True):
            about = {"item": ruling.item.key, "group": ruling.item.group, "votes": ruling.item.votes}
            decision = Decision("", ruling.action, "rana", 1, "", taken=ruling.taken, gold=gold, **about)  # type: ignore[arg-type]
            self.decisions.append(decision)
        return outcome

    def take(self, start: int, *names: str, label: str = "") -> Outcome:
        """Take somebody's version of an item."""
        return self.decide(Ruling(self.item(start, label), "take", names))

    def reject(self, start: int) -> Outcome:
        return self.decide(Ruling(self.item(start), "reject"))

    def by_hand(self, item: Item, before: Value | None, after: Value | None, action: Action = "edit") -> None:
        """Change the gold by hand, as a decision about an item."""
        values = dict(self.state.values)
        for value in (before,):
            if value is not None:
                del values[value.slot]
        if after is not None:
            values[after.slot] = after
        self.state = AnnotationState(values)
        value = after or before
        assert isinstance(value, Annotation | Relation)
        latest = self.ledger.standing(item).decision
        new = Decision("", action, "rana", 1, "", item=item.key, group=item.group, votes=item.votes, gold=(value.id,))
        self.decisions.append(replace(new, taken=latest.taken if latest else ()))

    def gold_of(self, start: int, label: str = "") -> list[Annotation]:
        return gold_by_item(self.state, self.items, self.ledger)[self.item(start, label).key]

    @property
    def gold(self) -> list[Marked]:
        """The spans and labels of the gold, in reading order."""
        return marked(self.state)

    @property
    def related(self) -> list[tuple[str, Marked, Marked]]:
        """The relations of the gold by the spans at their ends."""
        return related(self.state)


def marked(state: AnnotationState) -> list[Marked]:
    """The spans and labels of a state, in reading order."""
    return [(one.start, one.end, one.label) for one in state.annotations]


def related(state: AnnotationState) -> list[tuple[str, Marked, Marked]]:
    """The relations of a state by the spans at their ends."""

    def end(annotation_id: str) -> Marked:
        one = state.annotation(annotation_id)
        assert one is not None
        return one.start, one.end, one.label

    return sorted((one.label, end(one.head), end(one.tail)) for one in state.relations)


# In a project's database


def shared_project(folder: Path, *doc_ids: str) -> Project:
    """A new project with some documents of `TEXT`."""
    project = create(folder / "annotator.db")
    take_records(project, folder, *({"id": doc_id, "text": TEXT} for doc_id in doc_ids or ("d",)))
    return project


def copied(database: Path, folder: Path) -> Project:
    """A project that is a copy of another one, which is quicker than a new one."""
    return reopened(Path(shutil.copy(database, folder / "annotator.db")))


def mark(project: Project, name: str, *spans: tuple[Any, ...], doc_id: str = "d") -> None:
    """An annotator marks spans: start, end, label ("claim" where it is left out) and id (made of these)."""
    desk = session(project, doc_id, name)
    for start, end, *rest in spans:
        label = rest[0] if rest else "claim"
        annotation_id = rest[1] if len(rest) > 1 else f"{name}-{label}-{start}-{end}"
        new = Annotation(annotation_id, start, end, label, attributes_of(project, label))
        desk.execute(edits.add(desk.state, project.schema, new, len(TEXT)))


def attributes_of(project: Project, label: str) -> tuple[tuple[str, str], ...]:
    """The default attributes of a label."""
    known = project.schema.label(label)
    return known.defaults() if known else ()


def move(project: Project, name: str, annotation_id: str, start: int, end: int, doc_id: str = "d") -> None:
    """An annotator gives one of their annotations another span."""
    desk = session(project, doc_id, name)
    desk.execute(edits.move_edges(desk.state, project.schema, annotation_id, (start, end), len(TEXT)))


def unmark(project: Project, name: str, *ids: str, doc_id: str = "d") -> None:
    """An annotator removes annotations; all of them where none are named."""
    desk = session(project, doc_id, name)
    for annotation_id in ids or [one.id for one in desk.state.annotations]:
        desk.execute(edits.remove(desk.state, annotation_id))


def relate(project: Project, name: str, head: str, tail: str, doc_id: str = "d") -> None:
    """An annotator attributes a claim to a source."""
    desk = session(project, doc_id, name)
    desk.execute(relating.relate(desk.state, project.schema, Relation(f"{name}-{head}", "attributed_to", head, tail)))


def finish(project: Project, *names: str, doc_id: str = "d") -> None:
    """Annotators are done with a document."""
    for name in names:
        desk = session(project, doc_id, name)
        desk.execute(edits.set_status(desk.state, "done"))


def label_document(project: Project, name: str, label: str, doc_id: str = "d") -> None:
    """An annotator puts a label on the document, or takes it off."""
    desk = session(project, doc_id, name)
    desk.execute(edits.toggle_document_label(desk.state, project.schema, label))


def review(project: Project, reviewer: str = "rana", doc_id: str = "d", **options: Any) -> GoldSession:
    """A reviewer at work."""
    return GoldSession(project, reviewer, find_document(project, doc_id), **options)


def item_at(desk: GoldSession, start: int) -> Item:
    """The item that starts at an offset."""
    (found,) = [item for item in desk.items if item.start == start]
    return found


def take(desk: GoldSession, start: int, *names: str) -> None:
    """Take somebody's version of an item."""
    desk.settle([Ruling(item_at(desk, start), "take", names)])


def reject(desk: GoldSession, start: int) -> None:
    """Decide that nothing belongs here."""
    desk.settle([Ruling(item_at(desk, start), "reject")])


def standings(desk: GoldSession) -> list[tuple[int, str]]:
    """Where each item starts, and how far it is."""
    return [(item.start, desk.standing(item).name) for item in desk.items]


def actions(decisions: Sequence[Decision]) -> list[str]:
    """What was decided, oldest first."""
    return [one.action for one in decisions]
