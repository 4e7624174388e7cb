from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers


# The same commit gives the same result; `make fuzz` looks for examples that nobody has tried.
settings.register_profile("repeatable", derandomize=True)
settings.register_profile("fresh", print_blob=True)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "repeatable")
settings.load_profile(PROFILE)
if PROFILE == "repeatable":
    # Hypothesis also tries constants of the modules that are loaded, which here depends on what other tests ran before.
    providers._get_local_constants = lambda: providers._local_constants


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
