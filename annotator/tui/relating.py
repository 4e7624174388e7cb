"""Relating annotations by hints, and going along relations."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotator.errors import N_, OperationError
from annotator.model import relating
from annotator.model.annotation import Annotation, Relation
from annotator.model.schema import RelationType
from annotator.text.pages import RowId
from annotator.tui.desk import Desk
from annotator.tui.flows import digit, meant, other_end, phrase, relation_line, relation_name, show, text_of
from annotator.tui.hinting import hints_on
from annotator.tui.language import _, named
from annotator.tui.steps import Hints, Item, Menu, Step, hint_letters


def relate(desk: Desk, visible: tuple[RowId, ...]) -> Step:
    """Choose the other end of a relation, of the first type for which there is one; digits lead to the other types.

    Args:
        desk: The desk; the relation is one of its `target()`, which is focused then.
        visible: The rows in sight.

    Raises:
        OperationError: There is no annotation here, or nothing that it can be related to.
    """
    target = meant(desk)
    kinds = _kinds_of(desk, target)
    if not kinds:
        raise OperationError(N_("the schema has no relation for a {label}"), label=desk.label_name(target.label))
    desk.focused = target.id
    for kind in kinds:
        if candidates := _candidates(desk, target, kind):
            return _ask(desk, visible, target, kind, candidates)
    raise _nothing_to_relate(desk, target, kinds)


def _kinds_of(desk: Desk, target: Annotation) -> tuple[RelationType, ...]:
    """The types of relations that an annotation may have, in the order of the schema."""
    return tuple(kind for kind in desk.session.schema.relations if target.label in {*kind.head, *kind.tail})


def _candidates(desk: Desk, target: Annotation, kind: RelationType) -> list[Annotation]:
    """What an annotation can be related to now, the nearest first; of two as near, the one before it."""
    found = relating.targets(desk.session.state, desk.session.schema, target.id, kind.id)
    return sorted(found, key=lambda other: abs(other.start - target.start))


def _ask(
    desk: Desk, visible: tuple[RowId, ...], target: Annotation, kind: RelationType, candidates: Sequence[Annotation]
) -> Step:
    letters = hint_letters(len(candidates))
    by_letters = dict(zip(letters, candidates, strict=False))
    hints = hints_on(desk, visible, by_letters)
    others = tuple(
        Item(named(other), _other_kind(desk, visible, target, other), digit(number))
        for number, other in enumerate(_kinds_of(desk, target), 1)
        if other != kind
    )
    title = " · ".join([_arrow(kind, target), *(f"{other.key} {other.text}" for other in others if other.key)])
    return Hints(title, hints, lambda hint: _save(desk, target, kind, by_letters[hint.letters]), others)


def _arrow(kind: RelationType, target: Annotation) -> str:
    name = named(kind)
    return _("{relation} →", relation=name) if target.label in kind.head else _("{relation} ←", relation=name)


def _other_kind(desk: Desk, visible: tuple[RowId, ...], target: Annotation, kind: RelationType) -> Callable[[], Step]:
    def ask() -> Step:
        candidates = _candidates(desk, target, kind)
        if not candidates:
            raise _nothing_to_relate(desk, target, (kind,))
        return _ask(desk, visible, target, kind, candidates)

    return ask


def _save(desk: Desk, target: Annotation, kind: RelationType, other: Annotation) -> str:
    state, schema = desk.session.state, desk.session.schema
    is_head = kind in relating.free_types(state, schema, target.id, other.id)
    head, tail = (target, other) if is_head else (other, target)
    desk.execute(relating.relate(state, schema, Relation(desk.new_id(), kind.id, head.id, tail.id)))
    desk.focused = target.id
    if is_head:
        return _("saved: {relation} → {excerpt}", relation=named(kind), excerpt=text_of(desk, other))
    return _("saved: {relation} ← {excerpt}", relation=named(kind), excerpt=text_of(desk, other))


def _nothing_to_relate(desk: Desk, target: Annotation, kinds: Sequence[RelationType]) -> OperationError:
    """Why nothing can be chosen: what it takes is not there, or is related already."""
    heads = [kind for kind in kinds if target.label in kind.head]
    tails = [kind for kind in kinds if target.label in kind.tail]
    needed = dict.fromkeys([label for kind in heads for label in kind.tail])
    needed |= dict.fromkeys([label for kind in tails for label in kind.head])
    counts = desk.session.state.counts
    values = {
        "label": desk.label_name(target.label),
        "needed": _(", ").join(desk.label_name(label) for label in needed),
    }
    if any(counts[label] > (label == target.label) for label in needed):
        template = N_("this {label} is related to all that it can be related to, or to as many as it may be")
        return OperationError(template, hint=N_("Enter shows its relations"), **values)
    return OperationError(N_("a {label} is related to: {needed}; there is none here yet"), **values)


def follow(desk: Desk) -> Step:
    """Focus the other end of the only relation of the annotation or suggestion here, or choose one of several.

    Raises:
        OperationError: There is no annotation here, or it has no relation.
    """
    suggested = desk.suggested_annotation()
    target = suggested or meant(desk)
    relations = (desk.suggested if suggested else desk.session.state).relations_of(target.id)
    if not relations:
        raise OperationError(N_("this annotation has no relation; a relates it"))
    if len(relations) == 1:
        return go_along(desk, relations[0], target.id)
    items = tuple(_item(desk, relation, target.id, number) for number, relation in enumerate(relations, 1))
    return Menu(phrase(desk, target), items)


def _item(desk: Desk, relation: Relation, seen_from: str, number: int) -> Item:
    other = other_end(desk, relation, seen_from)
    text, label = relation_line(desk, relation, seen_from), other.label if other else ""
    return Item(text, lambda: go_along(desk, relation, seen_from), digit(number), label)


def go_along(desk: Desk, relation: Relation, seen_from: str) -> str:
    """Focus the other end of a relation.

    Raises:
        OperationError: It is gone.
    """
    other = other_end(desk, relation, seen_from)
    if other is None:
        raise OperationError(N_("this annotation is gone"))
    show(desk, other)
    return relation_name(desk, relation.label)
