"""What the program makes of its environment: terminals that cannot do it, colours, redirections."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.terminal.pty_program import ANNOTATOR, ESCAPE, PtyProgram
from tests.terminal.running import annotate, label, leave, open_document, open_list


SGR = re.compile(rb"\x1b\[([0-9;:]*)m")
PLAIN = {0, 1, 2, 3, 4, 7, 21, 22, 23, 24, 27, 39, 49}
"""Bold, dim, italic, underlined (also twice), reversed, and their ends; the colours that the terminal has anyway."""
SIXTEEN = PLAIN | {*range(30, 38), *range(40, 48), *range(90, 98), *range(100, 108)}

CTRL_P, PALETTE = b"\x10", "All commands"

ASCII = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}
REFUSED: tuple[tuple[str, Mapping[str, str | None], str], ...] = (
    ("dumb", {"TERM": "dumb"}, "TERM=dumb"),
    ("no TERM", {"TERM": None}, "TERM"),
    ("Latin-1", {"PYTHONIOENCODING": "latin-1"}, "iso8859-1"),
    ("ASCII", ASCII, "ascii"),
)


def one_plain_sentence(said: bytes) -> str:
    """What was said: a line, and below it what to do; no control characters."""
    lines = said.decode().splitlines()
    assert len(lines) == 2
    assert all(line.isprintable() for line in lines)
    assert lines[0].startswith("annotator: ")
    assert lines[1].startswith("  ")
    return lines[0]


@pytest.mark.parametrize(("env", "word"), [pytest.param(env, word, id=name) for name, env, word in REFUSED])
def test_a_terminal_that_cannot_show_it_is_refused_in_a_sentence(
    database: Path, env: Mapping[str, str | None], word: str
) -> None:
    with annotate(database, env=env) as program:
        assert program.wait_exit()[0] == 2
        assert word in one_plain_sentence(bytes(program.raw))


@pytest.mark.parametrize("stream", ["stdin", "stderr"])
def test_keys_or_screen_that_are_no_terminal_are_refused_in_a_sentence(database: Path, stream: str) -> None:
    reading, writing = os.pipe()
    redirected = {"stdin": subprocess.DEVNULL} if stream == "stdin" else {"stderr": writing}
    with annotate(database, redirected=redirected) as program:
        os.close(writing)
        assert program.wait_exit()[0] == 2
        said = bytes(program.raw) + os.read(reading, 1 << 12)
        assert f"standard {'input' if stream == 'stdin' else 'error'}" in one_plain_sentence(said)
    os.close(reading)


def test_a_closed_standard_input_is_refused_in_a_sentence(database: Path) -> None:
    closing = ["sh", "-c", 'exec "$@" <&-', "sh"]
    with PtyProgram([*closing, *ANNOTATOR, "annotate", "--db", str(database)]) as program:
        assert program.wait_exit()[0] == 2
        assert "standard input" in one_plain_sentence(bytes(program.raw))


def test_the_size_is_the_screens_also_where_output_is_redirected_and_columns_is_out_of_date(database: Path) -> None:
    stale = {"COLUMNS": "70", "LINES": "20"}
    with open(os.devnull, "wb") as file:  # noqa: PTH123
        options = {"redirected": {"stdout": file.fileno()}, "env": stale, "columns": 120, "rows": 40}
        with open_list(database, **options) as program:
            assert "sorted by import" in program.display.rows[39]
            program.resize(100, 30)
            program.settle()
            assert "sorted by import" in program.display.rows[29]
            assert program.display.rows[0].rstrip().endswith("salma")
            assert len(program.display.rows[0].rstrip()) == 99


def colours(program: PtyProgram) -> Iterator[int]:
    """The parameters of everything that sets a look, but for the values behind 38 and 48."""
    for found in SGR.finditer(bytes(program.raw)):
        parameters = [int(parameter or 0) for parameter in re.split(rb"[;:]", found[1])]
        for index, parameter in enumerate(parameters):
            yield parameter
            if parameter in {38, 48, 58}:
                assert index < len(parameters) - 2
                break


def tour(program: PtyProgram) -> None:
    """Everything that has a look of its own: labels, overlaps, focus, selection, hits, input, help, palette."""
    for key, name in ((b"c", "Claim"), (b"s", "Source"), (b"b", "Boilerplate"), (b"r", "Spill-over")):
        program.send(b"w")
        label(program, key, name)
    program.send(b"   ")
    label(program, b"c", "Claim")
    for keys, sign in (
        (b"wmw/" + "عمال".encode(), "Search:"),
        (b"\r", "hit "),
        (b"?", "Keys of this screen"),
        (b"q", "q list"),
        (CTRL_P, PALETTE),
    ):
        program.send(keys)
        program.wait_for(sign)
    program.send(ESCAPE)
    program.wait_until(lambda: PALETTE not in program.text, what="the end of the palette")
    assert leave(program) == 0


def test_no_color_means_no_colours(database: Path) -> None:
    with open_document(database, env={"NO_COLOR": "1"}) as program:
        tour(program)
        assert set(colours(program)) <= PLAIN
        assert {1, 4, 7} <= set(colours(program))


def test_an_empty_no_color_means_nothing_and_the_plain_c_locale_is_utf8(database: Path) -> None:
    with open_list(database, env={"NO_COLOR": "", "LC_ALL": "C"}) as program:
        assert 38 in set(colours(program))
        assert "ﺀﺎﻨﻴﻣ" in program.text


@pytest.fixture(scope="module")
def on_the_console(two_pages: Path, tmp_path_factory: pytest.TempPathFactory) -> PtyProgram:
    """The program after a tour on the Linux console."""
    database = Path(shutil.copy(two_pages, tmp_path_factory.mktemp("console") / "annotator.db"))
    with open_document(database, env={"TERM": "linux", "COLORTERM": None}) as program:
        tour(program)
    return program


def test_a_terminal_of_16_colours_gets_no_others(on_the_console: PtyProgram) -> None:
    assert set(colours(on_the_console)) <= SIXTEEN
    assert set(colours(on_the_console)) & set(range(40, 48))


def test_a_terminal_that_would_print_bidi_escapes_is_not_sent_any(on_the_console: PtyProgram) -> None:
    for escape in (b"[8l", b"[8h", b"2501", b"1243", b"[1 k", b"[0 k", b"\x1bP"):
        assert escape not in on_the_console.raw


def test_an_idle_screen_sends_nothing(database: Path) -> None:
    with open_document(database) as program:
        label(program, b"c", "Claim")
        program.settle(0.5)
        assert program.read(3) == b""
