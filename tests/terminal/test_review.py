"""Three people disagree about pages; a reviewer settles all of it by keys, is killed in between, and exports gold."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from annotator.agreement.decisions import Decision, votes_to_plain
from annotator.agreement.policies import find_policy
from annotator.formats.schema_yaml import parse_schema, read_schema_source
from annotator.services.adjudicating import GoldSession
from annotator.services.exporting import ExportOptions, export
from annotator.services.looking import list_documents
from annotator.services.project import open_project
from annotator.services.reviewing import merge
from tests.support.annotators import NAMES, Rates, records_of, true_work, work_of
from tests.support.shared import shared_file
from tests.terminal.pty_program import ANNOTATOR, environment
from tests.terminal.review_keys import Tally, labelled, settle_all
from tests.terminal.running import PAGES, problems


PAGE = PAGES / "tv-doubled-lists.txt"
SAMPLES = ("syndicated-copy-a", "vocalised-notice")
BETWEEN_KILLS = 7

NEWS = parse_schema(*read_schema_source("news"))

Record = dict[str, Any]


@dataclass(frozen=True)
class Reviewed:
    """A review that is over.

    Attributes:
        before: What the annotators made, as it was exported before the review.
    """

    database: Path
    tally: Tally
    before: bytes

    def exported(self, who: str) -> bytes:
        return exported(self.database, who)

    @property
    def gold(self) -> list[Record]:
        return [json.loads(line) for line in self.exported("gold").splitlines()]

    def sessions(self) -> Iterator[GoldSession]:
        with open_project(str(self.database)) as project:
            for document in list_documents(project, None):
                yield GoldSession(project, "", document.id)


def exported(database: Path, who: str) -> bytes:
    out = database.with_name(f"{who}.jsonl")
    with open_project(str(database)) as project:
        export(project, out, ExportOptions(who=who))
    return out.read_bytes()


def everything(database: Path) -> list[str]:
    """All that a database holds."""
    connection = sqlite3.connect(database)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Reviewed:
    folder = tmp_path_factory.mktemp("review")
    database = labelled(folder / "annotator.db", [PAGES / f"{name}.txt" for name in SAMPLES])
    before = exported(database, "all")
    return Reviewed(database, settle_all(database, between_kills=BETWEEN_KILLS), before)


def latest(session: GoldSession) -> dict[str, Decision]:
    """The latest decision about each item."""
    return {decision.item: decision for decision in session.ledger.decisions}


class TestReview:
    def test_more_than_four_fifths_of_the_disagreements_take_a_single_key(self, reviewed: Reviewed) -> None:
        assert len(reviewed.tally.keys) > 25
        assert reviewed.tally.share > 0.8
        assert reviewed.tally.inexact == 0

    def test_every_disagreement_is_settled_and_the_numbers_add_up(self, reviewed: Reviewed) -> None:
        settled = automatic = 0
        for session in reviewed.sessions():
            assert {session.standing(item).name for item in session.items} == {"settled"}
            assert latest(session).keys() == {item.key for item in session.items}
            settled += len(session.items)
            automatic += sum(decision.action == "auto" for decision in latest(session).values())
        assert settled == automatic + len(reviewed.tally.keys) == reviewed.tally.actions.total()
        assert automatic == reviewed.tally.actions["auto"]

    def test_kills_lose_nothing_and_undo_goes_on_behind_them(self, reviewed: Reviewed) -> None:
        tally = reviewed.tally
        assert tally.kills > tally.in_flight > 0  # undo is tried behind each of the others
        assert (tally.lost, tally.complaints) == (0, 0)

    def test_the_database_is_whole(self, reviewed: Reviewed) -> None:
        check = [*ANNOTATOR, "db", "check", "--db", str(reviewed.database)]
        assert subprocess.run(check, env=environment({}), capture_output=True, check=False).returncode == 0
        assert problems(reviewed.database) == []

    @pytest.mark.parametrize("policy", ["unanimous", "majority", "trivial"])
    def test_merging_again_changes_nothing(self, reviewed: Reviewed, policy: str) -> None:
        before = everything(reviewed.database)
        with open_project(str(reviewed.database)) as project:
            assert merge(project, find_policy(policy)).items == 0
        assert everything(reviewed.database) == before

    def test_the_annotators_records_are_what_they_were(self, reviewed: Reviewed) -> None:
        assert reviewed.exported("all") == reviewed.before
        assert {json.loads(line)["annotator"] for line in reviewed.before.splitlines()} == {*NAMES}


class TestGold:
    def test_each_document_has_a_finished_record(self, reviewed: Reviewed) -> None:
        assert [(record["annotator"], record["status"]) for record in reviewed.gold] == [("gold", "done")] * 2

    def test_its_spans_are_those_of_the_versions_taken_and_of_the_edits(self, reviewed: Reviewed) -> None:
        for session, record in zip(reviewed.sessions(), by_row(reviewed), strict=True):
            expected: Counter[str] = Counter()
            for item in session.items:
                decision = latest(session)[item.key]
                taken = next((vote for vote in item.votes if vote.annotator in decision.taken[:1]), None)
                if taken is not None:
                    expected[item.key] = len(taken.annotations)
            found = Counter(item_of(session, span) for span in record["spans"])
            assert found == +expected

    def test_a_version_that_was_taken_unchanged_is_in_it_as_it_was_marked(self, reviewed: Reviewed) -> None:
        for session, record in zip(reviewed.sessions(), by_row(reviewed), strict=True):
            for item in session.items:
                decision = latest(session)[item.key]
                if decision.action in {"take", "auto"}:
                    taken = next(vote for vote in item.votes if vote.annotator == decision.taken[0])
                    marked = [(one.start, one.end, one.label, dict(one.attributes)) for one in taken.annotations]
                    assert [placed(span) for span in record["spans"] if item_of(session, span) == item.key] == marked

    def test_provenance_has_the_votes_that_the_annotators_records_hold(self, reviewed: Reviewed) -> None:
        own = {(one["doc_id"], one["annotator"]): one for one in map(json.loads, reviewed.before.splitlines())}
        for record in reviewed.gold:
            for span in record["spans"]:
                votes = span["provenance"]["votes"]
                assert [vote["annotator"] for vote in votes] == sorted(NAMES)
                for vote in votes:
                    spans = {one["id"]: one for one in own[record["doc_id"], vote["annotator"]]["spans"]}
                    assert [placed(one) for one in vote["spans"]] == [placed(spans[one["id"]]) for one in vote["spans"]]

    def test_provenance_names_the_reviewer_or_the_policy(self, reviewed: Reviewed) -> None:
        found = {
            (span["provenance"]["method"], span["provenance"]["reviewer"])
            for record in reviewed.gold
            for span in record["spans"]
        }
        assert found == {("auto:unanimous/1", ""), ("take", "lead"), ("edit", "lead")}

    def test_what_was_rejected_is_told_with_its_votes(self, reviewed: Reviewed) -> None:
        for session, record in zip(reviewed.sessions(), by_row(reviewed), strict=True):
            rejected = [item for item in session.items if latest(session)[item.key].action == "reject"]
            told = [json.dumps(one["votes"]) for one in record["decisions"]]
            assert sorted(told) == sorted(json.dumps(votes_to_plain(item.votes)) for item in rejected)
            assert told

    def test_a_relation_stands_between_spans_of_the_record(self, reviewed: Reviewed) -> None:
        relations = [(record, relation) for record in reviewed.gold for relation in record["relations"]]
        assert relations
        for record, relation in relations:
            labels = {span["id"]: span["label"] for span in record["spans"]}
            assert (labels[relation["head"]], labels[relation["tail"]]) == ("claim", "source")
            assert relation["provenance"]["votes"]

    def test_it_is_the_same_twice(self, reviewed: Reviewed) -> None:
        assert reviewed.exported("gold") == reviewed.exported("gold")


def by_row(reviewed: Reviewed) -> list[Record]:
    """The gold in the order of the sessions."""
    records = {record["doc_id"]: record for record in reviewed.gold}
    return [records[session.document.doc_id] for session in reviewed.sessions()]


def item_of(session: GoldSession, span: Record) -> str:
    return session.ledger.by_gold[span["id"]].item


def placed(span: Record) -> tuple[int, int, str, dict[str, str]]:
    return span["start"], span["end"], span["label"], {one["key"]: one["value"] for one in span["attributes"]}


class TestSimulatedAnnotators:
    def test_the_same_seed_gives_the_same_work_and_another_one_other_work(self) -> None:
        text = PAGE.read_text("utf-8")
        truth = true_work(text, NEWS, 1)
        one, again, other = (work_of(text, truth, NEWS, Random(seed)) for seed in (1, 1, 2))
        assert one == again
        assert one.annotations != other.annotations

    def test_who_never_errs_marks_the_truth(self) -> None:
        text = PAGE.read_text("utf-8")
        truth = true_work(text, NEWS, 1)
        perfect = work_of(text, truth, NEWS, Random(1), Rates(*[0.0] * 8))
        assert [replace(one, id="") for one in perfect.annotations] == [
            replace(one, id="") for one in truth.annotations
        ]
        assert len(perfect.relations) == len(truth.relations)
        assert truth.counts.keys() >= {"claim", "source"}

    def test_the_share_of_spans_that_are_as_they_should_be_follows_the_rates(self) -> None:
        text = PAGE.read_text("utf-8")
        truth = {(one.start, one.end, one.label, one.attributes) for one in true_work(text, NEWS, 1).annotations}
        kept = 0
        for seed in range(20):
            work = work_of(text, true_work(text, NEWS, 1), NEWS, Random(seed))
            kept += len(truth & {(one.start, one.end, one.label, one.attributes) for one in work.annotations})
        assert kept / (20 * len(truth)) == pytest.approx(0.72, abs=0.06)

    def test_real_pages_have_claims_with_sources_and_furniture_too(self) -> None:
        for page in sorted(shared_file("seeds").glob("*.txt")):
            truth = true_work(page.read_text("utf-8"), NEWS, 1)
            assert truth.counts.keys() == {"claim", "source", "boilerplate"}
            assert truth.relations

    def test_a_record_of_each_annotator_is_made_for_each_document(self, reviewed: Reviewed) -> None:
        documents = [session.document for session in reviewed.sessions()]
        records = list(records_of(documents, NEWS, 1))
        assert [(one["doc_id"], one["annotator"]) for one in records] == [
            (document.doc_id, name) for document in documents for name in NAMES
        ]
        assert {one["status"] for one in records} == {"done"}
