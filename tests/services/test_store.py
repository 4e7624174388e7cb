"""The database itself: who may open it, what it refuses, and what survives."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import StoreError, UsageError
from annotator.model.annotation import Annotation, Status
from annotator.model.history import JournalEntry
from annotator.model.operations import Change, Operation
from annotator.services.project import open_project
from annotator.store import annotators, journal
from annotator.store import project as store_project
from annotator.store.converters import attributes_from_json, attributes_to_json, changes_from_json, changes_to_json
from annotator.store.engine import Store, connect
from annotator.store.header import APPLICATION_ID, has_wal_reset_bug, journal_mode
from annotator.store.tables import REVISION
from tests.support.cli import without_privileges
from tests.support.model import values
from tests.support.projects import BODY, add, create, project_with, record, reopened, session, span, write


class MidwayError(Exception):
    """Something else that goes wrong in the middle of a transaction."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project of salma with one annotation in document a."""
    return project_with(tmp_path / "a.db", record(doc_id="a", text=BODY, spans=[span(0, 3, id="c1")]))


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with reopened(path) as project:
        yield project.store


def ask(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


class TestFile:
    def test_only_its_owner_may_read_it(self, tmp_path: Path) -> None:
        before = os.umask(0)
        try:
            create(tmp_path / "a.db").close()
        finally:
            os.umask(before)
        assert stat.S_IMODE((tmp_path / "a.db").stat().st_mode) == 0o600

    def test_nobody_else_may_read_what_lies_beside_it(self, path: Path) -> None:
        with reopened(path) as project, project.store.write() as connection:
            connection.exec_driver_sql("UPDATE document SET title = 'x'")
            beside = [file for file in path.parent.iterdir() if file.name.startswith("a.db-")]
            assert beside
            assert {stat.S_IMODE(file.stat().st_mode) for file in beside} == {0o600}

    def test_its_header_names_the_program(self, path: Path) -> None:
        assert ask(path, "PRAGMA application_id") == [(APPLICATION_ID,)]
        assert path.read_bytes()[68:72] == b"anno"

    def test_it_is_synchronous_and_checks_foreign_keys(self, store: Store) -> None:
        with store.read() as connection:
            settings_ = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("synchronous", "foreign_keys", "trusted_schema", "busy_timeout", "journal_mode")
            }
        assert settings_ == {
            "synchronous": 2,
            "foreign_keys": 1,
            "trusted_schema": 0,
            "busy_timeout": 30_000,
            "journal_mode": journal_mode(sqlite3.sqlite_version_info),
        }


class TestRefused:
    def refused(self, path: Path) -> str:
        before = path.read_bytes()
        with pytest.raises(StoreError) as caught:
            open_project(str(path))
        assert path.read_bytes() == before
        return caught.value.message

    def test_the_database_of_another_program(self, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / "other.db")) as other:
            other.execute("CREATE TABLE bookmark (url TEXT)")
            other.commit()
        assert self.refused(tmp_path / "other.db").endswith("is the database of another program")

    def test_a_file_that_is_no_database(self, tmp_path: Path) -> None:
        assert self.refused(write(tmp_path / "page.txt", BODY)).endswith("page.txt is no database")

    def test_a_database_that_was_cut_short(self, path: Path) -> None:
        path.write_bytes(path.read_bytes()[:3000])
        assert "a.db: " in self.refused(path)

    def test_a_damaged_database(self, path: Path) -> None:
        data = path.read_bytes()
        path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
        assert self.refused(path) == f"{path.name}: the database is damaged"

    def test_a_newer_database(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
            connection.commit()
        message = self.refused(path)
        assert "written by a newer version of annotator (tables 9999, this one knows" in message

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="cannot read the database"):
            open_project(str(tmp_path))

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match=r"cannot create the database .*: No such file or directory"):
            create(tmp_path / "no" / "a.db")

    def test_a_folder_without_the_right_to_write(self, path: Path) -> None:
        with without_privileges() as folder:
            folder.chmod(0o500)
            with pytest.raises(StoreError, match=r"cannot create the database .*: Permission denied"):
                create(folder / "a.db")

    def test_a_file_that_may_only_be_read_is_read_and_not_written(self, path: Path) -> None:
        data = path.read_bytes()
        with without_privileges() as folder:
            mine = write(folder / "a.db", data)
            mine.chmod(0o400)
            with reopened(mine) as project:
                desk = session(project, "a")
                assert len(desk.state.annotations) == 1
                with pytest.raises(StoreError, match="the database is read-only"):
                    desk.execute(add("c2", 4, 6))
                assert len(desk.state.annotations) == 1

    def test_a_busy_database(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("annotator.store.engine.BUSY_TIMEOUT_MS", 10)
        with closing(sqlite3.connect(path, isolation_level=None)) as other, reopened(path) as project:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match="another program has kept the database busy"), project.store.write():
                pass


@pytest.mark.parametrize(
    ("version", "is_buggy"),
    [
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 44, 9), False),
        ((3, 45, 0), True),
        ((3, 49, 2), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 0), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), True),
        ((3, 52, 1), False),
        ((3, 53, 0), False),
        ((4, 0, 0), False),
    ],
)
def test_wal_is_used_where_sqlite_does_not_lose_pages_in_it(version: tuple[int, ...], is_buggy: bool) -> None:
    assert has_wal_reset_bug(version) is is_buggy
    assert journal_mode(version) == ("truncate" if is_buggy else "wal")


class TestTransactions:
    def test_a_write_holds_off_other_writers_from_its_beginning(self, store: Store) -> None:
        other = sqlite3.connect(store.path, timeout=0, isolation_level=None)
        with store.write(), closing(other), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")

    def test_a_write_that_fails_is_undone(self, store: Store) -> None:
        with suppress(MidwayError), store.write() as connection:
            connection.exec_driver_sql("DELETE FROM annotation")
            raise MidwayError
        assert ask(store.path, "SELECT count(*) FROM annotation") == [(1,)]


class TestRules:
    """What the tables themselves refuse, whoever writes."""

    @pytest.mark.parametrize("statement", ["UPDATE journal SET at = ''", "DELETE FROM journal"])
    def test_the_journal_is_append_only(self, path: Path, statement: str) -> None:
        connection = sqlite3.connect(path)
        with closing(connection), pytest.raises(sqlite3.IntegrityError, match="the journal is append-only"):
            connection.execute(statement)

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE annotation SET start = -1",
            'UPDATE annotation SET "end" = -1',
            'UPDATE annotation SET start = 2, "end" = 1',
            'UPDATE annotation SET "end" = start',
            "UPDATE annotation SET raw_start = 1, raw_end = 2",
            "UPDATE annotation SET label = NULL",
            "UPDATE document SET length = 0",
            "UPDATE document SET title_start = 1, title_end = NULL",
            "UPDATE document SET title_start = 5, title_end = 5",
            "UPDATE document SET title_start = 0, title_end = length + 1",
            "UPDATE annotator SET name_key = 'gold'",
            "UPDATE annotator SET name_key = 'all'",
            "UPDATE annotator SET name_key = ''",
            "UPDATE progress SET status = 'lost'",
            "UPDATE progress SET cursor = -1",
            "INSERT INTO document_label VALUES (1, 99, 'opinion')",
            "INSERT INTO document_label VALUES (99, 1, 'opinion')",
            "INSERT INTO annotator SELECT id + 1, 'SALMA', name_key, added_at FROM annotator",
            "INSERT INTO schema_version SELECT id, name, version, source, added_at FROM schema_version",
            "DELETE FROM document",
            "DELETE FROM annotator",
        ],
    )
    def test_impossible_values_are_refused(self, store: Store, statement: str) -> None:
        with pytest.raises(StoreError, match="the database refused the change"), store.write() as connection:
            connection.exec_driver_sql(statement)

    def test_what_was_refused_is_not_quoted(self, store: Store) -> None:
        with pytest.raises(StoreError) as caught, store.write() as connection:
            connection.exec_driver_sql("UPDATE annotator SET name_key = 'gold', name = ?", ("سر",))
        assert "سر" not in str(caught.value)
        assert "سر" not in str(caught.value.__cause__)


class TestJournal:
    PLACE = (1, 1)
    ENTRY = JournalEntry("op-1", add("c2", 4, 6))

    def append(self, store: Store, entry: JournalEntry, place: journal.Place = PLACE) -> int | None:
        with store.write() as connection:
            return journal.append(connection, place, entry, 1, "2026-01-01")

    def test_a_retry_of_an_operation_is_one_row(self, store: Store) -> None:
        assert self.append(store, self.ENTRY) is not None
        assert self.append(store, self.ENTRY) is None
        with store.read() as connection:
            assert [entry.op_id for entry in journal.entries(connection, self.PLACE)][1:] == ["op-1"]
            assert len(journal.load_state(connection, self.PLACE).annotations) == 2

    def test_another_annotator_may_have_the_same_op_id(self, store: Store) -> None:
        with store.write() as connection:
            other = annotators.ensure(connection, "nour", "2026-01-01")
        assert self.append(store, self.ENTRY) is not None
        assert self.append(store, self.ENTRY, (other, 1)) is not None

    def test_an_entry_comes_back_as_it_was_written(self, store: Store) -> None:
        entry = JournalEntry("op-2", Operation("status", (Change(None, Status("done")),)), "undo", "op-1")
        self.append(store, entry)
        with store.read() as connection:
            assert list(journal.entries(connection, self.PLACE))[-1] == entry

    def test_a_status_taken_back_is_open(self, store: Store) -> None:
        done = Operation("status", (Change(None, Status("done")),))
        self.append(store, JournalEntry("op-2", done))
        self.append(store, JournalEntry("op-3", done.inverse, "undo", "op-2"))
        with store.read() as connection:
            assert journal.load_state(connection, self.PLACE).status == "open"

    def test_many_changes_are_one_entry(self, store: Store) -> None:
        changes = tuple(Change(None, Annotation(f"m{n}", n, n + 1, "claim")) for n in range(2000))
        self.append(store, JournalEntry("op-2", Operation("add", changes)))
        with store.read() as connection:
            assert len(journal.load_state(connection, self.PLACE).annotations) == 2001
        self.append(store, JournalEntry("op-3", Operation("add", changes).inverse, "undo", "op-2"))
        with store.read() as connection:
            assert len(journal.load_state(connection, self.PLACE).annotations) == 1

    def test_sequence_numbers_are_never_used_again(self, store: Store) -> None:
        first = self.append(store, self.ENTRY)
        with suppress(MidwayError), store.write() as connection:
            journal.append(connection, self.PLACE, JournalEntry("op-2", add("c3", 7, 9)), 1, "2026-01-01")
            raise MidwayError
        second = self.append(store, JournalEntry("op-4", add("c4", 7, 9)))
        assert first is not None
        assert second is not None
        assert second > first


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.none() | values(), values()), max_size=5))
def test_changes_survive_being_stored(pairs: list[tuple[object, object]]) -> None:
    changes = tuple(Change(before, after) for before, after in pairs)  # type: ignore[arg-type]
    changes += tuple(change.inverse for change in changes)
    assert changes_from_json(changes_to_json(changes)) == changes


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.text(), st.text())).map(tuple))
def test_attributes_survive_being_stored(attributes: tuple[tuple[str, str], ...]) -> None:
    assert attributes_from_json(attributes_to_json(attributes)) == attributes


@pytest.mark.parametrize("location", ["sqlite://a.db", "sqlite:///a.db?mode=ro", "mysql://host/db"])
def test_some_locations_are_no_files(location: str) -> None:
    with pytest.raises(UsageError):
        store_project.database_path(location)


@pytest.mark.parametrize(
    ("location", "path"), [("a.db", "a.db"), ("sqlite:///a.db", "a.db"), ("sqlite:////tmp/a.db", "/tmp/a.db")]
)
def test_a_location_is_a_path_or_a_url(location: str, path: str) -> None:
    assert store_project.database_path(location) == Path(path)


def test_a_store_can_be_opened_without_looking_at_its_tables(path: Path) -> None:
    store = connect(path, create=False)
    assert store_project.read_revision(store) == REVISION
    store.close()


def test_batches_of_names_are_looked_up_in_pieces(store: Store) -> None:
    from annotator.store import documents

    names = [f"d{number}" for number in range(2 * documents.LOOKUP_SIZE)] + ["a"]
    with store.read() as connection:
        assert [identity.doc_id for identity in documents.identities(connection, names)] == ["a"]
