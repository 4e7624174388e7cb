"""Which line is the headline of the article."""

from __future__ import annotations

from typing import Final

from annotator.suggest.zones.page import Page
from annotator.suggest.zones.shapes import HEADLINE_WORDS
from annotator.suggest.zones.topics import shared


TITLE_WORDS: Final = range(2, 41)
ENOUGH_WORDS: Final = 5
"""Words that a headline shares with the first paragraphs, from which more do not count."""
GUESSED: Final = 0.3
"""What it counts otherwise, as it may be a guess."""
LOWEST_TITLE: Final = 0.2
"""Score below which no line is the headline."""
FAR_ABOVE: Final = 40
"""Lines above the first paragraph among which the headline is looked for."""
RESTATED_WORDS: Final = 2
"""Words that the given title shares with the first paragraphs, from which it is the headline whatever else is."""
_NO_TITLE: Final = frozenset({"other", "related"})


def find_title(page: Page, start: int, lowest: int) -> int | None:
    """The number of the headline above line `start` and from line `lowest` on, or None where no line may be it."""
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
        if is_furniture(page, number, given=given) or _is_doubled(shape.bare):
            continue
        score = _restated(page.topic(number), lead) + 0.1 * (number / start)
        score += given * (1.0 if len(page.topic(number) & lead) >= RESTATED_WORDS else GUESSED)
        score += 0.4 * any(_ends_with(trail, shape.bare) for trail in trails)
        score += 0.15 if shape.words >= HEADLINE_WORDS.start else -0.3
        if score > best_score:
            best, best_score = number, score
    return best


def _is_doubled(bare: str) -> bool:
    """Whether a line is the same text twice."""
    half = len(bare) // 2
    return half > 0 and bare[:half].strip() == bare[half:].strip()


def is_furniture(page: Page, number: int, *, given: bool) -> bool:
    """Whether a line's sign counts more than that it is the title, which may be a guess."""
    sign = page.signs[number]
    return sign is not None and not sign.weak and (not given or sign.kind in _NO_TITLE)


def _restated(own: frozenset[str], lead: frozenset[str]) -> float:
    """How much of a line the first paragraphs say again, 0 to 1; more for the longer of two that they say whole."""
    return 0.7 * min(len(own & lead), ENOUGH_WORDS) / ENOUGH_WORDS + 0.3 * shared(own, lead)


def _ends_with(trail: str, title: str) -> bool:
    """Whether the way from the front page ends with a headline."""
    return len(title) > 15 and trail.endswith(title) and trail != title
