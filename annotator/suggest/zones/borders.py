"""Whether a paragraph goes on with the article or belongs to another one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from annotator.suggest.zones.page import Page
from annotator.suggest.zones.phrases import SITE_PROSE
from annotator.suggest.zones.signs import COMMENTS, Sign
from annotator.suggest.zones.topics import shared


LOOK: Final = 6
"""Paragraphs after a break that are looked at."""
LEAD: Final = 2
"""Of these the ones that restate a headline."""
RESTATED: Final = 0.34
"""Share of a headline's words in the paragraphs below it from which these are its article."""
CUED: Final = 0.5
"""Strangeness from which paragraphs below the heading of a list are another article."""
UNCUED: Final = 1.5
"""The same where nothing but a line like a headline stands above them."""
AMONG_HEADLINES: Final = 1.0
"""What is asked beyond that where other lines like headlines stand above or below, as between sub-headings."""
LONE_PARAGRAPH: Final = 1.5
"""The same where only one paragraph follows, as an article can have a single one."""
FULL_HEADLINE: Final = 5
"""Telling words of a headline; that all words of a line with fewer follow below says less."""
ITEM_PARAGRAPHS: Final = 4
"""Paragraphs of an item of a round-up, at most."""
QUESTION: Final = 2.0
"""The same where the line is a question, as in an interview."""
BREAK: Final = 2.5
"""What less is asked below furniture that stands at the end of articles."""
NEW_DATELINE: Final = 2.5
"""What less is asked where a place, an agency, a name or a date stands between the headline and the paragraph."""
AGENCY_SIGN: Final = 1.5
"""What the sign of an agency at the head of a paragraph adds to its strangeness."""
OWN_TOPIC: Final = 0.04
"""Share of its words in the article from which a paragraph below a list, without a headline, goes on."""
SAME_TOPIC: Final = 0.1
"""The same below other headings, such as those for subscribing, whose own sentences stand there."""
NEW_HEADLINE_WORDS: Final = 5
NEW_LEAD_WORDS: Final = 15
"""Words of a headline and a first paragraph that no cue announces, at least."""
DATELINE_WORDS: Final = 6
"""Words of a line with a place, an agency or an author above a paragraph, at most."""
ITEMS_REACH: Final = 60
"""Lines below within which the next item of a round-up is looked for."""
# A logistic regression over 1,272 breaks put together from Arabic news of 2015: two articles one below the other, or
# the headline of one inside the other. It counts the natural logarithm of the odds that another article begins.
_WEIGHTS: Final = (4.8, 9.0, -2.6, -3.2, -3.0)

_AGENCY = re.compile(
    r".{0,40}?\((?:وكالات|رويترز|ا ?ف ?ب|ا\.ف\.ب|د ?ب ?ا|ا ?ب|سانا|واس|وام|الاناضول|بترا|كونا|قنا|شينخوا|cnn|afp"
    r"|reuters)[^)]{0,20}\)"
)

_QUESTION = ("؟", "?", '؟"', "؟»")
_COUNTED = re.compile(r"\d+ ?[-–—.)ـ/]|(?:اولا|ثانيا|ثالثا|رابعا|خامسا|الاول|الثاني|الثالث)\b")


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs after a break, at most `LOOK`, and what they share with the rest.

    Attributes:
        paragraphs: How many there are.
        headline: Number of the line above that the first of them restate most, or None.
        lead: Share of that line's words that stand in the first paragraphs.
        restated: Share of that line's words that stand in all of them.
        topic: Share of their words that stand in the article above.
        announced: Share of the headline's words that stand in the article above.
        joined: Whether the first opens with و, as paragraphs do that go on.
        agency: Whether the sign of an agency opens them.
        of_site: Whether they speak of the site itself.
        cut: Whether they are a single one that breaks off.
        telling: How much its words tell, 0 to 1: less where it has few.
        asks: Whether it is a question.
        dated: Whether a date, a name or a place stands between that line and them.
    """

    paragraphs: int
    headline: int | None
    lead: float
    restated: float
    topic: float
    announced: float
    joined: bool
    agency: bool
    of_site: bool
    cut: bool
    telling: float
    asks: bool
    dated: bool

    @property
    def strangeness(self) -> float:
        """How likely another article begins, as the logarithm of the odds."""
        return self._odds(1.0)

    @property
    def sure_strangeness(self) -> float:
        """The same with no more trust in a headline than it has words."""
        return self._odds(self.telling)

    def _odds(self, telling: float) -> float:
        values = (self.lead * telling, self.restated * telling, self.topic, self.announced, 1.0)
        return sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True)) + AGENCY_SIGN * self.agency


def read_block(page: Page, at: int, above: list[int], article: frozenset[str]) -> Block:
    """What the paragraphs from line `at` on look like, below the lines `above` that belong to nothing yet."""
    paragraphs = _paragraphs(page, at)
    words = page.words(paragraphs)
    lead = page.words(paragraphs[:LEAD])
    headline = _headline(page, above, lead)
    own = frozenset[str]() if headline is None else page.topic(headline)
    opening = [at, *(number for number in above if headline is not None and number > headline)]
    return Block(
        paragraphs=len(paragraphs),
        headline=headline,
        lead=shared(own, lead),
        restated=shared(own, words),
        topic=shared(words, article),
        announced=shared(own, article),
        joined=page.shapes[at].joined,
        agency=any(_AGENCY.match(page.lines[number].key) for number in opening),
        of_site=page.signs[at] is not None
        or any(SITE_PROSE.search(page.lines[number].key) for number in [at, *above[-1:]]),
        cut=page.shapes[at].cut and len(paragraphs) == 1,
        telling=min(1.0, len(own) / FULL_HEADLINE) ** 2,
        asks=headline is not None and page.shapes[headline].asks and not page.lines[headline].key.endswith("!"),
        dated=headline is not None and any(_is_dateline(page, number) for number in range(headline + 1, at)),
    )


def _is_dateline(page: Page, number: int) -> bool:
    sign, shape = page.signs[number], page.shapes[number]
    if sign is not None:
        return sign.kind in {"byline", "source_line"}
    return shape.words <= DATELINE_WORDS and not shape.stopped and page.lines[number].key.find("-") > 0


def _headline(page: Page, above: list[int], lead: frozenset[str]) -> int | None:
    best, best_share = None, -1.0
    for number in above:
        shape = page.shapes[number]
        if shape.headline and not shape.bullet and not _COUNTED.match(shape.bare):
            share = shared(page.topic(number), lead)
            if share >= best_share:
                best, best_share = number, share
    return best


def _paragraphs(page: Page, at: int) -> list[int]:
    found: list[int] = []
    for number in range(at, min(at + 4 * LOOK, len(page.lines))):
        sign = page.signs[number]
        if number > at and sign is not None and (sign.ends or sign.heads):
            break
        if page.is_prose(number):
            found.append(number)
            if len(found) == LOOK:
                break
    return found or [at]


def goes_on(block: Block, ended: Sign | None, section: Sign | None, *, spilling: bool, broken: bool) -> bool:
    """Whether a paragraph below a heading or an end belongs to the article above all the same.

    Args:
        block: The paragraph and those below it.
        ended: The sign that may have closed the article.
        section: The heading of the list above.
        spilling: Whether the article above is not the page's own.
        broken: Whether furniture that stands at the end of articles is above.
    """
    if block.of_site:
        return False
    closed = ended is not None and ended.kind != "related"
    if spilling:
        return not closed and (block.headline is None or block.joined)
    if closed:
        # A source line can also stand below a picture in the middle of the article.
        only_source = ended is not None and ended.kind == "source_line" and section is None
        return only_source and block.joined and block.headline is None
    if block.joined:
        return True
    if block.headline is None:
        return section is None or block.topic >= (OWN_TOPIC if section.kind == "related" else SAME_TOPIC)
    return block.strangeness < CUED - BREAK * broken


def is_other_article(block: Block, section: Sign | None) -> bool:
    """Whether paragraphs that do not go on with the article are another one's running text."""
    if block.of_site or block.cut or block.headline is None:
        return False
    if section is not None and section.reason == COMMENTS:
        return block.lead >= RESTATED and block.paragraphs >= 2
    return block.lead >= RESTATED or block.agency or block.paragraphs >= 2


def could_begin(page: Page, headline: int, at: int) -> bool:
    """Whether a line looks like a headline, and the paragraph from line `at` on like the first of an article."""
    line, shape, lead = page.lines[headline], page.shapes[headline], page.shapes[at]
    if shape.words < NEW_HEADLINE_WORDS or line.key.endswith(":"):
        return False
    return not (lead.joined or lead.bullet or lead.words < NEW_LEAD_WORDS or _COUNTED.match(lead.bare))


def items_follow(page: Page, at: int) -> bool:
    """Whether another line like a headline with its paragraph stands below the one at line `at`, before any cue."""
    for number in range(at + 1, min(at + ITEMS_REACH, len(page.lines) - 1)):
        sign = page.signs[number]
        if sign is not None and (sign.ends or sign.heads):
            return False
        if (
            page.shapes[number].headline
            and sign is None
            and page.is_prose(number + 1)
            and not page.shapes[number + 1].joined
        ):
            return True
    return False


def is_new_subject(block: Block, *, among_headlines: bool, broken: bool) -> bool:
    """Whether a line like a headline, without any cue, begins another article.

    Args:
        block: The line and the paragraphs below it.
        among_headlines: Whether other lines like headlines stand in the article.
        broken: Whether furniture that stands at the end of articles is right above.
    """
    limit = UNCUED + AMONG_HEADLINES * among_headlines + LONE_PARAGRAPH * (block.paragraphs == 1)
    limit += QUESTION * block.asks
    limit -= BREAK * broken + NEW_DATELINE * block.dated
    return not block.of_site and block.sure_strangeness >= limit
