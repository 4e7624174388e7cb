"""Identity of documents, and how records become annotations."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.model.annotation import Annotation, DocumentLabel, Note, Relation, Status
from annotator.model.document import Document
from annotator.model.operations import Change, Operation
from annotator.services.importing import ImportOptions, check_sources
from annotator.services.looking import find_document, list_documents, show, status
from annotator.services.project import Project
from annotator.store import documents
from tests.support.projects import (
    BODY,
    CLAIM,
    RAW,
    SOURCE,
    add,
    create,
    reasons,
    record,
    session,
    span,
    take,
    take_records,
    write,
    write_records,
)


CLAIM_SPAN = span(*CLAIM, id="c1")
SOURCE_SPAN = span(*SOURCE, "source", id="s1")
PAGES = Path(__file__).parents[2] / "samples" / "pages"
EDITS = [[3, 5, 3, 4], [11, 12, 10, 10], [31, 32, 29, 29]]
"""The map from `RAW` to `BODY`."""

RELATION = {"id": "r1", "label": "attributed_to", "head": "c1", "tail": "s1"}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create(tmp_path / "annotator.db") as project:
        yield project


def doc_ids(project: Project) -> list[str]:
    return [document.doc_id for document in list_documents(project, None)]


def stored(project: Project, doc_id: str) -> Document:
    with project.store.read() as connection:
        return documents.load(connection, find_document(project, doc_id))


def spans(project: Project, doc_id: str, annotator: str = "salma") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = show(project, doc_id, annotator, raw=False)["spans"]
    return found


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class TestIdentity:
    def test_a_record_keeps_its_own_id(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path, {"id": "a1", "url": "https://example.org/1", "text": BODY})
        assert doc_ids(project) == ["a1"]

    def test_a_record_without_an_id_is_known_by_its_url(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path, {"url": "https://example.org/1", "text": BODY})
        assert doc_ids(project) == ["https://example.org/1"]

    def test_a_file_is_known_by_its_name_and_the_hash_of_its_raw_text(self, project: Project, tmp_path: Path) -> None:
        take(project, write(tmp_path / "page.txt", RAW))
        assert doc_ids(project) == [f"page-{sha256(RAW)[:8]}"]

    def test_the_same_file_in_another_folder_is_the_same_document(self, project: Project, tmp_path: Path) -> None:
        take(project, write(tmp_path / "a" / "page.txt", RAW))
        report = take(project, write(tmp_path / "b" / "page.txt", RAW))
        assert (report.imported, report.unchanged) == (0, 1)
        assert report.doc_ids == doc_ids(project)

    def test_the_same_again_is_unchanged(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path, {"id": "a", "text": BODY})
        report = take_records(project, tmp_path, {"id": "a", "text": BODY}, {"id": "a", "text": BODY})
        assert (report.imported, report.unchanged, report.rejected) == (0, 2, [])

    def test_the_same_id_with_another_text_is_refused(self, project: Project, tmp_path: Path) -> None:
        report = take_records(project, tmp_path, {"id": "a", "text": BODY}, {"id": "a", "text": "نص آخر"})
        assert report.imported == 1
        assert reasons(report) == [
            "document 'a' is stored with another text; with --update the new text becomes a new document"
        ]
        assert stored(project, "a").text == BODY

    def test_with_update_it_is_a_new_document_that_names_the_old_one(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path, {"id": "a", "text": BODY})
        report = take_records(project, tmp_path, {"id": "a", "text": "نص آخر"}, update=True)
        newer = f"a@{sha256('نص آخر')[:8]}"
        assert (report.imported, report.doc_ids) == (1, [newer])
        assert stored(project, newer).replaces == "a"
        assert stored(project, "a").text == BODY

    def test_an_updated_document_is_unchanged_when_it_comes_again(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path, {"id": "a", "text": BODY})
        take_records(project, tmp_path, {"id": "a", "text": "نص آخر"}, update=True)
        report = take_records(project, tmp_path, {"id": "a", "text": "نص آخر"})
        assert (report.imported, report.unchanged, report.rejected) == (0, 1, [])

    def test_the_same_text_at_two_urls_is_two_documents(self, project: Project, tmp_path: Path) -> None:
        urls = ["https://example.org/1", "https://example.com/2"]
        report = take_records(project, tmp_path, *({"url": url, "text": BODY} for url in urls))
        assert (report.imported, doc_ids(project)) == (2, urls)

    @pytest.mark.parametrize("content", ["", " \n ", "\u200b\u0640", None])
    def test_a_title_without_content_is_no_document(
        self, project: Project, tmp_path: Path, content: str | None
    ) -> None:
        report = take_records(project, tmp_path, {"id": "a", "title": "عنوان", "text": content})
        assert reasons(report) == ["no content"]
        assert doc_ids(project) == []

    def test_a_batch_knows_what_the_batches_before_it_stored(
        self, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("annotator.services.importing.BATCH_DOCUMENTS", 2)
        report = take_records(project, tmp_path, *({"id": name, "text": BODY} for name in "abcabc"))
        assert (report.imported, report.unchanged) == (3, 3)

    def test_batches_end_at_a_number_of_characters(
        self, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("annotator.services.importing.BATCH_CHARACTERS", 10)
        reports: list[int] = []
        source = write_records(tmp_path / "a.jsonl", [{"id": name, "text": BODY} for name in "abc"])
        from annotator.services.importing import import_sources

        import_sources(project, [source], ImportOptions(), lambda report: reports.append(report.imported))
        assert reports[:3] == [1, 2, 3]


class TestTexts:
    def test_a_raw_text_is_kept_beside_the_cleaned_one(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path, {"id": "a", "text": RAW})
        document = stored(project, "a")
        assert (document.text, document.raw) == (BODY, RAW)
        assert (document.text_sha256, document.raw_sha256) == (sha256(BODY), sha256(RAW))
        assert document.map.to_source(*CLAIM) == (16, 30)

    def test_a_title_comes_before_the_content_of_a_record(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path, {"id": "a", "title": "عنوان الخبر", "text": BODY})
        document = stored(project, "a")
        assert document.raw == f"عنوان الخبر\n\n{BODY}"
        assert (document.title, document.title_span) == ("عنوان الخبر", (0, 11))

    def test_a_title_that_the_content_begins_with_is_not_repeated(self, project: Project, tmp_path: Path) -> None:
        title = BODY.split("\n")[0]
        take_records(project, tmp_path, {"id": "a", "title": title, "text": BODY})
        document = stored(project, "a")
        assert (document.raw, document.title_span) == (BODY, (0, len(title)))

    def test_what_postgresql_cannot_hold_survives_in_the_raw_text(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path, {"id": "a", "text": "قبل\x00بعد"})
        document = stored(project, "a")
        assert (document.text, document.raw) == ("قبلبعد", "قبل\x00بعد")

    def test_an_html_page_keeps_the_hash_of_its_bytes(self, project: Project, tmp_path: Path) -> None:
        data = f"<html><title>عنوان</title><body><p>{BODY}</p></body></html>".encode()
        take(project, write(tmp_path / "page.html", data))
        assert stored(project, "page").source_sha256 == hashlib.sha256(data).hexdigest()

    def test_the_article_of_an_html_page_is_kept_as_spans(self, project: Project, tmp_path: Path) -> None:
        take(project, write(tmp_path / "page.html", (PAGES / "weather.html").read_bytes()))
        document = stored(project, "page")
        assert document.main_text is not None
        article = [document.text[start:end] for start, end in document.main_text]
        assert article[0] == document.title.partition(" |")[0]
        assert article[1].startswith("ضربت عاصفة رملية")
        assert article[-1].endswith("المصدر: طقس نت + حروف")

    def test_an_html_page_in_which_nothing_is_found_has_no_article(
        self, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "trafilatura", None)
        take(project, write(tmp_path / "page.html", (PAGES / "weather.html").read_bytes()))
        assert stored(project, "page").main_text is None

    def test_a_text_has_no_article_apart(self, project: Project, tmp_path: Path) -> None:
        take(project, write(tmp_path / "page.txt", RAW))
        assert stored(project, "page").main_text is None

    def test_metadata_are_kept(self, project: Project, tmp_path: Path) -> None:
        given = {"id": "a", "text": BODY, "source": "example", "url": "https://example.org", "date": "2026-01-02"}
        take_records(project, tmp_path, given)
        meta = {"source": "example", "url": "https://example.org", "published": "2026-01-02"}
        assert stored(project, "a").meta == meta

    def test_files_that_are_not_utf8_are_named(self, project: Project, tmp_path: Path) -> None:
        page = write(tmp_path / "page.txt", (BODY * 5).encode("cp1256"))
        assert take(project, page).encodings == [(str(page), "cp1256")]


class TestRecords:
    def test_a_record_brings_its_document_and_its_annotations(self, project: Project, tmp_path: Path) -> None:
        given = record(
            doc_id="a",
            text=BODY,
            title="الأسعار",
            meta={"source": "example"},
            status="done",
            note="ملاحظة",
            spans=[CLAIM_SPAN, SOURCE_SPAN],
            relations=[RELATION],
            document_labels=["opinion"],
        )
        report = take_records(project, tmp_path, given)
        assert (report.imported, report.annotations, report.rejected) == (1, 2, [])
        made = show(project, "a", "salma", raw=False)
        assert [(span["id"], span["label"], span["text"]) for span in made["spans"]] == [
            ("s1", "source", BODY[4:10]),
            ("c1", "claim", BODY[14:28]),
        ]
        assert made["relations"] == [RELATION | {"attributes": []}]
        assert (made["status"], made["note"], made["title"]) == ("done", "ملاحظة", "الأسعار")
        assert made["document_labels"] == ["opinion"]

    def test_a_record_of_another_version_is_rejected(self, project: Project, tmp_path: Path) -> None:
        report = take_records(project, tmp_path, {"format": "annotator/2", "text": BODY})
        assert reasons(report) == ["format 'annotator/2' is not 'annotator/1'"]

    def test_spans_need_an_annotator(self, project: Project, tmp_path: Path) -> None:
        report = take_records(project, tmp_path, record(text=BODY, spans=[CLAIM_SPAN], annotator=None))
        assert reasons(report) == ["a record with annotations needs an annotator"]

    @pytest.mark.parametrize("name", ["gold", "ALL"])
    def test_a_reserved_name_is_no_annotator(self, project: Project, tmp_path: Path, name: str) -> None:
        report = take_records(project, tmp_path, record(doc_id="a", text=BODY, spans=[CLAIM_SPAN], annotator=name))
        assert "cannot be the name of an annotator" in reasons(report)[0]
        assert doc_ids(project) == []

    def test_a_record_with_a_document_alone_needs_no_annotator(self, project: Project, tmp_path: Path) -> None:
        report = take_records(project, tmp_path, {"format": "annotator/1", "doc_id": "a", "text": BODY})
        assert (report.imported, report.annotations) == (1, 0)
        assert status(project).annotators == []

    def test_unknown_annotators_are_created(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path, record(doc_id="a", text=BODY, spans=[CLAIM_SPAN], annotator="نور"))
        assert [annotator.name for annotator in status(project).annotators] == ["نور"]

    def test_names_of_annotators_are_compared_without_case_and_composition(
        self, project: Project, tmp_path: Path
    ) -> None:
        given = record(doc_id="a", text=BODY)
        take_records(project, tmp_path, given | {"annotator": "Zo\u00e9", "spans": [CLAIM_SPAN]})
        take_records(project, tmp_path, given | {"annotator": "ZOE\u0301", "spans": [SOURCE_SPAN]})
        (one,) = status(project).annotators
        assert (one.name, one.annotations) == ("Zo\u00e9", 2)

    def test_the_text_of_a_record_is_final(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path, record(doc_id="a", text=f" {RAW}", title="عنوان"))
        document = stored(project, "a")
        assert (document.text, document.raw) == (f" {RAW}", f" {RAW}")
        assert (document.title, document.title_span) == ("عنوان", None)

    def test_a_record_may_bring_a_raw_text_with_its_map(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path, record(doc_id="a", text=BODY, raw_text=RAW, raw_edits=EDITS))
        document = stored(project, "a")
        assert (document.raw, document.map.to_source(*CLAIM)) == (RAW, (16, 30))

    @pytest.mark.parametrize(
        ("parts", "reason"),
        [
            ({"text_sha256": "0" * 64}, "text_sha256 is not the hash of text"),
            ({"raw_text": BODY, "raw_sha256": "0" * 64}, "raw_sha256 is not the hash of raw_text"),
            ({"raw_text": RAW}, "raw_text differs from text, and raw_edits is missing"),
            ({"raw_text": RAW, "raw_edits": [*EDITS[:2], [30, 31, 28, 28]]}, "raw_edits do not lead from raw_text"),
            ({"raw_text": RAW, "raw_edits": EDITS[:1]}, "raw_edits: "),
            ({"view": "body"}, "a record with a view of part of its text cannot be imported"),
            ({"offset_unit": "utf16"}, "offset_unit 'utf16' is not 'codepoint'"),
            ({"text": " \n"}, "empty: there is no visible text in it"),
        ],
    )
    def test_a_record_that_contradicts_itself_is_rejected(
        self, project: Project, tmp_path: Path, parts: dict[str, Any], reason: str
    ) -> None:
        report = take_records(project, tmp_path, record(doc_id="a", text=BODY) | parts)
        assert reasons(report)[0].startswith(reason)
        assert doc_ids(project) == []

    def test_a_record_without_text_adds_to_the_document_of_its_id(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path, {"id": "a", "text": RAW})
        report = take_records(project, tmp_path, record(doc_id="a", spans=[CLAIM_SPAN]))
        assert (report.imported, report.annotations, report.doc_ids) == (0, 1, ["a"])
        assert [span["id"] for span in spans(project, "a")] == ["c1"]

    def test_a_record_without_text_adds_to_the_document_of_its_raw_hash(self, project: Project, tmp_path: Path) -> None:
        take(project, write(tmp_path / "page.txt", RAW))
        report = take_records(project, tmp_path, record(raw_sha256=sha256(RAW), spans=[CLAIM_SPAN]))
        assert report.annotations == 1
        assert report.doc_ids == doc_ids(project)

    def test_a_raw_hash_that_two_documents_have_names_neither(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path, {"id": "a", "text": RAW}, {"id": "b", "text": RAW})
        report = take_records(project, tmp_path, record(raw_sha256=sha256(RAW), spans=[CLAIM_SPAN]))
        assert reasons(report) == ["2 documents have this raw_sha256: the record must name one by doc_id"]

    def test_a_record_for_an_unknown_document_is_rejected(self, project: Project, tmp_path: Path) -> None:
        report = take_records(project, tmp_path, record(doc_id="a", spans=[CLAIM_SPAN]), record(spans=[CLAIM_SPAN]))
        assert reasons(report) == [
            "the record has no text, and no document 'a' is stored",
            "the record has no text, and no document '(no doc_id)' is stored",
        ]

    def test_a_record_may_name_a_document_that_is_imported_with_it(self, project: Project, tmp_path: Path) -> None:
        report = take_records(project, tmp_path, record(doc_id="a", spans=[CLAIM_SPAN]), {"id": "a", "text": BODY})
        assert (report.imported, report.annotations, report.rejected) == (1, 1, [])

    def test_a_record_with_another_text_under_a_known_id_is_refused(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path, {"id": "a", "text": BODY})
        other = record(doc_id="a", text="نص آخر", spans=[span(0, 2)])
        assert "is stored with another text" in reasons(take_records(project, tmp_path, other))[0]
        assert status(project).annotators == []

    def test_with_update_it_brings_a_new_document(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path, {"id": "a", "text": BODY})
        other = record(doc_id="a", text="نص آخر", spans=[span(0, 2)])
        report = take_records(project, tmp_path, other, update=True)
        newer = f"a@{sha256('نص آخر')[:8]}"
        assert (report.imported, report.annotations, report.doc_ids) == (1, 1, [newer])
        assert (stored(project, newer).replaces, spans(project, "a")) == ("a", [])
        assert take_records(project, tmp_path, other).doc_ids == [newer]

    def test_the_text_of_a_record_is_compared_and_not_its_raw_text(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path, {"id": "a", "text": RAW})
        report = take_records(project, tmp_path, record(doc_id="a", text=BODY, spans=[CLAIM_SPAN]))
        assert (report.imported, report.annotations, report.rejected) == (0, 1, [])
        assert stored(project, "a").raw == RAW

    def test_a_bad_record_stops_neither_those_before_nor_those_after_it(self, project: Project, tmp_path: Path) -> None:
        report = take_records(
            project,
            tmp_path,
            record(doc_id="a", text=BODY, spans=[CLAIM_SPAN]),
            record(doc_id="b", text=BODY, annotator="new", spans=[CLAIM_SPAN, span(0, 999)]),
            record(doc_id="c", text=BODY, spans=[CLAIM_SPAN]),
        )
        assert [rejected.line for rejected in report.rejected] == [2]
        assert doc_ids(project) == ["a", "c"]
        assert [annotator.name for annotator in status(project).annotators] == ["salma"]


class TestOffsets:
    @pytest.fixture(autouse=True)
    def _document(self, project: Project, tmp_path: Path) -> None:
        take_records(project, tmp_path, {"id": "a", "text": RAW})

    def test_start_and_end_win_where_both_kinds_are_given(self, project: Project, tmp_path: Path) -> None:
        given = span(*CLAIM, text=BODY[slice(*CLAIM)], raw_start=0, raw_end=3)
        assert take_records(project, tmp_path, record(doc_id="a", spans=[given])).rejected == []
        (made,) = spans(project, "a")
        assert (made["start"], made["end"], made["raw_start"], made["raw_end"]) == (*CLAIM, 16, 30)

    def test_raw_offsets_alone_are_mapped_through_the_stored_document(self, project: Project, tmp_path: Path) -> None:
        given = {"label": "claim", "raw_start": 16, "raw_end": 30, "text": BODY[slice(*CLAIM)]}
        assert take_records(project, tmp_path, record(doc_id="a", spans=[given])).rejected == []
        (made,) = spans(project, "a")
        assert (made["start"], made["end"]) == CLAIM

    def test_the_text_of_a_span_must_be_its_slice(self, project: Project, tmp_path: Path) -> None:
        report = take_records(project, tmp_path, record(doc_id="a", spans=[span(0, 3, id="c1", text="كال")]))
        assert reasons(report) == ["span c1: the text at 0–3 is 'قال', not 'كال'"]
        assert spans(project, "a") == []

    def test_the_text_of_a_span_by_raw_offsets_must_be_its_raw_slice(self, project: Project, tmp_path: Path) -> None:
        given = {"id": "c1", "label": "claim", "raw_start": 3, "raw_end": 6, "text": " ال"}
        report = take_records(project, tmp_path, record(doc_id="a", spans=[given]))
        assert reasons(report) == ["span c1: the raw text at 3–6 is '  ا', not ' ال'"]

    @pytest.mark.parametrize(("start", "end"), [(0, 999), (5, 4)])
    def test_a_span_outside_the_text_is_rejected(self, project: Project, tmp_path: Path, start: int, end: int) -> None:
        report = take_records(project, tmp_path, record(doc_id="a", spans=[span(start, end)]))
        assert f"lies outside the text of {len(BODY)} characters" in reasons(report)[0]

    def test_a_raw_span_inside_dropped_text_is_kept_as_hidden(self, project: Project, tmp_path: Path) -> None:
        given = {"id": "h", "label": "boilerplate", "raw_start": 11, "raw_end": 12}
        assert take_records(project, tmp_path, record(doc_id="a", spans=[given])).annotations == 1
        (made,) = spans(project, "a")
        assert made["start"] == made["end"] == 10
        assert (made["raw_start"], made["raw_end"], made["text"]) == (11, 12, "")

    def test_an_empty_span_is_rejected(self, project: Project, tmp_path: Path) -> None:
        report = take_records(project, tmp_path, record(doc_id="a", spans=[span(3, 3)]))
        assert len(report.rejected) == 1

    @pytest.mark.parametrize(
        ("bad", "reason"),
        [
            (span(0, 3, "hero"), "label 'hero' is not in schema news"),
            (span(0, 3, attributes=[{"key": "mood", "value": "x"}]), "label claim has no attribute 'mood'"),
            (span(0, 3, attributes=[{"key": "quote", "value": "x"}]), "'x' is no value of claim.quote"),
        ],
    )
    def test_the_schema_decides_about_labels_and_attributes(
        self, project: Project, tmp_path: Path, bad: dict[str, Any], reason: str
    ) -> None:
        assert reason in reasons(take_records(project, tmp_path, record(doc_id="a", spans=[bad])))[0]

    def test_labels_that_may_not_cross_are_rejected(self, project: Project, tmp_path: Path) -> None:
        report = take_records(project, tmp_path, record(doc_id="a", spans=[span(0, 8), span(4, 12)]))
        assert "may only lie inside or around another claim" in reasons(report)[0]

    def test_a_relation_that_the_schema_forbids_is_rejected_whole(self, project: Project, tmp_path: Path) -> None:
        wrong = {"id": "r", "label": "attributed_to", "head": "s1", "tail": "c1"}
        given = record(doc_id="a", spans=[CLAIM_SPAN, SOURCE_SPAN], relations=[wrong])
        assert "cannot be the head of attributed_to" in reasons(take_records(project, tmp_path, given))[0]
        assert spans(project, "a") == []

    def test_an_unknown_document_label_is_rejected(self, project: Project, tmp_path: Path) -> None:
        report = take_records(project, tmp_path, record(doc_id="a", document_labels=["hero"]))
        assert reasons(report) == ["document label 'hero' is not in schema news"]


class TestAgain:
    """Importing what is known changes nothing, whatever became of it since."""

    GIVEN = record(doc_id="a", text=BODY, spans=[CLAIM_SPAN, SOURCE_SPAN], relations=[RELATION])

    @pytest.fixture(autouse=True)
    def _first(self, project: Project, tmp_path: Path) -> None:
        assert take_records(project, tmp_path, self.GIVEN).rejected == []

    def again(self, project: Project, folder: Path, given: dict[str, Any]) -> tuple[int, int]:
        report = take_records(project, folder, given)
        assert report.rejected == []
        return report.unchanged, report.annotations

    def test_the_same_record_is_unchanged(self, project: Project, tmp_path: Path) -> None:
        before = show(project, "a", "salma", raw=True)
        assert self.again(project, tmp_path, self.GIVEN) == (1, 0)
        assert show(project, "a", "salma", raw=True) == before

    def test_the_order_of_its_keys_does_not_matter(self, project: Project, tmp_path: Path) -> None:
        assert self.again(project, tmp_path, dict(reversed(self.GIVEN.items()))) == (1, 0)

    def test_a_removed_span_stays_removed(self, project: Project, tmp_path: Path) -> None:
        desk = session(project, "a")
        claim, relation = desk.state.annotation("c1"), desk.state.relations[0]
        desk.execute(Operation("remove", (Change(relation, None), Change(claim, None))))
        assert self.again(project, tmp_path, self.GIVEN) == (1, 0)
        assert self.again(project, tmp_path, self.GIVEN | {"title": "changed"}) == (1, 0)
        assert [span["id"] for span in spans(project, "a")] == ["s1"]

    def test_an_edited_span_stays_edited(self, project: Project, tmp_path: Path) -> None:
        desk = session(project, "a")
        claim = desk.state.annotation("c1")
        desk.execute(Operation("move edge", (Change(claim, Annotation("c1", 0, 28, "claim")),)))
        assert self.again(project, tmp_path, self.GIVEN | {"title": "changed"}) == (1, 0)
        assert [(span["id"], span["start"]) for span in spans(project, "a")] == [("c1", 0), ("s1", 4)]

    def test_a_removed_relation_stays_removed(self, project: Project, tmp_path: Path) -> None:
        desk = session(project, "a")
        desk.execute(Operation("unrelate", (Change(desk.state.relations[0], None),)))
        assert self.again(project, tmp_path, self.GIVEN | {"title": "changed"}) == (1, 0)
        assert show(project, "a", "salma", raw=False)["relations"] == []

    def test_an_export_of_a_record_is_the_record(self, project: Project, tmp_path: Path) -> None:
        exported = show(project, "a", "salma", raw=True)
        assert self.again(project, tmp_path, exported) == (1, 0)
        assert len(spans(project, "a")) == 2

    def test_a_span_that_the_annotator_made_meanwhile_is_known(self, project: Project, tmp_path: Path) -> None:
        session(project, "a").execute(add("mine", 0, 3))
        given = record(doc_id="a", spans=[span(0, 3, id="theirs")])
        assert self.again(project, tmp_path, given) == (1, 0)

    def test_a_new_span_of_a_changed_record_is_added(self, project: Project, tmp_path: Path) -> None:
        longer = self.GIVEN | {"spans": [*self.GIVEN["spans"], span(0, 3, id="c2")]}
        assert self.again(project, tmp_path, longer) == (0, 1)
        assert [span["id"] for span in spans(project, "a")] == ["c2", "s1", "c1"]

    def test_a_new_relation_of_a_changed_record_is_added(self, project: Project, tmp_path: Path) -> None:
        session(project, "a").execute(add("s2", 35, 41, "source"))
        more = {"id": "r2", "label": "attributed_to", "head": "c1", "tail": "theirs"}
        given = self.GIVEN | {
            "spans": [*self.GIVEN["spans"], span(35, 41, "source", id="theirs")],
            "relations": [RELATION, more],
        }
        assert self.again(project, tmp_path, given) == (0, 0)
        made = show(project, "a", "salma", raw=False)["relations"]
        assert [(relation["id"], relation["tail"]) for relation in made] == [("r1", "s1"), ("r2", "s2")]

    def test_a_new_relation_of_a_removed_span_is_left_out(self, project: Project, tmp_path: Path) -> None:
        desk = session(project, "a")
        claim, relation = desk.state.annotation("c1"), desk.state.relations[0]
        desk.execute(Operation("remove", (Change(relation, None), Change(claim, None))))
        given = self.GIVEN | {
            "spans": [*self.GIVEN["spans"], span(35, 41, "source", id="s2")],
            "relations": [RELATION, {"id": "r2", "label": "attributed_to", "head": "c1", "tail": "s2"}],
        }
        assert self.again(project, tmp_path, given) == (0, 1)
        assert show(project, "a", "salma", raw=False)["relations"] == []

    def test_more_relations_than_a_head_may_have_are_rejected(self, project: Project, tmp_path: Path) -> None:
        sources = [span(start, start + 1, "source", id=f"x{start}") for start in range(30, 33)]
        more = [{"id": f"y{n}", "label": "attributed_to", "head": "c1", "tail": f"x{n}"} for n in range(30, 33)]
        given = self.GIVEN | {"spans": [*self.GIVEN["spans"], *sources], "relations": more}
        assert reasons(take_records(project, tmp_path, given)) == ["a head has at most 3 of attributed_to"]

    def test_ids_are_scoped_to_the_record(self, project: Project, tmp_path: Path) -> None:
        other = record(
            doc_id="a",
            spans=[span(35, 41, "source", id="s1"), span(0, 3, id="c1")],
            relations=[{"id": "r1", "label": "attributed_to", "head": "c1", "tail": "s1"}],
        )
        assert self.again(project, tmp_path, other) == (0, 2)
        made = show(project, "a", "salma", raw=False)
        ids = {(span["start"], span["label"]): span["id"] for span in made["spans"]}
        assert len(ids) == len(set(ids.values())) == 4
        ends = {(relation["head"], relation["tail"]) for relation in made["relations"]}
        assert ends == {("c1", "s1"), (ids[0, "claim"], ids[35, "source"])}

    def test_another_annotator_may_use_the_same_ids(self, project: Project, tmp_path: Path) -> None:
        assert self.again(project, tmp_path, self.GIVEN | {"annotator": "nour"}) == (0, 2)
        assert [span["id"] for span in spans(project, "a", "nour")] == ["s1", "c1"]

    def test_spans_without_ids_get_some_and_are_known_again(self, project: Project, tmp_path: Path) -> None:
        given = record(doc_id="a", annotator="nour", spans=[span(0, 3), span(4, 10, "source")])
        assert self.again(project, tmp_path, given) == (0, 2)
        assert self.again(project, tmp_path, given | {"title": "changed"}) == (1, 0)
        assert len(spans(project, "a", "nour")) == 2

    def test_a_status_that_was_set_since_is_kept(self, project: Project, tmp_path: Path) -> None:
        session(project, "a").execute(Operation("status", (Change(None, Status("flagged")),)))
        assert self.again(project, tmp_path, self.GIVEN | {"status": "done"}) == (1, 0)
        assert show(project, "a", "salma", raw=False)["status"] == "flagged"

    def test_a_note_that_was_written_since_is_kept(self, project: Project, tmp_path: Path) -> None:
        session(project, "a").execute(Operation("note", (Change(None, Note("mine")),)))
        assert self.again(project, tmp_path, self.GIVEN | {"note": "theirs"}) == (1, 0)
        assert show(project, "a", "salma", raw=False)["note"] == "mine"

    def test_a_record_that_adds_only_a_document_label_is_a_change(self, project: Project, tmp_path: Path) -> None:
        assert self.again(project, tmp_path, self.GIVEN | {"document_labels": ["opinion"]}) == (0, 0)
        assert session(project, "a").state.values["document_label", "opinion"] == DocumentLabel("opinion")

    def test_an_import_is_not_undone_by_a_key(self, project: Project) -> None:
        assert session(project, "a").undo() is None


def test_sources_are_checked_without_a_project(tmp_path: Path) -> None:
    check_sources([write(tmp_path / "page.txt", "")], ImportOptions())


def test_relations_and_annotations_keep_their_attributes(project: Project, tmp_path: Path) -> None:
    attributes = [{"key": "quote", "value": "direct"}]
    given = record(doc_id="a", text=BODY, spans=[CLAIM_SPAN | {"attributes": attributes, "origin": "rules"}])
    take_records(project, tmp_path, json.loads(json.dumps(given)))
    (made,) = spans(project, "a")
    assert (made["attributes"], made["origin"]) == (attributes, "rules")


def test_annotations_remember_the_schema_version_of_their_record(project: Project, tmp_path: Path) -> None:
    given = record(doc_id="a", text=BODY, spans=[CLAIM_SPAN], schema={"name": "news", "version": 7})
    take_records(project, tmp_path, given)
    annotation = session(project, "a").state.annotation("c1")
    assert annotation is not None
    assert annotation.schema_version == 7


def test_a_relation_without_an_id_gets_one(project: Project, tmp_path: Path) -> None:
    given = record(doc_id="a", text=BODY, spans=[CLAIM_SPAN, SOURCE_SPAN], relations=[RELATION | {"id": ""}])
    take_records(project, tmp_path, given)
    (relation,) = session(project, "a").state.relations
    assert relation == Relation(relation.id, "attributed_to", "c1", "s1")
    assert relation.id
