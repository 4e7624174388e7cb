"""Older databases are brought up to date, whole or not at all."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from annotator.errors import StoreError
from annotator.services.looking import find_document, list_documents
from annotator.services.maintenance import check
from annotator.services.project import open_project
from annotator.services.session import AnnotationSession
from annotator.store import migrating
from annotator.store import project as store_project
from annotator.store.engine import Store, connect
from annotator.store.header import APPLICATION_ID
from annotator.store.migrating import SCRIPTS, migrate
from annotator.store.tables import REVISION
from tests.support.cli import annotator
from tests.support.projects import BODY, add, create, project_with, record, session, span, take_records, write


NEXT = f"{int(REVISION) + 1:04}"
HEAD = f"""
import sqlalchemy as sa
from alembic import op


revision = "{NEXT}"
down_revision = "{REVISION}"


def upgrade():
"""
ADD_COLUMN = (
    HEAD
    + """
    with op.batch_alter_table("annotator") as annotator:
        annotator.add_column(sa.Column("role", sa.Text, nullable=False, server_default="annotator"))
        annotator.alter_column("name", new_column_name="full_name")
"""
)
FAIL_LATE = ADD_COLUMN + '    op.execute("DELETE FROM content")\n    op.execute("SELECT nonsense")\n'
LOSE_ROWS = HEAD + '    op.execute("DELETE FROM document")\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return project_with(tmp_path / "a.db", record(doc_id="a", text=BODY, spans=[span(0, 3, id="c1")]))


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = connect(path, create=False)
    yield store
    store.close()


def scripts(folder: Path, script: str) -> Path:
    """The migrations, and one more."""
    shutil.copytree(SCRIPTS, folder / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    write(folder / "migrations" / "versions" / f"{NEXT}_next.py", script)
    return folder / "migrations"


def config() -> Config:
    found = Config()
    found.set_main_option("script_location", str(SCRIPTS))
    return found


def make_tables(path: Path, revision: str) -> None:
    """A database with the tables of a revision, made by the migrations."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)
    engine.dispose()


def tables(path: Path) -> dict[str, str]:
    """Every table, index and trigger, without white space, quotes round names, and order of no importance."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: " ".join(sorted(re.findall(r"[\w']+|[^\w\s,\"]", sql))) for name, sql in rows}


def test_a_migration_keeps_everything_and_leaves_a_backup(store: Store, tmp_path: Path) -> None:
    before = tables(store.path)
    backup = migrate(store, REVISION, scripts(tmp_path, ADD_COLUMN))
    assert store_project.read_revision(store) == NEXT
    with store.read() as connection:
        assert connection.exec_driver_sql("SELECT full_name, name_key, role FROM annotator").all() == [
            ("salma", "salma", "annotator")
        ]
        assert connection.exec_driver_sql("SELECT id FROM annotation").scalars().all() == ["c1"]
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    for name in ("gold", "salma"):
        with pytest.raises(StoreError, match="refused the change"), store.write() as connection:
            connection.exec_driver_sql("INSERT INTO annotator VALUES (NULL, 'x', ?, '', '')", (name,))
    assert backup.name.startswith(f"a.db.{REVISION}.")
    assert tables(backup) == before
    with open_project(str(backup)) as project:
        assert check(project) == []


@pytest.mark.parametrize("script", [FAIL_LATE, LOSE_ROWS])
def test_a_migration_that_fails_changes_nothing_and_names_its_backup(store: Store, tmp_path: Path, script: str) -> None:
    before = tables(store.path)
    with pytest.raises(StoreError, match=f"the migration from tables {REVISION} failed") as caught:
        migrate(store, REVISION, scripts(tmp_path, script))
    (backup,) = tmp_path.glob(f"a.db.{REVISION}.*.bak")
    assert str(backup) in caught.value.hint
    assert tables(store.path) == before
    store.close()
    with open_project(str(store.path)) as project:
        assert check(project) == []
        assert len(session(project, "a").state.annotations) == 1


def test_opening_an_older_database_migrates_it(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_project, "REVISION", NEXT)
    monkeypatch.setattr(migrating, "migrate", partial(migrate, scripts=scripts(tmp_path, ADD_COLUMN)))
    store_project.open_project(path).close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(NEXT,)]
    assert len(list(tmp_path.glob(f"a.db.{REVISION}.*.bak"))) == 1
    store_project.open_project(path).close()
    assert len(list(tmp_path.glob(f"a.db.{REVISION}.*.bak"))) == 1


def test_the_migrations_end_in_the_tables_of_this_version(tmp_path: Path) -> None:
    assert ScriptDirectory.from_config(config()).get_current_head() == REVISION
    make_tables(tmp_path / "migrated.db", "head")
    create(tmp_path / "created.db").close()
    assert tables(tmp_path / "migrated.db") == tables(tmp_path / "created.db")


class TestFirstTables:
    """A database of the tables 0001, which knew no active time."""

    @pytest.fixture
    def first(self, tmp_path: Path) -> Path:
        """With the work of salma in a and of nour in b, whom it was opened by last."""
        newer, first = tmp_path / "newer.db", tmp_path / "first.db"
        with create(newer) as project:
            given = {"text": BODY, "spans": [span(0, 3, id="c1"), span(4, 10, "source", id="s1")]}
            relation = {"id": "r1", "label": "attributed_to", "head": "c1", "tail": "s1"}
            finished = record(doc_id="a", status="done", note="n", relations=[relation], **given)
            take_records(project, tmp_path, finished, record(doc_id="b", annotator="nour", **given))
            session(project, "a").execute(add("c2", 14, 28))
            session(project, "b", "nour").save_cursor(7)
        make_tables(first, "0001")
        with closing(sqlite3.connect(first)) as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            copy_rows(connection, newer)
        assert "active_ms" not in tables(first)["progress"]
        return first

    def test_opening_migrates_it_and_keeps_every_row(self, first: Path) -> None:
        before = rows(first)
        open_project(str(first)).close()
        after = rows(first)
        assert (before.pop("alembic_version"), after.pop("alembic_version")) == ([("0001",)], [(REVISION,)])
        before["progress"] = [(*row, 0) for row in before["progress"]]
        before["content"] = [(*row, None) for row in before["content"]]
        before |= {table: [] for table in after.keys() - before.keys()}
        assert after == before

    def test_the_work_goes_on(self, first: Path) -> None:
        with open_project(str(first)) as project:
            assert check(project) == []
            desk = session(project, "a")
            assert [annotation.id for annotation in desk.state.annotations] == ["c1", "s1", "c2"]
            assert (desk.state.status, desk.state.note, len(desk.state.relations)) == ("done", "n", 1)
            assert (desk.cursor, session(project, "b", "nour").cursor) == (None, 7)
            assert desk.undo() is not None
            assert check(project) == []

    def test_it_then_has_the_tables_of_a_new_one(self, first: Path, tmp_path: Path) -> None:
        open_project(str(first)).close()
        create(tmp_path / "created.db").close()
        assert tables(first) == tables(tmp_path / "created.db")

    def test_a_backup_is_left_that_is_as_it_was(self, first: Path, tmp_path: Path) -> None:
        before = tables(first), rows(first)
        open_project(str(first)).close()
        (backup,) = tmp_path.glob("first.db.0001.*.bak")
        assert (tables(backup), rows(backup)) == before
        open_project(str(first)).close()
        assert list(tmp_path.glob("first.db.0001.*.bak")) == [backup]

    def test_time_is_counted_from_then_on(self, first: Path) -> None:
        with open_project(str(first)) as project:
            assert [row.active_seconds for row in list_documents(project, "salma")] == [0.0, 0.0]
            moments = iter((0.0, 20.0))
            desk = AnnotationSession(project, "salma", find_document(project, "a"), stopwatch=lambda: next(moments))
            desk.touch()
            desk.execute(add("c3", 30, 35))
            assert [row.active_seconds for row in list_documents(project, "salma")] == [20.0, 0.0]

    def test_what_refuses_wrong_rows_is_in_force(self, first: Path) -> None:
        open_project(str(first)).close()
        with closing(sqlite3.connect(first)) as connection:
            for wrong in ("active_ms = -1", "active_ms = NULL", "cursor = -1", "status = 'new'"):
                with pytest.raises(sqlite3.IntegrityError):
                    connection.execute(f"UPDATE progress SET {wrong}")
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute("DELETE FROM journal")

    def test_upgrade_says_from_where_to_where(self, first: Path) -> None:
        result = annotator("db", "upgrade", db=first)
        assert (result.code, result.out) == (0, b"")
        assert result.err == f"{first}: tables 0001 are now {REVISION}; a backup was made beside it\n"


def copy_rows(connection: sqlite3.Connection, source: Path) -> None:
    """Fill the tables of a database with the columns that they share with those of another one."""
    connection.execute("ATTACH ? AS source", (str(source),))
    for (name,) in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
        if name not in {"alembic_version", "sqlite_sequence"}:
            columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({name})"))
            connection.execute(f"INSERT INTO main.{name} ({columns}) SELECT {columns} FROM source.{name}")
    connection.commit()


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of a database, by table."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for (name,) in names}
