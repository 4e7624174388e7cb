"""What a notebook gets from `from annotator import read`."""

from __future__ import annotations

import dataclasses
import gzip
import json
from pathlib import Path

import pytest

import annotator
from annotator import read
from annotator.errors import DataError, StoreError
from annotator.formats.record import Record
from annotator.services.exporting import ExportOptions, export
from tests.support.projects import BODY, RAW, project_with, record, reopened, span, write, write_records


@pytest.fixture
def db(tmp_path: Path) -> Path:
    relation = {"id": "r1", "label": "attributed_to", "head": "c1", "tail": "s1"}
    spans = [span(14, 28, id="c1", attributes=[{"key": "quote", "value": "direct"}]), span(4, 10, "source", id="s1")]
    return project_with(
        tmp_path / "annotator.db",
        {"id": "a", "title": "", "text": RAW, "source": "example"},
        record(doc_id="a", spans=spans, relations=[relation], status="done", note="n", document_labels=["opinion"]),
        record(doc_id="a", annotator="نور", spans=spans[:1]),
        record(doc_id="b", text=BODY, spans=spans[:1]),
    )


def exported(db: Path, name: str, **options: bool) -> Path:
    with reopened(db) as project:
        export(project, db.with_name(name), ExportOptions(**options))  # type: ignore[arg-type]
    return db.with_name(name)


def test_an_export_is_read_as_plain_values(db: Path) -> None:
    first = next(iter(read(exported(db, "out.jsonl"))))
    assert dataclasses.is_dataclass(first)
    assert (first.doc_id, first.annotator, first.status, first.note) == ("a", "salma", "done", "n")
    assert (first.text, first.meta, first.document_labels) == (BODY, {"source": "example"}, ("opinion",))
    assert [(relation.label, relation.head, relation.tail) for relation in first.relations] == [
        ("attributed_to", "c1", "s1")
    ]
    source, claim = first.spans
    assert (source.label, source.start, source.end) == ("source", 4, 10)
    assert (claim.attributes, claim.text) == ((("quote", "direct"),), BODY[14:28])


def test_records_come_in_the_order_of_the_file(db: Path) -> None:
    found = [(record.doc_id, record.annotator) for record in read(exported(db, "out.jsonl"))]
    assert found == [("a", "salma"), ("a", "نور"), ("b", "salma")]


def test_offsets_count_code_points(db: Path) -> None:
    for found in read(exported(db, "out.jsonl")):
        assert found.text is not None
        for one in found.spans:
            assert found.text[one.start : one.end] == one.text


def test_a_database_is_read_like_its_export(db: Path) -> None:
    assert list(read(db)) == list(read(exported(db, "out.jsonl", raw=True)))


def test_a_gzipped_export_is_read_like_the_plain_one(db: Path) -> None:
    plain = exported(db, "out.jsonl")
    packed = write(db.with_name("out.jsonl.gz"), gzip.compress(plain.read_bytes()))
    assert list(read(packed)) == list(read(plain))


def test_a_path_may_be_a_string(db: Path) -> None:
    assert len(list(read(str(exported(db, "out.jsonl"))))) == 3


def test_an_export_of_bodies_is_read_too(db: Path) -> None:
    assert [found.doc_id for found in read(exported(db, "out.jsonl", body=True))] == ["a", "a", "b"]


def test_reading_is_lazy(tmp_path: Path) -> None:
    records = write(tmp_path / "a.jsonl", json.dumps(record(doc_id="a", text=BODY)) + "\n{broken\n")
    found = read(records)
    assert next(found) == Record(annotator="salma", doc_id="a", text=BODY)
    with pytest.raises(DataError):
        next(found)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{broken", "broken JSON at column 2"),
        ('{"text": "x"}', "format None is not 'annotator/1'"),
        ('{"format": "annotator/1", "spans": [{"start": 0, "end": 1}]}', "spans[0] has no label"),
    ],
)
def test_a_bad_line_is_named_by_file_and_line(tmp_path: Path, line: str, reason: str) -> None:
    good = json.dumps(record(doc_id="a", text=BODY))
    records = write(tmp_path / "a.jsonl", f"{good}\n{line}\n")
    with pytest.raises(DataError) as caught:
        list(read(records))
    assert (caught.value.source, caught.value.line) == (str(records), 2)
    assert caught.value.message.startswith(f"{records}:2: {reason}")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"nothing\.jsonl: cannot be read: No such file"):
        read(tmp_path / "nothing.jsonl")


def test_a_folder_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read(tmp_path)


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    other = write(tmp_path / "other.db", b"SQLite format 3\0" + bytes(100))
    with pytest.raises(StoreError, match="is the database of another program"):
        list(read(other))


def test_the_database_is_closed_where_reading_is_given_up(db: Path) -> None:
    found = read(db)
    next(found)
    found.close()  # type: ignore[attr-defined]
    with reopened(db) as project, project.store.write() as connection:
        connection.exec_driver_sql("UPDATE document SET title = 'x'")


def test_an_empty_file_holds_no_records(tmp_path: Path) -> None:
    assert list(read(write_records(tmp_path / "a.jsonl", []))) == []


def test_the_package_offers_nothing_else() -> None:
    assert annotator.__all__ == ["read"]
    with pytest.raises(AttributeError, match="no attribute 'write'"):
        annotator.write  # noqa: B018
