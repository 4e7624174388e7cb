"""Projects, sources and records for tests of the services and the command line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from annotator.model.annotation import Annotation
from annotator.model.operations import Change, Operation
from annotator.services.importing import ImportOptions, ImportReport, import_sources
from annotator.services.looking import find_document
from annotator.services.project import Project, open_or_create, open_project
from annotator.services.session import AnnotationSession


BODY = "قال الوزير إن الأسعار انخفضت.\nوأكدت الهيئة ذلك."
CLAIM = (14, 28)
SOURCE = (4, 10)
RAW = "قال  الوزير\u200b إن الأسعار انخفضت.\r\nوأكدت الهيئة ذلك."
"""A raw text that is cleaned to `BODY`."""


def write(path: Path, content: str | bytes) -> Path:
    """A file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def write_records(path: Path, records: Iterable[object]) -> Path:
    """A JSONL file."""
    return write(path, "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))


def record(**parts: Any) -> dict[str, Any]:
    """A record of format annotator/1, by salma unless it says otherwise."""
    return {"format": "annotator/1", "annotator": "salma"} | parts


def span(start: int, end: int, label: str = "claim", **parts: Any) -> dict[str, Any]:
    """A span of a record."""
    return {"start": start, "end": end, "label": label} | parts


def create(path: Path, schema: str | None = None) -> Project:
    """A new project."""
    return open_or_create(str(path), schema)


def take(project: Project, *sources: Path, **options: Any) -> ImportReport:
    """Import."""
    return import_sources(project, list(sources), ImportOptions(**options))


def take_records(project: Project, folder: Path, *records: object, **options: Any) -> ImportReport:
    """Import records from a file made for it."""
    return take(project, write_records(folder / "records.jsonl", records), **options)


def reasons(report: ImportReport) -> list[str]:
    """Why things were rejected."""
    return [rejected.reason for rejected in report.rejected]


def session(project: Project, doc_id: str, annotator: str = "salma") -> AnnotationSession:
    """An annotator at work."""
    return AnnotationSession(project, annotator, find_document(project, doc_id))


def add(annotation_id: str, start: int, end: int, label: str = "claim") -> Operation:
    """An operation that adds an annotation."""
    return Operation("add", (Change(None, Annotation(annotation_id, start, end, label)),))


def project_with(path: Path, *records: object, schema: str | None = None) -> Path:
    """The database of a new project that holds some records, closed."""
    with create(path, schema) as project:
        if records:
            report = take_records(project, path.parent / "given", *records)
            assert not report.rejected, reasons(report)
    return path


def reopened(path: Path) -> Project:
    """An existing project."""
    return open_project(str(path))
