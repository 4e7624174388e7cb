"""The inflected forms of the cues, folded, and what may follow each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from annotator.suggest.attribution import lexicon
from annotator.text.folding import folded_text


@dataclass(frozen=True, slots=True)
class Cue:
    """A form of a verb, participle or noun of saying.

    Attributes:
        lemma: The folded dictionary form.
        feminine: Whether its subject is feminine.
        joined: Whether a و or ف stands before it.
        imperfect: Whether it is a verb in the imperfect.
        objects: The folded prepositions before an object that is the claim; "" is none.
        claims: Whether it can introduce a claim at all.
        needs_that: Whether it introduces one only with أن right behind its subject.
        inherits: Whether it is a noun that no name follows, as in تأكيده or بدعوى.
    """

    lemma: str
    feminine: bool
    joined: bool
    imperfect: bool
    objects: tuple[str, ...]
    claims: bool = True
    needs_that: bool = False
    inherits: bool = False


_PRONOUNS = ("ه", "ها", "هم", "هما", "هن", "نا", "ني", "ي")
_WITH_DUAL = ("قال", "ذكر")
"""Short verbs whose dual is no noun, as كشفا is."""
_TOLD = ("ه", "ها", "هم", "نا", "ني")


def folded(words: tuple[str, ...]) -> frozenset[str]:
    """Words as tokens are compared."""
    return frozenset(folded_text("\n".join(words)).split("\n"))


def _forms(perfect: str, imperfect: str) -> dict[tuple[bool, bool], list[str]]:
    """Third-person forms by (feminine, imperfect), in ordinary spelling; no imperfect where it is "-"."""
    stem = perfect[:-1] if perfect[-1] in "ىا" and len(perfect) > 2 else perfect
    dual = [perfect + "ا"] if len(perfect) > 3 or perfect in _WITH_DUAL else []
    forms = {(False, False): [perfect, stem + "وا", *dual], (True, False): [stem + "ت", stem + "تا"]}
    rest = imperfect[1:]
    if rest:
        plural = rest[:-1] if rest[-1] in "ىيو" else rest
        forms[False, True] = ["ي" + rest, "ي" + plural + "ون", "ي" + plural + "ان"]
        forms[True, True] = ["ت" + rest]
    return forms


def _verbs() -> dict[str, Cue]:
    found: dict[str, Cue] = {}
    for claims, verbs in ((False, lexicon.MEETING), (False, lexicon.ACTING), (True, lexicon.SAYING)):
        for verb in verbs:
            perfect, imperfect = verb.split()
            for (feminine, late), forms in _forms(perfect, imperfect).items():
                cue = _cue_of(perfect, feminine=feminine, imperfect=late, claims=claims)
                _add_prefixed(found, forms, cue)
                if perfect in lexicon.WITH_PRONOUN:
                    told = [form + pronoun for form in forms for pronoun in _TOLD]
                    needs_that = cue.needs_that and perfect not in lexicon.JUDGING
                    _add_prefixed(found, told, replace(cue, needs_that=needs_that))
    return found


def _cue_of(perfect: str, *, feminine: bool, imperfect: bool, claims: bool) -> Cue:
    objects = tuple(map(folded_text, lexicon.OBJECTS.get(perfect, ())))
    needs_that = perfect in lexicon.WITH_THAT or (imperfect and perfect in lexicon.WITH_THAT_IN_IMPERFECT)
    return Cue(folded_text(perfect), feminine, False, imperfect, objects, claims, needs_that)


def _add_prefixed(found: dict[str, Cue], forms: list[str], alone: Cue) -> None:
    """Add forms with what may be joined to their heads: وقال, فقال, سيقول, وسيقول."""
    joined = replace(alone, joined=True)
    for key in folded_text(" ".join(forms)).split():
        found[key] = alone
        found["و" + key] = found["ف" + key] = joined
        if alone.imperfect:
            found["س" + key], found["وس" + key] = alone, joined


def _participles() -> dict[str, Cue]:
    found: dict[str, Cue] = {}
    for masculine in lexicon.PARTICIPLES + lexicon.WISHES:
        objects = tuple(map(folded_text, lexicon.PARTICIPLE_OBJECTS.get(masculine, ())))
        claims = masculine not in lexicon.WISHES
        stem = masculine[:-1]
        plural = stem.removesuffix("ي") + "ين"
        for form in (masculine, stem + "ة", plural, stem + "ا"):
            for prefix in ("", "و"):
                found[folded_text(prefix + form)] = Cue(
                    folded_text(masculine), form[-1] == "ة", False, False, objects, claims
                )
    for word in lexicon.BY_SAYING:
        objects = tuple(map(folded_text, lexicon.PARTICIPLE_OBJECTS.get(word, ())))
        found[folded_text(word)] = Cue(folded_text(word), False, False, False, objects)
    return found


def _nouns() -> dict[str, Cue]:
    """Nouns of saying with what is joined to them: وتأكيده, لقوله, بتصريح; a pronoun tells that no name follows."""
    found: dict[str, Cue] = {}
    for noun in lexicon.NOUNS:
        stem = noun.replace("ة", "ت") if noun.endswith("ة") else noun
        for form, inherits in ((noun, False), *((stem + pronoun, True) for pronoun in ("ه", "ها", "هم"))):
            for prefix in ("", "و", "ب", "ل"):
                found[folded_text(prefix + form)] = Cue(folded_text(noun), False, False, False, (), inherits=inherits)
    return found | {key: Cue(key, False, False, False, (), inherits=True) for key in folded(lexicon.PRETEXTS)}


IN, TO, FROM, ABOUT, ON = map(folded_text, ("في", "إلى", "من", "عن", "على"))
VERBS = _verbs()
PARTICIPLES = _participles()
NOUNS = _nouns()

THAT = frozenset({"ان", "بان"})
THAT_PRONOUN = frozenset(that + pronoun for that in THAT for pronoun in _PRONOUNS)
AND_THAT = frozenset("و" + that for that in THAT)
AND_THAT_PRONOUN = frozenset("و" + that for that in THAT_PRONOUN)
