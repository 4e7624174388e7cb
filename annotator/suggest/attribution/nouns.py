"""Where the name of a source ends, and whether several are named."""

from __future__ import annotations

from itertools import pairwise

from annotator.suggest.attribution import speakers
from annotator.suggest.attribution.tokens import CLOSING, COMMAS, LETTERS, OPENING, QUOTES, STOPS, Tokens
from annotator.suggest.attribution.verbs import (
    ABOUT,
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
from annotator.text.folding import folded_text
from annotator.text.offsets import Span


LONGEST_SOURCE = 24
"""Tokens."""
_LONGEST_NAME = 5
_LONGEST_APPOSITION = 12
_SAID = THAT | THAT_PRONOUN | {":"}

DOCUMENTS, MEDIA, UNNAMED = folded(speakers.DOCUMENTS), folded(speakers.MEDIA), folded(speakers.UNNAMED)
HEADS = folded(
    speakers.TITLES
    + speakers.DOCUMENTS
    + speakers.MEDIA
    + speakers.EXPERTS
    + speakers.ORGANISATIONS
    + speakers.PERSONS
    + speakers.UNNAMED
)
HEADS |= {head + "ا" for head in HEADS if not head.startswith("ال")}
OCCASIONS = folded(speakers.OCCASIONS)
RELATIVES = folded(speakers.RELATIVES)
TIME = folded(speakers.TIME_FIRST)
_WHERE_SAID = OCCASIONS | TIME | folded(("تقرير", "دراسة", "وثيقة", "نشرة", "كتاب", "شهر", "عام", "سنة"))
_WHERE_SAID |= folded(("عددها", "عدده", "إعلانه", "إعلانها"))
_AFTER = folded(speakers.AFTER_SOURCE + speakers.ADVERBS) | RELATIVES | THAT | THAT_PRONOUN | AND_THAT
_BACK = folded(("عليها", "عليه", "فيها", "فيه", "بها", "به", "لها", "له", "منها", "منه", "عنها", "عنه", "إليها"))
_THIS = folded(("هذا", "هذه", "تلك", "ذلك"))
_IN_NAME = folded_text("باسم")
_ACCUSATIVE = ("\u0627\u064b", "\u064b\u0627")
_AGENCIES = folded(speakers.AGENCIES)
_MONTHS = folded(speakers.MONTHS)
_OWN_THINGS = folded(speakers.OWN_THINGS)
_SOME = folded(("بعض", "كل", "جميع"))
_ABOUT = folded(speakers.TAKES_ABOUT)
_FROM, _ON, _TO = folded(speakers.TAKES_FROM), folded(speakers.TAKES_ON), folded(speakers.TAKES_TO)
_TO_MEDIA = MEDIA | folded(("الصحفيين", "الصحافيين", "الإعلام", "وسائل", "مراسل", "الزملاء"))
_BREAKS = COMMAS | STOPS | CLOSING | frozenset(":-–—•/*")


def name_end(line: Tokens, start: int, limit: int, *, known: int = 0) -> int:
    """The number behind the last token of the noun phrase at `start`; `start` where there is none.

    Args:
        line: The line.
        start: The first token.
        limit: The number behind the last token that may belong to it.
        known: How many tokens belong to it in any case.
    """
    number = start + known
    limit = min(limit, start + LONGEST_SOURCE)
    while number < limit and not _ends_name(line, start, number):
        key = line.keys[number]
        if key in QUOTES or key in OPENING:
            close = line.partner.get(number, -1)
            if not number < close <= number + _LONGEST_NAME:
                break
            number = close
        number += 1
    return number - _is_clause(line, start, number)


def _is_clause(line: Tokens, start: int, end: int) -> bool:
    """Whether a name ends with the verb of a relative clause, as a pronoun behind it tells: دراسة أشرف عليها ….."""
    before = line.key(end - 1)
    verb = line.key(end) in _BACK and not before.startswith("ال") and before not in HEADS and len(before) > 2
    return verb and end > start + 1 and line.keys[start] in HEADS


def named_end(line: Tokens, start: int, limit: int) -> int:
    """As `name_end`, with a name or post in apposition where أن or a colon follows it: المدير، فلان الفلاني، إن …."""
    end = name_end(line, start, limit)
    following = line.key(end + 1)
    if end in (start, limit) or line.keys[end] not in COMMAS or following in PARTICIPLES or following in VERBS:
        return end
    behind = name_end(line, end + 1, min(limit, end + 1 + _LONGEST_APPOSITION))
    comma = line.key(behind) in COMMAS
    return behind if behind > end + 1 and line.key(behind + comma) in _SAID else end


def _ends_name(line: Tokens, start: int, number: int) -> bool:
    key = line.keys[number]
    if _is_no_head(line, number) if number == start else key in _OWN_THINGS:
        return True
    if key in _AFTER:
        return not _goes_on(line, start, number) and not _is_ali(line, start, number)
    if key in _BREAKS:
        return key != "." or line.key(number - 1) not in LETTERS
    if key in PARTICIPLES or (number > start and key in VERBS and _is_surely_verb(key)):
        return not is_spokesman(line, number)
    if key == IN:
        following = line.key(number + 1)
        return number == start or following in _WHERE_SAID or following.isdecimal()
    return _is_prefixed_end(line, start, number, key)


def is_spokesman(line: Tokens, number: int) -> bool:
    """Whether a word is no participle but who speaks for somebody: متحدثة باسم المنظمة."""
    return line.keys[number] in HEADS and line.key(number + 1) == _IN_NAME


def _is_no_head(line: Tokens, number: int) -> bool:
    """Whether a word opens no source: a date, or an indefinite accusative, as vowel marks tell: يعتبر أمرا مقبولا."""
    key = line.keys[number]
    is_date = key.isdecimal() and line.key(number + 1) in _MONTHS
    return is_date or (key not in HEADS and line.text.endswith(_ACCUSATIVE, 0, line.ends[number]))


def _is_surely_verb(key: str) -> bool:
    """Whether a form of a verb of saying is no part of a name, as زاد may be."""
    cue = VERBS[key]
    return cue.joined or (not cue.needs_that and (cue.imperfect or cue.lemma.startswith("ا")))


def _is_ali(line: Tokens, start: int, number: int) -> bool:
    """Whether a word is the name علي, which folds like the preposition على."""
    return number > start and line.keys[number] == ON and line.text[line.ends[number] - 1] == "ي"


def _goes_on(line: Tokens, start: int, number: int) -> bool:
    """Whether a preposition belongs to the name: عدد من السكان."""
    key = line.keys[number]
    names = line.keys[start:number]
    if key == FROM:
        of_document = bool(names) and names[0] in DOCUMENTS and line.key(number + 1) in QUOTES
        return of_document or (bool(names) and names[-1] in _FROM)
    if key in _THIS:
        return bool(names) and names[-1] == _IN_NAME
    if key in _SOME:
        return not names or names[-1].removeprefix("و") in HEADS
    if key == ABOUT:
        return bool(names) and names[-1] in _ABOUT
    if key == ON:
        return any(name in _ON for name in names[-2:])
    return key == TO and any(name in _TO for name in names)


def _is_prefixed_end(line: Tokens, start: int, number: int, key: str) -> bool:
    """Whether a word with ل before it ends the name, as in مسؤول لوكالة …."""
    following = line.key(number + 1)
    if key in ("ل", "ب"):
        if key == "ل" and number > start and line.keys[start] in DOCUMENTS:
            return False
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


def behind_told(line: Tokens, number: int, limit: int) -> int:
    """Past the newspaper that somebody speaks to, where it comes before his name: قال ل«الحياة» الوزير."""
    if line.key(number) == "ل" and line.key(number + 1) in QUOTES:
        close = line.partner.get(number + 1, limit)
        return close + 1 if close + 1 < limit and line.keys[close + 1] not in _SAID else number
    key = line.key(number)
    rest = "ال" + key[2:] if key.startswith("لل") else key[1:]
    if not key.startswith("ل") or rest not in _TO_MEDIA:
        return number
    behind = number + 1
    while line.key(behind) in _AGENCIES:
        behind += 1
    named = line.key(behind) in HEADS or (behind > number + 1 and not _ends_name(line, behind, behind))
    return behind if named and behind < limit else number


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
