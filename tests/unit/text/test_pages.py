from __future__ import annotations

import pytest

from annotator.text import pages
from annotator.text.layout import Paragraph
from annotator.text.pages import DocumentLayout, Fold, RowId


TEXT = "أب تث جح\n\nخد\nذر زس\n"
"""Paragraphs: 0 of three words, 1 empty, 2 of one word, 3 of two, 4 empty; at width 5 the first has two rows."""


def layout(*folds: Fold, width: int = 5) -> DocumentLayout:
    return DocumentLayout(TEXT, width, folds)


class Counted:
    """Makes paragraphs, and counts the characters that were analysed."""

    def __init__(self) -> None:
        self.characters = self.made = 0

    def __call__(self, text: str, base: int | None = 1) -> Paragraph:
        self.made += 1
        self.characters += len(text)
        return Paragraph(text, base)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    counter = Counted()
    monkeypatch.setattr(pages, "Paragraph", counter)
    return counter


def test_the_paragraphs_are_the_lines() -> None:
    assert [layout().span(number) for number in range(len(layout()))] == [(0, 8), (9, 9), (10, 12), (13, 18), (19, 19)]


def test_a_line_break_belongs_to_the_paragraph_that_it_ends() -> None:
    assert [layout().paragraph_at(offset) for offset in (0, 8, 9, 10, 12, 13, 18, 19)] == [0, 0, 1, 2, 2, 3, 3, 4]


def test_a_text_without_a_character_is_one_empty_row() -> None:
    empty = DocumentLayout("", 10)
    assert (len(empty), empty.last(), empty.next(RowId(0)), empty.previous(RowId(0))) == (1, RowId(0), None, None)
    assert (empty.row(RowId(0)).cells, empty.row_at(0)) == ((), RowId(0))


def test_rows_follow_each_other_across_paragraphs() -> None:
    steps = [RowId(0, 0), RowId(0, 1), RowId(1), RowId(2), RowId(3), RowId(4), None]
    assert [layout().next(row_id) for row_id in steps if row_id] == steps[1:]
    assert [layout().previous(row_id) for row_id in steps[1:] if row_id] == steps[:-2]


def test_the_offsets_of_a_row_count_from_its_paragraph() -> None:
    assert [(cell.start, cell.end) for cell in layout().row(RowId(3)).cells[-2:]] == [(1, 2), (0, 1)]


@pytest.mark.parametrize(
    ("offset", "row_id"),
    [(0, (0, 0)), (5, (0, 0)), (6, (0, 1)), (8, (0, 1)), (9, (1, 0)), (10, (2, 0)), (19, (4, 0))],
)
def test_row_at_finds_the_row_of_a_character(offset: int, row_id: tuple[int, int]) -> None:
    assert layout().row_at(offset) == row_id


def test_a_fold_is_one_row_between_those_around_it() -> None:
    folded = layout(Fold(1, 3))
    assert folded.next(RowId(0, 1)) == RowId(1)
    assert folded.next(RowId(1)) == RowId(4)
    assert folded.previous(RowId(4)) == RowId(1)
    assert folded.previous(RowId(1)) == RowId(0, 1)
    assert [folded.row_at(offset) for offset in (9, 11, 18)] == [RowId(1)] * 3


def test_folds_may_touch_each_other_and_both_ends() -> None:
    folded = layout(Fold(0, 1), Fold(2, 4))
    assert (folded.next(RowId(0)), folded.next(RowId(2)), folded.last()) == (RowId(2), None, RowId(2))
    assert (folded.previous(RowId(2)), folded.previous(RowId(0))) == (RowId(0), None)


def test_fold_at_tells_what_hides_a_paragraph() -> None:
    folded = layout(Fold(0, 0), Fold(2, 3))
    expected = [Fold(0, 0), None, Fold(2, 3), Fold(2, 3), None]
    assert [folded.fold_at(number) for number in range(5)] == expected


def test_folding_anew_replaces_the_folds() -> None:
    folded = layout(Fold(0, 1))
    folded.fold([Fold(3, 4)])
    assert (folded.row_at(0), folded.row_at(6), folded.row_at(14)) == (RowId(0), RowId(0, 1), RowId(3))


@pytest.mark.parametrize(("rows", "expected"), [(0, (0, 1)), (2, (2, 0)), (9, (4, 0)), (-1, (0, 0)), (-9, (0, 0))])
def test_moved_goes_as_far_as_there_are_rows(rows: int, expected: tuple[int, int]) -> None:
    assert layout().moved(RowId(0, 1), rows) == expected


def test_moved_counts_a_fold_as_one_row() -> None:
    assert layout(Fold(1, 2)).moved(RowId(0, 0), 3) == RowId(3)


def test_a_wider_layout_has_fewer_rows() -> None:
    wide = layout()
    wide.resize(80)
    assert (wide.next(RowId(0)), wide.visible_id(RowId(0, 1)), wide.last()) == (RowId(1), RowId(0, 0), RowId(4))


def test_the_last_row_may_be_in_a_long_paragraph() -> None:
    assert DocumentLayout("أب\nتث جح خد", 2).last() == RowId(1, 2)


@pytest.mark.parametrize("width", [0, -5])
def test_a_layout_is_never_narrower_than_a_column(width: int) -> None:
    narrow = layout(width=width)
    assert narrow.width == 1
    narrow.resize(width)
    assert narrow.width == 1


def test_another_width_needs_no_new_analysis(counted: Counted) -> None:
    resized = layout()
    resized.row(RowId(0))
    made = counted.made
    resized.resize(3)
    assert len(resized.row(RowId(0)).cells) == 3
    assert counted.made == made


def test_the_base_of_each_paragraph_may_be_found_from_its_text() -> None:
    mixed = DocumentLayout("abc\nأب", 10, base=None)
    assert [mixed.row(RowId(number)).base for number in (0, 1)] == [0, 1]


PARAGRAPHS = 200_000


def test_a_page_costs_what_is_in_sight_however_long_the_text(counted: Counted) -> None:
    long = DocumentLayout("خبر قصير\n" * PARAGRAPHS, 40, [Fold(10, PARAGRAPHS - 10)])
    for start in (RowId(0), long.last()):
        step = long.next if start == RowId(0) else long.previous
        row_id: RowId | None = start
        for _ in range(30):
            assert row_id is not None
            long.row(row_id)
            row_id = step(row_id) or row_id
    assert counted.made <= 60


def test_a_jump_into_a_long_text_costs_what_is_in_sight(counted: Counted) -> None:
    long = DocumentLayout("خبر قصير\n" * PARAGRAPHS, 40)
    middle = long.row_at(len(long.text) // 2)
    long.resize(30)
    for distance in range(-15, 15):
        long.row(long.moved(middle, distance))
    assert middle.paragraph == PARAGRAPHS // 2
    assert counted.made <= 31


def test_a_place_in_a_long_paragraph_is_found_without_looking_at_the_others(counted: Counted) -> None:
    long = DocumentLayout("خبر " * 50_000 + "\n" + "نهاية " * 1000, 40)
    row_id = long.row_at(100_000)
    assert (row_id.paragraph, row_id.row) == (0, 2500)
    assert counted.characters == 200_000
