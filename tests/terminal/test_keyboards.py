"""Keys as the layouts and links of real keyboards send them, and clicks."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.terminal.pty_program import ENTER, PtyProgram
from tests.terminal.running import PAGES, STATUS, new_database, open_document, row, stored


New = Callable[[], list[tuple[str, str]]]

SCHEMA = """
name: keys
version: 1
language: ar
direction: rtl
labels:
  - {id: claim, key: c, colour: blue, name: {en: Claim, ar: ادعاء}}
  - {id: spillover, key: r, colour: magenta, name: {en: Spill-over, ar: دخيل}}
  - {id: boilerplate, key: b, colour: yellow, name: {en: Boilerplate, ar: حشو}}
  - {id: genre, key: g, colour: green, name: {en: Genre, ar: نوع}}
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database whose labels have the keys c, r, b and g."""
    folder = tmp_path_factory.mktemp("keys")
    schema = folder / "keys.yaml"
    schema.write_text(SCHEMA, encoding="utf-8")
    return new_database(folder / "keys.db", [PAGES / "wire-flat.txt"], schema)


@pytest.fixture(scope="module")
def running(database: Path) -> Iterator[PtyProgram]:
    """One run of the program for all tests here: each goes on where the one before has left the cursor."""
    with open_document(database) as program:
        yield program


@pytest.fixture
def program(running: PtyProgram) -> PtyProgram:
    """The program at a word that nobody has labelled."""
    running.send(b"ww")
    running.settle()
    assert "saved:" not in row(running, STATUS)
    return running


@pytest.fixture
def new(database: Path) -> New:
    """A function that tells which annotations the test has made, with their texts."""
    text = (PAGES / "wire-flat.txt").read_text(encoding="utf-8")
    before = stored(database)
    return lambda: [
        (name, text[start:end]) for name, start, end in stored(database) if (name, start, end) not in before
    ]


def saved(program: PtyProgram, name: str) -> None:
    program.wait_until(lambda: f"saved: {name}" in row(program, STATUS), what=f"saved: {name}")


def test_an_arabic_layout_presses_the_keys_of_the_same_places(program: PtyProgram, new: New) -> None:
    for sent, name in (("ؤ", "Claim"), ("ق", "Spill-over"), ("لا", "Boilerplate"), ("ل", "Genre")):
        program.send("ص".encode())  # w
        program.send(sent.encode())
        saved(program, name)
    assert [name for name, _ in new()] == ["claim", "spillover", "boilerplate", "genre"]
    assert len({text for _, text in new()}) == 4


def test_a_letter_whose_bytes_come_apart_is_one_key(program: PtyProgram, new: New) -> None:
    first, second = "ؤ".encode()[:1], "ؤ".encode()[1:]
    program.send(first)
    program.settle()
    program.send(second)
    saved(program, "Claim")
    program.send(b"w")
    lam, alef = "ل".encode(), "ا".encode()
    program.send(lam + alef[:1])
    program.read(0.01)
    program.send(alef[1:])
    saved(program, "Boilerplate")
    assert [name for name, _ in new()] == ["claim", "boilerplate"]


def test_a_lam_before_another_key_is_g_and_then_that_key(program: PtyProgram, new: New) -> None:
    program.send("لصؤ".encode())  # g w c
    saved(program, "Claim")
    assert [name for name, _ in new()] == ["genre", "claim"]


def test_keys_of_the_kitty_protocol_work_the_same(program: PtyProgram, new: New) -> None:
    program.send(b"\x1b[119u")
    program.send("\x1b[{0};;{0}u".format(ord("ؤ")).encode())
    saved(program, "Claim")
    assert [name for name, _ in new()] == ["claim"]


def test_a_pasted_text_presses_no_keys(program: PtyProgram, new: New) -> None:
    program.send(b"\x1b[200~ccc\xd8\xa4rb\x1b[201~")
    program.settle()
    assert "saved:" not in row(program, STATUS)
    assert new() == []


def shown(program: PtyProgram) -> str:
    """The text field from the right, its letters without their joined forms."""
    line = row(program, -2)
    field = line[line.index(":") + 1 :].rstrip()
    return unicodedata.normalize("NFKC", field[::-1]).strip()


def test_typed_arabic_is_drawn_shaped_and_from_the_right(program: PtyProgram, new: New) -> None:
    program.send(b"/" + "عمال".encode())
    program.wait_for("Search:")
    program.wait_until(lambda: row(program, -2).rstrip().endswith("ﻝﺎﻤﻋ"), what="the shaped word at the right")
    program.send(" لا".encode())
    program.wait_until(lambda: shown(program) == "عمال لا", what="two words")
    assert row(program, -2).rstrip().endswith("ﻝﺎﻤﻋ")
    program.send(b"\x7f\x7f\x7f")
    program.wait_until(lambda: shown(program) == "عمال", what="one word")
    program.send(ENTER)
    program.wait_for("(N next")
    assert new() == []


def test_a_click_goes_to_the_cell_that_it_points_at(program: PtyProgram, new: New) -> None:
    y = next(y for y, line in enumerate(program.display.rows) if "ﺓﺪﻧﺮﺳ" in line)
    x = row(program, y).index("ﺓﺪﻧﺮﺳ")
    click = f"\x1b[<0;{x + 1};{y + 1}"
    program.send(f"{click}M{click}m".encode())
    program.settle()
    program.send(b"c")
    saved(program, "Claim")
    assert new() == [("claim", "سرندة")]
