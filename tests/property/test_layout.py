from __future__ import annotations

import unicodedata
from itertools import pairwise

from bidi import get_display
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from annotator.text.bidi import resolve
from annotator.text.layout import Cell, Paragraph, Row, line_of
from annotator.text.visible import visible
from tests.support.layouts import DIGITS, LATIN, LETTERS, MARKS, PUNCTUATION, UNSEEN, bases, lines


relaxed = settings(deadline=None, max_examples=150)
widths = st.integers(1, 20)


def clusters_of(paragraph: Paragraph) -> list[tuple[int, int]]:
    starts = [paragraph.cluster_start(index) for index in range(paragraph.clusters + 1)]
    return list(pairwise(starts))


def columns_of(cell: Cell) -> range:
    return range(cell.x, cell.x + cell.width)


def covered(row: Row, start: int, end: int) -> list[int]:
    return [x for first, last in row.columns(start, end) for x in range(first, last)]


def drawn(paragraph: Paragraph) -> dict[int, Cell]:
    """The cells of a paragraph by their start, were it one row."""
    row = paragraph.row(0, paragraph.clusters, max(paragraph.cells, 2))
    return {cell.start: cell for cell in row.cells}


def ends_behind_space(paragraph: Paragraph, row: Row) -> bool:
    cells = drawn(paragraph)
    return cells[max(start for start in cells if start < row.end)].glyph == " "


@relaxed
@given(lines(), widths, bases | st.none())
@example("日", 1, 1)
@example("\u200f日本", 1, 0)
def test_the_rows_tile_the_paragraph(text, width, base):
    rows = Paragraph(text, base).rows(width)
    assert [row.start for row in rows] == [0, *(row.end for row in rows[:-1])]
    assert rows[-1].end == len(text)
    assert all(row.start < row.end for row in rows) or len(rows) == 1


@relaxed
@given(lines(), bases)
def test_each_code_point_is_in_exactly_one_cluster(text, base):
    paragraph = Paragraph(text, base)
    spans = clusters_of(paragraph)
    assert [offset for start, end in spans for offset in range(start, end)] == list(range(len(text)))
    assert [paragraph.cluster_at(offset) for start, end in spans for offset in range(start, end)] == [
        (start, end) for start, end in spans for _ in range(start, end)
    ]


@relaxed
@given(lines(), widths, bases)
def test_each_cluster_is_in_exactly_one_cell_but_for_hanging_spaces(text, width, base):
    paragraph = Paragraph(text, base)
    for row in paragraph.rows(width):
        cells = {start: cell for start, cell in drawn(paragraph).items() if row.start <= start < row.end}
        shown = sorted((cell.start, cell.end) for cell in row.cells)
        assert shown == [(cell.start, cell.end) for _, cell in sorted(cells.items())][: len(shown)]
        hidden = sorted(cells)[len(shown) :]
        assert {cells[start].glyph for start in hidden} <= {" "}
        assert not hidden or sum(cell.width for cell in row.cells) == width


@relaxed
@given(lines(), widths, bases)
def test_the_cells_of_a_row_stand_side_by_side_within_its_width(text, width, base):
    for row in Paragraph(text, base).rows(width):
        assert all(left.x + left.width == right.x for left, right in pairwise(row.cells))
        if row.cells:
            total = sum(cell.width for cell in row.cells)
            assert total <= width
            assert row.cells[0].x == (width - total if base else 0)


@relaxed
@given(lines(), widths, bases)
def test_a_glyph_is_as_wide_as_its_cell_and_holds_no_control(text, width, base):
    for row in Paragraph(text, base).rows(width):
        for cell in row.cells:
            assert cell_len(cell.glyph) == cell.width
            assert {unicodedata.category(char) for char in cell.glyph}.isdisjoint({"Cc", "Cs", "Co", "Zl", "Zp"})
            assert set(cell.glyph).isdisjoint(UNSEEN + "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
        assert cell_len("".join(cell.glyph for cell in row.cells)) == sum(cell.width for cell in row.cells)


@relaxed
@given(lines(), widths, bases)
def test_click_to_offset_to_cell_and_back(text, width, base):
    for row in Paragraph(text, base).rows(width):
        for cell in row.cells:
            assert [row.hit(x) for x in columns_of(cell)] == [cell.start] * cell.width
            assert {row.cell_of(offset) for offset in range(cell.start, cell.end)} == {cell}


@relaxed
@given(lines(), widths, bases, st.data())
def test_a_selection_covers_exactly_the_cells_of_its_clusters(text, width, base, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    selected = set(range(start, end))
    for row in Paragraph(text, base).rows(width):
        expected = [x for cell in row.cells if selected & set(range(cell.start, cell.end)) for x in columns_of(cell)]
        assert covered(row, start, end) == expected
        stretches = list(row.columns(start, end))
        assert all(left[1] < right[0] for left, right in pairwise(stretches))


@relaxed
@given(lines(), st.integers(2, 20), bases)
def test_rows_are_cut_behind_spaces_or_through_a_word_too_long(text, width, base):
    paragraph = Paragraph(text, base)
    cells = drawn(paragraph)
    for row, following in pairwise(paragraph.rows(width)):
        assert cells[following.start].glyph != " "
        if not ends_behind_space(paragraph, row):
            assert " " not in [cell.glyph for cell in row.cells], "a row that holds a space ends behind one"


@relaxed
@given(lines(), st.integers(2, 20), bases)
def test_the_first_word_of_a_row_would_not_have_fitted_into_the_row_above(text, width, base):
    paragraph = Paragraph(text, base)
    cells = drawn(paragraph)
    for row, following in pairwise(paragraph.rows(width)):
        if ends_behind_space(paragraph, row):
            spaces = [start for start in cells if start >= following.start and cells[start].glyph == " "]
            word_end = min(spaces, default=len(text))
            assert sum(cell.width for start, cell in cells.items() if row.start <= start < word_end) > width


@relaxed
@given(lines(), widths, bases)
def test_marks_are_drawn_on_the_letter_that_they_follow(text, width, base):
    seen = visible(text)
    for row in Paragraph(text, base).rows(width):
        for cell in row.cells:
            marks = [char for char in cell.glyph if unicodedata.combining(char)]
            own = [char for char in seen[cell.start : cell.end] if unicodedata.combining(char)]
            assert marks == own[: len(marks)]


@relaxed
@given(
    st.text(st.sampled_from(LETTERS + MARKS + DIGITS + PUNCTUATION + LATIN + UNSEEN + "  "), min_size=1, max_size=40),
    bases,
)
def test_one_row_is_ordered_as_python_bidi_orders_it(text, base):
    # Where rule L1 makes the only odd levels of a line, python-bidi leaves the line as it is.
    assume(base == 0 or any(level % 2 for level in resolve(text, base).levels))
    paragraph = Paragraph(text, base)
    row = paragraph.row(0, paragraph.clusters, 80)
    ours = [text[cell.start] for cell in row.cells if not _has_no_place(text[cell.start])]
    assert ours == [char for char in get_display(text, base_dir="LR"[base]) if not _has_no_place(char)]


def _has_no_place(char: str) -> bool:
    """Marks go with their letter, unseen characters with the one before them."""
    return char in MARKS + UNSEEN


@relaxed
@given(lines(), st.integers(-2, 20), bases | st.none())
def test_a_short_text_fits_its_columns(text, width, base):
    row = line_of(text, width, base)
    assert sum(cell.width for cell in row.cells) <= row.width == max(width, 0)
    paragraph = Paragraph(text, base)
    if width > 0 and paragraph.cells > width:
        assert any(cell.glyph == "…" and cell.end == row.end for cell in row.cells)
        assert sum(cell.width for cell in row.cells) >= width - 1
    elif width > 0:
        assert row.cells == paragraph.row(0, paragraph.clusters, width).cells
