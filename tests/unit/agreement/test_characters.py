from __future__ import annotations

import json
from itertools import groupby

import numpy as np
import pytest

from annotator.agreement.alpha import alpha_of, krippendorff_alpha
from annotator.agreement.characters import (
    character_alpha,
    character_coincidences,
    common_length,
    covered,
    label_set_alpha,
    label_set_coincidences,
    placed,
)
from annotator.agreement.study import Unit
from annotator.errors import OffsetError
from tests.support.shared import shared_file


NOTHING: frozenset[str] = frozenset()


def runs(row: str) -> list[Unit]:
    """A row of values, one per character, as spans; a full stop is no label."""
    units, start = [], 0
    for value, run in groupby(row):
        end = start + len(list(run))
        units.append((start, end, value))
        start = end
    return [unit for unit in units if unit[2] != "."]


def test_binary_example_of_krippendorff_2011() -> None:
    """Computing Krippendorff's alpha-reliability, A: binary data, two observers, no missing data; alpha = .095."""
    rows = [".1......1.", "111..1...."]
    alpha = character_alpha([runs(row) for row in rows], 10, "1")
    assert alpha == pytest.approx(0.095, abs=0.0005)
    # 20 values, 14 of 0 and 6 of 1; 4 of 10 characters differ.
    assert alpha.observed == pytest.approx(4 / 10)
    assert alpha.expected == pytest.approx(2 * 14 * 6 / (20 * 19))


def test_nominal_example_of_krippendorff_2011() -> None:
    """The same, B: nominal data, two observers, no missing data; alpha = .692."""
    rows = ["aabbdcccedda", "babbbccceddd"]
    assert character_alpha([runs(row) for row in rows], 12) == pytest.approx(0.692, abs=0.0005)


def test_positions_of_krippendorff_1995() -> None:
    """On the reliability of unitizing continuous data, p. 57, pair A by positions: alpha = .329."""
    case = json.loads(shared_file("agreement", "10_alphaU_krippendorff_1995_ABCD.json").read_text())
    units = case["input"]["units"]["A"]
    annotators = [[(start, end, label) for who, start, end, label in units if who == one] for one in (0, 1)]
    expected = case["expected"]["digitised_per_position"]["A"]["alpha"]
    assert character_alpha(annotators, 24, "A") == pytest.approx(expected, abs=0.001)


def test_three_annotators_count_every_pair() -> None:
    # Characters 0-3: two have it; 4-5: one; 6-9: none. Over m - 1 = 2: with it 4*2/2, mixed (4*2 + 2*2)/2, without
    # (2*2 + 4*6)/2.
    annotators = [[(0, 4, "a")], [(0, 6, "a")], []]
    assert character_coincidences(annotators, 10, "a").tolist() == [[14, 6], [6, 4]]
    # Do = 12/30, De = 2*20*10/(30*29)
    assert character_alpha(annotators, 10, "a") == pytest.approx(0.13)


def test_coincidences_add_up_to_annotators_times_characters() -> None:
    annotators = [[(0, 4, "a")], [(2, 6, "b")], [(1, 9, "a")], []]
    assert sum(label_set_coincidences(annotators, 10).values()) == pytest.approx(40)
    assert character_coincidences(annotators, 10, "a").sum() == pytest.approx(40)


def test_spans_of_a_label_that_nest_overlap_or_touch_count_once() -> None:
    plain = [[(0, 8, "a")], [(2, 6, "a")]]
    layered = [[(0, 8, "a"), (2, 4, "a"), (0, 8, "a")], [(2, 5, "a"), (4, 5, "a"), (5, 6, "a"), (3, 6, "a")]]
    assert label_set_coincidences(layered, 10) == label_set_coincidences(plain, 10)


def test_a_characters_value_is_the_set_of_its_labels() -> None:
    annotators = [[(0, 4, "a"), (2, 6, "b")], [(0, 4, "a")]]
    both = frozenset("ab")
    assert label_set_coincidences(annotators, 8) == {
        (frozenset("a"), frozenset("a")): 4,
        (both, frozenset("a")): 2,
        (frozenset("a"), both): 2,
        (frozenset("b"), NOTHING): 2,
        (NOTHING, frozenset("b")): 2,
        (NOTHING, NOTHING): 4,
    }


def test_other_labels_do_not_matter_to_a_label() -> None:
    annotators = [[(0, 4, "a"), (1, 7, "b")], [(0, 4, "a")]]
    assert character_alpha(annotators, 8, "a") == 1


def test_alpha_of_label_sets_is_that_of_the_written_out_characters() -> None:
    annotators = [[(0, 4, "a"), (2, 6, "b")], [(0, 5, "a")], [(3, 6, "b"), (0, 2, "a")]]
    rows = [
        [frozenset(label for start, end, label in spans if start <= at < end) for at in range(9)]
        for spans in annotators
    ]
    expected, alpha = krippendorff_alpha(rows), character_alpha(annotators, 9)
    assert alpha == pytest.approx(expected, abs=1e-12)
    assert (alpha.n, alpha.of) == (expected.n, expected.of) == (27, "pairable values")


def test_alpha_of_a_corpus_is_that_of_the_sum() -> None:
    first, second = [[(0, 4, "a")], [(0, 6, "a")]], [[(1, 3, "a")], []]
    summed = character_coincidences(first, 10, "a") + character_coincidences(second, 5, "a")
    joined = [[(0, 4, "a"), (11, 13, "a")], [(0, 6, "a")]]
    assert alpha_of(summed, (False, True)) == character_alpha(joined, 15, "a")


def test_the_length_of_the_text_costs_nothing() -> None:
    length = 10**15
    annotators = [[(0, length // 2, "a")], [(0, length // 2, "a"), (length - 1, length, "b")]]
    assert character_alpha(annotators, length) == pytest.approx(1)


def test_perfect_agreement_is_one() -> None:
    assert character_alpha([[(1, 3, "a")]] * 3, 5) == 1


def test_no_agreement_beyond_chance_is_negative() -> None:
    assert character_alpha([[(0, 5, "a")], [(5, 10, "a")]], 10, "a") < 0


@pytest.mark.parametrize(
    ("annotators", "length"),
    [([], 10), ([[(0, 4, "a")]], 10), ([[], []], 0), ([[], []], 10), ([[(0, 10, "a")]] * 2, 10)],
    ids=["nobody", "one annotator", "no text", "nothing marked", "everything marked"],
)
@pytest.mark.parametrize("label", ["a", None])
def test_undefined(annotators: list[list[Unit]], length: int, label: str | None) -> None:
    alpha = character_alpha(annotators, length, label)
    assert not alpha.is_defined
    assert alpha.why


def test_no_documents_are_undefined() -> None:
    assert label_set_alpha({}).why


@pytest.mark.parametrize("span", [(-1, 2, "a"), (8, 11, "a"), (4, 3, "a")])
def test_a_span_out_of_the_text_is_refused(span: Unit) -> None:
    with pytest.raises(OffsetError, match="not inside the text"):
        character_alpha([[span], []], 10)


def test_arrays_are_fine() -> None:
    array = np.array([(0, 4, "a"), (2, 6, "b")], dtype=object)
    lists = [(0, 4, "a"), (2, 6, "b")]
    assert character_alpha([array, lists], 8) == 1


def test_placed_spans_are_in_order_once_each_and_have_characters() -> None:
    assert placed([(5, 7, "a"), (1, 3, "b"), (2, 2, "a"), (5, 7, "a")], 10) == [(1, 3, "b"), (5, 7, "a")]


def test_a_text_may_start_elsewhere() -> None:
    assert placed([(150, 152, "a")], 10, start=150) == [(150, 152, "a")]
    with pytest.raises(OffsetError):
        placed([(149, 152, "a")], 10, start=150)


def test_covered_joins_what_overlaps_or_touches() -> None:
    assert covered([(6, 8), (0, 2), (1, 4), (4, 5), (7, 7), (9, 9)]) == [(0, 5), (6, 8)]


def test_common_length() -> None:
    assert common_length([(0, 5), (6, 8)], [(1, 2), (4, 7), (7, 9)]) == 1 + 1 + 1 + 1
    assert common_length([(0, 5)], []) == 0
