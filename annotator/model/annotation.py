"""The values that an annotator makes: annotations, relations, document labels, a note, a status, and answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


Attributes = tuple[tuple[str, str], ...]
"""Pairs of key and value, in the order of the schema."""

StatusName = Literal["open", "done", "flagged"]
STATUSES: tuple[StatusName, ...] = ("open", "done", "flagged")

Verdict = Literal["accepted", "rejected"]

Slot = tuple[str, str]
"""What a value takes the place of: its kind and its id."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A span with a label, by one annotator.

    Attributes:
        start, end: The span [start, end), code points of the cleaned text. An empty one is hidden: its text
            was dropped by cleaning.
        origin: How it came about: "manual", or the name of what proposed it.
        schema_version: The version of the schema it was made under.
        raw: The span in the raw text, kept only where the cleaned span is empty.
    """

    id: str
    start: int
    end: int
    label: str
    attributes: Attributes = ()
    origin: str = "manual"
    schema_version: int = 1
    raw: tuple[int, int] | None = None

    @property
    def slot(self) -> Slot:
        """What another version of this annotation replaces."""
        return ("annotation", self.id)

    @property
    def hidden(self) -> bool:
        """Whether nothing of it is left in the cleaned text."""
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed link, head → tail, between two annotations of one annotator in one document."""

    id: str
    label: str
    head: str
    tail: str
    attributes: Attributes = ()

    @property
    def slot(self) -> Slot:
        """What another version of this relation replaces."""
        return ("relation", self.id)


@dataclass(frozen=True, slots=True)
class DocumentLabel:
    """A label on the whole document."""

    label: str

    @property
    def slot(self) -> Slot:
        """A document has each label once."""
        return ("document_label", self.label)


@dataclass(frozen=True, slots=True)
class Note:
    """An annotator's remark on a document."""

    text: str

    @property
    def slot(self) -> Slot:
        """One note per annotator and document."""
        return ("note", "")


@dataclass(frozen=True, slots=True)
class Status:
    """How far an annotator is with a document; without one it is open."""

    name: StatusName

    @property
    def slot(self) -> Slot:
        """One status per annotator and document."""
        return ("status", "")


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a suggestion, named by its id. One that was accepted may have been changed or removed since."""

    suggestion: str
    verdict: Verdict

    @property
    def slot(self) -> Slot:
        """One answer to each suggestion."""
        return ("answer", self.suggestion)


Value = Annotation | Relation | DocumentLabel | Note | Status | Answer
