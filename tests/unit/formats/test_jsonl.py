from __future__ import annotations

import codecs
import gzip
import json
import tracemalloc
from pathlib import Path

import pytest

from annotator.errors import DataError
from annotator.formats.jsonl import FREE_GZIP_BYTES, MAX_DEPTH, MAX_GZIP_RATIO, parse_object, read_jsonl


def read(path: Path, *, max_record: int = 2**20, max_bytes: int = 2**40) -> list[tuple[int, dict[str, object] | str]]:
    """Lines as read, with an error's reason in its place."""
    found = read_jsonl(path, max_record=max_record, max_bytes=max_bytes)
    return [(line, value.reason if isinstance(value, DataError) else value) for line, value in found]


def written(folder: Path, data: bytes, name: str = "a.jsonl") -> Path:
    path = folder / name
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def refusal(line: bytes) -> str:
    with pytest.raises(DataError) as caught:
        parse_object(line)
    return caught.value.reason


def test_each_line_gives_its_object_and_number(tmp_path: Path):
    path = written(tmp_path, '{"a": "خبر"}\n{"a": [1, 2.5, null, true]}\n'.encode())
    assert read(path) == [(1, {"a": "خبر"}), (2, {"a": [1, 2.5, None, True]})]


def test_last_line_needs_no_line_end(tmp_path: Path):
    assert read(written(tmp_path, b'{"a": 1}\n{"a": 2}')) == [(1, {"a": 1}), (2, {"a": 2})]


def test_blank_lines_are_counted_and_skipped(tmp_path: Path):
    assert read(written(tmp_path, b'\n{"a": 1}\r\n  \t\r\n\n{"a": 2}\n\n')) == [(2, {"a": 1}), (5, {"a": 2})]


def test_only_a_line_feed_ends_a_line(tmp_path: Path):
    record = {"a": "\u2028\u2029\x85\x0b\x0c\r"}
    for ascii_only in (True, False):
        data = json.dumps(record, ensure_ascii=ascii_only).encode()
        assert read(written(tmp_path, data + b"\n" + data)) == [(1, record), (2, record)]


def test_byte_order_mark_is_taken_off_the_file_only(tmp_path: Path):
    path = written(tmp_path, codecs.BOM_UTF8 + b'{"a": 1}\n' + codecs.BOM_UTF8 + b'{"a": 2}\n')
    assert read(path) == [(1, {"a": 1}), (2, "broken JSON at column 1 (expecting value)")]


def test_byte_order_mark_alone_is_a_blank_line(tmp_path: Path):
    assert read(written(tmp_path, codecs.BOM_UTF8 + b"\n")) == []


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_refused_once_for_the_file(tmp_path: Path, encoding: str):
    path = written(tmp_path, '\ufeff{"a": 1}\n{"a": 2}\n'.encode(encoding))
    assert read(path) == [(0, "UTF-16, but JSONL is UTF-8 (after line 1)")]


def test_empty_file_gives_nothing(tmp_path: Path):
    assert read(written(tmp_path, b"")) == []


def test_lines_longer_than_a_chunk_are_read_whole(tmp_path: Path):
    long = {"a": "خ" * 700_000}
    data = json.dumps(long, ensure_ascii=False).encode() + b'\n{"a": 1}\n'
    assert read(written(tmp_path, data), max_record=2**22) == [(1, long), (2, {"a": 1})]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"a": 1', "broken JSON at column 8 (expecting ',' delimiter)"),
        (b'{"a": 1} x', "broken JSON at column 10 (extra data)"),
        ('{"أ": x}'.encode(), "broken JSON at column 7 (expecting value)"),
        (b'{"a": "x\ty"}', "broken JSON at column 9 (invalid control character at)"),
        (b'{"a": 01}', "broken JSON at column 8 (expecting ',' delimiter)"),
        (b"{'a': 1}", "broken JSON at column 2 (expecting property name enclosed in double quotes)"),
        (b"[1, 2]", "not a JSON object but a list"),
        (b'"text"', "not a JSON object but a string"),
        (b"12", "not a JSON object but a number"),
        (b"false", "not a JSON object but true or false"),
        (b"null", "not a JSON object but null"),
        (b'{"a": NaN}', "NaN is not a JSON value"),
        (b'{"a": [-Infinity]}', "-Infinity is not a JSON value"),
        (b'{"a": 1e999}', "the number 1e999 is too large"),
        (b'{"a": ' + b"9" * 5000 + b"}", "an integer has too many digits"),
        (b'{"a": "\xff"}', "not UTF-8 (byte 0xff at byte 8 of the line)"),
        (b'{"a": "\xed\xa0\x80"}', "not UTF-8 (byte 0xed at byte 8 of the line)"),
        (b'{"a": 1, "b": 2, "a": 3}', 'the key "a" appears twice in one object'),
        (b'{"a": 1, "\\u0061": 1}', 'the key "a" appears twice in one object'),
        (b'{"x": [{"y": 1, "y": 1}]}', 'the key "y" appears twice in one object'),
        (rb'{"a": "\ud800"}', "a lone surrogate (\\ud800) in a string, which is no character"),
        (rb'{"a": ["\uDFFF\uD800"]}', "a lone surrogate (\\udfff) in a string, which is no character"),
        (rb'{"\udc00": 1}', "a lone surrogate (\\udc00) in a string, which is no character"),
    ],
)
def test_what_is_no_interchangeable_json_is_refused_with_its_reason(line: bytes, reason: str):
    assert refusal(line) == reason


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (rb'{"a": "\ud83d\ude00"}', "\U0001f600"),
        (rb'{"a": "\\ud800"}', r"\ud800"),
        (rb'{"a": "\u0000"}', "\0"),
        (b'{"a": 18446744073709551616}', 2**64),
        (b'{"a": "a\\": 1, \\"a"}', 'a": 1, "a'),
        (b'{"a": [{"a": 1}, {"a": 1}]}', [{"a": 1}, {"a": 1}]),
    ],
)
def test_what_only_looks_wrong_is_read(line: bytes, value: object):
    assert parse_object(line) == {"a": value}


@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_nesting_is_read_to_its_limit_and_refused_beyond(opening: bytes, closing: bytes):
    def nested(depth: int) -> bytes:
        return b'{"a":' + opening * (depth - 1) + b"1" + closing * (depth - 1) + b"}"

    assert "a" in parse_object(nested(MAX_DEPTH))
    assert refusal(nested(MAX_DEPTH + 1)) == f"nested deeper than {MAX_DEPTH} levels"


@pytest.mark.parametrize("line", [b"[" * 200_000, b'{"a":' * 200_000, b'{"a": ' + b"[" * 50_000 + b"]" * 50_000 + b"}"])
def test_nesting_that_would_end_the_stack_is_refused(line: bytes):
    assert refusal(line) == f"nested deeper than {MAX_DEPTH} levels"


def test_many_brackets_side_by_side_are_not_deep():
    spans = [{"start": n, "labels": ["[[["]} for n in range(500)]
    assert parse_object(json.dumps({"spans": spans}).encode()) == {"spans": spans}


def test_a_bad_line_is_placed_and_the_rest_is_read(tmp_path: Path):
    path = written(tmp_path, b'{"a": 1}\n{"a": \n\n[]\n{"a": 2}\n')
    found = dict(read_jsonl(path, max_record=100, max_bytes=100))
    assert (found[1], found[5]) == ({"a": 1}, {"a": 2})
    assert [(error.source, error.line) for error in found.values() if isinstance(error, DataError)] == [
        (str(path), 2),
        (str(path), 4),
    ]


def test_a_line_over_the_limit_is_skipped(tmp_path: Path):
    exact = b'{"a": "' + b"x" * 91 + b'"}'
    path = written(tmp_path, exact + b"\n" + exact[:-2] + b'y"}\n{"a": 1}\n' + exact[:-2] + b'y"}')
    too_long = "the line is longer than 100 bytes"
    assert read(path, max_record=100) == [
        (1, {"a": "x" * 91}),
        (2, too_long),
        (3, {"a": 1}),
        (4, too_long),
    ]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_memory_stays_flat_over_long_lines_and_many_lines(tmp_path: Path, name: str):
    line = b'{"a": "' + b"x" * 1000 + b'"}\n'
    path = written(tmp_path, line * 4_000 + b'{"a": "' + b"y" * 12_000_000 + b'"}\n' + line * 4_000, name)
    tracemalloc.start()
    bad = [value for _, value in read_jsonl(path, max_record=10_000, max_bytes=2**40) if isinstance(value, DataError)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(bad) == 1
    assert peak < 4_000_000


def test_gzip_is_read_by_name_and_by_content(tmp_path: Path):
    packed = written(tmp_path, b'{"a": 1}\n{"a": 2}\n', "a.jsonl.gz")
    unnamed = tmp_path / "b.jsonl"
    unnamed.write_bytes(packed.read_bytes())
    assert read(packed) == read(unnamed) == [(1, {"a": 1}), (2, {"a": 2})]


def test_joined_gzip_files_are_one_file(tmp_path: Path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"a": 1}\n{"a"') + gzip.compress(b": 2}\n"))
    assert read(path) == [(1, {"a": 1}), (2, {"a": 2})]


def test_gzip_cut_short_gives_the_good_lines_and_one_error(tmp_path: Path):
    lines = b"".join(json.dumps({"a": n, "b": str(n * 7919)}).encode() + b"\n" for n in range(5_000))
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(lines)[:-5_000])
    *good, last = read(path)
    assert len(good) > 1_000
    assert [(number, value["a"]) for number, value in good if isinstance(value, dict)] == [
        (n + 1, n) for n in range(len(good))
    ]
    assert last == (0, f"the gzip file is damaged or cut short (after line {len(good)})")


@pytest.mark.parametrize("at", [20, -5])
def test_damaged_gzip_gives_one_error(tmp_path: Path, at: int):
    data = bytearray(gzip.compress(b'{"a": 1}\n' * 1_000))
    data[at] ^= 0xFF
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(data)
    errors = [(line, value) for line, value in read(path) if isinstance(value, str)]
    assert len(errors) == 1
    assert errors[0][0] == 0
    assert "damaged" in errors[0][1]


@pytest.mark.parametrize("content", [b"plain text\n", b""])
def test_what_is_named_gz_and_is_no_gzip_gives_one_error_or_nothing(tmp_path: Path, content: bytes):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(content)
    assert read(path) == ([(0, "damaged, or not a gzip file")] if content else [])


def test_gzip_that_unpacks_to_more_than_allowed_stops(tmp_path: Path):
    path = written(tmp_path, b'{"a": 1}\n' * 200_000, "a.jsonl.gz")
    *good, last = read(path, max_bytes=900_000)
    assert 0 < len(good) <= 100_000
    assert last == (0, f"the gzip file unpacks to more than 900,000 bytes (after line {len(good)})")


def test_gzip_bomb_stops_by_its_ratio(tmp_path: Path):
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(FREE_GZIP_BYTES // 2**20 + 8):
            file.write(b" " * 2**20)
    assert read(path) == [(0, f"the gzip file unpacks to more than {MAX_GZIP_RATIO} times its size")]


def test_file_that_cannot_be_opened_gives_one_error(tmp_path: Path):
    assert read(tmp_path / "none.jsonl") == [(0, "cannot be read: No such file or directory")]
