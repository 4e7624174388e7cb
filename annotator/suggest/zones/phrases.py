"""Signs that are phrases: what stands on a line alone, at its beginning, before its colon or anywhere in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from annotator.suggest.lines import Line, line_key
from annotator.suggest.zones import article_cues, cues, site_cues
from annotator.suggest.zones.shapes import Shape
from annotator.suggest.zones.signs import (
    ADVERT,
    BYLINE,
    CAPTION,
    COMMENTS,
    KEYWORDS,
    LIKELY,
    MENU,
    RELATED,
    RIGHTS,
    SHARE,
    SOURCE,
    WEAK,
    WIDGET,
    Sign,
)


WHOLE_WORDS: Final = 7
"""Words of the longest line that is compared as a whole."""
LINK_WORDS: Final = 60
"""Words of a line that points to other articles, at most: several headlines without a break among them."""

LIST_MARK_WORDS: Final = 12
_LIST_MARK = re.compile(
    r"(?P<end>end of list|(?:[^\W\d_]+ ){1,3}نهايه|نهايه (?:ال)?(?:قصص|مواضيع|مقالات|اخبار|بودكاست|محتوي|قائمه|روابط)"
    r"(?: [^\W\d_]+){0,2})|list (?:of )?\d+ (?:of \d+|items)|.* وواصل القراءه"
)
INVITATION_WORDS: Final = 24
REPLY_WORDS: Final = 30
"""Words of the longest headline of a reply in a forum."""

_EDGE = " .:-()[]*"
_COUNT = re.compile(r"\s*(?:\(\s*\d+\s*\)|\d+)\s*$")
_COLON_HEAD = re.compile(r"([^:：|•]{2,30}?)\s*[:：]")


def folded(phrases: Iterable[str]) -> list[str]:
    """Phrases as lines are compared, the longest first."""
    return sorted({line_key(phrase) for phrase in phrases}, key=len, reverse=True)


def opening(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for phrases at the beginning of a folded line."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, folded(phrases)))})(?!\w)")


def inside(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for phrases anywhere in a folded line."""
    return re.compile("|".join(map(re.escape, folded(phrases))))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases that are a sign in lines of a limited length.

    Attributes:
        pattern: Of the phrases.
        sign: What they are a sign of, without evidence.
        words: Of the longest line in which they count.
        anywhere: Whether they need not stand at the beginning.
        prose: Whether they count in prose too.
    """

    pattern: re.Pattern[str]
    sign: Sign
    words: int
    anywhere: bool = False
    prose: bool = False

    def sign_in(self, line: Line, shape: Shape) -> Sign | None:
        """The sign in a line, or None."""
        if shape.words > self.words or (shape.prose and not self.prose):
            return None
        if self.anywhere:
            found = self.pattern.search(line.key)
        else:
            found = self.pattern.match(shape.bare) or self.pattern.match(line.key)
        return found and replace(self.sign, evidence=found[0])


def _whole_lines() -> dict[str, Sign]:
    groups = (
        (cues.SECTIONS_WHOLE, Sign("navigation", MENU, score=WEAK, weak=True)),
        (cues.NAVIGATION_WHOLE, Sign("navigation", MENU)),
        (cues.SHARE_WHOLE, Sign("share", SHARE, heads=True)),
        (cues.COMMENTS_WHOLE, Sign("other", COMMENTS, heads=True, ends=True)),
        (cues.OTHER_WHOLE, Sign("other", RIGHTS)),
        (cues.WIDGET_WHOLE, Sign("other", WIDGET, score=WEAK, weak=True)),
        (cues.ADVERT_WHOLE, Sign("advert", ADVERT)),
        (cues.RELATED_WHOLE, Sign("related", RELATED, heads=True, ends=True)),
        (article_cues.KEYWORDS_WHOLE, Sign("keywords", KEYWORDS, heads=True, ends=True)),
        (article_cues.SOURCE_WHOLE, Sign("source_line", SOURCE, score=WEAK, weak=True)),
    )
    return {key.strip(_EDGE): sign for phrases, sign in groups for key in folded(phrases)}


_WHOLE = _whole_lines()
_COLON: dict[str, tuple[Sign, int]] = {
    **{key: (Sign("byline", BYLINE), 12) for key in folded(article_cues.BYLINE_COLON)},
    **{key: (Sign("source_line", SOURCE, ends=True), 14) for key in folded(article_cues.SOURCE_COLON)},
    **{key: (Sign("source_line", SOURCE, ends=True), 4) for key in folded(article_cues.SOURCE_COLON_SHORT)},
    **{
        key: (Sign("keywords", KEYWORDS, ends=True, heads=True), 40)
        for key in folded((*article_cues.KEYWORDS_WHOLE, *article_cues.KEYWORDS_COLON))
    },
}
"""What stands before a colon → what it is a sign of, and words of the longest line in which it is."""
_RELATED = opening(cues.RELATED_OPENING)
_HEADING_WORDS = 6
_HEADING = re.compile(
    r"(?:[^\W\d_]+ ){0,2}(?:ال)?اكثر (?:[^\W\d_]+ )?(?:قراءه|مشاهده|تداولا|تعليقا|رواجا|زياره|تفاعلا|متابعه|مشاركه)"
    r"|(?:اقرا|اقرؤ|اقراو|طالع|شاهد|تابع|اكتشف)(?:وا|ي)? (?:ايضا|المزيد|التالي|كذلك|اكثر)"
    r"|(?:اخر|احدث|ابرز|اهم|جديد) (?:ال)?(?:اخبار|مقالات|مواضيع|موضوعات|فيديوهات|حلقات|تقارير|قصص|مستجدات|مواد)"
    r"|(?:ال)?(?:مقالات|اخبار|مواضيع|موضوعات|قصص|تقارير|فيديوهات|مواد|روابط|محتوي|قراءات|منشورات|عناوين|تدوينات) "
    r"(?:(?:ال)?(?:مشابهه|متعلقه|مرتبطه|مقترحه|مختاره|سابقه|شبيهه|اخري|رائجه)|(?:ال)?ذات |قد |(?:ت|ي)(?:هم|عجب))"
    r"|(?:ربما |قد )(?:يهم|يعجب|تهم|تعجب)\w{1,3}\b"
    r"|المزيد (?:من|في|عن|حول)\b|(?:المزيد|مقالات|كتابات) (?:[^\W\d_]+ )?(?:ل)?(?:ال|ل)كاتب"
)
_ORDER = re.compile(
    r"(?:اشترك|انضم|تابع|شارك|حمل|نزل|سجل|فعل|ارسل|احصل|كن|تلق|لا تفوت)(?:وا|ي|ونا|نا|ها|ه)?\b"
    r"|و?[يت]مكن(?:ك|كم)? متابع(?:ه|تنا)\b|(?:لمشاهده .* )?زوروا\b"
)
_CHANNEL = re.compile(
    r"\b(?:ب|ل)?(?:ال)?(?:نشر|قنا|صفح|خدم)(?:ت|تي|ات)(?:نا|كم)\b|\bبريد|\bتطبيق|\bهاتفك|التنبيهات|الاشعارات|الجرس"
    r"|تلي?[غجق]رام|تيلي?[غجق]رام|واتس ?ا?ب|فيسبوك|تويتر|انست[غجق]رام|يوتيوب|غرفه الاخبار|لتصلك|ليصلك|اخر الاخبار"
)
"""An order to the reader, and by what way the site would reach them."""
_AGENCY = "وام|واس|قنا|كونا|بترا|سانا|وفا|ا ش ا|د ب ا|ا ف ب"
_PHRASES = (
    Phrases(re.compile(r"تابع(?:وا|ونا)?\b.* (?:علي|عبر)$"), Sign("share", SHARE, score=LIKELY), 10),
    Phrases(re.compile(r"\d+ تعليق(?:ات|ا)?$|تعليق واحد$"), Sign("other", COMMENTS, heads=True, ends=True), 3),
    Phrases(re.compile(r"(?:[/#*-]+ ?)?انتهي ?[/#*-]*$|[-–] ?[^\W\d_]{1,3} ?[-–]$"), Sign("other", RIGHTS), 2),
    Phrases(re.compile(rf"(?:{_AGENCY}) ?/ ?\S"), Sign("byline", BYLINE, score=LIKELY), 8),
    Phrases(re.compile(r"(?:re|رد) ?:"), Sign("other", COMMENTS, heads=True, ends=True), REPLY_WORDS),
    Phrases(re.compile(r"(?:رئيس التحرير|رئيس مجلس الاداره) ?:"), Sign("other", RIGHTS), 20, prose=True),
    Phrases(re.compile(r"[+\-]?a[+\-]?(?: [+\-]?a[+\-]?)*$|tt$"), Sign("navigation", MENU), 3),
    Phrases(re.compile(r"={4,}|-{6,}"), Sign("navigation", MENU), 5),
    Phrases(opening(article_cues.KEYWORDS_OPENING), Sign("keywords", KEYWORDS, heads=True, ends=True), 60, prose=True),
    Phrases(inside(site_cues.DISCLAIMERS), Sign("other", RIGHTS), 45, anywhere=True, prose=True),
    Phrases(opening(cues.OTHER_OPENING), Sign("other", RIGHTS), 45),
    Phrases(opening(cues.SHARE_OPENING), Sign("share", SHARE, score=LIKELY), 14),
    Phrases(opening(cues.SHARE_OPENING), Sign("share", SHARE, score=WEAK, weak=True), 25, prose=True),
    Phrases(opening(article_cues.SOURCE_OPENING), Sign("source_line", SOURCE, score=LIKELY, ends=True), 10),
    Phrases(opening(cues.COMMENTS_OPENING), Sign("other", COMMENTS, heads=True, ends=True), 30),
    Phrases(opening(article_cues.BYLINE_OPENING), Sign("byline", BYLINE), 18),
    Phrases(opening(cues.NAVIGATION_OPENING), Sign("navigation", MENU, score=LIKELY), 9),
    Phrases(opening(cues.ADVERT_OPENING), Sign("advert", ADVERT), 8),
    Phrases(inside(cues.SHARE_INSIDE), Sign("share", SHARE, score=LIKELY), 16, anywhere=True),
    Phrases(inside(cues.OTHER_INSIDE), Sign("other", RIGHTS), 25, anywhere=True),
    Phrases(opening(article_cues.CAPTION_OPENING), Sign("caption", CAPTION), 30),
    Phrases(inside(("صورة من:",)), Sign("caption", CAPTION), 30, anywhere=True),
    Phrases(inside(article_cues.READING_TIME), Sign("byline", BYLINE), 8, anywhere=True),
)
SITE_PROSE = inside(site_cues.SITE_PROSE)
"""What a site says of itself."""


def phrase_sign(line: Line, shape: Shape) -> Sign | None:
    """The sign that a phrase gives a line, or None."""
    sign = _list_mark(shape) or _whole_sign(line, shape) or _colon_sign(shape) or _link_sign(line, shape)
    if sign is None:
        sign = next((found for phrases in _PHRASES if (found := phrases.sign_in(line, shape))), None)
    return sign or _invitation(line, shape)


def _list_mark(shape: Shape) -> Sign | None:
    """What is read aloud at the beginning, at an item and at the end of a list of links."""
    if shape.words > LIST_MARK_WORDS or (found := _LIST_MARK.fullmatch(shape.bare)) is None:
        return None
    ends = found["end"] is not None
    return Sign("related", RELATED, found[0], heads=not ends, closes=ends)


def _whole_sign(line: Line, shape: Shape) -> Sign | None:
    if shape.words > WHOLE_WORDS or shape.bare + "." == line.key:
        return None
    for key in (shape.bare, _COUNT.sub("", shape.bare).rstrip(" :-(")):
        sign = _WHOLE.get(key)
        if sign is not None:
            return replace(sign, evidence=key)
    return None


def _colon_sign(shape: Shape) -> Sign | None:
    found = _COLON_HEAD.match(shape.bare)
    sign, longest = _COLON.get(found[1], (None, 0)) if found else (None, 0)
    if found is None or sign is None or shape.words > longest or (shape.prose and sign.kind == "byline"):
        return None
    return replace(sign, evidence=found[0])


def _invitation(line: Line, shape: Shape) -> Sign | None:
    """An order to the reader to follow, subscribe or install."""
    if shape.words > INVITATION_WORDS or (found := _ORDER.match(shape.bare)) is None:
        return None
    channel = _CHANNEL.search(line.key, found.end())
    return channel and Sign("share", SHARE, channel[0], LIKELY, weak=shape.words > INVITATION_WORDS // 2)


def _link_sign(line: Line, shape: Shape) -> Sign | None:
    if (
        shape.words <= _HEADING_WORDS
        and not shape.stopped
        and ":" not in shape.bare
        and (heading := _HEADING.match(shape.bare))
    ):
        return Sign("related", RELATED, heading[0], score=LIKELY, heads=True, ends=True)
    found = _RELATED.match(shape.bare)
    if found is None or shape.words > LINK_WORDS or (shape.stopped and ":" not in line.key[: found.end() + 8]):
        return None
    alone = shape.bare == found[0]
    return Sign("related", RELATED, found[0], heads=alone or line.key.endswith(":"), ends=alone)
