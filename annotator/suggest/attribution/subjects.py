"""The subject of a verb of saying: behind it, before it, or before a relative clause."""

from __future__ import annotations

import re

from annotator.suggest.attribution import lexicon, speakers
from annotator.suggest.attribution.nouns import (
    HEADS,
    OCCASIONS,
    RELATIVES,
    TIME,
    UNNAMED,
    behind_told,
    name_end,
    named_end,
    source_spans,
)
from annotator.suggest.attribution.tokens import CLOSING, COMMAS, Tokens
from annotator.suggest.attribution.verbs import (
    FROM,
    IN,
    THAT,
    THAT_PRONOUN,
    TO,
    VERBS,
    Cue,
    folded,
)
from annotator.text.offsets import Span


PREPOSITIONS = folded(lexicon.PREPOSITIONS)
CAUSES = folded(("سبب", "أسباب", "ذلك", "مسؤولية", "مسؤوليته", "مسؤوليتها", "المسؤولية"))
_LONGEST_SUBJECT = 26
_LONGEST_ANTECEDENT = 8
_LONGEST_NAME = 4
_JUDGING = folded(lexicon.JUDGING)
_STILL = folded(("قد", "سابقا", "السابق"))
_LONGEST_RELATIVE = 20
_FARTHEST_MANY = 40
LEADS = folded(speakers.LEADS)
NO_SUBJECT = folded(speakers.NO_SUBJECT)
_NO_SUBJECT = NO_SUBJECT | folded(speakers.NO_SPEAKER)
VERBAL_NOUN = re.compile(
    "(?!ال)(?:م.ا..ه|ا...ا.|ت..?ي.|ت..و..|ا..ا.|ان..ا.|است..?ا.|ا....ا.|..و.|ا(?!دار|ذاع|مار).ا.ه)(?:ه|ها|هم|ات)?"
    "|(?:وفاه|مقتل|مصرع|بقاء|فوز|بدء|طرح|ضبط|رفع|خفض|عوده|زياده|تدخل|تعرض|تراجع|تمكن|توقف|تفوق|تورط|تجاوز)|(?:ني|عزم|رغب)ت?(?:ه|ها|هم)"
)
_BEFORE_CLAUSE = folded(
    ("بعدما", "عندما", "حيث", "حين", "فيما", "بينما", "كما", "قد", "وقد", "كان", "كانت", "وكانت", "إذ")
)
_SIDES = folded(("جانبه", "جانبها", "جانبهم", "جهته", "جهتها", "جهتهم", "ناحيته", "ناحيتها"))
_BEFORE_CLAUSE |= folded(("ثم", "وثم", "بدوره", "بدورها", "ذلك", "لكنه", "لكنها", "ولكنه", "ولكنها")) | _SIDES
_BEFORE_CLAUSE |= COMMAS | {"–", "-", ":", "وكان"}
_TOLD = folded(("تفاصيل", "قصة", "قصص", "قصته", "قصتها", "ذكريات", "كواليس", "مشاعر", "معاناة", "معاناته", "معاناتها"))
_KIN = folded(("أبو", "أبي", "بن", "ابن", "أم"))
_CONSTRUCT = folded(speakers.CONSTRUCT)
BODIES = folded(speakers.BODIES)


def subject_start(line: Tokens, number: int, limit: int) -> int:
    """Behind a verb, and behind a time or occasion that comes before the subject."""
    start = number + 1
    start = behind_told(line, start, limit)
    while start < limit and line.keys[start] in TIME:
        start += 1
    if line.key(start) == "كل" and line.key(start + 1) == FROM:
        return start + 2
    if line.key(start) == IN and line.key(start + 1) in OCCASIONS:
        ahead = start + 2
        while ahead < min(limit, start + 6):
            if line.keys[ahead] in THAT:
                return start
            if line.keys[ahead] in COMMAS:
                return ahead + 1 if line.key(ahead + 1) in HEADS else start
            if line.keys[ahead] in HEADS and line.keys[ahead] not in OCCASIONS:
                return ahead
            ahead += 1
    return start


def subject_end(line: Tokens, cue: Cue, start: int, limit: int) -> int:
    """The number behind a subject, before an object where the verb takes one that may follow at once."""
    end = named_end(line, start, limit)
    that = end + (line.key(end) in COMMAS or line.key(end) in PREPOSITIONS)
    if line.key(that) in THAT | THAT_PRONOUN:
        return end
    for number in range(start, end):
        key = line.keys[number]
        if "ب" in cue.objects and is_object_with_ba(key):
            return number
        if TO in cue.objects and _is_object_with_la(key, first=number == start):
            return number
        if "" not in cue.objects or not (key in CAUSES or at_head(line, start - 1)):
            continue
        if number == start:
            told = VERBAL_NOUN.fullmatch(key) or key in _TOLD
            if (cue.joined or line.key(start - 2) in RELATIVES) and told and key not in HEADS:
                return number
            continue
        if starts_object(line, start, number) or (cue.lemma in _JUDGING and _is_judged(line, start, number)):
            return number
    return end


def is_claiming(key: str) -> bool:
    """Whether a word is a verb that may introduce a claim."""
    return key in VERBS and VERBS[key].claims


def that_follows(line: Tokens, end: int) -> bool:
    """Whether أن stands behind a subject, also past a preposition, a time and a relative clause."""
    if line.key(end) in RELATIVES:
        ahead = range(end, min(len(line), end + _LONGEST_RELATIVE))
        end = next((n for n in ahead if line.keys[n] in THAT or is_claiming(line.keys[n])), end)
    while line.key(end) in TIME or line.key(end) in COMMAS:
        end += 1
    return any(line.key(n) in THAT | THAT_PRONOUN for n in (end, end + (line.key(end) in PREPOSITIONS)))


def starts_object(line: Tokens, start: int, number: int) -> bool:
    """Whether the object of a verb starts at a word behind its subject: أعلنت الشركة تعليق العمل."""
    key, before = line.keys[number], line.keys[number - 1]
    if key in CAUSES or before in CLOSING:
        return True
    if VERBAL_NOUN.fullmatch(key) and key not in HEADS and before not in _CONSTRUCT:
        return True
    bodies = line.keys[start] in BODIES
    return bodies and before.startswith("ال") and not key.startswith(("ال", "و", "ل", "ب")) and len(key) > 2


def _is_object_with_la(key: str, *, first: bool) -> bool:
    """Whether a word is ل with what a verb speaks of, as in تطرق لاختتام المهرجان."""
    bare = key[1:]
    return key.startswith("ل") and len(key) > 4 and bare not in HEADS and (first or bool(VERBAL_NOUN.fullmatch(bare)))


def _is_judged(line: Tokens, start: int, number: int) -> bool:
    """Whether a word behind a name is what its owner judges: اعتبر نيكسون القرار خطأ, اعتبر الوزير تقاربهم …."""
    key, definite = line.keys[number], line.keys[number].startswith("ال")
    if line.keys[start] in HEADS or number > start + 1:
        return not definite and line.keys[number - 1].startswith("ال") and key.endswith(("ها", "هم"))
    return definite or key.endswith(("ها", "هم"))


def is_object_with_ba(key: str) -> bool:
    """Whether a word is ب with a verbal noun or a definite one, as in تعهد بمواصلة العمل."""
    return key.startswith("ب") and (key.startswith("بال") or VERBAL_NOUN.fullmatch(key[1:]) is not None)


def subject_before(line: Tokens, number: int) -> list[Span]:
    """The subject that stands before its verb: وكان الوزير قال إن …, لكن الوزير، فلان، قال …."""
    cue = VERBS.get(line.keys[number])
    if cue and cue.joined and line.keys[number].startswith("و"):
        return []
    for first in _clause_starts(line, number):
        spans = _subject_at(line, first, number)
        if spans:
            return spans
    return []


def _subject_at(line: Tokens, first: int, number: int) -> list[Span]:
    """The noun phrase from one token on where nothing but an apposition or a relative clause parts it from its verb."""
    while first < number and line.keys[first] in LEADS:
        first += 1
    if line.key(first) in ("من", "ومن") and line.key(first + 1) in _SIDES:
        first += 2 + (line.key(first + 2) in COMMAS)
    if first >= number or line.keys[first] in _NO_SUBJECT or line.keys[first] in VERBS:
        return []
    if line.keys[first] not in HEADS and line.key(first + 1) in HEADS and first == line.firsts[number]:
        first += 1  # the verb of another clause
    end = name_end(line, first, number)
    if end == first or (end < number and not _is_gap(line, end, number)):
        return []
    key = line.keys[first]
    joined = key not in HEADS and (_is_head(key) or key.startswith("فال"))
    if key not in HEADS and not joined and (key.startswith("و") or end - first > 4):
        return []
    return source_spans(line, first, end, prefix=int(joined))


def sentence_subject(line: Tokens, number: int) -> list[Span]:
    """Whom the sentence of a cue speaks of, at its head or behind its first verb: رفضت الوزارة ذلك وقالت إن …."""
    first = line.firsts[number]
    while first < number and (line.keys[first] in LEADS or line.keys[first] in TIME or line.keys[first] in COMMAS):
        first += 1
    key = line.keys[first]
    if first >= number or key in NO_SUBJECT:
        return _last_actor(line, first, number)
    if _is_head(key):
        return _named(line, first, number, prefix=int(key not in HEADS))
    following = line.key(first + 1)
    if following in HEADS or key in VERBS or (following.startswith("ال") and _may_be_verb(key)):
        return _named(line, first + 1, number, prefix=0)
    return _last_actor(line, first, number)


def many_before(line: Tokens, number: int) -> list[Span]:
    """Whom a verb in the plural speaks of, in its sentence: بعض الفنانين كانوا صريحين، إذ أكدوا أن …."""
    if not line.keys[number].endswith(("وا", "ون")) or line.keys[number] not in VERBS:
        return []
    for first in range(number - 2, max(line.firsts[number], number - _FARTHEST_MANY) - 1, -1):
        if line.keys[first] in UNNAMED:
            end = name_end(line, first, number)
            return source_spans(line, first, end) if end > first else []
    return []


def _last_actor(line: Tokens, first: int, number: int) -> list[Span]:
    """Who stands behind the last verb before a cue: وفي السياق نفسه أشاد المدير بالفريق، مؤكدا أن …."""
    for verb in range(number - 2, max(first, number - _LONGEST_RELATIVE), -1):
        if line.keys[verb] in VERBS and line.keys[verb + 1] in HEADS and line.keys[verb - 1] not in _KIN:
            return _named(line, verb + 1, number, prefix=0)
    return []


def _named(line: Tokens, start: int, number: int, prefix: int) -> list[Span]:
    """The noun phrase at a token, up to what the verb before it may act on."""
    owned = line.keys[start].endswith(("ها", "هم")) or VERBAL_NOUN.fullmatch(line.keys[start])
    if owned and line.keys[start] not in HEADS:
        return []
    end = name_end(line, start, number)
    cut = next((n for n in range(start + 1, end) if starts_object(line, start, n)), end)
    return source_spans(line, start, cut, prefix=prefix) if start < cut < number else []


def _may_be_verb(key: str) -> bool:
    """Whether a word has the look of a verb: one in the imperfect, or feminine in the perfect."""
    bare = key.removeprefix("و") if len(key) > 4 else key
    return len(bare) > 3 and (bare.startswith(("ي", "ت")) or bare.endswith("ت")) and not bare.endswith("ات")


def _is_gap(line: Tokens, start: int, number: int) -> bool:
    """Whether what parts a subject from its verb is a relative clause, or an apposition without a verb of its own."""
    if line.keys[start] in RELATIVES:
        return True
    parted = line.keys[start] in COMMAS | _STILL and line.keys[number - 1] in COMMAS | _STILL
    return parted and VERBS.keys().isdisjoint(line.keys[start:number])


def is_led(line: Tokens, number: int) -> bool:
    """Whether the words before a verb tell that its subject precedes it: لكن الوزير نفى, or إن الوزير نفى."""
    starts = _clause_starts(line, number)
    led = len(starts) > 1 or line.keys[starts[0]] in LEADS or _is_next_to_subject(line, number)
    return led and bool(subject_before(line, number))


def _is_next_to_subject(line: Tokens, number: int) -> bool:
    """Whether a verb in the imperfect stands right behind the noun that opens its sentence: الوزير ينفي …."""
    first, cue = line.firsts[number], VERBS.get(line.keys[number])
    return cue is not None and cue.imperfect and not cue.joined and first < number == name_end(line, first, number)


def _clause_starts(line: Tokens, number: int) -> list[int]:
    """Where the clause of a verb may start: behind a bare أن or a word such as لكن near before, else its sentence."""
    nearest = max(line.firsts[number], number - _LONGEST_SUBJECT)
    inner = (n + 1 for n in range(number - 2, nearest - 1, -1) if line.keys[n] in THAT or line.keys[n] in LEADS)
    found = next(inner, -1)
    starts = [found] if found >= 0 else []
    starts += [
        n + 1 for n in range(number - 2, nearest - 1, -1) if line.keys[n] in COMMAS and _is_head(line.keys[n + 1])
    ][:1]
    return [*starts, line.firsts[number]] if number - line.firsts[number] <= _LONGEST_SUBJECT else starts or [number]


def _is_head(key: str) -> bool:
    return key in HEADS or (key.startswith("و") and key[1:] in HEADS)


def antecedent(line: Tokens, relative: int) -> list[Span]:
    """Whom a relative clause speaks of, where a title tells where the name starts: الوزير فلان الذي قال إن …."""
    first = max(line.firsts[relative], relative - _LONGEST_ANTECEDENT)
    for number in range(first, relative):
        if line.keys[number] in HEADS and name_end(line, number, relative) == relative:
            return source_spans(line, number, relative)
    start = relative
    while start > max(first, relative - _LONGEST_NAME) and _may_be_name(line.keys[start - 1]):
        start -= 1
    return source_spans(line, start, relative) if start < relative else []


def _may_be_name(key: str) -> bool:
    common = (
        key in NO_SUBJECT or key in VERBS or key in COMMAS or key in TIME or key.startswith(("ال", "وي", "ي", "وت"))
    )
    return len(key) > 2 and not common and not key.endswith(("ه", "ها"))


def at_head(line: Tokens, number: int) -> bool:
    """Whether a cue stands at the head of a clause, as far as commas and conjunctions tell."""
    cue = VERBS.get(line.keys[number])
    if cue and subject_before(line, number):
        return True
    if number <= line.firsts[number] + 1 or line.keys[number - 1] in _BEFORE_CLAUSE:
        return True
    return cue.joined if cue else True
