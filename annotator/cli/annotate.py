"""`annotator annotate`: the main job."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from annotator.cli import diagnostics
from annotator.cli.diagnostics import ExitCode
from annotator.cli.import_ import found_nothing, import_options, read_in, summary
from annotator.cli.options import (
    DATABASE,
    MAX_SIZE,
    Bidi,
    Colours,
    Database,
    Debug,
    Format,
    Lang,
    Mapping,
    MaxSize,
    SchemaName,
    login_name,
)
from annotator.cli.preferences import settings_of_run
from annotator.cli.terminal import check_terminal
from annotator.errors import UsageError


if TYPE_CHECKING:
    from annotator.services.importing import ImportOptions
    from annotator.services.preferences import Settings
    from annotator.services.project import Project
    from annotator.services.suggest_process import SuggestProcess


def annotate(  # noqa: PLR0913, PLR0917  # one for each option
    sources: Annotated[
        list[Path] | None,
        typer.Argument(metavar="SOURCE", help="Files and folders to import first, what is new of them."),
    ] = None,
    name: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="Who annotates.  [default: the login name]")
    ] = None,
    schema: SchemaName = None,
    format_: Format = "auto",
    mapping: Mapping = None,
    max_size: MaxSize = MAX_SIZE,
    order: Annotated[
        Literal["import", "uncertain"],
        typer.Option("--order", help="In the order of import, or first what the learned model is least sure about."),
    ] = "import",
    lang: Lang = None,
    theme: Colours = None,
    bidi: Bidi = None,
    database: Database = DATABASE,
    debug: Debug = False,
) -> None:
    """Annotate in the terminal.

    What is new in the sources is imported first. Then the list of documents opens, or the document itself where the
    sources hold exactly one.
    """
    check_terminal(sys.stdin, sys.__stderr__, os.environ)
    with _loading():
        import annotator.tui.app  # noqa: F401  # used further down; loaded here with the rest
        from annotator.services.importing import check_sources
        from annotator.services.project import exists, open_or_create
        from annotator.services.session import check_name
        from annotator.services.suggest_process import SuggestProcess

    name = login_name() if name is None else name
    check_name(name)
    options = import_options(format_, mapping, max_size)
    settings = settings_of_run(lang, theme, bidi)
    if sources:
        check_sources(sources, options)
    elif not exists(database):
        raise _no_documents(f"there is no database {database} yet")
    with open_or_create(database, schema) as project, closing(SuggestProcess(project.path)) as process:
        document_id = _read_first(project, sources, options, process) if sources else None
        _open_screen(project, name, document_id, settings, process, order)


@contextmanager
def _loading() -> Iterator[None]:
    """Load modules without the collector, which finds no garbage in them and takes a tenth of the start to look."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _read_first(project: Project, sources: list[Path], options: ImportOptions, process: SuggestProcess) -> int | None:
    """Import the sources, and have what is new of them looked at while the screen is being loaded.

    Returns:
        The document, where it is exactly one.
    """
    from annotator.services.looking import find_document

    report = read_in(project, sources, options, where_all="`annotator import --json` lists all")
    diagnostics.message(summary(report))
    if report.rejected and found_nothing(report):
        raise typer.Exit(ExitCode.DATA)
    if report.imported:
        process.start()
    return find_document(project, report.doc_ids[0]) if len(report.doc_ids) == 1 else None


def _open_screen(
    project: Project, name: str, document_id: int | None, settings: Settings, process: SuggestProcess, order: str
) -> None:
    from annotator.services.looking import has_documents

    if not has_documents(project):
        raise _no_documents(f"{project.path} holds no documents")
    from annotator.tui.app import AnnotatorApp

    app = AnnotatorApp(project, name, document_id, settings, process, order)
    app.run()
    if app.crash is not None:
        raise app.crash


def _no_documents(reason: str) -> UsageError:
    return UsageError(
        f"there is nothing to annotate: {reason}",
        hint="Name files or folders to import: `annotator annotate SOURCE...`",
    )
