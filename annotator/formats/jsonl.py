"""Strict reading of JSONL, plain or gzipped, one line at a time in flat memory.

Lines end at LF alone, so that U+2028 or U+0085 inside a string ends no record. JSON is read as RFC 8259 writes it and
refused where readers disagree about it: duplicate keys, NaN and infinities, lone surrogates.
"""

from __future__ import annotations

import codecs
import gzip
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from math import isinf
from pathlib import Path
from typing import BinaryIO, NoReturn

from annotator.errors import DataError
from annotator.formats.items import file_name


MAX_DEPTH = 100
MAX_GZIP_RATIO = 200
"""Deflate reaches 1032:1 and JSONL 3:1 to 30:1; what unpacks to more than 200 times its size is a bomb ..."""
FREE_GZIP_BYTES = 64 * 2**20
"""... unless it unpacks to less than this, which does no harm."""

_CHUNK = 2**18
_GZIP_MAGIC = b"\x1f\x8b"
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def read_jsonl(path: Path, *, max_record: int, max_bytes: int) -> Iterator[tuple[int, dict[str, object] | DataError]]:
    """Yield the objects of a `.jsonl` or `.jsonl.gz` file, and an error in the place of each line that holds none.

    Args:
        path: The file. It is gzip if its name ends in `.gz` or its content starts as gzip does.
        max_record: The longest line that is read, in bytes; longer ones are skipped without being held in memory.
        max_bytes: The most that a gzip file may unpack to, in bytes; `MAX_GZIP_RATIO` holds beside it.

    Yields:
        `(line, object)`, or `(line, error)` for a bad line, lines counted from 1 with the blank ones, which are
        skipped. What is wrong with the file as a whole comes last as `(0, error)`; nothing is raised.
    """
    source, number = file_name(path), 0
    try:
        with path.open("rb") as file:
            for number, line in enumerate(_lines(_chunks(file, path, max_bytes), max_record), 1):
                text = _without_bom(line) if number == 1 else line
                if text is None:
                    yield number, DataError(f"the line is longer than {max_record:,} bytes", source=source, line=number)
                elif text and not text.isspace():
                    yield number, _object_or_error(text, source, number)
    except DataError as error:
        after = f" (after line {number})" if number else ""
        yield 0, DataError(f"{error.reason}{after}", hint=error.hint, source=source)
    except OSError as error:
        yield 0, DataError(f"cannot be read: {error.strerror}", source=source)


def parse_object(line: bytes) -> dict[str, object]:
    """The JSON object that one line holds.

    Raises:
        DataError: What is wrong with it, without a place.
    """
    try:
        value = _DECODER.decode(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise DataError(f"not UTF-8 (byte 0x{line[error.start]:02x} at byte {error.start + 1} of the line)") from error
    except json.JSONDecodeError as error:
        raise DataError(f"broken JSON at column {error.colno} ({error.msg[:1].lower()}{error.msg[1:]})") from error
    except RecursionError as error:
        raise DataError(_TOO_DEEP) from error
    except ValueError as error:  # Python converts no integer of more than 4300 digits
        raise DataError("an integer has too many digits") from error
    if not isinstance(value, dict):
        raise DataError(
            f"not a JSON object but {json_type(value)}",
            hint="JSONL has one object on each line; jq -c '.[]' makes it from an array",
        )
    if line.count(b"[") + line.count(b"{") > MAX_DEPTH and _deeper_than_allowed(value):
        raise DataError(_TOO_DEEP)
    if _SURROGATE.search(line):
        _refuse_lone_surrogates(value)
    return value


def json_type(value: object) -> str:
    """A JSON value's type in words, such as "a list"."""
    return _TYPES.get(type(value), "null")


def _object_or_error(line: bytes, source: str, number: int) -> dict[str, object] | DataError:
    try:
        return parse_object(line)
    except DataError as error:
        return DataError(error.reason, hint=error.hint, source=source, line=number)


def _chunks(file: BinaryIO, path: Path, max_bytes: int) -> Iterator[bytes]:
    """The unpacked content in pieces of at most `_CHUNK` bytes."""
    magic = file.read(2)
    file.seek(0)
    if magic == _GZIP_MAGIC or path.suffix.lower() == ".gz":
        yield from _gunzip(file, max_bytes)
    else:
        while chunk := file.read(_CHUNK):
            yield chunk


def _gunzip(file: BinaryIO, max_bytes: int) -> Iterator[bytes]:
    total = 0
    with gzip.GzipFile(fileobj=file) as stream:
        while chunk := _unpack(stream):
            total += len(chunk)
            if total > max_bytes:
                raise DataError(f"the gzip file unpacks to more than {max_bytes:,} bytes")
            if total > FREE_GZIP_BYTES and total > MAX_GZIP_RATIO * file.tell():
                raise DataError(f"the gzip file unpacks to more than {MAX_GZIP_RATIO} times its size")
            yield chunk


def _unpack(stream: gzip.GzipFile) -> bytes:
    try:
        return stream.read1(_CHUNK)  # read() would lose what it has unpacked before it meets the damage
    except gzip.BadGzipFile as error:
        raise DataError("damaged, or not a gzip file") from error
    except (EOFError, zlib.error) as error:
        raise DataError("the gzip file is damaged or cut short") from error


def _lines(chunks: Iterable[bytes], max_record: int) -> Iterator[bytes | None]:
    """The lines without their LF; None for a line of more than `max_record` bytes."""
    held: list[bytes] = []  # of the line that the last chunk left open
    size = 0
    for chunk in chunks:
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            size += len(piece)
            yield b"".join([*held, piece]) if size <= max_record else None
            held, size = [], 0
        size += len(rest)
        held = [*held, rest] if size <= max_record else []
    if size:
        yield b"".join(held) if size <= max_record else None


def _without_bom(line: bytes | None) -> bytes | None:
    if line and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise DataError("UTF-16, but JSONL is UTF-8", hint="convert it: iconv -f UTF-16 -t UTF-8")
    return line.removeprefix(codecs.BOM_UTF8) if line else line


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        twice = next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        raise DataError(f'the key "{twice[:60]}" appears twice in one object')
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise DataError(f"{name} is not a JSON value")


def _finite(digits: str) -> float:
    number = float(digits)
    if isinf(number):
        raise DataError(f"the number {digits[:20]} is too large")
    return number


def _deeper_than_allowed(value: dict[str, object]) -> bool:
    level: list[object] = [value]
    for _ in range(MAX_DEPTH):
        level = list(chain.from_iterable(_children(node) for node in level))
    return any(isinstance(node, dict | list) for node in level)


def _children(node: object) -> Iterable[object]:
    if isinstance(node, dict):
        return node.values()
    return node if isinstance(node, list) else ()


def _refuse_lone_surrogates(value: object) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        code = ord(error.object[error.start])
        raise DataError(f"a lone surrogate (\\u{code:04x}) in a string, which is no character") from error


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse_constant, parse_float=_finite)
_TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"
_TYPES = {
    dict: "an object",
    list: "a list",
    str: "a string",
    bool: "true or false",
    int: "a number",
    float: "a number",
}
