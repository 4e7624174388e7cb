from __future__ import annotations

import numpy as np
import pytest

from annotator.agreement.relations import Link, RelationMatch, relation_counts, relation_counts_by_label, relation_f1
from annotator.agreement.spans import Counts, f1_of
from annotator.errors import UsageError


CLAIM, OTHER_CLAIM = (10, 30, "claim"), (40, 60, "claim")
SOURCE, OTHER_SOURCE = (0, 6, "source"), (32, 38, "source")
# The same with other boundaries.
CLAIM_SHIFTED, SOURCE_SHIFTED = (12, 30, "claim"), (0, 7, "source")


def said(head: tuple[int, int, str] = CLAIM, tail: tuple[int, int, str] = SOURCE) -> Link:
    return ("said by", head, tail)


def test_exact_takes_the_same_ends_and_label() -> None:
    one = [said(), said(OTHER_CLAIM)]
    other = [said(), said(OTHER_CLAIM, OTHER_SOURCE), ("denied by", CLAIM, SOURCE)]
    f1 = relation_f1(one, other)
    assert f1 == pytest.approx(2 * 1 / 5)
    assert (f1.n, f1.of) == (5, "relations")


def test_exact_takes_the_labels_of_the_ends() -> None:
    assert relation_f1([said()], [said((10, 30, "quote"))]) == 0


@pytest.mark.parametrize("match", ["exact", "aligned"])
def test_direction_matters(match: RelationMatch) -> None:
    ends = ((0, 9, "claim"), (10, 19, "claim"))
    assert relation_f1([said(*ends)], [said(*reversed(ends))], match) == 0


def test_aligned_ends_stand_for_each_other() -> None:
    one, other = [said()], [said(CLAIM_SHIFTED, SOURCE_SHIFTED)]
    assert relation_f1(one, other) == 0
    assert relation_f1(one, other, "aligned") == 1


def test_aligned_ends_have_the_same_label() -> None:
    assert relation_f1([said()], [said((10, 30, "quote"))], "aligned") == 0


def test_aligned_ends_overlap_by_half() -> None:
    assert relation_f1([said((0, 10, "claim"))], [said((0, 5, "claim"))], "aligned") == 1
    assert relation_f1([said((0, 10, "claim"))], [said((0, 4, "claim"))], "aligned") == 0


def test_one_aligned_end_is_not_enough() -> None:
    far = (70, 90, "claim")
    assert relation_f1([said(tail=SOURCE)], [said(tail=OTHER_SOURCE)], "aligned") == 0
    assert relation_f1([said(head=CLAIM)], [said(head=far)], "aligned") == 0


def test_an_end_stands_for_one_other_only() -> None:
    halves = [said((10, 21, "claim")), said((19, 30, "claim"))]
    assert relation_counts([said()], halves, "aligned") == (1, 1, 2)


def test_full_spans_decide_what_stands_for_what() -> None:
    one, other = [said()], [said((10, 28, "claim"))]
    assert relation_f1(one, other, "aligned") == 1
    # The other also marked the very claim, without a source: that one is its counterpart.
    assert relation_f1(one, other, "aligned", [CLAIM, SOURCE], [CLAIM, (10, 28, "claim"), SOURCE]) == 0


def test_ends_count_as_spans_though_not_listed() -> None:
    other = [said(CLAIM_SHIFTED, SOURCE_SHIFTED)]
    assert relation_f1([said()], other, "aligned", [OTHER_CLAIM], [OTHER_SOURCE]) == 1


@pytest.mark.parametrize("match", ["exact", "aligned"])
def test_equal_relations_of_one_annotator_count_once(match: RelationMatch) -> None:
    assert relation_counts([said(), said()], [said()], match) == (1, 1, 1)


@pytest.mark.parametrize("match", ["exact", "aligned"])
def test_no_relations_from_both_are_one_but_count_nothing(match: RelationMatch) -> None:
    f1 = relation_f1([], [], match)
    assert (f1, f1.n) == (1, 0)


@pytest.mark.parametrize("match", ["exact", "aligned"])
def test_relations_of_one_only_are_zero(match: RelationMatch) -> None:
    assert relation_f1([said()], [], match) == relation_f1([], [said()], match) == 0


def test_aligned_labels_of_relations_have_to_be_equal() -> None:
    assert relation_f1([said()], [("denied by", CLAIM_SHIFTED, SOURCE)], "aligned") == 0


@pytest.mark.parametrize("match", ["exact", "aligned"])
def test_counts_by_label_add_up(match: RelationMatch) -> None:
    one = [said(), ("denied by", OTHER_CLAIM, OTHER_SOURCE)]
    other = [said(), said(OTHER_CLAIM, OTHER_SOURCE), ("quotes", CLAIM, OTHER_CLAIM)]
    by_label = relation_counts_by_label(one, other, match)
    assert by_label == {"said by": (1, 1, 2), "denied by": (0, 1, 0), "quotes": (0, 0, 1)}
    assert relation_counts(one, other, match) == (1, 2, 3)


def test_f1_of_a_corpus_is_that_of_the_sums() -> None:
    total = relation_counts([said()], [said()]).plus(relation_counts([], [said()]))
    assert total == Counts(1, 1, 2)
    assert f1_of(total, of="relations") == pytest.approx(2 / 3)


def test_lists_and_arrays_are_fine_as_ends() -> None:
    loose = [["said by", list(CLAIM), np.array(SOURCE, dtype=object)]]
    for match in ("exact", "aligned"):
        assert relation_f1(loose, [said()], match) == 1  # type: ignore[arg-type]


def test_an_unknown_match_is_refused() -> None:
    with pytest.raises(UsageError, match="no match"):
        relation_f1([], [], "near")  # type: ignore[arg-type]
