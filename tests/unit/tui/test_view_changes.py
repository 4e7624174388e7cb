from __future__ import annotations

from dataclasses import replace

from annotator.model.annotation import Annotation, Relation
from annotator.model.state import AnnotationState
from annotator.tui.view_changes import changed_spans
from tests.support.views import span, view_of


TEXT = "قال وزير النقل إن الجسر آمن"
WHOLE = (0, len(TEXT))
CLAIM, SOURCE = span(TEXT, "الجسر آمن"), span(TEXT, "وزير", "source")
RELATION = Relation("r", "attributed_to", CLAIM.id, SOURCE.id)


def place(annotation: Annotation) -> tuple[int, int]:
    """The span of an annotation."""
    return annotation.start, annotation.end


def test_a_move_changes_two_characters() -> None:
    before = view_of(TEXT, CLAIM, cursor=3)
    assert list(changed_spans(before, replace(before, cursor=8), WHOLE)) == [(3, 4), (8, 9)]


def test_a_growing_selection_changes_what_is_new_in_it() -> None:
    before = view_of(TEXT, selection=(4, 8))
    changed = list(changed_spans(before, replace(before, selection=(4, 14)), WHOLE))
    assert [found for found in changed if found[0] < found[1]] == [(8, 14)]


def test_a_selection_elsewhere_changes_both() -> None:
    before = view_of(TEXT, selection=(0, 3))
    assert list(changed_spans(before, replace(before, selection=(9, 14)), WHOLE)) == [(0, 3), (9, 14)]


def test_focus_changes_the_annotation_and_what_it_has_relations_to() -> None:
    before = view_of(TEXT, CLAIM, SOURCE, RELATION)
    changed = set(changed_spans(before, replace(before, focused=CLAIM.id), WHOLE))
    assert changed == {place(CLAIM), place(SOURCE)}


def test_a_new_annotation_changes_its_span() -> None:
    before = view_of(TEXT, CLAIM)
    after = replace(before, state=AnnotationState.of([CLAIM, SOURCE]))
    assert list(changed_spans(before, after, WHOLE)) == [place(SOURCE)]


def test_an_edge_that_moved_changes_both_spans() -> None:
    moved = replace(CLAIM, end=CLAIM.end - 4)
    before = view_of(TEXT, CLAIM)
    after = replace(before, state=AnnotationState.of([moved]))
    assert set(changed_spans(before, after, WHOLE)) == {place(CLAIM), place(moved)}


def test_a_new_relation_changes_both_its_ends() -> None:
    before = view_of(TEXT, CLAIM, SOURCE)
    after = replace(before, state=AnnotationState.of([CLAIM, SOURCE, RELATION]))
    assert set(changed_spans(before, after, WHOLE)) == {place(CLAIM), place(SOURCE)}


def test_new_hits_change_themselves_and_those_that_stay_nothing() -> None:
    before = view_of(TEXT, hits=((0, 3), (4, 8)))
    assert set(changed_spans(before, replace(before, hits=((0, 3), (9, 14))), WHOLE)) == {(4, 8), (9, 14)}


def test_annotations_and_hits_out_of_sight_change_nothing() -> None:
    before = view_of(TEXT, CLAIM)
    after = replace(before, state=AnnotationState.of([SOURCE]), hits=((0, 3),))
    assert list(changed_spans(before, after, (9, 14))) == []


# Suggestions


def test_suggestions_that_come_or_go_change_their_spans() -> None:
    before = view_of(TEXT, SOURCE)
    after = replace(before, suggested=AnnotationState.of([CLAIM]))
    assert list(changed_spans(before, after, WHOLE)) == [place(CLAIM)]
    assert list(changed_spans(after, before, WHOLE)) == [place(CLAIM)]


def test_an_accepted_suggestion_changes_its_span() -> None:
    before = replace(view_of(TEXT), suggested=AnnotationState.of([CLAIM]))
    after = replace(before, state=AnnotationState.of([CLAIM]), suggested=AnnotationState())
    assert set(changed_spans(before, after, WHOLE)) == {place(CLAIM)}


def test_focus_changes_a_suggestion_and_what_it_would_be_related_to() -> None:
    before = replace(view_of(TEXT, SOURCE), suggested=AnnotationState.of([CLAIM, RELATION]))
    changed = set(changed_spans(before, replace(before, focused=CLAIM.id), WHOLE))
    assert changed == {place(CLAIM), place(SOURCE)}


def test_the_same_suggestions_change_nothing() -> None:
    before = replace(view_of(TEXT), suggested=AnnotationState.of([CLAIM]))
    assert list(changed_spans(before, replace(before, suggested=AnnotationState.of([CLAIM])), WHOLE)) == []
