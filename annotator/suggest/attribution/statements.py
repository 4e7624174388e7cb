"""Who says what in a line: cues with the sources beside them and the claims that they introduce."""

from __future__ import annotations

from bisect import bisect_left

from annotator.suggest.attribution import lexicon, speakers
from annotator.suggest.attribution.announcements import announced_at
from annotator.suggest.attribution.carriers import carried, cited, informants, told
from annotator.suggest.attribution.claims import Claim, claims_from, clause_before, preceding
from annotator.suggest.attribution.clauses import MAY_BE_OTHER, MEETING
from annotator.suggest.attribution.nouns import HEADS, RELATIVES, is_spokesman, name_end, source_spans
from annotator.suggest.attribution.objects import claims_of
from annotator.suggest.attribution.phrases import CAME, INTRODUCING, PHRASE_STARTERS, came_at, introduced_at, phrase_at
from annotator.suggest.attribution.statement import Statement
from annotator.suggest.attribution.subjects import (
    antecedent,
    at_head,
    is_led,
    many_before,
    sentence_subject,
    subject_before,
    subject_end,
    subject_start,
    that_follows,
)
from annotator.suggest.attribution.tokens import COMMAS, QUOTES, Tokens
from annotator.suggest.attribution.verbs import (
    ABOUT,
    NOUNS,
    PARTICIPLES,
    THAT,
    THAT_PRONOUN,
    TO,
    VERBS,
    Cue,
    folded,
)
from annotator.text.folding import folded_text
from annotator.text.offsets import Span


_CARRY = {folded_text("نقل"): ABOUT, folded_text("نسب"): TO}
_LEARN = folded(("علم",))
_BETWEEN, _IMPERSONAL = folded(("بين",)), folded(lexicon.IMPERSONAL)
_STARTERS = frozenset({*VERBS, *PARTICIPLES, *NOUNS, *PHRASE_STARTERS, *CAME, *INTRODUCING})
_EXPLAINING = folded(("برر", "علل", "فسر", "أرجع", "عزا"))
_THIS_TOO = folded_text("هذا")
_THIS = folded(("ذلك", "بذلك"))
_NEAR = 4
_ADVERBIAL = folded(("عبر", "أبرز"))
_WHAT = folded(("ما", "مما"))
_WAS = folded(("كان", "كانت", "وكان", "وكانت"))
_BEFORE_NOUN = folded(
    ("من", "في", "عن", "على", "إلى", "بعد", "قبل", "مع", "بين", "كل", "ومن", "وفي", "مما", "كي", "بمجرد")
)
_BEFORE_WISH = folded(("أن", "بأن", "لم", "لن", "ولم", "ولن", "أو"))
_NOBODY = folded(("تعالى", "الله", "سبحانه", "جل", *speakers.NO_SPEAKER))


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
        if not statement.sources and statement.claims and statement.inherits and not _is_begun(line, found, number):
            statement.sources = many_before(line, number) or sentence_subject(line, number)
        found.append(statement)
        busy = max(busy, _behind(line, statement))
    return _continued(line, found)


def _behind(line: Tokens, statement: Statement) -> int:
    """The first token behind a statement that may be the cue of another: none within what is quoted."""
    direct = [claim.end for claim in statement.claims if claim.quote == "direct"]
    if direct:
        return bisect_left(line.starts, direct[-1])
    return bisect_left(line.starts, statement.claims[0].start) if statement.kind == "carried" else 0


def _is_begun(line: Tokens, found: list[Statement], number: int) -> bool:
    """Whether a source was named before in the sentence of a cue."""
    first = line.starts[line.firsts[number]]
    return any(one.sources for one in found[-_NEAR:] if one.cue[0] >= first)


def _continued(line: Tokens, found: list[Statement]) -> list[Statement]:
    """The statements with what goes on in the next sentences: behind a colon, or in a quotation that goes on."""
    if not found:
        return []
    sentences = [line.firsts[bisect_left(line.starts, statement.cue[0])] for statement in found]
    spoken = set(sentences)
    result: list[Statement] = []
    for statement, sentence, following in zip(found, sentences, [*sentences[1:], len(line)], strict=True):
        result.append(statement)
        first = line.limits[sentence]
        last = _last_of_speech(line, statement, first, following)
        while first < last:
            if first not in spoken and (claims := claims_from(line, first, line.limits[first], colon=True)[0]):
                result.append(Statement(statement.cue, [], claims, "continued", feminine=statement.feminine))
            first = line.limits[first]
    return result


def _last_of_speech(line: Tokens, statement: Statement, first: int, following: int) -> int:
    """How far speech goes on behind its sentence, which ends before `first`; the next cue stands at `following`."""
    if not statement.claims:
        return first
    if _is_open(line, statement.claims[0]):
        return following
    start, behind = (bisect_left(line.starts, edge) for edge in (statement.claims[0].start, statement.claims[-1].end))
    closing = (line.partner.get(n, 0) for n in range(start, behind) if line.keys[n] in QUOTES)
    return max(closing, default=first)


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
    if key in CAME:
        return came_at(line, number)
    if key in INTRODUCING:
        return introduced_at(line, number)
    if key in VERBS:
        return _said(line, number, VERBS[key])
    if key in PARTICIPLES:
        return _gone_on(line, number, PARTICIPLES[key])
    return announced_at(line, number, NOUNS[key]) if number and line.keys[number - 1] not in THAT else None


def _said(line: Tokens, number: int, cue: Cue) -> Statement | None:
    """What a verb of saying introduces, with its subject behind or before it."""
    if cue.lemma in _CARRY and (statement := carried(line, number, _CARRY[cue.lemma])):
        return statement
    limit = line.limits[number]
    if explained := _explained(line, number, cue):
        return explained
    if line.key(number + 1) in _THIS:
        return _said_before(line, number, cue)
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
        sources = informants(line, end, limit) or sources
    if not claims and cue.lemma in MEETING:
        kind = "met"
    spoken = claims or (sources and _may_speak_on(line, number, start, end, cue))
    if not spoken or (line.key(number - 1) in RELATIVES and not sources):
        return None
    carriers = told(line, end, limit) if claims else []
    quoted = cited(line, end, limit) if claims and sources else []
    if quoted:
        sources, carriers = quoted, sources
    return Statement(_cue_span(line, number), sources, claims, kind, carriers, cue.feminine)


def _explained(line: Tokens, number: int, cue: Cue) -> Statement | None:
    """How somebody explains what was told: وبرروا هذا برغبتهم في …, وأرجعت ذلك إلى …."""
    told, following = line.key(number + 1), line.key(number + 2)
    explains = cue.lemma in _EXPLAINING and (told in _THIS or told == _THIS_TOO)
    if not explains or not (following == TO or following.startswith("ب")):
        return None
    claims = claims_from(line, number + 1 + (following != TO), line.limits[number])[0]
    return Statement(line.span(number, number + 1), [], claims, "verb", feminine=cue.feminine)


def _said_before(line: Tokens, number: int, cue: Cue) -> Statement | None:
    """What stands before «أوضح ذلك فلان»: the clause before, or the sentence before."""
    limit = line.limits[number]
    end = name_end(line, number + 2, limit)
    claims = clause_before(line, number)
    if not claims or end == number + 2 or cue.needs_that or not cue.claims:
        return None
    return Statement(line.span(number, number + 1), source_spans(line, number + 2, end), claims, "verb")


def _cue_span(line: Tokens, number: int) -> Span:
    """The span of a verb with كان where that stands right before it."""
    return line.span(number - (line.key(number - 1) in _WAS and number > line.firsts[number]), number + 1)


def _gone_on(line: Tokens, number: int, cue: Cue) -> Statement | None:
    """What a participle introduces that goes on from a verb before it."""
    if is_spokesman(line, number):
        return None
    claims = claims_of(line, number, cue, number + 1, line.limits[number])
    return Statement(line.span(number, number + 1), [], claims, "participle") if claims else None


def _source_before(line: Tokens, number: int, claims: bool) -> list[Span]:
    if line.key(number - 1) in RELATIVES:
        return antecedent(line, number - 1) if claims else []
    return subject_before(line, number)


def _is_saying(line: Tokens, number: int, cue: Cue, start: int, end: int) -> bool:
    """Whether a form is the verb of saying that it looks like, and says who speaks."""
    if (
        _is_no_verb(line, number, cue)
        or line.key(start) in _NOBODY
        or (end == start and _is_impersonal(line, number, cue))
    ):
        return False
    if line.key(number - 1) in _WHAT and not that_follows(line, end):
        return False
    if cue.needs_that and (line.key(number - 1) in RELATIVES or not that_follows(line, end)):
        return False
    if cue.lemma in _BETWEEN and not cue.imperfect and not cue.feminine:
        return number <= line.firsts[number] + 1 and that_follows(line, end)
    return cue.lemma not in _LEARN or (cue.feminine and not cue.imperfect)


def _is_no_verb(line: Tokens, number: int, cue: Cue) -> bool:
    """Whether a form is a noun behind a preposition, من كتب, or what somebody is only meant to say, أن يؤكد."""
    before = line.key(number - 1)
    if cue.joined:
        return False
    if cue.lemma in MAY_BE_OTHER and not cue.imperfect and not cue.feminine and not at_head(line, number):
        return True
    if cue.lemma in _ADVERBIAL and not cue.feminine and number > line.firsts[number] and before not in COMMAS:
        return True
    return before in _BEFORE_NOUN or (cue.imperfect and before in _BEFORE_WISH)


def _may_speak_on(line: Tokens, number: int, start: int, end: int, cue: Cue) -> bool:
    """Whether the subject of a verb without a claim may be the source of the next one."""
    if end == start:
        return True  # it stands before its verb
    if cue.needs_that or cue.lemma in MAY_BE_OTHER or line.keys[start].startswith("ب"):
        return False
    if line.keys[start].endswith(("ها", "هم")) and line.keys[start] not in HEADS:
        return False  # what belongs to somebody: تروي قصتها
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
