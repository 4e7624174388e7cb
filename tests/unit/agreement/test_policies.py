"""What may become gold without a reviewer."""

from __future__ import annotations

import pytest

from annotator.agreement.policies import POLICIES, find_policy
from annotator.errors import UsageError
from annotator.model.annotation import DocumentLabel, Relation, Value
from tests.support.model import annotation
from tests.support.reviews import TEXT, Review


HERE = annotation("a", 0, 9)
LONGER = annotation("a", 0, 10)
"""One space more, which is trivial."""
OTHER = annotation("a", 0, 14)


def chosen(policy: str, *work: list[Value], start: int = 0) -> tuple[str, ...]:
    """Whose version of an item a policy takes; the annotators are a, b, c and so on."""
    review = Review(**dict(zip("abcdef", work, strict=False)))
    return find_policy(policy).choose(review.item(start))


class TestUnanimous:
    def test_takes_what_all_marked_alike(self) -> None:
        assert chosen("unanimous", [HERE], [HERE]) == ("a", "b")

    @pytest.mark.parametrize(
        "other",
        [[], [LONGER], [annotation("a", 0, 9, "source")], [annotation("a", 0, 9, attributes=(("quote", "direct"),))]],
        ids=["nothing", "boundary", "label", "attribute"],
    )
    def test_takes_nothing_where_one_differs(self, other: list[Value]) -> None:
        assert chosen("unanimous", [HERE], [HERE], other) == ()

    def test_takes_nothing_that_only_one_annotator_could_mark(self) -> None:
        assert chosen("unanimous", [HERE]) == ()

    def test_a_relation_that_only_one_has_is_a_difference(self) -> None:
        source = annotation("s", 20, 24, "source")
        relation = Relation("r", "attributed_to", "a", "s")
        assert chosen("unanimous", [HERE, source, relation], [HERE, source]) == ()
        assert chosen("unanimous", [HERE, source, relation], [HERE, source], start=20) == ("a", "b")

    def test_takes_document_labels_that_all_gave(self) -> None:
        assert chosen("unanimous", [DocumentLabel("opinion")], [DocumentLabel("opinion")]) == ("a", "b")
        assert chosen("unanimous", [DocumentLabel("opinion")], []) == ()


class TestMajority:
    @pytest.mark.parametrize(
        ("work", "taken"),
        [
            ([[HERE], [HERE], []], ("a", "b")),
            ([[], [HERE], [HERE]], ("b", "c")),
            ([[HERE], [HERE]], ("a", "b")),
            ([[HERE], [HERE], [], []], ()),
            ([[HERE], [HERE], [HERE], [], []], ("a", "b", "c")),
            ([[HERE], []], ()),
            ([[HERE]], ()),
        ],
    )
    def test_takes_what_more_than_half_and_two_at_least_marked_alike(
        self, work: list[list[Value]], taken: tuple[str, ...]
    ) -> None:
        assert chosen("majority", *work) == taken

    def test_takes_nothing_where_anybody_marked_something_else(self) -> None:
        assert chosen("majority", [HERE], [HERE], [HERE], [OTHER]) == ()


class TestTrivial:
    def test_takes_what_unanimous_takes(self) -> None:
        assert chosen("trivial", [HERE], [HERE]) == ("a", "b")

    def test_takes_the_longest_of_boundaries_that_differ_trivially(self) -> None:
        assert TEXT[9] == " "
        assert chosen("trivial", [HERE], [LONGER], [HERE]) == ("b",)

    @pytest.mark.parametrize("other", [[OTHER], [], [annotation("a", 0, 10, "source")]])
    def test_takes_nothing_where_more_differs(self, other: list[Value]) -> None:
        assert chosen("trivial", [HERE], [LONGER], other) == ()

    def test_takes_nothing_that_only_one_annotator_could_mark(self) -> None:
        assert chosen("trivial", [HERE]) == ()


def test_none_takes_nothing() -> None:
    assert chosen("none", [HERE], [HERE]) == ()
    assert [policy.name for policy in POLICIES.values() if not policy.decides] == ["none"]


def test_a_policy_is_recorded_with_its_version() -> None:
    assert find_policy("majority").signature == "majority/1"


def test_an_unknown_policy_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="there is no policy 'half'") as caught:
        find_policy("half")
    assert caught.value.hint == "The policies are: unanimous, majority, trivial, none."
