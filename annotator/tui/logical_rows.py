"""Rows as terminals want them that reorder by themselves.

A screen is made of rows as they are to be seen. A terminal that applies the Unicode bidirectional algorithm (UAX #9) to
each row must get another order: one that comes out as the row was meant. The rows hold more than text (gutters, panels
side by side), so this is not the text's own logical order: each stretch of right-to-left letters is turned round where
it stands, and everything else stays in its column. For that to come out, every stretch needs a strong left-to-right
character behind it:

- U+200E, which takes no column, for terminals that heed it (VTE, Konsole);
- U+2800, the blank of Braille, in place of a space, for those that throw U+200E away (PuTTY). To bidi it is a letter.

Letters stay in presentation forms. From others PuTTY and Konsole would draw lam and alef in one column and leave the
next one empty; Konsole does so even from these, unless U+200D stands between them. To VTE it is all the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip


MARK = "\u200e"
BLANK = "\u2800"
JOINER = "\u200d"
JOINED_LAMS = ("\ufedf", "\ufee0")

Glyph = tuple[str, Style | None, int]
"""What stands in a cell, its look, its columns."""

_KINDS = {"R": "R", "AL": "R", "AN": "A", "EN": "E", "L": "L"}

# Punctuation within a stretch is turned round with it, but for brackets: not every terminal mirrors them.
_STRETCH = re.compile("R(?:n*R)*|A+")
_SEPARATOR = re.compile("(?<=[RA])[nm]*( )(?=[nm ]*[RAE])")
_FIRST_SPACE = re.compile("[^RL ]*( )(?=[^RL]*R)")


def in_logical_order(strip: Strip) -> tuple[Strip, tuple[int, ...]]:
    """A whole row of the screen in the order in which a terminal that reorders shows it as it is.

    Returns:
        The row to write, and for each of its columns the one that it is seen at.
    """
    glyphs = list(_glyphs(strip))
    kinds = "".join(_kind(text) for text, _, _ in glyphs)
    order = list(range(len(glyphs)))
    if "R" in kinds or "A" in kinds:
        _separate(glyphs, kinds)
        for match in _STRETCH.finditer(kinds):
            start, end = match.span()
            if kinds[start] == "R":
                order[start:end] = reversed(range(start, end))
            _mark(glyphs, order[end - 1])
        _mark(glyphs, order[0])
    columns = _columns(glyphs)
    seen_at = tuple(column for index in order for column in columns[index])
    return Strip(_merged(glyphs[index] for index in order), len(seen_at)), seen_at


def _glyphs(strip: Strip) -> Iterator[Glyph]:
    """What stands in each cell; marks belong to the letter before them."""
    for segment in strip:
        text, style = segment.text, segment.style
        start = 0
        for index in range(1, len(text) + 1):
            if index == len(text) or cell_len(text[index]):
                glyph = text[start:index]
                yield glyph + JOINER if glyph[0] in JOINED_LAMS else glyph, style, cell_len(glyph[0])
                start = index


def _kind(glyph: str) -> str:
    """R is a letter from the right, L one from the left, A an Arabic-Indic digit, E another one, m what is mirrored."""
    char = glyph[0]
    if char == " ":
        return " "
    return _KINDS.get(unicodedata.bidirectional(char)) or ("m" if unicodedata.mirrored(char) else "n")


def _separate(glyphs: list[Glyph], kinds: str) -> None:
    """Put blanks that count as letters in the places of the spaces that have to keep what is beside them apart."""
    first = _FIRST_SPACE.match(kinds)
    for match in ([first] if first else []) + list(_SEPARATOR.finditer(kinds)):
        index = match.start(1)
        _, style, width = glyphs[index]
        glyphs[index] = BLANK, style, width


def _mark(glyphs: list[Glyph], index: int) -> None:
    text, style, width = glyphs[index]
    if not text.endswith(MARK):
        glyphs[index] = text + MARK, style, width


def _columns(glyphs: list[Glyph]) -> list[range]:
    columns, x = [], 0
    for _, _, width in glyphs:
        columns.append(range(x, x + width))
        x += width
    return columns


def _merged(glyphs: Iterable[Glyph]) -> Iterator[Segment]:
    for style, group in groupby(glyphs, key=itemgetter(1)):
        yield Segment("".join(text for text, _, _ in group), style)
