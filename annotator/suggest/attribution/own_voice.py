"""What the outlet says in its own voice: headlines without a colon, and sentences without a cue."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.suggest.attribution import lexicon
from annotator.suggest.attribution.claims import Claim, claims_from, is_question
from annotator.suggest.attribution.statement import Statement
from annotator.suggest.attribution.tokens import QUOTES, Tokens
from annotator.suggest.attribution.verbs import THAT, THAT_PRONOUN, folded


SHORTEST = 5
"""Tokens of a sentence that states something."""
_PREFACES = folded(("يذكر", "ويذكر", "يشار", "ويشار", "جدير", "الجدير", "والجدير", "تجدر", "وتجدر", "معلوم", "وكان"))
_SERVICE = folded(("رابط", "سمات", "للتواصل", "المصدر"))
_PREFACE = 6
_FIRST_PERSON = folded(lexicon.FIRST_PERSON)
_NOUNS_IN_F = folded(lexicon.NOUNS_IN_F)
_THAT_BEING = "وذلك"


def own_statements(line: Tokens, found: list[Statement]) -> list[Statement]:
    """One statement without a source for each sentence of a line that holds none of those found.

    Args:
        line: The line.
        found: What is said in it by others.
    """
    result: list[Statement] = []
    for first, limit in _own_sentences(line, found):
        if limit - first >= SHORTEST:
            result += _own(line, first, limit)
    return result


def _own_sentences(line: Tokens, found: list[Statement]) -> Iterator[tuple[int, int]]:
    """The sentences, as numbers of tokens, in which nobody is found to say anything."""
    cues = [one.cue[0] for one in found if one.kind != "met"]
    touched = sorted(cues + [claim.start for one in found for claim in one.claims])
    first, index = 0, 0
    while first < len(line):
        limit = line.limits[first]
        start, end = line.span(first, limit)
        while index < len(touched) and touched[index] < start:
            index += 1
        if not (index < len(touched) and touched[index] < end):
            yield first, limit
        first = limit


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
    resumes = _resumes(line, first, limit)
    if resumes and claims:
        return [Statement((claims[0].start, claims[0].start), [], claims, "resumed")]
    if (behind < limit - 2 and line.keys[behind] != _THAT_BEING) or any(claim.quote == "direct" for claim in claims):
        return []
    own = [Claim(claim.start, claim.end, "none") for claim in claims if " " in line.text[claim.start : claim.end]]
    return [_statement(own)] if own else []


def _resumes(line: Tokens, first: int, limit: int) -> bool:
    """Whether a sentence reads as the next one of somebody who speaks: in the first person, or behind ف or إن."""
    key = line.keys[first]
    if key in THAT or line.key(first) in QUOTES:
        return True
    so = key.startswith("ف") and len(key) > 4 and key not in _NOUNS_IN_F
    return so or not _FIRST_PERSON.isdisjoint(line.keys[first:limit])


def _statement(claims: list[Claim]) -> Statement:
    return Statement((claims[0].start, claims[0].start), [], claims, "own", inherits=False)
