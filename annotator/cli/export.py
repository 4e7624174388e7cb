"""`annotator export`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from annotator.cli import diagnostics, output
from annotator.cli.options import DATABASE, Database, Debug
from annotator.cli.wording import counted
from annotator.errors import DataError, UsageError


if TYPE_CHECKING:
    from annotator.services.exporting import ExportOptions, ExportReport
    from annotator.services.project import Project


EVERY = 200
"""Records between two signs of progress."""


def export(  # noqa: PLR0913, PLR0917  # one for each option
    out: Annotated[str, typer.Argument(metavar="OUT", help="The file to write or to replace; - is standard output.")],
    format_: Annotated[Literal["jsonl"], typer.Option("--format", help="The format of the file.")] = "jsonl",
    who: Annotated[
        str,
        typer.Option(
            "--who",
            metavar="all|gold|NAME",
            help="Whose annotations; gold is what reviewers decided, with its provenance.",
        ),
    ] = "all",
    status: Annotated[
        Literal["any", "done"], typer.Option("--status", help="All documents, or those that their annotator finished.")
    ] = "any",
    raw: Annotated[bool, typer.Option("--raw", help="Add the raw text and its map to the offsets.")] = False,
    body: Annotated[bool, typer.Option("--body", help="Leave out what each record labels as page furniture.")] = False,
    database: Database = DATABASE,
    debug: Debug = False,
) -> None:
    """Export annotations.

    The file has one record for each document and annotator, in a fixed order, and replaces an older one only once it
    was read back. The same work gives the same bytes.
    """
    from annotator.services.exporting import ExportOptions
    from annotator.services.exporting import export as write_file
    from annotator.services.project import open_project

    if out.endswith(".gz"):
        raise UsageError("an export is written plain", hint="Pack it yourself: `annotator export - | gzip > FILE`")
    options = ExportOptions(who.casefold() if who.casefold() in {"all", "gold"} else who, status, raw, body)
    counter = diagnostics.Counter("records")

    def show_progress(number: int) -> None:
        if number % EVERY == 0:
            counter.show(number)

    try:
        with open_project(database) as project:
            if out == "-":
                report = _print(project, options, show_progress)
            else:
                report = write_file(project, Path(out), options, show_progress)
    finally:
        counter.close()
    size = counted(report.size, "byte")
    diagnostics.message(f"{out}: {counted(report.records, 'record')}, {counted(report.spans, 'span')}, {size}")


def _print(project: Project, options: ExportOptions, on_record: Callable[[int], None]) -> ExportReport:
    """Print the records from a temporary file: a slow reader must not keep annotators from saving."""
    import tempfile

    from annotator.services.exporting import write_records

    try:
        with tempfile.TemporaryFile() as file:
            report = write_records(project, file, options, on_record)
            file.seek(0)
            for line in file:
                output.json_line(line)
    except OSError as error:
        raise DataError(
            f"cannot write a temporary file: {error.strerror}", hint="Free some space, or set TMPDIR."
        ) from error
    return report
