"""Which lines of a document are page furniture, and can be folded away."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from heapq import merge

from annotator.model.state import AnnotationState, reading_order
from annotator.text.pages import DocumentLayout, Fold


@dataclass(frozen=True, slots=True)
class FoldSummary:
    """What a folded stretch holds: lines with text, the labels on them and those only suggested, its beginning."""

    lines: int
    labels: tuple[str, ...]
    suggested: tuple[str, ...]
    beginning: str


def furniture_folds(
    layout: DocumentLayout, state: AnnotationState, suggested: AnnotationState, furniture: Collection[str]
) -> list[Fold]:
    """Stretches of whole lines under furniture labels, blank lines between them included, in order.

    Args:
        layout: The lines of the document.
        state: The annotations.
        suggested: Suggestions, as the annotations that they would be.
        furniture: The labels.
    """
    both = merge(state.annotations, suggested.annotations, key=reading_order)
    covered = [(annotation.start, annotation.end) for annotation in both if annotation.label in furniture]
    folds: list[Fold] = []
    for number in _covered_lines(layout, covered):
        if folds and all(_is_blank(layout, between) for between in range(folds[-1].last + 1, number)):
            folds[-1] = Fold(folds[-1].first, number)
        else:
            folds.append(Fold(number, number))
    return folds


def summary(layout: DocumentLayout, fold: Fold, state: AnnotationState, suggested: AnnotationState) -> FoldSummary:
    """What is under a fold."""
    start, end = layout.span(fold.first)[0], layout.span(fold.last)[1]
    labels = dict.fromkeys(annotation.label for annotation in state.overlapping(start, end))
    proposed = dict.fromkeys(annotation.label for annotation in suggested.overlapping(start, end))
    only_suggested = tuple(label for label in proposed if label not in labels)
    lines = sum(1 for line in layout.text[start:end].split("\n") if line.strip())
    first, last = layout.span(fold.first)
    return FoldSummary(lines, tuple(labels), only_suggested, layout.text[first : min(last, first + 200)])


def justified(layout: DocumentLayout, furniture: Sequence[Fold]) -> list[Fold]:
    """The folds of a layout that hide nothing but furniture.

    Args:
        layout: The lines and what is folded.
        furniture: All stretches that can be folded now, in order.
    """
    kept = []
    for fold in layout.folds:
        index = bisect_right(furniture, fold.first, key=lambda one: one.first) - 1
        if index >= 0 and fold.last <= furniture[index].last:
            kept.append(fold)
    return kept


def first_letter(layout: DocumentLayout) -> int:
    """Where reading begins: below what is folded at the top."""
    hidden = layout.fold_at(0)
    text = layout.text[layout.span(hidden.last)[1] :].lstrip() if hidden else ""
    return len(layout.text) - len(text) if text else 0


def _covered_lines(layout: DocumentLayout, spans: Iterable[tuple[int, int]]) -> list[int]:
    """The lines that are covered, but for spaces, by the union of sorted spans."""
    merged: list[list[int]] = []
    for start, end in spans:
        if merged and not layout.text[merged[-1][1] : start].strip():
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    lines = []
    for start, end in merged:
        for number in range(layout.paragraph_at(start), layout.paragraph_at(max(end - 1, start)) + 1):
            first, last = layout.span(number)
            if start <= first < last <= end:
                lines.append(number)
    return lines


def _is_blank(layout: DocumentLayout, number: int) -> bool:
    first, last = layout.span(number)
    return not layout.text[first:last].strip()
