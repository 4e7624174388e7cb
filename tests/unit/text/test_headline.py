from __future__ import annotations

from pathlib import Path

import pytest

from annotator.text.cleaning import clean
from annotator.text.headline import find_headline, shortened
from tests.support.shared import shared_file


PAGES = Path(__file__).parents[3] / "samples" / "pages"

PROSE = "قال مدير الشركة في بيان يوم الأحد إن العمل سيبدأ في الشهر المقبل."


def headline(text: str) -> str:
    start, end = find_headline(text)
    return text[start:end]


def page(*lines: str) -> str:
    return "\n".join((*lines, "", PROSE))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("aggregator-read-also.txt", "سرندة – توقعت وزارة الزراعة أن يكون محصول الزيتون هذا العام الأدنى منذ"),
        ("dirty-bytes.txt", "جدول جديد لانقطاع الكهرباء في مرجانة يبدأ السبت"),
        ("health-study.txt", "دراسة: القيلولة القصيرة تقوي ذاكرة طلاب الجامعات"),
        ("live-repeated-headline.txt", '"حروف": سرندة تستعد لمنع الصيد حول جزيرة لؤلؤان خمسة أعوام'),
        ("markets-figures.txt", "بورصة مرجانة تنهي الأسبوع على خسارة (-1.7%) والدينار يلتقط أنفاسه"),
        ("match-related-inside.txt", "الرمانية تخطف بطاقة النهائي بهدف في الدقيقة 90+4"),
        ("opinion-column.txt", "من يغلق باب المكتبة؟"),
        ("portal-indented.txt", "سرندة وتيماران تستأنفان العمل في سكة الحديد المشتركة"),
        ("roundup-subheadings.txt", "جولة في المحافظات: سيول في الغدير، ومدرسة جديدة في رأس الملح، وجدل على سوق"),
        ("syndicated-copy-a.txt", "إجلاء 214 راكبا من عبارة تعطلت قبالة جزيرة لؤلؤان"),
        ("syndicated-copy-b.txt", 'ليلة عصيبة في البحر.. إنقاذ ركاب العبارة "أمل الشرق"'),
        ("tv-doubled-lists.txt", '"حروف": محطة التحلية في مرجانة قد لا تعمل قبل نهاية الصيف'),
        ("vocalised-notice.txt", "إِعْلَانٌ عَنْ مُسَابَقَةِ الْخَطِّ الْعَرَبِيِّ لِلنَّاشِئَةِ"),
        ("wire-flat.txt", "عمال ميناء برج النخيل يعلقون إضرابهم بعد اتفاق على الأجور"),
    ],
)
def test_the_headline_of_each_sample_page_is_found(name: str, expected: str) -> None:
    text = clean((PAGES / name).read_text(encoding="utf-8")).text
    assert headline(text).startswith(expected)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, ("التحالف", "الانتخابات")),
        (1, ("العراق", "يبدآن", "رسمية")),
        (2, ("واشنطن", "تبلغ", "استعدادها")),
        (4, ("يعلن", "موعد", "استئناف")),
    ],
)
def test_the_headline_of_each_seed_page_is_found(number: int, words: tuple[str, ...]) -> None:
    path = sorted(shared_file("seeds").glob("*.txt"))[number]
    found = headline(clean(path.read_text(encoding="utf-8")).text)
    assert all(word in found for word in words)
    assert len(found) < 100


def test_a_page_without_a_headline_gives_its_first_line() -> None:
    text = clean((sorted(shared_file("seeds").glob("*.txt"))[3]).read_text(encoding="utf-8")).text
    assert find_headline(text) == (0, text.index("\n"))


HEADLINE = "افتتاح جسر جديد على نهر السلسال"


def test_the_longest_line_above_the_prose_is_the_headline() -> None:
    assert headline(page("موقع الخبر", "أخبار", HEADLINE, "كتبت سلمى")) == HEADLINE


def test_its_first_place_is_taken_where_it_is_repeated() -> None:
    text = page("موقع", HEADLINE, "أخبار", HEADLINE)
    assert find_headline(text)[0] == text.index(HEADLINE)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("الرئيسية » اقتصاد » " + HEADLINE, id="breadcrumb"),
        pytest.param("استمع إلى المقال كاملا بصوت صاحبته هنا 00:00 / 04:12", id="clock times"),
        pytest.param("مرجانة 4 نوفمبر حروف فيما يأتي أبرز أخبار المحافظات:", id="colon at the end"),
        pytest.param("انضم إلى قائمة البريد اليوم ليصلك كل جديد.", id="full stop at the end"),
        pytest.param("الأربعاء ٢٢ نيسان ٢٠٢٦ الموافق ٥ ذو القعدة ١٤٤٧", id="date"),
        pytest.param("آخر تحديث 12/06/2026 2026-06-12 12.06.2026 3", id="dates in figures"),
        pytest.param("فيسبوك واتساب تويتر تيلقرام لينكدإن طباعة البريد الإلكتروني", id="platforms"),
        pytest.param("شارك: Facebook Twitter WhatsApp Telegram Instagram X", id="platforms in Latin"),
        pytest.param("الرئيسية الأخبار المنوعات", id="too few words"),
        pytest.param("خبر " * 27, id="too many words"),
    ],
)
def test_a_longer_line_of_another_kind_is_passed_over(other: str) -> None:
    assert headline(page("موقع الخبر", HEADLINE, other)) == HEADLINE


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("من يغلق باب المكتبة؟", id="question"),
        pytest.param("لماذا ترتفع أسعار الخبز في المدن الكبيرة رغم انخفاض القمح؟", id="long question"),
        pytest.param("كفى صمتا على هدر الماء!", id="exclamation"),
        pytest.param("إصابة 12 شخصا في حادث على طريق 7", id="numbers"),
        pytest.param("فيسبوك وتويتر تحذفان 300 حساب مزيف", id="platforms in the news"),
        pytest.param("حملة على تويتر", id="short, for want of a better one"),
    ],
)
def test_a_line_of_this_kind_may_be_the_headline(line: str) -> None:
    assert headline(page(line, "أخبار")) == line


def test_only_the_last_lines_above_the_prose_count() -> None:
    menu = ("رائج الآن خبر طويل من قائمة لا علاقة لها بالمقال", *("أخبار",) * 7)
    assert headline(page(*menu, HEADLINE)) == HEADLINE


def test_nothing_below_the_first_paragraph_is_taken() -> None:
    assert headline(page("زلزال في البحر") + "\n" + HEADLINE) == "زلزال في البحر"


@pytest.mark.parametrize("paragraph", [PROSE, "خبر " * 28, "خ" * 401], ids=["full stop", "many words", "long"])
def test_a_page_that_begins_with_prose_gives_its_first_line(paragraph: str) -> None:
    assert headline(f"{paragraph}\n{HEADLINE}") == paragraph


@pytest.mark.parametrize("text", ["", "خبر", "خبر\nآخر"])
def test_a_short_text_gives_its_first_line(text: str) -> None:
    assert headline(text) == text.partition("\n")[0]


def test_a_title_that_fits_is_left_alone() -> None:
    assert shortened(HEADLINE) == HEADLINE
    assert shortened("خ" * 120) == "خ" * 120


def test_a_long_title_is_cut_behind_a_word() -> None:
    title = "كلمة، " * 30
    cut = shortened(title)
    assert cut.endswith("كلمة…")
    assert 110 < len(cut) <= 120
    assert title.startswith(cut[:-1])


def test_a_title_without_a_space_is_cut_anywhere() -> None:
    assert shortened("خ" * 500) == "خ" * 119 + "…"
