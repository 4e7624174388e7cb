"""The history as a list, and back or forward to any point of it."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from annotator.model.accepting import annotation_of
from annotator.model.annotation import Annotation, Answer, DocumentLabel, Note, Relation, Status, Value
from annotator.model.history import HistoryItem
from annotator.model.operations import Change, Operation
from annotator.tui.desk import Desk
from annotator.tui.flows import NONE, excerpt, leave_edge, phrase, relation_name, text_of, value_name
from annotator.tui.language import _, named, ngettext
from annotator.tui.steps import Item, Menu, Step
from annotator.tui.wording import operation_name, status_name


SHORT = 20
"""Code points of the first one of several annotations."""


def history(desk: Desk) -> Step:
    """What was done, the latest first; choosing goes to how things were right after it."""
    timeline = desk.session.timeline()
    if not timeline:
        return _("nothing was done yet")
    done = sum(not item.is_undone for item in timeline)
    today = datetime.now().astimezone()
    items = [_item(desk, item, done, today) for item in reversed(timeline)]
    items.append(Item(_("beginning"), partial(_go_to, desk, 0, done), is_on=done == 0))
    return Menu(_("history: Enter goes to any point"), tuple(items), len(timeline) - done)


def _item(desk: Desk, item: HistoryItem, done: int, today: datetime) -> Item:
    moment = _moment(item.at, today)
    return Item(
        _told(desk, item.operation),
        partial(_go_to, desk, item.position, done),
        is_on=item.position == done,
        detail=_("undone · {time}", time=moment) if item.is_undone else moment,
    )


def stepped(desk: Desk, operation: Operation, *, forward: bool) -> str:
    """What an undo or a redo did."""
    told = _told(desk, operation)
    return (
        _("saved: redone: {operation}", operation=told) if forward else _("saved: undone: {operation}", operation=told)
    )


def _told(desk: Desk, operation: Operation) -> str:
    return _("{operation}: {what}", operation=operation_name(operation.name), what=what_of(desk, operation))


def _go_to(desk: Desk, position: int, done: int) -> Step:
    if position == done:
        return ""
    leave_edge(desk)
    changed = desk.session.go_to(position)
    desk.unfold(changed)
    desk.unfold_what_is_no_furniture()
    if changed:
        desk.go(changed[-1][0])
    steps = abs(position - done)
    if position < done:
        return ngettext("saved: {n} undone", "saved: {n} undone", steps)
    return ngettext("saved: {n} redone", "saved: {n} redone", steps)


def _moment(at: str, today: datetime) -> str:
    """A stored time as people here read it: the time of day, and the date unless that is today's."""
    if not at:
        return ""
    local = datetime.fromisoformat(at).astimezone(today.tzinfo)
    return local.strftime("%H:%M" if local.date() == today.date() else "%Y-%m-%d %H:%M")


def what_of(desk: Desk, operation: Operation) -> str:
    """What an operation is about: its annotations where it has some, else whatever it changes."""
    main = [change for change in operation.changes if isinstance(_value(change), Annotation)]
    main = main or list(operation.changes)
    if not main:
        return _("nothing here")
    first = _change(desk, main[0]) if len(main) == 1 else _short(desk, main[0])
    if operation.name == "decide" and main[0].after is None:
        first = _("{what} removed", what=first)
    if len(main) == 1:
        return first
    return ngettext("{first} and {n} more", "{first} and {n} more", len(main) - 1, first=first)


def _short(desk: Desk, change: Change) -> str:
    """The first of several changes, in so few letters that the number of the others is seen too."""
    value = _value(change)
    if not isinstance(value, Annotation) or value.hidden:
        return _change(desk, change)
    text = excerpt(desk.layout.text, value.start, value.end, SHORT)
    return _("{label} «{excerpt}»", label=desk.label_name(value.label), excerpt=text)


def _value(change: Change) -> Value | None:
    return change.after if change.after is not None else change.before


def _change(desk: Desk, change: Change) -> str:
    match change.before, change.after:
        case Annotation() as before, Annotation() as after:
            return _annotation_change(desk, before, after)
        case Relation() as before, Relation() as after:
            name = relation_name(desk, before.label)
            return _("{before} → {after}", before=name, after=_relation(desk, after))
        case Status(), None:
            return status_name("open")
        case (DocumentLabel() | Note()) as gone, None:
            return _("{what} removed", what=_name(desk, gone))
    value = _value(change)
    return NONE if value is None else _name(desk, value)


def _name(desk: Desk, value: Value) -> str:  # noqa: PLR0911  # one for each kind
    match value:
        case Annotation():
            return phrase(desk, value)
        case Relation():
            return _relation(desk, value)
        case DocumentLabel():
            kind = desk.session.schema.document_label(value.label)
            return named(kind) if kind else value.label
        case Note():
            return excerpt(value.text)
        case Status():
            return status_name(value.name)
        case Answer():
            suggestion = desk.session.suggested.by_id.get(value.suggestion)
            if suggestion is None:
                return _("a suggestion")
            return phrase(desk, annotation_of(suggestion, desk.session.schema))


def _annotation_change(desk: Desk, before: Annotation, after: Annotation) -> str:
    """What is new in an annotation: its label, an attribute, or its edges."""
    if before.label != after.label:
        return _("{before} → {after}", before=desk.label_name(before.label), after=phrase(desk, after))
    label = desk.session.schema.label(after.label)
    old, new = dict(before.attributes), dict(after.attributes)
    for attribute in label.attributes if label else ():
        if old.get(attribute.id) != new.get(attribute.id):
            value = value_name(attribute, new.get(attribute.id))
            return _(
                "{attribute}: {value} · {annotation}",
                attribute=named(attribute),
                value=value,
                annotation=phrase(desk, after),
            )
    return phrase(desk, after)


def _relation(desk: Desk, relation: Relation) -> str:
    head, tail = (desk.session.state.annotation(end) for end in (relation.head, relation.tail))
    name = relation_name(desk, relation.label)
    return _("«{head}» {relation} «{tail}»", head=text_of(desk, head), relation=name, tail=text_of(desk, tail))
