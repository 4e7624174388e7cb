"""What nouns of saying introduce: بعد إعلان الجيش أنه …, إعلان الشركة عن طرح …, بدعوى أن …."""

from __future__ import annotations

from annotator.suggest.attribution import speakers
from annotator.suggest.attribution.claims import Claim, claims_from
from annotator.suggest.attribution.nouns import TIME, name_end, source_spans
from annotator.suggest.attribution.statement import Statement
from annotator.suggest.attribution.subjects import PREPOSITIONS, VERBAL_NOUN, starts_object
from annotator.suggest.attribution.tokens import COMMAS, Tokens
from annotator.suggest.attribution.verbs import ABOUT, IN, THAT, THAT_PRONOUN, Cue, folded
from annotator.text.folding import folded_text


_HINT = folded_text("إشارة")
_ANNOUNCING = folded_text("إعلان")
_BETWEEN = TIME | COMMAS | PREPOSITIONS
_MANNERS = folded(speakers.MANNERS)


def announced_at(line: Tokens, number: int, cue: Cue) -> Statement | None:
    """What a noun of saying introduces: بعد إعلان الجيش أنه …, تصريح الحكومة بأنها …, بدعوى أن …."""
    limit = line.limits[number]
    if line.key(number + 1) in _MANNERS or (cue.lemma == _HINT and line.keys[number - 1].removeprefix("و") == IN):
        return None
    end = number + 1 if cue.inherits else name_end(line, number + 1, limit)
    that = end
    while that < limit and line.keys[that] in _BETWEEN:
        that += 1
    if end == number + 1 and not cue.inherits:
        return None
    if line.key(that) in THAT or line.key(that) in THAT_PRONOUN:
        claims = claims_from(line, that + (line.keys[that] in THAT), limit)[0]
    else:
        end, claims = _announced(line, number, cue, end)
    if not claims:
        return None
    sources = source_spans(line, number + 1, end) if end > number + 1 else []
    return Statement(line.span(number, number + 1), sources, claims, "verb")


def _announced(line: Tokens, number: int, cue: Cue, end: int) -> tuple[int, list[Claim]]:
    """Where the owner of an announcement ends, and what it announces: إعلان الشركة طرح …, إعلان الشركة عن طرح …."""
    if cue.lemma != _ANNOUNCING or cue.inherits:
        return end, []
    cut = next((n for n in range(number + 2, end) if starts_object(line, number + 1, n)), end)
    start = cut + (cut == end and line.key(end) == ABOUT)
    is_object = cut < end or (start > end and VERBAL_NOUN.fullmatch(line.key(start)))
    return cut, claims_from(line, start, line.limits[number])[0] if is_object else []
