"""The options that several commands share, and how their values are read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

import typer

from annotator.errors import UsageError


DATABASE = "annotator.db"
MAX_SIZE = "64MB"


def _note_debug(context: typer.Context, debug: bool) -> bool:
    """Tell the one place that reports errors, which looks when the command has failed."""
    if debug:
        context.ensure_object(dict)["debug"] = True
    return debug


Database = Annotated[
    str,
    typer.Option("--db", metavar="PATH|URL", envvar="ANNOTATOR_DB", help="The project's database."),
]
Debug = Annotated[
    bool,
    typer.Option("--debug", callback=_note_debug, expose_value=False, help="Show a traceback where the program fails."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
SchemaName = Annotated[
    str | None,
    typer.Option(
        "--schema",
        metavar="NAME|FILE",
        help="The label schema of a new project: news, attribution, minimal or a YAML file.  [default: news]",
    ),
]
Who = Annotated[
    str | None, typer.Option("--who", metavar="NAME", help="The annotator to look at.  [default: the login name]")
]
Format = Annotated[
    Literal["auto", "text", "html", "jsonl"],
    typer.Option("--format", help="How to read the sources; auto goes by the extension, then by the content."),
]
Mapping = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN",
        help="The column of a JSONL record that holds a field: text, title, id, url, source, published or any name "
        "for metadata. May be given several times.",
    ),
]
Lang = Annotated[
    Literal["en", "ar"] | None,
    typer.Option("--lang", help="The language of the screens, from now on.  [default: that of the locale]"),
]
Colours = Annotated[
    Literal["dark", "light", "contrast", "safe"] | None,
    typer.Option(
        "--theme",
        help="The colours of the screens, from now on; contrast is high contrast, safe suits colour-blind eyes."
        "  [default: dark]",
    ),
]
Bidi = Annotated[
    Literal["auto", "app", "override", "terminal"] | None,
    typer.Option(
        "--bidi",
        help="Who reorders Arabic in this terminal, from now on: app is this program, override is this program where "
        "the terminal must be overruled row by row, terminal is the terminal; auto goes by what is known of it."
        "  [default: auto]",
    ),
]
MaxSize = Annotated[
    str, typer.Option("--max-size", metavar="SIZE", help="The largest file or record: 64MB, 500K, or bytes.")
]
Sources = Annotated[list[Path], typer.Argument(metavar="SOURCE", help="Files and folders to read.")]


def parse_mapping(pairs: list[str] | None) -> dict[str, str]:
    """Field → column from `FIELD=COLUMN` arguments.

    Raises:
        UsageError: An argument has no field or no column, or a field is given twice.
    """
    mapping: dict[str, str] = {}
    for pair in pairs or []:
        field, sign, column = pair.partition("=")
        if not (field and sign and column):
            raise UsageError(f"--map {pair!r} is not FIELD=COLUMN", hint="For example: --map text=body --map id=guid")
        if field in mapping:
            raise UsageError(f"--map names {field!r} twice", hint="Give each field one column.")
        mapping[field] = column
    return mapping


def parse_size(text: str) -> int:
    """Bytes from `64MB`, `64M`, `500K`, `1GB` or a plain number; a kilobyte is 1024 bytes.

    Raises:
        UsageError: It is no size.
    """
    found = re.fullmatch(r"(\d{1,15})\s*([KMG]?)(?:i?B)?", text.strip(), re.IGNORECASE | re.ASCII)
    size = int(found[1]) * 1024 ** " KMG".index(found[2].upper() or " ") if found else 0
    if not size:
        raise UsageError(f"--max-size {text!r} is no size", hint="For example: 64MB, 500K, or a number of bytes.")
    return size


def login_name() -> str:
    """The name that the user is logged in under.

    Raises:
        UsageError: The system does not know it.
    """
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise UsageError("the system does not tell your login name", hint="Give one with --as or --who.") from error
