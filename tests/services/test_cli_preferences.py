"""`annotator preferences`."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.tui.commands import COMMANDS
from tests.support.cli import annotator


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "preferences.toml"
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(path))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("TERM", "xterm")
    return path


def keys_of(name: str) -> list[str]:
    commands = annotator("preferences", "--json").json["commands"]
    return next(one["keys"] for one in commands if (one["screen"], one["command"]) == ("annotate", name))


def test_the_file_and_what_holds_is_shown(file: Path) -> None:
    file.write_text('language = "ar"\ntheme = "safe"\n', encoding="utf-8")
    result = annotator("preferences")
    assert (result.code, result.err) == (0, "")
    lines = result.text.splitlines()
    assert lines[:3] == [f"file: {file}", "language: ar", "theme: safe"]
    assert "bidi: auto" in lines


def test_nothing_is_written(file: Path) -> None:
    assert annotator("preferences").code == 0
    assert not file.exists()


def test_every_command_is_listed_with_its_keys(file: Path) -> None:
    listed = [line.split() for line in annotator("preferences").text.partition("\n\n")[2].splitlines()[1:]]
    assert [(line[0], line[1]) for line in listed] == [(command.screen, command.name) for command in COMMANDS]
    done = next(line for line in listed if line[:2] == ["annotate", "done"])
    assert done[2] == "d"


def test_json_says_the_same(file: Path) -> None:
    shown = annotator("preferences", "--json").json
    assert shown["file"] == str(file)
    assert {key: shown[key] for key in ("language", "theme", "bidi")} == {
        "language": "en",
        "theme": "dark",
        "bidi": "auto",
    }
    assert [one["command"] for one in shown["commands"]] == [command.name for command in COMMANDS]


def test_the_keys_are_those_of_the_file(file: Path) -> None:
    file.write_text('[keys.annotate]\ndone = ["f5", "."]\nrepeat = []\n', encoding="utf-8")
    assert (keys_of("done"), keys_of("repeat")) == (["F5", "."], [])


def test_what_is_shown_may_be_written_into_the_file(file: Path) -> None:
    before = annotator("preferences", "--json").json["commands"]
    lines = [f"{one['command']} = {one['keys']!r}" for one in before if one["screen"] == "annotate"]
    file.write_text("[keys.annotate]\n" + "\n".join(lines), encoding="utf-8")
    assert annotator("preferences", "--json").json["commands"] == before


def test_keys_that_clash_are_an_error_that_names_the_file(file: Path) -> None:
    file.write_text('[keys.annotate]\ndone = ["x"]\n', encoding="utf-8")
    result = annotator("preferences")
    assert (result.code, result.out) == (2, b"")
    assert result.err == (
        f"annotator: {file}: keys.annotate: remove and done have the same key x\n  Give one of them another key.\n"
    )


def test_a_wrong_file_is_an_error(file: Path) -> None:
    file.write_text("colour = 1\n", encoding="utf-8")
    result = annotator("preferences")
    assert result.code == 2
    assert f"{file}: unknown preference 'colour'" in result.err
