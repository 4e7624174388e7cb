from __future__ import annotations

import pytest

from annotator.errors import UsageError
from annotator.services.preferences import BIDI_MODES, LANGUAGES, THEMES, Preferences
from annotator.services.preferences_toml import parse, with_choice


FULL = """\
# mine
language = "ar"  # at work

theme = "light"
[bidi]
mlterm = "override"
"xterm-256color" = "app"
[keys.annotate]
done = ["d", "f5"]
undo = "ctrl+z"  # as elsewhere
flag = []
[keys.queue]
open = ["enter"]
"""


def read(text: str) -> Preferences:
    return parse(text.encode(), "p.toml")


def refused(text: str | bytes) -> UsageError:
    with pytest.raises(UsageError) as caught:
        parse(text if isinstance(text, bytes) else text.encode(), "p.toml")
    return caught.value


class TestReading:
    def test_everything_that_can_be_said(self) -> None:
        assert read(FULL) == Preferences(
            language="ar",
            theme="light",
            bidi={"mlterm": "override", "xterm-256color": "app"},
            keys={
                "annotate": {"done": ("d", "f5"), "undo": ("ctrl+z",), "flag": ()},
                "queue": {"open": ("enter",)},
            },
        )

    @pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "[bidi]\n[keys]\n[keys.annotate]\n"])
    def test_an_empty_file_prefers_nothing(self, text: str) -> None:
        preferences = read(text)
        assert (preferences.language, preferences.theme, preferences.bidi) == (None, None, {})
        assert not any(preferences.keys.values())

    @pytest.mark.parametrize("word", LANGUAGES)
    def test_every_language(self, word: str) -> None:
        assert read(f'language = "{word}"').language == word

    @pytest.mark.parametrize("word", THEMES)
    def test_every_theme(self, word: str) -> None:
        assert read(f'theme = "{word}"').theme == word

    @pytest.mark.parametrize("word", BIDI_MODES)
    def test_every_mode(self, word: str) -> None:
        assert read(f'bidi.st = "{word}"').bidi == {"st": word}

    def test_a_byte_order_mark_is_passed_over(self) -> None:
        assert parse(b'\xef\xbb\xbflanguage = "ar"\r\n', "p.toml") == Preferences(language="ar")


class TestRefusals:
    def test_no_toml_names_line_and_column(self) -> None:
        error = refused('language = "ar"\ntheme = dark\n')
        assert error.message == "p.toml:2:9: this is no TOML: invalid value"
        assert error.hint == 'A preference is a line such as: language = "ar"'

    def test_a_file_that_ends_too_early(self) -> None:
        assert refused('language = "ar').message.startswith("p.toml: this is no TOML: ")

    def test_a_key_that_stands_twice(self) -> None:
        assert "overwrite a value" in refused('theme = "dark"\ntheme = "light"\n').message

    def test_no_utf_8_names_the_line(self) -> None:
        assert refused(b'language = "ar"\n# \xe3\n').message == "p.toml:2: not UTF-8"

    @pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "9" * 5000], ids=["too deep", "too long a number"])
    def test_toml_that_python_cannot_hold(self, text: str) -> None:
        assert refused(text).message.startswith("p.toml: this is no TOML: ")

    def test_an_unknown_preference_and_the_one_that_was_meant(self) -> None:
        error = refused('langauge = "ar"')
        assert error.message == "p.toml: unknown preference 'langauge'"
        assert error.hint == "Did you mean language? Known are: language, theme, bidi, keys."

    def test_a_word_that_is_not_allowed_and_the_one_that_was_meant(self) -> None:
        error = refused('theme = "Drak"')
        assert error.message == "p.toml: theme: 'Drak' is not one of: dark, light, contrast, safe"
        assert error.hint == "Did you mean dark?"

    def test_a_word_that_looks_like_none(self) -> None:
        error = refused('[bidi]\nkonsole = "yes"')
        assert error.message == "p.toml: bidi.konsole: 'yes' is not one of: app, override, terminal"
        assert error.hint == ""

    @pytest.mark.parametrize("value", ["1", "true", "[]", '["ar"]', "1979-05-27"])
    def test_a_value_that_is_no_word(self, value: str) -> None:
        error = refused(f"language = {value}")
        assert error.message.startswith("p.toml: language: ")
        assert error.hint == "A word stands in quotes."

    @pytest.mark.parametrize(
        ("text", "key"), [('bidi = "app"', "bidi"), ("keys = []", "keys"), ('keys.annotate = "d"', "keys.annotate")]
    )
    def test_a_value_in_the_place_of_a_table(self, text: str, key: str) -> None:
        error = refused(text)
        assert error.message == f"p.toml: {key}: must be a table"
        assert f"[{key}]" in error.hint

    @pytest.mark.parametrize("value", ["5", "true", "[5]", '["d", 5]', "{}", '""', '[""]', '[["d"]]'])
    def test_keys_that_are_no_list_of_names(self, value: str) -> None:
        error = refused(f"keys.annotate.done = {value}")
        assert error.message == "p.toml: keys.annotate.done: must be a list of keys"
        assert error.hint == 'For example: done = ["d", "f5"]'


class TestEditing:
    def test_a_choice_changes_its_own_line_alone(self) -> None:
        edited = with_choice(FULL.encode(), "p.toml", language="en").decode()
        assert edited == FULL.replace('"ar"', '"en"')

    def test_nothing_chosen_changes_nothing(self) -> None:
        assert with_choice(FULL.encode(), "p.toml") == FULL.encode()

    def test_line_ends_of_windows_stay(self) -> None:
        edited = with_choice(b'theme = "dark" # x\r\n# end\r\n', "p.toml", theme="safe")
        assert edited == b'theme = "safe" # x\r\n# end\r\n'

    def test_a_byte_order_mark_is_left_out(self) -> None:
        assert with_choice(b'\xef\xbb\xbftheme = "dark"\n', "p.toml", theme="safe") == b'theme = "safe"\n'

    def test_a_new_preference_stands_above_the_tables(self) -> None:
        edited = with_choice(b"# top\n\n[keys.annotate]\ndone = []\n", "p.toml", language="ar").decode()
        assert edited == '# top\nlanguage = "ar"\n\n[keys.annotate]\ndone = []\n'

    def test_a_terminal_is_added_to_those_there_are(self) -> None:
        edited = with_choice(FULL.encode(), "p.toml", bidi={"kitty": "app"}).decode()
        assert edited == FULL.replace('"app"\n', '"app"\nkitty = "app"\n')

    def test_a_first_terminal_makes_the_table(self) -> None:
        assert with_choice(b"", "p.toml", bidi={"kitty": "app"}) == b'[bidi]\nkitty = "app"\n'

    def test_a_terminal_is_forgotten(self) -> None:
        edited = with_choice(FULL.encode(), "p.toml", bidi={"mlterm": None}).decode()
        assert edited == FULL.replace('mlterm = "override"\n', "")

    def test_forgetting_a_terminal_of_which_nothing_was_known_makes_no_table(self) -> None:
        assert with_choice(b"# mine\n", "p.toml", bidi={"mlterm": None}) == b"# mine\n"

    def test_a_terminal_whose_name_toml_wants_in_quotes(self) -> None:
        edited = with_choice(b"", "p.toml", bidi={"a b.c": "terminal"})
        assert parse(edited, "p.toml").bidi == {"a b.c": "terminal"}

    def test_a_file_that_is_not_understood_is_not_edited(self) -> None:
        with pytest.raises(UsageError, match="unknown preference"):
            with_choice(b"colour = 1", "p.toml", theme="dark")

    def test_an_edit_that_would_say_something_else_is_given_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("annotator.services.preferences_toml._edited", lambda text, _choice: text)
        with pytest.raises(UsageError) as caught:
            with_choice(b'theme = "dark"', "p.toml", theme="light")
        assert "p.toml is written in a way that cannot be edited" in caught.value.message
        assert "{path}" in caught.value.template
        assert caught.value.hint == "Write the choice into it yourself."
