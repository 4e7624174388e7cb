"""The end from outside: signals, lost connections, links that take no more bytes."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.pty_program import ANNOTATOR, PtyProgram
from tests.terminal.running import (
    STATUS,
    WHO,
    annotate,
    assert_given_back,
    label,
    open_document,
    open_list,
    place,
    problems,
    row,
    stored,
)


SECONDS = 3
HELP = b"?"
"""Opens the help and closes it: a whole screen each time."""


def label_third_word(program: PtyProgram) -> list[tuple[str, int, int]]:
    """Make a claim of the third word of wire-flat.txt and go on to the fourth; what is then in the database."""
    program.send(b"ww")
    label(program, b"c", "Claim")
    program.send(b"w")
    program.wait_until(lambda: "saved:" not in row(program, STATUS), what="the move")
    return [("claim", 11, 14)]


def stall(program: PtyProgram) -> None:
    """Draw whole screens for a reader that has stopped reading, until the program waits for it."""
    for _ in range(14):
        program.send(HELP)
        program.wait_stuck(pause=0.03)  # one screen for each key: those that come together are drawn once
    program.wait_stuck()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_soon_with_labels_and_place_kept_and_the_terminal_given_back(
    database: Path, modes: list[object], number: signal.Signals
) -> None:
    with open_document(database) as program:
        made = label_third_word(program)
        program.kill(number)
        code, _ = program.wait_exit(SECONDS)
        assert_given_back(program, modes)
    assert code == 0
    assert stored(database) == made
    assert place(database) == 15
    assert problems(database) == []


def test_a_lost_connection_ends_it_soon_with_labels_and_place_kept(database: Path) -> None:
    with open_document(database) as program:
        made = label_third_word(program)
        program.hang_up()
        program.wait_exit(SECONDS)
    assert stored(database) == made
    assert place(database) == 15
    assert problems(database) == []


def test_a_lost_connection_ends_it_where_hang_ups_are_ignored(database: Path) -> None:
    ignoring = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh"]
    with PtyProgram([*ignoring, *ANNOTATOR, "annotate", "--db", str(database), "--as", WHO]) as program:
        program.wait_for("q quit")
        program.hang_up()
        program.wait_exit(SECONDS)


def test_a_terminal_that_goes_away_without_a_signal_ends_it(database: Path) -> None:
    with open_document(database, controlling=False) as program:
        made = label_third_word(program)
        program.hang_up()
        program.wait_exit(SECONDS)
    assert stored(database) == made
    assert place(database) == 15


def test_a_terminal_that_goes_away_during_a_pause_ends_it_on_the_way_back(database: Path) -> None:
    with open_document(database) as program:
        program.kill(signal.SIGTSTP)
        program.wait_until(lambda: program.is_stopped, what="a stopped process")
        program.hang_up()
        program.kill(signal.SIGCONT)
        program.wait_exit(SECONDS)


def by(number: signal.Signals) -> Callable[[PtyProgram], None]:
    return lambda program: program.kill(number)


@pytest.mark.parametrize(
    ("end", "code"),
    [
        pytest.param(by(signal.SIGTERM), -signal.SIGALRM, id="SIGTERM"),
        pytest.param(PtyProgram.hang_up, None, id="hang-up"),
    ],
)
def test_a_stalled_link_cannot_keep_it_alive(
    database: Path, end: Callable[[PtyProgram], None], code: int | None
) -> None:
    with open_document(database, columns=200, rows=50) as program:
        made = label_third_word(program)
        stall(program)
        end(program)
        ended, _ = program.wait_exit(SECONDS, reading=False)
    if code is not None:  # it did wait for the reader: the alarm ended it
        assert ended == code
    assert stored(database) == made
    assert problems(database) == []


def test_a_link_that_comes_back_to_life_shows_the_right_page(database: Path) -> None:
    with open_document(database, columns=200, rows=50) as program:
        before = program.text
        stall(program)
        program.settle(0.5)
        assert program.text == before


def test_keys_pressed_before_the_first_screen_are_not_lost(database: Path) -> None:
    with annotate(database) as program:
        program.wait_for_bytes(b"\x1b[?1049h")
        program.send(b" ")  # not enter: until the program takes the terminal over, that is a line feed
        program.wait_for("q list")


def test_a_second_signal_does_not_disturb_the_first(database: Path, modes: list[object]) -> None:
    with open_list(database) as program:
        program.kill(signal.SIGTERM)
        program.kill(signal.SIGHUP)
        assert program.wait_exit(SECONDS)[0] == 0
        assert_given_back(program, modes)
