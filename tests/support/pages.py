"""Pages for tests of suggesters: two made-up articles that share no subject, and what sites print around them."""

from __future__ import annotations

from annotator.suggest.contract import DocumentView


TITLE = "بلدية مرجانة تسير أول عشرين حافلة كهربائية"
BODY = (
    "بدأت بلدية مرجانة، الأحد، تسيير عشرين حافلة كهربائية على خطين يربطان الميناء بالجامعة في تجربة مدتها ستة أشهر.",
    "وقالت رئيسة البلدية سحر العمري إن الحافلات ستوفر 600 لتر من الوقود كل يوم، وإن ثمن التذكرة لن يتغير هذا العام.",
    "وتبلغ كلفة الحافلة الواحدة 300 ألف دينار، وقد مول المشروع مصرف التنمية بقرض طويل الأجل.",
    "ومن المقرر أن تصل حافلات أخرى في الربيع إذا نجحت التجربة على الخطين.",
)
OTHER_TITLE = "متحف كوثران يستعيد مخطوطا نادرا سرق قبل ثلاثين عاما"
OTHER_BODY = (
    "استعاد متحف كوثران مخطوطا نادرا في علم الفلك سرق من خزائنه قبل ثلاثين عاما بعد ظهوره في مزاد علني خارج المدينة.",
    "وذكرت الشرطة أن التحقيق لم ينته بعد، وأن المخطوط يضم أربعة وستين رسما ملونا لمنازل القمر.",
    "ورفض المتحف الكشف عن قيمة المخطوط، لكن خبيرا قدرها بما يزيد على مليون دينار.",
)


def page(*parts: str | tuple[str, ...], between: str = "\n\n") -> DocumentView:
    """A document of lines, given singly or in groups."""
    lines = [line for part in parts for line in ((part,) if isinstance(part, str) else part)]
    return DocumentView("d", between.join(lines))
