"""Where a claim ends, and where the next one under the same verb starts."""

from __future__ import annotations

import re

from annotator.suggest.attribution import lexicon
from annotator.suggest.attribution.nouns import HEADS
from annotator.suggest.attribution.tokens import COMMAS, QUOTES, Tokens
from annotator.suggest.attribution.verbs import (
    AND_THAT,
    AND_THAT_PRONOUN,
    ON,
    PARTICIPLES,
    THAT,
    THAT_PRONOUN,
    VERBS,
    folded,
)


LONGEST_CLAIM = 150
"""Tokens."""
SHORTEST_QUOTATION = 5
"""Tokens inside; a shorter one may be a name."""
_AHEAD = 14  # tokens within which a verb of saying has its أن
_ACCORDING = folded(lexicon.ACCORDING_TO + lexicon.ACCORDING_FOR)
_ACCORDING |= {"و" + key for key in _ACCORDING}
_AS_SAID = folded(lexicon.AS_SAID)
MEETING = folded(tuple(verb.split()[0] for verb in lexicon.MEETING))
_SAID = THAT | THAT_PRONOUN | QUOTES | folded(("إلى", "على", "من", "عن", ":"))
_BRIDGES = folded(("فيما", "بينما", "كما", "وكما", "وفيما", "لكن", "ولكن", "لكنه", "لكنها", "ولكنه", "ولكنها", "حين"))
_ALTHOUGH = folded(("كان", "كانت", "كانوا", "لم"))
_NOUN_IN_T = re.compile("وت(?:..?ي.ه?|.ا.+|..و.|...|..)(?:ه|ها|هم|ات)?")
_CLAUSE_VERBS = folded(tuple("و" + verb for verb in lexicon.CLAUSE_VERBS))
MAY_BE_OTHER = folded(("بين", "علم", "كتب", "زاد", "رد", "نقل", "وجد", "وعد", "دل", "نظر", "عبر"))
_PRONOUNS_JOINED = folded(("وهو", "وهي", "وهى", "فهو", "فهي", "فهم", "فهى"))
_LINKS = folded(("فيما", "بينما", "حيث", "إذ", "لكن", "ولكن", "لذا", "لذلك", "لهذا", "ولذا", "ولذلك", "ولهذا"))
_LINKS_ANYWHERE = folded(("فيما", "بينما", "حيث", "لكن", "ولكن"))
_THEN = folded(("فقد", "فإن"))
_ASKING = folded(("تساءل", "طالب", "دعا", "أشاد", "أثنى", "ناشد", "شكر"))
_LINKS_BEFORE_THAT = folded(("حين", "غير", "إلا", "كما", "خاصة", "خصوصا", "وكما", "علما", "لا سيما"))
_IN_SOMETHING = frozenset({"في", "وفي"})
_MAY_END = frozenset(
    {":", "؛", "وذلك", "نقلا", ON}.union(
        AND_THAT, AND_THAT_PRONOUN, PARTICIPLES, VERBS, _ACCORDING, _AS_SAID, _BRIDGES, _CLAUSE_VERBS, _PRONOUNS_JOINED
    ).union(_LINKS, _LINKS_BEFORE_THAT, _IN_SOMETHING)
)
_OPENINGS = ("وي", "وت", "فال")
"""What a word starts with that may end a claim without being listed."""


def next_claim(line: Tokens, end: int, limit: int) -> int | None:
    """Where a further claim under the same verb starts: behind وأن, or at وأنه."""
    if end < limit and line.keys[end] in COMMAS:
        end += 1
    if end + 1 >= limit:
        return None
    if line.keys[end] in AND_THAT and is_and_that(line, end):
        return end + 1
    if line.keys[end] in AND_THAT_PRONOUN or starts_clause(line, end, limit):
        return end
    if line.keys[end] == ":":
        return end + 1
    return _behind_link(line, end, limit)


def _behind_link(line: Tokens, number: int, limit: int) -> int | None:
    """Where a claim starts behind words such as في حين أن or فيما; None where there are none or a cue follows."""
    start = number
    if line.keys[start] in _IN_SOMETHING and line.key(start + 1) == "حين":
        start += 1
    if line.keys[start] in _LINKS_BEFORE_THAT or start > number:
        start += 1
        if line.key(start) in THAT_PRONOUN:
            return start
        if line.key(start) in THAT:
            return start + 1 if start + 2 < limit else None
        return start if start > number + 1 else None
    if line.keys[start] in _LINKS and start + 3 < limit and not _is_this_noun(line, start):
        return start + 1 + (line.keys[start + 1] in _THEN)
    return None


def _is_this_noun(line: Tokens, number: int) -> bool:
    """Whether a word is "for this" with its noun, not "therefore": لهذا السبب."""
    return line.keys[number].endswith("لهذا") and line.keys[number + 1].startswith("ال")


def claim_end(line: Tokens, start: int, limit: int) -> int:
    """The number behind the last token of the claim that starts at `start`."""
    number = start + 1
    limit = min(limit, start + LONGEST_CLAIM)
    while number < limit:
        close = line.partner.get(number - 1, -1) if line.keys[number - 1] in QUOTES else -1
        if close >= number:
            number = close + 1
            continue
        key = line.keys[number]
        if (key in _MAY_END or key.startswith(_OPENINGS)) and _ends_claim(line, number, limit):
            return number
        number += 1
    return limit


def _ends_claim(line: Tokens, number: int, limit: int) -> bool:
    key = line.keys[number]
    if key in AND_THAT:
        return is_and_that(line, number)
    if key in PARTICIPLES and _goes_on(line, number):
        return True
    if key in AND_THAT_PRONOUN or (key == ":" and line.key(number + 1) in QUOTES):
        return True
    return (
        starts_clause(line, number, limit)
        or _is_phrase(line, number)
        or _is_linked(line, number, limit)
        or _is_other_speech(line, number, limit)
    )


def _goes_on(line: Tokens, number: int) -> bool:
    """Whether a participle opens what is said next; no predicate, as in لم يكن متوقعا."""
    following = line.key(number + 1)
    opens = following in _SAID or following.startswith(("ب", "ل"))
    return opens or (line.keys[number - 1] in COMMAS and following not in COMMAS)


def _is_phrase(line: Tokens, number: int) -> bool:
    """Whether a phrase of attribution starts: وفقا للوزارة, على حد قوله, and the like of وذلك بهدف …."""
    key, following = line.keys[number], line.key(number + 1)
    behind_comma = line.keys[number - 1] in COMMAS
    if key in _ACCORDING:
        bare = "ال" + following[2:] if following.startswith("لل") else following[1:]
        return behind_comma or following in HEADS or (following.startswith("ل") and bare in HEADS)
    if key == ON:
        return following == "حد" or (following == "ما" and behind_comma)
    return key == "نقلا" or (key == "وذلك" and behind_comma)


def _is_linked(line: Tokens, number: int, limit: int) -> bool:
    """Whether a further claim follows behind a semicolon or words such as فيما and غير أن."""
    key, following = line.keys[number], line.key(number + 1)
    if key == "؛":
        return not following.startswith("ل")
    if key in _LINKS_BEFORE_THAT and following in THAT:
        return True
    anywhere = key in _LINKS_ANYWHERE and not (key == "فيما" and _is_imperfect(following))
    near = line.keys[number - 1] in COMMAS or anywhere
    return near and _behind_link(line, number, limit) is not None


def _is_imperfect(key: str) -> bool:
    return key.startswith(("ي", "ن")) or (key.startswith("ت") and not key.endswith("ت"))


def _is_other_speech(line: Tokens, number: int, limit: int) -> bool:
    """Whether somebody else, or the same one anew, starts to speak."""
    key = line.keys[number]
    if key in _BRIDGES or key in _AS_SAID:
        cue = VERBS.get(line.key(number + 1))
        says = cue is not None and cue.claims and not cue.needs_that
        after_comma = says and line.keys[number - 1] in COMMAS and key in _AS_SAID
        return after_comma or any(line.key(n) in VERBS and introduces(line, n, limit) for n in (number + 1, number + 2))
    cue = VERBS.get(key)
    if cue is None:
        return False
    behind_comma = line.keys[number - 1] in COMMAS
    if cue.joined and (cue.lemma in _ASKING or (behind_comma and cue.claims and cue.lemma not in MAY_BE_OTHER)):
        return True
    return (cue.joined or behind_comma) and introduces(line, number, limit)


def is_and_that(line: Tokens, number: int) -> bool:
    """Whether وأن opens a further claim: no "even though", and no wish with a verb behind it."""
    following = line.key(number + 1)
    return following not in _ALTHOUGH and not following.startswith("ي") and line.key(number - 1) not in ("سبق", "حتي")


def starts_clause(line: Tokens, number: int, limit: int) -> bool:
    """Whether a word opens a further clause, which is a claim of its own: وتسعى إلى …, فالسوق …."""
    key = line.keys[number]
    behind_comma = line.keys[number - 1] in COMMAS
    if key in _PRONOUNS_JOINED:
        return (
            line.key(number + 1) != "ما"
            and limit - number > 3
            and not any(other in COMMAS for other in line.keys[number:limit])
        )
    if (len(key) < 4 and key not in _CLAUSE_VERBS) or (key in VERBS and VERBS[key].lemma not in MEETING):
        return False
    if not behind_comma:
        return key.startswith("وي") and len(key) > 4 and not line.keys[number - 1].startswith(("ي", "وي"))
    if key in _CLAUSE_VERBS or (key.startswith("فال") and len(key) > 5):
        return True
    return key.startswith("وي") or (key.startswith("وت") and not _NOUN_IN_T.fullmatch(key))


def introduces(line: Tokens, number: int, limit: int) -> bool:
    """Whether a verb of saying has its أن, colon or quotation near behind it."""
    if not VERBS[line.keys[number]].claims:
        return False
    for ahead in range(number + 1, min(limit, number + _AHEAD)):
        key = line.keys[ahead]
        if key in THAT or key in THAT_PRONOUN or key == ":":
            return True
        if key in QUOTES and line.partner.get(ahead, -1) > ahead + SHORTEST_QUOTATION + 1:
            return True
        if key in VERBS and VERBS[key].joined:
            return False
    return False
