from __future__ import annotations

from dataclasses import replace

from annotator.model.annotation import Annotation
from annotator.model.operations import Change, Operation
from annotator.tui import listing
from tests.support.flows import ALL, TEXT, FlowDesks, choose, lines, menu


def test_all_annotations_are_listed_in_reading_order_with_their_labels(desks: FlowDesks) -> None:
    step = menu(listing.all_annotations(desks.desk(TEXT, *ALL)))
    assert [item.text for item in step.items][:3] == ["Source  وزير النقل", "Claim  الجسر آمن", "Cue  أضاف"]
    assert [item.label for item in step.items] == ["source", "claim", "cue", "source", "claim", "source", "claim"]
    assert step.title == "7 annotations"


def test_the_list_is_searched_and_has_no_keys(desks: FlowDesks) -> None:
    step = menu(listing.all_annotations(desks.desk(TEXT, *ALL)))
    assert step.is_searched
    assert {item.key for item in step.items} == {""}


def test_the_detail_tells_the_line(desks: FlowDesks) -> None:
    step = menu(listing.all_annotations(desks.desk(TEXT, *ALL)))
    assert [item.detail for item in step.items] == ["line 1"] * 5 + ["line 2"] * 2


def test_relations_are_counted_at_both_ends(desks: FlowDesks) -> None:
    relations = (("attributed_to", "c1", "s1"), ("has_cue", "c1", "v2"))
    step = menu(listing.all_annotations(desks.desk(TEXT, *ALL, relations=relations)))
    assert [item.detail for item in step.items][:4] == ["→1 line 1", "→2 line 1", "→1 line 1", "line 1"]


def test_what_the_schema_wants_otherwise_is_marked(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL)
    before = desk.session.state.annotation("s2")
    assert before is not None
    desk.execute(Operation("set attribute", (Change(before, replace(before, attributes=())),)))
    assert [item.detail for item in menu(listing.all_annotations(desk)).items][2:5] == ["line 1", "⚠ line 1", "line 1"]


def test_it_begins_at_the_focused_annotation(desks: FlowDesks) -> None:
    step = menu(listing.all_annotations(desks.desk(TEXT, *ALL, focused="s2")))
    assert step.current == 3
    assert lines(step)[3].startswith("●")


def test_it_begins_at_the_first_annotation_from_the_cursor_on(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL)
    desk.go(TEXT.index("وذكرت"))
    assert menu(listing.all_annotations(desk)).current == 5
    desk.go(len(TEXT) - 1)
    assert menu(listing.all_annotations(desk)).current == 6


def test_choosing_focuses_it(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL)
    assert choose(listing.all_annotations(desk), "الهيئة") == ""
    assert (desk.focused, desk.cursor) == ("s3", TEXT.index("الهيئة"))


def test_choosing_what_is_folded_unfolds_it(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, ("b", "boilerplate", "شارك الخبر"))
    choose(listing.all_annotations(desk), "شارك")
    assert (desk.focused, desk.layout.folds) == ("b", ())


def test_one_whose_text_was_dropped_is_listed(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL)
    hidden = Annotation("h", len(TEXT), len(TEXT), "cue", raw=(0, 3))
    desk.execute(Operation("add", (Change(None, hidden),)))
    step = menu(listing.all_annotations(desk))
    assert step.items[-1].text == "Cue  —"
    choose(step, "—")
    assert desk.focused == "h"


def test_one_removed_in_the_meantime_is_passed(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="s1")
    step = listing.all_annotations(desk)
    desk.remove()
    assert choose(step, "وزير النقل") == ""
    assert desk.focused is None


def test_without_annotations_it_says_so(desks: FlowDesks) -> None:
    assert listing.all_annotations(desks.desk()) == "no annotations yet"
