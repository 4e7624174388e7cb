"""Hints over the text, to the cell, and folded rows."""

from __future__ import annotations

import pytest

from annotator.text.pages import Fold, RowId
from annotator.tui.palette import Palette
from annotator.tui.steps import Hint
from annotator.tui.view import View
from annotator.tui.widgets.row_drawing import HintPlace, hint_places, row_strip
from tests.support.model import SCHEMA
from tests.support.views import view_of


PALETTE = Palette(SCHEMA, 1 << 24)
TEXT = "قال وزير نعم"
FIRST = RowId(0)


def line(view: View, row: RowId = FIRST) -> str:
    """A row as text."""
    return row_strip(view, PALETTE, row, lambda _: "folded").text


def loud(view: View, row: RowId = FIRST) -> str:
    """What has the style of hints in a row."""
    strip = row_strip(view, PALETTE, row, lambda _: "folded")
    return "".join(segment.text for segment in strip if segment.style == PALETTE.hint)


def hinted(text: str, *hints: tuple[int, str], width: int = 12, base: int = 1) -> View:
    """A view of a text with hints."""
    return view_of(text, width=width, base=base, hints=tuple(Hint(*hint) for hint in hints))


def test_in_text_from_the_right_letters_end_at_the_right_edge_of_the_first_cell() -> None:
    view = hinted(TEXT, (0, "f"), (4, "dk"))
    assert line(view) == "ﻢﻌﻧ ﺮﻳdk ﻝﺎf"
    assert loud(view) == "dkf"


def test_in_text_from_the_left_letters_start_at_the_left_edge_of_the_first_cell() -> None:
    assert line(hinted("said the man", (0, "f"), (5, "dk"), base=0)) == "faid dke man"


def test_letters_may_cover_the_neighbours_of_a_short_word() -> None:
    assert line(hinted("و قال", (0, "dk"), width=5)) == "ﻝﺎﻗdk"


def test_a_word_that_reads_from_the_left_has_its_letters_at_its_first_cell_too() -> None:
    assert line(hinted("قال Ltd نعم", (4, "dk"), width=11)) == "ﻢﻌﻧdktd ﻝﺎﻗ"


def test_hints_on_one_place_stand_beside_each_other() -> None:
    view = hinted(TEXT, (4, "dk"), (4, "ja"))
    assert line(view) == "ﻢﻌﻧ jadk ﻝﺎﻗ"
    assert hint_places(view, RowId(0)) == [HintPlace(4, "ja", 4), HintPlace(6, "dk", 4)]


def test_letters_stay_inside_their_row() -> None:
    assert line(hinted("قال و", (4, "dk"), width=5)) == "dkﻝﺎﻗ"
    assert line(hinted("a b", (2, "dk"), width=3, base=0)) == "adk"


def test_hints_that_would_leave_the_row_push_those_before_them_back() -> None:
    assert line(hinted("و و", (0, "dk"), (2, "ja"), width=4)) == "jadk"


def test_where_a_row_has_no_room_for_all_letters_the_first_hints_are_left_out() -> None:
    assert line(hinted("و و", (0, "dk"), (2, "ja"), width=3)) == "jaﻭ"
    assert line(hinted("ا", (0, "dk"), width=1)) == "ﺍ"


def test_half_of_a_covered_wide_glyph_is_blank() -> None:
    assert line(hinted("日本", (0, "f"), width=4, base=0)) == "f 本"


def test_letters_cover_marks_with_their_letter() -> None:
    assert line(hinted("كَتَبَ", (0, "f"), width=3)) == "ﺐَﺘَf"


def test_hints_of_other_rows_are_not_drawn() -> None:
    view = hinted("قال\nوزير", (4, "f"), width=4)
    assert loud(view, RowId(0)) == ""
    assert loud(view, RowId(1)) == "f"


def test_a_hint_on_an_empty_line_is_drawn() -> None:
    assert line(hinted("ا\n\nب", (2, "f"), width=3), RowId(1)) == "  f"


def test_a_hint_out_of_the_text_is_not_drawn() -> None:
    assert loud(hinted(TEXT, (99, "f"))) == ""


@pytest.mark.parametrize(("base", "drawn"), [(1, " folded    f"), (0, "folded      ")])
def test_a_hint_on_a_fold_stands_at_its_beginning(base: int, drawn: str) -> None:
    view = hinted("قال\nوزير\nنعم", (1, "f"), base=base)
    view.layout.fold([Fold(0, 1)])
    text = line(view)
    assert (text[-1] if base else text[0]) == "f"
    assert loud(view) == "f"
    assert len(text) == len(drawn)


def test_a_fold_says_what_it_holds_and_shows_the_cursor_in_it() -> None:
    view = view_of("قال\nوزير\nنعم", cursor=5, width=12)
    view.layout.fold([Fold(0, 1)])
    inside = row_strip(view, PALETTE, RowId(0), lambda _: "folded")
    assert inside.text.strip() == "folded"
    assert all(segment.style and segment.style.reverse for segment in inside)
    outside = view_of("قال\nوزير\nنعم", cursor=9, width=12)
    outside.layout.fold([Fold(0, 1)])
    assert not any(segment.style and segment.style.reverse for segment in row_strip(outside, PALETTE, RowId(0), str))
