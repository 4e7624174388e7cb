"""What an annotator learns from a review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from annotator.agreement.decisions import Action, Ruling
from annotator.agreement.itemizing import versions
from annotator.agreement.items import Item
from annotator.agreement.policies import find_policy
from annotator.errors import UsageError
from annotator.model import edits
from annotator.model.annotation import Annotation, Status
from annotator.model.operations import Change, Operation
from annotator.services.adjudicating import GoldSession
from annotator.services.feedback import Correction, Feedback, Side, feedback
from annotator.services.looking import find_document, list_documents
from annotator.services.project import Project
from annotator.services.session import new_id
from tests.support.projects import BODY, CLAIM, SOURCE, add, create, record, session, span, take_records
from tests.support.studies import ERRORS, made_study


DONE = Operation("status", (Change(None, Status("done")),))
SHORT_CLAIM = (CLAIM[0], CLAIM[1] - len(" انخفضت"))
SECOND = (BODY.index("الهيئة"), BODY.index("الهيئة") + 6)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create(tmp_path / "annotator.db") as project:
        yield project


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def marked(project: Project, folder: Path, doc_id: str = "a", **work: Any) -> None:
    """A document with the spans of some annotators; a mapping is a whole record's."""
    for name, spans in work.items():
        parts = spans if isinstance(spans, Mapping) else {"spans": spans} if spans else {"status": "done"}
        given = record(doc_id=doc_id, text=BODY, title=f"خبر {doc_id}", annotator=name, **parts)
        report = take_records(project, folder, given)
        assert not report.rejected


def desk(project: Project, doc_id: str = "a") -> GoldSession:
    """A reviewer at work."""
    return GoldSession(project, "huda", find_document(project, doc_id))


def only_item(desk: GoldSession) -> Item:
    (item,) = desk.items
    return item


def take(desk: GoldSession, name: str, item: Item | None = None, reason: Any = "", comment: str = "") -> None:
    """Make one annotator's version gold."""
    found = item or only_item(desk)
    vote = next(vote for vote in found.votes if vote.annotator == name)
    action: Action = "take" if vote.annotations or vote.document_labels else "reject"
    desk.settle([Ruling(found, action, (name,) if action == "take" else (), reason, comment)])


def item_at(desk: GoldSession, start: int) -> Item:
    return next(item for item in desk.items if item.start == start)


def only(found: Feedback) -> Correction:
    (correction,) = found.corrections
    return correction


def texts(side: Side) -> list[tuple[str, str]]:
    return [(one.annotation.label, one.text) for one in side.spans]


class TestWhatCounts:
    def test_work_that_nobody_decided_about_has_no_feedback(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*CLAIM)], nour=[span(*SHORT_CLAIM)])
        assert feedback(project, "salma") == Feedback("salma", 0, (), ())

    def test_somebody_unknown_has_none(self, project: Project) -> None:
        assert feedback(project, "zayd") == Feedback("zayd", 0, (), ())

    def test_a_version_that_was_taken_is_kept(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*CLAIM)], nour=[span(*SHORT_CLAIM)])
        take(desk(project), "salma")
        found = feedback(project, " SALMA")
        assert (found.annotator, found.decided, found.kept, found.corrections) == ("salma", 1, 1, ())

    def test_what_was_merged_is_kept_too(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*CLAIM)], nour=[span(*CLAIM)])
        desk(project).merge(find_policy("unanimous"))
        assert (feedback(project, "salma").decided, feedback(project, "salma").kept) == (1, 1)

    def test_what_a_policy_decided_otherwise_is_a_correction(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*SOURCE, "source")], nour=[span(*CLAIM)], amal=[span(*CLAIM)])
        desk(project).merge(find_policy("majority"))
        correction = only(feedback(project, "salma"))
        assert (correction.kind, correction.reviewer, correction.policy) == ("missed", "", "majority/1")

    def test_undecided_and_deferred_items_do_not_appear(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*CLAIM), span(*SOURCE, "source")], nour=[])
        review = desk(project)
        review.settle([Ruling(item_at(review, CLAIM[0]), "defer")])
        assert feedback(project, "salma").decided == 0

    def test_a_deferral_takes_back_what_was_decided_before(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*CLAIM)], nour=[span(*SHORT_CLAIM)])
        review = desk(project)
        take(review, "nour")
        review.settle([Ruling(only_item(review), "defer")])
        assert feedback(project, "salma").decided == 0

    def test_what_was_undone_does_not_count_until_it_is_redone(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*CLAIM)], nour=[span(*SHORT_CLAIM)])
        review = desk(project)
        take(review, "nour")
        review.undo()
        assert feedback(project, "salma").decided == 0
        review.redo()
        assert only(feedback(project, "salma")).kind == "boundary"

    def test_what_others_marked_and_a_reviewer_rejected_is_not_theirs(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*SOURCE, "source")], nour=[span(*CLAIM)])
        review = desk(project)
        take(review, "salma", item_at(review, CLAIM[0]))
        assert feedback(project, "salma").decided == 0
        assert only(feedback(project, "nour")).kind == "rejected"

    def test_the_latest_decision_counts(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*CLAIM)], nour=[span(*SHORT_CLAIM)])
        review = desk(project)
        take(review, "nour", reason="slip")
        take(review, "salma")
        assert (feedback(project, "salma").decided, feedback(project, "salma").kept) == (1, 1)
        assert only(feedback(project, "nour")).reason == ""

    def test_the_vote_of_then_counts_whatever_was_changed_since(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*CLAIM, id="c1")], nour=[span(*SHORT_CLAIM)])
        take(desk(project), "nour")
        own = session(project, "a")
        own.execute(edits.remove(own.state, "c1"))
        assert texts(only(feedback(project, "salma")).yours) == [("claim", BODY[slice(*CLAIM)])]

    def test_an_item_that_changed_and_was_decided_again_counts_once(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*CLAIM, id="c1")], nour=[span(*SHORT_CLAIM)])
        take(desk(project), "nour")
        own = session(project, "a")
        own.execute(edits.move_edges(own.state, own.schema, "c1", SHORT_CLAIM, len(BODY)))
        take(desk(project), "nour")
        assert (feedback(project, "salma").decided, feedback(project, "salma").kept) == (1, 1)

    def test_numbers_by_kind_have_the_most_frequent_first(self, project: Project, folder: Path) -> None:
        for doc_id in "ab":
            marked(project, folder, doc_id, salma=[span(*CLAIM)], nour=[span(*SHORT_CLAIM)])
            take(desk(project, doc_id), "nour")
        marked(project, folder, "c", salma=[span(*CLAIM)], nour=[])
        take(desk(project, "c"), "nour")
        assert feedback(project, "salma").kinds == {"boundary": 2, "rejected": 1}


class TestCorrections:
    def test_a_boundary_has_both_texts_and_its_edge(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*CLAIM)], nour=[span(*SHORT_CLAIM)])
        take(desk(project), "nour")
        one = only(feedback(project, "salma"))
        assert (one.kind, one.edge, one.is_trivial) == ("boundary", "end", False)
        assert (texts(one.yours), texts(one.gold)) == (
            [("claim", BODY[slice(*CLAIM)])],
            [("claim", BODY[slice(*SHORT_CLAIM)])],
        )
        assert (one.doc_id, one.title, one.start, one.end) == ("a", "خبر a", *CLAIM)

    @pytest.mark.parametrize(
        ("theirs", "gold", "kind"),
        [
            ([span(*CLAIM)], [span(*CLAIM, "source")], "label"),
            ([span(*CLAIM)], [span(*SHORT_CLAIM, "source")], "boundary and label"),
            ([span(*CLAIM)], [span(CLAIM[0], 20), span(21, CLAIM[1])], "split"),
            ([span(CLAIM[0], 20), span(21, CLAIM[1])], [span(*CLAIM)], "split"),
            (
                [span(*CLAIM, attributes=[{"key": "quote", "value": "direct"}])],
                [span(*CLAIM, attributes=[{"key": "quote", "value": "indirect"}])],
                "attribute",
            ),
            ([span(*SECOND, "source")], [span(*CLAIM), span(*SECOND, "source")], "missed"),
            ([span(*CLAIM)], [], "rejected"),
        ],
    )
    def test_kinds(self, project: Project, folder: Path, theirs: Any, gold: Any, kind: str) -> None:
        marked(project, folder, salma=theirs, nour=gold)
        review = desk(project)
        for item in review.items:
            take(review, "nour", item)
        assert only(feedback(project, "salma")).kind == kind
        assert feedback(project, "nour").corrections == ()

    def test_a_missed_span_has_an_empty_side(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*SOURCE, "source")], nour=[span(*CLAIM)])
        review = desk(project)
        take(review, "nour", item_at(review, CLAIM[0]))
        one = only(feedback(project, "salma"))
        assert (one.yours.is_empty, texts(one.gold)) == (True, [("claim", BODY[slice(*CLAIM)])])

    def test_reason_comment_reviewer_and_time_come_along(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*CLAIM)], nour=[span(*SHORT_CLAIM)])
        review = desk(project)
        take(review, "nour", reason="guideline", comment="بلا الفعل")
        one = only(feedback(project, "salma"))
        assert (one.reason, one.comment, one.reviewer, one.policy, one.guideline) == (
            "guideline",
            "بلا الفعل",
            "huda",
            "",
            1,
        )
        assert one.at == review.ledger.decisions[-1].at

    def test_a_reason_given_afterwards_counts(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*CLAIM)], nour=[span(*SHORT_CLAIM)])
        review = desk(project)
        take(review, "nour")
        review.explain(only_item(review), "unclear", "")
        assert only(feedback(project, "salma")).reason == "unclear"

    def test_gold_edited_by_hand_differs_from_what_was_taken(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*CLAIM)], nour=[])
        review = desk(project)
        take(review, "salma")
        (gold,) = review.gold_of(only_item(review))
        review.execute(edits.move_edges(review.state, review.schema, gold.id, SHORT_CLAIM, len(BODY)))
        one = only(feedback(project, "salma"))
        assert (one.kind, texts(one.gold)) == ("boundary", [("claim", BODY[slice(*SHORT_CLAIM)])])

    def test_a_reason_outlives_an_edit_by_hand(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*CLAIM)], nour=[span(*SHORT_CLAIM)])
        review = desk(project)
        take(review, "nour", reason="slip")
        (gold,) = review.gold_of(only_item(review))
        review.execute(edits.move_edges(review.state, review.schema, gold.id, (CLAIM[0], 20), len(BODY)))
        assert only(feedback(project, "salma")).reason == "slip"

    def test_document_labels_are_compared(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma={"document_labels": ["opinion"]}, nour={"document_labels": ["broken_page"]})
        take(desk(project), "nour")
        one = only(feedback(project, "salma"))
        assert (one.kind, one.yours.document_labels, one.gold.document_labels) == (
            "document label",
            ("opinion",),
            ("broken_page",),
        )

    def test_they_stand_by_document_and_place(self, project: Project, folder: Path) -> None:
        for doc_id in "ba":
            marked(project, folder, doc_id, salma=[span(*CLAIM), span(*SOURCE, "source")], nour=[])
            review = desk(project, doc_id)
            for item in review.items[::-1]:
                take(review, "nour", item)
        found = [(one.doc_id, one.start) for one in feedback(project, "salma").corrections]
        assert found == [("a", SOURCE[0]), ("a", CLAIM[0]), ("b", SOURCE[0]), ("b", CLAIM[0])]

    def test_one_document_may_be_asked_for(self, project: Project, folder: Path) -> None:
        for doc_id in "ab":
            marked(project, folder, doc_id, salma=[span(*CLAIM)], nour=[])
            take(desk(project, doc_id), "nour")
            desk(project, doc_id).send_back("salma", doc_id)
        found = feedback(project, "salma", "b")
        assert [one.doc_id for one in (*found.corrections, *found.sent_back)] == ["b", "b"]

    def test_an_unknown_document_is_refused(self, project: Project) -> None:
        with pytest.raises(UsageError, match="there is no document 'x'"):
            feedback(project, "salma", "x")

    def test_nothing_of_other_annotators_is_in_it(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*CLAIM)], nour=[span(*SHORT_CLAIM)], amal=[span(*SECOND)])
        review = desk(project)
        take(review, "nour", item_at(review, CLAIM[0]))
        take(review, "salma", item_at(review, SECOND[0]))
        said = str(asdict(feedback(project, "salma")))
        assert "nour" not in said
        assert "amal" not in said
        assert BODY[slice(*SECOND)] not in said


def related(*links: tuple[str, str]) -> dict[str, Any]:
    """A claim and two sources, with relations of the claim."""
    spans = [span(*CLAIM, id="c"), span(*SOURCE, "source", id="s"), span(*SECOND, "source", id="z")]
    relations = [{"id": f"{head}{tail}", "label": "attributed_to", "head": head, "tail": tail} for head, tail in links]
    return {"spans": spans, "relations": relations}


class TestRelations:
    def test_a_relation_that_the_gold_has_otherwise_is_a_correction(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=related(("c", "s")), nour=related(("c", "z")))
        review = desk(project)
        for item in review.items:
            take(review, "nour", item)
        one = only(feedback(project, "salma"))
        assert (one.kind, one.start) == ("relation", CLAIM[0])
        assert [(link.end, link.other) for link in one.yours.relations] == [("head", BODY[slice(*SOURCE)])]
        assert [(link.end, link.other) for link in one.gold.relations] == [("head", BODY[slice(*SECOND)])]
        assert (feedback(project, "nour").decided, feedback(project, "nour").kept) == (3, 3)

    def test_while_its_other_end_is_undecided_a_relation_is_not_missing(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=related(("c", "s")), nour=related(("c", "s")))
        review = desk(project)
        take(review, "salma", item_at(review, CLAIM[0]))
        assert feedback(project, "salma").corrections == ()

    def test_where_its_other_end_was_rejected_only_that_is_said(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=related(("c", "s")), nour=[span(*CLAIM)])
        review = desk(project)
        take(review, "salma", item_at(review, CLAIM[0]))
        take(review, "nour", item_at(review, SOURCE[0]))
        assert [(one.kind, one.start) for one in feedback(project, "salma").corrections] == [("rejected", SOURCE[0])]

    def test_where_its_other_end_was_missed_only_that_is_said(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*CLAIM)], nour=related(("c", "s")))
        review = desk(project)
        for item in review.items:
            if item.start != SECOND[0]:
                take(review, "nour", item)
        assert [(one.kind, one.start) for one in feedback(project, "salma").corrections] == [("missed", SOURCE[0])]

    def test_a_relation_decided_with_its_tail_counts_there(self, project: Project, folder: Path) -> None:
        short = {**related(("c", "s")), "spans": [span(*CLAIM, id="c"), span(4, 8, "source", id="s")]}
        marked(project, folder, salma={**related(), "spans": related()["spans"][:2]}, nour=short)
        review = desk(project)
        for item in review.items:
            take(review, "nour", item)
        assert [(one.kind, one.start) for one in feedback(project, "salma").corrections] == [("boundary", SOURCE[0])]
        assert feedback(project, "nour").corrections == ()

    @pytest.mark.parametrize("seed", range(3))
    def test_whose_versions_all_become_gold_has_no_correction(self, project: Project, folder: Path, seed: int) -> None:
        errors = dict.fromkeys(ERRORS, 1) | {"relation type": 0, "relabelled": 0, "relabelled and shifted": 0}
        (document,) = made_study(seed, annotators=3, errors=errors, untouched=1).documents
        take_records(project, folder, {"id": "a", "text": document.text})
        for who, state in document.work.items():
            session(project, "a", who).execute(edits.imported(list(state.values.values())))
        review = desk(project)
        name, *others = sorted(document.work)
        own = {item: next(one for one in versions(item) if name in one.annotators) for item in review.items}
        review.settle(
            [Ruling(item, "reject") if one.is_empty else Ruling(item, "take", (name,)) for item, one in own.items()]
        )
        assert feedback(project, name).corrections == ()
        assert feedback(project, name).decided == sum(not one.is_empty for one in own.values())
        assert all(feedback(project, who).corrections for who in others)


class TestAddedByHand:
    def added(self, project: Project, start: int, end: int, label: str = "claim") -> GoldSession:
        review = desk(project)
        review.execute(Operation("add", (Change(None, Annotation(new_id(), start, end, label)),)))
        return review

    def test_a_span_that_nobody_marked_was_missed(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*CLAIM)], nour=[span(*CLAIM)])
        take(desk(project), "salma")
        self.added(project, *SOURCE, "source")
        for name in ("salma", "nour"):
            one = only(feedback(project, name))
            assert (one.kind, one.yours.is_empty, texts(one.gold)) == (
                "missed",
                True,
                [("source", BODY[slice(*SOURCE)])],
            )

    def test_one_that_was_removed_again_was_not(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*CLAIM)], nour=[span(*CLAIM)])
        take(desk(project), "salma")
        review = self.added(project, *SOURCE, "source")
        gold = next(one for one in review.state.annotations if one.label == "source")
        review.execute(edits.remove(review.state, gold.id))
        assert feedback(project, "salma").corrections == ()

    def test_who_finished_and_marked_nothing_missed_it_too(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma={"spans": [], "status": "done"}, nour={"spans": [], "status": "done"})
        self.added(project, *CLAIM)
        assert only(feedback(project, "salma")).kind == "missed"

    def test_who_is_still_at_work_unjudged_is_not_told(self, project: Project, folder: Path) -> None:
        marked(project, folder, nour={"spans": [], "status": "done"}, amal={"spans": [], "status": "done"})
        self.added(project, *CLAIM)
        session(project, "a").execute(add("s", *SOURCE, "source"))
        assert feedback(project, "salma").decided == 0

    def test_what_they_marked_and_nobody_decided_was_not_missed(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*CLAIM), span(*SOURCE, "source")], nour=[span(*SOURCE, "source")])
        review = desk(project)
        take(review, "salma", item_at(review, SOURCE[0]))
        self.added(project, *CLAIM)
        assert feedback(project, "salma").corrections == ()
        assert only(feedback(project, "nour")).kind == "missed"

    def test_a_document_label_that_nobody_gave_was_missed(self, project: Project, folder: Path) -> None:
        marked(project, folder, salma=[span(*CLAIM)], nour=[span(*CLAIM)])
        review = desk(project)
        take(review, "salma")
        review.execute(edits.toggle_document_label(review.state, review.schema, "opinion"))
        one = only(feedback(project, "salma"))
        assert (one.kind, one.yours.is_empty, one.gold.document_labels) == ("document label", True, ("opinion",))

    def test_gold_made_by_hand_after_a_rejection_is_compared_with_what_was_rejected(
        self, project: Project, folder: Path
    ) -> None:
        marked(project, folder, salma=[span(*CLAIM)], nour=[span(*SHORT_CLAIM)])
        review = desk(project)
        review.settle([Ruling(only_item(review), "reject")])
        self.added(project, *SHORT_CLAIM)
        assert only(feedback(project, "salma")).kind == "boundary"
        assert (feedback(project, "nour").decided, feedback(project, "nour").kept) == (1, 1)


class TestSentBack:
    @pytest.fixture
    def sent(self, project: Project, folder: Path) -> Project:
        marked(project, folder, "b", salma={"spans": [span(*CLAIM)], "status": "done"}, nour=[span(*CLAIM)])
        marked(project, folder, "a", salma=[span(*CLAIM)], nour=[span(*CLAIM)])
        desk(project, "b").send_back("salma", "المصدر ناقص")
        return project

    def test_it_is_in_the_feedback_with_its_note(self, sent: Project) -> None:
        (returned,) = feedback(sent, "salma").sent_back
        assert (returned.doc_id, returned.title, returned.note, returned.reviewer, returned.settled_at) == (
            "b",
            "خبر b",
            "المصدر ناقص",
            "huda",
            None,
        )
        assert feedback(sent, "nour").sent_back == ()

    def test_it_stays_there_when_it_is_settled(self, sent: Project) -> None:
        own = session(sent, "b")
        own.execute(edits.set_status(own.state, "open"))
        own.execute(DONE)
        (returned,) = feedback(sent, "salma").sent_back
        assert returned.settled_at is not None

    def test_the_list_calls_it_returned_whatever_its_status_was(self, sent: Project) -> None:
        desk(sent, "a").send_back("salma", "ن")
        assert [one.status for one in list_documents(sent, "salma")] == ["returned", "returned"]
        assert [one.status for one in list_documents(sent, "nour")] == ["open", "open"]
        assert [one.status for one in list_documents(sent, None)] == ["new", "new"]

    def test_the_list_calls_it_returned_until_it_is_done_again(self, sent: Project) -> None:
        own = session(sent, "b")
        own.execute(edits.set_status(own.state, "open"))
        assert list_documents(sent, "salma")[0].status == "returned"
        own.execute(DONE)
        assert list_documents(sent, "salma")[0].status == "done"

    def test_sent_back_twice_it_is_once_in_the_list(self, sent: Project) -> None:
        desk(sent, "b").send_back("salma", "مرة أخرى")
        assert [one.doc_id for one in list_documents(sent, "salma")] == ["b", "a"]
        assert [one.note for one in feedback(sent, "salma").sent_back] == ["المصدر ناقص", "مرة أخرى"]
