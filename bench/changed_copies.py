"""Copies of a text with changes whose places are known: what a projection should find can be told from them.

Words are changed, put in and left out, paragraphs left out, put in and swapped; half of those that stay are spelled
another way, as the sites of copies do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from annotator.duplicates.passages import LEAST_LETTERS
from annotator.text.offsets import Span
from annotator.text.words import words


OTHER_SPELLING = str.maketrans({"أ": "ا", "إ": "ا", "ى": "ي", "ة": "ه", '"': "”", "«": "“", "»": "”"})
SHORT = 8
"""Words; a paragraph with fewer is neither left out nor swapped."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How often, 0 to 1, a word is changed, put in or left out, and a paragraph put in or left out."""

    changed: float = 0.05
    put_in: float = 0.02
    left_out: float = 0.02
    paragraphs: float = 0.1


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text: its span, without punctuation, and what became of it in the copy.

    Attributes:
        source: Its span in the text.
        target: The span of it, or of what stands instead, in the copy; None where it was left out.
        kept: Whether it is still the same.
    """

    source: Span
    target: Span | None
    kept: bool


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a text, and the words of each paragraph of the text."""

    text: str
    paragraphs: Sequence[Sequence[Word]]


@dataclass(frozen=True, slots=True)
class Trial:
    """A span of a text and where it should be in the copy.

    Attributes:
        source: The span in the text, from the start of a word to the end of one in the same paragraph.
        target: Where the first and the last of its words that were not left out are; None where all were.
        kept: The share of its letters in words that are still the same.
    """

    source: Span
    target: Span | None
    kept: float


_Piece = tuple[str, int]  # what is written, and the start of what it stands for in the text, -1 for nothing


def changed_copy(text: str, others: Sequence[str], chance: Random, rates: Rates, *, swap: bool = False) -> Copy:
    """Copy a text with changes.

    Args:
        text: A text.
        others: Paragraphs to put in.
        chance: Where the changes are taken from.
        rates: How many there are.
        swap: Whether two long paragraphs that follow one another change places.
    """
    vocabulary = [text[slice(*word)] for word in words(text)]
    tokens = _tokens(text)
    copied: list[list[_Piece]] = []
    for line in tokens:
        if len(line) < SHORT or chance.random() >= rates.paragraphs:
            copied.append(_copied_line(line, vocabulary, chance, rates))
        if chance.random() < rates.paragraphs:
            copied.append([(token, -1) for token in chance.choice(others).split()])
    long = [index for index, line in enumerate(copied) if len(line) >= SHORT]
    if swap and len(long) > 1:
        place = chance.randrange(len(long) - 1)
        one, other = long[place], long[place + 1]
        copied[one], copied[other] = copied[other], copied[one]
    return Copy("\n".join(" ".join(written for written, _ in line) for line in copied), _followed(tokens, copied))


def trials(copy: Copy, chance: Random, number: int) -> list[Trial]:
    """Spans at random from what counts as a paragraph, more short ones than long ones."""
    long = [paragraph for paragraph in copy.paragraphs if _letters(paragraph) >= LEAST_LETTERS]
    found = []
    for _ in range(number):
        paragraph = chance.choice(long)
        first = chance.randrange(len(paragraph))
        some = paragraph[first : first + 1 + int(chance.random() ** 2 * 25)]
        targets = [word.target for word in some if word.target]
        letters, kept = _letters(some), _letters([word for word in some if word.kept])
        target = (targets[0][0], targets[-1][1]) if targets else None
        found.append(Trial((some[0].source[0], some[-1].source[1]), target, kept / letters))
    return found


def _letters(some: Sequence[Word]) -> int:
    return sum(word.source[1] - word.source[0] for word in some)


def _tokens(text: str) -> list[list[_Piece]]:
    """What stands between spaces, line by line, with its start."""
    found, start = [], 0
    for line in text.split("\n"):
        pieces = []
        for token in line.split(" "):
            pieces += [(token, start)] * bool(token)
            start += len(token) + 1
        found.append(pieces)
    return found


def _copied_line(line: Sequence[_Piece], vocabulary: Sequence[str], chance: Random, rates: Rates) -> list[_Piece]:
    copied: list[_Piece] = []
    respelled = chance.random() < 0.5
    for token, start in line:
        if chance.random() < rates.put_in:
            copied.append((chance.choice(vocabulary), -1))
        fate = chance.random()
        if fate < rates.left_out:
            continue
        core = _core(token)
        if core and fate < rates.left_out + rates.changed:
            copied.append((token[: core[0]] + chance.choice(vocabulary) + token[core[1] :], start))
        else:
            copied.append((token.translate(OTHER_SPELLING) if respelled else token, start))
    return copied


def _core(token: str) -> Span | None:
    """A token without the punctuation around it."""
    found = words(token)
    return (found[0][0], found[-1][1]) if found else None


def _followed(tokens: Sequence[Sequence[_Piece]], copied: Sequence[Sequence[_Piece]]) -> list[list[Word]]:
    """What became of each word."""
    places: dict[int, tuple[int, str]] = {}
    place = 0
    for line in copied:
        for written, start in line:
            places[start] = place, written
            place += len(written) + 1
        place += not line  # of an empty line only the line break
    return [[_word(*piece, places) for piece in line if _core(piece[0])] for line in tokens]


def _word(token: str, start: int, places: dict[int, tuple[int, str]]) -> Word:
    source = _moved(_core(token), start)
    if source is None:
        raise ValueError(f"no word: {token}")
    if start not in places:
        return Word(source, None, kept=False)
    place, written = places[start]
    same = token.translate(OTHER_SPELLING) == written.translate(OTHER_SPELLING)
    return Word(source, _moved(_core(written), place), same)


def _moved(span: Span | None, by: int) -> Span | None:
    return (span[0] + by, span[1] + by) if span else None
