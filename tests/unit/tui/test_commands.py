from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import _character_to_key

from annotator.model.schema import RESERVED_KEYS
from annotator.tui.app import AnnotatorApp
from annotator.tui.commands import COMMANDS, Command, ScreenName, bindings_of, commands_of, hints_of
from annotator.tui.keys import LATIN
from annotator.tui.screens.annotate import AnnotateScreen
from annotator.tui.screens.queue import QueueScreen


SCREENS: dict[str, type[DOMNode]] = {"annotate": AnnotateScreen, "queue": QueueScreen}

LATER = frozenset("aX;0123456789")
"""Keys of relations, suggestions, menus and attributes, which no screen has yet."""

MOVES = ("left", "right", "up", "down", "home", "end", "pageup", "pagedown")
DESIGNED = (*MOVES, *"wWmx[]uU./NPznpdf?q", "space", "backspace", "tab", "shift+tab", "escape", "enter", "ctrl+p")
"""What the table of default keys promises on the annotate screen, but for what comes later."""


def key_name(key: str) -> str:
    """The name that a terminal's key event has."""
    return _character_to_key(key) if len(key) == 1 else key


def characters_of(screen: ScreenName) -> set[str]:
    """The letters and signs that the commands of a screen use, as they are typed."""
    typed = {_character_to_key(key): key for key in {*RESERVED_KEYS, *LATIN.values()}}
    keys = {key for command in commands_of(screen) for key in command.keys}
    return {typed[key] for key in keys if key in typed}


@pytest.mark.parametrize("screen", get_args(ScreenName))
def test_no_two_commands_of_a_screen_share_a_key(screen: ScreenName) -> None:
    counts = Counter(key for command in commands_of(screen) for key in command.keys)
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("key", DESIGNED)
def test_every_designed_key_has_a_command_on_the_annotate_screen(key: str) -> None:
    assert key_name(key) in {used for command in commands_of("annotate") for used in command.keys}


def test_every_key_that_a_screen_uses_beside_labels_is_reserved() -> None:
    assert characters_of("annotate") <= RESERVED_KEYS


def test_every_reserved_key_has_a_command_or_is_kept_for_a_later_one() -> None:
    assert characters_of("annotate") == RESERVED_KEYS - LATER


def test_keys_kept_for_later_do_nothing_yet() -> None:
    assert characters_of("annotate") & LATER == set()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: f"{command.screen}-{command.keys[0]}")
def test_every_command_is_something_that_its_screen_or_the_app_can_do(command: Command) -> None:
    method = f"action_{command.action.partition('(')[0]}"
    assert hasattr(SCREENS[command.screen], method) or hasattr(AnnotatorApp, method)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: f"{command.screen}-{command.keys[0]}")
def test_every_command_says_what_it_does_and_under_which_heading(command: Command) -> None:
    assert command.text
    assert command.group
    assert command.text == command.text.strip()


@pytest.mark.parametrize("screen", get_args(ScreenName))
def test_the_commands_of_a_heading_stand_together(screen: ScreenName) -> None:
    groups = [command.group for command in commands_of(screen)]
    changes = [group for number, group in enumerate(groups) if number == 0 or groups[number - 1] != group]
    assert len(changes) == len(set(changes))


@pytest.mark.parametrize("screen", get_args(ScreenName))
def test_the_bindings_of_a_screen_are_its_commands(screen: ScreenName) -> None:
    bound = [(binding.key, binding.action) for binding in bindings_of(screen) if isinstance(binding, Binding)]
    assert bound == [(",".join(command.keys), command.action) for command in commands_of(screen)]


@pytest.mark.parametrize("screen", get_args(ScreenName))
def test_every_hint_is_shown_once(screen: ScreenName) -> None:
    hints = [command.hint for command in commands_of(screen) if command.hint]
    shown = [*hints_of(screen, documents=True), *hints_of(screen, documents=False)]
    assert sorted(shown) == sorted(hints)


@pytest.mark.parametrize("command", [command for command in COMMANDS if command.hint], ids=lambda command: command.hint)
def test_a_hint_begins_with_its_key_as_people_write_it(command: Command) -> None:
    assert command.hint.split()[0] == command.shown_keys.split()[0]


def test_keys_are_shown_as_people_write_them() -> None:
    shown = " ".join(command.shown_keys for command in COMMANDS)
    assert "slash" not in shown
    assert "bracket" not in shown
    assert "full_stop" not in shown
    assert {"←", "PgDn", "Space", "Esc", "[", "?", "."} <= set(shown.split())
