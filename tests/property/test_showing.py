"""Any view of any document: who gives a cell its look, and what need not be drawn again."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.style import Style

from annotator.model.annotation import Annotation
from annotator.text.pages import RowId
from annotator.tui.page import Page
from annotator.tui.palette import Palette
from annotator.tui.row_style import drawn, row_styles
from annotator.tui.view import View
from annotator.tui.view_changes import changed_spans
from annotator.tui.widgets.gutter import RowMarks, overview, row_marks, share_in_sight
from annotator.tui.widgets.row_drawing import hint_places, row_strip
from tests.support.layouts import all_rows, layouts
from tests.support.model import SCHEMA
from tests.support.views import cells_in_reading_order, states, two_views, views


PALETTE = Palette(SCHEMA, 1 << 24)
PAPER = PALETTE.text.bgcolor

relaxed = settings(deadline=None, max_examples=60)


def cell_styles(view: View) -> dict[tuple[int, int], Style]:
    """The style of every cell by its span in the document."""
    looks = {row_id: row_styles(view, PALETTE, row_id) for row_id in all_rows(view.layout)}
    return {(start, end): looks[row_id](cell) for row_id, cell, start, end in cells_in_reading_order(view.layout)}


def on(span: tuple[int, int], annotation: Annotation) -> bool:
    """Whether a cell shows something of an annotation."""
    return annotation.start < span[1] and annotation.end > span[0]


def is_chosen(view: View, span: tuple[int, int]) -> bool:
    """Whether the cursor or the selection lies on a cell."""
    selected = view.selection is not None and view.selection[0] < span[1] and view.selection[1] > span[0]
    return selected or span[0] <= view.cursor < span[1]


def edge_looks(annotation: Annotation) -> list[Style]:
    """What the edges of an annotation may look like."""
    look = PALETTE.labels[annotation.label]
    edges = [look.start, look.end, look.single, look.focused]
    linked = [style + PALETTE.link_mark for style in edges]
    deep = [style + depth for style in edges for depth in PALETTE.depths]
    return [some + mark for some in (*edges, *linked, *deep) for mark in (Style(), PALETTE.hit_mark)]


@settings(relaxed, max_examples=150)
@given(two_views(), st.data())
def test_a_cell_that_looks_different_is_in_a_changed_span(pair, data):
    before, after = pair
    old, new = cell_styles(before), cell_styles(after)
    cell_edges = st.sampled_from(sorted({0, len(before.layout.text), *(edge for span in old for edge in span)}))
    first_in_sight, last_in_sight = sorted((data.draw(cell_edges), data.draw(cell_edges)))
    changed = list(changed_spans(before, after, (first_in_sight, last_in_sight)))
    for (start, end), style in new.items():
        if first_in_sight <= start and end <= last_in_sight and style != old[start, end]:
            assert any(first < end and last > start for first, last in changed)


@relaxed
@given(layouts().flatmap(views))
def test_a_view_needs_nothing_drawn_again_to_show_itself(view):
    assert list(changed_spans(view, view, (0, len(view.layout.text)))) == []


@settings(relaxed, max_examples=150)
@given(layouts().flatmap(views))
def test_the_first_and_the_last_cell_of_every_annotation_are_edges_of_it_or_of_a_smaller_one(view):
    styles = cell_styles(view)
    hidden = {number for fold in view.layout.folds for number in range(fold.first, fold.last + 1)}
    for annotation in view.state.annotations:
        cells = [span for span in styles if on(span, annotation)]
        paragraphs = {view.layout.paragraph_at(at) for at in range(annotation.start, annotation.end)}
        if annotation.hidden or paragraphs & hidden:
            continue
        for span in cells[:1] + cells[-1:]:
            over = [other for other in view.state.annotations if on(span, other) and not other.hidden]
            rivals = [other for other in over if _length(other) <= _length(annotation) or other.id == view.focused]
            looks = [look for other in rivals for look in edge_looks(other)]
            assert is_chosen(view, span) or styles[span] in looks


@settings(relaxed, max_examples=150)
@given(layouts().flatmap(views))
def test_no_other_cell_is_an_edge(view):
    styles = cell_styles(view)
    grounds = {style.bgcolor for look in PALETTE.labels.values() for style in (look.start, look.end)}
    edges = set()
    for annotation in view.state.annotations:
        cells = [span for span in styles if on(span, annotation) and not annotation.hidden]
        edges |= {*cells[:1], *cells[-1:]}
    assert all(span in edges for span, style in styles.items() if style.bgcolor in grounds)


def _length(annotation: Annotation) -> int:
    return annotation.end - annotation.start


@relaxed
@given(layouts().flatmap(views))
def test_a_cell_has_the_background_of_paper_just_where_nothing_lies_on_it(view):
    for span, style in cell_styles(view).items():
        hit = any(start < span[1] and end > span[0] for start, end in view.hits)
        covered = any(on(span, annotation) for annotation in view.state.annotations if not annotation.hidden)
        assert (style.bgcolor == PAPER) == (not covered and not hit and not is_chosen(view, span))


@relaxed
@given(layouts().flatmap(views))
def test_every_cell_of_the_focused_annotation_that_no_other_edge_covers_shows_the_focus(view):
    focused = view.state.annotation(view.focused) if view.focused else None
    if focused is None or focused.hidden:
        return
    grounds = {look.focused.bgcolor for look in PALETTE.labels.values()}
    others = [other for other in view.state.annotations if other.id != focused.id and not other.hidden]
    for span, style in cell_styles(view).items():
        if on(span, focused) and not any(on(span, other) for other in others):
            assert style.underline2 or style.bgcolor in grounds


@relaxed
@given(layouts().flatmap(views))
def test_hints_stand_in_their_row_beside_each_other_and_leave_the_rest_as_it_is(view):
    layout = view.layout
    bare = replace(view, hints=())
    for row_id in all_rows(layout):
        places = sorted(hint_places(view, row_id))
        edges = [0, *(edge for place in places for edge in (place.x, place.x + len(place.letters))), layout.width]
        assert edges == sorted(edges)
        strip, plain = (row_strip(shown, PALETTE, row_id, lambda _: "folded") for shown in (view, bare))
        assert strip.cell_length == plain.cell_length == layout.width
        for place in places:
            assert strip.crop(place.x, place.x + len(place.letters)).text == place.letters
        for first, last in zip(edges[::2], edges[1::2], strict=True):
            assert strip.crop(first, last).text == plain.crop(first, last).text


@relaxed
@given(layouts().flatmap(views))
def test_a_hint_is_drawn_if_its_row_has_room_and_one_out_of_the_text_is_not(view):
    layout = view.layout
    spans = {row_id: [] for row_id in all_rows(layout)}
    for row_id, _, start, end in cells_in_reading_order(layout):
        spans[row_id].append((start, end))
    for row_id, cells in spans.items():
        here = [hint for hint in view.hints if any(start <= hint.offset < end for start, end in cells)]
        drawn_offsets = [place.offset for place in hint_places(view, row_id)]
        if sum(len(hint.letters) for hint in view.hints) <= layout.width:
            assert {hint.offset for hint in here} <= {*drawn_offsets}
        assert {*drawn_offsets} <= {hint.offset for hint in view.hints}


@relaxed
@given(layouts().flatmap(views))
def test_a_row_is_marked_with_the_labels_that_start_in_it_else_with_the_innermost_around_it(view):
    layout, state = view.layout, view.state
    for row_id in all_rows(layout):
        if layout.fold_at(row_id.paragraph) is not None:
            assert row_marks(view, row_id) == RowMarks()
            continue
        origin, row = layout.span(row_id.paragraph)[0], drawn(layout.row(row_id))
        first, last = origin + row.start, origin + max(row.end, row.start + 1)
        new = [one for one in state.annotations if first <= one.start < last and not one.hidden]
        around = sorted((one for one in state.annotations if one.start < first < one.end), key=_length)
        marks = row_marks(view, row_id)
        assert marks.starts == bool(new)
        assert marks.is_linked == any(one.id in state.related for one in new)
        if new:
            assert list(marks.labels) == list(dict.fromkeys(one.label for one in new))
        else:
            innermost = {one.label for one in around if _length(one) == _length(around[0])}
            assert set(marks.labels) <= innermost
            assert bool(marks.labels) == bool(around)


@relaxed
@given(st.integers(0, 60).flatmap(lambda length: st.tuples(st.just(length), states(length))), st.integers(1, 30))
def test_the_overview_shows_what_starts_in_a_share_of_the_text_else_what_covers_it(made, height):
    length, state = made
    for y, label in enumerate(overview(state, length, height)):
        start, end = length * y // height, length * (y + 1) // height
        new = [one for one in state.annotations if start <= one.start < end and not one.hidden]
        covering = {one.label for one in state.annotations if one.start <= start < one.end}
        assert label == new[0].label if new else label in (covering or {""})


@relaxed
@given(st.integers(0, 500), st.integers(1, 40), st.data())
def test_what_is_in_sight_has_its_rows_in_the_overview(length, height, data):
    edges = sorted((data.draw(st.integers(0, length)), data.draw(st.integers(0, length))))
    rows = share_in_sight((edges[0], edges[1]), length, height)
    assert set(rows) <= set(range(height))
    for at in range(edges[0], edges[1]):
        assert at * height // length in rows


moves = st.one_of(
    st.tuples(st.just("follow"), st.integers(0, 40)),
    st.tuples(st.just("scroll"), st.integers(-9, 9)),
    st.tuples(st.just("lay_out"), st.integers(1, 14)),
)


@relaxed
@given(layouts(), st.integers(1, 8), st.lists(moves, min_size=4, max_size=12))
def test_a_page_is_full_of_rows_that_follow_each_other_and_has_what_is_followed(layout, height, steps):
    page = Page(layout)
    page.lay_out(layout.width, height)
    for step, number in steps:
        if step == "follow":
            offset = min(number, max(len(layout.text) - 1, 0))
            page.follow(offset)
            assert layout.row_at(offset) in page.rows
        elif step == "scroll":
            page.scroll(number)
        else:
            page.lay_out(number, height)
        rows: list[RowId] = all_rows(layout)
        assert len(page.rows) == min(height, len(rows))
        start = rows.index(page.rows[0])
        assert tuple(rows[start : start + height]) == page.rows
