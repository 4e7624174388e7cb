"""`annotator doctor`: what matters where something does not work. It changes nothing and tells no secrets."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any

import typer

from annotator.cli import output, terminal
from annotator.cli.diagnostics import ExitCode
from annotator.cli.options import DATABASE, AsJson, Database, Debug, login_name
from annotator.errors import AnnotatorError


if TYPE_CHECKING:
    from annotator.cli.terminal_answers import Answers


PACKAGES = ("annotator", "textual", "rich", "sqlmodel", "sqlalchemy", "alembic", "typer", "orjson", "resiliparse")
EXTRAS = ("trafilatura",)
"""Packages that the program does without; as the others, "" where they are not installed."""


def doctor(
    as_json: AsJson = False,
    database: Database = DATABASE,
    debug: Debug = False,
) -> None:
    """Tell about this machine, the database and the terminal.

    The exit code is 1 where the database cannot be used.
    """
    facts = {
        "program": _program(),
        "packages": {name: _version(name) for name in PACKAGES + EXTRAS},
        "sqlite": _sqlite(),
        "database": _database(database),
        "terminal": _terminal(),
    }
    if as_json:
        output.json(facts)
    else:
        for name, section in facts.items():
            output.lines([f"{name}:", *(f"  {key.replace('_', ' ')}: {_say(value)}" for key, value in section.items())])
    if "problem" in facts["database"]:
        raise typer.Exit(ExitCode.CHECK_FAILED)


def _say(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _program() -> dict[str, Any]:
    import platform

    try:
        login = login_name()
    except AnnotatorError:
        login = ""
    return {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "platform": platform.platform(),
        "login_name": login,
    }


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _sqlite() -> dict[str, Any]:
    from annotator.services.maintenance import sqlite_facts

    facts = sqlite_facts()
    return {"version": facts.version, "journal_mode": facts.journal_mode, "because": facts.reason}


def _database(database: str) -> dict[str, Any]:
    from annotator.services.maintenance import describe_store
    from annotator.services.project import exists

    shown = re.sub("//[^/]*@", "//", database)  # a URL may hold a password
    try:
        if not exists(database):
            return {"path": shown, "exists": False}
        facts = describe_store(database)
    except AnnotatorError as error:
        return {"path": shown, "problem": error.message, "hint": error.hint}
    return {
        "path": str(facts.path),
        "exists": True,
        "size": facts.size,
        "tables": facts.revision,
        "documents": facts.documents,
        "journal_mode": facts.journal_mode,
        "synchronous": facts.synchronous,
    }


def _terminal() -> dict[str, Any]:
    screen, answers = sys.__stderr__, _answers()
    facts: dict[str, Any] = {
        "TERM": os.environ.get("TERM", ""),
        "COLORTERM": os.environ.get("COLORTERM", ""),
        "NO_COLOR": bool(os.environ.get("NO_COLOR")),
        "tmux": bool(os.environ.get("TMUX")),
        "ssh": bool(os.environ.get("SSH_CONNECTION")),
        "encoding": screen.encoding if screen else "",
        "input_is_terminal": terminal.is_terminal(sys.__stdin__),
        "screen_is_terminal": terminal.is_terminal(screen),
        "size": terminal.size(screen),
        **terminal.bidi_facts(os.environ, answers.name if answers else ""),
    }
    if answers is not None:
        facts["calls_itself"] = answers.name
        facts["knows_CSI_8_l"] = "no answer" if answers.knows_bidi_request is None else answers.knows_bidi_request
    return facts | {"can_annotate": _can_annotate()}


def _answers() -> Answers | None:
    """What the terminal says; None where there is nobody to ask."""
    from annotator.cli.terminal_answers import ask, questions

    keys, screen = sys.__stdin__, sys.__stderr__
    if keys is None or screen is None or not (terminal.is_terminal(keys) and terminal.is_terminal(screen)):
        return None
    asked = questions(os.environ)
    return ask(keys.fileno(), screen.fileno(), asked) if asked else None


def _can_annotate() -> str:
    try:
        terminal.check_terminal(sys.__stdin__, sys.__stderr__, os.environ)
    except AnnotatorError as error:
        return f"no: {error.message}"
    return "yes"
