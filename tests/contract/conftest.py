"""What tests of the documentation share."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import ROOT, annotator


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as a clone is after `make annotate`: samples, and a database that holds them.

    A second annotator has done what `example` did, but for a third of it.
    """
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ANNOTATOR_DB", raising=False)
    monkeypatch.setenv("LOGNAME", "reader")
    second = tmp_path / "second.jsonl"
    second.write_text("".join(json.dumps(record) + "\n" for record in second_annotator()), encoding="utf-8")
    assert annotator("import", "samples", second).code == 0
    second.unlink()
    return tmp_path


def second_annotator() -> Iterator[dict[str, Any]]:
    for line in (ROOT / "samples" / "examples.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        spans = [span for number, span in enumerate(record["spans"]) if number % 3]
        kept = {span["id"] for span in spans}
        relations = [one for one in record["relations"] if {one["head"], one["tail"]} <= kept]
        yield record | {"annotator": "huda", "spans": spans, "relations": relations}
