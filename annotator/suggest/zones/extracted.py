"""What an extractor says of the same page, beside what the rules say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from annotator.suggest.lines import Line
from annotator.suggest.zones.bodies import Frame
from annotator.suggest.zones.page import Page
from annotator.suggest.zones.zoned import Zone, Zoned, outside


Spans = Sequence[tuple[int, int]]


def with_extracted(page: Page, frame: Frame, zoned: list[Zoned], main: Spans) -> list[Zoned]:
    """The zones, changed where an extractor's choice of the article tells more.

    A line that it took is furniture only by a sign of its own that counts; a line that it left out and that is no
    prose is furniture, but for the headline and for single lines between two that it took (sub-headings, which
    extractors drop). Prose that the rules take for the article stays so, unless it stands above the first paragraph.

    Args:
        page: The page.
        frame: Where its article begins.
        zoned: The zones by the rules, one for each line.
        main: The spans [start, end) that the extractor took, in order.
    """
    taken = [_is_in(line, main) for line in page.lines]
    found = list(zoned)
    for number, one in enumerate(zoned):
        if taken[number]:
            if one.zone is Zone.FURNITURE and not page.is_signed(number) and page.first[number] == number:
                found[number] = Zoned(one.line)
            continue
        spared = number == frame.title or _is_between(taken, number)
        if one.zone is Zone.BODY and not spared and (not page.shapes[number].prose or number < frame.start):
            found[number] = outside(page, number)
    return found


def _is_in(line: Line, main: Spans) -> bool:
    place = bisect_right(main, (line.start, line.end + 1)) - 1
    near = main[max(0, place) : place + 2]
    return any(min(end, line.end) - max(start, line.start) > (line.end - line.start) / 2 for start, end in near)


def _is_between(taken: list[bool], number: int) -> bool:
    return 0 < number < len(taken) - 1 and taken[number - 1] and taken[number + 1]
