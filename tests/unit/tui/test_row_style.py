"""How overlapping, nested, crossing and touching annotations look, cell by cell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.style import Style

from annotator.model.annotation import Annotation, Relation, Value
from annotator.model.state import AnnotationState
from annotator.text.pages import RowId
from annotator.tui.palette import Palette
from annotator.tui.row_style import drawn, row_styles
from annotator.tui.view import View
from tests.support.model import SCHEMA
from tests.support.views import span, view_of


PALETTE = Palette(SCHEMA, 1 << 24)
CLAIM, SOURCE = PALETTE.labels["claim"], PALETTE.labels["source"]
_, ONE_DEEPER, TWO_DEEPER = PALETTE.depths


FIRST = RowId(0)


def styles(view: View, row: RowId = FIRST) -> list[Style]:
    """The styles of a row's cells in reading order."""
    look = row_styles(view, PALETTE, row)
    return [look(cell) for cell in sorted(drawn(view.layout.row(row)).cells, key=lambda cell: cell.start)]


def claim(start: int, end: int, label: str = "claim") -> Annotation:
    """An annotation by its edges."""
    return Annotation(f"{label} {start}-{end}", start, end, label)


def test_a_claim_has_a_start_a_body_and_an_end() -> None:
    assert styles(view_of("قال نعم", span("قال نعم", "نعم"))) == [
        *[PALETTE.text] * 4,
        CLAIM.start,
        CLAIM.body,
        CLAIM.end,
    ]


def test_two_claims_that_touch_have_an_end_beside_a_start() -> None:
    assert styles(view_of("ابتثجح", claim(0, 3), claim(3, 6)))[2:4] == [CLAIM.end, CLAIM.start]


def test_a_claim_of_one_cell_is_start_and_end_in_one() -> None:
    assert styles(view_of("ابت", claim(1, 2))) == [PALETTE.text, CLAIM.single, PALETTE.text]


@pytest.mark.parametrize("sign", ["«", ".", '"', " ", "،"])
def test_an_edge_on_a_sign_has_a_background_of_its_own(sign: str) -> None:
    found = styles(view_of(f"ا{sign}بتث{sign}ج", claim(1, 6)))
    assert len({style.bgcolor for style in (found[0], found[1], found[2], found[5])}) == 4


def test_a_claim_inside_a_claim_keeps_all_four_edges_and_is_underlined() -> None:
    assert styles(view_of("ابتثجحخد", claim(0, 8), claim(2, 6))) == [
        CLAIM.start,
        CLAIM.body,
        CLAIM.start,
        CLAIM.body + ONE_DEEPER,
        CLAIM.body + ONE_DEEPER,
        CLAIM.end,
        CLAIM.body,
        CLAIM.end,
    ]


def test_three_deep_is_underlined_twice() -> None:
    found = styles(view_of("ابتثجحخدذ", claim(0, 9), claim(1, 8, "passage"), claim(2, 7, "source")))
    assert found[4] == SOURCE.body + TWO_DEEPER


def test_the_smaller_of_two_labels_gives_the_body_whichever_was_made_first() -> None:
    for pair in ((claim(0, 8), claim(2, 6, "source")), (claim(2, 6, "source"), claim(0, 8))):
        assert styles(view_of("ابتثجحخد", *pair))[3] == SOURCE.body + ONE_DEEPER


def test_of_crossing_annotations_every_edge_is_drawn_even_under_the_other_one() -> None:
    found = styles(view_of("ابتثجحخدذر", claim(0, 5), claim(3, 10, "source")))
    assert found[0] == CLAIM.start
    assert found[3] == SOURCE.start
    assert found[4] == CLAIM.end
    assert found[9] == SOURCE.end
    crossed = styles(view_of("ابتثجحخدذر", claim(0, 7), claim(4, 9, "source")))
    assert crossed[6] == CLAIM.end


def test_of_two_edges_on_a_cell_the_one_of_the_smaller_annotation_is_drawn() -> None:
    found = styles(view_of("ابتثجح", claim(0, 6), claim(0, 3, "source")))
    assert found[0] == SOURCE.start
    assert found[2] == SOURCE.end


def test_edges_stand_on_the_first_and_last_row_of_an_annotation_only() -> None:
    view = view_of("قال وزير النقل إن الجسر", claim(0, 23), width=9)
    rows = [styles(view, RowId(0, row)) for row in range(3)]
    assert rows[0][0] == CLAIM.start
    assert rows[2][-1] == CLAIM.end
    assert all(style == CLAIM.body for style in [*rows[0][1:], *rows[1], *rows[2][:-1]])


def test_an_edge_on_a_line_break_is_drawn_on_the_cell_beside_it() -> None:
    view = view_of("اب\nتث\nجح", claim(2, 6))
    assert styles(view, RowId(0)) == [PALETTE.text] * 2
    assert styles(view, RowId(1)) == [CLAIM.start, CLAIM.end]
    assert styles(view, RowId(2)) == [PALETTE.text] * 2


def test_an_edge_on_a_mark_that_is_not_drawn_is_drawn_on_the_cell_beside_it() -> None:
    assert styles(view_of("\u200fابت", claim(0, 3))) == [CLAIM.start, CLAIM.end, PALETTE.text]


def test_an_edge_on_what_is_not_drawn_of_another_line_is_drawn_on_the_line_that_shows_the_rest() -> None:
    assert styles(view_of("اب\n\u200fتث", claim(0, 4)), RowId(0)) == [CLAIM.start, CLAIM.end]
    assert styles(view_of("ابت  \nثج", claim(3, 8), width=3), RowId(1)) == [CLAIM.start, CLAIM.end]


def test_an_edge_on_spaces_that_hang_behind_a_row_is_drawn_on_the_next_one() -> None:
    view = view_of("ابت   ثجح", claim(4, 9), width=3)
    assert styles(view, RowId(0, 0)) == [PALETTE.text] * 3
    assert styles(view, RowId(0, 1)) == [CLAIM.start, CLAIM.body, CLAIM.end]


def test_an_empty_line_inside_an_annotation_shows_it() -> None:
    view = view_of("اب\n\nتث", claim(0, 6))
    assert styles(view, RowId(1)) == [CLAIM.body]


def test_a_letter_with_its_marks_is_one_cell_with_one_edge() -> None:
    assert styles(view_of("كَتَبَ", claim(1, 4))) == [CLAIM.start, CLAIM.end, PALETTE.text]


# Focus and relations


def test_the_focused_annotation_is_drawn_over_smaller_ones_whose_edges_stay() -> None:
    outer, inner = claim(0, 8), claim(2, 6, "source")
    found = styles(view_of("ابتثجحخد", outer, inner, focused=outer.id))
    assert found == [
        CLAIM.focused,
        CLAIM.focused,
        SOURCE.start,
        CLAIM.focused + ONE_DEEPER,
        CLAIM.focused + ONE_DEEPER,
        SOURCE.end,
        CLAIM.focused,
        CLAIM.focused,
    ]


def test_the_edges_of_the_focused_annotation_come_before_all_others() -> None:
    outer, inner = claim(0, 6), claim(0, 3, "source")
    assert styles(view_of("ابتثجح", outer, inner, focused=outer.id))[0].bgcolor == CLAIM.focused.bgcolor


def test_a_focused_annotation_of_one_cell_looks_focused() -> None:
    one = claim(1, 2)
    assert styles(view_of("ابت", one, focused=one.id))[1] == CLAIM.focused


def test_what_the_focused_annotation_has_relations_to_looks_related() -> None:
    head, tail, other = claim(0, 4), claim(5, 9, "source"), claim(10, 13, "source")
    relation = Relation("r", "attributed_to", head.id, tail.id)
    text = "ابتث جحخد ذرز"
    view = view_of(text, head, tail, other, relation, focused=head.id)
    assert styles(view)[6:8] == [SOURCE.related] * 2
    assert styles(view)[11] == SOURCE.body
    assert styles(view_of(text, head, tail, other, relation, focused=tail.id))[1] == CLAIM.related


def test_without_focus_nothing_looks_related_but_both_ends_of_a_relation_are_marked() -> None:
    head, tail, other = claim(0, 4), claim(5, 9, "source"), claim(10, 13, "source")
    found = styles(view_of("ابتث جحخد ذرز", head, tail, other, Relation("r", "attributed_to", head.id, tail.id)))
    assert found[0] == CLAIM.start + PALETTE.link_mark
    assert found[5] == SOURCE.start + PALETTE.link_mark
    assert found[10] == SOURCE.start
    assert found[6] == SOURCE.body


def test_a_related_annotation_inside_the_focused_one_looks_related() -> None:
    head, tail = claim(0, 9), claim(3, 7, "source")
    found = styles(view_of("ابتثجحخدذ", head, tail, Relation("r", "attributed_to", head.id, tail.id), focused=head.id))
    assert found[4] == SOURCE.related + ONE_DEEPER
    assert found[1] == CLAIM.focused


# Hits, selection and cursor


def test_hits_are_marked_in_text_in_bodies_and_on_edges() -> None:
    found = styles(view_of("ابتثجح", claim(2, 6), hits=((1, 4),)))
    assert found[1] == PALETTE.hit
    assert found[2] == CLAIM.start + PALETTE.hit_mark
    assert found[3] == PALETTE.hit
    assert found[4] == CLAIM.body


def test_a_hit_in_the_focused_annotation_is_marked_and_the_focus_stays() -> None:
    one = claim(0, 6)
    found = styles(view_of("ابتثجح", one, focused=one.id, hits=((2, 4),)))
    assert found[2:5] == [CLAIM.focused + PALETTE.hit_mark] * 2 + [CLAIM.focused]


def test_the_selection_covers_annotations_and_hits_are_marked_in_it() -> None:
    found = styles(view_of("ابتثجح", claim(0, 6), selection=(1, 4), hits=((2, 3),)))
    assert found[1:4] == [PALETTE.selection, PALETTE.selection + PALETTE.hit_mark, PALETTE.selection]


def test_the_focused_annotation_can_be_told_in_the_selection() -> None:
    one = claim(2, 4)
    found = styles(view_of("ابتثجح", one, focused=one.id, selection=(1, 5)))
    selected = PALETTE.selection
    assert found[1:5] == [selected, selected + PALETTE.focus_mark, selected + PALETTE.focus_mark, selected]


def test_the_cursor_covers_everything_and_can_be_told_on_the_focused_annotation() -> None:
    one = claim(0, 3)
    assert styles(view_of("ابت", one, cursor=1, selection=(0, 3), hits=((0, 3),)))[1] == PALETTE.cursor
    assert styles(view_of("ابت", one, cursor=1, focused=one.id))[1] == PALETTE.cursor_focused


def test_on_an_empty_line_cursor_and_selection_have_a_cell() -> None:
    assert styles(view_of("اب\n\nتث", cursor=3), RowId(1)) == [PALETTE.cursor]
    assert styles(view_of("اب\n\nتث", selection=(0, 6)), RowId(1)) == [PALETTE.selection]


@pytest.mark.parametrize("base", [0, 1])
def test_the_cell_of_an_empty_line_stands_where_reading_begins(base: int) -> None:
    row = drawn(view_of("\n", width=7, base=base).layout.row(RowId(0)))
    assert [cell.x for cell in row.cells] == [6 if base else 0]


# Suggestions


def proposing(view: View, *values: Value) -> View:
    """A view with suggestions, and relations proposed for them."""
    return replace(view, suggested=AnnotationState.of(values))


def test_a_suggestion_has_edges_on_paper_and_no_ground_of_a_label() -> None:
    found = styles(proposing(view_of("قال نعم"), claim(4, 7)))
    assert found == [PALETTE.text] * 4 + [CLAIM.suggested_edge, CLAIM.suggested, CLAIM.suggested_edge]


def test_a_suggestion_inside_an_annotation_is_a_hole_in_it_and_the_edges_of_the_annotation_stay() -> None:
    view = proposing(view_of("ابتثجحخد", claim(0, 6)), claim(2, 4, "source"), claim(5, 8, "passage"))
    passage = PALETTE.labels["passage"]
    assert styles(view) == [
        CLAIM.start,
        CLAIM.body,
        SOURCE.suggested_edge,
        SOURCE.suggested_edge,
        CLAIM.body,
        CLAIM.end,
        passage.suggested,
        passage.suggested_edge,
    ]


def test_an_annotation_inside_a_suggestion_looks_as_ever() -> None:
    view = proposing(view_of("ابتثجحخد", claim(2, 5, "source")), claim(0, 8))
    assert styles(view)[2:5] == [SOURCE.start, SOURCE.body, SOURCE.end]
    assert styles(view)[1] == CLAIM.suggested


def test_under_an_annotation_of_the_same_span_a_suggestion_is_not_seen() -> None:
    view = proposing(view_of("ابت", claim(0, 3)), claim(0, 3, "source"))
    assert styles(view) == [CLAIM.start, CLAIM.body, CLAIM.end]


def test_a_focused_suggestion_is_drawn_over_annotations_whose_edges_stay() -> None:
    wide = claim(0, 8)
    view = proposing(view_of("ابتثجحخد", claim(2, 5, "source"), claim(6, 8, "source"), focused=wide.id), wide)
    assert styles(view) == [
        CLAIM.suggested_focused,
        CLAIM.suggested_focused,
        SOURCE.start,
        CLAIM.suggested_focused,
        SOURCE.end,
        CLAIM.suggested_focused,
        SOURCE.start,
        CLAIM.suggested_focused,
    ]


def test_the_other_end_of_a_suggested_relation_looks_related_whether_accepted_or_not() -> None:
    head, tail, made = claim(0, 4), claim(5, 9, "source"), claim(10, 13, "source")
    relations = (Relation("r1", "attributed_to", head.id, tail.id), Relation("r2", "attributed_to", head.id, made.id))
    view = proposing(view_of("ابتث جحخد ذرز", made, focused=head.id), head, tail, *relations)
    assert styles(view)[5:9] == [SOURCE.suggested_related] * 4
    assert styles(view)[11] == SOURCE.related
    assert styles(replace(view, focused=None))[6] == SOURCE.suggested


def test_while_an_annotation_is_focused_suggested_relations_show_nothing() -> None:
    head, tail = claim(0, 4), claim(5, 9, "source")
    relation = Relation("r1", "attributed_to", head.id, tail.id)
    view = proposing(view_of("ابتث جحخد", tail, focused=tail.id), head, relation)
    assert styles(view)[1] == CLAIM.suggested


def test_hits_are_marked_on_suggestions() -> None:
    one = claim(0, 6)
    view = proposing(view_of("ابتثجح", hits=((0, 2),)), one)
    assert styles(view)[:3] == [CLAIM.suggested_edge + PALETTE.hit_mark, PALETTE.hit, CLAIM.suggested]
    focused = styles(replace(view, focused=one.id))
    assert focused[1:3] == [CLAIM.suggested_focused + PALETTE.hit_mark, CLAIM.suggested_focused]


def test_cursor_and_selection_cover_suggestions_and_tell_the_focused_one() -> None:
    one = claim(0, 6)
    view = proposing(view_of("ابتثجح", cursor=5, selection=(0, 2)), one)
    assert styles(view)[1:3] + styles(view)[5:] == [PALETTE.selection, CLAIM.suggested, PALETTE.cursor]
    assert styles(replace(view, focused=one.id))[5] == PALETTE.cursor_focused
