from __future__ import annotations

import pytest

from annotator.suggest.edges import Edges


@pytest.mark.parametrize(
    ("text", "span", "fitted"),
    [
        ("قال الوزير", (0, 3), (0, 3)),
        ("كَتَبَ", (0, 1), (0, 2)),  # a letter and its mark
        ("كَتَبَ", (3, 5), (2, 6)),
        ("قال\u200f الوزير", (0, 3), (0, 4)),  # a directional mark belongs to the letter before it
        ("👍🏽 نعم", (1, 2), (0, 2)),
        (" قال ", (0, 5), (1, 4)),
        ("قال\n\nنعم", (3, 8), (5, 8)),
        ("قال\n\nنعم", (0, 5), (0, 3)),
        ("قال \u200fنعم", (0, 5), (0, 3)),  # a mark on a space goes with it
        ("قال\n\u064eنعم", (4, 8), (4, 8)),  # a mark that opens a line belongs to no letter
        ("قال\n\u064eنعم", (0, 4), (0, 3)),
        ("\u2028قال", (0, 4), (1, 4)),
    ],
)
def test_edges_stand_at_clusters_and_not_at_spaces(text: str, span: tuple[int, int], fitted: tuple[int, int]) -> None:
    assert Edges(text).fit(*span) == fitted


@pytest.mark.parametrize(
    ("text", "span"), [("   ", (0, 3)), (" \u200f ", (0, 3)), ("قال نعم", (3, 4)), ("\n\n", (0, 2))]
)
def test_nothing_but_spaces_is_an_empty_span(text: str, span: tuple[int, int]) -> None:
    start, end = Edges(text).fit(*span)
    assert start == end
