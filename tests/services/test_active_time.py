"""Active time: counted between keys, stored with the work, exported, imported, shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import OperationError, StoreError
from annotator.formats.body import body_view
from annotator.model.annotation import Annotation, DocumentLabel, Status
from annotator.model.operations import Change, Operation
from annotator.services.exporting import ExportOptions, records
from annotator.services.looking import find_document, list_documents, show, status
from annotator.services.maintenance import check
from annotator.services.project import Project
from annotator.services.session import AnnotationSession
from tests.support.projects import BODY, add, create, reasons, record, reopened, session, span, take_records


DONE = Operation("status", (Change(None, Status("done")),))
CLAIM = span(0, 3, id="c1")


class Stopwatch:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Hand:
    """An annotator at work in one document, whose every pause is chosen."""

    def __init__(self, project: Project, doc_id: str = "a", annotator: str = "salma") -> None:
        self.stopwatch = Stopwatch()
        self.session = AnnotationSession(project, annotator, find_document(project, doc_id), stopwatch=self.stopwatch)

    def work(self, *gaps: float) -> None:
        """Press a key after each of some gaps, in seconds."""
        for gap in gaps:
            self.stopwatch.now += gap
            self.session.touch()


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create(tmp_path / "annotator.db") as project:
        take_records(project, tmp_path, {"id": "a", "text": BODY}, {"id": "b", "text": BODY})
        yield project
        assert check(project) == []


def stored(project: Project, annotator: str = "salma") -> dict[str, float]:
    """The active seconds on disk, by document."""
    return {row.doc_id: row.active_seconds for row in list_documents(project, annotator)}


def rows(project: Project) -> list[tuple[Any, ...]]:
    """What is on disk of anybody's progress: status, cursor, milliseconds."""
    with project.store.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql("SELECT status, cursor, active_ms FROM progress")]


class TestStoring:
    def test_time_is_on_disk_with_an_operation(self, project: Project) -> None:
        hand = Hand(project)
        hand.work(5, 7.25)
        hand.session.execute(add("c1", 0, 3))
        with reopened(project.path) as other:
            assert stored(other) == {"a": 12.2, "b": 0.0}
            assert session(other, "a").active_seconds == 12.25

    def test_a_key_alone_writes_nothing(self, project: Project) -> None:
        hand = Hand(project)
        hand.work(*[10] * 20)
        assert rows(project) == []
        assert hand.session.active_seconds == 200

    def test_no_pause_is_counted(self, project: Project) -> None:
        hand = Hand(project)
        hand.work(30, 61, 4000, 30)
        hand.session.execute(add("c1", 0, 3))
        assert stored(project)["a"] == 60

    def test_the_time_until_the_first_key_counts(self, project: Project) -> None:
        hand = Hand(project)
        hand.work(20)
        assert hand.session.active_seconds == 20

    def test_time_adds_up_over_operations_and_sessions(self, project: Project) -> None:
        for number in range(3):
            hand = Hand(project)
            hand.work(10)
            hand.session.execute(add(f"c{number}", number, number + 1))
            hand.work(5)
            hand.session.execute(add(f"d{number}", number + 10, number + 11))
        assert stored(project)["a"] == 45

    def test_two_windows_add_to_each_other(self, project: Project) -> None:
        one, other = Hand(project), Hand(project)
        for hand in (one, other):
            hand.work(10)
            hand.session.save_cursor(7)
        assert stored(project)["a"] == 20

    def test_every_annotator_and_document_has_time_of_their_own(self, project: Project) -> None:
        for doc_id, name, gap in (("a", "salma", 10), ("b", "salma", 20), ("a", "nour", 30)):
            hand = Hand(project, doc_id, name)
            hand.work(gap)
            hand.session.execute(DONE)
        assert stored(project) == {"a": 10, "b": 20}
        assert stored(project, "nour") == {"a": 30, "b": 0}

    def test_undo_and_redo_take_no_time_back(self, project: Project) -> None:
        hand = Hand(project)
        for act in (lambda: hand.session.execute(add("c1", 0, 3)), hand.session.undo, hand.session.redo):
            hand.work(10)
            act()
        assert stored(project)["a"] == 30

    def test_going_back_over_many_operations_stores_the_time_once(self, project: Project) -> None:
        hand = Hand(project)
        for number in range(5):
            hand.session.execute(add(f"c{number}", number, number + 1))
        hand.work(10)
        hand.session.go_to(0)
        assert stored(project)["a"] == 10

    def test_the_time_shown_is_the_same_before_and_after_it_is_stored(self, project: Project) -> None:
        hand = Hand(project)
        hand.work(10.125)
        hand.session.execute(add("c1", 0, 3))
        assert hand.session.active_seconds == 10.125
        hand.work(2)
        assert hand.session.active_seconds == 12.125

    def test_time_that_could_not_be_stored_goes_with_the_next_operation(self, project: Project) -> None:
        hand = Hand(project)
        hand.work(10)
        with project.store.write() as connection:
            connection.exec_driver_sql(
                "CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'x'); END"
            )
        with pytest.raises(StoreError):
            hand.session.execute(add("c1", 0, 3))
        assert (rows(project), hand.session.active_seconds) == ([], 10)
        with project.store.write() as connection:
            connection.exec_driver_sql("DROP TRIGGER full")
        hand.session.execute(add("c1", 0, 3))
        assert stored(project)["a"] == 10

    def test_an_operation_that_is_not_stored_where_time_cannot_be(self, project: Project) -> None:
        hand = Hand(project)
        hand.session.save_cursor(3)
        hand.work(10)
        with project.store.write() as connection:
            connection.exec_driver_sql(
                "CREATE TRIGGER full BEFORE UPDATE OF active_ms ON progress BEGIN SELECT RAISE(ABORT, 'x'); END"
            )
        with pytest.raises(StoreError):
            hand.session.execute(add("c1", 0, 3))
        assert session(project, "a").state.annotations == ()

    def test_an_operation_that_is_refused_stores_no_time(self, project: Project) -> None:
        hand = Hand(project)
        hand.work(10)
        with pytest.raises(OperationError):
            hand.session.execute(Operation("remove", (Change(Annotation("c1", 0, 3, "claim"), None),)))
        assert (rows(project), hand.session.active_seconds) == ([], 10)


class TestLeaving:
    def test_the_cursor_and_the_time_are_kept(self, project: Project) -> None:
        hand = Hand(project)
        hand.work(0.5)
        hand.session.save_place(7)
        assert rows(project) == [("open", 7, 500)]

    def test_who_only_looked_in_leaves_nothing(self, project: Project) -> None:
        hand = Hand(project)
        hand.work(0.9)
        hand.session.save_place(0)
        assert rows(project) == []

    def test_who_stays_leaves_the_time(self, project: Project) -> None:
        hand = Hand(project)
        hand.work(1)
        hand.session.save_place(0)
        assert rows(project) == [("open", None, 1000)]

    def test_leaving_twice_stores_the_time_once(self, project: Project) -> None:
        hand = Hand(project)
        hand.work(10)
        hand.session.save_place(7)
        hand.session.save_place(7)
        assert rows(project) == [("open", 7, 10_000)]

    def test_a_document_that_was_only_read_is_still_new(self, project: Project) -> None:
        hand = Hand(project)
        hand.work(50)
        hand.session.save_place(0)
        (row, _) = list_documents(project, "salma")
        assert (row.status, row.cursor, row.active_seconds) == ("new", None, 50)

    def test_a_document_that_was_only_read_is_none_that_was_worked_on(self, project: Project) -> None:
        Hand(project, "b").session.execute(DONE)
        hand = Hand(project)
        hand.work(50)
        hand.session.save_place(0)
        (salma,) = status(project).annotators
        assert (salma.documents, salma.active_seconds) == (1, 50)

    def test_a_document_with_work_stays_open_when_all_of_it_was_taken_back(self, project: Project) -> None:
        hand = Hand(project)
        hand.session.execute(add("c1", 0, 3))
        hand.session.undo()
        assert list_documents(project, "salma")[0].status == "open"

    def test_reading_a_finished_document_leaves_it_done(self, project: Project) -> None:
        Hand(project).session.execute(DONE)
        hand = Hand(project)
        hand.work(50)
        hand.session.save_place(0)
        assert (list_documents(project, "salma")[0].status, stored(project)["a"]) == ("done", 50)


class TestStatus:
    def test_finished_documents_per_hour_are_those_whose_time_is_known(self, project: Project, tmp_path: Path) -> None:
        take_records(
            project,
            tmp_path,
            record(doc_id="a", status="done", active_seconds=900),
            record(doc_id="b", spans=[CLAIM], active_seconds=5000),
            record(doc_id="c", text=BODY, status="done"),
            record(doc_id="d", text=BODY, status="done", active_seconds=300),
            record(doc_id="a", annotator="nour", status="done"),
            record(doc_id="a", annotator="huda", spans=[CLAIM], active_seconds=60),
        )
        found = {row.name: (row.done, row.active_seconds, row.done_per_hour) for row in status(project).annotators}
        assert found == {"salma": (3, 6200, 6.0), "nour": (1, 0, None), "huda": (0, 60, None)}

    def test_an_annotator_without_any_document_has_no_time(self, project: Project) -> None:
        session(project, "a")
        (salma,) = status(project).annotators
        assert (salma.active_seconds, salma.done_per_hour) == (0, None)


def exported(project: Project) -> list[dict[str, Any]]:
    return list(records(project, ExportOptions()))


class TestRecords:
    def test_the_time_is_exported_in_seconds_with_one_decimal(self, project: Project) -> None:
        hand = Hand(project)
        hand.work(12.39)
        hand.session.execute(add("c1", 0, 3))
        assert [record["active_seconds"] for record in exported(project)] == [12.3]

    def test_no_time_is_left_out(self, project: Project) -> None:
        hand = Hand(project)
        hand.work(0.09)
        hand.session.execute(add("c1", 0, 3))
        assert ["active_seconds" in record for record in exported(project)] == [False]

    def test_time_alone_is_no_record(self, project: Project) -> None:
        hand = Hand(project)
        hand.work(50)
        hand.session.save_place(0)
        assert exported(project) == []
        assert show(project, "a", "salma", raw=False)["active_seconds"] == 50

    def test_each_record_has_its_annotators_own_time(self, project: Project) -> None:
        for name, gap in (("salma", 10), ("nour", 20), ("huda", 0)):
            hand = Hand(project, "a", name)
            hand.work(gap)
            hand.session.execute(DONE)
        found = {record["annotator"]: record.get("active_seconds") for record in exported(project)}
        assert found == {"salma": 10, "nour": 20, "huda": None}

    def test_a_body_view_keeps_the_time(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path, record(doc_id="a", spans=[CLAIM], active_seconds=9))
        (found,) = exported(project)
        assert body_view(found, {"claim"})["active_seconds"] == 9

    def test_a_record_brings_its_time(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path, record(doc_id="a", spans=[CLAIM], active_seconds=12.3))
        assert (stored(project), exported(project)[0]["active_seconds"]) == ({"a": 12.3, "b": 0}, 12.3)

    @pytest.mark.parametrize(("given", "kept"), [(5, 10), (10, 10), (15, 15)])
    def test_the_greater_time_holds(self, project: Project, tmp_path: Path, given: float, kept: float) -> None:
        hand = Hand(project)
        hand.work(10)
        hand.session.execute(add("c1", 0, 3))
        take_records(project, tmp_path, record(doc_id="a", spans=[CLAIM], active_seconds=given))
        assert stored(project)["a"] == kept

    def test_the_same_record_again_changes_nothing(self, project: Project, tmp_path: Path) -> None:
        given = record(doc_id="a", spans=[CLAIM], active_seconds=12.3)
        take_records(project, tmp_path, given)
        before = rows(project)
        report = take_records(project, tmp_path, given)
        assert (report.unchanged, report.annotations, rows(project)) == (1, 0, before)

    def test_a_record_that_comes_back_changes_no_time(self, project: Project, tmp_path: Path) -> None:
        hand = Hand(project)
        hand.work(12.39)
        hand.session.execute(add("c1", 0, 3))
        before = rows(project)
        take_records(project, tmp_path, *exported(project))
        assert rows(project) == before

    def test_a_record_with_more_time_is_no_other_record(self, project: Project, tmp_path: Path) -> None:
        given = record(doc_id="a", spans=[CLAIM], document_labels=["opinion"], active_seconds=10)
        take_records(project, tmp_path, given)
        desk = session(project, "a")
        desk.execute(Operation("document label", (Change(DocumentLabel("opinion"), None),)))
        take_records(project, tmp_path, given | {"active_seconds": 20})
        assert (session(project, "a").state.document_labels, stored(project)["a"]) == ((), 20)

    def test_time_alone_leaves_a_document_new(self, project: Project, tmp_path: Path) -> None:
        report = take_records(project, tmp_path, record(doc_id="a", active_seconds=20))
        assert (report.unchanged, report.rejected) == (1, [])
        assert (list_documents(project, "salma")[0].status, stored(project)["a"]) == ("new", 20)

    def test_time_is_somebodys(self, project: Project, tmp_path: Path) -> None:
        report = take_records(project, tmp_path, record(doc_id="a", active_seconds=20, annotator=None))
        assert reasons(report) == ["a record with annotations needs an annotator"]

    @pytest.mark.parametrize("wrong", [-1, "12", True, [1], 1e300, 2**31])
    def test_what_is_no_time_is_refused(self, project: Project, tmp_path: Path, wrong: object) -> None:
        report = take_records(project, tmp_path, record(doc_id="a", spans=[CLAIM], active_seconds=wrong))
        assert reasons(report)[0].startswith("active_seconds must be a number from 0, and is ")
        assert rows(project) == []

    @pytest.mark.parametrize("given", [0, 0.0, None, 0.0004])
    def test_no_time_in_a_record_is_none(self, project: Project, tmp_path: Path, given: object) -> None:
        take_records(project, tmp_path, record(doc_id="a", active_seconds=given))
        assert rows(project) == []

    def test_a_rejected_record_brings_no_time(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path, record(doc_id="a", spans=[span(0, 9999)], active_seconds=20))
        assert rows(project) == []
