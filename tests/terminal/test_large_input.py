"""Pages far larger than news ever is: they open, and a person can work in them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.terminal.pty_program import CTRL_END, ENTER, PAGE_DOWN, PAGE_UP, PtyProgram
from tests.terminal.running import PAGES, STATUS, label, leave, new_database, open_list, row, stored


SECONDS = 30
"""For any one thing; each takes a fraction of a second."""

PAGE = (PAGES / "wire-flat.txt").read_text(encoding="utf-8")
LARGE = {
    "20 MB": PAGE * (20_000_000 // len(PAGE.encode())),
    "a line of 1 MB": " ".join(PAGE.split()) * (1_000_000 // len(PAGE.encode())),
}


def timed(program: PtyProgram, what: str, keys: bytes, sign: str) -> None:
    """Press keys, wait for their sign on the screen, and print how long it took."""
    start = time.monotonic()
    program.send(keys)
    program.wait_for(sign, SECONDS)
    print(f"{what}: {time.monotonic() - start:.2f} s")


@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE)
def test_a_very_large_page_opens_and_stays_usable(tmp_path: Path, text: str) -> None:
    page = tmp_path / "large.txt"
    page.write_text(text, encoding="utf-8")
    database = new_database(tmp_path / "large.db", [page])
    with open_list(database) as program:
        timed(program, "open", ENTER, "q list")
        program.wait_until(lambda: "ﻝﺎﻤﻋ" in row(program, 1), SECONDS)
        program.settle()
        program.send(b"w")
        label(program, b"c", "Claim")
        program.send(PAGE_DOWN + PAGE_DOWN + PAGE_UP)
        program.settle()
        timed(program, "search", b"/" + "سرندة".encode() + ENTER, "(N next")
        program.send(CTRL_END)
        program.settle()
        program.send(b"W" * 2)
        label(program, b"s", "Source")
        program.resize(100, 30)
        program.wait_until(lambda: "saved: Source" in row(program, STATUS), SECONDS)
        program.settle()
        timed(program, "undo", b"u", "saved: undone: add")
        assert leave(program) == 0
    assert [name for name, *_ in stored(database)] == ["claim"]
