"""Files and folders → documents, one at a time in flat memory.

Whatever is wrong with one file or one line is handed on as `Rejected`, and the rest is read.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath

from annotator.errors import DataError, UsageError
from annotator.formats.decoding import decode
from annotator.formats.html import read_html
from annotator.formats.items import Item, Rejected, SourceRecord, SourceText, file_name, file_stem
from annotator.formats.jsonl import json_type, read_jsonl


FORMATS = ("auto", "text", "html", "jsonl")
MAX_SIZE = 64 * 2**20
GZIP_ROOM = 1024
"""A gzip file may unpack to this many times the largest record: 64 GiB by default, read in flat memory."""

_KINDS = {
    **dict.fromkeys((".txt", ".text", ".md"), "text"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
}
_COLUMNS = {
    "text": ("text", "content", "body"),
    "title": ("title", "headline"),
    "id": ("id", "doc_id"),
    "url": ("url", "link"),
    "source": ("source", "outlet"),
    "published": ("published", "date", "date_extracted", "published_at"),
}
"""Fields of a document, and the columns of a record that give them where `--map` names none."""

_LINE_END = re.compile(r"[\r\n\v\f\x85\u2028\u2029]")
_SEEN = re.compile(
    r"[^\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u0640\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)


@dataclass(frozen=True, slots=True)
class _Options:
    format: str
    mapping: Mapping[str, str]
    max_size: int


def read_sources(
    paths: Sequence[Path],
    *,
    format: str = "auto",  # noqa: A002  (the option's name)
    mapping: Mapping[str, str] = {},
    max_size: int = MAX_SIZE,
) -> Iterator[Item]:
    """Read files, and the files of folders, in the order given.

    Folders are walked in sorted order without hidden files, linked folders and files of unknown extensions. A file that
    is named itself is read whatever its extension: an unknown one leaves it to the content.

    Args:
        paths: Files and folders.
        format: "text", "html" or "jsonl" for all files, or "auto": each by its extension.
        mapping: Field → column for JSONL records. Fields other than text, title, id, url, source and published are
            names of metadata.
        max_size: The largest text or HTML file, and the longest JSONL line, in bytes. A gzip file may unpack to
            `GZIP_ROOM` times as much, see also `jsonl.MAX_GZIP_RATIO`.

    Returns:
        An iterator that raises nothing: what could not be read comes as `Rejected`.

    Raises:
        UsageError: No such format.
        DataError: A path does not exist, or a folder holds nothing to read; before anything is read.
    """
    if format not in FORMATS:
        raise UsageError(f"no such format: {format}", hint=f"the formats are {', '.join(FORMATS)}")
    for path in paths:
        _check(path)
    options = _Options(format, mapping, max_size)
    return (item for path in paths for item in _read_path(path, options))


def _check(path: Path) -> None:
    with suppress(PermissionError):  # said when it is its turn to be read
        try:
            path.lstat()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise DataError("no such file or folder", source=file_name(path)) from error
    if _is_folder(path) and next(_walk(path), None) is None:
        extensions = f"files in a folder are read if they end in {', '.join(_KINDS)}, .jsonl.gz or .ndjson.gz"
        raise DataError(f"no readable files in {file_name(path)}", hint=extensions)


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112  (Path.is_dir raises where a folder above may not be searched)


def _read_path(path: Path, options: _Options) -> Iterator[Item]:
    for entry in _walk(path) if _is_folder(path) else (path,):
        if isinstance(entry, Rejected):
            yield entry
        else:
            yield from _read_file(entry, options)


def _walk(folder: Path) -> Iterator[Path | Rejected]:
    errors: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in sorted(files) if _kind_by_name(name) and not name.startswith("."))
    yield from (Rejected(file_name(error.filename), 0, f"cannot be read: {error.strerror}") for error in errors)


def _read_file(path: Path, options: _Options) -> Iterator[Item]:
    source = file_name(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise DataError("not a regular file")
        kind = _kind_by_name(path.name) or _kind_by_content(path) if options.format == "auto" else options.format
        if kind == "jsonl":
            yield from _read_records(path, source, options)
            return
        if status.st_size > options.max_size:
            raise DataError(
                f"{_megabytes(status.st_size)} MB is more than --max-size {_megabytes(options.max_size)} MB"
            )
        yield _read_page(path, source) if kind == "html" else _read_text(path, source)
    except DataError as error:
        yield Rejected(source, 0, _reason(error))
    except OSError as error:
        yield Rejected(source, 0, f"cannot be read: {error.strerror}")


def _kind_by_name(name: str) -> str:
    """The format that a file's extension says, "" if none; only JSONL is read gzipped."""
    plain = name.lower().removesuffix(".gz")
    kind = _KINDS.get(PurePath(plain).suffix, "")
    return kind if kind == "jsonl" or plain == name.lower() else ""


def _kind_by_content(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(1024)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(b"\x1f\x8b") or re.match(rb"\{|\[\s*\{", start):
        return "jsonl"  # an array too, for the reason that its line is then refused with
    return "html" if re.match(rb"<!doctype html|<html|<\?xml.*<html", start, re.DOTALL) else "text"


def _read_text(path: Path, source: str) -> SourceText:
    raw, encoding = decode(path.read_bytes(), source)
    if _is_blank(raw):
        raise DataError("empty")
    return SourceText(source, raw, encoding=encoding, stem=file_stem(path))


def _read_page(path: Path, source: str) -> SourceText:
    data = path.read_bytes()
    if not data.strip():
        raise DataError("empty")
    page = read_html(data, source)
    if _is_blank(page.text):
        raise DataError("no visible text")
    return SourceText(
        source,
        page.text,
        title=page.title,
        meta={"published": page.published} if page.published else {},
        encoding=page.encoding,
        source_sha256=hashlib.sha256(data).hexdigest(),
        stem=file_stem(path),
        main_text=page.main_text,
    )


def _read_records(path: Path, source: str, options: _Options) -> Iterator[Item]:
    empty = True
    limits = {"max_record": options.max_size, "max_bytes": GZIP_ROOM * options.max_size}
    for line, found in read_jsonl(path, **limits):
        empty = False
        if isinstance(found, DataError):
            yield Rejected(source, line, _reason(found))
        elif str(found.get("format", "")).startswith("annotator/"):
            yield SourceRecord(source, line, found)
        else:
            yield _document(found, path, source, line, options.mapping)
    if empty:
        yield Rejected(source, 0, "empty")


def _document(
    record: dict[str, object], path: Path, source: str, line: int, mapping: Mapping[str, str]
) -> SourceText | Rejected:
    """The document that a record of any other project holds."""
    try:
        fields = {name: _field(record, name, mapping.get(name, "")) for name in {**_COLUMNS, **mapping}}
    except DataError as error:
        return Rejected(source, line, _reason(error))
    content, title = fields.pop("text"), fields.pop("title")
    if _is_blank(content):
        return Rejected(source, line, "no content")
    doc_id = fields.pop("id")
    return SourceText(
        source,
        _with_title(title, content),
        title=title,
        doc_id=doc_id,
        url=fields["url"],
        meta={name: value for name, value in fields.items() if value},
        line=line,
        stem=file_stem(path),
    )


def _field(record: dict[str, object], name: str, column: str) -> str:
    """A record's value for one field of a document, "" if it is absent, null or blank.

    Raises:
        DataError: The column asked for is not there, no column holds a text, or the value is not a string.
    """
    if column and column not in record:
        raise DataError(f'no column "{column}" for {name}; the record has {_columns(record)}')
    usual = [key for key in _COLUMNS.get(name, ()) if key in record]
    if not column and not usual and name == "text":
        raise DataError(f"no text column; the record has {_columns(record)}", hint="name one with --map text=COLUMN")
    column = column or next((key for key in usual if record[key] not in (None, "")), "")
    value = record[column] if column else None
    if name == "id" and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if value is not None and not isinstance(value, str):
        raise DataError(f'{name} (column "{column[:60]}") is {json_type(value)}, not a string')
    return "" if value is None or _is_blank(value) else value


def _with_title(title: str, content: str) -> str:
    first_line = _LINE_END.split(content.lstrip(), maxsplit=1)[0]
    return f"{title}\n\n{content}" if title and title.split() != first_line.split() else content


def _is_blank(text: str) -> bool:
    """Whether nothing of the text can be seen: spaces, controls, joiners, marks of direction, tatweel."""
    return _SEEN.search(text) is None


def _columns(record: dict[str, object]) -> str:
    names = ", ".join(key[:60] for key in list(record)[:20])
    return f"the columns {names}{', …' if len(record) > 20 else ''}" if record else "no columns"


def _megabytes(size: int) -> str:
    """The size in units of 2**20 bytes, rounded up to a tenth."""
    return f"{math.ceil(size / 2**20 * 10) / 10:g}"


def _reason(error: DataError) -> str:
    return f"{error.reason}; {error.hint}" if error.hint else error.reason
