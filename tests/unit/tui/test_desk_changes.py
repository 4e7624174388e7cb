from __future__ import annotations

import pytest

from annotator.errors import OperationError
from annotator.model.annotation import Relation
from annotator.text.pages import Fold
from annotator.tui.desk import Desk
from tests.support.texts import plain
from tests.tui.desks import desk_of, focused, labelled, press, span


TEXT = "قال وزير النقل إن الجسر آمن. وأضاف أن الكلفة زادت.\n\nولم ترد البلدية."
FURNITURE = "شارك الخبر\nعنوان الخبر هنا\nمتن الخبر الأول\nالمصدر: وكالات"
NESTED = ("قال وزير النقل إن الجسر آمن.", "وزير النقل", "النقل", "الجسر")
"""Parts of the text, one inside the other and one behind them."""


# Edges


def edged(part: str = "وزير النقل", edge: str = "end") -> Desk:
    desk = desk_of(TEXT, span(TEXT, part))
    desk.focus_next(1)
    desk.start_edge("end" if edge == "end" else "start")
    return desk


def test_moving_the_end_shows_where_it_would_be_and_stores_it_on_enter() -> None:
    desk = edged()
    for _ in range(3):
        desk.move("left")
    (preview,) = desk.view().state.annotations
    assert TEXT[preview.start : preview.end] == "وزير النقل إن"
    assert labelled(desk) == [("source", "وزير النقل")]
    assert desk.finish_edge() == "saved: edge moved"
    assert labelled(desk) == [("source", "وزير النقل إن")]
    assert desk.edge is None


def test_moving_the_start_takes_in_what_stands_before() -> None:
    desk = edged(edge="start")
    desk.move("previous_word")
    desk.finish_edge()
    assert labelled(desk) == [("source", "قال وزير النقل")]


def test_moving_the_end_back_leaves_letters_out() -> None:
    desk = edged()
    for _ in range(6):
        desk.move("right")
    desk.finish_edge()
    assert labelled(desk) == [("source", "وزير")]


def test_escape_leaves_the_edge_as_it_was() -> None:
    desk = edged()
    desk.move("left")
    desk.escape()
    assert desk.view().state.annotations == desk.session.state.annotations
    assert labelled(desk) == [("source", "وزير النقل")]


def test_an_edge_that_was_not_moved_is_no_operation() -> None:
    desk = edged()
    assert desk.finish_edge() == "edge left as it was"
    assert desk.undo() == "nothing to undo"


def test_the_other_edge_key_keeps_the_first_edge_and_goes_on_with_the_other() -> None:
    desk = edged()
    for _ in range(3):
        desk.move("left")
    desk.start_edge("start")
    assert labelled(desk) == [("source", "وزير النقل إن")]
    assert desk.edge == "start"


@pytest.mark.parametrize(("edge", "where"), [("end", "first"), ("start", "last")])
def test_an_edge_never_passes_the_other_one(edge: str, where: str) -> None:
    desk = edged(edge=edge)
    desk.move(where)
    (preview,) = desk.view().state.annotations
    assert preview.start < preview.end


@pytest.mark.parametrize(("edge", "where"), [("end", "first"), ("start", "last")])
def test_an_edge_never_cuts_a_letter_from_its_marks(edge: str, where: str) -> None:
    text = "قالَ كَتَبَ هنا"
    desk = desk_of(text, span(text, "كَتَبَ"))
    desk.focus_next(1)
    desk.start_edge("end" if edge == "end" else "start")
    desk.move(where)
    (preview,) = desk.view().state.annotations
    assert text[preview.start : preview.end] == ("كَ" if edge == "end" else "بَ")


def test_an_edge_that_was_moved_onto_a_space_leaves_the_space_out() -> None:
    desk = edged()
    for _ in range(4):
        desk.move("left")
    desk.finish_edge()
    assert labelled(desk) == [("source", "وزير النقل إن")]


def test_an_edge_without_an_annotation_is_refused() -> None:
    with pytest.raises(OperationError, match="focus an annotation"):
        desk_of(TEXT).start_edge("end")


def test_an_edge_takes_the_smallest_annotation_under_the_cursor_where_none_is_focused() -> None:
    desk = desk_of(TEXT, *(span(TEXT, part) for part in NESTED), cursor=TEXT.index("النقل"))
    desk.start_edge("end")
    assert focused(desk) == "النقل"


def test_the_next_word_is_taken_in_whole_from_a_mark_and_by_an_end_on_the_move() -> None:
    desk = desk_of(TEXT, span(TEXT, "قال"))
    desk.focus_next(1)
    desk.start_edge("end")
    desk.move("next_word")
    desk.finish_edge()
    assert labelled(desk) == [("source", "قال وزير")]
    desk.move("next_word")
    desk.mark()
    desk.move("next_word")
    desk.move("next_word")
    assert desk.selection.span is not None
    assert TEXT[slice(*desk.selection.span)].split() == TEXT.split()[2:4]


def test_an_edge_that_may_not_be_there_is_refused_and_can_be_moved_on() -> None:
    first, second = span(TEXT, "قال", "boilerplate"), span(TEXT, "وزير", "boilerplate")
    desk = desk_of(TEXT, first, second)
    desk.focus_next(1)
    desk.start_edge("end")
    desk.move("next_word")
    with pytest.raises(OperationError, match="may not overlap"):
        desk.finish_edge()
    assert desk.edge == "end"
    desk.move("previous_word")
    assert desk.finish_edge() == "edge left as it was"
    assert labelled(desk)[0] == ("boilerplate", "قال")


def test_the_word_before_is_given_back_whole_by_an_end_on_the_move() -> None:
    desk = desk_of(TEXT, span(TEXT, "قال وزير النقل"))
    desk.focus_next(1)
    desk.start_edge("end")
    desk.move("previous_word")
    desk.finish_edge()
    assert labelled(desk)[0][1] == "قال وزير"


# Removing, undoing


def test_remove_takes_what_is_focused() -> None:
    desk = desk_of(TEXT, *(span(TEXT, part) for part in NESTED))
    desk.focus_next(1)
    assert desk.remove() == "saved: source removed"
    assert [text for _, text in labelled(desk)] == list(NESTED[1:])
    assert focused(desk) == ""


def test_remove_takes_the_smallest_under_the_cursor_where_none_is_focused() -> None:
    desk = desk_of(TEXT, *(span(TEXT, part) for part in NESTED), cursor=TEXT.index("النقل"))
    desk.remove()
    assert "النقل" not in [text for _, text in labelled(desk)]


def test_remove_takes_the_relations_along_and_undo_brings_both_back() -> None:
    claim, source = span(TEXT, "الجسر آمن", "claim", "c1"), span(TEXT, "وزير النقل", "source", "s1")
    desk = desk_of(TEXT, claim, source, Relation("r1", "attributed_to", "c1", "s1"))
    desk.focus_next(1)
    desk.remove()
    assert desk.session.state.relations == ()
    desk.undo()
    assert [relation.id for relation in desk.session.state.relations] == ["r1"]
    assert labelled(desk) == [("source", "وزير النقل"), ("claim", "الجسر آمن")]


def test_remove_where_there_is_nothing_is_refused() -> None:
    with pytest.raises(OperationError, match="no annotation here"):
        desk_of(TEXT).remove()


def test_undo_and_redo_go_to_what_they_change() -> None:
    desk = desk_of(TEXT, cursor=6)
    press(desk, "s")
    desk.move("last")
    assert plain(desk.undo()) == "saved: undone: add: source «وزير»"
    assert (labelled(desk), desk.cursor) == ([], 4)
    desk.move("last")
    assert plain(desk.redo()) == "saved: redone: add: source «وزير»"
    assert (labelled(desk), focused(desk)) == ([("source", "وزير")], "وزير")


def test_undo_and_redo_at_their_ends_say_so() -> None:
    desk = desk_of(TEXT)
    assert desk.undo() == "nothing to undo"
    assert desk.redo() == "nothing to redo"


def test_undo_lets_go_of_an_edge() -> None:
    desk = desk_of(TEXT, cursor=6)
    press(desk, "s")
    desk.start_edge("end")
    desk.move("left")
    desk.undo()
    assert desk.edge is None
    assert desk.view().state.annotations == ()


# Searching


def test_a_search_goes_to_the_first_hit_from_the_cursor_on() -> None:
    desk = desk_of(TEXT, cursor=TEXT.index("الجسر"))
    assert desk.search("ال") == "hit 3 of 5 (N next, P previous)"
    assert desk.cursor == TEXT.index("الجسر")


@pytest.mark.parametrize("needle", ["الكلفه", "الكُلْفة", "الـكلفة", "الكلفة"])
def test_a_search_cares_for_no_spelling(needle: str) -> None:
    desk = desk_of(TEXT)
    desk.search(needle)
    assert desk.cursor == TEXT.index("الكلفة")


@pytest.mark.parametrize(("needle", "text"), [("اضاف", "وأضاف أن"), ("2026", "عام ٢٠٢٦"), ("کتاب", "هذا كتاب")])
def test_a_search_knows_hamzas_digits_and_persian_letters(needle: str, text: str) -> None:
    assert desk_of(text).search(needle).startswith("hit 1 of 1")


def test_next_and_previous_hit_go_round_the_end() -> None:
    desk = desk_of(TEXT)
    desk.search("أن")
    places = [desk.cursor]
    for step in (1, -1, -1):
        desk.go_to_hit(step)
        places.append(desk.cursor)
    assert places[0] == places[2]
    assert places[1] == places[3]


def test_a_search_without_a_hit_says_so_and_stays() -> None:
    desk = desk_of(TEXT, cursor=5)
    assert desk.search("قطار") == "not found"
    assert desk.cursor == 5


@pytest.mark.parametrize("needle", ["", "\u064e"])
def test_a_search_for_nothing_finds_nothing(needle: str) -> None:
    desk = desk_of(TEXT)
    desk.search(needle)
    assert desk.view().hits == ()


def test_next_hit_before_any_search_says_what_to_do() -> None:
    assert desk_of(TEXT).go_to_hit(1) == "nothing was searched for; / searches"


def test_a_hit_under_a_fold_unfolds_it() -> None:
    desk = desk_of(FURNITURE, span(FURNITURE, "المصدر: وكالات", "boilerplate"))
    assert desk.layout.folds
    desk.search("وكالات")
    assert desk.layout.folds == ()
    assert desk.cursor == FURNITURE.index("وكالات")


# Folding


def furniture_desk() -> Desk:
    return desk_of(
        FURNITURE,
        span(FURNITURE, "شارك الخبر", "boilerplate"),
        span(FURNITURE, "المصدر: وكالات", "boilerplate"),
    )


def test_whole_lines_of_furniture_are_folded_at_opening() -> None:
    assert furniture_desk().layout.folds == (Fold(0, 0), Fold(3, 3))


def test_one_key_brings_everything_back_and_folds_it_again() -> None:
    desk = furniture_desk()
    assert desk.toggle_fold() == "unfolded"
    assert desk.layout.folds == ()
    assert desk.toggle_fold() == "2 folds"
    assert len(desk.layout.folds) == 2


def test_without_furniture_there_is_nothing_to_fold() -> None:
    assert desk_of(TEXT).toggle_fold() == "no whole line is boilerplate or spill-over"


def test_unfolding_one_place_leaves_the_other_folds() -> None:
    desk = furniture_desk()
    assert desk.unfold_at(0)
    assert desk.layout.folds == (Fold(3, 3),)
    assert not desk.unfold_at(0)


def test_the_cursor_crosses_a_fold_in_one_step() -> None:
    desk = desk_of(FURNITURE, span(FURNITURE, "عنوان الخبر هنا", "boilerplate"), cursor=0)
    desk.move("down")
    assert desk.cursor == FURNITURE.index("عنوان")
    desk.move("down")
    assert desk.cursor >= FURNITURE.index("متن")


def test_removing_folded_furniture_unfolds_its_lines() -> None:
    desk = furniture_desk()
    desk.focus_next(1)
    desk.remove()
    assert labelled(desk) == [("boilerplate", "شارك الخبر")]
    assert desk.layout.folds == (Fold(0, 0),)


def test_undoing_a_furniture_label_unfolds_its_lines() -> None:
    desk = desk_of(FURNITURE)
    desk.grow()
    desk.grow()
    press(desk, "b")
    desk.toggle_fold()
    assert desk.layout.folds
    desk.undo()
    assert desk.layout.folds == ()


def test_moving_an_edge_of_folded_furniture_unfolds_its_lines() -> None:
    desk = furniture_desk()
    desk.focus_next(1)
    desk.start_edge("start")
    assert desk.layout.folds == (Fold(0, 0),)


def test_relabelling_folded_furniture_as_text_unfolds_its_lines() -> None:
    desk = furniture_desk()
    desk.focus_next(1)
    press(desk, "c")
    assert len(desk.layout.folds) == 1
