"""What a user prefers on every project alike, and what of it holds in one run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypedDict, Unpack, get_args

from annotator.model.schema import Language


Theme = Literal["dark", "light", "contrast", "safe"]
BidiMode = Literal["app", "override", "terminal"]
Keys = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Screen → command → its keys, as they are written in the file."""

LANGUAGES: tuple[Language, ...] = get_args(Language)
THEMES: tuple[Theme, ...] = get_args(Theme)
BIDI_MODES: tuple[BidiMode, ...] = get_args(BidiMode)

LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The first one that is set decides, as POSIX has it."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the user's file says; None and no entry where it says nothing.

    Attributes:
        bidi: Who reorders Arabic, by terminal.
        keys: Unchecked: the screens know their commands and keys.
    """

    language: Language | None = None
    theme: Theme | None = None
    bidi: Mapping[str, BidiMode] = field(default_factory=dict)
    keys: Keys = field(default_factory=dict)


class Choice(TypedDict, total=False):
    """What was chosen just now; None as a terminal's mode forgets the one that was remembered."""

    language: Language
    theme: Theme
    bidi: Mapping[str, BidiMode | None]


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds in one run.

    Attributes:
        bidi: The mode that was asked for or remembered for this terminal; "auto" leaves it to what is known of it.
        keys: Unchecked, as in `Preferences`.
        preferences_path: Where choices are remembered, None for nowhere.
        terminal: What this terminal is remembered as.
    """

    language: Language = "en"
    theme: Theme = "dark"
    bidi: BidiMode | Literal["auto"] = "auto"
    keys: Keys = field(default_factory=dict)
    preferences_path: Path | None = None
    terminal: str = ""


def choose(preferences: Preferences, **choice: Unpack[Choice]) -> Preferences:
    """The preferences after a choice."""
    modes = {**preferences.bidi, **choice.get("bidi", {})}
    return replace(
        preferences,
        language=choice.get("language", preferences.language),
        theme=choice.get("theme", preferences.theme),
        bidi={terminal: mode for terminal, mode in modes.items() if mode is not None},
    )


def settle(preferences: Preferences, path: Path, terminal: str, environ: Mapping[str, str]) -> Settings:
    """What holds in a terminal and an environment."""
    return Settings(
        language=preferences.language or locale_language(environ),
        theme=preferences.theme or "dark",
        bidi=preferences.bidi.get(terminal, "auto"),
        keys=preferences.keys,
        preferences_path=path,
        terminal=terminal,
    )


def locale_language(environ: Mapping[str, str]) -> Language:
    """Arabic in an Arabic locale, else English."""
    locale = next((value for name in LOCALE_VARIABLES if (value := environ.get(name))), "")
    return "ar" if re.match(r"ar(?![a-z])", locale, re.IGNORECASE) else "en"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question to put before a hint, or "" where nothing known looks like the word."""
    from difflib import get_close_matches

    found = get_close_matches(word.lower(), known, 1)
    return f"Did you mean {found[0]}? " if found else ""
