"""Whatever annotators and reviewers do, in whatever order: the gold is what the decisions in force say."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement.decisions import Action, Ruling, vote_of
from annotator.agreement.items import Item, placed
from annotator.agreement.policies import POLICIES
from annotator.agreement.ruling import BY_HAND
from annotator.errors import OperationError
from annotator.services.adjudicating import GoldSession
from annotator.services.gold import gold_records
from annotator.services.maintenance import check
from annotator.services.project import Project
from annotator.services.reviewing import merge, survey
from tests.support.builders import built
from tests.support.model import RETYPING, brute_force_legal
from tests.support.projects import session
from tests.support.reviews import copied, mark, review, shared_project


NAMES = st.sampled_from(["a", "b", "c"])
STEPS = [
    *("annotate", "annotate", "decide", "decide", "decide all", "by hand"),
    *("undo", "redo", "go to", "merge", "explain"),
]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database that each example has a copy of: three annotators who mark much the same."""
    with shared_project(tmp_path_factory.mktemp("template")) as project:
        for name, shift in (("a", 0), ("b", 0), ("c", 2)):
            mark(project, name, (0, 10), (12, 20, "source"), (25, 30 + shift))
        return project.path


class Story:
    """Steps of annotators and of one reviewer at a time, each followed by a look at everything."""

    def __init__(self, project: Project, data: st.DataObject) -> None:
        self.project, self.data = project, data
        self.desk = review(project)

    def step(self, number: int) -> None:
        steps = {
            "annotate": self.annotate,
            "decide": self.decide_some,
            "decide all": lambda _: self.decide(self.desk.undecided),
            "by hand": self.edit,
            "undo": lambda _: self.desk.undo(),
            "redo": lambda _: self.desk.redo(),
            "go to": lambda _: self.desk.go_to(self.data.draw(st.integers(0, len(self.desk.timeline())))),
            "merge": self.merge,
            "explain": self.explain,
        }
        steps[self.data.draw(st.sampled_from(STEPS))](number)
        self.desk = review(self.project)
        self.check()

    def annotate(self, number: int) -> None:
        """An annotator changes something, or takes back what they changed last."""
        desk = session(self.project, "d", self.data.draw(NAMES))
        if self.data.draw(st.booleans()) and desk.history.undoable:
            desk.undo()
            return
        with suppress(OperationError):
            desk.execute(self.data.draw(built(desk.state, new_id=f"n{number}")))

    def edit(self, number: int) -> None:
        with suppress(OperationError):
            self.desk.execute(self.data.draw(built(self.desk.state, new_id=f"h{number}")))

    def explain(self, _number: int) -> None:
        for item in self.desk.items:
            if self.desk.standing(item).name != "open" and self.data.draw(st.booleans()):
                self.desk.explain(item, "slip", "")

    def decide_some(self, _number: int) -> None:
        if self.desk.items:
            self.decide(self.data.draw(st.lists(st.sampled_from(self.desk.items), max_size=3, unique=True)))

    def decide(self, items: Sequence[Item]) -> None:
        rulings = []
        for item in items:
            action: Action = self.data.draw(st.sampled_from(["take", "take", "reject", "defer"]))
            filled = [vote.annotator for vote in item.votes if vote.annotations or vote.document_labels]
            if action == "take" and filled:
                rulings.append(Ruling(item, "take", (self.data.draw(st.sampled_from(filled)),)))
            else:
                rulings.append(Ruling(item, "reject" if action == "take" else action))
        if rulings:
            with suppress(OperationError):  # the schema forbids a version beside other gold
                self.desk.settle(rulings)

    def merge(self, _number: int) -> None:
        """Merging touches nothing that a person decided, and again it changes nothing."""
        policy = POLICIES[self.data.draw(st.sampled_from([*POLICIES]))]
        before = {item.key: self.gold_of(self.desk, item) for item in self.desk.items if self.is_of_person(item)}
        merge(self.project, policy)
        once = review(self.project)
        assert {item.key: self.gold_of(once, item) for item in once.items if item.key in before} == before
        assert merge(self.project, policy).items == 0
        assert review(self.project).state == once.state

    def is_of_person(self, item: Item) -> bool:
        return any(decision.action != "auto" for decision in self.desk.ledger.concerning(item))

    @staticmethod
    def gold_of(desk: GoldSession, item: Item) -> list[object]:
        return [placed(one) for one in desk.gold_of(item)]

    def check(self) -> None:
        desk = self.desk
        for item in desk.items:
            standing = desk.standing(item)
            decision = standing.decision
            assert (decision is None) == (standing.name == "open")
            if decision is None or standing.name == "reopened" or decision.action == "edit":
                continue
            vote = vote_of(decision.votes, decision.taken) if decision.action in {"take", "auto"} else None
            said = [placed(one) for one in vote.annotations] if vote else []
            assert sorted(self.gold_of(desk, item), key=str) == sorted(said, key=str)
            if item.group == "document":
                assert desk.state.document_labels == (vote.document_labels if vote else ())
        for value_id in (one.id for values in (desk.state.annotations, desk.state.relations) for one in values):
            decision = desk.ledger.by_gold[value_id]
            assert decision.votes or decision.action in BY_HAND
        assert brute_force_legal(desk.state)

    def check_all(self) -> None:
        """The journal folds to the rows, numbers add up, and the gold is exported with all its provenance."""
        assert check(self.project) == []
        for document in survey(self.project, "rana"):
            deferred = sum(item.standing == "deferred" for item in document.items)
            assert document.settled + document.undecided + deferred == document.total
            names = [self.desk.standing(item).name for item in self.desk.items]
            assert (document.total, document.settled) == (len(names), names.count("settled"))
        for record in gold_records(self.project, raw=False):
            assert all(value["provenance"]["at"] for value in (*record["spans"], *record["relations"]))


@settings(deadline=None, max_examples=15)
@given(data=st.data())
def test_the_gold_is_what_the_decisions_say(template: Path, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder, copied(template, Path(folder)) as project:
        project.schema = RETYPING
        story = Story(project, data)
        for number in range(data.draw(st.integers(3, 12))):
            story.step(number)
        story.check_all()
