"""Checking finds what was tampered with; backups are sound copies."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.errors import StoreError
from annotator.services import maintenance
from annotator.services.project import Project
from annotator.store import backup as backup_module
from annotator.store.tables import REVISION
from tests.support.cli import without_privileges
from tests.support.projects import (
    BODY,
    CLAIM,
    RAW,
    SOURCE,
    add,
    project_with,
    record,
    reopened,
    session,
    span,
    write,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    relation = {"id": "r1", "label": "attributed_to", "head": "c1", "tail": "s1"}
    spans = [span(*CLAIM, id="c1"), span(*SOURCE, "source", id="s1")]
    given = record(doc_id="a", spans=spans, relations=[relation], document_labels=["opinion"], note="n", status="done")
    return project_with(tmp_path / "a.db", {"id": "a", "text": RAW}, given)


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    with reopened(path) as project:
        yield project


def tamper(path: Path, *statements: str) -> None:
    """Change the database behind the program's back."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


class TestCheck:
    def test_all_is_well(self, project: Project) -> None:
        desk = session(project, "a")
        desk.execute(add("c2", 0, 3))
        desk.undo()
        desk.redo()
        assert maintenance.check(project) == []

    @pytest.mark.parametrize(
        ("statement", "problem"),
        [
            ("UPDATE content SET text = 'x'", "document a: its texts and their map do not fit (OffsetError)"),
            ("UPDATE content SET text = replace(text, 'ق', 'ك')", "document a: the text does not have the hash"),
            ("UPDATE content SET edits = '[1, 2'", "document a: its texts and their map do not fit (JSONDecodeError)"),
            ("UPDATE content SET raw = x'ff'", "document a: its texts and their map do not fit (UnicodeDecodeError)"),
            ("UPDATE document SET text_sha256 = ''", "document a: the text does not have the hash it was stored with"),
            ("UPDATE document SET raw_sha256 = ''", "document a: the raw text does not have the hash"),
            ("DELETE FROM content", "document a: its text is missing"),
            ("UPDATE annotation SET start = 0 WHERE id = 'c1'", "salma in a: annotation c1 differs from what the"),
            ("UPDATE annotation SET label = 'source'", "salma in a: annotation c1 differs from what the journal says"),
            ("UPDATE annotation SET origin = 'x'", "salma in a: annotation c1 differs from what the journal says"),
            ("DELETE FROM annotation WHERE id = 's1'", "salma in a: annotation s1 differs from what the journal says"),
            ("UPDATE relation SET head = tail", "salma in a: relation r1 differs from what the journal says"),
            ("DELETE FROM document_label", "salma in a: document_label opinion differs from what the journal says"),
            ("UPDATE progress SET status = 'open'", "salma in a: status differs from what the journal says"),
            ("UPDATE progress SET note = ''", "salma in a: note differs from what the journal says"),
            ("DELETE FROM progress", "salma in a: note differs from what the journal says"),
            ("DELETE FROM document", "table "),
        ],
    )
    def test_tampering_is_found(self, path: Path, statement: str, problem: str) -> None:
        tamper(path, statement)
        with reopened(path) as project:
            assert maintenance.check(project)[0].startswith(problem)

    def test_a_changed_journal_is_found(self, path: Path) -> None:
        with reopened(path) as project:
            session(project, "a").execute(add("c2", 0, 3))
        tamper(
            path,
            "DROP TRIGGER journal_refuses_update",
            """UPDATE journal SET changes = replace(changes, '"c2",0,3', '"c2",0,2')""",
        )
        with reopened(path) as project:
            assert maintenance.check(project) == ["salma in a: annotation c2 differs from what the journal says"]

    def test_a_journal_with_a_missing_entry_is_found(self, path: Path) -> None:
        with reopened(path) as project:
            desk = session(project, "a")
            desk.execute(add("c2", 0, 3))
            desk.undo()
        tamper(path, "DROP TRIGGER journal_refuses_delete", "DELETE FROM journal WHERE name = 'add' AND kind = 'do'")
        with reopened(path) as project:
            (problem,) = maintenance.check(project)
        assert problem.startswith("salma in a: the journal does not fold: ")

    def test_an_annotation_that_no_journal_knows_is_found(self, path: Path) -> None:
        tamper(path, "INSERT INTO annotation SELECT 1, 1, 'x', 0, 1, 'claim', '[]', 'manual', 1, NULL, NULL")
        with reopened(path) as project:
            assert maintenance.check(project) == ["salma in a: annotation x differs from what the journal says"]


class TestBackUp:
    def test_a_backup_is_the_whole_project(self, project: Project, tmp_path: Path) -> None:
        maintenance.back_up(project, tmp_path / "copy.db")
        with reopened(tmp_path / "copy.db") as copy:
            assert maintenance.check(copy) == []
            assert session(copy, "a").state == session(project, "a").state

    def test_only_its_owner_may_read_it(self, project: Project, tmp_path: Path) -> None:
        maintenance.back_up(project, tmp_path / "copy.db")
        assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600

    def test_an_existing_file_is_never_overwritten(self, project: Project, tmp_path: Path) -> None:
        write(tmp_path / "copy.db", "precious")
        with pytest.raises(StoreError, match="exists already"):
            maintenance.back_up(project, tmp_path / "copy.db")
        assert (tmp_path / "copy.db").read_text() == "precious"

    def test_a_target_that_appears_meanwhile_is_not_overwritten(
        self, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = backup_module._copy

        def copy(source: Path, part: Path) -> None:
            real(source, part)
            write(tmp_path / "copy.db", "precious")

        monkeypatch.setattr(backup_module, "_copy", copy)
        with pytest.raises(StoreError):
            maintenance.back_up(project, tmp_path / "copy.db")
        assert (tmp_path / "copy.db").read_text() == "precious"
        assert not (tmp_path / "copy.db.part").exists()

    def test_the_database_may_be_in_use(self, project: Project, tmp_path: Path) -> None:
        with project.store.read() as connection:
            connection.exec_driver_sql("SELECT * FROM document").all()
            maintenance.back_up(project, tmp_path / "copy.db")
        assert (tmp_path / "copy.db").exists()

    def test_a_folder_that_is_not_there_is_named(self, project: Project, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match=r"cannot write .*: No such file or directory"):
            maintenance.back_up(project, tmp_path / "no" / "copy.db")

    def test_a_folder_without_the_right_to_write_is_named(self, path: Path) -> None:
        data = path.read_bytes()
        with without_privileges() as folder, reopened(write(folder / "a.db", data)) as project:
            (folder / "in").mkdir(mode=0o500)
            with pytest.raises(StoreError, match=r"cannot write .*: Permission denied"):
                maintenance.back_up(project, folder / "in" / "copy.db")

    def test_a_copy_that_is_not_sound_is_not_kept(
        self, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(_source: Path, part: Path) -> None:
            part.write_bytes(b"half")
            raise sqlite3.OperationalError("disk I/O error")

        monkeypatch.setattr(backup_module, "_copy", broken)
        with pytest.raises(StoreError):
            maintenance.back_up(project, tmp_path / "copy.db")
        assert [path.name for path in tmp_path.iterdir() if path.name.startswith("copy")] == []


def test_a_database_is_described_without_being_changed(path: Path) -> None:
    before = path.read_bytes()
    facts = maintenance.describe_store(str(path))
    assert (facts.path, facts.documents, facts.revision) == (path, 1, REVISION)
    assert (facts.size, facts.synchronous) == (len(before), "FULL")
    assert path.read_bytes() == before


def test_the_linked_sqlite_is_described() -> None:
    facts = maintenance.sqlite_facts()
    assert facts.version == sqlite3.sqlite_version
    assert (facts.journal_mode == "WAL") is ("no WAL-reset bug" in facts.reason)


def test_a_text_of_any_script_keeps_its_hash(tmp_path: Path) -> None:
    path = project_with(tmp_path / "b.db", {"id": "a", "text": f"{BODY} 𐤀😀\u0000"})
    with reopened(path) as project:
        assert maintenance.check(project) == []
