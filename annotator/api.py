"""What a notebook imports: `from annotator import read`, and the plain values that it gives."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from annotator.errors import DataError
from annotator.formats.items import file_name
from annotator.formats.jsonl import read_jsonl
from annotator.formats.record import Record, RecordSpan, dump, parse_record
from annotator.formats.sources import GZIP_ROOM, MAX_SIZE
from annotator.model.annotation import Relation


__all__ = ["Record", "RecordSpan", "Relation", "read"]

_DATABASE = b"SQLite format 3\0"


def read(path: str | os.PathLike[str]) -> Iterator[Record]:
    """Read an exported file, plain or gzipped, or a project's database.

    Offsets count code points, so that `record.text[span.start : span.end]` is a span's text.

    Args:
        path: A `.jsonl` or `.jsonl.gz` file, or a database.

    Yields:
        A record for each document and annotator, in the order of the file; of a database, by doc_id and annotator.

    Raises:
        DataError: With file and line: the file cannot be read, or a line holds no record.
        StoreError: The database cannot be opened.
    """
    source = Path(path)
    return _read_database(source) if _is_database(source) else _read_file(source)


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_DATABASE)) == _DATABASE
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", source=file_name(path)) from error


def _read_file(path: Path) -> Iterator[Record]:
    source = file_name(path)
    for line, found in read_jsonl(path, max_record=MAX_SIZE, max_bytes=GZIP_ROOM * MAX_SIZE):
        if isinstance(found, DataError):
            raise found
        found.pop("view", None)  # only an import has to refuse a body without its furniture
        try:
            record = parse_record(found)
        except DataError as error:
            raise DataError(error.reason, hint=error.hint, source=source, line=line) from error
        yield record


def _read_database(path: Path) -> Iterator[Record]:
    import orjson

    from annotator.services.exporting import ExportOptions, records
    from annotator.services.project import open_project

    with open_project(str(path)) as project:
        for record in records(project, ExportOptions(raw=True)):
            yield parse_record(orjson.loads(dump(record)))
