"""Words that tell that somebody says something: the model of tokens is told where they stand, not what follows."""

from __future__ import annotations

from annotator.text.folding import folded_text


# The perfect, the imperfect without its prefix, and the participle.
_VERBS = (
    ("قال", "قول", "قائل"),
    ("أكد", "ؤكد", "مؤكد"),
    ("أعلن", "علن", "معلن"),
    ("ذكر", "ذكر", "ذاكر"),
    ("أضاف", "ضيف", "مضيف"),
    ("أوضح", "وضح", "موضح"),
    ("أشار", "شير", "مشير"),
    ("صرح", "صرح", "مصرح"),
    ("كشف", "كشف", "كاشف"),
    ("أفاد", "فيد", "مفيد"),
    ("اعتبر", "عتبر", "معتبر"),
    ("رأى", "رى", "رائي"),
    ("نفى", "نفي", "نافي"),
    ("حذر", "حذر", "محذر"),
    ("شدد", "شدد", "مشدد"),
    ("لفت", "لفت", "لافت"),
    ("أبلغ", "بلغ", "مبلغ"),
    ("نقل", "نقل", "ناقل"),
    ("زعم", "زعم", "زاعم"),
    ("اتهم", "تهم", "متهم"),
    ("توقع", "توقع", "متوقع"),
    ("رجح", "رجح", "مرجح"),
    ("انتقد", "نتقد", "منتقد"),
    ("وصف", "صف", "واصف"),
    ("كتب", "كتب", "كاتب"),
    ("تابع", "تابع", "متابع"),
    ("تعهد", "تعهد", "متعهد"),
    ("أقر", "قر", "مقر"),
    ("اعترف", "عترف", "معترف"),
    ("أظهر", "ظهر", "مظهر"),
    ("أعرب", "عرب", "معرب"),
    ("نوه", "نوه", "منوه"),
    ("دعا", "دعو", "داعي"),
    ("طالب", "طالب", "مطالب"),
    ("أخبر", "خبر", "مخبر"),
    ("ادعى", "دعي", "مدعي"),
    ("تحدث", "تحدث", "متحدث"),
    ("علق", "علق", "معلق"),
    ("قدر", "قدر", "مقدر"),
    ("استبعد", "ستبعد", "مستبعد"),
)
_PHRASES = (
    "بحسب",
    "حسب",
    "حسبما",
    "وفق",
    "وفقا",
    "نقلا",
    "طبقا",
    "قوله",
    "قولها",
    "قولهم",
    "تعبيره",
    "تعبيرها",
    "وصفه",
)


def _forms() -> frozenset[str]:
    forms = set(_PHRASES)
    for perfect, imperfect, participle in _VERBS:
        stem = perfect.removesuffix("ى")
        forms |= {perfect, f"{stem}ت", f"{stem}وا", f"{stem}ا"}
        forms |= {prefix + imperfect + suffix for prefix in "يت" for suffix in ("", "ون", "ان")}
        forms |= {f"{participle}ا", f"{participle}ة", f"{participle}ين"}
    return frozenset(folded_text(form) for form in forms)


SAYING = _forms()
"""All forms, folded, without the و, ف or س that may stand before them."""


def says(word: str) -> bool:
    """Whether a folded word tells that somebody says something."""
    return word in SAYING or (word[:1] in ("و", "ف", "س") and word[1:] in SAYING)
