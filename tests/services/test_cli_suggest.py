"""`annotator suggest`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from annotator.model.accepting import accept
from annotator.services import learning
from annotator.services.copies import is_outdated
from annotator.services.visibility import visibility
from annotator.store import models, settings
from annotator.suggest.contract import DocumentView, Proposals
from annotator.suggest.plugins import Problem
from tests.support.cli import annotator, program
from tests.support.learning import project_of
from tests.support.projects import BODY, CLAIM, add, project_with, reopened, session, take_records, write
from tests.support.suggesters import Fixed, proposal
from tests.support.suggestions import loaded, put, suggestion


ANSWER = Proposals((proposal(CLAIM),))

PROGRAM = """
import json, sys
for line in sys.stdin:
    request = json.loads(line)
    start = request["text"].index("الأسعار")
    span = {"start": start, "end": start + 7, "label": "claim", "reason": "prices", "score": 0.7}
    print(json.dumps({"id": request["id"], "version": "3", "spans": [span]}), flush=True)
"""


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return project_with(tmp_path / "annotator.db", *({"id": name, "text": f"{BODY}\n{name}"} for name in "abc"))


@pytest.fixture
def script(tmp_path: Path) -> str:
    """A program that suggests prices, as an option names it."""
    return f"prices={sys.executable} {write(tmp_path / 'prices.py', PROGRAM)}"


@pytest.fixture
def plugins(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The plug-ins that seem to be installed."""
    found: list[Any] = []
    monkeypatch.setattr("annotator.services.suggesters.load_plugins", lambda: (found, []))
    return found


def whose(db: Path, doc_id: str = "a") -> set[str]:
    """The origins of what is suggested for a document."""
    with reopened(db) as project:
        return {one.origin for one in loaded(project, doc_id).suggestions}


def setting(db: Path, name: str) -> str:
    with reopened(db) as project, project.store.read() as connection:
        return settings.get(connection, name)


class TestRunning:
    def test_the_rules_look_at_all_documents_and_a_table_says_what_they_found(self, db: Path) -> None:
        result = annotator("suggest", db=db)
        first, head, *rows = result.text.splitlines()
        assert (result.code, first) == (0, "looked at: 3 documents")
        assert head.split() == ["suggester", "label", "suggestions"]
        assert {tuple(row.split()[:2]) for row in rows} >= {("attribution", "claim"), ("attribution", "source")}
        assert any(origin.startswith("attribution@") for origin in whose(db))

    def test_a_second_time_only_what_is_new_is_looked_at(self, db: Path, tmp_path: Path) -> None:
        annotator("suggest", db=db)
        assert annotator("suggest", db=db).text == "looked at: 0 documents\n"
        with reopened(db) as project:
            take_records(project, tmp_path / "new", {"id": "late", "text": f"{BODY}\nlate"})
        assert annotator("suggest", db=db).text.startswith("looked at: 1 document\n")
        assert whose(db, "late")

    def test_all_are_looked_at_again_when_that_is_asked_for(self, db: Path) -> None:
        annotator("suggest", db=db)
        before = whose(db)
        assert annotator("suggest", "--again", db=db).text.startswith("looked at: 3 documents\n")
        assert whose(db) == before

    def test_one_line_of_json(self, db: Path, plugins: list[Any]) -> None:
        plugins.append(Fixed(ANSWER, "mine"))
        result = annotator("suggest", "--suggester", "mine", "--json", db=db)
        assert result.json == {
            "documents": 3,
            "suggestions": [{"suggester": "mine", "label": "claim", "n": 3}],
            "refused": [],
            "failures": [],
            "copies": 0,
        }

    def test_only_the_suggester_that_is_named(self, db: Path, plugins: list[Any]) -> None:
        plugins.append(Fixed(ANSWER, "mine"))
        annotator("suggest", "--suggester", "mine", db=db)
        assert whose(db) == {"mine@1"}

    def test_an_unknown_suggester_is_refused_with_those_there_are(self, db: Path) -> None:
        result = annotator("suggest", "--suggester", "magic", db=db)
        assert result.code == 2
        assert "there is no suggester 'magic'" in result.err
        assert "Known are: attribution, furniture, spillover" in result.err

    def test_copies_alone_look_for_copies_only(self, db: Path) -> None:
        result = annotator("suggest", "--suggester", "copies", "--again", db=db)
        assert (result.code, result.text) == (0, "looked at: 0 documents\n")
        with reopened(db) as project:
            assert not is_outdated(project)
        assert whose(db) == set()

    def test_labels_of_copies_are_taken_along(self, db: Path) -> None:
        text = "قال وزير النقل سامر الحداد إن الجسر الجديد سيفتح أمام السيارات قبل نهاية العام الجاري."
        with reopened(db) as project:
            take_records(project, db.parent / "x", *({"id": name, "text": f"{text}\n{name}"} for name in "xy"))
            session(project, "x").execute(add("m", 4, 14))
        result = annotator("suggest", db=db)
        assert result.text.endswith("labels of copies were taken to 1 document\n")
        assert annotator("suggest", "--json", db=db).json["copies"] == 1
        assert "copies@1" in whose(db, "y")

    def test_a_suggester_that_fails_is_named_and_the_others_are_kept(self, db: Path, plugins: list[Any]) -> None:
        def fail(_view: DocumentView) -> Proposals:
            raise ValueError("no model")

        plugins += [Fixed(fail, "broken"), Fixed(ANSWER, "mine")]
        result = annotator("suggest", db=db)
        assert (result.code, result.err) == (0, "broken: ValueError: no model (in 3 documents)\n")
        assert "mine@1" in whose(db)

    def test_one_that_failed_is_tried_again_the_next_time(self, db: Path, plugins: list[Any]) -> None:
        answers: list[Any] = [ValueError("no model")]

        def answer(_view: DocumentView) -> Proposals:
            if answers:
                raise answers[0]
            return ANSWER

        plugins.append(Fixed(answer, "mine"))
        annotator("suggest", db=db)
        answers.clear()
        assert annotator("suggest", "--json", db=db).json["failures"] == []
        assert "mine@1" in whose(db)

    def test_proposals_that_are_refused_are_counted(self, db: Path, plugins: list[Any]) -> None:
        plugins.append(Fixed(Proposals((proposal((0, 9999)),)), "mine"))
        assert "mine: 3 proposals refused: 0–9999 lies outside" in annotator("suggest", db=db).err

    def test_a_plug_in_that_cannot_be_used_is_named(self, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        problem = Problem("noisy (noisy-package)", "ImportError: no numpy")
        monkeypatch.setattr("annotator.services.suggesters.load_plugins", lambda: ([], [problem]))
        result = annotator("suggest", db=db)
        assert (result.code, result.err) == (0, "plug-in noisy (noisy-package) cannot be used: ImportError: no numpy\n")

    def test_without_a_database_there_is_nothing_to_do(self, tmp_path: Path) -> None:
        assert annotator("suggest", db=tmp_path / "none.db").code == 4

    def test_on_a_terminal_it_counts(self, db: Path) -> None:
        result = annotator("suggest", db=db, tty=True)
        assert "\r3 documents" in result.err

    def test_as_a_program_of_its_own(self, db: Path) -> None:
        result = program("suggest", "--json", db=db)
        assert (result.code, result.err, result.json["documents"]) == (0, "", 3)


class TestPrograms:
    def test_a_program_is_a_suggester_with_the_version_that_it_says(self, db: Path, script: str) -> None:
        result = annotator("suggest", "--program", script, db=db)
        assert (result.code, result.err) == (0, "")
        assert "prices@3" in whose(db)

    def test_it_looks_at_all_documents_each_time(self, db: Path, script: str) -> None:
        annotator("suggest", "--program", script, db=db)
        assert annotator("suggest", "--program", script, "--json", db=db).json["documents"] == 3

    def test_alone_where_only_others_are_named(self, db: Path, script: str, plugins: list[Any]) -> None:
        plugins.append(Fixed(ANSWER, "mine"))
        annotator("suggest", "--program", script, "--suggester", "mine", db=db)
        assert whose(db) == {"mine@1", "prices@3"}

    @pytest.mark.parametrize(
        "text",
        ["prices", "prices=", "prices='", "=python3", "Prices=python3", "furniture=python3", "copies=python3"],
    )
    def test_an_option_that_names_no_program_is_refused(self, db: Path, text: str) -> None:
        result = annotator("suggest", "--program", text, db=db)
        assert result.code == 2
        assert result.err.count("\n") == 2

    def test_a_program_that_is_not_there_fails_and_the_rules_go_on(self, db: Path) -> None:
        result = annotator("suggest", "--program", "ghost=/no/such/program", db=db)
        assert result.code == 0
        assert result.err.startswith("ghost: ")
        assert any(origin.startswith("attribution@") for origin in whose(db))

    def test_one_that_is_too_late_is_ended(self, db: Path, tmp_path: Path) -> None:
        slow = write(tmp_path / "slow.py", "import time\ntime.sleep(60)\n")
        result = annotator("suggest", "--program", f"slow={sys.executable} {slow}", "--timeout", "0.2", db=db)
        assert (result.code, result.err.split(":")[0]) == (0, "slow")

    def test_a_time_limit_that_cannot_be_is_refused(self, db: Path, script: str) -> None:
        assert annotator("suggest", "--program", script, "--timeout", "0", db=db).code == 2


class TestSettings:
    def test_who_sees_suggestions(self, db: Path) -> None:
        result = annotator("suggest", "--show", "first", db=db)
        assert (result.code, result.out) == (0, b"")
        assert result.err == "suggestions are shown to: whoever comes to a document first, and nobody after them\n"
        with reopened(db) as project:
            assert visibility(project) == "first"

    def test_a_setting_alone_runs_nothing(self, db: Path) -> None:
        annotator("suggest", "--show", "nobody", "--learned", "never", "--train-every", "50", db=db)
        assert whose(db) == set()
        assert (setting(db, "learned"), setting(db, "train_every")) == ("never", "50")

    def test_a_setting_beside_another_wish_runs_too(self, db: Path) -> None:
        assert annotator("suggest", "--show", "first", "--again", db=db).text.startswith("looked at: 3")

    @pytest.mark.parametrize(
        "words", [("--show", "some"), ("--learned", "now"), ("--train-every", "-1"), ("--train-every", "x")]
    )
    def test_what_cannot_be_is_refused(self, db: Path, words: tuple[str, str]) -> None:
        assert annotator("suggest", *words, db=db).code == 2


class TestReport:
    @pytest.fixture
    def answered(self, db: Path) -> Path:
        with reopened(db) as project:
            put(project, "a", [suggestion("c1", *CLAIM), suggestion("c2", 0, 3)])
            desk = session(project, "a")
            chosen = [desk.suggested.by_id["c1"]]
            desk.execute(accept(desk.state, desk.schema, chosen, desk.suggested, len(BODY))[0])
        return db

    def test_a_table_of_what_became_of_them(self, answered: Path) -> None:
        result = annotator("suggest", "--report", db=answered)
        head, row = (line.split() for line in result.text.splitlines())
        assert head == ["origin", "label", "accepted", "edited", "rejected", "waiting", "precision"]
        assert row == ["attribution@1", "claim", "1", "0", "0", "1", "1.00"]

    def test_as_json(self, answered: Path) -> None:
        counts = {"accepted": 1, "edited": 0, "rejected": 0, "waiting": 1, "precision": 1.0}
        result = annotator("suggest", "--report", "--json", db=answered)
        assert result.json == [{"origin": "attribution@1", "label": "claim"} | counts]

    def test_nothing_is_run(self, answered: Path) -> None:
        annotator("suggest", "--report", db=answered)
        assert whose(answered, "b") == set()

    def test_of_a_new_project_it_is_empty(self, db: Path) -> None:
        assert annotator("suggest", "--report", "--json", db=db).json == []
        assert annotator("suggest", "--report", db=db).text.split()[0] == "origin"


class TestTraining:
    def test_too_few_documents_are_an_error_with_a_hint(self, db: Path) -> None:
        result = annotator("suggest", "--train", db=db)
        assert (result.code, result.out) == (3, b"")
        assert "a model needs at least 8 finished documents; there are 0" in result.err
        assert "Finish some more" in result.err

    def test_the_model_is_told_with_its_held_out_figures_and_then_used(self, tmp_path: Path) -> None:
        db = project_of(tmp_path / "learning.db", 10, 2)
        result = annotator("suggest", "--train", "--learned", "always", db=db)
        assert result.code == 0
        first, head, *rest = result.text.splitlines()
        assert first.startswith("learned from 10 documents in ")
        assert "held out: 2 documents" in first
        assert head.split() == ["label", "F1", "of", "model", "rules"]
        assert {line.split()[0] for line in rest} >= {"boilerplate", "claim", "source", "model"}
        assert {one.split("@")[0] for one in whose(db, "page-11")} & {"lines", "tokens"}
        with reopened(db) as project, project.store.read() as connection:
            assert len(models.uncertainties(connection)) == 12

    def test_as_json_it_is_one_value_with_the_card(self, tmp_path: Path) -> None:
        db = project_of(tmp_path / "learning.db", 8, 1)
        found = annotator("suggest", "--train", "--json", db=db).json
        assert (found["documents"], found["model"]["documents"]) == (9, 8)
        assert found["model"]["figures"].keys() == {"boilerplate", "claim", "source"}

    def test_training_uses_no_rules_where_one_breaks(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        db = project_of(tmp_path / "learning.db", 8)
        monkeypatch.setattr(learning, "rule_suggesters", list)
        result = annotator("suggest", "--train", db=db)
        assert result.text.splitlines()[1].split() == ["label", "F1", "of", "model"]
