"""Suggestions in the database: storing, answering, and what an annotator sees of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import StoreError
from annotator.model.accepting import accept, accept_as, reject, with_other_span
from annotator.model.annotation import Status
from annotator.model.operations import Change, Operation
from annotator.model.suggestion import SuggestedRelation, Suggestion
from annotator.services.exporting import ExportOptions, records
from annotator.services.looking import find_document, show
from annotator.services.maintenance import check
from annotator.services.project import Project
from annotator.services.session import AnnotationSession
from annotator.services.suggestion_report import suggestion_report
from annotator.store import settings, suggestions
from tests.support.projects import BODY, CLAIM, RAW, SOURCE, add, create, reopened, session, take_records
from tests.support.suggestions import loaded, put, suggestion


THE_CLAIM = suggestion("c1", *CLAIM, score=0.5, evidence="قال", attributes=(("quote", "direct"),))
THE_SOURCE = suggestion("s1", *SOURCE, "source")
ATTRIBUTED = SuggestedRelation("attributed_to", "c1", "s1")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create(tmp_path / "annotator.db") as project:
        take_records(project, tmp_path, {"id": "a", "text": RAW}, {"id": "b", "text": BODY})
        yield project
        assert check(project) == []


@pytest.fixture
def desk(project: Project) -> AnnotationSession:
    """An annotator before a document with a claim, its source and their relation suggested."""
    put(project, "a", [THE_CLAIM, THE_SOURCE], related=[ATTRIBUTED])
    return session(project, "a")


def ids(some: list[Suggestion] | tuple[Suggestion, ...]) -> list[str]:
    return [one.id for one in some]


def accept_in(desk: AnnotationSession, *which: str) -> None:
    """Accept suggestions by their ids."""
    chosen = [desk.suggested.by_id[one] for one in which]
    desk.execute(accept(desk.state, desk.schema, chosen, desk.suggested, len(desk.document.text))[0])


def reject_in(desk: AnnotationSession, *which: str) -> None:
    """Reject suggestions by their ids."""
    desk.execute(reject([desk.suggested.by_id[one] for one in which]))


class TestStoring:
    def test_everything_about_a_suggestion_comes_back(self, project: Project) -> None:
        put(project, "a", [THE_CLAIM, THE_SOURCE], related=[ATTRIBUTED])
        found = loaded(project, "a")
        assert (found.suggestions, found.relations) == ((THE_SOURCE, THE_CLAIM), (ATTRIBUTED,))

    def test_suggestions_belong_to_one_document(self, project: Project) -> None:
        put(project, "a", [THE_CLAIM])
        assert loaded(project, "b").suggestions == ()

    def test_what_a_suggester_says_again_takes_the_place_of_what_it_said(self, project: Project) -> None:
        put(project, "a", [THE_CLAIM, THE_SOURCE], related=[ATTRIBUTED])
        put(project, "a", [suggestion("c2", 0, 3, origin="attribution@2")], version="2")
        found = loaded(project, "a")
        assert (ids(found.suggestions), found.relations) == (["c2"], ())

    def test_other_suggesters_and_other_documents_are_left_alone(self, project: Project) -> None:
        put(project, "a", [THE_CLAIM])
        put(project, "b", [suggestion("c3", 0, 3)])
        put(project, "a", [suggestion("l1", 0, 3, origin="lines@x")], suggester="lines", version="x")
        put(project, "a", [])
        assert (ids(loaded(project, "a").suggestions), ids(loaded(project, "b").suggestions)) == (["l1"], ["c3"])

    def test_a_run_without_suggestions_is_a_look_too(self, project: Project) -> None:
        assert not session(project, "a").is_looked_at
        put(project, "a")
        assert session(project, "a").is_looked_at

    def test_a_failure_is_stored_and_what_was_said_before_stays(self, project: Project) -> None:
        put(project, "a", [THE_CLAIM])
        put(project, "a", failure="attribution: no room", version="2")
        with project.store.read() as connection:
            assert suggestions.failures(connection, find_document(project, "a")) == {
                "attribution": "attribution: no room"
            }
        assert ids(loaded(project, "a").suggestions) == ["c1"]

    def test_a_failure_is_over_when_it_works_again(self, project: Project) -> None:
        put(project, "a", failure="attribution: no room")
        put(project, "a", [THE_CLAIM])
        with project.store.read() as connection:
            assert suggestions.failures(connection, find_document(project, "a")) == {}

    def test_nothing_to_store_is_no_error(self, project: Project) -> None:
        with project.store.write() as connection:
            suggestions.put(connection, [], "2026-01-01T00:00:00.000Z")
        assert loaded(project, "a").suggestions == ()

    def test_the_same_relation_twice_is_stored_once(self, project: Project) -> None:
        put(project, "a", [THE_CLAIM, THE_SOURCE], related=[ATTRIBUTED, ATTRIBUTED])
        assert loaded(project, "a").relations == (ATTRIBUTED,)

    def test_documents_without_a_version_are_found_in_the_order_of_import(self, project: Project) -> None:
        put(project, "b")
        put(project, "a", version="2")
        a, b = find_document(project, "a"), find_document(project, "b")
        with project.store.read() as connection:
            assert suggestions.without(connection, {"attribution": "1"}) == [a]
            assert suggestions.without(connection, {"attribution": "2"}) == [b]
            assert suggestions.without(connection, {"attribution": "1", "lines": "1"}) == [a, b]
            assert suggestions.without(connection, {}) == []

    def test_documents_with_a_failure_count_as_looked_at_unless_asked_for(self, project: Project) -> None:
        put(project, "a", failure="attribution: no room")
        put(project, "b")
        with project.store.read() as connection:
            assert suggestions.without(connection, {"attribution": "1"}) == []
            wanted = suggestions.without(connection, {"attribution": "1"}, failed_too=True)
        assert wanted == [find_document(project, "a")]

    def test_a_setting_is_what_was_set_last(self, project: Project) -> None:
        with project.store.write() as connection:
            assert settings.get(connection, "colour", "none") == "none"
            settings.put(connection, "colour", "red")
            settings.put(connection, "colour", "blue")
            assert settings.get(connection, "colour") == "blue"


class TestAnswering:
    def test_accepting_is_one_operation_on_disk(self, project: Project, desk: AnnotationSession) -> None:
        accept_in(desk, "c1", "s1")
        with reopened(project.path) as other:
            again = session(other, "a")
            assert [one.id for one in again.state.annotations] == ["s1", "c1"]
            assert [(one.head, one.tail) for one in again.state.relations] == [("c1", "s1")]
            assert (again.pending.suggestions, len(again.history.undoable)) == ((), 1)
            assert check(other) == []

    def test_undo_gives_back_the_suggestions_and_redo_takes_them(
        self, project: Project, desk: AnnotationSession
    ) -> None:
        accept_in(desk, "c1", "s1")
        session(project, "a").undo()
        again = session(project, "a")
        assert (again.state.annotations, ids(again.pending.suggestions)) == ((), ["s1", "c1"])
        again.redo()
        assert session(project, "a").pending.suggestions == ()
        assert check(project) == []

    def test_rejecting_is_undone_the_same_way(self, project: Project, desk: AnnotationSession) -> None:
        reject_in(desk, "c1")
        assert ids(session(project, "a").pending.suggestions) == ["s1"]
        session(project, "a").undo()
        assert ids(session(project, "a").pending.suggestions) == ["s1", "c1"]

    def test_an_accepted_one_that_is_changed_and_removed_and_all_taken_back(
        self, project: Project, desk: AnnotationSession
    ) -> None:
        accept_in(desk, "c1")
        made = desk.state.annotation("c1")
        assert made is not None
        desk.execute(Operation("remove", (Change(made, None),)))
        assert (desk.pending.suggestions, check(project)) == ((THE_SOURCE,), [])
        desk.undo()
        desk.undo()
        assert ids(session(project, "a").pending.suggestions) == ["s1", "c1"]

    def test_where_it_cannot_be_written_neither_annotation_nor_answer_is_there(
        self, project: Project, desk: AnnotationSession
    ) -> None:
        with project.store.write() as connection:
            connection.exec_driver_sql(
                "CREATE TRIGGER full BEFORE INSERT ON answer BEGIN SELECT RAISE(ABORT, 'x'); END"
            )
        with pytest.raises(StoreError, match="refused"):
            accept_in(desk, "c1")
        with project.store.write() as connection:
            connection.exec_driver_sql("DROP TRIGGER full")
        again = session(project, "a")
        assert (again.state.annotations, ids(again.pending.suggestions)) == ((), ["s1", "c1"])

    def test_answers_are_ones_own(self, project: Project, desk: AnnotationSession) -> None:
        reject_in(desk, "c1", "s1")
        assert ids(session(project, "a", "nour").pending.suggestions) == ["s1", "c1"]

    def test_an_answered_one_outlives_what_its_suggester_says_later(
        self, project: Project, desk: AnnotationSession
    ) -> None:
        reject_in(desk, "c1")
        put(project, "a", [], version="2")
        assert loaded(project, "a").suggestions == ()
        desk.look_for_suggestions()
        desk.undo()
        assert desk.pending.suggestions == ()

    def test_a_new_version_that_says_the_same_finds_the_answer_there(
        self, project: Project, desk: AnnotationSession
    ) -> None:
        reject_in(desk, "c1")
        put(project, "a", [suggestion("c1", *CLAIM, origin="attribution@2"), THE_SOURCE], version="2")
        again = session(project, "a")
        assert (ids(again.suggested.suggestions), ids(again.pending.suggestions)) == (["s1", "c1"], ["s1"])

    def test_the_report_counts_an_answer_for_the_version_that_was_answered(
        self, project: Project, desk: AnnotationSession
    ) -> None:
        accept_in(desk, "c1")
        before = [one for one in suggestion_report(project) if one.label == "claim"]
        put(project, "a", [suggestion("c1", *CLAIM, origin="attribution@2"), THE_SOURCE], version="2")
        assert [one for one in suggestion_report(project) if one.label == "claim"] == before

    def test_an_annotation_that_was_imported_without_its_answer_is_not_suggested_again(
        self, project: Project, desk: AnnotationSession
    ) -> None:
        desk.execute(add("c1", 0, 3))
        assert ids(desk.pending.suggestions) == ["s1"]

    def test_what_comes_while_somebody_works_is_seen_at_the_next_look(self, project: Project) -> None:
        desk = session(project, "a")
        assert desk.pending.suggestions == ()
        put(project, "a", [THE_CLAIM])
        assert desk.pending.suggestions == ()
        assert desk.look_for_suggestions()
        assert (ids(desk.pending.suggestions), desk.is_looked_at) == (["c1"], True)
        assert not desk.look_for_suggestions()


class TestWhatIsTold:
    def shown(self, project: Project) -> list[tuple[str, str, object]]:
        """Annotator, document and what they saw, of every exported record."""
        found = records(project, ExportOptions())
        return [(one["annotator"], one["doc_id"], one.get("suggestions_shown")) for one in found]

    def test_what_was_in_sight_is_exported(self, project: Project, desk: AnnotationSession) -> None:
        put(project, "a", [suggestion("f1", 0, 3, "boilerplate", origin="furniture@1")], suggester="furniture")
        again = session(project, "a")
        reject_in(again, "f1")
        assert self.shown(project) == [("salma", "a", ["attribution@1", "furniture@1"])]

    def test_where_nothing_was_in_sight_nothing_is_said(self, project: Project) -> None:
        session(project, "b").execute(add("m", 0, 3))
        assert self.shown(project) == [("salma", "b", None)]

    def test_each_version_that_was_seen_is_told_and_the_first_time_is_kept(self, project: Project) -> None:
        times = iter(f"2026-01-0{number}T00:00:00.000Z" for number in range(1, 9))
        document = find_document(project, "a")
        for version in "112":
            put(project, "a", [suggestion("c1", *CLAIM, origin=f"attribution@{version}")], version=version)
            AnnotationSession(project, "salma", document, clock=lambda: next(times))
        with project.store.read() as connection:
            rows = connection.exec_driver_sql("SELECT origin, at FROM shown ORDER BY origin").all()
        assert [row[0] for row in rows] == ["attribution@1", "attribution@2"]
        assert rows[0][1] < rows[1][1]

    def test_looking_twice_writes_once(self, project: Project, desk: AnnotationSession) -> None:
        with project.store.write() as connection:
            connection.exec_driver_sql("CREATE TRIGGER once BEFORE INSERT ON shown BEGIN SELECT RAISE(ABORT, 'x'); END")
        desk.look_for_suggestions()
        session(project, "a")
        with project.store.write() as connection:
            connection.exec_driver_sql("DROP TRIGGER once")
            assert connection.exec_driver_sql("SELECT count(*) FROM shown").scalar_one() == 1

    def test_why_a_document_came_is_exported_and_the_first_reason_stays(self, project: Project) -> None:
        desk = session(project, "a")
        desk.note_sampled("random")
        desk.note_sampled("uncertain")
        desk.execute(add("m", 0, 3))
        session(project, "b").execute(add("m", 0, 3))
        found = {one["doc_id"]: one.get("sampled") for one in records(project, ExportOptions())}
        assert found == {"a": "random", "b": None}

    def test_show_lists_what_waits_with_places_in_the_raw_text(self, project: Project, desk: AnnotationSession) -> None:
        found = show(project, "a", "salma", raw=False)
        claim = next(one for one in found["suggestions"] if one["id"] == "c1")
        assert RAW[claim["raw_start"] : claim["raw_end"]] == BODY[slice(*CLAIM)]
        assert claim == claim | {
            "start": CLAIM[0],
            "end": CLAIM[1],
            "label": "claim",
            "score": 0.5,
            "origin": "attribution@1",
            "reason": "a verb of saying: قال",
            "attributes": [{"key": "quote", "value": "direct"}],
        }
        assert found["suggested_relations"] == [{"label": "attributed_to", "head": "c1", "tail": "s1"}]

    def test_show_leaves_out_what_is_answered_with_its_relations(
        self, project: Project, desk: AnnotationSession
    ) -> None:
        reject_in(desk, "c1")
        found = show(project, "a", "salma", raw=False)
        assert [one["id"] for one in found["suggestions"]] == ["s1"]
        assert found["suggested_relations"] == []


class TestReport:
    def counts(self, project: Project) -> dict[tuple[str, str], tuple[int, int, int, int]]:
        return {
            (one.origin, one.label): (one.accepted, one.edited, one.rejected, one.waiting)
            for one in suggestion_report(project)
        }

    def test_a_new_project_has_nothing_to_report(self, project: Project) -> None:
        assert suggestion_report(project) == []

    def test_what_nobody_answered_waits(self, project: Project, desk: AnnotationSession) -> None:
        labels = "claim", "source"
        assert self.counts(project) == {("attribution@1", label): (0, 0, 0, 1) for label in labels}

    def test_answers_are_counted_by_what_became_of_them(self, project: Project) -> None:
        put(project, "a", [suggestion(f"c{number}", number, number + 1) for number in range(5)])
        desk = session(project, "a")
        accept_in(desk, "c0", "c1")
        changed = with_other_span(desk.suggested.by_id["c2"], (10, 12), desk.schema)
        desk.execute(accept_as(desk.state, desk.schema, changed, desk.suggested, len(BODY)))
        reject_in(desk, "c3")
        gone = desk.state.annotation("c1")
        assert gone is not None
        desk.execute(Operation("remove", (Change(gone, None),)))
        assert self.counts(project) == {("attribution@1", "claim"): (1, 1, 2, 1)}
        assert suggestion_report(project)[0].precision == 0.25

    def test_an_edge_that_is_moved_later_is_an_edit_and_moved_back_it_is_none(self, project: Project) -> None:
        put(project, "a", [suggestion("c1", *CLAIM)])
        desk = session(project, "a")
        accept_in(desk, "c1")
        made = desk.state.annotation("c1")
        assert made is not None
        moved = with_other_span(desk.suggested.by_id["c1"], (CLAIM[0], CLAIM[1] - 1), desk.schema)
        desk.execute(Operation("move edge", (Change(made, moved),)))
        assert self.counts(project) == {("attribution@1", "claim"): (0, 1, 0, 0)}
        desk.undo()
        assert self.counts(project) == {("attribution@1", "claim"): (1, 0, 0, 0)}

    def test_every_annotator_counts(self, project: Project, desk: AnnotationSession) -> None:
        accept_in(desk, "c1")
        reject_in(session(project, "a", "nour"), "c1")
        assert self.counts(project)["attribution@1", "claim"] == (1, 0, 1, 0)

    def test_what_is_not_answered_has_no_precision(self, project: Project, desk: AnnotationSession) -> None:
        assert [one.precision for one in suggestion_report(project)] == [None, None]

    def test_a_status_is_no_answer(self, project: Project, desk: AnnotationSession) -> None:
        desk.execute(Operation("status", (Change(None, Status("flagged")),)))
        assert self.counts(project)["attribution@1", "claim"] == (0, 0, 0, 1)

    def test_in_a_finished_document_nothing_waits(self, project: Project, desk: AnnotationSession) -> None:
        desk.execute(Operation("status", (Change(None, Status("done")),)))
        assert suggestion_report(project) == []
