from __future__ import annotations

import pytest

from annotator.text.navigation import Navigator
from annotator.text.pages import DocumentLayout, Fold
from annotator.text.selection import Selection


TEXT = "قال الوزير: «نعم». ثم مضى\n\n\nوأضاف أمس\n\nانتهى"
"""Paragraphs at 0–25, 28–37 and 39–44, empty ones between them; sentences at 0–18 and 19–25."""

FATHA = "\u064e"


def navigator(text: str = TEXT, folds: tuple[Fold, ...] = ()) -> Navigator:
    return Navigator(DocumentLayout(text, 40, folds))


def ladder(cursor: int, nav: Navigator, start: Selection | None = None) -> list[tuple[int, int] | None]:
    """The spans of a selection that grows until it grows no more."""
    found = [start or Selection()]
    while (grown := found[-1].grown(nav, cursor)) != found[-1]:
        found.append(grown)
    return [selection.span for selection in found[1:]]


def dragged(nav: Navigator, mark: int, *moves: int) -> Selection:
    selection = Selection().marked(nav, mark)
    for cursor in moves:
        selection = selection.stretched(nav, cursor)
    return selection


def test_it_grows_from_word_to_sentence_to_paragraph_to_the_next_paragraphs() -> None:
    assert ladder(5, navigator()) == [(4, 10), (0, 17), (0, 25), (0, 37), (0, 44)]


@pytest.mark.parametrize("cursor", [3, 10, 11, 12])
def test_between_words_it_begins_with_the_next_one(cursor: int) -> None:
    assert ladder(cursor, navigator())[:2] == [(4, 10) if cursor == 3 else (13, 16), (0, 17)]


@pytest.mark.parametrize("cursor", [16, 17])
def test_on_punctuation_that_ends_a_sentence_it_begins_with_the_sentence(cursor: int) -> None:
    assert ladder(cursor, navigator())[0] == (0, 17)


def test_on_the_space_between_sentences_it_begins_with_the_one_before() -> None:
    assert ladder(18, navigator())[:2] == [(0, 17), (0, 25)]


def test_a_word_that_is_the_whole_paragraph_is_one_step() -> None:
    assert ladder(40, navigator()) == [(39, 44)]


def test_on_an_empty_line_it_stays_empty() -> None:
    assert Selection().grown(navigator(), 26) == Selection()


def test_it_shrinks_back_by_the_same_steps() -> None:
    nav = navigator()
    grown = Selection().grown(nav, 5).grown(nav, 5).grown(nav, 5)
    assert [grown.shrunk().span, grown.shrunk().shrunk().span] == [(0, 17), (4, 10)]
    assert grown.shrunk().shrunk().shrunk() == Selection()


def test_nothing_shrinks_to_nothing() -> None:
    assert Selection().shrunk() == Selection()


def test_a_fold_grows_from_all_of_it_to_the_next_paragraph() -> None:
    assert ladder(3, navigator("أب\nتث. جح\nخد\nذر زس", (Fold(1, 2),))) == [(3, 12), (3, 18)]


def test_growing_over_a_fold_takes_all_of_it() -> None:
    assert ladder(0, navigator("أب\nتث\n\nخد\nذر", (Fold(1, 3),))) == [(0, 2), (0, 9), (0, 12)]


def test_a_mark_selects_the_cluster_under_the_cursor() -> None:
    selection = Selection().marked(navigator(f"ب{FATHA}ت"), 1)
    assert (selection.span, selection.mark) == ((0, 2), (0, 2))


def test_from_a_mark_it_runs_to_the_cursor_both_included() -> None:
    nav = navigator(f"أب{FATHA}تث{FATHA}ج")
    assert dragged(nav, 1, 4).span == (1, 6)
    assert dragged(nav, 4, 1).span == (1, 6)


def test_the_mark_stays_selected_when_the_cursor_turns_round_it() -> None:
    assert [dragged(navigator(), 5, *moves).span for moves in ((8,), (8, 2), (8, 2, 5))] == [(5, 9), (2, 6), (5, 6)]


def test_a_mark_reaches_across_paragraphs() -> None:
    assert dragged(navigator(), 21, 29).span == (21, 30)
    assert dragged(navigator(), 29, 26).span == (26, 30)


def test_a_mark_on_an_empty_line_selects_from_its_line_break_on() -> None:
    nav = navigator()
    assert dragged(nav, 26).span is None
    assert dragged(nav, 26, 27).span == (26, 27)
    assert dragged(nav, 26, 28).span == (26, 29)
    assert dragged(nav, 26, 24).span == (24, 26)


def test_a_mark_may_stand_on_punctuation() -> None:
    assert dragged(navigator(), 12, 16).span == (12, 17)


def test_a_fold_at_either_end_is_selected_whole() -> None:
    nav = navigator("أب\nتث\nجح\nخد", (Fold(1, 2),))
    assert dragged(nav, 0, 3).span == (0, 8)
    assert dragged(nav, 10, 3).span == (3, 11)


def test_setting_the_mark_again_keeps_the_selection_and_lets_go_of_the_mark() -> None:
    kept = dragged(navigator(), 0, 5).marked(navigator(), 5)
    assert kept == Selection((0, 6))


def test_without_a_mark_a_move_ends_the_selection() -> None:
    nav = navigator()
    assert Selection().grown(nav, 5).stretched(nav, 6) == Selection()
    assert dragged(nav, 0, 5).marked(nav, 5).stretched(nav, 6) == Selection()


def test_a_marked_selection_grows_to_whole_units_and_can_shrink_back() -> None:
    nav = navigator()
    marked = dragged(nav, 5, 7)
    assert marked.grown(nav, 7) == Selection((4, 10), ((5, 8),))
    assert marked.grown(nav, 7).shrunk() == Selection((5, 8))


def test_a_selection_across_paragraphs_grows_to_whole_ones_first() -> None:
    nav = navigator()
    assert ladder(29, nav, dragged(nav, 21, 29)) == [(0, 37), (0, 44)]
