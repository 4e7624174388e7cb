"""What could not be written is said, is not shown, and never counts as saved."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from annotator.services.looking import list_documents
from annotator.services.project import Project
from annotator.tui.app import AnnotatorApp
from tests.tui.conftest import ProjectMaker
from tests.tui.hands import running
from tests.tui.texts import SHORT


def refuse_writes(project: Project, table: str) -> None:
    """Let the database refuse whatever is written into a table."""
    with closing(sqlite3.connect(project.path)) as connection:
        connection.execute(f"CREATE TRIGGER full BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'full'); END")
        connection.commit()


def allow_writes(project: Project) -> None:
    with closing(sqlite3.connect(project.path)) as connection:
        connection.execute("DROP TRIGGER full")
        connection.commit()


async def test_a_label_that_cannot_be_written_is_not_shown_and_is_said(make_project: ProjectMaker) -> None:
    project = make_project(SHORT)
    async with running(AnnotatorApp(project, "me", 1), size=(150, 24)) as hands:
        refuse_writes(project, "journal")
        await hands.press("space", "c")
        assert "the database refused the change" in hands.status
        assert hands.labelled == []
        assert hands.selected == "قال"


async def test_saved_is_shown_only_while_it_is_true(make_project: ProjectMaker) -> None:
    project = make_project(SHORT)
    async with running(AnnotatorApp(project, "me", 1), size=(150, 24)) as hands:
        assert " saved " in hands.status
        refuse_writes(project, "journal")
        await hands.press("c")
        assert " saved " not in hands.status.replace("not saved", "")
        assert "not saved" in hands.status
        allow_writes(project)
        await hands.press("c")
        assert "not saved" not in hands.status
        assert hands.labelled == [("claim", "قال")]


@pytest.mark.parametrize("keys", [("x",), ("u",), ("]", "left", "left", "left", "enter"), ("s",)])
async def test_a_change_that_cannot_be_written_leaves_everything_as_it_was(
    make_project: ProjectMaker, keys: tuple[str, ...]
) -> None:
    project = make_project(SHORT)
    async with running(AnnotatorApp(project, "me", 1), size=(150, 24)) as hands:
        await hands.press("c")
        refuse_writes(project, "journal")
        await hands.press(*keys)
        assert "not saved" in hands.status
        assert hands.labelled == [("claim", "قال")]


async def test_a_status_that_cannot_be_written_is_not_shown(make_project: ProjectMaker) -> None:
    project = make_project(SHORT)
    async with running(AnnotatorApp(project, "me", 1), size=(150, 24)) as hands:
        refuse_writes(project, "journal")
        await hands.press("d")
        assert "not saved" in hands.status
        assert list_documents(project, "me")[0].status != "done"


async def test_a_place_that_cannot_be_written_stops_nobody_from_leaving(make_project: ProjectMaker) -> None:
    project = make_project(SHORT)
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        refuse_writes(project, "progress")
        await hands.press("w", "q")
        assert "Documents: 1" in hands.lines[0]


async def test_a_document_that_cannot_be_opened_is_said_and_the_present_one_stays(make_project: ProjectMaker) -> None:
    project = make_project(SHORT, "خبر آخر")
    async with running(AnnotatorApp(project, "me", 1), size=(150, 24)) as hands:
        with closing(sqlite3.connect(project.path)) as connection:
            connection.execute("ALTER TABLE content RENAME TO gone")
            connection.commit()
        await hands.press("n")
        assert hands.screen.document_id == 1
        assert "database error" in hands.status


async def test_from_the_list_too(make_project: ProjectMaker) -> None:
    project = make_project(SHORT)
    async with running(AnnotatorApp(project, "me"), size=(150, 24)) as hands:
        with closing(sqlite3.connect(project.path)) as connection:
            connection.execute("ALTER TABLE content RENAME TO gone")
            connection.commit()
        await hands.press("enter")
        assert "database error" in hands.status
        await hands.press("s")
        assert "sorted by title" in hands.status


async def test_an_error_behind_a_mode_is_cut_and_not_left_out(make_project: ProjectMaker) -> None:
    project = make_project(SHORT)
    async with running(AnnotatorApp(project, "me", 1)) as hands:
        await hands.press("c", "]", "left", "left")
        refuse_writes(project, "journal")
        await hands.press("enter")
        assert hands.status.startswith(" EDGE  annotator.db: ")
        assert "…" in hands.status
