"""The help and the guidelines, as lines."""

from __future__ import annotations

from collections.abc import Iterable

from rich.style import Style

from annotator.model.schema import Label, Schema
from annotator.tui.commands import SUGGESTIONS, Command
from annotator.tui.desk import Desk
from annotator.tui.language import _, base, language, named
from annotator.tui.palette import Palette
from annotator.tui.widgets.panel import Line


def help_lines(commands: Iterable[Command], schema: Schema, palette: Palette) -> tuple[Line, ...]:
    """All keys of a screen by group, then the labels with their guidelines."""
    strong = palette.text + Style(bold=True)
    commands = tuple(commands)
    lines = [Line(_("Keys of this screen (↑ ↓ PgUp PgDn scroll, Esc closes)"), strong)]
    group = ""
    for command in commands:
        if command.group != group:
            group = command.group
            lines += [Line("", palette.text), Line(_(group), strong)]
        lines.append(Line(_(command.text), palette.text, keys=f" {command.shown_keys}"))
    if any(command.group == SUGGESTIONS for command in commands):
        lines += _suggestion_lines(schema, palette)
    lines += [
        Line("", palette.text),
        Line(_("Letter keys work by their place on the keyboard, on an Arabic layout too."), palette.faint),
        Line(
            _("Mouse: click, double click a word, triple click a sentence, drag, right click for labels."),
            palette.faint,
        ),
    ]
    for label in schema.labels:
        lines += label_lines(label, palette)
    return tuple(lines)


def _suggestion_lines(schema: Schema, palette: Palette) -> list[Line]:
    """How suggestions look, and what to do with them."""
    first = schema.labels[0]
    return [
        Line("", palette.text),
        Line(_(" {label}? ", label=named(first)), palette.labels[first.id].suggested),
        Line(
            _("A suggestion looks like this, with ? beside its row; it is no label until somebody accepts it."),
            palette.text,
        ),
        Line(_("Enter accepts it and goes on, x rejects it, a label key accepts it as that label."), palette.text),
        Line(_("A digit accepts it with another value of that attribute, [ or ] with another edge."), palette.text),
    ]


def guideline_lines(desk: Desk, palette: Palette) -> tuple[Line, ...]:
    """The guideline of the label of the annotation here, of all labels where there is none."""
    target = desk.suggested_annotation() or desk.target()
    schema = desk.session.schema
    label = schema.label(target.label) if target else None
    if label is not None:
        return (
            *label_lines(label, palette)[1:],
            *_attribute_lines(label, palette),
            *_relation_lines(schema, label, palette),
        )
    lines = [Line(_("No annotation here: the guidelines of all labels."), palette.faint)]
    for each in schema.labels:
        lines += label_lines(each, palette)
    return tuple(lines)


def label_lines(label: Label, palette: Palette) -> list[Line]:
    """An empty line, then a label's guideline and examples in the language of the screens."""
    lines = [Line("", palette.text), Line(f" {label.key}  {named(label)} ", palette.labels[label.id].name)]
    lines += _paragraphs(label.guideline.get(language()), palette)
    for example in label.examples:
        lines.append(Line(example.text, palette.text, None))
        if note := example.note.get(language()):
            lines.append(Line(f"  {note}", palette.faint, None))
    return lines


def _attribute_lines(label: Label, palette: Palette) -> list[Line]:
    lines = []
    for attribute in label.attributes:
        lines += [Line("", palette.text), Line(named(attribute), palette.text + Style(bold=True), base())]
        lines += _paragraphs(attribute.guideline.get(language()), palette)
    return lines


def _relation_lines(schema: Schema, label: Label, palette: Palette) -> list[Line]:
    lines = []
    for relation in schema.relations:
        if label.id in {*relation.head, *relation.tail}:
            lines += [Line("", palette.text), Line(named(relation), palette.text + Style(bold=True))]
            lines += _paragraphs(relation.guideline.get(language()), palette)
    return lines


def _paragraphs(text: str, palette: Palette) -> list[Line]:
    return [Line(paragraph, palette.text, None) for paragraph in text.split("\n") if paragraph]
