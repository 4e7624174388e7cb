"""A document cut into what the models tag, and what they say about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from annotator.suggest.contract import DocumentView
from annotator.suggest.learned.crf import Items, Tagger, items_of
from annotator.suggest.learned.line_features import line_features
from annotator.suggest.learned.model import Model
from annotator.suggest.learned.tags import OUT, Found, Tagged, token_spans
from annotator.suggest.learned.token_features import Token, token_features, tokens
from annotator.suggest.lines import Line, lines


LINES_AT_ONCE = 1_000
TOKENS_AT_ONCE = 400
"""Longer documents and lines are tagged piece by piece: time and memory stay in proportion to the text."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Tokens of one line, as many as are tagged at once.

    Attributes:
        offset: Where the line starts.
        tokens: The tokens; their spans are of the line.
        items: Their features.
    """

    offset: int
    tokens: list[Token]
    items: Items


@dataclass(frozen=True, slots=True)
class Reading:
    """What the models say about a document.

    Attributes:
        lines: Its lines that are not blank.
        tagged: The tag of each of them.
        found: The spans of tokens, label by label, in order.
        doubt: The mean of what is missing to a probability of 1, over lines and over tokens, 0 to 1.
    """

    lines: list[Line]
    tagged: list[Tagged]
    found: list[Found]
    doubt: float


def pieces_of_lines(view: DocumentView, some: Sequence[Line]) -> Iterator[tuple[slice, Items]]:
    """The lines of a document, in pieces that are tagged at once: which ones, and their features."""
    features = line_features(view, some)
    for first in range(0, len(some), LINES_AT_ONCE):
        piece = slice(first, min(first + LINES_AT_ONCE, len(some)))
        yield piece, items_of([next(features) for _ in some[piece]])


def pieces_of_line(view: DocumentView, line: Line) -> Iterator[Piece]:
    """The tokens of a line, in pieces that are tagged at once."""
    headline = _is_headline(view, line)
    all_tokens = tokens(line.text)
    for first in range(0, len(all_tokens), TOKENS_AT_ONCE):
        some = all_tokens[first : first + TOKENS_AT_ONCE]
        yield Piece(line.start, some, items_of(token_features(some, headline=headline)))


def _is_headline(view: DocumentView, line: Line) -> bool:
    if view.title_span is None:
        return line.number == 0
    return view.title_span[0] < line.end and line.start < view.title_span[1]


class Reader:
    """Reads documents by a model; the last one is remembered. One thread at a time."""

    def __init__(self, model: Model) -> None:
        self._lines = Tagger(model.lines) if model.lines else None
        self._layers = {label: Tagger(part) for label, part in sorted(model.layers.items())}
        self._last: tuple[DocumentView, Reading] | None = None

    def read(self, view: DocumentView) -> Reading:
        """What the models say about a document."""
        if self._last is None or self._last[0] is not view:
            self._last = (view, self._read(view))
        return self._last[1]

    def _read(self, view: DocumentView) -> Reading:
        some = lines(view.text)
        tagged = self._tag_lines(view, some)
        found: dict[str, list[Found]] = {label: [] for label in self._layers}
        missing: list[float] = []
        for line, (tag, _) in zip(some, tagged, strict=True):
            if tag != OUT:
                continue
            for piece in pieces_of_line(view, line):
                for label, tagger in self._layers.items():
                    tags = tagger.tag(piece.items)
                    found[label] += token_spans(piece.tokens, piece.offset, label, tags)
                    missing += [1 - one.probability for one in tags]
        parts = [part for part in ([1 - one.probability for one in tagged] if self._lines else [], missing) if part]
        doubt = fmean(fmean(part) for part in parts) if parts else 0.0
        return Reading(some, tagged, [one for label in found for one in found[label]], doubt)

    def _tag_lines(self, view: DocumentView, some: Sequence[Line]) -> list[Tagged]:
        if self._lines is None:
            return [Tagged(OUT, 1.0)] * len(some)
        return [tag for _, items in pieces_of_lines(view, some) for tag in self._lines.tag(items)]
