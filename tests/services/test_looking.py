"""Lists, one document, progress."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import UsageError
from annotator.model.annotation import Status
from annotator.model.operations import Change, Operation
from annotator.services.looking import find_annotator, find_document, has_documents, list_documents, show, status
from annotator.services.project import Project
from tests.support.projects import BODY, RAW, add, create, session, take_records


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create(tmp_path / "annotator.db") as project:
        take_records(project, tmp_path, *({"id": name, "text": RAW, "source": "x"} for name in ("ab", "ac", "a")))
        yield project


def test_documents_are_listed_in_the_order_of_import_with_ones_own_progress(project: Project) -> None:
    session(project, "ac").execute(add("c1", 0, 3))
    session(project, "ac").execute(Operation("status", (Change(None, Status("done")),)))
    session(project, "ab").save_cursor(5)
    found = list_documents(project, "SALMA")
    assert [(row.doc_id, row.status, row.annotations, row.cursor) for row in found] == [
        ("ab", "open", 0, 5),
        ("ac", "done", 1, None),
        ("a", "new", 0, None),
    ]
    assert {(row.length, row.meta["source"]) for row in found} == {(len(BODY), "x")}


def test_the_list_of_somebody_unknown_shows_no_progress(project: Project) -> None:
    session(project, "ac").execute(add("c1", 0, 3))
    assert {(row.status, row.annotations) for row in list_documents(project, "nour")} == {("new", 0)}


def test_a_document_is_found_by_its_whole_id_first(project: Project) -> None:
    assert find_document(project, "a") == list_documents(project, None)[2].id


def test_a_document_is_found_by_an_unambiguous_beginning(project: Project, tmp_path: Path) -> None:
    take_records(project, tmp_path, {"id": "https://example.org/1", "text": BODY})
    assert find_document(project, "https") == list_documents(project, None)[3].id


def test_an_ambiguous_beginning_lists_the_documents(tmp_path: Path) -> None:
    with create(tmp_path / "b.db") as project:
        take_records(project, tmp_path, {"id": "ab", "text": BODY}, {"id": "ac", "text": BODY})
        with pytest.raises(UsageError, match="2 documents begin with 'a': ab, ac"):
            find_document(project, "a")


def test_an_unknown_document_is_refused(project: Project) -> None:
    with pytest.raises(UsageError, match="there is no document 'b'"):
        find_document(project, "b")


def test_an_annotator_is_found_by_name(project: Project) -> None:
    session(project, "a", "Nour")
    assert find_annotator(project, " NOUR ") == "Nour"
    with pytest.raises(UsageError, match="there is no annotator 'huda'"):
        find_annotator(project, "huda")


def test_show_gives_a_record_and_suggestions(project: Project) -> None:
    session(project, "a").execute(add("c1", 0, 3))
    found = show(project, "a", "salma", raw=True)
    assert (found["doc_id"], found["annotator"], found["raw_text"]) == ("a", "salma", RAW)
    assert [span["id"] for span in found["spans"]] == ["c1"]
    assert (found["suggestions"], found["suggested_relations"]) == ([], [])


def test_show_of_somebody_unknown_has_no_spans(project: Project) -> None:
    assert show(project, "a", "nour", raw=False)["spans"] == []


def test_status_counts_what_each_annotator_did(project: Project) -> None:
    for name in ("a", "ab"):
        session(project, name).execute(add("c1", 0, 3))
    session(project, "ab").execute(Operation("status", (Change(None, Status("done")),)))
    session(project, "ac").execute(Operation("status", (Change(None, Status("flagged")),)))
    session(project, "ac", "nour")
    found = status(project)
    assert found.documents == 3
    rows = [(row.name, row.documents, row.done, row.flagged, row.annotations) for row in found.annotators]
    assert rows == [("nour", 0, 0, 0, 0), ("salma", 3, 1, 1, 2)]


def test_a_new_project_has_no_documents(project: Project, tmp_path: Path) -> None:
    assert has_documents(project)
    with create(tmp_path / "b.db") as other:
        assert not has_documents(other)
