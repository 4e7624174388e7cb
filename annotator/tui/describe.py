"""What inspector, title line and status line say about a desk."""

from __future__ import annotations

from rich.style import Style

from annotator.model.annotation import Annotation
from annotator.model.schema import Label, Schema
from annotator.tui.commands import ScreenName, commands_of
from annotator.tui.desk import Desk
from annotator.tui.palette import Palette
from annotator.tui.widgets.bar import Part
from annotator.tui.widgets.panel import Line


EXCERPT = 600
"""Code points of a span's text in the inspector."""


def inspector_lines(desk: Desk, palette: Palette) -> tuple[Line, ...]:
    """The focused annotation in full, or what there is to know of the document."""
    annotation = desk.annotation()
    return _annotation_lines(desk, annotation, palette) if annotation else _document_lines(desk, palette)


def focus_parts(desk: Desk, palette: Palette) -> tuple[Part, ...]:
    """The same in one line, for narrow windows."""
    annotation = desk.annotation()
    if annotation is None:
        counts, note = Part(f" {_counts(desk)} ", palette.faint), desk.session.state.note
        return (counts, Part(f" note: {note} ", palette.text, base=None, is_cut=True)) if note else (counts,)
    attributes = ", ".join(f"{key}: {value}" for key, value in annotation.attributes)
    place = f" {annotation.start}–{annotation.end} {attributes} "
    name = Part(f" {_name(desk.session.schema, annotation.label)} ", palette.labels[annotation.label].focused)
    return (name, Part(place, palette.text), Part(_excerpt(desk, annotation, 80), palette.text, base=None, is_cut=True))


def label_parts(schema: Schema, palette: Palette) -> tuple[Part, ...]:
    """The labels with their keys."""
    return tuple(
        Part(f" {label.key} {label.name.en or label.id} ", palette.labels[label.id].edge, key=label.key)
        for label in schema.labels
    )


def help_lines(screen: ScreenName, schema: Schema, palette: Palette) -> tuple[Line, ...]:
    """All keys of a screen by group, then the labels with their guidelines."""
    strong = palette.text + Style(bold=True)
    lines = [Line("Keys of this screen (↑ ↓ PgUp PgDn scroll, Esc closes)", strong)]
    group = ""
    for command in commands_of(screen):
        if command.group != group:
            group = command.group
            lines += [Line("", palette.text), Line(group, strong)]
        lines.append(Line(f"  {command.shown_keys:<18} {command.text}", palette.text))
    lines += [
        Line("", palette.text),
        Line("Letter keys work by their place on the keyboard, on an Arabic layout too.", palette.faint),
    ]
    for label in schema.labels:
        lines += _label_lines(label, palette)
    return tuple(lines)


def _label_lines(label: Label, palette: Palette) -> list[Line]:
    heading = f" {label.key}  {label.name.en or label.id}  {label.name.ar} "
    lines = [Line("", palette.text), Line(heading, palette.labels[label.id].edge)]
    for text, base in ((label.guideline.en, 0), (label.guideline.ar, 1)):
        lines += [Line(paragraph, palette.text, base) for paragraph in text.split("\n") if paragraph]
    for example in label.examples:
        lines += [Line(example.text, palette.text, 1), Line(f"  {example.note.en}", palette.faint)]
    return lines


def _annotation_lines(desk: Desk, annotation: Annotation, palette: Palette) -> tuple[Line, ...]:
    raw = annotation.raw or desk.session.document.map.to_source(annotation.start, annotation.end)
    name = f" {_name(desk.session.schema, annotation.label)} "
    return (
        Line(name, palette.labels[annotation.label].focused),
        Line(_excerpt(desk, annotation, EXCERPT), palette.text, None),
        Line("", palette.text),
        Line(f"text {annotation.start}–{annotation.end}", palette.faint),
        Line(f"raw  {raw[0]}–{raw[1]}", palette.faint),
        *(Line(f"{key}: {value}", palette.text) for key, value in annotation.attributes),
        Line(f"origin: {annotation.origin}", palette.faint),
        Line("", palette.text),
        Line("[ ] move edges · x remove · a label key relabels", palette.faint),
    )


def _document_lines(desk: Desk, palette: Palette) -> tuple[Line, ...]:
    document, state = desk.session.document, desk.session.state
    facts = [(key, document.meta[key]) for key in sorted(document.meta)]
    lines = [Line(document.title, palette.text + Style(bold=True), None), Line("", palette.text)]
    lines += [Line(f"{key}: {value}", palette.faint) for key, value in facts]
    lines += [Line(f"id: {document.doc_id}", palette.faint), Line(f"{len(document.text)} characters", palette.faint)]
    if state.note:
        lines += [Line("", palette.text), Line(f"note: {state.note}", palette.text, None)]
    lines += [Line("", palette.text), Line(_counts(desk), palette.text)]
    return tuple(lines)


def _counts(desk: Desk) -> str:
    state = desk.session.state
    if not state.annotations:
        return "no annotations yet: select (Space or m), then a label key"
    labels = desk.session.schema.labels
    counts = [f"{label.name.en or label.id} {state.counts[label.id]}" for label in labels if state.counts[label.id]]
    hidden = f" ({state.hidden} hidden: their text was dropped by cleaning)" if state.hidden else ""
    return ", ".join(counts) + hidden


def _name(schema: Schema, label_id: str) -> str:
    label = schema.label(label_id)
    return label.name.en or label.id if label else label_id


def _excerpt(desk: Desk, annotation: Annotation, length: int) -> str:
    text = desk.layout.text[annotation.start : min(annotation.end, annotation.start + length)]
    return text.replace("\n", " ⏎ ") + ("…" if annotation.end - annotation.start > length else "")
