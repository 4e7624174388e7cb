from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.flows import FlowDesks, flow_desks


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[FlowDesks]:
    """Desks on a database."""
    with flow_desks(tmp_path) as found:
        yield found
