"""What a document view shows: values that the desk makes and the widget draws."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from annotator.model.annotation import Annotation
from annotator.model.operations import Change, Operation, apply
from annotator.model.state import AnnotationState
from annotator.text.pages import DocumentLayout
from annotator.tui.steps import Hint


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class View:
    """What to show. Spans and offsets are code points of the document.

    Attributes:
        layout: The document's rows; the widget sets its width.
        state: The annotations.
        suggested: What is suggested and waits for an answer, as the annotations and relations that it would be.
        cursor: The character under the cursor.
        selection: The selected span, or None.
        focused: The id of the focused annotation or suggestion, or None.
        hits: What a search has found, in order.
        hints: Letters to be drawn over the text, in order.
        whole: A span to be in sight as a whole, where it fits, when the view comes to it.
    """

    layout: DocumentLayout
    state: AnnotationState
    cursor: int
    selection: Span | None = None
    focused: str | None = None
    hits: tuple[Span, ...] = ()
    hints: tuple[Hint, ...] = ()
    whole: Span | None = None
    suggested: AnnotationState = field(default_factory=AnnotationState)


def with_edges(state: AnnotationState, annotation: Annotation, span: Span) -> AnnotationState:
    """A state in which an annotation has other edges."""
    moved = replace(annotation, start=span[0], end=span[1], raw=None)
    return apply(state, Operation("move edge", (Change(annotation, moved),)))[0]
