from __future__ import annotations

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotator.text.layout import Cell, Paragraph, Row
from annotator.tui.drawing import data_strip, join, strip_of


BLANK, PLAIN, BOLD = Style(color="white"), Style(color="red"), Style(color="red", bold=True)
FATHA, SHADDA = "\u064e", "\u0651"
SNIPPET = f"قَا{SHADDA}لَ (نَعَمْ) 12"


def row_of(text: str, width: int, base: int = 1) -> Row:
    return Paragraph(text, base).rows(width)[0]


def plain(row: Row, *, left: int = 0, right: int = 0) -> Strip:
    return strip_of(row, BLANK, lambda _: PLAIN, left=left, right=right)


def pieces(strip: Strip) -> list[tuple[str, Style | None]]:
    return [(segment.text, segment.style) for segment in strip]


def test_a_row_is_drawn_as_wide_as_it_is() -> None:
    assert pieces(plain(row_of("ab", 5, base=0))) == [("ab", PLAIN), ("   ", BLANK)]
    assert pieces(plain(row_of("ab", 5))) == [("   ", BLANK), ("ab", PLAIN)]
    assert plain(row_of("ab", 5)).cell_length == 5


def test_a_full_row_has_no_blank_columns() -> None:
    assert pieces(plain(row_of("ab", 2))) == [("ab", PLAIN)]


def test_an_empty_row_is_blank() -> None:
    assert pieces(plain(row_of("", 4))) == [("    ", BLANK)]


def test_margins_are_blank() -> None:
    assert pieces(plain(row_of("ab", 2), left=3, right=1)) == [("   ", BLANK), ("ab", PLAIN), (" ", BLANK)]
    assert pieces(plain(row_of("", 2), left=1, right=1)) == [("    ", BLANK)]
    assert plain(row_of("ab", 2), left=3, right=1).cell_length == 6


def test_nothing_is_drawn_in_no_columns() -> None:
    empty = plain(Row(0, 0, 0, 1, ()))
    assert (pieces(empty), empty.cell_length) == ([], 0)


def test_neighbours_of_one_style_are_one_segment() -> None:
    strip = strip_of(row_of("abcd", 4, base=0), BLANK, lambda cell: BOLD if cell.start in (1, 2) else PLAIN)
    assert pieces(strip) == [("a", PLAIN), ("bc", BOLD), ("d", PLAIN)]


def test_blank_columns_join_cells_of_the_same_style() -> None:
    assert pieces(strip_of(row_of("ab", 4), PLAIN, lambda _: PLAIN)) == [("  ab", PLAIN)]


def test_a_cluster_with_marks_is_a_segment_of_its_own() -> None:
    strip = plain(row_of(f"ab{FATHA}cd{FATHA}{SHADDA}", 5, base=0))
    expected = ["a", f"b{FATHA}", "c", f"d{FATHA}{SHADDA}", " "]
    assert [segment.text for segment in strip] == expected


def test_the_style_is_asked_for_each_cell_by_its_place_in_the_text() -> None:
    asked: list[Cell] = []

    def style_of(cell: Cell) -> Style:
        asked.append(cell)
        return PLAIN

    row = row_of(SNIPPET, 30)
    strip_of(row, BLANK, style_of)
    assert tuple(asked) == row.cells


def test_a_strip_reads_as_its_cells() -> None:
    row = row_of(SNIPPET, 30)
    assert plain(row).text.lstrip() == "".join(cell.glyph for cell in row.cells)


def test_wide_glyphs_count_two_columns() -> None:
    strip = plain(row_of("a日b", 6))
    assert (strip.text, strip.cell_length, sum(segment.cell_length for segment in strip)) == ("  a日b", 6, 6)


def test_every_segment_has_a_style() -> None:
    for strip in (plain(row_of(SNIPPET, 30), left=2, right=2), plain(row_of("", 3)), data_strip("", 3, PLAIN)):
        assert all(isinstance(segment.style, Style) for segment in strip)


def test_a_marked_letter_stays_whole_where_a_strip_is_cut_beside_it() -> None:
    strip = plain(row_of(f"ب{FATHA}ت", 2))
    assert [strip.crop(0, 1).text, strip.crop(1, 2).text] == ["\ufe96", f"\ufe91{FATHA}"]
    assert [part.text for part in strip.divide([1, 2])] == ["\ufe96", f"\ufe91{FATHA}"]


def test_rich_tears_the_mark_off_where_the_letters_are_one_segment() -> None:
    """Why a cluster with marks is a segment of its own."""
    together = Strip([Segment(f"\ufe91{FATHA}\ufe96", PLAIN)])
    assert together.crop(1, 2).text == f"{FATHA}\ufe96"


def test_data_is_drawn_from_the_right_and_cut() -> None:
    assert pieces(data_strip("خبر طويل", 5, PLAIN)) == [("… \ufeae\ufe92\ufea7", PLAIN)]


def test_data_has_margins_of_its_own_style() -> None:
    strip = data_strip("ab", 3, PLAIN, base=0, left=1, right=2)
    assert (pieces(strip), strip.cell_length) == ([(" ab   ", PLAIN)], 6)


def test_data_in_no_columns_is_its_margins() -> None:
    strip = data_strip("ab", 0, PLAIN, left=1, right=2)
    assert (pieces(strip), strip.cell_length) == ([("   ", PLAIN)], 3)


def test_control_characters_in_data_are_drawn_as_signs() -> None:
    assert data_strip("a\x1b[8h\nb", 8, PLAIN, base=0).text == "a␛[8h␊b "


def test_markup_in_data_is_drawn_as_it_is() -> None:
    assert data_strip("[red]a[/]", 9, PLAIN, base=0).text == "[red]a[/]"


def test_strips_are_joined_side_by_side() -> None:
    joined = join(data_strip("a", 2, PLAIN, base=0), data_strip("b", 2, BOLD, base=0))
    assert pieces(joined) == [("a ", PLAIN), ("b ", BOLD)]
    assert joined.cell_length == 4


def test_a_colour_reaches_its_cell() -> None:
    strip = strip_of(row_of("ab", 2, base=0), BLANK, lambda cell: Style(color=["red", "blue"][cell.start]))
    colours = [segment.style.color for segment in strip if segment.style]
    assert colours == [Color.parse("red"), Color.parse("blue")]
