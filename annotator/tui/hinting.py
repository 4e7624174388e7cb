"""Where the hints on annotations stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotator.model.annotation import Annotation
from annotator.text.navigation import Span
from annotator.text.pages import DocumentLayout, RowId
from annotator.text.words import next_word
from annotator.tui.desk import Desk
from annotator.tui.flows import phrase
from annotator.tui.steps import Hint


def hints_on(desk: Desk, visible: Sequence[RowId], annotations: Mapping[str, Annotation]) -> tuple[Hint, ...]:
    """A hint on each annotation in sight; those out of sight, and those that find no room, are told by their text.

    Args:
        desk: The desk.
        visible: The rows in sight, from top to bottom.
        annotations: What to choose from, by the letters that stand for it; the first ones are placed first.
    """
    layout, taken = desk.layout, set[int]()
    first, last = _sight(layout, visible)
    hints = []
    for letters, annotation in annotations.items():
        place = _free_place(layout, (max(annotation.start, first), min(annotation.end, last)), taken)
        if place is None:
            hints.append(Hint(annotation.start, letters, phrase(desk, annotation)))
        else:
            taken |= {place, place + 1}
            hints.append(Hint(place, letters))
    return tuple(hints)


def _sight(layout: DocumentLayout, visible: Sequence[RowId]) -> Span:
    """The code points from the first row in sight to the last one."""
    if not visible:
        return 0, 0
    first, last = visible[0], visible[-1]
    start = layout.span(first.paragraph)[0] + layout.row(first).start
    return start, layout.span(last.paragraph)[0] + layout.row(last).end


def _free_place(layout: DocumentLayout, span: Span, taken: set[int]) -> int | None:
    """Where in a span two letters have room beside other hints: at its start, or at a word behind that."""
    offset, end = span
    while offset < end:
        is_free = taken.isdisjoint((offset, offset + 1))
        if is_free and layout.fold_at(layout.paragraph_at(offset)) is None:
            return offset
        offset = next_word(layout.text, offset)
    return None
