"""How many keys it takes to label a page: in the annotator, and in SLATE as far as it can hold the same."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.services.importing import ImportOptions, import_sources
from annotator.services.looking import list_documents
from annotator.services.project import open_or_create
from bench import slate
from bench.labelling import ATTRIBUTES, PARTS, RELATIONS, SPANS, Pressed, label
from bench.program import annotator
from bench.pty_program import PtyProgram
from bench.reference import Reference, of_record, references
from bench.report import Result, Row, Table
from bench.slate_labelling import MODES, Counts, exact, label_and_link


NAME = "keystrokes"
ANNOTATOR = "bench"
BEHIND_ESCAPE = 0.3
"""Seconds of quiet behind an Escape: with the next key it would be another one."""

AT_END = 2
"""Seconds of quiet behind the last key: keys typed ahead are carried out long before they are drawn."""

BYTES = {
    "space": b" ",
    "enter": b"\r",
    "escape": b"\x1b",
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

COMPARED = 1
"""The mode that people are likeliest to work in."""

HEAD = ("page", "keys for", "annotator", "annotator, plain moves", *(mode.title for mode in MODES))
NOTE = """\
The page is labelled by whoever knows every key and always finds the shortest way; people need more. "Plain moves" are
words, letters, pages and jumps by hints, with no look at how rows are broken. SLATE is given a key for each label (its
default is two), takes whole words between spaces, so that a span may come out with a quotation mark or a prefix too
much, or single letters. Relations are a second run of it: links between the first words of two spans, without a type.
It has no attributes. Quitting, which saves, is one key of each run. What either program stored was read back and is
what was wanted."""


def run(work: Path) -> Result:
    """Count in a folder that is thrown away.

    Raises:
        RuntimeError: A program did not come to hold what was wanted.
    """
    lines: list[tuple[str, ...]] = []
    rows: list[Row] = []
    for reference in references():
        folder = work / reference.name
        folder.mkdir()
        pressed, text = _plan(folder, reference)
        _replay(folder, reference, pressed.keys)
        others = [label_and_link(folder, reference, text, mode) for mode in MODES] if slate.is_there() else []
        lines += lines_of(reference, pressed, others, exact(reference, slate.Words(text)))
        rows.append(_row(reference, pressed, others))
    return Result(
        NAME,
        "SLATE with numbers to 9 before its keys, without attributes",
        "Each key that is pressed counts, each letter typed into a search too. The annotator was labelled with in a "
        "pseudo-terminal by the keys counted; a page that is not there is left out. See the table of keystrokes.",
        rows,
        tables=[Table("Keystrokes", HEAD, lines, NOTE)],
    )


def _plan(work: Path, reference: Reference) -> tuple[Pressed, str]:
    """Find the keys in a project of their own; also the text that they label."""
    with open_or_create(str(work / "plan.db"), None) as project:
        import_sources(project, [reference.page], ImportOptions())
        (document,) = list_documents(project, ANNOTATOR)
        pressed = asyncio.run(label(project, ANNOTATOR, document.id, reference))
    return pressed, _record(work, work / "plan.db")["text"]


def _replay(work: Path, reference: Reference, keys: Sequence[str]) -> None:
    """Press the keys in the program on a terminal, and compare what it exports."""
    database = work / "replay.db"
    argv = annotator("annotate", reference.page, "--db", database, "--as", ANNOTATOR)
    with PtyProgram(argv, folder=work) as program:
        program.settle()
        for chunk in chunks(keys):
            program.press(chunk, BEHIND_ESCAPE, AT_END)
        program.settle(AT_END)
    found = of_record(reference.name, reference.page, _record(work, database))
    if found.targets != reference.targets or set(found.links) != set(reference.links):
        raise RuntimeError(f"{reference.name}: the keys did not lead to the labels of the reference")


def chunks(keys: Sequence[str]) -> Iterator[bytes]:
    """What a terminal sends for some keys, cut behind each Escape."""
    chunk = b""
    for key in keys:
        chunk += BYTES.get(key, key.encode())
        if key == "escape":
            yield chunk
            chunk = b""
    yield chunk


def _record(work: Path, database: Path) -> dict[str, Any]:
    out = work / "out.jsonl"
    subprocess.run(annotator("export", out, "--db", database), check=True, capture_output=True)
    (line,) = out.read_text("utf-8").splitlines()
    record: dict[str, Any] = json.loads(line)
    return record


def lines_of(reference: Reference, pressed: Pressed, others: Sequence[Counts], whole: int) -> list[tuple[str, ...]]:
    """The lines of the table for one page: each part, and what SLATE can do too.

    Args:
        reference: The page and its labels.
        pressed: What the annotator took.
        others: What SLATE took, in the order of MODES; nothing where it is not there.
        whole: How many spans SLATE holds exactly where it takes whole words.
    """
    names = {
        SPANS: f"{len(reference.targets)} spans, {whole} of them whole words",
        RELATIONS: f"{len(reference.links)} relations",
        ATTRIBUTES: "attributes, where not the default",
    }
    counts = others or [Counts(None, None)] * len(MODES)
    lines = []
    for part in PARTS:
        ours = pressed.counts[part]
        cells = [ours, pressed.plain if part == SPANS else ours, *(getattr(one, part, None) for one in counts)]
        lines.append((reference.name, names[part], *map(_cell, cells)))
    both = [together(pressed), pressed.plain + pressed.counts[RELATIONS], *(one.together for one in counts)]
    lines.append((reference.name, f"{SPANS} and {RELATIONS}", *map(_cell, both)))
    return lines


def together(pressed: Pressed) -> int:
    """The keys for what SLATE can do too."""
    return pressed.counts[SPANS] + pressed.counts[RELATIONS]


def _cell(number: int | None) -> str:
    return "–" if number is None else f"{number:,}"


def _row(reference: Reference, pressed: Pressed, others: Sequence[Counts]) -> Row:
    what = f"{reference.name}: keys for {SPANS} and {RELATIONS}"
    ours, theirs = together(pressed), others[COMPARED].together if others else None
    if theirs is None:
        return Row(what, _cell(ours))
    return Row(what, _cell(ours), _cell(theirs), f"{ours / theirs:.2f}")
