"""Going far in a few keys: to any word in sight, to what has no label yet, to a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from annotator.errors import N_, OperationError
from annotator.text.navigation import Span
from annotator.text.pages import DocumentLayout, RowId
from annotator.text.sentences import sentences
from annotator.text.words import word_at, words
from annotator.tui.desk import Desk
from annotator.tui.language import _
from annotator.tui.steps import Ask, Hint, Hints, Step, hint_letters


_LETTER = re.compile(r"[^\W_]")


def jump(desk: Desk, visible: tuple[RowId, ...]) -> Step:
    """Choose a word in sight by its letters and go to its start; behind a mark, to its end, so that it is selected.

    Args:
        desk: The desk.
        visible: The rows in sight. A fold is one place, its beginning; choosing it unfolds it.
    """
    places = sorted(set(_places(desk.layout, visible)) - {desk.cursor}, key=lambda offset: abs(offset - desk.cursor))
    if not places:
        return _("there is no other word in sight")

    def go(hint: Hint) -> Step:
        land(desk, hint.offset)
        return ""

    letters = hint_letters(len(places))
    return Hints(_("jump to a word"), tuple(map(Hint, places, letters)), go)


def land(desk: Desk, offset: int) -> None:
    """Go to the start of a word; behind a mark, to its end, so that it is selected."""
    mark, word = desk.selection.mark, desk.navigator.word(offset)
    takes_in = mark is not None and mark[0] <= offset and word is not None
    desk.go(word[1] - 1 if takes_in and word else offset)


def _places(layout: DocumentLayout, visible: tuple[RowId, ...]) -> Iterator[int]:
    """Where words and folds begin in some rows."""
    text = layout.text
    for row_id in visible:
        origin = layout.span(row_id.paragraph)[0]
        if layout.fold_at(row_id.paragraph):
            yield origin
            continue
        row = layout.row(row_id)
        for start, _end in words(text[origin + row.start : origin + row.end]):
            offset = origin + row.start + start
            word = word_at(text, offset)
            if word and word[0] == offset:  # and no word that the row above begins
                yield offset


def unlabelled(desk: Desk) -> Step:
    """Go to the next sentence on whose characters there is no annotation, round the end."""
    layout, cursor = desk.layout, desk.cursor
    here = layout.paragraph_at(cursor)
    behind = (span for span in _unlabelled(desk, range(here, len(layout))) if span[0] > cursor)
    before = (span for span in _unlabelled(desk, range(here + 1)) if span[0] <= cursor)
    for start, _end in chain(behind, before):
        desk.go(start)
        return "" if start > cursor else _("on from the start of the document")
    return _("every sentence has a label")


def _unlabelled(desk: Desk, paragraphs: range) -> Iterator[Span]:
    """The sentences of some paragraphs that have letters and no annotation, found one after the other as needed."""
    layout, state = desk.layout, desk.session.state
    for number in paragraphs:
        start, end = layout.span(number)
        if layout.fold_at(number) is not None:
            continue  # labelled as furniture, or suggested to be
        if any(found.start <= start and end <= found.end for found in state.overlapping(start, end)):
            continue
        for first, last in sentences(layout.text[start:end]):
            span = start + first, start + last
            if next(state.overlapping(*span), None) is None and _LETTER.search(layout.text, *span):
                yield span


def line(desk: Desk) -> Step:
    """Ask for a line of the text and go to it."""
    layout = desk.layout
    here = layout.paragraph_at(desk.cursor) + 1

    def go(typed: str) -> Step:
        if typed.strip():
            desk.go(layout.span(_line_number(typed.strip(), len(layout)) - 1)[0])
        return ""

    return Ask(_("Line (1–{last}, this is {here}):", last=len(layout), here=here), "", go)


def _line_number(typed: str, last: int) -> int:
    """A typed number in any digits.

    Raises:
        OperationError: It is none, or no line has it.
    """
    number = int(typed) if typed.isdecimal() and len(typed) < 20 else 0
    if not 1 <= number <= last:
        raise OperationError(N_("“{typed}” is no line here; type a number from 1 to {last}"), typed=typed, last=last)
    return number
