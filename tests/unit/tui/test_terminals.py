from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from annotator.services.preferences import BIDI_MODES
from annotator.tui.terminals import (
    IN_TMUX,
    TERMINALS,
    TMUX_FACTS,
    Terminal,
    by_its_own_name,
    here,
    is_in_tmux,
    known,
    recognise,
)


XTERM = {"TERM": "xterm-256color"}
TMUX = {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"}

RECOGNISED: tuple[tuple[Mapping[str, str], str, str], ...] = (
    ({"TERM": "xterm-kitty"}, "kitty", "TERM"),
    ({"TERM": "mlterm-256color"}, "mlterm", "TERM"),
    ({"TERM": "putty-256color"}, "putty", "TERM"),
    ({"TERM": "alacritty"}, "alacritty", "TERM"),
    ({"TERM": "foot-extra"}, "foot", "TERM"),
    ({"TERM": "linux"}, "linux", "TERM"),
    ({"TERM": "st-256color"}, "st", "TERM"),
    ({"TERM": "xterm-ghostty"}, "ghostty", "TERM"),
    ({"TERM": "gnome-256color"}, "vte", "TERM"),
    ({"TERM": "nsterm-256color"}, "apple", "TERM"),
    ({"TERM": "screen.xterm-256color"}, "screen", "TERM"),
    ({"TERM": "tmux-256color"}, "tmux", "TERM"),
    (XTERM | {"KONSOLE_VERSION": "221203"}, "konsole", "KONSOLE_VERSION"),
    (XTERM | {"KITTY_WINDOW_ID": "1"}, "kitty", "KITTY_WINDOW_ID"),
    (XTERM | {"MLTERM": "3.9.0"}, "mlterm", "MLTERM"),
    (XTERM | {"VTE_VERSION": "7006"}, "vte", "VTE_VERSION"),
    (XTERM | {"WT_SESSION": "1"}, "windows-terminal", "WT_SESSION"),
    (XTERM | {"XTERM_VERSION": "XTerm(379)"}, "xterm", "XTERM_VERSION"),
    (XTERM | {"TERM_PROGRAM": "Apple_Terminal"}, "apple", "TERM_PROGRAM"),
    (XTERM | {"TERM_PROGRAM": "vscode"}, "vscode", "TERM_PROGRAM"),
    (XTERM | {"TERM_PROGRAM": "WezTerm"}, "wezterm", "TERM_PROGRAM"),
    (XTERM | {"TERM_PROGRAM": "somebody's own"}, "xterm-256color", "TERM"),
    (XTERM, "xterm-256color", "TERM"),
    ({"TERM": "stterm"}, "stterm", "TERM"),
    (XTERM | {"STY": "12.pts-0.host"}, "screen", "STY"),
    ({}, "", "TERM"),
)


@pytest.mark.parametrize(("environ", "key", "by"), RECOGNISED)
def test_a_terminal_is_recognised_by_its_variables(environ: Mapping[str, str], key: str, by: str) -> None:
    assert recognise(environ) == (key, by)


def test_a_name_of_its_own_in_term_goes_before_variables_that_may_be_inherited() -> None:
    assert recognise({"TERM": "alacritty", "KONSOLE_VERSION": "221203", "VTE_VERSION": "7006"}).key == "alacritty"


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ("Konsole 22.12.3|xterm-256color\n", "tmux-konsole"),
        ("kitty(0.26.5)|xterm-kitty\n", "tmux-kitty"),
        ("XTerm(379)|xterm\n", "tmux-xterm"),
        ("|mlterm\n", "tmux-mlterm"),
        ("|xterm-256color\n", "tmux-xterm-256color"),
        ("tmux 3.3a|tmux-256color", "tmux-tmux"),
    ],
)
def test_inside_tmux_it_is_what_tmux_knows_of_the_terminal_outside(facts: str, key: str) -> None:
    stale = {"KONSOLE_VERSION": "221203", "KITTY_WINDOW_ID": "1", "TERM_PROGRAM": "tmux"}
    assert recognise(TMUX | stale, facts) == (key, "tmux")


def test_mlterm_which_tells_tmux_nothing_is_recognised_by_its_variable() -> None:
    assert recognise(TMUX | {"MLTERM": "3.9.0"}, "|xterm-256color").key == "tmux-mlterm"
    assert recognise(TMUX | {"MLTERM": "3.9.0"}, "XTerm(379)|xterm").key == "tmux-xterm"


@pytest.mark.parametrize("facts", ["", "no server running", "a|b|c"])
def test_a_tmux_that_does_not_answer_is_still_one(facts: str) -> None:
    assert recognise(TMUX, facts) == ("tmux", "TMUX")


def fake_tmux(folder: Path, script: str) -> None:
    program = folder / "tmux"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def test_tmux_is_asked_about_the_pane_of_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_tmux(tmp_path, f'[ "$*" = "display-message -p -t %3 {TMUX_FACTS}" ] && echo "foot(1.13.1)|foot"')
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert here(TMUX | {"TMUX_PANE": "%3"}) == ("tmux-foot", "tmux")
    assert here(TMUX | {"TMUX_PANE": "%4"}) == ("tmux", "TMUX")


def test_outside_tmux_nothing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_tmux(tmp_path, f"touch {tmp_path / 'asked'}")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert here(XTERM) == ("xterm-256color", "TERM")
    assert not (tmp_path / "asked").exists()


def test_without_a_program_tmux_it_is_still_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert here(TMUX) == ("tmux", "TMUX")


@pytest.mark.parametrize("key", ["konsole", "putty", "apple"])
def test_those_that_reorder_and_cannot_be_told_get_what_they_turn_round(key: str) -> None:
    assert known(key).mode == "terminal"
    assert known(key).is_uncertain
    assert known(key).advice


@pytest.mark.parametrize("key", ["xterm", "vte", "mintty", "alacritty", "foot", "linux", "xterm-256color", ""])
def test_all_others_get_rows_as_they_are_seen_and_nobody_is_asked(key: str) -> None:
    assert known(key) == Terminal("app", is_uncertain=False, advice="")


def test_kitty_is_asked_about_because_it_depends_on_a_setting() -> None:
    assert (known("kitty").mode, known("kitty").is_uncertain) == ("app", True)


@pytest.mark.parametrize("key", ["screen", "tmux", "tmux-xterm-256color", "tmux-vte", "tmux-foot", "tmux-tmux"])
def test_where_a_request_may_not_get_through_rows_force_their_order(key: str) -> None:
    assert (known(key).mode, known(key).is_uncertain) == ("override", False)


@pytest.mark.parametrize("key", ["konsole", "putty", "apple", "kitty", "wezterm"])
def test_tmux_changes_nothing_for_those_that_have_a_mode_or_a_setting_of_their_own(key: str) -> None:
    assert known(f"tmux-{key}") == known(key)


@pytest.mark.parametrize("key", ["mlterm", "linux"])
def test_no_order_is_forced_where_that_would_take_columns(key: str) -> None:
    assert known(key).mode == known(f"tmux-{key}").mode == "app"


def test_the_table_names_terminals_as_they_are_recognised() -> None:
    found = {recognise(environ).key for environ, _, _ in RECOGNISED} | {"iterm"}
    assert set(TERMINALS) <= found
    assert not any(key.startswith(IN_TMUX) for key in TERMINALS)
    assert {terminal.mode for terminal in TERMINALS.values()} <= set(BIDI_MODES)


@pytest.mark.parametrize(
    ("name", "key"),
    [("XTerm(379)", "xterm"), ("Konsole 22.12.3", "konsole"), ("iTerm2 3.5.0", "iterm"), ("PuTTY", "putty"), ("", "")],
)
def test_what_a_terminal_calls_itself_is_understood(name: str, key: str) -> None:
    assert by_its_own_name(name) == key


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        (TMUX, True),
        ({"TERM": "tmux-256color"}, True),
        ({"TERM": "screen-256color"}, False),
        (XTERM, False),
        ({}, False),
    ],
)
def test_tmux_is_noticed_on_either_side_of_a_connection(environ: Mapping[str, str], expected: bool) -> None:
    assert is_in_tmux(environ) is expected
