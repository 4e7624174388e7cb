"""Reviewing: what a decision, a step to another item and a cursor move cost where three annotators disagree."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from annotator.agreement.decisions import Ruling
from annotator.services.adjudicating import GoldSession
from annotator.services.project import open_project
from annotator.text.words import words
from bench import inputs
from bench.full_screen import DOWN, LEFT, RIGHT, answered, latencies, sizes
from bench.key_kinds import ENTER, TAB
from bench.program import annotator
from bench.pty_program import Burst, PtyProgram
from bench.report import Result, Row, compared


NAME = "reviewing"
ROUNDS = 8
NAMES = ("a", "b", "c")
PAGES = {"7 kB, 3 × 60 spans": (60, 0), "3 × 300 spans": (300, 0), "3 × 300 spans, 200 decided": (300, 200)}
"""The spans of each annotator, and how many of them are decided before."""

BACK = b"\x1b[Z"

MOVES = (DOWN, LEFT, b"w", RIGHT)
DECISION, STEP, MOVE, UNDO = "take ★, on disk", "next item, item before", "cursor move", "undo, on disk"

Found = dict[str, list[Burst]]


def run(work: Path) -> Result:
    """Measure in a folder that is thrown away."""
    rows: list[Row] = []
    for number, (what, (spans, decided)) in enumerate(PAGES.items()):
        folder = work / str(number)
        folder.mkdir()
        for kind, bursts in _pressed(folder, inputs.page_text() * (1 + spans // 100), spans, decided).items():
            rows.append(compared(f"{what}, {kind}: ms", ".1f", latencies(bursts)))
            rows.append(compared(f"{what}, {kind}: bytes", ",.0f", sizes(bursts)))
    return Result(
        NAME,
        "nothing: no other program reviews in a terminal",
        f"A page with the claims of {len(NAMES)} annotators, of whom each has an edge of every third claim elsewhere: "
        f"that of 7 kB, and the same again and again with 300 claims of each. {ROUNDS} decisions, steps, undos, and "
        "rounds of cursor moves, one after the other; 100 columns, 30 rows.",
        rows,
    )


def records(text: str, spans: int) -> list[dict[str, object]]:
    """A record for each annotator: so many claims of three words each, of which all have another edge in turn."""
    found = words(text)
    step = len(found) // spans
    return [
        {
            "format": "annotator/1",
            "doc_id": "page",
            "text": text,
            "annotator": name,
            "spans": [
                {"id": str(index), "start": found[index * step][0], "end": end, "label": "claim"}
                for index in range(spans)
                for end in [found[index * step + (1 if index % len(NAMES) == own else 2)][1]]
            ],
        }
        for own, name in enumerate(NAMES)
    ]


def _pressed(work: Path, text: str, spans: int, decided: int) -> Found:
    """What some keys of a review cost."""
    imported, database = work / "page.jsonl", work / "page.db"
    imported.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in records(text, spans)), "utf-8")
    subprocess.run(annotator("import", imported, "--db", database), check=True, capture_output=True)
    _decide(database, decided)
    with PtyProgram(annotator("review", "page", "--db", database, "--as", "bench"), folder=work) as program:
        program.settle(1)

        def press(keys: Sequence[bytes]) -> list[Burst]:
            return answered(program.press(key) for _ in range(ROUNDS) for key in keys)

        return {DECISION: press([ENTER]), STEP: press([TAB, TAB, BACK]), MOVE: press(MOVES), UNDO: press([b"u"])}


def _decide(database: Path, number: int) -> None:
    """Take the version of the first annotator of so many items, one after the other."""
    with open_project(str(database)) as project:
        session = GoldSession(project, "bench", 1)
        for item in session.items[:number]:
            session.settle([Ruling(item, "take", (NAMES[0],))])
