"""Real input and conformance files that lie beside a developer's checkout, not in the project."""

from __future__ import annotations

from pathlib import Path

import pytest


SHARED = Path(__file__).resolve().parents[3] / "shared"


def shared_file(*parts: str) -> Path:
    """The path of a shared file or folder; skips the calling test where it is absent."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs {'/'.join(('shared', *parts))} beside the checkout")
    return path
