"""Undo and redo as a fold over the journal: they write new entries and never change old ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from annotator.errors import OperationError
from annotator.model.annotation import Slot, Value
from annotator.model.operations import Operation, change_values
from annotator.model.state import AnnotationState


EntryKind = Literal["do", "undo", "redo", "import"]


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An operation as the journal holds it.

    Attributes:
        op_id: Made by the client, unique for its annotator, so that a retry is the same entry.
        kind: Done, undone, redone, or imported with a record; an import is not undone by a key.
        target: The op_id of the "do" entry that an undo or redo is about, else "".
    """

    op_id: str
    operation: Operation
    kind: EntryKind = "do"
    target: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """What can be undone and redone, the next one last."""

    undoable: tuple[JournalEntry, ...] = ()
    redoable: tuple[JournalEntry, ...] = ()

    def after(self, entry: JournalEntry) -> History:
        """The history once an entry has been written.

        Raises:
            OperationError: It undoes or redoes something else than the latest that can be.
        """
        return fold_history((entry,), self)


def undo_entry(history: History, op_id: str) -> JournalEntry | None:
    """The entry that undoes the latest operation, or None where nothing is left to undo."""
    if not history.undoable:
        return None
    last = history.undoable[-1]
    return JournalEntry(op_id, last.operation.inverse, "undo", last.op_id)


def redo_entry(history: History, op_id: str) -> JournalEntry | None:
    """The entry that redoes the operation undone last, or None where there is none."""
    if not history.redoable:
        return None
    last = history.redoable[-1]
    return JournalEntry(op_id, last.operation, "redo", last.op_id)


def fold_history(entries: Iterable[JournalEntry], before: History = History()) -> History:
    """The history after some entries.

    What an import has put in the place of a value can no longer be undone, nor what came before it redone.

    Raises:
        OperationError: An entry undoes or redoes something else than the latest that can be.
    """
    undoable, redoable = list(before.undoable), list(before.redoable)
    for entry in entries:
        match entry.kind:
            case "do":
                undoable.append(entry)
                redoable.clear()
            case "undo":
                redoable.append(_latest(undoable, entry))
            case "redo":
                undoable.append(_latest(redoable, entry))
            case "import":
                _drop_replaced(undoable, entry)
                _drop_replaced(redoable, entry)
    return History(tuple(undoable), tuple(redoable))


def replay(entries: Iterable[JournalEntry]) -> tuple[AnnotationState, History]:
    """Fold the journal of one annotator and document from its beginning.

    Raises:
        OperationError: An entry does not fit what those before it leave.
    """
    values: dict[Slot, Value] = {}
    written = list(entries)
    for entry in written:
        change_values(values, entry.operation)
    return AnnotationState(values), fold_history(written)


def _latest(entries: list[JournalEntry], entry: JournalEntry) -> JournalEntry:
    if not entries or entries[-1].op_id != entry.target:
        raise OperationError(f"the journal has an {entry.kind} of {entry.target!r}, which was not the latest operation")
    return entries.pop()


def _drop_replaced(entries: list[JournalEntry], imported: JournalEntry) -> None:
    replaced = {change.slot for change in imported.operation.changes}
    entries[:] = [entry for entry in entries if not any(change.slot in replaced for change in entry.operation.changes)]
