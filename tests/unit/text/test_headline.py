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
        ("agency-copy-harbour.txt", "ناقلة جانحة تسرب الوقود قرب محمية القرم في جون الدانة"),
        ("agency-copy-inland.txt", "سباق مع الريح لإنقاذ أشجار القرم من بقعة زيت"),
        ("aggregator-read-also.txt", "سرندة – توقعت وزارة الزراعة أن يكون محصول الزيتون هذا العام الأدنى منذ"),
        ("comments-then-article.txt", "أزبال سوق تامغارت تخرج التجار إلى الشارع"),
        ("dirty-bytes.txt", "جدول جديد لانقطاع الكهرباء في مرجانة يبدأ السبت"),
        ("glued-one-line.txt", "محافظ الزهراوية: افتتاح المستشفى المركزى بعد التطوير فى يوليو المقبل"),
        ("health-study.txt", "دراسة: القيلولة القصيرة تقوي ذاكرة طلاب الجامعات"),
        ("interview-answers.txt", "خبيرة الزلازل ليان الهواري: بيوت المدينة القديمة آمن من أبراجها"),
        ("live-repeated-headline.txt", '"حروف": سرندة تستعد لمنع الصيد حول جزيرة لؤلؤان خمسة أعوام'),
        ("live-timeline.txt", "لحظة بلحظة: السيول تحاصر أحياء في كرمان الجديدة"),
        ("markets-figures.txt", "بورصة مرجانة تنهي الأسبوع على خسارة (-1.7%) والدينار يلتقط أنفاسه"),
        ("match-related-inside.txt", "الرمانية تخطف بطاقة النهائي بهدف في الدقيقة 90+4"),
        ("opinion-column.txt", "من يغلق باب المكتبة؟"),
        ("portal-indented.txt", "سرندة وتيماران تستأنفان العمل في سكة الحديد المشتركة"),
        ("roundup-subheadings.txt", "جولة في المحافظات: سيول في الغدير، ومدرسة جديدة في رأس الملح، وجدل على سوق"),
        ("syndicated-copy-a.txt", "إجلاء 214 راكبا من عبارة تعطلت قبالة جزيرة لؤلؤان"),
        ("syndicated-copy-b.txt", 'ليلة عصيبة في البحر.. إنقاذ ركاب العبارة "أمل الشرق"'),
        ("three-in-a-row.txt", "حكومة جزر النوارس تلغي رسوم العبور بين الجزر الصغيرة"),
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
        pytest.param("القائمة أخبار البلاد اقتصاد حول العالم بيئة رياضة آراء", id="menu on one line"),
        pytest.param("الرئيسية | جهات | رياضة | منبر القراء | صوت وصورة", id="menu with strokes"),
        pytest.param("كتبت: منار الجوهري من مدينة الزهراوية في الجنوب", id="name of the writer"),
        pytest.param("شارك الخبر مع أصدقائك على مواقع التواصل الاجتماعي", id="asks to share"),
        pytest.param("الوزير يزور الجسر الجديد على نهر السلسال (أرشيف)", id="caption"),
        pytest.param("السلسال اليوم | صحيفة تصدر في مدينة السلسال", id="name of the site"),
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


LEAD = "افتتح الوزير صباح اليوم جسرا جديدا على نهر السلسال بعد عامين من العمل."


def news(*lines: str) -> str:
    return "\n".join((*lines, "", LEAD, PROSE))


OTHER = "مدرب المنتخب يستبعد ثلاثة لاعبين كبار قبل لقاء القمة المرتقب"


def test_the_line_that_the_article_speaks_of_is_the_headline() -> None:
    assert headline(news("موقع الخبر", OTHER, HEADLINE)) == HEADLINE
    assert headline(news("موقع الخبر", HEADLINE, OTHER)) == HEADLINE


def test_it_is_found_far_above_the_article() -> None:
    assert headline(news("موقع الخبر", HEADLINE, *["نسخ الرابط"] * 30)) == HEADLINE


def test_a_summary_below_it_is_no_headline() -> None:
    summary = "الوزير افتتح الجسر الجديد على نهر السلسال صباح اليوم بعد عامين من العمل"
    assert headline(news("موقع الخبر", HEADLINE, summary)) == HEADLINE


def test_a_line_below_the_date_is_less_likely_the_headline() -> None:
    below = "الجسر الجديد على نهر السلسال صباح اليوم"
    assert headline(news("موقع الخبر", "جسر السلسال ينهي عزلة القرى", "12 مايو 2026", below)).startswith("جسر السلسال")


def test_a_line_that_is_part_of_the_breadcrumbs_is_the_headline() -> None:
    named = "حين تعود القرى إلى أهلها"
    assert headline(news("الرئيسية » محليات » " + named, OTHER, named, "أكثر من قصة عن المدينة")) == named


def test_a_line_printed_twice_is_the_headline_at_its_first_place() -> None:
    text = news("موقع الخبر", "حين تعود القرى إلى أهلها", OTHER, "12 مايو 2026", "حين تعود القرى إلى أهلها")
    assert find_headline(text)[0] == text.index("حين تعود")


def test_a_headline_of_three_words_is_taken_before_the_name_of_the_site() -> None:
    assert headline(news("موقع الخبر", "جسر السلسال الجديد", "كتبت سلمى")) == "جسر السلسال الجديد"


@pytest.mark.parametrize(
    "site",
    [
        "نستخدم ملفات تعريف الارتباط لتحسين تجربتك وباستمرارك في التصفح توافق عليها.",
        "نرسل إليك كل صباح أهم الأخبار والتحليلات إلى بريدك الإلكتروني مجانا.",
    ],
)
def test_a_paragraph_about_the_site_does_not_begin_the_article(site: str) -> None:
    assert headline(news("موقع الخبر", site, "أخبار", HEADLINE)) == HEADLINE


def test_a_paragraph_that_none_follows_soon_does_not_begin_the_article() -> None:
    alone = "قال خبير في الطقس إن الأمطار ستستمر حتى مساء الغد في الشمال."
    assert headline(news("موقع الخبر", alone, *["أخبار"] * 15, HEADLINE)) == HEADLINE


def test_it_is_found_however_its_letters_are_spelled() -> None:
    spelled = "إفتتاح الجسر الجديد علي نهر السلسال"
    assert headline(news("موقع الخبر", OTHER, spelled)) == spelled


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
