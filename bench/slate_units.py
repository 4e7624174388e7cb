"""What SLATE moves by in a text: words between spaces, or their letters, by line; and where its moves lead."""

from __future__ import annotations

from bench.slate import PLACE_OF_SCOPE, Place, Words


class Units:
    """The words or letters of a text, in order, each with a number.

    Args:
        words: The words.
        scope: "token" or "character".
    """

    def __init__(self, words: Words, scope: str) -> None:
        self._words, self._depth = words, PLACE_OF_SCOPE[scope]
        self.places: list[Place] = []
        for number, line in enumerate(words.lines):
            for word, (start, end) in enumerate(line):
                letters = range(end - start) if self._depth > 2 else range(1)
                self.places += [(number, word, letter)[: self._depth] for letter in letters]
        self.index = {place: index for index, place in enumerate(self.places)}
        self._first: dict[int, int] = {}
        self._last: dict[int, int] = {}
        for index, place in enumerate(self.places):
            self._first.setdefault(place[0], index)
            self._last[place[0]] = index
        self._filled = list(self._first)
        self._rank = {line: rank for rank, line in enumerate(self._filled)}

    def moved(self, unit: int, number: int) -> int:
        """So many units on, or back."""
        return max(0, min(unit + number, len(self.places) - 1))

    def row(self, unit: int) -> int:
        """The number of its line among those that are not empty."""
        return self._rank[self.places[unit][0]]

    def below(self, unit: int, rows: int) -> int:
        """The unit at the same place of a line so many lines below, or above."""
        rank = max(0, min(self.row(unit) + rows, len(self._filled) - 1))
        line = self._filled[rank]
        words = self._words.lines[line]
        word = min(self.places[unit][1], len(words) - 1)
        start, end = words[word]
        letter = min(self.places[unit][2], end - start - 1) if self._depth > 2 else 0
        return self.index[(line, word, letter)[: self._depth]]

    def line_start(self, unit: int) -> int:
        """The first unit of its line."""
        return self._first[self.places[unit][0]]

    def line_end(self, unit: int) -> int:
        """The last unit of its line."""
        return self._last[self.places[unit][0]]
