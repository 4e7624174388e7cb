from __future__ import annotations

import string
from typing import get_args

import pytest
from textual import events
from textual._xterm_parser import XTermParser

from annotator.errors import UsageError
from annotator.formats.schema_yaml import SHIPPED, parse_schema, read_schema_source
from annotator.services.preferences import Keys
from annotator.tui.commands import COMMANDS, Command, ScreenName, shown_key
from annotator.tui.key_bindings import TAKEN, textual_key, with_keys
from annotator.tui.keys import LATIN


LABELS = (("c", "Claim"), ("b", "Boilerplate"))


def changed(overrides: Keys, commands: tuple[Command, ...] = COMMANDS) -> tuple[Command, ...]:
    return with_keys(commands, overrides, LABELS, "p.toml")


def command(screen: str, name: str, commands: tuple[Command, ...] = COMMANDS) -> Command:
    return next(found for found in commands if (found.screen, found.name) == (screen, name))


def refused(overrides: Keys) -> UsageError:
    with pytest.raises(UsageError) as caught:
        changed(overrides)
    return caught.value


def sent_as(sequence: str) -> list[str]:
    """The keys that Textual makes of what a terminal sends."""
    return [event.key for event in XTermParser().feed(sequence) if isinstance(event, events.Key)]


class TestNamesOfKeys:
    @pytest.mark.parametrize("key", [*string.ascii_letters, *string.digits])
    def test_letters_and_digits_are_their_own(self, key: str) -> None:
        assert textual_key(key) == key

    @pytest.mark.parametrize("key", sorted(set(string.punctuation) - set(LATIN)))
    def test_a_sign_may_be_typed_or_called_by_textuals_name(self, key: str) -> None:
        (name,) = sent_as(key)
        assert textual_key(key) == textual_key(name) == name

    @pytest.mark.parametrize(
        ("written", "key"),
        [
            (" ", "space"),
            ("Space", "space"),
            ("ENTER", "enter"),
            ("F5", "f5"),
            ("Ctrl+P", "ctrl+p"),
            ("ctrl+P", "ctrl+p"),
            ("shift+w", "W"),
            ("Shift+F5", "shift+f5"),
            ("shift+ctrl+left", "ctrl+shift+left"),
            ("alt+x", "alt+x"),
            ("+", "plus"),
        ],
    )
    def test_names_may_be_written_as_people_do(self, written: str, key: str) -> None:
        assert textual_key(written) == key

    @pytest.mark.parametrize("key", sorted({key for command in COMMANDS for key in command.keys}))
    def test_every_default_key_may_be_written_as_it_is_and_as_the_help_shows_it(self, key: str) -> None:
        assert textual_key(key) == textual_key(shown_key(key)) == key

    @pytest.mark.parametrize(
        ("written", "key"),
        [("ط", "apostrophe"), ("ؤ", "c"), ("ل", "g"), ("لا", "b"), ("؟", "question_mark"), ("`", "U")],
    )
    def test_a_letter_of_the_arabic_keyboard_is_the_key_of_its_place(self, written: str, key: str) -> None:
        assert textual_key(written) == key

    def test_a_letter_of_another_keyboard_is_its_own(self) -> None:
        assert textual_key("é") == "é"

    @pytest.mark.parametrize("written", ["", "\t", "\x1b", "dd", "contrl+x", "ctrl++", "shift+", "f13", "ctrl+é", "+d"])
    def test_anything_else_is_none(self, written: str) -> None:
        assert textual_key(written) is None

    @pytest.mark.parametrize(
        ("sequence", "written"),
        [
            ("\x18", "ctrl+x"),
            ("\x1b[1;2P", "shift+f1"),
            ("\x1b[15~", "f5"),
            ("\x1b[15;2~", "shift+f5"),
            ("\x1b[15;5~", "ctrl+f5"),
            ("\x1b[1;3D", "alt+left"),
            ("\x1b[1;6D", "ctrl+shift+left"),
            ("\x1b[3~", "delete"),
            ("\x1b[3;5~", "ctrl+delete"),
            ("\x1b[Z", "shift+tab"),
            ("\x7f", "backspace"),
            ("\r", "enter"),
        ],
    )
    def test_a_name_is_that_of_what_terminals_send(self, sequence: str, written: str) -> None:
        assert sent_as(sequence) == [textual_key(written)]


class TestChanging:
    def test_nothing_wanted_changes_nothing(self) -> None:
        assert changed({}) == COMMANDS

    def test_a_command_gets_the_keys_in_place_of_its_own(self) -> None:
        assert command("annotate", "done", changed({"annotate": {"done": ("f5", "ctrl+d")}})).keys == ("f5", "ctrl+d")

    def test_the_other_commands_keep_theirs_and_their_order(self) -> None:
        commands = changed({"annotate": {"done": ("f5",)}})
        assert [one.name for one in commands] == [one.name for one in COMMANDS]
        same = [one for one, default in zip(commands, COMMANDS, strict=True) if one == default]
        assert len(same) == len(COMMANDS) - 1

    def test_a_command_of_the_same_name_on_another_screen_keeps_its_own(self) -> None:
        commands = changed({"annotate": {"quit": ("f10",)}})
        assert command("queue", "quit", commands) == command("queue", "quit")

    def test_two_commands_may_change_places(self) -> None:
        commands = changed({"annotate": {"done": ("f",), "flag": ("d",)}})
        assert [command("annotate", name, commands).keys for name in ("done", "flag")] == [("f",), ("d",)]

    def test_a_command_may_be_left_without_keys(self) -> None:
        assert command("annotate", "flag", changed({"annotate": {"flag": ()}})).keys == ()

    def test_a_key_that_was_freed_may_be_given_to_another(self) -> None:
        commands = changed({"annotate": {"flag": (), "done": ("f",)}})
        assert command("annotate", "done", commands).keys == ("f",)

    def test_one_key_written_in_two_ways_is_one(self) -> None:
        assert command("annotate", "repeat", changed({"annotate": {"repeat": (".", "full_stop")}})).keys == (
            "full_stop",
        )

    def test_a_hint_is_shown_with_the_new_key(self) -> None:
        done = command("annotate", "done", changed({"annotate": {"done": ("f5", "d")}}))
        assert (done.keys[0], done.hint) == ("f5", command("annotate", "done").hint)

    @pytest.mark.parametrize("name", SHIPPED)
    def test_every_default_key_may_be_given_in_full_with_any_shipped_schema(self, name: str) -> None:
        labels = [(label.key, label.id) for label in parse_schema(*read_schema_source(name)).labels]
        overrides = {
            screen: {one.name: one.keys for one in COMMANDS if one.screen == screen} for screen in get_args(ScreenName)
        }
        assert with_keys(COMMANDS, overrides, labels, "p.toml") == COMMANDS


class TestRefusals:
    def test_an_unknown_screen(self) -> None:
        error = refused({"anotate": {"done": ("f5",)}})
        assert (error.message, error.hint) == (
            "p.toml: keys.anotate: no such screen",
            "The screens are: annotate, queue, review, agreement.",
        )

    def test_an_unknown_command_and_the_one_that_was_meant(self) -> None:
        error = refused({"annotate": {"next_wrod": ("f5",)}})
        assert error.message == "p.toml: keys.annotate: there is no command 'next_wrod'"
        assert error.hint == "Did you mean next_word? `annotator preferences` lists all commands."

    def test_a_command_of_another_screen(self) -> None:
        assert "there is no command 'sort'" in refused({"annotate": {"sort": ("f5",)}}).message

    def test_an_unknown_key_and_the_one_that_was_meant(self) -> None:
        error = refused({"annotate": {"done": ("contrl+x",)}})
        assert error.message == "p.toml: keys.annotate.done: 'contrl+x' is no key"
        assert error.hint.startswith("Did you mean ctrl+x? A key is a letter or sign as it is typed")

    @pytest.mark.parametrize("key", sorted(TAKEN))
    def test_a_key_that_cannot_be_told_from_another(self, key: str) -> None:
        error = refused({"annotate": {"done": (key,)}})
        assert error.message == f"p.toml: keys.annotate.done: '{key}' cannot be used: {TAKEN[key]}"

    @pytest.mark.parametrize(("sequence", "key"), [("\x08", "ctrl+h"), ("\t", "ctrl+i"), ("\r", "ctrl+m")])
    def test_of_such_keys_terminals_send_another(self, sequence: str, key: str) -> None:
        assert sent_as(sequence) != [key]

    @pytest.mark.parametrize("sequence", ["\x1b[1;2R", "\x1b[1;3R", "\x1b[1;5R", "\x1b[1;6R"])
    def test_f3_with_a_modifier_arrives_as_no_key(self, sequence: str) -> None:
        assert sent_as(sequence) == []

    def test_the_key_of_another_command(self) -> None:
        error = refused({"annotate": {"done": ("x",)}})
        assert error.message == "p.toml: keys.annotate: remove and done have the same key x"
        assert error.hint == "Give one of them another key."

    def test_one_new_key_for_two_commands(self) -> None:
        assert "have the same key F5" in refused({"annotate": {"done": ("f5",), "flag": ("F5",)}}).message

    def test_the_key_of_a_label(self) -> None:
        error = refused({"annotate": {"done": ("c",)}})
        assert error.message == "p.toml: keys.annotate: done has the key c of the label Claim"
        assert error.hint == "Give the command another key; those of the labels are the schema's."

    def test_the_key_of_a_label_by_its_place_on_the_arabic_keyboard(self) -> None:
        assert "the key b of the label Boilerplate" in refused({"annotate": {"done": ("لا",)}}).message

    def test_where_there_are_no_labels_their_keys_are_free(self) -> None:
        assert command("queue", "sort", changed({"queue": {"sort": ("c",)}})).keys == ("c",)

    def test_another_screen_may_have_the_same_key(self) -> None:
        assert command("queue", "sort", changed({"queue": {"sort": ("x",)}})).keys == ("x",)
