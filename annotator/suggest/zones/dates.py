"""Lines that give a date or a time and little else, with the months of all Arab countries and of the Hijra."""

from __future__ import annotations

import re
from typing import Final

from annotator.suggest.lines import line_key


_MONTHS: tuple[str, ...] = (
    # Egypt, the Gulf, and English
    *("يناير", "فبراير", "مارس", "أبريل", "إبريل", "مايو", "يونيو", "يونيه", "يوليو", "يوليه", "أغسطس", "سبتمبر"),
    *("أكتوبر", "نوفمبر", "ديسمبر", "january", "february", "march", "april", "june", "july", "august", "september"),
    *("october", "november", "december", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept"),
    *("oct", "nov", "dec"),
    # the Levant and Iraq
    *("كانون الثاني", "كانون الأول", "كانون ثاني", "كانون اول", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز"),
    *("آب", "أيلول", "تشرين الأول", "تشرين الثاني", "تشرين اول", "تشرين ثاني"),
    # Algeria, Tunisia and Morocco
    *("جانفي", "فيفري", "أفريل", "ماي", "جوان", "جويلية", "أوت", "غشت", "شتنبر", "نونبر", "دجنبر", "يوليوز"),
    *("ابريل",),
    # Hijri
    *("محرم", "صفر", "ربيع الأول", "ربيع الآخر", "ربيع الثاني", "جمادى الأولى", "جمادى الآخرة", "جمادى الثانية"),
    *("رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذي القعدة", "ذو الحجة", "ذي الحجة"),
)
_DAYS: tuple[str, ...] = (
    *("السبت", "الأحد", "الإثنين", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "saturday", "sunday"),
    *("monday", "tuesday", "wednesday", "thursday", "friday"),
)
_AROUND = (
    *("تاريخ", "النشر", "نشر", "نشرت", "بتاريخ", "آخر", "تحديث", "تم", "التحديث", "في", "الساعة", "بتوقيت"),
    *("غرينتش", "جرينتش", "مكة", "المكرمة", "القاهرة", "أبوظبي", "الدوحة", "توقيت", "محلي", "المحلي", "gmt", "utc"),
    *("ت", "غ", "م", "ص", "ه", "هـ", "am", "pm", "صباحا", "مساء", "ظهرا", "منذ", "قبل", "يوم", "الموافق", "st"),
    *("nd", "rd", "th", "published", "updated", "last", "on", "at", "اليوم", "امس", "الان", "كتب", "اضيف", "t"),
    *("z", "ميلادي", "هجري", "عدد", "مدة", "القراءة", "دقائق", "دقيقة", "قراءة"),
)


def _any_of(phrases: tuple[str, ...]) -> str:
    folded = sorted({line_key(phrase) for phrase in phrases}, key=len, reverse=True)
    return "|".join(map(re.escape, folded))


_MONTH = rf"(?:{_any_of(_MONTHS)})"
# The name of a month in two conventions: ديسمبر/كانون الأول
_MONTH_NAME = rf"{_MONTH}(?: ?[/(] ?{_MONTH}\)?)?"
_DATE = re.compile(
    rf"\d{{1,2}}(?:st|nd|rd|th)?,? ?(?:من )?-?{_MONTH_NAME}(?![^\W\d_])(?:[ ,،\-]*\d{{4}})?"
    rf"|(?<![^\W\d_]){_MONTH_NAME} \d{{1,2}}(?:st|nd|rd|th)?[ ,،]+\d{{4}}"
    r"|\d{1,4} ?[/.\-] ?\d{1,2} ?[/.\-] ?\d{2,4}(?!\d)"
)
_TIME = re.compile(r"(?<![\d:.,])\d{1,2} ?: ?\d{2}(?::\d{2})?(?!\d)")
_AGO = re.compile(
    r"(?:منذ|قبل) (?:\d+ )?(?:ثانيه|ثواني|دقيقه|دقائق|ساعه|ساعات|ساعتين|يوم|يومين|ايام|اسبوع|اسبوعين|اسابيع|شهر|شهرين"
    r"|اشهر|شهور|سنه|سنتين|سنوات)(?![^\W\d_])|\d+ (?:hours?|minutes?|days?) ago"
)
_DAY = re.compile(rf"(?:{_any_of(_DAYS)})(?![^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+")
_AROUND_WORDS: Final = frozenset(line_key(word) for word in _AROUND)
_DIGIT = re.compile(r"\d")
LONGEST = 16
"""Words of the longest line that is looked at."""


def words_beside_date(key: str) -> int | None:
    """How many words of a folded line are not part of a date or time in it; None where it has no date or time."""
    if not (_DIGIT.search(key) or "منذ" in key or "قبل" in key):
        return None
    rest, found = _DATE.subn(" ", key)
    rest, times = _TIME.subn(" ", rest)
    rest, ago = _AGO.subn(" ", rest)
    if not found + times + ago:
        return None
    rest = _DAY.sub(" ", rest)
    return sum(word not in _AROUND_WORDS for word in _WORD.findall(rest))


def is_relative(key: str) -> bool:
    """Whether a folded line only tells how long ago something was, as sub-headings may too."""
    return _AGO.search(key) is not None and not (_DATE.search(key) or _TIME.search(key))


def has_full_date(key: str) -> bool:
    """Whether a folded line names a day of a month."""
    return _DATE.search(key) is not None
