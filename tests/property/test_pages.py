from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.text.pages import DocumentLayout, RowId, paragraph_starts
from tests.support.layouts import all_rows, bases, documents, folds, layouts


relaxed = settings(deadline=None, max_examples=100)


def shown(layout: DocumentLayout, row_id: RowId) -> tuple[int, int]:
    """The code points that a row stands for, line breaks included."""
    fold = layout.fold_at(row_id.paragraph)
    if fold is not None:
        start, end = layout.span(fold.first)[0], layout.span(fold.last)[1]
    else:
        origin = layout.span(row_id.paragraph)[0]
        row = layout.row(row_id)
        start, end = origin + row.start, origin + row.end
    following = layout.next(row_id)
    ends_paragraph = following is None or following.paragraph != row_id.paragraph
    return start, end + ends_paragraph


@relaxed
@given(documents())
def test_the_paragraphs_are_the_lines(text):
    layout = DocumentLayout(text, 80)
    spans = [layout.span(number) for number in range(len(layout))]
    assert [text[start:end] for start, end in spans] == text.split("\n")
    assert paragraph_starts(text) == [start for start, _ in spans]
    for offset in range(len(text) + 1):
        start, end = spans[layout.paragraph_at(offset)]
        assert start <= offset <= end


@relaxed
@given(layouts())
def test_the_rows_from_first_to_last_show_the_text_once(layout):
    rows = all_rows(layout)
    assert len(rows) == len(set(rows))
    assert rows == sorted(rows)
    assert rows[-1] == layout.last()
    spans = [shown(layout, row_id) for row_id in rows]
    assert [spans[0][0], spans[-1][1]] == [0, len(layout.text) + 1]
    assert all(before[1] == after[0] for before, after in pairwise(spans))


@relaxed
@given(layouts())
def test_next_and_previous_are_inverse(layout):
    rows = all_rows(layout)
    assert [layout.previous(row_id) for row_id in rows] == [None, *rows[:-1]]


@relaxed
@given(layouts())
def test_row_at_is_the_row_that_shows_the_character(layout):
    rows = {offset: row_id for row_id in all_rows(layout) for offset in range(*shown(layout, row_id))}
    assert {offset: layout.row_at(offset) for offset in range(len(layout.text) + 1)} == rows


@relaxed
@given(layouts())
def test_a_fold_is_one_row(layout):
    rows = all_rows(layout)
    for fold in layout.folds:
        inside = [row_id for row_id in rows if fold.first <= row_id.paragraph <= fold.last]
        assert inside == [RowId(fold.first)]
        assert {layout.fold_at(number) for number in range(fold.first, fold.last + 1)} == {fold}


@relaxed
@given(layouts(), st.data())
def test_moved_steps_and_stops_at_the_ends(layout, data):
    rows = all_rows(layout)
    place = data.draw(st.integers(0, len(rows) - 1))
    distance = data.draw(st.integers(-len(rows) - 2, len(rows) + 2))
    expected = rows[max(0, min(place + distance, len(rows) - 1))]
    assert layout.moved(rows[place], distance) == expected


@relaxed
@given(documents(), st.integers(0, 30), st.integers(-1, 30), bases, st.data())
def test_a_resized_layout_is_as_one_made_at_that_width(text, before, after, base, data):
    layout = DocumentLayout(text, before, base=base)
    layout.fold(data.draw(folds(len(layout))))
    all_rows(layout)
    layout.resize(after)
    fresh = DocumentLayout(text, after, layout.folds, base)
    assert layout.width == fresh.width == max(after, 1)
    rows = all_rows(layout)
    assert rows == all_rows(fresh)
    assert [layout.row(row_id).cells for row_id in rows] == [fresh.row(row_id).cells for row_id in rows]


@relaxed
@given(layouts(), st.integers(1, 30), st.data())
def test_a_place_stays_one_after_a_resize_and_folding(layout, width, data):
    places = all_rows(layout)
    layout.resize(width)
    layout.fold(data.draw(folds(len(layout))))
    rows = all_rows(layout)
    for place in places:
        now = layout.visible_id(place)
        assert now in rows
        assert now == place or place not in rows
        assert now.paragraph <= place.paragraph
