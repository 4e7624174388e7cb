"""Which parts of a text look different in another view of the same layout, so that no more is drawn again."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.tui.row_style import hits_on, shown_on
from annotator.tui.view import Span, View


def changed_spans(before: View, after: View, in_sight: Span) -> Iterator[Span]:
    """The spans whose cells may look different; of annotations and hits only those in sight.

    Args:
        before: The view that was drawn.
        after: Another one of the same layout, with the same folds.
        in_sight: The span of the rows on the screen.
    """
    if before.cursor != after.cursor:
        yield before.cursor, before.cursor + 1
        yield after.cursor, after.cursor + 1
    if before.selection != after.selection:
        yield from _exclusive(before.selection or (0, 0), after.selection or (0, 0))
    if before.state is not after.state or before.suggested is not after.suggested or before.focused != after.focused:
        for shown in set(shown_on(before, *in_sight)) ^ set(shown_on(after, *in_sight)):
            yield shown.annotation.start, shown.annotation.end
    if before.hits is not after.hits:
        yield from set(hits_on(before.hits, *in_sight)) ^ set(hits_on(after.hits, *in_sight))


def _exclusive(one: Span, other: Span) -> Iterator[Span]:
    """What is in one of two spans only."""
    if one[0] >= other[1] or other[0] >= one[1]:
        yield one
        yield other
        return
    yield min(one[0], other[0]), max(one[0], other[0])
    yield min(one[1], other[1]), max(one[1], other[1])
