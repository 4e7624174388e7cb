"""What can be told about a database file before SQLite opens it, and which journal mode is safe."""

from __future__ import annotations

from pathlib import Path

from annotator.errors import StoreError


APPLICATION_ID = 0x616E6E6F
""""anno", in the header of every database of this program."""

MAGIC = b"SQLite format 3\0"


def check_header(path: Path) -> None:
    """Refuse what is no database of this program. An empty file is a new database.

    Raises:
        StoreError: The file is missing, unreadable, or somebody else's.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise StoreError(
            f"there is no database {path}", hint="Create one with `annotator import SOURCE`, or name it with --db."
        ) from None
    except OSError as error:
        raise StoreError(f"cannot read the database {path}: {error.strerror}", hint="Name a file with --db.") from error
    if not header:
        return
    if not header.startswith(MAGIC):
        raise StoreError(f"{path} is no database", hint="It was left as it is. Name another file with --db.")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise StoreError(
            f"{path} is the database of another program", hint="It was left as it is. Name another file with --db."
        )


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    """Whether this SQLite can lose committed pages in WAL mode with several connections.

    Fixed in 3.51.3 (3.52.0 was withdrawn), and backported to 3.50.7 and 3.44.6;
    see https://www.sqlite.org/wal.html#walresetbug.
    """
    if version[:2] in {(3, 44), (3, 50)}:
        return version < {44: (3, 44, 6), 50: (3, 50, 7)}[version[1]]
    return version < (3, 51, 3) or version[:3] == (3, 52, 0)


def journal_mode(version: tuple[int, ...]) -> str:
    """The journal mode to use with a version of SQLite: rollback journals do not have the bug."""
    return "truncate" if has_wal_reset_bug(version) else "wal"
