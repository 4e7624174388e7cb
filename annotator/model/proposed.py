"""Suggestions as the annotations and relations that they would be, for those who look at a text by place."""

from __future__ import annotations

from annotator.model.accepting import as_state, stand_in
from annotator.model.annotation import Relation
from annotator.model.schema import Schema
from annotator.model.state import AnnotationState
from annotator.model.suggestion import SuggestionSet


def proposed(
    waiting: SuggestionSet, suggested: SuggestionSet, state: AnnotationState, schema: Schema
) -> AnnotationState:
    """The suggestions that wait, and the relations proposed for them, to each other and to what is annotated already.

    Args:
        waiting: The suggestions that wait for an answer.
        suggested: All that is suggested for the document.
        state: What the annotator has made so far; an annotation may stand at the other end of a relation.
        schema: The labels.
    """
    relations = []
    for one in suggested.relations:
        ends = [end if end in waiting.by_id else stand_in(end, state, suggested) for end in (one.head, one.tail)]
        head, tail = ends
        if head is not None and tail is not None and not waiting.by_id.keys().isdisjoint(ends):
            relations.append(Relation(f"{one.label} {head} {tail}", one.label, head, tail))
    return AnnotationState.of([*as_state(waiting.suggestions, schema).annotations, *relations])
