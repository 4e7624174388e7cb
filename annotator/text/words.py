r"""Words as a reader of Arabic sees them, for moving the cursor and growing a selection.

A word is letters, digits and `_` with their marks and tatweel: `\w` of the `re` module leaves the marks out. Invisible
joiners and direction marks (ZWNJ, ZWJ, LRM, RLM, ALM) are part of a word inside it, not at its edges; so are
`. , / : -` and the Arabic decimal and thousands separators, between two digits. Quotes and other punctuation never are.
"""

from __future__ import annotations

import re

from annotator.text.offsets import Span


MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Latin, Cyrillic, Hebrew
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"  # Arabic
    "\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
"""The marks that words in Arabic news carry, for use inside the brackets of a regular expression."""

_LETTER = rf"\w{MARKS}"
_UNSEEN = "\u061c\u200c-\u200f"
_SEPARATOR = ".,/:٫٬-"
_WORD = re.compile(rf"[{_LETTER}]+(?:(?:[{_UNSEEN}]+|(?<=\d)[{_SEPARATOR}](?=\d))[{_LETTER}]+)*")
_IN_WORD = re.compile(rf"[{_LETTER}]")
_NEVER_IN_WORD = re.compile(rf"[^{_LETTER}{_UNSEEN}{_SEPARATOR}]")
_WINDOW = 256  # characters; longer than nearly every word


def words(text: str) -> list[Span]:
    """The spans of all words, in order."""
    return [match.span() for match in _WORD.finditer(text)]


def word_at(text: str, offset: int) -> Span | None:
    """The word that the character at `offset` is part of; None on a space, on punctuation and outside the text."""
    if not 0 <= offset < len(text) or _NEVER_IN_WORD.match(text, offset):
        return None
    for match in _WORD.finditer(text, _behind_last(_NEVER_IN_WORD, text, offset)):
        if match.end() > offset:
            return match.span() if match.start() <= offset else None
    return None


def next_word(text: str, offset: int) -> int:
    """The start of the first word behind `offset` and behind the word there; the text's length where none follows."""
    word = word_at(text, offset)
    following = _WORD.search(text, word[1] if word else max(offset, 0))
    return following.start() if following else len(text)


def previous_word(text: str, offset: int) -> int:
    """The start of the last word that starts before `offset`; 0 where there is none."""
    word = word_at(text, _behind_last(_IN_WORD, text, min(offset, len(text))) - 1)
    return word[0] if word else 0


def _behind_last(pattern: re.Pattern[str], text: str, offset: int) -> int:
    """The offset behind the last character before `offset` that `pattern` matches, or 0.

    It looks back window by window, so that its cost does not grow with the text.
    """
    end = offset
    while end > 0:
        start = max(0, end - _WINDOW)
        found = pattern.search(text[start:end][::-1])
        if found:
            return end - found.start()
        end = start
    return 0
