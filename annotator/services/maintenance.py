"""Checking, describing and backing up a project's database."""

from __future__ import annotations

from pathlib import Path

from annotator.services.project import Project
from annotator.store.backup import backup
from annotator.store.checking import problems
from annotator.store.engine import connect
from annotator.store.project import SqliteFacts, StoreFacts, database_path, facts, sqlite_facts


__all__ = ["SqliteFacts", "StoreFacts", "back_up", "check", "describe_store", "sqlite_facts"]


def check(project: Project) -> list[str]:
    """Everything that is wrong with the database; empty where all is well."""
    return list(problems(project.store))


def back_up(project: Project, target: Path) -> None:
    """Make a verified copy of the database.

    Raises:
        StoreError: The target exists or cannot be written.
    """
    backup(project.store, target)


def describe_store(location: str) -> StoreFacts:
    """What there is to tell about a database, which is left as it is, however old.

    Raises:
        StoreError: There is none, or it cannot be opened.
    """
    store = connect(database_path(location), create=False)
    try:
        return facts(store)
    finally:
        store.close()
