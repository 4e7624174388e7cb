"""What the model of lines sees of a document: for every line some words about it and about the lines beside it."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from annotator.suggest.contract import DocumentView
from annotator.suggest.lines import Line, line_key


_BULLET = "•-–—*▪►■●·›»"
_DATE = re.compile(
    r"\b(?:يناير|فبراير|مارس|ابريل|مايو|يونيو|يوليو|اغسطس|سبتمبر|اكتوبر|نوفمبر|ديسمبر|كانون|شباط|اذار|نيسان|ايار|حزيران"
    r"|تموز|اب|ايلول|تشرين|جانفي|فيفري|افريل|ماي|جوان|جويليه|اوت|غشت|شتنبر|محرم|صفر|ربيع|جمادي|رجب|شعبان|رمضان|شوال"
    r"|السبت|الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه|منذ|gmt)\b"
)
_CLOCK = re.compile(r"\d{1,2}:\d\d|\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}")
_SIGNS = re.compile(r"[|»›>/@#©]|http|www")
_WORD = re.compile(r"[^\W_]+")
_REACH = 2
_SHORT_WORDS = 9
_LONG_CHARACTERS = 100
_CHARACTERS = 400
"""How much of a line is looked at from either end: enough for any feature, however long the line."""


def line_features(view: DocumentView, lines: Sequence[Line]) -> Iterator[list[str]]:
    """For each line its features.

    They speak of its length, its edges, dates and signs, its words where they are few, where it stands, whether it is
    printed again on the page or on others of the site, what an extractor took it for, how much of it is about what went
    before, and of the shapes of two lines on either side.
    """
    about, repeated, places = _topics(view, lines), _repetitions(view, lines), _places(view, lines)
    for line, shapes in zip(lines, _with_neighbours(map(_shape, lines)), strict=True):
        features = [*shapes[_REACH], *_words(line), *next(about), *next(repeated), *next(places)]
        for distance, shape in enumerate(shapes, -_REACH):
            if distance:
                features += [f"{distance}{feature}" for feature in shape]
        yield features


def _with_neighbours(shapes: Iterable[list[str]]) -> Iterator[tuple[list[str], ...]]:
    """Each shape in the middle of those beside it."""
    edge = [["none"]] * _REACH
    seen: deque[list[str]] = deque(maxlen=2 * _REACH + 1)
    for shape in chain(edge, shapes, edge):
        seen.append(shape)
        if len(seen) == seen.maxlen:
            yield tuple(seen)


def _shape(line: Line) -> list[str]:
    text = line.text.strip()
    ends = text[:_CHARACTERS] if len(text) <= _CHARACTERS else f"{text[:_CHARACTERS]} {text[-_CHARACTERS:]}"
    key = line.key[:_CHARACTERS]
    features = [f"n{len(text).bit_length()}", f"l{min(len(text) // 15, 12)}", f"e{_class(text[-1])}"]
    features.append(f"b{_class(text[0])}")
    if key.startswith("و"):
        features.append("wa")
    if _DATE.search(key):
        features.append("date")
    if _CLOCK.search(key):
        features.append("clock")
    if _SIGNS.search(ends):
        features.append("sign")
    if ":" in ends:
        features.append("colon")
    if not any("\u0600" <= character <= "\u06ff" for character in ends):
        features.append("foreign")
    return features


def _class(character: str) -> str:
    if character in _BULLET:
        return "*"
    if character.isdigit():
        return "0"
    if character.isalpha():
        return "a" if "\u0600" <= character <= "\u06ff" else "l"
    return character


def _words(line: Line) -> list[str]:
    key = line.key
    if len(key) > 2 * _CHARACTERS:
        key = f"{key[:_CHARACTERS]} {key[-_CHARACTERS:]}"
    words = _WORD.findall(key)
    if not words:
        return ["w=none", f"t={key[:8]}"]
    features = [f"f={words[0]}", f"z={words[-1]}", f"f2={' '.join(words[:2])}", f"c{min(len(words), 12)}"]
    if len(words) <= _SHORT_WORDS:
        features += [f"w={word}" for word in words]
    return features


def _topics(view: DocumentView, lines: Sequence[Line]) -> Iterator[list[str]]:
    """How many of a line's longer words stand in the title, and in the long lines before it."""
    title, before = _contents(line_key(view.title)), set[str]()
    for line in lines:
        words = _contents(line.key)
        share = len(words & before) * 5 // len(words) if words and before else -1
        features = [f"o{share}", f"ol{share}{len(line.key).bit_length()}"]
        if title:
            features.append(f"h{min(len(words & title), 3)}")
        yield features
        if len(line.key) >= _LONG_CHARACTERS:
            before |= words


def _contents(key: str) -> set[str]:
    """The words of a folded line that may tell what it is about, without "and", "for" and the article."""
    words = (word.removeprefix("و").removeprefix("ل").removeprefix("ب").removeprefix("ال") for word in key.split())
    return {word[:5] for word in words if len(word) > 3}


def _repetitions(view: DocumentView, lines: Sequence[Line]) -> Iterator[list[str]]:
    counts, seen = Counter(line.key for line in lines), set[str]()
    title = line_key(view.title)
    for line in lines:
        features = [f"r{min(counts[line.key], 3)}"]
        if line.key in seen:
            features.append("again")
        if title and line.key == title:
            features.append("title again" if line.key in seen else "title")
        if count := view.site_lines.get(line.key, 0):
            features.append(f"site{min(count.bit_length(), 5)}")
        seen.add(line.key)
        yield features


def _places(view: DocumentView, lines: Sequence[Line]) -> Iterator[list[str]]:
    last = len(lines) - 1
    main, piece = view.main_text, 0
    for line in lines:
        features = [f"i{min(line.number, 6)}", f"j{min(last - line.number, 6)}"]
        features.append(f"k{line.number * 5 // (last + 1)}")
        if line.blank_before:
            features.append("gap")
        if view.title_span and view.title_span[0] < line.end and line.start < view.title_span[1]:
            features.append("head")
        if main is not None:
            while piece < len(main) and main[piece][1] <= line.start:
                piece += 1
            features.append("main" if piece < len(main) and main[piece][0] < line.end else "aside")
        yield features
