from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.services.importing import ImportOptions, import_sources
from annotator.services.project import Project, open_or_create
from annotator.tui import language
from annotator.tui.app import AnnotatorApp


ProjectMaker = Callable[..., Project]
AppMaker = Callable[..., AnnotatorApp]
RecordImporter = Callable[..., None]


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same terminal everywhere."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """No test leaves another language behind."""
    yield
    language.use("en")


@pytest.fixture
def make_project(tmp_path: Path) -> Iterator[ProjectMaker]:
    """Makes the project of a test: documents of some texts, named 1, 2, … by their files, in order."""
    opened: list[Project] = []

    def make(*texts: str, schema: str | None = None, names: tuple[str, ...] = ()) -> Project:
        project = open_or_create(str(tmp_path / "annotator.db"), schema)
        opened.append(project)
        folder = tmp_path / "texts"
        folder.mkdir(exist_ok=True)
        paths = []
        for number, text in enumerate(texts):
            paths.append(folder / (names[number] if names else f"{number + 1}.txt"))
            paths[-1].write_text(text, encoding="utf-8", newline="")
        if paths:
            report = import_sources(project, paths, ImportOptions())
            assert not report.rejected
        return project

    yield make
    for project in opened:
        project.close()


@pytest.fixture
def import_record(tmp_path: Path) -> RecordImporter:
    """Imports a text with annotations as (id, label, text) and relations as (head, tail), made by `annotator`."""

    def take(
        project: Project,
        text: str,
        *spans: tuple[str, str, str],
        relations: tuple[tuple[str, str], ...] = (),
        annotator: str = "me",
        **fields: object,
    ) -> None:
        record = {
            "format": "annotator/1",
            "doc_id": "record",
            "text": text,
            "annotator": annotator,
            "spans": [
                {"id": id_, "start": text.index(part), "end": text.index(part) + len(part), "label": label}
                for id_, label, part in spans
            ],
            "relations": [
                {"id": f"{head}-{tail}", "label": "attributed_to", "head": head, "tail": tail, "attributes": []}
                for head, tail in relations
            ],
        }
        path = tmp_path / "record.jsonl"
        path.write_text(json.dumps(record | fields), encoding="utf-8")
        report = import_sources(project, [path], ImportOptions())
        assert not report.rejected

    return take


@pytest.fixture
def make_app(make_project: ProjectMaker) -> AppMaker:
    """Makes an app on a project of some texts; its first document is open unless `document=None`."""

    def make(*texts: str, document: int | None = 1, name: str = "me", schema: str | None = None) -> AnnotatorApp:
        return AnnotatorApp(make_project(*texts, schema=schema), name, document)

    return make
