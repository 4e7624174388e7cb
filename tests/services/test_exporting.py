"""Exporting: the same bytes for the same work, and never half a file."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import DataError, UsageError
from annotator.formats.record import dump
from annotator.model.operations import Change, Operation
from annotator.services import exporting
from annotator.services.exporting import ExportOptions, export, records, write_records
from annotator.services.project import Project
from annotator.store import reading
from tests.support.projects import (
    BODY,
    CLAIM,
    RAW,
    SOURCE,
    add,
    create,
    record,
    session,
    span,
    take_records,
    write,
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Documents b and a; salma has both and is done with b, nour has a."""
    with create(tmp_path / "annotator.db") as project:
        claim, source = span(*CLAIM, id="c1"), span(*SOURCE, "source", id="s1")
        relation = {"id": "r1", "label": "attributed_to", "head": "c1", "tail": "s1"}
        take_records(
            project,
            tmp_path,
            {"id": "a", "text": RAW},
            {"id": "c", "text": BODY},
            record(doc_id="b", text=BODY, status="done", spans=[claim]),
            record(doc_id="a", spans=[claim, source], relations=[relation]),
            record(doc_id="a", annotator="Nour", spans=[source]),
        )
        yield project


def exported(project: Project, folder: Path, **options: Any) -> list[dict[str, Any]]:
    export(project, folder / "out.jsonl", ExportOptions(**options))
    return [json.loads(line) for line in (folder / "out.jsonl").read_bytes().splitlines()]


def whose(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(record["doc_id"], record["annotator"]) for record in found]


def test_records_are_sorted_by_document_and_annotator(project: Project, tmp_path: Path) -> None:
    assert whose(exported(project, tmp_path)) == [("a", "Nour"), ("a", "salma"), ("b", "salma")]


def test_one_annotator_is_found_by_a_name_in_any_case(project: Project, tmp_path: Path) -> None:
    assert whose(exported(project, tmp_path, who="NOUR")) == [("a", "Nour")]


def test_an_unknown_annotator_is_refused_with_those_there_are(project: Project, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no annotator 'huda'") as caught:
        exported(project, tmp_path, who="huda")
    assert caught.value.hint == "Annotators: Nour, salma."
    assert not (tmp_path / "out.jsonl").exists()


def test_finished_documents_alone(project: Project, tmp_path: Path) -> None:
    assert whose(exported(project, tmp_path, status="done")) == [("b", "salma")]


def test_a_document_that_was_only_looked_at_is_not_exported(project: Project, tmp_path: Path) -> None:
    session(project, "c").save_cursor(5)
    assert ("c", "salma") not in whose(exported(project, tmp_path))


def test_a_document_whose_annotations_were_all_removed_is_not_exported(project: Project, tmp_path: Path) -> None:
    desk = session(project, "a", "nour")
    desk.execute(Operation("remove", (Change(desk.state.annotation("s1"), None),)))
    assert ("a", "Nour") not in whose(exported(project, tmp_path))


def test_spans_carry_their_text_and_their_place_in_the_raw_text(project: Project, tmp_path: Path) -> None:
    for found in exported(project, tmp_path, raw=True):
        assert found["offset_unit"] == "codepoint"
        for made in found["spans"]:
            assert made["text"] == found["text"][made["start"] : made["end"]]
    claim = exported(project, tmp_path, raw=True)[1]["spans"][1]
    assert (claim["raw_start"], claim["raw_end"]) == (16, 30)
    assert RAW[16:30] == claim["text"]


def test_raw_adds_the_raw_text_and_its_map(project: Project, tmp_path: Path) -> None:
    first = exported(project, tmp_path, raw=True)[0]
    assert first["raw_text"] == RAW
    assert first["raw_edits"] == [[3, 5, 3, 4], [11, 12, 10, 10], [31, 32, 29, 29]]
    assert "raw_text" not in exported(project, tmp_path)[0]


def test_spans_are_sorted_by_start_and_the_outer_first(project: Project, tmp_path: Path) -> None:
    desk = session(project, "c")
    desk.execute(add("inner", 0, 3))
    desk.execute(add("outer", 0, 12))
    desk.execute(add("source", 0, 3, "source"))
    found = exported(project, tmp_path)[-1]
    assert [made["id"] for made in found["spans"]] == ["outer", "inner", "source"]


def test_body_leaves_furniture_out(project: Project, tmp_path: Path) -> None:
    session(project, "b").execute(add("f", 0, 13, "boilerplate"))
    found = exported(project, tmp_path, body=True, who="salma")[-1]
    assert found["view"] == "body"
    assert found["text"] == BODY[13:]
    assert [(made["id"], made["start"]) for made in found["spans"]] == [("c1", CLAIM[0] - 13)]


def test_two_exports_are_byte_identical(project: Project, tmp_path: Path) -> None:
    export(project, tmp_path / "1.jsonl", ExportOptions(raw=True))
    export(project, tmp_path / "2.jsonl", ExportOptions(raw=True))
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()


def test_the_size_of_a_query_changes_nothing(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(records(project, ExportOptions()))
    monkeypatch.setattr(reading, "PIECE", 1)
    assert list(records(project, ExportOptions())) == whole


def test_the_report_counts_records_spans_and_bytes(project: Project, tmp_path: Path) -> None:
    counted: list[int] = []
    report = export(project, tmp_path / "out.jsonl", ExportOptions(), counted.append)
    assert (report.records, report.spans) == (3, 4)
    assert report.size == (tmp_path / "out.jsonl").stat().st_size
    assert counted == [1, 2, 3]


def test_an_older_file_is_replaced(project: Project, tmp_path: Path) -> None:
    write(tmp_path / "out.jsonl", "old")
    assert len(exported(project, tmp_path)) == 3


def test_the_file_has_the_rights_that_the_user_gives_new_files(project: Project, tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        export(project, tmp_path / "out.jsonl", ExportOptions())
    finally:
        os.umask(before)
    assert (tmp_path / "out.jsonl").stat().st_mode & 0o777 == 0o640


class TestFailure:
    """The older file stays as it was, and no other file is left."""

    @pytest.fixture(autouse=True)
    def _old(self, project: Project, tmp_path: Path) -> Iterator[None]:
        self.out = write(tmp_path / "out" / "out.jsonl", "old")
        yield
        assert [path.name for path in self.out.parent.iterdir()] == ["out.jsonl"]
        assert self.out.read_text() == "old"

    def test_a_span_that_does_not_read_back(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(exporting, "dump", lambda record: dump(record).replace(BODY[14:20].encode(), b"xxx", 1))
        with pytest.raises(DataError, match="did not read back"):
            export(project, self.out, ExportOptions())

    def test_a_record_that_is_lost_on_the_way(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(exporting, "dump", lambda record: b"" if record["doc_id"] == "b" else dump(record))
        with pytest.raises(DataError, match="did not read back as it was written"):
            export(project, self.out, ExportOptions())

    def test_an_interruption(self, project: Project) -> None:
        def interrupt(_number: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            export(project, self.out, ExportOptions(), interrupt)

    def test_a_full_disk(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(_descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(DataError, match=r"out\.jsonl: cannot write: No space left on device") as caught:
            export(project, self.out, ExportOptions())
        assert "Nothing was changed" in caught.value.hint


def test_the_database_itself_is_never_replaced(project: Project) -> None:
    before = project.path.read_bytes()
    with pytest.raises(UsageError, match="is the project's database"):
        export(project, project.path, ExportOptions())
    assert project.path.read_bytes() == before


def test_a_device_or_pipe_is_never_replaced(project: Project, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match="is no regular file"):
        export(project, tmp_path / "pipe", ExportOptions())
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("place", ["no/such/folder.jsonl", "page.txt/out.jsonl"])
def test_a_place_that_cannot_be_written_is_named(project: Project, tmp_path: Path, place: str) -> None:
    write(tmp_path / "page.txt", "")
    with pytest.raises(DataError, match="cannot write") as caught:
        export(project, tmp_path / place, ExportOptions())
    assert caught.value.source == str(tmp_path / place)


def test_a_project_without_annotations_gives_an_empty_file(tmp_path: Path) -> None:
    with create(tmp_path / "annotator.db") as project:
        report = export(project, tmp_path / "out.jsonl", ExportOptions())
    assert (report.records, (tmp_path / "out.jsonl").read_bytes()) == (0, b"")


def test_an_open_file_can_be_written_to(project: Project, tmp_path: Path) -> None:
    with (tmp_path / "out").open("w+b") as file:
        write_records(project, file, ExportOptions())
    export(project, tmp_path / "out.jsonl", ExportOptions())
    assert (tmp_path / "out").read_bytes() == (tmp_path / "out.jsonl").read_bytes()


@pytest.mark.parametrize("raw", [True, False])
def test_export_import_export_gives_the_same_bytes(project: Project, tmp_path: Path, raw: bool) -> None:
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    desk = session(project, "c", "نور")
    desk.execute(add("n1", 0, 12))
    export(project, first, ExportOptions(raw=True))
    with create(tmp_path / "second.db") as other:
        report = take_records(other, tmp_path, *map(json.loads, first.read_bytes().splitlines()))
        assert (report.imported, report.rejected) == (3, [])
        export(other, second, ExportOptions(raw=raw))
    export(project, first, ExportOptions(raw=raw))
    assert second.read_bytes() == first.read_bytes()
