"""`annotator db check`, `annotator db backup` and `annotator db upgrade`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from annotator.cli import diagnostics, output
from annotator.cli.diagnostics import ExitCode
from annotator.cli.options import DATABASE, AsJson, Database, Debug


def check(
    as_json: AsJson = False,
    database: Database = DATABASE,
    debug: Debug = False,
) -> None:
    """Check the database.

    The file must be sound, each text must have its hash, and the annotations must be what the journal of operations
    makes them. The exit code is 1 where something is wrong.
    """
    from annotator.services import maintenance
    from annotator.services.project import open_project

    with open_project(database) as project:
        problems = maintenance.check(project)
    if as_json:
        output.json(problems)
    else:
        output.lines(problems)
    if problems:
        raise typer.Exit(ExitCode.CHECK_FAILED)
    diagnostics.message(f"{database}: ok")


def back_up(
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="The file to make; an existing one is refused.")],
    database: Database = DATABASE,
    debug: Debug = False,
) -> None:
    """Copy the database to a new file.

    It may be in use meanwhile. The copy is checked before it gets its name.
    """
    from annotator.services import maintenance
    from annotator.services.project import open_project

    with open_project(database) as project:
        maintenance.back_up(project, target)
    diagnostics.message(f"{target}: {target.stat().st_size:,} bytes")


def upgrade(database: Database = DATABASE, debug: Debug = False) -> None:
    """Bring an older database up to date.

    A backup is made beside it first. Every other command does the same where it is due.
    """
    from annotator.services.maintenance import describe_store
    from annotator.services.project import open_project

    before = describe_store(database).revision
    with open_project(database):
        pass
    after = describe_store(database).revision
    if before == after:
        diagnostics.message(f"{database}: tables {after}, up to date")
    else:
        diagnostics.message(f"{database}: tables {before} are now {after}; a backup was made beside it")
