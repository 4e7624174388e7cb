"""Which kind of page furniture a line is, judged by the line alone."""

from __future__ import annotations

import re
from typing import Final

from annotator.suggest.lines import Line
from annotator.suggest.zones import cues
from annotator.suggest.zones.dates import LONGEST, has_full_date, words_beside_date
from annotator.suggest.zones.phrases import folded, phrase_sign
from annotator.suggest.zones.shapes import Shape
from annotator.suggest.zones.signs import (
    BYLINE,
    CAPTION,
    DATED,
    FOREIGN,
    KEYWORDS,
    LIKELY,
    MENU,
    RIGHTS,
    SHARE,
    WEAK,
    Sign,
)


SIGNED_WORDS: Final = 60
"""Words of the longest line that is looked at; longer ones are paragraphs."""
SIGNED_LENGTH: Final = 800
"""The same in characters: patterns may take the square of a line's length."""
MENU_WORDS: Final = 30
CAPTION_WORDS: Final = 25
ROW_WORDS: Final = 16
BYLINE_WORDS: Final = 6
FOREIGN_WORDS: Final = 12
BESIDE_ADDRESS: Final = 4
BESIDE_DATE: Final = 6
"""Words beside a date in a line that also names an author and a section, at most."""

_WORD = re.compile(r"\w+")
_PLATFORMS = frozenset(word for phrase in folded(cues.PLATFORMS) for word in phrase.split())
_STRONG_PLATFORMS = frozenset(folded(cues.STRONG_PLATFORMS))
_MENU_PHRASES = folded((*cues.SECTIONS_WHOLE, *cues.NAVIGATION_WHOLE))
_MENU_WORDS = frozenset(word for phrase in _MENU_PHRASES for word in phrase.split() if len(word) > 2)
_CREDIT = "|".join(map(re.escape, folded(cues.CAPTION_ENDING)))
_CAPTION_END = re.compile(rf"(?:[(\[/\-–—|]\s*(?:صوره? |تصوير )?[^()\[\]]{{0,25}}?|^)(?:{_CREDIT})\s*[)\]]?\s*\.?$")
_TRAIL = re.compile(r"\S\s*[»›>/\\|]\s*\S.*[»›>/\\|]|\S\s?[»›]\s?\S")
_TRAIL_STEP = re.compile(r"\s*(?:[»›>|]|\s/\s|\\)\s*")
_WROTE = re.compile(r"(?:كتب|كتبت|اعداد|ترجمه|تصوير|تقرير|بقلم|حوار|تحرير)(?:[ ـ]|:|/|-)")
_ADDRESS = re.compile(r"\S+@\S+\.\w+|\[email.protected\]|https?\s?:\s?/\S+|www\.\S+")
_TAG = re.compile(r"#[^\s#]+")


def sign_of(line: Line, shape: Shape) -> Sign | None:
    """The sign that a line carries by itself, or None."""
    if shape.words > SIGNED_WORDS or len(line.key) > SIGNED_LENGTH:
        return None
    sign = phrase_sign(line, shape)
    if sign is not None or shape.prose:
        return sign
    return next((found for rule in _RULES if (found := rule(line, shape))), None)


def _row_of_platforms(line: Line, shape: Shape) -> Sign | None:
    if shape.words > ROW_WORDS:
        return None
    words = _WORD.findall(shape.bare)
    strong = [word for word in words if word in _STRONG_PLATFORMS]
    if strong and sum(word in _PLATFORMS for word in words) * 10 >= len(words) * 6:
        return Sign("share", SHARE, strong[0])
    return None


def _caption(line: Line, shape: Shape) -> Sign | None:
    if shape.words > CAPTION_WORDS or shape.bullet or shape.stopped or shape.joined or ". " in line.key:
        return None
    found = _CAPTION_END.search(line.key[-80:])
    return found and Sign("caption", CAPTION, found[0].strip(), LIKELY, weak=shape.words <= 3)


def _date(line: Line, shape: Shape) -> Sign | None:
    if shape.words > LONGEST or shape.stopped:
        return None
    beside = words_beside_date(line.key)
    if beside is None or beside > BESIDE_DATE:
        return None
    if beside <= 1:
        return Sign("byline", DATED, "", LIKELY)
    return Sign("byline", DATED, "", WEAK, weak=True) if has_full_date(line.key) else None


def _author(line: Line, shape: Shape) -> Sign | None:
    if shape.words > BYLINE_WORDS or shape.stopped or not (found := _WROTE.match(shape.bare)):
        return None
    return Sign("byline", BYLINE, found[0], LIKELY)


def _menu(line: Line, shape: Shape) -> Sign | None:
    """The way from the front page to this one, or a menu on one line."""
    if shape.words > MENU_WORDS or shape.stopped or not (_is_trail(line.key) or _is_menu(shape.bare)):
        return None
    return Sign("navigation", MENU, "", LIKELY)


def _is_menu(bare: str) -> bool:
    """Whether most words of a line are names of sections and pages."""
    words = _WORD.findall(bare)
    return len(words) >= 3 and sum(word in _MENU_WORDS for word in words) * 5 >= len(words) * 3


def _is_trail(key: str) -> bool:
    if "«" in key or not _TRAIL.search(key):
        return False
    steps = [step for step in _TRAIL_STEP.split(key) if step]
    return len(steps) >= 2 and len(steps[0].split()) <= 3 and all(len(step.split()) <= 4 for step in steps[:-1])


def _address(line: Line, shape: Shape) -> Sign | None:
    found = _ADDRESS.search(line.text)
    if found is None or shape.words - len(_WORD.findall(found[0])) > BESIDE_ADDRESS:
        return None
    return Sign("other", RIGHTS, found[0], LIKELY)


def _tags(line: Line, shape: Shape) -> Sign | None:
    tags = _TAG.findall(line.key)
    if not tags or (len(tags) < 2 and line.key != tags[0]) or sum(map(len, tags)) * 2 < len(line.key):
        return None
    return Sign("keywords", KEYWORDS, tags[0], LIKELY)


def _foreign(line: Line, shape: Shape) -> Sign | None:
    if shape.arabic or shape.words > FOREIGN_WORDS:
        return None
    return Sign("navigation", FOREIGN, "", WEAK, weak=True)


_RULES = (_row_of_platforms, _caption, _date, _author, _menu, _address, _tags, _foreign)
