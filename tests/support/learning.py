"""Projects with finished documents to learn from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.labelled_pages import page
from tests.support.projects import project_with, record, span


def finished(number: int, annotator: str = "salma") -> dict[str, Any]:
    """A record of a labelled page that somebody is done with; its document is `page-NUMBER`."""
    made = page(number)
    spans = [
        span(
            one.start,
            one.end,
            one.label,
            id=f"{one.label}{one.start}",
            attributes=[{"key": key, "value": value} for key, value in one.attributes.items()],
        )
        for one in made.spans
    ]
    given = {"doc_id": made.view.doc_id, "text": made.view.text.strip(), "title": "", "status": "done"}
    return record(**given, annotator=annotator, spans=spans)


def unlabelled(number: int) -> dict[str, Any]:
    """A page that nobody has been in yet."""
    made = page(number)
    return {"id": made.view.doc_id, "text": made.view.text.strip(), "title": ""}


def project_of(path: Path, done: int, left: int = 0) -> Path:
    """The database of a project with some finished documents, and some that nobody has been in."""
    records = [*(finished(number) for number in range(done)), *(unlabelled(done + number) for number in range(left))]
    return project_with(path, *records)
