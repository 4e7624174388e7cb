"""What the flows share: the annotation that is meant, and how they speak of annotations, relations and values."""

from __future__ import annotations

from annotator.errors import N_, OperationError
from annotator.model.annotation import Annotation, Relation
from annotator.model.schema import Attribute
from annotator.tui.desk import Desk
from annotator.tui.language import _, language, named


EXCERPT = 60
"""Code points of an annotation's text in a line of a menu."""

NONE = "—"
"""Stands where there is no value."""


def meant(desk: Desk) -> Annotation:
    """The annotation that a command means.

    Raises:
        OperationError: There is none here, or a suggestion is focused.
    """
    if desk.suggestion() is not None:
        raise OperationError(N_("this is only suggested: Enter accepts it"))
    target = desk.target()
    if target is None:
        raise OperationError(N_("there is no annotation here; Tab goes to the next one"))
    return target


def show(desk: Desk, annotation: Annotation) -> None:
    """Go to an annotation and focus it, unfolded where it was hidden."""
    desk.unfold_at(annotation.start)
    desk.focus(annotation)


def leave_edge(desk: Desk) -> None:
    """Let go of an edge on the move: its annotation may be another one soon, or gone."""
    if desk.edge is not None:
        desk.escape()


def digit(number: int) -> str:
    """The key of the so many-th line of a menu, counted from 1; "" where digits do not last."""
    return str(number) if number <= 9 else ""


def excerpt(text: str, start: int = 0, end: int | None = None, length: int = EXCERPT) -> str:
    """The beginning of a span of a text on one line, with "…" where it is cut."""
    end = len(text) if end is None else end
    shown = " ⏎ ".join(filter(None, text[start : min(end, start + length)].split("\n")))
    return f"{shown}…" if end - start > length else shown


def text_of(desk: Desk, annotation: Annotation | None) -> str:
    """The text of an annotation, cut short."""
    if annotation is None or annotation.hidden:
        return NONE
    return excerpt(desk.layout.text, annotation.start, annotation.end)


def phrase(desk: Desk, annotation: Annotation) -> str:
    """An annotation as its label and its text."""
    return _("{label} «{excerpt}»", label=desk.label_name(annotation.label), excerpt=text_of(desk, annotation))


def relation_name(desk: Desk, type_id: str) -> str:
    """What people call a type of relations; one that the schema does not have, its id."""
    kind = desk.session.schema.relation(type_id)
    return named(kind) if kind else type_id


def other_end(desk: Desk, relation: Relation, seen_from: str) -> Annotation | None:
    """The annotation at the other end of a relation, or the suggestion."""
    end = relation.tail if relation.head == seen_from else relation.head
    return desk.session.state.annotation(end) or desk.suggested.annotation(end)


def relation_line(desk: Desk, relation: Relation, seen_from: str) -> str:
    """A relation as seen from one of its ends: which way it leads, its type, what is at the other end."""
    name, text = relation_name(desk, relation.label), text_of(desk, other_end(desk, relation, seen_from))
    if relation.head == seen_from:
        return _("→ {relation}: {excerpt}", relation=name, excerpt=text)
    return _("← {relation}: {excerpt}", relation=name, excerpt=text)


def value_name(attribute: Attribute, value: str | None) -> str:
    """What people call a value of an attribute; a long text is cut short."""
    if not value:
        return NONE
    name = attribute.value_names.get(value)
    if name is not None:
        return name.get(language()) or value
    if attribute.type == "bool" and value in attribute.values:
        return _("yes") if value == "true" else _("no")
    return excerpt(value)
