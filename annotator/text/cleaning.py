"""Cleaning a raw text at import: out goes what cannot be seen or only disturbs, nothing that a reader would miss.

Tashkeel, the style of quotes, hamza, final yeh and teh marbuta, Farsi letters and the invisible characters that shape
words or order (ZWNJ, ZWJ, LRM, RLM, ALM) stay. The text as a whole is never normalised: NFKC would make an ellipsis
three full stops.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from annotator.text.offsets import OffsetMap, substitute


CLEANER = "clean/1"
"""The version of `STEPS`, kept with every document that they made; any change of what they do is a new version."""

_TATWEEL = "\u0640"
_UNSEEN = re.compile("[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u206f]+")
_LINE_BREAK = re.compile("[\x0b-\r\x85\u2028\u2029](?:(?<=\r)\n)?")
_PRESENTATION_FORM = re.compile("[\ufb50-\ufdfb\ufe70-\ufefc]")
_LETTER_AND_TATWEEL = re.compile(rf"([^\s{_TATWEEL}]?){_TATWEEL}+")
_SPACES = re.compile("[\t\xa0][ \t\xa0]*| [ \t\xa0]+")
_LINE_ENDS = re.compile(" ?\n[ \n]*")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text and the map from the raw text to it."""

    text: str
    map: OffsetMap


Step = Callable[[str], tuple[str, OffsetMap]]


def letters_of(character: str) -> str:
    """The letters of an Arabic presentation form, by NFKC; any other character as it is.

    The forms of a lone mark decompose to a space that carries it. The space is dropped: inside a word it would cut it.
    """
    if not _PRESENTATION_FORM.match(character):
        return character
    return _letters_of_form(character)


@lru_cache(maxsize=1024)  # more than there are presentation forms
def _letters_of_form(character: str) -> str:
    return unicodedata.normalize("NFKC", character).removeprefix(" ")


def _drop_unseen(text: str) -> tuple[str, OffsetMap]:
    return substitute(text, _UNSEEN, lambda _: "")


def _unify_line_breaks(text: str) -> tuple[str, OffsetMap]:
    return substitute(text, _LINE_BREAK, lambda _: "\n")


def _resolve_presentation_forms(text: str) -> tuple[str, OffsetMap]:
    return substitute(text, _PRESENTATION_FORM, lambda match: _letters_of_form(match[0]))


def _drop_tatweel(text: str) -> tuple[str, OffsetMap]:
    if _TATWEEL not in text:  # many times quicker than a pattern that may start at any letter
        return text, OffsetMap.identity(len(text))
    return substitute(text, _LETTER_AND_TATWEEL, lambda match: match[1])


def _join_spaces(text: str) -> tuple[str, OffsetMap]:
    return substitute(text, _SPACES, lambda _: " ")


def _trim_lines(text: str) -> tuple[str, OffsetMap]:
    return substitute(text, _LINE_ENDS, lambda match: "\n\n" if match[0].count("\n") > 1 else "\n")


def _trim_text(text: str) -> tuple[str, OffsetMap]:
    trimmed = text.strip(" \n")
    if len(trimmed) == len(text):
        return text, OffsetMap.identity(len(text))
    if not trimmed:
        return "", OffsetMap(len(text), 0, ((0, len(text), 0, 0),))
    start = len(text) - len(text.lstrip(" \n"))
    end = start + len(trimmed)
    edits = (0, start, 0, 0), (end, len(text), len(trimmed), len(trimmed))
    return trimmed, OffsetMap(len(text), len(trimmed), tuple(edit for edit in edits if edit[0] < edit[1]))


STEPS: tuple[tuple[str, Step], ...] = (
    ("unseen characters out", _drop_unseen),
    ("line breaks to LF", _unify_line_breaks),
    ("presentation forms to letters", _resolve_presentation_forms),
    ("tatweel out, of its letter", _drop_tatweel),
    ("runs of spaces to one", _join_spaces),
    ("line ends, indentation and runs of blank lines trimmed", _trim_lines),
    ("text trimmed", _trim_text),
)
"""What `clean` does, in order: some forms hold a tatweel, and what is dropped may leave spaces that meet."""


def clean(text: str) -> Cleaned:
    """Clean a raw text; cleaning a cleaned text changes nothing.

    Args:
        text: Any decoded text without lone surrogates.

    Returns:
        The cleaned text and the map raw → cleaned.
    """
    whole = OffsetMap.identity(len(text))
    for _, step in STEPS:
        text, edits = step(text)
        whole = whole.then(edits)
    return Cleaned(text, whole)
