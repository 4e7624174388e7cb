"""Which line of a scraped page is its headline: only a name for lists, so a guess is good enough."""

from __future__ import annotations

from annotator.text.headline_cues import (
    doubts,
    is_about_site,
    is_date,
    is_furniture,
    plain,
    plain_words,
    shared,
)
from annotator.text.offsets import Span


HEADLINE_WORDS = range(3, 26)
SURE_WORDS = 4
"""A shorter line is the headline of a page only where little speaks for another."""
LONGEST_HEADLINE = 400
"""Characters; a longer line is a paragraph."""

PROSE_WORDS = 8
LONG_PROSE_WORDS = 28
LINES_ABOVE = 60
"""Lines above the article among which its headline is looked for."""
LINES_NEAR = 9
"""Blank ones too; the last of them are where it stands on most pages."""
LEAD_LINES = 6
LEAD_LENGTH = 600
"""Lines, and characters of them, that a headline is compared with."""
LEAD_GAP = 12
"""Lines within which another paragraph follows the first one of an article."""
ENOUGH_SHARED = 0.5
"""Share of words in the article from which a line is as good as one with more: summaries and captions have most."""
MARGIN = 0.1
"""By how much a line below another must be the better one."""
TITLE_LENGTH = 120
"""Characters of a title in a list."""

_PROSE_END = (".", '."', ".”", ".»", ".)")
_NO_HEADLINE = (".", ":", "…")


def find_headline(text: str) -> Span:
    """The span of the likely headline of a cleaned text: its first line where nothing better is found.

    It is a line of 3 to 25 words above the first paragraph of the article, and no breadcrumbs (with »), menu, date,
    name of a writer or row of platforms to share on; nor does a full stop or a colon end it. Of several such lines it
    is one that shares words with the article's beginning. That a line is printed twice, is part of breadcrumbs or
    stands near the article speaks for it; that it is very short, looks like a caption or stands below a date speaks
    against it. The weights are set by hand, on articles with made-up furniture round them.
    """
    lines = text.split("\n")
    lead = _lead(lines)
    number = _best(lines, lead) if lead else None
    if number is None:
        return 0, len(lines[0])
    start = sum(map(len, lines[:number])) + number
    return start, start + len(lines[number])


def shortened(title: str) -> str:
    """A guessed title, cut behind a word with … where it is too long for a list."""
    if len(title) <= TITLE_LENGTH:
        return title
    head = title[:TITLE_LENGTH]
    return (head.rpartition(" ")[0] or head[:-1]).rstrip(" ،؛,:–-") + "…"


def _lead(lines: list[str]) -> int:
    """The number of the article's first paragraph: one of prose that another follows soon, and not of the site."""
    first, last, seen = len(lines), 0, 0
    for number, line in enumerate(lines):
        seen += bool(line)
        if not _is_prose(line) or is_about_site(line):
            continue
        if last:
            return first if seen - last <= LEAD_GAP else number
        first, last = number, seen
    return first


def _is_prose(line: str) -> bool:
    words = line.count(" ") + 1
    if words < PROSE_WORDS or (words < LONG_PROSE_WORDS and not line.endswith(_PROSE_END)):
        return len(line) > LONGEST_HEADLINE
    return True


def _best(lines: list[str], lead: int) -> int | None:
    """The number of the line above line `lead` that is most likely the headline."""
    first = max(0, lead - LINES_ABOVE)
    head = plain("\n".join(lines[first:lead]))
    article = plain("\n".join(lines[lead : lead + LEAD_LINES])[:LEAD_LENGTH])
    best, best_score, below_date = None, 0.0, False
    for number, line in enumerate(head.split("\n"), first):
        if " " not in line and not line[:1].isdigit():
            continue
        words = plain_words(line)
        if is_date(line, words):
            below_date = True
        elif len(words) in HEADLINE_WORDS and not line.endswith(_NO_HEADLINE) and not is_furniture(line, words):
            score = min(shared(words, article), ENOUGH_SHARED) + 0.03 * min(len(words), 8) - doubts(line)
            score += 0.3 * (head.count(line) > 1) - 0.15 * below_date - 0.3 * (len(words) < SURE_WORDS)
            score += 0.15 * (lead - number <= LINES_NEAR) + 0.2 * (number - first) / LINES_ABOVE
            if best is None or score > best_score + MARGIN:
                best, best_score = number, score
    return None if best is None else lines.index(lines[best])
