"""A sign that a line is page furniture: its kind, why, and how sure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from annotator.errors import N_


MENU = N_("words of a menu, a search box or a player")
SHARE = N_("words for sharing, following or subscribing")
RELATED = N_("points to other articles")
DATED = N_("a date with hardly a word around it")
BYLINE = N_("names an author, an editor or the time of printing")
CAPTION = N_("caption or credit of a picture")
SOURCE = N_("names the source of the article")
KEYWORDS = N_("keywords")
ADVERT = N_("words of an advertisement")
RIGHTS = N_("rights, rules or contact of the site")
WIDGET = N_("weather, prayer times, rates of exchange or a poll")
COMMENTS = N_("comments of readers")
FOREIGN = N_("no Arabic words")

SURE: Final = 0.95
"""Score of a phrase that hardly stands in articles."""
LIKELY: Final = 0.85
"""Score of a shape that articles seldom have."""
WEAK: Final = 0.6
"""Score of a sign that counts only among others."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that a line is furniture.

    Attributes:
        kind: Of boilerplate, as the news schema names it.
        reason: Why, as a phrase.
        evidence: The cue, folded, or "".
        score: How sure, 0 to 1.
        heads: Whether the lines below may belong to it: the heading of a list.
        ends: Whether the article ends above, where enough of it stands there.
        weak: Whether it counts only outside the article, and takes the kind of the list that it stands in.
        closes: Whether the list above it ends with it.
    """

    kind: str
    reason: str
    evidence: str = ""
    score: float = SURE
    heads: bool = False
    ends: bool = False
    weak: bool = False
    closes: bool = False
