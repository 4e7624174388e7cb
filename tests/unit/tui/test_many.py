from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.errors import OperationError
from annotator.model.operations import Change, Operation
from annotator.tui import many
from annotator.tui.desk import Desk
from tests.support.flows import ALL, TEXT, FlowDesks, choose, menu, related, said
from tests.tui.desks import labelled


REPEATED = "قال الوزير نعم. ثم عاد الوزيرُ وقال للوزير لا.\nوسأل الوزير"
"""Three times the same word, once with a mark; and once inside a longer word."""


def select(desk: Desk, part: str) -> Desk:
    start = desk.layout.text.index(part)
    desk.select_between(start, start + len(part) - 1)
    return desk


# All places of a text


def test_the_labels_are_asked_for_with_the_number_of_places(desks: FlowDesks) -> None:
    step = menu(many.occurrences(select(desks.desk(REPEATED), "الوزير")))
    assert step.title == "3 places of «الوزير»: which label?"
    assert [(item.key, item.text, item.label) for item in step.items][:2] == [
        ("c", "Claim", "claim"),
        ("s", "Source", "source"),
    ]


def test_choosing_labels_all_places_at_once(desks: FlowDesks) -> None:
    desk = select(desks.desk(REPEATED), "الوزير")
    assert choose(many.occurrences(desk), "Source") == "saved: 3 added; u takes it back"
    assert labelled(desk) == [("source", "الوزير"), ("source", "الوزيرُ"), ("source", "الوزير")]
    assert len(desk.session.timeline()) == 1


def test_the_new_annotation_at_the_selection_is_focused(desks: FlowDesks) -> None:
    desk = select(desks.desk(REPEATED), "الوزيرُ")
    choose(many.occurrences(desk), "Source")
    annotation = desk.annotation()
    assert annotation is not None
    assert annotation.start == REPEATED.index("الوزيرُ")
    assert desk.selection.span is None


def test_new_annotations_have_the_default_attributes(desks: FlowDesks) -> None:
    desk = select(desks.desk(REPEATED), "الوزير")
    choose(many.occurrences(desk), "Source")
    assert {annotation.attributes for annotation in desk.session.state.annotations} == {(("kind", "person"),)}


def test_spaces_at_the_edges_of_the_selection_are_left_out(desks: FlowDesks) -> None:
    desk = select(desks.desk(REPEATED), " الوزير ")
    choose(many.occurrences(desk), "Source")
    assert len(labelled(desk)) == 3


def test_a_selection_of_nothing_but_spaces_is_refused(desks: FlowDesks) -> None:
    with pytest.raises(OperationError, match="nothing but spaces"):
        many.occurrences(select(desks.desk(REPEATED), " "))


def test_places_that_have_the_label_already_are_skipped_and_counted(desks: FlowDesks) -> None:
    desk = select(desks.desk(REPEATED, ("s", "source", "الوزير")), "الوزيرُ")
    text = "saved: 2 added, 1 skipped (labelled already); u takes it back"
    assert said(choose(many.occurrences(desk), "Source")) == text


def test_one_undo_takes_all_back_and_unfolds_nothing_else(desks: FlowDesks) -> None:
    desk = select(desks.desk(REPEATED), "الوزير")
    choose(many.occurrences(desk), "Source")
    desk.undo()
    assert labelled(desk) == []


def test_without_a_selection_the_annotation_here_is_copied_to_all_other_places(desks: FlowDesks) -> None:
    desk = desks.desk(REPEATED, ("s", "source", "الوزير"), focused="s")
    before = desk.session.state.annotation("s")
    assert before is not None
    agency = replace(before, attributes=(("kind", "agency"),))
    desk.execute(Operation("set attribute", (Change(before, agency),)))
    assert many.occurrences(desk) == "saved: 2 added; u takes it back"
    assert labelled(desk) == [("source", "الوزير"), ("source", "الوزيرُ"), ("source", "الوزير")]
    assert {annotation.attributes for annotation in desk.session.state.annotations} == {(("kind", "agency"),)}
    assert desk.focused == "s"


def test_attributes_that_the_schema_does_not_know_are_not_copied(desks: FlowDesks) -> None:
    desk = desks.desk(REPEATED, ("s", "source", "الوزير"), focused="s")
    before = desk.session.state.annotation("s")
    assert before is not None
    imported = replace(before, attributes=(("tone", "loud"),), origin="furniture", schema_version=1)
    desk.execute(Operation("set attribute", (Change(before, imported),)))
    many.occurrences(desk)
    copy = desk.session.state.annotations[1]
    assert (copy.attributes, copy.origin, copy.schema_version) == ((("kind", "person"),), "manual", 2)


def test_a_text_that_stands_nowhere_else_is_no_change(desks: FlowDesks) -> None:
    desk = desks.desk(REPEATED, ("s", "source", "نعم"), focused="s")
    assert many.occurrences(desk) == "its text stands nowhere else"
    assert desk.session.timeline() == ()


def test_where_all_places_are_labelled_it_is_refused(desks: FlowDesks) -> None:
    desk = desks.desk(REPEATED, ("s", "source", "الوزير"), focused="s")
    many.occurrences(desk)
    with pytest.raises(OperationError, match="nothing to add"):
        many.occurrences(desk)


def test_without_a_selection_and_an_annotation_it_says_what_to_do(desks: FlowDesks) -> None:
    with pytest.raises(OperationError, match="select a text first"):
        many.occurrences(desks.desk())


# All annotations of a label


def test_all_of_a_label_are_removed_with_their_relations_at_once(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, relations=(("attributed_to", "c1", "s1"), ("has_cue", "c2", "v2")), focused="s2")
    assert many.remove_all(desk) == "saved: 3 Source removed; u takes them back"
    assert {label for label, _ in labelled(desk)} == {"claim", "cue"}
    assert related(desk) == [("has_cue", "c2", "v2")]
    assert desk.focused is None
    desk.undo()
    assert len(labelled(desk)) == len(ALL)
    assert len(related(desk)) == 2


def test_removing_all_lets_go_of_an_edge(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="s2")
    desk.start_edge("end")
    many.remove_all(desk)
    assert desk.edge is None


def test_another_label_for_all_is_asked_for(desks: FlowDesks) -> None:
    step = menu(many.relabel_all(desks.desk(TEXT, *ALL, focused="c1")))
    assert step.title == "3 Claim: which label?"
    assert [item.key for item in step.items] == ["s", "v", "b"]


def test_all_of_a_label_get_another_one_at_once(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, relations=(("attributed_to", "c1", "s1"),), focused="c1")
    assert choose(many.relabel_all(desk), "Cue") == "saved: 3 now Cue; u takes it back"
    assert [label for label, _ in labelled(desk)].count("cue") == 4
    assert related(desk) == []
    desk.undo()
    assert related(desk) == [("attributed_to", "c1", "s1")]


def test_those_that_have_no_room_are_skipped_and_counted(desks: FlowDesks) -> None:
    parts = (("s1", "source", "وزير النقل"), ("s2", "source", "وزير"), ("s3", "source", "الهيئة"))
    desk = desks.desk(TEXT, *parts, focused="s1")
    text = "saved: 2 now Boilerplate, 1 skipped (labelled already); u takes it back"
    assert said(choose(many.relabel_all(desk), "Boilerplate")) == text
    assert [label for label, _ in labelled(desk)] == ["boilerplate", "source", "boilerplate"]


@pytest.mark.parametrize("flow", [many.remove_all, many.relabel_all])
def test_without_an_annotation_here_no_label_is_meant(desks: FlowDesks, flow: object) -> None:
    assert callable(flow)
    with pytest.raises(OperationError, match="no annotation here"):
        flow(desks.desk())
