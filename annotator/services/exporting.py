"""Exporting: the same bytes for the same work, in place of the old file only once they were read back."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from annotator.errors import DataError, UsageError
from annotator.formats.body import body_view
from annotator.formats.record import dump, to_record
from annotator.services.project import Project
from annotator.store import annotators
from annotator.store.annotators import GOLD
from annotator.store.reading import documents_with_work


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What to export.

    Attributes:
        who: An annotator's name, "all", or "gold" for what reviewers and policies decided.
        status: "any", or "done" for finished documents only.
        raw: Add the raw text and its map.
        body: Leave out what each record labels as furniture.
    """

    who: str = "all"
    status: str = "any"
    raw: bool = False
    body: bool = False


@dataclass(frozen=True, slots=True)
class ExportReport:
    """How much was written."""

    records: int
    spans: int
    size: int


def records(project: Project, options: ExportOptions) -> Iterator[dict[str, Any]]:
    """The records as plain values, by doc_id and annotator.

    Raises:
        UsageError: There is no such annotator.
    """
    furniture = project.schema.furniture()
    if options.who == GOLD:
        from annotator.services.gold import gold_records  # which needs more than other exports

        for record in gold_records(project, raw=options.raw):
            if options.status == "any" or record["status"] == "done":
                yield body_view(record, furniture) if options.body else record
        return
    with project.store.read() as connection:
        annotator_id = None if options.who == "all" else annotators.require(connection, options.who)
        for document, work in documents_with_work(connection, annotator_id):
            for name in sorted(work, key=annotators.name_key):
                own = work[name]
                if options.status == "done" and own.state.status != "done":
                    continue
                record = to_record(document, name, own.state, project.schema, raw=options.raw, active_ms=own.active_ms)
                if own.shown:
                    record["suggestions_shown"] = list(own.shown)
                if own.sampled:
                    record["sampled"] = own.sampled
                yield body_view(record, furniture) if options.body else record


def export(
    project: Project, out: Path, options: ExportOptions, on_record: Callable[[int], None] = lambda _: None
) -> ExportReport:
    """Write the records to a file, read them back, and only then put it in the place of an older one.

    Raises:
        UsageError: There is no such annotator, or the file is none that may be replaced.
        DataError: The file cannot be written, or did not read back as it was written.
    """
    part = out.with_name(f".{out.name}.{secrets.token_hex(4)}.part")
    try:
        _check_target(out, project)
        descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_NOFOLLOW, 0o666)
        with open(descriptor, "w+b") as file:  # noqa: PTH123  # a descriptor, not a path
            report = write_records(project, file, options, on_record)
            os.fsync(file.fileno())
        part.replace(out)
    except OSError as error:
        raise DataError(
            f"cannot write: {error.strerror}", source=str(out), hint="Nothing was changed. Name another place."
        ) from error
    finally:
        with suppress(OSError):
            part.unlink()
    return report


def write_records(
    project: Project, file: BinaryIO, options: ExportOptions, on_record: Callable[[int], None] = lambda _: None
) -> ExportReport:
    """Write the records to a file that is open for reading too, and read them back.

    Raises:
        UsageError: There is no such annotator.
        DataError: They did not read back as they were written.
    """
    report = _write(file, records(project, options), on_record)
    _verify(file, report)
    file.flush()
    return report


def _check_target(out: Path, project: Project) -> None:
    """Refuse to put a file in the place of something that is more than an older export."""
    if not out.exists():
        return
    if out.samefile(project.path):
        raise UsageError(f"{out} is the project's database", hint="Name another file.")
    if not out.is_file():
        raise UsageError(f"{out} is no regular file", hint="Name a file, or - for standard output.")


def _write(file: BinaryIO, lines: Iterator[dict[str, Any]], on_record: Callable[[int], None]) -> ExportReport:
    number = spans = 0
    for record in lines:
        file.write(dump(record))
        number += 1
        spans += len(record["spans"])
        on_record(number)
    return ExportReport(number, spans, file.tell())


def _verify(file: BinaryIO, report: ExportReport) -> None:
    """Read everything back: each span's text must be its slice."""
    file.seek(0)
    number = spans = 0
    for line in file:
        record = orjson.loads(line)
        text = record["text"]
        for span in record["spans"]:
            if text[span["start"] : span["end"]] != span["text"]:
                raise DataError(f"span {span['id']} of {record['doc_id']} did not read back; nothing was written")
        number += 1
        spans += len(record["spans"])
    if (number, spans) != (report.records, report.spans):
        raise DataError("the file did not read back as it was written; nothing was changed")
