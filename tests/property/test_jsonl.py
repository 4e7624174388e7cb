from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import DataError
from annotator.formats.items import Rejected, SourceText
from annotator.formats.jsonl import read_jsonl
from annotator.formats.sources import read_sources


quick = settings(deadline=None, max_examples=100)

characters = st.characters(exclude_categories=["Cs"])
strings = st.text(characters | st.sampled_from("\u2028\u2029\x85\r\n\0\ufeff\u202e\U0001f600سلام"), max_size=20)
integers = st.integers(-(2**63), 2**64 - 1)
scalars = st.none() | st.booleans() | integers | st.floats(allow_nan=False, allow_infinity=False) | strings
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(strings, inner, max_size=4),
    max_leaves=12,
)
records = st.lists(st.dictionaries(strings, values, max_size=5), max_size=6)


def write_orjson(value: object) -> bytes:
    return orjson.dumps(value)


def write_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def write_ascii(value: object) -> bytes:
    return json.dumps(value).encode()


writers = st.sampled_from([write_orjson, write_json, write_ascii])


def read_bytes(data: bytes, name: str = "a.jsonl") -> list[tuple[int, dict[str, object] | DataError]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        return list(read_jsonl(path, max_record=2**20, max_bytes=2**30))


@quick
@given(records, writers, st.sampled_from([b"\n", b"\r\n", b"\n\n"]), st.booleans())
def test_whatever_json_is_written_reads_back(written: list[dict[str, object]], writer, line_end: bytes, packed: bool):
    data = b"".join(writer(record) + line_end for record in written)
    found = read_bytes(gzip.compress(data) if packed else data, "a.jsonl.gz" if packed else "a.jsonl")
    assert [value for _, value in found] == written
    step = line_end.count(b"\n")
    assert [line for line, _ in found] == [1 + step * n for n in range(len(written))]


@quick
@given(records.filter(len), writers, st.data())
def test_damage_to_one_line_leaves_the_others(written: list[dict[str, object]], writer, data: st.DataObject):
    lines = [writer(record) for record in written]
    hurt = data.draw(st.integers(0, len(lines) - 1))
    start = data.draw(st.integers(0, len(lines[hurt])))
    end = data.draw(st.integers(start, len(lines[hurt])))
    noise = data.draw(st.binary(max_size=8)).replace(b"\n", b"")
    lines[hurt] = lines[hurt][:start] + noise + lines[hurt][end:]
    found = dict(read_bytes(b"\n".join(lines)))
    assert 0 not in found or hurt == 0  # a UTF-16 mark at the very start condemns the file
    if 0 not in found:
        assert [found[n + 1] for n in range(len(lines)) if n != hurt] == [
            record for n, record in enumerate(written) if n != hurt
        ]
    for line, value in found.items():
        if isinstance(value, DataError):
            assert line in (0, hurt + 1)


@quick
@given(st.binary(max_size=300), st.sampled_from(["a.jsonl", "a.jsonl.gz"]))
def test_any_bytes_give_objects_or_errors(data: bytes, name: str):
    for line, value in read_bytes(data, name):
        assert isinstance(value, dict | DataError)
        assert line <= data.count(b"\n") + 1 or name.endswith(".gz")


@quick
@given(records, st.data())
def test_any_damage_to_gzip_keeps_the_lines_before_it(written: list[dict[str, object]], data: st.DataObject):
    packed = bytearray(gzip.compress(b"".join(orjson.dumps(record) + b"\n" for record in written)))
    for _ in range(data.draw(st.integers(1, 3))):
        packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(packed)))
    found = read_bytes(bytes(packed[:cut]), "a.jsonl.gz")
    assert [line for line, _ in found if line == 0] in ([], [0])
    assert all(isinstance(value, dict | DataError) for _, value in found)


@quick
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.jsonl", "a.jsonl.gz", "a"]))
def test_no_file_raises_anything(data: bytes, name: str):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        for item in read_sources([path]):
            assert item.source == str(path)
            if isinstance(item, SourceText):
                item.raw.encode()
            elif isinstance(item, Rejected):
                assert item.reason
