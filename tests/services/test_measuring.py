"""Measuring a project: whose work counts, what is left out, and the same figures from any number of processes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.agreement.decisions import Ruling
from annotator.agreement.report.tables import Report, to_plain
from annotator.errors import DataError, UsageError
from annotator.model.annotation import DocumentLabel, Status
from annotator.model.operations import Change, Operation
from annotator.services import measuring
from annotator.services.adjudicating import GoldSession
from annotator.services.looking import find_document
from annotator.services.measuring import StudyOptions, measure, study_documents
from annotator.services.project import Project
from annotator.store import studying
from tests.support.projects import (
    BODY,
    CLAIM,
    SOURCE,
    add,
    create,
    project_with,
    record,
    reopened,
    session,
    span,
    take_records,
)


QUICK = StudyOptions(samples=0, jobs=1)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Salma and nour have documents a and b, salma is done with a; omar has b with them, and c for himself."""
    folder = tmp_path_factory.mktemp("template")
    claim, source = span(*CLAIM), span(*SOURCE, "source")
    return project_with(
        folder / "annotator.db",
        {"id": "c", "text": BODY},
        {"id": "d", "text": BODY},
        record(doc_id="b", text=BODY + " ب", spans=[claim]),
        record(doc_id="a", text=BODY + " أ", spans=[claim, source], status="done"),
        record(doc_id="a", annotator="nour", spans=[claim]),
        record(doc_id="b", annotator="nour", spans=[source], status="done"),
        record(doc_id="b", annotator="omar", spans=[claim], status="done"),
        record(doc_id="c", annotator="omar", spans=[claim]),
    )


@pytest.fixture
def project(template: Path, tmp_path: Path) -> Iterator[Project]:
    """A copy of the template."""
    copy = shutil.copy(template, tmp_path / "annotator.db")
    with reopened(Path(copy)) as project:
        yield project


def who(project: Project, **options: Any) -> dict[str, list[str]]:
    return {one.doc_id: sorted(one.work) for one in study_documents(project, **options)}


def measured(project: Project, **options: Any) -> Report:
    return measure(project, StudyOptions(**({"samples": 0, "jobs": 1} | options)))


def settle(project: Project, doc_id: str, taken: str) -> None:
    """Make one annotator's version of everything in a document the gold."""
    desk = GoldSession(project, "reviewer", find_document(project, doc_id))
    desk.settle([Ruling(item, "take", (taken,)) for item in desk.items])


class TestWhoCounts:
    def test_documents_with_work_of_two_annotators_are_read_by_doc_id(self, project: Project) -> None:
        assert who(project) == {"a": ["nour", "salma"], "b": ["nour", "omar", "salma"]}

    def test_texts_and_spans_come_with_them(self, project: Project) -> None:
        first = next(study_documents(project))
        assert first.text == BODY + " أ"
        assert [(one.start, one.end, one.label) for one in first.work["salma"].annotations] == [
            (*SOURCE, "source"),
            (*CLAIM, "claim"),
        ]

    def test_finished_work_alone(self, project: Project) -> None:
        assert who(project, status="done") == {"b": ["nour", "omar"]}

    def test_chosen_annotators_in_any_case(self, project: Project) -> None:
        assert who(project, annotators=["OMAR", "salma"]) == {"b": ["omar", "salma"]}

    def test_an_unknown_annotator_is_refused_with_those_there_are(self, project: Project) -> None:
        with pytest.raises(UsageError, match="there is no annotator 'huda'") as caught:
            who(project, annotators=["huda"])
        assert caught.value.hint == "Annotators: nour, omar, salma."

    def test_whoever_only_opened_a_document_does_not_count(self, project: Project) -> None:
        session(project, "c", "salma").save_cursor(5)
        assert "c" not in who(project)

    def test_whoever_found_nothing_and_is_done_does(self, project: Project) -> None:
        session(project, "c", "salma").execute(Operation("status", (Change(None, Status("done")),)))
        assert who(project)["c"] == ["omar", "salma"]

    def test_a_document_label_is_work(self, project: Project) -> None:
        label = Operation("document label", (Change(None, DocumentLabel("opinion")),))
        session(project, "c", "salma").execute(label)
        assert who(project)["c"] == ["omar", "salma"]

    def test_removed_annotations_do_not_count(self, project: Project) -> None:
        desk = session(project, "a", "nour")
        desk.execute(Operation("remove", (Change(desk.state.annotations[0], None),)))
        assert "a" not in who(project)

    def test_gold_is_no_annotator(self, project: Project) -> None:
        settle(project, "a", "salma")
        settle(project, "b", "nour")
        assert who(project) == {"a": ["nour", "salma"], "b": ["nour", "omar", "salma"]}
        assert measured(project).facts["annotators"] == "nour, omar, salma"

    def test_gold_does_not_make_a_document_of_one_annotator_comparable(self, project: Project) -> None:
        settle(project, "c", "omar")
        assert "c" not in who(project)

    def test_the_size_of_a_query_changes_nothing(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = list(study_documents(project))
        monkeypatch.setattr(studying, "PIECE", 1)
        assert list(study_documents(project)) == whole

    def test_annotators_can_save_while_documents_are_read(self, project: Project) -> None:
        documents = study_documents(project)
        next(documents)
        session(project, "a").execute(add("late", 0, 3))
        assert [one.doc_id for one in documents] == ["b"]

    def test_the_version_of_the_schema_and_the_last_change_are_known(self, project: Project) -> None:
        first = next(study_documents(project))
        assert first.schema_versions == {"salma": 1, "nour": 1}
        assert set(first.changed_at) == {"salma", "nour"}
        assert all(at.startswith("20") for at in first.changed_at.values())


class TestReport:
    def test_the_figures_are_those_of_the_stored_spans(self, project: Project) -> None:
        # nour and salma: 1 of 2 and 3; nour and omar: 0; omar and salma: 1 of 1 and 1.
        report = to_plain(measured(project))["tables"]
        assert [(row["one"], row["other"], row["f1_exact"]["value"]) for row in report["pairs"]] == [
            ("nour", "omar", 0.0),
            ("nour", "salma", pytest.approx(2 / 5)),
            ("omar", "salma", 1.0),
        ]
        assert report["overall"][0]["value"]["value"] == pytest.approx((0 + 2 / 5 + 1) / 3)

    def test_what_was_left_out_is_counted(self, project: Project) -> None:
        facts = measured(project, status="done").facts
        assert facts["documents"] == 1
        assert facts["documents_with_one_annotator_left_out"] == 1
        assert facts["unfinished_work_left_out"] == 3
        assert measured(project).facts["unfinished_work_left_out"] == 0

    def test_progress_is_told_for_each_document(self, project: Project) -> None:
        told: list[tuple[int, int]] = []
        measure(project, QUICK, lambda done, total: told.append((done, total)))
        assert told == [(1, 2), (2, 2)]

    def test_an_unknown_label_is_refused_with_those_there_are(self, project: Project) -> None:
        with pytest.raises(UsageError, match="no label 'calim'") as caught:
            measured(project, labels=("calim",))
        assert "claim" in caught.value.hint

    def test_labels_can_be_chosen(self, project: Project) -> None:
        report = measured(project, labels=("source",))
        assert [row[0] for row in report.table("labels").rows] == ["source"]


class TestNothingToCompare:
    def refusal(self, project: Project, **options: Any) -> UsageError:
        with pytest.raises(UsageError, match="no document has work of two annotators") as caught:
            measured(project, **options)
        return caught.value

    def test_unfinished_work_is_a_reason(self, project: Project) -> None:
        assert "--status any" in self.refusal(project, status="done", who=("salma", "nour")).hint

    def test_so_is_the_choice_of_annotators(self, project: Project) -> None:
        assert "--who" in self.refusal(project, who=("omar",)).hint

    def test_and_a_project_of_one_annotator(self, tmp_path: Path) -> None:
        with create(tmp_path / "one.db") as project:
            take_records(project, tmp_path, record(doc_id="a", text=BODY, spans=[span(*CLAIM)]))
            assert "have work of one annotator" in self.refusal(project).hint

    def test_and_an_empty_project(self, tmp_path: Path) -> None:
        with create(tmp_path / "none.db") as project:
            assert "Import annotations" in self.refusal(project).hint


class TestGold:
    def gold(self, project: Project, **options: Any) -> dict[str, dict[str, Any]]:
        tables = to_plain(measured(project, **options))["tables"]
        return {row["annotator"]: row for row in tables.get("annotators", [])}

    def test_each_annotator_is_held_against_settled_gold(self, project: Project) -> None:
        settle(project, "a", "salma")
        found = self.gold(project)
        assert (found["salma"]["precision"]["value"], found["salma"]["recall"]["value"]) == (1.0, 1.0)
        assert (found["nour"]["precision"]["value"], found["nour"]["recall"]["value"]) == (1.0, 0.5)
        assert set(found) == {"salma", "nour"}

    def test_without_gold_there_is_no_such_table(self, project: Project) -> None:
        assert self.gold(project) == {}

    def test_gold_that_is_not_settled_is_left_out_and_counted(self, project: Project) -> None:
        desk = GoldSession(project, "reviewer", find_document(project, "a"))
        desk.settle([Ruling(desk.items[0], "take", ("salma",))])
        report = measured(project)
        assert report.facts["documents_with_unsettled_gold_left_out"] == 1
        assert report.facts["documents_with_gold"] == 0

    def test_only_the_chosen_annotators_are_held_against_it(self, project: Project) -> None:
        settle(project, "b", "nour")
        assert set(self.gold(project, who=("omar", "salma"))) == {"omar", "salma"}

    def test_gold_that_rejects_everything_counts(self, project: Project) -> None:
        desk = GoldSession(project, "reviewer", find_document(project, "b"))
        desk.settle([Ruling(item, "reject") for item in desk.items])
        found = self.gold(project)
        assert found["omar"]["precision"]["value"] == 0
        assert found["omar"]["recall"]["value"] is None

    def test_gold_beside_one_annotator_is_enough_for_a_report(self, tmp_path: Path) -> None:
        with create(tmp_path / "one.db") as project:
            take_records(project, tmp_path, record(doc_id="a", text=BODY, spans=[span(*CLAIM)]))
            settle(project, "a", "salma")
            assert self.gold(project)["salma"]["f1_exact"]["value"] == 1


class TestProcesses:
    @pytest.fixture
    def large(self, tmp_path: Path) -> Iterator[Project]:
        with create(tmp_path / "large.db") as project:
            made = [
                record(
                    doc_id=f"d{n:02}",
                    annotator=name,
                    text=f"{BODY} {n}",
                    spans=[span(14, 28 - (n * shift) % 5), *([span(*SOURCE, "source")] if n % 3 else [])],
                )
                for n in range(40)
                for name, shift in (("salma", 0), ("nour", 1))
            ]
            take_records(project, tmp_path, *made)
            yield project

    def test_two_processes_give_the_same_bytes_as_one(self, large: Project) -> None:
        one, two = (
            json.dumps(to_plain(measure(large, StudyOptions(samples=2, jobs=jobs))), ensure_ascii=False)
            for jobs in (1, 2)
        )
        assert one == two
        assert '"f1_exact"' in one

    def test_a_process_that_is_killed_is_bad_luck_and_not_a_mistake(
        self, large: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(measuring, "_count_chunk", _die)
        with pytest.raises(DataError, match="was killed") as caught:
            measure(large, StudyOptions(samples=0, jobs=2))
        assert "--jobs 1" in caught.value.hint


def _die(*_arguments: object) -> None:
    import os
    import signal

    os.kill(os.getpid(), signal.SIGKILL)
