from __future__ import annotations

import unicodedata

import pytest
from rich.cells import cell_len

from annotator.text.graphemes import Clusters, clusters
from annotator.text.shaping import shape
from annotator.text.visible import visible


FATHA, SHADDA, ZWJ, ZWNJ, RLM = "\u064e", "\u0651", "\u200d", "\u200c", "\u200f"

ASSIGNED = [
    chr(code)
    for code in (*range(0x10000), *range(0x1F000, 0x1FB00), *range(0xE0100, 0xE01F0))
    if unicodedata.category(chr(code)) not in {"Cn", "Cs"}
]


def cells(text: str) -> list[tuple[int, int, str]]:
    """Start, width and glyph of each cluster."""
    result = clusters(text, shape(text))
    return list(zip(result.starts, result.widths, result.glyphs, strict=True))


@pytest.mark.parametrize("base", ["", "ب", "日"])
def test_every_assigned_character_is_as_wide_as_rich_measures(base):
    for char in ASSIGNED:
        for _, width, glyph in cells(visible(base + char)):
            assert cell_len(glyph) == width, f"U+{ord(char):04X}"


def test_characters_newer_than_this_python_are_as_wide_as_rich_measures():
    unassigned = [char for char in map(chr, range(0x20000)) if unicodedata.category(char) == "Cn"]
    for char in unassigned:
        for _, width, glyph in cells(visible(f"a{char}")):
            assert cell_len(glyph) == width, f"U+{ord(char):04X}"


def test_text_without_marks_is_one_cluster_per_character():
    assert clusters("خبر 1", shape("خبر 1")) == Clusters([0, 1, 2, 3, 4], b"\1\1\1\1\1", list(shape("خبر 1")))


def test_an_empty_paragraph_has_no_clusters():
    assert clusters("", "") == Clusters([], b"", [])


def test_marks_share_the_cell_of_their_base():
    shaped = shape("بت")
    assert cells(f"ب{SHADDA}{FATHA}ت") == [(0, 1, shaped[0] + SHADDA + FATHA), (3, 1, shaped[1])]


def test_a_space_bears_a_mark():
    assert cells(f"a {FATHA}b")[1] == (1, 1, f" {FATHA}")


def test_at_most_eight_marks_are_drawn():
    assert cells("ا" + FATHA * 20 + "ب") == [(0, 1, shape("ا") + FATHA * 8), (21, 1, shape("ب"))]


def test_a_mark_without_a_base_stands_on_a_dotted_circle():
    assert cells(f"{FATHA}{SHADDA}a") == [(0, 1, f"\u25cc{FATHA}{SHADDA}"), (2, 1, "a")]


def test_a_mark_after_a_leading_control_stands_on_a_dotted_circle():
    assert cells(f"{RLM}{FATHA}a") == [(0, 1, f"\u25cc{FATHA}"), (2, 1, "a")]


def test_a_leading_control_takes_no_cell():
    assert cells(f"{RLM}{ZWNJ}a") == [(0, 0, ""), (2, 1, "a")]


@pytest.mark.parametrize(
    "control", [*"\u200b\u200c\u200d\u200e\u200f\u061c\u00ad\u2060\ufeff\ufe0e\ufe0f\u034f\U000e0100"]
)
def test_an_unseen_character_belongs_to_the_cluster_before_it_and_is_not_drawn(control):
    assert cells(f"1{control}2") == [(0, 1, "1"), (2, 1, "2")]
    assert cells(f"日{control}") == [(0, 2, "日")]
    assert cells(f"1{control}{FATHA}2") == [(0, 1, f"1{FATHA}"), (3, 1, "2")]


def test_wide_characters_take_two_cells():
    assert cells("a日👍b") == [(0, 1, "a"), (1, 2, "日"), (2, 2, "👍"), (3, 1, "b")]


def test_a_skin_tone_belongs_to_a_wide_base_and_is_not_drawn():
    assert cells("👍\U0001f3ffa") == [(0, 2, "👍"), (2, 1, "a")]


def test_a_skin_tone_elsewhere_is_replaced():
    assert cells("\U0001f3ff") == [(0, 1, "\ufffd")]
    assert cells("a\U0001f3ff") == [(0, 1, "a"), (1, 1, "\ufffd")]


def test_an_emoji_family_is_its_members():
    assert cells("👨\u200d👩\u200d👧") == [(0, 2, "👨"), (2, 2, "👩"), (4, 2, "👧")]


def test_conjoining_hangul_is_one_cluster():
    assert cells("\u1112\u1161\u11ab") == [(0, 2, "\u1112\u1161\u11ab")]


def test_number_signs_have_a_cell():
    assert [width for _, width, _ in cells("\u0600\u0601\u06dd\u08e2")] == [1, 1, 1, 1]


def test_the_glyph_comes_from_the_shaped_text():
    assert clusters("لا", "xy").glyphs == ["x", "y"]
    assert clusters(f"ل{FATHA}ا", f"x{FATHA}y").glyphs == [f"x{FATHA}", "y"]


def test_a_control_character_that_slipped_through_is_never_drawn():
    for code in (*range(0x20), *range(0x7F, 0xA0)):
        assert clusters(f"a{chr(code)}b", f"a{chr(code)}b").glyphs == ["a", "b"]
