from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest
from textual.dom import DOMNode
from textual.keys import _character_to_key

from annotator.formats.schema_yaml import SHIPPED, parse_schema, read_schema_source
from annotator.model.schema import RESERVED_KEYS
from annotator.tui.app import AnnotatorApp
from annotator.tui.commands import (
    CHANGES,
    COMMANDS,
    FIND,
    LABEL,
    MOVE,
    RELATE,
    SELECT,
    Command,
    ScreenName,
    commands_of,
    hinted,
    shown_key,
)
from annotator.tui.keys import LATIN, PAIRS
from annotator.tui.review_app import ReviewApp
from annotator.tui.screens.agreement import AgreementScreen
from annotator.tui.screens.annotate import AnnotateScreen
from annotator.tui.screens.queue import QueueScreen
from annotator.tui.screens.review import ReviewScreen
from annotator.tui.steps import HINT_LETTERS


SCREENS: dict[str, type[DOMNode]] = {
    "annotate": AnnotateScreen,
    "queue": QueueScreen,
    "review": ReviewScreen,
    "agreement": AgreementScreen,
}

IN_MENUS = frozenset("0")
"""Reserved as the other digits are; no command has it."""

SAME_ON_BOTH = {"*", "-"}
"""Signs that an Arabic keyboard sends from the same keys as a Latin one."""

MOVES = ("left", "right", "up", "down", "home", "end", "pageup", "pagedown")
NAMED = ("space", "backspace", "tab", "shift+tab", "escape", "enter", "ctrl+p", "f2")
DESIGNED = (*MOVES, *NAMED, *"wWmxX[]auU./NPznpdf?q;',*-123456789")
"""What the table of default keys promises on the annotate screen."""

screens = pytest.mark.parametrize("screen", get_args(ScreenName))
each_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: f"{command.screen}-{command.name}")


def key_name(key: str) -> str:
    """The name that a terminal's key event has."""
    return _character_to_key(key) if len(key) == 1 else key


def characters_of(screen: ScreenName) -> set[str]:
    """The letters and signs that the commands of a screen use, as they are typed."""
    typed = {_character_to_key(chr(code)): chr(code) for code in range(0x21, 0x7F)}
    keys = {key for command in commands_of(screen) for key in command.keys}
    return {typed[key] for key in keys if key in typed}


def twice(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


# Keys


@screens
def test_no_two_commands_of_a_screen_share_a_key(screen: ScreenName) -> None:
    assert twice([key for command in commands_of(screen) for key in command.keys]) == []


@screens
def test_no_two_commands_of_a_screen_share_a_letter_of_the_menu(screen: ScreenName) -> None:
    assert twice([command.menu for command in commands_of(screen) if command.menu]) == []


@screens
def test_no_two_commands_of_a_screen_share_a_name(screen: ScreenName) -> None:
    assert twice([command.name for command in commands_of(screen)]) == []


@each_command
def test_every_command_has_a_key_or_a_letter_in_the_menu(command: Command) -> None:
    assert command.keys or command.menu


@screens
def test_where_commands_have_letters_a_key_opens_their_menu(screen: ScreenName) -> None:
    commands = commands_of(screen)
    assert not any(command.menu for command in commands) or any(command.action == "menu" for command in commands)


@pytest.mark.parametrize("key", DESIGNED)
def test_every_designed_key_has_a_command_on_the_annotate_screen(key: str) -> None:
    assert key_name(key) in {used for command in commands_of("annotate") for used in command.keys}


def test_every_sign_that_the_annotate_screen_uses_is_reserved_and_no_others_are() -> None:
    assert characters_of("annotate") == RESERVED_KEYS - IN_MENUS


@pytest.mark.parametrize("name", SHIPPED)
def test_no_label_of_a_shipped_schema_has_a_key_of_a_command(name: str) -> None:
    labels = {label.key for label in parse_schema(*read_schema_source(name)).labels}
    assert labels & characters_of("annotate") == set()


@screens
def test_every_key_of_a_command_is_reached_from_an_arabic_layout(screen: ScreenName) -> None:
    menu = {command.menu for command in commands_of(screen) if command.menu}
    assert characters_of(screen) | menu <= {*LATIN.values(), *PAIRS.values(), *SAME_ON_BOTH}


def test_every_letter_of_a_hint_is_reached_from_an_arabic_layout_without_waiting() -> None:
    assert set(HINT_LETTERS) <= set(LATIN.values()) - {LATIN["ل"]}


# What they do


@each_command
def test_every_command_is_something_that_its_screen_or_the_app_can_do(command: Command) -> None:
    name = command.action.partition("(")[0]
    app = AnnotatorApp if command.screen in {"annotate", "queue"} else ReviewApp
    owner = app if name.startswith("app.") else SCREENS[command.screen]
    assert hasattr(owner, f"action_{name.removeprefix('app.')}")


@each_command
def test_every_command_says_what_it_does_and_under_which_heading(command: Command) -> None:
    assert command.text
    assert command.group
    assert command.text == command.text.strip()


@screens
def test_the_commands_of_a_heading_stand_together(screen: ScreenName) -> None:
    groups = [command.group for command in commands_of(screen)]
    changes = [group for number, group in enumerate(groups) if number == 0 or groups[number - 1] != group]
    assert twice(changes) == []


# How they are shown


def test_keys_are_shown_as_people_write_them() -> None:
    shown = {word for command in COMMANDS for word in command.shown_keys.split()}
    named = {word for word in shown if "+" not in word and len(word) > 1}
    assert named == {"PgUp", "PgDn", "Home", "End", "Space", "Backspace", "Tab", "Enter", "Esc", "F1", "F2"}
    assert {*"←→↑↓[]?.,;/'*-"} <= shown


@pytest.mark.parametrize(
    ("key", "shown"),
    [("slash", "/"), ("ctrl+left", "Ctrl+←"), ("shift+pageup", "Shift+PgUp"), ("f12", "F12"), ("W", "W")],
)
def test_a_key_is_shown_with_its_sign_or_its_name(key: str, shown: str) -> None:
    assert shown_key(key) == shown


def test_a_letter_of_the_menu_is_shown_behind_the_key_of_the_menu() -> None:
    both = Command("annotate", "x", "x", ("f2",), "text", "group", menu="i")
    assert both.shown_keys == "F2 / ; i"
    assert Command("annotate", "x", "x", (), "text", "group", menu="i").shown_keys == "; i"


def test_several_keys_are_shown_apart() -> None:
    assert Command("annotate", "x", "x", ("w", "ctrl+left"), "text", "group").shown_keys == "w / Ctrl+←"


@pytest.mark.parametrize(
    ("keys", "shown"), [("123456789", "1 … 9"), ("12", "1 / 2"), ("1", "1")], ids=["all", "two", "one"]
)
def test_only_all_digits_are_shown_as_a_row(keys: str, shown: str) -> None:
    assert Command("annotate", "x", "x", tuple(keys), "text", "group").shown_keys == shown


def test_hints_come_in_the_order_of_the_groups_that_are_asked_for() -> None:
    found = hinted(commands_of("annotate"), (CHANGES, SELECT))
    groups = [command.group for command in found]
    assert groups == sorted(groups, key=[CHANGES, SELECT].index)
    assert {"undo", "grow", "mark"} <= {command.name for command in found}


def test_only_commands_with_a_word_for_it_are_hints() -> None:
    groups = (MOVE, SELECT, LABEL, RELATE, CHANGES, FIND)
    assert all(command.hint for command in hinted(commands_of("annotate"), groups))


@pytest.mark.parametrize("command", [command for command in COMMANDS if command.hint], ids=lambda found: found.name)
def test_a_hint_has_a_key_to_stand_behind(command: Command) -> None:
    assert command.keys
    assert len(command.hint) <= 12
