from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from annotator.text.graphemes import MAX_MARKS, clusters
from annotator.text.shaping import shape
from annotator.text.visible import visible


POOL = [
    *"خبرلا 12a،(",
    *"\u064e\u0651\u0670\u0301\u20e3",
    *"\u200b\u200c\u200d\u200e\u200f\u061c\u00ad\u2060\ufeff\ufe0f",
    *"日👍☺\U0001f3fd\U0001f1ee\u1112\u1161\u11ab",
    *"\x00\x1b\u202e\u0600",
]
texts = st.text(st.sampled_from(POOL), max_size=40).map(visible) | st.text(max_size=40).map(visible)
relaxed = settings(deadline=None, max_examples=200)

ZERO_WIDTH = {"Mn", "Me", "Mc"}


@relaxed
@given(texts)
def test_the_clusters_cover_the_text_in_order(text):
    result = clusters(text, shape(text))
    assert len(result.starts) == len(result.widths) == len(result.glyphs)
    assert result.starts == sorted(set(result.starts))
    assert result.starts[:1] == [0][: len(text)]
    assert all(start < len(text) for start in result.starts)


@relaxed
@given(texts)
def test_each_glyph_and_the_whole_line_are_as_wide_as_rich_measures(text):
    result = clusters(text, shape(text))
    assert [cell_len(glyph) for glyph in result.glyphs] == list(result.widths)
    assert cell_len("".join(result.glyphs)) == sum(result.widths)


@relaxed
@given(texts)
def test_a_glyph_is_one_base_and_few_marks_and_no_unseen_character(text):
    for glyph in clusters(text, shape(text)).glyphs:
        assert len(glyph) <= 1 + MAX_MARKS
        assert not set(glyph) & {*"\u200b\u200c\u200d\u200e\u200f\u061c\u00ad\u2060\ufeff\ufe0e\ufe0f"}


@relaxed
@given(texts)
def test_no_cluster_starts_with_a_mark_but_the_first(text):
    for start in clusters(text, shape(text)).starts[1:]:
        assert unicodedata.category(text[start]) not in ZERO_WIDTH


@relaxed
@given(texts, texts)
def test_the_clusters_of_a_text_do_not_depend_on_what_follows_a_space(left, right):
    alone = clusters(left, shape(left))
    together = clusters(f"{left} {right}", shape(f"{left} {right}"))
    count = len(alone.starts)
    assert together.starts[:count] == alone.starts
    assert together.widths[:count] == alone.widths
    assert together.glyphs[:count] == alone.glyphs
