"""What a verb of saying introduces: behind أن, a colon or a quotation mark, or as its object."""

from __future__ import annotations

from annotator.suggest.attribution import lexicon
from annotator.suggest.attribution.claims import Claim, claims_from, quotation
from annotator.suggest.attribution.clauses import SHORTEST_QUOTATION
from annotator.suggest.attribution.nouns import OCCASIONS, RELATIVES, TIME
from annotator.suggest.attribution.subjects import (
    CAUSES,
    NO_SUBJECT,
    PREPOSITIONS,
    VERBAL_NOUN,
    at_head,
    is_led,
    is_object_with_ba,
)
from annotator.suggest.attribution.tokens import CLOSING, COMMAS, QUOTES, Tokens
from annotator.suggest.attribution.verbs import (
    ABOUT,
    IN,
    PARTICIPLES,
    THAT,
    THAT_PRONOUN,
    TO,
    VERBS,
    Cue,
    folded,
)


FARTHEST_CLAIM = 30
"""Tokens from the end of a source to the أن behind it."""
_LONGEST_APPOSITION = 10
_SIGNS = THAT | THAT_PRONOUN | {":"}
_TALKING = folded(("تحدث", "متحدثا"))
_EXPLAINING = folded(("أرجع", "عزا"))
_WHAT = folded(("ما", "عما", "كيف"))
_NO_CLAIM = folded(lexicon.NO_CLAIM)
_NO_CLAIM_BEFORE_THAT = folded(lexicon.NO_CLAIM_BEFORE_THAT)


def claims_of(line: Tokens, number: int, cue: Cue, end: int, limit: int) -> list[Claim]:
    """The claims of the cue at `number`, whose subject ends at `end`."""
    if not cue.claims:
        return []
    behind = _behind_time(line, end, limit)
    if cue.objects and behind < limit:
        if behind > end and _that_follows(line, behind, limit):
            return _behind_sign(line, end, limit)
        cut = (
            behind > end
            or _is_cut(line, behind)
            or _opens(line, number)
            or (end == number + 1 and is_led(line, number))
        )
        claims = _object(line, number, cue, behind, cut=cut)
        if claims is not None:
            return claims
    return _behind_sign(line, end, limit)


def _that_follows(line: Tokens, number: int, limit: int) -> bool:
    """Whether what stands between commas is followed by أن: …، خالد شواني، أن …."""
    ahead = range(number, min(limit, number + _LONGEST_APPOSITION))
    return any(line.keys[n] in THAT | THAT_PRONOUN and line.keys[n - 1] in COMMAS | QUOTES for n in ahead)


def _behind_sign(line: Tokens, end: int, limit: int) -> list[Claim]:
    """The claims behind the first أن, colon or quotation that follows a subject."""
    ahead, last = end, min(limit, end + FARTHEST_CLAIM)
    while ahead < last:
        key, close = line.keys[ahead], line.partner.get(ahead, -1)
        if (key in THAT or key in THAT_PRONOUN) and line.keys[ahead - 1] not in _NO_CLAIM_BEFORE_THAT:
            return claims_from(line, ahead + (key in THAT), limit)[0]
        if key == ":":
            return _after_colon(line, ahead + 1, limit)
        if _is_quotation(line, ahead, limit):
            return claims_from(line, ahead, limit)[0] if close > ahead else quotation(line, ahead, len(line))
        if key in PARTICIPLES or (key in VERBS and _is_rival(line, ahead)):
            return []
        ahead = close + 1 if key in QUOTES and close > ahead else ahead + 1
    return []


def _is_rival(line: Tokens, number: int) -> bool:
    """Whether what follows belongs to another verb, at the head of a clause or with its أن right behind."""
    following = (
        {line.key(number + 1), line.key(number + 2)} if line.key(number + 1) in PREPOSITIONS else {line.key(number + 1)}
    )
    return VERBS[line.keys[number]].joined or line.key(number - 1) in COMMAS or not following.isdisjoint(_SIGNS)


def _is_quotation(line: Tokens, number: int, limit: int) -> bool:
    """Whether words of a speaker are quoted from a mark on, and no mere name."""
    close = line.partner.get(number, -1)
    if line.keys[number] not in QUOTES:
        return False
    if close < 0:
        return _is_opening(line, number)
    if line.key(number + 1) in THAT | THAT_PRONOUN and close > number + 3:
        return True
    return close > number + SHORTEST_QUOTATION or (close > number + 3 and close >= limit - 2)


def _behind_time(line: Tokens, end: int, limit: int) -> int:
    """Past the time, the occasion and the commas behind a subject: «…، الثلاثاء، في بيان، …»."""
    start = end
    while end < limit and (line.keys[end] in COMMAS or line.keys[end] in TIME):
        end += 1
    if line.key(end) == IN and line.key(end + 1) in OCCASIONS:
        comma = next((n for n in range(end, min(limit, end + 6)) if line.keys[n] in COMMAS), None)
        return start if comma is None else comma + 1
    return end


def _is_opening(line: Tokens, number: int) -> bool:
    """Whether a quotation starts that the line does not end."""
    return line.text[line.starts[number]] in "«“" and number not in line.partner and number + 3 < len(line)


def _opens(line: Tokens, number: int) -> bool:
    """Whether a participle stands where it goes on from a verb: behind a comma or at the head of a sentence."""
    first = line.firsts[number] == number
    return line.keys[number] in PARTICIPLES and (first or line.keys[number - 1] in COMMAS)


def _is_cut(line: Tokens, number: int) -> bool:
    """Whether a subject was ended before a word that only may start an object."""
    before = line.keys[number - 1]
    return bool(VERBAL_NOUN.fullmatch(line.keys[number])) or before.startswith("ال") or before in CLOSING


def _after_colon(line: Tokens, start: int, limit: int) -> list[Claim]:
    if start >= limit:
        return []
    if line.keys[start] in THAT:
        start += 1
    return claims_from(line, start, limit, colon=True)[0]


def _object(line: Tokens, cue_at: int, cue: Cue, number: int, *, cut: bool) -> list[Claim] | None:
    """The claim that is the object of a verb, behind its preposition; None where no object starts here."""
    limit = line.limits[cue_at]
    key, following = line.keys[number], line.key(number + 1)
    related = line.key(cue_at - 1) in RELATIVES and VERBAL_NOUN.fullmatch(key)
    if key in THAT or key in THAT_PRONOUN or not (key in CAUSES or related or at_head(line, cue_at)):
        return None
    start = number + (key in _WHAT or key in cue.objects)
    if start > number:
        if key not in _WHAT and following in _SIGNS:
            return None
        return [] if number + 2 >= limit or _is_topic(cue, key, following) else claims_from(line, start, limit)[0]
    return claims_from(line, start, limit)[0] if _takes(line, number, cue, cut=cut) else None


def _is_topic(cue: Cue, key: str, following: str) -> bool:
    """Whether an object is only what is spoken of, or called for, not what is claimed: تحدث عن المباراة."""
    return following in _NO_CLAIM or (cue.lemma in _TALKING and key == ABOUT and following.startswith("ال"))


def _takes(line: Tokens, number: int, cue: Cue, *, cut: bool) -> bool:
    """Whether the object of a verb starts at a word, one with its preposition joined, or without any."""
    key = line.keys[number]
    if (TO in cue.objects and key.startswith("ل") and len(key) > 4) or ("ب" in cue.objects and is_object_with_ba(key)):
        return True
    if "" not in cue.objects:
        return False
    return key in CAUSES if cue.lemma in _EXPLAINING else cut and _is_object(line, number)


def _is_object(line: Tokens, number: int) -> bool:
    """Whether a word that is not part of a subject starts an object, and one that may be a claim."""
    key = line.keys[number]
    is_verbal = VERBAL_NOUN.fullmatch(key) is not None
    plain = len(key) > 3 and key not in TIME and key not in _NO_CLAIM and key not in PREPOSITIONS
    return plain and key not in NO_SUBJECT and key not in RELATIVES and (key[0] not in "لبكو" or is_verbal)
