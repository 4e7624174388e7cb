from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.text.offsets import OffsetMap, Span, substitute
from tests.support.texts import copies, cuts, spans_of


def offset_maps(source_length: int | None = None) -> st.SearchStrategy[OffsetMap]:
    """Maps whose copies and edits are a few characters long; edits may touch."""
    copied_replaced_by = st.tuples(st.integers(0, 3), st.integers(1, 3), st.integers(0, 3))
    parts = st.lists(copied_replaced_by, max_size=5)
    return st.builds(lambda parts, tail: build_map(parts, tail, source_length), parts, st.integers(0, 3))


def build_map(parts: list[tuple[int, int, int]], tail: int, source_length: int | None) -> OffsetMap:
    source, target, edits = 0, 0, []
    for copied, replaced, by in parts:
        if source_length is not None and source + copied + replaced > source_length:
            break
        source, target = source + copied, target + copied
        edits.append((source, source + replaced, target, target + by))
        source, target = source + replaced, target + by
    left = tail if source_length is None else source_length - source
    return OffsetMap(source + left, target + left, tuple(edits))


@st.composite
def maps_with_target_spans(draw: st.DrawFn) -> tuple[OffsetMap, Span]:
    offsets = draw(offset_maps())
    return offsets, draw(spans_of(offsets.target_length))


@st.composite
def two_steps(draw: st.DrawFn) -> tuple[OffsetMap, OffsetMap, Span]:
    first = draw(offset_maps())
    second = draw(offset_maps(first.target_length))
    return first, second, draw(spans_of(second.target_length))


def blocks(offsets: OffsetMap) -> list[tuple[int, int, int, int]]:
    """The edits, and every copied character as a block of its own."""
    source, target, found = 0, 0, []
    for edit in (*offsets.edits, (offsets.source_length, offsets.source_length, offsets.target_length, 0)):
        found += [(source + i, source + i + 1, target + i, target + i + 1) for i in range(edit[0] - source)]
        if edit[0] < edit[1]:
            found.append(edit)
        source, target = edit[1], edit[3]
    return found


@settings(deadline=None, max_examples=300)
@given(maps_with_target_spans())
def test_a_target_span_comes_from_the_blocks_it_touches(case: tuple[OffsetMap, Span]) -> None:
    offsets, (start, end) = case
    touched = [block for block in blocks(offsets) if max(start, block[2]) < min(end, block[3])]
    if touched:
        assert offsets.to_source(start, end) == (touched[0][0], touched[-1][1])


@settings(deadline=None, max_examples=300)
@given(st.data(), offset_maps())
def test_a_source_span_becomes_the_blocks_it_touches(data: st.DataObject, offsets: OffsetMap) -> None:
    start, end = data.draw(spans_of(offsets.source_length))
    touched = [block for block in blocks(offsets) if max(start, block[0]) < min(end, block[1])]
    if touched:
        assert offsets.to_target(start, end) == (touched[0][2], touched[-1][3])


@settings(deadline=None, max_examples=300)
@given(maps_with_target_spans())
def test_target_to_source_to_target_is_the_identity_unless_an_expansion_is_cut(case: tuple[OffsetMap, Span]) -> None:
    offsets, (start, end) = case
    if start == end:
        return
    back = offsets.to_target(*offsets.to_source(start, end))
    assert back[0] <= start < end <= back[1]
    if not cuts(offsets, start, end):
        assert back == (start, end)


@settings(deadline=None, max_examples=100)
@given(maps_with_target_spans())
def test_empty_spans_stay_empty_and_others_do_not_become_so(case: tuple[OffsetMap, Span]) -> None:
    offsets, (start, end) = case
    new_start, new_end = offsets.to_source(start, end)
    assert (new_start < new_end) == (start < end)


@settings(deadline=None, max_examples=100)
@given(offset_maps())
def test_edges_keep_their_order(offsets: OffsetMap) -> None:
    length = offsets.target_length
    ends = [offsets.to_source(0, end)[1] for end in range(1, length + 1)]
    starts = [offsets.to_source(start, length)[0] for start in range(length)]
    assert all(before <= after for edges in (starts, ends) for before, after in pairwise(edges))


def cross(first: OffsetMap, second: OffsetMap) -> bool:
    """Whether an edit of either map holds a part of one of the other map, neither of them the whole of the other."""
    pairs = [(made[2:], used[:2]) for made in first.edits for used in second.edits]
    return any(
        max(a_start, b_start) < min(a_end, b_end) and (a_start < b_start) == (a_end < b_end) and a_start != b_start
        for (a_start, a_end), (b_start, b_end) in pairs
        if a_end != b_end
    )


@settings(deadline=None, max_examples=300)
@given(two_steps())
def test_composition_equals_applying_both(case: tuple[OffsetMap, OffsetMap, Span]) -> None:
    first, second, (start, end) = case
    composed = first.then(second)
    at_once, in_steps = composed.to_source(start, end), first.to_source(*second.to_source(start, end))
    if start < end:
        assert at_once[0] <= in_steps[0] < in_steps[1] <= at_once[1]
    if not cuts(composed, start, end) and not cross(first, second):
        assert at_once == in_steps


@settings(deadline=None, max_examples=100)
@given(two_steps())
def test_composition_needs_no_more_edits_than_its_parts(case: tuple[OffsetMap, OffsetMap, Span]) -> None:
    first, second, _ = case
    assert len(first.then(second).edits) <= len(first.edits) + len(second.edits)


@settings(deadline=None, max_examples=200)
@given(
    st.text("abc- ", max_size=30),
    st.sampled_from(["a+", "[ab]-", " +", "c", "b?-+", "[abc]"]),
    st.text("ab -", max_size=3),
)
def test_substitute_makes_the_text_that_re_makes_and_a_map_that_fits(text: str, pattern: str, new: str) -> None:
    target, offsets = substitute(text, re.compile(pattern), lambda _: new)
    assert target == re.sub(pattern, new, text)
    assert (offsets.source_length, offsets.target_length) == (len(text), len(target))
    assert all(before == after for before, after in copies(offsets, text, target))
