"""Records whose spans are imported as suggestions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import UsageError
from annotator.model.suggestion import SuggestionSet
from annotator.services.importing import ImportOptions, ImportReport, check_sources
from annotator.services.looking import find_document, list_documents, show
from annotator.services.project import Project
from annotator.store import annotators, suggestions
from annotator.suggest.registry import RESERVED
from tests.support.projects import BODY, CLAIM, RAW, SOURCE, create, reasons, record, span, take_records


REASON = "a verb of saying"
GIVEN = record(
    doc_id="a",
    text=BODY,
    annotator="",
    spans=[
        span(*CLAIM, id="c1", score=0.75, reason=REASON),
        span(*SOURCE, "source", id="s1", attributes=[{"key": "type", "value": "official"}]),
    ],
    relations=[{"label": "attributed_to", "head": "c1", "tail": "s1"}],
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create(tmp_path / "annotator.db") as project:
        yield project


def propose(project: Project, folder: Path, *records: object, suggester: str = "other") -> ImportReport:
    return take_records(project, folder, *records, suggester=suggester)


def found(project: Project, doc_id: str = "a") -> SuggestionSet:
    with project.store.read() as connection:
        return suggestions.load(connection, find_document(project, doc_id))


def spans_of(found: SuggestionSet) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in found.suggestions]


def with_spans(*spans: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return record(**{"doc_id": "a", "text": BODY, "annotator": "", "spans": list(spans)} | parts)


def test_spans_and_relations_become_suggestions_and_no_annotations(project: Project, tmp_path: Path) -> None:
    report = propose(project, tmp_path, GIVEN)
    assert (report.imported, report.annotations, report.suggestions, report.rejected) == (1, 0, 2, [])
    source, claim = found(project).suggestions
    assert (claim.start, claim.end, claim.label, claim.score, claim.reason) == (*CLAIM, "claim", 0.75, REASON)
    assert (source.label, source.score, source.reason) == ("source", None, "")
    assert ("type", "official") in source.attributes
    assert [(one.head, one.tail) for one in found(project).relations] == [(claim.id, source.id)]
    assert show(project, "a", "salma", raw=False)["spans"] == []


def test_their_origin_is_the_name_with_the_beginning_of_the_records_hash(project: Project, tmp_path: Path) -> None:
    propose(project, tmp_path, GIVEN, suggester="my.model:2")
    name, _, version = found(project).suggestions[0].origin.rpartition("@")
    assert name == "my.model:2"
    assert len(version) == 8
    assert int(version, 16) >= 0


def test_the_records_annotator_is_not_created(project: Project, tmp_path: Path) -> None:
    propose(project, tmp_path, GIVEN | {"annotator": "omar", "status": "done", "note": "ملاحظة"})
    with project.store.read() as connection:
        assert annotators.all_names(connection) == []


def test_gold_can_be_proposed(project: Project, tmp_path: Path) -> None:
    assert propose(project, tmp_path, GIVEN | {"annotator": "gold"}).suggestions == 2


def test_a_record_without_text_proposes_for_the_stored_document(project: Project, tmp_path: Path) -> None:
    take_records(project, tmp_path, {"id": "a", "text": RAW})
    assert propose(project, tmp_path, with_spans(span(*CLAIM), text=None)).suggestions == 1
    assert spans_of(found(project)) == [CLAIM]


def test_raw_offsets_alone_are_mapped_through_the_stored_document(project: Project, tmp_path: Path) -> None:
    take_records(project, tmp_path, {"id": "a", "text": RAW})
    raw = {"raw_start": 16, "raw_end": 30, "label": "claim"}
    propose(project, tmp_path, with_spans(raw, text=None))
    assert spans_of(found(project)) == [CLAIM]


def test_a_record_without_spans_brings_its_document_alone(project: Project, tmp_path: Path) -> None:
    report = propose(project, tmp_path, record(doc_id="a", text=BODY, annotator="omar", status="done"))
    assert (report.imported, report.suggestions) == (1, 0)
    assert [document.status for document in list_documents(project, "omar")] == ["new"]
    assert propose(project, tmp_path, record(doc_id="a", text=BODY)).unchanged == 1


def test_documents_are_imported_beside_the_records(project: Project, tmp_path: Path) -> None:
    report = propose(project, tmp_path, {"id": "b", "text": RAW}, GIVEN)
    assert (report.imported, report.suggestions) == (2, 2)


def test_the_same_record_again_proposes_the_same(project: Project, tmp_path: Path) -> None:
    propose(project, tmp_path, GIVEN)
    before = found(project)
    assert propose(project, tmp_path, GIVEN).suggestions == 2
    assert found(project) == before


def test_another_record_stands_in_the_place_of_what_the_same_name_proposed(project: Project, tmp_path: Path) -> None:
    propose(project, tmp_path, GIVEN)
    propose(project, tmp_path, with_spans(span(0, 3)))
    assert spans_of(found(project)) == [(0, 3)]
    assert found(project).relations == ()


def test_of_two_records_for_a_document_the_last_counts(project: Project, tmp_path: Path) -> None:
    propose(project, tmp_path, GIVEN, with_spans(span(0, 3)))
    assert spans_of(found(project)) == [(0, 3)]


def test_what_others_propose_stays(project: Project, tmp_path: Path) -> None:
    propose(project, tmp_path, GIVEN, suggester="one")
    propose(project, tmp_path, with_spans(span(0, 3)), suggester="two")
    assert {one.suggester for one in found(project).suggestions} == {"one", "two"}


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (span(40, 90), "span 1: 40–90 lies outside the text"),
        (span(*CLAIM, text="شيء آخر"), "not 'شيء آخر'"),
        (span(*CLAIM, score=2), "spans[1].score must be a number from 0 to 1, and is 2"),
        (span(*CLAIM, score=True), "spans[1].score must be a number from 0 to 1, and is True"),
        (span(*CLAIM, reason=3), "spans[1].reason must be a text, and is 3"),
    ],
)
def test_a_span_that_is_wrong_in_itself_refuses_its_record(
    wrong: dict[str, Any], reason: str, project: Project, tmp_path: Path
) -> None:
    report = propose(project, tmp_path, with_spans(span(0, 3), wrong), {"id": "b", "text": BODY})
    assert len(report.rejected) == 1
    assert reason in reasons(report)[0]
    assert [document.doc_id for document in list_documents(project, None)] == ["b"]


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (span(4, 10, "weather"), "1 of its spans and relations have labels that schema news lacks"),
        (span(3, 4), "3–4 is empty, or spaces only"),
        (span(0, 3), "has this label already"),
        (span(*CLAIM, attributes=[{"key": "quote", "value": "loud"}]), "attribute"),
    ],
)
def test_only_what_the_schema_does_not_allow_is_left_out_and_said(
    other: dict[str, Any], reason: str, project: Project, tmp_path: Path
) -> None:
    report = propose(project, tmp_path, with_spans(span(0, 3), other))
    assert (0, 3) in spans_of(found(project))
    assert reason in reasons(report)[0]
    assert reasons(report)[0].endswith("; the rest was taken")


def test_several_things_left_out_are_one_line(project: Project, tmp_path: Path) -> None:
    report = propose(project, tmp_path, with_spans(span(0, 3), span(3, 4), span(10, 11), span(0, 3, "weather")))
    assert len(report.rejected) == 1
    assert ", 1 more like it, 1 of its spans" in reasons(report)[0]


def test_a_record_of_which_nothing_is_left_is_refused_and_changes_nothing(project: Project, tmp_path: Path) -> None:
    propose(project, tmp_path, GIVEN)
    report = propose(project, tmp_path, with_spans(span(0, 3, "weather")))
    assert (report.suggestions, len(report.rejected)) == (0, 1)
    assert "rest" not in reasons(report)[0]
    assert len(found(project).suggestions) == 2


@pytest.mark.parametrize("name", [*sorted(RESERVED), "", "Other", "a b", "نموذج", "a" * 61])
def test_a_name_that_no_suggester_may_have_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        check_sources([tmp_path], ImportOptions(suggester=name))


def test_without_the_option_there_is_no_count_of_suggestions(project: Project, tmp_path: Path) -> None:
    assert take_records(project, tmp_path, GIVEN | {"annotator": "salma"}).suggestions is None
    assert found(project).suggestions == ()
