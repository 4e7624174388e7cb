"""Answering suggestions on a desk, with what is on disk afterwards."""

from __future__ import annotations

import pytest

from annotator.errors import OperationError
from annotator.model.suggestion import SuggestedRelation, Suggestion
from annotator.text.pages import Fold
from annotator.tui import details, finishing, jumping, listing, past, relating, suggestions
from annotator.tui.desk import Desk
from annotator.tui.steps import Menu
from tests.support import suggestions as stored
from tests.support.flows import FlowDesks, choose, lines, menu, point, related, rows, said
from tests.tui.desks import focused, labelled, press


TEXT = """\
الرئيسية أخبار
شارك الخبر
قال وزير النقل إن الجسر آمن. وأضاف وزير المال أن الكلفة زادت.
وذكرت الهيئة أن العمل انتهى.
حقوق النشر"""
MENU, SHARE = ("b1", "boilerplate", "الرئيسية أخبار"), ("b2", "boilerplate", "شارك الخبر")
RIGHTS = ("b3", "boilerplate", "حقوق النشر")
FURNITURE = (MENU, SHARE, RIGHTS)
CLAIM, SOURCE = ("c1", "claim", "الجسر آمن"), ("s1", "source", "وزير النقل")
COST, TREASURER, WORK = ("c2", "claim", "الكلفة زادت"), ("s2", "source", "وزير المال"), ("c3", "claim", "العمل انتهى")
BODY = (SOURCE, CLAIM, TREASURER, COST, WORK)
ATTRIBUTED = (SuggestedRelation("attributed_to", "c1", "s1"), SuggestedRelation("attributed_to", "c2", "s2"))

Proposed = tuple[str, str, str]


def propose(desks: FlowDesks, desk: Desk, *some: Proposed, related: tuple[SuggestedRelation, ...] = ()) -> None:
    """Store suggestions for the document of a desk: id, label, text; its first place is meant."""
    text, schema = desk.session.document.text, desks.project.schema
    made = []
    for id_, label_id, part in some:
        label = schema.label(label_id)
        attributes = label.defaults() if label else ()
        start = text.index(part)
        made.append(stored.suggestion(id_, start, start + len(part), label_id, attributes=attributes))
    stored.put(desks.project, desk.session.document.doc_id, made, related=related)


def desk_with(desks: FlowDesks, *some: Proposed, at: str = "", labelled: tuple[Proposed, ...] = ()) -> Desk:
    """A desk on a document that opens with suggestions, one of them focused."""
    desk = desks.desk(TEXT, *labelled)
    propose(desks, desk, *some, related=ATTRIBUTED)
    desk.look_for_suggestions()
    if at:
        focus(desk, at)
    return desk


def focus(desk: Desk, suggestion_id: str) -> Suggestion:
    """Focus a suggestion."""
    annotation = desk.suggested.annotation(suggestion_id)
    assert annotation is not None
    desk.focus(annotation)
    found = desk.suggestion()
    assert found is not None
    return found


def waiting(desk: Desk) -> list[str]:
    """The ids of the suggestions that wait."""
    return [one.id for one in desk.session.pending.suggestions]


# One at a time


def test_accepting_makes_an_annotation_of_it_and_goes_on_to_the_next_one(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY)
    assert suggestions.accept(desk, focus(desk, "s1")) == "saved: Source"
    assert labelled(desk) == [("source", "وزير النقل")]
    assert (desk.focused, desk.cursor) == ("c1", TEXT.index("الجسر آمن"))


def test_what_is_accepted_keeps_its_id_and_says_where_it_came_from(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY)
    suggestions.accept(desk, focus(desk, "c1"))
    annotation = desk.session.state.annotation("c1")
    assert annotation is not None
    assert annotation.origin == "attribution@1"


def test_behind_the_last_one_it_stays_and_says_when_none_is_left(desks: FlowDesks) -> None:
    desk = desk_with(desks, CLAIM, WORK)
    assert suggestions.accept(desk, focus(desk, "c3")) == "saved: Claim"
    assert focused(desk) == "العمل انتهى"
    assert suggestions.accept(desk, focus(desk, "c1")) == "saved: Claim; no suggestion is left"


def test_rejecting_makes_nothing_and_goes_on(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY)
    assert suggestions.reject(desk, focus(desk, "c2")) == "saved: suggestion rejected: Claim"
    assert (labelled(desk), desk.focused) == ([], "c3")
    assert waiting(desk) == ["s1", "c1", "s2", "c3"]


def test_what_steps_aside_for_what_was_accepted_is_gone_past(desks: FlowDesks) -> None:
    desk = desk_with(desks, ("wide", "claim", "الجسر آمن. وأضاف وزير المال أن الكلفة زادت"), COST, WORK)
    suggestions.accept(desk, focus(desk, "wide"))
    assert waiting(desk) == ["c3"]
    assert desk.focused == "c3"


def test_a_relation_is_made_with_its_second_end(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY)
    suggestions.accept(desk, focus(desk, "s1"))
    assert related(desk) == []
    suggestions.accept(desk, focus(desk, "c1"))
    assert related(desk) == [("attributed_to", "c1", "s1")]


def test_a_label_key_accepts_as_that_label(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY, at="s1")
    assert press(desk, "v") == "saved: Cue"
    assert labelled(desk) == [("cue", "وزير النقل")]
    assert (desk.focused, waiting(desk)) == ("s1", ["c1", "s2", "c2", "c3"])
    desk.undo()
    assert (labelled(desk), desk.focused) == ([], "s1")


def test_a_moved_edge_accepts_with_one_undo(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY, at="c1")
    desk.start_edge("end")
    desk.move("previous_word")
    assert desk.finish_edge() == "saved: Claim"
    assert labelled(desk) == [("claim", "الجسر")]
    desk.undo()
    assert labelled(desk) == []
    assert desk.suggestion() is not None


def test_an_edge_on_the_move_is_shown_where_it_would_be(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY, at="c1")
    desk.start_edge("start")
    desk.move("previous_word")
    shown = desk.view().suggested.annotation("c1")
    assert shown is not None
    assert shown.start == TEXT.index("إن الجسر")


def test_an_edge_that_was_not_moved_accepts_nothing(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY, at="c1")
    desk.start_edge("end")
    assert desk.finish_edge() == "edge left as it was"
    assert (labelled(desk), desk.focused) == ([], "c1")


def test_a_digit_and_a_value_accept_with_that_value_and_one_undo(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY, at="c1")
    step = details.numbered(desk, 1)
    assert labelled(desk) == []
    assert choose(step, "Direct") == "saved: Quotation: Direct"
    annotation = desk.session.state.annotation("c1")
    assert annotation is not None
    assert dict(annotation.attributes)["quotation"] == "direct"
    desk.undo()
    assert labelled(desk) == []


def test_the_value_that_it_has_already_accepts_it_too(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY, at="s1")
    choose(details.numbered(desk, 1), "person")
    assert labelled(desk) == [("source", "وزير النقل")]


def test_a_digit_without_an_attribute_accepts_nothing(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY, at="s1")
    assert said(details.numbered(desk, 7)) == "it has no attribute 7; Enter accepts it"
    assert labelled(desk) == []


def test_relating_a_suggestion_says_what_to_do_first(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY, at="c1", labelled=(("x", "source", "الهيئة"),))
    with pytest.raises(OperationError, match="only suggested"):
        relating.relate(desk, rows(desk))


def test_following_goes_to_the_other_end_of_a_suggested_relation(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY, at="c2")
    assert relating.follow(desk) == "attributed to"
    assert desk.focused == "s2"


def test_following_goes_from_a_suggestion_to_what_was_accepted(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY)
    suggestions.accept(desk, focus(desk, "s1"))
    focus(desk, "c1")
    relating.follow(desk)
    assert focused(desk) == "وزير النقل"


# Which one is meant


def test_without_focus_the_smallest_one_under_the_cursor_is_meant(desks: FlowDesks) -> None:
    desk = desk_with(desks, ("wide", "claim", "قال وزير النقل إن الجسر آمن"), SOURCE)
    desk.go(TEXT.index("النقل"))
    found = suggestions.here(desk)
    assert found is not None
    assert found.id == "s1"


def test_where_an_annotation_lies_an_unfocused_suggestion_is_not_meant(desks: FlowDesks) -> None:
    desk = desk_with(desks, SOURCE, labelled=(("c", "claim", "قال وزير النقل إن الجسر آمن"),))
    desk.go(TEXT.index("النقل"))
    assert suggestions.here(desk) is None
    focus(desk, "s1")
    found = suggestions.here(desk)
    assert found is not None
    assert found.id == "s1"


# Many at a time


def test_rejecting_all_of_a_label_leaves_the_others(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY)
    assert suggestions.reject_alike(desk, focus(desk, "c2")) == "saved: 3 suggestions rejected; u takes it back"
    assert waiting(desk) == ["s1", "s2"]
    desk.undo()
    assert waiting(desk) == ["s1", "c1", "s2", "c2", "c3"]


def test_all_furniture_is_accepted_with_one_undo_and_stays_folded(desks: FlowDesks) -> None:
    desk = desk_with(desks, *FURNITURE, *BODY)
    folds = desk.layout.folds
    cursor = desk.cursor
    assert folds == (Fold(0, 1), Fold(4, 4))
    assert suggestions.accept_furniture(desk) == "saved: 3 suggestions accepted; u takes it back"
    assert [label for label, _ in labelled(desk)] == ["boilerplate"] * 3
    assert (desk.layout.folds, desk.cursor) == (folds, cursor)
    assert desk.undo().startswith("saved: undone: accept: Boilerplate")
    assert (labelled(desk), desk.layout.folds, desk.cursor) == ([], folds, cursor)
    desk.redo()
    assert (len(labelled(desk)), desk.layout.folds) == (3, folds)


def test_without_suggested_furniture_it_says_so(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY)
    with pytest.raises(OperationError, match="no page furniture is suggested"):
        suggestions.accept_furniture(desk)


def test_accepting_and_rejecting_all_answer_everything(desks: FlowDesks) -> None:
    desk = desk_with(desks, *FURNITURE, *BODY)
    suggestions.accept_all(desk)
    assert (len(labelled(desk)), waiting(desk)) == (8, [])
    assert set(related(desk)) == {("attributed_to", "c1", "s1"), ("attributed_to", "c2", "s2")}
    desk.undo()
    suggestions.reject_all(desk)
    assert (labelled(desk), waiting(desk)) == ([], [])
    for answer in (suggestions.accept_all, suggestions.reject_all):
        with pytest.raises(OperationError, match="there is no suggestion"):
            answer(desk)


# Folds


def test_rejecting_what_is_folded_brings_its_lines_into_sight(desks: FlowDesks) -> None:
    desk = desk_with(desks, *FURNITURE)
    suggestions.reject(desk, focus(desk, "b3"))
    assert desk.layout.folds == (Fold(0, 1),)


def test_nothing_is_hidden_that_is_no_furniture_after_a_redone_rejection(desks: FlowDesks) -> None:
    desk = desk_with(desks, *FURNITURE)
    suggestions.reject(desk, focus(desk, "b2"))
    desk.undo()
    desk.fold_furniture()
    assert desk.layout.folds == (Fold(0, 1), Fold(4, 4))
    desk.redo()
    assert desk.layout.folds == (Fold(4, 4),)


def test_nothing_is_hidden_that_is_no_furniture_at_another_point_of_the_history(desks: FlowDesks) -> None:
    desk = desk_with(desks, *FURNITURE)
    suggestions.reject(desk, focus(desk, "b2"))
    desk.undo()
    desk.fold_furniture()
    choose(past.history(desk), "reject")
    assert desk.layout.folds == (Fold(4, 4),)


def test_undoing_a_rejection_focuses_what_came_back(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY)
    suggestions.reject(desk, focus(desk, "c1"))
    desk.undo()
    assert (desk.focused, desk.cursor) == ("c1", TEXT.index("الجسر آمن"))


def test_the_next_sentence_without_a_label_is_none_that_is_folded_away(desks: FlowDesks) -> None:
    desk = desk_with(desks, *FURNITURE)
    desk.go(TEXT.index("وذكرت"))
    jumping.unlabelled(desk)
    assert desk.cursor == TEXT.index("قال وزير")
    assert len(desk.layout.folds) == 2


# Stepping aside


def test_what_a_label_crosses_steps_aside_and_comes_back(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY)
    desk.select_between(TEXT.index("الجسر"), TEXT.index("الجسر") + 4)
    press(desk, "c")
    assert waiting(desk) == ["s1", "s2", "c2", "c3"]
    desk.undo()
    assert waiting(desk) == ["s1", "c1", "s2", "c2", "c3"]


# What comes while somebody is here


def test_on_an_untouched_desk_new_suggestions_are_folded_and_gone_below(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT)
    propose(desks, desk, *FURNITURE)
    assert desk.look_for_suggestions()
    assert desk.layout.folds == (Fold(0, 1), Fold(4, 4))
    assert desk.cursor == TEXT.index("قال وزير")


@pytest.mark.parametrize("do", [lambda desk: desk.move("next_word"), lambda desk: desk.session.touch()])
def test_where_somebody_is_at_work_nothing_moves(desks: FlowDesks, do: object) -> None:
    desk = desks.desk(TEXT)
    do(desk)  # type: ignore[operator]
    cursor = desk.cursor
    propose(desks, desk, *FURNITURE, *BODY)
    assert desk.look_for_suggestions()
    assert (desk.cursor, desk.layout.folds) == (cursor, ())
    assert len(waiting(desk)) == 8


def test_where_nothing_is_new_nothing_is_done(desks: FlowDesks) -> None:
    desk = desk_with(desks, *FURNITURE)
    desk.layout.fold(())
    assert not desk.look_for_suggestions()
    assert desk.layout.folds == ()


def test_a_focused_suggestion_that_is_proposed_no_more_is_let_go_with_its_edge(desks: FlowDesks) -> None:
    desk = desk_with(desks, *FURNITURE, *BODY, at="c1")
    desk.session.touch()
    desk.start_edge("end")
    propose(desks, desk, MENU)
    desk.look_for_suggestions()
    assert (desk.focused, desk.edge) == (None, None)
    assert desk.layout.folds == ()


# Being done


def test_done_asks_about_what_waits_and_leaves_it_by_default(desks: FlowDesks) -> None:
    desk, done = desk_with(desks, *BODY), []
    step = menu(finishing.done_or_open(desk, lambda: done.append(1)))
    assert step.title == "5 suggestions wait"
    assert lines(step) == ["1 accept all 5", "2 reject all 5", "3 leave them unanswered"]
    assert step.items[step.current].key == "3"
    assert (desk.session.state.status, done) == ("open", [])


@pytest.mark.parametrize(("answer", "made", "left"), [("accept all", 5, 0), ("reject all", 0, 0), ("leave them", 0, 5)])
def test_each_answer_makes_it_done(desks: FlowDesks, answer: str, made: int, left: int) -> None:
    desk, done = desk_with(desks, *BODY), []
    choose(finishing.done_or_open(desk, lambda: done.append(1)), answer)
    assert (desk.session.state.status, done) == ("done", [1])
    assert (len(labelled(desk)), len(waiting(desk))) == (made, left)


def test_what_comes_while_it_asks_is_not_answered(desks: FlowDesks) -> None:
    desk = desk_with(desks, SOURCE, CLAIM)
    step = finishing.done_or_open(desk, lambda: None)
    propose(desks, desk, *BODY)
    desk.look_for_suggestions()
    choose(step, "accept")
    assert waiting(desk) == ["s2", "c2", "c3"]


def test_without_suggestions_done_asks_nothing(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT)
    assert not isinstance(finishing.done_or_open(desk, lambda: None), Menu)
    assert desk.session.state.status == "done"


def test_opening_it_again_asks_nothing(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY)
    choose(finishing.done_or_open(desk, lambda: None), "leave them")
    assert finishing.done_or_open(desk, lambda: None) == "saved: open again"


# Lists


def test_the_list_has_suggestions_in_their_places_and_marks_them(desks: FlowDesks) -> None:
    desk = desk_with(desks, SOURCE, CLAIM, labelled=(("c3", "claim", "العمل انتهى"),))
    step = menu(listing.all_annotations(desk))
    assert step.title == "1 annotation, 2 suggestions"
    assert [(item.text, item.detail) for item in step.items] == [
        ("Source  وزير النقل", "? line 3"),
        ("Claim  الجسر آمن", "? line 3"),
        ("Claim  العمل انتهى", "line 4"),
    ]
    choose(step, "الجسر")
    assert desk.focused == "c1"
    assert menu(listing.all_annotations(desk)).current == 1


def test_the_history_tells_what_was_accepted_and_what_was_rejected(desks: FlowDesks) -> None:
    desk = desk_with(desks, *FURNITURE, *BODY)
    suggestions.reject(desk, focus(desk, "c1"))
    suggestions.accept(desk, focus(desk, "s1"))
    suggestions.accept_furniture(desk)
    assert lines(past.history(desk)) == [
        "● accept: Boilerplate «الرئيسية أخبار» and 2 more",
        "accept: Source «وزير النقل»",
        "reject: Claim «الجسر آمن»",
        "beginning",
    ]


def test_the_history_goes_back_to_before_all_answers(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY)
    suggestions.accept_all(desk)
    choose(past.history(desk), "beginning")
    assert (labelled(desk), len(waiting(desk))) == ([], 5)


def test_a_rejected_suggestion_that_nobody_proposes_any_more_is_told_all_the_same(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY)
    suggestions.reject(desk, focus(desk, "c1"))
    propose(desks, desk)
    desk.look_for_suggestions()
    assert lines(past.history(desk))[0] == "● reject: a suggestion"


def test_hints_of_relations_do_not_lead_to_suggestions(desks: FlowDesks) -> None:
    desk = desk_with(desks, *BODY, labelled=(("x", "source", "الهيئة"),))
    suggestions.accept(desk, focus(desk, "c1"))
    claim = desk.session.state.annotation("c1")
    assert claim is not None
    desk.focus(claim)
    point(desk, relating.relate(desk, rows(desk)), "الهيئة")
    assert related(desk) == [("attributed_to", "c1", "x")]
