"""Headlines with a colon: who says it, and what."""

from __future__ import annotations

from annotator.suggest.attribution import speakers
from annotator.suggest.attribution.claims import Claim, claims_from
from annotator.suggest.attribution.kinds import type_of
from annotator.suggest.attribution.nouns import source_spans
from annotator.suggest.attribution.statement import Statement
from annotator.suggest.attribution.tokens import QUOTES, STOPS, Tokens
from annotator.suggest.attribution.verbs import folded


LONGEST_SOURCE = 9
"""Tokens."""
_NO_SOURCE = folded(speakers.NO_SOURCE_IN_HEADLINE)
_IMPERSONAL = frozenset({"document", "media", "official", "organisation"})


def headline_statement(line: Tokens) -> Statement | None:
    """The claim of a headline with a colon, such as «وزير الخارجية: …»."""
    colon = next((n for n in range(min(len(line), LONGEST_SOURCE + 1)) if line.keys[n] == ":"), -1)
    first = max((n + 1 for n in range(colon) if line.keys[n] in STOPS), default=0)
    while first < colon and line.keys[first] in STOPS:
        first += 1
    if colon <= first or len(line) - colon < 3 or line.keys[first] in _NO_SOURCE or line.keys[-1] in ("؟", "?"):
        return None
    sources = source_spans(line, first, colon)
    claims, _ = claims_from(line, colon + 1, len(line))
    kind = type_of(line.keys[first + (line.keys[first] in QUOTES) : colon])
    quote = "indirect" if kind in _IMPERSONAL or line.keys[first] in '"«' else "direct"
    marked = [Claim(claim.start, claim.end, quote if claim.quote == "indirect" else claim.quote) for claim in claims]
    return Statement(line.span(colon, colon + 1), sources, marked, "headline")
