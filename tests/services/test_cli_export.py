"""`annotator export`, and the way round: import, annotate, export, import elsewhere, export."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from annotator.errors import DataError
from annotator.model.annotation import Annotation, Relation, Status
from annotator.model.operations import Change, Operation
from tests.support.cli import annotator, program, without_privileges
from tests.support.projects import (
    BODY,
    RAW,
    add,
    project_with,
    record,
    reopened,
    session,
    span,
    write,
    write_records,
)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    spans = [span(14, 28, id="c1"), span(4, 10, "source", id="s1")]
    return project_with(
        tmp_path / "annotator.db",
        {"id": "a", "text": RAW},
        record(doc_id="a", spans=spans, status="done"),
        record(doc_id="a", annotator="nour", spans=spans[:1]),
    )


def test_export_writes_a_file_and_says_what_is_in_it(db: Path, tmp_path: Path) -> None:
    result = annotator("export", tmp_path / "out.jsonl", db=db)
    size = (tmp_path / "out.jsonl").stat().st_size
    assert (result.code, result.out) == (0, b"")
    assert result.err == f"{tmp_path / 'out.jsonl'}: 2 records, 3 spans, {size:,} bytes\n"


def test_what_there_is_one_of_is_not_many(db: Path) -> None:
    assert annotator("export", "-", "--who", "nour", db=db).err.startswith("-: 1 record, 1 span, ")


def test_a_hyphen_is_standard_output(db: Path, tmp_path: Path) -> None:
    annotator("export", tmp_path / "out.jsonl", db=db)
    result = annotator("export", "-", db=db)
    assert result.out == (tmp_path / "out.jsonl").read_bytes()
    assert result.err.startswith("-: 2 records, 3 spans")


def test_the_options_choose_records(db: Path) -> None:
    assert annotator("export", "-", "--who", "Nour", db=db).json["annotator"] == "nour"
    assert annotator("export", "-", "--who", "ALL", db=db).out.count(b"\n") == 2
    assert annotator("export", "-", "--status", "done", db=db).json["annotator"] == "salma"
    assert annotator("export", "-", "--who", "nour", "--raw", db=db).json["raw_text"] == RAW
    assert annotator("export", "-", "--who", "nour", "--body", db=db).json["view"] == "body"


@pytest.mark.parametrize("name", ["gold", "GOLD"])
def test_gold_comes_from_a_review(db: Path, name: str) -> None:
    result = annotator("export", "-", "--who", name, db=db)
    assert (result.code, result.out) == (2, b"")
    assert "gold" in result.err
    assert "review" in result.err


def test_an_unknown_annotator_is_a_wrong_command(db: Path, tmp_path: Path) -> None:
    result = annotator("export", tmp_path / "out.jsonl", "--who", "huda", db=db)
    assert result.code == 2
    assert "there is no annotator 'huda'\n  Annotators: nour, salma." in result.err
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("option", [["--format", "conll"], ["--status", "half"]])
def test_unknown_values_are_a_wrong_command(db: Path, option: list[str]) -> None:
    assert annotator("export", "-", *option, db=db).code == 2


def test_a_file_name_that_promises_gzip_is_refused(db: Path, tmp_path: Path) -> None:
    result = annotator("export", tmp_path / "out.jsonl.gz", db=db)
    assert result.code == 2
    assert "annotator export - | gzip" in result.err
    assert not (tmp_path / "out.jsonl.gz").exists()


def test_a_folder_without_the_right_to_write_is_bad_data(db: Path) -> None:
    data = db.read_bytes()
    with without_privileges() as folder:
        mine = write(folder / "a.db", data)
        (folder / "in").mkdir(mode=0o500)
        result = annotator("export", folder / "in" / "out.jsonl", db=mine)
        assert result.code == 3
        assert "out.jsonl: cannot write: Permission denied\n  Nothing was changed." in result.err


def test_what_a_terminal_obeys_is_escaped_on_a_terminal_and_stays_the_same_json(tmp_path: Path) -> None:
    harmful = "\x1b[2Jx\x9b2Jy\x7f\u202ez\u2067\u200f\u061c"
    db = project_with(tmp_path / "b.db", record(doc_id="a", text=harmful, spans=[span(0, 5)]))
    seen, piped = annotator("export", "-", db=db, tty=True), annotator("export", "-", db=db)
    assert seen.json == piped.json
    assert piped.json["text"] == harmful
    assert not {"\x1b", "\x9b", "\x7f", "\u202e", "\u2067", "\u200f", "\u061c"} & set(seen.text)
    assert "\u202e" in piped.text


def test_an_export_to_standard_output_lets_annotators_save_meanwhile(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def save(_line: bytes) -> None:
        with reopened(db) as project:
            monkeypatch.undo()
            session(project, "a").execute(add("late", 0, 3))

    monkeypatch.setattr("annotator.cli.output.json_line", save)
    assert annotator("export", "-", db=db).code == 0
    assert annotator("documents", "--who", "salma", "--json", db=db).json[0]["annotations"] == 3


def test_a_full_disk_for_the_temporary_file_is_bad_data(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("annotator.services.exporting.write_records", full)
    result = annotator("export", "-", db=db)
    assert result.code == 3
    assert "cannot write a temporary file: No space left on device" in result.err


def test_a_record_that_does_not_read_back_is_bad_data(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise DataError("did not read back")

    monkeypatch.setattr("annotator.services.exporting._verify", fail)
    assert annotator("export", tmp_path / "out.jsonl", db=db).code == 3
    assert not (tmp_path / "out.jsonl").exists()


def test_the_way_round_loses_nothing(tmp_path: Path) -> None:
    first, second = tmp_path / "first.db", tmp_path / "second.db"
    pages = [{"id": name, "title": f"عنوان {name}", "text": RAW, "url": f"https://e.org/{name}"} for name in "abc"]
    annotator("import", write_records(tmp_path / "pages.jsonl", pages), write(tmp_path / "d.txt", RAW), db=first)
    with reopened(first) as project:
        desk = session(project, "a")
        offset = desk.document.text.index(BODY)
        claim = Annotation("c1", offset + 14, offset + 28, "claim", project.schema.labels[0].defaults())
        source = Annotation("s1", offset + 4, offset + 10, "source")
        desk.execute(Operation("add", (Change(None, claim), Change(None, source))))
        desk.execute(Operation("relate", (Change(None, Relation("r1", "attributed_to", "c1", "s1")),)))
        desk.execute(Operation("status", (Change(None, Status("done")),)))
        session(project, "d").execute(add("c1", 0, 3))
        session(project, "b", "نور").execute(add("c1", 0, 3))
    annotator("export", tmp_path / "1.jsonl", "--raw", db=first)
    imported = annotator("import", tmp_path / "1.jsonl", "--json", db=second).json
    assert imported == {"imported": 3, "unchanged": 0, "annotations": 4, "rejected": []}
    annotator("export", tmp_path / "2.jsonl", "--raw", db=second)
    assert (tmp_path / "2.jsonl").read_bytes() == (tmp_path / "1.jsonl").read_bytes()
    assert annotator("import", tmp_path / "1.jsonl", "--json", db=first).json["annotations"] == 0
    assert annotator("db", "check", db=second).code == 0


def test_closing_the_pipe_is_no_error(tmp_path: Path) -> None:
    texts = [record(doc_id=f"d{n}", text=BODY * 200, spans=[span(0, 3)]) for n in range(50)]
    db = project_with(tmp_path / "b.db", *texts)
    reader, writer = os.pipe()
    os.close(reader)
    result = program("export", "-", db=db, stdout=writer, stderr=-1, capture_output=False)
    os.close(writer)
    assert (result.code, result.err) == (141, "")


def test_a_full_disk_behind_standard_output_is_said(db: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        result = program("export", "-", db=db, stdout=full, stderr=-1, capture_output=False)
    assert result.code == 3
    assert result.err.splitlines()[-1] == "annotator: standard output: cannot write: No space left on device"


def test_records_are_one_line_each(db: Path) -> None:
    lines = annotator("export", "-", db=db).out.split(b"\n")
    assert [json.loads(line)["doc_id"] for line in lines if line] == ["a", "a"]
