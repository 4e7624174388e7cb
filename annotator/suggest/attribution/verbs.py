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
    """

    lemma: str
    feminine: bool
    joined: bool
    imperfect: bool
    objects: tuple[str, ...]
    claims: bool = True


def folded(words: tuple[str, ...]) -> frozenset[str]:
    """Words as tokens are compared."""
    return frozenset(map(folded_text, words))


def _forms(perfect: str, imperfect: str) -> list[tuple[str, bool, bool]]:
    """Third-person forms as (form, feminine, imperfect), in ordinary spelling; no imperfect where it is "-"."""
    stem = perfect[:-1] if perfect[-1] in "ىا" and len(perfect) > 2 else perfect
    past = [
        (perfect, False, False),
        (stem + "ت", True, False),
        (stem + "وا", False, False),
        (perfect + "ا", False, False),
        (stem + "تا", True, False),
    ]
    rest = imperfect[1:]
    if not rest:
        return past
    plural = rest[:-1] if rest[-1] in "ىيو" else rest
    return [
        *past,
        ("ي" + rest, False, True),
        ("ت" + rest, True, True),
        ("ي" + plural + "ون", False, True),
        ("ي" + plural + "ان", False, True),
    ]


def _verbs() -> dict[str, Cue]:
    found: dict[str, Cue] = {}
    for claims, verbs in ((False, lexicon.ACTING), (True, lexicon.SAYING)):
        for verb in verbs:
            perfect, imperfect = verb.split()
            lemma, objects = folded_text(perfect), tuple(map(folded_text, lexicon.OBJECTS.get(perfect, ())))
            for form, feminine, is_imperfect in _forms(perfect, imperfect):
                alone = Cue(lemma, feminine, False, is_imperfect, objects, claims)
                joined = replace(alone, joined=True)
                key = folded_text(form)
                found |= {key: alone, "و" + key: joined, "ف" + key: joined}
                if is_imperfect:
                    found |= {"س" + key: alone, "وس" + key: joined}
    return found


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
        found[folded_text(word)] = Cue(folded_text(word), False, False, False, ())
    return found


IN, TO, FROM, ABOUT, ON = map(folded_text, ("في", "إلى", "من", "عن", "على"))
VERBS = _verbs()
PARTICIPLES = _participles()
NOUNS = {word: Cue(word, False, False, False, ()) for word in folded(lexicon.NOUNS)}

_PRONOUNS = ("ه", "ها", "هم", "هما", "هن", "نا", "ني", "ي")
THAT = frozenset({"ان", "بان"})
THAT_PRONOUN = frozenset(that + pronoun for that in THAT for pronoun in _PRONOUNS)
AND_THAT = frozenset("و" + that for that in THAT)
AND_THAT_PRONOUN = frozenset("و" + that for that in THAT_PRONOUN)
