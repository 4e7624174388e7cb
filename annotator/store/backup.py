"""A verified copy of a live database."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from annotator.errors import StoreError
from annotator.store.engine import Store, plain_error


def backup(store: Store, target: Path) -> None:
    """Copy a database that may be in use, check the copy, and only then give it its name.

    Raises:
        StoreError: The target exists or cannot be written, or the copy is not sound.
    """
    if target.exists():
        raise StoreError(f"{target} exists already", hint="Name a new file; a backup never overwrites one.")
    part = target.with_name(target.name + ".part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600))
    except OSError as error:
        raise StoreError(
            f"cannot write {part}: {error.strerror}", hint="Name a folder that you may write to."
        ) from error
    try:
        _copy(store.path, part)
        os.link(part, target)  # unlike a rename, this fails where somebody made the target in the meantime
        _sync_folder(target.parent)
    except (sqlite3.Error, OSError) as error:
        reason = plain_error(error, target) if isinstance(error, sqlite3.Error) else StoreError(f"{target}: {error}")
        raise reason from error
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Path, part: Path) -> None:
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(part)) as copy:
        # All pages in one step: a copy in pieces starts again whenever another process writes.
        live.backup(copy, pages=-1)
        if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise StoreError(f"the copy of {source} is not sound; nothing was kept")
    descriptor = os.open(part, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
