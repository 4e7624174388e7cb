"""The most disputed places of a document, with the text around them."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.agreement.items import Item
from annotator.agreement.kinds import KINDS
from annotator.agreement.report.tables import Excerpt, Mark
from annotator.agreement.study import StudyDocument


MOST = 3
"""Places of one document."""

AROUND = 60
"""Characters of the text before and behind a place."""

LONGEST = 400
"""Characters of a place; of a longer one the rest is left out."""


def gravest_places(document: StudyDocument, items: Sequence[Item]) -> tuple[Excerpt, ...]:
    """The gravest disagreements about spans, trivial ones last, in the order of the text among equals."""
    disputed = [item for item in items if item.is_disputed and item.group != "document"]
    gravest = sorted(disputed, key=lambda item: (_is_trivial(item), -KINDS.index(item.kind), item.start, item.end))
    return tuple(_excerpt(document, item) for item in gravest[:MOST])


def _is_trivial(item: Item) -> bool:
    return all(difference.is_trivial for difference in item.differences)


def _excerpt(document: StudyDocument, item: Item) -> Excerpt:
    start = max(0, item.start - AROUND)
    end = min(len(document.text), item.end + AROUND, item.start + LONGEST + AROUND)
    marks = tuple(
        Mark(annotation.start - start, min(annotation.end, end) - start, vote.annotator, annotation.label)
        for vote in item.votes
        for annotation in vote.annotations
        if annotation.start < end
    )
    return Excerpt(document.doc_id, start, document.text[start:end], item.kind, marks)
