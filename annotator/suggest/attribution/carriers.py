"""Agencies and newspapers that only carry the words of somebody, and who that is."""

from __future__ import annotations

from annotator.suggest.attribution.nouns import MEDIA, TIME, name_end, source_spans
from annotator.suggest.attribution.objects import claims_of
from annotator.suggest.attribution.statement import Statement
from annotator.suggest.attribution.tokens import COMMAS, QUOTES, Tokens
from annotator.suggest.attribution.verbs import ABOUT, FROM, THAT, THAT_PRONOUN, VERBS
from annotator.text.offsets import Span


def carried(line: Tokens, number: int, preposition: str) -> Statement | None:
    """What an agency carries: نقلت وكالة عن مسؤول قوله إن …, نسبت وكالة إلى مسؤول قوله إن …."""
    limit = line.limits[number]
    about = next((n for n in range(number + 1, min(limit, number + 14)) if line.keys[n] == preposition), -1)
    if about < 0:
        return None
    end = name_end(line, about + 1, limit)
    claims = claims_of(line, number, VERBS[line.keys[number]], end, limit)
    if end == about + 1 or not claims:
        return None
    carrier_end = name_end(line, number + 1, about)
    carriers = source_spans(line, number + 1, carrier_end) if carrier_end > number + 1 else []
    sources = source_spans(line, about + 1, end)
    return Statement(line.span(number, number + 1), sources, claims, "carried", carriers)


def cited(line: Tokens, end: int, limit: int) -> list[Span]:
    """Whom a newspaper cites before its أن: قالت صحيفة نقلا عن مسؤول إن …."""
    while end < limit and line.keys[end] in TIME | COMMAS:
        end += 1
    behind = name_end(line, end + 2, limit) if line.key(end) == "نقلا" and line.key(end + 1) == ABOUT else 0
    is_before_claim = line.key(behind) in THAT | THAT_PRONOUN or line.key(behind + 1) in THAT | THAT_PRONOUN
    return source_spans(line, end + 2, behind) if behind > end + 2 and is_before_claim else []


def told(line: Tokens, end: int, limit: int) -> list[Span]:
    """The agency that somebody spoke to: قال مسؤول لوكالة «…» إن …."""
    key = line.key(end) if end < limit else ""
    rest = "ال" + key[2:] if key.startswith("لل") else key[1:]
    if key == "ل" and line.key(end + 1) in QUOTES and line.partner.get(end + 1, -1) > end + 1:
        return [line.span(end + 2, line.partner[end + 1])]
    if not key.startswith("ل") or rest not in MEDIA:
        return []
    behind = name_end(line, end + 1, limit)
    return source_spans(line, end, behind, prefix=0 if key.startswith("لل") else 1)


def informants(line: Tokens, end: int, limit: int) -> list[Span]:
    """The sources of what somebody learned: علمت «…» من مصادر مطلعة أن …."""
    if line.key(end) != FROM:
        return []
    return source_spans(line, end + 1, behind) if (behind := name_end(line, end + 1, limit)) > end + 1 else []
