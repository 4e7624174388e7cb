"""Rows as terminals want them that reorder by themselves.

A screen is made of rows as they are to be seen. A terminal that applies the Unicode bidirectional algorithm (UAX #9) to
each row must get another order: one that comes out as the row was meant. The rows hold more than text (gutters, panels
side by side), so this is not the text's own logical order: each stretch of right-to-left letters is turned round where
it stands, and everything else stays in its column. For that to come out, every stretch needs a strong left-to-right
character behind it:

- U+200E, which takes no column, for terminals that heed it (VTE, Konsole);
- U+2800, the blank of Braille, in place of a space, for those that throw U+200E away (PuTTY). To bidi it is a letter.

Letters stay in presentation forms. From others PuTTY and Konsole would draw lam and alef in one column and leave the
next one empty; Konsole does so even from these, unless U+200D stands between them. To VTE it is all the same, but tmux
takes U+200D for one that makes an emoji of two, and puts both letters into one column.
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

from annotator.text.bidi import mirrored
from annotator.text.ucd import BRACKETS, MIRROR


MARK = "\u200e"
BLANK = "\u2800"
JOINER = "\u200d"
JOINED_LAMS = ("\ufedf", "\ufee0")

Glyph = tuple[str, Style | None, int]
"""What stands in a cell, its look, its columns."""

_KINDS = {"R": "R", "AL": "R", "AN": "A", "EN": "E", "L": "L", "CS": ",", "ES": "t", "ET": "t"}

_NUMBER = "(?:E+(?:,E+)*|A+(?:,A+)*)"
_DIGITS = re.compile(_NUMBER)
_FIRST_SPACE = re.compile("[^RL ]*( )(?=[^RL]*R)")
_SEPARATING_SPACE = re.compile("[nmbt,]*( )(?=[nmbt, ]*[RAE])")


def _stretch(between: str) -> re.Pattern[str]:
    """What is turned round together: letters, with what stands between them and is neither a space nor a bracket.

    A bracket could find its partner outside, and would then take the direction of both.
    A number behind a word, with no space between, belongs there too, where another word comes before it: by itself it
    could not be kept on its side of the word without U+200E.
    """
    word = f"R(?:[{between}t]*R)*"
    return re.compile(f"{word}(?:[{between}]*{_NUMBER}[{between} ]*{word})*|A+")


_STRETCH, _STRETCH_WITHOUT_MIRRORED = _stretch("nm,"), _stretch("n,")


def in_logical_order(
    strip: Strip, *, mirrors: bool = True, keeps_lam_apart: bool = True
) -> tuple[Strip, tuple[int, ...]]:
    """A whole row of the screen in the order in which a terminal that reorders shows it as it is.

    Args:
        strip: The row as it is seen.
        mirrors: Whether the terminal mirrors quotation marks that it turns round; Konsole does not.
        keeps_lam_apart: Whether U+200D is put behind a lam that joins.

    Returns:
        The row to write, and for each of its columns the one that it is seen at.
    """
    glyphs = list(_glyphs(strip))
    if keeps_lam_apart:
        glyphs = [(text + JOINER if text[0] in JOINED_LAMS else text, style, width) for text, style, width in glyphs]
    kinds = "".join(_kind(text) for text, _, _ in glyphs)
    order = list(range(len(glyphs)))
    stretch = _STRETCH if mirrors else _STRETCH_WITHOUT_MIRRORED
    for number, match in enumerate(stretch.finditer(kinds)):
        if not number and match.start():
            _mark(glyphs, 0)
            _separate(glyphs, _FIRST_SPACE.match(kinds))
        start, end = match.span()
        order[start:end] = _turned(kinds, start, end)
        _mirror(glyphs, kinds, start, end)
        _mark(glyphs, order[end - 1])
        _separate(glyphs, _SEPARATING_SPACE.match(kinds, end))
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
                yield text[start:index], style, cell_len(text[start])
                start = index


def _kind(glyph: str) -> str:
    """What a glyph is to bidi.

    R is a letter from the right, L one from the left, A an Arabic-Indic digit, E another one, a comma what may stand
    between two digits of a number, t what may belong to one, b a bracket, m what else is mirrored, n the rest.
    """
    char = glyph[0]
    if glyph == " ":
        return " "
    if char in BRACKETS:
        return "b"
    return _KINDS.get(unicodedata.bidirectional(char)) or ("m" if char in MIRROR else "n")


def _turned(kinds: str, start: int, end: int) -> list[int]:
    """The places of a stretch from the right, but for numbers, which read from the left."""
    order = list(range(end - 1, start - 1, -1))
    for match in _DIGITS.finditer(kinds, start, end):
        first, last = end - match.end(), end - match.start()
        order[first:last] = reversed(order[first:last])
    return order


def _mirror(glyphs: list[Glyph], kinds: str, start: int, end: int) -> None:
    """Take the mirror images of what the terminal draws the mirror images of."""
    for index in range(start, end):
        if kinds[index] == "m":
            text, style, width = glyphs[index]
            glyphs[index] = mirrored(text[0]) + text[1:], style, width


def _separate(glyphs: list[Glyph], space: re.Match[str] | None) -> None:
    """Put a blank that counts as a letter in the place of a space, so that it keeps what is beside it apart."""
    if space:
        _, style, width = glyphs[space.start(1)]
        glyphs[space.start(1)] = BLANK, style, width


def _mark(glyphs: list[Glyph], index: int) -> None:
    text, style, width = glyphs[index]
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
