from __future__ import annotations

import csv
import json
from typing import Any

import pytest

from annotator.agreement.study import Unit
from annotator.agreement.unitizing import (
    alpha_u,
    alpha_u_of,
    sections,
    unitized_alpha,
    unitized_of,
    unitized_statistics,
    why_undefined,
)
from annotator.errors import OffsetError
from tests.support.shared import shared_file


TWO = [[(0, 4, "a")], [(0, 6, "a")]]


def published(name: str) -> dict[str, Any]:
    case: dict[str, Any] = json.loads(shared_file("agreement", name).read_text())
    return case


def by_annotator(units: list[tuple[int, int, int, str]], stretch: float = 1) -> list[list[Unit]]:
    """Units (annotator, start, end, label) of two annotators."""
    return [
        [(int(start * stretch), int(end * stretch), label) for who, start, end, label in units if who == one]
        for one in (0, 1)
    ]


@pytest.mark.parametrize("pair", "ABCD")
def test_alpha_u_of_krippendorff_1995(pair: str) -> None:
    """On the reliability of unitizing continuous data, p. 57: four pairs of observers."""
    case = published("10_alphaU_krippendorff_1995_ABCD.json")
    units, expected, stretch = case["input"]["units"][pair], case["expected"], 50_000
    assert alpha_u(by_annotator(units), 24).observed == pytest.approx(expected["Do"][pair], abs=1e-5)
    alpha = alpha_u(by_annotator(units, stretch), 24 * stretch, pair)
    assert alpha.expected == pytest.approx(expected["De_stretched_50000"][pair], abs=0.005)
    assert alpha == pytest.approx(expected["alphaU_stretched_50000"][pair], abs=0.02)


@pytest.mark.parametrize(
    ("length", "de", "alpha"),
    [(12, 0.05494, 0.494), (120, 0.08234, 0.663), (1200, 0.08600, 0.677), (12_000, 0.08638, 0.678)],
)
def test_alpha_u_grows_with_the_length_of_the_text_as_published(length: int, de: float, alpha: float) -> None:
    """Krippendorff 1995, pair C at growing lengths; its De has a plus that became a minus in 2004, hence the room."""
    units = published("10_alphaU_krippendorff_1995_ABCD.json")["input"]["units"]["C"]
    measured = alpha_u(by_annotator(units, length / 24), length)
    assert measured.observed == pytest.approx(0.02777, abs=1e-5)
    assert measured.expected == pytest.approx(de, abs=1e-5 if length == 12 else 0.005)
    assert measured == pytest.approx(alpha, abs=0.02)


def test_alpha_u_of_krippendorff_2004() -> None:
    """Content Analysis, 2nd edition, p. 254: two categories that overlap, a text that starts at 150."""
    case = published("11_alphaU_krippendorff_2004.json")
    annotators, expected = by_annotator(case["input"]["units"]), case["expected"]
    for label in "ck":
        alpha = alpha_u(annotators, 300, label, start=150)
        assert alpha.observed == pytest.approx(expected[label]["Do"], abs=1e-4)
        assert alpha.expected == pytest.approx(expected[label]["De"], abs=1e-4)
        assert alpha == pytest.approx(expected[label]["alphaU"], abs=1e-4)
    over_all = alpha_u(annotators, 300, start=150)
    assert over_all == pytest.approx(expected["alphaU"]["value"], abs=expected["alphaU"]["abs_tol"])
    assert (over_all.n, over_all.of) == (9, "spans")


# Krippendorff 2004 gives distances between single units: of (5, 11) and another unit, and of units in gaps.
@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ((5, 11), (4, 6), 26),
        ((5, 11), (5, 7), 16),
        ((5, 11), (6, 8), 10),
        ((5, 11), (7, 9), 8),
        ((5, 11), (6, 10), 2),
        ((5, 11), (5, 11), 0),
        ((225, 295), (220, 300), 50),
        ((370, 400), (355, 375), 850),
        ((5, 11), (2, 4), 40),
        ((5, 11), (2, 5), 45),
    ],
)
def test_squared_differences_of_krippendorff_2004(
    one: tuple[int, int], other: tuple[int, int], difference: int
) -> None:
    found = sections([[(*one, "x")], [(*other, "x")]], 500, "x")
    assert found is not None
    assert found.difference == difference


def test_alpha_u_by_hand() -> None:
    alpha = alpha_u(TWO, 10)
    # The ends differ by 2: 2^2 / 10^2. De: the unit of 4 makes 28 with the other one and 16 in each of its 3 + 1 places
    # in gaps, that of 6 makes 110 and 36 in 1 place; 2/10 * 238 / (20*19 - 4*3 - 6*5).
    assert alpha.observed == pytest.approx(0.04)
    assert alpha.expected == pytest.approx(0.2 * 238 / 338)
    assert alpha == pytest.approx(1 - 0.04 * 338 / 47.6)


def test_alpha_u_takes_the_mean_over_the_pairs_of_three() -> None:
    found = sections([*TWO, []], 10, "a")
    assert found is not None
    assert found.difference == pytest.approx((4 + 16 + 36) / 3)
    assert (sorted(found.gaps), found.annotators) == ([4, 6, 10], 3)


def test_touching_units_stay_apart() -> None:
    one, two = sections([[(0, 4, "a")], []], 10, "a"), sections([[(0, 2, "a"), (2, 4, "a")], []], 10, "a")
    assert one is not None
    assert two is not None
    assert (one.difference, two.difference) == (16, 8)
    assert (one.gaps, two.gaps) == ((6, 10), (6, 10))


def test_alpha_u_of_a_corpus_cuts_gaps_between_documents() -> None:
    first, second = sections(TWO, 10, "a"), sections([[], []], 10, "a")
    assert first is not None
    assert second is not None
    alpha = alpha_u_of({"a": [first, second]})
    # As by hand, with two gaps of 10 more: 16*2*7 and 36*2*5; the text is twice as long.
    assert alpha.observed == pytest.approx(4 / 20**2)
    assert alpha.expected == pytest.approx(0.1 * (238 + 224 + 360) / (40 * 39 - 42))


def test_alpha_u_of_several_labels_divides_the_sums() -> None:
    annotators = [[(0, 4, "a"), (3, 5, "b")], [(0, 6, "a"), (6, 8, "b")]]
    parts = [alpha_u(annotators, 10, label) for label in "ab"]
    whole = alpha_u(annotators, 10)
    assert whole.observed == pytest.approx(sum(part.observed or 0 for part in parts))
    assert whole == pytest.approx(1 - (whole.observed or 0) / sum(part.expected or 0 for part in parts))


def test_perfect_unitizing_is_one() -> None:
    same = [[(1, 3, "a"), (3, 7, "a"), (8, 9, "b")]] * 3
    assert alpha_u(same, 20) == 1
    assert unitized_alpha(same, 20) == 1
    assert unitized_alpha(same, 20, binary=True) == 1


def test_u_alpha_of_krippendorff_2019() -> None:
    """Content Analysis, 4th edition, figure 12.11 (Alex, Paul and Suzan, 60 long): .510, and binary .413."""
    annotators: dict[str, list[Unit]] = {}
    with shared_file("agreement", "21_AlexPaulSuzan.csv").open() as file:
        for who, label, start, end in csv.reader(file):
            annotators.setdefault(who, []).append((int(start), int(end), label))
    assert unitized_alpha(list(annotators.values()), 60) == pytest.approx(0.510, abs=0.0005)
    assert unitized_alpha(list(annotators.values()), 60, binary=True) == pytest.approx(0.413, abs=0.0005)


def test_u_alpha_of_three_annotators_with_two_labels() -> None:
    """The output that github.com/lindanna/unitized_alpha prints for the data in its script: .474 and .433."""
    alex = [(2, 5, "1"), (9, 11, "1"), (12, 20, "2")]
    annotators = [alex, [(2, 5, "1"), (7, 15, "2")], [(2, 5, "1"), (10, 15, "2")]]
    assert unitized_alpha(annotators, 20) == pytest.approx(0.474, abs=0.0005)
    assert unitized_alpha(annotators, 20, binary=True) == pytest.approx(0.433, abs=0.0005)


def test_u_alpha_of_three_annotators_with_one_label() -> None:
    # The pairs differ on 5, 18 and 13 of 56 characters, counted in both orders and over m - 1 = 2; s = the squared
    # lengths of the units and the gaps.
    annotators = [[(3, 14, "k"), (22, 52, "k")], [(3, 9, "k"), (22, 52, "k")], [(22, 45, "k")]]
    marked = 11 + 30 + 6 + 30 + 23
    gaps = 168 - marked
    itself = 121 + 900 + 36 + 900 + 529 + gaps
    alpha = unitized_alpha(annotators, 56)
    assert alpha.observed == pytest.approx((5 + 18 + 13) / 168)
    assert alpha.expected == pytest.approx(2 * marked * gaps / (168**2 - itself))
    assert alpha == unitized_alpha(annotators, 56, binary=True) == pytest.approx(0.596, abs=0.0005)


def test_u_alpha_by_hand() -> None:
    alpha = unitized_alpha(TWO, 10)
    # 2 of 10 characters differ; 10 of 20 in gaps; s = 4^2 + 6^2 + 6 + 4.
    assert alpha.observed == pytest.approx(0.2)
    assert alpha.expected == pytest.approx(2 * 10 * 10 / (400 - 62))
    assert (alpha, alpha.n, alpha.of) == (pytest.approx(0.662), 2, "spans")


def test_binary_u_alpha_does_not_see_labels() -> None:
    other_label = [[(0, 4, "a")], [(0, 6, "b")]]
    assert unitized_alpha(other_label, 10, binary=True) == unitized_alpha(TWO, 10)
    assert unitized_alpha(other_label, 10) < unitized_alpha(TWO, 10)


def test_binary_u_alpha_keeps_units_apart() -> None:
    split = [[(0, 4, "a")], [(0, 2, "a"), (2, 6, "b")]]
    # s = 4^2 + 2^2 + 4^2 + 6 + 4
    assert unitized_alpha(split, 10, binary=True).expected == pytest.approx(200 / (400 - 46))


def test_a_label_by_itself_is_as_if_there_were_no_others() -> None:
    annotators = [[(0, 4, "a"), (2, 9, "b")], [(0, 6, "a")]]
    assert unitized_alpha(annotators, 10, label="a") == unitized_alpha(TWO, 10)
    assert alpha_u(annotators, 10, "a") == alpha_u(TWO, 10)


def test_u_alpha_of_a_corpus_is_that_of_the_sum() -> None:
    documents = [(TWO, 10), ([[], [(1, 3, "b")]], 5), ([[(0, 2, "b")], [(0, 2, "b")], []], 4)]
    parts = [unitized_statistics(annotators, length, ["a", "b"]) for annotators, length in documents]
    summed = sum(part for part in parts if part is not None)
    # 10, 5 and 4 characters by 2, 2 and 3 annotators; they differ on 2, 2 and (2 pairs * 2 characters, over 2) * 2.
    assert summed[1] == 4 + 4 + 4
    assert summed[3:].sum() == 20 + 10 + 12
    assert unitized_of(summed).observed == pytest.approx(12 / 42)


def test_equal_spans_are_one_and_empty_ones_none() -> None:
    twice = [[(0, 4, "a"), (0, 4, "a"), (7, 7, "a")], [(0, 6, "a")]]
    for measure in (alpha_u, unitized_alpha):
        assert measure(twice, 10) == measure(TWO, 10)
        assert measure(twice, 10).n == 2


def test_overlaps_of_one_annotator_are_undefined() -> None:
    nested = [[(0, 8, "a"), (2, 4, "b")], [(0, 8, "a")]]
    assert unitized_alpha(nested, 10).why == "spans of one annotator overlap"
    assert unitized_alpha(nested, 10, binary=True).why == "spans of one annotator overlap"
    assert unitized_statistics(nested, 10, ["a", "b"]) is None
    assert alpha_u(nested, 10).is_defined
    same_label = [[(0, 8, "a"), (2, 4, "a")], [(0, 8, "a")]]
    assert alpha_u(same_label, 10).why == "spans of one annotator overlap"
    assert sections(same_label, 10, "a") is None


@pytest.mark.parametrize(
    ("annotators", "length", "why"),
    [
        ([TWO[0]], 10, "fewer than two annotators"),
        ([[], []], 10, "nobody marked anything|only one value occurs"),
        ([[(0, 0, "a")], []], 0, "the text has no characters"),
        ([[(0, 1, "a")]] * 2, 1, "only one way|only one value"),
    ],
)
def test_undefined(annotators: list[list[Unit]], length: int, why: str) -> None:
    for alpha in (alpha_u(annotators, length), unitized_alpha(annotators, length)):
        assert not alpha.is_defined
        assert alpha.why in why or any(part in alpha.why for part in why.split("|"))


def test_one_unit_on_everything_leaves_u_alpha_one_value() -> None:
    assert unitized_alpha([[(0, 9, "a")]] * 2, 9).why == "only one value occurs"
    assert alpha_u([[(0, 9, "a")]] * 2, 9) == 1


def test_no_documents_are_undefined() -> None:
    assert alpha_u_of({}).why
    assert alpha_u_of({"a": []}).why


def test_a_label_that_nobody_gave_is_undefined() -> None:
    assert alpha_u(TWO, 10, "b").why == "nobody marked anything"
    assert unitized_alpha(TWO, 10, label="b").why == "only one value occurs"


def test_nothing_speaks_against_a_proper_unitizing() -> None:
    assert why_undefined(TWO, 10, ["a"]) == ""


def test_a_span_out_of_the_text_is_refused() -> None:
    with pytest.raises(OffsetError, match=r"\[8, 11\)"):
        alpha_u([[(8, 11, "a")], []], 10)
    with pytest.raises(OffsetError, match=r"\[8, 11\)"):
        unitized_alpha([[(8, 11, "a")], []], 10)
