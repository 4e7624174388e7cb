"""Desks without a database: the rules of what an annotator does, without a screen or a disk."""

from __future__ import annotations

import secrets
from typing import cast

from annotator.model.accepting import pending
from annotator.model.annotation import Annotation, Value
from annotator.model.document import Document
from annotator.model.history import History, JournalEntry, redo_entry, undo_entry
from annotator.model.operations import Operation, apply
from annotator.model.schema import Schema
from annotator.model.state import AnnotationState
from annotator.model.suggestion import SuggestedRelation, Suggestion, SuggestionSet
from annotator.services.session import AnnotationSession, Spans
from annotator.text.offsets import OffsetMap
from annotator.tui.desk import Desk
from tests.support.model import SCHEMA


class MemorySession:
    """What a desk needs of an `AnnotationSession`, kept in memory."""

    active_seconds = 0.0
    returned_note: str | None = None
    is_touched = False
    are_withheld = False
    suggested = SuggestionSet()

    def __init__(self, document: Document, values: tuple[Value, ...], cursor: int | None, schema: Schema) -> None:
        self.document, self.schema, self.cursor = document, schema, cursor
        self.state, self.history = AnnotationState.of(values), History()

    def look_for_suggestions(self) -> bool:
        return False

    @property
    def pending(self) -> SuggestionSet:
        return pending(self.suggested, self.state, self.schema) if self.suggested.suggestions else self.suggested

    def execute(self, operation: Operation) -> Spans:
        return self._take(JournalEntry(secrets.token_hex(4), operation))

    def undo(self) -> tuple[Operation, Spans] | None:
        return self._step(undo_entry(self.history, secrets.token_hex(4)))

    def redo(self) -> tuple[Operation, Spans] | None:
        return self._step(redo_entry(self.history, secrets.token_hex(4)))

    def _step(self, entry: JournalEntry | None) -> tuple[Operation, Spans] | None:
        return None if entry is None else (entry.operation, self._take(entry))

    def _take(self, entry: JournalEntry) -> Spans:
        self.state, changed = apply(self.state, entry.operation)
        self.history = self.history.after(entry)
        return changed


def desk_of(text: str, *values: Value, cursor: int | None = None, width: int = 80, schema: Schema = SCHEMA) -> Desk:
    """A desk on a text, with what was annotated in it before."""
    document = Document("d1", "title", text, text, OffsetMap.identity(len(text)), "", "", meta={"source": "wire"})
    session = MemorySession(document, values, cursor, schema)
    desk = Desk(cast("AnnotationSession", session))
    desk.layout.resize(width)
    return desk


def propose(desk: Desk, *some: Annotation, reason: str = "", related: tuple[SuggestedRelation, ...] = ()) -> Desk:
    """Have annotations suggested on a desk, and relations between them."""
    found = [
        Suggestion(one.id, one.start, one.end, one.label, one.attributes, "wire@2", 0.8, reason, "قال") for one in some
    ]
    desk.session.suggested = SuggestionSet.of(found, related)
    return desk


def press(desk: Desk, key: str) -> str:
    """Press a label key."""
    return desk.label(next(label for label in desk.session.schema.labels if label.key == key))


def span(text: str, part: str, label: str = "source", id_: str = "") -> Annotation:
    """An annotation of the first place where a part stands in a text."""
    start = text.index(part)
    attributes = next(kind for kind in SCHEMA.labels if kind.id == label).defaults()
    return Annotation(id_ or part, start, start + len(part), label, attributes)


def labelled(desk: Desk) -> list[tuple[str, str]]:
    """Label and text of each annotation, in reading order."""
    text = desk.layout.text
    return [(found.label, text[found.start : found.end]) for found in desk.session.state.annotations]


def selected(desk: Desk) -> str:
    """The selected text, "" where nothing is selected."""
    return desk.layout.text[slice(*desk.selection.span)] if desk.selection.span else ""


def focused(desk: Desk) -> str:
    """The text of the focused annotation, "" where none is focused."""
    annotation = desk.annotation()
    return desk.layout.text[annotation.start : annotation.end] if annotation else ""
