"""Which line of a scraped page is its headline: only a name for lists, so a guess is good enough."""

from __future__ import annotations

import re

from annotator.text.words import words


HEADLINE_WORDS = range(4, 26)
LONGEST_HEADLINE = 400
"""Characters; a longer line is a paragraph."""

PROSE_WORDS = 8
LONG_PROSE_WORDS = 28
LINES_ABOVE = 8
TITLE_LENGTH = 120
"""Characters of a title in a list."""

_CLOCK = re.compile(r"\d:\d\d")
_NUMBER = re.compile(r"[\d\W]+")
_PLATFORM = re.compile(
    "فيسبوك|واتساب|تويتر|(?:ال)?[اإ]نستغرام|يوتيوب|تيلي?[غقج]رام|تل[غج]رام|لينكد[اإ]ن|بينتيريست|رديت|ماسنجر"
    "|facebook|whatsapp|twitter|instagram|youtube|telegram|linkedin",
    re.IGNORECASE,
)


def find_headline(text: str) -> tuple[int, int]:
    """The span of the likely headline of a cleaned text: its first line where nothing better is found.

    It is the longest line of 4 to 25 words, among the eight above the first paragraph of prose, that does not end with
    a full stop or a colon. Breadcrumbs (with ») repeat the headline behind other words and are passed over, and so are
    dates, times and the names of the platforms to share on.
    """
    above: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        span = (start, start + len(line))
        start += len(line) + 1
        if not line:
            continue
        if _is_prose(line):
            break
        above.append(span)
    candidates = [(a, b) for a, b in above[-LINES_ABOVE:] if _may_be_headline(text[a:b])]
    if candidates:
        return max(candidates, key=lambda span: (span[1] - span[0], -span[0]))
    first = text.find("\n")
    return 0, len(text) if first < 0 else first


def shortened(title: str) -> str:
    """A guessed title, cut behind a word with … where it is too long for a list."""
    if len(title) <= TITLE_LENGTH:
        return title
    head = title[:TITLE_LENGTH]
    return (head.rpartition(" ")[0] or head[:-1]).rstrip(" ،؛,:–-") + "…"


def _is_prose(line: str) -> bool:
    if len(line) > LONGEST_HEADLINE:
        return True
    number = len(words(line))
    return number >= LONG_PROSE_WORDS or (number >= PROSE_WORDS and line.endswith("."))


def _may_be_headline(line: str) -> bool:
    if "»" in line or _CLOCK.search(line) or line.endswith((".", ":")):
        return False
    found = [line[start:end] for start, end in words(line)]
    numbers = sum(_NUMBER.fullmatch(word) is not None for word in found)
    platforms = sum(_PLATFORM.fullmatch(word) is not None for word in found)
    return len(found) in HEADLINE_WORDS and numbers * 3 <= len(found) and platforms * 2 <= len(found)
