from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.errors import OperationError
from annotator.model.annotation import DocumentLabel
from annotator.model.operations import Change, Operation
from annotator.tui import details, language
from annotator.tui.desk import Desk
from annotator.tui.steps import Ask
from tests.support.flows import ALL, TEXT, FlowDesks, answer, choose, item_of, lines, menu, related


RELATIONS = (("attributed_to", "c1", "s1"), ("repeats", "c2", "c1"))


def attributes(desk: Desk, annotation_id: str) -> dict[str, str]:
    annotation = desk.session.state.annotation(annotation_id)
    assert annotation is not None
    return dict(annotation.attributes)


def with_attributes(desk: Desk, annotation_id: str, **values: str) -> Desk:
    """A desk on an annotation with such attributes, and no others, as an import may leave them."""
    before = desk.session.state.annotation(annotation_id)
    assert before is not None
    after = replace(before, attributes=tuple(values.items()))
    desk.execute(Operation("set attribute", (Change(before, after),)))
    return desk


# The menu of an annotation


def test_attributes_and_then_relations_have_digits(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, relations=RELATIONS, focused="c1")
    step = details.details(desk)
    assert menu(step).title == "Claim «الجسر آمن»"
    assert lines(step) == [
        "1 Quotation: None",
        "2 Worth checking: no",
        "3 Comment: —",
        "4 → attributed to: وزير النقل",
        "5 ← repeats: الكلفة زادت",
    ]


def test_the_annotation_under_the_cursor_is_meant_and_focused_where_none_is(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL)
    desk.go(TEXT.index("آمن"))
    assert menu(details.details(desk)).title == "Claim «الجسر آمن»"
    assert desk.focused == "c1"


def test_values_have_their_names_in_the_language_of_the_screens(
    desks: FlowDesks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language._Speech, "language", "ar")
    desk = desks.desk(TEXT, *ALL, focused="c1")
    assert lines(details.details(desk))[0] == "1 النقل: بلا نقل"


def test_a_long_text_is_cut_and_stands_on_one_line(desks: FlowDesks) -> None:
    text = "قال\n" + "كلمة " * 30
    desk = desks.desk(text, ("c", "claim", text.strip()), focused="c")
    title = menu(details.details(desk)).title
    assert title.startswith("Claim «قال ⏎ كلمة")
    assert title.endswith("…»")
    assert len(title) < 80


def test_what_is_missing_or_has_a_wrong_value_is_marked(desks: FlowDesks) -> None:
    desk = with_attributes(desks.desk(TEXT, *ALL, focused="c1"), "c1", quotation="loud", comment="")
    step = details.details(desk)
    assert lines(step)[:2] == ["1 Quotation: loud", "2 Worth checking: —"]
    assert [item.detail for item in menu(step).items] == ["⚠", "⚠", "default"]


def test_what_is_as_by_default_says_so(desks: FlowDesks) -> None:
    desk = with_attributes(desks.desk(TEXT, *ALL, focused="c1"), "c1", quotation="direct", worthy="false", comment="")
    assert [item.detail for item in menu(details.details(desk)).items] == ["", "default", "default"]


def test_without_attributes_and_relations_there_is_no_menu(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="v2")
    assert details.details(desk) == "a Cue has no attributes; a relates it"


def test_a_label_that_the_schema_does_not_know_has_no_attributes(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="c1")
    before = desk.session.state.annotation("c1")
    assert before is not None
    desk.execute(Operation("relabel", (Change(before, replace(before, label="rumour")),)))
    assert details.details(desk) == "a rumour has no attributes; a relates it"


# Attributes


def test_values_have_digits_and_the_present_one_is_marked(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="c1")
    step = choose(details.details(desk), "Quotation")
    assert menu(step).title == "Quotation · Claim «الجسر آمن»"
    assert lines(step) == ["1 ● None", "2 Direct", "3 indirect"]
    assert menu(step).current == 0


def test_choosing_a_value_saves_it_and_leads_back(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="c1")
    step = choose(details.details(desk), "Worth", "yes")
    assert menu(step).said == "saved: Worth checking: yes"
    assert lines(step)[1] == "2 Worth checking: yes"
    assert menu(step).current == 1
    assert attributes(desk, "c1")["worthy"] == "true"


def test_one_undo_takes_a_value_back(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="c1")
    choose(details.details(desk), "Quotation", "Direct")
    desk.undo()
    assert attributes(desk, "c1")["quotation"] == "none"


def test_choosing_the_present_value_changes_nothing(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="c1")
    assert menu(choose(details.details(desk), "Quotation", "None")).said == ""
    assert desk.session.timeline() == ()


def test_a_text_is_asked_for_and_leads_back(desks: FlowDesks) -> None:
    desk = with_attributes(desks.desk(TEXT, *ALL, focused="c1"), "c1", comment="قديم")
    step = choose(details.details(desk), "Comment")
    assert isinstance(step, Ask)
    assert (step.prompt, step.value) == ("Comment:", "قديم")
    step = answer(step, "رأي الكاتب")
    assert menu(step).said == "saved: Comment: رأي الكاتب"
    assert attributes(desk, "c1")["comment"] == "رأي الكاتب"


def test_a_missing_attribute_can_be_given(desks: FlowDesks) -> None:
    desk = with_attributes(desks.desk(TEXT, *ALL, focused="c1"), "c1", tone="loud")
    choose(details.details(desk), "Quotation", "None")
    assert attributes(desk, "c1") == {"quotation": "none", "tone": "loud"}


def test_just_one_attribute_leads_to_its_values_and_choosing_ends_it(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="s1")
    step = details.details(desk)
    assert lines(step) == ["1 ● person", "2 agency"]
    assert choose(step, "agency") == "saved: Kind: agency"
    assert attributes(desk, "s1") == {"kind": "agency"}


def test_one_attribute_beside_a_relation_is_a_menu(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, relations=RELATIONS, focused="s1")
    assert lines(details.details(desk)) == ["1 Kind: person", "2 ← attributed to: الجسر آمن"]


# By number


def test_a_number_leads_to_the_values_of_an_attribute_and_choosing_ends_it(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="c1")
    step = details.numbered(desk, 1)
    assert menu(step).title == "Quotation · Claim «الجسر آمن»"
    assert choose(step, "Direct") == "saved: Quotation: Direct"
    assert attributes(desk, "c1")["quotation"] == "direct"


def test_a_number_leads_to_the_text_of_an_attribute(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="c1")
    assert answer(details.numbered(desk, 3), "ناقص") == "saved: Comment: ناقص"


def test_numbers_go_on_with_the_relations(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, relations=RELATIONS, focused="c1")
    assert menu(details.numbered(desk, 4)).title == "→ attributed to: وزير النقل"
    assert choose(details.numbered(desk, 5), "go there") == "repeats"


def test_a_number_of_nothing_leads_to_the_menu(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="c1")
    assert lines(details.numbered(desk, 4)) == lines(details.details(desk))


def test_a_number_where_the_label_has_no_attributes_says_so(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, focused="v2")
    assert details.numbered(desk, 1) == "a Cue has no attributes; a relates it"


def test_numbers_mean_nothing_where_no_annotation_is_focused(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL)
    desk.go(TEXT.index("آمن"))
    assert "focused annotation (Tab)" in str(details.numbered(desk, 1))
    assert desk.focused is None


# Relations


def test_a_relation_can_be_followed_removed_or_changed(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, relations=RELATIONS, focused="c1")
    step = choose(details.details(desk), "attributed")
    assert menu(step).title == "→ attributed to: وزير النقل"
    assert lines(step) == ["1 go there", "2 remove this relation", "3 change into: reported via"]


def test_going_there_focuses_the_other_end(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, relations=RELATIONS, focused="c1")
    assert choose(details.details(desk), "repeats", "go there") == "repeats"
    assert desk.focused == "c2"


def test_removing_a_relation_leads_back(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, relations=RELATIONS, focused="c1")
    step = choose(details.details(desk), "repeats", "remove")
    assert menu(step).said == "saved: relation removed"
    assert len(lines(step)) == 4
    assert related(desk) == [("attributed_to", "c1", "s1")]
    assert desk.focused == "c1"


def test_removing_the_only_relation_of_a_label_without_attributes_ends_it(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, relations=(("has_cue", "c2", "v2"),), focused="v2")
    assert choose(details.details(desk), "has cue", "remove") == "saved: relation removed"


def test_changing_the_type_keeps_the_ends(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, relations=RELATIONS, focused="s1")
    step = choose(details.details(desk), "attributed", "reported via")
    assert menu(step).said == "saved: now reported via"
    assert related(desk) == [("repeats", "c2", "c1"), ("reported_via", "c1", "s1")]


def test_a_type_under_which_the_pair_is_related_already_is_not_offered(desks: FlowDesks) -> None:
    relations = (*RELATIONS, ("reported_via", "c1", "s1"))
    desk = desks.desk(TEXT, *ALL, relations=relations, focused="c1")
    assert len(lines(choose(details.details(desk), "attributed"))) == 2


def test_a_relation_removed_in_the_meantime_is_refused(desks: FlowDesks) -> None:
    desk = desks.desk(TEXT, *ALL, relations=RELATIONS, focused="c1")
    remove = item_of(choose(details.details(desk), "attributed"), "remove")
    remove.do()
    with pytest.raises(OperationError, match="this relation is gone"):
        remove.do()


# The document


def test_without_an_annotation_here_the_document_is_meant(desks: FlowDesks) -> None:
    step = details.details(desks.desk())
    assert menu(step).title == "labels and note of the document"
    assert lines(step) == ["1 Opinion", "2 Broken page", "n note: —"]


def test_a_document_label_is_put_on_and_off(desks: FlowDesks) -> None:
    desk = desks.desk()
    step = choose(details.document(desk), "Broken")
    assert menu(step).said == "saved: Broken page"
    assert lines(step) == ["1 Opinion", "2 ● Broken page", "n note: —"]
    assert menu(step).current == 1
    assert desk.session.state.document_labels == ("broken",)
    assert menu(choose(step, "Broken")).said == "saved: Broken page removed"
    assert desk.session.state.document_labels == ()


def test_a_document_label_that_the_schema_does_not_have_can_be_taken_off(desks: FlowDesks) -> None:
    desk = desks.desk()
    desk.execute(Operation("document label", (Change(None, DocumentLabel("satire")),)))
    step = details.document(desk)
    assert lines(step)[2] == "3 ● satire"
    assert lines(choose(step, "satire")) == ["1 Opinion", "2 Broken page", "n note: —"]


def test_a_note_is_asked_for_and_leads_back(desks: FlowDesks) -> None:
    desk = desks.desk()
    step = answer(choose(details.document(desk), "note"), "ناقص")
    assert menu(step).said == "saved: note"
    assert lines(step)[2] == "n note: ناقص"
    assert menu(step).current == 2
    assert desk.session.state.note == "ناقص"


def test_an_emptied_note_goes_and_the_same_one_is_no_change(desks: FlowDesks) -> None:
    desk = desks.desk()
    step = answer(choose(details.document(desk), "note"), "ناقص")
    asked = choose(step, "note")
    assert isinstance(asked, Ask)
    assert asked.value == "ناقص"
    assert menu(answer(asked, "ناقص")).said == ""
    assert menu(answer(asked, "")).said == "saved: note removed"
    assert len(desk.session.timeline()) == 2
