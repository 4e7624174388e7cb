"""Undo and redo as a fold over the journal: they write new entries and never change old ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """A line of the history as a list.

    Attributes:
        position: How many operations are done where this one is the last of them; 0 is before all.
        operation: What was done; its changes say to which values.
        at: When it was done first, as stored: ISO 8601, UTC.
        is_undone: Whether it is taken back at present, and can be redone.
    """

    position: int
    operation: Operation
    at: str
    is_undone: bool


def timeline(history: History, times: Mapping[str, str]) -> tuple[HistoryItem, ...]:
    """What can be undone, oldest first, and then what can be redone, the next one first.

    Args:
        history: What can be undone and redone.
        times: When each operation was done, by its op_id; what is not there has no time.
    """
    done = len(history.undoable)
    entries = (*history.undoable, *reversed(history.redoable))
    return tuple(
        HistoryItem(position, entry.operation, times.get(entry.op_id, ""), position > done)
        for position, entry in enumerate(entries, 1)
    )


def entries_to(history: History, position: int, new_op_id: Callable[[], str]) -> list[JournalEntry]:
    """The entries that undo or redo, one after the other, until so many operations are done.

    Args:
        history: What can be undone and redone.
        position: That of an item of the `timeline`, or 0 for before all.
        new_op_id: Makes the op_id of each entry.

    Raises:
        OperationError: The history is not so long.
    """
    done, undone = history.undoable, history.redoable
    if not 0 <= position <= len(done) + len(undone):
        raise OperationError("the history has no place {position}", position=position)
    back = [_undoing(entry, new_op_id()) for entry in reversed(done[position:])]
    forward = [_redoing(entry, new_op_id()) for entry in undone[::-1][: max(position - len(done), 0)]]
    return back + forward


def undo_entry(history: History, op_id: str) -> JournalEntry | None:
    """The entry that undoes the latest operation, or None where nothing is left to undo."""
    return _undoing(history.undoable[-1], op_id) if history.undoable else None


def redo_entry(history: History, op_id: str) -> JournalEntry | None:
    """The entry that redoes the operation undone last, or None where there is none."""
    return _redoing(history.redoable[-1], op_id) if history.redoable else None


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


def _undoing(done: JournalEntry, op_id: str) -> JournalEntry:
    return JournalEntry(op_id, done.operation.inverse, "undo", done.op_id)


def _redoing(undone: JournalEntry, op_id: str) -> JournalEntry:
    return JournalEntry(op_id, undone.operation, "redo", undone.op_id)


def _latest(entries: list[JournalEntry], entry: JournalEntry) -> JournalEntry:
    if not entries or entries[-1].op_id != entry.target:
        raise OperationError(
            "the journal undoes or redoes {target!r}, which was not the latest operation", target=entry.target
        )
    return entries.pop()


def _drop_replaced(entries: list[JournalEntry], imported: JournalEntry) -> None:
    replaced = {change.slot for change in imported.operation.changes}
    entries[:] = [entry for entry in entries if not any(change.slot in replaced for change in entry.operation.changes)]
