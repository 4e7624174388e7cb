"""Preferences as TOML: reading them, and writing a choice into them without touching what else stands there.

A wrong preference is an error: one that was silently passed over would look like a fault of the program.
"""

from __future__ import annotations

import re
from typing import TypeVar, Unpack

from annotator.errors import N_, UsageError
from annotator.services.preferences import BIDI_MODES, LANGUAGES, THEMES, Choice, Preferences, choose, did_you_mean


SECTIONS = ("language", "theme", "bidi", "keys")

Word = TypeVar("Word", bound=str)


def parse(data: bytes, source: str) -> Preferences:
    """The preferences in TOML.

    Raises:
        UsageError: With file, line (where it is no TOML), key, and what is allowed.
    """
    top = _Entry(_toml(data, source), "", source).entries(SECTIONS)
    nothing = _Entry({}, "", source)
    return Preferences(
        language=top["language"].word(LANGUAGES) if "language" in top else None,
        theme=top["theme"].word(THEMES) if "theme" in top else None,
        bidi={terminal: entry.word(BIDI_MODES) for terminal, entry in top.get("bidi", nothing).entries().items()},
        keys={
            screen: {command: entry.keys() for command, entry in commands.entries().items()}
            for screen, commands in top.get("keys", nothing).entries().items()
        },
    )


def with_choice(data: bytes, source: str, **choice: Unpack[Choice]) -> bytes:
    """The TOML of preferences after a choice; comments and order stay.

    Raises:
        UsageError: It is not understood, or written in a way that cannot be edited.
    """
    wanted = choose(parse(data, source), **choice)
    after = _edited(data.decode("utf-8-sig"), choice).encode()
    # What edits TOML in place could misplace an entry in a file of an unusual order; no file is to suffer for it.
    if parse(after, source) != wanted:
        raise UsageError(
            N_("not remembered for the next time: {path} is written in a way that cannot be edited"),
            hint=N_("Write the choice into it yourself."),
            path=source,
        )
    return after


class _Entry:
    """A value of the file, and the dotted path of its key."""

    def __init__(self, value: object, key: str, source: str) -> None:
        self.value, self.key, self.source = value, key, source

    def fail(self, message: str, hint: str) -> UsageError:
        return UsageError(": ".join(part for part in (self.source, self.key, message) if part), hint=hint)

    def entries(self, known: tuple[str, ...] = ()) -> dict[str, _Entry]:
        """The entries of a table, whose keys must be known ones where such are given."""
        if not isinstance(self.value, dict):
            raise self.fail("must be a table", f"Write [{self.key}] on a line of its own, and the entries below it.")
        for name in self.value:
            if known and name not in known:
                hint = f"{did_you_mean(name, known)}Known are: {', '.join(known)}."
                raise self.fail(f"unknown preference {name!r}", hint)
        prefix = f"{self.key}." if self.key else ""
        return {name: _Entry(value, prefix + name, self.source) for name, value in self.value.items()}

    def word(self, allowed: tuple[Word, ...]) -> Word:
        """One of some words."""
        for word in allowed:
            if word == self.value:
                return word
        hint = did_you_mean(self.value, allowed) if isinstance(self.value, str) else "A word stands in quotes."
        raise self.fail(f"{self.value!r} is not one of: {', '.join(allowed)}", hint.strip())

    def keys(self) -> tuple[str, ...]:
        """The keys of a command; one alone needs no brackets."""
        keys = [self.value] if isinstance(self.value, str) else self.value
        if not isinstance(keys, list) or not all(isinstance(key, str) and key for key in keys):
            raise self.fail("must be a list of keys", 'For example: done = ["d", "f5"]')
        return tuple(keys)


def _toml(data: bytes, source: str) -> dict[str, object]:
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{source}:{line}: not UTF-8", hint="Save the file as UTF-8.") from error
    except (ValueError, RecursionError) as error:
        found = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", str(error))
        place, problem = (f"{source}:{found[2]}:{found[3]}", found[1]) if found else (source, str(error))
        raise UsageError(
            f"{place}: this is no TOML: {problem[:1].lower()}{problem[1:]}",
            hint='A preference is a line such as: language = "ar"',
        ) from error


def _edited(text: str, choice: Choice) -> str:
    import tomlkit

    document = tomlkit.parse(text)
    for name in ("language", "theme"):
        if name in choice:
            document[name] = choice[name]
    for terminal, mode in choice.get("bidi", {}).items():
        if mode is not None:
            document.setdefault("bidi", tomlkit.table())[terminal] = mode
        elif "bidi" in document:
            document["bidi"].pop(terminal, None)
    return tomlkit.dumps(document)
