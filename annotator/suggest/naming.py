"""What suggesters are called."""

from __future__ import annotations

import re

from annotator.errors import UsageError
from annotator.suggest.contract import Suggester


_NAME = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,59}")
_VERSION = re.compile(r"[^\s@\x00-\x20\x7f-\x9f\ud800-\udfff]{1,60}")


def check_name(name: object) -> str:
    """The name of a suggester, if it may be one.

    Raises:
        UsageError: It may not.
    """
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise UsageError(
            f"{str(name)[:60]!r} is no name for a suggester",
            hint="Use up to 60 lower-case letters a-z, digits, -, _, . and :, a letter or digit first.",
        )
    return name


def origin_of(suggester: Suggester) -> str:
    """Where the proposals of a suggester come from, `name@version`.

    Raises:
        UsageError: Its name or its version is not well-formed.
    """
    name = check_name(suggester.name)
    version: object = suggester.version
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        raise UsageError(
            f"{str(version)[:60]!r} is no version of a suggester",
            hint="Use a string of up to 60 characters without spaces and without @.",
        )
    return f"{name}@{version}"
