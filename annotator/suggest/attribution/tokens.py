"""A line as words and punctuation marks, with their pairs of quotation marks and their sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from annotator.text.folding import folded_text
from annotator.text.offsets import Span
from annotator.text.sentences import sentences
from annotator.text.words import MARKS


_WORD = rf"[\w{MARKS}\u0640\u061c\u200c-\u200f]+"
_TOKEN = re.compile(rf"{_WORD}(?:(?<=\d)[.,/:٫٬-](?=\d){_WORD})*|[^\w\s]")

_CLOSES = re.compile(r"[\w.؟!…][^\w\s](?:[\s.،؛:]|\Z)")
_ARABIC = re.compile("[ء-ي]")

OPENING = {"«": "»", "(": ")", "[": "]"}
CLOSING = frozenset(OPENING.values())
QUOTES = frozenset('"«»')
COMMAS = frozenset("،,؛;")
STOPS = frozenset(".؟!…?")
LETTERS = frozenset("ادم")
"""Of a letter, behind which a full stop ends no sentence: أ. د. م."""

_fold = lru_cache(maxsize=1 << 15)(folded_text)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a line, one list entry each.

    Attributes:
        text: The line.
        starts, ends: Offsets in the line.
        keys: The tokens folded; "" for one that folds to nothing.
        partner: The other one of a pair of quotation marks or brackets, by the number of the token, both ways.
        firsts, limits: The number of the first token of the token's sentence, and of the one behind its last.
    """

    text: str
    starts: list[int]
    ends: list[int]
    keys: list[str]
    partner: dict[int, int]
    firsts: list[int]
    limits: list[int]

    def __len__(self) -> int:
        return len(self.keys)

    def key(self, number: int) -> str:
        """The key of a token, "" outside the line."""
        return self.keys[number] if 0 <= number < len(self.keys) else ""

    def span(self, first: int, behind: int) -> Span:
        """The offsets in the line of the tokens [first, behind)."""
        return self.starts[first], self.ends[behind - 1]


def tokens_of(line: str) -> Tokens:
    """The tokens of a line without a line break."""
    matches = list(_TOKEN.finditer(line))
    starts = [match.start() for match in matches]
    keys = [_fold(match[0]) for match in matches]
    return Tokens(
        line,
        starts,
        [match.end() for match in matches],
        keys,
        _pairs(line, starts, keys),
        *_sentences(line, starts, keys),
    )


def _pairs(line: str, starts: list[int], keys: list[str]) -> dict[int, int]:
    """Which opening mark goes with which closing one. A straight mark opens when none is open, else it closes."""
    partner: dict[int, int] = {}
    opened: dict[str, int] = {}
    for number, key in enumerate(keys):
        if key in OPENING:
            opened.setdefault(OPENING[key], number)
        elif key in opened:
            first = opened.pop(key)
            partner[first], partner[number] = number, first
        elif key == '"' and not _CLOSES.match(line, max(starts[number] - 1, 0)):
            opened[key] = number
    return partner


def _sentences(line: str, starts: list[int], keys: list[str]) -> tuple[list[int], list[int]]:
    """The first token of each token's sentence, and the one behind its last."""
    edges = [bisect_left(starts, end) for _, end in sentences(line)]
    edges = [edge for edge in edges if not _is_abbreviated(keys, edge)]
    edges += [number + 1 for number, key in enumerate(keys) if key == "." and _is_glued(starts, keys, number + 1)]
    firsts: list[int] = []
    limits: list[int] = []
    for limit in sorted({*edges, len(starts)}):
        count = limit - len(firsts)
        firsts += [len(firsts)] * count
        limits += [limit] * count
    return firsts, limits


def _is_abbreviated(keys: list[str], edge: int) -> bool:
    """Whether what ends before a token is no sentence but a title: م. فلان."""
    return 2 <= edge < len(keys) and keys[edge - 1] == "." and keys[edge - 2] in LETTERS


def _is_glued(starts: list[int], keys: list[str], number: int) -> bool:
    """Whether a word follows the full stop of a sentence without a space: في المئة.وقال."""
    if not 2 <= number < len(keys) or starts[number] != starts[number - 1] + 1:
        return False
    before, word = keys[number - 2], keys[number]
    return len(before) > 2 and len(word) > 2 and _ARABIC.match(before) is not None and _ARABIC.match(word) is not None
