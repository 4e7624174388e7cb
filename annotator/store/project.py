"""Creating and opening a project's database, and the schemas it has had."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from annotator.errors import StoreError, UsageError
from annotator.store import documents
from annotator.store.engine import Store, connect
from annotator.store.header import APPLICATION_ID, has_wal_reset_bug, journal_mode
from annotator.store.tables import ALEMBIC_VERSION, APPEND_ONLY, REVISION, SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class SqliteFacts:
    """The linked SQLite, the journal mode that it gets, and why."""

    version: str
    journal_mode: str
    reason: str


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """What there is to tell about a database, its size in bytes."""

    path: Path
    size: int
    revision: str
    documents: int
    journal_mode: str
    synchronous: str


def database_path(location: str) -> Path:
    """The file of a database, given as a path or a sqlite:/// URL.

    Raises:
        UsageError: It is another kind of URL.
    """
    if "://" not in location:
        return Path(location)
    scheme, _, rest = location.partition("://")
    if scheme == "sqlite" and rest.startswith("/") and "?" not in rest:
        return Path(rest[1:])
    raise UsageError(
        f"a {scheme!r} database is not supported", hint="Give the path of a file, or sqlite:///PATH, with --db."
    )


def create_project(path: Path, schema_source: str, name: str, version: int, at: str) -> None:
    """Create a database with its tables and its first schema, all or nothing.

    Nothing is an empty file, which is never taken away: another process may be about to use it. One that creates the
    same database at the same moment wins.

    Raises:
        StoreError: The file cannot be created, or is somebody else's.
    """
    store = connect(path, create=True)
    try:
        with store.write() as connection:
            if connection.exec_driver_sql("SELECT 1 FROM sqlite_master LIMIT 1").first():
                return
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            SQLModel.metadata.create_all(connection)
            for trigger in APPEND_ONLY:
                connection.exec_driver_sql(trigger)
            connection.execute(ALEMBIC_VERSION.insert(), {"version_num": REVISION})
            add_schema(connection, schema_source, name, version, at)
    finally:
        store.close()


def open_project(path: Path) -> Store:
    """Open an existing database; one with older tables is migrated first, after a backup.

    Raises:
        StoreError: There is none, it is another program's, or made by a newer version of this one.
    """
    store = connect(path, create=False)
    try:
        revision = read_revision(store)
        if revision != REVISION:
            _migrate(store, revision)
    except BaseException:
        store.close()
        raise
    return store


def is_project(path: Path) -> bool:
    """Whether there is something to open; an empty file is a place for a new database."""
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StoreError(f"cannot read the database {path}: {error.strerror}", hint="Name a file with --db.") from error


def read_revision(store: Store) -> str:
    """The revision of a database's tables."""
    with store.read() as connection:
        return str(connection.execute(select(ALEMBIC_VERSION.c.version_num)).scalar_one())


def _migrate(store: Store, revision: str) -> None:
    if revision > REVISION:
        raise StoreError(
            f"{store.path} was written by a newer version of annotator (tables {revision}, this one knows {REVISION})",
            hint="It was left as it is. Install the newer version.",
        )
    from annotator.store.migrating import migrate

    migrate(store, revision)


def add_schema(connection: Connection, source: str, name: str, version: int, at: str) -> None:
    """Make a schema the project's present one."""
    connection.execute(SCHEMA_VERSION.insert(), {"name": name, "version": version, "source": source, "added_at": at})


def schema_source(connection: Connection) -> str:
    """The present schema, as YAML."""
    newest = select(SCHEMA_VERSION.c.source).order_by(SCHEMA_VERSION.c.id.desc()).limit(1)
    return str(connection.execute(newest).scalar_one())


def facts(store: Store) -> StoreFacts:
    """What is in a database, and what is in force for it."""
    with store.read() as connection:
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        synchronous = {2: "FULL", 3: "EXTRA"}.get(connection.exec_driver_sql("PRAGMA synchronous").scalar_one(), "?")
        number = documents.count(connection)
    return StoreFacts(
        path=store.path.absolute(),
        size=store.path.stat().st_size,
        revision=read_revision(store),
        documents=number,
        journal_mode=str(mode).upper(),
        synchronous=synchronous,
    )


def sqlite_facts() -> SqliteFacts:
    """What is linked here."""
    version = sqlite3.sqlite_version_info
    reason = "it has the WAL-reset bug" if has_wal_reset_bug(version) else "it has no WAL-reset bug"
    return SqliteFacts(sqlite3.sqlite_version, journal_mode(version).upper(), reason)
