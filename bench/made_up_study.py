"""A project of made-up documents that three annotators labelled: words of the page, spans with the usual disagreements.

Their true spans, and how annotators depart from them, are those of `tests/support/continua.py`, moved to whole words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, cycle, islice
from pathlib import Path

from annotator.services.importing import ImportOptions, import_sources
from annotator.services.project import open_or_create
from bench import inputs
from tests.support.continua import Unit, continuum


ANNOTATORS = ("amal", "salma", "omar")
SPANS = 30
LABELS = {"a": "claim", "b": "source", "c": "boilerplate", "d": "spillover"}
QUOTES = ("direct", "indirect")
LETTERS = re.compile("[ء-غف-ي]+")
"""Words without marks and tatweel: what cleaning leaves as it is."""


def fill(database: Path, documents: int) -> None:
    """Make a project with so many documents.

    Raises:
        RuntimeError: A document or somebody's work was refused.
    """
    file = database.with_suffix(".jsonl")
    inputs.write_jsonl(file, (record for number in range(documents) for record in records(number)))
    with open_or_create(str(database), None) as project:
        report = import_sources(project, [file], ImportOptions())
    if report.rejected:
        raise RuntimeError(f"the made-up project is not whole: {report.rejected[0].reason}")


def records(number: int) -> Iterator[dict[str, object]]:
    """What each annotator made of a document, 30 true spans in some 3,000 characters."""
    marked = continuum(len(ANNOTATORS), SPANS, seed=number)
    text = _text(number, max(end for units in marked for _, end, _ in units))
    for annotator, units in zip(ANNOTATORS, marked, strict=True):
        spans = list(_spans(text, units))
        yield {
            "format": "annotator/1",
            "doc_id": f"made-up-{number:05}",
            "text": text,
            "annotator": annotator,
            "status": "done",
            "spans": spans,
            "relations": list(_relations(spans)),
        }


def _text(number: int, length: int) -> str:
    """At least so many characters of words."""
    words = LETTERS.findall(inputs.page_text())
    # Each document starts at another word.
    some = islice(cycle(words), number * 37 % len(words), None)
    text = ""
    for text in accumulate(some, "{} {}".format):
        if len(text) >= length:
            break
    return text


def _spans(text: str, units: Sequence[Unit]) -> Iterator[dict[str, object]]:
    """Spans of whole words, none over another."""
    words = list(re.finditer(r"\S+", text))
    starts, ends = [word.start() for word in words], [word.end() for word in words]
    place = 0
    for index, (start, end, label) in enumerate(sorted(units)):
        first, last = max(place, bisect_right(starts, start) - 1), bisect_left(ends, end)
        if first > last:
            continue
        place = last + 1
        quote = [{"key": "quote", "value": QUOTES[(start + index) % 2]}] if LABELS[label] == "claim" else []
        yield {
            "id": f"s{index}",
            "start": starts[first],
            "end": ends[last],
            "label": LABELS[label],
            "attributes": quote,
        }


def _relations(spans: Sequence[dict[str, object]]) -> Iterator[dict[str, object]]:
    """Each claim is attributed to the last source before it."""
    source = None
    for span in spans:
        if span["label"] == "source":
            source = span["id"]
        elif span["label"] == "claim" and source is not None:
            yield {"id": f"r{span['id']}", "label": "attributed_to", "head": span["id"], "tail": source}
