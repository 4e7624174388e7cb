"""The lines above the first paragraph: menus and tickers above the headline, names and dates below it."""

from __future__ import annotations

from typing import Final

from annotator.suggest.zones.bodies import Frame
from annotator.suggest.zones.page import Page
from annotator.suggest.zones.phrases import SITE_PROSE
from annotator.suggest.zones.signs import WEAK, Sign
from annotator.suggest.zones.zoned import OUTSIDE, Zone, Zoned, listed, outside, repeated, signed


NOISY: Final = 3
"""Lines with a sign of their own from which a page counts as printed with its furniture."""
NAME_WORDS: Final = 4
"""Words of a name or a section above the first paragraph, at most."""
KICKER_LINES: Final = 2
"""Lines just above the headline that may belong to it, at most."""


def zone_head(page: Page, frame: Frame) -> list[Zoned]:
    """The zones of the lines above the first paragraph, in order."""
    found: list[Zoned] = []
    section: Sign | None = None
    title = frame.start if frame.title is None else frame.title
    for number in range(frame.start):
        if number == frame.title:
            section = None
            found.append(Zoned(page.lines[number]))
        elif frame.title is not None and page.first[number] == page.first[frame.title]:
            found.append(repeated(page.lines[number]))
        elif number > title:
            found.append(_below_title(page, number))
        else:
            section = _section(page, number, section)
            found.append(_above_title(page, number, section, title - number if frame.title is not None else 0))
    return found


def _section(page: Page, number: int, section: Sign | None) -> Sign | None:
    """The heading that the line stands below, or is."""
    sign = page.signs[number]
    if page.shapes[number].prose:
        return None
    if sign is None or sign.weak or (section is not None and sign.kind == "byline"):
        return section
    return sign if sign.heads else None


def _above_title(page: Page, number: int, section: Sign | None, distance: int) -> Zoned:
    line, sign, shape = page.lines[number], page.signs[number], page.shapes[number]
    if shape.prose and (sign is None or sign.weak):
        return outside(page, number) if SITE_PROSE.search(line.key) else Zoned(line)
    if sign is not None and sign is section:
        return signed(line, sign)
    if section is not None:
        return listed(line, section)
    if sign is not None and (not sign.weak or page.noise >= NOISY or shape.words <= NAME_WORDS):
        return signed(line, sign)
    strange = shape.words <= 3 or "|" in line.key or shape.bullet or page.repeats(number) or distance > KICKER_LINES
    if distance and strange and page.noise >= NOISY:
        return outside(page, number)
    return Zoned(line)


def _below_title(page: Page, number: int) -> Zoned:
    line, sign, shape = page.lines[number], page.signs[number], page.shapes[number]
    if sign is not None:
        kind = "byline" if sign.weak and sign.kind == "source_line" else sign.kind
        return Zoned(line, Zone.FURNITURE, kind, sign.reason, sign.evidence, sign.score)
    if shape.words <= NAME_WORDS and not shape.stopped and page.noise >= NOISY:
        return Zoned(line, Zone.FURNITURE, "byline", OUTSIDE, "", WEAK)
    return Zoned(line)
