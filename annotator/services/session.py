"""One annotator at work in one document: every operation is on disk before it counts."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

from annotator.errors import N_, OperationError
from annotator.model.accepting import pending
from annotator.model.activity import Activity
from annotator.model.annotation import Status
from annotator.model.history import (
    History,
    HistoryItem,
    JournalEntry,
    entries_to,
    fold_history,
    redo_entry,
    timeline,
    undo_entry,
)
from annotator.model.operations import Operation, apply
from annotator.model.state import AnnotationState
from annotator.model.suggestion import SuggestionSet
from annotator.services.ordering import Reason
from annotator.services.project import Project, now
from annotator.services.visibility import visible
from annotator.store import active_time, annotators, documents, journal, models, returning, suggestions
from annotator.store.annotators import check_name
from annotator.store.engine import Connection


__all__ = ["AnnotationSession", "Spans", "check_name", "new_id"]

Spans = tuple[tuple[int, int], ...]

LOOK_SECONDS = 1.0
"""Who stays for less, without doing anything, only looked in."""


def new_id() -> str:
    """An id that no other annotation in a document will have."""
    return secrets.token_hex(6)


def _new_op_id() -> str:
    return secrets.token_hex(16)


class AnnotationSession:
    """The state and history of one annotator in one document. It sees no other annotator's work.

    Attributes:
        document: The document.
        schema: The project's schema.
        state: What this annotator has made in it so far.
        suggested: What they may see of what is proposed, answered or not.
        are_withheld: Whether there are suggestions that they may not see, as somebody else came first.
        is_looked_at: Whether any suggester has looked at the document.
        cursor: Where they left it, or None if they have not been here.
        returned_note: What a reviewer wrote who sent the document back, until the annotator is done with it again;
            else None.
    """

    def __init__(
        self,
        project: Project,
        annotator: str,
        document_id: int,
        *,
        clock: Callable[[], str] = now,
        stopwatch: Callable[[], float] = monotonic,
    ) -> None:
        self.schema = project.schema
        self._store = project.store
        self._clock = clock
        self._stopwatch = stopwatch
        self._is_touched = False
        self._activity = Activity().touch(stopwatch())  # opening a document is a key or a click too
        with self._store.write() as connection:
            self._place = (self._sign_in(connection, annotator), document_id)
        with self._store.read() as connection:
            self.document = documents.load(connection, document_id)
            self.cursor = journal.load_cursor(connection, self._place)
            self._stored_ms = active_time.load_time(connection, self._place)
            self.returned_note = returning.note_on(connection, self._place)
        self.state, self.history, self._seq = self._load()
        self.suggested, self.are_withheld, self.is_looked_at = SuggestionSet(), False, False
        self._pending = self.suggested, self.state, SuggestionSet()
        self.look_for_suggestions()

    def _sign_in(self, connection: Connection, annotator: str) -> int:
        """The row under which the work is written."""
        return annotators.ensure(connection, annotator, self._clock())

    def look_for_suggestions(self) -> bool:
        """Take what is proposed now, and note that it was seen; whether anything is new.

        Raises:
            StoreError: It could not be read or noted.
        """
        with self._store.read() as connection:
            found, self.are_withheld = visible(connection, self._place)
            is_looked_at = bool(found.suggestions) or suggestions.is_looked_at(connection, self._place[1])
            seen = suggestions.shown_to(connection, self._place)
        self.is_looked_at = is_looked_at
        if new := {one.origin for one in found.suggestions} - seen:
            with self._store.write() as connection:
                suggestions.save_shown(connection, self._place, new, self._clock())
        is_new = found != self.suggested
        self.suggested = found
        return is_new

    def note_sampled(self, reason: Reason) -> None:
        """Note why the document came to the annotator.

        Raises:
            StoreError: It could not be written.
        """
        with self._store.write() as connection:
            models.save_sampled(connection, self._place, reason, self._clock())

    @property
    def pending(self) -> SuggestionSet:
        """The suggestions that wait for an answer."""
        suggested, state, found = self._pending
        if suggested is not self.suggested or state is not self.state:
            found = pending(self.suggested, self.state, self.schema)
            self._pending = self.suggested, self.state, found
        return found

    def execute(self, operation: Operation) -> Spans:
        """Carry out an operation and return once it is on disk.

        Returns:
            The spans whose look changed.

        Raises:
            OperationError: It does not fit the present state, also where another window changed that.
            StoreError: It could not be written; the state is as it was.
        """
        return self._write([JournalEntry(_new_op_id(), operation)])

    def undo(self) -> tuple[Operation, Spans] | None:
        """Take back the latest operation; None where there is nothing to undo."""
        entry = undo_entry(self.history, _new_op_id())
        return None if entry is None else (entry.operation, self._write([entry]))

    def redo(self) -> tuple[Operation, Spans] | None:
        """Repeat the operation taken back last; None where there is none."""
        entry = redo_entry(self.history, _new_op_id())
        return None if entry is None else (entry.operation, self._write([entry]))

    def timeline(self) -> tuple[HistoryItem, ...]:
        """The history as a list: what can be undone, oldest first, then what can be redone, with its times."""
        with self._store.read() as connection:
            return timeline(self.history, journal.times(connection, self._place))

    def go_to(self, position: int) -> Spans:
        """Undo or redo, all in one transaction, until so many operations are done; nothing where they are.

        Args:
            position: That of an item of the `timeline`, or 0 for before all.

        Returns:
            The spans whose look changed.

        Raises:
            OperationError: The history is not so long, or another window changed the document.
            StoreError: It could not be written; the state is as it was.
        """
        entries = entries_to(self.history, position, _new_op_id)
        return self._write(entries) if entries else ()

    @property
    def active_seconds(self) -> float:
        """How long the annotator has been at work in this document until the latest touch, pauses left out."""
        return self._stored_ms / 1000 + self._activity.seconds

    @property
    def is_touched(self) -> bool:
        """Whether there was a key or a click since the document was opened."""
        return self._is_touched

    def touch(self) -> None:
        """Note a key or a click. The time goes to disk with the next operation, or when the document is left."""
        self._is_touched = True
        self._activity = self._activity.touch(self._stopwatch())

    def save_place(self, cursor: int) -> None:
        """On leaving: remember where the annotator is, and the time. Who only looked in leaves nothing.

        Raises:
            StoreError: It could not be written.
        """
        if cursor != (self.cursor or 0):
            self.save_cursor(cursor)
        elif self._activity.seconds >= LOOK_SECONDS:
            with self._writing():
                pass

    def save_cursor(self, cursor: int) -> None:
        """Remember where the annotator is, and the time."""
        with self._writing() as connection:
            journal.save_cursor(connection, self._place, cursor, self._clock())
        self.cursor = cursor

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction that stores the active time too; where it fails, that is left for the next one."""
        seconds, activity = self._activity.taken()
        active_ms = round(seconds * 1000)
        with self._store.write() as connection:
            yield connection
            if active_ms:
                active_time.add_time(connection, self._place, active_ms, self._clock())
        self._stored_ms += active_ms
        self._activity = activity

    def _write(self, entries: Sequence[JournalEntry]) -> Spans:
        state, changed = apply(self.state, *(entry.operation for entry in entries))
        with self._writing() as connection:
            stale = journal.last_seq(connection, self._place) != self._seq
            for entry in () if stale else entries:
                seq = journal.append(connection, self._place, entry, self.schema.version, self._clock())
            if not stale:
                self._write_beside(connection, entries)
        if stale:
            self.state, self.history, self._seq = self._load()
            raise OperationError(
                "this document was changed in another window",
                hint=N_("It was loaded again; repeat the change if it is still wanted."),
            )
        self._seq = seq or self._seq
        self.state, self.history = state, fold_history(entries, self.history)
        if _finishes(entries):
            self.returned_note = None
        return changed

    def settle_returned(self) -> None:
        """What was sent back is done, in a document that was never anything but done.

        Raises:
            StoreError: It could not be written.
        """
        with self._writing() as connection:
            returning.settle(connection, self._place, self._clock())
        self.returned_note = None

    def _write_beside(self, connection: Connection, entries: Sequence[JournalEntry]) -> None:
        """Write what else goes to disk with operations: who is done now has done what was sent back."""
        if _finishes(entries) and self.returned_note is not None:
            returning.settle(connection, self._place, self._clock())

    def _load(self) -> tuple[AnnotationState, History, int]:
        with self._store.read() as connection:
            state = journal.load_state(connection, self._place)
            history = journal.load_history(connection, self._place)
            return state, history, journal.last_seq(connection, self._place)


def _finishes(entries: Sequence[JournalEntry]) -> bool:
    """Whether entries make a document done."""
    return any(change.after == Status("done") for entry in entries for change in entry.operation.changes)
