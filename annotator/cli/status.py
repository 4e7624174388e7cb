"""`annotator status`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotator.cli import output
from annotator.cli.annotators import HEADER, plain, row
from annotator.cli.options import DATABASE, AsJson, Database, Debug
from annotator.cli.wording import duration


if TYPE_CHECKING:
    from annotator.services.looking import AnnotatorSummary


def status(
    as_json: AsJson = False,
    database: Database = DATABASE,
    debug: Debug = False,
) -> None:
    """Show where the project stands."""
    from annotator.services import looking
    from annotator.services.project import open_project

    with open_project(database) as project:
        found = looking.status(project)
        schema = project.schema
    if as_json:
        output.json(
            {
                "schema": {"name": schema.name, "version": schema.version},
                "documents": found.documents,
                "suggestions": found.suggestions,
                "annotators": [_plain(annotator) for annotator in found.annotators],
            }
        )
        return
    shown = f"suggestions shown to: {found.suggestions}"
    output.lines([f"schema: {schema.name} {schema.version}", f"documents: {found.documents:,}", shown])
    if found.annotators:
        output.lines([""])
        output.table((*HEADER, "active", "done per hour"), [_row(annotator) for annotator in found.annotators])


def _row(annotator: AnnotatorSummary) -> tuple[object, ...]:
    time, rate = annotator.active_seconds, annotator.done_per_hour
    return (*row(annotator), duration(time) if time else "", "" if rate is None else f"{rate:,.1f}")


def _plain(annotator: AnnotatorSummary) -> dict[str, Any]:
    time = {"active_seconds": annotator.active_seconds, "done_per_hour": annotator.done_per_hour}
    return plain(annotator) | time
