"""Writing a report to a file: in the place of an older one, whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from annotator.errors import DataError, UsageError
from annotator.services.project import Project


def check_target(out: Path, project: Project) -> None:
    """Refuse to put a file in the place of something that is no older report; better before the work than after it.

    Raises:
        UsageError: It is the database, a folder or a device.
        DataError: One cannot look, or there is no such folder.
    """
    try:
        if out.exists():
            if out.samefile(project.path):
                raise UsageError(f"{out} is the project's database", hint="Name another file.")
            if not out.is_file():
                raise UsageError(f"{out} is no regular file", hint="Name a file, or - for standard output.")
        elif not out.parent.is_dir():
            raise DataError("cannot write: there is no such folder", source=str(out), hint="Name another place.")
    except OSError as error:
        raise _cannot_write(out, error) from error


def write_file(out: Path, text: str) -> None:
    """Write a text as UTF-8 and then put it in the place of an older one.

    Raises:
        DataError: It cannot be written; an older file is left as it was.
    """
    part = out.with_name(f".{out.name}.{secrets.token_hex(4)}.part")
    try:
        descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o666)
        with open(descriptor, "wb") as file:  # noqa: PTH123  # a descriptor, not a path
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        part.replace(out)
    except OSError as error:
        raise _cannot_write(out, error) from error
    finally:
        with suppress(OSError):
            part.unlink()


def _cannot_write(out: Path, error: OSError) -> DataError:
    return DataError(
        f"cannot write: {error.strerror}", source=str(out), hint="Nothing was changed. Name another place."
    )
