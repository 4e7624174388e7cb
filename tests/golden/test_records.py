"""The bytes of exports and the shapes of `--json` are a promise: these files change only with a reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.golden.produce import COMMANDS, DATA, INPUT, produce


NAMES = ("import.json", *COMMANDS)


@pytest.fixture(scope="module")
def produced(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return dict(produce(tmp_path_factory.mktemp("golden")))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_is_what_was_recorded(produced: dict[str, bytes], name: str) -> None:
    assert produced[name] == (DATA / name).read_bytes()


def test_no_recorded_file_is_left_over() -> None:
    assert {path.name for path in DATA.iterdir()} == {*NAMES, *INPUT}


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("export")])
def test_every_recorded_span_is_its_slice(name: str) -> None:
    spans = 0
    for line in (DATA / name).read_bytes().splitlines():
        record = json.loads(line)
        for span in record["spans"]:
            assert record["text"][span["start"] : span["end"]] == span["text"]
            if "raw_text" in record and span["text"]:
                assert span["raw_start"] < span["raw_end"] <= len(record["raw_text"])
            spans += 1
    assert spans


def test_the_recorded_input_uses_everything_that_a_record_can_hold() -> None:
    records = [json.loads(line) for line in (DATA / "export-raw.jsonl").read_bytes().splitlines()]
    assert {record["status"] for record in records} == {"open", "done", "flagged"}
    assert any(record["relations"] for record in records)
    assert any(record["document_labels"] for record in records)
    assert any("note" in record for record in records)
    assert {"active_seconds" in record for record in records} == {True, False}
    assert any(record["raw_edits"] for record in records)
    assert any(span["start"] == span["end"] for record in records for span in record["spans"])
    assert any(span["attributes"] for record in records for span in record["spans"])


def test_records_are_written_the_same_twice(produced: dict[str, bytes], tmp_path: Path) -> None:
    again = dict(produce(tmp_path))
    assert again == produced
