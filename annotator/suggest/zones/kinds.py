"""Which kind of page furniture a line is, judged by the line alone."""

from __future__ import annotations

import re
from typing import Final

from annotator.suggest.lines import Line
from annotator.suggest.zones import article_cues, cues
from annotator.suggest.zones.dates import LONGEST, has_full_date, is_relative, words_beside_date
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
    WIDGET,
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
SITE_SENTENCE_WORDS: Final = 45
SITE_WORDS: Final = 3
"""Different words for the site and its services in a sentence about them."""
BESIDE_ADDRESS: Final = 4
NAME_WORDS: Final = 4
WIDGET_WORDS: Final = 20
WIDGET_NAMES: Final = 2
"""Different names of prayers or currencies, each with a figure, from which a line is a box of such."""
BESIDE_DATE: Final = 6
"""Words beside a date in a line that also names an author and a section, at most."""

_WORD = re.compile(r"\w+")
_PLATFORMS = frozenset(word for phrase in folded(cues.PLATFORMS) for word in phrase.split())
_STRONG_PLATFORMS = frozenset(folded(cues.STRONG_PLATFORMS))
_MENU_PHRASES = folded((*cues.SECTIONS_WHOLE, *cues.NAVIGATION_WHOLE))
_MENU_WORDS = frozenset(word for phrase in _MENU_PHRASES for word in phrase.split() if len(word) > 2)
_CREDIT = "|".join(map(re.escape, folded(article_cues.CAPTION_ENDING))) + "|وكاله [^()]{2,25}|خاص [^()]{2,20}"
_CAPTION_END = re.compile(rf"(?:[(\[/\-–—|]\s*(?:صوره? |تصوير )?[^()\[\]]{{0,25}}?|^)(?:{_CREDIT})\s*[)\]]?\s*\.?$")
_TRAIL = re.compile(r"\S\s*[»›>/\\|]\s*\S.*[»›>/\\|]|\S\s?[»›]\s?\S")
_HOME = re.compile(r"الرييسيه ?[/\\»›>|]")
_TRAIL_STEP = re.compile(r"\s*(?:[»›>|]|\s/\s|\\)\s*")
_DEGREES = re.compile(r"(?:\d|-) ?°|° ?[cf]\b|درجه الحراره")
_WIDGET_NAME = re.compile(r"(?:حاله )?الطقس\b|درجات الحراره|مواقيت الصلاه|اوقات الصلاه|اسعار (?:العملات|الذهب|الصرف)")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_PRAYERS = frozenset(folded(("الفجر", "الشروق", "الظهر", "العصر", "المغرب", "العشاء")))
_MONEY = frozenset(
    folded(("دولار", "يورو", "جنيه", "ريال", "دينار", "درهم", "ليرة", "شيكل", "ذهب", "الدولار", "اليورو"))
)
_SITE_WORD = re.compile(
    r"\b(?:يرجي|الرابط|ادناه|المشتركين|للاشتراك|الاشتراك|موقعنا|الموقع|البريد الالكتروني|بريدك|المتصفح|المحتوي|القراء|"
    r"التعليقات|تعليقك|المعلقين|الحقوق|تسجيل الدخول|حسابك|النشره البريديه|موقع الوكاله|الصفحه الرسميه|المنشوره?|"
    r"الابلاغ)\b"
)
_WROTE = re.compile(r"(?:كتب|كتبت|اعداد|ترجمه|تصوير|تقرير|بقلم|حوار|تحرير)(?:[ ـ]|:|/|-)")
_ADDRESS = re.compile(r"[^\s@]@[^\s@]+\.\w|\[email.protected\]|https?\s?:\s?/|www\.")
_GLUED_MENU = re.compile(r"[^\W\d_](?:الرئيسيه|اتصل بنا|من نحن)|الرئيسيه[^\W\d_]")
_TAG = re.compile(r"#[^\s#]+")


def sign_of(line: Line, shape: Shape) -> Sign | None:
    """The sign that a line carries by itself, or None."""
    if shape.words > SIGNED_WORDS or len(line.key) > SIGNED_LENGTH:
        return None
    sign = (_tags(line, shape) if "#" in line.key else None) or phrase_sign(line, shape)
    sign = sign or _of_site(line, shape)
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
    if beside is None or beside > BESIDE_DATE or (beside > NAME_WORDS and "،" in line.key):
        return None
    if beside <= 1:
        return Sign("byline", DATED, "", LIKELY, weak=beside > 0 and is_relative(line.key))
    return Sign("byline", DATED, "", WEAK, weak=True) if has_full_date(line.key) else None


def _author(line: Line, shape: Shape) -> Sign | None:
    if shape.words > BYLINE_WORDS or shape.stopped or not (found := _WROTE.match(shape.bare)):
        return None
    return Sign("byline", BYLINE, found[0], LIKELY, weak=shape.bullet or found[0].endswith(" "))


def _menu(line: Line, shape: Shape) -> Sign | None:
    """The way from the front page to this one, or a menu on one line."""
    if shape.words > MENU_WORDS or shape.stopped:
        return None
    if not (_is_trail(line.key) or _is_menu(shape.bare) or _GLUED_MENU.search(line.key)):
        return None
    return Sign("navigation", MENU, "", LIKELY)


def _is_menu(bare: str) -> bool:
    """Whether most words of a line are names of sections and pages."""
    words = _WORD.findall(bare)
    known = sum(word in _MENU_WORDS for word in words)
    return len(words) >= 3 and (known == len(words) or (len(words) >= 5 and known * 5 >= len(words) * 3))


def _is_trail(key: str) -> bool:
    if _HOME.match(key):
        return True
    if "«" in key or not _TRAIL.search(key):
        return False
    steps = [step for step in _TRAIL_STEP.split(key) if step]
    return len(steps) >= 2 and len(steps[0].split()) <= 3 and all(len(step.split()) <= 4 for step in steps[:-1])


def _address(line: Line, shape: Shape) -> Sign | None:
    pieces = line.text.split()
    found = next((piece for piece in pieces if len(piece) <= SIGNED_LENGTH and _ADDRESS.search(piece)), None)
    if found is None or len(pieces) > BESIDE_ADDRESS + 1:
        return None
    return Sign("other", RIGHTS, found, LIKELY)


def _tags(line: Line, shape: Shape) -> Sign | None:
    tags = _TAG.findall(line.key)
    if not tags or (len(tags) < 2 and line.key != tags[0]) or sum(map(len, tags)) * 2 < len(line.key):
        return None
    return Sign("keywords", KEYWORDS, tags[0], LIKELY, ends=True)


def _widget(line: Line, shape: Shape) -> Sign | None:
    """The weather, the times of prayer or the rates of exchange."""
    if shape.stopped or shape.words > WIDGET_WORDS:
        return None
    if (named := _WIDGET_NAME.match(shape.bare)) and shape.words <= NAME_WORDS:
        return Sign("other", WIDGET, named[0], WEAK, weak=True)
    if (degrees := _DEGREES.search(line.key)) and shape.words <= NAME_WORDS:
        return Sign("other", WIDGET, degrees[0], LIKELY)
    for words in (_PRAYERS, _MONEY):
        found = [word for word in _WORD.findall(line.key) if word in words]
        if len(set(found)) >= WIDGET_NAMES and len(_NUMBER.findall(line.key)) >= len(found):
            return Sign("other", WIDGET, found[0], LIKELY)
    return None


def _of_site(line: Line, shape: Shape) -> Sign | None:
    """A sentence about the site, its subscribers, its letters and its rules: several of the words for such."""
    if shape.words > SITE_SENTENCE_WORDS:
        return None
    found = {word[0] for word in _SITE_WORD.finditer(line.key)}
    if len(found) < (2 if shape.words <= FOREIGN_WORDS else SITE_WORDS):
        return None
    return Sign("other", RIGHTS, min(found), LIKELY, weak=shape.prose and len(found) == SITE_WORDS)


def _foreign(line: Line, shape: Shape) -> Sign | None:
    if shape.arabic or shape.words > FOREIGN_WORDS:
        return None
    return Sign("navigation", FOREIGN, "", WEAK, weak=True)


_RULES = (_row_of_platforms, _widget, _caption, _date, _author, _menu, _address, _foreign)
