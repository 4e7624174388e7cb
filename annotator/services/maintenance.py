"""Checking and backing up a project's database."""

from __future__ import annotations

from pathlib import Path

from annotator.services.project import Project
from annotator.store.backup import backup
from annotator.store.checking import problems
from annotator.store.project import StoreFacts, facts, sqlite_reason


__all__ = ["StoreFacts", "back_up", "check", "describe_store", "sqlite_reason"]


def check(project: Project) -> list[str]:
    """Everything that is wrong with the database; empty where all is well."""
    return list(problems(project.store))


def back_up(project: Project, target: Path) -> None:
    """Make a verified copy of the database.

    Raises:
        StoreError: The target exists or cannot be written.
    """
    backup(project.store, target)


def describe_store(project: Project) -> StoreFacts:
    """What is in force for the open database."""
    return facts(project.store)
