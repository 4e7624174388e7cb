"""Clusters: what a cursor steps over and a terminal cell holds.

A cluster is a base and everything after it that takes no cell of its own. It is simpler than the grapheme clusters of
UAX #29 on purpose: the terminal decides what shares a cell, and there a family of emoji is several clusters.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


MAX_MARKS = 8
"""Combining marks that are drawn on one base; the rest of a longer stack is not."""

_DOTTED_CIRCLE = "\u25cc"
_REPLACEMENT = "\ufffd"

_NARROW, _WIDE, _UNCERTAIN, _SKIN_TONE, _MARK, _UNSEEN = "12?smu"

_NARROW_ONLY = re.compile(
    "["
    " -~\xa0-\xac\xae-\u02ff\u0370-\u0377\u0400-\u0482"
    "\u0600-\u060f\u061b\u061d-\u064a\u0660-\u066f\u0671-\u06d5\u06de\u06e9\u06ee-\u070d\u0750-\u077f"
    "\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u2199\u2400-\u2426\u2500-\u25fc"
    "\ufb50-\ufbb1\ufbd3-\ufd3f\ufe70-\ufe74\ufe76-\ufefc\ufffd"
    "]*"
)
_CLUSTER = re.compile("(1+(?![mu]))|2[mus]*|[1?s][mu]*|[mu]+")

_INVISIBLE_MARK = re.compile("[\u034f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")


@dataclass(frozen=True, slots=True)
class Clusters:
    """The clusters of one paragraph, in logical order.

    Attributes:
        starts: The code point at which each cluster starts: ascending, the first is 0.
        widths: Terminal cells of each: 0, 1 or 2.
        glyphs: What to draw for each: as wide as `widths` says, without format characters.
    """

    starts: list[int]
    widths: bytes
    glyphs: list[str]


class _Kinds(dict[int, str]):
    """Code point → what it is to a cluster, found when first asked for."""

    def __missing__(self, code: int) -> str:
        self[code] = kind = _kind(chr(code))
        return kind


def _kind(char: str) -> str:
    category = unicodedata.category(char)
    if char < _FIRST_WIDE and category[0] in "LNPSZ":
        return _NARROW
    from wcwidth import wcwidth  # most texts never ask, and it would slow every start down

    width = 0 if category in {"Mn", "Me"} else wcwidth(char)
    if "\U0001f3fb" <= char <= "\U0001f3ff":
        return _SKIN_TONE
    if width <= 0 or char == "\xad":
        drawn = category in {"Mn", "Me", "Mc", "Lo"} and not _INVISIBLE_MARK.match(char)
        return _MARK if drawn else _UNSEEN
    if width == 1:
        return _NARROW
    # Newer wide characters than this Python knows: terminals and libraries do not agree on them either.
    return _UNCERTAIN if category == "Cn" else _WIDE


_FIRST_WIDE = "\u1100"
_kinds = _Kinds()


def clusters(text: str, shaped: str) -> Clusters:
    """The clusters of one paragraph.

    A cluster that has marks but no base (only the first of a paragraph can) gets a dotted circle; one of unseen
    characters only is 0 cells wide. Unseen characters (ZWNJ, ZWJ, directional marks, variation selectors, skin tones on
    a wide base) belong to their cluster and are not drawn.

    Args:
        text: The paragraph, from `visible`.
        shaped: The same from `shape`, as long as `text`.
    """
    if _NARROW_ONLY.fullmatch(text):
        return Clusters(list(range(len(text))), b"\1" * len(text), list(shaped))
    starts: list[int] = []
    widths = bytearray()
    glyphs: list[str] = []
    kinds = text.translate(_kinds)
    for match in _CLUSTER.finditer(kinds):
        start, end = match.span()
        if match[1]:
            starts += range(start, end)
            widths += b"\1" * (end - start)
            glyphs += shaped[start:end]
        else:
            width, glyph = _cell(match[0], shaped[start:end])
            starts.append(start)
            widths.append(width)
            glyphs.append(glyph)
    return Clusters(starts, bytes(widths), glyphs)


def _cell(kinds: str, shaped: str) -> tuple[int, str]:
    """Width and glyph of one cluster."""
    marks = "".join([char for char, kind in zip(shaped, kinds, strict=True) if kind == _MARK][:MAX_MARKS])
    match kinds[0]:
        case "1":
            return 1, shaped[0] + marks
        case "2":
            return 2, shaped[0] + marks
        case "?" | "s":
            return 1, _REPLACEMENT + marks
        case _:
            return (1, _DOTTED_CIRCLE + marks) if marks else (0, "")
