"""`annotator annotators`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.cli import output
from annotator.cli.options import DATABASE, AsJson, Database, Debug


if TYPE_CHECKING:
    from annotator.services.looking import AnnotatorSummary


HEADER = ("name", "documents", "done", "flagged", "annotations")


def annotators(
    as_json: AsJson = False,
    database: Database = DATABASE,
    debug: Debug = False,
) -> None:
    """List the annotators.

    With each: the documents they worked on, finished and flagged, and their annotations.
    """
    from annotator.services import looking
    from annotator.services.project import open_project

    with open_project(database) as project:
        found = looking.status(project).annotators
    if as_json:
        output.json([plain(annotator) for annotator in found])
    else:
        output.table(HEADER, [row(annotator) for annotator in found])


def row(annotator: AnnotatorSummary) -> tuple[str, int, int, int, int]:
    """The cells under `HEADER`."""
    return (annotator.name, annotator.documents, annotator.done, annotator.flagged, annotator.annotations)


def plain(annotator: AnnotatorSummary) -> dict[str, str | int]:
    """An annotator in JSON."""
    return dict(zip(HEADER, row(annotator), strict=True))
