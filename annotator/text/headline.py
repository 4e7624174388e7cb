"""Which line of a scraped page is its headline: only a name for lists, so a guess is good enough."""

from __future__ import annotations

from annotator.text.words import words


HEADLINE_WORDS = range(4, 26)
PROSE_WORDS = 8
LONG_PROSE_WORDS = 28
LINES_ABOVE = 8
SENTENCE_ENDS = (".", "؟", "!")


def find_headline(text: str) -> tuple[int, int]:
    """The span of the likely headline of a cleaned text: its first line where nothing better is found.

    It is the longest line of 4 to 25 words that does not end as a sentence, among the eight above the first paragraph
    of prose. Breadcrumbs (with ») repeat the headline behind other words and are passed over.
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


def _is_prose(line: str) -> bool:
    number = len(words(line))
    return number >= LONG_PROSE_WORDS or (number >= PROSE_WORDS and line.endswith(SENTENCE_ENDS))


def _may_be_headline(line: str) -> bool:
    return (
        len(line) <= 400 and "»" not in line and len(words(line)) in HEADLINE_WORDS and not line.endswith(SENTENCE_ENDS)
    )
