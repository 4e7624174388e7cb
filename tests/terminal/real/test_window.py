"""The window that the other tests look at and click into: cells, pictures, mouse and keys, in an xterm."""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.real.display import Box, XDisplay
from tests.terminal.real.terminals import missing, terminal_command
from tests.terminal.real.window import Window, wait_until


COLUMNS, ROWS = 40, 10
BLUE = b"\xff\x00\x00"

REPORTING = """
import os, sys, tty
tty.setraw(0)
os.write(1, b"\\x1b[?1049h\\x1b[?25l\\x1b[?1002h\\x1b[?1006h\\x1b[3;5H\\x1b[48;5;21m  \\x1b[0m")
with open(sys.argv[1], "ab", 0) as file:
    while typed := os.read(0, 1 << 10):
        file.write(typed)
"""
"""Draws two blue cells in column 4 of row 2, and writes down what the terminal sends."""


@pytest.fixture
def typed(tmp_path: Path) -> Path:
    """The file with what the terminal sends."""
    return tmp_path / "typed"


@pytest.fixture
def window(display: XDisplay, typed: Path, tmp_path: Path) -> Iterator[Window]:
    """A small xterm."""
    if reason := missing("xterm"):
        pytest.skip(reason)
    command = terminal_command("xterm", COLUMNS, ROWS, [sys.executable, "-c", REPORTING, str(typed)])
    with Window(display, command, COLUMNS, ROWS, tmp_path) as window:
        window.measure()
        wait_until(lambda: window.extent(BLUE, window.cell(0, 0, COLUMNS, ROWS)), lambda: window.complaints)
        yield window


def wait_for(typed: Path, expected: bytes) -> None:
    wait_until(lambda: typed.read_bytes() == expected, lambda: f"{expected!r}, but {typed.read_bytes()!r}")


def test_a_cell_is_where_the_terminal_draws_it(window: Window) -> None:
    assert window.extent(BLUE, window.cell(0, 0, COLUMNS, ROWS)) == window.cell(4, 2, columns=2)
    assert window.extent(BLUE, window.cell(6, 2, columns=30)) is None
    assert window.extent(BLUE, window.cell(5, 0, rows=ROWS)) == window.cell(5, 2)


def test_a_box_lies_in_itself_and_in_larger_ones() -> None:
    assert Box(1, 2, 3, 4).holds(Box(1, 2, 3, 4))
    assert Box(0, 0, 9, 9).holds(Box(1, 2, 3, 4))
    assert not Box(2, 0, 9, 9).holds(Box(1, 2, 3, 4))
    assert not Box(0, 0, 9, 3).holds(Box(1, 2, 3, 4))
    assert not Box(0, 0, 9, 9).holds(None)


def test_a_click_goes_to_its_cell(window: Window, typed: Path) -> None:
    window.click(0, 0)
    window.click(COLUMNS - 1, ROWS - 1, button=3)
    wait_for(typed, b"\x1b[<0;1;1M\x1b[<0;1;1m\x1b[<2;40;10M\x1b[<2;40;10m")


def test_two_clicks_follow_each_other_in_one_cell(window: Window, typed: Path) -> None:
    window.click(7, 5, count=2)
    wait_for(typed, b"\x1b[<0;8;6M\x1b[<0;8;6m" * 2)


def test_a_drag_holds_the_button_on_the_way(window: Window, typed: Path) -> None:
    window.drag((2, 1), (20, 3))
    wait_for(typed, b"\x1b[<0;3;2M\x1b[<32;12;3M\x1b[<32;21;4M\x1b[<0;21;4m")


def test_keys_are_typed_by_their_names(window: Window, typed: Path) -> None:
    window.keys("a Left Return Arabic_beh")
    wait_for(typed, b"a\x1b[D\r" + "ب".encode())


def test_a_screenshot_has_the_size_of_the_window(window: Window, tmp_path: Path) -> None:
    window.screenshot(tmp_path / "picture.png")
    box = window.cell(0, 0, COLUMNS, ROWS)
    assert struct.unpack_from(">II", (tmp_path / "picture.png").read_bytes(), 16) == (box.right, box.bottom)


def test_a_terminal_that_does_not_start_says_why(display: XDisplay, tmp_path: Path) -> None:
    with Window(display, ["sh", "-c", "echo no display >&2; exit 3"], 1, 1, tmp_path) as window:
        wait_until(lambda: "ended with 3: no display" in window.complaints, lambda: window.complaints)


def test_what_does_not_come_is_said_at_the_deadline() -> None:
    with pytest.raises(AssertionError, match=r"not within 0\.01 s: the moon"):
        wait_until(lambda: False, lambda: "the moon", seconds=0.01)
