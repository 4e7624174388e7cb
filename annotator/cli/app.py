"""The `annotator` program: its commands, and what becomes of their errors.

What the commands need is imported when they run, so that `--help` stays quick.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated, Any, NoReturn

import typer
from typer.exceptions import TyperException

from annotator.cli import diagnostics, output
from annotator.cli.agreement import agreement
from annotator.cli.annotate import annotate
from annotator.cli.annotators import annotators
from annotator.cli.copies import copies
from annotator.cli.db import back_up, check, upgrade
from annotator.cli.diagnostics import ExitCode
from annotator.cli.doctor import doctor
from annotator.cli.documents import documents
from annotator.cli.export import export
from annotator.cli.feedback import feedback
from annotator.cli.import_ import import_
from annotator.cli.merge import merge
from annotator.cli.options import Debug
from annotator.cli.preferences import preferences
from annotator.cli.review import review
from annotator.cli.schema import check as check_schema
from annotator.cli.schema import show as show_schema
from annotator.cli.show import show
from annotator.cli.status import status
from annotator.cli.suggest import suggest


COMMANDS: dict[str, Callable[..., None]] = {
    "annotate": annotate,
    "import": import_,
    "documents": documents,
    "show": show,
    "suggest": suggest,
    "copies": copies,
    "export": export,
    "agreement": agreement,
    "merge": merge,
    "review": review,
    "feedback": feedback,
    "status": status,
    "annotators": annotators,
    "preferences": preferences,
    "doctor": doctor,
}
GROUPS: dict[str, tuple[str, dict[str, Callable[..., None]]]] = {
    "schema": ("Check or show a label schema.", {"check": check_schema, "show": show_schema}),
    "db": ("Check, back up or upgrade the database.", {"check": check, "backup": back_up, "upgrade": upgrade}),
}
SETTINGS: dict[str, Any] = {"help_option_names": ["--help", "-h"]}


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        output.lines([f"annotator {version('annotator')}"])
        raise typer.Exit


def annotator(
    context: typer.Context,
    debug: Debug = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Annotate scraped Arabic news right to left in a terminal, and export training data."""
    if context.invoked_subcommand is None:
        for line in context.get_help().splitlines():
            diagnostics.message(line)
        raise typer.Exit(ExitCode.USAGE)


def build() -> typer.Typer:
    """The program with all its commands. Its help is drawn without Rich, which takes longer to load than the rest."""
    app = typer.Typer(callback=annotator, invoke_without_command=True, rich_markup_mode=None, context_settings=SETTINGS)
    for name, command in COMMANDS.items():
        app.command(name)(command)
    for name, (text, commands) in GROUPS.items():
        group = typer.Typer(help=text)
        for below, command in commands.items():
            group.command(below)(command)
        app.add_typer(group, name=name)
    return app


def run(arguments: list[str]) -> int:
    """Run one command.

    Returns:
        The exit code.
    """
    settings = {"debug": False}
    try:
        program = typer.main.get_command(build())
        code = program.main(arguments, prog_name="annotator", standalone_mode=False, obj=settings)
        output.flush()
    except typer.Exit as end:
        code = end.exit_code
    except TyperException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "annotator"
        diagnostics.explain(error.format_message(), f"See `{command} --help`.")
        code = ExitCode.USAGE
    except KeyboardInterrupt:
        code = ExitCode.INTERRUPTED
    except Exception as error:
        code = diagnostics.report(error, debug=settings["debug"])
    if code == ExitCode.INTERRUPTED:
        diagnostics.explain("interrupted", "What was stored before is kept.")
    return int(code or ExitCode.OK)


def main() -> NoReturn:
    """The entry of the installed program."""
    sys.exit(run(sys.argv[1:]))
