"""Attributes and relations of an annotation, labels and note of the document: menus that lead back to themselves."""

from __future__ import annotations

from collections.abc import Callable

from annotator.model import edits, relating
from annotator.model.accepting import with_value
from annotator.model.annotation import Annotation, Relation
from annotator.model.schema import Attribute, RelationType
from annotator.model.warnings import warnings
from annotator.tui.desk import Desk
from annotator.tui.flows import NONE, digit, excerpt, other_end, phrase, relation_line, value_name
from annotator.tui.language import _, named
from annotator.tui.relating import go_along
from annotator.tui.steps import Ask, Item, Menu, Step


Back = Callable[[str], Step]
"""Where a choice leads, with a word on what it has done."""


def details(desk: Desk) -> Step:
    """The attributes and relations of the annotation here; of the document where there is none.

    An annotation that has just one attribute and no relation leads to the values of that at once.
    """
    target = desk.target()
    if target is None:
        return document(desk)
    desk.focused = target.id
    attributes, relations = _attributes(desk, target), desk.session.state.relations_of(target.id)
    if len(attributes) == 1 and not relations:
        return _values(desk, target, attributes[0], lambda said: said)
    return _annotation_menu(desk, target.id)


def numbered(desk: Desk, number: int) -> Step:
    """The attribute or relation that has a number in the details of the focused annotation: its choices at once.

    A value that is chosen for a suggestion accepts it.
    """
    annotation = desk.annotation() or desk.suggested_annotation()
    if annotation is None:
        return _("digits choose among the attributes of a focused annotation (Tab)")
    attributes, relations = _attributes(desk, annotation), desk.session.state.relations_of(annotation.id)
    if number <= len(attributes):
        return _values(desk, annotation, attributes[number - 1], lambda said: said)
    if desk.suggestion() is not None:
        return _("it has no attribute {number}; Enter accepts it", number=number)
    if number <= len(attributes) + len(relations):
        return _relation_item(desk, annotation.id, relations[number - 1 - len(attributes)], number - 1).do()
    return _annotation_menu(desk, annotation.id)


def _attributes(desk: Desk, annotation: Annotation) -> tuple[Attribute, ...]:
    label = desk.session.schema.label(annotation.label)
    return label.attributes if label else ()


def _annotation_menu(desk: Desk, annotation_id: str, current: int = 0, said: str = "") -> Step:
    state = desk.session.state
    annotation = state.annotation(annotation_id)
    if annotation is None:
        return said
    attributes, relations = _attributes(desk, annotation), state.relations_of(annotation_id)
    if not attributes and not relations:
        return said or _("a {label} has no attributes; a relates it", label=desk.label_name(annotation.label))
    items = [_attribute_item(desk, annotation, attribute, number) for number, attribute in enumerate(attributes)]
    items += [_relation_item(desk, annotation_id, one, number) for number, one in enumerate(relations, len(items))]
    return Menu(phrase(desk, annotation), tuple(items), min(current, len(items) - 1), said=said)


# Attributes


def _attribute_item(desk: Desk, annotation: Annotation, attribute: Attribute, index: int) -> Item:
    value = value_name(attribute, dict(annotation.attributes).get(attribute.id))
    flaws = warnings(annotation, desk.session.state, desk.session.schema)
    return Item(
        _("{attribute}: {value}", attribute=named(attribute), value=value),
        lambda: _values(desk, annotation, attribute, lambda said: _annotation_menu(desk, annotation.id, index, said)),
        digit(index + 1),
        detail="⚠"
        if any(flaw.values.get("attribute") == attribute for flaw in flaws)
        else _default_mark(annotation, attribute),
    )


def _default_mark(annotation: Annotation, attribute: Attribute) -> str:
    """A word beside a value that perhaps nobody has looked at."""
    return _("default") if dict(annotation.attributes).get(attribute.id) == attribute.default else ""


def _values(desk: Desk, annotation: Annotation, attribute: Attribute, back: Back) -> Step:
    """Ask for the value of an attribute."""
    present = dict(annotation.attributes).get(attribute.id)

    def save(value: str) -> Step:
        session = desk.session
        if annotation.id in session.pending.by_id:
            desk.accept_as(with_value(annotation, attribute.id, value))
        elif value == present:
            return back("")
        else:
            desk.execute(edits.set_attribute(session.state, session.schema, annotation.id, attribute.id, value))
        said = _("saved: {attribute}: {value}", attribute=named(attribute), value=value_name(attribute, value))
        return back(said)

    if attribute.type == "text":
        return Ask(_("{attribute}:", attribute=named(attribute)), present or "", save)
    items = tuple(
        Item(value_name(attribute, value), _saving(save, value), digit(number), is_on=value == present)
        for number, value in enumerate(attribute.values, 1)
    )
    return Menu(
        _("{attribute} · {annotation}", attribute=named(attribute), annotation=phrase(desk, annotation)),
        items,
        _index_on(items),
    )


def _saving(save: Callable[[str], Step], value: str) -> Callable[[], Step]:
    return lambda: save(value)


def _index_on(items: tuple[Item, ...]) -> int:
    return next((index for index, item in enumerate(items) if item.is_on), 0)


# Relations


def _relation_item(desk: Desk, annotation_id: str, relation: Relation, index: int) -> Item:
    other = other_end(desk, relation, annotation_id)
    return Item(
        relation_line(desk, relation, annotation_id),
        lambda: _relation_menu(desk, annotation_id, relation, index),
        digit(index + 1),
        other.label if other else "",
    )


def _relation_menu(desk: Desk, annotation_id: str, relation: Relation, index: int) -> Step:
    """Go along a relation, remove it, or give it another type that its ends may have."""
    kinds = relating.free_types(desk.session.state, desk.session.schema, relation.head, relation.tail)

    def back(said: str) -> Step:
        return _annotation_menu(desk, annotation_id, index, said)

    def remove() -> Step:
        desk.execute(relating.unrelate(desk.session.state, relation.id))
        return back(_("saved: relation removed"))

    items = [
        Item(_("go there"), lambda: go_along(desk, relation, annotation_id), digit(1)),
        Item(_("remove this relation"), remove, digit(2)),
    ]
    items += [
        Item(_("change into: {relation}", relation=named(kind)), _retyping(desk, relation, kind, back), digit(number))
        for number, kind in enumerate((kind for kind in kinds if kind.id != relation.label), 3)
    ]
    return Menu(relation_line(desk, relation, annotation_id), tuple(items))


def _retyping(desk: Desk, relation: Relation, kind: RelationType, back: Back) -> Callable[[], Step]:
    def retype() -> Step:
        desk.execute(relating.retype(desk.session.state, desk.session.schema, relation.id, kind.id))
        return back(_("saved: now {relation}", relation=named(kind)))

    return retype


# The document


def document(desk: Desk, current: int = 0, said: str = "") -> Step:
    """The labels of the document, which are put on and off, and its note."""
    schema, state = desk.session.schema, desk.session.state
    names = {label.id: named(label) for label in schema.document_labels}
    names |= {label: label for label in state.document_labels if label not in names}  # came with an import
    items = [
        Item(name, _toggling(desk, label, name, index), digit(index + 1), is_on=label in state.document_labels)
        for index, (label, name) in enumerate(names.items())
    ]
    items.append(Item(_("note: {note}", note=excerpt(state.note) or NONE), lambda: _ask_note(desk), "n"))
    return Menu(_("labels and note of the document"), tuple(items), current, said=said)


def _toggling(desk: Desk, label_id: str, name: str, index: int) -> Callable[[], Step]:
    def toggle() -> Step:
        desk.execute(edits.toggle_document_label(desk.session.state, desk.session.schema, label_id))
        is_on = label_id in desk.session.state.document_labels
        said = _("saved: {label}", label=name) if is_on else _("saved: {label} removed", label=name)
        return document(desk, index, said)

    return toggle


def _ask_note(desk: Desk) -> Step:
    def save(note: str) -> Step:
        index = len(desk.session.schema.document_labels)
        if note == desk.session.state.note:
            return document(desk, index)
        desk.execute(edits.set_note(desk.session.state, note))
        return document(desk, index, _("saved: note") if note else _("saved: note removed"))

    return Ask(_("Note:"), desk.session.state.note, save)
