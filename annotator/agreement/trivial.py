"""Which differences of boundaries are trivial: nothing but marks, punctuation, spaces or Arabic proclitics."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from annotator.text.words import MARKS


_IN_WORD = re.compile(rf"[\w{MARKS}]")
_TATWEEL = "\u0640"
_UNSEEN = ("Cf", "Cc")
_REACH = 64  # characters; more than any chain of proclitics with its marks

_QUOTES = "`´<>"
"""Signs that stand for quotation marks and are not punctuation to Unicode."""

_CHAIN = re.compile("[وف]?(?:[بك]?(?:[اٱ]ل)?|ل(?:[اٱ]?ل)?|س)")
"""Conjunction, preposition and article, or conjunction and future: each on its own, or in this order."""


def is_trivial(text: str, one_edge: int, other_edge: int, which: Literal["start", "end"]) -> bool:
    """Whether two edges differ by nothing that a reader would count.

    That is whitespace, punctuation, quotation marks, tatweel, diacritics and invisible characters; at a start also
    proclitics (و ف ب ل ك س ال, or a chain of them such as وال) at the beginning of a word, alone or beside these.
    What the letters mean is not looked at: the first letter of وزير counts as a proclitic too.

    Args:
        text: The document's text.
        one_edge: The offset of one of them.
        other_edge: The offset of the other one.
        which: Whether both are starts or both are ends of their spans.
    """
    first, last = sorted((one_edge, other_edge))
    if all(_is_slight(char) for char in text[first:last]):
        return True
    return which == "start" and _is_proclitic(text, first, last)


def _is_slight(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] in "PM" or category in _UNSEEN or char.isspace() or char == _TATWEEL or char in _QUOTES


def _is_proclitic(text: str, first: int, last: int) -> bool:
    """Whether both edges stand within the proclitics of one word, each at its start or behind complete ones."""
    start = _word_start(text, first, last)
    stop = last
    while stop > start and _is_slight(text[stop - 1]):
        stop -= 1
    before, proclitics = _letters(text[start:first]), _letters(text[start:stop])
    if not proclitics or not _CHAIN.fullmatch(before) or not _CHAIN.fullmatch(proclitics):
        return False
    if any(char.isspace() for char in text[stop:last]):
        return proclitics == "و"  # only the conjunction is ever written apart; the others are words then
    return _following(text, last).isalnum()


def _word_start(text: str, first: int, last: int) -> int:
    """Where the word starts that the edge at `first` is in, or else the first word behind it."""
    start = first
    while start < last and _is_slight(text[start]):
        start += 1
    nearest = max(start - _REACH, 0)
    while start > nearest and _is_in_word(text[start - 1]):
        start -= 1
    return start


def _is_in_word(char: str) -> bool:
    return bool(_IN_WORD.match(char)) or unicodedata.category(char) in _UNSEEN


def _letters(text: str) -> str:
    """A text without what counts for nothing; spaces stay, since no chain of proclitics has one."""
    return "".join(char for char in text if char.isspace() or not _is_slight(char))


def _following(text: str, offset: int) -> str:
    """The first letter at an offset or behind the marks there."""
    while offset < len(text) and _is_slight(text[offset]) and _is_in_word(text[offset]):
        offset += 1
    return text[offset : offset + 1]
