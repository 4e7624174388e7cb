"""A second look at the zones: what stands below the last sentence, and kinds that their neighbours tell better."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Final

from annotator.suggest.zones.page import NOISY, Page
from annotator.suggest.zones.signs import COMMENTS, DATED, FOREIGN, WEAK
from annotator.suggest.zones.topics import shared
from annotator.suggest.zones.zoned import IN_LIST, OUTSIDE, REPEATED, Zone, Zoned, outside


FOOT_LINES: Final = 12
"""Lines below the last sentence, at most; more are a table of the article."""
SENTENCE_WORDS: Final = 15
"""Words of a line that belongs to an article however it ends."""
QUESTION_WORDS: Final = 6
"""Words of the shortest question that ends an article."""
TAG_WORDS: Final = 3
"""Words of a keyword that stands on a line of its own, at most."""
BOX_LINES: Final = 3
"""Lines of a box above its button, at most."""
FOOT_MENU_WORDS: Final = 3
"""Words of an item of a menu below the article, at most."""
TAGS_WORDS: Final = 12
"""Words of several keywords on one line, at most."""
OWN_TOPIC: Final = 0.5
"""Share of its words in the article from which a line below it names its subjects."""
HEADLINES: Final = 3
"""Headlines in a row that are a list, whatever heading stands above."""
ITEM_WORDS: Final = 5
"""Words of the shortest line that is taken for one of them."""


_POINT = re.compile(r"\d{1,2} ?[-–—.)ـ/] ?\D|(?:[^\W\d_]{1,2}[./] ?){2}")
"""A numbered point, or the initials of an editor below the last paragraph."""

_TRADE = re.compile(r"(?:كاتب|صحاف|صحف|باحث|روائي|شاعر|اكاديمي|محلل|محرر|مراسل|استاذ|خبير|اعلامي|مدون|مترجم)")
"""What the line below an author's name begins with."""


def with_margins(page: Page, zoned: list[Zoned]) -> list[Zoned]:
    """The zones, with lines below the last sentence taken out of the articles and doubtful kinds settled."""
    found = list(zoned)
    for zone in (Zone.BODY, Zone.SPILLOVER):
        _take_foot(page, found, zone)
    _settle_doubles(page, found)
    _settle_datelines(page, found)
    _settle_boxes(page, found)
    _settle_authors(page, found)
    _settle_lists(page, found)
    _settle_tags(page, found)
    _settle_dated(page, found)
    _settle_kinds(page, found)
    return found


def _take_foot(page: Page, found: list[Zoned], zone: Zone) -> None:
    """Lines of a zone below its last sentence are furniture, where the page is printed with such."""
    last = max((number for number, one in enumerate(found) if one.zone is zone and _says(page, number)), default=None)
    if last is None:
        return
    foot = [number for number in range(last + 1, len(found)) if found[number].zone is zone]
    below = any(one.zone is Zone.FURNITURE and one.score > WEAK for one in found[last + 1 :])
    if not 0 < len(foot) <= FOOT_LINES or not (below or page.noise >= NOISY):
        return
    if _asks_last(page, foot):
        foot = foot[1:]
    article = page.words([number for number in range(last + 1) if found[number].zone is zone])
    tags = len(foot) > 1 and all(page.shapes[number].words <= TAG_WORDS for number in foot)
    for number in foot:
        one = outside(page, number, FOOT_MENU_WORDS)
        if tags or (page.signs[number] is None and _names_subjects(page, number, article)):
            one = replace(one, kind="keywords")
        found[number] = one


def _asks_last(page: Page, foot: list[int]) -> bool:
    """Whether the line below the last sentence is a question that ends the article: one alone, right above a sign."""
    shape = page.shapes[foot[0]]
    alone = foot[0] + 1 < len(page.signs) and page.is_signed(foot[0] + 1)
    return alone and shape.asks and shape.words >= QUESTION_WORDS and page.is_prose(foot[0] - 1)


def _says(page: Page, number: int) -> bool:
    shape, key = page.shapes[number], page.lines[number].key
    if page.is_signed(number):
        return False
    listing = shape.words >= ITEM_WORDS and "،" in key and ":" in key
    return shape.speaks or shape.stopped or shape.words >= SENTENCE_WORDS or listing or _POINT.match(key) is not None


def _names_subjects(page: Page, number: int, article: frozenset[str]) -> bool:
    return page.shapes[number].words <= TAGS_WORDS and shared(page.words([number]), article) >= OWN_TOPIC


def _settle_doubles(page: Page, found: list[Zoned]) -> None:
    """A line that is no sentence and stands there twice, one below the other, is the caption of a picture."""
    for number in range(1, len(found)):
        double = page.shapes[number].bare == page.shapes[number - 1].bare and found[number].zone is Zone.BODY
        if double and found[number - 1].zone is Zone.BODY and not _says(page, number) and page.noise >= NOISY:
            for one in (number - 1, number):
                found[one] = Zoned(page.lines[one], Zone.FURNITURE, "caption", REPEATED, "", WEAK)


def _settle_boxes(page: Page, found: list[Zoned]) -> None:
    """Lines that are no sentences right above a button inside an article are the box that it belongs to."""
    last = max((number for number, one in enumerate(found) if one.zone is Zone.BODY and _says(page, number)), default=0)
    for number, one in enumerate(found[:last]):
        if one.kind != "share" or page.shapes[number].words > TAG_WORDS:
            continue
        above = list(
            takewhile(
                lambda line: _may_be_in_box(page, found[line]), range(number - 1, max(0, number - BOX_LINES - 2), -1)
            )
        )
        if 0 < len(above) <= BOX_LINES:
            for line in above:
                found[line] = Zoned(found[line].line, Zone.FURNITURE, "share", OUTSIDE, "", WEAK)


def _may_be_in_box(page: Page, one: Zoned) -> bool:
    number = one.line.number
    if one.zone is not Zone.BODY or not page.prose or number <= page.prose[0]:
        return False
    return not page.speaks(number) and not page.shapes[number].bullet


def _settle_authors(page: Page, found: list[Zoned]) -> None:
    """The author's name below the article, and the line that tells who that is, are a byline too."""
    for number, one in enumerate(found):
        first = found[page.first[number]]
        if one.zone is not Zone.BODY or first.kind != "byline" or page.first[number] == number:
            continue
        found[number] = replace(first, line=one.line)
        after = number + 1
        if after < len(found) and found[after].zone is Zone.BODY and _TRADE.match(page.shapes[after].bare):
            found[after] = replace(first, line=found[after].line)


def _settle_datelines(page: Page, found: list[Zoned]) -> None:
    """Names and dates between a headline of another article and its first paragraph belong to that article."""
    headline: Zoned | None = None
    between: list[int] = []
    for number, one in enumerate(found):
        if one.zone is Zone.SPILLOVER:
            for inside in between if headline else ():
                found[inside] = replace(headline or one, line=page.lines[inside])
            headline, between = (None if page.speaks(number) else one), []
        elif one.zone is Zone.FURNITURE and one.kind == "byline":
            between.append(number)
        else:
            headline = None


def _settle_lists(page: Page, found: list[Zoned]) -> None:
    """Headlines below the heading of the comments are no comments."""
    for run in _runs(found):
        below = [number for number in run if found[number].reason == IN_LIST and found[number].kind == "other"]
        heads = [number for number in run if found[number].reason == COMMENTS]
        if heads and len(below) >= HEADLINES and all(_is_item(page, number) for number in below):
            for number in below:
                found[number] = replace(found[number], kind="related", evidence="")


def _settle_tags(page: Page, found: list[Zoned]) -> None:
    """Single words and names below the heading of a list are keywords, not headlines."""
    for heading, sign in enumerate(page.signs):
        if sign is None or not sign.heads or sign.kind != "related":
            continue
        below = list(takewhile(lambda number: _is_tag(page, found[number]), range(heading + 1, len(found))))
        after = heading + len(below) + 1
        if len(below) > 1 and (after == len(found) or found[after].reason != IN_LIST):
            for number in below:
                found[number] = replace(found[number], kind="keywords")


def _is_tag(page: Page, one: Zoned) -> bool:
    shape = page.shapes[one.line.number]
    return shape.letters and shape.words <= TAG_WORDS and one.reason == IN_LIST and one.kind == "related"


def _settle_dated(page: Page, found: list[Zoned]) -> None:
    """Lines by turns with a date and without are links to other articles, also where no heading stands above."""
    for run in _runs(found):
        for first, second, third in zip(run, run[1:], run[2:], strict=False):
            reasons = [found[number].reason for number in (first, second, third)]
            if (
                reasons[0] == DATED == reasons[2]
                and reasons[1] in {OUTSIDE, IN_LIST}
                and page.shapes[second].words > TAG_WORDS
            ):
                for number in (first, second, third):
                    found[number] = replace(found[number], kind="related")


def _is_item(page: Page, number: int) -> bool:
    shape = page.shapes[number]
    return shape.words >= ITEM_WORDS and not shape.stopped and page.signs[number] is None


def _runs(found: list[Zoned]) -> Iterator[list[int]]:
    """The numbers of furniture lines that follow one another."""
    run: list[int] = []
    for number, one in enumerate(found):
        if one.zone is Zone.FURNITURE:
            run.append(number)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _settle_kinds(page: Page, found: list[Zoned]) -> None:
    """A line of doubtful kind between two of one kind is of that kind, and so is a number or a date below links."""
    for run in _runs(found):
        sure = [number for number in run if not _is_doubtful(page, found[number], number)]
        for above, below in pairwise(sure):
            for number in range(above + 1, below):
                if found[above].kind == found[below].kind or _counts(page, found, above, number):
                    found[number] = replace(found[number], kind=found[above].kind)
        for number in range(sure[-1] + 1, run[-1] + 1) if sure else ():
            if _counts(page, found, sure[-1], number) or (run[-1] == len(found) - 1 and page.signs[number] is None):
                found[number] = replace(found[number], kind=found[sure[-1]].kind)


def _counts(page: Page, found: list[Zoned], above: int, number: int) -> bool:
    """Whether a line is the number or the date of a link."""
    return found[above].kind == "related" and (not page.shapes[number].letters or found[number].reason == DATED)


def _is_doubtful(page: Page, one: Zoned, number: int) -> bool:
    if page.shapes[number].prose:
        return False
    if one.reason in {OUTSIDE, FOREIGN} or not page.shapes[number].letters:
        return True
    return one.reason == DATED or (one.score <= WEAK and one.kind == "navigation")
