from __future__ import annotations

import os
import pty
import termios
from collections.abc import Iterator
from threading import Thread

import pytest

from annotator.cli import terminal_answers
from annotator.cli.terminal_answers import (
    QUESTIONS,
    QUESTIONS_FOR_APPLE,
    Answers,
    ask,
    questions,
    understood,
)


DA1 = b"\x1b[?64;1;22c"
KONSOLE = b"\x1bP>|Konsole 22.12.3\x1b\\"


@pytest.mark.parametrize("term", ["linux", "linux-16color", "screen", "screen-256color", "vt100", "vt220", "ansi"])
def test_a_terminal_that_could_print_the_questions_is_asked_none(term: str) -> None:
    assert questions({"TERM": term}) == b""


@pytest.mark.parametrize("term", ["xterm-256color", "tmux-256color", "mlterm", ""])
def test_others_are_asked(term: str) -> None:
    assert questions({"TERM": term}) == QUESTIONS


def test_apples_terminal_is_not_asked_what_it_would_print() -> None:
    assert questions({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}) == QUESTIONS_FOR_APPLE
    assert b"p" not in QUESTIONS_FOR_APPLE


def test_the_last_question_is_one_that_all_answer() -> None:
    assert QUESTIONS.endswith(b"\x1b[c")
    assert QUESTIONS_FOR_APPLE.endswith(b"\x1b[c")


@pytest.mark.parametrize(
    ("received", "answers"),
    [
        (b"\x1bP>|XTerm(379)\x1b\\\x1b[8;0$y" + DA1, Answers("XTerm(379)", False)),
        (b"\x1b[8;1$y\x1b[?61;6c", Answers("", True)),
        (b"\x1b[8;2$y\x1b[?61;6c", Answers("", True)),
        (KONSOLE + DA1, Answers("Konsole 22.12.3")),
        (b"PuTTY\x1b[?6c", Answers("PuTTY")),
        (DA1, Answers()),
        (KONSOLE, Answers("Konsole 22.12.3")),
        (b"", Answers()),
        (b"ls\r" + KONSOLE + b"x" + DA1, Answers("Konsole 22.12.3")),
        (b"\x1bP>|\xff\x1b\\" + DA1, Answers("\ufffd")),
    ],
)
def test_what_comes_back_is_understood(received: bytes, answers: Answers) -> None:
    assert understood(received) == answers


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """Both sides of a terminal, the outer one first."""
    outer, inner = pty.openpty()
    yield outer, inner
    os.close(outer)
    os.close(inner)


@pytest.fixture
def _foreground(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the terminal were this session's own and this process in its foreground."""
    monkeypatch.setattr(os, "tcgetpgrp", lambda _: os.getpgrp())


def answer_in_pieces(terminal: int) -> None:
    assert os.read(terminal, 100) == QUESTIONS
    os.write(terminal, KONSOLE[:5])
    os.write(terminal, KONSOLE[5:] + DA1)


@pytest.mark.usefixtures("_foreground")
def test_it_asks_and_leaves_the_terminal_as_it_was(terminal: tuple[int, int]) -> None:
    outer, inner = terminal
    before = termios.tcgetattr(inner)
    peer = Thread(target=answer_in_pieces, args=(outer,))
    peer.start()
    assert ask(inner, inner, QUESTIONS, seconds=20) == Answers("Konsole 22.12.3")
    peer.join()
    assert termios.tcgetattr(inner) == before


@pytest.mark.usefixtures("_foreground")
def test_answers_are_neither_echoed_nor_kept_for_a_line_while_it_waits(
    terminal: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, inner = terminal
    flags = []
    monkeypatch.setattr(
        terminal_answers, "_received", lambda reading, _: flags.append(termios.tcgetattr(reading)[3]) or DA1
    )
    ask(inner, inner, QUESTIONS)
    assert not flags[0] & (termios.ECHO | termios.ICANON)
    assert flags[0] & termios.ISIG


@pytest.mark.usefixtures("_foreground")
def test_without_an_answer_it_gives_up_and_leaves_the_terminal_as_it_was(terminal: tuple[int, int]) -> None:
    outer, inner = terminal
    before = termios.tcgetattr(inner)
    assert ask(inner, inner, QUESTIONS, seconds=0.05) == Answers()
    assert termios.tcgetattr(inner) == before
    assert os.read(outer, 100) == QUESTIONS


@pytest.mark.usefixtures("_foreground")
def test_what_has_come_when_it_gives_up_is_not_left_for_the_shell(
    terminal: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    outer, inner = terminal
    received = terminal_answers._received

    def one_more_byte_behind(reading: int, seconds: float) -> bytes:
        found = received(reading, seconds)
        os.write(outer, DA1)
        return found

    monkeypatch.setattr(terminal_answers, "_received", one_more_byte_behind)
    ask(inner, inner, QUESTIONS, seconds=0.05)
    os.set_blocking(inner, False)
    with pytest.raises(BlockingIOError):
        os.read(inner, 100)


@pytest.mark.usefixtures("_foreground")
def test_where_waiting_is_cut_short_the_terminal_is_given_back_all_the_same(
    terminal: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, inner = terminal
    before = termios.tcgetattr(inner)

    def cut_short(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(terminal_answers, "_received", cut_short)
    with pytest.raises(KeyboardInterrupt):
        ask(inner, inner, QUESTIONS)
    assert termios.tcgetattr(inner) == before


def test_in_the_background_it_asks_nothing(terminal: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    outer, inner = terminal
    monkeypatch.setattr(os, "tcgetpgrp", lambda _: os.getpgrp() + 1)
    assert ask(inner, inner, QUESTIONS) == Answers()
    os.set_blocking(outer, False)
    with pytest.raises(BlockingIOError):
        os.read(outer, 100)


def test_a_terminal_of_another_session_is_asked_nothing(terminal: tuple[int, int]) -> None:
    outer, inner = terminal
    ask(inner, inner, QUESTIONS)
    os.set_blocking(outer, False)
    with pytest.raises(BlockingIOError):
        os.read(outer, 100)


def test_nothing_to_ask_is_nothing_asked(terminal: tuple[int, int]) -> None:
    _, inner = terminal
    assert ask(inner, inner, b"") == Answers()
