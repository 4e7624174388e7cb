"""Exporting the gold: where every span comes from, and what was decided against."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator import read
from annotator.agreement.decisions import Ruling
from annotator.agreement.policies import find_policy
from annotator.errors import DataError, UsageError
from annotator.formats.record import parse_record
from annotator.model import edits, relating
from annotator.model.annotation import Annotation, Relation
from annotator.services.exporting import ExportOptions, export
from annotator.services.maintenance import check
from annotator.services.project import Project
from tests.support.projects import reasons, span, take_records
from tests.support.reviews import (
    TEXT,
    copied,
    finish,
    item_at,
    label_document,
    mark,
    move,
    reject,
    relate,
    review,
    shared_project,
    take,
    unmark,
)


UNANIMOUS = find_policy("unanimous")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database that each test has a copy of."""
    with shared_project(tmp_path_factory.mktemp("template"), "d", "e") as project:
        for name in "ab":
            mark(project, name, (0, 9), (80, 89, "source"))
            relate(project, name, f"{name}-claim-0-9", f"{name}-source-80-89")
            mark(project, name, (0, 9), doc_id="e")
        mark(project, "a", (40, 49))
        return project.path


@pytest.fixture
def project(template: Path, tmp_path: Path) -> Iterator[Project]:
    """a and b agree on a claim, its source and the relation in d, and on a claim in e; a has one more in d."""
    with copied(template, tmp_path) as project:
        yield project
        assert check(project) == []


def exported(project: Project, folder: Path, **options: Any) -> list[dict[str, Any]]:
    export(project, folder / "gold.jsonl", ExportOptions(who="gold", **options))
    return [json.loads(line) for line in (folder / "gold.jsonl").read_bytes().splitlines()]


def merged(project: Project, *doc_ids: str) -> None:
    for doc_id in doc_ids:
        review(project, "", doc_id).merge(UNANIMOUS)


def test_without_any_decision_there_is_no_gold(project: Project, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no gold yet") as caught:
        exported(project, tmp_path)
    assert "annotator merge" in caught.value.hint


def test_only_documents_about_which_something_is_decided_are_exported(project: Project, tmp_path: Path) -> None:
    merged(project, "e")
    review(project).save_cursor(5)
    assert [record["doc_id"] for record in exported(project, tmp_path)] == ["e"]


def test_a_document_whose_decisions_were_all_undone_is_not_exported(project: Project, tmp_path: Path) -> None:
    desk = review(project)
    take(desk, 0, "a")
    desk.undo()
    assert exported(project, tmp_path) == []


def test_a_span_says_who_decided_what_when_why_and_from_which_votes(project: Project, tmp_path: Path) -> None:
    desk = review(project)
    desk.settle([Ruling(item_at(desk, 40), "take", ("a",), "guideline", "a claim")])
    (record,) = exported(project, tmp_path)
    (found,) = record["spans"]
    assert record["annotator"] == "gold"
    assert (found["start"], found["end"], found["label"], found["text"]) == (40, 49, "claim", TEXT[40:49])
    provenance = found["provenance"]
    votes, at = provenance.pop("votes"), provenance.pop("at")
    assert provenance == {
        "method": "take",
        "reviewer": "rana",
        "kind": "missed",
        "taken": ["a"],
        "reason": "guideline",
        "comment": "a claim",
        "guideline": 1,
    }
    assert at.endswith("+00:00")
    assert [(vote["annotator"], [one["id"] for one in vote["spans"]]) for vote in votes] == [
        ("a", ["a-claim-40-49"]),
        ("b", []),
    ]


def test_what_a_policy_took_names_the_policy_and_nobody(project: Project, tmp_path: Path) -> None:
    merged(project, "e")
    provenance = exported(project, tmp_path)[0]["spans"][0]["provenance"]
    assert (provenance["method"], provenance["reviewer"], provenance["taken"]) == ("auto:unanimous/1", "", ["a", "b"])


def test_what_was_changed_by_hand_says_so_with_the_votes(project: Project, tmp_path: Path) -> None:
    merged(project, "e")
    desk = review(project, doc_id="e")
    (gold,) = desk.state.annotations
    desk.execute(edits.move_edges(desk.state, desk.schema, gold.id, (0, 4), len(TEXT)))
    provenance = exported(project, tmp_path)[0]["spans"][0]["provenance"]
    assert (provenance["method"], provenance["reviewer"], len(provenance["votes"])) == ("edit", "rana", 2)


def test_a_span_that_nobody_marked_has_no_votes(project: Project, tmp_path: Path) -> None:
    desk = review(project, doc_id="e")
    desk.execute(edits.add(desk.state, desk.schema, Annotation("hand", 120, 129, "claim"), len(TEXT)))
    provenance = exported(project, tmp_path)[0]["spans"][0]["provenance"]
    assert (provenance["method"], provenance["votes"]) == ("add", [])


@pytest.mark.parametrize("order", [(0, 80), (80, 0)], ids=["head first", "tail first"])
def test_a_relation_shows_the_votes_that_it_comes_from(
    project: Project, tmp_path: Path, order: tuple[int, int]
) -> None:
    desk = review(project)
    for start in order:
        take(desk, start, "a")
    (relation,) = exported(project, tmp_path)[0]["relations"]
    assert relation["provenance"]["method"] == "take"
    assert [vote["relations"][0]["head"] for vote in relation["provenance"]["votes"]] == ["a-claim-0-9", "b-claim-0-9"]


def test_a_relation_made_by_hand_says_so(project: Project, tmp_path: Path) -> None:
    desk = review(project)
    take(desk, 40, "a")
    take(desk, 80, "a")
    claim, source = desk.state.annotations
    desk.execute(relating.relate(desk.state, desk.schema, Relation("hand", "attributed_to", claim.id, source.id)))
    (relation,) = exported(project, tmp_path)[0]["relations"]
    assert (relation["id"], relation["provenance"]["method"]) == ("hand", "edit")


class TestDecisions:
    """Those that left no span."""

    def decisions(self, project: Project, folder: Path) -> list[tuple[str, int]]:
        (record,) = exported(project, folder)
        return [(one["method"], len(one["votes"][0]["spans"])) for one in record["decisions"]]

    def test_what_was_rejected_or_deferred_is_listed_with_its_votes(self, project: Project, tmp_path: Path) -> None:
        desk = review(project)
        reject(desk, 0)
        desk.settle([Ruling(item_at(desk, 40), "defer")])
        take(desk, 80, "a")
        assert self.decisions(project, tmp_path) == [("reject", 1), ("defer", 1)]

    def test_what_was_removed_by_hand_too(self, project: Project, tmp_path: Path) -> None:
        desk = review(project)
        take(desk, 40, "a")
        desk.execute(edits.remove(desk.state, desk.state.annotations[0].id))
        assert self.decisions(project, tmp_path) == [("edit", 1)]

    def test_what_was_decided_otherwise_since_is_not(self, project: Project, tmp_path: Path) -> None:
        desk = review(project)
        reject(desk, 40)
        take(desk, 40, "a")
        assert self.decisions(project, tmp_path) == []

    def test_nor_after_the_votes_changed(self, project: Project, tmp_path: Path) -> None:
        reject(review(project), 40)
        move(project, "a", "a-claim-40-49", 40, 54)
        take(review(project), 40, "a")
        assert self.decisions(project, tmp_path) == []

    def test_document_labels_have_theirs(self, project: Project, tmp_path: Path) -> None:
        label_document(project, "a", "opinion")
        desk = review(project)
        desk.settle([Ruling(desk.items[-1], "take", ("a",))])
        (record,) = exported(project, tmp_path)
        assert record["document_labels"] == ["opinion"]
        assert [(one["method"], one["kind"]) for one in record["decisions"]] == [("take", "document label")]
        assert [vote["document_labels"] for vote in record["decisions"][0]["votes"]] == [["opinion"], []]

    def test_document_labels_that_nobody_gave_too(self, project: Project, tmp_path: Path) -> None:
        desk = review(project)
        desk.execute(edits.toggle_document_label(desk.state, desk.schema, "opinion"))
        (record,) = exported(project, tmp_path)
        assert [(one["method"], one["votes"]) for one in record["decisions"]] == [("add", [])]


class TestStatus:
    def test_it_is_done_once_every_item_is_settled(self, project: Project, tmp_path: Path) -> None:
        merged(project, "d", "e")
        assert [record["status"] for record in exported(project, tmp_path)] == ["open", "done"]
        assert [record["doc_id"] for record in exported(project, tmp_path, status="done")] == ["e"]
        reject(review(project), 40)
        assert [record["status"] for record in exported(project, tmp_path)] == ["done", "done"]

    def test_what_is_left_for_later_is_not_done(self, project: Project, tmp_path: Path) -> None:
        merged(project, "d")
        desk = review(project)
        desk.settle([Ruling(item_at(desk, 40), "defer")])
        assert exported(project, tmp_path)[0]["status"] == "open"

    def test_it_is_open_again_once_an_annotator_changes_something(self, project: Project, tmp_path: Path) -> None:
        merged(project, "e")
        move(project, "a", "a-claim-0-9", 0, 14, doc_id="e")
        assert exported(project, tmp_path)[0]["status"] == "open"

    def test_it_is_open_while_gold_that_nobody_marks_any_more_is_undecided(
        self, project: Project, tmp_path: Path
    ) -> None:
        merged(project, "e")
        for name in "ab":
            unmark(project, name, doc_id="e")
            finish(project, name, doc_id="e")
        assert exported(project, tmp_path)[0]["status"] == "open"
        reject(review(project, doc_id="e"), 0)
        assert [(one["status"], one["spans"]) for one in exported(project, tmp_path)] == [("done", [])]

    def test_work_that_is_not_finished_does_not_open_what_was_decided_from_finished_work(
        self, project: Project, tmp_path: Path
    ) -> None:
        mark(project, "c", (0, 14), doc_id="e")
        finish(project, "a", "b", doc_id="e")
        review(project, "", "e", status="done").merge(UNANIMOUS)
        assert exported(project, tmp_path)[0]["status"] == "done"

    def test_that_nobody_marked_anything_is_done(self, tmp_path: Path) -> None:
        with shared_project(tmp_path) as project:
            finish(project, "a", "b")
            merged(project, "d")
            (record,) = exported(project, tmp_path)
        assert (record["status"], record["spans"], record["decisions"]) == ("done", [], [])


def test_two_exports_are_byte_identical(project: Project, tmp_path: Path) -> None:
    merged(project, "d", "e")
    reject(review(project), 40)
    for name in ("1", "2"):
        export(project, tmp_path / name, ExportOptions(who="gold", raw=True))
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_other_exports_do_not_hold_the_gold(project: Project, tmp_path: Path) -> None:
    merged(project, "d", "e")
    export(project, tmp_path / "all.jsonl", ExportOptions())
    records = [json.loads(line) for line in (tmp_path / "all.jsonl").read_bytes().splitlines()]
    assert {record["annotator"] for record in records} == {"a", "b"}
    assert not any("decisions" in record or "provenance" in record["spans"][0] for record in records)


class TestBody:
    @pytest.fixture
    def furnished(self, project: Project) -> Project:
        """The first words of e are furniture, a claim behind them is gold, one inside them was rejected."""
        for name in "ab":
            mark(project, name, (0, 20, "boilerplate"), (40, 49), doc_id="e")
        desk = review(project, doc_id="e")
        furniture, claim = sorted((one for one in desk.items if one.start == 0), key=lambda item: item.labels)
        rulings = [Ruling(one, "take", ("a",)) for one in (furniture, item_at(desk, 40))]
        desk.settle([Ruling(claim, "reject"), *rulings])
        return project

    def test_the_votes_are_by_the_offsets_of_the_body(self, furnished: Project, tmp_path: Path) -> None:
        (record,) = exported(furnished, tmp_path, body=True)
        (found,) = record["spans"]
        assert record["text"] == TEXT.strip()[20:]
        assert (found["start"], found["end"]) == (20, 29)
        places = [(one["start"], one["end"]) for vote in found["provenance"]["votes"] for one in vote["spans"]]
        assert places == [(20, 29), (20, 29)]

    def test_decisions_about_furniture_go_with_it(self, furnished: Project, tmp_path: Path) -> None:
        assert len(exported(furnished, tmp_path)[0]["decisions"]) == 1
        assert exported(furnished, tmp_path, body=True)[0]["decisions"] == []

    def test_decisions_about_document_labels_stay(self, furnished: Project, tmp_path: Path) -> None:
        label_document(furnished, "a", "opinion", doc_id="e")
        desk = review(furnished, doc_id="e")
        desk.settle([Ruling(desk.items[-1], "reject")])
        assert len(exported(furnished, tmp_path, body=True)[0]["decisions"]) == 1


class TestReadingBack:
    def test_provenance_and_decisions_are_kept_as_they_are(self, project: Project, tmp_path: Path) -> None:
        merged(project, "d", "e")
        reject(review(project), 40)
        first, second = exported(project, tmp_path)
        found = list(read(tmp_path / "gold.jsonl"))
        assert [record.annotator for record in found] == ["gold", "gold"]
        assert [one.provenance for one in found[0].spans] == [one["provenance"] for one in first["spans"]]
        assert found[0].relation_provenance == {one["id"]: one["provenance"] for one in first["relations"]}
        assert [*found[0].decisions] == first["decisions"]
        assert (found[1].decisions, found[1].relation_provenance) == ((), {})
        assert second["decisions"] == []

    def test_the_body_of_gold_is_read_too(self, project: Project, tmp_path: Path) -> None:
        merged(project, "e")
        exported(project, tmp_path, body=True)
        (record,) = read(tmp_path / "gold.jsonl")
        assert record.spans[0].provenance is not None

    def test_a_record_without_them_has_none(self) -> None:
        record = parse_record({"format": "annotator/1", "annotator": "a", "text": "نص", "spans": [span(0, 2)]})
        assert (record.spans[0].provenance, record.relation_provenance, record.decisions) == (None, {}, ())

    @pytest.mark.parametrize(
        ("part", "message"),
        [
            ({"spans": [span(0, 2, provenance="me")]}, r"spans\[0\]\.provenance must be an object"),
            ({"decisions": ["no"]}, r"decisions\[0\] must be an object"),
            ({"decisions": "no"}, "decisions must be a list"),
        ],
    )
    def test_what_they_cannot_be_is_refused(self, part: dict[str, Any], message: str) -> None:
        with pytest.raises(DataError, match=message):
            parse_record({"format": "annotator/1", "annotator": "a", "text": "نص", **part})

    def test_gold_is_not_imported_as_the_work_of_an_annotator(self, project: Project, tmp_path: Path) -> None:
        merged(project, "d", "e")
        report = take_records(project, tmp_path, *exported(project, tmp_path))
        assert report.annotations == 0
        assert reasons(report) == ["'gold' cannot be the name of an annotator: exports use it"] * 2
