"""What one version of a span has otherwise than another one, as values that the screens put into words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from annotator.agreement.trivial import is_trivial
from annotator.model.annotation import Annotation


ChangeName = Literal["starts earlier", "starts later", "ends earlier", "ends later", "label", "attribute"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs.

    Attributes:
        text: Of an edge: the characters between it and the reference's.
        is_trivial: Of an edge: nothing but proclitics, marks, punctuation, quotation marks or spaces.
        attribute: Of an attribute: its key.
        before: Of a label or an attribute: the reference's, "" where it has no such attribute.
        after: Likewise the other version's.
    """

    what: ChangeName
    text: str = ""
    is_trivial: bool = False
    attribute: str = ""
    before: str = ""
    after: str = ""

    @property
    def by(self) -> int:
        """How many characters an edge is away from the reference's."""
        return len(self.text)


def changes(text: str, reference: Annotation, other: Annotation) -> tuple[Change, ...]:
    """What `other` has otherwise than `reference`: the edges, the label, then the attributes by key.

    Args:
        text: The document's text.
        reference: The version that the other one is compared with.
        other: Another version of it.
    """
    return (*_edges(text, reference, other), *_values(reference, other))


def _edges(text: str, reference: Annotation, other: Annotation) -> Iterator[Change]:
    if other.start != reference.start:
        between = text[slice(*sorted((reference.start, other.start)))]
        what: ChangeName = "starts earlier" if other.start < reference.start else "starts later"
        yield Change(what, between, is_trivial(text, reference.start, other.start, "start"))
    if other.end != reference.end:
        between = text[slice(*sorted((reference.end, other.end)))]
        what = "ends earlier" if other.end < reference.end else "ends later"
        yield Change(what, between, is_trivial(text, reference.end, other.end, "end"))


def _values(reference: Annotation, other: Annotation) -> Iterator[Change]:
    if other.label != reference.label:
        yield Change("label", before=reference.label, after=other.label)
    mine, yours = dict(reference.attributes), dict(other.attributes)
    for key in sorted({*mine, *yours}):
        before, after = mine.get(key, ""), yours.get(key, "")
        if before != after:
            yield Change("attribute", attribute=key, before=before, after=after)
