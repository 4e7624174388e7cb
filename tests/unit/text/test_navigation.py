from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator.text.navigation import Navigator
from annotator.text.pages import DocumentLayout, Fold, RowId


FATHA, SHADDA, RLM = "\u064e", "\u0651", "\u200f"


def navigator(text: str, width: int = 40, folds: tuple[Fold, ...] = (), base: int | None = 1) -> Navigator:
    return Navigator(DocumentLayout(text, width, folds, base))


def walk(step: Callable[[int], int], offset: int) -> list[int]:
    """Where repeated steps lead, until one leads nowhere."""
    found = [offset]
    while (following := step(found[-1])) not in found:
        found.append(following)
    return found


# Left and right, as seen


def test_left_reads_on_in_arabic() -> None:
    nav = navigator("خبر")
    assert walk(nav.left, 0) == [0, 1, 2]
    assert walk(nav.right, 2) == [2, 1, 0]


def test_left_crosses_latin_from_its_end() -> None:
    """On the screen `ab` stands between the Arabic words, and left goes to what is seen there."""
    assert walk(navigator("أ ab ب").left, 0) == [0, 1, 3, 2, 4, 5]


def test_left_crosses_a_number_from_its_end() -> None:
    assert walk(navigator("في 2024 عام").left, 2) == [2, 6, 5, 4, 3, 7, 8, 9, 10]


def test_right_reads_on_in_a_document_from_the_left() -> None:
    nav = navigator("ab خبر c", base=0)
    assert walk(nav.right, 0) == [0, 1, 2, 5, 4, 3, 6, 7]


def test_marks_are_no_stops() -> None:
    assert walk(navigator(f"ب{FATHA}{SHADDA}ت").left, 0) == [0, 3]


def test_lam_and_alef_are_two_stops() -> None:
    assert walk(navigator("لأحمد").left, 0) == [0, 1, 2, 3, 4]


def test_left_from_the_left_edge_goes_on_in_the_next_row() -> None:
    nav = navigator("أب تث\nجح", 3)
    assert walk(nav.left, 0) == [0, 1, 2, 3, 4, 6, 7]
    assert walk(nav.right, 7) == [7, 6, 4, 3, 2, 1, 0]


def test_left_from_the_left_edge_enters_a_row_that_ends_in_latin_at_its_right_edge() -> None:
    assert navigator("أ\nab ب").left(0) == 3
    assert navigator("أ\nab").left(0) == 3


def test_right_from_the_right_edge_enters_the_row_above_at_its_left_edge() -> None:
    assert navigator("أ ab\nب").right(5) == 2


def test_an_empty_line_is_one_stop() -> None:
    assert walk(navigator("أ\n\n\nب").left, 0) == [0, 2, 3, 4]


def test_the_edges_of_the_text_are_the_end_of_the_way() -> None:
    nav = navigator("خبر")
    assert (nav.left(2), nav.right(0)) == (2, 0)


def test_a_line_break_at_the_end_is_followed_by_an_empty_line() -> None:
    nav = navigator("أب\n")
    assert walk(nav.left, 0) == [0, 1, 3]
    assert nav.right(3) == 1


def test_from_a_line_break_left_goes_on_below() -> None:
    assert navigator("أب\nت").left(2) == 3


def test_a_fold_is_one_stop() -> None:
    nav = navigator("أ\nب\nت\nث", folds=(Fold(1, 2),))
    assert walk(nav.left, 0) == [0, 2, 6]
    assert walk(nav.right, 6) == [6, 2, 0]


def test_from_a_place_inside_a_fold_the_way_leads_out() -> None:
    nav = navigator("أ\nبجد\nت\nث", folds=(Fold(1, 2),))
    assert (nav.left(4), nav.right(4)) == (8, 0)


@pytest.mark.parametrize(("text", "width"), [("", 10), ("\n\n", 10), (RLM, 10)])
def test_a_text_without_cells_can_be_crossed(text: str, width: int) -> None:
    nav = navigator(text, width)
    assert walk(nav.left, 0) == list(range(len(nav.layout)))


# Up and down


def test_down_and_up_keep_the_column() -> None:
    nav = navigator("أبتث\nجح\nخدذر")
    column = nav.column(3)
    assert column == 36
    assert nav.vertical(3, 1, column) == 6
    assert nav.vertical(6, 1, column) == 11
    assert nav.vertical(11, -2, column) == 3


def test_down_goes_through_the_rows_of_a_paragraph() -> None:
    nav = navigator("أب تث جح", 3)
    assert [nav.vertical(1, rows, nav.column(1)) for rows in (0, 1, 2, 3)] == [1, 4, 7, 7]


def test_at_the_first_and_last_row_up_and_down_stay() -> None:
    nav = navigator("أبت\nثجح")
    assert (nav.vertical(1, -1, 39), nav.vertical(5, 1, 39), nav.vertical(1, 0, 39)) == (1, 5, 1)
    assert (nav.vertical(1, -9, 38), nav.vertical(1, 9, 38)) == (1, 5)


def test_on_an_empty_line_the_column_is_where_its_text_would_begin() -> None:
    assert navigator("\nأ", 40).column(0) == 39
    assert navigator("\na", 40, base=0).column(0) == 0


def test_a_fold_is_entered_at_its_beginning_whatever_the_column() -> None:
    nav = navigator("أبت\nثجح\nخدذ\nرزس", folds=(Fold(1, 2),))
    assert (nav.vertical(2, 1, 37), nav.vertical(4, 1, 37)) == (4, 14)


def test_hit_finds_the_cluster_at_a_column_of_a_row() -> None:
    nav = navigator("أبت\nثجح", folds=(Fold(1, 1),))
    assert [nav.hit(RowId(0), column) for column in (37, 38, 39, 0)] == [2, 1, 0, 2]
    assert nav.hit(RowId(1), 37) == 4


# Row edges


def test_the_edges_of_a_row_are_its_first_and_last_character_as_read() -> None:
    nav = navigator("أ ab 12\nب", 20)
    assert (nav.row_start(3), nav.row_end(3)) == (0, 6)


def test_the_edges_of_a_wrapped_row() -> None:
    nav = navigator("أب تث جح", 3)
    assert [(nav.row_start(offset), nav.row_end(offset)) for offset in (1, 4, 7)] == [(0, 2), (3, 5), (6, 7)]


def test_the_end_of_a_row_is_the_last_cluster_that_is_seen() -> None:
    assert navigator("أب     تث", 3).row_end(0) == 2
    assert navigator(f"أب{FATHA}{SHADDA}").row_end(0) == 1


def test_the_edges_of_an_empty_line_and_of_a_fold_are_its_beginning() -> None:
    nav = navigator("\nأب\nتث", folds=(Fold(1, 2),))
    assert (nav.row_start(0), nav.row_end(0)) == (0, 0)
    assert (nav.row_start(5), nav.row_end(5)) == (1, 1)


# By word


def test_next_word_goes_from_start_to_start_across_lines() -> None:
    nav = navigator("قال، نعم\n\nثم (مضى).")
    assert walk(nav.next_word, 0) == [0, 5, 10, 14, 19]
    assert walk(nav.previous_word, 19) == [19, 14, 10, 5, 0]


def test_word_moves_stop_once_at_a_fold() -> None:
    nav = navigator("قال نعم\nأب تث\nجح خد\nثم مضى", folds=(Fold(1, 2),))
    assert walk(nav.next_word, 0) == [0, 4, 8, 20, 23, 26]
    assert walk(nav.previous_word, 23) == [23, 20, 8, 4, 0]


def test_word_moves_from_inside_a_fold_leave_it() -> None:
    nav = navigator("قال نعم\nأب تث\nجح خد\nثم مضى", folds=(Fold(1, 2),))
    assert (nav.next_word(11), nav.previous_word(16)) == (20, 4)


def test_word_moves_stop_at_folds_that_are_neighbours() -> None:
    nav = navigator("أب تث\nجح خد\nذر", folds=(Fold(0, 0), Fold(1, 1)))
    assert walk(nav.next_word, 0) == [0, 6, 12, 14]
    assert walk(nav.previous_word, 12) == [12, 6, 0]


def test_a_fold_at_the_end_ends_the_way() -> None:
    nav = navigator("أب\nتث جح\nخد", folds=(Fold(1, 2),))
    assert walk(nav.next_word, 0) == [0, 3]


def test_a_fold_of_punctuation_is_passed_by() -> None:
    nav = navigator("أب\n•••\nتث", folds=(Fold(1, 1),))
    assert walk(nav.next_word, 0) == [0, 7, 9]


# What is under the cursor


def test_the_cluster_is_the_letter_with_its_marks() -> None:
    nav = navigator(f"أ\nب{FATHA}{SHADDA}ت")
    assert [nav.cluster(offset) for offset in (0, 1, 3, 5, 6)] == [(0, 1), (1, 1), (2, 5), (5, 6), (6, 6)]


def test_the_word_is_that_at_the_cursor_or_none() -> None:
    nav = navigator("قال: «نعم»")
    assert [nav.word(offset) for offset in (1, 3, 5, 7)] == [(0, 3), None, None, (6, 9)]


def test_the_sentence_is_that_of_the_paragraph_at_the_cursor() -> None:
    nav = navigator("أول. ثان.\nثالث. رابع")
    assert [nav.sentence(offset) for offset in (0, 4, 6, 9, 12, 19)] == [
        (0, 4),
        (0, 4),
        (5, 9),
        (5, 9),
        (10, 15),
        (16, 20),
    ]


def test_an_empty_line_holds_an_empty_sentence_and_paragraph() -> None:
    nav = navigator("أ\n\nب")
    assert (nav.cluster(2), nav.word(2), nav.sentence(2), nav.paragraph(2)) == ((2, 2), None, (2, 2), (2, 2))


def test_the_paragraph_is_without_its_line_break() -> None:
    nav = navigator("أب\nتث")
    assert [nav.paragraph(offset) for offset in (0, 2, 3, 5)] == [(0, 2), (0, 2), (3, 5), (3, 5)]


def test_on_a_fold_all_of_it_is_under_the_cursor() -> None:
    nav = navigator("أب\nتث. جح\nخد\nذر", folds=(Fold(1, 2),))
    assert (nav.word(3), nav.sentence(3), nav.paragraph(3), nav.unit(3)) == (None, (3, 12), (3, 12), (3, 12))


def test_outside_folds_the_unit_is_the_cluster() -> None:
    assert navigator(f"ب{FATHA}ت").unit(1) == (0, 2)


# Cost


def test_a_move_in_a_long_paragraph_does_not_look_at_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "خبر قصير، " * 20_000
    nav = navigator(text, 80)
    middle = nav.cluster(len(text) // 2)[0]
    looked_at: list[int] = []
    paragraph = nav.layout.paragraph(0)
    row = paragraph.row

    def watched(first: int, last: int, width: int) -> object:
        looked_at.append(last - first)
        return row(first, last, width)

    monkeypatch.setattr(paragraph, "row", watched)
    for step in (nav.left, nav.right, nav.row_start, nav.row_end, lambda offset: nav.vertical(offset, 1, 40)):
        step(middle)
    assert 0 < sum(looked_at) < 300


@pytest.mark.parametrize(("offset", "end"), [(0, 2), (1, 2), (2, 6), (3, 6), (4, 6), (6, 9)])
def test_the_end_of_a_word_is_its_last_letter_or_that_of_the_next_one(offset: int, end: int) -> None:
    text = "قال رجل كم"
    assert navigator(text).word_end(offset) == end


def test_behind_the_last_word_the_end_of_a_word_is_where_the_next_word_would_be() -> None:
    moves = navigator("قال.")
    assert moves.word_end(3) == moves.next_word(3)
