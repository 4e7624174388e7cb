"""What Tab goes to: annotations and suggestions, in reading order and round the end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from heapq import merge
from itertools import chain
from math import inf

from annotator.model.annotation import Annotation
from annotator.model.state import AnnotationState, reading_order
from annotator.text.pages import DocumentLayout


Place = tuple[float, float, str, str]


def next_stop(
    layout: DocumentLayout,
    state: AnnotationState,
    suggested: AnnotationState,
    here: Annotation | int,
    step: int,
) -> Annotation | None:
    """The annotation or suggestion that comes next, or before; None where there is none at all.

    An annotation that is folded away as a whole has been settled: it is passed over, unless there is nothing else.

    Args:
        layout: The lines and what is folded.
        state: The annotations.
        suggested: The suggestions, as the annotations that they would be.
        here: The annotation or suggestion to go on from, else a character, which itself counts as ahead.
        step: 1 for the next one, -1 for the one before.
    """
    folded: Annotation | None = None
    for one in _in_order(state, suggested, here, step):
        if one.hidden:
            continue
        if suggested.annotation(one.id) is not None or not is_folded_away(layout, one):
            return one
        folded = folded or one
    return folded


def is_folded_away(layout: DocumentLayout, annotation: Annotation) -> bool:
    """Whether all of an annotation lies in one fold."""
    fold = layout.fold_at(layout.paragraph_at(annotation.start))
    return fold is not None and annotation.end <= layout.span(fold.last)[1]


def _in_order(
    state: AnnotationState, suggested: AnnotationState, here: Annotation | int, step: int
) -> Iterable[Annotation]:
    """All of both from a place on, the place itself last."""
    if isinstance(here, Annotation):
        place: Place = reading_order(here)
    else:
        place = (here, -inf, "", "") if step > 0 else (here, inf, "", "")
    both = state.annotations, suggested.annotations
    if step > 0:
        ahead = (_forward(found, place) for found in both)
        return merge(*ahead, key=lambda one: (reading_order(one) <= place, reading_order(one)))
    back = (_backward(found, place) for found in both)
    return merge(*back, key=lambda one: (reading_order(one) < place, reading_order(one)), reverse=True)


def _forward(found: Sequence[Annotation], place: Place) -> Iterable[Annotation]:
    first = bisect_right(found, place, key=reading_order)
    return chain(found[first:], found[:first])


def _backward(found: Sequence[Annotation], place: Place) -> Iterable[Annotation]:
    last = bisect_left(found, place, key=reading_order)
    return chain(reversed(found[:last]), reversed(found[last:]))
