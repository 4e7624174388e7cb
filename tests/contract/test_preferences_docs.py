"""docs/preferences.md says what the file of preferences may hold, and names every command."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

import pytest

from annotator.formats.schema_yaml import SHIPPED, parse_schema, read_schema_source
from annotator.services.preferences import BIDI_MODES, LANGUAGES, LOCALE_VARIABLES, THEMES, Preferences
from annotator.services.preferences_toml import SECTIONS, parse
from annotator.services.remembering import FILE_VARIABLE
from annotator.tui.commands import COMMANDS, ScreenName, commands_of
from annotator.tui.key_bindings import EDITING, TAKEN, textual_key, with_keys
from tests.contract.test_docs import code, named_block, page, rows, section


TEXT = page("docs/preferences.md")


def example() -> Preferences:
    return parse(named_block("docs/preferences.md", "preferences.toml").encode(), "preferences.toml")


def test_the_example_says_something_of_everything() -> None:
    preferences = example()
    assert all(getattr(preferences, field.name) for field in fields(preferences))
    assert set(preferences.keys) == set(get_args(ScreenName))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_keys_of_the_example_clash_with_no_shipped_schema(name: str) -> None:
    labels = [(label.key, label.id) for label in parse_schema(*read_schema_source(name)).labels]
    assert with_keys(COMMANDS, example().keys, labels, "preferences.toml") != COMMANDS


def test_every_preference_stands_with_its_values() -> None:
    table = [row for row in rows(TEXT.partition("## Keys")[0]) if row[0].startswith("`")]
    named = dict.fromkeys(name.strip("[]").partition(".")[0] for row in table for name in code(row[0]))
    assert tuple(named) == SECTIONS
    assert [code(row[1]) for row in table[:3]] == [list(LANGUAGES), list(THEMES), list(BIDI_MODES)]


def test_every_variable_that_counts_is_named() -> None:
    assert {FILE_VARIABLE, *LOCALE_VARIABLES} <= set(code(TEXT))


@pytest.mark.parametrize("screen", get_args(ScreenName))
def test_every_command_of_a_screen_is_listed_with_its_keys(screen: ScreenName) -> None:
    listed = [
        (code(name)[0], " / ".join(code(keys)), does) for name, keys, does in rows(section(TEXT, f"keys.{screen}"))
    ]
    assert listed == [(command.name, command.shown_keys, command.text) for command in commands_of(screen)]


def test_every_key_that_is_named_can_be_used() -> None:
    named = code(section(TEXT, "Keys").partition("Some cannot be used")[0])
    assert {*EDITING, "space", "enter", "tab", "escape", "backspace"} <= set(named)
    assert [word for word in named if not word.endswith("+") and textual_key(word) in {None, *TAKEN}] == []


def test_every_key_that_cannot_be_used_is_named() -> None:
    named = set(code(section(TEXT, "Keys").partition("Some cannot be used")[2]))
    assert {key for key in TAKEN if not key.endswith("f3")} <= named
    assert "f3" in named
