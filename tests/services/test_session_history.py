"""The history of an annotator in a document as a list, and going to any place in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from annotator.errors import OperationError, StoreError
from annotator.model.annotation import Slot, Value
from annotator.model.history import JournalEntry
from annotator.model.operations import Change, Operation
from annotator.model.state import AnnotationState
from annotator.services.looking import find_document
from annotator.services.maintenance import check
from annotator.services.project import Project
from annotator.services.session import AnnotationSession
from annotator.store import journal
from tests.support.builders import built
from tests.support.model import RETYPING, legal_states
from tests.support.projects import BODY, add, create, reopened, session, take_records


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create(tmp_path / "annotator.db") as project:
        take_records(project, tmp_path, {"id": "a", "text": BODY}, {"id": "b", "text": BODY})
        yield project
        assert check(project) == []


def ids(desk: AnnotationSession) -> list[str]:
    return [annotation.id for annotation in desk.state.annotations]


def written(project: Project) -> list[JournalEntry]:
    with project.store.read() as connection:
        return [entry for place in journal.places(connection) for entry in journal.entries(connection, place)]


def three(project: Project, doc_id: str = "a") -> AnnotationSession:
    """A session in which three annotations were made, a second apart."""
    seconds = count()
    desk = AnnotationSession(
        project, "salma", find_document(project, doc_id), clock=lambda: f"2026-01-02T03:04:{next(seconds):02}+00:00"
    )
    for number in range(3):
        desk.execute(add(f"c{number}", number, number + 1))
    return desk


class TestTimeline:
    def test_a_new_session_has_none(self, project: Project) -> None:
        assert session(project, "a").timeline() == ()

    def test_it_lists_what_was_done_with_the_time_of_each(self, project: Project) -> None:
        items = three(project).timeline()
        assert [(one.position, one.operation, one.is_undone) for one in items] == [
            (number + 1, add(f"c{number}", number, number + 1), False) for number in range(3)
        ]
        times = [one.at for one in items]
        assert all(time.startswith("2026-01-02T03:04:") for time in times)
        assert times == sorted(set(times))

    def test_what_was_undone_stays_on_it_with_the_time_it_was_done_first(self, project: Project) -> None:
        desk = three(project)
        before = desk.timeline()
        desk.undo()
        assert [one.is_undone for one in desk.timeline()] == [False, False, True]
        desk.redo()
        assert desk.timeline() == before

    def test_another_session_has_the_same(self, project: Project) -> None:
        desk = three(project)
        desk.undo()
        with reopened(project.path) as other:
            assert session(other, "a").timeline() == desk.timeline()

    def test_it_belongs_to_one_annotator_and_document(self, project: Project) -> None:
        three(project)
        assert session(project, "b").timeline() == session(project, "a", "nour").timeline() == ()


class TestGoTo:
    def test_it_goes_back(self, project: Project) -> None:
        desk = three(project)
        assert desk.go_to(1) == ((2, 3), (1, 2))
        assert ids(desk) == ["c0"]
        assert ids(session(project, "a")) == ["c0"]

    def test_it_goes_forward(self, project: Project) -> None:
        desk = three(project)
        desk.go_to(0)
        assert desk.go_to(2) == ((0, 1), (1, 2))
        assert ids(session(project, "a")) == ["c0", "c1"]

    def test_it_goes_on_after_a_restart(self, project: Project) -> None:
        three(project).go_to(0)
        with reopened(project.path) as other:
            desk = session(other, "a")
            desk.go_to(3)
            assert ids(desk) == ["c0", "c1", "c2"]

    def test_each_step_is_an_entry_that_names_what_it_undoes_or_redoes(self, project: Project) -> None:
        desk = three(project)
        done = [entry.op_id for entry in written(project)]
        desk.go_to(1)
        desk.go_to(2)
        steps = [(entry.kind, entry.target) for entry in written(project)[3:]]
        assert steps == [("undo", done[2]), ("undo", done[1]), ("redo", done[1])]

    def test_every_entry_has_an_id_of_its_own(self, project: Project) -> None:
        three(project).go_to(0)
        assert len({entry.op_id for entry in written(project)}) == 6

    def test_undo_and_redo_go_on_from_there(self, project: Project) -> None:
        desk = three(project)
        desk.go_to(1)
        desk.redo()
        assert ids(desk) == ["c0", "c1"]
        desk.undo()
        desk.undo()
        assert ids(desk) == []

    def test_a_new_operation_there_ends_redoing(self, project: Project) -> None:
        desk = three(project)
        desk.go_to(1)
        desk.execute(add("new", 5, 6))
        assert [one.operation.changes[0].slot[1] for one in desk.timeline()] == ["c0", "new"]

    def test_to_the_present_place_it_writes_nothing(self, project: Project) -> None:
        desk = three(project)
        assert desk.go_to(3) == ()
        assert len(written(project)) == 3

    @pytest.mark.parametrize("position", [-1, 4])
    def test_a_place_beyond_the_ends_is_refused_and_nothing_is_written(self, project: Project, position: int) -> None:
        desk = three(project)
        with pytest.raises(OperationError, match="the history has no place"):
            desk.go_to(position)
        assert (len(written(project)), len(ids(desk))) == (3, 3)

    def test_in_a_window_that_is_behind_it_changes_nothing_and_loads_again(self, project: Project) -> None:
        desk = three(project)
        session(project, "a").execute(add("new", 5, 6))
        with pytest.raises(OperationError, match="changed in another window"):
            desk.go_to(0)
        assert ids(desk) == ["c0", "c1", "c2", "new"]
        assert len(written(project)) == 4

    def test_where_a_step_cannot_be_written_none_is(self, project: Project) -> None:
        desk = three(project)
        before = (desk.state, desk.history)
        with project.store.write() as connection:
            connection.exec_driver_sql(
                "CREATE TRIGGER full BEFORE INSERT ON journal WHEN (SELECT count(*) FROM journal) = 4 "
                "BEGIN SELECT RAISE(ABORT, 'no room'); END"
            )
        with pytest.raises(StoreError):
            desk.go_to(0)
        assert (desk.state, desk.history) == before
        assert len(written(project)) == 3
        with project.store.write() as connection:
            connection.exec_driver_sql("DROP TRIGGER full")
        desk.go_to(0)
        assert ids(session(project, "a")) == []


class Worker:
    """One annotator's session, against plain copies of what was there at each place of the history."""

    def __init__(self, project: Project, name: str, start: AnnotationState) -> None:
        self.project, self.name = project, name
        self.desk = session(project, "a", name)
        self.there: list[dict[Slot, Value]] = [{}]
        self.position = 0
        self.do(Operation("add", tuple(Change(None, value) for value in start.values.values())))

    def do(self, operation: Operation) -> None:
        self.desk.execute(operation)
        self.position += 1
        self.there[self.position :] = [dict(self.desk.state.values)]

    def act(self, draw: st.DrawFn, new_id: str) -> None:
        match draw(st.sampled_from(["build", "build", "build", "undo", "redo", "go to", "restart"])):
            case "build":
                with suppress(OperationError):
                    self.do(draw(built(self.desk.state, new_id=new_id)))
            case "undo":
                self.position -= self.desk.undo() is not None
            case "redo":
                self.position += self.desk.redo() is not None
            case "go to":
                self.position = draw(st.integers(0, len(self.there) - 1))
                self.desk.go_to(self.position)
            case _:
                self.desk = session(self.project, "a", self.name)

    def check(self) -> None:
        assert self.desk.state.values == self.there[self.position]
        undone = [number > self.position for number in range(1, len(self.there))]
        assert [one.is_undone for one in self.desk.timeline()] == undone


NUMBERS = count()


@settings(
    deadline=None,
    max_examples=30,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data(), start=legal_states(RETYPING))
def test_after_any_sequence_the_current_rows_equal_the_folded_journal(
    project: Project, data: st.DataObject, start: AnnotationState
) -> None:
    """Every example has an annotator of its own, so that one project will do for all."""
    worker = Worker(project, f"annotator {next(NUMBERS)}", start)
    for number in range(data.draw(st.integers(5, 15))):
        worker.act(data.draw, f"n{number}")
        worker.check()
    stored = session(project, "a", worker.name)
    assert (stored.state, stored.history) == (worker.desk.state, worker.desk.history)
    assert check(project) == []
