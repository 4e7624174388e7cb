"""Folding for search: letters that people spell or type in more than one way become one, and marks fall away.

Folded text is only ever compared; what is found is given as spans of the text that was folded.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pyarabic import araby

from annotator.text.cleaning import letters_of
from annotator.text.offsets import OffsetMap, Span, substitute


_SAME = str.maketrans(
    {
        "\u06cc": "ي",  # Farsi yeh
        "\u06a9": "ك",  # keheh
        "ى": "ي",
        "ة": "ه",
        "\u0671": "ا",  # alef wasla, and the alefs with a wavy hamza or a high one
        "\u0672": "ا",
        "\u0673": "ا",
        "\u0675": "ا",
        "\xa0": " ",
        **dict.fromkeys("“”„‟", '"'),
        **dict.fromkeys("‘’‚‛", "'"),
    }
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the map from the original to it."""

    text: str
    map: OffsetMap


class _FoldTable(dict[int, str]):
    """Code point → its folded text: none, one or several characters; worked out when one is first met."""

    def __missing__(self, code_point: int) -> str:
        folded = "".join(_fold_letter(letter) for letter in letters_of(chr(code_point)))
        self[code_point] = folded
        return folded


def _fold_letter(letter: str) -> str:
    letter = araby.strip_tatweel(araby.strip_tashkeel(letter))
    if not letter or _is_ignored(letter):
        return ""
    # "tasheel" puts every hamza letter on its bare carrier, alef madda too. Ligatures are letters already: PyArabic's
    # normalize_ligature knows four of the eight forms of lam-alef.
    letter = araby.normalize_hamza(letter, method="tasheel").translate(_SAME)
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter.casefold()


def _is_ignored(letter: str) -> bool:
    """Invisible format characters, and the Arabic marks beyond the eight that PyArabic calls tashkeel."""
    category = unicodedata.category(letter)
    return category == "Cf" or (category == "Mn" and unicodedata.name(letter, "").startswith("ARABIC"))


_FOLD = _FoldTable()


def folded_text(text: str) -> str:
    """A text as `fold` folds it, without the map."""
    return text.translate(_FOLD)


def fold(text: str) -> Folded:
    """Fold a text for search; folding a folded text changes nothing.

    Dropped marks belong to the character before them. A character that folds to one other is no edit of the map.
    """
    characters = set(text)
    dropped = "".join(sorted(character for character in characters if not _FOLD[ord(character)]))
    widened = "".join(sorted(character for character in characters if len(_FOLD[ord(character)]) > 1))
    if not dropped and not widened:
        return Folded(text.translate(_FOLD), OffsetMap.identity(len(text)))
    resized, offsets = substitute(text, _resizing(dropped, widened), lambda match: match[0].translate(_FOLD))
    return Folded(resized.translate(_FOLD), offsets)


@lru_cache(maxsize=256)
def _resizing(dropped: str, widened: str) -> re.Pattern[str]:
    """Matches what folds to another length: a character with the dropped ones after it, or one that widens."""
    drop, widen = re.escape(dropped), re.escape(widened)
    alternatives = [f"[^{drop}]?[{drop}]+"] * bool(dropped) + [f"[{widen}]"] * bool(widened)
    return re.compile("|".join(alternatives))


def find_all(needle: str, folded: Folded) -> list[Span]:
    """Every place where `needle` stands in a folded text, however either is spelled.

    Args:
        needle: What to look for, not folded; one of marks alone, or an empty one, is nowhere.
        folded: The text to look in.

    Returns:
        Spans of the original text in order, disjoint; each takes in the marks of its last letter.
    """
    wanted = fold(needle).text
    spans: list[Span] = []
    position = folded.text.find(wanted) if wanted else -1
    while position >= 0:
        span = folded.map.to_source(position, position + len(wanted))
        if not spans or span[0] >= spans[-1][1]:  # two places inside one ligature are one span
            spans.append(span)
        position = folded.text.find(wanted, position + len(wanted))
    return spans
