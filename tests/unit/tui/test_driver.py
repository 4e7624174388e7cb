from __future__ import annotations

from collections.abc import Mapping

import pytest

from annotator.tui.driver import BIDI_KEPT, BIDI_OFF, BIDI_ON, for_terminal


def test_a_terminal_gets_a_sequence_as_it_is() -> None:
    assert for_terminal("\x1b[8l", {"TERM": "xterm-256color"}) == "\x1b[8l"


@pytest.mark.parametrize("environ", [{"TERM": "screen-256color", "TMUX": "/tmp/tmux,1,0"}, {"TERM": "tmux-256color"}])
def test_behind_tmux_it_is_wrapped_for_passthrough(environ: Mapping[str, str]) -> None:
    assert for_terminal("\x1b[8l\x1b[1 k", environ) == (
        "\x1bPtmux;\x1b\x1b7\x1b\x1b[H\x1b\x1b[8l\x1b\x1b[1 k\x1b\x1b8\x1b\\"
    )


@pytest.mark.parametrize("term", ["linux", "linux-16color", "screen", "vt100", "vt220", "ansi"])
def test_what_could_be_printed_is_not_sent(term: str) -> None:
    assert for_terminal(BIDI_OFF, {"TERM": term}) == ""


def test_what_is_changed_is_first_saved_and_at_the_end_restored() -> None:
    for asked in (BIDI_OFF, BIDI_KEPT):
        assert asked.startswith("\x1b[?2501;1243s")
    assert "\x1b[?2501;1243r" in BIDI_ON


def test_both_ways_to_say_who_reorders_are_said() -> None:
    assert "\x1b[8l" in BIDI_OFF
    assert "use_ctl=false" in BIDI_OFF
    for kept in (BIDI_KEPT, BIDI_ON):
        assert "\x1b[8h" in kept
        assert "use_ctl=true" in kept
