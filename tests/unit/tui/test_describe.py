from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.model.annotation import DocumentLabel, Note, Relation
from annotator.model.suggestion import SuggestedRelation
from annotator.tui.describe import (
    EXCERPT,
    focus_parts,
    inspector_lines,
    label_parts,
    status_parts,
    strip_parts,
)
from annotator.tui.desk import Desk
from annotator.tui.palette import Palette
from tests.support.model import SCHEMA
from tests.support.texts import plain
from tests.tui.desks import desk_of, press, propose, span


TEXT = "قال وزير النقل إن الجسر آمن.\n\nولم ترد البلدية."
PALETTE = Palette(SCHEMA, 1 << 24)
HIDDEN = replace(span(TEXT, "قال", id_="h"), start=2, end=2, raw=(30, 35))
WORDS = ("قال", "وزير", "النقل", "إن", "الجسر")


def inspector(desk: Desk) -> str:
    return "\n".join(line.text for line in inspector_lines(desk, PALETTE))


def focus(desk: Desk) -> str:
    return "".join(part.text for part in focus_parts(desk, PALETTE))


def strip(desk: Desk, most: int = 12) -> list[str]:
    return [part.text.strip() for part in strip_parts(desk, PALETTE, most) if part.text.strip()]


def claim_with_source() -> Desk:
    """A desk on a claim that is attributed to a source; the claim is focused."""
    claim, source = span(TEXT, "الجسر آمن", "claim"), span(TEXT, "وزير النقل")
    desk = desk_of(TEXT, claim, source, Relation("r1", "attributed_to", claim.id, source.id))
    desk.focus(claim)
    return desk


# The inspector


def test_the_inspector_shows_text_offsets_and_attributes_of_the_focused_annotation() -> None:
    desk = desk_of(TEXT)
    press(desk, "c")
    shown = inspector(desk)
    assert "Claim" in shown
    assert "قال" in shown
    assert "text 0–3" in shown
    assert "Quoted: indirect" in shown
    assert "manual" in shown


def test_values_of_attributes_are_shown_by_their_names() -> None:
    annotation = replace(span(TEXT, "قال", "claim"), attributes=(("quote", "direct"), ("check_worthy", "true")))
    desk = desk_of(TEXT, annotation)
    desk.focus(annotation)
    assert "Quoted: Direct" in inspector(desk)
    assert "check_worthy: yes" in inspector(desk)


def test_an_attribute_that_the_schema_does_not_have_is_shown_as_it_is() -> None:
    annotation = replace(span(TEXT, "قال", "claim"), attributes=(("mood", "grim"),))
    desk = desk_of(TEXT, annotation)
    desk.focus(annotation)
    assert "mood: grim" in inspector(desk)


def test_the_inspector_shows_the_place_in_the_raw_text() -> None:
    desk = desk_of(TEXT, HIDDEN)
    desk.focused = "h"
    assert "30–35" in inspector(desk)


def test_the_inspector_cuts_a_very_long_text_and_shows_its_line_breaks() -> None:
    text = "كلمة\n" * 400
    desk = desk_of(text, span(text, text, "claim"))
    desk.focus_next(1)
    excerpt = inspector_lines(desk, PALETTE)[1].text
    assert excerpt.startswith("كلمة ⏎ كلمة")
    assert excerpt.endswith("…")
    assert len(excerpt) < 2 * EXCERPT


def test_the_inspector_shows_relations_from_both_ends() -> None:
    desk = claim_with_source()
    assert "→ by: وزير النقل" in inspector(desk)
    desk.focus_next(-1)
    assert "← by: الجسر آمن" in inspector(desk)


def test_what_is_wrong_with_an_annotation_is_a_warning() -> None:
    source = span(TEXT, "قال")
    annotation = replace(source, attributes=(*source.attributes[:-1], ("comment", "")))
    desk = desk_of(TEXT, annotation)
    desk.focus(annotation)
    warnings = [line for line in inspector_lines(desk, PALETTE) if line.style == PALETTE.warning]
    assert [line.text.split()[0] for line in warnings] == ["⚠"]
    assert any(part.style == PALETTE.warning for part in focus_parts(desk, PALETTE))


def test_without_focus_the_inspector_tells_of_the_document() -> None:
    desk = desk_of(TEXT, Note("سطر ناقص"), span(TEXT, "وزير"), span(TEXT, "النقل"), span(TEXT, "الجسر", "claim"))
    shown = inspector(desk)
    assert "source: wire" in shown
    assert "id: d1" in shown
    assert f"{len(TEXT)} characters" in shown
    assert "note: سطر ناقص" in shown
    assert "Claim 1, source 2" in shown


def test_without_focus_the_inspector_shows_the_labels_of_the_document() -> None:
    assert "document: Opinion" in inspector(desk_of(TEXT, DocumentLabel("opinion")))


def test_before_the_first_annotation_it_says_how_to_make_one() -> None:
    assert "select (Space or m), then press a label key" in inspector(desk_of(TEXT))
    assert "select (Space or m), then press a label key" in focus(desk_of(TEXT))


# The line of narrow windows


def test_annotations_whose_text_was_dropped_are_counted_as_hidden() -> None:
    assert "1 hidden: its text" in focus(desk_of(TEXT, HIDDEN))
    assert "2 hidden: their text" in focus(desk_of(TEXT, HIDDEN, replace(HIDDEN, id="i")))


def test_relations_are_counted() -> None:
    desk = claim_with_source()
    desk.escape()
    assert "Claim 1, source 1, 1 relation" in focus(desk)


def test_the_line_for_narrow_windows_shows_the_focused_annotation() -> None:
    desk = desk_of(TEXT, cursor=5)
    press(desk, "s")
    shown = focus(desk)
    assert "source" in shown
    assert "4–8" in shown
    assert "type: " not in shown
    assert "person" in shown
    assert "وزير" not in shown


def test_the_line_for_narrow_windows_names_only_what_differs_from_the_defaults() -> None:
    chosen = replace(span(TEXT, "وزير"), attributes=(("type", "agency"), ("quote", "none"), ("comment", "unnamed")))
    desk = desk_of(TEXT, chosen)
    desk.focus(chosen)
    shown = focus(desk)
    assert "type: agency" in shown
    assert shown.index("agency") < shown.index("unnamed")
    faint = [part.text.strip() for part in focus_parts(desk, PALETTE) if part.style == PALETTE.faint]
    assert faint == ["none", "unnamed", f"{chosen.start}–{chosen.end}"]


def test_the_line_for_narrow_windows_shows_relations() -> None:
    assert "→" in focus(claim_with_source())


def test_the_line_for_narrow_windows_shows_the_note_while_nothing_is_focused() -> None:
    assert "note: سطر ناقص" in focus(desk_of(TEXT, Note("سطر ناقص")))


# Labels and annotations in strips


def test_the_strip_of_labels_shows_key_and_name_and_is_clickable() -> None:
    parts = label_parts(SCHEMA, PALETTE)
    assert [part.text for part in parts] == [" c Claim ", " s source ", " b boilerplate ", " g passage "]
    assert [part.key for part in parts] == ["c", "s", "b", "g"]


def test_without_annotations_their_strip_is_empty() -> None:
    assert strip_parts(desk_of(TEXT), PALETTE, 12) == ()


def test_the_strip_begins_one_before_the_present_annotation_and_says_which_that_is() -> None:
    desk = desk_of(TEXT, *(span(TEXT, word) for word in WORDS))
    desk.focus(span(TEXT, "النقل"))
    assert strip(desk) == ["3/5", "s وزير", "s النقل", "s إن", "s الجسر"]
    assert strip(desk, 2) == ["3/5", "s وزير", "s النقل"]


@pytest.mark.parametrize(("place", "first"), [("قال", "1/5"), ("الجسر", "5/5"), ("البلدية", "5/5")])
def test_without_focus_the_strip_follows_the_cursor(place: str, first: str) -> None:
    desk = desk_of(TEXT, *(span(TEXT, word) for word in WORDS))
    desk.go(TEXT.index(place))
    assert strip(desk)[0] == first


def test_in_the_strip_only_the_focused_annotation_looks_focused_and_each_is_clickable() -> None:
    desk = desk_of(TEXT, span(TEXT, "وزير"), span(TEXT, "النقل"))
    desk.focus(span(TEXT, "النقل"))
    parts = [part for part in strip_parts(desk, PALETTE, 12) if part.key]
    look = PALETTE.labels["source"]
    assert [(part.key, part.style) for part in parts] == [("focus وزير", look.name), ("focus النقل", look.focused)]


def test_a_long_annotation_is_cut_in_the_strip() -> None:
    desk = desk_of(TEXT, span(TEXT, "قال وزير النقل إن الجسر آمن", "claim"))
    assert strip(desk)[1].endswith("…")
    assert len(strip(desk)[1]) < 24


# How things stand


def status(desk: Desk, *, is_saved: bool = True) -> str:
    return "".join(part.text for part in status_parts(desk, PALETTE, "salma", is_saved=is_saved))


def test_the_status_says_whether_all_is_saved_and_who_works_here() -> None:
    assert status(desk_of(TEXT)) == " open · saved · 0 min · salma "
    assert " · not saved · " in status(desk_of(TEXT), is_saved=False)


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(59.9, "0 min"), (60.0, "1 min"), (3599.0, "59 min"), (7200, "120 min")]
)
def test_the_status_says_how_many_whole_minutes_the_work_took(
    seconds: float, minutes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(TEXT)
    monkeypatch.setattr(desk.session, "active_seconds", seconds)
    assert f" · {minutes} · " in status(desk)


# Suggestions


def proposing() -> Desk:
    """A desk with a claim and its source suggested, and a line of page furniture; the claim is focused."""
    claim, source = span(TEXT, "الجسر آمن", "claim"), span(TEXT, "وزير النقل")
    desk = propose(
        desk_of(TEXT),
        claim,
        source,
        span(TEXT, "ولم ترد البلدية.", "boilerplate"),
        reason="A verb of saying",
        related=(SuggestedRelation("attributed_to", claim.id, source.id),),
    )
    desk.focus(claim)
    return desk


def test_the_inspector_says_why_something_is_suggested_how_sure_that_is_and_by_whom() -> None:
    shown = inspector(proposing())
    assert " Claim? " in shown
    assert "الجسر آمن" in shown
    assert "Quoted: indirect" in shown
    assert "suggested because: A verb of saying (80 %): «قال»" in plain(shown)
    assert "origin: wire@2" in shown
    assert "Enter accept · x reject" in shown


def test_the_line_for_narrow_windows_gives_the_reason_before_all_else() -> None:
    shown = plain(focus(proposing()))
    assert shown.startswith(" Claim?  A verb of saying (80 %): «قال»  → by: وزير النقل ")
    assert shown.endswith(" wire@2 ")


def test_a_suggested_relation_is_told_from_both_ends() -> None:
    desk = proposing()
    assert "→ by: وزير النقل" in inspector(desk)
    desk.focus(span(TEXT, "وزير النقل"))
    assert "← by: الجسر آمن" in inspector(desk)
    assert "← by: الجسر آمن" in focus(desk)


def test_a_suggestion_without_a_reason_says_so() -> None:
    claim = span(TEXT, "الجسر آمن", "claim")
    desk = propose(desk_of(TEXT), claim)
    desk.focus(claim)
    assert "suggested because: no reason given (80 %)" in plain(inspector(desk))


def test_the_name_of_a_suggestion_looks_like_a_focused_suggestion() -> None:
    look = PALETTE.labels["claim"].suggested_focused
    assert inspector_lines(proposing(), PALETTE)[0].style == focus_parts(proposing(), PALETTE)[0].style == look


def test_while_a_suggestion_is_focused_the_strip_shows_the_suggestions_about_it() -> None:
    desk = proposing()
    press(desk, "c")
    desk.focus(span(TEXT, "ولم ترد البلدية.", "boilerplate"))
    assert strip(desk) == ["2/2", "s? وزير النقل", "b? ولم ترد البلدية."]
    parts = [part for part in strip_parts(desk, PALETTE, 12) if part.key]
    assert [part.style for part in parts] == [
        PALETTE.labels["source"].suggested,
        PALETTE.labels["boilerplate"].suggested_focused,
    ]
    desk.escape()
    assert strip(desk) == ["1/1", "c الجسر آمن"]


def test_without_focus_it_is_told_how_many_wait_and_how_to_answer_them() -> None:
    desk = proposing()
    desk.escape()
    for shown in (inspector(desk), focus(desk)):
        assert "3 suggestions · y accepts furniture (1)" in shown
    press(desk, "s")
    desk.escape()
    assert "source 1 · 3 suggestions" in focus(desk)


def test_without_suggested_furniture_y_is_not_spoken_of() -> None:
    desk = propose(desk_of(TEXT), span(TEXT, "وزير النقل"))
    assert focus(desk) == " 1 suggestion "
