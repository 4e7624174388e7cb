"""Preferences from one run to the next: the file that holds them, read and written."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Unpack

from annotator.errors import N_, UsageError
from annotator.services.preferences import Choice, Preferences


FILE_VARIABLE = "ANNOTATOR_CONFIG"


def preferences_path(environ: Mapping[str, str]) -> Path:
    """The user's file: the one that ANNOTATOR_CONFIG names, else the one in the system's place for such files."""
    if named := environ.get(FILE_VARIABLE):
        return Path(named).expanduser()
    import platformdirs

    return platformdirs.user_config_path("annotator") / "preferences.toml"


def load(path: Path) -> Preferences:
    """Read the file; where there is none, nothing is preferred.

    Raises:
        UsageError: It cannot be read, or says something that is not understood: with the place and what is allowed.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Preferences()
    except OSError as error:
        raise UsageError(
            f"cannot read the preferences {path}: {error.strerror}",
            hint=f"Make the file readable, or name another one in {FILE_VARIABLE}.",
        ) from error
    from annotator.services.preferences_toml import parse

    return parse(data, str(path))


def remember(path: Path, **choice: Unpack[Choice]) -> None:
    """Write a choice into the file, which is made where there is none; comments and order stay.

    The file is replaced as a whole: of two programs that write at the same time, the later one wins.

    Raises:
        UsageError: The file cannot be written, or is not understood; nothing was changed.
    """
    from annotator.services.preferences_toml import with_choice

    target = Path(os.path.realpath(path))  # a link, as people have for their dotfiles, goes on leading there
    try:
        mode = _mode_of(target)
        before = b"" if mode is None else target.read_bytes()
        after = with_choice(before, str(path), **choice)
        if after != before:
            _replace(target, after, mode)
    except OSError as error:
        raise UsageError(
            N_("not remembered for the next time: cannot write {path}: {reason}"),
            hint=N_("Make the file and its folder writable."),
            path=path,
            reason=error.strerror,
        ) from error


def _mode_of(target: Path) -> int | None:
    """The rights of the file, None where there is none.

    Raises:
        OSError: It is no file, such as /dev/null, or one that is not to be written.
    """
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is no regular file")
    os.close(os.open(target, os.O_RDWR))  # one made read-only could be replaced all the same, against its owner's wish
    return stat.S_IMODE(mode)


def _replace(target: Path, data: bytes, mode: int | None) -> None:
    """Put a new file in the place of the old one in one step; where there was none, it is for its owner alone.

    Raises:
        OSError: It cannot be done.
    """
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.urandom(4).hex()}.part")
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123  # a descriptor, not a path
            if mode is not None:
                os.fchmod(descriptor, mode)
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
