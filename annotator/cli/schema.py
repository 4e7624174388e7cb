"""`annotator schema check` and `annotator schema show`."""

from __future__ import annotations

from typing import Annotated

import typer

from annotator.cli import diagnostics, output
from annotator.cli.options import DATABASE, AsJson, Database, Debug


def check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A YAML file, or news, attribution or minimal.")],
    debug: Debug = False,
) -> None:
    """Check a label schema, and tell where in the file it is wrong."""
    from annotator.formats.schema_yaml import parse_schema, read_schema_source

    schema = parse_schema(*read_schema_source(file))
    counts = ", ".join(
        f"{len(things)} {word}{'' if len(things) == 1 else 's'}"
        for things, word in (
            (schema.labels, "label"),
            (schema.relations, "relation"),
            (schema.document_labels, "document label"),
        )
        if things
    )
    diagnostics.message(f"ok: {schema.name} {schema.version}, {counts}")


def show(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME|FILE]", help="news, attribution, minimal or a YAML file; else the project's."),
    ] = None,
    as_json: AsJson = False,
    database: Database = DATABASE,
    debug: Debug = False,
) -> None:
    """Print a label schema.

    Without a name it is the project's, or news where there is no project yet.
    """
    from dataclasses import asdict

    from annotator.formats.schema_yaml import parse_schema

    text, source = _find(name, database)
    if as_json:
        output.json(asdict(parse_schema(text, source)))
    else:
        output.verbatim(text)


def _find(name: str | None, database: str) -> tuple[str, str]:
    """The YAML, and where it comes from."""
    from annotator.formats.schema_yaml import read_schema_source

    if name is not None:
        return read_schema_source(name)
    from annotator.services.project import DEFAULT_SCHEMA, exists, open_project, schema_text

    if not exists(database):
        return read_schema_source(DEFAULT_SCHEMA)
    with open_project(database) as project:
        return schema_text(project), f"schema of {project.path.name}"
