"""Who says what in a line: cues with the sources beside them and the claims that they introduce."""

from __future__ import annotations

from bisect import bisect_left

from annotator.suggest.attribution import lexicon
from annotator.suggest.attribution.claims import Claim, claims_from, preceding
from annotator.suggest.attribution.clauses import MAY_BE_OTHER
from annotator.suggest.attribution.nouns import HEADS, MEDIA, RELATIVES, name_end, source_spans
from annotator.suggest.attribution.objects import claims_of
from annotator.suggest.attribution.phrases import PHRASE_STARTERS, phrase_at
from annotator.suggest.attribution.statement import Statement
from annotator.suggest.attribution.subjects import (
    antecedent,
    at_head,
    is_led,
    subject_before,
    subject_end,
    subject_start,
)
from annotator.suggest.attribution.tokens import COMMAS, QUOTES, Tokens
from annotator.suggest.attribution.verbs import (
    ABOUT,
    FROM,
    NOUNS,
    PARTICIPLES,
    THAT,
    THAT_PRONOUN,
    VERBS,
    Cue,
    folded,
)
from annotator.text.offsets import Span


_CARRY = folded(("نقل",))
_LEARN = folded(("علم",))
_BETWEEN, _IMPERSONAL = folded(("بين",)), folded(lexicon.IMPERSONAL)
_STARTERS = frozenset({*VERBS, *PARTICIPLES, *NOUNS, *PHRASE_STARTERS})
_WAS = folded(("كان", "كانت", "وكان", "وكانت"))
_SCRIPTURE = folded(("تعالى", "الله", "سبحانه"))


def statements(line: Tokens) -> list[Statement]:
    """The statements of a line, in order.

    A phrase behind a statement in the same sentence only tells who carries it.
    """
    found: list[Statement] = []
    busy = 0
    for number, key in enumerate(line.keys):
        statement = _statement(line, number) if number >= busy and key in _STARTERS else None
        if not statement:
            continue
        if statement.kind == "phrase" and found and found[-1].cue[0] >= line.starts[line.firsts[number]]:
            found[-1].carriers += statement.sources
            continue
        found.append(statement)
        direct = [claim.end for claim in statement.claims if claim.quote == "direct"]
        busy = bisect_left(line.starts, direct[-1]) if direct else busy
    return _continued(line, found)


def _continued(line: Tokens, found: list[Statement]) -> list[Statement]:
    """The statements with what goes on in the next sentences: قال: … behind a colon without quotation marks."""
    if not found:
        return []
    sentences = [line.firsts[bisect_left(line.starts, statement.cue[0])] for statement in found]
    result: list[Statement] = []
    for statement, sentence, following in zip(found, sentences, [*sentences[1:], len(line)], strict=True):
        result.append(statement)
        first = line.limits[sentence]
        if not statement.claims or not _is_open(line, statement.claims[0]):
            continue
        while first < following:
            claims = claims_from(line, first, line.limits[first], colon=True)[0]
            if claims:
                result.append(Statement(statement.cue, [], claims, "continued", feminine=statement.feminine))
            first = line.limits[first]
    return result


def _is_open(line: Tokens, claim: Claim) -> bool:
    """Whether a claim stands behind a colon without quotation marks."""
    before = bisect_left(line.starts, claim.start) - 1
    return claim.quote == "direct" and (
        line.key(before) == ":" or (line.key(before) in THAT and line.key(before - 1) == ":")
    )


def _statement(line: Tokens, number: int) -> Statement | None:
    key = line.keys[number]
    if key in PHRASE_STARTERS:
        return phrase_at(line, number)
    if key in VERBS:
        return _said(line, number, VERBS[key])
    if key in PARTICIPLES:
        return _gone_on(line, number, PARTICIPLES[key])
    return _of_noun(line, number) if number and line.keys[number - 1] not in THAT else None


def _said(line: Tokens, number: int, cue: Cue) -> Statement | None:
    """What a verb of saying introduces, with its subject behind or before it."""
    if cue.lemma in _CARRY:
        return _carried(line, number, line.limits[number])
    limit = line.limits[number]
    led = is_led(line, number)
    start = number + 1 if led else subject_start(line, number, limit)
    end = start if led else subject_end(line, cue, start, limit)
    if not _is_saying(line, number, cue, start, end):
        return None
    claims, kind = claims_of(line, number, cue, end, limit), "verb"
    sources = source_spans(line, start, end) if end > start else _source_before(line, number, bool(claims))
    if not claims and cue.claims and end > start and (claims := _quoted_before(line, number)):
        kind = "quotation"
    if cue.lemma in _LEARN and claims:
        sources = _informants(line, end, limit) or sources
    spoken = claims or (sources and _may_speak_on(line, number, start, end, cue))
    if not spoken or (line.key(number - 1) in RELATIVES and not sources):
        return None
    carriers = _told(line, end, limit) if claims else []
    return Statement(_cue_span(line, number), sources, claims, kind, carriers, cue.feminine)


def _cue_span(line: Tokens, number: int) -> Span:
    """The span of a verb with كان where that stands right before it."""
    return line.span(number - (line.key(number - 1) in _WAS and number > line.firsts[number]), number + 1)


def _gone_on(line: Tokens, number: int, cue: Cue) -> Statement | None:
    """What a participle introduces that goes on from a verb before it."""
    claims = claims_of(line, number, cue, number + 1, line.limits[number])
    return Statement(line.span(number, number + 1), [], claims, "participle") if claims else None


def _source_before(line: Tokens, number: int, claims: bool) -> list[Span]:
    if line.key(number - 1) in RELATIVES:
        return antecedent(line, number - 1) if claims else []
    return subject_before(line, number)


def _is_saying(line: Tokens, number: int, cue: Cue, start: int, end: int) -> bool:
    """Whether a form is the verb of saying that it looks like, and says who speaks."""
    if line.key(start) in _SCRIPTURE or (end == start and _is_impersonal(line, number, cue)):
        return False
    if cue.lemma in _BETWEEN and not cue.imperfect:
        return _is_verb_between(line, number, end)
    return cue.lemma not in _LEARN or (cue.feminine and not cue.imperfect)


def _is_verb_between(line: Tokens, number: int, end: int) -> bool:
    """Whether بين is the verb, not "between"."""
    that = {line.key(end), line.key(end + 1)} & (THAT | THAT_PRONOUN)
    return bool(that) and number <= line.firsts[number] + 1


def _may_speak_on(line: Tokens, number: int, start: int, end: int, cue: Cue) -> bool:
    """Whether the subject of a verb without a claim may be the source of the next one."""
    if end == start:
        return True  # it stands before its verb
    if cue.lemma in MAY_BE_OTHER or line.keys[start].startswith("ب"):
        return False
    return at_head(line, number) and (cue.claims or line.key(start) in HEADS or line.key(start).startswith("ال"))


def _is_impersonal(line: Tokens, number: int, cue: Cue) -> bool:
    """Whether a verb names nobody, as in يذكر أن."""
    if not cue.imperfect or cue.lemma not in _IMPERSONAL:
        return False
    return (not cue.feminine or cue.lemma == "ذكر") and line.key(number + 1) in THAT | THAT_PRONOUN


def _quoted_before(line: Tokens, number: int) -> list[Claim]:
    """The quotation that ends right before a verb: «…»، قال فلان."""
    close = number - 1
    while close > 0 and line.keys[close] in COMMAS:
        close -= 1
    opening = line.partner.get(close, close) if close >= 0 else close
    if line.key(close) not in QUOTES or close - opening <= 4:
        return []
    return preceding(line, opening, close + 1)


def _informants(line: Tokens, end: int, limit: int) -> list[Span]:
    """The sources of what somebody learned: علمت «…» من مصادر مطلعة أن …."""
    if line.key(end) != FROM:
        return []
    return source_spans(line, end + 1, behind) if (behind := name_end(line, end + 1, limit)) > end + 1 else []


def _told(line: Tokens, end: int, limit: int) -> list[Span]:
    """The agency that somebody spoke to: قال مسؤول لوكالة «…» إن …."""
    key = line.key(end) if end < limit else ""
    rest = "ال" + key[2:] if key.startswith("لل") else key[1:]
    if key == "ل" and line.key(end + 1) in QUOTES and line.partner.get(end + 1, -1) > end + 1:
        return [line.span(end + 2, line.partner[end + 1])]
    if not key.startswith("ل") or rest not in MEDIA:
        return []
    behind = name_end(line, end + 1, limit)
    return source_spans(line, end, behind, prefix=0 if key.startswith("لل") else 1)


def _carried(line: Tokens, number: int, limit: int) -> Statement | None:
    """What an agency carries: نقلت وكالة عن مسؤول قوله إن …."""
    about = next((n for n in range(number + 1, min(limit, number + 14)) if line.keys[n] == ABOUT), -1)
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


def _of_noun(line: Tokens, number: int) -> Statement | None:
    """What a noun of saying introduces: بعد إعلان الجيش أنه …."""
    limit = line.limits[number]
    end = name_end(line, number + 1, limit)
    if end == number + 1:
        return None
    for ahead in range(end, min(limit, end + 5)):
        key = line.keys[ahead]
        if key in THAT or key in THAT_PRONOUN:
            claims = claims_from(line, ahead + (key in THAT), limit)[0]
            return Statement(line.span(number, number + 1), source_spans(line, number + 1, end), claims, "verb")
    return None
