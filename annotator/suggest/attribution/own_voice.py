"""What the outlet says in its own voice: headlines without a colon, and sentences without a cue."""

from __future__ import annotations

from annotator.suggest.attribution.claims import Claim, claims_from, is_question
from annotator.suggest.attribution.statement import Statement
from annotator.suggest.attribution.tokens import Tokens
from annotator.suggest.attribution.verbs import THAT, THAT_PRONOUN, folded


SHORTEST = 5
"""Tokens of a sentence that states something."""
_PREFACES = folded(("يذكر", "ويذكر", "يشار", "ويشار", "جدير", "الجدير", "والجدير", "تجدر", "وتجدر", "معلوم", "وكان"))
_SERVICE = folded(("رابط", "سمات", "للتواصل", "المصدر"))
_PREFACE = 6
_THAT_BEING = "وذلك"


def own_statements(line: Tokens, found: list[Statement]) -> list[Statement]:
    """One statement without a source for each sentence of a line that holds none of those found.

    Args:
        line: The line.
        found: What is said in it by others.
    """
    touched = sorted([one.cue[0] for one in found] + [claim.start for one in found for claim in one.claims])
    result: list[Statement] = []
    first, index = 0, 0
    while first < len(line):
        limit = line.limits[first]
        start, end = line.span(first, limit)
        while index < len(touched) and touched[index] < start:
            index += 1
        if limit - first >= SHORTEST and not (index < len(touched) and touched[index] < end):
            result += _own(line, first, limit)
        first = limit
    return result


def own_headline(line: Tokens) -> list[Statement]:
    """What a headline without a colon states; nothing where it asks."""
    if len(line) < SHORTEST or ":" in line.keys or is_question(line, len(line)) or line.keys[-1] == "!":
        return []
    return [_statement([Claim(line.starts[0], line.ends[-1], "none")])]


def _own(line: Tokens, first: int, limit: int) -> list[Statement]:
    start = first
    if line.keys[first] in _SERVICE or not {"@", "http", "https", "www"}.isdisjoint(line.keys[first:limit]):
        return []
    if line.keys[first] in _PREFACES:
        that = (n for n in range(first + 1, min(limit, first + _PREFACE)) if line.keys[n] in THAT | THAT_PRONOUN)
        start = next(that, first - 1) + 1
    claims, behind = claims_from(line, start, limit)
    if (behind < limit - 2 and line.keys[behind] != _THAT_BEING) or any(claim.quote == "direct" for claim in claims):
        return []
    own = [Claim(claim.start, claim.end, "none") for claim in claims if " " in line.text[claim.start : claim.end]]
    return [_statement(own)] if own else []


def _statement(claims: list[Claim]) -> Statement:
    return Statement((claims[0].start, claims[0].start), [], claims, "own", inherits=False)
