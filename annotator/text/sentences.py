"""Sentences of a paragraph, by their final punctuation.

A run of `. ؟ ? ! …` ends a sentence, with the quotes and brackets that close after it, where a space or the paragraph's
end follows. A comma, a colon or an Arabic semicolon does not, nor a full stop after single letters (د. or ق.م.) or
after a number that opens a sentence.
"""

from __future__ import annotations

import re

from annotator.errors import OffsetError
from annotator.text.offsets import Span
from annotator.text.words import MARKS


_CLOSING = "”“\"»›’')\\]}\u061c\u200c-\u200f"  # direction marks too: they stand between a full stop and the space
# The look-behind and the possessive run keep the search linear in a long run of full stops.
_END = re.compile(rf"(?<![.؟?!…])([.؟?!…]++)[{_CLOSING}]*(?=\s|\Z)")
_SPACE = re.compile(r"\s*")
_LETTER = re.compile(r"[^\W\d_]")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")

# Single letters, each with its full stop: د. أ. م. ص. ب. and ق.م. or U.S.; a tatweel may follow, as in هـ. and a title
# may carry its "and", as in ود.
_ABBREVIATION = re.compile(rf"(?<![\w{MARKS}.])(?:و(?=[دمأ]\.))?(?:[^\W\d_][\u0640{MARKS}]*\.)+\Z")
_LONGEST_ABBREVIATION = 16


def sentences(paragraph: str) -> list[Span]:
    """The sentences of one paragraph.

    Args:
        paragraph: Text without a line break.

    Returns:
        Spans in order that hold all of the paragraph but the spaces around them; none where it is blank.
    """
    ends = [match.end() for match in _END.finditer(paragraph) if not _is_abbreviation(paragraph, match)]
    last = len(paragraph.rstrip())
    if last and ends[-1:] != [last]:
        ends.append(last)

    spans: list[Span] = []
    start = seen = _behind_space(paragraph, 0)
    for end in ends:
        if spans and seen == start and not _LETTER_OR_DIGIT.search(paragraph, seen, end):
            spans[-1] = (spans[-1][0], end)  # bare punctuation belongs to what it follows
        elif end == last or _LETTER.search(paragraph, seen, end):
            spans.append((start, end))
        else:  # a number or a bullet (`1. `) belongs to what follows
            seen = end
            continue
        start = seen = _behind_space(paragraph, end)
    return spans


def sentence_at(paragraph: str, offset: int) -> Span:
    """The sentence at `offset`; on a space between two the one before, ahead of the first the first.

    Returns:
        A span of the paragraph, empty at `offset` where the paragraph is blank.

    Raises:
        OffsetError: The offset is outside the paragraph.
    """
    if not 0 <= offset <= len(paragraph):
        raise OffsetError(f"offset {offset} is outside the paragraph, which has {len(paragraph)} characters")
    spans = sentences(paragraph)
    started = [span for span in spans if span[0] <= offset]
    if started:
        return started[-1]
    return spans[0] if spans else (offset, offset)


def _behind_space(paragraph: str, offset: int) -> int:
    match = _SPACE.match(paragraph, offset)
    return match.end() if match else offset


def _is_abbreviation(paragraph: str, match: re.Match[str]) -> bool:
    full_stop = match.end(1)
    start = max(0, full_stop - _LONGEST_ABBREVIATION)
    return _ABBREVIATION.search(paragraph, start, full_stop) is not None
