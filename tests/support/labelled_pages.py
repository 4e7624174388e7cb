"""Small labelled pages to learn from: who says what, and page furniture around it."""

from __future__ import annotations

import random

from annotator.suggest.contract import DocumentView
from annotator.suggest.learned.examples import Example, Labelled


LABELS = frozenset(("boilerplate", "spillover", "claim", "source"))
_SOURCES = ("وزير النقل", "مدير الميناء سامر الخطيب", "رئيسة البلدية", "نقابة السائقين", "مصدر أمني", "هيئة الأرصاد")
_VERBS = ("قال", "وأكد", "وذكرت", "أعلن", "وأوضح")
_CLAIMS = (
    "الطريق الساحلي سيغلق يومين",
    "عدد الركاب تضاعف منذ مايو",
    "المصنع لن يغلق هذا العام",
    "الأسعار انخفضت بنسبة 3 في المئة",
    "الحافلات الجديدة وصلت إلى المرفأ",
    "منسوب النهر ارتفع مترين",
)
_OWN = ("بدأت أعمال التوسعة في المدينة القديمة صباح اليوم وسط حضور كبير.", "وتستمر الأعمال أسبوعا آخر في جميع الأحياء.")
_TITLES = ("افتتاح حديقة جديدة", "موسم الزيتون يبدأ مبكرا", "مباراة الأحد تنتهي بالتعادل", "معرض الكتاب يعود")


class Builder:
    """A page that grows line by line, with its labels."""

    def __init__(self) -> None:
        self.text = ""
        self.spans: list[Labelled] = []

    def line(self, text: str, label: str = "", **attributes: str) -> None:
        start = len(self.text)
        self.text += f"{text}\n"
        if label:
            self.spans.append(Labelled(start, start + len(text), label, attributes))

    def attribution(self, verb: str, source: str, claim: str) -> None:
        start = len(self.text) + len(verb) + 1
        self.spans.append(Labelled(start, start + len(source), "source", {"type": "official"}))
        start += len(f"{source} إن ")
        self.spans.append(Labelled(start, start + len(claim), "claim", {"quote": "indirect"}))
        self.line(f"{verb} {source} إن {claim}.")

    def example(self, doc_id: str, group: str = "") -> Example:
        return Example(DocumentView(doc_id, self.text, labels=LABELS), tuple(self.spans), group)


def page(number: int, group: str = "") -> Example:
    """A page of its own for each number."""
    chance, made = random.Random(number), Builder()
    made.line("الرئيسية", "boilerplate", kind="navigation")
    made.line(f"شارك {chance.choice(('الخبر', 'المقال'))}", "boilerplate", kind="share")
    made.line(f"خبر رقم {number} عن {chance.choice(_SOURCES)}")
    for _ in range(3):
        made.line(chance.choice(_OWN))
        made.attribution(chance.choice(_VERBS), chance.choice(_SOURCES), chance.choice(_CLAIMS))
    made.line("اقرأ أيضا:", "boilerplate", kind="related")
    for title in chance.sample(_TITLES, 3):
        made.line(f"• {title}", "boilerplate", kind="related")
    made.line("جميع الحقوق محفوظة", "boilerplate", kind="other")
    return made.example(f"page-{number}", group)


def pages(count: int) -> list[Example]:
    """So many pages."""
    return [page(number) for number in range(count)]
