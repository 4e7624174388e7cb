"""The baseline of the import: each line of a JSONL file parsed and put into a table, nothing cleaned or checked."""

from __future__ import annotations

import gzip
import json
import sqlite3
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path


def rows(path: Path) -> Iterator[tuple[str, str, str]]:
    """The url, title and content of each record."""
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
        for line in file:
            record = json.loads(line)
            yield record["url"], record["title"], record["content"]


def main() -> None:
    """Put the file named first into the database named second."""
    connection = sqlite3.connect(sys.argv[2])
    connection.execute("CREATE TABLE document (id INTEGER PRIMARY KEY, url TEXT, title TEXT, content TEXT)")
    found = rows(Path(sys.argv[1]))
    while some := list(islice(found, 1000)):
        with connection:
            connection.executemany("INSERT INTO document (url, title, content) VALUES (?, ?, ?)", some)


if __name__ == "__main__":
    main()
