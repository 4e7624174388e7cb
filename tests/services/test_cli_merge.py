"""`annotator merge`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli import annotator
from tests.support.projects import reopened
from tests.support.reviews import finish, mark, marked, review, shared_project


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Two annotators who agree on one claim; a third marked the other one alone; one document has nothing."""
    with shared_project(tmp_path, "d", "empty") as project:
        for name in "ab":
            mark(project, name, (0, 9))
            finish(project, name, doc_id="empty")
        mark(project, "a", (40, 49))
        mark(project, "b", (40, 50))
        return project.path


def decided(db: Path) -> list[tuple[int, int, str]]:
    with reopened(db) as project:
        return marked(review(project).state)


def test_it_says_what_was_decided_and_what_is_left(db: Path) -> None:
    result = annotator("merge", db=db)
    assert (result.code, result.err) == (0, "")
    assert result.text.splitlines() == [
        "decided by unanimous: 1 item in 1 document",
        "nothing marked by anybody: 1 document",
        "left to a reviewer: 1 item in 1 document",
    ]
    assert decided(db) == [(0, 9, "claim")]


def test_again_it_decides_nothing(db: Path) -> None:
    annotator("merge", db=db)
    assert annotator("merge", db=db).text.splitlines() == [
        "decided by unanimous: 0 items in 0 documents",
        "left to a reviewer: 1 item in 1 document",
    ]


def test_a_dry_run_says_what_would_be_decided_and_decides_nothing(db: Path) -> None:
    before = db.read_bytes()
    result = annotator("merge", "--dry-run", db=db)
    assert (result.code, result.err) == (0, "dry run: nothing was decided\n")
    assert result.text.startswith("would be decided by unanimous: 1 item in 1 document\n")
    assert db.read_bytes() == before
    assert annotator("merge", db=db).text.startswith("decided by unanimous: 1 item in 1 document\n")


@pytest.mark.parametrize(("policy", "items"), [("unanimous", 1), ("majority", 1), ("trivial", 2), ("none", 0)])
def test_the_policy_decides(db: Path, policy: str, items: int) -> None:
    found = annotator("merge", "--policy", policy, "--json", db=db).json
    assert (found["policy"], found["items"], found["left"]) == (policy, items, 2 - items)


def test_json_has_everything(db: Path) -> None:
    assert annotator("merge", "--json", "--dry-run", db=db).json == {
        "policy": "unanimous",
        "dry_run": True,
        "items": 1,
        "documents": 1,
        "empty": 1,
        "left": 1,
        "left_documents": 1,
    }


def test_finished_work_alone(db: Path) -> None:
    found = annotator("merge", "--status", "done", "--json", db=db).json
    assert (found["items"], found["left"], found["empty"]) == (0, 0, 1)


def test_progress_is_shown_on_a_terminal_and_taken_away(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.cli.merge.EVERY", 1)
    result = annotator("merge", db=db, tty=True)
    assert result.err == "\r1 documents\x1b[K\r2 documents\x1b[K\r\x1b[K"
    assert annotator("merge", db=db).err == ""


@pytest.mark.parametrize("option", [["--policy", "half"], ["--status", "open"]])
def test_unknown_values_are_a_wrong_command(db: Path, option: list[str]) -> None:
    assert annotator("merge", *option, db=db).code == 2


@pytest.mark.parametrize("option", [[], ["--dry-run"]])
def test_without_a_database_that_is_said_and_none_is_made(tmp_path: Path, option: list[str]) -> None:
    result = annotator("merge", *option, db=tmp_path / "none.db")
    assert (result.code, result.out) == (4, b"")
    assert "there is no database" in result.err
    assert not (tmp_path / "none.db").exists()


def test_a_project_without_shared_documents_has_nothing_to_merge(tmp_path: Path) -> None:
    with shared_project(tmp_path) as project:
        mark(project, "a", (0, 9))
    assert annotator("merge", db=project.path).text.splitlines() == [
        "decided by unanimous: 0 items in 0 documents",
        "left to a reviewer: 0 items in 0 documents",
    ]
