from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from annotator.text.layout import Cell, Paragraph, Row
from annotator.tui.drawing import data_strip, strip_of
from tests.support.layouts import LETTERS, MARKS, bases, lines


STYLES = [Style(color=colour) for colour in ("red", "green", "blue")]
BLANK = Style(bgcolor="white")

relaxed = settings(deadline=None, max_examples=60)
widths = st.integers(1, 14)
margins = st.integers(0, 2)
vocalised = st.text(st.sampled_from(LETTERS + MARKS * 3 + "  (12)日"), max_size=25)


def style_of(cell: Cell) -> Style:
    return STYLES[cell.start % 3]


def columns_of_row(row: Row, left: int, right: int) -> list[tuple[str, Style]]:
    """What each column holds: a glyph with its marks, "" behind a wide one."""
    columns = [(" ", BLANK)] * (left + row.width + right)
    for cell in row.cells:
        columns[left + cell.x] = (cell.glyph, style_of(cell))
        for x in range(cell.x + 1, cell.x + cell.width):
            columns[left + x] = ("", style_of(cell))
    return columns


def columns_of_strip(strip: Strip) -> list[tuple[str, Style]]:
    """The same, from the characters of a strip, a mark standing on what is before it."""
    columns: list[tuple[str, Style]] = []
    for segment in strip:
        assert segment.style is not None
        for char in segment.text:
            width = cell_len(char)
            if width == 0:
                wide = columns[-1][0] == ""
                glyph, style = columns[-1 - wide]
                assert style == segment.style
                columns[-1 - wide] = (glyph + char, style)
            else:
                columns += [(char, segment.style)] + [("", segment.style)] * (width - 1)
    return columns


def cropped(columns: list[tuple[str, Style]], start: int, end: int) -> list[tuple[str, Style]]:
    """Some columns; half of a wide glyph is blank."""
    inside = columns[start:end]
    if inside and inside[0][0] == "":
        marks = columns[start - 1][0][1:]
        inside[0] = (" " + marks, inside[0][1])
    if inside and end < len(columns) and columns[end][0] == "":
        inside[-1] = (" ", inside[-1][1])
    return inside


@relaxed
@given(lines(25) | vocalised, widths, bases, margins, margins)
def test_a_strip_holds_the_glyphs_of_the_cells_where_they_stand(text, width, base, left, right):
    for row in Paragraph(text, base).rows(width):
        strip = strip_of(row, BLANK, style_of, left=left, right=right)
        assert columns_of_strip(strip) == columns_of_row(row, left, right)
        assert strip.cell_length == left + row.width + right == sum(segment.cell_length for segment in strip)


@relaxed
@given(vocalised, widths, bases)
def test_marks_never_leave_their_letter_at_any_crop(text, width, base):
    for row in Paragraph(text, base).rows(width)[:3]:
        strip = strip_of(row, BLANK, style_of)
        columns = columns_of_row(row, 0, 0)
        for start in range(width):
            for end in range(start + 1, width + 1):
                part = strip.crop(start, end)
                assert columns_of_strip(part) == cropped(columns, start, end)
                assert part.cell_length == end - start


@relaxed
@given(vocalised, widths, bases, st.data())
def test_marks_never_leave_their_letter_where_a_strip_is_divided(text, width, base, data):
    cuts = sorted(data.draw(st.sets(st.integers(1, width), max_size=4)))
    for row in Paragraph(text.replace("日", ""), base).rows(width)[:3]:
        columns = columns_of_row(row, 0, 0)
        parts = strip_of(row, BLANK, style_of).divide(cuts)
        edges = zip([0, *cuts], cuts, strict=False)
        assert [columns_of_strip(part) for part in parts] == [columns[start:end] for start, end in edges]


@relaxed
@given(lines(), st.integers(0, 20), bases | st.none(), margins, margins)
def test_any_text_from_data_is_drawn_as_wide_as_asked_and_without_controls(text, width, base, left, right):
    strip = data_strip(text, width, BLANK, base=base, left=left, right=right)
    assert strip.cell_length == left + width + right == cell_len(strip.text)
    assert {unicodedata.category(char) for char in strip.text}.isdisjoint({"Cc", "Cs", "Co", "Zl", "Zp"})
    assert all(segment.style == BLANK for segment in strip)
