"""What reading input files gives: documents as read, records of the project's own format, and refusals."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SourceText:
    """One document as read, neither cleaned nor given an identity.

    Attributes:
        source: File name, for messages.
        raw: The raw text: a text file's decoded text, an HTML page's visible text, or a record's title, a blank line
            and its content.
        title: The title where the input gives one apart, else "". A record's title stands in `raw` as well.
        doc_id: A record's own id, else "".
        url: A record's url, else "".
        meta: `source`, `url`, `published` and the columns mapped by name; never a blank value.
        line: 1-based line of a JSONL file, 0 for other files.
        encoding: Encoding of a text or HTML file, such as "utf-8" or "cp1256"; "" for JSONL.
        source_sha256: SHA-256 of an HTML file's bytes in hex, else "".
        stem: File name without folder and extension.
        main_text: The lines of an HTML page that an extractor took for its article; None where none looked.
    """

    source: str
    raw: str
    title: str = ""
    doc_id: str = ""
    url: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    line: int = 0
    encoding: str = ""
    source_sha256: str = ""
    stem: str = ""
    main_text: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A JSONL line in the project's own format ("annotator/…"), parsed and not interpreted.

    Attributes:
        source: File name, for messages.
        line: 1-based line.
        data: The JSON object.
    """

    source: str
    line: int
    data: dict[str, object]


@dataclass(frozen=True, slots=True)
class Rejected:
    """Input that was not read.

    Attributes:
        source: File name, for messages.
        line: 1-based line of a JSONL file, 0 where the whole file is meant.
        reason: Why, and what to do about it where that is known.
    """

    source: str
    line: int
    reason: str


Item = SourceText | SourceRecord | Rejected


def file_name(path: str | os.PathLike[str]) -> str:
    """The path as text that can be stored: bytes of a file name that are not UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def file_stem(path: Path) -> str:
    """The file's name without folder and extension; `.jsonl.gz` counts as one."""
    name = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    return file_name(name.stem)
