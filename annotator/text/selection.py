"""The selection: grown step by step from the word under the cursor, or stretched from a mark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from annotator.text.navigation import Navigator, Span


STOPS = ".؟!…"


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected.

    Attributes:
        span: The code points, or None.
        rungs: The smaller selections that it grew from, to shrink back to.
        mark: The cluster, or the fold, that it stretches from, or None where no mark is set.
    """

    span: Span | None = None
    rungs: tuple[Span, ...] = ()
    mark: Span | None = None

    def grown(self, navigator: Navigator, cursor: int) -> Selection:
        """The next larger one: word → sentence → paragraph → and the next paragraph.

        Between words it begins with the next one of the sentence.
        """
        larger = next((span for span in _ladder(navigator, cursor, self.span) if _contains(span, self.span)), None)
        if larger is None:
            return self
        return Selection(larger, (*self.rungs, self.span) if self.span else ())

    def shrunk(self) -> Selection:
        """The one it grew from; none at the foot of the ladder."""
        return Selection(self.rungs[-1], self.rungs[:-1]) if self.rungs else Selection()

    def marked(self, navigator: Navigator, cursor: int) -> Selection:
        """A mark at the cursor, or the same selection without its mark."""
        if self.mark is not None:
            return replace(self, mark=None)
        unit = navigator.unit(cursor)
        return Selection(unit if unit[0] < unit[1] else None, (), unit)

    def stretched(self, navigator: Navigator, cursor: int) -> Selection:
        """From the mark to the cursor, both included; without a mark, a move ends the selection."""
        if self.mark is None:
            return Selection()
        start, end = navigator.unit(cursor)
        span = min(self.mark[0], start), max(self.mark[1], end)
        return Selection(span if span[0] < span[1] else None, (), self.mark)


def _ladder(navigator: Navigator, cursor: int, span: Span | None) -> Iterator[Span]:
    sentence = navigator.sentence(cursor)
    word = navigator.word(cursor) or navigator.word(navigator.next_word(cursor))
    if word and sentence[0] <= word[0] < sentence[1]:
        yield word
    yield without_stop(navigator, sentence)
    start, end = span or (cursor, cursor)
    start, end = navigator.paragraph(start)[0], navigator.paragraph(end)[1]
    yield start, end
    if span is not None:
        yield start, _end_of_next_paragraph(navigator, end)


def without_stop(navigator: Navigator, sentence: Span) -> Span:
    """A sentence without its full stop, which belongs to no claim; the paragraph has it."""
    start, end = sentence
    return start, start + len(navigator.layout.text[start:end].rstrip(STOPS))


def _end_of_next_paragraph(navigator: Navigator, end: int) -> int:
    """The end of the next paragraph that is not empty; a fold is one."""
    layout = navigator.layout
    for number in range(layout.paragraph_at(end) + 1, len(layout)):
        start, stop = navigator.paragraph(layout.span(number)[0])
        if start < stop:
            return stop
    return end


def _contains(span: Span, smaller: Span | None) -> bool:
    if span[0] >= span[1]:
        return False
    return smaller is None or (span[0] <= smaller[0] and smaller[1] <= span[1] and span != smaller)
