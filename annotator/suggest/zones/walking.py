"""The lines from the first paragraph to the foot of the page, in one pass."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from annotator.suggest.zones.bodies import Frame
from annotator.suggest.zones.borders import (
    ITEM_PARAGRAPHS,
    RESTATED,
    Block,
    could_begin,
    goes_on,
    is_new_subject,
    is_other_article,
    items_follow,
    read_block,
)
from annotator.suggest.zones.page import NOISY, Page
from annotator.suggest.zones.signs import LIKELY, WEAK, Sign
from annotator.suggest.zones.topics import shared, topic_words
from annotator.suggest.zones.zoned import (
    BELOW_END,
    NEW_SUBJECT,
    OUTSIDE,
    Zone,
    Zoned,
    listed,
    outside,
    repeated,
    signed,
    spilled,
)


ITEM_WORDS: Final = {"keywords": 6, "share": 4, "advert": 8}
"""Words of the longest line that belongs to a list of this kind; a longer one closes the list."""
HEADLINE_REACH: Final = 5
"""Lines above a paragraph among which its headline is looked for."""
SUB_HEADING_WORDS: Final = 4
"""Words of a sub-heading that stands right below a list, at most."""
PROMISED: Final = 0.2
"""Share of a line's words in the headline of the page from which it belongs to that."""
TAG_WORDS: Final = 3
"""Words of a keyword that stands on a line of its own, at most."""
HEADING_WORDS: Final = 4
"""Words of an unknown heading above another article, at most."""
BREAKING: Final = frozenset({"navigation", "share", "other", "keywords"})
"""Kinds of furniture that do not stand between a headline and its article."""
SINGLE: Final = frozenset({"advert", "caption", "related", "byline"})
"""Kinds of furniture that stand alone in the middle of an article too."""
TOPIC_PARAGRAPHS: Final = 12
"""Paragraphs whose words tell what the article is about."""


ROUND_UP = re.compile(
    r"(?:^|\s)(?:ال)?(?:موجز|جوله|اخبار|مستجدات|نشره|حصاد|عناوين|سطور|متفرقات|باختصار|ابرز|صباح|لقطات|كلمات|ارقام)\b"
)
_PUNCTUATED = re.compile(r"[-–:.،؛؟!()\d]")


@dataclass(frozen=True, slots=True)
class Loose:
    """A line that the lines below it decide on.

    Attributes:
        number: Of the line.
        section: The heading of the list that it stands in, if any.
        below: Whether furniture above it shows that the article may have ended.
    """

    number: int
    section: Sign | None
    below: bool


class Walk:
    """The lines below the headline, each given its zone when the next paragraph shows what it belongs to.

    Attributes:
        found: The zones so far, one for each line of the page.
        head: The headline and what stands with it, folded.
        promised: The words of that.
        section: The heading of the list that we are in.
        ended: The sign that may have closed the article; forgotten where it goes on.
        loose: Lines since the last paragraph that are not decided on.
        signs: How many lines since the last paragraph are furniture that does not stand alone in an article.
        article: Headline and first paragraphs of the article that we are in.
        subheaded: Whether it has sub-headings.
        spilling: Whether it is another one than the page's own, and if so why and how surely.
    """

    def __init__(self, page: Page, frame: Frame, head: list[Zoned]) -> None:
        self.page = page
        self.title = frame.title
        self.start = frame.start
        self.found = head + [Zoned(line) for line in page.lines[frame.start :]]
        self.head = " ".join(zoned.line.key for zoned in head if zoned.zone is Zone.BODY)
        self.promised = topic_words(self.head)
        self.section: Sign | None = None
        self.ended: Sign | None = None
        self.loose: list[Loose] = []
        self.signs = 0
        self.article = [] if frame.title is None else [frame.title]
        self.subheaded = False
        self.spilling: tuple[str, float] | None = None

    def zones(self) -> list[Zoned]:
        """The zones of all lines."""
        for number in range(self.start, len(self.page.lines)):
            self._step(number)
        self._settle()
        return self.found

    def _step(self, number: int) -> None:
        page, sign = self.page, self.page.signs[number]
        if self._is_repeated(number):
            self.found[number] = repeated(page.lines[number])
        elif page.speaks(number) or number == self.start:
            self._paragraph(number)
        elif sign is not None and not sign.weak and not self._is_listed(number, sign):
            self._take_sign(number, sign)
        else:
            self._loosen(number)

    def _loosen(self, number: int) -> None:
        if self.section and self.page.shapes[number].words > ITEM_WORDS.get(self.section.kind, 99):
            self.section = None
        sign = self.page.signs[number]
        if sign is not None and sign.kind == "source_line" and len(self.article) > 2:
            self.signs += 1
        self.loose.append(Loose(number, self.section, self.ended is not None or self.signs >= 2))

    def _is_repeated(self, number: int) -> bool:
        """Whether the headline or a paragraph is printed again."""
        first = self.page.first[number]
        return first != number and (self.page.shapes[number].prose or first == self.title) and self.section is None

    def _is_listed(self, number: int, sign: Sign) -> bool:
        """Whether a sign is only part of an item of the list: a date, a name with a colon."""
        if self.section is None or self.section.kind not in {"related", "other"}:
            return False
        return sign.kind in {"byline", "caption"} or (sign.kind == "source_line" and self.page.shapes[number].words > 4)

    def _take_sign(self, number: int, sign: Sign) -> None:
        open_still = self.section is None and self.ended is None
        if open_still and sign.kind not in SINGLE - {"related"}:
            self._take_tags()
        breaking = sign.kind in BREAKING and not self._is_button(number)
        if (sign.heads or sign.ends) if open_still else (sign.closes or breaking):
            self._settle()
        self.found[number] = signed(self.page.lines[number], sign)
        self.signs += sign.kind not in SINGLE
        if sign.heads:
            self.section = sign
        elif sign.closes or sign.kind not in {"advert", "related"}:
            self.section = None
        if sign.ends and (self.ended is None or self.ended.kind == "related"):
            self.ended = sign

    def _is_button(self, number: int) -> bool:
        """Whether a line is a letter or a picture to press, between the name of an author and a paragraph."""
        shapes = self.page.shapes[number : number + 2]
        return not shapes[0].arabic and shapes[0].words <= 1 and shapes[-1].prose

    def _take_tags(self) -> None:
        """Several short lines between the last paragraph and a heading of the page's foot are keywords."""
        numbers = [one.number for one in self.loose]
        if len(numbers) < 2 or self.signs or self.page.noise < NOISY:
            return
        if all(self._may_be_tag(number) for number in numbers):
            for number in numbers:
                self.found[number] = Zoned(self.page.lines[number], Zone.FURNITURE, "keywords", OUTSIDE, "", WEAK)
            self.loose = []

    def _may_be_tag(self, number: int) -> bool:
        return self.page.shapes[number].words <= TAG_WORDS and not _PUNCTUATED.search(self.page.lines[number].key)

    def _paragraph(self, number: int) -> None:
        if self.section is None and self.ended is None:
            self._open_paragraph(number)
            return
        block = self._block(number)
        if goes_on(block, self.ended, self.section, spilling=self.spilling is not None, broken=self.signs > 1):
            self._keep_sub_heading()
            self._settle(resumed=True)
        elif is_other_article(block, self.section):
            self._begin_spill(block, BELOW_END, LIKELY)
        else:
            self.section = None if block.of_site else self.section
            self.loose.append(Loose(number, self.section, True))
            return
        self._take(number)

    def _open_paragraph(self, number: int) -> None:
        """A paragraph above which nothing has ended."""
        headlines = [one.number for one in self.loose[-HEADLINE_REACH:] if self.page.shapes[one.number].headline]
        if headlines and self.spilling is None and len(self.article) >= 2:
            block = self._block(number)
            if self._may_begin(block, number):
                self._begin_spill(block, NEW_SUBJECT, WEAK)
            else:
                self.subheaded = True
        self._take(number)

    def _keep_sub_heading(self) -> None:
        """The last of several lines below a heading is no item where it is short: the article goes on with it.

        Nor is a line with a colon that tells of what follows; above that a question may be a sub-heading too.
        """
        introduced = len(self.loose) > 1 and self.page.lines[self.loose[-1].number].key.endswith(":")
        if introduced and self._is_listed_item(self.loose[-1]):
            self._spill(self.loose.pop().number)
        last = self.loose[-1] if len(self.loose) > 1 else None
        if last is not None and self._is_listed_item(last):
            shape = self.page.shapes[last.number]
            if shape.words <= SUB_HEADING_WORDS and (introduced or not shape.asks):
                self._spill(self.loose.pop().number)

    def _is_listed_item(self, one: Loose) -> bool:
        """Whether a line stands below the heading of a list of links and nothing else tells what it is."""
        listed_below = one.section is not None and one.section.kind == "related"
        return listed_below and self.page.signs[one.number] is None and not self.page.shapes[one.number].bullet

    def _block(self, number: int) -> Block:
        above = [one.number for one in self.loose[-HEADLINE_REACH:]]
        return read_block(self.page, number, above, self.page.words(self.article))

    def _may_begin(self, block: Block, number: int) -> bool:
        """Whether a headline may stand above a paragraph; no line does that the headline of the page names."""
        if block.headline is None or not could_begin(self.page, block.headline, number):
            return False
        above = [one.number for one in self.loose[-HEADLINE_REACH:]]
        broken = self.signs > 0
        if not broken and any(shared(self.page.words([one]), self.promised) >= PROMISED for one in above):
            return False
        items = items_follow(self.page, number)
        if (items or self.subheaded) and self._is_round_up():
            return False
        return is_new_subject(block, among_headlines=items or self.subheaded, broken=broken)

    def _is_round_up(self) -> bool:
        """Whether the headline does not tell what the first paragraphs do, but names the day or several subjects."""
        if self.title is None or ROUND_UP.search(self.head):
            return True
        own, lead = self.page.words([self.title]), self.page.words(self.article[1:3])
        return len(self.article) <= ITEM_PARAGRAPHS + 1 and shared(own, lead) < RESTATED

    def _begin_spill(self, block: Block, reason: str, score: float) -> None:
        headline = len(self.page.lines) if block.headline is None else block.headline
        kept = [one.number for one in self.loose if one.number >= headline]
        self.loose = [one for one in self.loose if one.number < headline]
        if reason == NEW_SUBJECT and self.loose and self.page.shapes[self.loose[-1].number].words <= HEADING_WORDS:
            heading = self.loose.pop().number
            self.found[heading] = outside(self.page, heading)
        self._settle()
        self.spilling, self.article = (reason, score), kept[:1]
        for one in kept:
            self._spill(one)

    def _spill(self, number: int) -> None:
        if self.spilling is not None:
            self.found[number] = spilled(self.page.lines[number], *self.spilling)

    def _take(self, number: int) -> None:
        """Take a paragraph and the lines above it into the article that we are in."""
        for one in [*(loose.number for loose in self.loose), number]:
            self._spill(one)
        if len(self.article) <= TOPIC_PARAGRAPHS:
            self.article.append(number)
        self.section = self.ended = None
        self.loose = []
        self.signs = 0

    def _settle(self, *, resumed: bool = False) -> None:
        """Decide on lines without a paragraph of the article below them: those below a heading are its list."""
        for one in self.loose:
            sign = self.page.signs[one.number]
            if one.section is not None:
                self.found[one.number] = listed(self.page.lines[one.number], one.section)
            elif not resumed and (one.below or (sign is not None and self.signs)):
                self.found[one.number] = outside(self.page, one.number)
            else:
                self._spill(one.number)
        self.loose = []
