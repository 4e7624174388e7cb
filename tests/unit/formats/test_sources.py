from __future__ import annotations

import gzip
import hashlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from annotator.errors import DataError, UsageError
from annotator.formats.items import Item, Rejected, SourceRecord, SourceText
from annotator.formats.sources import read_sources
from tests.support.shared import shared_file


def read(*paths: Path, **options: object) -> list[Item]:
    return list(read_sources(paths, **options))  # type: ignore[arg-type]


def written(path: Path, content: str | bytes = "خبر\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def names(items: list[Item]) -> list[str]:
    return [Path(item.source).name for item in items]


def reasons(items: list[Item]) -> list[str]:
    return [item.reason if isinstance(item, Rejected) else "read" for item in items]


# Files


def test_text_file_is_delivered_whole_and_raw(tmp_path: Path):
    path = written(tmp_path / "خبر.one.txt", "\ufeff عنوان\r\n\r\n\tنص \u200f\n")
    assert read(path) == [
        SourceText(str(path), " عنوان\r\n\r\n\tنص \u200f\n", encoding="utf-8", stem="خبر.one"),
    ]


def test_text_file_names_its_encoding(tmp_path: Path):
    path = written(tmp_path / "a.txt", "قال الرئيس إن المحادثات مستمرة".encode("cp1256"))
    [item] = read(path)
    assert isinstance(item, SourceText)
    assert (item.raw, item.encoding) == ("قال الرئيس إن المحادثات مستمرة", "cp1256")


def test_html_file_gives_the_lines_of_its_article(tmp_path: Path):
    [item] = read(written(tmp_path / "page.html", "<p>خبر أول</p><p>خبر ثان".encode()))
    assert isinstance(item, SourceText)
    assert item.main_text == ("خبر أول", "خبر ثان")


def test_html_file_gives_visible_text_title_date_and_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    data = '<title>عنوان</title><time datetime="2024-03-12">أمس</time><p>خبر'.encode()
    path = written(tmp_path / "page.HTML", data)
    assert read(path) == [
        SourceText(
            str(path),
            "أمس\n\nخبر",
            title="عنوان",
            meta={"published": "2024-03-12"},
            encoding="utf-8",
            source_sha256=hashlib.sha256(data).hexdigest(),
            stem="page",
        )
    ]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", "", "empty"),
        ("a.txt", " \n\t\r\n\u200b\u200f\ufeff\u00a0\x1f", "empty"),
        ("a.md", "\ufeff", "empty"),
        ("a.html", "", "empty"),
        ("a.html", " \n", "empty"),
        ("a.html", "<title>عنوان</title><p hidden>x</p>&nbsp;&zwnj;", "no visible text"),
        ("a.jsonl", "", "empty"),
        ("a.jsonl", "\n \n", "empty"),
        ("a.txt", b"\x7fELF\0\0", "not a text file; UTF-16 without a byte order mark is read if it is Arabic"),
    ],
)
def test_file_with_nothing_to_annotate_is_rejected(tmp_path: Path, name: str, content: str | bytes, reason: str):
    path = written(tmp_path / name, content)
    assert read(path) == [Rejected(str(path), 0, reason)]


def test_damaged_utf8_is_rejected_with_byte_and_remedy(tmp_path: Path):
    path = written(tmp_path / "a.txt", "قال الرئيس ".encode() + b"\xff")
    [item] = read(path)
    assert isinstance(item, Rejected)
    assert item.reason.startswith("not UTF-8 (first bad byte 0xff at byte 21) and no Arabic encoding fits; convert")


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_file_over_the_size_limit_is_rejected_with_both_sizes(tmp_path: Path, name: str):
    path = written(tmp_path / name, b"x" * (2**20 + 1))
    assert reasons(read(path, max_size=2**20)) == ["1.1 MB is more than --max-size 1 MB"]
    assert reasons(read(path, max_size=2**20 + 1)) == ["read"]


def test_jsonl_file_may_be_larger_than_the_limit_but_no_line_of_it(tmp_path: Path):
    long = json.dumps({"text": "x" * 200})
    path = written(tmp_path / "a.jsonl", '{"text": "خبر"}\n' * 50 + long + "\n" + '{"text": "خبر"}\n')
    items = read(path, max_size=100)
    assert reasons(items) == ["read"] * 50 + ["the line is longer than 100 bytes", "read"]
    assert items[50] == Rejected(str(path), 51, "the line is longer than 100 bytes")


def test_unreadable_file_is_rejected_and_the_rest_is_read(tmp_path: Path):
    (tmp_path / "b.txt").symlink_to("b.txt")
    (tmp_path / "c.txt").symlink_to("gone")
    written(tmp_path / "a.txt")
    written(tmp_path / "d.txt")
    items = read(tmp_path)
    assert names(items) == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert reasons(items) == [
        "read",
        "cannot be read: Too many levels of symbolic links",
        "cannot be read: No such file or directory",
        "read",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "unknown"])
def test_file_without_permission_is_rejected(tmp_path: Path, name: str):
    path = written(tmp_path / name)
    path.chmod(0)
    assert reasons(read(path)) == ["cannot be read: Permission denied"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_folder_without_permission_is_rejected_and_the_rest_is_read(tmp_path: Path):
    written(tmp_path / "a.txt")
    written(tmp_path / "closed" / "b.txt").parent.chmod(0)
    try:
        assert reasons(read(tmp_path)) == ["read", "cannot be read: Permission denied"]
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_pipe_is_rejected_and_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "a.txt")
    assert read(tmp_path) == [Rejected(str(tmp_path / "a.txt"), 0, "not a regular file")]


def test_file_name_that_is_not_utf8_can_be_stored(tmp_path: Path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.txt"))
    try:
        written(path)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    [item] = read(path)
    assert isinstance(item, SourceText)
    assert (item.source, item.stem) == (f"{tmp_path}/a\ufffd.txt", "a\ufffd")


def test_missing_path_is_an_error_before_anything_is_read(tmp_path: Path):
    with pytest.raises(DataError, match="none: no such file or folder"):
        read_sources([written(tmp_path / "a.txt"), tmp_path / "none"])


def test_path_through_a_file_is_missing(tmp_path: Path):
    with pytest.raises(DataError, match="no such file or folder"):
        read_sources([written(tmp_path / "a.txt") / "b.txt"])


def test_unknown_format_is_an_error(tmp_path: Path):
    with pytest.raises(UsageError, match="no such format: csv"):
        read_sources([written(tmp_path / "a.txt")], format="csv")


# Folders


def test_folder_is_walked_in_sorted_order(tmp_path: Path):
    for name in ("b.txt", "a.md", "c/a.text", "c/d/z.htm", "B.jsonl", "c/e.ndjson", "f.xhtml", "g.txt"):
        written(tmp_path / name, '{"text": "خبر"}')
    assert names(read(tmp_path)) == ["B.jsonl", "a.md", "b.txt", "f.xhtml", "g.txt", "a.text", "e.ndjson", "z.htm"]


def test_hidden_and_unknown_files_of_a_folder_are_passed_over(tmp_path: Path):
    for name in (".a.txt", ".git/a.txt", "a.pdf", "a.txt.gz", "a", "a.txt~", "b.txt"):
        written(tmp_path / name)
    written(tmp_path / "c.jsonl.GZ", gzip.compress(b'{"text": "x"}'))
    assert names(read(tmp_path)) == ["b.txt", "c.jsonl.GZ"]


@pytest.mark.parametrize("name", ["", "a.pdf", ".a.txt", "sub/.b/a.txt"])
def test_folder_with_nothing_to_read_is_an_error(tmp_path: Path, name: str):
    if name:
        written(tmp_path / name)
    with pytest.raises(DataError, match=r"no readable files in .*\n.*\.txt, .*\.jsonl\.gz"):
        read_sources([tmp_path])


def test_links_that_lead_back_are_not_followed(tmp_path: Path):
    written(tmp_path / "sub" / "a.txt")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert names(read(tmp_path)) == ["a.txt"]


def test_linked_folder_is_read_where_it_is_named_itself(tmp_path: Path):
    written(tmp_path / "sub" / "a.txt")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "sub", target_is_directory=True)
    assert names(read(link)) == ["a.txt"]


def test_paths_are_read_in_the_order_given_and_lazily(tmp_path: Path):
    first, second = written(tmp_path / "b.txt"), written(tmp_path / "a.txt")
    items = read_sources([first, second])
    assert names([next(items)]) == ["b.txt"]
    written(second, "تغير")
    assert next(items) == SourceText(str(second), "تغير", encoding="utf-8", stem="a")


# Format


@pytest.mark.parametrize(
    ("content", "raw"),
    [
        ('{"text": "خبر"}\n', "خبر"),
        ('\ufeff\n {"text": "خبر"}\n', "خبر"),
        ("<!DOCTYPE html><p>خبر", "خبر"),
        (" \n<HTML lang=ar><p>خبر", "خبر"),
        ('<?xml version="1.0"?>\n<html><body>خبر</body></html>', "خبر"),
        ("<p>خبر", "<p>خبر"),
        ("[رويترز] خبر", "[رويترز] خبر"),
    ],
)
def test_unknown_extension_leaves_the_format_to_the_content(tmp_path: Path, content: str, raw: str):
    for name in ("a", "a.dat"):
        [item] = read(written(tmp_path / name, content))
        assert isinstance(item, SourceText)
        assert item.raw == raw


def test_gzip_of_unknown_name_is_read_as_jsonl(tmp_path: Path):
    [item] = read(written(tmp_path / "a.json.gz", gzip.compress('{"text": "خبر"}'.encode())))
    assert isinstance(item, SourceText)
    assert item.raw == "خبر"


def test_json_array_is_rejected_with_a_remedy(tmp_path: Path):
    [item] = read(written(tmp_path / "a.json", '[{"text": "خبر"}]'))
    assert isinstance(item, Rejected)
    assert "not a JSON object but a list" in item.reason
    assert "jq -c '.[]'" in item.reason


@pytest.mark.parametrize(
    ("format_", "raw"), [("text", '{"text": "<b>خ"}'), ("html", '{"text": "خ"}'), ("jsonl", "<b>خ")]
)
def test_format_given_beats_the_extension(tmp_path: Path, format_: str, raw: str):
    for name in ("a.txt", "a.html", "a.jsonl", "a"):
        [item] = read(written(tmp_path / name, '{"text": "<b>خ"}'), format=format_)
        assert isinstance(item, SourceText)
        assert item.raw == raw


# Records


def records(folder: Path, *lines: object, mapping: Mapping[str, str] | None = None) -> list[Item]:
    path = written(folder / "a.jsonl", "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    return read(path, mapping=mapping or {})


def only_text(items: list[Item]) -> SourceText:
    [item] = items
    assert isinstance(item, SourceText)
    return item


def only_reason(items: list[Item]) -> str:
    [item] = items
    assert isinstance(item, Rejected)
    return item.reason


def test_record_gives_every_field_under_its_usual_name(tmp_path: Path):
    record = {"id": "7", "title": "عنوان", "content": "متن\nثان", "url": "u", "source": "s", "date": "d", "author": "x"}
    assert records(tmp_path, record) == [
        SourceText(
            str(tmp_path / "a.jsonl"),
            "عنوان\n\nمتن\nثان",
            title="عنوان",
            doc_id="7",
            url="u",
            meta={"url": "u", "source": "s", "published": "d"},
            line=1,
            stem="a",
        )
    ]


@pytest.mark.parametrize("column", ["text", "content", "body"])
def test_text_is_found_in_its_usual_columns(tmp_path: Path, column: str):
    assert only_text(records(tmp_path, {column: "خبر"})).raw == "خبر"


@pytest.mark.parametrize("column", ["published", "date", "date_extracted", "published_at"])
def test_date_is_found_in_its_usual_columns(tmp_path: Path, column: str):
    assert only_text(records(tmp_path, {"text": "خبر", column: "2024"})).meta == {"published": "2024"}


def test_first_usual_column_with_a_value_counts(tmp_path: Path):
    item = only_text(records(tmp_path, {"text": "", "content": "متن", "body": "آخر", "title": None, "headline": "ع"}))
    assert item.raw == "ع\n\nمتن"


@pytest.mark.parametrize(
    ("title", "content", "raw"),
    [
        ("عنوان", "متن", "عنوان\n\nمتن"),
        ("عنوان", "عنوان\nمتن", "عنوان\nمتن"),
        (" عنوان  طويل ", "\n عنوان طويل\r\nمتن", "\n عنوان طويل\r\nمتن"),
        ("عنوان", "عنوان\u2028متن", "عنوان\u2028متن"),
        ("عنوان", "عنوان آخر\nمتن", "عنوان\n\nعنوان آخر\nمتن"),
        (None, "متن", "متن"),
        (" \u200f", "متن", "متن"),
    ],
)
def test_title_precedes_the_content_unless_it_is_its_first_line(
    tmp_path: Path, title: str | None, content: str, raw: str
):
    assert only_text(records(tmp_path, {"title": title, "text": content})).raw == raw


@pytest.mark.parametrize(("value", "doc_id"), [("a-7", "a-7"), (7, "7"), (1.5, "1.5"), (None, ""), (" ", "")])
def test_id_may_be_a_number(tmp_path: Path, value: object, doc_id: str):
    assert only_text(records(tmp_path, {"id": value, "text": "خبر"})).doc_id == doc_id


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("text", 5, 'text (column "text") is a number, not a string'),
        ("text", ["خبر"], 'text (column "text") is a list, not a string'),
        ("title", {"ar": "ع"}, 'title (column "title") is an object, not a string'),
        ("url", False, 'url (column "url") is true or false, not a string'),
        ("id", True, 'id (column "id") is true or false, not a string'),
        ("date", 20240312, 'published (column "date") is a number, not a string'),
    ],
)
def test_value_that_is_no_string_is_rejected_by_name(tmp_path: Path, field: str, value: object, reason: str):
    items = records(tmp_path, {"text": "خبر"}, {"text": "خبر"} | {field: value})
    assert isinstance(items[0], SourceText)
    assert items[1] == Rejected(str(tmp_path / "a.jsonl"), 2, reason)


@pytest.mark.parametrize("content", ["", None, " \n\u200b\u00a0\u0640\u202e"])
def test_record_without_content_is_rejected_whatever_its_title(tmp_path: Path, content: str | None):
    assert only_reason(records(tmp_path, {"title": "عنوان", "content": content})) == "no content"


def test_record_without_a_text_column_names_its_columns_and_the_option(tmp_path: Path):
    reason = only_reason(records(tmp_path, {"headline": "ع", "article": "متن"}))
    assert reason == "no text column; the record has the columns headline, article; name one with --map text=COLUMN"


def test_empty_record_is_rejected(tmp_path: Path):
    assert only_reason(records(tmp_path, {})).startswith("no text column; the record has no columns")


def test_long_column_lists_are_cut(tmp_path: Path):
    reason = only_reason(records(tmp_path, {f"{n}" + "x" * 500: n for n in range(1_000)}))
    assert len(reason) < 1_500
    assert ", …" in reason


def test_mapping_chooses_columns_and_adds_metadata(tmp_path: Path):
    record = {"article": "متن", "text": "آخر", "no": 5, "by": "سلمى", "link": "u", "where": "بغداد", "empty": ""}
    mapping = {"text": "article", "id": "no", "author": "by", "url": "where", "desk": "empty"}
    item = only_text(records(tmp_path, record, mapping=mapping))
    assert (item.raw, item.doc_id, item.url) == ("متن", "5", "بغداد")
    assert item.meta == {"url": "بغداد", "author": "سلمى"}


@pytest.mark.parametrize("field", ["text", "title", "author"])
def test_mapped_column_that_a_record_lacks_is_rejected(tmp_path: Path, field: str):
    items = records(tmp_path, {"text": "أ", "x": "ب"}, {"text": "أ", "title": "ج"}, mapping={field: "x"})
    assert reasons(items) == ["read", f'no column "x" for {field}; the record has the columns text, title']


def test_mapped_column_with_null_is_absent(tmp_path: Path):
    assert only_text(records(tmp_path, {"text": "أ", "x": None}, mapping={"author": "x"})).meta == {}
    assert only_reason(records(tmp_path, {"text": "أ", "x": None}, mapping={"text": "x"})) == "no content"


def test_mapped_metadata_must_be_strings(tmp_path: Path):
    reason = only_reason(records(tmp_path, {"text": "أ", "x": 5}, mapping={"words": "x"}))
    assert reason == 'words (column "x") is a number, not a string'


def test_records_of_the_projects_own_format_are_handed_on_uninterpreted(tmp_path: Path):
    own = {"format": "annotator/1", "doc_id": 5, "spans": "?", "text": None}
    other = {"format": "markdown", "text": "خبر"}
    first, second = records(tmp_path, own, other)
    assert first == SourceRecord(str(tmp_path / "a.jsonl"), 1, own)
    assert isinstance(second, SourceText)


def test_bad_lines_stand_among_the_good_with_their_numbers(tmp_path: Path):
    path = written(tmp_path / "a.jsonl", '{"text": "أ"}\n\n{"text"\n[]\n{"text": "ب"}\n')
    items = read(path)
    assert [(type(item), item.line) for item in items if not isinstance(item, SourceRecord)] == [
        (SourceText, 1),
        (Rejected, 3),
        (Rejected, 4),
        (SourceText, 5),
    ]


def test_damaged_gzip_is_rejected_once_and_the_next_file_is_read(tmp_path: Path):
    damaged = written(tmp_path / "a.jsonl.gz", b"no gzip")
    items = read(damaged, written(tmp_path / "b.txt"))
    assert items[0] == Rejected(str(damaged), 0, "damaged, or not a gzip file")
    assert isinstance(items[1], SourceText)


# Real input


def test_corpus_gives_its_documents_and_a_reason_for_each_empty_record():
    texts, rejected = 0, []
    for item in read_sources([shared_file("corpus")]):
        if isinstance(item, Rejected):
            rejected.append(item)
            continue
        assert isinstance(item, SourceText)
        assert item.raw.startswith(item.title)
        assert item.url == item.meta["url"]
        assert {"url", "source", "published"} == set(item.meta)
        texts += 1
    assert (texts, len(rejected)) == (8281, 128)
    assert {item.reason for item in rejected} == {"no content"}
    assert len({item.line for item in rejected}) == 128


def test_seeds_are_read_as_they_are():
    folder = shared_file("seeds")
    items = read(folder)
    assert [item.raw for item in items if isinstance(item, SourceText)] == [
        path.read_bytes().decode() for path in sorted(folder.glob("*.txt"))
    ]
    assert len(items) == 5
