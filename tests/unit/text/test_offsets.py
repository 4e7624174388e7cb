from __future__ import annotations

import re
from dataclasses import FrozenInstanceError

import pytest

from annotator.errors import OffsetError
from annotator.text.offsets import OffsetMap, substitute


# "abXXcde" → "abcYYYe": XX is deleted, d becomes YYY.
DELETION_AND_EXPANSION = OffsetMap(7, 7, ((2, 4, 2, 2), (5, 6, 3, 6)))


def test_identity_maps_every_span_to_itself() -> None:
    assert OffsetMap.identity(5).to_source(1, 4) == (1, 4)
    assert OffsetMap.identity(5).to_target(0, 5) == (0, 5)


def test_a_span_behind_a_deletion_is_shifted() -> None:
    assert DELETION_AND_EXPANSION.to_source(2, 3) == (4, 5)
    assert DELETION_AND_EXPANSION.to_target(4, 5) == (2, 3)


def test_a_start_lies_behind_a_deletion_at_its_edge() -> None:
    assert DELETION_AND_EXPANSION.to_source(2, 7)[0] == 4


def test_an_end_lies_before_a_deletion_at_its_edge() -> None:
    assert DELETION_AND_EXPANSION.to_source(0, 2)[1] == 2


def test_a_span_across_a_deletion_takes_it_in() -> None:
    assert DELETION_AND_EXPANSION.to_source(1, 3) == (1, 5)


def test_deletions_at_the_ends_of_the_text_are_left_outside() -> None:
    trimmed = OffsetMap(6, 3, ((0, 2, 0, 0), (5, 6, 3, 3)))
    assert trimmed.to_source(0, 3) == (2, 5)
    assert trimmed.to_target(0, 6) == (0, 3)


@pytest.mark.parametrize("span", [(3, 5), (4, 6), (4, 5), (5, 6), (3, 6)])
def test_edges_inside_an_expansion_snap_outward(span: tuple[int, int]) -> None:
    assert DELETION_AND_EXPANSION.to_source(*span) == (5, 6)


def test_edges_inside_a_contraction_snap_outward_in_the_target() -> None:
    letter_and_marks = OffsetMap(5, 3, ((1, 4, 1, 2),))
    assert letter_and_marks.to_target(2, 3) == (1, 2)
    assert letter_and_marks.to_target(0, 2) == (0, 2)
    assert letter_and_marks.to_target(3, 5) == (1, 3)


def test_marks_recorded_with_their_letter_are_absorbed_by_a_span_that_ends_there() -> None:
    letter_and_marks = OffsetMap(5, 3, ((1, 4, 1, 2),))
    assert letter_and_marks.to_source(0, 2) == (0, 4)
    assert letter_and_marks.to_source(2, 3) == (4, 5)


@pytest.mark.parametrize("span", [(2, 4), (2, 3), (3, 4)])
def test_a_source_span_inside_deleted_text_maps_to_an_empty_span(span: tuple[int, int]) -> None:
    assert DELETION_AND_EXPANSION.to_target(*span) == (2, 2)


def test_an_empty_span_at_a_deletion_maps_behind_it() -> None:
    assert DELETION_AND_EXPANSION.to_source(2, 2) == (4, 4)


def test_an_empty_span_inside_an_expansion_maps_to_its_start() -> None:
    assert DELETION_AND_EXPANSION.to_source(4, 4) == (5, 5)


def test_empty_spans_at_the_ends_of_the_text_are_allowed() -> None:
    assert DELETION_AND_EXPANSION.to_source(0, 0) == (0, 0)
    assert DELETION_AND_EXPANSION.to_source(7, 7) == (7, 7)
    assert OffsetMap.identity(0).to_target(0, 0) == (0, 0)


def test_touching_edits_are_told_apart() -> None:
    touching = OffsetMap(4, 4, ((0, 1, 0, 2), (1, 3, 2, 3)))
    assert touching.to_source(0, 2) == (0, 1)
    assert touching.to_source(2, 3) == (1, 3)


@pytest.mark.parametrize("span", [(-1, 2), (3, 2), (0, 8), (8, 8), (-2, -1)])
def test_a_span_off_the_target_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(OffsetError, match="target text, which has 7 characters"):
        DELETION_AND_EXPANSION.to_source(*span)


@pytest.mark.parametrize("span", [(-1, 2), (3, 2), (0, 6)])
def test_a_span_off_the_source_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(OffsetError, match="source text, which has 5 characters"):
        OffsetMap(5, 7, ((4, 5, 4, 7),)).to_target(*span)


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param(((3, 4, 3, 3), (1, 2, 0, 1)), id="unsorted"),
        pytest.param(((1, 3, 1, 2), (2, 4, 2, 4)), id="overlapping"),
        pytest.param(((2, 3, 1, 2),), id="a copy of unequal length"),
        pytest.param(((2, 2, 2, 3),), id="an insertion"),
        pytest.param(((3, 2, 3, 4),), id="a source that ends before it starts"),
        pytest.param(((2, 4, 2, 1),), id="a target that ends before it starts"),
        pytest.param(((-1, 1, -1, 0),), id="a negative start"),
    ],
)
def test_edits_that_no_text_could_have_are_refused(edits: tuple[tuple[int, int, int, int], ...]) -> None:
    with pytest.raises(OffsetError, match="does not follow"):
        OffsetMap(5, 5, edits)


@pytest.mark.parametrize("lengths", [(5, 6), (3, 2), (-1, -1)])
def test_edits_that_do_not_fit_the_lengths_are_refused(lengths: tuple[int, int]) -> None:
    with pytest.raises(OffsetError, match="do not turn"):
        OffsetMap(*lengths, ((3, 4, 3, 3),) if lengths[0] > 0 else ())


def test_a_map_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        DELETION_AND_EXPANSION.source_length = 9  # type: ignore[misc]


def test_maps_with_equal_edits_are_equal() -> None:
    assert OffsetMap(7, 7, ((2, 4, 2, 2), (5, 6, 3, 6))) == DELETION_AND_EXPANSION


def test_composition_with_an_identity_changes_nothing() -> None:
    assert OffsetMap.identity(7).then(DELETION_AND_EXPANSION) == DELETION_AND_EXPANSION
    assert DELETION_AND_EXPANSION.then(OffsetMap.identity(7)) == DELETION_AND_EXPANSION


def test_composition_keeps_edits_apart_that_do_not_overlap() -> None:
    first = OffsetMap(6, 5, ((1, 2, 1, 1),))
    second = OffsetMap(5, 6, ((3, 4, 3, 5),))
    assert first.then(second) == OffsetMap(6, 6, ((1, 2, 1, 1), (4, 5, 3, 5)))


def test_composition_joins_an_expansion_with_the_deletion_inside_it() -> None:
    ligature_to_letters = OffsetMap(3, 4, ((1, 2, 1, 3),))
    second_letter_out = OffsetMap(4, 3, ((2, 3, 2, 2),))
    assert ligature_to_letters.then(second_letter_out) == OffsetMap(3, 3, ((1, 2, 1, 2),))


def test_composition_of_a_replacement_and_its_deletion_is_a_deletion() -> None:
    assert OffsetMap(3, 4, ((1, 2, 1, 3),)).then(OffsetMap(4, 2, ((1, 3, 1, 1),))) == OffsetMap(3, 2, ((1, 2, 1, 1),))


def test_composition_keeps_a_deletion_at_the_edge_of_a_later_edit_outside_it() -> None:
    first = OffsetMap(5, 3, ((1, 2, 1, 1), (3, 4, 2, 2)))
    second = OffsetMap(3, 4, ((1, 2, 1, 3),))
    assert first.then(second).to_source(1, 3) == (2, 3)


def test_composition_takes_in_a_deletion_inside_a_later_edit() -> None:
    first = OffsetMap(4, 3, ((1, 2, 1, 1),))
    second = OffsetMap(3, 2, ((0, 2, 0, 1),))
    assert first.then(second) == OffsetMap(4, 2, ((0, 3, 0, 1),))


def test_maps_that_do_not_meet_are_not_composed() -> None:
    with pytest.raises(OffsetError, match="cannot go on"):
        OffsetMap.identity(3).then(OffsetMap.identity(4))


@pytest.mark.parametrize(
    ("text", "pattern", "new", "target", "edits"),
    [
        pytest.param("a--b", "-+", "", "ab", ((1, 3, 1, 1),), id="deletion"),
        pytest.param("a--b", "-+", "-", "a-b", ((1, 3, 1, 2),), id="kept head owns what was deleted behind it"),
        pytest.param("a +b", " \\+", "+", "a+b", ((1, 2, 1, 1),), id="kept tail stays out of a deletion before it"),
        pytest.param("axyzb", "xyz", "x-z", "ax-zb", ((2, 3, 2, 3),), id="both ends stay out"),
        pytest.param("axxb", "xx", "xyx", "axyxb", ((2, 3, 2, 4),), id="an insertion takes a character with it"),
        pytest.param("axb", "x", "xy", "axyb", ((1, 2, 1, 3),), id="a lengthened head"),
        pytest.param("axb", "x", "yx", "ayxb", ((1, 2, 1, 3),), id="a lengthened tail"),
        pytest.param("axbx", "x", "x", "axbx", (), id="nothing changes"),
        pytest.param("axbx", "x", "", "ab", ((1, 2, 1, 1), (3, 4, 2, 2)), id="every match"),
        pytest.param("", "x", "", "", (), id="empty text"),
    ],
)
def test_substitute_records_what_changed(
    text: str, pattern: str, new: str, target: str, edits: tuple[tuple[int, int, int, int], ...]
) -> None:
    assert substitute(text, re.compile(pattern), lambda _: new) == (target, OffsetMap(len(text), len(target), edits))


def test_substitute_hands_over_the_match() -> None:
    assert substitute("a1b22", re.compile(r"\d+"), lambda match: f"<{match[0]}>")[0] == "a<1>b<22>"
