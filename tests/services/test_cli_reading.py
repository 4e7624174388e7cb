"""The commands that list and show."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest
from wcwidth import wcswidth

from tests.support.cli import annotator
from tests.support.projects import BODY, RAW, project_with, record, span, write_records


FINISHED = {"status": "done", "note": "ن", "document_labels": ["opinion"], "active_seconds": 3900.5}


@pytest.fixture
def db(tmp_path: Path) -> Path:
    spans = [
        span(19, 33, id="c1", attributes=[{"key": "quote", "value": "indirect"}]),
        span(9, 15, "source", id="s1"),
    ]
    relation = {"id": "r1", "label": "attributed_to", "head": "c1", "tail": "s1"}
    return project_with(
        tmp_path / "annotator.db",
        {"id": "a1", "title": "عنوان", "text": RAW, "source": "example", "url": "https://example.org/1"},
        {"id": "a2", "title": "ثان", "text": BODY},
        record(doc_id="a1", spans=spans),
        record(doc_id="a2", spans=spans, relations=[relation], **FINISHED),
    )


@pytest.fixture
def login(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(getpass, "getuser", lambda: "salma")
    return "salma"


class TestDocuments:
    def test_a_table_with_ones_own_progress(self, db: Path, login: str) -> None:
        lines = annotator("documents", db=db).text.splitlines()
        assert lines[0].split() == ["id", "status", "spans", "length", "title"]
        assert lines[1].split()[:4] == ["a1", "open", "2", "54"]
        assert lines[2].split()[:4] == ["a2", "done", "2", "52"]

    def test_json_lists_objects(self, db: Path, login: str) -> None:
        assert annotator("documents", "--json", db=db).json == [
            {
                "id": "a1",
                "title": "عنوان",
                "source": "example",
                "url": "https://example.org/1",
                "status": "open",
                "length": 54,
                "annotations": 2,
                "active_seconds": 0.0,
            },
            {
                "id": "a2",
                "title": "ثان",
                "source": "",
                "status": "done",
                "length": 52,
                "annotations": 2,
                "active_seconds": 3900.5,
            },
        ]

    def test_another_annotator_can_be_named(self, db: Path) -> None:
        assert [row["status"] for row in annotator("documents", "--who", "SALMA", "--json", db=db).json] == [
            "open",
            "done",
        ]

    def test_an_unknown_annotator_is_refused(self, db: Path) -> None:
        assert annotator("documents", "--who", "huda", db=db).code == 2

    def test_somebody_who_has_done_nothing_may_look(self, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(getpass, "getuser", lambda: "huda")
        assert {row["status"] for row in annotator("documents", "--json", db=db).json} == {"new"}

    def test_without_a_login_name_one_must_be_given(self, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def nobody() -> str:
            raise KeyError("getpwuid(): uid not found: 1234")

        monkeypatch.setattr(getpass, "getuser", nobody)
        result = annotator("documents", db=db)
        assert result.code == 2
        assert "Give one with" in result.err

    def test_columns_stand_under_each_other_whatever_their_script(self, tmp_path: Path, login: str) -> None:
        db = project_with(tmp_path / "b.db", {"id": "خبر", "text": BODY}, {"id": "日本", "text": "a" * 1000})
        lines = annotator("documents", db=db).text.splitlines()
        ends = [
            wcswidth(line[: line.index(word) + len(word)])
            for line, word in zip(lines, ("length", f" {len(BODY)}", "1000"), strict=True)
        ]
        assert len(set(ends)) == 1

    def test_an_empty_list_is_its_header(self, tmp_path: Path, login: str) -> None:
        db = project_with(tmp_path / "b.db")
        assert annotator("documents", db=db).text == "id  status  spans  length  title\n"
        assert annotator("documents", "--json", db=db).json == []

    def test_titles_and_ids_never_reach_a_terminal_as_they_are(self, tmp_path: Path, login: str) -> None:
        harmful = "t\x1b]0;x\x07\x9b\u202e"
        db = project_with(tmp_path / "b.db", record(doc_id=f"i\x1b{harmful}", title=harmful, text=BODY))
        for result in (annotator("documents", db=db), annotator("documents", "--json", db=db, tty=True)):
            assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(result.text)


class TestShow:
    def test_the_text_and_what_is_marked_in_it(self, db: Path, login: str) -> None:
        lines = annotator("show", "a2", db=db).text.splitlines()
        assert lines[:4] == ["a2: ثان", "52 characters; salma: done, 2 spans, active 1 h 05 min", "note: ن", ""]
        text = f"ثان\n\n{BODY}"
        assert "\n".join(lines[4:8]) == text
        assert lines[9:] == [
            "9–15  source  الوزير",
            "19–33  claim (quote=indirect)  الأسعار انخفضت",
            "attributed_to  الأسعار انخفضت  →  الوزير",
            "document: opinion",
        ]

    def test_what_there_is_one_of_is_not_many(self, tmp_path: Path) -> None:
        db = project_with(tmp_path / "b.db", record(doc_id="a", text="ن", spans=[span(0, 1)]))
        lines = annotator("show", "a", "--who", "salma", db=db).text.splitlines()
        assert lines[1] == "1 character; salma: open, 1 span"

    def test_a_document_without_annotations_is_its_text(self, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(getpass, "getuser", lambda: "huda")
        assert annotator("show", "a2", db=db).text.endswith(f"{BODY}\n")

    def test_json_is_a_record_with_suggestions(self, db: Path, login: str) -> None:
        shown = annotator("show", "a2", "--json", db=db).json
        assert (shown["format"], shown["doc_id"], shown["annotator"]) == ("annotator/1", "a2", "salma")
        assert [span["id"] for span in shown["spans"]] == ["s1", "c1"]
        assert (shown["suggestions"], shown["suggested_relations"]) == ([], [])
        assert "raw_text" not in shown
        assert shown["active_seconds"] == 3900.5

    def test_time_is_left_out_where_none_is_known(self, db: Path, login: str) -> None:
        assert "active_seconds" not in annotator("show", "a1", "--json", db=db).json

    def test_json_with_raw_adds_the_raw_text(self, db: Path, login: str) -> None:
        assert annotator("show", "a1", "--json", "--raw", db=db).json["raw_text"] == f"عنوان\n\n{RAW}"

    def test_raw_is_byte_exact_in_a_pipe(self, db: Path, login: str) -> None:
        assert annotator("show", "a1", "--raw", db=db).out == f"عنوان\n\n{RAW}".encode()

    def test_raw_is_made_visible_on_a_terminal(self, tmp_path: Path, login: str) -> None:
        db = project_with(tmp_path / "b.db", {"id": "a", "text": "one\x1b[2J\ntwo\x9b\u202e"})
        assert annotator("show", "a", "--raw", db=db, tty=True).text == "one␛[2J\ntwo\ufffd\ufffd\n"

    def test_nothing_harmful_is_shown_anywhere(self, tmp_path: Path, login: str) -> None:
        given = record(
            doc_id="a\x1b",
            title="t\x1b",
            text="x\x1b[2J\x9b\u202ey",
            note="n\x1b",
            spans=[span(0, 7, id="c\x1b")],
        )
        db = project_with(tmp_path / "b.db", given)
        assert not {"\x1b", "\x9b", "\u202e"} & set(annotator("show", "a", db=db).text)

    def test_an_annotator_is_shown_under_the_stored_name(self, db: Path) -> None:
        assert annotator("show", "a2", "--who", "SALMA", "--json", db=db).json["annotator"] == "salma"

    def test_a_beginning_of_the_id_will_do_if_only_one_has_it(self, db: Path, login: str) -> None:
        assert annotator("show", "a", db=db).err.startswith("annotator: 2 documents begin with 'a': a1, a2")

    def test_an_unknown_document_is_a_wrong_command(self, db: Path, login: str) -> None:
        result = annotator("show", "x", db=db)
        assert (result.code, result.out) == (2, b"")
        assert result.err == "annotator: there is no document 'x'\n  `annotator documents` lists them.\n"


class TestStatus:
    def test_for_people(self, db: Path) -> None:
        assert annotator("status", db=db).text.splitlines() == [
            "schema: news 1",
            "documents: 2",
            "suggestions shown to: all",
            "",
            "name   documents  done  flagged  annotations  active      done per hour",
            "salma          2     1        0            4  1 h 05 min  0.9",
        ]

    def test_time_that_is_not_known_is_left_blank(self, tmp_path: Path) -> None:
        db = project_with(tmp_path / "b.db", record(doc_id="a", text=BODY, status="done"))
        assert annotator("status", db=db).text.splitlines()[-1] == "salma          1     1        0            0"

    def test_without_annotators(self, tmp_path: Path) -> None:
        shown = annotator("status", db=project_with(tmp_path / "b.db")).text
        assert shown == "schema: news 1\ndocuments: 0\nsuggestions shown to: all\n"

    def test_json(self, db: Path) -> None:
        salma = {"name": "salma", "documents": 2, "done": 1, "flagged": 0, "annotations": 4}
        assert annotator("status", "--json", db=db).json == {
            "schema": {"name": "news", "version": 1},
            "documents": 2,
            "suggestions": "all",
            "annotators": [salma | {"active_seconds": 3900.5, "done_per_hour": 0.9}],
        }
        assert annotator("annotators", "--json", db=db).json == [salma]

    def test_annotators_are_a_table(self, db: Path, tmp_path: Path) -> None:
        given = record(doc_id="a2", annotator="نور", spans=[span(0, 3)])
        annotator("import", write_records(tmp_path / "n.jsonl", [given]), db=db)
        lines = annotator("annotators", db=db).text.splitlines()
        assert [line.split() for line in lines] == [
            ["name", "documents", "done", "flagged", "annotations"],
            ["salma", "2", "1", "0", "4"],
            ["نور", "1", "0", "0", "1"],
        ]
