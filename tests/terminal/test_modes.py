"""What the program asks of the terminal when it comes, pauses, goes and fails."""

from __future__ import annotations

import re
import shlex
import shutil
import signal
from pathlib import Path

import pytest

from tests.terminal.pty_program import ANNOTATOR, LEFT, PtyProgram, state
from tests.terminal.running import (
    ALTERNATE,
    NORMAL,
    OFF,
    ON,
    STATUS,
    WHO,
    assert_given_back,
    leave,
    open_document,
    open_list,
    problems,
    row,
)


WELL_FORMED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][0-9]+;[^\x07\x1b]*\x07|[ -/]*[0-Z\\^-~])")
"""Control sequences as ECMA-48 has them: those that a terminal does not know it leaves out."""

FAILING_KEY = """
from annotator.tui.screens.annotate import AnnotateScreen
def fail(screen):
    secret = screen.desk.session.document.text
    raise ValueError(secret)
AnnotateScreen.action_fold = fail
"""
FAILING_ROW = """
from annotator.tui.widgets.document_view import DocumentView
def fail(widget, y):
    secret = widget._view.layout.text
    raise ValueError(secret)
DocumentView.render_line = fail
"""


def test_the_terminals_reordering_is_off_before_the_alternate_screen_and_on_after_it(
    database: Path, modes: list[object]
) -> None:
    with open_document(database) as program:
        out = bytes(program.raw)
        assert 0 <= out.index(OFF) < out.index(ALTERNATE)
        assert ON not in out
        assert leave(program) == 0
        assert_given_back(program, modes)


def test_a_pause_gives_the_terminal_back_and_coming_back_draws_everything_again(
    database: Path, modes: list[object]
) -> None:
    with open_document(database) as program:
        before, paused = program.text, len(program.raw)
        program.kill(signal.SIGTSTP)
        program.wait_until(lambda: program.is_stopped, what="a stopped process")
        program.settle()
        assert_given_back(program, modes, since=paused)

        program.display.screen.reset()
        resumed = len(program.raw)
        program.kill(signal.SIGCONT)
        alternate = program.wait_for_bytes(ALTERNATE, after=resumed)
        assert resumed <= program.raw.index(OFF, resumed) < alternate
        program.wait_until(lambda: program.text == before, what="the same screen")
        assert leave(program) == 0
        assert_given_back(program, modes, since=resumed)


def test_a_stop_that_cannot_be_caught_leaves_nothing_behind_at_the_end(database: Path, modes: list[object]) -> None:
    with open_document(database) as program:
        before = program.text
        program.kill(signal.SIGSTOP)
        program.wait_until(lambda: program.is_stopped, what="a stopped process")
        program.kill(signal.SIGCONT)
        program.settle(0.5)
        assert program.text == before
        for key in (LEFT, LEFT, LEFT, LEFT):  # with two readers on the terminal some of these would get lost
            assert len(program.press(key)) > 0
        assert leave(program) == 0
        assert_given_back(program, modes)


def test_in_a_shells_background_it_waits_until_it_is_called(database: Path) -> None:
    if shutil.which("bash") is None:
        pytest.skip("needs bash")
    command = shlex.join([*ANNOTATOR, "annotate", "--db", str(database), "--as", WHO])
    with PtyProgram(["bash", "--norc", "-i"], env={"PS1": "ready> "}) as program:
        program.wait_for("ready>")
        program.send(f"{command} & echo pid=$!.\r".encode())
        program.wait_until(lambda: re.search(r"pid=(\d+)\.", program.text))
        found = re.search(r"pid=(\d+)\.", program.text)
        assert found
        pid = int(found[1])
        program.wait_until(lambda: state(pid) == "T", what="a stopped process")
        assert ALTERNATE not in program.raw
        program.send(b"fg\r")
        program.wait_for("q quit")
        program.send(b"q")
        program.wait_for_bytes(b"ready>", after=program.wait_for_bytes(NORMAL))
        program.send(b"echo code=$?\r")
        program.wait_for_bytes(b"code=0")


@pytest.mark.parametrize("fault", [FAILING_KEY, FAILING_ROW], ids=["in an action", "in drawing"])
def test_a_crash_is_one_plain_line_without_the_article_and_gives_the_terminal_back(
    database: Path, modes: list[object], fault: str
) -> None:
    with open_list(database, fault=fault) as program:
        program.send(b"\r")
        if fault == FAILING_KEY:
            program.wait_for("q list")
            program.settle()
            program.send(b"z")
        code, _ = program.wait_exit()
        after = bytes(program.raw).rpartition(NORMAL)[2].decode()
        said = re.sub(r"\x1b\[[?<]?[0-9; ]*[a-zA-Z]|\x1b\][^\x07]*\x07", "", after)
        assert re.fullmatch(r"annotator: internal error: ValueError in annotator/\S+:\d+; run again with .*\r\n", said)
        assert code not in {0, 1}
        assert_given_back(program, modes)
    assert problems(database) == []


def test_a_database_that_is_destroyed_meanwhile_is_a_message_and_no_crash(database: Path, modes: list[object]) -> None:
    with open_document(database, columns=200) as program:
        with database.open("r+b") as file:
            file.write(b"x" * 20_000)
        program.send(b"c")
        program.wait_for("the file is no database")
        assert "saved:" not in row(program, STATUS)
        program.send(b"w")
        assert leave(program) == 0
        assert b"Traceback" not in program.raw
        assert_given_back(program, modes)


def through_tmux(sequence: bytes) -> bytes:
    """What tmux passes on: said with the cursor in the top left corner, for the terminal to mark that row too."""
    return b"\x1bPtmux;" + b"".join((b"\x1b7\x1b[H", sequence, b"\x1b8")).replace(b"\x1b", b"\x1b\x1b") + b"\x1b\\"


def test_inside_tmux_the_escapes_travel_in_its_passthrough(database: Path) -> None:
    with open_list(database, env={"TMUX": "/tmp/none,1,0", "TERM": "tmux-256color"}) as program:
        assert through_tmux(OFF) in bytes(program.raw).partition(ALTERNATE)[0]
        program.send(b"q")
        program.wait_exit()
        assert through_tmux(ON) in program.raw
        assert OFF not in program.raw
        assert ON not in program.raw


@pytest.mark.parametrize("term", ["linux", "screen", "screen-256color", "vt220"])
def test_a_terminal_that_could_print_bidi_escapes_gets_none_and_nothing_else_that_is_no_control_sequence(
    database: Path, term: str
) -> None:
    with open_document(database, env={"TERM": term, "COLORTERM": None}, answers=False) as program:
        assert leave(program) == 0
        sent = set(WELL_FORMED.findall(bytes(program.raw)))
        assert not re.search(rb"[\x00-\x07\x0b\x0c\x0e-\x1f\x7f]", WELL_FORMED.sub(b"", bytes(program.raw)))
    assert b"\x1b[?25l" in sent
    assert not {sequence for sequence in sent if re.search(rb"\[8[hl]|2501|1243| k$|5379", sequence)}
