from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.terminal.pty_program import PtyProgram
from tests.terminal.running import PAGES, new_database


@pytest.fixture(scope="session")
def two_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with two pages and no annotators."""
    path = tmp_path_factory.mktemp("terminal") / "two.db"
    return new_database(path, [PAGES / "wire-flat.txt", PAGES / "health-study.txt"])


@pytest.fixture
def database(two_pages: Path, tmp_path: Path) -> Path:
    """A fresh copy of it."""
    return Path(shutil.copy(two_pages, tmp_path / "annotator.db"))


@pytest.fixture(scope="session")
def modes() -> list[object]:
    """The line settings of a fresh terminal."""
    with PtyProgram(["cat"]) as program:
        return program.modes[:4]
