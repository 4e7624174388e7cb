from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.model.annotation import Note
from annotator.tui.commands import commands_of
from annotator.tui.describe import EXCERPT, focus_parts, help_lines, inspector_lines, label_parts
from annotator.tui.palette import Palette
from tests.support.model import SCHEMA
from tests.tui.desks import desk_of, press, span


TEXT = "قال وزير النقل إن الجسر آمن.\n\nولم ترد البلدية."
PALETTE = Palette(SCHEMA, 1 << 24)


def inspector(desk: object) -> str:
    return "\n".join(line.text for line in inspector_lines(desk, PALETTE))  # type: ignore[arg-type]


def focus(desk: object) -> str:
    return "".join(part.text for part in focus_parts(desk, PALETTE))  # type: ignore[arg-type]


def test_the_inspector_shows_text_offsets_and_attributes_of_the_focused_annotation() -> None:
    desk = desk_of(TEXT)
    press(desk, "c")
    shown = inspector(desk)
    assert "Claim" in shown
    assert "قال" in shown
    assert "text 0–3" in shown
    assert "quote: indirect" in shown
    assert "origin: manual" in shown


def test_the_inspector_shows_the_place_in_the_raw_text() -> None:
    hidden = replace(span(TEXT, "قال", id_="h"), start=2, end=2, raw=(30, 35))
    desk = desk_of(TEXT, hidden)
    desk.focused = "h"
    assert "raw  30–35" in inspector(desk)


def test_the_inspector_cuts_a_very_long_text_and_shows_its_line_breaks() -> None:
    text = "كلمة\n" * 400
    desk = desk_of(text, span(text, text, "claim"))
    desk.focus_next(1)
    excerpt = inspector_lines(desk, PALETTE)[1].text
    assert excerpt.startswith("كلمة ⏎ كلمة")
    assert excerpt.endswith("…")
    assert len(excerpt) < 2 * EXCERPT


def test_without_focus_the_inspector_tells_of_the_document() -> None:
    desk = desk_of(TEXT, Note("سطر ناقص"), span(TEXT, "وزير"), span(TEXT, "النقل"), span(TEXT, "الجسر", "claim"))
    shown = inspector(desk)
    assert "source: wire" in shown
    assert "id: d1" in shown
    assert f"{len(TEXT)} characters" in shown
    assert "note: سطر ناقص" in shown
    assert "Claim 1, source 2" in shown


def test_before_the_first_annotation_it_says_how_to_make_one() -> None:
    assert "select (Space or m), then a label key" in inspector(desk_of(TEXT))
    assert "select (Space or m), then a label key" in focus(desk_of(TEXT))


def test_annotations_whose_text_was_dropped_are_counted_as_hidden() -> None:
    hidden = replace(span(TEXT, "قال", id_="h"), start=2, end=2, raw=(30, 35))
    assert "1 hidden" in focus(desk_of(TEXT, hidden))


def test_the_line_for_narrow_windows_shows_the_focused_annotation() -> None:
    desk = desk_of(TEXT, cursor=5)
    press(desk, "s")
    shown = focus(desk)
    assert "source" in shown
    assert "4–8" in shown
    assert "type: person" in shown
    assert shown.endswith("وزير")


def test_the_strip_of_labels_shows_key_and_name_and_is_clickable() -> None:
    parts = label_parts(SCHEMA, PALETTE)
    assert [part.text for part in parts] == [" c Claim ", " s source ", " b boilerplate ", " g passage "]
    assert [part.key for part in parts] == ["c", "s", "b", "g"]


@pytest.mark.parametrize("screen", ["annotate", "queue"])
def test_the_help_shows_every_command_with_its_keys(screen: str) -> None:
    lines = [line.text for line in help_lines(screen, SCHEMA, PALETTE)]  # type: ignore[arg-type]
    for command in commands_of(screen):  # type: ignore[arg-type]
        assert f"  {command.shown_keys:<18} {command.text}" in lines


def test_the_help_shows_every_heading_once() -> None:
    lines = [line.text for line in help_lines("annotate", SCHEMA, PALETTE)]
    for group in {command.group for command in commands_of("annotate")}:
        assert lines.count(group) == 1


def test_the_help_explains_every_label_in_both_languages_with_examples() -> None:
    lines = help_lines("annotate", SCHEMA, PALETTE)
    texts = [line.text for line in lines]
    for label in SCHEMA.labels:
        assert any(text.startswith(f" {label.key}  {label.name.en or label.id}") for text in texts)
    assert "What can be true or false." in texts
    arabic = lines[texts.index("ما يحتمل الصدق والكذب.")]
    assert arabic.base == 1
    assert "قال الوزير إن ⟦الأسعار انخفضت⟧." in texts
