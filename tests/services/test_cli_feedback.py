"""`annotator feedback`."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from annotator.agreement.decisions import Ruling
from annotator.services.adjudicating import GoldSession
from annotator.services.looking import find_document
from tests.support.cli import annotator
from tests.support.projects import BODY, CLAIM, SOURCE, project_with, record, reopened, span


SHORT_CLAIM = (CLAIM[0], CLAIM[1] - len(" انخفضت"))
QUOTED = {"attributes": [{"key": "quote", "value": "indirect"}]}


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(getpass, "getuser", lambda: "salma")
    relation = {"id": "r", "label": "attributed_to", "head": "c", "tail": "s"}
    claim, source = span(*CLAIM, id="c", **QUOTED), span(*SOURCE, "source", id="s")
    shorter = span(*SHORT_CLAIM, id="c", **QUOTED)
    return project_with(
        tmp_path / "annotator.db",
        record(doc_id="a", title="الأسعار", text=BODY, spans=[claim, source], document_labels=["opinion"]),
        record(doc_id="a", text=BODY, spans=[shorter, source], relations=[relation], annotator="nour"),
    )


def decide(db: Path, *, note: str = "") -> str:
    """A reviewer takes all of nour's versions; the time of the decision on the claim."""
    with reopened(db) as project:
        review = GoldSession(project, "huda", find_document(project, "a"))
        rulings = []
        for item in review.items:
            vote = next(vote for vote in item.votes if vote.annotator == "nour")
            has_any = vote.annotations or vote.document_labels
            rulings.append(
                Ruling(item, "take", ("nour",), "guideline", "بلا الفعل") if has_any else Ruling(item, "reject")
            )
        review.settle(rulings)
        if note:
            review.send_back("salma", note)
        return next(decision.at for decision in review.ledger.decisions if decision.kind == "boundary")


def test_before_any_decision_it_says_so(db: Path) -> None:
    result = annotator("feedback", db=db)
    assert (result.code, result.text) == (0, "salma: no reviewer has decided anything about this work yet\n")


def test_who_is_not_in_the_project_is_told_the_same(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "zayd")
    assert annotator("feedback", db=db).text.startswith("zayd: no reviewer has decided anything")


def test_a_name_that_is_nobodys_is_refused(db: Path) -> None:
    result = annotator("feedback", "--who", "zayd", db=db)
    assert result.code == 2
    assert "there is no annotator 'zayd'" in result.err


def test_people_read_what_was_theirs_what_is_gold_and_why(db: Path) -> None:
    at = decide(db)[:10]
    assert annotator("feedback", db=db).text.splitlines() == [
        "salma: 3 items decided, 1 kept, 2 changed",
        "document label 1, boundary 1",
        "",
        "a: الأسعار",
        "document  document label",
        "  yours: opinion",
        "  gold: nothing",
        f"  (huda, {at})",
        "14–28  boundary",
        f"  yours: claim (quote=indirect)  {BODY[slice(*CLAIM)]}",
        f"  gold: claim (quote=indirect)  {BODY[slice(*SHORT_CLAIM)]}",
        f"  gold: → attributed_to  {BODY[slice(*SOURCE)]}",
        f"  because: against the guideline: بلا الفعل (huda, {at})",
    ]


def test_what_is_kept_needs_no_more_than_its_number(db: Path) -> None:
    decide(db)
    assert annotator("feedback", "--who", "NOUR", db=db).text == "nour: 2 items decided, 2 kept, 0 changed\n"


def test_documents_sent_back_stand_before_the_changes(db: Path) -> None:
    at = decide(db, note="المصدر ناقص")[:10]
    lines = annotator("feedback", db=db).text.splitlines()
    assert lines[3:5] == ["sent back: a: الأسعار", f"  المصدر ناقص (huda, {at})"]


def test_json_has_everything(db: Path) -> None:
    at = decide(db, note="ن")
    found = annotator("feedback", "--json", db=db).json
    assert {key: found[key] for key in ("annotator", "decided", "kept", "changed", "kinds")} == {
        "annotator": "salma",
        "decided": 3,
        "kept": 1,
        "changed": 2,
        "kinds": {"boundary": 1, "document label": 1},
    }
    assert [(one["id"], one["note"], one["reviewer"], one["settled_at"]) for one in found["sent_back"]] == [
        ("a", "ن", "huda", None)
    ]
    claim = {"start": CLAIM[0], "label": "claim", **QUOTED}
    assert found["corrections"][1] == {
        "id": "a",
        "title": "الأسعار",
        "start": CLAIM[0],
        "end": CLAIM[1],
        "kind": "boundary",
        "edge": "end",
        "trivial": False,
        "yours": {
            "spans": [claim | {"end": CLAIM[1], "text": BODY[slice(*CLAIM)]}],
            "relations": [],
            "document_labels": [],
        },
        "gold": {
            "spans": [claim | {"end": SHORT_CLAIM[1], "text": BODY[slice(*SHORT_CLAIM)]}],
            "relations": [{"label": "attributed_to", "end": "head", "other": BODY[slice(*SOURCE)], "attributes": []}],
            "document_labels": [],
        },
        "reason": "guideline",
        "comment": "بلا الفعل",
        "reviewer": "huda",
        "policy": "",
        "guideline": 1,
        "at": at,
    }


def test_no_other_annotator_is_named(db: Path) -> None:
    decide(db)
    for options in ([], ["--json"]):
        assert "nour" not in annotator("feedback", *options, db=db).text


def test_the_list_of_documents_says_returned(db: Path) -> None:
    decide(db, note="ن")
    (listed,) = annotator("documents", "--json", db=db).json
    assert listed["status"] == "returned"
    assert annotator("documents", db=db).text.splitlines()[1].split()[:2] == ["a", "returned"]
    assert annotator("show", "a", "--json", db=db).json["status"] == "open"


def test_the_numbers_of_annotators_stay_as_they_were(db: Path) -> None:
    before = annotator("status", "--json", db=db).json, annotator("annotators", "--json", db=db).json
    with reopened(db) as project:
        GoldSession(project, "nour", find_document(project, "a")).send_back("salma", "ن")
    assert (annotator("status", "--json", db=db).json, annotator("annotators", "--json", db=db).json) == before
