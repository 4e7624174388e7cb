from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.errors import OperationError
from annotator.model import edits
from annotator.model.annotation import Relation
from annotator.text.pages import Fold
from annotator.text.selection import Selection
from annotator.tui.steps import Hint
from tests.support.model import SCHEMA
from tests.tui.desks import desk_of, focused, labelled, press, propose, selected, span


TEXT = "قال وزير النقل إن الجسر آمن. وأضاف أن الكلفة زادت.\n\nولم ترد البلدية."
FURNITURE = "شارك الخبر\nعنوان الخبر هنا\nمتن الخبر الأول\nالمصدر: وكالات"
NESTED = ("قال وزير النقل إن الجسر آمن", "وزير النقل", "النقل", "الجسر")
"""Parts of the text, one inside the other and one behind them."""


# Opening


def test_a_document_opens_at_its_first_letter() -> None:
    assert desk_of(TEXT).cursor == 0


def test_a_document_opens_where_it_was_left() -> None:
    assert desk_of(TEXT, cursor=9).cursor == 9


def test_a_cursor_that_was_left_outside_the_text_is_brought_back() -> None:
    assert desk_of("قال", cursor=99).cursor == 2


@pytest.mark.parametrize("cursor", [None, 0])
def test_a_first_opening_with_a_folded_top_begins_below_it(cursor: int | None) -> None:
    desk = desk_of(FURNITURE, span(FURNITURE, "شارك الخبر", "boilerplate"), cursor=cursor)
    assert desk.cursor == FURNITURE.index("عنوان")


def test_a_first_opening_begins_at_a_letter_and_not_on_the_blank_line_below_a_fold() -> None:
    text = "شارك الخبر\n\nعنوان الخبر هنا"
    desk = desk_of(text, span(text, "شارك الخبر", "boilerplate"))
    assert desk.cursor == text.index("عنوان")


def test_a_later_opening_stays_where_it_was_left_in_a_fold() -> None:
    desk = desk_of(FURNITURE, span(FURNITURE, "شارك الخبر", "boilerplate"), cursor=3)
    assert desk.cursor == 3


def test_a_document_of_furniture_alone_opens_at_its_beginning() -> None:
    text = "شارك الخبر"
    assert desk_of(text, span(text, text, "boilerplate")).cursor == 0


# Moving


@pytest.mark.parametrize(
    ("where", "to"),
    [
        ("left", "لنقل"),
        ("right", " النقل"),
        ("next_word", "إن"),
        ("previous_word", "وزير"),
        ("home", "قال"),
        ("first", "قال"),
    ],
)
def test_a_move_goes_as_seen(where: str, to: str) -> None:
    desk = desk_of(TEXT, cursor=TEXT.index("النقل"))
    desk.move(where)
    assert desk.cursor == TEXT.index(to)


def test_the_last_place_is_the_last_character() -> None:
    desk = desk_of(TEXT)
    desk.move("last")
    assert desk.cursor == len(TEXT) - 1


def test_the_end_of_a_row_is_its_last_cluster() -> None:
    desk = desk_of(TEXT)
    desk.move("end")
    assert desk.cursor == TEXT.index("\n") - 1


def test_moving_down_and_up_keeps_the_column_over_shorter_rows() -> None:
    desk = desk_of(TEXT, cursor=TEXT.index("زادت"))
    desk.move("down")
    assert desk.cursor == TEXT.index("\n") + 1
    desk.move("down")
    desk.move("up")
    desk.move("up")
    assert desk.cursor == TEXT.index("زادت")


def test_a_move_beside_forgets_the_column() -> None:
    desk = desk_of(TEXT, cursor=TEXT.index("زادت"))
    desk.move("down")
    desk.move("left")
    desk.move("up")
    desk.move("up")
    assert desk.cursor != TEXT.index("زادت")


@pytest.mark.parametrize("where", ["left", "right", "up", "down", "pageup", "pagedown", "next_word", "previous_word"])
def test_no_move_leaves_the_text(where: str) -> None:
    desk = desk_of(TEXT)
    for _ in range(60):
        desk.move(where, page=5)
        assert 0 <= desk.cursor < len(TEXT)


def test_the_cursor_stands_on_letters_and_not_on_their_marks() -> None:
    desk = desk_of("كَتَبَ")
    desk.move("left")
    assert desk.cursor == 2
    desk.focus_at(5)
    assert desk.cursor == 4


# Selecting


def test_the_selection_grows_from_word_to_sentence_to_paragraph_to_the_next_one() -> None:
    desk = desk_of(TEXT, cursor=5)
    grown = []
    for _ in range(5):
        desk.grow()
        grown.append(selected(desk))
    assert grown == ["وزير", "قال وزير النقل إن الجسر آمن", TEXT.split("\n", maxsplit=1)[0], TEXT, TEXT]


def test_the_selection_shrinks_to_what_it_grew_from() -> None:
    desk = desk_of(TEXT, cursor=5)
    desk.grow()
    desk.grow()
    desk.shrink()
    assert selected(desk) == "وزير"
    desk.shrink()
    assert desk.selection == Selection()


def test_a_move_lets_go_of_a_grown_selection() -> None:
    desk = desk_of(TEXT)
    desk.grow()
    desk.move("left")
    assert desk.selection == Selection()


def test_a_mark_makes_the_selection_follow_the_cursor() -> None:
    desk = desk_of(TEXT, cursor=4)
    assert "mark" in desk.mark()
    desk.move("left")
    desk.move("left")
    assert selected(desk) == "وزي"


def test_a_mark_selects_backwards_too() -> None:
    desk = desk_of(TEXT, cursor=4)
    desk.mark()
    desk.move("right")
    desk.move("right")
    assert selected(desk) == "ل و"


def test_a_mark_again_keeps_the_selection_and_lets_the_cursor_go() -> None:
    desk = desk_of(TEXT, cursor=4)
    desk.mark()
    desk.move("left")
    desk.mark()
    assert selected(desk) == "وز"
    desk.move("left")
    assert selected(desk) == ""


def test_extending_selects_what_is_passed_and_a_plain_move_lets_go() -> None:
    desk = desk_of(TEXT, cursor=4)
    desk.extend("left")
    desk.extend("left")
    assert selected(desk) == "وزي"
    desk.move("left")
    assert selected(desk) == ""


def test_extending_with_a_mark_set_keeps_the_mark() -> None:
    desk = desk_of(TEXT, cursor=4)
    desk.mark()
    desk.extend("left")
    desk.move("left")
    assert selected(desk) == "وزي"


def test_extending_over_a_fold_takes_all_of_it() -> None:
    desk = desk_of(FURNITURE, cursor=FURNITURE.index("عنوان"))
    desk.layout.fold([Fold(2, 3)])
    desk.extend("down")
    assert selected(desk).endswith("متن الخبر الأول\nالمصدر: وكالات")


# Labelling


def test_a_label_takes_the_selection() -> None:
    desk = desk_of(TEXT)
    desk.grow()
    desk.grow()
    assert press(desk, "c") == "saved: Claim"
    assert labelled(desk) == [("claim", "قال وزير النقل إن الجسر آمن")]
    assert desk.selection == Selection()


def test_without_a_selection_a_label_takes_the_word() -> None:
    desk = desk_of(TEXT, cursor=6)
    press(desk, "s")
    assert labelled(desk) == [("source", "وزير")]


def test_a_new_annotation_is_focused_until_the_cursor_moves() -> None:
    desk = desk_of(TEXT, cursor=6)
    press(desk, "s")
    assert focused(desk) == "وزير"
    desk.move("left")
    assert focused(desk) == ""


def test_a_label_relabels_what_is_focused() -> None:
    desk = desk_of(TEXT, cursor=6)
    press(desk, "s")
    assert press(desk, "c") == "saved: now Claim"
    assert labelled(desk) == [("claim", "وزير")]


def test_a_selection_goes_before_what_is_focused() -> None:
    desk = desk_of(TEXT, cursor=6)
    press(desk, "s")
    desk.grow()
    desk.grow()
    press(desk, "c")
    assert labelled(desk) == [("claim", "قال وزير النقل إن الجسر آمن"), ("source", "وزير")]


def test_spaces_and_line_breaks_at_the_edges_of_a_selection_are_left_out() -> None:
    desk = desk_of(TEXT, cursor=3)
    desk.mark()
    for _ in range(5):
        desk.move("left")
    press(desk, "s")
    assert labelled(desk) == [("source", "وزير")]


def test_a_selection_of_spaces_cannot_be_labelled() -> None:
    desk = desk_of(TEXT, cursor=3)
    desk.mark()
    with pytest.raises(OperationError, match="nothing but spaces"):
        press(desk, "s")
    assert labelled(desk) == []


@pytest.mark.parametrize("place", [".", "\n\n"])
def test_where_there_is_no_word_a_label_says_so(place: str) -> None:
    desk = desk_of(TEXT, cursor=TEXT.index(place))
    with pytest.raises(OperationError, match="no word under the cursor"):
        press(desk, "s")


def test_the_same_label_twice_on_one_text_is_refused_and_changes_nothing() -> None:
    desk = desk_of(TEXT, span(TEXT, "وزير"), cursor=6)
    with pytest.raises(OperationError, match="already has this label"):
        press(desk, "s")
    assert labelled(desk) == [("source", "وزير")]


def test_a_new_annotation_has_the_defaults_of_its_label() -> None:
    desk = desk_of(TEXT)
    press(desk, "c")
    annotation = desk.annotation()
    assert annotation is not None
    assert dict(annotation.attributes) == {"quote": "indirect", "check_worthy": "true", "comment": ""}


def test_relabelling_drops_relations_that_the_new_label_may_not_have() -> None:
    claim, source = span(TEXT, "الجسر آمن", "claim", "c1"), span(TEXT, "وزير النقل", "source", "s1")
    desk = desk_of(TEXT, claim, source, Relation("r1", "attributed_to", "c1", "s1"))
    desk.focus_next(1)
    press(desk, "g")
    assert desk.session.state.relations == ()
    desk.undo()
    assert [relation.id for relation in desk.session.state.relations] == ["r1"]


# Focusing


def test_tab_goes_through_the_annotations_in_reading_order_outer_before_inner_and_round() -> None:
    parts = NESTED
    desk = desk_of(TEXT, *(span(TEXT, part) for part in reversed(parts)))
    seen = []
    for _ in range(5):
        desk.focus_next(1)
        seen.append(focused(desk))
    assert seen == [*parts, parts[0]]


def test_shift_tab_goes_back_and_round() -> None:
    parts = NESTED
    desk = desk_of(TEXT, *(span(TEXT, part) for part in parts), cursor=TEXT.index("الجسر"))
    seen = []
    for _ in range(5):
        desk.focus_next(-1)
        seen.append(focused(desk))
    assert seen == [*reversed(parts), parts[-1]]


def test_tab_begins_at_the_cursor() -> None:
    desk = desk_of(TEXT, *(span(TEXT, part) for part in NESTED), cursor=TEXT.index("إن"))
    desk.focus_next(1)
    assert focused(desk) == "الجسر"


def test_tab_without_annotations_says_so() -> None:
    assert desk_of(TEXT).focus_next(1) == "no annotations yet"


def test_focusing_puts_the_cursor_on_the_annotation_and_lets_go_of_the_selection() -> None:
    desk = desk_of(TEXT, span(TEXT, "الجسر"))
    desk.grow()
    desk.focus_next(1)
    assert desk.cursor == TEXT.index("الجسر")
    assert desk.selection == Selection()


def test_clicks_on_one_place_focus_the_smallest_first_and_the_others_in_turn() -> None:
    desk = desk_of(TEXT, *(span(TEXT, part) for part in NESTED))
    seen = []
    for _ in range(4):
        desk.focus_at(TEXT.index("النقل"))
        seen.append(focused(desk))
    assert seen == ["النقل", "وزير النقل", "قال وزير النقل إن الجسر آمن", "النقل"]


def test_a_click_beside_all_annotations_unfocuses() -> None:
    desk = desk_of(TEXT, span(TEXT, "الجسر"))
    desk.focus_next(1)
    desk.focus_at(0)
    assert focused(desk) == ""


def test_an_annotation_whose_text_was_dropped_is_never_focused() -> None:
    hidden = replace(span(TEXT, "قال", id_="h"), start=2, end=2, raw=(3, 5))
    desk = desk_of(TEXT, hidden)
    assert desk.focus_next(1) == "no annotations yet"


# Letting go


def test_escape_lets_go_of_the_innermost_thing_first() -> None:
    desk = desk_of(TEXT, span(TEXT, "الجسر"))
    desk.search("النقل")
    desk.focus_next(1)
    desk.start_edge("end")
    desk.move("left")
    assert desk.escape() == "edge left as it was"
    desk.grow()
    desk.escape()
    assert selected(desk) == ""
    desk.escape()
    assert focused(desk) == ""
    desk.escape()
    assert desk.view().hits == ()


# What is seen


# Going to a place, and what is meant there


def test_going_to_a_place_unfolds_it_and_unfocuses() -> None:
    desk = desk_of(FURNITURE, span(FURNITURE, "شارك الخبر", "boilerplate"), span(FURNITURE, "متن"))
    desk.focus_next(1)
    desk.go(2)
    assert (desk.cursor, desk.layout.folds, focused(desk)) == (2, (), "")


def test_going_to_a_place_with_a_mark_selects_up_to_there() -> None:
    desk = desk_of(TEXT)
    desk.mark()
    desk.go(TEXT.index("وزير") + 3)
    assert selected(desk) == "قال وزير"


def test_an_annotation_is_focused_with_the_cursor_on_it_and_no_edge_on_the_move() -> None:
    first, second = span(TEXT, "وزير"), span(TEXT, "الجسر")
    desk = desk_of(TEXT, first, second)
    desk.focus(first)
    desk.start_edge("end")
    desk.focus(second)
    assert (focused(desk), desk.cursor, desk.edge, selected(desk)) == ("الجسر", second.start, None, "")


def test_what_is_meant_is_the_focused_annotation_else_the_smallest_under_the_cursor() -> None:
    outer, inner = span(TEXT, "وزير النقل"), span(TEXT, "النقل")
    desk = desk_of(TEXT, outer, inner)
    desk.go(inner.start)
    assert desk.target() == inner
    desk.focus(outer)
    assert desk.target() == outer
    desk.go(0)
    assert desk.target() is None


def test_what_an_operation_changes_is_unfolded() -> None:
    desk = desk_of(FURNITURE, span(FURNITURE, "شارك الخبر", "boilerplate"))
    assert desk.layout.folds == (Fold(0, 0),)
    annotation = span(FURNITURE, "الخبر", "claim")
    desk.execute(edits.add(desk.session.state, SCHEMA, annotation, len(FURNITURE)))
    assert desk.layout.folds == ()


def test_a_selection_between_two_letters_has_both_of_them() -> None:
    desk = desk_of(TEXT)
    one, other = TEXT.index("وزير"), TEXT.index("النقل") + 4
    desk.select_between(one, other)
    assert (selected(desk), desk.cursor) == ("وزير النقل", other)
    desk.select_between(other, one)
    assert (selected(desk), desk.cursor) == ("وزير النقل", one)


def test_such_a_selection_ends_with_the_next_move() -> None:
    desk = desk_of(TEXT)
    desk.select_between(0, 5)
    desk.move("left")
    assert selected(desk) == ""


def test_the_word_or_the_sentence_at_a_letter_is_selected() -> None:
    desk = desk_of(TEXT)
    place = TEXT.index("النقل") + 2
    desk.select_at(place)
    assert selected(desk) == "النقل"
    desk.select_at(place, sentence=True)
    assert selected(desk) == "قال وزير النقل إن الجسر آمن"


def test_the_place_of_who_has_not_moved_is_the_stored_one() -> None:
    text = "\n\nقال"
    assert desk_of(text).place == 0
    desk = desk_of(text, cursor=3)
    assert desk.place == 3
    desk.move("left")
    assert desk.place == 4


def test_the_view_holds_cursor_selection_focus_and_hits() -> None:
    desk = desk_of(TEXT, span(TEXT, "الجسر"))
    desk.search("النقل")
    desk.focus_next(1)
    desk.grow()
    view = desk.view((Hint(3, "f"),))
    assert (view.cursor, view.selection, view.focused) == (desk.cursor, desk.selection.span, "الجسر")
    assert (len(view.hits), view.hints) == (1, (Hint(3, "f"),))


def test_a_left_to_right_schema_lays_out_from_the_left() -> None:
    desk = desk_of("said so", schema=replace(SCHEMA, direction="ltr"))
    assert desk.layout.base == 0
    desk.move("right")
    assert desk.cursor == 1


# Tab and folds


def test_tab_passes_over_what_is_folded_away_until_it_is_unfolded() -> None:
    text = "شارك الخبر\nقال الوزير\nحقوق النشر"
    furniture = [span(text, part, "boilerplate") for part in ("شارك الخبر", "حقوق النشر")]
    desk = desk_of(text, *furniture, span(text, "الوزير"))
    assert len(desk.layout.folds) == 2
    desk.focus_next(1)
    assert focused(desk) == "الوزير"
    desk.focus_next(1)
    assert focused(desk) == "الوزير"
    desk.toggle_fold()
    desk.focus_next(1)
    assert focused(desk) == "حقوق النشر"


def test_tab_goes_to_suggestions_in_folds_too() -> None:
    text = "شارك الخبر\nقال الوزير"
    desk = propose(desk_of(text, span(text, "الوزير")), span(text, "شارك الخبر", "boilerplate"))
    desk.fold_furniture()
    desk.focus_next(-1)
    assert desk.focused == "شارك الخبر"
    assert len(desk.layout.folds) == 1
