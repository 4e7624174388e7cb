"""An open project: its database and its label schema."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from annotator.errors import StoreError, UsageError
from annotator.formats.schema_yaml import parse_schema, read_schema_source
from annotator.model.schema import Schema
from annotator.store import documents
from annotator.store import project as store_project
from annotator.store.backup import backup
from annotator.store.engine import Store, connect


DEFAULT_SCHEMA = "news"


class Project:
    """One database with one corpus, one schema and its annotators. Use it as a context manager."""

    def __init__(self, store: Store, schema: Schema) -> None:
        self.store = store
        self.schema = schema

    def __enter__(self) -> Project:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The database file."""
        return self.store.path

    def close(self) -> None:
        """Close the database."""
        self.store.close()


def now() -> str:
    """The present moment as it is stored: ISO 8601, UTC, milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def exists(location: str) -> bool:
    """Whether there is a database to open.

    Raises:
        UsageError: The location is a URL of another kind of database.
        StoreError: One cannot tell.
    """
    return store_project.is_project(store_project.database_path(location))


def open_project(location: str) -> Project:
    """Open an existing project.

    Raises:
        StoreError: There is none, or it cannot be opened.
    """
    path = store_project.database_path(location)
    if not store_project.is_project(path):
        raise StoreError(
            f"there is no database {path}",
            hint="Create one with `annotator import SOURCE` or `annotator annotate SOURCE`, or name it with --db.",
        )
    store = store_project.open_project(path)
    try:
        with store.read() as connection:
            schema = parse_schema(store_project.schema_source(connection), f"schema of {path.name}")
    except BaseException:
        store.close()
        raise
    return Project(store, schema)


def schema_text(project: Project) -> str:
    """The project's schema as the YAML that it was given as."""
    with project.store.read() as connection:
        return store_project.schema_source(connection)


@contextmanager
def rehearse(location: str, schema_name: str | None) -> Iterator[Project]:
    """A copy of a project, or a new one, in a temporary folder: whatever happens to it, nothing is changed.

    Raises:
        UsageError: The project exists and has another schema than the one asked for.
    """
    import tempfile

    path = store_project.database_path(location)
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        copy = Path(folder, path.name)
        if store_project.is_project(path):
            store = connect(path, create=False)
            try:
                backup(store, copy)
            finally:
                store.close()
        with open_or_create(str(copy), schema_name) as project:
            yield project


def open_or_create(location: str, schema_name: str | None) -> Project:
    """Open a project, or create it with a schema: a shipped name or a file, `news` by default.

    A project without documents, such as a failed first import leaves, takes another schema.

    Raises:
        UsageError: The project has documents, and another schema than the one asked for.
    """
    path = store_project.database_path(location)
    if schema_name is None and store_project.is_project(path):
        return open_project(location)
    source, name = read_schema_source(schema_name or DEFAULT_SCHEMA)
    wanted = parse_schema(source, name)
    if not store_project.is_project(path):
        store_project.create_project(path, source, wanted.name, wanted.version, now())
    project = open_project(location)
    if schema_name is None or project.schema == wanted:
        return project
    with project.store.write() as connection:
        is_empty = documents.count(connection) == 0
        if is_empty:
            store_project.add_schema(connection, source, wanted.name, wanted.version, now())
    if is_empty:
        return Project(project.store, wanted)
    project.close()
    raise UsageError(
        f"{path.name} has schema {project.schema.name} {project.schema.version}, not {schema_name}",
        hint="A project keeps its schema: leave --schema out, or name another database with --db.",
    )
