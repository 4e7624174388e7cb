from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from annotator.errors import OperationError
from annotator.model import edits, relating
from annotator.model.annotation import STATUSES, Relation, Slot, StatusName, Value
from annotator.model.history import (
    EntryKind,
    History,
    JournalEntry,
    entries_to,
    redo_entry,
    replay,
    timeline,
    undo_entry,
)
from annotator.model.operations import Change, Operation, apply
from annotator.model.schema import Label
from annotator.model.state import AnnotationState
from annotator.model.validation import check_annotation
from tests.support.builders import BUILDERS, built
from tests.support.model import LENGTH, RETYPING, annotation, brute_force_legal, legal_states, related, spans


LABELS = st.sampled_from(RETYPING.labels)
OTHER_BUILDERS = sorted(BUILDERS.keys() - {"add", "remove", "move edges", "relabel", "unrelate", "set status"})
Values = dict[Slot, Value]


class Annotating(RuleBasedStateMachine):
    """One annotator at one document, against plain copies of what was there before each operation."""

    def __init__(self) -> None:
        super().__init__()
        self.journal: list[JournalEntry] = []
        self.state, self.history = AnnotationState(), History()
        self.past: list[Values] = []
        self.future: list[Values] = []
        self.imported: Values = {}

    def new_id(self) -> str:
        return f"{len(self.journal):03}"

    def write(self, entry: JournalEntry) -> None:
        self.state, _ = apply(self.state, entry.operation)
        self.history = self.history.after(entry)
        self.journal.append(entry)

    def do(self, operation: Operation, kind: EntryKind = "do") -> None:
        if kind == "do":
            self.past.append(dict(self.state.values))
            self.future.clear()
        self.write(JournalEntry(self.new_id(), operation, kind))

    def any_id(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from([one.id for one in self.state.annotations]))

    @initialize(state=legal_states(RETYPING))
    def begin_with_annotations_and_relations(self, state: AnnotationState) -> None:
        values = (state if state.relations else related()).values.values()
        self.do(Operation("add", tuple(Change(None, value) for value in values)))

    @rule(span=spans(), label=LABELS)
    def add(self, span: tuple[int, int], label: Label) -> None:
        new = edits.new_annotation(self.new_id(), *span, label, RETYPING)
        try:
            self.do(edits.add(self.state, RETYPING, new, LENGTH))
        except OperationError:
            twins = [(one.start, one.end, one.label) for one in self.state.annotations]
            grown = AnnotationState.of([*self.state.values.values(), new])
            assert (*span, label.id) in twins or not brute_force_legal(grown)

    @precondition(lambda self: self.state.annotations)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        gone = self.any_id(data)
        self.do(edits.remove(self.state, gone))
        assert self.state.annotation(gone) is None
        assert all(gone not in (one.head, one.tail) for one in self.state.relations)

    @precondition(lambda self: self.state.annotations)
    @rule(data=st.data(), label=LABELS)
    def relabel(self, data: st.DataObject, label: Label) -> None:
        changed = self.any_id(data)
        try:
            self.do(edits.relabel(self.state, RETYPING, changed, label))
        except OperationError:
            return
        after = self.state.annotation(changed)
        assert after is not None
        assert (after.label, [key for key, _ in after.attributes]) == (label.id, [one.id for one in label.attributes])

    @precondition(lambda self: self.state.annotations)
    @rule(data=st.data(), span=spans())
    def move_edges(self, data: st.DataObject, span: tuple[int, int]) -> None:
        moved = self.any_id(data)
        try:
            self.do(edits.move_edges(self.state, RETYPING, moved, span, LENGTH))
        except OperationError:
            return
        after = self.state.annotation(moved)
        assert after is not None
        assert (after.start, after.end) == span

    @precondition(lambda self: self.state.annotations)
    @rule(data=st.data(), label=st.sampled_from([one.id for one in RETYPING.relations]))
    def relate(self, data: st.DataObject, label: str) -> None:
        relation = Relation(self.new_id(), label, self.any_id(data), self.any_id(data))
        try:
            self.do(relating.relate(self.state, RETYPING, relation))
        except OperationError:
            assert not brute_force_legal(AnnotationState.of([*self.state.values.values(), relation]))

    @precondition(lambda self: self.state.relations)
    @rule(data=st.data())
    def unrelate(self, data: st.DataObject) -> None:
        relation = data.draw(st.sampled_from(self.state.relations))
        self.do(relating.unrelate(self.state, relation.id))

    @rule(data=st.data(), builder=st.sampled_from(OTHER_BUILDERS))
    def build(self, data: st.DataObject, builder: str) -> None:
        """Whatever else there is to do."""
        try:
            self.do(data.draw(built(self.state, builder, self.new_id())))
        except OperationError:
            return
        assert self.state.values != self.past[-1]

    @rule(status=st.sampled_from(STATUSES), note=st.none() | st.sampled_from(["", "?", "من المصدر؟"]))
    def set_status(self, status: StatusName, note: str | None) -> None:
        before = (self.state.status, self.state.note)
        try:
            self.do(edits.set_status(self.state, status, note))
        except OperationError:
            assert before == (status, before[1] if note is None else note)
        else:
            assert (self.state.status, self.state.note) == (status, before[1] if note is None else note)

    @rule()
    def import_record(self) -> None:
        """Imported values stay whatever is undone, so every earlier and later state has them too.

        They lie apart from the others: redoing is not held against the rules on overlap, so it could make a twin.
        """
        start = LENGTH + len(self.imported)
        value = annotation(f"imported {self.new_id()}", start, start + 1)
        self.do(edits.imported([value]), "import")
        for values in (*self.past, *self.future, self.imported):
            values[value.slot] = value

    @rule()
    def undo(self) -> None:
        now, entry = dict(self.state.values), undo_entry(self.history, self.new_id())
        if entry is None:
            assert not self.past
            return
        self.write(entry)
        self.future.append(now)
        assert self.state.values == self.past.pop()

    @rule()
    def redo(self) -> None:
        now, entry = dict(self.state.values), redo_entry(self.history, self.new_id())
        if entry is None:
            assert not self.future
            return
        self.write(entry)
        self.past.append(now)
        assert self.state.values == self.future.pop()

    @rule(data=st.data())
    def go_to(self, data: st.DataObject) -> None:
        """Any place in the history has the values that were there."""
        there = [*self.past, dict(self.state.values), *reversed(self.future)]
        position = data.draw(st.integers(0, len(there) - 1))
        ids = iter([f"{len(self.journal) + number:03}" for number in range(len(there))])
        for entry in entries_to(self.history, position, lambda: next(ids)):
            self.write(entry)
        assert self.state.values == there[position]
        self.past, self.future = there[:position], there[:position:-1]

    @precondition(lambda self: self.past)
    @rule()
    def undo_to_the_beginning_and_redo_to_the_end(self) -> None:
        last = self.future[0] if self.future else dict(self.state.values)
        while self.history.undoable:
            self.undo()
        assert self.state.values == self.imported
        while self.history.redoable:
            self.redo()
        assert self.state.values == last

    @invariant()
    def the_journal_replays_to_what_is_on_the_screen(self) -> None:
        assert replay(self.journal) == (self.state, self.history)

    @invariant()
    def there_is_as_much_to_undo_and_redo_as_was_done_and_undone(self) -> None:
        assert (len(self.history.undoable), len(self.history.redoable)) == (len(self.past), len(self.future))

    @invariant()
    def the_timeline_is_what_can_be_undone_and_then_redone(self) -> None:
        times = {entry.op_id: f"at {entry.op_id}" for entry in self.journal if entry.kind == "do"}
        items = timeline(self.history, times)
        assert [one.position for one in items] == list(range(1, len(self.past) + len(self.future) + 1))
        assert [one.is_undone for one in items] == [False] * len(self.past) + [True] * len(self.future)
        assert [one.at for one in items] == sorted(one.at for one in items)

    @invariant()
    def an_undo_or_redo_names_an_operation_that_was_done(self) -> None:
        done = {entry.op_id for entry in self.journal if entry.kind == "do"}
        assert all(entry.target in done for entry in self.journal if entry.kind in ("undo", "redo"))

    @invariant()
    def what_is_there_keeps_the_rules_of_the_schema(self) -> None:
        for one in self.state.annotations:
            check_annotation(one, RETYPING, LENGTH + len(self.imported))
        assert brute_force_legal(self.state)


TestAnnotating = Annotating.TestCase
TestAnnotating.settings = settings(deadline=None, max_examples=100, stateful_step_count=30)
