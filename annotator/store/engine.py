"""Opening a database file, and the transactions on it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from annotator.errors import N_, StoreError
from annotator.store.header import check_header, journal_mode


__all__ = ["Connection", "Store", "connect", "plain_error"]

BUSY_TIMEOUT_MS = 30_000

PLAIN_WORDS = {
    "SQLITE_FULL": (
        N_("{file}: the disk is full"),
        N_("Free some space and repeat the command; everything acknowledged is kept."),
    ),
    "SQLITE_READONLY": (
        N_("{file}: the database is read-only"),
        N_("Ask its owner for the right to write, or copy it elsewhere."),
    ),
    "SQLITE_BUSY": (
        N_("{file}: another program has kept the database busy for 30 seconds"),
        N_("Try again when it has finished."),
    ),
    "SQLITE_CANTOPEN": (
        N_("{file}: the database cannot be opened"),
        N_("Check the path and the rights of its folder."),
    ),
    "SQLITE_CORRUPT": (N_("{file}: the database is damaged"), N_("Restore a backup (see `annotator db backup`).")),
    "SQLITE_NOTADB": (N_("{file}: the file is no database"), N_("Name another one with --db.")),
    "SQLITE_IOERR": (N_("{file}: the disk reported an error"), N_("Check the disk and its file system.")),
}


class Store:
    """An open database. `read` and `write` give a connection inside a transaction."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self.engine = engine
        self.path = path

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one moment and changes nothing."""
        with _plain_errors(self.path), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is on disk when the block ends, and undone if it raises.

        It begins IMMEDIATE: a deferred one that reads first and writes later fails at once when another
        process writes in between, without waiting.
        """
        with _plain_errors(self.path), self.engine.connect() as connection:
            connection.execution_options(annotator_writes=True)
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def connect(path: Path, *, create: bool) -> Store:
    """Open a database file, as it is, without looking at its tables.

    Raises:
        StoreError: It is missing and not to be created, belongs to another program, or cannot be opened.
    """
    if create and not path.exists():
        _create_private(path)
    check_header(path)
    engine = create_engine(
        URL.create("sqlite", database=str(path.absolute())),
        connect_args={"isolation_level": None, "timeout": BUSY_TIMEOUT_MS / 1000},
        hide_parameters=True,  # an error would quote articles, and a traceback shows errors
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return Store(engine, path)


def _create_private(path: Path) -> None:
    """Make the file ourselves: SQLite would let everybody read it."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        pass
    except OSError as error:
        raise StoreError(
            f"cannot create the database {path}: {error.strerror}",
            hint="Name a folder that you may write to with --db.",
        ) from error


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    """Settings of a connection; those of the file are set when it is created."""
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "synchronous = FULL",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    wanted = journal_mode(sqlite3.sqlite_version_info)
    if cursor.execute("PRAGMA journal_mode").fetchone()[0] != wanted:
        # Asked for only where it differs: in WAL it is a write. TRUNCATE is a setting of the connection.
        try:
            cursor.execute(f"PRAGMA journal_mode = {wanted}")
        except sqlite3.OperationalError as error:
            if "readonly" not in str(error):
                raise
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("annotator_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _plain_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise plain_error(error.orig, path) from error
    except sqlite3.Error as error:
        raise plain_error(error, path) from error
    except SQLAlchemyError as error:
        raise StoreError(f"{path}: {type(error).__name__}") from error


def plain_error(error: BaseException | None, path: Path) -> StoreError:
    """A database error in plain words; its own text may quote an article and is left out."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for code, (message, hint) in PLAIN_WORDS.items():
        if name.startswith(code):
            return StoreError(message, hint=hint, file=path.name)
    if name.startswith("SQLITE_CONSTRAINT"):
        return StoreError(
            N_("{file}: the database refused the change ({code}); nothing was stored"), file=path.name, code=name
        )
    return StoreError(N_("{file}: database error {code}"), file=path.name, code=name or type(error).__name__)
