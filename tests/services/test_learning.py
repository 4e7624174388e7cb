"""Learning from the labels of a project, and which models run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from annotator.errors import OperationError, UsageError
from annotator.model.annotation import Status
from annotator.model.operations import Change, Operation
from annotator.services import learning
from annotator.services.learning import (
    finished_examples,
    is_due,
    learned_suggesters,
    measure_uncertainty,
    set_every,
    set_use,
    train_model,
)
from annotator.services.project import Project
from annotator.services.suggesters import chosen_suggesters, known_suggesters
from annotator.services.suggesting import all_documents, suggest
from annotator.store import models
from tests.support.learning import finished, project_of
from tests.support.projects import BODY, add, create, reopened, session, take_records
from tests.support.suggestions import loaded


DONE, LEFT = 12, 5


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has learned a model."""
    path = project_of(tmp_path_factory.mktemp("learned") / "annotator.db", DONE, LEFT)
    with reopened(path) as project:
        train_model(project)
    return path


@pytest.fixture
def project(trained: Path, tmp_path: Path) -> Iterator[Project]:
    shutil.copy(trained, tmp_path / "annotator.db")
    with reopened(tmp_path / "annotator.db") as project:
        yield project


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Project]:
    """A project with few finished documents."""
    with reopened(project_of(tmp_path / "small.db", 3, 1)) as project:
        yield project


def names(project: Project, **options: bool) -> list[str]:
    return [one.name for one in learned_suggesters(project, **options)]


class TestTraining:
    def test_the_model_is_kept_with_its_card(self, project: Project) -> None:
        with project.store.read() as connection:
            stored = models.latest(connection)
        assert stored is not None
        card = orjson.loads(stored.card)
        assert card["documents"] == DONE
        assert 2 <= len(card["held_out"]) < DONE / 2
        assert {"boilerplate", "claim", "source"} <= card["figures"].keys() & card["baseline"].keys()
        assert card["trained_at"].startswith("20")

    def test_too_few_documents_are_refused_with_a_hint_and_nothing_is_kept(self, small: Project) -> None:
        with pytest.raises(OperationError, match="there are 3") as caught:
            train_model(small)
        assert caught.value.hint
        with small.store.read() as connection:
            assert models.latest(connection) is None

    def test_training_that_is_stopped_keeps_the_model_before(self, project: Project) -> None:
        with pytest.raises(OperationError, match="stopped"):
            train_model(project, stop=lambda: True)
        assert names(project, all_of_them=True) == ["lines", "tokens"]

    def test_training_again_keeps_the_card_of_the_model_before_but_not_that_one(self, project: Project) -> None:
        train_model(project)
        with project.store.read() as connection:
            rows = connection.exec_driver_sql("SELECT length(card), length(data) FROM learned_model ORDER BY id").all()
        assert [(card > 0, data > 0) for card, data in rows] == [(True, False), (True, True)]

    def test_only_finished_documents_are_learned_from(self, project: Project) -> None:
        assert [one.view.doc_id for one in finished_examples(project)] == [f"page-{n}" for n in range(DONE)]

    def test_a_document_that_two_finished_is_learned_from_as_the_later_one_has_it(
        self, project: Project, tmp_path: Path
    ) -> None:
        take_records(project, tmp_path, finished(0, "nour"))
        desk = session(project, "page-0", "nour")
        gone = desk.state.annotations
        desk.execute(Operation("remove", tuple(Change(one, None) for one in gone[1:])))
        examples = list(finished_examples(project))
        assert len(examples) == DONE
        assert [(one.start, one.end) for one in examples[0].spans] == [(gone[0].start, gone[0].end)]

    def test_a_document_that_is_opened_again_is_not(self, project: Project) -> None:
        session(project, "page-0").execute(Operation("status", (Change(Status("done"), Status("flagged")),)))
        assert len(list(finished_examples(project))) == DONE - 1

    def test_examples_hold_what_the_annotator_made(self, project: Project) -> None:
        first = next(finished_examples(project))
        made = session(project, "page-0").state.annotations
        assert [(one.start, one.end, one.label) for one in first.spans] == [
            (one.start, one.end, one.label) for one in made
        ]


class TestUse:
    def test_no_model_is_no_suggester(self, small: Project) -> None:
        assert names(small) == names(small, all_of_them=True) == []

    def test_a_model_that_beats_the_rules_runs_and_another_does_not(
        self, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("annotator.suggest.learned.model.ModelCard.is_ahead", lambda _self, name: name == "lines")
        assert names(project) == ["lines"]
        assert "lines" in [one.name for one in known_suggesters(project).suggesters]

    def test_all_run_where_the_project_says_so(self, project: Project) -> None:
        set_use(project, "always")
        assert names(project) == ["lines", "tokens"]

    def test_none_runs_where_the_project_says_so_but_one_can_be_asked_for(self, project: Project) -> None:
        set_use(project, "never")
        assert names(project) == []
        assert [one.name for one in chosen_suggesters(project, ["tokens"])] == ["tokens"]

    def test_another_choice_is_refused(self, project: Project) -> None:
        with pytest.raises(UsageError, match="'now'") as caught:
            set_use(project, "now")
        assert caught.value.hint == "Choose among auto, always, never."

    def test_a_model_that_this_version_cannot_read_does_not_run(self, project: Project) -> None:
        with project.store.write() as connection:
            connection.exec_driver_sql("UPDATE learned_model SET data = x'00'")
        set_use(project, "always")
        assert names(project) == []
        assert measure_uncertainty(project) == 0

    def test_learned_suggestions_have_scores_and_the_models_version(self, project: Project) -> None:
        set_use(project, "always")
        suggest(project, learned_suggesters(project), all_documents(project)[:LEFT])
        found = loaded(project, f"page-{DONE}").suggestions
        assert {one.suggester for one in found} == {"lines", "tokens"}
        assert {one.origin.rpartition("@")[2] for one in found} == {learned_suggesters(project)[0].version}
        assert all(one.score is not None and 0.5 <= one.score <= 1 for one in found)


class TestDue:
    def test_never_unless_the_project_wants_it(self, project: Project) -> None:
        assert not is_due(project)

    def test_not_before_there_are_enough_to_learn_from(self, small: Project) -> None:
        set_every(small, 1)
        assert not is_due(small)

    def test_at_once_where_there_are_enough_and_no_model(self, tmp_path: Path) -> None:
        with reopened(project_of(tmp_path / "ten.db", 8)) as project:
            set_every(project, 5)
            assert is_due(project)

    def test_when_so_many_more_are_finished(self, project: Project, tmp_path: Path) -> None:
        set_every(project, 2)
        found = []
        for number in (20, 21):
            take_records(project, tmp_path / str(number), finished(number))
            found.append(is_due(project))
        assert found == [False, True]

    def test_a_document_that_two_finished_counts_once(self, project: Project, tmp_path: Path) -> None:
        set_every(project, 1)
        take_records(project, tmp_path, finished(0, "nour"))
        assert not is_due(project)

    def test_a_negative_number_is_refused(self, project: Project) -> None:
        with pytest.raises(UsageError, match="not negative"):
            set_every(project, -1)


class TestUncertainty:
    def values(self, project: Project) -> dict[int, float]:
        with project.store.read() as connection:
            return models.uncertainties(connection)

    def test_it_is_worked_out_for_all_documents_once(self, project: Project) -> None:
        assert (measure_uncertainty(project), measure_uncertainty(project)) == (DONE + LEFT, 0)
        assert list(self.values(project)) == all_documents(project)
        assert all(0 <= value <= 1 for value in self.values(project).values())

    def test_without_a_model_there_is_none(self, small: Project) -> None:
        assert (measure_uncertainty(small), self.values(small)) == (0, {})

    def test_a_document_unlike_all_others_is_more_uncertain(self, project: Project, tmp_path: Path) -> None:
        odd = "\n".join(["هل من مزيد؟ عاجل | صور", "حوار: ما الذي جرى؟ ج: لا أدري.", "قلت له: نعم! ثم مضى…"])
        take_records(project, tmp_path, {"id": "odd", "text": odd})
        measure_uncertainty(project)
        values = self.values(project)
        assert values[all_documents(project)[-1]] > sorted(values.values())[len(values) // 2]

    def test_it_can_be_stopped_and_goes_on_later(self, project: Project) -> None:
        assert measure_uncertainty(project, on_document=lambda done: done == 3) == 3
        assert len(self.values(project)) == 3
        assert measure_uncertainty(project, most=4) == 4
        assert measure_uncertainty(project) == DONE + LEFT - 7

    def test_a_new_model_forgets_what_the_one_before_thought(self, project: Project) -> None:
        measure_uncertainty(project)
        train_model(project)
        assert self.values(project) == {}

    def test_what_another_process_has_replaced_meanwhile_is_not_stored(
        self, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(learning, "PIECE", 4)

        def replace(done: int) -> bool:
            if done == 6:
                with project.store.write() as connection:
                    models.add(connection, "{}", b"", "2026-01-01T00:00:00.000Z")
            return False

        assert measure_uncertainty(project, on_document=replace) == 4
        assert self.values(project) == {}


def test_a_project_without_documents_has_nothing_to_learn_from(tmp_path: Path) -> None:
    with create(tmp_path / "annotator.db") as project:
        take_records(project, tmp_path, {"id": "a", "text": BODY})
        session(project, "a").execute(add("m", 0, 3))
        with pytest.raises(OperationError):
            train_model(project)
