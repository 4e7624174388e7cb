"""A project made by the program itself, and keys pressed in it on a terminal; what it holds then is compared."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.services.looking import list_documents, show
from annotator.services.project import Project, open_project
from bench.program import annotator
from bench.pty_program import PtyProgram
from bench.reference import Reference, of_record


ANNOTATOR = "bench"
BEHIND_ESCAPE = 0.3
"""Seconds of quiet behind an Escape: with the next key it would be another one."""

LIMIT = 60.0
"""Seconds in which the keys, and what the process beside the screen makes of them, are on disk."""

AT_END = 0.5
"""Seconds of quiet in the end, in which nothing more is done."""

BYTES = {
    "space": b" ",
    "enter": b"\r",
    "escape": b"\x1b",
    "tab": b"\t",
    "shift+tab": b"\x1b[Z",
    "left": b"\x1b[D",
    "right": b"\x1b[C",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "ctrl+home": b"\x1b[1;5H",
    "ctrl+end": b"\x1b[1;5F",
}
"""What a terminal sends for keys that have a name."""


def imported(database: Path, pages: Sequence[Path], *, suggested: bool) -> Path:
    """A project into which pages were imported a moment ago.

    Args:
        database: Its file, not there yet.
        pages: The pages, in the order of import.
        suggested: Whether suggesters have run; else nobody sees suggestions.
    """
    for page in pages:
        _run("import", page, "--db", database)
    _run("suggest", *(() if suggested else ("--show", "nobody")), "--db", database)
    return database


def copied(database: Path, name: str) -> Path:
    """Another copy of a project that nobody has open."""
    return Path(shutil.copy(database, database.with_name(name)))


def replay(database: Path, page: Path, keys: Sequence[str], until: Callable[[Project], bool]) -> None:
    """Press keys in the program on a terminal, in a document that it has imported.

    Args:
        database: The project.
        page: The document's file.
        keys: The keys, by Textual's names.
        until: Whether all that is awaited is on disk.

    Raises:
        RuntimeError: It never was.
    """
    argv = annotator("annotate", page, "--db", database, "--as", ANNOTATOR)
    with PtyProgram(argv, folder=database.parent) as program, open_project(str(database)) as project:
        program.settle()
        for chunk in chunks(keys):
            program.press(chunk, BEHIND_ESCAPE)
        start = time.perf_counter()
        while not until(project):
            if time.perf_counter() - start > LIMIT:
                raise RuntimeError(f"{page.stem}: the keys did not lead to what was awaited")
            program.drawn(BEHIND_ESCAPE)
        program.settle(AT_END)


def holds(project: Project, reference: Reference) -> bool:
    """Whether a project holds, by now, the labels of a reference."""
    doc_id = id_of(project, reference)
    record = show(project, doc_id, ANNOTATOR, raw=False)
    return is_same(of_record(reference.name, reference.page, record), reference)


def id_of(project: Project, reference: Reference) -> str:
    """The identity of the document that a page became; its name ends with the beginning of the page's hash."""
    ids = [one.doc_id for one in list_documents(project, ANNOTATOR)]
    (found,) = (one for one in ids if one.endswith(reference.page_hash[:8]))
    return found


def chunks(keys: Sequence[str]) -> Iterator[bytes]:
    """What a terminal sends for some keys, cut behind each Escape."""
    chunk = b""
    for key in keys:
        chunk += BYTES.get(key, key.encode())
        if key == "escape":
            yield chunk
            chunk = b""
    yield chunk


def compare(database: Path, references: Sequence[Reference]) -> None:
    """Compare what a project holds with what it should.

    Raises:
        RuntimeError: It holds something else.
    """
    found = {record["raw_sha256"]: record for record in records(database)}
    for reference in references:
        have = of_record(reference.name, reference.page, found[reference.page_hash])
        if not is_same(have, reference):
            raise RuntimeError(f"{reference.name}: the keys did not lead to the labels of the reference")


def is_same(found: Reference, wanted: Reference) -> bool:
    """Whether spans, attributes and relations are the same."""
    return found.targets == wanted.targets and set(found.links) == set(wanted.links)


def records(database: Path) -> list[dict[str, Any]]:
    """What the program exports."""
    out = database.with_suffix(".jsonl")
    _run("export", out, "--db", database)
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def _run(*arguments: str | Path) -> None:
    subprocess.run(annotator(*arguments), check=True, capture_output=True)
