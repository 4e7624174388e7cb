"""Where the article of a page begins: its headline and its first paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from annotator.suggest.zones.page import NOISY, Page
from annotator.suggest.zones.phrases import SITE_PROSE
from annotator.suggest.zones.shapes import HEADLINE_WORDS, PROSE_WORDS
from annotator.suggest.zones.topics import shared, topic_words


MAIN_SHARE: Final = 0.25
"""A group of paragraphs this long beside the longest may be the article; the first such group is."""
GROUP_GAP: Final = 8
"""Lines that are no prose between two paragraphs of one group, at most."""
TEASERS: Final = 4
"""Beginnings of other articles above the headline, at most."""
TITLE_NEAR: Final = 20
"""Lines above a paragraph among which its headline is looked for."""
ANNOUNCED_WORDS: Final = 3
"""Words that a headline shares with its first paragraphs, at least."""
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
    first = _first_paragraph(page, prose)
    start = _below_teasers(page, first, prose)
    lowest = max((number + 1 for number in prose if first <= number < start), default=0)
    title = _title(page, start, lowest)
    return Frame(None if title is not None and _is_teaser(page, title) else title, start)


def _is_teaser(page: Page, number: int) -> bool:
    shape = page.shapes[number]
    return shape.cut and shape.words >= LEAD_WORDS


def _below_teasers(page: Page, start: int, prose: list[int]) -> int:
    """The first paragraph below those that only begin other articles.

    Such a one shares no words with what follows, no headline above it tells what it says, and a headline below it
    tells what follows.
    """
    below = [number for number in prose if number >= start][: TEASERS + 3]
    here = _below_boxes(page, below)
    while page.noise >= NOISY and not _is_own(page, below, here):
        for following in range(here + 1, len(below)):
            between = range(max(below[here] + 1, below[following] - TITLE_NEAR), below[following])
            if _is_announced(page, between, page.words(below[following : following + 3])):
                here = following
                break
        else:
            break
    return below[here]


def _below_boxes(page: Page, below: list[int]) -> int:
    """Which paragraph is the first under a headline with a name or a date, if those above are one under each."""
    for here in range(1, len(below)):
        between = range(below[here - 1] + 1, below[here])
        if not any(page.shapes[number].headline and not page.is_signed(number) for number in between):
            return 0
        if any((sign := page.signs[number]) and sign.kind == "byline" and not sign.weak for number in between):
            return here if here > 1 and _is_announced(page, between, page.words(below[here : here + 3])) else 0
    return 0


def _is_own(page: Page, below: list[int], here: int) -> bool:
    own, following = page.words([below[here]]), page.words(below[here + 1 : here + 4])
    above = range(max(0, below[here] - TITLE_NEAR), below[here])
    return shared(own, following) >= SAME_TOPIC or _is_announced(page, above, own)


def _is_announced(page: Page, above: range, lead: frozenset[str]) -> bool:
    """Whether a headline among some lines says what the paragraphs with these words do."""
    for number in above:
        own = topic_words(page.lines[number].key)
        if page.shapes[number].headline and not page.is_signed(number) and len(own & lead) >= ANNOUNCED_WORDS:
            return True
    return False


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
            if page.shapes[number].bare == page.title and not _is_furniture(page, number, given=True):
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


def _title(page: Page, start: int, lowest: int) -> int | None:
    lead = page.words([number for number in page.prose if number >= start][:3] or [start])
    trails = [
        page.shapes[number].bare
        for number in range(start)
        if (sign := page.signs[number]) and sign.kind == "navigation"
    ]
    best, best_score = None, LOWEST_TITLE
    for number in range(max(lowest, start - FAR_ABOVE), start):
        shape = page.shapes[number]
        if not shape.arabic or shape.prose or shape.words not in TITLE_WORDS or page.first[number] != number:
            continue
        given = shape.bare == page.title
        if _is_furniture(page, number, given=given) or _is_doubled(shape.bare):
            continue
        score = _restated(topic_words(page.lines[number].key), lead) + 0.1 * (number / start) + given
        score += 0.4 * any(_ends_with(trail, shape.bare) for trail in trails)
        score += 0.15 if shape.words >= HEADLINE_WORDS.start else -0.3
        if score > best_score:
            best, best_score = number, score
    return best


def _is_doubled(bare: str) -> bool:
    """Whether a line is the same text twice."""
    half = len(bare) // 2
    return half > 0 and bare[:half].strip() == bare[half:].strip()


def _is_furniture(page: Page, number: int, *, given: bool) -> bool:
    """Whether a line's sign counts more than that it is the title, which may be a guess."""
    sign = page.signs[number]
    return sign is not None and not sign.weak and (not given or sign.kind == "other")


def _restated(own: frozenset[str], lead: frozenset[str]) -> float:
    """How much of a line the first paragraphs say again, 0 to 1; more for the longer of two that they say whole."""
    return 0.7 * min(len(own & lead), ENOUGH_WORDS) / ENOUGH_WORDS + 0.3 * shared(own, lead)


def _ends_with(trail: str, title: str) -> bool:
    """Whether the way from the front page ends with a headline."""
    return len(title) > 15 and trail.endswith(title) and trail != title
