"""Keys and resizes on a page of 1 MB with 10,000 annotations."""

from __future__ import annotations

from pathlib import Path

from bench import inputs
from bench.big_text import HOW, feel, figures, rows
from bench.report import Result


NAME = "large-page"
SPANS = 10_000


def run(work: Path) -> Result:
    """Measure in a folder that is thrown away."""
    text = inputs.large_text()
    felt = feel(work, text, annotated(text, SPANS))
    return Result(
        NAME,
        "the `TextArea` with the same text, without annotations, and SLATE with the same annotations",
        f"{len(text):,} characters, {SPANS:,} annotations. {HOW}",
        rows(felt),
        figures(
            felt,
            "key → last byte, p95, 1 MB article with 10,000 spans",
            "a resize of a 1 MB page, key → last byte",
            "text of a 1 MB page visible, from the window on",
        ),
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
