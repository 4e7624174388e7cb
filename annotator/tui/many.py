"""One thing done to many annotations: all places of a text, all annotations of a label. Each is one undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from annotator.errors import N_, OperationError
from annotator.model import many
from annotator.model.annotation import Annotation
from annotator.model.edits import new_annotation, with_label
from annotator.model.schema import Label
from annotator.text.navigation import Span
from annotator.text.occurrences import occurrences as places_of
from annotator.text.selection import Selection
from annotator.tui.desk import Desk
from annotator.tui.flows import excerpt, leave_edge, meant
from annotator.tui.language import _, named, ngettext
from annotator.tui.steps import Item, Menu, Step


def occurrences(desk: Desk) -> Step:
    """Label all places of the selected text, or those where the text of the annotation here stands once more.

    What counts as the same text is said in `annotator.text.occurrences`.

    Raises:
        OperationError: Nothing is selected and there is no annotation here, or no place can have the label.
    """
    span = desk.selection.span
    if span is not None:
        return _ask_label(desk, desk.trimmed(span))
    target = desk.target()
    if target is None:
        raise OperationError(N_("select a text first (Space or m), or focus an annotation (Tab)"))
    own = target.start, target.end
    others = [place for place in places_of(desk.layout.text, own) if place != own]
    if target.hidden or not others:
        return _("its text stands nowhere else")
    label = desk.session.schema.label(target.label)
    model = with_label(target, label, desk.session.schema) if label else target
    copies = [replace(model, id=desk.new_id(), start=start, end=end, origin="manual") for start, end in others]
    return _add(desk, copies)


def _ask_label(desk: Desk, span: Span) -> Step:
    text = desk.layout.text
    places = places_of(text, span)
    items = tuple(
        Item(named(label), _labelling(desk, label, span, places), label.key, label=label.id)
        for label in desk.session.schema.labels
    )
    title = ngettext(
        "{n} place of «{text}»: which label?",
        "{n} places of «{text}»: which label?",
        len(places),
        text=excerpt(text, *span),
    )
    return Menu(title, items)


def _labelling(desk: Desk, label: Label, span: Span, places: Sequence[Span]) -> Callable[[], Step]:
    def apply() -> Step:
        schema = desk.session.schema
        annotations = {place: new_annotation(desk.new_id(), *place, label, schema) for place in places}
        said = _add(desk, list(annotations.values()))
        desk.selection = Selection()
        if desk.session.state.annotation(annotations[span].id) is not None:
            desk.focused = annotations[span].id
        return said

    return apply


def _add(desk: Desk, annotations: Sequence[Annotation]) -> str:
    session = desk.session
    operation, skipped = many.add_all(session.state, session.schema, annotations, len(desk.layout.text))
    desk.execute(operation)
    return _saved(ngettext("{n} added", "{n} added", len(operation.changes)), skipped)


def remove_all(desk: Desk) -> Step:
    """Remove all annotations with the label of the one here, and their relations.

    Raises:
        OperationError: There is no annotation here.
    """
    label_id = meant(desk).label
    operation = many.remove_all(desk.session.state, label_id)
    count = desk.session.state.counts[label_id]
    desk.execute(operation)
    leave_edge(desk)
    desk.focused = None
    return ngettext(
        "saved: {n} {label} removed; u takes it back",
        "saved: {n} {label} removed; u takes them back",
        count,
        label=desk.label_name(label_id),
    )


def relabel_all(desk: Desk) -> Step:
    """Choose another label for all annotations with the label of the one here.

    Raises:
        OperationError: There is no annotation here.
    """
    label_id = meant(desk).label
    items = tuple(
        Item(named(label), _relabelling(desk, label_id, label), label.key, label=label.id)
        for label in desk.session.schema.labels
        if label.id != label_id
    )
    count = desk.session.state.counts[label_id]
    name = desk.label_name(label_id)
    return Menu(ngettext("{n} {label}: which label?", "{n} {label}: which label?", count, label=name), items)


def _relabelling(desk: Desk, label_id: str, label: Label) -> Callable[[], Step]:
    def apply() -> Step:
        session = desk.session
        operation, skipped = many.relabel_all(session.state, session.schema, label_id, label)
        done = session.state.counts[label_id] - skipped
        desk.execute(operation)
        changed = ngettext("{n} now {label}", "{n} now {label}", done, label=named(label))
        return _saved(changed, skipped)

    return apply


def _saved(done: str, skipped: int) -> str:
    if not skipped:
        return _("saved: {done}; u takes it back", done=done)
    left = ngettext("{n} skipped (labelled already)", "{n} skipped (labelled already)", skipped)
    return _("saved: {done}, {left}; u takes it back", done=done, left=left)
