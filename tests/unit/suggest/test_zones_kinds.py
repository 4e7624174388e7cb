from __future__ import annotations

import pytest

from annotator.suggest.lines import lines
from annotator.suggest.zones.kinds import sign_of
from annotator.suggest.zones.shapes import shape_of
from annotator.suggest.zones.signs import Sign


def sign(text: str) -> Sign | None:
    line = lines(text)[0]
    return sign_of(line, shape_of(line))


def kind(text: str) -> str:
    found = sign(text)
    return found.kind if found else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الرئيسية", "navigation"),
        ("• من نحن", "navigation"),
        ("الرئيسية»اقتصاد»أسعار الخبز", "navigation"),
        ("الرئيسية | أسهم | عملات | رأي", "navigation"),
        ("أخبار رياضة اقتصاد ثقافة", "navigation"),
        ("استمع إلى المقال 00:00 / 04:12", "navigation"),
        ("فيسبوك تويتر واتساب تيلقرام نسخ الرابط", "share"),
        ("شاركها. واتساب فيسبوك", "share"),
        ("تابعنا على Google News", "share"),
        ("حمل تطبيق الجريدة", "share"),
        ("إقرأ أيضاً:", "related"),
        ("اقرأ أيضا: لماذا ترتفع أسعار السمك كل شتاء؟", "related"),
        ("الأكثر قراءة", "related"),
        ("اخترنا لك", "related"),
        ("بقلم: رنا العوضي", "byline"),
        ("كتبت ليلى حمود", "byline"),
        ("تاريخ النشر: 9th, February 2024 GMT", "byline"),
        ("فريق التحريرفريق التحريرالسبت 27 يناير 6:41 م", "byline"),
        ("٤ دقائق قراءة", "byline"),
        ("طالب يستريح في مكتبة الجامعة (أرشيف)", "caption"),
        ("قوارب قرب الشاطئ (صورة أرشيفية) / Getty Images", "caption"),
        ("تصوير: سامر الدالي", "caption"),
        ("المصدر: وكالات", "source_line"),
        ("المصادر الإضافية • أ ب", "source_line"),
        ("نقلا عن وكالة حروف", "source_line"),
        ("كلمات دلالية: زيت الزيتون الجفاف", "keywords"),
        ("#اقتصاد #الزيت", "keywords"),
        ("وسوم", "keywords"),
        ("إعلان", "advert"),
        ("للإعلان معنا: ads@daftar.example", "advert"),
        ("جميع الحقوق محفوظة © 2026", "other"),
        ("سياسة الخصوصية", "navigation"),
        ("شبكة دفتر الإخباريةالرئيسيةمحلياقتصاداتصل بنا", "navigation"),
        ("A+ A-", "navigation"),
        ("تابع دفتر اليوم على:", "share"),
        ("فعّل الجرس لتصلك التحديثات", "share"),
        ("سجل معنا لتصلك نشرة الصباح على بريدك", "share"),
        ("مواضيع تهمك", "related"),
        ("الرياضة الأكثر قراءة", "related"),
        ("list 1 of 2", "related"),
        ("تخطى قصص مقترحة وواصل القراءة", "related"),
        ("قوارب قرب الشاطئ (وكالة أنباء سرندة)", "caption"),
        ("#الحافلات", "keywords"),
        ("#الحافلات#مرجانة", "keywords"),
        ("7 تعليقات", "other"),
        ("مرجانة 34°", "other"),
        ("الفجر 4:41 الشروق 6:01 الظهر 12:13", "other"),
        ("دولار 3.75 | يورو 4.39", "other"),
        ("يرجى التحقق من البريد الإلكتروني", "other"),
        ("رئيس التحرير: سامي الدالي", "other"),
        ("أضف تعليقا", "other"),
        ("التعليقات (3)", "other"),
        ("للتواصل: reem@daftar.example", "other"),
    ],
)
def test_each_kind_of_furniture_is_known(text: str, expected: str) -> None:
    assert kind(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "المصدر الذي تحدث إلى الوكالة طلب عدم ذكر اسمه لأسباب أمنية.",
        "مصدر: المفوضية تعيد المرشح إلى السباق الانتخابي",
        "انضم إلى الفريق ثلاثة لاعبين جدد قادمين من أندية أوروبية كبيرة هذا الصيف بعقود طويلة.",
        "«الجوازات» تواصل استقبال طلبات التصحيح",
        "سوق الحرفيين: هدم أم ترميم؟",
        "العودة إلى الحياة بعد الحرب",
        'وقالت المصادر: "القرار جاهز وينتظر توقيع الوزير".',
        "شروط المشاركة:",
        "لا أعرف.",
        "صوت بلا تسجيل",
        "- كتب الطبخ والرحلات",
        "صباح الخير، إليكم أبرز مستجدات الإثنين 17 آذار 2025",
        "تابع الوزير زيارته إلى المحافظة ووضع حجر الأساس لثلاث مدارس جديدة في القرى.",
        "ارتفع الدولار إلى 3.75 ريال",
        "وأعلن المتحدث باسم الجيش مقتل جنديين (رويترز).",
    ],
)
def test_lines_of_articles_carry_no_sign_that_counts(text: str) -> None:
    found = sign(text)
    assert found is None or found.weak


def test_the_evidence_is_the_folded_cue() -> None:
    found = sign("• إقرأ أيضاً:")
    assert found is not None
    assert found.evidence == "اقرا ايضا"


def test_headings_of_lists_head_what_is_below_and_links_do_not() -> None:
    heading, link = sign("أخبار ذات صلة"), sign("اقرأ أيضا: خبر عن السمك والشتاء")
    assert heading is not None
    assert heading.heads
    assert link is not None
    assert not link.heads


def test_a_list_that_is_read_aloud_ends_with_its_last_mark() -> None:
    first, last = sign("list of 2 items"), sign("قصص مقترحة نهاية")
    assert first is not None
    assert last is not None
    assert (first.heads, first.closes, last.heads, last.closes) == (True, False, False, True)


@pytest.mark.parametrize("text", ["ا" * 700 + "@", "ا@" * 300])
def test_long_words_that_begin_like_addresses_are_read_quickly(text: str) -> None:
    assert kind(text) in {"", "other"}


def test_counts_beside_a_phrase_do_not_matter() -> None:
    assert kind("تعليقات (12)") == kind("تعليقات") == "other"


def test_a_sentence_about_rights_is_known_in_prose_too() -> None:
    assert kind("المقالات المنشورة لا تعبر بالضرورة عن رأي «دفتر اليوم» ولا عن رأي محرريها.") == "other"


def test_a_foreign_line_counts_only_among_others() -> None:
    found = sign("Close Menu")
    assert found is not None
    assert found.weak


def test_names_of_sections_count_only_among_others() -> None:
    found = sign("اقتصاد")
    assert found is not None
    assert found.weak


def test_a_paragraph_of_many_words_is_not_looked_at() -> None:
    assert sign("اقرأ أيضا " + "خبر " * 80) is None


def test_a_long_run_of_characters_without_a_space_is_not_looked_at() -> None:
    assert sign("إعلان" + "(" * 300_000) is None


@pytest.mark.parametrize("text", ["تخطى قصص مقترحة وواصل القراءة", "قصص مقترحة نهاية", "اترك تعليقاً إلغاء الرد"])
def test_marks_around_lists_and_forms_are_furniture(text: str) -> None:
    found = sign(text)
    assert found is not None
    assert not found.weak


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Re: سكان المدينة ينقلون المرضى بالقوارب (Re: حسن)", "other"),
        ("رد: سكان المدينة ينقلون المرضى بالقوارب", "other"),
        ("ردت الوزارة على الأسئلة", ""),
        ("// انتهى //", "other"),
        ("- مل -", "other"),
        ("انتهى الاجتماع", ""),
        ("وام/سالم الكعبي/ريم الهاجري", "byline"),
        ("الرئيسية/هواتف ذكية/شركة «نجم» تكشف هاتفها القابل للف بسعر يقل عن 700 دولار", "navigation"),
        ("نهاية قصص مقترحة", "related"),
        ("نهاية حقبة", ""),
        ("لمشاهدة أجمل الصور زوروا «إنستغرام سيدتي»", "share"),
        ("ويمكنكم متابعة آخر الأخبار عبر «تويتر»", "share"),
        ("إشهار", "advert"),
    ],
)
def test_what_a_line_tells_by_itself(text: str, expected: str) -> None:
    assert kind(text) == expected


def test_a_time_ago_with_a_word_beside_it_is_a_weak_sign() -> None:
    found = sign("ابدئي قبل أسبوعين")
    assert found is not None
    assert found.weak


def test_a_time_ago_alone_is_a_sign_that_counts() -> None:
    found = sign("قبل أسبوعين")
    assert found is not None
    assert not found.weak
