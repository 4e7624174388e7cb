"""Where the article of a page begins: its headline and its first paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from annotator.suggest.zones.page import Page
from annotator.suggest.zones.phrases import SITE_PROSE
from annotator.suggest.zones.shapes import HEADLINE_WORDS, PROSE_WORDS
from annotator.suggest.zones.topics import shared, topic_words


MAIN_SHARE: Final = 0.25
"""A group of paragraphs this long beside the longest may be the article; the first such group is."""
GROUP_GAP: Final = 8
"""Lines that are no prose between two paragraphs of one group, at most."""
LEAD_WORDS: Final = 15
"""Words of a paragraph that is taken for an article's however short that is."""
SAME_TOPIC: Final = 0.15
"""Share of a shorter paragraph's words in the main ones from which it belongs to them."""
_CLOSING: Final = frozenset({"source_line", "keywords", "other"})
TITLE_WORDS: Final = range(2, 41)
ENOUGH_WORDS: Final = 5
"""Words that a headline shares with the first paragraphs, from which more do not count."""
LOWEST_TITLE: Final = 0.2
"""Score below which no line is the headline."""
FAR_ABOVE: Final = 40
"""Lines above the first paragraph among which the headline is looked for."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the article begins.

    Attributes:
        title: Number of the line of its headline at its first printing, or None where the page has none.
        start: Number of the line of its first paragraph.
    """

    title: int | None
    start: int


def find_frame(page: Page) -> Frame | None:
    """Where the article begins; None where the page has no paragraph."""
    prose = page.prose or _longer_lines(page)
    if not prose:
        return None
    start = _first_paragraph(page, prose)
    return Frame(_title(page, start), start)


def _longer_lines(page: Page) -> list[int]:
    """Lines that may be paragraphs where none reads as one."""
    return [number for number, shape in enumerate(page.shapes) if shape.words >= 10 and not page.is_signed(number)][1:]


def _groups(page: Page, prose: list[int]) -> list[list[int]]:
    groups: list[list[int]] = []
    for number in prose:
        if groups and number - groups[-1][-1] <= GROUP_GAP and not _parted(page, groups[-1][-1], number):
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def _parted(page: Page, above: int, below: int) -> bool:
    return any((sign := page.signs[number]) and sign.ends for number in range(above + 1, below))


def _first_paragraph(page: Page, prose: list[int]) -> int:
    if page.title:
        for number in range(prose[-1]):
            if page.shapes[number].bare == page.title:
                return next(one for one in prose if one > number)
    groups = _groups(page, prose)
    sizes = [sum(page.lines[number].end - page.lines[number].start for number in group) for group in groups]
    main = next(place for place, size in enumerate(sizes) if size >= MAIN_SHARE * max(sizes))
    words = page.words(groups[main][:4])
    early = (number for group in groups[:main] for number in group if _is_of_article(page, number, words))
    return _above_end(page, next(early, groups[main][0]))


def _is_of_article(page: Page, number: int, words: frozenset[str]) -> bool:
    """Whether a paragraph above the main ones, whose words are given, is of an article and not of the site."""
    if SITE_PROSE.search(page.lines[number].key):
        return False
    return page.shapes[number].words >= LEAD_WORDS or shared(page.words([number]), words) >= SAME_TOPIC


def _above_end(page: Page, start: int) -> int:
    """The first longer line instead of the first paragraph, where the article ends above that and has none."""
    ends = (number for number in range(start) if (sign := page.signs[number]) and sign.kind in _CLOSING and sign.ends)
    end = next(ends, 0)
    longer = [
        number for number in range(end) if page.shapes[number].words >= PROSE_WORDS and not page.is_signed(number)
    ]
    return longer[1] if len(longer) > 1 else start


def _title(page: Page, start: int) -> int | None:
    lead = page.words([number for number in page.prose if number >= start][:3] or [start])
    trails = [
        page.shapes[number].bare
        for number in range(start)
        if (sign := page.signs[number]) and sign.kind == "navigation"
    ]
    best, best_score = None, LOWEST_TITLE
    for number in range(max(0, start - FAR_ABOVE), start):
        shape = page.shapes[number]
        if not shape.arabic or shape.prose or shape.words not in TITLE_WORDS or page.first[number] != number:
            continue
        given = shape.bare == page.title
        if page.is_signed(number) and not given:
            continue
        score = _restated(topic_words(page.lines[number].key), lead) + 0.1 * (number / start) + given
        score += 0.4 * any(_ends_with(trail, shape.bare) for trail in trails)
        score += 0.15 if shape.words >= HEADLINE_WORDS.start else -0.3
        if score > best_score:
            best, best_score = number, score
    return best


def _restated(own: frozenset[str], lead: frozenset[str]) -> float:
    """How much of a line the first paragraphs say again, 0 to 1; more for the longer of two that they say whole."""
    return 0.7 * min(len(own & lead), ENOUGH_WORDS) / ENOUGH_WORDS + 0.3 * shared(own, lead)


def _ends_with(trail: str, title: str) -> bool:
    """Whether the way from the front page ends with a headline."""
    return len(title) > 15 and trail.endswith(title) and trail != title
