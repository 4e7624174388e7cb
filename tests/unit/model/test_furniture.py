from __future__ import annotations

import pytest

from annotator.model.annotation import Annotation, Note
from annotator.model.furniture import FoldSummary, first_letter, furniture_folds, justified, summary
from annotator.model.state import AnnotationState
from annotator.text.pages import DocumentLayout, Fold


LINES = ("الرئيسية أخبار", "شارك", "", "قال الوزير إن الأسعار انخفضت.", "", "اقرأ أيضا", "", "خبر آخر", "المصدر")
TEXT = "\n".join(LINES)
FURNITURE = {"boilerplate", "spillover"}
LAYOUT = DocumentLayout(TEXT, 40)


def over(first: int, last: int, label: str = "boilerplate", *, cut: tuple[int, int] = (0, 0)) -> Annotation:
    """An annotation on some lines, `cut` short at its ends by so many characters."""
    start, end = LAYOUT.span(first)[0] + cut[0], LAYOUT.span(last)[1] - cut[1]
    return Annotation(f"{label}-{start}", start, end, label)


def folds(*annotations: Annotation, layout: DocumentLayout = LAYOUT) -> list[tuple[int, int]]:
    found = furniture_folds(layout, AnnotationState.of(annotations), AnnotationState(), FURNITURE)
    return [(fold.first, fold.last) for fold in found]


def test_a_line_under_a_furniture_label_is_folded() -> None:
    assert folds(over(1, 1)) == [(1, 1)]


def test_other_labels_fold_nothing() -> None:
    assert folds(over(1, 1, "claim")) == []


def test_neighbouring_lines_are_one_fold_whatever_their_labels() -> None:
    assert folds(over(0, 0), over(1, 1, "spillover")) == [(0, 1)]


def test_one_annotation_may_cover_several_lines() -> None:
    assert folds(over(5, 8)) == [(5, 8)]


def test_blank_lines_between_belong_to_the_fold_but_not_those_at_its_ends() -> None:
    assert folds(over(5, 5), over(7, 7)) == [(5, 7)]
    assert folds(over(4, 6)) == [(5, 5)]


def test_lines_with_text_between_part_two_folds() -> None:
    assert folds(over(0, 1), over(5, 5), over(8, 8)) == [(0, 1), (5, 5), (8, 8)]


@pytest.mark.parametrize("cut", [(1, 0), (0, 1)])
def test_a_line_that_is_covered_in_part_stays_unfolded(cut: tuple[int, int]) -> None:
    assert folds(over(0, 0, cut=cut)) == []
    assert folds(over(0, 1, cut=cut)) == ([(1, 1)] if cut[0] else [(0, 0)])


def test_several_annotations_may_cover_a_line_together() -> None:
    assert folds(over(0, 0, cut=(0, 6)), over(0, 0, cut=(8, 0))) == [(0, 0)]
    assert folds(over(0, 0, cut=(0, 4)), over(0, 0, cut=(8, 0))) == [(0, 0)]


def test_a_space_between_two_annotations_uncovers_nothing() -> None:
    assert TEXT[8] == " "
    assert folds(over(0, 0, cut=(0, 6)), over(0, 0, cut=(9, 0))) == [(0, 0)]


def test_a_single_letter_between_two_annotations_keeps_the_line_unfolded() -> None:
    assert folds(over(0, 0, cut=(0, 7)), over(0, 0, cut=(8, 0))) == []


def test_an_annotation_inside_another_one_changes_nothing() -> None:
    assert folds(over(5, 8), over(7, 7, "spillover")) == [(5, 8)]
    assert folds(over(5, 8), over(5, 5, "claim", cut=(2, 2))) == [(5, 8)]


def test_a_hidden_annotation_folds_nothing() -> None:
    assert folds(Annotation("hidden", 3, 3, "boilerplate", raw=(3, 9))) == []
    assert folds(Annotation("hidden", 0, 0, "boilerplate", raw=(0, 9)), over(1, 1)) == [(1, 1)]


def test_without_annotations_nothing_is_folded() -> None:
    assert folds() == []
    assert furniture_folds(LAYOUT, AnnotationState.of([Note("تعليق")]), AnnotationState(), FURNITURE) == []


def test_a_whole_document_may_be_folded() -> None:
    assert folds(over(0, 8)) == [(0, 8)]


def test_a_line_of_spaces_is_blank() -> None:
    layout = DocumentLayout("أ\n  \nب", 10)
    covered = [Annotation("1", 0, 1, "boilerplate"), Annotation("2", 5, 6, "boilerplate")]
    assert folds(*covered, layout=layout) == [(0, 2)]


def test_a_summary_counts_lines_with_text_and_names_labels_in_reading_order() -> None:
    state = AnnotationState.of([over(5, 5), over(7, 7, "spillover"), over(8, 8), over(0, 0, "claim")])
    assert summary(LAYOUT, Fold(5, 8), state, AnnotationState()) == FoldSummary(
        3, ("boilerplate", "spillover"), (), "اقرأ أيضا"
    )


def test_a_summary_begins_with_a_piece_of_its_first_line_at_most() -> None:
    layout = DocumentLayout("خ" * 5000 + "\nثم", 40)
    assert summary(layout, Fold(0, 1), AnnotationState(), AnnotationState()).beginning == "خ" * 200


# Suggestions


def proposed(*annotations: Annotation) -> AnnotationState:
    return AnnotationState.of(annotations)


def test_what_is_only_suggested_is_folded_too_together_with_what_is_labelled() -> None:
    state, suggested = AnnotationState.of([over(0, 0)]), proposed(over(1, 1), over(5, 8, "spillover"))
    assert furniture_folds(LAYOUT, state, suggested, FURNITURE) == [Fold(0, 1), Fold(5, 8)]


def test_a_suggestion_of_another_label_folds_nothing() -> None:
    assert furniture_folds(LAYOUT, AnnotationState(), proposed(over(0, 1, "claim")), FURNITURE) == []


def test_a_summary_tells_what_is_labelled_from_what_is_only_suggested() -> None:
    state, suggested = AnnotationState.of([over(5, 5)]), proposed(over(7, 7, "spillover"), over(8, 8))
    found = summary(LAYOUT, Fold(5, 8), state, suggested)
    assert (found.lines, found.labels, found.suggested) == (3, ("boilerplate",), ("spillover",))


def folded(*folds: Fold) -> DocumentLayout:
    layout = DocumentLayout(TEXT, 40)
    layout.fold(folds)
    return layout


def test_a_fold_that_hides_nothing_but_furniture_is_justified() -> None:
    furniture = [Fold(0, 1), Fold(5, 8)]
    assert justified(folded(Fold(0, 1), Fold(6, 7)), furniture) == [Fold(0, 1), Fold(6, 7)]


@pytest.mark.parametrize("fold", [Fold(0, 2), Fold(4, 6), Fold(2, 3), Fold(7, 8)])
def test_a_fold_that_hides_anything_else_is_not(fold: Fold) -> None:
    assert justified(folded(fold), [Fold(0, 1), Fold(5, 7)]) == []


def test_without_furniture_no_fold_is_justified() -> None:
    assert justified(folded(Fold(0, 1)), []) == []


def test_reading_begins_below_what_is_folded_at_the_top() -> None:
    assert first_letter(folded(Fold(0, 1))) == TEXT.index("قال")
    assert first_letter(folded(Fold(5, 8))) == 0
    assert first_letter(folded()) == 0


def test_where_all_is_folded_reading_begins_at_the_start() -> None:
    assert first_letter(folded(Fold(0, 8))) == 0
