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
from annotator.services.maintenance import check
from annotator.services.project import open_project
from annotator.store import migrating
from annotator.store import project as store_project
from annotator.store.engine import Store, connect
from annotator.store.migrating import SCRIPTS, migrate
from annotator.store.tables import REVISION
from tests.support.projects import BODY, create, project_with, record, session, span, write


HEAD = """
import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"


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
    write(folder / "migrations" / "versions" / "0002_next.py", script)
    return folder / "migrations"


def tables(path: Path) -> dict[str, str]:
    """Every table, index and trigger, with white space and order of no importance taken out."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: " ".join(sorted(re.findall(r"[\w']+|[^\w\s,]", sql))) for name, sql in rows}


def test_a_migration_keeps_everything_and_leaves_a_backup(store: Store, tmp_path: Path) -> None:
    before = tables(store.path)
    backup = migrate(store, "0001", scripts(tmp_path, ADD_COLUMN))
    assert store_project.read_revision(store) == "0002"
    with store.read() as connection:
        assert connection.exec_driver_sql("SELECT full_name, name_key, role FROM annotator").all() == [
            ("salma", "salma", "annotator")
        ]
        assert connection.exec_driver_sql("SELECT id FROM annotation").scalars().all() == ["c1"]
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    for name in ("gold", "salma"):
        with pytest.raises(StoreError, match="refused the change"), store.write() as connection:
            connection.exec_driver_sql("INSERT INTO annotator VALUES (NULL, 'x', ?, '', '')", (name,))
    assert backup.name.startswith("a.db.0001.")
    assert tables(backup) == before
    with open_project(str(backup)) as project:
        assert check(project) == []


@pytest.mark.parametrize("script", [FAIL_LATE, LOSE_ROWS])
def test_a_migration_that_fails_changes_nothing_and_names_its_backup(store: Store, tmp_path: Path, script: str) -> None:
    before = tables(store.path)
    with pytest.raises(StoreError, match="the migration from tables 0001 failed") as caught:
        migrate(store, "0001", scripts(tmp_path, script))
    (backup,) = tmp_path.glob("a.db.0001.*.bak")
    assert str(backup) in caught.value.hint
    assert tables(store.path) == before
    store.close()
    with open_project(str(store.path)) as project:
        assert check(project) == []
        assert len(session(project, "a").state.annotations) == 1


def test_opening_an_older_database_migrates_it(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_project, "REVISION", "0002")
    monkeypatch.setattr(migrating, "migrate", partial(migrate, scripts=scripts(tmp_path, ADD_COLUMN)))
    store_project.open_project(path).close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0002",)]
    assert len(list(tmp_path.glob("a.db.0001.*.bak"))) == 1
    store_project.open_project(path).close()
    assert len(list(tmp_path.glob("a.db.0001.*.bak"))) == 1


def test_the_migrations_end_in_the_tables_of_this_version(tmp_path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION
    engine = create_engine(f"sqlite:///{tmp_path / 'migrated.db'}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()
    create(tmp_path / "created.db").close()
    assert tables(tmp_path / "migrated.db") == tables(tmp_path / "created.db")
