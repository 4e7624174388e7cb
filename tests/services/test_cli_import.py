"""`annotator import`: what is said where, and the exit codes."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from annotator.services.importing import ImportReport
from annotator.services.looking import list_documents
from annotator.services.project import Project
from tests.support.cli import annotator, without_privileges
from tests.support.projects import BODY, project_with, record, reopened, span, write, write_records


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "project" / "annotator.db"


@pytest.fixture(autouse=True)
def folder(db: Path) -> None:
    db.parent.mkdir()


def stored(db: Path) -> list[str]:
    with reopened(db) as project:
        return [document.doc_id for document in list_documents(project, None)]


def test_import_creates_the_database_and_says_so_in_one_line_on_standard_error(tmp_path: Path, db: Path) -> None:
    result = annotator("import", write(tmp_path / "page.txt", BODY), db=db)
    assert (result.code, result.out) == (0, b"")
    assert result.err == "1 imported, 0 unchanged, 0 annotations, 0 rejected\n"
    assert len(stored(db)) == 1


def test_a_second_import_finds_everything_unchanged(tmp_path: Path, db: Path) -> None:
    page = write(tmp_path / "page.txt", BODY)
    annotator("import", page, db=db)
    before = db.read_bytes()
    assert annotator("import", page, db=db).err.startswith("0 imported, 1 unchanged")
    assert db.read_bytes() == before


def test_json_has_the_documented_shape(tmp_path: Path, db: Path) -> None:
    records = write_records(tmp_path / "a.jsonl", [{"id": "a", "text": BODY}, {"id": "b"}, record(text=BODY)])
    result = annotator("import", records, "--json", db=db)
    assert result.code == 0
    assert result.json == {
        "imported": 2,
        "unchanged": 0,
        "annotations": 0,
        "rejected": [
            {
                "source": str(records),
                "line": 2,
                "reason": "no text column; the record has the columns id; name one with --map text=COLUMN",
            }
        ],
    }


def test_suggestions_are_counted_where_records_are_imported_as_such(tmp_path: Path, db: Path) -> None:
    records = write_records(tmp_path / "a.jsonl", [record(doc_id="a", text=BODY, spans=[span(0, 3), span(4, 10)])])
    said = annotator("import", records, "--as-suggestions", "model-7", db=db).err
    assert said == "1 imported, 0 unchanged, 0 annotations, 2 suggestions, 0 rejected\n"
    result = annotator("import", records, "--as-suggestions", "model-7", "--json", db=db)
    assert result.json == {"imported": 0, "unchanged": 0, "annotations": 0, "suggestions": 2, "rejected": []}
    proposed = annotator("show", "a", "--json", db=db).json["suggestions"]
    assert [one["origin"][:8] for one in proposed] == ["model-7@"] * 2


@pytest.mark.parametrize("name", ["furniture", "My Model", ""])
def test_a_name_that_suggestions_cannot_have_is_refused_before_a_database_is_made(
    name: str, tmp_path: Path, db: Path
) -> None:
    records = write_records(tmp_path / "a.jsonl", [record(doc_id="a", text=BODY, spans=[span(0, 3)])])
    assert annotator("import", records, "--as-suggestions", name, db=db).code == 2
    assert not db.exists()


def test_a_rejected_record_is_named_by_file_and_line_and_the_rest_is_imported(tmp_path: Path, db: Path) -> None:
    records = write(tmp_path / "a.jsonl", f'{{"id": "a", "text": "{BODY[:20]}"}}\n{{broken\n')
    result = annotator("import", records, db=db)
    assert result.code == 0
    assert result.err.splitlines()[0].startswith(f"{records}:2: broken JSON at column 2")
    assert stored(db) == ["a"]


def test_strict_ends_with_3_where_a_record_is_rejected(tmp_path: Path, db: Path) -> None:
    records = write_records(tmp_path / "a.jsonl", [{"id": "a", "text": BODY}, []])
    assert annotator("import", records, "--strict", db=db).code == 3
    assert stored(db) == ["a"]


def test_import_ends_with_3_where_nothing_could_be_read(tmp_path: Path, db: Path) -> None:
    assert annotator("import", write(tmp_path / "empty.txt", ""), db=db).code == 3


def test_only_twenty_rejected_records_are_listed(tmp_path: Path, db: Path) -> None:
    records = write_records(tmp_path / "a.jsonl", [{"id": "a", "text": BODY}, *[{} for _ in range(25)]])
    lines = annotator("import", records, db=db).err.splitlines()
    assert len([line for line in lines if ": no text column" in line]) == 20
    assert lines[-2] == "… and 5 more; --json lists all"


def test_a_file_in_another_encoding_is_named_with_it(tmp_path: Path, db: Path) -> None:
    page = write(tmp_path / "page.txt", (BODY * 5).encode("cp1256"))
    assert annotator("import", page, db=db).err.splitlines()[0] == f"{page}: read as cp1256"


def test_a_missing_source_is_refused_before_a_database_is_made(tmp_path: Path, db: Path) -> None:
    result = annotator("import", tmp_path / "nothing.txt", db=db)
    assert (result.code, result.err) == (3, f"annotator: {tmp_path / 'nothing.txt'}: no such file or folder\n")
    assert not db.exists()


def test_a_folder_without_readable_files_is_refused_with_a_hint(tmp_path: Path, db: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = annotator("import", tmp_path / "empty", db=db)
    assert result.code == 3
    assert "no readable files" in result.err
    assert ".jsonl.gz" in result.err
    assert not db.exists()


def test_a_failed_first_import_does_not_fix_the_schema(tmp_path: Path, db: Path) -> None:
    assert annotator("import", write(tmp_path / "empty.txt", ""), db=db).code == 3
    page = write(tmp_path / "page.txt", BODY)
    assert annotator("import", page, "--schema", "attribution", db=db).code == 0
    assert annotator("status", "--json", db=db).json["schema"]["name"] == "attribution"


def test_another_schema_than_the_project_has_is_refused(tmp_path: Path, db: Path) -> None:
    page = write(tmp_path / "page.txt", BODY)
    annotator("import", page, db=db)
    result = annotator("import", page, "--schema", "minimal", db=db)
    assert result.code == 2
    assert "annotator.db has schema news 1, not minimal" in result.err


def test_a_dry_run_of_a_first_import_leaves_no_database(tmp_path: Path, db: Path) -> None:
    result = annotator("import", write(tmp_path / "page.txt", BODY), "--dry-run", db=db)
    assert result.err == "dry run, nothing was stored: 1 imported, 0 unchanged, 0 annotations, 0 rejected\n"
    assert not db.exists()


def test_a_dry_run_says_what_the_import_then_does_and_changes_nothing(
    tmp_path: Path, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.services.importing.BATCH_DOCUMENTS", 2)
    annotator("import", write(tmp_path / "page.txt", BODY), db=db)
    before, files = db.read_bytes(), sorted(db.parent.iterdir())
    documents = [{"id": name, "text": BODY} for name in ("a", "b", "c", "a")]
    records = write_records(tmp_path / "a.jsonl", [*documents, record(doc_id="b", spans=[span(0, 3)])])
    rehearsed = annotator("import", records, "--dry-run", "--json", db=db)
    assert (db.read_bytes(), sorted(db.parent.iterdir())) == (before, files)
    assert rehearsed.json == annotator("import", records, "--json", db=db).json
    assert rehearsed.json["imported"] == 3
    assert rehearsed.json["annotations"] == 1


def test_update_makes_a_known_id_with_another_text_a_new_document(tmp_path: Path, db: Path) -> None:
    annotator("import", write_records(tmp_path / "a.jsonl", [{"id": "a", "text": BODY}]), db=db)
    changed = write_records(tmp_path / "b.jsonl", [{"id": "a", "text": "نص آخر"}])
    refused = annotator("import", changed, db=db)
    assert refused.code == 3
    assert "with --update the new text becomes a new document" in refused.err
    assert annotator("import", changed, "--update", db=db).code == 0
    assert len(stored(db)) == 2


def test_map_names_the_columns_of_a_record(tmp_path: Path, db: Path) -> None:
    records = write_records(tmp_path / "a.jsonl", [{"guid": "x1", "matn": BODY, "beat": "economy"}])
    result = annotator("import", records, "--map", "text=matn", "--map", "id=guid", "--map", "beat=beat", db=db)
    assert result.code == 0
    shown = annotator("show", "x1", "--json", db=db).json
    assert (shown["text"], shown["meta"]) == (BODY, {"beat": "economy"})


@pytest.mark.parametrize("pair", ["text", "=body", "text=", "text=a text=b"])
def test_a_wrong_map_is_a_wrong_command(tmp_path: Path, db: Path, pair: str) -> None:
    pairs = [word for one in pair.split() for word in ("--map", one)]
    result = annotator("import", tmp_path, *pairs, db=db)
    assert result.code == 2
    assert "--map" in result.err


@pytest.mark.parametrize(
    ("size", "is_read"), [("100", True), ("1K", True), ("1kb", True), ("1 MiB", True), ("99", False)]
)
def test_max_size_is_bytes_or_a_number_with_a_unit(tmp_path: Path, db: Path, size: str, is_read: bool) -> None:
    page = write(tmp_path / "page.txt", "a" * 100)
    assert annotator("import", page, "--max-size", size, db=db).code == (0 if is_read else 3)


@pytest.mark.parametrize("size", ["0", "-1", "lots", "64XB", "1.5M", ""])
def test_a_wrong_max_size_is_a_wrong_command(tmp_path: Path, db: Path, size: str) -> None:
    result = annotator("import", tmp_path, f"--max-size={size}", db=db)
    assert result.code == 2
    assert "--max-size" in result.err


def test_format_is_one_of_the_known_ones(tmp_path: Path, db: Path) -> None:
    result = annotator("import", tmp_path, "--format", "pdf", db=db)
    assert result.code == 2
    assert "'pdf'" in result.err


def test_format_text_reads_any_file_as_text(tmp_path: Path, db: Path) -> None:
    page = write(tmp_path / "page.html", "<p>نص</p>")
    annotator("import", page, "--format", "text", db=db)
    assert annotator("show", "page", "--raw", db=db).text == "<p>نص</p>"


def test_file_names_reach_the_terminal_harmlessly(tmp_path: Path, db: Path) -> None:
    page = write(tmp_path / "a\x1b]0;x\x07b\u202e.txt", "")
    result = annotator("import", page, db=db)
    assert "a␛]0;x␇b\ufffd.txt: empty" in result.err
    assert "\x1b" not in result.err


def test_a_file_name_that_is_not_utf8_is_imported(tmp_path: Path, db: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    Path(name).write_text(BODY)
    assert annotator("import", name, db=db).code == 0
    assert stored(db)[0].startswith("caf\ufffd-")


def test_progress_is_counted_on_a_terminal_only(tmp_path: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.services.importing.BATCH_DOCUMENTS", 1)
    records = write_records(tmp_path / "a.jsonl", [{"id": name, "text": BODY} for name in "abc"])
    seen = annotator("import", records, db=db, tty=True).err
    assert "\r2 read\x1b[K" in seen
    assert seen.endswith("\r\x1b[K3 imported, 0 unchanged, 0 annotations, 0 rejected\n")
    assert "\r" not in annotator("import", records, db=db).err


def test_an_interrupted_import_keeps_whole_batches_and_ends_with_130(
    tmp_path: Path, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ImportReport.__setattr__

    def interrupt(report: ImportReport, name: str, value: object) -> None:
        if name == "imported" and value == 4:
            raise KeyboardInterrupt
        real(report, name, value)

    monkeypatch.setattr("annotator.services.importing.BATCH_DOCUMENTS", 2)
    monkeypatch.setattr(ImportReport, "__setattr__", interrupt)
    records = write_records(tmp_path / "a.jsonl", [{"id": name, "text": BODY} for name in "abcdef"])
    result = annotator("import", records, db=db)
    assert result.code == 130
    assert "interrupted" in result.err
    monkeypatch.undo()
    assert stored(db) == ["a", "b"]
    assert annotator("db", "check", db=db).code == 0


def test_annotations_in_a_record_are_counted(tmp_path: Path, db: Path) -> None:
    project_with(db, record(doc_id="a", text=BODY))
    given = write_records(tmp_path / "a.jsonl", [record(doc_id="a", spans=[span(0, 3), span(4, 10, "source")])])
    assert annotator("import", given, "--json", db=db).json["annotations"] == 2


class TestBadInput:
    """One clear reason for each, nothing half stored, and the good document beside it is imported."""

    @pytest.fixture(autouse=True)
    def _good(self, tmp_path: Path) -> None:
        self.folder = tmp_path / "in"
        write(self.folder / "good.txt", BODY)

    def reason(self, db: Path, name: str, content: bytes, *options: str) -> str:
        """Why a file is rejected that lies beside a good one."""
        write(self.folder / name, content)
        result = annotator("import", self.folder, "--json", *options, db=db)
        assert (result.code, result.json["imported"]) == (0, 1)
        assert len(stored(db)) == 1
        (rejected,) = result.json["rejected"]
        assert rejected["source"] == str(self.folder / name)
        return str(rejected["reason"])

    def test_invalid_utf8(self, db: Path) -> None:
        damaged = (BODY * 10).encode()[:-1] + b"\xff"
        assert "not UTF-8" in self.reason(db, "bad.txt", damaged)

    def test_an_empty_page(self, db: Path) -> None:
        assert self.reason(db, "bad.html", b"<html><body><script>x</script></body></html>") == "no visible text"

    def test_a_text_that_nobody_can_see(self, db: Path) -> None:
        assert self.reason(db, "bad.txt", "\u200b \u200f\u0640\n".encode()) == "empty"

    def test_a_file_above_the_limit(self, db: Path) -> None:
        reason = self.reason(db, "bad.txt", b"x" * 3000, "--max-size", "1K")
        assert reason.endswith("MB is more than --max-size 0.1 MB")

    def test_broken_json(self, db: Path) -> None:
        assert "broken JSON at column" in self.reason(db, "bad.jsonl", b'{"text": "x"')

    def test_json_200_000_levels_deep(self, db: Path) -> None:
        deep = b'{"text": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"
        assert self.reason(db, "bad.jsonl", deep) == "nested deeper than 100 levels"

    def test_not_a_number(self, db: Path) -> None:
        assert self.reason(db, "bad.jsonl", b'{"text": NaN}') == "NaN is not a JSON value"

    def test_duplicate_keys(self, db: Path) -> None:
        reason = self.reason(db, "bad.jsonl", b'{"text": "a", "text": "b"}')
        assert reason == 'the key "text" appears twice in one object'

    def test_a_lone_surrogate(self, db: Path) -> None:
        assert "lone surrogate" in self.reason(db, "bad.jsonl", b'{"text": "a\\ud800b"}')

    def test_a_gzip_bomb(self, db: Path) -> None:
        bomb = gzip.compress(b" " * (65 * 2**20), compresslevel=1)
        assert "unpacks to more than 200 times its size" in self.reason(db, "bad.jsonl.gz", bomb)

    def test_a_record_that_breaks_the_schema(self, db: Path) -> None:
        bad = write_records(self.folder / "x", [record(doc_id="r", text=BODY, spans=[span(0, 3, "hero")])]).read_bytes()
        (self.folder / "x").unlink()
        assert "label 'hero' is not in schema news" in self.reason(db, "bad.jsonl", bad)


def test_an_unreadable_file_is_named_and_the_rest_is_imported(tmp_path: Path, db: Path) -> None:
    annotator("import", write(tmp_path / "page.txt", BODY), db=db)  # loads what an unprivileged user might not
    with without_privileges() as folder:
        write(folder / "in" / "good.txt", BODY)
        write(folder / "in" / "bad.txt", BODY).chmod(0)
        result = annotator("import", folder / "in", "--json", db=folder / "annotator.db")
        assert (result.code, result.json["imported"]) == (0, 1)
        assert [rejected["reason"] for rejected in result.json["rejected"]] == ["cannot be read: Permission denied"]


def test_the_project_is_closed_when_a_command_fails(tmp_path: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[Project] = []
    real = Project.close

    def close(project: Project) -> None:
        closed.append(project)
        real(project)

    monkeypatch.setattr(Project, "close", close)
    annotator("import", write(tmp_path / "a.jsonl", "[]"), "--strict", db=db)
    assert len(closed) == 1
