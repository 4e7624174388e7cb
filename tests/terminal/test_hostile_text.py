"""Articles, names and files that try to speak to the terminal."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.pty_program import (
    ANNOTATOR,
    CTRL_END,
    DOWN,
    ENTER,
    PAGE_DOWN,
    TAB,
    PtyProgram,
    environment,
)
from tests.terminal.running import STATUS, new_database, open_list, problems, row, stored


QUERIES = "\x1b[c\x1b[>c\x1b[5n\x1b[6n\x1b[21t\x1b[>q\x1b[?6$p\x1b]11;?\x07\x1b]52;c;?\x07\x1bP$qm\x1b\\"
C1 = "\x9bc\x90$qm\x9c\x9b2J\x85"
ORDERS = "\x1b]0;ccc\x07\x1b]52;c;Y2NjYw==\x07\x1b[2J\x1b[31m\x1b[?1049l\x1bc"
OTHERS = "\x07\x08\x0b\x7f\u202ecba\u202c\u2066x\u2069\u200b\u2028\U000e0041"
MARKUP = "[bold][/][@click=app.quit]x[/][reuters]"
NASTY = QUERIES + ORDERS + C1 + OTHERS + MARKUP
BODY = f"عاجل {NASTY} من المحرر\n\n" + f"قال الوزير {NASTY} إن العام.\n" * 12 + "نهاية النص الأخير"
WHO = f"نور{MARKUP}"

TEXTUAL = re.compile(
    r"\x1b\[(?:[0-9;:]*m|[0-9]+;[0-9]+H|\?(?:1049|25|1000|1003|1006|1015|1004|2004|2026|7)[hl]|[<>][0-9]*u"
    r"|\?20(?:26|48)\$p)|\x1b\]22;[a-z]+\x07|\r\n"
)
OURS = re.compile(r"\x1b\[(?:8[lh]|[01] k|\?(?:2501|1243)l|\?2501;1243[sr])|\x1b\]5379;use_ctl=(?:true|false)\x07")
UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\uf8ff\U000e0000-\U000e0fff]"
)
OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
NAME = "ملف\x1b[c\x1b]0;ccc\x07\u202e\x9bc[@click=app.quit]x\x7f"
SCHEMA = """
name: nasty
version: 1
language: ar
direction: rtl
labels:
  - {id: claim, key: c, colour: blue, name: {en: "Claim[/][bold][@click=app.quit]", ar: ادعاء}}
  - {id: source, key: s, colour: green, name: {en: Source, ar: مصدر}}
"""


def record(doc_id: str, text: str, **more: Any) -> dict[str, Any]:
    return {"id": doc_id, "title": f"عنوان {NASTY}", "text": text, "source": f"موقع{NASTY}", "url": doc_id, **more}


@pytest.fixture(scope="module")
def raw_texts() -> dict[str, str]:
    """What the three documents are made of, by how their doc_id begins."""
    return {"ملف": BODY, "record": f"عنوان {NASTY}\n\n\0{BODY}", "final": BODY}


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A text file, a record and a record whose text is taken as it is, each as nasty as it can be."""
    folder = tmp_path_factory.mktemp("nasty")
    file = folder / f"{NAME}.txt"
    file.write_bytes(BODY.encode())
    lines = folder / "records.jsonl"
    final = {"format": "annotator/1", "doc_id": f"final{NASTY}", "text": BODY, "title": NASTY, "meta": {NASTY: NASTY}}
    lines.write_text("".join(json.dumps(found) + "\n" for found in (record("record", f"\0{BODY}"), final)))
    schema = folder / "nasty.yaml"
    schema.write_text(SCHEMA, encoding="utf-8")
    return new_database(folder / "nasty.db", [file, lines], schema)


def pasted(text: str) -> bytes:
    """A text as terminals send it when it is pasted: without control characters."""
    return b"\x1b[200~" + re.sub("[\x00-\x1f\x7f-\x9f]", "", text).encode() + b"\x1b[201~"


def visit(program: PtyProgram) -> None:
    """Go all through the document that is open, search it and label in it."""
    program.wait_for("q list")
    for key in (PAGE_DOWN, PAGE_DOWN, CTRL_END, b"\x1b[1;5H", b"z", b"?", b"q"):
        program.send(key)
        program.settle(0.05)
    program.send(b"wwc")
    program.wait_until(lambda: "saved: Claim[/][bold]" in row(program, STATUS), what="saved: Claim")
    program.send(DOWN + b"mwws")
    program.wait_until(lambda: "saved: Source" in row(program, STATUS), what="saved: Source")
    program.send(b"/")
    program.settle(0.05)
    program.send(pasted(NASTY))
    program.settle(0.05)
    program.send(b"\x15" + "الوزير [bold]".encode() + b"\x7f" * 7 + ENTER)
    program.wait_for("hit 1 of 12")
    program.send(TAB + b"f")
    program.settle(0.05)
    program.send(pasted(NASTY) + ENTER)
    program.wait_for("saved: flagged")
    program.settle()


@pytest.fixture(scope="module")
def visited(nasty: Path) -> bytes:
    """All that reached the terminal while each document was read and worked on, in a wide and a narrow window."""
    with open_list(nasty, who=WHO, columns=140, rows=30) as program:
        program.send(ENTER)
        for number in range(3):
            if number == 2:
                program.resize(80, 24)
                program.settle()
            visit(program)
            program.send(b"n")
            program.settle()
        program.send(b"q")
        program.wait_for("q quit")
        program.settle()
        program.send(b"q")
        assert program.wait_exit()[0] == 0
        assert program.answered == [b"\x1b[?2026$p", b"\x1b[?2048$p"]  # nothing else was asked
        return bytes(program.raw)


def test_only_the_programs_own_escape_sequences_reach_the_terminal(visited: bytes) -> None:
    rest = OURS.sub("", TEXTUAL.sub("", visited.decode()))
    assert {hex(ord(found)) for found in UNPRINTABLE.findall(rest)} == set()


def test_no_payload_reaches_the_terminal_as_it_is(visited: bytes) -> None:
    text = visited.decode()
    payloads = re.findall("[\x1b\x90\x9b\u202e\u2066][^\x1b\x90\x9b\x07]*", NASTY)
    assert len(payloads) > 20
    for payload in payloads:
        assert text.count(payload) == (payload == "\x1b[?1049l")  # once by the program itself
    assert "[bold]" in text  # it is drawn, not obeyed


def test_nobody_but_the_annotator_has_pressed_a_key(nasty: Path, visited: bytes) -> None:
    assert [label for label, *_ in stored(nasty, WHO)] == ["claim", "source"] * 3
    assert problems(nasty) == []


def exported(database: Path, out: Path) -> list[dict[str, Any]]:
    subprocess.run(
        [*ANNOTATOR, "export", str(out), "--raw", "--who", WHO, "--db", str(database)],
        check=True,
        env=environment({}),
        capture_output=True,
    )
    return [json.loads(line) for line in out.read_bytes().splitlines()]


def drawn(text: str) -> str:
    """What of a text leaves a mark on paper."""
    return "".join(UNPRINTABLE.sub("", text).split())


def test_export_gives_the_raw_text_back_and_exact_offsets(
    nasty: Path, visited: bytes, raw_texts: dict[str, str], tmp_path: Path
) -> None:
    records = exported(nasty, tmp_path / "out.jsonl")
    assert len(records) == 3
    for found in records:
        begins = next(begin for begin in raw_texts if found["doc_id"].startswith(begin))
        assert found["raw_text"] == raw_texts[begins]
        assert len(found["spans"]) == 2
        for span in found["spans"]:
            assert found["text"][span["start"] : span["end"]] == span["text"]
            raw = found["raw_text"][span["raw_start"] : span["raw_end"]]
            assert drawn(raw) == drawn(span["text"])
            assert raw[0] == span["text"][0]


def test_a_name_that_a_terminal_would_obey_is_refused_without_obeying_it(nasty: Path) -> None:
    with PtyProgram([*ANNOTATOR, "annotate", "--db", str(nasty), "--as", "x\x1b[c\x9bc"]) as program:
        assert program.wait_exit()[0] == 2
        assert program.answered == []
        assert UNPRINTABLE.findall(program.raw.decode().replace("\r\n", "")) == []


def test_commands_that_print_to_a_terminal_are_as_careful(nasty: Path, visited: bytes) -> None:
    for command in (["documents", "--json"], ["show", "record", "--who", WHO]):
        with PtyProgram([*ANNOTATOR, *command, "--db", str(nasty)], columns=200) as program:
            assert program.wait_exit()[0] == 0
            assert program.answered == []
            assert OBEYED.findall(program.raw.decode().replace("\r\n", "")) == []
