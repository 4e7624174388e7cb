"""annotator: mark spans in scraped Arabic news, in a terminal, right to left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any


if TYPE_CHECKING:
    from annotator.api import read

__all__ = ["read"]


def __getattr__(name: str) -> Any:
    """Load the public names on first use, so that `import annotator.text` stays light."""
    if name == "read":
        from annotator.api import read

        return read
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
