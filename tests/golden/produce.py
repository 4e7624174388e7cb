"""The bytes that the program writes for a fixed project. `python -m tests.golden.produce` records them anew."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.support.cli import annotator


DATA = Path(__file__).with_name("data")
INPUT = ("pages.jsonl", "annotations.jsonl")

COMMANDS = {
    "export.jsonl": ("export", "-"),
    "export-raw.jsonl": ("export", "-", "--raw"),
    "export-body.jsonl": ("export", "-", "--body"),
    "export-done.jsonl": ("export", "-", "--who", "salma", "--status", "done"),
    "documents.json": ("documents", "--who", "salma", "--json"),
    "show.json": ("show", "page-1", "--who", "salma", "--json"),
    "show-raw.json": ("show", "page-2", "--who", "نور", "--json", "--raw"),
    "status.json": ("status", "--json"),
    "annotators.json": ("annotators", "--json"),
    "check.json": ("db", "check", "--json"),
    "documents.txt": ("documents", "--who", "salma"),
    "show.txt": ("show", "page-1", "--who", "salma"),
    "raw.txt": ("show", "page-2", "--who", "salma", "--raw"),
    "status.txt": ("status",),
}
"""What each recorded file is written by."""


def produce(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Import the input into a new project, and yield what each command writes."""
    db = folder / "annotator.db"
    imported = annotator("import", *(DATA / name for name in INPUT), "--json", db=db)
    yield "import.json", imported.out.replace(f"{DATA}/".encode(), b"")
    for name, words in COMMANDS.items():
        yield name, annotator(*words, db=db).out


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        for file, data in produce(Path(scratch)):
            (DATA / file).write_bytes(data)
