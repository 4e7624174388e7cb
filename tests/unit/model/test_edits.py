from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.errors import OperationError
from annotator.model import edits
from annotator.model.annotation import Annotation, Attributes, DocumentLabel, Note, Relation, Status, StatusName
from annotator.model.operations import Change, Operation, apply
from annotator.model.schema import Attribute, Label
from annotator.model.state import AnnotationState
from tests.support.model import BOILERPLATE, CLAIM, LENGTH, PASSAGE, SCHEMA, SOURCE, annotation, related


EMPTY = AnnotationState()
R1 = Relation("r1", "attributed_to", "c", "s")
R2 = Relation("r2", "repeats", "c", "d")


def after(state: AnnotationState, operation: Operation) -> AnnotationState:
    return apply(state, operation)[0]


class TestNewAnnotation:
    def test_it_is_manual_with_the_defaults_of_its_label_under_the_present_version(self) -> None:
        assert edits.new_annotation("a", 2, 7, CLAIM, SCHEMA) == Annotation(
            id="a",
            start=2,
            end=7,
            label="claim",
            attributes=(("quote", "indirect"), ("check_worthy", "true"), ("comment", "")),
            origin="manual",
            schema_version=3,
            raw=None,
        )

    def test_it_can_be_added(self) -> None:
        new = edits.new_annotation("a", 2, 7, CLAIM, SCHEMA)
        assert after(EMPTY, edits.add(EMPTY, SCHEMA, new, LENGTH)).annotations == (new,)


class TestAdd:
    def test_the_operation_adds_the_annotation_alone(self) -> None:
        new = annotation("a", 0, 5)
        assert edits.add(related(), SCHEMA, new, LENGTH) == Operation("add", (Change(None, new),))

    def test_a_twin_is_refused(self) -> None:
        state = AnnotationState.of([annotation("a", 0, 5)])
        with pytest.raises(OperationError, match=r"^this text already has this label$"):
            edits.add(state, SCHEMA, annotation("b", 0, 5), LENGTH)

    def test_a_twin_with_other_attributes_and_origin_is_refused(self) -> None:
        state = AnnotationState.of([annotation("a", 0, 5)])
        twin = annotation("b", 0, 5, attributes=(("quote", "direct"),), origin="furniture")
        with pytest.raises(OperationError, match="already has this label"):
            edits.add(state, SCHEMA, twin, LENGTH)

    def test_a_twin_is_found_behind_other_annotations(self) -> None:
        state = AnnotationState.of([annotation("a", 0, 30), annotation("b", 2, 5, "source"), annotation("c", 2, 5)])
        with pytest.raises(OperationError, match="already has this label"):
            edits.add(state, SCHEMA, annotation("d", 2, 5), LENGTH)

    @pytest.mark.parametrize("other", [(0, 5, "source"), (0, 6, "claim"), (1, 5, "claim")])
    def test_another_label_or_span_is_no_twin(self, other: tuple[int, int, str]) -> None:
        state = AnnotationState.of([annotation("a", 0, 5)])
        assert edits.add(state, SCHEMA, annotation("b", *other), LENGTH).name == "add"

    def test_a_span_outside_the_text_is_refused(self) -> None:
        with pytest.raises(OperationError, match="outside the text of 4 characters"):
            edits.add(EMPTY, SCHEMA, annotation("a", 0, 5), 4)

    def test_an_overlap_that_the_label_forbids_is_refused(self) -> None:
        state = AnnotationState.of([annotation("a", 0, 5, "boilerplate")])
        with pytest.raises(OperationError, match="may not overlap"):
            edits.add(state, SCHEMA, annotation("b", 4, 9, "boilerplate"), LENGTH)

    def test_a_hidden_annotation_can_be_added_inside_one_that_forbids_overlap(self) -> None:
        state = AnnotationState.of([annotation("a", 0, 5, "boilerplate")])
        hidden = annotation("b", 3, 3, "boilerplate", raw=(3, 9))
        assert hidden in after(state, edits.add(state, SCHEMA, hidden, LENGTH)).annotations


class TestRemove:
    def test_the_annotation_goes(self) -> None:
        state = AnnotationState.of([annotation("a", 0, 5), annotation("b", 0, 5, "source")])
        assert after(state, edits.remove(state, "a")) == AnnotationState.of([annotation("b", 0, 5, "source")])

    def test_the_relations_that_start_at_it_go_too(self) -> None:
        assert after(related(), edits.remove(related(), "c")).relations == ()

    @pytest.mark.parametrize(("tail", "left"), [("s", (R2,)), ("d", (R1,))])
    def test_the_relation_that_ends_at_it_goes_and_the_others_stay(self, tail: str, left: tuple[Relation, ...]) -> None:
        assert after(related(), edits.remove(related(), tail)).relations == left

    def test_everything_goes_in_one_operation_the_relations_before_their_end(self) -> None:
        operation = edits.remove(related(), "c")
        assert operation == Operation(
            "remove", (Change(R1, None), Change(R2, None), Change(annotation("c", 0, 10), None))
        )

    def test_the_inverse_brings_the_relations_back(self) -> None:
        operation = edits.remove(related(), "c")
        assert after(after(related(), operation), operation.inverse) == related()

    def test_what_is_not_about_it_stays(self) -> None:
        state = after(related(), edits.set_status(related(), "flagged", "look again"))
        state = after(state, Operation("document label", (Change(None, DocumentLabel("opinion")),)))
        state = after(state, edits.remove(state, "c"))
        assert (state.status, state.note, state.document_labels) == ("flagged", "look again", ("opinion",))

    @pytest.mark.parametrize("annotation_id", ["gone", "r1"])
    def test_what_is_no_annotation_cannot_be_removed(self, annotation_id: str) -> None:
        with pytest.raises(OperationError, match=r"^this annotation is gone$"):
            edits.remove(related(), annotation_id)


class TestMoveEdges:
    def test_only_the_span_changes(self) -> None:
        before = annotation("a", 0, 5, attributes=(("quote", "direct"),), origin="furniture", schema_version=1)
        operation = edits.move_edges(AnnotationState.of([before]), SCHEMA, "a", (2, 9), LENGTH)
        assert operation == Operation("move edge", (Change(before, replace(before, start=2, end=9)),))

    def test_relations_stay(self) -> None:
        state = after(related(), edits.move_edges(related(), SCHEMA, "c", (1, 12), LENGTH))
        assert state.relations == related().relations

    def test_a_hidden_annotation_that_gets_characters_forgets_its_raw_span(self) -> None:
        state = AnnotationState.of([annotation("a", 5, 5, raw=(7, 9))])
        moved = after(state, edits.move_edges(state, SCHEMA, "a", (4, 6), LENGTH))
        assert moved.annotations == (annotation("a", 4, 6),)

    def test_an_annotation_cannot_be_moved_to_nothing(self) -> None:
        with pytest.raises(OperationError, match="span 5–5 is empty"):
            edits.move_edges(related(), SCHEMA, "c", (5, 5), LENGTH)

    @pytest.mark.parametrize("span", [(-1, 5), (0, LENGTH + 1), (9, 3)])
    def test_an_edge_cannot_leave_the_text_or_pass_the_other_one(self, span: tuple[int, int]) -> None:
        with pytest.raises(OperationError, match="outside the text"):
            edits.move_edges(related(), SCHEMA, "c", span, LENGTH)

    def test_an_overlap_that_the_label_forbids_is_refused(self) -> None:
        state = AnnotationState.of([annotation("a", 0, 5, "boilerplate"), annotation("b", 5, 9, "boilerplate")])
        with pytest.raises(OperationError, match="may not overlap"):
            edits.move_edges(state, SCHEMA, "b", (4, 9), LENGTH)

    def test_a_label_that_forbids_overlap_may_overlap_where_it_was_itself(self) -> None:
        state = AnnotationState.of([annotation("a", 0, 5, "boilerplate")])
        assert edits.move_edges(state, SCHEMA, "a", (2, 9), LENGTH).name == "move edge"

    def test_what_the_schema_no_longer_knows_can_still_be_moved(self) -> None:
        before = annotation("a", 0, 5, "speaker", attributes=(("role", "x"),))
        operation = edits.move_edges(AnnotationState.of([before]), SCHEMA, "a", (2, 9), LENGTH)
        assert operation.changes == (Change(before, replace(before, start=2, end=9)),)

    def test_what_is_gone_cannot_be_moved(self) -> None:
        with pytest.raises(OperationError, match="this annotation is gone"):
            edits.move_edges(related(), SCHEMA, "gone", (0, 5), LENGTH)

    def test_a_move_to_the_same_span_is_refused(self) -> None:
        with pytest.raises(OperationError):
            edits.move_edges(related(), SCHEMA, "c", (0, 10), LENGTH)

    def test_a_move_onto_a_twin_is_refused(self) -> None:
        with pytest.raises(OperationError):
            edits.move_edges(related(), SCHEMA, "d", (0, 10), LENGTH)


class TestRelabel:
    def test_the_label_changes_and_the_span_id_and_origin_stay(self) -> None:
        before = annotation("a", 2, 7, origin="furniture")
        state = AnnotationState.of([before])
        now = after(state, edits.relabel(state, SCHEMA, "a", PASSAGE)).annotations[0]
        assert now == replace(before, label="passage", attributes=())

    def test_a_shared_attribute_keeps_its_value_where_the_new_label_knows_it(self) -> None:
        assert relabelled(("quote", "direct"), SOURCE)["quote"] == "direct"

    def test_a_shared_attribute_takes_the_default_where_the_new_label_does_not_know_its_value(self) -> None:
        assert relabelled(("quote", "indirect"), SOURCE)["quote"] == "none"

    @pytest.mark.parametrize("text", ["قال مصدر", ""])
    def test_a_shared_text_is_kept_even_where_it_is_empty(self, text: str) -> None:
        assert relabelled(("comment", text), SOURCE)["comment"] == text

    def test_an_attribute_that_was_not_there_takes_the_default(self) -> None:
        assert relabelled(("quote", "direct"), SOURCE) == {"type": "person", "quote": "direct", "comment": "unnamed"}

    def test_an_attribute_that_allows_an_empty_value_takes_the_default_where_it_was_not_there(self) -> None:
        label = Label("cue", "v", "red", attributes=(Attribute("tense", "enum", "past", ("", "past")),))
        assert relabelled(("quote", "direct"), label) == {"tense": "past"}

    def test_attributes_are_in_the_order_of_the_new_label(self) -> None:
        before = annotation("a", attributes=(("comment", "x"), ("quote", "direct")))
        operation = edits.relabel(AnnotationState.of([before]), SCHEMA, "a", SOURCE)
        now = operation.changes[-1].after
        assert isinstance(now, Annotation)
        assert now.attributes == (("type", "person"), ("quote", "direct"), ("comment", "x"))

    def test_it_is_now_under_the_present_version_of_the_schema(self) -> None:
        state = AnnotationState.of([annotation("a", schema_version=1)])
        assert after(state, edits.relabel(state, SCHEMA, "a", SOURCE)).annotations[0].schema_version == 3

    def test_a_hidden_annotation_keeps_its_raw_span(self) -> None:
        state = AnnotationState.of([annotation("a", 5, 5, raw=(7, 9))])
        assert after(state, edits.relabel(state, SCHEMA, "a", SOURCE)).annotations[0].raw == (7, 9)

    def test_relations_that_the_new_label_may_not_have_at_their_head_go_and_the_others_stay(self) -> None:
        assert after(related(), edits.relabel(related(), SCHEMA, "c", PASSAGE)).relations == (R2,)

    def test_relations_that_the_new_label_may_not_have_at_either_end_go(self) -> None:
        assert after(related(), edits.relabel(related(), SCHEMA, "c", SOURCE)).relations == ()

    def test_relations_that_the_new_label_may_not_have_at_their_tail_go(self) -> None:
        assert after(related(), edits.relabel(related(), SCHEMA, "s", CLAIM)).relations == (R2,)

    @pytest.mark.parametrize("annotation_id", ["c", "d"])
    def test_a_relation_that_the_new_label_may_have_stays_at_its_head_and_at_its_tail(self, annotation_id: str) -> None:
        assert R2 in after(related(), edits.relabel(related(), SCHEMA, annotation_id, PASSAGE)).relations

    def test_relations_between_others_stay_though_the_new_label_may_not_have_them(self) -> None:
        assert after(related(), edits.relabel(related(), SCHEMA, "d", BOILERPLATE)).relations == (R1,)

    def test_relations_of_a_type_that_the_schema_does_not_know_stay(self) -> None:
        unknown = Relation("r3", "denies", "c", "d")
        state = AnnotationState.of([*related().values.values(), unknown])
        assert after(state, edits.relabel(state, SCHEMA, "c", BOILERPLATE)).relations == (unknown,)

    def test_everything_happens_in_one_operation_the_relations_before_their_end(self) -> None:
        operation = edits.relabel(related(), SCHEMA, "c", SOURCE)
        assert operation.name == "relabel"
        assert [change.slot[1] for change in operation.changes] == ["r1", "r2", "c"]

    def test_the_inverse_brings_the_old_label_and_the_relations_back(self) -> None:
        operation = edits.relabel(related(), SCHEMA, "c", SOURCE)
        assert after(after(related(), operation), operation.inverse) == related()

    def test_the_same_label_is_refused(self) -> None:
        with pytest.raises(OperationError, match=r"^this is a claim already$"):
            edits.relabel(related(), SCHEMA, "c", CLAIM)

    def test_an_overlap_that_the_new_label_forbids_is_refused(self) -> None:
        state = AnnotationState.of([annotation("a", 0, 5), annotation("b", 4, 9, "boilerplate")])
        with pytest.raises(OperationError, match="may not overlap"):
            edits.relabel(state, SCHEMA, "a", BOILERPLATE)

    def test_what_is_gone_cannot_be_relabelled(self) -> None:
        with pytest.raises(OperationError, match="this annotation is gone"):
            edits.relabel(related(), SCHEMA, "gone", CLAIM)

    def test_a_relabel_into_a_twin_is_refused(self) -> None:
        state = AnnotationState.of([annotation("a", 0, 5), annotation("b", 0, 5, "source")])
        with pytest.raises(OperationError):
            edits.relabel(state, SCHEMA, "b", CLAIM)


def relabelled(attribute: tuple[str, str], label: Label) -> dict[str, str]:
    """The attributes of a claim with one attribute after it got another label."""
    state = AnnotationState.of([annotation("a", attributes=(attribute,))])
    return dict(after(state, edits.relabel(state, SCHEMA, "a", label)).annotations[0].attributes)


class TestSetAttribute:
    def test_only_the_value_changes(self) -> None:
        before = annotation("a", origin="furniture", schema_version=1)
        operation = edits.set_attribute(AnnotationState.of([before]), SCHEMA, "a", "quote", "direct")
        values = (("quote", "direct"), ("check_worthy", "true"), ("comment", ""))
        assert operation == Operation("set attribute", (Change(before, replace(before, attributes=values)),))

    @pytest.mark.parametrize(
        ("attribute_id", "value"), [("check_worthy", "false"), ("comment", "من المصدر؟"), ("comment", " ")]
    )
    def test_every_value_of_the_domain_can_be_set(self, attribute_id: str, value: str) -> None:
        assert dict(with_attribute((), attribute_id, value))[attribute_id] == value

    def test_a_required_text_can_be_emptied(self) -> None:
        state = AnnotationState.of([annotation("a", label="source")])
        now = after(state, edits.set_attribute(state, SCHEMA, "a", "comment", "")).annotations[0]
        assert dict(now.attributes)["comment"] == ""

    def test_an_attribute_that_was_not_there_comes_to_its_place_in_the_schema(self) -> None:
        before = (("quote", "direct"), ("comment", "x"))
        assert [key for key, _ in with_attribute(before, "check_worthy", "false")] == [
            "quote",
            "check_worthy",
            "comment",
        ]

    def test_others_that_were_not_there_stay_away(self) -> None:
        assert with_attribute((), "comment", "x") == (("comment", "x"),)

    def test_attributes_out_of_order_come_into_that_of_the_schema(self) -> None:
        before = (("comment", "x"), ("quote", "direct"))
        assert with_attribute(before, "quote", "indirect") == (("quote", "indirect"), ("comment", "x"))

    def test_those_that_the_schema_does_not_know_are_kept_behind_the_others(self) -> None:
        before = (("mood", "m"), ("comment", "x"), ("age", "a"))
        assert with_attribute(before, "quote", "direct") == (
            ("quote", "direct"),
            ("comment", "x"),
            ("mood", "m"),
            ("age", "a"),
        )

    def test_a_value_outside_the_domain_gives_way_to_one_inside(self) -> None:
        assert with_attribute((("quote", "hearsay"),), "quote", "direct") == (("quote", "direct"),)

    @pytest.mark.parametrize(("attribute_id", "value"), [("quote", "none"), ("check_worthy", "yes"), ("quote", "")])
    def test_a_value_outside_the_domain_is_refused(self, attribute_id: str, value: str) -> None:
        with pytest.raises(OperationError, match=f"^{value!r} is no value of claim.{attribute_id}$"):
            with_attribute((), attribute_id, value)

    def test_an_attribute_of_another_label_is_refused(self) -> None:
        with pytest.raises(OperationError, match=r"^label claim has no attribute 'type'$"):
            with_attribute((), "type", "person")

    def test_an_attribute_of_a_label_that_the_schema_does_not_know_is_refused(self) -> None:
        state = AnnotationState.of([annotation("a", label="speaker")])
        with pytest.raises(OperationError, match=r"^label 'speaker' is not in schema everything$"):
            edits.set_attribute(state, SCHEMA, "a", "quote", "direct")

    def test_the_same_value_is_refused(self) -> None:
        with pytest.raises(OperationError, match=r"^quote is 'direct' already$"):
            with_attribute((("quote", "direct"),), "quote", "direct")

    def test_what_is_gone_has_no_attributes(self) -> None:
        with pytest.raises(OperationError, match="this annotation is gone"):
            edits.set_attribute(EMPTY, SCHEMA, "a", "quote", "direct")


def with_attribute(before: Attributes, attribute_id: str, value: str) -> Attributes:
    """The attributes of a claim once one of them is set."""
    state = AnnotationState.of([annotation("a", attributes=before)])
    return after(state, edits.set_attribute(state, SCHEMA, "a", attribute_id, value)).annotations[0].attributes


class TestToggleDocumentLabel:
    OPINION = AnnotationState.of([DocumentLabel("opinion")])

    def test_a_label_that_is_not_there_is_put_on(self) -> None:
        operation = edits.toggle_document_label(EMPTY, SCHEMA, "opinion")
        assert operation == Operation("document label", (Change(None, DocumentLabel("opinion")),))

    def test_a_label_that_is_there_is_taken_off(self) -> None:
        assert after(self.OPINION, edits.toggle_document_label(self.OPINION, SCHEMA, "opinion")) == EMPTY

    def test_a_label_that_the_schema_does_not_know_is_not_put_on(self) -> None:
        with pytest.raises(OperationError, match=r"^document label 'breaking' is not in schema everything$"):
            edits.toggle_document_label(EMPTY, SCHEMA, "breaking")

    def test_a_label_that_the_schema_no_longer_knows_can_be_taken_off(self) -> None:
        state = AnnotationState.of([DocumentLabel("opinion"), DocumentLabel("breaking")])
        assert after(state, edits.toggle_document_label(state, SCHEMA, "breaking")) == self.OPINION


class TestSetNote:
    def test_a_document_takes_a_note(self) -> None:
        assert edits.set_note(EMPTY, "من المصدر؟") == Operation("note", (Change(None, Note("من المصدر؟")),))

    def test_a_note_gives_way_to_another(self) -> None:
        operation = edits.set_note(AnnotationState.of([Note("old")]), "new")
        assert operation.changes == (Change(Note("old"), Note("new")),)

    def test_an_empty_text_takes_the_note_away_and_leaves_the_status(self) -> None:
        state = AnnotationState.of([Status("flagged"), Note("old")])
        assert after(state, edits.set_note(state, "")) == AnnotationState.of([Status("flagged")])

    def test_the_same_note_is_refused(self) -> None:
        with pytest.raises(OperationError, match=r"^the note says this already$"):
            edits.set_note(AnnotationState.of([Note("old")]), "old")

    def test_there_must_be_a_note_to_take_away(self) -> None:
        with pytest.raises(OperationError, match=r"^there is no note$"):
            edits.set_note(EMPTY, "")


class TestSetStatus:
    @pytest.mark.parametrize("status", ["done", "flagged"])
    def test_an_open_document_takes_a_status(self, status: StatusName) -> None:
        assert edits.set_status(EMPTY, status) == Operation("status", (Change(None, Status(status)),))

    def test_a_status_gives_way_to_another(self) -> None:
        operation = edits.set_status(AnnotationState.of([Status("done")]), "flagged")
        assert operation.changes == (Change(Status("done"), Status("flagged")),)

    def test_open_takes_the_status_away(self) -> None:
        state = AnnotationState.of([Status("done")])
        assert after(state, edits.set_status(state, "open")) == EMPTY

    @pytest.mark.parametrize("status", ["open", "done", "flagged"])
    def test_the_same_status_is_refused(self, status: StatusName) -> None:
        state = EMPTY if status == "open" else AnnotationState.of([Status(status)])
        with pytest.raises(OperationError, match=f"^the document is {status} already$"):
            edits.set_status(state, status)

    def test_a_note_comes_with_the_status_in_one_operation(self) -> None:
        operation = edits.set_status(EMPTY, "flagged", "من المصدر؟")
        assert operation.changes == (Change(None, Status("flagged")), Change(None, Note("من المصدر؟")))

    def test_a_note_can_change_under_the_same_status(self) -> None:
        state = AnnotationState.of([Status("flagged"), Note("old")])
        assert edits.set_status(state, "flagged", "new").changes == (Change(Note("old"), Note("new")),)

    def test_an_empty_note_takes_the_note_away(self) -> None:
        state = AnnotationState.of([Status("flagged"), Note("old")])
        assert after(state, edits.set_status(state, "flagged", "")) == AnnotationState.of([Status("flagged")])

    def test_the_note_stays_where_none_is_given(self) -> None:
        state = AnnotationState.of([Status("flagged"), Note("old")])
        assert after(state, edits.set_status(state, "done")) == AnnotationState.of([Status("done"), Note("old")])

    @pytest.mark.parametrize("note", ["", "old"])
    def test_the_same_note_under_the_same_status_is_refused(self, note: str) -> None:
        state = AnnotationState.of([Status("done"), *([Note(note)] if note else [])])
        with pytest.raises(OperationError, match="the document is done already"):
            edits.set_status(state, "done", note)

    def test_the_same_note_is_no_change_beside_a_new_status(self) -> None:
        operation = edits.set_status(AnnotationState.of([Note("old")]), "done", "old")
        assert operation.changes == (Change(None, Status("done")),)


class TestImported:
    def test_all_values_come_in_one_operation_in_their_order(self) -> None:
        values = [annotation("c", 0, 10), annotation("s", 10, 15, "source"), R1, Status("done")]
        operation = edits.imported(values)
        assert operation == Operation("import", tuple(Change(None, value) for value in values))

    def test_a_value_that_is_there_already_is_refused_when_it_is_applied(self) -> None:
        with pytest.raises(OperationError, match="this relation has changed"):
            apply(related(), edits.imported([annotation("new", 0, 3), R1]))
