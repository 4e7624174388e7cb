"""Every builder of an annotator's operations, with whatever it may be called with, for property tests."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from annotator.model import edits, many, relating
from annotator.model.annotation import STATUSES, Relation
from annotator.model.operations import Operation, OperationName
from annotator.model.state import AnnotationState
from tests.support.model import CLAIM, LENGTH, RETYPING, any_annotations, fitting_relations, spans


Draw = st.DrawFn
Builder = Callable[[Draw, AnnotationState, str], Operation]

LABELS = st.sampled_from(RETYPING.labels)
TYPES = st.sampled_from([one.id for one in RETYPING.relations])
TEXTS = st.text(max_size=3)


def _one(draw: Draw, state: AnnotationState) -> str:
    return draw(st.sampled_from([one.id for one in state.annotations] or ["none"]))


def _relation(draw: Draw, state: AnnotationState) -> str:
    return draw(st.sampled_from([one.id for one in state.relations] or ["none"]))


def _add(draw: Draw, state: AnnotationState, new_id: str) -> Operation:
    return edits.add(state, RETYPING, draw(any_annotations(new_id)), LENGTH)


def _remove(draw: Draw, state: AnnotationState, new_id: str) -> Operation:
    return edits.remove(state, _one(draw, state))


def _move_edges(draw: Draw, state: AnnotationState, new_id: str) -> Operation:
    return edits.move_edges(state, RETYPING, _one(draw, state), draw(spans()), LENGTH)


def _relabel(draw: Draw, state: AnnotationState, new_id: str) -> Operation:
    return edits.relabel(state, RETYPING, _one(draw, state), draw(LABELS))


def _set_attribute(draw: Draw, state: AnnotationState, new_id: str) -> Operation:
    annotation_id = _one(draw, state)
    annotation = state.annotation(annotation_id)
    label = RETYPING.label(annotation.label) if annotation else None
    attribute = draw(st.sampled_from((label and label.attributes) or CLAIM.attributes))
    value = draw(TEXTS | st.sampled_from(attribute.values or ("none",)))
    return edits.set_attribute(state, RETYPING, annotation_id, attribute.id, value)


def _relate(draw: Draw, state: AnnotationState, new_id: str) -> Operation:
    any_ends = st.builds(Relation, st.just(new_id), TYPES, st.just(_one(draw, state)), st.just(_one(draw, state)))
    return relating.relate(state, RETYPING, draw(fitting_relations(state, RETYPING, new_id) | any_ends))


def _retype(draw: Draw, state: AnnotationState, new_id: str) -> Operation:
    relation_id = _relation(draw, state)
    relation = next((one for one in state.relations if one.id == relation_id), None)
    types = relating.relation_types(state, RETYPING, relation.head, relation.tail) if relation else ()
    others = [kind.id for kind in types if relation and kind.id != relation.label]
    return relating.retype(state, RETYPING, relation_id, draw(TYPES if not others else st.sampled_from(others)))


def _unrelate(draw: Draw, state: AnnotationState, new_id: str) -> Operation:
    return relating.unrelate(state, _relation(draw, state))


def _toggle_document_label(draw: Draw, state: AnnotationState, new_id: str) -> Operation:
    return edits.toggle_document_label(state, RETYPING, "opinion")


def _set_note(draw: Draw, state: AnnotationState, new_id: str) -> Operation:
    return edits.set_note(state, draw(TEXTS))


def _set_status(draw: Draw, state: AnnotationState, new_id: str) -> Operation:
    return edits.set_status(state, draw(st.sampled_from(STATUSES)), draw(st.none() | TEXTS))


def _add_all(draw: Draw, state: AnnotationState, new_id: str) -> Operation:
    new = [draw(any_annotations(f"{new_id}-{number}")) for number in range(draw(st.integers(0, 8)))]
    return many.add_all(state, RETYPING, new, LENGTH)[0]


def _relabel_all(draw: Draw, state: AnnotationState, new_id: str) -> Operation:
    return many.relabel_all(state, RETYPING, draw(LABELS).id, draw(LABELS))[0]


def _remove_all(draw: Draw, state: AnnotationState, new_id: str) -> Operation:
    return many.remove_all(state, draw(LABELS).id)


BUILDERS: dict[str, tuple[OperationName, Builder]] = {
    "add": ("add", _add),
    "remove": ("remove", _remove),
    "move edges": ("move edge", _move_edges),
    "relabel": ("relabel", _relabel),
    "set attribute": ("set attribute", _set_attribute),
    "relate": ("relate", _relate),
    "retype": ("retype", _retype),
    "unrelate": ("unrelate", _unrelate),
    "toggle document label": ("document label", _toggle_document_label),
    "set note": ("note", _set_note),
    "set status": ("status", _set_status),
    "add all": ("add", _add_all),
    "relabel all": ("relabel", _relabel_all),
    "remove all": ("remove", _remove_all),
}
"""By the name of each builder: the name of the operations that it makes, and how it is called."""


@st.composite
def built(draw: Draw, state: AnnotationState, builder: str | None = None, new_id: str = "new") -> Operation:
    """What a builder makes of a state; its OperationError comes out where it refuses.

    Args:
        draw: Given by hypothesis.
        state: The present state.
        builder: The name of a builder, or None for any.
        new_id: The id of what is added; of several, its beginning.
    """
    name = draw(st.sampled_from([*BUILDERS])) if builder is None else builder
    return BUILDERS[name][1](draw, state, new_id)
