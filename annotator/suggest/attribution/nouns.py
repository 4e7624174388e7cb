"""Where the name of a source ends, and whether several are named."""

from __future__ import annotations

from itertools import pairwise

from annotator.suggest.attribution import lexicon
from annotator.suggest.attribution.tokens import CLOSING, COMMAS, OPENING, QUOTES, STOPS, Tokens
from annotator.suggest.attribution.verbs import (
    AND_THAT,
    FROM,
    IN,
    ON,
    PARTICIPLES,
    THAT,
    THAT_PRONOUN,
    TO,
    VERBS,
    folded,
)
from annotator.text.offsets import Span


LONGEST_SOURCE = 24
"""Tokens."""
_LONGEST_NAME = 5

DOCUMENTS, MEDIA, UNNAMED = folded(lexicon.DOCUMENTS), folded(lexicon.MEDIA), folded(lexicon.UNNAMED)
HEADS = folded(
    lexicon.TITLES
    + lexicon.DOCUMENTS
    + lexicon.MEDIA
    + lexicon.EXPERTS
    + lexicon.ORGANISATIONS
    + lexicon.PERSONS
    + lexicon.UNNAMED
)
OCCASIONS = folded(lexicon.OCCASIONS)
RELATIVES = folded(lexicon.RELATIVES)
TIME = folded(lexicon.TIME_FIRST)
_AFTER = folded(lexicon.AFTER_SOURCE) | RELATIVES | THAT | THAT_PRONOUN | AND_THAT
_FROM, _ON, _TO = folded(lexicon.TAKES_FROM), folded(lexicon.TAKES_ON), folded(lexicon.TAKES_TO)
_TO_MEDIA = MEDIA | folded(("الصحفيين", "الصحافيين", "الإعلام", "وسائل", "مراسل", "الزملاء"))
_BREAKS = COMMAS | STOPS | CLOSING | frozenset(":-–—•/*")


def name_end(line: Tokens, start: int, limit: int) -> int:
    """The number behind the last token of the noun phrase at `start`; `start` where there is none."""
    number = start
    limit = min(limit, start + LONGEST_SOURCE)
    while number < limit and not _ends_name(line, start, number):
        key = line.keys[number]
        if key in QUOTES or key in OPENING:
            close = line.partner.get(number, -1)
            if not number < close <= number + _LONGEST_NAME:
                break
            number = close
        number += 1
    return number


def _ends_name(line: Tokens, start: int, number: int) -> bool:
    key = line.keys[number]
    if key in _AFTER:
        return not _goes_on(line, start, number) and not _is_ali(line, start, number)
    if key in _BREAKS:
        return True
    if number > start and (key in PARTICIPLES or (key in VERBS and VERBS[key].joined)):
        return True
    if key == IN:
        following = line.key(number + 1)
        return number == start or following in OCCASIONS or following in TIME or following.isdecimal()
    return _is_prefixed_end(line, start, number, key)


def _is_ali(line: Tokens, start: int, number: int) -> bool:
    """Whether a word is the name علي, which folds like the preposition على."""
    return number > start and line.keys[number] == ON and line.text[line.ends[number] - 1] == "ي"


def _goes_on(line: Tokens, start: int, number: int) -> bool:
    """Whether a preposition belongs to the name: عدد من السكان."""
    key = line.keys[number]
    names = line.keys[start:number]
    if key == FROM:
        return bool(names) and names[-1] in _FROM
    if key == ON:
        return any(name in _ON for name in names[-2:])
    return key == TO and any(name in _TO for name in names)


def _is_prefixed_end(line: Tokens, start: int, number: int, key: str) -> bool:
    """Whether a word with ل before it ends the name, as in مسؤول لوكالة …."""
    following = line.key(number + 1)
    if key in ("ل", "ب"):
        return following in QUOTES or following in OPENING
    if key.startswith("ل") and len(key) > 3:
        rest = "ال" + key[2:] if key.startswith("لل") else key[1:]
        if rest in _TO_MEDIA or following in QUOTES or rest in MEDIA:
            return True
        if number == start:
            return key.startswith("لل") or rest in HEADS
        before = line.keys[number - 1]
        return not before.startswith("ال") and before not in HEADS and rest in HEADS
    return False


def source_spans(line: Tokens, start: int, end: int, prefix: int = 0) -> list[Span]:
    """The sources that a noun phrase names, as offsets in the line.

    A و that joins another source belongs to none; quotation marks and brackets around a whole name are left out.

    Args:
        line: The line.
        start: The first token of the phrase.
        end: The token behind it.
        prefix: How many letters before the first name are a preposition.
    """
    edges = [start, *(number for number in range(start + 1, end) if _joins(line, start, number, end)), end]
    found: list[Span] = []
    for first, behind in pairwise(edges):
        joined = prefix if first == start else 1
        if not joined and line.partner.get(first) == behind - 1 > first + 1:
            found.append(line.span(first + 1, behind - 1))
        else:
            span = line.span(first, behind)
            found.append((span[0] + joined, span[1]))
    return found


def _joins(line: Tokens, start: int, number: int, end: int) -> bool:
    key = line.keys[number]
    if not key.startswith("و") or key in HEADS or len(key) < 4:
        return False
    if key[1:] in HEADS and not key.startswith("وال"):
        return True
    return end - start == 2 and not line.keys[start].startswith("ال") and line.keys[start] not in HEADS
