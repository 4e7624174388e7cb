"""The annotator on a pseudo-terminal, and what its database holds afterwards."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from annotator.services.importing import ImportOptions, import_sources
from annotator.services.looking import list_documents, show
from annotator.services.maintenance import check
from annotator.services.project import open_or_create, open_project
from annotator.services.session import AnnotationSession
from annotator.services.visibility import Visibility, set_visibility
from annotator.tui.driver import BIDI_OFF, BIDI_ON
from tests.terminal.pty_program import ANNOTATOR, ENTER, ROOT, PtyProgram


PAGES = ROOT / "samples" / "pages"
WHO = "salma"
OFF, ON = BIDI_OFF.encode(), BIDI_ON.encode()
ALTERNATE, NORMAL = b"\x1b[?1049h", b"\x1b[?1049l"
GIVEN_BACK = (NORMAL, b"\x1b[?25h", b"\x1b[?7h", b"\x1b[?2004l", b"\x1b[?1004l", b"\x1b[<u")
MOUSE = (b"1000", b"1003", b"1015", b"1006")
STATUS, FOCUS, STRIP = -1, -4, -5
"""Rows of the document's screen in a narrow window."""

_WITH_FAULT = """
import sys
{fault}
from annotator.cli.app import main
main()
"""


def new_database(
    path: Path, sources: Sequence[Path], schema: Path | None = None, *, suggestions: Visibility = "nobody"
) -> Path:
    """Import some sources into a new database; all of them must be taken.

    Nobody sees suggestions unless they are wanted: they come when they come, and change the screen.
    """
    with open_or_create(str(path), str(schema) if schema else None) as project:
        report = import_sources(project, sources, ImportOptions())
        set_visibility(project, suggestions)
    assert not report.rejected
    return path


def annotate(database: Path, *, who: str = WHO, fault: str = "", **terminal: Any) -> PtyProgram:
    """Start the program, with some Python run first if that is asked for."""
    program = [sys.executable, "-c", _WITH_FAULT.format(fault=fault)] if fault else [*ANNOTATOR]
    return PtyProgram([*program, "annotate", "--db", str(database), "--as", who], **terminal)


def open_list(database: Path, **options: Any) -> PtyProgram:
    """Start the program and wait for the list of documents."""
    program = annotate(database, **options)
    program.wait_for("q quit")
    return program


def open_document(database: Path, **options: Any) -> PtyProgram:
    """Start the program, open the first document and wait for its screen."""
    program = open_list(database, **options)
    program.send(ENTER)
    program.wait_for("q list")
    program.wait_until(lambda: row(program, 1).strip(), what="the text")
    program.settle(0.1)
    return program


def leave(program: PtyProgram) -> int:
    """Go back to the list and out; the exit code."""
    program.send(b"q")
    program.wait_for("q quit")
    program.send(b"q")
    return program.wait_exit()[0]


def label(program: PtyProgram, key: bytes, name: str) -> None:
    """Press the key of a label and wait until it is said to be saved."""
    program.send(key)
    program.wait_until(lambda: f"saved: {name}" in row(program, STATUS), what=f"saved: {name}")


def row(program: PtyProgram, number: int) -> str:
    """A row of the screen."""
    return program.display.rows[number]


def stored(database: Path, who: str = WHO) -> list[tuple[str, int, int]]:
    """What an annotator has in the database: label, start, end."""
    with open_project(str(database)) as project:
        records = [show(project, document.doc_id, who, raw=False) for document in list_documents(project, who)]
    return [(span["label"], span["start"], span["end"]) for record in records for span in record["spans"]]


def problems(database: Path) -> list[str]:
    """What `annotator db check` finds."""
    with open_project(str(database)) as project:
        return check(project)


def place(database: Path, who: str = WHO, document: int = 1) -> int | None:
    """Where an annotator has left a document."""
    with open_project(str(database)) as project:
        return AnnotationSession(project, who, document).cursor


def assert_given_back(program: PtyProgram, before: list[object], since: int = 0) -> None:
    """The terminal is as it was found, and reorders again, now that the alternate screen is left."""
    out = bytes(program.raw[since:])
    assert all(mode in out for mode in GIVEN_BACK)
    for mode in MOUSE:
        assert out.rindex(b"\x1b[?" + mode + b"l") > out.rfind(b"\x1b[?" + mode + b"h")
    assert out.rindex(ON) > out.rindex(NORMAL)
    assert out.rindex(ON) > out.rfind(OFF)
    assert program.modes[:4] == before
