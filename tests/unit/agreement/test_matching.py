"""What two annotators share."""

from __future__ import annotations

from collections import Counter

import pytest

from annotator.agreement.report.matching import FURTHEST, NONE, binned, confusions, edges, f1_sums, paired
from annotator.agreement.spans import Counts
from annotator.agreement.study import Unit


TEXT = "قال الوزير أمس إن «الأسعار» انخفضت كثيرا."


def sums(one: list[Unit], other: list[Unit]) -> dict[tuple[str, str], Counts]:
    return f1_sums(TEXT, one, other, paired(one, other))


class TestPaired:
    def test_equal_spans_stand_for_each_other_before_anything_else(self) -> None:
        found = paired([(0, 10, "claim"), (0, 9, "claim")], [(0, 9, "claim")])
        assert found.equal == [(0, 9, "claim")]
        assert found.of_one == [(0, 10, "claim")]

    def test_then_those_of_one_label(self) -> None:
        found = paired([(0, 10, "claim")], [(0, 9, "source"), (0, 8, "claim")])
        assert found.shifted == [((0, 10, "claim"), (0, 8, "claim"))]
        assert found.of_other == [(0, 9, "source")]

    def test_then_any_that_overlap_by_half(self) -> None:
        found = paired([(0, 10, "claim"), (20, 30, "claim")], [(0, 9, "source"), (27, 40, "source")])
        assert found.relabelled == [((0, 10, "claim"), (0, 9, "source"))]
        assert (found.of_one, found.of_other) == ([(20, 30, "claim")], [(27, 40, "source")])

    def test_every_span_is_in_one_place(self) -> None:
        one: list[Unit] = [(0, 10, "claim"), (2, 8, "source"), (20, 30, "claim"), (50, 60, "claim")]
        other: list[Unit] = [(0, 10, "claim"), (2, 7, "source"), (20, 31, "source")]
        found = paired(one, other)
        both = [*found.shifted, *found.relabelled]
        assert sorted([*found.equal, *(mine for mine, _ in both), *found.of_one]) == sorted(one)
        assert sorted([*found.equal, *(its for _, its in both), *found.of_other]) == sorted(other)


class TestSums:
    def test_labels_add_up_to_all(self) -> None:
        found = sums([(0, 3, "claim"), (4, 10, "source")], [(0, 3, "claim"), (4, 14, "source")])
        assert found["exact", "claim"] == (1, 1, 1)
        assert found["exact", "source"] == (0, 1, 1)
        assert found["exact", ""] == (1, 2, 2)
        assert found["overlap", ""] == (2, 2, 2)
        assert found["character", ""] == (9, 9, 13)

    def test_without_labels_another_label_matches(self) -> None:
        found = sums([(0, 3, "claim")], [(0, 3, "source")])
        assert found["exact", ""] == (0, 1, 1)
        assert found["exact unlabelled", ""] == (1, 1, 1)
        assert found["overlap unlabelled", ""] == (1, 1, 1)
        assert found["character unlabelled", ""] == (3, 3, 3)

    @pytest.mark.parametrize(
        ("one", "other", "matched"),
        [
            ((4, 10), (6, 10), 1),  # the article
            ((19, 26), (18, 27), 1),  # quotation marks
            ((4, 10), (4, 14), 0),  # a word
            ((4, 10), (6, 14), 0),  # the article and a word
        ],
    )
    def test_trivial_edges_are_forgiven_if_both_are(
        self, one: tuple[int, int], other: tuple[int, int], matched: int
    ) -> None:
        found = sums([(*one, "claim")], [(*other, "claim")])
        assert found["trivial", "claim"] == found["trivial", ""] == (matched, 1, 1)

    def test_spans_match_once_exactly_or_trivially(self) -> None:
        found = sums([(4, 10, "claim"), (6, 10, "claim")], [(4, 10, "claim")])
        assert found["trivial", ""] == (1, 2, 1)

    def test_nothing_on_both_sides_has_no_labels(self) -> None:
        assert not {key for key in sums([], []) if "unlabelled" not in key[0]}


class TestConfusions:
    def test_each_thing_has_the_labels_of_both(self) -> None:
        one: list[Unit] = [(0, 10, "claim"), (20, 30, "claim"), (40, 50, "claim"), (60, 70, "claim")]
        other: list[Unit] = [(0, 10, "claim"), (20, 29, "claim"), (40, 50, "source"), (80, 90, "source")]
        assert Counter(confusions(paired(one, other))) == {
            ("claim", "claim"): 2,
            ("claim", "source"): 1,
            ("claim", NONE): 1,
            (NONE, "source"): 1,
        }


class TestEdges:
    def test_they_are_signed_from_the_one_to_the_other(self) -> None:
        assert list(edges(paired([(10, 30, "claim")], [(8, 33, "claim")]))) == [("start", -2), ("end", 3)]

    def test_equal_spans_and_other_labels_have_none(self) -> None:
        one: list[Unit] = [(0, 10, "claim"), (20, 30, "claim")]
        assert list(edges(paired(one, [(0, 10, "claim"), (20, 31, "source")]))) == []

    @pytest.mark.parametrize(("difference", "bin_"), [(0, 0), (19, 19), (20, 20), (99, 20), (-19, -19), (-99, -20)])
    def test_far_ones_share_a_bin(self, difference: int, bin_: int) -> None:
        assert FURTHEST == 20
        assert binned(difference) == bin_
