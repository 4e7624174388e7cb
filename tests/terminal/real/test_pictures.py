"""The pictures of the documentation: how they are taken, and those that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.terminal.pty_program import ROOT
from tests.terminal.real.display import XDisplay
from tests.terminal.real.pictures import PICTURES, take
from tests.terminal.real.terminals import missing


MOST_BYTES = 60_000

SHOWN = dict(re.findall(r"!\[([^\]]+)\]\(images/(\w+)\.png\)", (ROOT / "docs" / "terminals.md").read_text("utf-8")))


def test_the_page_about_terminals_shows_one_of_each() -> None:
    assert set(SHOWN.values()) == {picture.name for picture in PICTURES} - {"annotate", "review"}
    assert all(len(words) > 20 for words in SHOWN)


@pytest.mark.parametrize("name", SHOWN.values())
def test_a_picture_is_a_small_png(name: str) -> None:
    data = (ROOT / "docs" / "images" / f"{name}.png").read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) <= MOST_BYTES


def test_a_picture_is_taken_of_a_page_with_labels(display: XDisplay, tmp_path: Path) -> None:
    if reason := missing("xterm"):
        pytest.skip(reason)
    (picture,) = (picture for picture in PICTURES if picture.name == "xterm")
    taken = take(display, picture, tmp_path).read_bytes()
    assert 20_000 < len(taken) <= MOST_BYTES
