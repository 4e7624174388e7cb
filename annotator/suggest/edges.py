"""Where spans may begin and end: a letter keeps its marks, and no span begins or ends with spaces."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import cached_property

from annotator.text.graphemes import clusters
from annotator.text.visible import visible


_SPACES = re.compile(r"\s{2,}")


class Edges:
    """The edges that spans may have in a text.

    A span that was fitted consists of whole clusters, as the cursor steps over them, and the bases of its first and
    last one are no spaces. Clusters are worked out only for lines where an edge does not show by itself that it is one.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._clusters: dict[int, list[int]] = {}

    def fit(self, start: int, end: int) -> tuple[int, int]:
        """Move the edges of a span out to those of clusters, then in behind spaces.

        Args:
            start: Where the span starts, inside the text.
            end: Where it ends, behind that.

        Returns:
            The span [start, end), code points; it is empty where there was nothing but spaces.
        """
        text = self._text
        start, end = self._back(start), self._on(end)
        while start < end and text[start].isspace():
            start = self._on(self._run_of_spaces(start)[1])
        while start < end and text[last := self._back(end - 1)].isspace():
            end = self._run_of_spaces(last)[0]
        return min(start, end), end

    def _run_of_spaces(self, offset: int) -> tuple[int, int]:
        """The spaces around a space, which each are a cluster unless the last one carries marks."""
        starts, ends = self._runs
        number = bisect_right(starts, offset) - 1
        if number >= 0 and offset < ends[number]:
            return starts[number], ends[number]
        return offset, offset + 1

    def _back(self, offset: int) -> int:
        """Where the cluster around an offset starts."""
        starts = self._starts_around(offset)
        return starts[bisect_right(starts, offset) - 1] if starts else offset

    def _on(self, offset: int) -> int:
        """The first edge of a cluster from an offset on."""
        starts = self._starts_around(offset)
        return starts[bisect_left(starts, offset)] if starts else offset

    def _starts_around(self, offset: int) -> list[int]:
        """Where clusters start in the line of an offset, and its end; nothing where one starts right there."""
        if offset == len(self._text) or _starts_a_cluster(self._text[offset]):
            return []
        number = bisect_right(self._lines, offset) - 1
        if number not in self._clusters:
            start, end = self._lines[number], self._lines[number + 1] - 1
            line = visible(self._text[start:end])
            self._clusters[number] = [*(start + one for one in clusters(line, line).starts), end]
        return self._clusters[number]

    @cached_property
    def _lines(self) -> list[int]:
        """Where lines start, and where one behind the last would."""
        return [0, *(found.end() for found in re.finditer("\n", self._text)), len(self._text) + 1]

    @cached_property
    def _runs(self) -> tuple[list[int], list[int]]:
        """Starts and ends of runs of several spaces, so that a long one is passed in one step."""
        spans = [found.span() for found in _SPACES.finditer(self._text)]
        return [start for start, _ in spans], [end for _, end in spans]


def _starts_a_cluster(char: str) -> bool:
    """Whether a character is one that starts a cluster wherever it stands; letters, digits and spaces here do."""
    return char == "\n" or (char < "\u1100" and unicodedata.category(char)[0] in "LNPSZ")
