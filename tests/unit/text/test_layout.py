from __future__ import annotations

import re
import unicodedata

import pytest

from annotator.text.layout import TOO_WIDE, Cell, Paragraph, Row, line_of


CAPITALS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ابتثجحخدذرزسشصضطظعغفقكلمنه", strict=True))
"""In these tests a capital stands for an Arabic letter, as in the examples of UAX #9."""

_FORM = re.compile("[\ufe70-\ufefc]")
LETTERS = {letter: capital for capital, letter in CAPITALS.items()}
FATHA, SHADDA, ZWNJ, RLM, LRM = "\u064e", "\u0651", "\u200c", "\u200f", "\u200e"


def arabic(text: str) -> str:
    return "".join(CAPITALS.get(char, char) for char in text)


def paragraph(text: str, base: int | None = 1) -> Paragraph:
    return Paragraph(arabic(text), base)


def seen(row: Row) -> str:
    """A row from left to right, without the blank columns beside it."""
    letters = "".join(cell.glyph for cell in row.cells)
    return "".join(LETTERS.get(letter, letter) for letter in _FORM.sub(_letter, letters))


def _letter(form: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", form[0])


def seen_rows(text: str, width: int, base: int | None = 1) -> list[str]:
    return [seen(row) for row in paragraph(text, base).rows(width)]


def stretches(row: Row, start: int, end: int) -> list[tuple[int, int]]:
    return list(row.columns(start, end))


# One row as seen


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ON 12/06/2024 HE SAID", "DIAS EH 12/06/2024 NO", id="date"),
        pytest.param(
            "ON 12-06-2024 HE SAID", "DIAS EH 2024-06-12 NO", id="date with hyphens, which part Arabic numbers"
        ),
        pytest.param("FROM 4,700.25 TO 04:00", "04:00 OT 4,700.25 MORF", id="separators"),
        pytest.param("ROSE 3.5% TODAY", "YADOT %3.5 ESOR", id="percent"),
        pytest.param("ROSE 3.5%", "%3.5 ESOR", id="percent at the end"),
        pytest.param("FELL -5 TODAY", "YADOT 5- LLEF", id="minus"),
        pytest.param("FELL $5 TODAY", "YADOT 5$ LLEF", id="dollar"),
        pytest.param("IN ٢٠٢٦ AND ١٬٥٠٠٫٧٥", "١٬٥٠٠٫٧٥ DNA ٢٠٢٦ NI", id="Arabic digits"),
        pytest.param("FIRM (ibm) SAID", "DIAS (ibm) MRIF", id="Latin in brackets"),
        pytest.param("FIRM [A] AND {B}", "{B} DNA [A] MRIF", id="Arabic in brackets"),
        pytest.param("IF A < B THEN", "NEHT B > A FI", id="less than is mirrored"),
        pytest.param('SAID "YES" TODAY', 'YADOT "SEY" DIAS', id="straight quotes"),
        pytest.param("SAID “YES” TODAY", "YADOT ”SEY“ DIAS", id="curly quotes have no mirror image"),
        pytest.param("SAID «YES» TODAY", "YADOT «SEY» DIAS", id="guillemets"),
        pytest.param("SAID «yes» TODAY", "YADOT «yes» DIAS", id="Latin in guillemets"),
        pytest.param("SEE https://a.example/b?c=1 NOW", "WON https://a.example/b?c=1 EES", id="URL"),
        pytest.param("SEE https://a.example/ NOW", "WON /https://a.example EES", id="URL with a slash at its end"),
        pytest.param("FROM @user_1 NOW", "WON user_1@ MORF", id="handle"),
        pytest.param("BY the red cross NOW", "WON the red cross YB", id="Latin words keep their order"),
        pytest.param("BY afp 24 NOW", "WON afp 24 YB", id="number behind Latin"),
        pytest.param("24 HOURS", "SRUOH 24", id="number first"),
        pytest.param("abc.", ".abc", id="Latin sentence in an Arabic paragraph"),
        pytest.param("• ITEM", "METI •", id="bullet"),
        pytest.param("A/B - C: D!", "!D :C - B/A", id="punctuation"),
    ],
)
def test_a_row_reads_from_the_right(text: str, expected: str) -> None:
    assert seen_rows(text, 60) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("the ABC DEF firm", "the FED CBA firm"), ("ABC 12 (x)", "12 CBA (x)"), ("a (B) c", "a (B) c")],
)
def test_a_row_of_a_paragraph_from_the_left(text: str, expected: str) -> None:
    assert seen_rows(text, 60, base=0) == [expected]


@pytest.mark.parametrize(("text", "base"), [("ABC def", 1), ("abc DEF", 0), ("12 ABC", 1), ("12", 0), ("", 0)])
def test_without_a_base_the_first_strong_character_decides(text: str, base: int) -> None:
    assert paragraph(text, None).base == base


def test_letters_are_drawn_joined() -> None:
    row = Paragraph("خبر").rows(10)[0]
    assert [cell.glyph for cell in row.cells] == ["\ufeae", "\ufe92", "\ufea7"]


def test_lam_and_alef_are_two_cells_with_an_edge_between_them() -> None:
    row = Paragraph("لأحمد").rows(5)[0]
    assert [(cell.start, cell.end) for cell in reversed(row.cells)] == [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]
    assert stretches(row, 0, 1) == [(4, 5)]
    assert stretches(row, 1, 5) == [(0, 4)]


def test_marks_lie_in_the_cell_of_their_letter() -> None:
    row = Paragraph(f"ب{SHADDA}{FATHA}ت").rows(10)[0]
    assert [(cell.glyph[1:], cell.start, cell.end) for cell in row.cells] == [("", 3, 4), (SHADDA + FATHA, 0, 3)]


def test_a_mark_on_a_mirrored_bracket_stays_on_it() -> None:
    row = paragraph(f"A ({FATHA}B").rows(10)[0]
    assert [cell.glyph for cell in row.cells if cell.start == 2] == [f"){FATHA}"]


def test_unseen_characters_have_no_cell_of_their_own() -> None:
    row = paragraph(f"{RLM}AB{ZWNJ}C{LRM}").rows(10)[0]
    assert [(cell.start, cell.end) for cell in reversed(row.cells)] == [(1, 2), (2, 4), (4, 6)]
    assert {char for cell in row.cells for char in cell.glyph}.isdisjoint({RLM, ZWNJ, LRM})


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [(f"ab{RLM}cd", 1, "cdab"), (f"12{RLM}34", 1, "3412"), (f"AB{LRM}CD", 0, "BADC"), (f"A{LRM}{FATHA}B", 0, "AB")],
)
def test_an_unseen_directional_mark_parts_what_stands_beside_it(text: str, base: int, expected: str) -> None:
    assert [char for char in seen_rows(text, 10, base)[0] if char != FATHA] == list(expected)


def test_a_row_from_the_right_is_set_flush_right() -> None:
    assert [cell.x for cell in paragraph("ABC").rows(10)[0].cells] == [7, 8, 9]


def test_a_row_from_the_left_is_set_flush_left() -> None:
    assert [cell.x for cell in paragraph("ABC", 0).rows(10)[0].cells] == [0, 1, 2]


def test_wide_characters_take_two_columns() -> None:
    assert [(cell.x, cell.width) for cell in paragraph("A日B").rows(6)[0].cells] == [(2, 1), (3, 2), (5, 1)]


def test_control_characters_are_drawn_as_signs() -> None:
    assert seen_rows("A\x1b\tB\x9b", 10) == ["\ufffdB␉␛A"]


# Wrapping


def texts_of_rows(text: str, width: int) -> list[str]:
    return [text[row.start : row.end] for row in Paragraph(text).rows(width)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        pytest.param("أب تث جح", 20, ["أب تث جح"], id="fits"),
        pytest.param("أب تث جح", 8, ["أب تث جح"], id="fits exactly"),
        pytest.param("أب تث جح", 7, ["أب تث ", "جح"], id="behind a space"),
        pytest.param("أب تث جح", 5, ["أب تث ", "جح"], id="the space hangs"),
        pytest.param("أب تث جح", 4, ["أب ", "تث ", "جح"], id="each word"),
        pytest.param("أب   تث", 3, ["أب   ", "تث"], id="several spaces hang"),
        pytest.param("أب تث    ", 5, ["أب تث    "], id="spaces at the end make no row"),
        pytest.param("أبتثجح", 4, ["أبتث", "جح"], id="a long word is cut"),
        pytest.param("أ بتثجحخد ذ", 4, ["أ ", "بتثج", "حخد ", "ذ"], id="a long word starts a row of its own"),
        pytest.param("أب-تث", 4, ["أب-ت", "ث"], id="never behind a hyphen"),
        pytest.param("أب\xa0تث جح", 6, ["أب\xa0تث ", "جح"], id="not at a no-break space"),
        pytest.param("   أب", 2, ["   ", "أب"], id="spaces at the beginning"),
        pytest.param("    ", 2, ["    "], id="nothing but spaces"),
        pytest.param("أب", 1, ["أ", "ب"], id="width 1"),
        pytest.param("أ ب", 1, ["أ ", "ب"], id="width 1 with a space"),
        pytest.param("", 1, [""], id="empty"),
    ],
)
def test_rows_end_behind_spaces(text: str, width: int, expected: list[str]) -> None:
    assert texts_of_rows(text, width) == expected


def test_a_cut_never_parts_a_letter_from_its_marks() -> None:
    assert texts_of_rows(f"ب{FATHA}ت{FATHA}ث{FATHA}", 2) == [f"ب{FATHA}ت{FATHA}", f"ث{FATHA}"]


def test_a_wide_character_that_does_not_fit_goes_to_the_next_row() -> None:
    assert texts_of_rows("a日本", 2) == ["a", "日", "本"]


@pytest.mark.parametrize("text", ["日", "日本", "a日", "日a", f"{RLM}日", "日 "])
def test_a_wide_character_in_one_column_is_replaced_by_a_narrow_sign(text: str) -> None:
    cells = [cell for row in Paragraph(text).rows(1) for cell in row.cells if text[cell.start] in "日本"]
    assert {(cell.x, cell.width, cell.glyph) for cell in cells} == {(0, 1, TOO_WIDE)}
    assert len(cells) == sum(char in "日本" for char in text)


def test_spaces_beyond_the_width_hang_unseen() -> None:
    first, second = paragraph("AB   C").rows(3)
    assert [(cell.start, cell.x) for cell in first.cells] == [(2, 0), (1, 1), (0, 2)]
    assert seen(second) == "C"


def test_a_hanging_space_that_fits_has_a_cell_behind_the_text() -> None:
    assert seen_rows("AB CD", 4) == [" BA", "DC"]
    assert seen_rows("the ab", 5, base=0) == ["the ", "ab"]


def test_a_latin_word_at_the_start_of_a_row_stands_at_the_right() -> None:
    row = paragraph("ABCDE ibm corp FG").rows(8)[1]
    assert seen(row) == "ibm corp"
    assert row.cells[-1] == Cell(7, 1, "p", 13, 14)


def test_a_latin_phrase_that_wraps_reads_on_in_the_next_row() -> None:
    assert seen_rows("AB the red cross CD", 7) == [" the BA", " red", " cross", "DC"]


def test_a_bracket_keeps_its_direction_when_its_partner_is_in_another_row() -> None:
    assert seen_rows("AB (the DE) F", 7) == ["the) BA", "F (ED"]


def test_a_row_keeps_the_levels_of_its_paragraph() -> None:
    assert seen_rows("abc 12 - 34", 6) == ["abc 12", "- 34"]
    assert seen_rows("- 34", 6) == ["34 -"]


def test_wrap_gives_the_first_cluster_of_each_row() -> None:
    assert Paragraph(f"ب{FATHA}ت ث").wrap(2) == [0, 3]


# Between cells and characters


def test_each_column_hits_the_cluster_that_it_shows() -> None:
    row = paragraph("A日B").rows(6)[0]
    assert [row.hit(x) for x in range(2, 6)] == [2, 1, 1, 0]


def test_beside_the_text_the_nearest_cluster_is_hit() -> None:
    row = paragraph("AB").rows(6)[0]
    assert (row.hit(-1), row.hit(0), row.hit(3), row.hit(6), row.hit(99)) == (1, 1, 1, 0, 0)


def test_a_row_without_cells_is_hit_at_its_start() -> None:
    row = Paragraph("").rows(6)[0]
    assert (row.hit(3), row.cell_of(0), row.index_of(0), stretches(row, 0, 9)) == (0, None, None, [])


def test_the_cell_of_a_mark_is_that_of_its_letter() -> None:
    row = Paragraph(f"ت ب{SHADDA}{FATHA}").rows(6)[0]
    assert [row.cell_of(offset) for offset in (2, 3, 4)] == [row.cells[0]] * 3


def test_the_cell_of_a_hidden_space_is_the_last_one_before_it() -> None:
    row = paragraph("AB   C").rows(2)[0]
    assert [row.cell_of(offset) for offset in (2, 3, 4)] == [row.cell_of(1)] * 3


def test_the_cell_of_an_unseen_first_character_is_the_first_one() -> None:
    row = paragraph(f"{RLM}AB").rows(6)[0]
    assert row.cell_of(0) == row.cell_of(1) == row.cells[-1]


def test_a_span_across_directions_is_several_stretches() -> None:
    row = paragraph("AB cd EF").rows(8)[0]
    assert seen(row) == "FE cd BA"
    assert stretches(row, 1, 4) == [(3, 4), (5, 7)]
    assert stretches(row, 4, 7) == [(1, 3), (4, 5)]


def test_a_span_inside_a_cluster_covers_all_of_it() -> None:
    row = Paragraph(f"ب{SHADDA}{FATHA}ت").rows(2)[0]
    assert stretches(row, 1, 2) == [(1, 2)]


def test_an_empty_span_inside_a_cluster_covers_nothing() -> None:
    assert stretches(Paragraph(f"ب{SHADDA}{FATHA}ت").rows(2)[0], 1, 1) == []


@pytest.mark.parametrize("span", [(0, 0), (2, 2), (3, 9)])
def test_a_span_without_a_character_of_the_row_covers_nothing(span: tuple[int, int]) -> None:
    assert stretches(paragraph("ABC").rows(3)[0], *span) == []


def test_cluster_at_is_the_base_with_its_marks() -> None:
    text = f"ب{SHADDA}{FATHA}ت"
    assert [Paragraph(text).cluster_at(offset) for offset in range(5)] == [(0, 3)] * 3 + [(3, 4), (4, 4)]
    assert Paragraph("").cluster_at(0) == (0, 0)


def test_a_paragraph_knows_its_clusters_and_columns() -> None:
    known = Paragraph(f"{RLM}ب{FATHA}日")
    assert (known.clusters, known.cells, [known.cluster_start(index) for index in range(4)]) == (3, 3, [0, 1, 3, 4])
    assert (Paragraph("").clusters, Paragraph("").cells) == (0, 0)


def test_fitting_counts_code_points_by_columns() -> None:
    known = Paragraph(f"ب{FATHA}日ت")
    assert [known.fitting(columns) for columns in range(6)] == [0, 2, 2, 3, 4, 4]


# A short text on one row


def test_a_short_text_is_one_row_of_the_given_width() -> None:
    row = line_of(arabic("ABC"), 5)
    assert (seen(row), row.width, row.cells[-1].x) == ("CBA", 5, 4)


def test_a_long_text_is_cut_at_its_end() -> None:
    assert seen(line_of(arabic("ABCDEF"), 4)) == "…CBA"
    assert seen(line_of("abcdef", 4, base=0)) == "abc…"


def test_the_letter_before_the_cut_takes_its_final_form() -> None:
    assert line_of("خبربر", 3).cells[1].glyph == "\ufe90"


def test_a_text_is_cut_behind_a_whole_cluster() -> None:
    assert seen(line_of(f"ت{FATHA}ب{FATHA}ت", 2)) == f"…C{FATHA}"
    assert seen(line_of("日本語", 4, base=0)) == "日…"


def test_a_cut_text_keeps_the_direction_of_the_whole() -> None:
    row = line_of(arabic("12345 ABC"), 4, base=None)
    assert (row.base, seen(row)) == (1, "…123")


@pytest.mark.parametrize("text", ["ABC", "", "日"])
def test_one_column_shows_that_something_is_cut(text: str) -> None:
    assert seen(line_of(arabic(text), 1)) == ("…" if text else "")


@pytest.mark.parametrize("width", [0, -3])
def test_no_columns_show_nothing(width: int) -> None:
    row = line_of("خبر", width)
    assert (row.width, row.cells) == (0, ())


def test_line_breaks_of_a_short_text_are_drawn_as_signs() -> None:
    assert seen(line_of("a\nb\u2028c", 9, base=0)) == "a␊b␤c"
