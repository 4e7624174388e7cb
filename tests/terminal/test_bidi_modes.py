"""The modes of drawing right-to-left text, as bytes on a terminal and back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotator.tui.bidi_modes import FORCE_ORDER
from annotator.tui.driver import BIDI_KEPT
from annotator.tui.logical_rows import JOINER, MARK
from tests.support.reordering import as_drawn
from tests.terminal.pty_program import ANNOTATOR, ENTER, ESCAPE, LEFT, PtyProgram
from tests.terminal.running import ALTERNATE, FOCUS, NORMAL, OFF, ON, PAGES, STATUS, WHO, label, leave, row, stored


KEPT = BIDI_KEPT.encode()
SHIFT_LEFT = b"\x1b[1;2D"
KONSOLE = {"KONSOLE_VERSION": "221203"}
TEXT = (PAGES / "wire-flat.txt").read_text(encoding="utf-8")
UNSEEN = re.compile(f"[{FORCE_ORDER}{MARK}{JOINER}]")

MARKS = re.compile("[\u064b-\u0652]")

AT_FIRST_COLUMN = re.compile(
    rb"\x1b\[\d+;1H(?:\x1b\[[0-9;]*m)*([^\x00-\x7f][\x80-\xbf]*|[ -~])((?:\xe2\x80[\x8e\xad])*)"
)
"""What is written to the first column of a row, and what it carries."""


@pytest.fixture
def preferences(tmp_path: Path) -> Path:
    return tmp_path / "preferences.toml"


def start(database: Path, preferences: Path, *options: str, **env: str) -> PtyProgram:
    return PtyProgram(
        [*ANNOTATOR, "annotate", "--db", str(database), "--as", WHO, *options],
        env={"ANNOTATOR_CONFIG": str(preferences), **env},
    )


def open_first(program: PtyProgram) -> None:
    program.wait_for("q quit")
    program.send(ENTER)
    program.wait_until(lambda: row(program, FOCUS).strip(), what="the document")
    program.settle()


def carried(raw: bytes | bytearray) -> list[str]:
    """What forces the order, or "", for each time that something was written to a first column."""
    return [found[2].decode() for found in AT_FIRST_COLUMN.finditer(bytes(raw))]


def rows_written(raw: bytes | bytearray) -> dict[int, str]:
    """The latest text of each row that was written from its first column on."""
    found = re.findall(r"\x1b\[(\d+);1H((?:\x1b\[[0-9;]*m|[^\x1b])+)", bytes(raw).decode())
    return {int(y) - 1: re.sub(r"\x1b\[[0-9;]*m", "", text) for y, text in found}


def test_override_forces_the_order_of_every_row_and_asks_the_terminal_all_the_same(
    database: Path, preferences: Path
) -> None:
    with start(database, preferences, "--bidi", "override") as program:
        open_first(program)
        program.press(LEFT, LEFT)
        assert OFF in program.raw
        assert len(carried(program.raw)) >= 24
        assert set(carried(program.raw)) == {FORCE_ORDER}
        assert "ﻝﺎﻤﻋ" in program.text
        assert leave(program) == 0


def test_app_forces_nothing(database: Path, preferences: Path) -> None:
    with start(database, preferences, "--bidi", "app") as program:
        open_first(program)
        assert set(carried(program.raw)) == {""}
        assert not UNSEEN.search(bytes(program.raw).decode())


def test_terminal_leaves_the_terminals_reordering_on_and_writes_what_it_turns_round(
    database: Path, preferences: Path
) -> None:
    with start(database, preferences, "--bidi", "app") as program:
        open_first(program)
        meant = program.text
    with start(database, preferences, "--bidi", "terminal") as program:
        open_first(program)
        assert OFF not in program.raw
        assert 0 <= program.raw.index(KEPT) < program.raw.index(ALTERNATE)
        assert program.text != meant
        rows = rows_written(program.raw)
        drawn = [as_drawn(MARKS.sub("", rows[y])).ljust(80) for y in sorted(rows)]
        assert drawn[:STATUS] == [MARKS.sub("", line) for line in meant.split("\n")][:STATUS]
        assert "bidi: terminal" in drawn[STATUS]
        assert leave(program) == 0
        assert program.raw.rindex(ON) > program.raw.rindex(NORMAL)


@pytest.mark.parametrize("letter", range(5))
def test_a_click_reported_where_a_letter_was_written_goes_to_the_letter(
    database: Path, preferences: Path, letter: int
) -> None:
    with start(database, preferences, "--bidi", "terminal") as program:
        open_first(program)
        word = "ﺳﺮﻧﺪﺓ"
        y = next(y for y, line in enumerate(program.display.rows) if word in line)
        x = program.display.rows[y].index(word) + letter
        click = f"\x1b[<0;{x + 1};{y + 1}"
        program.send(f"{click}M{click}m".encode())
        program.settle()
        program.press(SHIFT_LEFT)
        label(program, b"s", "Source")
        assert leave(program) == 0
    ((_, start_, end),) = stored(database)
    assert end - start_ <= 2
    assert TEXT[start_] == "سرندة"[letter]
    assert TEXT[start_ - letter : start_ - letter + 5] == "سرندة"


def test_a_terminal_that_nobody_can_know_about_is_asked_about_once(database: Path, preferences: Path) -> None:
    with start(database, preferences, **KONSOLE) as program:
        program.wait_for("Which line reads right?")
        chosen = len(program.raw)
        program.send(b"3")
        program.wait_for("q quit")
        program.settle()
        assert KEPT in program.raw[chosen:]
        assert "konsole" in preferences.read_text()
        program.send(b"q")
        assert program.wait_exit()[0] == 0
    with start(database, preferences, **KONSOLE) as program:
        program.wait_for("q quit")
        assert KEPT in program.raw
        assert b"Which line" not in program.raw


def test_without_a_choice_it_is_asked_about_again(database: Path, preferences: Path) -> None:
    for _ in range(2):
        with start(database, preferences, **KONSOLE) as program:
            program.wait_for("Which line reads right?")
            program.send(ESCAPE)
            program.wait_for("q quit")
            program.send(b"q")
            assert program.wait_exit()[0] == 0
    assert not preferences.exists()


def test_each_sample_goes_out_in_the_way_of_its_mode(database: Path, preferences: Path) -> None:
    with start(database, preferences, **KONSOLE) as program:
        program.wait_for("Which line reads right?")
        program.settle()
        rows = [line for line in program.display.rows if "12/06/2024" in line and "«" in line]
        assert "ﻞﻤﻌﻟﺍ" in rows[0]
        assert rows[1] == rows[0]
        assert "ﺍﻟﻌﻤﻞ" in rows[2]
        assert carried(program.raw).count(FORCE_ORDER) == 1
        assert program.raw.rindex(OFF) > program.raw.index(ALTERNATE)
        assert "q list" not in row(program, STATUS)
