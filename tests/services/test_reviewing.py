"""Lists of what there is to review, and merging a whole project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.agreement.policies import find_policy
from annotator.errors import UsageError
from annotator.services.looking import find_document
from annotator.services.maintenance import check
from annotator.services.project import Project
from annotator.services.reviewing import MergeReport, ReviewDocument, look_again, merge, reviewable, survey
from annotator.store import studying
from tests.support.reviews import (
    copied,
    finish,
    label_document,
    mark,
    marked,
    move,
    reject,
    review,
    shared_project,
    take,
    unmark,
)


UNANIMOUS, NONE = find_policy("unanimous"), find_policy("none")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database that each test has a copy of."""
    with shared_project(tmp_path_factory.mktemp("template"), "alone", "alike", "apart", "half") as project:
        mark(project, "a", (0, 9), doc_id="alone")
        for name in "ab":
            mark(project, name, (0, 9), (40, 49), doc_id="alike")
            mark(project, name, (0, 9), doc_id="half")
        mark(project, "a", (0, 9), doc_id="apart")
        mark(project, "b", (0, 14, "source"), (40, 49), doc_id="apart")
        mark(project, "b", (40, 49), doc_id="half")
        return project.path


@pytest.fixture
def project(template: Path, tmp_path: Path) -> Iterator[Project]:
    """Documents on which a and b agree, half agree and disagree, and one that a alone has."""
    with copied(template, tmp_path) as project:
        yield project
        assert check(project) == []


def found(project: Project, reviewer: str = "rana", **options: str) -> dict[str, ReviewDocument]:
    return {one.doc_id: one for one in survey(project, reviewer, **options)}  # type: ignore[arg-type]


class TestSurvey:
    def test_the_documents_of_two_annotators_come_the_worst_first(self, project: Project) -> None:
        documents = survey(project, "rana")
        assert [one.doc_id for one in documents] == ["apart", "half", "alike"]
        assert [round(one.f1, 2) for one in documents] == [0.0, 0.67, 1.0]

    def test_of_equally_bad_ones_the_id_decides(self, project: Project) -> None:
        unmark(project, "b", "b-claim-40-49", doc_id="half")
        assert [one.doc_id for one in survey(project, "rana")] == ["apart", "alike", "half"]

    def test_each_says_what_is_to_be_decided(self, project: Project) -> None:
        half = found(project)["half"]
        assert (half.annotators, half.unfinished, half.settled, half.total) == (("a", "b"), ("a", "b"), 0, 2)
        assert [(one.kind, one.standing, one.labels) for one in half.items] == [
            ("agree", "open", ("claim",)),
            ("missed", "open", ("claim",)),
        ]
        assert [one.pairs for one in half.items] == [frozenset(), {("a", "b")}]
        assert (half.undecided, half.is_own) == (2, False)

    def test_what_is_settled_counts(self, project: Project) -> None:
        desk = review(project, doc_id="half")
        take(desk, 0, "a")
        reject(desk, 40)
        half = found(project)["half"]
        assert (half.undecided, half.settled, half.total) == (0, 2, 2)
        assert [(one.kind, one.standing) for one in half.items] == [("missed", "settled")]

    def test_what_annotators_changed_since_is_to_be_decided_again(self, project: Project) -> None:
        take(review(project, doc_id="half"), 0, "a")
        move(project, "a", "a-claim-0-9", 0, 14, doc_id="half")
        assert [one.standing for one in found(project)["half"].items] == ["reopened", "open"]

    def test_gold_that_nobody_marks_any_more_is_to_be_decided(self, project: Project) -> None:
        take(review(project, doc_id="half"), 0, "a")
        unmark(project, "a", doc_id="half")
        unmark(project, "b", "b-claim-0-9", doc_id="half")
        mark(project, "a", (80, 89), doc_id="half")
        half = found(project)["half"]
        assert [(one.kind, one.standing) for one in half.items] == [
            ("agree", "reopened"),
            ("missed", "open"),
            ("missed", "open"),
        ]
        assert half.total == 3

    def test_who_is_done_is_not_among_the_unfinished(self, project: Project) -> None:
        finish(project, "a", doc_id="half")
        assert found(project)["half"].unfinished == ("b",)

    def test_finished_work_alone(self, project: Project) -> None:
        finish(project, "a", "b", doc_id="half")
        finish(project, "a", doc_id="apart")
        assert [*found(project, status="done")] == ["half"]

    def test_a_document_of_document_labels_alone_counts(self, project: Project) -> None:
        unmark(project, "b", doc_id="half")
        label_document(project, "b", "opinion", doc_id="half")
        assert [one.kind for one in found(project)["half"].items] == ["missed", "document label"]

    def test_who_annotated_is_told_apart_by_any_writing_of_the_name(self, project: Project) -> None:
        assert {one.is_own for one in survey(project, "A")} == {True}
        assert {one.is_own for one in survey(project, "rana")} == {False}

    def test_progress_is_told_for_each_document(self, project: Project) -> None:
        told: list[tuple[int, int]] = []
        survey(project, "rana", on_document=lambda done, all_: told.append((done, all_)))
        assert told == [(1, 3), (2, 3), (3, 3)]

    def test_the_size_of_a_query_changes_nothing(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        take(review(project, doc_id="half"), 0, "a")
        whole = survey(project, "rana")
        monkeypatch.setattr(studying, "PIECE", 1)
        assert survey(project, "rana") == whole


class TestLookingAgain:
    def test_it_shows_what_was_decided_meanwhile(self, project: Project) -> None:
        before = found(project)["half"]
        take(review(project, doc_id="half"), 0, "a")
        after = look_again(project, "rana", before, "any")
        assert (before.settled, after.settled) == (0, 1)
        assert after == found(project)["half"]

    def test_a_document_that_an_annotator_left_stays_as_it_was(self, project: Project) -> None:
        before = found(project)["half"]
        unmark(project, "a", doc_id="half")
        assert look_again(project, "rana", before, "any") == before


class TestReviewable:
    def test_nobody_judges_their_own_work(self, project: Project) -> None:
        mark(project, "rana", (0, 9), doc_id="apart")
        documents = survey(project, "rana")
        assert [one.doc_id for one in reviewable(documents, allow_own=False)] == ["half", "alike"]

    def test_unless_it_is_allowed(self, project: Project) -> None:
        documents = survey(project, "a")
        assert reviewable(documents, allow_own=True) == documents

    def test_where_everything_is_their_own_that_is_said(self, project: Project) -> None:
        with pytest.raises(UsageError, match="you annotated every document") as caught:
            reviewable(survey(project, "a"), allow_own=False)
        assert "--allow-own" in caught.value.hint

    def test_where_nothing_is_shared_that_is_said(self) -> None:
        with pytest.raises(UsageError, match="no document has the work of two annotators"):
            reviewable([], allow_own=True)


class TestMerging:
    def test_it_reports_what_was_decided_and_what_is_left(self, project: Project) -> None:
        assert merge(project, UNANIMOUS) == MergeReport(items=3, documents=2, left=3, left_documents=2)
        assert marked(review(project, doc_id="alike").state) == [(0, 9, "claim"), (40, 49, "claim")]
        assert marked(review(project, doc_id="half").state) == [(0, 9, "claim")]
        assert marked(review(project, doc_id="apart").state) == []

    def test_again_it_decides_nothing(self, project: Project) -> None:
        merge(project, UNANIMOUS)
        assert merge(project, UNANIMOUS) == MergeReport(left=3, left_documents=2)

    def test_only_what_is_new_is_decided_then(self, project: Project) -> None:
        merge(project, UNANIMOUS)
        mark(project, "a", (40, 49), doc_id="half")
        assert merge(project, UNANIMOUS) == MergeReport(items=1, documents=1, left=2, left_documents=1)

    def test_none_decides_nothing_and_makes_no_gold(self, project: Project) -> None:
        assert merge(project, NONE) == MergeReport(left=6, left_documents=3)
        with project.store.read() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM annotator").scalar() == 2

    def test_documents_in_which_nobody_marked_anything_are_counted_once(self, project: Project) -> None:
        for name in "ab":
            unmark(project, name, doc_id="alike")
            finish(project, name, doc_id="alike")
        assert merge(project, UNANIMOUS).empty == 1
        assert merge(project, UNANIMOUS).empty == 0

    def test_what_was_left_for_later_is_left_to_a_reviewer(self, project: Project) -> None:
        from annotator.agreement.decisions import Ruling

        desk = review(project, doc_id="alike")
        desk.settle([Ruling(item, "defer") for item in desk.items])
        assert merge(project, UNANIMOUS) == MergeReport(items=1, documents=1, left=5, left_documents=3)

    def test_finished_work_alone(self, project: Project) -> None:
        finish(project, "a", "b", doc_id="half")
        assert merge(project, UNANIMOUS, status="done") == MergeReport(items=1, documents=1, left=1, left_documents=1)

    def test_a_document_of_one_annotator_is_left_alone(self, project: Project) -> None:
        merge(project, UNANIMOUS)
        with project.store.read() as connection:
            row = find_document(project, "alone")
            query = f"SELECT count(*) FROM decision WHERE document_id = {row}"
            assert connection.exec_driver_sql(query).scalar() == 0

    def test_progress_is_told_for_each_document(self, project: Project) -> None:
        told: list[tuple[int, int]] = []
        merge(project, UNANIMOUS, on_document=lambda done, all_: told.append((done, all_)))
        assert told == [(1, 3), (2, 3), (3, 3)]
