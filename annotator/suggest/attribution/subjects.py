"""The subject of a verb of saying: behind it, before it, or before a relative clause."""

from __future__ import annotations

import re

from annotator.suggest.attribution import lexicon
from annotator.suggest.attribution.nouns import HEADS, OCCASIONS, RELATIVES, TIME, name_end, source_spans
from annotator.suggest.attribution.tokens import COMMAS, Tokens
from annotator.suggest.attribution.verbs import (
    FROM,
    IN,
    THAT,
    THAT_PRONOUN,
    VERBS,
    Cue,
    folded,
)
from annotator.text.offsets import Span


PREPOSITIONS = folded(lexicon.PREPOSITIONS)
CAUSES = folded(("سبب", "أسباب", "ذلك"))
_LONGEST_SUBJECT = 26
_LONGEST_ANTECEDENT = 8
_LONGEST_NAME = 4
LEADS = folded(
    (
        "وكان",
        "كان",
        "كانت",
        "وكانت",
        "لكن",
        "ولكن",
        "أما",
        "فيما",
        "بينما",
        "قد",
        "وقد",
        "غير",
        "إلا",
        "كما",
        "فإن",
        "حين",
    )
)
NO_SUBJECT = folded(
    (
        *("في", "من", "عن", "إلى", "على", "خلال", "بعد", "قبل", "عند", "حول", "وفي", "ومن", "وعن", "وعلى", "مع", "ومع"),
        *("حسب", "بحسب", "وفقا", "هذا", "وهذا", "ذلك", "وذلك", "كل", "هو", "هي", "وهو", "وهي", "ثم", "لا", "ولا", "لم"),
        *("حيث", "إذ", "ما", "كما", "قد", "عندما", "وعندما", "إن", "أن", "منذ", "بل", "إذا", "لقد", "لدى", "وخلال"),
        *(
            "وبعد",
            "وقبل",
            "وأن",
            "وإن",
            "أنه",
            "إنه",
            "وإنه",
            "وأنه",
            "عبر",
            "ردا",
            "وردا",
            "حتى",
            "هكذا",
            "ولم",
            "ليس",
        ),
    )
)
VERBAL_NOUN = re.compile(
    "(?!ال)(?:م.ا..ه|ا...ا.|ت..?ي.|ت..و..|ا..ا.|ان..ا.|است..?ا.|ا....ا.|..و.|ا(?!دار|ذاع|مار).ا.ه)(?:ه|ها|هم|ات)?"
)
_BEFORE_CLAUSE = folded(
    ("بعدما", "عندما", "حيث", "حين", "فيما", "بينما", "كما", "قد", "وقد", "كان", "كانت", "وكانت", "إذ")
)
_BEFORE_CLAUSE |= COMMAS | {"–", "-", "وكان"}
_CONSTRUCT = folded(
    ("هيئة", "لجنة", "مدير", "رئيس", "وزير", "وزارة", "مركز", "إدارة", "شركة", "مجلس", "صندوق", "مشروع")
)
BODIES = folded(
    (
        *("اللجنة", "الشركة", "الوزارة", "الهيئة", "الجماعة", "المحكمة", "السلطات", "الحكومة", "وزارة", "هيئة", "شركة"),
        *("حكومة", "لجنة", "الشرطة", "شرطة", "منظمة", "المنظمة", "جامعة", "الجامعة", "الولايات", "قوات", "القوات"),
    )
)


def subject_start(line: Tokens, number: int, limit: int) -> int:
    """Behind a verb, and behind a time or occasion that comes before the subject."""
    start = number + 1
    while start < limit and line.keys[start] in TIME:
        start += 1
    if line.key(start) == "كل" and line.key(start + 1) == FROM:
        return start + 2
    if line.key(start) == IN and line.key(start + 1) in OCCASIONS:
        ahead = start + 2
        while ahead < min(limit, start + 6):
            if line.keys[ahead] in COMMAS or line.keys[ahead] in THAT:
                return start
            if line.keys[ahead] in HEADS and line.keys[ahead] not in OCCASIONS:
                return ahead
            ahead += 1
    return start


def subject_end(line: Tokens, cue: Cue, start: int, limit: int) -> int:
    """The number behind a subject, before an object where the verb takes one that may follow at once."""
    end = name_end(line, start, limit)
    that = end + (line.key(end) in COMMAS or line.key(end) in PREPOSITIONS)
    if line.key(that) in THAT | THAT_PRONOUN:
        return end
    for number in range(start, end):
        key = line.keys[number]
        if "ب" in cue.objects and is_object_with_ba(key):
            return number
        if "" in cue.objects and number > start and at_head(line, start - 1) and _starts_object(line, start, number):
            return number
    return end


def _starts_object(line: Tokens, start: int, number: int) -> bool:
    """Whether the object of a verb starts at a word behind its subject: أعلنت الشركة تعليق العمل."""
    key, before = line.keys[number], line.keys[number - 1]
    if key in CAUSES:
        return True
    if VERBAL_NOUN.fullmatch(key) and before not in _CONSTRUCT:
        return True
    bodies = line.keys[start] in BODIES
    return bodies and before.startswith("ال") and not key.startswith(("ال", "و", "ل", "ب")) and len(key) > 2


def is_object_with_ba(key: str) -> bool:
    """Whether a word is ب with a verbal noun or a definite one, as in تعهد بمواصلة العمل."""
    return key.startswith("ب") and (key.startswith("بال") or VERBAL_NOUN.fullmatch(key[1:]) is not None)


def subject_before(line: Tokens, number: int) -> list[Span]:
    """The subject that stands before its verb: وكان الوزير قال إن …."""
    first = _clause_start(line, number)
    if number - first > _LONGEST_SUBJECT:
        return []
    while first < number and line.keys[first] in LEADS:
        first += 1
    if line.key(first) in ("من", "ومن") and line.key(first + 1) in ("جانبه", "جانبها", "جهته", "جهتها"):
        first += 2 + (line.key(first + 2) in COMMAS)
    if first >= number or line.keys[first] in NO_SUBJECT or line.keys[first] in VERBS:
        return []
    if line.keys[first] not in HEADS and line.key(first + 1) in HEADS:
        first += 1  # the verb of another clause
    end = name_end(line, first, number)
    inside = _clause_start(line, number) > line.firsts[number]
    if end == first or (end < number and (inside or line.keys[end] not in COMMAS | RELATIVES | {"قد"})):
        return []
    key = line.keys[first]
    joined = key.startswith("و") and key[1:] in HEADS
    if key not in HEADS and not joined and (key.startswith("و") or end - first > 4):
        return []
    return source_spans(line, first, end, prefix=int(joined))


def is_led(line: Tokens, number: int) -> bool:
    """Whether the words before a verb tell that its subject precedes it: لكن الوزير نفى, or إن الوزير نفى."""
    start = _clause_start(line, number)
    led = start > line.firsts[number] or line.keys[start] in LEADS
    return led and bool(subject_before(line, number))


def _clause_start(line: Tokens, number: int) -> int:
    """The first token of a verb's sentence, or the one behind a bare أن that stands near before the verb."""
    nearest = max(line.firsts[number], number - _LONGEST_ANTECEDENT)
    return next((n + 1 for n in range(number - 1, nearest - 1, -1) if line.keys[n] in THAT), line.firsts[number])


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
