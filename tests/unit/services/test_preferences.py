"""What preferences mean, and which of option, file and locale decides."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from annotator.cli import options
from annotator.services.preferences import (
    BIDI_MODES,
    LANGUAGES,
    THEMES,
    Preferences,
    Settings,
    choose,
    did_you_mean,
    locale_language,
    settle,
)


FILE = Path("preferences.toml")
FULL = Preferences("ar", "safe", {"mlterm": "override"}, {"annotate": {"done": ("f5",)}})


class TestLanguageOfALocale:
    @pytest.mark.parametrize("locale", ["ar", "ar_EG.UTF-8", "ar_SA", "AR_EG", "ar.UTF-8", "ar@latin"])
    def test_an_arabic_one_is_arabic(self, locale: str) -> None:
        assert locale_language({"LANG": locale}) == "ar"

    @pytest.mark.parametrize("locale", ["C.UTF-8", "en_GB.UTF-8", "fr_MA.UTF-8", "arn_CL.UTF-8", "POSIX", ""])
    def test_any_other_one_is_english(self, locale: str) -> None:
        assert locale_language({"LANG": locale}) == "en"

    def test_no_locale_is_english(self) -> None:
        assert locale_language({}) == "en"

    def test_messages_come_before_the_general_one(self) -> None:
        assert locale_language({"LC_MESSAGES": "ar_EG.UTF-8", "LANG": "en_GB.UTF-8"}) == "ar"

    def test_the_one_that_overrules_all_comes_first(self) -> None:
        environ = {"LC_ALL": "C.UTF-8", "LC_MESSAGES": "ar_EG.UTF-8", "LANG": "ar_EG.UTF-8"}
        assert locale_language(environ) == "en"

    def test_an_empty_variable_is_not_set(self) -> None:
        assert locale_language({"LC_ALL": "", "LANG": "ar_EG.UTF-8"}) == "ar"


class TestWhatHolds:
    def test_without_preferences_the_defaults_do(self) -> None:
        assert settle(Preferences(), FILE, "xterm", {}) == Settings("en", "dark", "auto", {}, FILE, "xterm")

    def test_preferences_come_before_the_defaults(self) -> None:
        expected = Settings("ar", "safe", "override", {"annotate": {"done": ("f5",)}}, FILE, "mlterm")
        assert settle(FULL, FILE, "mlterm", {}) == expected

    def test_a_language_that_was_chosen_comes_before_the_locale(self) -> None:
        assert settle(Preferences(language="en"), FILE, "xterm", {"LANG": "ar_EG.UTF-8"}).language == "en"

    def test_the_locale_decides_where_no_language_was_chosen(self) -> None:
        assert settle(Preferences(), FILE, "xterm", {"LANG": "ar_EG.UTF-8"}).language == "ar"

    def test_a_mode_holds_in_its_own_terminal_only(self) -> None:
        assert settle(FULL, FILE, "xterm", {}).bidi == "auto"


class TestChoosing:
    def test_nothing_changes_nothing(self) -> None:
        assert choose(FULL) == FULL

    def test_a_language(self) -> None:
        assert choose(FULL, language="en") == Preferences("en", "safe", FULL.bidi, FULL.keys)

    def test_a_theme(self) -> None:
        assert choose(Preferences(), theme="light") == Preferences(theme="light")

    def test_a_mode_beside_that_of_another_terminal(self) -> None:
        assert choose(FULL, bidi={"kitty": "app"}).bidi == {"mlterm": "override", "kitty": "app"}

    def test_another_mode_for_the_same_terminal(self) -> None:
        assert choose(FULL, bidi={"mlterm": "terminal"}).bidi == {"mlterm": "terminal"}

    def test_a_terminal_is_forgotten(self) -> None:
        assert choose(FULL, bidi={"mlterm": None}).bidi == {}

    def test_what_was_not_remembered_is_forgotten_too(self) -> None:
        assert choose(Preferences(), bidi={"mlterm": None}) == Preferences()


class TestDidYouMean:
    def test_something_near(self) -> None:
        assert did_you_mean("UNOD", ["redo", "undo"]) == "Did you mean undo? "

    def test_nothing_near(self) -> None:
        assert did_you_mean("xyz", ["redo", "undo"]) == ""


def words(option: object) -> tuple[str, ...]:
    """The values of an option that may be left out."""
    literal, _ = get_args(get_args(option)[0])
    return get_args(literal)


def test_the_options_take_what_the_file_takes() -> None:
    assert words(options.Lang) == LANGUAGES
    assert words(options.Colours) == THEMES
    assert words(options.Bidi) == ("auto", *BIDI_MODES)
