"""Keys and resizes on a page of 1 MB with 10,000 annotations."""

from __future__ import annotations

import json
from itertools import cycle, islice
from pathlib import Path

from bench import inputs
from bench.keys import TEXT_AREA_KEYS, answered, latencies, move_in_turns, rows_of
from bench.measure import summarize
from bench.program import annotator, baseline
from bench.pty_program import PtyProgram
from bench.report import Figure, Result, Row, compared


NAME = "large-page"
ROUNDS = 2
SPANS = 10_000
LAST = b"\x1b[1;5F"
WIDTHS = (90, 100)
RESIZES = 4


def run(work: Path) -> Result:
    """Measure in a folder that is thrown away."""
    text = inputs.large_text()
    page, record = work / "large.txt", work / "large.jsonl"
    page.write_text(text, "utf-8")
    record.write_text(json.dumps(annotated(text, SPANS), ensure_ascii=False) + "\n", "utf-8")
    with (
        PtyProgram(annotator("annotate", record, "--db", work / "large.db", "--as", "bench")) as ours,
        PtyProgram(baseline("text_area", page)) as text_area,
    ):
        for program in (ours, text_area):
            program.settle(quiet=3)
        moved, others = move_in_turns([(ours, {}), (text_area, TEXT_AREA_KEYS)], ROUNDS)
        resizes = [
            tuple(program.resize(columns, 30).last_ms for program in (ours, text_area))
            for columns in islice(cycle(WIDTHS), RESIZES)
        ]
        to_last = ours.press(LAST)
        moved += answered(map(ours.press, islice(cycle((b"\x1b[A", b"\x1b[C")), 12)))
    mine, theirs = zip(*resizes, strict=True)
    move, resize = summarize(latencies(moved)), summarize(mine)
    return Result(
        NAME,
        "the `TextArea` with the same text, without annotations",
        f"{len(text):,} characters, {SPANS:,} annotations. The same moves, some of them at the end of the text; "
        f"{RESIZES} resizes between {WIDTHS[0]} and {WIDTHS[1]} columns.",
        [
            *rows_of("cursor move", moved, others),
            compared("resize: ms", ".0f", mine, theirs),
            Row("jump to the end: ms", f"{to_last.last_ms:.0f}"),
        ],
        [
            Figure(
                "key → last byte, p95, 1 MB article with 10,000 spans",
                "≤ 16 ms",
                f"{move.p95:.1f} ms",
                move.p95 <= 16,
            ),
            Figure(
                "a resize of a 1 MB page, key → last byte",
                "≤ 300 ms",
                f"{resize.p95:.0f} ms (p95)",
                resize.p95 <= 300,
            ),
        ],
    )


def annotated(text: str, number: int) -> dict[str, object]:
    """A record with a text and so many claims, spread evenly."""
    step = len(text) // number
    return {
        "format": "annotator/1",
        "doc_id": "large",
        "text": text,
        "annotator": "bench",
        "spans": [
            {"id": str(index), "start": index * step, "end": index * step + step // 2, "label": "claim"}
            for index in range(number)
        ],
    }
