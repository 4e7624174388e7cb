"""Decisions in force, what stands of them when annotators change their work, and what rulings make of the gold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.agreement.decisions import Ledger, Ruling, is_gone, votes_from_plain, votes_to_plain
from annotator.errors import OperationError
from annotator.model.annotation import Annotation, DocumentLabel, Relation, Value
from tests.support.model import annotation
from tests.support.reviews import Review, related


CLAIM, SOURCE = annotation("c", 0, 10), annotation("s", 20, 30, "source")
BY = Relation("r", "attributed_to", "c", "s")
CLAIM_GOLD, SOURCE_GOLD = (0, 10, "claim"), (20, 30, "source")
ATTRIBUTED = ("attributed_to", CLAIM_GOLD, SOURCE_GOLD)


def moved(one: Annotation, start: int, end: int) -> Annotation:
    return replace(one, start=start, end=end)


def two(*values: Value) -> Review:
    """A review of two annotators with the same."""
    return Review(a=values, b=values)


class TestStanding:
    def test_an_item_is_open_at_first(self) -> None:
        assert two(CLAIM).names() == ["open"]

    def test_it_is_settled_once_decided(self) -> None:
        review = two(CLAIM, SOURCE)
        review.take(0, "a")
        assert (review.standing(0).name, review.standing(20).name) == ("settled", "open")

    def test_a_rejection_settles_too(self) -> None:
        review = two(CLAIM)
        review.reject(0)
        assert review.names() == ["settled"]

    def test_a_deferral_leaves_it_for_later(self) -> None:
        review = two(CLAIM)
        review.decide(Ruling(review.item(0), "defer"))
        assert review.names() == ["deferred"]

    def test_the_latest_decision_counts(self) -> None:
        review = two(CLAIM)
        review.decide(Ruling(review.item(0), "defer"))
        review.take(0, "a")
        standing = review.standing(0)
        assert (standing.name, standing.decision) == ("settled", review.decisions[-1])

    @pytest.mark.parametrize(
        "changed",
        [
            [moved(CLAIM, 0, 12)],
            [annotation("c", 0, 10, attributes=(("quote", "direct"),))],
            [annotation("c2", 0, 10)],
            [],
            [annotation("c", 0, 10, "passage")],
        ],
        ids=["edge", "attribute", "marked anew", "removed", "label"],
    )
    def test_it_is_reopened_when_an_annotator_changes_their_work(self, changed: list[Value]) -> None:
        review = two(CLAIM)
        review.take(0, "a")
        review.has("b", *changed)
        assert review.names() == ["reopened"]
        assert review.standing(0).decision == review.decisions[-1]

    def test_other_items_stay_settled(self) -> None:
        review = two(CLAIM, SOURCE)
        review.take(0, "a")
        review.take(20, "a")
        review.has("b", moved(CLAIM, 0, 12), SOURCE)
        assert review.names() == ["reopened", "settled"]

    def test_a_deferred_one_that_changed_is_reopened(self) -> None:
        review = two(CLAIM)
        review.decide(Ruling(review.item(0), "defer"))
        review.has("b", moved(CLAIM, 0, 12))
        assert review.names() == ["reopened"]

    def test_a_new_relation_reopens_the_item_that_it_starts_from_alone(self) -> None:
        review = two(CLAIM, SOURCE)
        review.take(0, "a")
        review.take(20, "a")
        review.has("b", CLAIM, SOURCE, BY)
        assert review.names() == ["reopened", "settled"]

    def test_work_that_is_again_as_it_was_when_decided_is_settled_again(self) -> None:
        review = two(CLAIM)
        review.take(0, "a")
        review.has("b", moved(CLAIM, 0, 12))
        review.has("b", CLAIM)
        assert review.names() == ["settled"]

    def test_but_not_where_it_was_decided_otherwise_in_between(self) -> None:
        review = two(CLAIM)
        review.take(0, "a")
        review.has("b", moved(CLAIM, 0, 12))
        review.take(0, "b")
        review.has("b", CLAIM)
        assert review.names() == ["reopened"]
        assert review.standing(0).decision == review.decisions[-1]


class TestNewcomer:
    def test_who_marked_nothing_here_reopens_nothing(self) -> None:
        review = two(CLAIM, SOURCE)
        review.take(0, "a")
        review.has("c", annotation("x", 50, 60))
        assert [(item.start, review.ledger.standing(item).name) for item in review.items] == [
            (0, "settled"),
            (20, "open"),
            (50, "open"),
        ]

    def test_who_agrees_reopens_what_was_decided_without_them(self) -> None:
        review = two(CLAIM)
        review.take(0, "a")
        review.has("c", CLAIM)
        assert review.names() == ["reopened"]

    def test_who_marked_nothing_does_not_shift_relations_between_items(self) -> None:
        review = Review(a=[CLAIM, SOURCE, BY], b=[CLAIM, moved(SOURCE, 20, 33), BY])
        assert [len(item.votes[0].links) for item in review.items] == [0, 1]
        review.take(0, "a")
        review.take(20, "a")
        review.has("c")
        assert [len(item.votes[0].links) for item in review.items] == [1, 0]
        assert review.names() == ["settled", "settled"]

    def test_who_gave_no_document_label_reopens_nothing(self) -> None:
        review = two(DocumentLabel("opinion"))
        review.decide(Ruling(review.of_document, "take", ("a",)))
        review.has("c", CLAIM)
        assert review.names() == ["open", "settled"]


class TestDivision:
    """An item that falls apart, and items that become one."""

    @pytest.fixture
    def review(self) -> Review:
        """One long claim against two short ones: one item."""
        review = Review(a=[annotation("long", 0, 30)], b=[annotation("b1", 0, 14), annotation("b2", 15, 30)])
        assert len(review.items) == 1
        return review

    def shrink(self, review: Review) -> None:
        review.has("a", annotation("long", 0, 14))

    def test_each_part_is_reopened(self, review: Review) -> None:
        review.take(0, "b")
        self.shrink(review)
        assert review.names() == ["reopened", "reopened"]

    def test_each_has_the_gold_in_its_place(self, review: Review) -> None:
        review.take(0, "b")
        first, second = [one.id for one in review.state.annotations]
        self.shrink(review)
        assert [one.id for one in review.gold_of(0)] == [first]
        assert [one.id for one in review.gold_of(15)] == [second]

    def test_deciding_one_leaves_the_gold_of_the_other(self, review: Review) -> None:
        review.take(0, "b")
        self.shrink(review)
        review.reject(0)
        assert review.gold == [(15, 30, "claim")]
        assert review.names() == ["settled", "reopened"]

    def test_what_is_one_item_again_is_reopened(self, review: Review) -> None:
        review.take(0, "b")
        self.shrink(review)
        review.reject(0)
        review.has("a", annotation("long", 0, 30))
        assert review.names() == ["reopened"]
        review.take(0, "a")
        assert review.gold == [(0, 30, "claim")]

    def test_of_items_that_become_one_all_gold_gives_way(self, review: Review) -> None:
        self.shrink(review)
        review.take(0, "a")
        review.take(15, "b")
        review.has("a", annotation("long", 0, 30))
        assert review.names() == ["reopened"]
        review.take(0, "a")
        assert review.gold == [(0, 30, "claim")]

    def test_what_stood_before_they_became_one_does_not_stand_again(self, review: Review) -> None:
        self.shrink(review)
        review.take(0, "a")
        review.take(15, "b")
        review.has("a", annotation("long", 0, 30))
        review.take(0, "a")
        self.shrink(review)
        assert review.names() == ["reopened", "reopened"]


class TestGone:
    """Gold whose annotators took all of it back."""

    @pytest.fixture
    def review(self) -> Review:
        review = Review(a=[CLAIM, SOURCE], b=[CLAIM])
        review.take(0, "a", "b")
        review.has("a", SOURCE)
        review.has("b")
        return review

    def test_it_is_an_item_with_empty_votes_in_the_place_of_the_gold(self, review: Review) -> None:
        item = review.item(0)
        assert is_gone(item.key)
        assert (item.start, item.end, item.group, item.is_disputed) == (0, 10, "text", False)
        assert [(vote.annotator, vote.annotations) for vote in item.votes] == [("a", ()), ("b", ())]

    def test_it_is_reopened_and_says_what_was_decided(self, review: Review) -> None:
        assert (review.standing(0).name, review.standing(0).decision) == ("reopened", review.decisions[0])
        assert [(one.start, one.end) for one in review.gold_of(0)] == [(0, 10)]

    def test_items_stay_in_reading_order(self, review: Review) -> None:
        review.has("a", SOURCE, DocumentLabel("opinion"))
        assert [item.start for item in review.items] == [0, 20, 0]

    def test_rejected_it_is_no_more(self, review: Review) -> None:
        review.reject(0)
        assert review.gold == []
        assert [item.start for item in review.items] == [20]

    def test_what_comes_back_after_that_is_reopened(self, review: Review) -> None:
        review.reject(0)
        review.has("a", CLAIM, SOURCE)
        review.has("b", CLAIM)
        assert review.standing(0).name == "reopened"
        assert review.standing(0).decision == review.decisions[-1]

    def test_what_comes_back_unseen_is_settled_as_it_was(self, review: Review) -> None:
        review.has("a", CLAIM, SOURCE)
        review.has("b", CLAIM)
        assert [(item.start, review.ledger.standing(item).name) for item in review.items] == [
            (0, "settled"),
            (20, "open"),
        ]

    def test_a_hand_made_span_that_nobody_marked_is_not_gone(self) -> None:
        review = Review(a=[], b=[])
        review.state = type(review.state).of([annotation("g", 50, 60)])
        item = replace(two(CLAIM).item(0), key="", votes=())
        review.by_hand(item, None, annotation("h", 70, 80), "add")
        assert review.items == ()

    def test_document_labels_go_the_same_way(self) -> None:
        review = two(DocumentLabel("opinion"))
        review.decide(Ruling(review.of_document, "take", ("a", "b")))
        review.has("a")
        review.has("b")
        assert (is_gone(review.of_document.key), review.names()) == (True, ["reopened"])
        review.decide(Ruling(review.of_document, "reject"))
        assert (review.items, review.state.document_labels) == ((), ())


class TestSpans:
    def test_the_taken_version_becomes_gold_under_ids_of_its_own(self) -> None:
        review = Review(a=[CLAIM], b=[moved(CLAIM, 0, 12)])
        outcome = review.take(0, "b")
        (gold,) = review.state.annotations
        assert gold == replace(CLAIM, id="g0", end=12)
        assert outcome.gold == (("g0",),)
        assert outcome.operation.name == "decide"

    def test_a_rejection_leaves_nothing(self) -> None:
        review = two(CLAIM)
        assert review.reject(0).operation.changes == ()
        assert review.gold == []

    @pytest.mark.parametrize("action", ["reject", "defer"])
    def test_what_stood_before_goes(self, action: str) -> None:
        review = two(CLAIM, SOURCE)
        review.take(0, "a")
        review.take(20, "a")
        review.decide(Ruling(review.item(0), action))  # type: ignore[arg-type]
        assert review.gold == [SOURCE_GOLD]

    def test_another_version_takes_the_place_of_the_first_and_keeps_its_id(self) -> None:
        review = Review(a=[CLAIM], b=[moved(CLAIM, 0, 12)])
        review.take(0, "a")
        review.take(0, "b")
        assert [(one.id, one.end) for one in review.state.annotations] == [("g0", 12)]

    def test_of_several_spans_each_keeps_the_id_of_the_one_it_is_most_like(self) -> None:
        parts = [annotation("b1", 0, 14), annotation("b2", 15, 30)]
        review = Review(a=[annotation("long", 0, 30)], b=parts)
        review.take(0, "b")
        review.take(0, "a")
        assert [(one.id, one.start, one.end) for one in review.state.annotations] == [("g1", 0, 30)]
        review.take(0, "b")
        assert [(one.id, one.start, one.end) for one in review.state.annotations] == [("g2", 0, 14), ("g1", 15, 30)]

    def test_the_same_again_changes_nothing_and_is_a_decision_about_it(self) -> None:
        review = two(CLAIM)
        review.take(0, "a")
        outcome = review.take(0, "a")
        assert (outcome.operation.changes, outcome.gold) == ((), (("g0",),))
        assert review.ledger.by_gold["g0"] == review.decisions[-1]

    def test_the_first_of_several_annotators_is_the_one_whose_version_it_is(self) -> None:
        review = Review(a=[CLAIM], b=[annotation("other", 0, 10)])
        assert Ruling(review.item(0), "take", ("b", "a")).vote == review.item(0).votes[1]

    def test_several_items_are_one_operation(self) -> None:
        review = two(CLAIM, SOURCE)
        rulings = [Ruling(item, "take", ("a",)) for item in review.items]
        assert review.decide(*rulings).gold == (("g0",), ("g1",))
        assert review.gold == [CLAIM_GOLD, SOURCE_GOLD]

    def test_hidden_annotations_are_no_items_and_come_not_into_gold(self) -> None:
        hidden = annotation("h", 5, 5, raw=(5, 9))
        review = Review(a=[CLAIM, hidden], b=[CLAIM])
        review.take(0, "a")
        assert (len(review.items), review.gold) == (1, [CLAIM_GOLD])

    def test_gold_that_the_schema_forbids_beside_other_gold_is_refused(self) -> None:
        furniture = annotation("f", 50, 60, "boilerplate")
        review = two(furniture)
        item = replace(review.item(50), key="", votes=())
        review.by_hand(item, None, annotation("h", 55, 70, "boilerplate"), "add")
        before = review.state
        with pytest.raises(OperationError, match="may not overlap another boilerplate"):
            review.take(50, "a")
        assert review.state == before

    def test_a_span_that_is_gold_by_hand_already_is_refused(self) -> None:
        review = two(CLAIM)
        review.by_hand(replace(review.item(0), key="", votes=()), None, annotation("h", 0, 10), "add")
        with pytest.raises(OperationError, match="this text already has this label"):
            review.take(0, "a")

    def test_an_item_that_changed_since_it_was_shown_is_refused(self) -> None:
        review = two(CLAIM)
        ruling = Ruling(review.item(0), "take", ("a",))
        review.has("b", moved(CLAIM, 0, 12))
        with pytest.raises(OperationError, match="changed in another window"):
            review.decide(ruling)


class TestDocumentLabels:
    def test_the_taken_ones_become_gold(self) -> None:
        review = Review(a=[DocumentLabel("opinion")], b=[DocumentLabel("breaking")])
        review.decide(Ruling(review.of_document, "take", ("a",)))
        assert review.state.document_labels == ("opinion",)
        review.decide(Ruling(review.of_document, "take", ("b",)))
        assert review.state.document_labels == ("breaking",)

    @pytest.mark.parametrize("action", ["reject", "defer"])
    def test_what_leaves_nothing_takes_them_away(self, action: str) -> None:
        review = two(DocumentLabel("opinion"))
        review.decide(Ruling(review.of_document, "take", ("a",)))
        review.decide(Ruling(review.of_document, action))  # type: ignore[arg-type]
        assert review.state.document_labels == ()

    def test_decisions_about_spans_leave_them(self) -> None:
        review = two(DocumentLabel("opinion"), CLAIM)
        review.decide(Ruling(review.of_document, "take", ("a",)))
        review.decide(Ruling(next(iter(review.items)), "take", ("a",)))
        assert review.state.document_labels == ("opinion",)


class TestRelations:
    @pytest.fixture
    def review(self) -> Review:
        return two(CLAIM, SOURCE, BY)

    @pytest.mark.parametrize("order", [(0, 20), (20, 0)], ids=["head first", "tail first"])
    def test_one_comes_with_the_second_of_its_ends(self, review: Review, order: tuple[int, int]) -> None:
        review.take(order[0], "a")
        assert review.related == []
        review.take(order[1], "a")
        assert review.related == [ATTRIBUTED]

    def test_one_comes_with_both_at_once(self, review: Review) -> None:
        outcome = review.decide(*(Ruling(item, "take", ("a",)) for item in review.items))
        assert review.related == [ATTRIBUTED]
        assert outcome.gold == (("g0", "g2"), ("g1",))

    def test_none_comes_where_an_end_is_rejected(self, review: Review) -> None:
        review.take(0, "a")
        review.reject(20)
        assert review.related == []

    def test_one_goes_when_an_end_is_rejected_and_comes_again_with_it(self, review: Review) -> None:
        review.take(0, "a")
        review.take(20, "a")
        review.reject(20)
        assert (review.gold, review.related) == ([CLAIM_GOLD], [])
        review.take(20, "b")
        assert review.related == [ATTRIBUTED]

    def test_one_stays_when_an_end_gets_other_edges(self) -> None:
        review = Review(a=[CLAIM, SOURCE, BY], b=[CLAIM, moved(SOURCE, 20, 33), BY])
        review.take(0, "a")
        review.take(20, "a")
        review.take(20, "b")
        assert review.related == [("attributed_to", CLAIM_GOLD, (20, 33, "source"))]

    def test_its_other_end_may_be_from_another_annotator(self) -> None:
        review = Review(a=[CLAIM, SOURCE, BY], b=[moved(CLAIM, 0, 12), moved(SOURCE, 20, 33)])
        review.take(0, "a")
        review.take(20, "b")
        assert review.related == [("attributed_to", CLAIM_GOLD, (20, 33, "source"))]

    def test_its_other_end_may_be_one_of_several(self) -> None:
        halves = [annotation("s1", 20, 24, "source"), annotation("s2", 25, 30, "source")]
        review = Review(a=[CLAIM, SOURCE, BY], b=[CLAIM, *halves])
        review.take(20, "b")
        review.take(0, "a")
        assert review.related == []  # the source is disputed, so that its item owns the relation
        review.take(20, "a")
        assert review.related == [ATTRIBUTED]

    def test_an_end_in_pieces_is_the_piece_most_like_it(self) -> None:
        review = Review(
            a=[CLAIM, SOURCE, BY],
            b=[moved(CLAIM, 0, 12), annotation("s1", 20, 22, "source"), annotation("s2", 22, 30, "source")],
        )
        review.take(20, "b")
        review.take(0, "a")
        assert review.related == [("attributed_to", CLAIM_GOLD, (22, 30, "source"))]

    def test_only_the_taken_version_has_a_say(self) -> None:
        review = Review(a=[CLAIM, SOURCE, BY], b=[CLAIM, SOURCE])
        review.take(20, "a")
        review.take(0, "b")
        assert review.related == []
        review.take(0, "a")
        assert review.related == [ATTRIBUTED]
        review.take(0, "b")
        assert review.related == []

    def test_one_whose_other_end_is_hidden_does_not_come(self) -> None:
        hidden = annotation("s", 20, 20, "source", raw=(20, 29))
        review = two(CLAIM, hidden, BY)
        review.take(0, "a")
        assert (review.gold, review.related) == ([CLAIM_GOLD], [])

    def test_one_that_the_schema_no_longer_allows_goes(self) -> None:
        review = Review(a=[CLAIM, SOURCE, BY], b=[CLAIM, replace(SOURCE, label="passage")])
        review.take(0, "a")
        review.take(20, "a", label="source")
        assert review.related == [ATTRIBUTED]
        review.take(20, "b", label="source")
        assert (review.gold[1][2], review.related) == ("passage", [])

    def test_no_more_come_than_the_schema_allows(self) -> None:
        sources = [annotation(f"s{n}", 20 + 10 * n, 25 + 10 * n, "source") for n in range(3)]
        by = [Relation(f"r{n}", "attributed_to", "c", f"s{n}") for n in range(3)]
        review = two(CLAIM, *sources, *by)
        review.decide(*(Ruling(item, "take", ("a",)) for item in review.items))
        assert len(review.related) == 2

    def test_its_attributes_are_those_of_the_taken_version(self) -> None:
        said = replace(BY, attributes=(("mode", "said"),))
        review = Review(a=[CLAIM, SOURCE, BY], b=[CLAIM, SOURCE, said])
        review.take(20, "a")
        review.take(0, "a")
        review.take(0, "b")
        assert [one.attributes for one in review.state.relations] == [(("mode", "said"),)]

    def test_it_is_gold_of_the_decision_that_brought_it(self, review: Review) -> None:
        review.take(0, "a")
        review.take(20, "a")
        (relation,) = review.state.relations
        assert review.ledger.by_gold[relation.id] == review.decisions[1]

    def test_one_stays_when_its_head_is_reopened_and_its_tail_decided_again(self, review: Review) -> None:
        review.take(0, "a")
        review.take(20, "a")
        review.has("b", moved(CLAIM, 0, 12), moved(SOURCE, 20, 33), BY)
        review.take(20, "b")
        assert review.standing(0).name == "reopened"
        assert review.related == [("attributed_to", CLAIM_GOLD, (20, 33, "source"))]

    def test_one_that_an_annotator_took_back_goes_with_the_next_decision(self, review: Review) -> None:
        review.take(0, "a")
        review.take(20, "a")
        review.has("a", CLAIM, SOURCE)
        review.has("b", CLAIM, SOURCE)
        assert review.related == [ATTRIBUTED]
        review.take(0, "a")
        assert review.related == []

    def test_one_that_an_annotator_adds_to_decided_spans_comes_with_the_next_decision(self) -> None:
        review = Review(a=[CLAIM, SOURCE], b=[CLAIM, moved(SOURCE, 20, 33)])
        review.take(0, "a")
        review.take(20, "a")
        review.has("a", CLAIM, SOURCE, BY)
        review.take(0, "a")
        assert review.related == [ATTRIBUTED]


class TestRelationsByHand:
    """What a reviewer made of relations is not undone by decisions about other items."""

    @pytest.fixture
    def review(self) -> Review:
        """Two annotators without the relation; both items are decided."""
        review = Review(a=[CLAIM, SOURCE], b=[CLAIM, moved(SOURCE, 20, 33)])
        review.take(0, "a")
        review.take(20, "a")
        return review

    def relate(self, review: Review, label: str = "attributed_to") -> Relation:
        claim, source = review.state.annotations
        relation = Relation("hand", label, claim.id, source.id)
        review.by_hand(review.item(0), None, relation)
        return relation

    def test_one_stays_when_its_tail_is_decided_again(self, review: Review) -> None:
        self.relate(review)
        review.take(20, "b")
        assert review.related == [("attributed_to", CLAIM_GOLD, (20, 33, "source"))]
        assert [one.id for one in review.state.relations] == ["hand"]
        assert review.ledger.by_gold["hand"].action == "edit"

    def test_one_goes_when_its_head_is_decided_again(self, review: Review) -> None:
        self.relate(review)
        review.take(0, "a")
        assert review.related == []

    def test_one_goes_when_its_tail_is_rejected(self, review: Review) -> None:
        self.relate(review)
        review.reject(20)
        assert review.related == []

    def test_one_removed_does_not_come_again_with_its_tail(self) -> None:
        review = Review(a=[moved(CLAIM, 0, 12), SOURCE, BY], b=[CLAIM, moved(SOURCE, 20, 33), BY])
        review.take(0, "b")
        review.take(20, "a")
        (relation,) = review.state.relations
        review.by_hand(review.item(0), relation, None)
        review.take(20, "b")
        assert review.related == []
        review.take(0, "b")
        assert len(review.related) == 1

    def test_one_changed_stays_as_it_is_when_its_tail_is_decided_again(self) -> None:
        claims: list[Value] = [CLAIM, annotation("d", 40, 50), Relation("r", "repeats", "c", "d")]
        review = two(*claims)
        review.take(0, "a")
        review.take(40, "a")
        (relation,) = review.state.relations
        head, tail = relation.head, relation.tail
        review.by_hand(review.item(0), relation, None)
        review.by_hand(review.item(0), None, Relation("new", "repeats", tail, head))
        review.take(40, "b")
        assert related(review.state) == [("repeats", (40, 50, "claim"), CLAIM_GOLD)]


class TestByHand:
    def test_an_edit_is_the_latest_decision_about_the_item(self) -> None:
        review = two(CLAIM)
        review.take(0, "a")
        (gold,) = review.state.annotations
        review.by_hand(review.item(0), gold, moved(gold, 0, 8))
        assert review.standing(0).name == "settled"
        assert review.ledger.by_gold[gold.id].action == "edit"

    def test_relations_still_come_when_their_other_end_is_decided(self) -> None:
        review = two(CLAIM, SOURCE, BY)
        review.take(0, "a")
        (gold,) = review.state.annotations
        review.by_hand(review.item(0), gold, moved(gold, 0, 8))
        review.take(20, "a")
        assert review.related == [("attributed_to", (0, 8, "claim"), SOURCE_GOLD)]


def test_a_ledger_without_decisions_knows_nothing() -> None:
    item, ledger = two(CLAIM).item(0), Ledger(())
    assert (ledger.by_gold, ledger.concerning(item), ledger.standing(item).decision) == ({}, [], None)


def test_votes_are_the_same_when_read_back() -> None:
    review = Review(a=[CLAIM, SOURCE, BY, DocumentLabel("opinion")], b=[moved(CLAIM, 0, 12)])
    for item in review.items:
        plain = votes_to_plain(item.votes)
        assert votes_to_plain(votes_from_plain(plain)) == plain
        assert [vote.annotator for vote in votes_from_plain(plain)] == ["a", "b"]
