"""Strategies and checks for texts: Arabic as it is scraped, with everything that cleaning and folding change."""

from __future__ import annotations

import gzip
import json

from hypothesis import strategies as st

from annotator.text.offsets import OffsetMap
from tests.support.shared import shared_file


LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئىة"
FARSI_LETTERS = "یکپچژگ"
TASHKEEL = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"
OTHER_MARKS = "\u0610\u0653\u0654\u0655\u0670\u06d6"
TATWEEL = "\u0640"
PRESENTATION_FORMS = "ﻻﻷﻹﻵﻼﻸﻺﻶﷲﷺﺍﺑﺒﻲﻰﭖﮎﯼﹰﹱﱠﳲ﴾﴿"
SPACES = " \t\xa0"
LINE_BREAKS = ("\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\n\n", "\n \n \n")
DROPPED = "\0\x07\x1b\x7f\x9b\xad\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2069\u206a\u206f"
KEPT_UNSEEN = "\u061c\u200c\u200d\u200e\u200f"
DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
PUNCTUATION = ".,/:-،؛؟!…«»“”‘’\"'()[]%٫٬_"
LATIN = "abzABZéßİ"
OTHER = "日😀🇪\u0301\u202f\u3000ﷰ﷼"


def plain(text: str) -> str:
    """What is seen of a text of the screens: without the marks that keep punctuation on its side."""
    return text.replace("\u200e", "").replace("\u200f", "")


def arabic_words() -> st.SearchStrategy[str]:
    """Words of Arabic letters, some of which carry marks or a tatweel."""
    letter = st.sampled_from(LETTERS + FARSI_LETTERS)
    marks = st.sampled_from(["", "", "", "", *TASHKEEL, TATWEEL, "\u0651\u064e", OTHER_MARKS[4]])
    return st.lists(st.builds(str.__add__, letter, marks), min_size=1, max_size=8).map("".join)


def paragraphs() -> st.SearchStrategy[str]:
    """One line of words and numbers with punctuation between them."""
    number = st.sampled_from(["2024", "3.5", "12/06/2024", "04:00", "١٬٥٠٠", "1."])
    mark = st.sampled_from([". ", "، ", "؛ ", "؟ ", "! ", "… ", ".» ", '." ', ": «", " (", ") ", " د. "])
    gap = st.just(" ") | mark
    piece = st.builds(str.__add__, arabic_words() | number, gap)
    return st.builds(str.__add__, st.lists(piece, max_size=12).map("".join), arabic_words() | st.just(""))


def raw_texts() -> st.SearchStrategy[str]:
    """Texts of up to some 60 characters in which dirt is much more common than on any page."""
    groups = (LETTERS + FARSI_LETTERS, TASHKEEL, OTHER_MARKS, TATWEEL, PRESENTATION_FORMS, SPACES, LINE_BREAKS, DROPPED)
    rare = (KEPT_UNSEEN, DIGITS, PUNCTUATION, LATIN, OTHER)
    pieces = st.one_of(*(st.sampled_from(group) for group in groups + rare), arabic_words(), paragraphs())
    return st.lists(pieces, max_size=30).map("".join)


def spans_of(length: int) -> st.SearchStrategy[tuple[int, int]]:
    """Spans, also empty ones, of a text of `length` characters."""
    return st.tuples(st.integers(0, length), st.integers(0, length)).map(lambda edges: (min(edges), max(edges)))


def shared_texts(every: int) -> list[str]:
    """The seed pages and each `every`-th article of the corpus, raw; skips the calling test where they are absent."""
    seeds = [path.read_text(encoding="utf-8") for path in sorted(shared_file("seeds").glob("*.txt"))]
    with gzip.open(shared_file("corpus", "arabic-news-2015-07.jsonl.gz"), "rt", encoding="utf-8") as lines:
        return seeds + [json.loads(line)["content"] for number, line in enumerate(lines) if number % every == 0]


def cuts(offsets: OffsetMap, start: int, end: int) -> bool:
    """Whether an edge of the target span [start, end) lies strictly inside an edit."""
    return any(low < edge < high for _, _, low, high in offsets.edits for edge in (start, end))


def copies(offsets: OffsetMap, source: str, target: str) -> list[tuple[str, str]]:
    """What stands between the edits, in the source and in the target."""
    stops = [*offsets.edits, (len(source), len(source), len(target), len(target))]
    starts = [(0, 0), *((edit[1], edit[3]) for edit in offsets.edits)]
    return [
        (source[source_start : stop[0]], target[target_start : stop[2]])
        for (source_start, target_start), stop in zip(starts, stops, strict=True)
    ]
