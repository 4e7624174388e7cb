from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from annotator.model.schema import Attribute, Localized
from annotator.tui import language
from annotator.tui.commands import ScreenName, commands_of
from annotator.tui.guidance import guideline_lines, help_lines
from annotator.tui.palette import Palette
from annotator.tui.widgets.panel import Line
from tests.support.model import CLAIM, SCHEMA
from tests.tui.desks import desk_of, propose, span


PALETTE = Palette(SCHEMA, 1 << 24)
TEXT = "قال وزير النقل إن الجسر آمن."
ENGLISH, ARABIC = "What can be true or false.", "ما يحتمل الصدق والكذب."


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    language.use("en")
    yield
    language.use("en")


def help_of(screen: ScreenName) -> tuple[Line, ...]:
    return help_lines(commands_of(screen), SCHEMA, PALETTE)


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


# Help


@pytest.mark.parametrize("screen", ["annotate", "queue"])
def test_the_help_has_a_line_for_every_command_with_its_keys(screen: ScreenName) -> None:
    found = {(line.keys.strip(), line.text) for line in help_of(screen) if line.keys}
    assert found == {(command.shown_keys, command.text) for command in commands_of(screen)}


@pytest.mark.parametrize("screen", ["annotate", "queue"])
def test_the_help_shows_every_heading_once(screen: ScreenName) -> None:
    headings = texts(tuple(line for line in help_of(screen) if not line.keys))
    for group in {command.group for command in commands_of(screen)}:
        assert headings.count(group) == 1


def test_the_help_tells_of_the_mouse_and_of_arabic_keyboards() -> None:
    shown = "\n".join(texts(help_of("annotate")))
    assert "triple click a sentence" in shown
    assert "on an Arabic layout too" in shown


def test_the_help_explains_every_label_with_examples() -> None:
    shown = texts(help_of("annotate"))
    for label in SCHEMA.labels:
        assert any(text.startswith(f" {label.key}  {label.name.en or label.id}") for text in shown)
    assert "قال الوزير إن ⟦الأسعار انخفضت⟧." in shown
    assert "  Without the verb of saying." in shown


def test_an_example_without_a_note_takes_no_line_for_it() -> None:
    example = replace(CLAIM.examples[0], note=Localized())
    schema = replace(SCHEMA, labels=(replace(CLAIM, examples=(example,)),))
    shown = texts(help_lines((), schema, Palette(schema, 0)))
    assert shown[-1] == example.text


def test_guidelines_are_in_the_language_of_the_screens_only() -> None:
    assert ENGLISH in texts(help_of("annotate"))
    assert ARABIC not in texts(help_of("annotate"))
    language.use("ar")
    assert ARABIC in texts(help_of("annotate"))
    assert ENGLISH not in texts(help_of("annotate"))


def test_a_guideline_in_one_language_alone_stands_for_the_other() -> None:
    schema = replace(SCHEMA, labels=(replace(CLAIM, guideline=Localized(en=ENGLISH)),))
    language.use("ar")
    assert ENGLISH in texts(help_lines((), schema, Palette(schema, 0)))


def test_the_help_reads_from_the_right_in_arabic() -> None:
    language.use("ar")
    assert {line.base for line in help_of("queue") if line.keys} == {1}


# Guidelines


def test_the_guideline_is_that_of_the_annotation_under_the_cursor() -> None:
    desk = desk_of(TEXT, span(TEXT, "الجسر آمن", "claim"))
    desk.go(TEXT.index("الجسر"))
    shown = texts(guideline_lines(desk, PALETTE))
    assert shown[0] == " c  Claim "
    assert ENGLISH in shown


def test_it_explains_attributes_and_the_relations_that_the_label_may_have() -> None:
    desk = desk_of(TEXT, span(TEXT, "الجسر آمن", "claim"))
    desk.focus_next(1)
    shown = texts(guideline_lines(desk, PALETTE))
    assert shown[shown.index("Quoted") + 1] == "Are the words the speaker's own?"
    for relation in SCHEMA.relations:
        assert (relation.name.en or relation.id) in shown


def test_relations_of_other_labels_are_left_out() -> None:
    desk = desk_of(TEXT, span(TEXT, TEXT, "boilerplate"), cursor=1)
    desk.toggle_fold()
    shown = texts(guideline_lines(desk, PALETTE))
    assert shown[0] == " b  boilerplate "
    assert not {relation.name.en or relation.id for relation in SCHEMA.relations} & set(shown)


def test_the_paragraphs_of_a_guideline_are_lines() -> None:
    attribute = Attribute("a", "text", "", guideline=Localized("One.\n\nTwo."))
    schema = replace(SCHEMA, labels=(replace(CLAIM, attributes=(attribute,)),))
    desk = desk_of(TEXT, span(TEXT, "قال", "claim"), schema=schema)
    shown = texts(guideline_lines(desk, Palette(schema, 0)))
    assert shown[shown.index("One.") : shown.index("One.") + 2] == ["One.", "Two."]


def test_where_no_annotation_is_all_labels_are_explained() -> None:
    shown = texts(guideline_lines(desk_of(TEXT), PALETTE))
    assert shown[0] == "No annotation here: the guidelines of all labels."
    assert {" c  Claim ", " s  source ", " b  boilerplate ", " g  passage "} <= set(shown)


def test_for_a_label_that_the_schema_no_longer_has_all_labels_are_explained() -> None:
    desk = desk_of(TEXT, replace(span(TEXT, "قال"), label="gone"))
    assert texts(guideline_lines(desk, PALETTE))[0].startswith("No annotation here")


# Suggestions


def test_the_help_shows_how_a_suggestion_looks_and_says_what_to_do_with_it() -> None:
    sample = [line for line in help_of("annotate") if line.style == PALETTE.labels["claim"].suggested]
    assert [line.text for line in sample] == [" Claim? "]
    shown = "\n".join(texts(help_of("annotate")))
    assert "with ? beside its row" in shown
    assert "Enter accepts it and goes on, x rejects it" in shown


@pytest.mark.parametrize("screen", ["queue", "review"])
def test_where_there_are_no_suggestions_the_help_does_not_speak_of_them(screen: ScreenName) -> None:
    assert "beside its row" not in "\n".join(texts(help_of(screen)))


def test_the_guideline_of_a_focused_suggestion_is_that_of_its_label() -> None:
    desk = propose(desk_of(TEXT, span(TEXT, "الجسر آمن", "source")), span(TEXT, "الجسر", "claim"))
    assert ENGLISH not in texts(guideline_lines(desk, PALETTE))[:3]
    desk.focus(span(TEXT, "الجسر", "claim"))
    assert texts(guideline_lines(desk, PALETTE))[1] == ENGLISH
