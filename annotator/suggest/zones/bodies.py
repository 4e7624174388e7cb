"""Where the article of a page begins: its headline and its first paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from annotator.suggest.zones.page import NOISY, Page
from annotator.suggest.zones.phrases import SITE_PROSE
from annotator.suggest.zones.shapes import PROSE_WORDS, Shape
from annotator.suggest.zones.titles import RESTATED_WORDS, find_title, is_furniture
from annotator.suggest.zones.topics import shared


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
RUN_PARAGRAPHS: Final = 3
"""Paragraphs of a run that is an article, at least."""
RUN_SHARE: Final = 0.5
"""Length of such a run beside that of the article chosen below it, at least."""
_CLOSING: Final = frozenset({"source_line", "keywords", "other"})
_FORMS: Final = frozenset({"share", "other"})
_CLAUSES = re.compile(r"،|(?<!\.)\. ")
"""What stands inside paragraphs and seldom inside headlines."""


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
    start = _not_below_article(page, _below_teasers(page, first, prose), prose)
    lowest = max((number + 1 for number in prose if first <= number < start), default=0)
    title = find_title(page, start, lowest)
    return Frame(None if title is not None and _is_teaser(page, title) else title, start)


def _is_teaser(page: Page, number: int) -> bool:
    shape = page.shapes[number]
    return shape.cut and shape.words >= LEAD_WORDS


def _not_below_article(page: Page, start: int, prose: list[int]) -> int:
    """The first of several paragraphs that would all be left out above, where these are as long as an article.

    The title may be a guess, such as the headline of a list below the article: of two articles the first is the page's.
    """
    runs = _runs(page, prose)
    chosen = next((_length(page, run) for run in runs if start in run), 0)
    for run in runs:
        if run[-1] >= start:
            break
        if len(run) >= RUN_PARAGRAPHS and _length(page, run) >= RUN_SHARE * chosen:
            return run[0]
    return start


def _runs(page: Page, prose: list[int]) -> list[list[int]]:
    """Sentences of articles, and not of the site, between which nothing stands but furniture inside articles."""
    runs: list[list[int]] = []
    for number in prose:
        if SITE_PROSE.search(page.lines[number].key) or _is_row(page, number):
            continue
        if runs and all(_is_inside(page, line) for line in range(runs[-1][-1] + 1, number)):
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _is_inside(page: Page, number: int) -> bool:
    sign = page.signs[number]
    return sign is not None and not sign.ends


def _length(page: Page, numbers: list[int]) -> int:
    return sum(page.lines[number].end - page.lines[number].start for number in numbers)


def _is_row(page: Page, number: int) -> bool:
    """Whether a line that is prose by its length alone may be several headlines without a break among them."""
    shape = page.shapes[number]
    return not (shape.stopped or shape.joined or _CLAUSES.search(page.lines[number].key))


def _below_teasers(page: Page, start: int, prose: list[int]) -> int:
    """The first paragraph below those that only begin other articles.

    Such a one shares no words with what follows, no headline above it tells what it says, and a headline below it
    tells what follows.
    """
    below = [number for number in prose if number >= start][: TEASERS + 3]
    here = 0 if _is_titled(page, below, 0) else _below_boxes(page, below)
    while page.noise >= NOISY and not _is_own(page, below, here):
        for following in range(here + 1, len(below)):
            between = range(max(below[here] + 1, below[following] - TITLE_NEAR), below[following])
            if following > here + 1 and _parted(page, below[here + 1], below[following]):
                return below[here]
            if _is_announced(page, between, page.words(below[following : following + 3])):
                here = following
                break
        else:
            break
    return below[here]


def _below_boxes(page: Page, below: list[int]) -> int:
    """Which paragraph is the first under a headline with a name or a date, if those above are one under each.

    A single one above is a box where it stands right below the heading of a form.
    """
    heading = page.signs[below[0] - 1] if below[0] else None
    in_form = heading is not None and heading.heads and heading.kind in _FORMS
    for here in range(1, len(below)):
        between = range(below[here - 1] + 1, below[here])
        if not any(page.shapes[number].headline and not page.is_signed(number) for number in between):
            return 0
        if any((sign := page.signs[number]) and sign.kind == "byline" and not sign.weak for number in between):
            announced = here > 1 and _is_announced(page, between, page.words(below[here : here + 3]))
            return here if announced or in_form else 0
    return 0


def _is_own(page: Page, below: list[int], here: int) -> bool:
    own, following = page.words([below[here]]), page.words(below[here + 1 : here + 4])
    above = range(max(0, below[here] - TITLE_NEAR), below[here])
    return shared(own, following) >= SAME_TOPIC or _is_announced(page, above, own) or _is_titled(page, below, here)


def _is_titled(page: Page, below: list[int], here: int) -> bool:
    """Whether the given title stands above a paragraph, and that says it again, or the ones below that do."""
    own, following = page.words([below[here]]), page.words(below[here : here + 4])
    above = range(max(0, below[here] - TITLE_NEAR), below[here])
    titled = (page.words([number]) for number in above if page.title and page.shapes[number].bare == page.title)
    return any(len(words & own) >= RESTATED_WORDS or len(words & following) >= ANNOUNCED_WORDS for words in titled)


def _is_announced(page: Page, above: range, lead: frozenset[str]) -> bool:
    """Whether a headline among some lines says what the paragraphs with these words do."""
    for number in above:
        if not page.shapes[number].headline or page.is_signed(number) or _is_captioned(page, number):
            continue
        if len(page.topic(number) & lead) >= ANNOUNCED_WORDS:
            return True
    return False


def _is_captioned(page: Page, number: int) -> bool:
    """Whether the caption of a picture stands right below a line, which so tells of the picture."""
    below = page.signs[number + 1] if number + 1 < len(page.signs) else None
    return below is not None and below.kind == "caption"


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
    groups = _groups(page, prose)
    sizes = [_length(page, [number for number in group if not _is_row(page, number)]) for group in groups]
    main = next(place for place, size in enumerate(sizes) if size >= MAIN_SHARE * max(sizes))
    lead = [number for number in groups[main] if not _is_row(page, number)] or groups[main]
    words = page.words(lead[:4])
    above = (number for number in prose if number < lead[0])
    first = next((number for number in above if _is_of_article(page, number, words)), lead[0])
    titled = _titled(page, prose)
    if titled is None or (first < titled and _leaves_article_out(page, first, titled)):
        return _above_end(page, first)
    return titled


def _titled(page: Page, prose: list[int]) -> int | None:
    """The first paragraph below the given title, or None where that is not given or stands nowhere above one."""
    for number in range(prose[-1]) if page.title else ():
        if page.shapes[number].bare == page.title and not is_furniture(page, number, given=True):
            below = next(one for one in prose if one > number)
            if not page.shapes[number].prose or _is_announced(page, range(number, number + 1), page.words([below])):
                return below
    return None


def _leaves_article_out(page: Page, first: int, titled: int) -> bool:
    """Whether paragraphs above the given title are an article, so that the title is another one's.

    They are where two follow one another, and where one has its headline and the title has no more than one either.
    """
    runs = _runs(page, [number for number in page.prose if number >= first])
    above = [run for run in runs if run[0] < titled]
    if any(len(run) > 1 for run in above):
        return True
    below = _groups(page, [number for number in page.prose if number >= titled])
    return len(below[0]) < 2 and any(_has_headline(page, run[0]) for run in above)


def _has_headline(page: Page, number: int) -> bool:
    return _is_announced(page, range(max(0, number - TITLE_NEAR), number), page.words([number]))


def _is_of_article(page: Page, number: int, words: frozenset[str]) -> bool:
    """Whether a paragraph above the main ones, whose words are given, is of an article and not of the site."""
    if SITE_PROSE.search(page.lines[number].key):
        return False
    full = page.shapes[number].words >= LEAD_WORDS and not _is_row(page, number) and _has_headline(page, number)
    return full or shared(page.words([number]), words) >= SAME_TOPIC


def _above_end(page: Page, start: int) -> int:
    """The first longer line instead of the first paragraph, where the article ends above that and has none."""
    ends = (number for number in range(start) if (sign := page.signs[number]) and sign.kind in _CLOSING and sign.ends)
    end = next(ends, 0)
    longer = [number for number in range(end) if _is_longer(page.shapes[number]) and not page.is_signed(number)]
    return longer[1] if len(longer) > 1 else start


def _is_longer(shape: Shape) -> bool:
    return shape.words >= PROSE_WORDS and not shape.prose
