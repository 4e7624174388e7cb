"""Keys and resizes in a single paragraph of 50,000 characters."""

from __future__ import annotations

from pathlib import Path

from bench import inputs
from bench.big_text import HOW, feel, figures, rows
from bench.report import Result


NAME = "long-paragraph"


def run(work: Path) -> Result:
    """Measure in a folder that is thrown away."""
    text = inputs.paragraph_text()
    felt = feel(work, text)
    return Result(
        NAME,
        "the `TextArea` with the same text, and SLATE",
        f"One line of {len(text):,} characters. {HOW} SLATE never scrolls inside a line: behind the first screen it "
        "shows an empty one.",
        rows(felt),
        figures(
            felt,
            "key → last byte, p95, one paragraph of 50,000 characters",
            "a resize of that paragraph, key → last byte",
            "text of that paragraph visible, from the window on",
        ),
    )
