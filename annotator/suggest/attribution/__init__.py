"""Attribution by rules: cues, the sources beside them, the claims that they introduce, and who says what."""

from __future__ import annotations

from annotator.suggest.attribution.suggester import AttributionSuggester


__all__ = ["AttributionSuggester"]
