"""Which suggestions wait for an answer, and what accepting or rejecting them does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b

from annotator.errors import N_, OperationError
from annotator.model.annotation import Annotation, Answer, Relation, Value
from annotator.model.edits import with_label
from annotator.model.many import those_that_fit
from annotator.model.operations import Change, Operation
from annotator.model.schema import Label, Schema
from annotator.model.state import AnnotationState
from annotator.model.suggestion import SuggestedRelation, Suggestion, SuggestionSet
from annotator.model.validation import check_annotation, check_overlap, check_relation


LEARNED_BEFORE_RULES = ("copies", "lines", "tokens", "", "furniture", "spillover", "attribution")
"""Whose suggestion is shown where two suggesters clash: labels of people on a copy, what was learned from labels, then
other people's suggesters (""), and last the built-in rules."""

Spanned = Annotation | Suggestion


def pending(suggested: SuggestionSet, state: AnnotationState, schema: Schema) -> SuggestionSet:
    """The suggestions that wait for an answer: those that step aside, for a label or a better suggestion, do not.

    One steps aside where it shares characters with an annotation of its own label, or crosses one, or where either of
    them is page furniture.
    """
    known, furniture = {label.id for label in schema.labels}, schema.furniture()
    waiting = [one for one in suggested.suggestions if one.label in known and not _is_answered(one, state)]
    kept: list[Suggestion] = []
    for rank in range(len(LEARNED_BEFORE_RULES)):
        own = _free([one for one in waiting if _rank(one) == rank], state.annotations, furniture)
        kept = list(SuggestionSet.of([*kept, *_free(own, kept, furniture)]).suggestions)
    ids = {one.id for one in kept}
    return SuggestionSet(tuple(kept), tuple(one for one in suggested.relations if {one.head, one.tail} <= ids))


def as_state(suggestions: Iterable[Suggestion], schema: Schema) -> AnnotationState:
    """Suggestions as the annotations that they would be, for those who look at a text by place."""
    return AnnotationState.of(annotation_of(one, schema) for one in suggestions)


def annotation_of(suggestion: Suggestion, schema: Schema) -> Annotation:
    """The annotation that comes of a suggestion."""
    one = suggestion
    return Annotation(one.id, one.start, one.end, one.label, one.attributes, one.origin, schema.version)


def accept(
    state: AnnotationState, schema: Schema, suggestions: Sequence[Suggestion], suggested: SuggestionSet, length: int
) -> tuple[Operation, int]:
    """Make annotations of suggestions, with the relations suggested among them and what is annotated already.

    Args:
        state: What the annotator has made so far.
        schema: The labels.
        suggestions: Those accepted; they are answered, whether they fit or not.
        suggested: All that is suggested for the document, for the relations.
        length: Code points of the text.

    Returns:
        The operation, and how many were left out because they overlap others as their label forbids, or equal one.

    Raises:
        OperationError: There is none, or one is not possible by itself.
    """
    if not suggestions:
        raise OperationError(N_("there is no suggestion to accept"))
    annotations = [annotation_of(one, schema) for one in suggestions]
    for annotation in annotations:
        check_annotation(annotation, schema, length)
    fitting = those_that_fit(annotations, state, schema)
    values: list[Value] = [*fitting, *_relations(state, schema, fitting, suggested)]
    values += [Answer(one.id, "accepted") for one in suggestions]
    return Operation("accept", tuple(Change(None, value) for value in values)), len(suggestions) - len(fitting)


def accept_as(
    state: AnnotationState, schema: Schema, annotation: Annotation, suggested: SuggestionSet, length: int
) -> Operation:
    """Accept a suggestion as an annotation that was changed: with other edges, another label or other attributes.

    Raises:
        OperationError: It is not possible, or overlaps others as its label forbids.
    """
    check_annotation(annotation, schema, length)
    check_overlap(annotation, state, schema)
    relations = _relations(state, schema, [annotation], suggested)
    values: tuple[Value, ...] = (annotation, *relations, Answer(annotation.id, "accepted"))
    return Operation("accept", tuple(Change(None, value) for value in values))


def with_other_label(suggestion: Suggestion, label: Label, schema: Schema) -> Annotation:
    """The annotation that comes of a suggestion under another label."""
    return with_label(annotation_of(suggestion, schema), label, schema)


def with_other_span(suggestion: Suggestion, span: tuple[int, int], schema: Schema) -> Annotation:
    """The annotation that comes of a suggestion with other edges."""
    return replace(annotation_of(suggestion, schema), start=span[0], end=span[1])


def with_value(annotation: Annotation, attribute: str, value: str) -> Annotation:
    """The annotation that comes of a suggestion with another value of an attribute."""
    values = tuple((key, value if key == attribute else old) for key, old in annotation.attributes)
    return replace(annotation, attributes=values)


def reject(suggestions: Sequence[Suggestion]) -> Operation:
    """Answer suggestions with no.

    Raises:
        OperationError: There is none.
    """
    if not suggestions:
        raise OperationError(N_("there is no suggestion to reject"))
    return Operation("reject", tuple(Change(None, Answer(one.id, "rejected")) for one in suggestions))


def _is_answered(suggestion: Suggestion, state: AnnotationState) -> bool:
    """Whether there is an answer, or the annotation that came of it: one that was imported brings no answer along."""
    return suggestion.id in state.answers or state.annotation(suggestion.id) is not None


def _rank(suggestion: Suggestion) -> int:
    name = suggestion.suggester
    return LEARNED_BEFORE_RULES.index(name if name in LEARNED_BEFORE_RULES else "")


def _free(candidates: Sequence[Suggestion], others: Sequence[Spanned], furniture: frozenset[str]) -> list[Suggestion]:
    """The candidates that clash with none of the others; both in reading order, so that one pass does."""
    free: list[Suggestion] = []
    active: list[Spanned] = []
    coming = 0
    for one in candidates:
        while coming < len(others) and others[coming].start < one.end:
            active.append(others[coming])
            coming += 1
        active = [other for other in active if other.end > one.start]
        if not any(_clashes(one, other, furniture) for other in active):
            free.append(one)
    return free


def _clashes(one: Spanned, other: Spanned, furniture: frozenset[str]) -> bool:
    if max(one.start, other.start) >= min(one.end, other.end):  # which a hidden annotation has to be too
        return False
    if one.label == other.label or furniture & {one.label, other.label}:
        return True
    inside = one.start <= other.start and other.end <= one.end
    around = other.start <= one.start and one.end <= other.end
    return not (inside or around)


def _relations(
    state: AnnotationState, schema: Schema, new: Sequence[Annotation], suggested: SuggestionSet
) -> list[Relation]:
    """The suggested relations that begin or end at a new annotation, as far as the schema allows them."""
    here = AnnotationState.of([*state.values.values(), *new])
    own = {annotation.id for annotation in new}
    found: list[Relation] = []
    for one in suggested.relations:
        head, tail = (stand_in(end, here, suggested) for end in (one.head, one.tail))
        if head is None or tail is None or not own & {head, tail}:
            continue
        relation = Relation(_relation_id(one, head, tail), one.label, head, tail)
        if relation.slot in here.values:  # another suggester's, with the same stand-ins
            continue
        try:
            check_relation(relation, here, schema)
        except OperationError:
            continue
        here = AnnotationState({**here.values, relation.slot: relation})
        found.append(relation)
    return found


def stand_in(suggestion_id: str, state: AnnotationState, suggested: SuggestionSet) -> str | None:
    """The annotation that came of a suggestion, or for which it stepped aside: one of its label on half of its text."""
    suggestion = suggested.by_id.get(suggestion_id)
    if suggestion is None:
        return None
    if state.annotation(suggestion_id) is not None:
        return suggestion_id
    for other in state.overlapping(suggestion.start, suggestion.end):
        shared = min(other.end, suggestion.end) - max(other.start, suggestion.start)
        if other.label == suggestion.label and 2 * shared >= max(
            other.end - other.start, suggestion.end - suggestion.start
        ):
            return other.id
    return None


def _relation_id(relation: SuggestedRelation, head: str, tail: str) -> str:
    return blake2b(f"{relation.label}\0{head}\0{tail}".encode(), digest_size=6).hexdigest()
