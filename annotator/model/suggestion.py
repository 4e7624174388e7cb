"""Suggestions: spans that a program proposes, with a reason each. They are no labels until somebody accepts them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from annotator.model.annotation import Attributes


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A checked span with a label that a suggester proposes for a document.

    Attributes:
        id: The same whenever the same suggester proposes the same label for the same span of the same document, so
            that an answer outlives a new version of the suggester. An annotation that comes of it has this id.
        start, end: The span [start, end), code points of the cleaned text; never empty.
        attributes: All attributes of the label, in the order of the schema.
        origin: The suggester and its version, such as `furniture@1`.
        score: How sure it is, 0 to 1, or None where it does not say.
        reason: Why, as a phrase.
        evidence: The piece of text that the reason speaks of, or "".
    """

    id: str
    start: int
    end: int
    label: str
    attributes: Attributes
    origin: str
    score: float | None = None
    reason: str = ""
    evidence: str = ""

    @property
    def suggester(self) -> str:
        """The name of what proposes it, without the version."""
        return self.origin.rpartition("@")[0]


@dataclass(frozen=True, slots=True)
class SuggestedRelation:
    """A relation, head → tail, between two suggestions of one suggester."""

    label: str
    head: str
    tail: str


@dataclass(frozen=True)
class SuggestionSet:
    """All that is proposed for one document: suggestions in reading order, and relations among them."""

    suggestions: tuple[Suggestion, ...] = ()
    relations: tuple[SuggestedRelation, ...] = ()

    @classmethod
    def of(cls, suggestions: Iterable[Suggestion], relations: Iterable[SuggestedRelation] = ()) -> SuggestionSet:
        """A set in reading order: by start, outer before inner, then label and id."""
        ordered = sorted(suggestions, key=lambda one: (one.start, -one.end, one.label, one.id))
        return cls(tuple(ordered), tuple(relations))

    @cached_property
    def by_id(self) -> dict[str, Suggestion]:
        """The suggestions by their ids."""
        return {one.id: one for one in self.suggestions}
