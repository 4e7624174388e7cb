"""The list of all annotations and suggestions of a document, to be searched."""

from __future__ import annotations

from bisect import bisect_left
from functools import partial
from heapq import merge

from annotator.model.annotation import Annotation, Attributes
from annotator.model.schema import Schema
from annotator.model.state import AnnotationState, reading_order
from annotator.model.warnings import warnings
from annotator.tui.desk import Desk
from annotator.tui.flows import show, text_of
from annotator.tui.language import _, ngettext
from annotator.tui.steps import Item, Menu, Step


def all_annotations(desk: Desk) -> Step:
    """All annotations and suggestions in reading order: label and text, then what is to be known of it, and the line.

    That is ? for a suggestion, ⚠ where something is wrong, and how many relations it has.
    """
    state, suggested = desk.session.state, desk.suggested
    found = tuple(merge(state.annotations, suggested.annotations, key=reading_order))
    if not found:
        return _("no annotations yet")
    names = {label: desk.label_name(label) for label in {*state.counts, *suggested.counts}}
    flawed, line = _flawed(state, desk.session.schema), _("line {line}")
    items = tuple(
        Item(
            f"{names[annotation.label]}  {text_of(desk, annotation)}",
            partial(_focus, desk, annotation.id),
            label=annotation.label,
            is_on=annotation.id == desk.focused,
            detail=_detail(desk, annotation, line, is_flawed=annotation.id in flawed),
        )
        for annotation in found
    )
    return Menu(_title(state, suggested), items, _here(desk, found), is_searched=True)


def _title(state: AnnotationState, suggested: AnnotationState) -> str:
    made, waiting = len(state.annotations), len(suggested.annotations)
    annotations = ngettext("{n} annotation", "{n} annotations", made)
    suggestions = ngettext("{n} suggestion", "{n} suggestions", waiting)
    return _(", ").join([*([annotations] if made else []), *([suggestions] if waiting else [])])


def _flawed(state: AnnotationState, schema: Schema) -> set[str]:
    """The ids of the annotations with a flaw.

    Thousands are looked at while somebody waits: of those without relations, equal labels and attributes have equal
    flaws.
    """
    known: dict[tuple[str, Attributes], bool] = {}

    def is_flawed(annotation: Annotation) -> bool:
        if annotation.id in state.related:
            return bool(warnings(annotation, state, schema))
        kind = (annotation.label, annotation.attributes)
        if kind not in known:
            known[kind] = bool(warnings(annotation, state, schema))
        return known[kind]

    return {annotation.id for annotation in state.annotations if is_flawed(annotation)}


def _detail(desk: Desk, annotation: Annotation, line: str, *, is_flawed: bool) -> str:
    state = desk.session.state
    facts = ["⚠"] if is_flawed else []
    if state.annotation(annotation.id) is None:
        facts.append("?")
    if annotation.id in state.related:
        facts.append(f"→{len(state.relations_of(annotation.id))}")
    return " ".join([*facts, line.format(line=desk.layout.paragraph_at(annotation.start) + 1)])


def _here(desk: Desk, found: tuple[Annotation, ...]) -> int:
    """The focused annotation or suggestion, else the first one from the cursor on."""
    focused = desk.annotation() or desk.suggested_annotation()
    if focused is not None:
        return found.index(focused)
    return min(bisect_left(found, desk.cursor, key=lambda annotation: annotation.start), len(found) - 1)


def _focus(desk: Desk, annotation_id: str) -> Step:
    annotation = desk.session.state.annotation(annotation_id) or desk.suggested.annotation(annotation_id)
    if annotation is not None:
        show(desk, annotation)
    return ""
