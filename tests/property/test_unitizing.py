from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement.alpha import coincidences, krippendorff_alpha
from annotator.agreement.characters import character_alpha, character_coincidences, label_set_coincidences
from annotator.agreement.study import Unit
from annotator.agreement.unitizing import alpha_u, unitized_alpha, unitized_of, unitized_statistics


LENGTH = 14
Annotators = list[list[Unit]]


def disjoint(parts: list[tuple[int, int, str]]) -> list[Unit]:
    """Gap, length and label of each span, as far as the text goes."""
    units, at = [], 0
    for gap, length, label in parts:
        start = at + gap
        at = start + length
        if at <= LENGTH:
            units.append((start, at, label))
    return units


UNITIZING = st.lists(st.tuples(st.integers(0, 4), st.integers(1, 6), st.sampled_from("ab")), max_size=4).map(disjoint)
UNITIZINGS = st.lists(UNITIZING, min_size=2, max_size=4)
ANYWHERE = st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH), st.sampled_from("ab")).map(
    lambda parts: (min(parts[:2]), max(parts[:2]), parts[2])
)
LAYERED = st.lists(st.lists(ANYWHERE, max_size=4), min_size=2, max_size=4)


def expanded(annotators: Annotators, length: int = LENGTH) -> list[list[frozenset[str]]]:
    """One value per character."""
    return [
        [frozenset(label for start, end, label in spans if start <= at < end) for at in range(length)]
        for spans in annotators
    ]


def sections_of(spans: list[Unit]) -> list[tuple[int, int, bool]]:
    """Units and gaps in order: start, end, whether it is a unit."""
    cuts, at = [], 0
    for start, end, _ in sorted(spans):
        cuts += [(at, start, False), (start, end, True)]
        at = end
    return [cut for cut in [*cuts, (at, LENGTH, False)] if cut[0] < cut[1]]


def section_difference(one: tuple[int, int, bool], other: tuple[int, int, bool]) -> int:
    """Krippendorff 1995, equation for the difference of two sections."""
    if one[2] and other[2] and max(one[0], other[0]) < min(one[1], other[1]):
        return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2
    for unit, gap in ((one, other), (other, one)):
        if unit[2] and not gap[2] and gap[0] <= unit[0] and unit[1] <= gap[1]:
            return (unit[1] - unit[0]) ** 2
    return 0


def alpha_u_by_placing(annotators: Annotators) -> tuple[float, float]:
    """Do, and De by moving every unit to every place where it meets another unit or lies in a gap."""
    rows = [sections_of(spans) for spans in annotators]
    pairs = list(combinations(rows, 2))
    met = sum(section_difference(here, there) for one, other in pairs for here in one for there in other)
    units = [cut[1] - cut[0] for row in rows for cut in row if cut[2]]
    gaps = [(0, cut[1] - cut[0], False) for row in rows for cut in row if not cut[2]]
    placed = sum(
        section_difference((at, at + one, True), (0, other, True))
        for one, other in combinations(units, 2)
        for at in range(-one, other + 1)
    )
    placed += sum(
        section_difference((at, at + unit, True), gap) for unit in units for gap in gaps for at in range(gap[1])
    )
    characters = len(rows) * LENGTH
    possible = characters * (characters - 1) - sum(unit * (unit - 1) for unit in units)
    return met / len(pairs) / LENGTH**2, 2 / LENGTH * placed / possible


@settings(deadline=None, max_examples=100)
@given(UNITIZINGS)
def test_alpha_u_is_what_placing_every_unit_everywhere_gives(annotators: Annotators) -> None:
    observed, expected = 0.0, 0.0
    for label in {label for spans in annotators for _, _, label in spans}:
        layer = [[span for span in spans if span[2] == label] for spans in annotators]
        here = alpha_u_by_placing(layer)
        observed, expected = observed + here[0], expected + here[1]
    alpha = alpha_u(annotators, LENGTH)
    if not expected:
        assert not alpha.is_defined
        return
    assert alpha.observed == pytest.approx(observed)
    assert alpha.expected == pytest.approx(expected)
    assert alpha == pytest.approx(1 - observed / expected)


def u_alpha_by_characters(annotators: Annotators, binary: bool) -> float | None:
    """Every pair of characters of all annotators: at one place for Do, anywhere but in the same unit for De."""
    marks = []
    for spans in annotators:
        row: list[tuple[str, object]] = [("", object()) for _ in range(LENGTH)]
        for start, end, label in spans:
            row[start:end] = [("marked" if binary else label, (start, end))] * (end - start)
        marks.append(row)
    pairs = [(one[at], other[at]) for one, other in combinations(marks, 2) for at in range(LENGTH)]
    differing = sum(one[0] != other[0] for one, other in pairs)
    everything = [(who, *mark) for who, row in enumerate(marks) for mark in row]
    expected = [one[1] != other[1] for one in everything for other in everything if one[::2] != other[::2]]
    return 1 - (differing / len(pairs)) / (sum(expected) / len(expected)) if any(expected) else None


@settings(deadline=None, max_examples=100)
@given(UNITIZINGS, st.booleans())
def test_u_alpha_is_that_of_written_out_characters(annotators: Annotators, binary: bool) -> None:
    assert unitized_alpha(annotators, LENGTH, binary).value == pytest.approx(u_alpha_by_characters(annotators, binary))


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(UNITIZING, UNITIZING), min_size=1, max_size=3), st.booleans())
def test_u_alpha_of_a_sum_is_that_of_the_documents_put_together(
    documents: list[tuple[list[Unit], list[Unit]]], binary: bool
) -> None:
    parts = [unitized_statistics(document, LENGTH, ["a", "b"], binary) for document in documents]
    joined: Annotators = [[], []]
    for number, document in enumerate(documents):
        for spans, mine in zip(document, joined, strict=True):
            mine += [(start + number * LENGTH, end + number * LENGTH, label) for start, end, label in spans]
    whole = unitized_alpha(joined, LENGTH * len(documents), binary)
    assert unitized_of(sum(part for part in parts if part is not None)).value == pytest.approx(whole.value)


@settings(deadline=None, max_examples=100)
@given(UNITIZINGS)
def test_the_order_of_annotators_and_spans_does_not_matter(annotators: Annotators) -> None:
    turned = [list(reversed(spans)) for spans in reversed(annotators)]
    for measure in (alpha_u, unitized_alpha, character_alpha):
        assert measure(turned, LENGTH).value == pytest.approx(measure(annotators, LENGTH).value)


@settings(deadline=None, max_examples=100)
@given(LAYERED)
def test_label_sets_are_krippendorffs_coincidences_of_characters(annotators: Annotators) -> None:
    rows = expanded(annotators)
    values = list({value for row in rows for value in row})
    matrix, found = coincidences(rows, values), label_set_coincidences(annotators, LENGTH)
    for here, one in enumerate(values):
        for there, other in enumerate(values):
            assert found.get((one, other), 0) == pytest.approx(matrix[here, there])


@settings(deadline=None, max_examples=100)
@given(LAYERED)
def test_a_label_is_krippendorffs_alpha_of_characters(annotators: Annotators) -> None:
    rows = [["a" in value for value in row] for row in expanded(annotators)]
    assert character_coincidences(annotators, LENGTH, "a") == pytest.approx(coincidences(rows, [False, True]))
    assert character_alpha(annotators, LENGTH, "a").value == pytest.approx(krippendorff_alpha(rows).value)


@settings(deadline=None, max_examples=100)
@given(LAYERED)
def test_character_alpha_of_all_labels_is_krippendorffs(annotators: Annotators) -> None:
    assert character_alpha(annotators, LENGTH).value == pytest.approx(krippendorff_alpha(expanded(annotators)).value)
