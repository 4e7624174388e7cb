from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.text.navigation import Navigator
from annotator.text.pages import DocumentLayout
from annotator.text.selection import Selection
from tests.support.layouts import all_rows, layouts


relaxed = settings(deadline=None, max_examples=100)


def stops(layout: DocumentLayout) -> list[int]:
    """Where the cursor may stand, in the order in which the eye meets it: row by row, from the side it starts at."""
    found = []
    for row_id in all_rows(layout):
        origin, row = layout.span(row_id.paragraph)[0], layout.row(row_id)
        if layout.fold_at(row_id.paragraph) or not row.cells:
            found.append(origin + row.start)
        else:
            found += [origin + cell.start for cell in (row.cells[::-1] if row.base else row.cells)]
    return found


def forward(navigator: Navigator, offset: int) -> int:
    return navigator.left(offset) if navigator.layout.base else navigator.right(offset)


def backward(navigator: Navigator, offset: int) -> int:
    return navigator.right(offset) if navigator.layout.base else navigator.left(offset)


@relaxed
@given(layouts())
def test_left_and_right_visit_every_cell_of_every_row_in_turn(layout):
    navigator, places = Navigator(layout), stops(layout)
    assert [forward(navigator, place) for place in places] == [*places[1:], places[-1]]
    assert [backward(navigator, place) for place in places] == [places[0], *places[:-1]]


@relaxed
@given(layouts(), st.integers(-30, 30), st.integers(-3, 15), st.data())
def test_up_and_down_lead_to_the_row_so_many_away_next_to_the_column(layout, rows, column, data):
    navigator = Navigator(layout)
    place = data.draw(st.sampled_from(stops(layout)))
    row_id = layout.row_at(place)
    target = layout.moved(row_id, rows)
    reached = navigator.vertical(place, rows, column)
    assert layout.row_at(reached) == target
    assert reached in stops(layout)
    cell = layout.row(target).cell_of(reached - layout.span(target.paragraph)[0])
    if target != row_id and cell is not None and not layout.fold_at(target.paragraph):
        cells = layout.row(target).cells
        nearest = max(cells[0].x, min(column, cells[-1].x + cells[-1].width - 1))
        assert cell.x <= nearest < cell.x + cell.width


@relaxed
@given(layouts(), st.data())
def test_down_and_up_again_is_the_same_place_where_the_column_is_filled(layout, data):
    navigator = Navigator(layout)
    place = data.draw(st.sampled_from(stops(layout)))
    column = navigator.column(place)
    below = navigator.vertical(place, 1, column)
    if layout.row_at(below) != layout.row_at(place):
        assert navigator.vertical(below, -1, column) == place


@relaxed
@given(layouts(), st.data())
def test_every_move_from_anywhere_leads_to_a_place_of_the_text(layout, data):
    navigator, text = Navigator(layout), layout.text
    offset = data.draw(st.integers(0, len(text)))
    moves = [navigator.left, navigator.right, navigator.row_start, navigator.row_end]
    places = set(stops(layout))
    for move in moves:
        assert move(offset) in places | {offset}
    for move in (navigator.next_word, navigator.previous_word):
        assert 0 <= move(offset) <= len(text)


@relaxed
@given(layouts(), st.data())
def test_the_edges_of_a_row_are_in_it(layout, data):
    navigator = Navigator(layout)
    offset = data.draw(st.integers(0, len(layout.text)))
    for edge in (navigator.row_start(offset), navigator.row_end(offset)):
        assert layout.row_at(edge) == layout.row_at(offset)


@relaxed
@given(layouts(), st.data())
def test_word_moves_end_and_never_land_inside_a_fold(layout, data):
    navigator, text = Navigator(layout), layout.text
    inside = {
        offset
        for fold in layout.folds
        for offset in range(layout.span(fold.first)[0] + 1, layout.span(fold.last)[1] + 1)
    }
    start = data.draw(st.integers(0, len(text)))
    for move in (navigator.next_word, navigator.previous_word):
        seen = [start]
        while (offset := move(seen[-1])) != seen[-1]:
            assert offset not in inside
            seen.append(offset)
            assert len(seen) <= len(text) + 2
        ordered = seen[1:]
        assert ordered == sorted(ordered, reverse=move == navigator.previous_word)


@relaxed
@given(layouts(), st.data())
def test_a_growing_selection_grows_to_the_end_and_shrinks_back_the_same_way(layout, data):
    navigator = Navigator(layout)
    cursor = data.draw(st.integers(0, len(layout.text)))
    ladder = [Selection()]
    while (grown := ladder[-1].grown(navigator, cursor)) != ladder[-1]:
        ladder.append(grown)
    spans = [selection.span for selection in ladder[1:]]
    for smaller, larger in pairwise(spans):
        assert larger[0] <= smaller[0] < smaller[1] <= larger[1]
        assert larger != smaller
    assert all(0 <= start < end <= len(layout.text) for start, end in spans)
    shrunk = [ladder[-1]]
    while shrunk[-1] != Selection():
        shrunk.append(shrunk[-1].shrunk())
    assert shrunk == ladder[::-1]


@relaxed
@given(layouts(), st.data())
def test_a_selection_from_a_mark_holds_whole_clusters_from_the_mark_to_the_cursor(layout, data):
    navigator = Navigator(layout)
    offsets = st.integers(0, len(layout.text))
    mark, cursor = data.draw(offsets), data.draw(offsets)
    units = navigator.unit(mark), navigator.unit(cursor)
    selection = Selection().marked(navigator, mark).stretched(navigator, cursor)
    expected = min(start for start, _ in units), max(end for _, end in units)
    assert selection.span == (expected if expected[0] < expected[1] else None)
    assert selection.stretched(navigator, mark) == Selection().marked(navigator, mark)
