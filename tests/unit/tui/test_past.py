from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from annotator.model import edits, relating
from annotator.model.annotation import Relation
from annotator.services.looking import find_document
from annotator.services.session import AnnotationSession
from annotator.text.pages import Fold
from annotator.tui import many, past
from annotator.tui.desk import Desk
from tests.support.flows import ALL, TEXT, FlowDesks, choose, item_of, lines, menu
from tests.tui.desks import labelled, press


def at(desk: Desk, word: str) -> Desk:
    desk.escape()
    desk.go(desk.layout.text.index(word))
    return desk


def worked(desks: FlowDesks) -> Desk:
    """A desk on which three words were labelled and the last one relabelled: four operations."""
    desk = desks.desk()
    for word in ("وزير", "الهيئة", "السؤال"):
        press(at(desk, word), "s")
    press(desk, "c")
    return desk


LINES = [
    "● relabel: Source → Claim «السؤال»",
    "add: Source «السؤال»",
    "add: Source «الهيئة»",
    "add: Source «وزير»",
    "beginning",
]


# The list


def test_what_was_done_is_listed_with_the_latest_first(desks: FlowDesks) -> None:
    step = past.history(worked(desks))
    assert lines(step) == LINES
    assert menu(step).current == 0


def test_the_lines_have_no_keys(desks: FlowDesks) -> None:
    assert {item.key for item in menu(past.history(worked(desks))).items} == {""}


def test_what_is_undone_stands_above_the_present_and_says_so(desks: FlowDesks) -> None:
    desk = worked(desks)
    desk.undo()
    desk.undo()
    step = menu(past.history(desk))
    assert lines(step)[:3] == ["relabel: Source → Claim «السؤال»", "add: Source «السؤال»", "● add: Source «الهيئة»"]
    assert step.current == 2
    assert [item.detail.startswith("undone · ") for item in step.items] == [True, True, False, False, False]


def test_before_anything_was_done_it_says_so(desks: FlowDesks) -> None:
    assert past.history(desks.desk(TEXT, *ALL)) == "nothing was done yet"


def test_the_history_is_there_after_a_restart(desks: FlowDesks) -> None:
    assert lines(past.history(desks.again(worked(desks)))) == LINES


# When


NOW = datetime(2026, 3, 5, 12, 0, tzinfo=timezone(timedelta(hours=3)))


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        ("2026-03-05T04:07:00.000+00:00", "07:07"),
        ("2026-03-04T21:00:00.000+00:00", "00:00"),
        ("2026-03-04T20:59:59.999+00:00", "2026-03-04 23:59"),
        ("2025-03-05T04:07:00.000+00:00", "2025-03-05 07:07"),
        ("", ""),
    ],
)
def test_what_was_done_today_has_the_local_time_of_day_and_the_rest_its_date_too(at: str, shown: str) -> None:
    assert past._moment(at, NOW) == shown


def test_the_time_of_an_operation_is_that_of_the_journal(desks: FlowDesks) -> None:
    desks.desk()
    number = find_document(desks.project, "document 0")
    session = AnnotationSession(desks.project, "nour", number, clock=lambda: "2026-02-03T12:30:00.000+00:00")
    desk = Desk(session)
    press(desk, "s")
    local = datetime(2026, 2, 3, 12, 30, tzinfo=UTC).astimezone()
    assert menu(past.history(desk)).items[0].detail == local.strftime("%Y-%m-%d %H:%M")


# What


def first_line(desk: Desk) -> str:
    return menu(past.history(desk)).items[0].text


def test_many_at_once_are_one_line(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="s1")
    many.remove_all(desk)
    assert first_line(desk) == "remove: Source «وزير النقل» and 2 more"


def test_a_removal_tells_the_annotation_and_not_its_relations(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, relations=(("attributed_to", "c1", "s1"),), focused="s1")
    desk.remove()
    assert first_line(desk) == "remove: Source «وزير النقل»"


def test_an_attribute_is_told_with_its_new_value(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL)
    desk.execute(edits.set_attribute(desk.session.state, desk.session.schema, "c1", "quotation", "direct"))
    assert first_line(desk) == "set attribute: Quotation: Direct · Claim «الجسر آمن»"


def test_a_moved_edge_is_told_by_the_annotation_as_it_became(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL)
    span = (TEXT.index("وزير"), TEXT.index(" النقل"))
    desk.execute(edits.move_edges(desk.session.state, desk.session.schema, "s1", span, len(TEXT)))
    assert first_line(desk) == "move edge: Source «وزير»"


def test_relations_are_told_by_their_ends(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL)
    schema = desk.session.schema
    desk.execute(relating.relate(desk.session.state, schema, Relation("r", "attributed_to", "c1", "s1")))
    assert first_line(desk) == "relate: «الجسر آمن» attributed to «وزير النقل»"
    desk.execute(relating.retype(desk.session.state, schema, "r", "reported_via"))
    assert first_line(desk) == "retype: attributed to → «الجسر آمن» reported via «وزير النقل»"
    desk.execute(relating.unrelate(desk.session.state, "r"))
    assert first_line(desk) == "unrelate: «الجسر آمن» reported via «وزير النقل»"


def test_a_relation_whose_end_is_gone_is_told_all_the_same(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL)
    relation = Relation("r", "attributed_to", "c1", "s1")
    desk.execute(relating.relate(desk.session.state, desk.session.schema, relation))
    desk.execute(edits.remove(desk.session.state, "s1"))
    assert menu(past.history(desk)).items[1].text == "relate: «الجسر آمن» attributed to «—»"


def test_labels_note_and_status_of_the_document_are_told(desks: FlowDesks) -> None:
    desk = desks.desk()
    schema = desk.session.schema
    desk.execute(edits.toggle_document_label(desk.session.state, schema, "opinion"))
    desk.execute(edits.toggle_document_label(desk.session.state, schema, "opinion"))
    desk.execute(edits.set_note(desk.session.state, "ناقص"))
    desk.execute(edits.set_status(desk.session.state, "done"))
    desk.execute(edits.set_status(desk.session.state, "open"))
    assert lines(past.history(desk)) == [
        "● status: open",
        "status: done",
        "note: ناقص",
        "document label: Opinion removed",
        "document label: Opinion",
        "beginning",
    ]


# Going there


def test_choosing_goes_back_to_how_things_were_right_after_it(desks: FlowDesks) -> None:
    desk = worked(desks)
    assert choose(past.history(desk), "وزير") == "saved: 3 undone"
    assert labelled(desk) == [("source", "وزير")]
    assert menu(past.history(desk)).current == 3


def test_the_beginning_undoes_everything(desks: FlowDesks) -> None:
    desk = worked(desks)
    assert choose(past.history(desk), "beginning") == "saved: 4 undone"
    assert labelled(desk) == []
    assert lines(past.history(desk))[-1] == "● beginning"


def test_what_is_undone_can_be_gone_forward_to(desks: FlowDesks) -> None:
    desk = worked(desks)
    choose(past.history(desk), "beginning")
    assert choose(past.history(desk), "الهيئة") == "saved: 2 redone"
    assert labelled(desk) == [("source", "وزير"), ("source", "الهيئة")]


def test_the_present_is_where_one_is_already(desks: FlowDesks) -> None:
    desk = worked(desks)
    assert item_of(past.history(desk), "relabel").do() == ""
    assert len(labelled(desk)) == 3


def test_the_cursor_goes_to_what_changed_last(desks: FlowDesks) -> None:
    desk = at(worked(desks), "شارك")
    choose(past.history(desk), "وزير")
    assert desk.cursor == TEXT.index("الهيئة")


def test_what_changes_is_unfolded_and_nothing_else(desks: FlowDesks) -> None:
    text = "شارك الخبر\nقال الوزير\nحقوق النشر"
    desk = desks.desk(text, ("b", "boilerplate", "حقوق النشر"))
    desk.select_at(0, sentence=True)
    press(desk, "b")
    desk.fold_furniture()
    assert len(desk.layout.folds) == 2
    choose(past.history(desk), "beginning")
    assert desk.layout.folds == (Fold(2, 2),)


def test_an_edge_on_the_move_is_let_go(desks: FlowDesks) -> None:
    desk = worked(desks)
    desk.start_edge("end")
    choose(past.history(desk), "beginning")
    assert (desk.edge, desk.annotation()) == (None, None)
