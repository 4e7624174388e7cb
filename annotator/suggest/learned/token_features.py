"""What the model of tokens sees of a line: its words and signs, and some words about each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from annotator.suggest.learned.saying import says
from annotator.text.folding import folded_text
from annotator.text.words import words


_SENTENCE_ENDS = frozenset(".؟?!…")
_OPENING, _CLOSING, _EITHER = frozenset("«“"), frozenset("»”"), frozenset('"')
_THAT = frozenset(("ان", "انه", "انها", "انهم", "انهما", "بان", "بانه", "بانها", "لان"))
_SIGN = re.compile(r"\S")
_PREFIX = re.compile(r"^[وف]?(?:[بلك]?ال|لل|[سبلك])?(?=\w{3})")


class Token(NamedTuple):
    """A word, or a sign that is no word; its span [start, end) is of the line that it stands in."""

    start: int
    end: int
    text: str


class _Place(NamedTuple):
    """Where a token stands in its sentence.

    Attributes:
        number: How many tokens of the sentence stand before it.
        opening: The stem of the first word of the sentence.
        quoted: Whether it is inside quotation marks.
        that: The last "that" before it in the sentence, or "".
        colon: Whether a colon stands before it in the sentence.
        said: How many tokens of the sentence before it somebody is told to say something; 0 where nobody is, or here.
    """

    number: int
    opening: str
    quoted: bool
    that: str
    colon: bool
    said: int


def tokens(line: str) -> list[Token]:
    """The words of a line and the signs between them, in order."""
    found: list[Token] = []
    last = 0
    for start, end in [*words(line), (len(line), len(line))]:
        found += [Token(sign.start(), sign.end(), sign[0]) for sign in _SIGN.finditer(line, last, start)]
        if start < end:
            found.append(Token(start, end, line[start:end]))
        last = end
    return found


def token_features(line: Sequence[Token], *, headline: bool) -> list[list[str]]:
    """For each token of a line its features.

    They are the words around it, folded, with and without their prefixes, its own letters at either end, and where it
    stands in its sentence.

    Args:
        line: Tokens of a line, at least one.
        headline: Whether the line is the headline, in which a colon means that somebody speaks.
    """
    folded, stems = (list(some) for some in zip(*(_folded(token.text) for token in line), strict=True))
    stem = ["^", "^", *stems, "^", "^"]
    return [
        [
            *_letters(folded[number], stems[number]),
            f"s-1={stem[number + 1]}",
            f"s+1={stem[number + 3]}",
            f"s-2={stem[number]}",
            f"s+2={stem[number + 4]}",
            *_standing(place, headline=headline),
        ]
        for number, place in enumerate(_places(folded, stems))
    ]


@lru_cache(maxsize=50_000)
def _folded(word: str) -> tuple[str, str]:
    """A word as it is compared, digits as zeros, and the same without its prefixes."""
    folded = "0" * len(word) if word.isdigit() else folded_text(word)
    return folded, _PREFIX.sub("", folded, count=1)


def _letters(word: str, stem: str) -> list[str]:
    features = [f"w={word}", f"s={stem}"]
    if says(word):
        features.append("says")
    if len(word) > 3 and word.isalpha():
        features += [f"p={word[:2]}", f"z={word[-2:]}"]
    return features


def _standing(place: _Place, *, headline: bool) -> list[str]:
    state = f"{place.that}{':' if place.colon else ''}{'«' if place.quoted else ''}{'#' if headline else ''}"
    said = f"{min(place.said, 8)}"
    return [f"n{min(place.number, 9)}", f"o={place.opening}", f"y={state}", f"k={said}", f"ky={said}{state}"]


def _places(folded: Sequence[str], stems: Sequence[str]) -> Iterator[_Place]:
    number, opening, that, colon, quoted, said = 0, "", "", False, False, 0
    for word, stem in zip(folded, stems, strict=True):
        if not opening and word.isalnum():
            opening = stem
        closes = word in _CLOSING or (word in _EITHER and quoted)
        quoted = quoted and not closes
        yield _Place(number, opening, quoted, that, colon, said)
        quoted = quoted or word in _OPENING or (word in _EITHER and not closes)
        number, colon = number + 1, colon or word == ":"
        said = 1 if says(word) else said + (said > 0)
        that = word if word in _THAT else that
        if word in _SENTENCE_ENDS:
            number, opening, that, colon, said = 0, "", "", False, 0
