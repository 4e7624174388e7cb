"""Phrases that attribute: بحسب, وفقا لـ, نقلا عن, على حد قول, كما قال."""

from __future__ import annotations

import re

from annotator.suggest.attribution import lexicon, speakers
from annotator.suggest.attribution.claims import Claim, claims_from, preceding
from annotator.suggest.attribution.clauses import LONGEST_CLAIM
from annotator.suggest.attribution.nouns import HEADS, OCCASIONS, behind_told, name_end, source_spans
from annotator.suggest.attribution.statement import Statement
from annotator.suggest.attribution.tokens import COMMAS, QUOTES, Tokens
from annotator.suggest.attribution.verbs import (
    ABOUT,
    IN,
    ON,
    THAT,
    THAT_PRONOUN,
    TO,
    VERBS,
    folded,
)


_ACCORDING = folded(lexicon.ACCORDING_TO + lexicon.ACCORDING_FOR)
_ACCORDING_FOR = folded(lexicon.ACCORDING_FOR)
_ON_WORDS = folded(lexicon.ON_THE_WORDS)
_AS_SAID = folded(lexicon.AS_SAID)
_NO_SOURCE = folded(speakers.NO_SOURCE_IN_PHRASE)
_BARE = _ACCORDING | _AS_SAID | {"نقلا", ON}
PHRASE_STARTERS = _BARE | {"و" + key for key in _ACCORDING | _AS_SAID}
CAME = folded(("جاء", "وجاء", "ورد", "وورد", "جاءت", "وردت"))
_INTERVIEWS = folded(speakers.INTERVIEWS)
INTRODUCING = frozenset({"مع", TO})
_TO_THAT = 8
_DATELINE = 8
_THEN = folded(("فإن", "فقد"))
_PRONOUN = re.compile("ها?\\Z")


def phrase_at(line: Tokens, number: int) -> Statement | None:
    """What a phrase attributes that starts at one of `PHRASE_STARTERS`; None where none does."""
    key = line.keys[number]
    return _phrase(line, number, key if key in _BARE else key.removeprefix("و"))


def came_at(line: Tokens, number: int) -> Statement | None:
    """What a document says: جاء في تقرير اللجنة أن …."""
    limit = line.limits[number]
    if line.key(number + 1) == "ذلك":
        return _came_from(line, number, limit)
    if line.key(number + 1) not in (IN, "ضمن") or number + 3 >= limit:
        return None
    start, prefix = _behind_occasion(line, number + 2)
    end = name_end(line, start, limit, known=1)
    that = next((n for n in range(end, min(limit, end + _TO_THAT)) if line.keys[n] in THAT | THAT_PRONOUN | {":"}), 0)
    if not that or line.keys[start].startswith(("ه", "ذ")):
        return None
    claims = claims_from(line, that + (line.keys[that] not in THAT_PRONOUN), limit)[0]
    sources = source_spans(line, start, end, prefix=prefix % 2)
    return Statement(line.span(number, number + 1), sources, claims, "phrase", inherits=False) if claims else None


def introduced_at(line: Tokens, number: int) -> Statement | None:
    """Who is interviewed: حملنا السؤال إلى الدكتورة فلانة, في حوار مع الوزير."""
    if line.key(number - 1) not in _INTERVIEWS or line.key(number + 1) not in HEADS:
        return None
    end = name_end(line, number + 1, line.limits[number], known=1)
    return Statement(line.span(number, number + 1), source_spans(line, number + 1, end), [], "introduced")


def _came_from(line: Tokens, number: int, limit: int) -> Statement | None:
    """Who speaks in what follows: جاء ذلك في تصريح للوزير."""
    if line.key(number + 2) not in (IN, "خلال") or line.key(number + 3) not in OCCASIONS:
        return None
    start, prefix = _behind_occasion(line, number + 3)
    end = name_end(line, start, limit, known=1)
    if start >= limit or not _is_likely_source(line, number + 3, start, prefix):
        return None
    return Statement(line.span(number, number + 1), source_spans(line, start, end, prefix=prefix % 2), [], "phrase")


def _phrase(line: Tokens, number: int, key: str) -> Statement | None:
    """What a phrase attributes: بحسب الوزارة، … or …، وفقا للوزارة."""
    place = _source_of_phrase(line, number, key)
    if place is None:
        return None
    start, prefix = place
    limit = line.limits[number]
    end = name_end(line, start, limit, known=int(prefix > 0))
    if end <= start or (key in _AS_SAID and line.key(end) in THAT | THAT_PRONOUN):
        return None
    if key != ON and not _is_likely_source(line, number, start, prefix):
        return None
    sources = source_spans(line, start, end, prefix=prefix % 2)
    claims = _claims_around(line, number, end, limit)
    cue = line.span(number, number + 1)
    return Statement(cue, sources, claims, "phrase", inherits=False) if claims else None


def _is_likely_source(line: Tokens, number: int, start: int, prefix: int) -> bool:
    """Whether a phrase names a source: a plan has no وفق of a source behind it, وفق خطة محكمة."""
    key = line.keys[start][prefix % 2 :]
    if key in _NO_SOURCE:
        return False
    if prefix == 2:
        key = "ال" + key[2:]
    at_clause = number <= line.firsts[number] + 1 or line.keys[number - 1] in COMMAS
    return key in HEADS or key in QUOTES or at_clause


def _source_of_phrase(line: Tokens, number: int, key: str) -> tuple[int, int] | None:
    """Where the source of a phrase starts, and 1 for a ل to cut off, 2 for one that stays."""
    start = number + 1
    if key == "نقلا":
        return (start + 1, 0) if line.key(start) == ABOUT else None
    if key == ON:
        if line.key(start) == "حد" and line.key(start + 1) in _ON_WORDS:
            return start + 2, 0
        return (start + 2, 0) if line.key(start) == "ما" and line.key(start + 1) in VERBS else None
    if key in _AS_SAID:
        verb = VERBS.get(line.key(start)) or VERBS.get(_PRONOUN.sub("", line.key(start)))
        return (start + 1, 0) if verb and verb.claims and line.key(number - 1) in COMMAS else None
    return _behind_according(line, start, key)


def _behind_according(line: Tokens, start: int, key: str) -> tuple[int, int] | None:
    """Where the source stands behind بحسب or وفقا, and how much of its ل is cut off."""
    if line.key(start) in ("ما", "لما"):
        return behind_told(line, start + 2, line.limits[start]), 0
    return _behind_for(line, start) if key in _ACCORDING_FOR else _behind_occasion(line, start)


def _behind_for(line: Tokens, start: int) -> tuple[int, int] | None:
    word = line.key(start)
    if word in (TO, "ل"):
        return start + 1, 0
    if not word.startswith("ل") or len(word) < 4:
        return None
    if word[1:] in OCCASIONS:
        return _behind_occasion(line, start, word[1:])
    return start, 2 if word.startswith("لل") else 1


def _behind_occasion(line: Tokens, start: int, word: str = "") -> tuple[int, int]:
    """Past a statement to whoever made it, where that is told; بيان للشركة."""
    following = line.key(start + 1)
    if (word or line.key(start)) in OCCASIONS and following not in COMMAS and following not in ("", ".", IN):
        if following.startswith("لل"):
            return start + 1, 2
        return start + 1, int(following.startswith("ل") and following[1:] in HEADS)
    return (start, 1) if word else (start, 0)


def _behind_dateline(line: Tokens, first: int, number: int) -> int:
    """Past the place and the agency at the head of a line: جدة - وكالات: …."""
    colons = (n + 1 for n in range(first, min(number, first + _DATELINE)) if line.keys[n] == ":")
    return next(colons, first) if first == 0 else first


def _claims_around(line: Tokens, number: int, end: int, limit: int) -> list[Claim]:
    """The claim behind a phrase at the head of its sentence, else the one before it."""
    first = line.firsts[number]
    if number - first > LONGEST_CLAIM:
        return []
    if number - first <= 1:
        start = end
        while start < limit and line.keys[start] in COMMAS | _THEN:
            start += 1
        if limit - start > 1:
            return claims_from(line, start, limit)[0]
        return claims_from(line, line.firsts[first - 1], first)[0] if first else []  # …. بحسب الوكالة.
    first = _behind_dateline(line, first, number)
    behind = number
    while behind > first and line.keys[behind - 1] in COMMAS:
        behind -= 1
    if end < limit and line.keys[end] in COMMAS and limit - end > 3:
        behind = limit
    return preceding(line, first, behind)
