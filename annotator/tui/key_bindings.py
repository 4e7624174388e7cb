"""The keys that a user prefers in place of the default ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from textual.keys import _character_to_key

from annotator.errors import UsageError
from annotator.services.preferences import Keys, did_you_mean
from annotator.tui.commands import Command, shown_key
from annotator.tui.keys import LATIN, PAIRS


LABELS_ON = ("annotate", "review")
"""The screens on which the labels of the schema have keys too."""

LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")
EDITING = ("left", "right", "up", "down", "home", "end", "pageup", "pagedown", "insert", "delete")
MODIFIERS = ("alt+", "ctrl+", "shift+", "ctrl+shift+")

TAKEN = {
    "ctrl+c": "it leaves whatever is open",
    "ctrl+h": "terminals send Backspace for it",
    "ctrl+i": "terminals send Tab for it",
    "ctrl+m": "terminals send Enter for it",
    **{f"{modifier}f3": "terminals send for it what also tells the cursor's place" for modifier in MODIFIERS},
}
"""Keys that cannot be told from others, and why."""

WHAT_KEYS_ARE = "A key is a letter or sign as it is typed (d, D, /), or a name: space, enter, f5, ctrl+x, shift+f5."


def with_keys(
    commands: tuple[Command, ...], overrides: Keys, labels: Iterable[tuple[str, str]], source: str
) -> tuple[Command, ...]:
    """The commands with the keys that a user wants.

    Args:
        commands: All commands with their default keys.
        overrides: By screen and name of a command, the keys that replace its default ones; none are allowed.
        labels: Key and name of each label of the schema.
        source: The file that the overrides come from, for errors.

    Raises:
        UsageError: There is no such screen, command or key, or one key would do two things.
    """
    screens = _by_screen(commands)
    for screen, wanted in overrides.items():
        place = f"{source}: keys.{screen}"
        if screen not in screens:
            raise UsageError(f"{place}: no such screen", hint=f"The screens are: {', '.join(screens)}.")
        for name, keys in wanted.items():
            command = screens[screen].get(name)
            if command is None:
                hint = f"{did_you_mean(name, screens[screen])}`annotator preferences` lists all commands."
                raise UsageError(f"{place}: there is no command {name!r}", hint=hint)
            screens[screen][name] = _with(command, (_key(key, f"{place}.{name}") for key in keys))
        _check_clashes(screens[screen].values(), labels if screen in LABELS_ON else (), place)
    return tuple(screens[command.screen][command.name] for command in commands)


def textual_key(written: str) -> str | None:
    """Textual's name of a key as people or the help write it; None where no terminal sends such a key.

    A letter of the Arabic keyboard is the Latin one of the same place.
    """
    named = _named_keys()
    *modifiers, last = written.lower().split("+")
    if found := named.get("+".join((*sorted(modifiers), last))):
        return found
    if modifiers == ["shift"] and last in LETTERS:
        return last.upper()
    typed = PAIRS.get(written) or LATIN.get(written, written)
    return _character_to_key(typed) if len(typed) == 1 and typed.isprintable() else None


@cache
def _named_keys() -> Mapping[str, str]:
    """The keys that have names, by Textual's name and by that in the help, in small letters."""
    functions = (*EDITING, *(f"f{number}" for number in range(1, 13)))
    signs = (_character_to_key(chr(code)) for code in range(0x20, 0x7F))
    keys = {
        *("enter", "tab", "shift+tab", "escape", "backspace"),
        *(sign for sign in signs if len(sign) > 1),
        *(modifiers + key for modifiers in ("", *MODIFIERS) for key in functions),
        *(modifier + letter for modifier in ("alt+", "ctrl+") for letter in LETTERS),
    }
    return {name: key for key in keys for name in (key, shown_key(key).lower())}


def _by_screen(commands: tuple[Command, ...]) -> dict[str, dict[str, Command]]:
    screens: dict[str, dict[str, Command]] = {}
    for command in commands:
        screens.setdefault(command.screen, {})[command.name] = command
    return screens


def _with(command: Command, keys: Iterable[str]) -> Command:
    return replace(command, keys=tuple(dict.fromkeys(keys)))


def _key(written: str, place: str) -> str:
    key = textual_key(written)
    if key is None:
        hint = did_you_mean(written, _named_keys()) + WHAT_KEYS_ARE
        raise UsageError(f"{place}: {written!r} is no key", hint=hint)
    if key in TAKEN:
        raise UsageError(f"{place}: {written!r} cannot be used: {TAKEN[key]}", hint="Choose another key.")
    return key


def _check_clashes(commands: Iterable[Command], labels: Iterable[tuple[str, str]], place: str) -> None:
    label_of = {textual_key(key): name for key, name in labels}
    command_of: dict[str, str] = {}
    for command in commands:
        for key in command.keys:
            if key in label_of:
                raise UsageError(
                    f"{place}: {command.name} has the key {shown_key(key)} of the label {label_of[key]}",
                    hint="Give the command another key; those of the labels are the schema's.",
                )
            if key in command_of:
                raise UsageError(
                    f"{place}: {command_of[key]} and {command.name} have the same key {shown_key(key)}",
                    hint="Give one of them another key.",
                )
            command_of[key] = command.name
