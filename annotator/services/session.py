"""One annotator at work in one document: every operation is on disk before it counts."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from annotator.errors import OperationError
from annotator.model.history import History, JournalEntry, redo_entry, undo_entry
from annotator.model.operations import Operation, apply
from annotator.model.state import AnnotationState
from annotator.services.project import Project, now
from annotator.store import annotators, documents, journal
from annotator.store.annotators import check_name


__all__ = ["AnnotationSession", "Spans", "check_name", "new_id"]

Spans = tuple[tuple[int, int], ...]


def new_id() -> str:
    """An id that no other annotation in a document will have."""
    return secrets.token_hex(6)


class AnnotationSession:
    """The state and history of one annotator in one document. It sees no other annotator's work.

    Attributes:
        document: The document.
        schema: The project's schema.
        state: What this annotator has made in it so far.
        cursor: Where they left it, or None if they have not been here.
    """

    def __init__(self, project: Project, annotator: str, document_id: int, *, clock: Callable[[], str] = now) -> None:
        self.schema = project.schema
        self._store = project.store
        self._clock = clock
        with self._store.write() as connection:
            annotator_id = annotators.ensure(connection, annotator, clock())
        self._place = (annotator_id, document_id)
        with self._store.read() as connection:
            self.document = documents.load(connection, document_id)
            self.cursor = journal.load_cursor(connection, self._place)
        self.state, self.history, self._seq = self._load()

    def execute(self, operation: Operation) -> Spans:
        """Carry out an operation and return once it is on disk.

        Returns:
            The spans whose look changed.

        Raises:
            OperationError: It does not fit the present state, also where another window changed that.
            StoreError: It could not be written; the state is as it was.
        """
        return self._write(JournalEntry(secrets.token_hex(16), operation))

    def undo(self) -> tuple[Operation, Spans] | None:
        """Take back the latest operation; None where there is nothing to undo."""
        entry = undo_entry(self.history, secrets.token_hex(16))
        return None if entry is None else (entry.operation, self._write(entry))

    def redo(self) -> tuple[Operation, Spans] | None:
        """Repeat the operation taken back last; None where there is none."""
        entry = redo_entry(self.history, secrets.token_hex(16))
        return None if entry is None else (entry.operation, self._write(entry))

    def save_cursor(self, cursor: int) -> None:
        """Remember where the annotator is."""
        with self._store.write() as connection:
            journal.save_cursor(connection, self._place, cursor, self._clock())
        self.cursor = cursor

    def _write(self, entry: JournalEntry) -> Spans:
        state, changed = apply(self.state, entry.operation)
        with self._store.write() as connection:
            stale = journal.last_seq(connection, self._place) != self._seq
            if not stale:
                seq = journal.append(connection, self._place, entry, self.schema.version, self._clock())
        if stale:
            self.state, self.history, self._seq = self._load()
            raise OperationError(
                "this document was changed in another window",
                hint="It was loaded again; repeat the change if it is still wanted.",
            )
        self._seq = seq or self._seq
        self.state, self.history = state, self.history.after(entry)
        return changed

    def _load(self) -> tuple[AnnotationState, History, int]:
        with self._store.read() as connection:
            state = journal.load_state(connection, self._place)
            history = journal.load_history(connection, self._place)
            return state, history, journal.last_seq(connection, self._place)
