"""Items: what several annotators made of one thing in a document, put side by side.

An item is a connected component of overlapping spans (docs/agreement.md says which overlaps count), so that one
decision settles one thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from annotator.model.annotation import Annotation, Attributes


KindName = Literal[
    "agree",
    "attribute",
    "relation",
    "document label",
    "label",
    "boundary",
    "split",
    "boundary and label",
    "missed",
]
"""The kinds of disagreement, the mildest first; of several in one item the last one here is its kind."""

Edge = Literal["", "start", "end", "both"]


@dataclass(frozen=True, slots=True)
class Link:
    """A relation of a vote, seen from one of its ends that is in the item.

    Attributes:
        label: The relation's type.
        head, tail: The ids of the voter's annotations at its ends; one at least is of this item.
        other: The item at the other end, by its key; this item's own where both ends are in it.
    """

    id: str
    label: str
    head: str
    tail: str
    attributes: Attributes
    other: str


@dataclass(frozen=True, slots=True)
class Vote:
    """What one annotator made of an item; nothing at all where they marked nothing here.

    Attributes:
        annotations: In reading order.
        links: The relations that this item decides about, by type and ends.
        document_labels: Of the item of a document's labels only, sorted.
    """

    annotator: str
    annotations: tuple[Annotation, ...] = ()
    links: tuple[Link, ...] = ()
    document_labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """How two votes of an item differ.

    Attributes:
        edge: For a boundary, which edge differs, "" else.
        is_trivial: For a boundary: only by proclitics, marks, punctuation, quotation marks or spaces.
        missed_by: For "missed", who marked nothing.
        is_derived: For a relation: an end of it is itself disputed, so that it goes with what is decided there.
    """

    one: str
    other: str
    kind: KindName
    edge: Edge = ""
    is_trivial: bool = False
    missed_by: str = ""
    is_derived: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide.

    Attributes:
        key: A hash of the votes, so that it is another one as soon as anybody's vote is.
        group: "furniture" where all labels in it are, else "text"; "document" for the labels of the whole document.
        start, end: From the first start to the last end of all votes, code points; 0 and 0 for the document's labels.
        votes: One of each annotator of the document, by name, also where it is empty.
        kind: The gravest kind among the differences.
        differences: Of every two votes that differ.
    """

    key: str
    group: str
    start: int
    end: int
    votes: tuple[Vote, ...]
    kind: KindName
    differences: tuple[Difference, ...]

    @property
    def is_disputed(self) -> bool:
        """Whether there is anything to settle."""
        return self.kind != "agree"

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that anybody gave here, sorted."""
        return tuple(sorted({one.label for vote in self.votes for one in vote.annotations}))


@dataclass(frozen=True, slots=True)
class Version:
    """Votes of an item that have the same content.

    Attributes:
        votes: One at least, by annotator.
    """

    votes: tuple[Vote, ...]

    @property
    def annotators(self) -> tuple[str, ...]:
        """Whose version it is."""
        return tuple(vote.annotator for vote in self.votes)

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """The annotations of the first of them, in reading order; the others differ from these in their ids alone."""
        return self.votes[0].annotations

    @property
    def is_empty(self) -> bool:
        """Whether nothing was marked."""
        return not self.votes[0].annotations and not self.votes[0].document_labels


Placed = tuple[int, int, str, Attributes]
"""Start, end, label and attributes by key."""

LinkContent = tuple[str, int, int, str, Attributes]
"""Type, which of the vote's annotations are head and tail (-1 for one elsewhere), the item elsewhere, attributes."""

Content = tuple[tuple[Placed, ...], tuple[LinkContent, ...], tuple[str, ...]]
"""All that counts of a vote: not whose it is, and no ids."""


def placed(annotation: Annotation) -> Placed:
    """All that counts of an annotation."""
    return annotation.start, annotation.end, annotation.label, tuple(sorted(annotation.attributes))


def content(vote: Vote) -> Content:
    """All that counts of a vote; votes with the same content are one version, and others differ.

    A relation counts by its type, by the annotation at its near end and by the item at its other end: where exactly
    the span there starts and ends is that item's to decide.
    """
    return tuple(map(placed, vote.annotations)), tuple(sorted(links(vote))), vote.document_labels


def links(vote: Vote) -> set[LinkContent]:
    """All that counts of a vote's relations; the same relation twice counts once."""
    if not vote.links:
        return set()
    rank = {annotation.id: number for number, annotation in enumerate(vote.annotations)}
    return {
        (one.label, rank.get(one.head, -1), rank.get(one.tail, -1), one.other, tuple(sorted(one.attributes)))
        for one in vote.links
    }
