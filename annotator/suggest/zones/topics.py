"""The words that tell what a piece of text is about, and how much two pieces share of them."""

from __future__ import annotations

import re
from typing import Final

from annotator.suggest.lines import line_key


STEM_LETTERS: Final = 5
"""Letters of a word that count: enough to tell words apart, few enough that endings do not."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_PREFIX = re.compile(r"^[وف]?(?:[بكل]?ال|لل)(?=..)|^[وف](?=[^\W\d_]{4})")
# Words of any article: particles, pronouns, verbs of saying, days, measures.
_COMMON = (
    *("على", "الى", "عن", "من", "في", "مع", "هذا", "هذه", "ذلك", "تلك", "التي", "الذي", "الذين", "اللذين"),
    *("اللتين", "ان", "انه", "انها", "انهم", "كان", "كانت", "كانوا", "يكون", "تكون", "ليس", "ليست", "قال", "قالت"),
    *("قالوا", "يقول", "تقول", "اضاف", "اضافت", "اكد", "اكدت", "اوضح", "اوضحت", "اشار", "اشارت", "ذكر", "ذكرت"),
    *("اعلن", "اعلنت", "مشيرا", "موضحا", "مؤكدا", "قائلا", "مضيفا", "بعد", "قبل", "خلال", "منذ", "حتى", "عند"),
    *("عندما", "حيث", "حين", "بين", "تحت", "فوق", "امام", "وراء", "ضمن", "حول", "دون", "غير", "سوى", "كما", "كل"),
    *("بعض", "جميع", "اي", "ايضا", "لكن", "بل", "او", "ام", "ثم", "قد", "لقد", "لم", "لن", "لا", "ما", "هو", "هي"),
    *("هم", "هن", "نحن", "انا", "انت", "نحو", "مثل", "عبر", "ضد", "لدى", "لدي", "اذا", "اذ", "لو", "لولا", "رغم"),
    *("بسبب", "بحسب", "وفق", "وفقا", "حسب", "يوم", "اليوم", "امس", "غدا", "عام", "العام", "سنه", "شهر", "الشهر"),
    *("اسبوع", "الاسبوع", "ساعه", "الساعه", "الماضي", "الماضيه", "المقبل", "المقبله", "الحالي", "الجاري", "صباح"),
    *("مساء", "السبت", "الاحد", "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعه", "الف", "مليون", "مليار"),
    *("عدد", "عده", "نسبه", "اكثر", "اقل", "اول", "الاول", "الاولى", "ثاني", "الثاني", "واحد", "اثنين", "ثلاثه"),
    *("اربعه", "خمسه", "جديد", "جديده", "كبير", "كبيره", "عليه", "عليها", "فيه", "فيها", "منه", "منها", "له"),
    *("لها", "لهم", "به", "بها", "الان", "هناك", "هنا", "كذلك", "لذلك", "وذلك", "فقد", "فان", "اضافه", "جانب"),
    *("جهه", "جهته", "جهتها", "طريق", "اطار", "ظل", "شان", "مجال", "تم", "يتم", "تمت", "وقد", "تصريح", "تصريحات"),
    *("بيان", "حديث", "مصدر", "مصادر", "رئيس", "وزير", "وزاره", "حكومه", "مسؤول", "المتحدث", "باسم", "وكاله"),
    *("صحيفه", "قناه", "دوله", "البلاد", "الدول", "العالم"),
)


def _stem(word: str) -> str:
    return _PREFIX.sub("", word)[:STEM_LETTERS]


_IGNORED: Final = frozenset(_stem(line_key(word)) for word in _COMMON)


def topic_words(key: str) -> frozenset[str]:
    """The stems of the telling words of a folded line."""
    stems = {_stem(word) for word in _WORD.findall(key)}
    return frozenset(stem for stem in stems - _IGNORED if len(stem) >= 3)


def shared(part: frozenset[str], whole: frozenset[str]) -> float:
    """Which share of the words of `part` stands in `whole` too, 0 to 1; 0 where `part` has none."""
    return len(part & whole) / len(part) if part else 0.0
