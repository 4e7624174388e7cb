"""The lines above the first paragraph: menus and tickers above the headline, names and dates below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from annotator.suggest.zones.bodies import Frame
from annotator.suggest.zones.page import NOISY, Page
from annotator.suggest.zones.phrases import SITE_PROSE
from annotator.suggest.zones.shapes import Shape
from annotator.suggest.zones.signs import DATED, LIKELY, MENU, WEAK, Sign
from annotator.suggest.zones.topics import shared
from annotator.suggest.zones.zoned import OUTSIDE, Zone, Zoned, listed, outside, repeated, signed


NAME_WORDS: Final = 4
"""Words of a name or a section above the first paragraph, at most."""
DATELINE_WORDS: Final = 6
"""Words of a line that names an author, a place or an agency, at most."""
CAPTION_WORDS: Final = range(2, 10)
"""Words of a caption that stands below the names."""
SECTION_WORDS: Final = 3
"""Words of the name of a section above the headline, at most."""
PROMISED: Final = 0.5
"""Share of a line's words in the headline and the first paragraph from which it is a sub-heading and no name."""
TEASER_WORDS: Final = 12
"""Words of the shortest line that is the beginning of an article, cut, rather than a headline."""
NEAR: Final = 5
"""Lines below a heading among which its first item is looked for, numbers left out."""
MENU_WORDS: Final = 3
"""Words of an item of a menu, at most."""
KICKER_LINES: Final = 2
"""Lines just above the headline that may belong to it, at most."""

WINDOW_WORDS: Final = range(5, 41)
"""Words of the headline with the name of the site, as windows of browsers show it."""

_SITE_NAME = re.compile(r"\W*[-–—|»:•] ?\w")
_DATELINE = re.compile(r"\S ?[-–—/|] ?\S")


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a line: the words of headline and first paragraph, and whether a name already."""

    words: frozenset[str]
    named: bool


def zone_head(page: Page, frame: Frame) -> list[Zoned]:
    """The zones of the lines above the first paragraph, in order."""
    found: list[Zoned] = []
    section: Sign | None = None
    named = False
    title = frame.start if frame.title is None else frame.title
    own = page.words([title, frame.start])
    window = None if frame.title is None else _with_site_name(page, frame.title)
    teaser = max((number for number in page.prose if number < title), default=-1)
    for number in range(frame.start):
        if number == window or (number == frame.title and window is None):
            section = None
            found.append(Zoned(page.lines[number]))
        elif frame.title is not None and _repeats_title(page, number, frame.title):
            section = None if number == frame.title else section
            found.append(repeated(page.lines[number]))
        elif number > title:
            section = _section(page, number, section, 0)
            found.append(_below_title(page, number, section, _Around(own, named)))
            named = named or (found[-1].kind == "byline" and found[-1].reason != DATED)
        else:
            distance = title - number if frame.title is not None else 0
            distance += KICKER_LINES if number < teaser else 0
            section = _section(page, number, section, distance)
            found.append(_above_title(page, number, section, distance))
    return found


def _with_site_name(page: Page, title: int) -> int | None:
    """The first line of the page where that is the headline with the name of the site behind it, if any."""
    bare, rest = page.shapes[title].bare, page.shapes[0].bare
    behind = rest.removeprefix(bare) if title and bare else rest
    return 0 if behind != rest and _SITE_NAME.match(behind) and page.shapes[0].words in WINDOW_WORDS else None


def _repeats_title(page: Page, number: int, title: int) -> bool:
    """Whether a line is the headline again, once or several times."""
    bare = page.shapes[title].bare
    own = page.shapes[number].bare
    return bool(own and bare) and (own == bare or not own.replace(bare, "").strip())


def _section(page: Page, number: int, section: Sign | None, distance: int) -> Sign | None:
    """The heading that the line stands below, or is."""
    sign = page.signs[number]
    if page.shapes[number].prose or (sign is not None and sign.closes):
        return None
    if sign is None or sign.weak or (section is not None and sign.kind == "byline"):
        return section
    return sign if sign.heads and not _is_menu_item(page, number, sign, distance) else None


def _is_menu_item(page: Page, number: int, sign: Sign, distance: int) -> bool:
    """Whether what else heads a list of links is a page of the site in a menu: no headline follows."""
    if sign.kind != "related":
        return False
    below = next((shape for shape in page.shapes[number + 1 : number + NEAR] if shape.letters), None)
    return distance == 1 or (below is not None and below.words <= MENU_WORDS)


def _above_title(page: Page, number: int, section: Sign | None, distance: int) -> Zoned:
    line, sign, shape = page.lines[number], page.signs[number], page.shapes[number]
    found = Zoned(line)
    if shape.prose and (sign is None or sign.weak):
        if SITE_PROSE.search(line.key):
            found = outside(page, number)
        elif distance and page.noise >= NOISY:
            found = Zoned(line, Zone.FURNITURE, "related", OUTSIDE, "", WEAK)
    elif sign is not None and sign is section:
        found = signed(line, sign)
    elif section is not None:
        found = listed(line, section)
    elif sign is not None and _is_menu_item(page, number, sign, distance):
        found = Zoned(line, Zone.FURNITURE, "navigation", MENU, sign.evidence, LIKELY)
    elif sign is not None and (not sign.weak or page.noise >= NOISY or shape.words <= NAME_WORDS):
        found = signed(line, sign)
    elif _is_strange(page, number, distance):
        found = outside(page, number)
    return found


def _is_strange(page: Page, number: int, distance: int) -> bool:
    """Whether a line above the headline is too short for one, or too far from it to belong to it."""
    shape = page.shapes[number]
    if shape.words <= SECTION_WORDS and distance and page.noise:
        return True
    odd = "|" in page.lines[number].key or shape.bullet or shape.cut or page.repeats(number)
    return page.noise >= NOISY and ((distance > 0 and (odd or distance > KICKER_LINES)) or _is_teaser(shape))


def _is_teaser(shape: Shape) -> bool:
    """Whether a line is the beginning of another article, cut."""
    return shape.cut and shape.words >= TEASER_WORDS


def _below_title(page: Page, number: int, section: Sign | None, around: _Around) -> Zoned:
    line, sign = page.lines[number], page.signs[number]
    if section is not None and section.kind == "related" and sign is not section:
        return listed(line, section)
    if sign is not None:
        kind = "byline" if sign.weak and sign.kind == "source_line" else sign.kind
        return Zoned(line, Zone.FURNITURE, kind, sign.reason, sign.evidence, sign.score)
    kind = _credit(page, number, around)
    return Zoned(line, Zone.FURNITURE, kind, OUTSIDE, "", WEAK) if kind else Zoned(line)


def _credit(page: Page, number: int, around: _Around) -> str:
    """The kind of a line without a sign that names an author or tells of a picture; "" for the article's own."""
    shape, repeats, key = page.shapes[number], page.repeats(number), page.lines[number].key
    noise = page.noise + repeats + (shape.words <= SECTION_WORDS)
    if shape.stopped or shape.cut or shape.bullet or noise < NOISY:
        return ""
    long_twice = repeats and shape.words > NAME_WORDS
    dateline = shape.words <= DATELINE_WORDS and _DATELINE.search(key) is not None
    if long_twice or (around.named and not dateline and shape.words in CAPTION_WORDS and ":" not in key):
        return "caption"
    own = shared(page.words([number]), around.words) >= PROMISED
    own = own or page.shapes[number + 1].bullet
    return "byline" if (dateline or shape.words <= NAME_WORDS) and not own else ""
