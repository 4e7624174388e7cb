"""Any row comes out as it was meant in a terminal that follows UAX #9."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotator.tui.drawing import data_strip
from annotator.tui.logical_rows import BLANK, JOINER, MARK, in_logical_order
from tests.support.layouts import LETTERS, MARKS
from tests.support.reordering import as_drawn


WIDTH = 24
STYLES = [Style(color=colour) for colour in ("red", "green", "blue")]

relaxed = settings(deadline=None, max_examples=150)
texts = st.text(st.sampled_from(LETTERS + "אבג  abé129٢٥۲۵().,،:;%-+/«»<>[]{}€؟!_日"), max_size=WIDTH)
vocalised = st.text(st.sampled_from(LETTERS + MARKS * 2 + " 12(«»)"), max_size=WIDTH)
bases = st.sampled_from([0, 1])


def row_of(text: str, base: int) -> Strip:
    return data_strip(text, WIDTH, STYLES[0], base=base, left=1)


@relaxed
@given(texts, bases)
def test_it_is_drawn_as_it_was_meant(text: str, base: int) -> None:
    row = row_of(text, base)
    assert as_drawn(in_logical_order(row)[0].text) == row.text


@relaxed
@given(texts, bases)
def test_also_where_nothing_is_mirrored(text: str, base: int) -> None:
    row = row_of(text, base)
    assert as_drawn(in_logical_order(row, mirrors=False)[0].text, mirrors=False) == row.text


@relaxed
@given(st.lists(st.text(st.sampled_from(LETTERS), min_size=1, max_size=5), min_size=1, max_size=4))
def test_words_and_spaces_need_no_left_to_right_marks(words: list[str]) -> None:
    row = row_of(" ".join(words), 1)
    assert as_drawn(in_logical_order(row)[0].text, heeds_marks=False) == row.text


@relaxed
@given(vocalised, bases, st.lists(st.integers(0, WIDTH), max_size=3))
def test_every_letter_is_written_once_with_its_marks_and_its_look(text: str, base: int, cuts: list[int]) -> None:
    parts = row_of(text, base).divide([*sorted({cut for cut in cuts if cut}), WIDTH + 1])
    looks = [Strip([Segment(segment.text, STYLES[index % 3]) for segment in part]) for index, part in enumerate(parts)]
    row = Strip.join(looks)
    written, seen_at = in_logical_order(row)
    before, after = clusters(row), clusters(written)
    assert sorted(seen_at) == list(range(row.cell_length))
    assert [before[column] for column in seen_at] == after


def clusters(row: Strip) -> list[tuple[str, Style | None]]:
    """Each column's letter with its marks, and its look; all of these rows have one column for each letter."""
    found: list[tuple[str, Style | None]] = []
    for segment in row:
        for char in segment.text.replace(BLANK, " "):
            if char in MARK + JOINER:
                continue
            if char in MARKS:
                found[-1] = (found[-1][0] + char, segment.style)
            else:
                found.append((char.translate(QUOTES), segment.style))
    return found


QUOTES = str.maketrans("»", "«")
"""Which of the two is written depends on what the terminal does with it."""
