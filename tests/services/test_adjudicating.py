"""A reviewer at work on the gold of a document in a project's database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.agreement.decisions import Ruling, is_gone
from annotator.agreement.policies import find_policy
from annotator.errors import OperationError, StoreError, UsageError
from annotator.model import edits, relating
from annotator.model.annotation import Annotation, Relation
from annotator.services.adjudicating import GoldSession
from annotator.services.looking import find_document, status
from annotator.services.maintenance import check
from annotator.services.project import Project
from annotator.services.session import AnnotationSession
from annotator.store import annotators, decisions
from annotator.store.decisions import DecisionRow
from tests.support.projects import reopened, session, write_records
from tests.support.projects import take as import_file
from tests.support.reviews import (
    TEXT,
    actions,
    copied,
    finish,
    item_at,
    label_document,
    mark,
    marked,
    move,
    reject,
    relate,
    related,
    review,
    shared_project,
    standings,
    take,
    unmark,
)


UNANIMOUS, MAJORITY = find_policy("unanimous"), find_policy("majority")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database that each test has a copy of."""
    with shared_project(tmp_path_factory.mktemp("template")) as project:
        mark(project, "a", (0, 9), (40, 49), (80, 89, "source"))
        mark(project, "b", (0, 9), (40, 54))
        return project.path


@pytest.fixture
def project(template: Path, tmp_path: Path) -> Iterator[Project]:
    """Document d: a and b agree on a claim at 0 and differ about one at 40; a alone has a source at 80."""
    with copied(template, tmp_path) as project:
        yield project
        assert check(project) == []


def rows(project: Project) -> list[DecisionRow]:
    """The decisions in force about the document."""
    with project.store.read() as connection:
        found = decisions.in_force(connection, [find_document(project, "d")])
    return next(iter(found.values()), [])


def written(project: Project) -> list[str]:
    """Every action that was ever recorded, oldest first."""
    with project.store.read() as connection:
        return list(connection.exec_driver_sql("SELECT action FROM decision ORDER BY id").scalars())


def add_by_hand(desk: GoldSession, start: int, end: int, label: str = "claim") -> str:
    new = Annotation(f"hand-{start}", start, end, label, ())
    desk.execute(edits.add(desk.state, desk.schema, new, len(TEXT)))
    return new.id


class TestSettling:
    def test_a_decision_is_on_disk_with_all_that_belongs_to_it(self, project: Project) -> None:
        desk = review(project)
        item = item_at(desk, 40)
        desk.settle([Ruling(item, "take", ("b",), "slip", "the adverb belongs to it")])
        (row,) = rows(project)
        (gold,) = desk.state.annotations
        assert (row.action, row.reviewer, row.reason, row.comment) == (
            "take",
            "rana",
            "slip",
            "the adverb belongs to it",
        )
        assert (row.item, row.group, row.kind, row.policy, row.guideline) == (item.key, "text", "boundary", "", 1)
        assert (row.taken, row.gold) == (("b",), (gold.id,))
        assert [(vote["annotator"], [one["end"] for one in vote["spans"]]) for vote in row.votes] == [
            ("a", [49]),
            ("b", [54]),
        ]
        assert row.at.endswith("+00:00")

    def test_another_reviewer_finds_it_after_a_restart(self, project: Project) -> None:
        take(review(project), 40, "b")
        with reopened(project.path) as other:
            desk = review(other, "omar")
            assert standings(desk) == [(0, "open"), (40, "settled"), (80, "open")]
            assert marked(desk.state) == [(40, 54, "claim")]
            assert [one.reviewer for one in desk.ledger.decisions] == ["rana"]

    def test_several_items_are_one_undoable_operation(self, project: Project) -> None:
        desk = review(project)
        desk.settle([Ruling(item, "take", ("a",)) for item in desk.items])
        assert standings(desk) == [(0, "settled"), (40, "settled"), (80, "settled")]
        assert len(desk.timeline()) == 1
        desk.undo()
        assert (desk.state.annotations, desk.ledger.decisions) == ((), ())

    def test_what_is_undecided_are_open_and_reopened_items(self, project: Project) -> None:
        desk = review(project)
        take(desk, 0, "a")
        desk.settle([Ruling(item_at(desk, 80), "defer")])
        assert [item.start for item in desk.undecided] == [40]

    def test_the_annotators_work_is_left_as_it_is(self, project: Project) -> None:
        desk = review(project)
        desk.settle([Ruling(item, "reject") for item in desk.items])
        assert marked(session(project, "d", "a").state) == [(0, 9, "claim"), (40, 49, "claim"), (80, 89, "source")]

    def test_gold_is_nobody_in_the_list_of_annotators(self, project: Project) -> None:
        take(review(project), 0, "a")
        assert [one.name for one in status(project).annotators] == ["a", "b", "rana"]

    @pytest.mark.parametrize("name", ["gold", "GOLD", " gold "])
    def test_nobody_can_be_called_gold(self, project: Project, name: str) -> None:
        with pytest.raises(UsageError, match="cannot be the name of an annotator"):
            AnnotationSession(project, name, find_document(project, "d"))
        with project.store.read() as connection:
            assert annotators.find(connection, name) is None


class TestUndo:
    def test_what_was_undone_is_not_in_force_and_stays_recorded(self, project: Project) -> None:
        desk = review(project)
        take(desk, 40, "b")
        desk.undo()
        assert (standings(desk)[1], marked(desk.state), rows(project)) == ((40, "open"), [], [])
        assert written(project) == ["take", "undo"]

    def test_what_is_redone_is_in_force_again(self, project: Project) -> None:
        desk = review(project)
        take(desk, 40, "b")
        desk.undo()
        desk.redo()
        assert (standings(desk)[1], marked(desk.state)) == ((40, "settled"), [(40, 54, "claim")])
        assert written(project) == ["take", "undo", "redo"]

    def test_of_two_decisions_about_an_item_the_first_stands_again(self, project: Project) -> None:
        desk = review(project)
        take(desk, 40, "b")
        reject(desk, 40)
        desk.undo()
        assert desk.standing(item_at(desk, 40)).decision == desk.ledger.decisions[0]
        assert marked(desk.state) == [(40, 54, "claim")]

    def test_another_reviewer_may_undo_and_is_recorded(self, project: Project) -> None:
        take(review(project), 40, "b")
        review(project, "omar").undo()
        with project.store.read() as connection:
            reviewer = connection.exec_driver_sql(
                "SELECT name FROM decision JOIN annotator ON annotator.id = reviewer_id WHERE action = 'undo'"
            ).scalar()
        assert reviewer == "omar"

    def test_many_steps_at_once_leave_what_was_decided_by_then(self, project: Project) -> None:
        desk = review(project)
        take(desk, 0, "a")
        take(desk, 40, "b")
        reject(desk, 80)
        desk.go_to(1)
        assert standings(desk) == [(0, "settled"), (40, "open"), (80, "open")]
        desk.go_to(3)
        assert standings(review(project)) == [(0, "settled"), (40, "settled"), (80, "settled")]

    def test_a_decision_after_an_undo_is_the_one_that_stands(self, project: Project) -> None:
        desk = review(project)
        take(desk, 40, "b")
        desk.undo()
        take(desk, 40, "a")
        assert marked(review(project).state) == [(40, 49, "claim")]
        assert [row.taken for row in rows(project)] == [("a",)]


class TestTwoAtOnce:
    def test_the_second_reviewer_is_told_and_sees_the_first_ones_decision(self, project: Project) -> None:
        first, second = review(project), review(project, "omar")
        take(first, 40, "b")
        with pytest.raises(OperationError, match="changed in another window"):
            take(second, 40, "a")
        assert standings(second)[1] == (40, "settled")
        assert marked(second.state) == [(40, 54, "claim")]
        assert written(project) == ["take"]
        take(second, 40, "a")
        assert [row.reviewer for row in rows(project)] == ["rana", "omar"]

    def test_a_decision_from_votes_that_changed_meanwhile_is_reopened(self, project: Project) -> None:
        desk = review(project)
        move(project, "b", "b-claim-40-54", 40, 59)
        take(desk, 40, "b")
        assert [row.votes[1]["spans"][0]["end"] for row in rows(project)] == [54]
        again = review(project)
        assert standings(again)[1] == (40, "reopened")
        assert marked(again.state) == [(40, 54, "claim")]

    def test_an_item_seen_before_its_votes_changed_is_refused_once_they_are_loaded(self, project: Project) -> None:
        desk = review(project)
        old = item_at(desk, 40)
        move(project, "b", "b-claim-40-54", 40, 59)
        take(review(project, "omar"), 0, "a")
        with pytest.raises(OperationError, match="changed in another window"):
            take(desk, 40, "b")
        with pytest.raises(OperationError, match="changed in another window"):
            desk.settle([Ruling(old, "take", ("b",))])
        take(desk, 40, "b")
        assert marked(desk.state) == [(0, 9, "claim"), (40, 59, "claim")]


class TestReopening:
    @pytest.fixture
    def settled(self, project: Project) -> Project:
        desk = review(project)
        take(desk, 0, "a", "b")
        take(desk, 40, "b")
        take(desk, 80, "a")
        return project

    def test_an_annotators_edit_reopens_and_the_gold_stays(self, settled: Project) -> None:
        move(settled, "a", "a-claim-0-9", 0, 14)
        desk = review(settled)
        assert standings(desk) == [(0, "reopened"), (40, "settled"), (80, "settled")]
        assert marked(desk.state) == [(0, 9, "claim"), (40, 54, "claim"), (80, 89, "source")]
        assert desk.standing(item_at(desk, 0)).decision == desk.ledger.decisions[0]

    def test_undoing_that_edit_closes_it_again(self, settled: Project) -> None:
        move(settled, "a", "a-claim-0-9", 0, 14)
        session(settled, "d", "a").undo()
        assert standings(review(settled))[0] == (0, "settled")

    def test_a_newcomer_reopens_only_where_they_marked_something(self, settled: Project) -> None:
        mark(settled, "c", (40, 49))
        assert standings(review(settled)) == [(0, "settled"), (40, "reopened"), (80, "settled")]

    def test_gold_that_nobody_marks_any_more_is_shown_until_it_is_decided(self, settled: Project) -> None:
        unmark(settled, "a", "a-source-80-89")
        desk = review(settled)
        item = item_at(desk, 80)
        assert (is_gone(item.key), desk.standing(item).name) == (True, "reopened")
        assert [(one.start, one.label) for one in desk.gold_of(item)] == [(80, "source")]
        assert item in desk.undecided
        reject(desk, 80)
        assert marked(desk.state) == [(0, 9, "claim"), (40, 54, "claim")]
        assert standings(review(settled)) == [(0, "settled"), (40, "settled")]

    def test_gold_that_nobody_marks_any_more_can_be_kept(self, settled: Project) -> None:
        unmark(settled, "a", "a-source-80-89")
        desk = review(settled)
        desk.explain(item_at(desk, 80), "slip", "it is one")
        again = review(settled)
        assert standings(again)[2] == (80, "settled")
        assert marked(again.state)[2] == (80, 89, "source")
        unmark(settled, "b", "b-claim-40-54")
        assert standings(review(settled)) == [(0, "settled"), (40, "reopened"), (80, "settled")]

    def test_document_labels_that_nobody_gives_any_more_are_shown(self, tmp_path: Path) -> None:
        with shared_project(tmp_path) as project:
            label = project.schema.document_labels[0].id
            label_document(project, "a", label)
            label_document(project, "b", label)
            review(project).merge(UNANIMOUS)
            label_document(project, "a", label)
            label_document(project, "b", label)
            (item,) = review(project).items
            assert is_gone(item.key)


class TestByHand:
    """Edits of the gold that are no rulings."""

    def test_a_moved_edge_is_recorded_about_its_item(self, project: Project) -> None:
        desk = review(project)
        take(desk, 40, "b")
        (gold,) = desk.state.annotations
        desk.execute(edits.move_edges(desk.state, desk.schema, gold.id, (40, 44), len(TEXT)))
        item = item_at(desk, 40)
        latest = desk.ledger.by_gold[gold.id]
        assert (latest.action, latest.item, latest.votes, latest.taken) == ("edit", item.key, item.votes, ("b",))
        assert desk.standing(item).name == "settled"
        assert [one.end for one in desk.gold_of(item)] == [44]

    @pytest.mark.parametrize("what", ["relabel", "attribute", "remove"])
    def test_other_changes_too(self, project: Project, what: str) -> None:
        desk = review(project)
        take(desk, 40, "b")
        (gold,) = desk.state.annotations
        label = next(one for one in desk.schema.labels if one.id == "source")
        operation = {
            "relabel": lambda: edits.relabel(desk.state, desk.schema, gold.id, label),
            "attribute": lambda: edits.set_attribute(desk.state, desk.schema, gold.id, "quote", "direct"),
            "remove": lambda: edits.remove(desk.state, gold.id),
        }[what]()
        desk.execute(operation)
        assert actions(desk.ledger.decisions) == ["take", "edit"]
        assert desk.ledger.by_gold[gold.id] == desk.ledger.decisions[1]
        assert standings(desk)[1] == (40, "settled")

    def test_one_of_a_reopened_item_settles_it_as_it_is_now(self, project: Project) -> None:
        take(review(project), 40, "b")
        move(project, "a", "a-claim-40-49", 40, 59)
        desk = review(project)
        (gold,) = desk.state.annotations
        desk.execute(edits.move_edges(desk.state, desk.schema, gold.id, (40, 64), len(TEXT)))
        assert standings(review(project))[1] == (40, "settled")
        assert rows(project)[-1].votes[0]["spans"][0]["end"] == 59

    def test_a_span_that_nobody_marked_is_recorded_without_an_item(self, project: Project) -> None:
        desk = review(project)
        hand = add_by_hand(desk, 120, 129)
        added = desk.ledger.by_gold[hand]
        assert (added.action, added.item, added.votes, added.reviewer) == ("add", "", (), "rana")
        assert standings(desk) == [(0, "open"), (40, "open"), (80, "open")]
        desk.execute(edits.move_edges(desk.state, desk.schema, hand, (120, 134), len(TEXT)))
        assert (desk.ledger.by_gold[hand].action, desk.ledger.by_gold[hand].item) == ("edit", "")

    def test_a_relation_is_recorded_about_the_item_that_it_starts_from(self, project: Project) -> None:
        desk = review(project)
        take(desk, 0, "a")
        take(desk, 80, "a")
        claim, source = desk.state.annotations
        relation = Relation("hand", "attributed_to", claim.id, source.id)
        desk.execute(relating.relate(desk.state, desk.schema, relation))
        assert desk.ledger.by_gold["hand"].item == item_at(desk, 0).key
        desk.execute(relating.unrelate(desk.state, "hand"))
        assert actions(desk.ledger.decisions) == ["take", "take", "edit", "edit"]

    def test_a_change_of_several_items_is_recorded_about_each(self, project: Project) -> None:
        desk = review(project)
        desk.settle([Ruling(item, "take", ("a",)) for item in desk.items])
        desk.execute(edits.removal(desk.state, desk.state.annotations))
        assert actions(desk.ledger.decisions) == ["take"] * 3 + ["edit"] * 3
        assert len({one.item for one in desk.ledger.decisions[3:]}) == 3

    def test_an_undone_edit_leaves_the_decision_before(self, project: Project) -> None:
        desk = review(project)
        take(desk, 40, "b")
        (gold,) = desk.state.annotations
        desk.execute(edits.remove(desk.state, gold.id))
        desk.undo()
        assert desk.ledger.by_gold[gold.id].action == "take"

    def test_a_document_label_is_recorded(self, tmp_path: Path) -> None:
        with shared_project(tmp_path) as project:
            label = project.schema.document_labels[0].id
            label_document(project, "a", label)
            mark(project, "b", (0, 9))
            desk = review(project)
            desk.execute(edits.toggle_document_label(desk.state, desk.schema, label))
            (decision,) = desk.ledger.decisions
            assert (decision.action, decision.group, decision.kind) == ("edit", "document", "document label")
            assert [desk.standing(item).name for item in desk.items] == ["open", "settled"]

    def test_a_document_label_that_nobody_gave_is_recorded(self, tmp_path: Path) -> None:
        with shared_project(tmp_path) as project:
            mark(project, "a", (0, 9))
            desk = review(project)
            desk.execute(edits.toggle_document_label(desk.state, desk.schema, project.schema.document_labels[0].id))
            assert [(one.action, one.item, one.group) for one in desk.ledger.decisions] == [("add", "", "document")]


class TestExplaining:
    def test_the_reason_is_in_the_latest_decision_and_the_gold_stays(self, project: Project) -> None:
        desk = review(project)
        take(desk, 40, "b")
        desk.explain(item_at(desk, 40), "guideline", "take whole words")
        latest = desk.standing(item_at(desk, 40)).decision
        assert latest is not None
        assert (latest.action, latest.reason, latest.comment, latest.taken) == (
            "take",
            "guideline",
            "take whole words",
            ("b",),
        )
        assert desk.ledger.by_gold[desk.state.annotations[0].id] == latest
        assert marked(desk.state) == [(40, 54, "claim")]

    def test_who_explains_what_a_policy_took_stands_for_it(self, project: Project) -> None:
        review(project, "").merge(UNANIMOUS)
        desk = review(project)
        desk.explain(item_at(desk, 0), "other", "")
        assert [(row.action, row.reviewer, row.policy) for row in rows(project)] == [
            ("auto", "", "unanimous/1"),
            ("take", "rana", ""),
        ]

    def test_an_item_that_was_reopened_keeps_its_gold_and_is_settled(self, project: Project) -> None:
        take(review(project), 40, "b")
        move(project, "a", "a-claim-40-49", 40, 59)
        desk = review(project)
        desk.explain(item_at(desk, 40), "", "")
        assert standings(review(project))[1] == (40, "settled")
        assert marked(desk.state) == [(40, 54, "claim")]

    def test_an_undecided_item_has_no_reason(self, project: Project) -> None:
        desk = review(project)
        with pytest.raises(OperationError, match="decide first"):
            desk.explain(item_at(desk, 40), "slip", "")


class TestMerging:
    def merge(self, project: Project, policy: str = "unanimous") -> int:
        return review(project, "").merge(find_policy(policy))

    def test_what_all_marked_alike_becomes_gold_under_the_policy(self, project: Project) -> None:
        assert self.merge(project) == 1
        (row,) = rows(project)
        assert (row.action, row.policy, row.reviewer, row.taken) == ("auto", "unanimous/1", "", ("a", "b"))
        assert standings(review(project)) == [(0, "settled"), (40, "open"), (80, "open")]

    def test_again_it_changes_nothing(self, project: Project) -> None:
        self.merge(project)
        before = review(project).state
        assert self.merge(project) == 0
        assert review(project).state == before
        assert written(project) == ["auto"]

    @pytest.mark.parametrize("action", ["reject", "defer"])
    def test_what_a_reviewer_decided_is_not_touched(self, project: Project, action: str) -> None:
        desk = review(project)
        desk.settle([Ruling(item_at(desk, 0), action)])  # type: ignore[arg-type]
        assert self.merge(project) == 0
        assert marked(review(project).state) == []

    def test_not_even_where_annotators_changed_it_since(self, project: Project) -> None:
        reject(review(project), 40)
        move(project, "a", "a-claim-40-49", 40, 54)
        assert self.merge(project) == 1
        desk = review(project)
        assert standings(desk) == [(0, "settled"), (40, "reopened"), (80, "open")]
        assert marked(desk.state) == [(0, 9, "claim")]

    def test_what_a_policy_took_and_annotators_changed_alike_is_taken_anew(self, project: Project) -> None:
        self.merge(project)
        move(project, "a", "a-claim-0-9", 0, 14)
        move(project, "b", "b-claim-0-9", 0, 14)
        assert self.merge(project) == 1
        assert marked(review(project).state) == [(0, 14, "claim")]

    def test_what_a_policy_took_and_one_changed_is_left_to_a_reviewer(self, project: Project) -> None:
        self.merge(project)
        move(project, "a", "a-claim-0-9", 0, 14)
        assert self.merge(project) == 0
        desk = review(project)
        assert standings(desk)[0] == (0, "reopened")
        assert marked(desk.state) == [(0, 9, "claim")]

    def test_what_a_reviewer_changed_by_hand_is_not_lost(self, project: Project) -> None:
        self.merge(project)
        desk = review(project)
        (gold,) = desk.state.annotations
        desk.execute(edits.move_edges(desk.state, desk.schema, gold.id, (0, 4), len(TEXT)))
        mark(project, "c", (0, 9))
        assert self.merge(project) == 0
        assert marked(review(project).state) == [(0, 4, "claim")]

    def test_a_relation_made_by_hand_is_not_lost_when_its_other_end_is_taken_anew(self, project: Project) -> None:
        mark(project, "b", (80, 89, "source"))
        self.merge(project)
        desk = review(project)
        claim, source = desk.state.annotations
        desk.execute(relating.relate(desk.state, desk.schema, Relation("hand", "attributed_to", claim.id, source.id)))
        move(project, "a", "a-source-80-89", 80, 94)
        move(project, "b", "b-source-80-89", 80, 94)
        assert self.merge(project) == 1
        assert related(review(project).state) == [("attributed_to", (0, 9, "claim"), (80, 94, "source"))]

    def test_a_relation_removed_by_hand_does_not_come_again(self, project: Project) -> None:
        mark(project, "b", (80, 89, "source"))
        relate(project, "a", "a-claim-0-9", "a-source-80-89")
        relate(project, "b", "b-claim-0-9", "b-source-80-89")
        self.merge(project)
        desk = review(project)
        (relation,) = desk.state.relations
        desk.execute(relating.unrelate(desk.state, relation.id))
        mark(project, "c", (80, 89, "source"))
        assert self.merge(project) == 1
        assert related(review(project).state) == []

    def test_the_hand_edit_of_one_part_survives_when_the_other_part_is_taken_anew(self, tmp_path: Path) -> None:
        with shared_project(tmp_path) as project:
            for name in "ab":
                mark(project, name, (0, 39))
            mark(project, "c", (0, 14), (20, 39))
            self.merge(project, "majority")
            review(project).settle([Ruling(item_at(review(project), 0), "take", ("c",))])
            desk = review(project)
            for name in "ab":
                move(project, name, f"{name}-claim-0-39", 0, 14)
            desk = review(project)
            second = desk.state.annotations[1]
            desk.execute(edits.move_edges(desk.state, desk.schema, second.id, (20, 34), len(TEXT)))
            self.merge(project, "majority")
            assert marked(review(project).state) == [(0, 14, "claim"), (20, 34, "claim")]

    def test_gold_that_nobody_marks_any_more_is_left_to_a_reviewer(self, project: Project) -> None:
        self.merge(project)
        unmark(project, "a", "a-claim-0-9")
        unmark(project, "b", "b-claim-0-9")
        assert self.merge(project) == 0
        assert marked(review(project).state) == [(0, 9, "claim")]

    def test_what_the_schema_forbids_beside_gold_by_hand_is_left_to_a_reviewer(self, project: Project) -> None:
        mark(project, "b", (80, 89, "source"))
        add_by_hand(review(project), 84, 94, "source")
        assert self.merge(project) == 1
        assert standings(review(project)) == [(0, "settled"), (40, "open"), (80, "open")]

    def test_that_nobody_marked_anything_is_decided_too(self, tmp_path: Path) -> None:
        with shared_project(tmp_path) as project:
            finish(project, "a", "b")
            assert review(project, "").merge(find_policy("none")) == 0
            assert rows(project) == []
            assert review(project, "").merge(UNANIMOUS) == 0
            assert [(row.action, row.item) for row in rows(project)] == [("auto", "")]
            review(project, "").merge(UNANIMOUS)
            assert written(project) == ["auto"]

    def test_a_reviewer_who_was_quicker_is_heeded(self, project: Project) -> None:
        desk = review(project, "")
        reject(review(project), 0)
        assert desk.merge(UNANIMOUS) == 0
        assert written(project) == ["reject"]

    def test_only_finished_work_counts_where_that_is_asked_for(self, project: Project) -> None:
        mark(project, "c", (0, 14))
        finish(project, "a", "b")
        assert review(project, "").merge(UNANIMOUS) == 0
        assert review(project, "", status="done").merge(UNANIMOUS) == 1


class TestFailure:
    @pytest.mark.parametrize("table", ["decision", "journal", "annotation"])
    def test_where_anything_cannot_be_written_nothing_is(self, project: Project, table: str) -> None:
        desk = review(project)
        take(desk, 0, "a")
        before = (desk.state, desk.history, desk.ledger.decisions)
        with project.store.write() as connection:
            connection.exec_driver_sql(
                f"CREATE TRIGGER full BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'no room'); END"
            )
        with pytest.raises(StoreError):
            take(desk, 40, "b")
        assert (desk.state, desk.history, desk.ledger.decisions) == before
        with project.store.write() as connection:
            connection.exec_driver_sql("DROP TRIGGER full")
        again = review(project)
        assert (again.state, again.ledger.decisions) == (before[0], before[2])
        take(desk, 40, "b")
        assert standings(review(project))[1] == (40, "settled")

    @pytest.mark.parametrize("statement", ["UPDATE decision SET comment = 'x'", "DELETE FROM decision"])
    def test_the_record_of_decisions_refuses_to_be_changed(self, project: Project, statement: str) -> None:
        take(review(project), 0, "a")
        with pytest.raises(StoreError), project.store.write() as connection:
            connection.exec_driver_sql(statement)
        assert [row.comment for row in rows(project)] == [""]

    def test_a_tampered_gold_is_found(self, project: Project) -> None:
        take(review(project), 0, "a")
        with project.store.write() as connection:
            connection.exec_driver_sql("UPDATE annotation SET \"end\" = 10 WHERE id NOT LIKE '%-%'")
        assert any(line.startswith("gold in d: annotation") for line in check(project))
        with project.store.write() as connection:
            connection.exec_driver_sql("UPDATE annotation SET \"end\" = 9 WHERE id NOT LIKE '%-%'")


class TestSendingBack:
    def test_the_annotator_finds_the_note_until_they_are_done_again(self, project: Project) -> None:
        finish(project, "a")
        review(project).send_back("a", "look at the sources again")
        desk = session(project, "d", "a")
        assert desk.returned_note == "look at the sources again"
        assert session(project, "d", "b").returned_note is None
        desk.execute(edits.set_status(desk.state, "open"))
        assert session(project, "d", "a").returned_note == "look at the sources again"
        desk.execute(edits.set_status(desk.state, "done"))
        assert desk.returned_note is None
        assert session(project, "d", "a").returned_note is None

    def test_a_note_is_needed(self, project: Project) -> None:
        with pytest.raises(OperationError, match="write a note"):
            review(project).send_back("a", "")

    def test_only_who_worked_on_it_can_have_it_back(self, project: Project) -> None:
        with pytest.raises(UsageError, match="omar did not work on this document"):
            review(project).send_back("omar", "please")


def test_gold_is_not_what_a_reopened_session_of_an_annotator_shows(project: Project) -> None:
    take(review(project), 0, "a")
    assert marked(session(project, "d", "rana").state) == []


def test_gold_records_are_not_imported_as_an_annotators(project: Project, tmp_path: Path) -> None:
    spans = [{"start": 0, "end": 9, "label": "claim"}]
    record = {"format": "annotator/1", "annotator": "gold", "doc_id": "d", "spans": spans}
    report = import_file(project, write_records(tmp_path / "gold.jsonl", [record]))
    assert [one.reason for one in report.rejected] == ["'gold' cannot be the name of an annotator: exports use it"]
