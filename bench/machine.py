"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib.metadata import version

from bench import agreement_peers, slate


PACKAGES = (
    "annotator",
    "textual",
    "rich",
    "sqlmodel",
    "SQLAlchemy",
    "orjson",
    "typer",
    "python-bidi",
    "numpy",
    "scipy",
)


def described() -> str:
    """Processors, system, Python and the versions of what matters, in one line."""
    packages = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    packages += f", {slate.NAME}" if slate.is_there() else ", without SLATE"
    packages += f", {agreement_peers.described()}"
    return (
        f"{len(os.sched_getaffinity(0))} × {platform.machine()} CPU, {platform.system()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}"
    )
