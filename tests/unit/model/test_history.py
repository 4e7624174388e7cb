from __future__ import annotations

from itertools import count
from typing import ClassVar

import pytest

from annotator.errors import OperationError
from annotator.model import edits
from annotator.model.annotation import Note, Status
from annotator.model.history import (
    History,
    HistoryItem,
    JournalEntry,
    entries_to,
    redo_entry,
    replay,
    timeline,
    undo_entry,
)
from annotator.model.operations import Change, Operation
from annotator.model.state import AnnotationState
from tests.support.model import CLAIM, SCHEMA, SOURCE, annotation, related


A, B, C = (annotation(letter, 0, 5, label) for letter, label in [("a", "claim"), ("b", "source"), ("c", "passage")])


def add(op_id: str, value: object) -> JournalEntry:
    return JournalEntry(op_id, Operation("add", (Change(None, value),)))  # type: ignore[arg-type]


def state_after(*entries: JournalEntry) -> AnnotationState:
    return replay(entries)[0]


def history_after(*entries: JournalEntry) -> History:
    return replay(entries)[1]


def undone(*entries: JournalEntry) -> list[JournalEntry]:
    """A journal and the entry that undoes its latest operation."""
    entry = undo_entry(history_after(*entries), f"undo after {len(entries)}")
    assert entry is not None
    return [*entries, entry]


def redone(*entries: JournalEntry) -> list[JournalEntry]:
    """A journal and the entry that redoes what was undone last."""
    entry = redo_entry(history_after(*entries), f"redo after {len(entries)}")
    assert entry is not None
    return [*entries, entry]


class TestUndo:
    def test_a_new_history_has_nothing_to_undo_or_redo(self) -> None:
        assert (undo_entry(History(), "u"), redo_entry(History(), "r")) == (None, None)

    def test_the_entry_holds_the_inverse_and_names_what_it_undoes(self) -> None:
        entry = undo_entry(history_after(add("1", A), add("2", B)), "u")
        assert entry == JournalEntry("u", Operation("add", (Change(B, None),)), "undo", "2")

    def test_operations_are_undone_last_first(self) -> None:
        journal = undone(add("1", A), add("2", B), add("3", C))
        assert state_after(*journal) == AnnotationState.of([A, B])
        assert state_after(*undone(*journal)) == AnnotationState.of([A])

    def test_when_all_is_undone_nothing_is_left(self) -> None:
        journal = undone(*undone(add("1", A), add("2", B)))
        assert state_after(*journal) == AnnotationState()
        assert undo_entry(history_after(*journal), "u") is None

    def test_an_undone_operation_can_be_redone_and_no_longer_undone(self) -> None:
        history = history_after(*undone(add("1", A), add("2", B)))
        assert history == History((add("1", A),), (add("2", B),))

    def test_many_changes_are_undone_at_once(self) -> None:
        both = JournalEntry("1", Operation("add", (Change(None, A), Change(None, B))))
        assert state_after(*undone(both)) == AnnotationState()

    def test_undoing_a_removal_brings_its_relations_back(self) -> None:
        start = JournalEntry("1", edits.imported(list(related().values.values())), "import")
        removal = JournalEntry("2", edits.remove(related(), "c"))
        assert state_after(start, removal).relations == ()
        assert state_after(*undone(start, removal)) == related()

    def test_undoing_a_relabel_brings_the_relations_that_it_broke_back(self) -> None:
        start = JournalEntry("1", edits.imported(list(related().values.values())), "import")
        relabel = JournalEntry("2", edits.relabel(related(), SCHEMA, "s", CLAIM))
        assert len(state_after(start, relabel).relations) == 1
        assert state_after(*undone(start, relabel)) == related()


class TestRedo:
    def test_the_entry_holds_the_operation_and_names_what_it_redoes(self) -> None:
        entry = redo_entry(history_after(*undone(add("1", A), add("2", B))), "r")
        assert entry == JournalEntry("r", add("2", B).operation, "redo", "2")

    def test_operations_are_redone_in_the_order_they_were_done_in(self) -> None:
        journal = redone(*undone(*undone(add("1", A), add("2", B))))
        assert state_after(*journal) == AnnotationState.of([A])
        assert state_after(*redone(*journal)) == AnnotationState.of([A, B])

    def test_when_all_is_redone_nothing_is_left_to_redo(self) -> None:
        history = history_after(*redone(*undone(add("1", A))))
        assert redo_entry(history, "r") is None

    def test_a_redone_operation_can_be_undone_again_by_its_own_id(self) -> None:
        entry = undo_entry(history_after(*redone(*undone(add("1", A)))), "u")
        assert entry is not None
        assert (entry.kind, entry.target) == ("undo", "1")

    def test_a_new_operation_leaves_nothing_to_redo(self) -> None:
        history = history_after(*undone(add("1", A), add("2", B)), add("3", C))
        assert history == History((add("1", A), add("3", C)))

    def test_redoing_a_removal_takes_its_relations_away_again(self) -> None:
        start = JournalEntry("1", edits.imported(list(related().values.values())), "import")
        removal = JournalEntry("2", edits.remove(related(), "c"))
        assert state_after(*redone(*undone(start, removal))) == state_after(start, removal)


class TestTimeline:
    TIMES: ClassVar = {"1": "2026-01-01T08:00:00+00:00", "2": "2026-01-01T08:00:05+00:00"}

    def test_an_empty_history_has_no_items(self) -> None:
        assert timeline(History(), {}) == ()

    def test_what_was_done_comes_oldest_first_with_its_time(self) -> None:
        first, second = add("1", A), add("2", B)
        assert timeline(history_after(first, second), self.TIMES) == (
            HistoryItem(1, first.operation, self.TIMES["1"], is_undone=False),
            HistoryItem(2, second.operation, self.TIMES["2"], is_undone=False),
        )

    def test_what_was_undone_comes_after_it_the_next_to_redo_first(self) -> None:
        items = timeline(history_after(*undone(*undone(add("1", A), add("2", B), add("3", C)))), {})
        assert [(one.position, one.operation.changes[0].after, one.is_undone) for one in items] == [
            (1, A, False),
            (2, B, True),
            (3, C, True),
        ]

    def test_undo_and_redo_are_no_items_and_change_no_time(self) -> None:
        history = history_after(*redone(*undone(add("1", A))))
        assert timeline(history, self.TIMES) == (HistoryItem(1, add("1", A).operation, self.TIMES["1"], False),)

    def test_an_operation_whose_time_is_not_known_has_none(self) -> None:
        assert [one.at for one in timeline(history_after(add("3", A)), self.TIMES)] == [""]


class TestEntriesTo:
    DONE = (add("1", A), add("2", B), add("3", C))

    @staticmethod
    def entries(position: int, *journal: JournalEntry) -> list[JournalEntry]:
        numbers = count()
        return entries_to(history_after(*journal), position, lambda: f"new {next(numbers)}")

    def test_going_back_undoes_the_latest_first(self) -> None:
        assert self.entries(1, *self.DONE) == [
            JournalEntry("new 0", self.DONE[2].operation.inverse, "undo", "3"),
            JournalEntry("new 1", self.DONE[1].operation.inverse, "undo", "2"),
        ]

    def test_going_forward_redoes_in_the_order_it_was_done_in(self) -> None:
        journal = undone(*undone(*self.DONE))
        assert self.entries(3, *journal) == [
            JournalEntry("new 0", self.DONE[1].operation, "redo", "2"),
            JournalEntry("new 1", self.DONE[2].operation, "redo", "3"),
        ]

    @pytest.mark.parametrize("position", [0, 1, 2, 3])
    def test_the_journal_then_folds_to_the_state_that_was_there(self, position: int) -> None:
        journal = undone(*self.DONE)
        there = [*journal, *self.entries(position, *journal)]
        assert state_after(*there) == state_after(*self.DONE[:position])
        assert len(history_after(*there).undoable) == position

    def test_there_is_nothing_to_do_at_the_present_place(self) -> None:
        assert self.entries(2, *undone(*self.DONE)) == []

    @pytest.mark.parametrize("position", [-1, 4])
    def test_a_place_beyond_the_ends_is_refused(self, position: int) -> None:
        with pytest.raises(OperationError, match=f"^the history has no place {position}$"):
            self.entries(position, *undone(*self.DONE))


class TestImport:
    IMPORT = JournalEntry("i", edits.imported([A]), "import")

    def test_an_import_is_in_the_state(self) -> None:
        assert state_after(self.IMPORT) == AnnotationState.of([A])

    def test_an_import_is_not_undone(self) -> None:
        assert history_after(self.IMPORT) == History()

    def test_undo_passes_over_an_import(self) -> None:
        assert state_after(*undone(add("1", B), self.IMPORT)) == AnnotationState.of([A])

    def test_an_import_leaves_what_can_be_redone(self) -> None:
        journal = redone(*undone(add("1", B)), self.IMPORT)
        assert state_after(*journal) == AnnotationState.of([A, B])

    def test_a_change_to_an_imported_annotation_can_be_undone(self) -> None:
        relabel = JournalEntry("1", edits.relabel(AnnotationState.of([A]), SCHEMA, "a", SOURCE))
        assert state_after(*undone(self.IMPORT, relabel)) == AnnotationState.of([A])

    def test_what_an_import_put_in_place_of_something_undone_does_not_stop_undo(self) -> None:
        done = JournalEntry("1", edits.set_status(AnnotationState(), "done"))
        reopened = JournalEntry("2", edits.set_status(AnnotationState.of([Status("done")]), "open"))
        flagged = JournalEntry("i", edits.imported([Status("flagged")]), "import")
        assert undo_entry(history_after(done, reopened, flagged), "u") is None
        assert undo_entry(history_after(add("0", A), done, reopened, flagged), "u") is not None


class TestReplay:
    def test_an_empty_journal_is_an_empty_document(self) -> None:
        assert replay([]) == (AnnotationState(), History())

    def test_any_iterable_will_do(self) -> None:
        assert replay(iter([add("1", A), add("2", B)])) == replay([add("1", A), add("2", B)])

    def test_it_agrees_with_a_history_kept_entry_by_entry(self) -> None:
        note = JournalEntry("i", edits.imported([Note("?")]), "import")
        journal = redone(*undone(*undone(add("1", A), note, add("2", B))))
        history = History()
        for entry in journal:
            history = history.after(entry)
        assert history == history_after(*journal)

    def test_replaying_in_two_parts_comes_to_the_same_history(self) -> None:
        journal = undone(add("1", A), add("2", B))
        assert history_after(*journal[:2]).after(journal[2]) == history_after(*journal)

    @pytest.mark.parametrize(
        "journal",
        [[add("1", A), add("2", A)], [JournalEntry("1", Operation("remove", (Change(A, None),)))]],
        ids=["added twice", "removed before it was there"],
    )
    def test_an_entry_that_does_not_fit_is_refused(self, journal: list[JournalEntry]) -> None:
        with pytest.raises(OperationError, match="has changed in the meantime"):
            replay(journal)

    @pytest.mark.parametrize("kind", ["undo", "redo"])
    def test_an_undo_or_redo_of_nothing_is_refused(self, kind: str) -> None:
        entry = JournalEntry("1", add("1", A).operation, kind, "0")  # type: ignore[arg-type]
        with pytest.raises(OperationError):
            replay([entry])

    @pytest.mark.parametrize("kind", ["undo", "redo"])
    def test_a_history_refuses_an_undo_or_redo_of_nothing(self, kind: str) -> None:
        with pytest.raises(OperationError):
            History().after(JournalEntry("1", add("1", A).operation, kind, "0"))  # type: ignore[arg-type]

    def test_an_undo_of_another_operation_than_the_latest_is_refused(self) -> None:
        with pytest.raises(OperationError):
            replay([add("1", A), add("2", B), JournalEntry("u", add("1", A).operation.inverse, "undo", "1")])
