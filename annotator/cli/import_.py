"""`annotator import`, and the reading of sources that `annotate` begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from annotator.cli import diagnostics, output
from annotator.cli.diagnostics import ExitCode
from annotator.cli.options import (
    DATABASE,
    MAX_SIZE,
    AsJson,
    Database,
    Debug,
    Format,
    Mapping,
    MaxSize,
    SchemaName,
    Sources,
    parse_mapping,
    parse_size,
)


if TYPE_CHECKING:
    from pathlib import Path

    from annotator.formats.items import Rejected
    from annotator.services.importing import ImportOptions, ImportReport
    from annotator.services.project import Project


SHOWN = 20
"""Rejected records that are listed."""


def import_(  # noqa: PLR0913, PLR0917  # one for each option
    sources: Sources,
    schema: SchemaName = None,
    format_: Format = "auto",
    mapping: Mapping = None,
    max_size: MaxSize = MAX_SIZE,
    update: Annotated[
        bool, typer.Option("--update", help="Take a known id with another text as a new document that names the old.")
    ] = False,
    suggester: Annotated[
        str | None,
        typer.Option("--as-suggestions", metavar="NAME", help="The spans of records are suggestions, and NAME's."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would come of it, and change nothing.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="End with exit code 3 where anything is rejected.")] = False,
    as_json: AsJson = False,
    database: Database = DATABASE,
    debug: Debug = False,
) -> None:
    """Import documents and annotations.

    Sources are text, HTML and JSONL files, and folders of them. What is there already is left as it is. What cannot be
    read is listed, and the rest is imported.
    """
    from annotator.services.importing import check_sources
    from annotator.services.project import open_or_create, rehearse

    options = import_options(format_, mapping, max_size, update=update, suggester=suggester)
    check_sources(sources, options)
    with (rehearse if dry_run else open_or_create)(database, schema) as project:
        report = read_in(project, sources, options, where_all="--json lists all")
    if as_json:
        output.json(_plain(report))
    else:
        prefix = "dry run, nothing was stored: " if dry_run else ""
        diagnostics.message(prefix + summary(report))
    if report.rejected and (strict or found_nothing(report)):
        raise typer.Exit(ExitCode.DATA)


def import_options(
    format_: str, mapping: list[str] | None, max_size: str, *, update: bool = False, suggester: str | None = None
) -> ImportOptions:
    """What the command line says of how to read."""
    from annotator.services.importing import ImportOptions

    return ImportOptions(format_, parse_mapping(mapping), parse_size(max_size), update, suggester)


def read_in(project: Project, sources: list[Path], options: ImportOptions, *, where_all: str) -> ImportReport:
    """Import, with progress, encodings and what was rejected on standard error."""
    from annotator.services.importing import import_sources

    counter = diagnostics.Counter("read")
    try:
        report = import_sources(
            project, sources, options, lambda so_far: counter.show(so_far.imported + so_far.unchanged)
        )
    finally:
        counter.close()
    encodings = (f"{source}: read as {encoding}" for source, encoding in report.encodings)
    diagnostics.list_some(encodings, SHOWN, "all of them were read.")
    diagnostics.list_some(map(_refusal, report.rejected), SHOWN, where_all)
    return report


def found_nothing(report: ImportReport) -> bool:
    """Whether nothing at all could be read."""
    return not (report.imported or report.unchanged or report.annotations or report.suggestions)


def summary(report: ImportReport) -> str:
    """The report in a line."""
    proposed = "" if report.suggestions is None else f"{report.suggestions:,} suggestions, "
    return (
        f"{report.imported:,} imported, {report.unchanged:,} unchanged, {report.annotations:,} annotations, "
        f"{proposed}{len(report.rejected):,} rejected"
    )


def _refusal(rejected: Rejected) -> str:
    place = f"{rejected.source}:{rejected.line}" if rejected.line else rejected.source
    return f"{place}: {rejected.reason}"


def _plain(report: ImportReport) -> dict[str, Any]:
    return {
        "imported": report.imported,
        "unchanged": report.unchanged,
        "annotations": report.annotations,
        **({} if report.suggestions is None else {"suggestions": report.suggestions}),
        "rejected": [
            {"source": rejected.source, "line": rejected.line, "reason": rejected.reason}
            for rejected in report.rejected
        ],
    }
