from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def _preferences(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes what the person at this machine prefers, nor goes by their locale."""
    path = tmp_path_factory.mktemp("preferences") / "preferences.toml"
    path.write_text('language = "en"\n', encoding="utf-8")
    before = os.environ.get("ANNOTATOR_CONFIG")
    os.environ["ANNOTATOR_CONFIG"] = str(path)
    yield
    if before is None:
        del os.environ["ANNOTATOR_CONFIG"]
    else:
        os.environ["ANNOTATOR_CONFIG"] = before
