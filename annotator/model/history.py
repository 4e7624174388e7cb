"""Undo and redo as a fold over the journal: they write new entries and never change old ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

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
        """The history once an entry has been written."""
        match entry.kind:
            case "do":
                return History((*self.undoable, entry))
            case "undo":
                return History(self.undoable[:-1], (*self.redoable, self.undoable[-1]))
            case "redo":
                return History((*self.undoable, self.redoable[-1]), self.redoable[:-1])
            case "import":
                return self


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


def replay(entries: Iterable[JournalEntry]) -> tuple[AnnotationState, History]:
    """Fold the journal of one annotator and document from its beginning.

    Raises:
        OperationError: An entry does not fit the state that those before it leave.
    """
    values: dict[Slot, Value] = {}
    undo, redo = list[JournalEntry](), list[JournalEntry]()
    for entry in entries:
        change_values(values, entry.operation)
        match entry.kind:
            case "do":
                undo.append(entry)
                redo.clear()
            case "undo":
                redo.append(undo.pop())
            case "redo":
                undo.append(redo.pop())
            case "import":
                pass
    return AnnotationState(values), History(tuple(undo), tuple(redo))
