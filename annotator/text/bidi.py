"""The Unicode Bidirectional Algorithm for one paragraph.

Source: Unicode Standard Annex #9, revision 46 (Unicode 15), https://www.unicode.org/reports/tr9/. The names of its
rules stand beside the code. A paragraph becomes a byte string with one letter per character, its class, and most
rules are regular expressions over the letters of an isolating run sequence. Each pattern takes linear time: none can
fail once for every place of a long run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from annotator.text.ucd import BRACKETS, MIRROR


MAX_DEPTH = 125
"""The deepest embedding level (BD2)."""

MAX_BRACKETS = 63
"""How many open brackets are remembered (BD16)."""

_LETTERS = {
    **{"L": "L", "R": "R", "AL": "A", "EN": "E", "AN": "N", "ES": "+", "ET": "$", "CS": ",", "NSM": "m", "BN": "b"},
    **{"B": "P", "S": "S", "WS": "w", "ON": "o"},
    **{"LRE": "[", "RLE": "]", "LRO": "{", "RLO": "}", "PDF": "^", "LRI": "<", "RLI": ">", "FSI": "?", "PDI": "!"},
}
# A bracket that is still neutral is "(" or ")", a mark on it "n", another neutral "o".

_UNASSIGNED = (
    ("A", re.compile("[\u0600-\u07bf\u0860-\u08ff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufeff]")),
    ("A", re.compile("[\U00010d00-\U00010d3f\U00010ec0-\U00010eff\U00010f30-\U00010f6f]")),
    ("A", re.compile("[\U0001ec70-\U0001ecbf\U0001ed00-\U0001ed4f\U0001ee00-\U0001eeff]")),
    ("R", re.compile("[\u0590-\u085f\ufb1d-\ufb4f\U00010800-\U00010fff\U0001e800-\U0001efff]")),
    ("$", re.compile("[\u20a0-\u20cf]")),
    ("b", re.compile("[\u2065\ufdd0-\ufdef\ufff0-\ufff8\U000e0000-\U000e0fff]")),
)
# The defaults of DerivedBidiClass.txt for code points without a class.


class _Letters(dict[int, str]):
    """Code point → letter of its class, found when first asked for."""

    def __missing__(self, code: int) -> str:
        self[code] = letter = _letter(chr(code))
        return letter


def _letter(char: str) -> str:
    if char in BRACKETS:
        return "(" if BRACKETS[char][1] == "o" else ")"
    if assigned := unicodedata.bidirectional(char):
        return _LETTERS[assigned]
    if ord(char) & 0xFFFE == 0xFFFE:
        return "b"
    return next((letter for letter, block in _UNASSIGNED if block.match(char)), "L")


_letters = _Letters()

_ISOLATE = re.compile(rb"[<>?!]")
_STRONG_OR_ISOLATE = re.compile(rb"[LRA<>?]")
_SPECIAL = re.compile(rb"[][{}^<>?!b]")
_PIECE = re.compile(rb"[^][{}^<>?!bP]+|[^b]")
_SEPARATOR = re.compile(rb"[SP]")
_BLANKS = b"w<>?![]{}^b"
_NEUTRAL_CLASSES = bytes.maketrans(b"wSP<>?!", b"ooooooo")


@dataclass(frozen=True, slots=True)
class Levels:
    """The embedding levels of one paragraph, before rule L1, which needs to know the line.

    Attributes:
        base: The paragraph's level: 0 left to right, 1 right to left.
        levels: One level, 0 to 126, per code point. A character that rule X9 removes (embedding, override, PDF,
            boundary neutral) has the level of the one before it, or the base at the start.
    """

    base: int
    levels: bytes


def resolve(text: str, base: int | None = None) -> Levels:
    """Rules P2 to I2: the embedding level of every code point of one paragraph.

    Args:
        text: One paragraph, with or without the paragraph separator that ends it.
        base: The paragraph's level, 0 left to right or 1 right to left; None takes it from the first strong character
            (P2, P3), 0 where there is none.
    """
    classes = text.translate(_letters).encode()
    partners = _isolates(classes) if _ISOLATE.search(classes) else {}
    if base is None:
        base = _first_strong(classes, partners, 0, len(classes))
    if not _SPECIAL.search(classes):
        return Levels(base, _resolve_sequence(classes, text, _Sequence(base, base, base)))
    levels = bytearray(b"\xff" * len(text))
    for sequence in _sequences(_pieces(classes, partners, base), classes, partners, base):
        pieces = sequence.pieces
        letters = b"".join(override * (end - start) or classes[start:end] for start, end, _, override in pieces)
        resolved = _resolve_sequence(letters, "".join(text[start:end] for start, end, _, _ in pieces), sequence)
        done = 0
        for start, end, _, _ in pieces:
            levels[start:end] = resolved[done : done + end - start]
            done += end - start
    return Levels(base, _REMOVED.sub(_repeat_first, bytes([base]) + levels)[1:])


def line_levels(text: str, levels: Levels, start: int, end: int) -> bytes:
    """Rule L1 for one line: separators, and blanks before them or at the line's end, get the base level.

    Args:
        text: The paragraph that was resolved.
        levels: What `resolve` returned for it.
        start: First code point of the line.
        end: The code point after its last.

    Returns:
        The line's levels, `end - start` of them, ready for `visual_order`.
    """
    line = levels.levels[start:end]
    base = bytes([levels.base])
    if not line.strip(base):
        return line
    classes = text[start:end].translate(_letters).encode()
    result = bytearray(line)
    done = 0
    for stop in [*(match.start() for match in _SEPARATOR.finditer(classes)), len(classes)]:
        first = done + len(classes[done:stop].rstrip(_BLANKS))
        done = min(stop + 1, len(classes))
        result[first:done] = base * (done - first)
    return bytes(result)


def visual_order(levels: bytes | Sequence[int]) -> list[int]:
    """Rule L2: the indexes of a line's characters (or clusters) in visual order, from left to right."""
    levels = bytes(levels)
    order = list(range(len(levels)))
    lowest_odd = min((level for level in set(levels) if level % 2), default=MAX_DEPTH + 2)
    for level in range(max(levels, default=0), lowest_odd - 1, -1):
        for run in _at_least(level).finditer(levels):
            order[run.start() : run.end()] = order[run.start() : run.end()][::-1]
    return order


def mirrored(char: str) -> str:
    """Rule L4, for a character on an odd level: the one that looks like its mirror image, or `char` itself."""
    return MIRROR.get(char, char)


@cache
def _at_least(level: int) -> re.Pattern[bytes]:
    return re.compile(b"[\\x%02x-\\xff]+" % level)


# Explicit levels and directions: P2, P3, X1 to X10


class _Piece(NamedTuple):
    """Neighbouring characters on one level, all overridden to the class `override` unless that is empty."""

    start: int
    end: int
    level: int
    override: bytes


@dataclass(slots=True)
class _Sequence:
    """An isolating run sequence (BD13) with the levels that lie beyond its start and end (X10)."""

    level: int
    before: int
    after: int
    pieces: list[_Piece] = field(default_factory=list)


class _Status(NamedTuple):
    """An entry of the directional status stack (X1)."""

    level: int
    override: bytes
    isolate: bool


class _Embeddings:
    """The directional status stack and its three counters (X1)."""

    def __init__(self, base: int) -> None:
        self._stack = [_Status(base, b"", isolate=False)]
        self._overflow_isolates = self._overflow_embeddings = self._valid_isolates = 0

    @property
    def top(self) -> _Status:
        return self._stack[-1]

    def push(self, direction: int, override: bytes, *, isolate: bool) -> None:
        """X2 to X5b: enters the next greater level of this direction, if there is one."""
        level = self.top.level + 1
        level += level % 2 != direction
        if level <= MAX_DEPTH and not self._overflow_isolates and not self._overflow_embeddings:
            self._stack.append(_Status(level, override, isolate))
            self._valid_isolates += isolate
        elif isolate:
            self._overflow_isolates += 1
        elif not self._overflow_isolates:
            self._overflow_embeddings += 1

    def pop_isolate(self) -> None:
        """X6a."""
        if self._overflow_isolates:
            self._overflow_isolates -= 1
        elif self._valid_isolates:
            self._overflow_embeddings = 0
            while not self._stack.pop().isolate:
                pass
            self._valid_isolates -= 1

    def pop_embedding(self) -> None:
        """X7."""
        if self._overflow_isolates:
            return
        if self._overflow_embeddings:
            self._overflow_embeddings -= 1
        elif len(self._stack) > 1 and not self.top.isolate:
            self._stack.pop()


def _isolates(classes: bytes) -> dict[int, int]:
    """BD9: isolate initiator → its matching PDI."""
    partners: dict[int, int] = {}
    waiting: list[int] = []
    for match in _ISOLATE.finditer(classes):
        if match[0] != b"!":
            waiting.append(match.start())
        elif waiting:
            partners[waiting.pop()] = match.start()
    return partners


def _first_strong(classes: bytes, partners: dict[int, int], start: int, end: int) -> int:
    """P2, P3: the level that the first strong character outside any isolate asks for, 0 if there is none."""
    while match := _STRONG_OR_ISOLATE.search(classes, start, end):
        if match[0] in b"LRA":
            return int(match[0] != b"L")
        start = partners.get(match.start(), end)
    return 0


def _pieces(classes: bytes, partners: dict[int, int], base: int) -> list[_Piece]:
    """X1 to X9: what is left of the paragraph without the characters that X9 removes, with explicit levels."""
    pieces = []
    embeddings = _Embeddings(base)
    for match in _PIECE.finditer(classes):
        start, end = match.span()
        letter = match[0]
        if letter in _PUSHES:
            embeddings.push(*_PUSHES[letter], isolate=False)
            continue
        if letter == b"^":
            embeddings.pop_embedding()
            continue
        if letter == b"!":
            embeddings.pop_isolate()
        elif letter == b"P":
            embeddings = _Embeddings(base)
        pieces.append(_Piece(start, end, embeddings.top.level, embeddings.top.override))
        if letter in _ISOLATE_DIRECTIONS:
            direction = _ISOLATE_DIRECTIONS[letter]
            if direction is None:
                direction = _first_strong(classes, partners, end, partners.get(start, len(classes)))
            embeddings.push(direction, b"", isolate=True)
    return pieces


_PUSHES = {b"[": (0, b""), b"]": (1, b""), b"{": (0, b"L"), b"}": (1, b"R")}
_ISOLATE_DIRECTIONS = {b"<": 0, b">": 1, b"?": None}


def _sequences(pieces: list[_Piece], classes: bytes, partners: dict[int, int], base: int) -> list[_Sequence]:
    """X10: the isolating run sequences."""
    runs = [list(run) for _, run in groupby(pieces, key=attrgetter("level"))]
    levels = [base, *(run[0].level for run in runs), base]
    sequences = []
    suspended: dict[int, _Sequence] = {}
    for run, before, level, after in zip(runs, levels, levels[1:], levels[2:], strict=False):
        sequence = suspended.pop(run[0].start, None)
        if sequence is None:
            sequence = _Sequence(level, before, after)
            sequences.append(sequence)
        sequence.pieces += run
        last = run[-1].end - 1
        sequence.after = base if classes[last] in b"<>?" else after
        if last in partners:
            suspended[partners[last]] = sequence
    return sequences


_REMOVED = re.compile(rb"[^\xff]\xff+")


def _repeat_first(match: re.Match[bytes]) -> bytes:
    return match[0][:1] * len(match[0])


# Weak and neutral types and implicit levels: W1 to W7, N0 to N2, I1, I2

_WITH_MARKS = re.compile(rb"[^m]m+")
_FROM_ARABIC = re.compile(rb"A[^LR]*")
_EUROPEAN_SEPARATOR = re.compile(rb"E[+,](?=E)")
_ARABIC_SEPARATOR = re.compile(rb"N,(?=N)")
_TERMINATORS = re.compile(rb"\$+")
_FROM_LEFT = re.compile(rb"L[^R]*")
_BRACKET = re.compile(rb"[()]")
_RESOLVED_WITH_MARKS = re.compile(rb"[LR]n+")
_BETWEEN_LEFT = re.compile(rb"Lo++(?=L)")
_BETWEEN_RIGHT = re.compile(rb"[REN]o++(?=[REN])")

_ARABIC_NUMBERS = bytes.maketrans(b"EA", b"NR")
_LEFT_NUMBERS = bytes.maketrans(b"E", b"L")
_LONE_SEPARATORS = bytes.maketrans(b"+$,", b"ooo")
_NUMBERS_AS_RIGHT = bytes.maketrans(b"EN", b"RR")
_LEFT_OVER = bytes.maketrans(b"()n", b"ooo")

_CLOSED_BY = {
    char: unicodedata.normalize("NFD", pair if kind == "o" else char) for char, (pair, kind) in BRACKETS.items()
}
# Bracket → the closing bracket of its pair, the same one for canonical equivalents (BD16).


def _resolve_sequence(classes: bytes, text: str, sequence: _Sequence) -> bytes:
    """W1 to I2: the levels of one isolating run sequence.

    `sos` and `eos` (X10) stand as letters around the sequence, so that no rule needs a case for its ends.
    """
    level = sequence.level
    sos, eos = (b"LR"[beyond % 2 :][:1] for beyond in (max(level, sequence.before), max(level, sequence.after)))
    types = _resolve_weak(sos + classes.translate(_NEUTRAL_CLASSES) + eos)
    if b"(" in types and b")" in types:
        types = _resolve_brackets(types, text, level)
    return _resolve_neutral(types.translate(_LEFT_OVER), level)[1:-1].translate(_implicit_levels(level))


def _resolve_weak(types: bytes) -> bytes:
    """W1 to W7."""
    if b"m" in types:
        types = _WITH_MARKS.sub(_spread_to_marks, types)
    if b"E" not in types:
        types = types.replace(b"A", b"R")
        return _ARABIC_SEPARATOR.sub(b"NN", types).translate(_LONE_SEPARATORS)
    types = _FROM_ARABIC.sub(lambda match: match[0].translate(_ARABIC_NUMBERS), types)
    types = _ARABIC_SEPARATOR.sub(b"NN", _EUROPEAN_SEPARATOR.sub(b"EE", types))
    types = _TERMINATORS.sub(_join_number, types).translate(_LONE_SEPARATORS)
    return _FROM_LEFT.sub(lambda match: match[0].translate(_LEFT_NUMBERS), types)


def _spread_to_marks(match: re.Match[bytes]) -> bytes:
    """W1: marks take the class of what they stand on; those on a bracket stay recognisable for N0."""
    bearer = match[0][:1]
    return bearer + (b"n" if bearer in b"()" else bearer) * (len(match[0]) - 1)


def _join_number(match: re.Match[bytes]) -> bytes:
    """W5: terminators beside a European number belong to it."""
    start, end = match.span()
    neighbours = match.string[start - 1 : start] + match.string[end : end + 1]
    return b"E" * (end - start) if b"E" in neighbours else match[0]


def _resolve_brackets(types: bytes, text: str, level: int) -> bytes:
    """N0: a pair of brackets takes a direction from what is strong between them, and if need be before them."""
    embedding, opposite = b"LR"[level % 2], b"RL"[level % 2]
    result = bytearray(types)
    strong = bytearray(types.translate(_NUMBERS_AS_RIGHT))
    context, seen = strong[0], 0
    for opening, closing in _bracket_pairs(types, text):
        last_embedding, last_opposite = strong.rfind(embedding, seen, opening), strong.rfind(opposite, seen, opening)
        if last_embedding != last_opposite:
            context = embedding if last_embedding > last_opposite else opposite
        seen = opening
        if strong.find(embedding, opening, closing) >= 0:
            direction = embedding
        elif strong.find(opposite, opening, closing) >= 0:
            direction = context
        else:
            continue
        for bracket in (opening, closing):
            result[bracket] = strong[bracket] = direction
    return _RESOLVED_WITH_MARKS.sub(_repeat_first, bytes(result))


def _bracket_pairs(types: bytes, text: str) -> list[tuple[int, int]]:
    """BD16: places of opening and closing brackets in `types`, which is `text` after one letter for sos."""
    pairs = []
    expected: list[str] = []
    openings: list[int] = []
    for match in _BRACKET.finditer(types):
        place = match.start()
        closing = _CLOSED_BY[text[place - 1]]
        if match[0] == b"(":
            if len(openings) == MAX_BRACKETS:
                break
            expected.append(closing)
            openings.append(place)
        elif closing in expected:
            depth = len(expected) - 1 - expected[::-1].index(closing)
            pairs.append((openings[depth], place))
            del expected[depth:], openings[depth:]
    return sorted(pairs)


def _resolve_neutral(types: bytes, level: int) -> bytes:
    """N1, as far as it differs from N2: the neutrals that are left have the embedding direction."""
    if level % 2:
        return _BETWEEN_LEFT.sub(lambda match: b"L" * len(match[0]), types)
    return _BETWEEN_RIGHT.sub(lambda match: match[0].replace(b"o", b"R"), types)


@cache
def _implicit_levels(level: int) -> bytes:
    """I1, I2: a translation from types to levels."""
    steps = (1, 0, 1, 1, 0) if level % 2 else (0, 1, 2, 2, 0)
    return bytes.maketrans(b"LRENo", bytes(level + step for step in steps))
