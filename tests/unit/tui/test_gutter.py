from __future__ import annotations

from dataclasses import replace

import pytest
from textual.strip import Strip

from annotator.model.annotation import Annotation, Relation
from annotator.model.state import AnnotationState
from annotator.text.pages import Fold, RowId
from annotator.tui.palette import Palette
from annotator.tui.widgets.gutter import (
    MARKS_WIDTH,
    OVERVIEW_WIDTH,
    RowMarks,
    marks_strip,
    overview,
    overview_strip,
    row_marks,
    share_in_sight,
)
from tests.support.model import SCHEMA
from tests.support.views import span, view_of


PALETTE = Palette(SCHEMA, 1 << 24)
TEXT = "قال وزير\nإن الجسر\nآمن"


def styled(strip: Strip) -> list[tuple[str, str]]:
    """The signs of a strip with the labels that they have the colour of, or ""."""
    colours = {label.mark: id_ for id_, label in PALETTE.labels.items()}
    return [(segment.text, colours.get(segment.style, "")) for segment in strip if segment.text.strip()]


# The signs of a row


def test_the_labels_that_start_in_a_row_are_its_marks_in_reading_order_and_once_each() -> None:
    view = view_of(TEXT, span(TEXT, "قال", "source"), span(TEXT, "وزير"), span(TEXT, "زير"))
    assert row_marks(view, RowId(0)) == RowMarks(("source", "claim"), True)


def test_a_row_inside_a_long_annotation_has_the_mark_of_the_innermost_one() -> None:
    view = view_of(TEXT, span(TEXT, TEXT), span(TEXT, "وزير\nإن الجسر\nآ", "passage"))
    assert row_marks(view, RowId(1)) == RowMarks(("passage",))


def test_a_row_that_starts_in_text_has_no_mark() -> None:
    assert row_marks(view_of(TEXT, span(TEXT, "قال")), RowId(1)) == RowMarks()


def test_an_empty_line_inside_an_annotation_is_marked() -> None:
    text = "قال\n\nنعم"
    assert row_marks(view_of(text, span(text, text)), RowId(1)) == RowMarks(("claim",))


def test_a_row_where_an_end_of_a_relation_starts_is_marked() -> None:
    head, tail = span(TEXT, "آمن"), span(TEXT, "وزير", "source")
    view = view_of(TEXT, head, tail, span(TEXT, "الجسر"), Relation("r", "attributed_to", head.id, tail.id))
    assert [row_marks(view, RowId(line)).is_linked for line in range(3)] == [True, False, True]


def test_a_folded_row_has_no_marks() -> None:
    view = view_of(TEXT, span(TEXT, TEXT))
    view.layout.fold([Fold(0, 1)])
    assert row_marks(view, RowId(0)) == RowMarks()


@pytest.mark.parametrize(
    ("marks", "from_the_right", "from_the_left"),
    [
        (RowMarks(), "   ", "   "),
        (RowMarks(("claim",), True), "  c", "c  "),
        (RowMarks(("claim", "source"), True), " sc", "cs "),
        (RowMarks(("claim", "source", "boilerplate"), True), " +c", "c+ "),
        (RowMarks(("claim",), True, True), " ↔c", "c↔ "),
        (RowMarks(("claim", "source"), True, True), "↔sc", "cs↔"),
        (RowMarks(("claim", "source", "boilerplate"), True, True), "↔+c", "c+↔"),
        (RowMarks(("claim",)), "  │", "│  "),
    ],
)
def test_signs_stand_where_reading_begins(marks: RowMarks, from_the_right: str, from_the_left: str) -> None:
    assert marks_strip(marks, PALETTE, 1).text == from_the_right
    assert marks_strip(marks, PALETTE, 0).text == from_the_left


def test_keys_and_bars_have_the_colours_of_their_labels_and_other_signs_have_none() -> None:
    marks = RowMarks(("claim", "source", "boilerplate"), True, True)
    assert styled(marks_strip(marks, PALETTE, 0)) == [("c", "claim"), ("+", ""), ("↔", "")]
    assert styled(marks_strip(RowMarks(("source",)), PALETTE, 0)) == [("│", "source")]


def test_a_row_where_a_suggestion_starts_has_a_question_mark_in_the_colour_of_its_label() -> None:
    view = replace(view_of(TEXT), suggested=AnnotationState.of([span(TEXT, "وزير\nإن الجسر", "source")]))
    assert row_marks(view, RowId(0)) == RowMarks(suggested=("source",))
    assert row_marks(view, RowId(1)) == RowMarks()
    assert styled(marks_strip(row_marks(view, RowId(0)), PALETTE, 1)) == [("?", "source")]


def test_the_question_mark_stands_behind_the_keys_of_labels() -> None:
    view = view_of(TEXT, span(TEXT, "قال"))
    view = replace(view, suggested=AnnotationState.of([span(TEXT, "وزير", "source")]))
    assert styled(marks_strip(row_marks(view, RowId(0)), PALETTE, 0)) == [("c", "claim"), ("?", "source")]
    assert marks_strip(row_marks(view, RowId(0)), PALETTE, 1).text == " ?c"


def test_a_row_inside_an_annotation_where_a_suggestion_starts_shows_both() -> None:
    view = view_of(TEXT, span(TEXT, TEXT))
    view = replace(view, suggested=AnnotationState.of([span(TEXT, "الجسر", "source")]))
    assert row_marks(view, RowId(1)) == RowMarks(("claim",), suggested=("source",))
    assert marks_strip(row_marks(view, RowId(1)), PALETTE, 0).text == "│? "


def test_where_there_is_no_room_the_question_mark_is_left_out() -> None:
    marks = RowMarks(("claim", "source"), True, True, ("passage",))
    assert "?" not in marks_strip(marks, PALETTE, 0).text


def test_a_folded_row_has_no_question_mark() -> None:
    view = replace(view_of(TEXT), suggested=AnnotationState.of([span(TEXT, "قال وزير", "boilerplate")]))
    view.layout.fold([Fold(0, 0)])
    assert row_marks(view, RowId(0)) == RowMarks()


@pytest.mark.parametrize("colours", [1 << 24, 256, 16, 0])
@pytest.mark.parametrize("base", [0, 1])
def test_margins_are_as_wide_as_they_say_and_all_styled(colours: int, base: int) -> None:
    palette = Palette(SCHEMA, colours)
    for marks in (
        RowMarks(),
        RowMarks(("claim", "source", "passage"), True, True),
        RowMarks(("claim",), True, suggested=("source",)),
    ):
        strip = marks_strip(marks, palette, base)
        assert strip.cell_length == MARKS_WIDTH == sum(segment.cell_length for segment in strip)
        assert all(segment.style is not None for segment in strip)
    for label in ("", "claim"):
        strip = overview_strip(label, palette, is_in_sight=True, base=base)
        assert strip.cell_length == OVERVIEW_WIDTH == sum(segment.cell_length for segment in strip)


# The overview


def state(*spans: tuple[int, int, str]) -> AnnotationState:
    """Annotations by their edges and labels."""
    return AnnotationState.of(Annotation(f"a{n}", *found) for n, found in enumerate(spans))


def test_the_overview_shows_each_share_of_the_text_by_what_starts_there() -> None:
    made = state((0, 5, "claim"), (25, 28, "source"), (28, 29, "claim"), (95, 99, "boilerplate"))
    assert overview(made, 100, 10) == ("claim", "", "source", "", "", "", "", "", "", "boilerplate")


def test_a_long_annotation_fills_the_overview_where_nothing_else_starts() -> None:
    made = state((10, 50, "boilerplate"), (22, 24, "claim"))
    assert overview(made, 60, 6) == ("", "boilerplate", "claim", "boilerplate", "boilerplate", "")


def test_a_text_shorter_than_the_window_has_an_overview_too() -> None:
    assert overview(state((1, 2, "claim")), 2, 6) == ("", "", "", "claim", "claim", "claim")
    assert overview(state(), 0, 3) == ("", "", "")


def test_hidden_annotations_cover_nothing() -> None:
    made = AnnotationState.of([Annotation("a", 5, 5, "claim", raw=(5, 9))])
    assert overview(made, 10, 1) == ("",)


@pytest.mark.parametrize(
    ("in_sight", "rows"),
    [((0, 100), range(10)), ((0, 10), range(1)), ((35, 52), range(3, 6)), ((99, 100), range(9, 10))],
)
def test_what_is_in_sight_is_shown_by_its_share(in_sight: tuple[int, int], rows: range) -> None:
    assert share_in_sight(in_sight, 100, 10) == rows


def test_of_an_empty_text_the_first_row_is_in_sight() -> None:
    assert share_in_sight((0, 0), 0, 5) == range(1)


def test_labels_stand_at_the_edge_of_the_window_and_what_is_in_sight_beside_them() -> None:
    assert overview_strip("claim", PALETTE, is_in_sight=True, base=1).text == "█▌"
    assert overview_strip("claim", PALETTE, is_in_sight=True, base=0).text == "▐█"
    assert overview_strip("", PALETTE, is_in_sight=False, base=1).text == "│ "


def test_without_colours_a_label_in_the_overview_is_a_sign_of_its_own() -> None:
    assert overview_strip("claim", Palette(SCHEMA, 0), is_in_sight=False, base=1).text == "▪ "
