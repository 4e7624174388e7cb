"""An operation is an undoable change: a name and pairs of values before and after, so that its inverse is a swap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from annotator.errors import N_, OperationError
from annotator.model.annotation import Annotation, Slot, Value
from annotator.model.state import AnnotationState


OperationName = Literal[
    "add",
    "remove",
    "move edge",
    "relabel",
    "set attribute",
    "relate",
    "retype",
    "unrelate",
    "document label",
    "note",
    "status",
    "accept",
    "reject",
    "import",
    "decide",
]
OPERATION_NAMES: tuple[OperationName, ...] = get_args(OperationName)

CHANGED_MEANWHILE = {
    "annotation": N_("this annotation has changed in the meantime"),
    "relation": N_("this relation has changed in the meantime"),
    "document_label": N_("this document label has changed in the meantime"),
    "note": N_("the note has changed in the meantime"),
    "status": N_("the status has changed in the meantime"),
    "answer": N_("this suggestion was answered in the meantime"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after; None where it did not exist or exists no more."""

    before: Value | None
    after: Value | None

    @property
    def slot(self) -> Slot:
        """The slot that changes."""
        value = self.after if self.after is not None else self.before
        if value is None:
            raise OperationError("a change needs a value before or after it")
        return value.slot

    @property
    def inverse(self) -> Change:
        """The change back."""
        return Change(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Operation:
    """Changes that happen together: many at once are one operation and one undo."""

    name: OperationName
    changes: tuple[Change, ...]

    @property
    def inverse(self) -> Operation:
        """The operation that takes this one back."""
        return Operation(self.name, tuple(change.inverse for change in reversed(self.changes)))


def change_values(values: dict[Slot, Value], operation: Operation) -> None:
    """Carry out an operation on a mutable set of values.

    Raises:
        OperationError: A value is not what the operation expects to find.
    """
    for change in operation.changes:
        slot = change.slot
        if values.get(slot) != change.before:
            raise OperationError(
                CHANGED_MEANWHILE[slot[0]], hint=N_("Look at it again; repeat the change if it is still wanted.")
            )
        if change.after is None:
            del values[slot]
        else:
            values[slot] = change.after


def apply(state: AnnotationState, *operations: Operation) -> tuple[AnnotationState, tuple[tuple[int, int], ...]]:
    """Carry out operations, one after the other.

    Returns:
        The new state, and the spans whose look changed.

    Raises:
        OperationError: A value is not what the operation expects to find; nothing is changed then.
    """
    values = dict(state.values)
    for operation in operations:
        change_values(values, operation)
    changes = [change for operation in operations for change in operation.changes]
    after = AnnotationState(values)
    after.take_order(state, [(change.before, change.after) for change in changes])
    changed = tuple(
        (value.start, value.end)
        for change in changes
        for value in (change.before, change.after)
        if isinstance(value, Annotation)
    )
    return after, changed
