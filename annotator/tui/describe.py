"""What the inspector and the lines around the document say about a desk."""

from __future__ import annotations

from bisect import bisect_right

from rich.style import Style

from annotator.model.annotation import Annotation
from annotator.model.schema import Schema
from annotator.model.suggestion import Suggestion
from annotator.model.warnings import warnings
from annotator.tui import bidi_modes
from annotator.tui.desk import Desk
from annotator.tui.flows import excerpt, relation_line, value_name
from annotator.tui.language import _, filled, named, ngettext
from annotator.tui.palette import Palette
from annotator.tui.widgets.bar import Part
from annotator.tui.widgets.panel import Line
from annotator.tui.wording import status_name


EXCERPT = 600
"""Code points of a span's text in the inspector."""

BRIEF = 24
"""Code points of what a suggestion rests on, where there is one line for all that is known of it."""

FOCUS = "focus "
"""What the key of a part of the strip begins with, before the id of its annotation."""

STRIP_TEXT = 16
STRIP_BEFORE = 1
"""Annotations before the present one in the strip."""


def inspector_lines(desk: Desk, palette: Palette) -> tuple[Line, ...]:
    """The focused annotation in full, or what there is to know of the document."""
    suggestion = desk.suggestion()
    if suggestion is not None:
        return _suggestion_lines(desk, suggestion, palette)
    annotation = desk.annotation()
    return _annotation_lines(desk, annotation, palette) if annotation else _document_lines(desk, palette)


def focus_parts(desk: Desk, palette: Palette) -> tuple[Part, ...]:
    """The same in one line, for narrow windows."""
    suggestion = desk.suggestion()
    if suggestion is not None:
        return _suggestion_parts(desk, suggestion, palette)
    annotation = desk.annotation()
    if annotation is None:
        returned, note = desk.session.returned_note, desk.session.state.note
        parts = [Part(f" {_counts(desk)} ", palette.faint)]
        if returned is not None:
            said = _(" sent back: {note} ", note=returned)
            parts.insert(0, Part(said, palette.warning, base=None, is_cut=True))
        if note:
            parts.append(Part(_(" note: {note} ", note=note), palette.text, base=None, is_cut=True))
        return tuple(parts)
    name = Part(f" {desk.label_name(annotation.label)} ", palette.labels[annotation.label].focused)
    flaws = [Part(f" ⚠ {flaw} ", palette.warning) for flaw in _flaws(desk, annotation)[:1]]
    relations = [
        Part(f" {relation_line(desk, relation, annotation.id)} ", palette.text, base=None, is_cut=True)
        for relation in desk.session.state.relations_of(annotation.id)
    ]
    label = desk.session.schema.label(annotation.label)
    defaults = label.defaults() if label else ()
    chosen, untouched = [], []
    for pair, (attribute, value) in zip(
        annotation.attributes, attribute_texts(desk.session.schema, annotation), strict=True
    ):
        if pair in defaults:
            untouched.append(Part(f" {value} ", palette.faint))
        else:
            chosen.append(Part(f" {attribute}: {value} ", palette.text))
    place = Part(f" {annotation.start}–{annotation.end} ", palette.faint)
    return (name, *flaws, *chosen, *relations, *untouched, place)


def _suggestion_parts(desk: Desk, suggestion: Suggestion, palette: Palette) -> tuple[Part, ...]:
    values = [f"{attribute}: {value}" for attribute, value in attribute_texts(desk.session.schema, suggestion)]
    name = _(" {label}? ", label=desk.label_name(suggestion.label))
    return (
        Part(name, palette.labels[suggestion.label].suggested_focused),
        Part(f" {_why(suggestion, BRIEF)} ", palette.text, base=None, is_cut=True),
        *(Part(f" {said} ", palette.text, base=None, is_cut=True) for said in _proposed_relations(desk, suggestion)),
        *(Part(f" {value} ", palette.faint) for value in values),
        Part(f" {suggestion.origin} ", palette.faint),
    )


def _proposed_relations(desk: Desk, suggestion: Suggestion) -> list[str]:
    return [relation_line(desk, relation, suggestion.id) for relation in desk.suggested.relations_of(suggestion.id)]


def _why(suggestion: Suggestion, length: int = EXCERPT) -> str:
    """The reason of a suggestion, with what it rests on, cut to a length, and how sure it is."""
    why = _(suggestion.reason) if suggestion.reason else _("no reason given")
    if suggestion.score is not None:
        why = _("{reason} ({percent} %)", reason=why, percent=round(100 * suggestion.score))
    if suggestion.evidence:
        why = _("{reason}: «{text}»", reason=why, text=excerpt(suggestion.evidence, length=length))
    return why


def _suggestion_lines(desk: Desk, suggestion: Suggestion, palette: Palette) -> tuple[Line, ...]:
    attributes = attribute_texts(desk.session.schema, suggestion)
    text = excerpt(desk.layout.text, suggestion.start, suggestion.end, EXCERPT)
    name = _(" {label}? ", label=desk.label_name(suggestion.label))
    return (
        Line(name, palette.labels[suggestion.label].suggested_focused),
        Line(text, palette.text, None),
        Line("", palette.text),
        *(Line(f"{name}: {value}", palette.text) for name, value in attributes),
        *(Line(said, palette.text, None) for said in _proposed_relations(desk, suggestion)),
        Line("", palette.text),
        Line(_("suggested because: {why}", why=_why(suggestion)), palette.text, None),
        Line(_("origin: {origin}", origin=suggestion.origin), palette.faint),
        Line("", palette.text),
        Line(_("Enter accept · x reject · X reject all of this label"), palette.faint),
        Line(_("a label key, a digit, [ or ]: accept it changed"), palette.faint),
    )


def label_parts(schema: Schema, palette: Palette) -> tuple[Part, ...]:
    """The labels with their keys."""
    return tuple(
        Part(f" {label.key} {named(label)} ", palette.labels[label.id].name, key=label.key) for label in schema.labels
    )


def strip_parts(desk: Desk, palette: Palette, most: int) -> tuple[Part, ...]:
    """The annotations about the present one: the focused one, else the last one that starts before the cursor.

    While a suggestion is focused, the suggestions about it.
    """
    is_suggested = desk.suggestion() is not None
    annotations = (desk.suggested if is_suggested else desk.session.state).annotations
    if not annotations:
        return ()
    focused = desk.annotation() or desk.suggested_annotation()
    if focused is not None:
        here = annotations.index(focused)
    else:
        here = max(bisect_right(annotations, desk.cursor, key=lambda annotation: annotation.start) - 1, 0)
    first = max(here - STRIP_BEFORE, 0)
    parts = [Part(f" {here + 1}/{len(annotations)} ", palette.faint)]
    for annotation in annotations[first : first + most]:
        label = desk.session.schema.label(annotation.label)
        styles = palette.labels[annotation.label]
        chosen, other = styles.focused, styles.name
        if is_suggested:
            chosen, other = styles.suggested_focused, styles.suggested
        style = chosen if annotation.id == desk.focused else other
        text = f" {label.key if label else ''}{'?' * is_suggested} {_excerpt(desk, annotation, STRIP_TEXT)} "
        parts += [Part(text, style, FOCUS + annotation.id, desk.layout.base), Part(" ", palette.text)]
    return tuple(parts)


def status_parts(desk: Desk, palette: Palette, annotator: str, *, is_saved: bool, status: str = "") -> tuple[Part, ...]:
    """How things stand: status (that of the annotator where none is given), saved or not, active time, annotator."""
    minutes = int(desk.session.active_seconds // 60)
    facts = [
        status_name(status or desk.session.state.status),
        _("saved") if is_saved else _("not saved"),
        ngettext("{n} min", "{n} min", minutes),
    ]
    parts = [Part(f" {' · '.join(facts)} ·", palette.bar), Part(f" {annotator} ", palette.bar, base=None)]
    if bidi_modes.mode() != "app":
        parts.append(Part(_("· bidi: {mode} ", mode=bidi_modes.mode()), palette.bar))
    return tuple(parts)


def attribute_texts(schema: Schema, annotation: Annotation | Suggestion) -> list[tuple[str, str]]:
    """The names and values of an annotation's attributes, as people call them."""
    label = schema.label(annotation.label)
    known = {attribute.id: attribute for attribute in label.attributes} if label else {}
    return [
        (named(known[key]), value_name(known[key], value)) if key in known else (key, value)
        for key, value in annotation.attributes
    ]


def _excerpt(desk: Desk, annotation: Annotation, length: int) -> str:
    return excerpt(desk.layout.text, annotation.start, annotation.end, length)


def _flaws(desk: Desk, annotation: Annotation) -> list[str]:
    found = warnings(annotation, desk.session.state, desk.session.schema)
    return [filled(flaw.template, flaw.values) for flaw in found]


def _annotation_lines(desk: Desk, annotation: Annotation, palette: Palette) -> tuple[Line, ...]:
    raw = annotation.raw or desk.session.document.map.to_source(annotation.start, annotation.end)
    relations = desk.session.state.relations_of(annotation.id)
    attributes = attribute_texts(desk.session.schema, annotation)
    return (
        Line(f" {desk.label_name(annotation.label)} ", palette.labels[annotation.label].focused),
        Line(_excerpt(desk, annotation, EXCERPT), palette.text, None),
        Line("", palette.text),
        *(Line(f"{name}: {value}", palette.text) for name, value in attributes),
        *(Line(relation_line(desk, relation, annotation.id), palette.text, None) for relation in relations),
        *(Line(f"⚠ {flaw}", palette.warning) for flaw in _flaws(desk, annotation)),
        Line("", palette.text),
        Line(_("text {start}–{end}", start=annotation.start, end=annotation.end), palette.faint),
        Line(_("raw {start}–{end}", start=raw[0], end=raw[1]), palette.faint),
        Line(_("origin: {origin}", origin=_(annotation.origin)), palette.faint),
        Line("", palette.text),
        Line(_("Enter details · a relate · [ ] edges · x remove · a label key relabels"), palette.faint),
    )


def _document_lines(desk: Desk, palette: Palette) -> tuple[Line, ...]:
    document, state, schema = desk.session.document, desk.session.state, desk.session.schema
    facts = [(key, document.meta[key]) for key in sorted(document.meta)]
    lines = [Line(document.title, palette.text + Style(bold=True), None), Line("", palette.text)]
    if (returned := desk.session.returned_note) is not None:
        lines += [Line(_("sent back: {note}", note=returned), palette.warning, None), Line("", palette.text)]
    lines += [Line(f"{key}: {value}", palette.faint) for key, value in facts]
    lines += [
        Line(f"id: {document.doc_id}", palette.faint),
        Line(ngettext("{n} character", "{n} characters", len(document.text)), palette.faint),
    ]
    chosen = [named(label) for label in schema.document_labels if label.id in state.document_labels]
    if chosen:
        lines += [Line("", palette.text), Line(_("document: {labels}", labels=_(", ").join(chosen)), palette.text)]
    if state.note:
        lines += [Line("", palette.text), Line(_("note: {note}", note=state.note), palette.text, None)]
    lines += [Line("", palette.text), Line(_counts(desk), palette.text)]
    return tuple(lines)


def _counts(desk: Desk) -> str:
    state = desk.session.state
    waiting = _waiting(desk)
    if not state.annotations:
        return waiting or _("select (Space or m), then press a label key")
    labels = desk.session.schema.labels
    counts = [f"{named(label)} {state.counts[label.id]}" for label in labels if state.counts[label.id]]
    if state.relations:
        counts.append(ngettext("{n} relation", "{n} relations", len(state.relations)))
    hidden = ngettext(
        "{n} hidden: its text was dropped by cleaning", "{n} hidden: their text was dropped by cleaning", state.hidden
    )
    said = _(", ").join(counts) + (f" ({hidden})" if state.hidden else "")
    return f"{said} · {waiting}" if waiting else said


def _waiting(desk: Desk) -> str:
    """How many suggestions wait, and how to answer them; "" where none does."""
    if desk.session.are_withheld:
        return _("suggestions are hidden: somebody else came first")
    waiting = desk.session.pending.suggestions
    if not waiting:
        return ""
    said = ngettext("{n} suggestion", "{n} suggestions", len(waiting))
    furniture = sum(one.label in desk.session.schema.furniture() for one in waiting)
    if not furniture:
        return said
    return _("{suggestions} · y accepts furniture ({n})", suggestions=said, n=furniture)
