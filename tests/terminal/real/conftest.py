from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.terminal.real.display import XDisplay
from tests.terminal.real.terminals import missing


@pytest.fixture(scope="package")
def display() -> Iterator[XDisplay]:
    """A display of its own, without a screen."""
    if reason := missing():
        pytest.skip(reason)
    with XDisplay() as display:
        yield display
