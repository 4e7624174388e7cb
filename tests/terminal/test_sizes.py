"""Windows of any size, also no usable one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.pty_program import ENTER, ESCAPE, PAGE_DOWN, PtyProgram
from tests.terminal.running import STATUS, annotate, label, leave, open_document, row, stored


SIZES = ((80, 24), (200, 60), (20, 5), (1, 1))
EVERY_CHANGE = [SIZES["ABCD".index(letter)] for letter in "ABACADBCBDCDA"]


def use(program: PtyProgram) -> None:
    """Press a bit of everything."""
    for keys in (b"w" + PAGE_DOWN + b" ", ESCAPE, b"?", b"q/", b"\x15" + ENTER):
        program.send(keys)
        program.settle(0.03)


@pytest.mark.parametrize("size", SIZES[2:], ids="{0[0]}x{0[1]}".format)
def test_it_starts_in_every_size_and_leaves(database: Path, size: tuple[int, int]) -> None:
    with annotate(database, columns=size[0], rows=size[1]) as program:
        program.wait_for_bytes(b"\x1b[?2026h")
        program.settle()
        program.send(ENTER)
        program.settle()
        use(program)
        program.send(b"q")
        program.settle()
        program.send(b"q")
        assert program.wait_exit()[0] == 0


def test_it_changes_from_every_size_to_every_other_and_leaves(database: Path) -> None:
    with open_document(database) as program:
        for size in EVERY_CHANGE:
            program.resize(*size)
            program.settle(0.05)
            program.send(PAGE_DOWN + b"w")
            program.settle(0.05)
        program.wait_for("q list")
        program.settle()
        assert leave(program) == 0


def test_labels_work_where_nothing_can_be_seen(database: Path) -> None:
    with open_document(database) as program:
        program.resize(1, 1)
        program.settle()
        program.send(b"wc")
        program.settle()
        program.resize(80, 24)
        program.wait_until(lambda: "saved: Claim" in row(program, STATUS), what="saved: Claim")
    assert stored(database) == [("claim", 5, 10)]


def test_the_same_text_stays_in_sight_when_the_window_changes(database: Path) -> None:
    with open_document(database) as program:
        program.send(b"w")
        label(program, b"c", "Claim")
        before = program.text
        program.resize(200, 60)
        program.settle()
        assert "text 5–10" in program.text
        program.resize(80, 24)
        program.settle()
        assert program.text.splitlines()[:-1] == before.splitlines()[:-1]
