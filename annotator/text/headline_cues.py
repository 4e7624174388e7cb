"""What tells that a line above an article is no headline: menus, dates, names of writers, buttons for sharing."""

from __future__ import annotations

import re
from typing import Final


# Months in the spellings of all Arab countries, days, and the words around them.
_DATE_WORDS = (
    *("يناير", "فبراير", "مارس", "أبريل", "إبريل", "مايو", "يونيو", "يونيه", "يوليو", "يوليه", "أغسطس", "سبتمبر"),
    *("أكتوبر", "نوفمبر", "ديسمبر", "كانون", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول"),
    *("تشرين", "جانفي", "فيفري", "أفريل", "ماي", "جوان", "جويلية", "أوت", "غشت", "شتنبر", "نونبر", "دجنبر", "يوليوز"),
    *("محرم", "صفر", "ربيع", "جمادى", "رجب", "شعبان", "رمضان", "شوال", "القعدة", "الحجة", "ذو", "ذي", "هـ", "م", "ص"),
    *("السبت", "الأحد", "الإثنين", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "الموافق", "الساعة"),
    *("آخر", "تحديث", "تاريخ", "النشر", "نشر", "مساء", "صباحا", "بتوقيت", "غرينتش", "منذ", "دقيقة", "دقائق", "ساعة"),
    *("ساعات", "GMT", "January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
# Sections of a newspaper and pages of a site, as they stand one behind the other in a menu.
_MENU_WORDS = (
    *("الرئيسية", "القائمة", "المزيد", "أخبار", "الأخبار", "سياسة", "اقتصاد", "رياضة", "ثقافة", "فنون", "فن", "صحة"),
    *("علوم", "تكنولوجيا", "تقنية", "محليات", "محلي", "محافظات", "حوادث", "تحقيقات", "تقارير", "آراء", "رأي", "مقالات"),
    *("منوعات", "فيديو", "صور", "صوت", "صوتيات", "المرأة", "سيارات", "سياحة", "بيئة", "تعليم", "دين", "مجتمع", "جهات"),
    *("عربي", "دولي", "العالم", "كتاب", "ملفات", "حوارات", "بودكاست", "أسهم", "عملات", "طاقة", "بحث", "نحن", "بنا"),
)
_PLATFORMS = (
    *("فيسبوك", "واتساب", "تويتر", "انستغرام", "إنستغرام", "الانستغرام", "يوتيوب", "تلغرام", "تليغرام", "تيليغرام"),
    *("تيلقرام", "تلجرام", "تيلجرام", "تيليجرام", "لينكدإن", "لينكدان", "بينتيريست", "رديت", "ماسنجر", "facebook"),
    *("whatsapp", "twitter", "instagram", "youtube", "telegram", "linkedin", "Facebook", "Whatsapp", "WhatsApp"),
    *("Twitter", "Instagram", "Youtube", "YouTube", "Telegram", "Linkedin", "LinkedIn", "Messenger"),
)
# What begins a line that names the writer or asks the reader to do something.
_OPENINGS = (
    *("بقلم", "كتب:", "كتبت:", "كتب :", "كتبت :", "كتب/", "إعداد:", "تصوير:", "عدسة:", "حاورها", "حاوره", "ترجمة:"),
    *("تاريخ النشر", "آخر تحديث", "نشر في", "مدة القراءة", "المصدر:", "شارك الخبر", "شارك هذا", "شارك المقال", "شارك:"),
    *("تابعنا", "تابعونا", "اشترك في", "انضم إلى قائمة", "انضم إلينا", "أدخل بريدك", "استمع إلى", "اقرأ أيضا"),
    *("شاهد أيضا", "طالع أيضا", "حجم الخط", "حمل تطبيق", "أنت هنا", "الرئيسية", "الصفحة الرئيسية", "الصفحة الأولى"),
    *("درجة الحرارة", "أسعار العملات", "مواقيت الصلاة", "جميع الحقوق"),
)
# What only paragraphs about the site itself say.
_SITE_PROSE = (
    *("موقع إخباري", "صحيفة إلكترونية", "جريدة إلكترونية", "بوابة إخبارية", "موقعنا", "نشرتنا", "بريدك", "بريدكم"),
    *("ملفات تعريف", "ملفات الارتباط", "الكوكيز", "الحقوق محفوظة", "سياسة الخصوصية", "شروط الاستخدام"),
)
_CAPTION_CUES = ("صورة", "أرشيف", "جانب من", "عدسة", "تصوير", "كما بد", "رويترز)", "أ ف ب)", "فرانس برس)")
# Words that any two texts share.
_PARTICLES = (
    *("على", "إلى", "عن", "هذا", "هذه", "ذلك", "التي", "الذي", "أنه", "أنها", "كان", "كانت", "قال", "قالت", "بعد"),
    *("قبل", "خلال", "منذ", "عند", "حيث", "بين", "مع", "كما", "يوم"),
)

_PUNCTUATION = " \"'«»“”‘’()[]{}،؛,;:.!؟?…•*#|/\\–—-_<>›"
_BULLETS = ("•", "▪", "■", "●", "◦", "*", "- ")
_DIGIT = re.compile(r"\d")
_CLOCK = re.compile(r"\d:\d\d")


def plain(text: str) -> str:
    """A text with the letters alike that sites spell in two ways; of the same length, and faster than to fold it."""
    for letter, other in zip("أإآةى", "اااهي", strict=True):
        text = text.replace(letter, other)
    return text


def plain_words(line: str) -> list[str]:
    """The words of a plain line without their punctuation."""
    return [word for piece in line.split() if (word := piece.strip(_PUNCTUATION))]


_DATES: Final = frozenset(map(plain, _DATE_WORDS))
_SECTIONS: Final = frozenset(map(plain, _MENU_WORDS))
_SITES: Final = frozenset(_PLATFORMS)
_STARTS: Final = tuple(map(plain, _OPENINGS))
_ABOUT_SITE: Final = tuple(map(plain, _SITE_PROSE))
_OF_CAPTIONS: Final = tuple(map(plain, _CAPTION_CUES))
_EVERYWHERE: Final = frozenset(map(plain, _PARTICLES))


def is_date(line: str, words: list[str]) -> bool:
    """Whether a plain line gives a date or a time."""
    if not _DIGIT.search(line):
        return False
    if ":" in line and _CLOCK.search(line):
        return True
    return sum(word[0].isdigit() or word in _DATES for word in words) * 2 >= len(words)


def is_furniture(line: str, words: list[str]) -> bool:
    """Whether a plain line is breadcrumbs, a menu, a name of a writer or a row of buttons for sharing."""
    if ("»" in line and "«" not in line) or line.lstrip(_PUNCTUATION).startswith(_STARTS):
        return True
    sections = sum(map(_SECTIONS.__contains__, words))
    if sections >= 3 and sections * 3 >= len(words):
        return True
    return sum(map(_SITES.__contains__, words)) * 2 > len(words)


def is_about_site(line: str) -> bool:
    """Whether a paragraph speaks of the site that prints it."""
    line = plain(line)
    return any(phrase in line for phrase in _ABOUT_SITE)


def doubts(line: str) -> float:
    """How much speaks against a plain line: a word of captions, a bullet, what parts breadcrumbs and names of sites."""
    caption = any(cue in line for cue in _OF_CAPTIONS)
    parted = "|" in line or ">" in line or "›" in line or " / " in line
    return 0.2 * caption + 0.3 * parted + 0.2 * line.startswith(_BULLETS)


def shared(words: list[str], article: str) -> float:
    """Which share of the telling words of a plain line stands in a plain text, below 1 the more so the fewer they are.

    A word counts with its first five letters behind و, ب and the article, so that few endings and prefixes hide it.
    """
    stems = {word.removeprefix("و").removeprefix("ب").removeprefix("ال").removeprefix("لل")[:5] for word in words}
    stems = {stem for stem in stems if len(stem) > 2 and stem not in _EVERYWHERE}
    return sum(stem in article for stem in stems) / (len(stems) + 1)
