"""Who sees suggestions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import UsageError
from annotator.services.project import Project
from annotator.services.session import AnnotationSession
from annotator.services.visibility import set_visibility, visibility
from annotator.store import annotators
from tests.support.projects import BODY, CLAIM, add, create, reopened, session, take_records
from tests.support.suggestions import put, suggestion


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create(tmp_path / "annotator.db") as project:
        take_records(project, tmp_path, {"id": "a", "text": BODY}, {"id": "b", "text": BODY})
        for name in "ab":
            put(project, name, [suggestion("c1", *CLAIM)])
        yield project


def sees(desk: AnnotationSession) -> list[str]:
    return [one.id for one in desk.suggested.suggestions]


def test_all_see_suggestions_where_nothing_else_was_set(project: Project) -> None:
    assert visibility(project) == "all"
    assert sees(session(project, "a")) == sees(session(project, "a", "nour")) == ["c1"]


def test_nobody_sees_any_where_that_was_set(project: Project) -> None:
    set_visibility(project, "nobody")
    desk = session(project, "a")
    assert (sees(desk), desk.pending.suggestions) == ([], ())


def test_nobody_also_means_those_who_saw_some_before(project: Project) -> None:
    session(project, "a")
    set_visibility(project, "nobody")
    assert sees(session(project, "a")) == []


def test_the_choice_is_kept_in_the_project(project: Project) -> None:
    set_visibility(project, "first")
    with reopened(project.path) as other:
        assert visibility(other) == "first"


def test_another_choice_is_refused(project: Project) -> None:
    with pytest.raises(UsageError, match="'some'") as caught:
        set_visibility(project, "some")
    assert caught.value.hint == "Choose among all, first, nobody."
    assert visibility(project) == "all"


class TestFirst:
    @pytest.fixture(autouse=True)
    def _first(self, project: Project) -> None:
        set_visibility(project, "first")

    def test_the_first_annotator_of_a_document_sees_suggestions_and_no_other(self, project: Project) -> None:
        session(project, "a").execute(add("m", 0, 3))
        assert sees(session(project, "a", "nour")) == []

    def test_each_document_has_its_own_first_annotator(self, project: Project) -> None:
        session(project, "a").execute(add("m", 0, 3))
        assert sees(session(project, "b", "nour")) == ["c1"]
        assert sees(session(project, "b")) == []

    def test_who_saw_suggestions_was_there_first_also_without_doing_anything(self, project: Project) -> None:
        session(project, "a")
        assert sees(session(project, "a", "nour")) == []

    def test_who_came_while_there_were_no_suggestions_and_only_looked_was_not_there(
        self, project: Project, tmp_path: Path
    ) -> None:
        take_records(project, tmp_path, {"id": "c", "text": BODY})
        session(project, "c")
        put(project, "c", [suggestion("c1", *CLAIM)])
        assert sees(session(project, "c", "nour")) == ["c1"]

    def test_who_saw_suggestions_sees_them_still_when_others_come(self, project: Project) -> None:
        session(project, "a")
        session(project, "a", "nour").execute(add("m", 0, 3))
        assert sees(session(project, "a")) == ["c1"]

    def test_what_all_saw_before_the_choice_stays_in_their_sight(self, project: Project) -> None:
        set_visibility(project, "all")
        session(project, "a")
        session(project, "a", "nour").execute(add("m", 0, 3))
        set_visibility(project, "first")
        assert sees(session(project, "a")) == sees(session(project, "a", "nour")) == ["c1"]
        assert sees(session(project, "a", "huda")) == []

    def test_what_the_second_annotator_may_not_see_is_not_said_to_have_been_shown(self, project: Project) -> None:
        session(project, "a").execute(add("m", 0, 3))
        session(project, "a", "nour")
        with project.store.read() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM shown").scalar_one() == 1

    def test_the_gold_is_nobody(self, project: Project) -> None:
        with project.store.write() as connection:
            gold = annotators.ensure_gold(connection, "2026-01-01T00:00:00.000Z")
            connection.exec_driver_sql(
                f"INSERT INTO progress (annotator_id, document_id, status, note, changed_at)"
                f" SELECT {gold}, id, 'open', '', '' FROM document"
            )
        assert sees(session(project, "a")) == ["c1"]


class TestCopies:
    @pytest.fixture
    def rows(self, project: Project) -> dict[str, int]:
        """The rows of two annotators; each of them labelled a copy of a."""
        with project.store.write() as connection:
            known = {name: annotators.ensure(connection, name, "2026-01-01") for name in ("salma", "nour")}
        found = [suggestion(f"of {name}", place, place + 2, origin="copies@1") for place, name in enumerate(known)]
        put(project, "a", found, suggester="copies", made_by={f"of {name}": row for name, row in known.items()})
        return known

    @pytest.mark.usefixtures("rows")
    def test_all_see_what_rests_on_the_labels_of_others(self, project: Project) -> None:
        assert sees(session(project, "a")) == ["of salma", "of nour", "c1"]

    @pytest.mark.usefixtures("rows")
    def test_the_first_annotator_sees_what_rests_on_their_own_labels_only(self, project: Project) -> None:
        set_visibility(project, "first")
        assert sees(session(project, "a")) == ["of salma", "c1"]

    @pytest.mark.usefixtures("rows")
    def test_who_is_nobody_of_them_sees_neither(self, project: Project) -> None:
        set_visibility(project, "first")
        assert sees(session(project, "a", "huda")) == ["c1"]
