"""A line with what it belongs to, and the reasons that are not a line's own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from annotator.errors import N_
from annotator.suggest.lines import Line
from annotator.suggest.zones.page import Page
from annotator.suggest.zones.signs import LIKELY, SURE, WEAK, Sign


REPEATED = N_("printed before on this page")
IN_LIST = N_("stands in a list below such a heading")
OUTSIDE = N_("stands outside the article")
BELOW_END = N_("another article below the end of this one")
NEW_SUBJECT = N_("a new headline and another subject")


class Zone(Enum):
    """What a line belongs to."""

    BODY = "body"
    FURNITURE = "furniture"
    SPILLOVER = "spillover"


@dataclass(frozen=True, slots=True)
class Zoned:
    """A line with its zone; kind, reason, evidence and score are empty for the article's own lines."""

    line: Line
    zone: Zone = Zone.BODY
    kind: str = ""
    reason: str = ""
    evidence: str = ""
    score: float = 0.0


def signed(line: Line, sign: Sign) -> Zoned:
    """A line that is furniture by its own sign."""
    return Zoned(line, Zone.FURNITURE, sign.kind, sign.reason, sign.evidence, sign.score)


def repeated(line: Line) -> Zoned:
    """The headline or a paragraph, printed again."""
    return Zoned(line, Zone.FURNITURE, "other", REPEATED, "", SURE)


def listed(line: Line, heading: Sign) -> Zoned:
    """A line below the heading of a list."""
    return Zoned(line, Zone.FURNITURE, heading.kind, IN_LIST, heading.evidence, LIKELY)


def outside(page: Page, number: int, menu_words: int = 5) -> Zoned:
    """A line outside the article that no heading stands above; the longest item of a menu has `menu_words` words."""
    line, sign, words = page.lines[number], page.signs[number], page.shapes[number].words
    if sign is not None:
        return signed(line, sign)
    if page.shapes[number].prose:
        return Zoned(line, Zone.FURNITURE, "other", OUTSIDE, "", WEAK)
    return Zoned(line, Zone.FURNITURE, "related" if words > menu_words else "navigation", OUTSIDE, "", WEAK)


def spilled(line: Line, reason: str, score: float) -> Zoned:
    """A line of another article."""
    return Zoned(line, Zone.SPILLOVER, "", reason, "", score)
