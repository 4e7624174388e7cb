"""`annotator status`."""

from __future__ import annotations

from annotator.cli import output
from annotator.cli.annotators import HEADER, plain, row
from annotator.cli.options import DATABASE, AsJson, Database, Debug


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
                "annotators": [plain(annotator) for annotator in found.annotators],
            }
        )
        return
    output.lines([f"schema: {schema.name} {schema.version}", f"documents: {found.documents:,}"])
    if found.annotators:
        output.lines([""])
        output.table(HEADER, [row(annotator) for annotator in found.annotators])
