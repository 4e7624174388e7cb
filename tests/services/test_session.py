"""One annotator at work: every operation is on disk before it counts, and undo survives a restart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import OperationError, StoreError, UsageError
from annotator.model.annotation import Annotation, Status
from annotator.model.operations import Change, Operation
from annotator.services.looking import find_document, status
from annotator.services.maintenance import check
from annotator.services.project import Project
from annotator.services.session import AnnotationSession, new_id
from annotator.store import journal
from tests.support.projects import BODY, add, create, reopened, session, take_records


DONE = Operation("status", (Change(None, Status("done")),))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create(tmp_path / "annotator.db") as project:
        take_records(project, tmp_path, {"id": "a", "text": BODY}, {"id": "b", "text": BODY})
        yield project
        assert check(project) == []


def ids(desk: AnnotationSession) -> list[str]:
    return [annotation.id for annotation in desk.state.annotations]


def entries(project: Project) -> int:
    with project.store.read() as connection:
        return sum(len(list(journal.entries(connection, place))) for place in journal.places(connection))


def test_an_operation_is_on_disk_when_execute_returns(project: Project) -> None:
    changed = session(project, "a").execute(add("c1", 0, 3))
    assert changed == ((0, 3),)
    with reopened(project.path) as other:
        assert ids(session(other, "a")) == ["c1"]


def test_a_new_session_finds_the_state_and_the_history(project: Project) -> None:
    first = session(project, "a")
    first.execute(add("c1", 0, 3))
    first.execute(DONE)
    second = session(project, "a")
    assert (second.state, second.history) == (first.state, first.history)


def test_undo_and_redo_survive_a_restart(project: Project) -> None:
    session(project, "a").execute(add("c1", 0, 3))
    undone = session(project, "a").undo()
    assert undone is not None
    assert undone[0].name == "add"
    assert ids(session(project, "a")) == []
    session(project, "a").redo()
    assert ids(session(project, "a")) == ["c1"]


def test_undo_and_redo_write_new_entries_and_change_none(project: Project) -> None:
    desk = session(project, "a")
    desk.execute(add("c1", 0, 3))
    desk.undo()
    desk.redo()
    desk.undo()
    assert entries(project) == 4


def test_everything_can_be_undone_to_the_first_operation(project: Project) -> None:
    desk = session(project, "a")
    for number in range(30):
        desk.execute(add(f"c{number}", number, number + 1))
    while desk.undo():
        pass
    assert ids(desk) == []
    while desk.redo():
        pass
    assert len(ids(session(project, "a"))) == 30


def test_there_may_be_nothing_to_undo_or_redo(project: Project) -> None:
    desk = session(project, "a")
    assert (desk.undo(), desk.redo()) == (None, None)


def test_a_new_operation_ends_redoing(project: Project) -> None:
    desk = session(project, "a")
    desk.execute(add("c1", 0, 3))
    desk.undo()
    desk.execute(add("c2", 4, 6))
    assert desk.redo() is None
    assert ids(desk) == ["c2"]


def test_undo_belongs_to_one_document(project: Project) -> None:
    session(project, "a").execute(add("c1", 0, 3))
    assert session(project, "b").undo() is None


def test_annotators_are_blind_to_each_other(project: Project) -> None:
    salma, nour = session(project, "a"), session(project, "a", "nour")
    salma.execute(add("c1", 0, 3))
    nour.execute(add("c1", 4, 6))
    assert [annotation.start for annotation in session(project, "a").state.annotations] == [0]
    assert [annotation.start for annotation in session(project, "a", "nour").state.annotations] == [4]
    assert nour.undo() is not None
    assert ids(session(project, "a")) == ["c1"]


def test_a_second_window_of_the_same_annotator_is_told_and_loads_again(project: Project) -> None:
    one, other = session(project, "a"), session(project, "a")
    one.execute(add("c1", 0, 3))
    with pytest.raises(OperationError, match="changed in another window"):
        other.execute(add("c2", 4, 6))
    assert ids(other) == ["c1"]
    other.execute(add("c2", 4, 6))
    assert ids(session(project, "a")) == ["c1", "c2"]


def test_undo_in_a_window_that_is_behind_changes_nothing(project: Project) -> None:
    one = session(project, "a")
    one.execute(add("c1", 0, 3))
    other = session(project, "a")
    one.execute(add("c2", 4, 6))
    with pytest.raises(OperationError, match="another window"):
        other.undo()
    assert ids(session(project, "a")) == ["c1", "c2"]


def test_an_operation_that_does_not_fit_writes_nothing(project: Project) -> None:
    desk = session(project, "a")
    missing = Annotation("c1", 0, 3, "claim")
    with pytest.raises(OperationError):
        desk.execute(Operation("remove", (Change(missing, None),)))
    assert (entries(project), ids(desk)) == (0, [])


def test_where_it_cannot_be_written_the_state_stays(project: Project) -> None:
    desk = session(project, "a")
    with project.store.write() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'no room for قال الوزير'); END"
        )
    with pytest.raises(StoreError, match="the database refused the change") as caught:
        desk.execute(add("c1", 0, 3))
    assert "قال" not in str(caught.value)
    assert (ids(desk), desk.history.undoable) == ([], ())
    with project.store.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER full")
    desk.execute(add("c1", 0, 3))
    assert ids(session(project, "a")) == ["c1"]


def test_the_cursor_is_remembered_for_each_annotator_and_document(project: Project) -> None:
    desk = session(project, "a")
    assert desk.cursor is None
    desk.save_cursor(7)
    assert session(project, "a").cursor == 7
    assert (session(project, "a", "nour").cursor, session(project, "b").cursor) == (None, None)


def test_the_cursor_is_no_operation(project: Project) -> None:
    one, other = session(project, "a"), session(project, "a")
    one.save_cursor(7)
    other.execute(add("c1", 0, 3))
    assert one.undo() is None


def test_the_clock_is_given(project: Project) -> None:
    desk = AnnotationSession(project, "salma", find_document(project, "a"), clock=lambda: "2026-01-02T03:04:05Z")
    desk.execute(add("c1", 0, 3))
    with project.store.read() as connection:
        assert connection.exec_driver_sql("SELECT at FROM journal").scalar_one() == "2026-01-02T03:04:05Z"


def test_a_session_creates_its_annotator(project: Project) -> None:
    session(project, "a", "  نور ")
    assert [annotator.name for annotator in status(project).annotators] == ["نور"]


@pytest.mark.parametrize("name", ["gold", "All", "", "  ", "a\nb", "a\x1bb", "x" * 101])
def test_some_names_are_nobodys(project: Project, name: str) -> None:
    with pytest.raises(UsageError):
        session(project, "a", name)
    assert status(project).annotators == []


def test_ids_are_unlike() -> None:
    assert len({new_id() for _ in range(1000)}) == 1000
