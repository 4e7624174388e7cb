"""A page as the rules read it: its lines with their shapes and signs, and where its article stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from annotator.errors import N_
from annotator.suggest.contract import DocumentView
from annotator.suggest.lines import Line, lines
from annotator.suggest.zones.kinds import sign_of
from annotator.suggest.zones.repetition import first_printings
from annotator.suggest.zones.shapes import Shape, shape_of
from annotator.suggest.zones.signs import SURE, Sign
from annotator.suggest.zones.topics import topic_words


OF_SITE = N_("stands in several articles of this site")
SITE_DOCUMENTS: Final = 3
"""Documents of a site in which a short line has to stand before it counts as furniture."""
SITE_WORDS: Final = 14
NOISY: Final = 2
"""Lines with a sign of their own from which a page counts as printed with its furniture."""


@dataclass(frozen=True)
class Page:
    """A page line by line; all sequences have the same length.

    Attributes:
        title: The folded title of the document, without punctuation at its ends, or "".
        lines: The lines that are not blank.
        shapes: What they look like.
        signs: The sign that each carries by itself, if any.
        first: For each the number of the first line that reads the same.
    """

    title: str
    lines: list[Line]
    shapes: list[Shape]
    signs: list[Sign | None]
    first: list[int]

    @cached_property
    def prose(self) -> list[int]:
        """The numbers of the lines that are prose and carry no sign."""
        return [number for number in range(len(self.lines)) if self.is_prose(number)]

    @cached_property
    def noise(self) -> int:
        """How many lines carry a sign that counts by itself."""
        return sum(sign is not None and not sign.weak for sign in self.signs)

    def is_prose(self, number: int) -> bool:
        """Whether a line is prose that nothing marks as furniture."""
        sign = self.signs[number]
        return self.shapes[number].prose and (sign is None or sign.weak)

    def speaks(self, number: int) -> bool:
        """Whether a line is prose or a sentence that nothing marks as furniture."""
        return self.shapes[number].speaks and not self.is_signed(number)

    def is_signed(self, number: int) -> bool:
        """Whether a line carries a sign that counts by itself."""
        sign = self.signs[number]
        return sign is not None and not sign.weak

    def repeats(self, number: int) -> bool:
        """Whether a line stands on the page more than once."""
        return self._times[self.first[number]] > 1

    @cached_property
    def _times(self) -> Counter[int]:
        return Counter(self.first)

    def words(self, numbers: Iterable[int]) -> frozenset[str]:
        """The topic words of some lines."""
        return frozenset().union(*map(self.topic, numbers))

    def topic(self, number: int) -> frozenset[str]:
        """The topic words of a line; worked out once, as lines are compared many times."""
        found = self._topics.get(number)
        if found is None:
            found = self._topics[number] = topic_words(self.lines[number].key)
        return found

    @cached_property
    def _topics(self) -> dict[int, frozenset[str]]:
        return {}


def read_page(view: DocumentView) -> Page:
    """Read a document line by line."""
    every = lines(view.text)
    shapes = [shape_of(line) for line in every]
    signs = [
        _site_sign(line, shape, view.site_lines) or sign_of(line, shape)
        for line, shape in zip(every, shapes, strict=True)
    ]
    title = " ".join(view.title.split())
    title = shape_of(Line(0, len(title), title, _key(title), 0, False)).bare if title else ""
    return Page(title, every, shapes, signs, first_printings(shapes))


def _key(text: str) -> str:
    found = lines(text)
    return found[0].key if found else ""


def _site_sign(line: Line, shape: Shape, site_lines: Mapping[str, int]) -> Sign | None:
    if not site_lines or shape.words > SITE_WORDS or shape.prose or site_lines.get(line.key, 0) < SITE_DOCUMENTS:
        return None
    own = sign_of(line, shape)
    return own if own and not own.weak else Sign(own.kind if own else "navigation", OF_SITE, line.key, SURE)
