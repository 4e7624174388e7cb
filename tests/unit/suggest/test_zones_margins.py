from __future__ import annotations

from annotator.suggest.contract import DocumentView
from annotator.suggest.zones.zoned import Zone
from annotator.suggest.zones.zoning import zoning
from tests.support.pages import BODY, OTHER_BODY, OTHER_TITLE, TITLE, page


FOOT = ("شارك", "فيسبوك", "جميع الحقوق محفوظة")


def kinds(view: DocumentView) -> list[str]:
    """The kind of every line; "" for the article, "spillover" for another one."""
    return [one.kind or ("spillover" if one.zone is Zone.SPILLOVER else "") for one in zoning(view)]


def test_a_line_with_words_of_the_article_below_its_end_is_keywords() -> None:
    assert kinds(page(TITLE, BODY, "الحافلات الكهربائية بلدية مرجانة الميناء", FOOT))[5] == "keywords"


def test_a_line_without_words_of_the_article_below_its_end_is_no_keyword() -> None:
    assert kinds(page(TITLE, BODY, "صور نادرة من أعراس الجبل القديم", FOOT))[5] == "related"


def test_the_last_line_of_an_article_that_opens_with_and_stays() -> None:
    assert kinds(page(TITLE, BODY, "وتستمر التجربة حتى نهاية الصيف بلا توقف", FOOT))[5] == ""


def test_initials_of_the_editors_below_the_last_paragraph_stay() -> None:
    assert kinds(page(TITLE, BODY, "ر.م/ و.ك (حروف)", FOOT))[5] == ""


def test_numbered_points_at_the_end_of_an_article_stay() -> None:
    points = ("1. خط الميناء", "2. خط الجامعة", "3. خط السوق")
    assert kinds(page(TITLE, BODY, points, FOOT))[5:8] == ["", "", ""]


def test_a_long_table_below_the_last_sentence_stays() -> None:
    table = tuple(f"الخط {number}: محطة" for number in range(20))
    assert set(kinds(page(TITLE, BODY, table, FOOT))[5:25]) == {""}


def test_short_lines_below_another_article_are_no_part_of_it() -> None:
    view = page(TITLE, BODY, "إقرأ أيضاً:", OTHER_TITLE, OTHER_BODY, "متاحف", "فلك", FOOT)
    assert kinds(view)[6:12] == ["spillover"] * 4 + ["keywords"] * 2


def test_a_line_printed_twice_inside_an_article_is_a_caption() -> None:
    view = page(TITLE, BODY[:2], "حافلة في الميناء", "حافلة في الميناء", BODY[2:], FOOT)
    assert kinds(view)[3:5] == ["caption", "caption"]


def test_a_line_printed_twice_in_a_page_without_furniture_stays() -> None:
    assert set(kinds(page(TITLE, BODY[:2], "يا بحر", "يا بحر", BODY[2:]))) == {""}


def test_numbers_and_dates_of_a_list_of_links_are_related() -> None:
    view = page(TITLE, BODY, "الأكثر قراءة", "1", OTHER_TITLE, "12/04/2026", "2", OTHER_TITLE + " أمس", "13/04/2026")
    assert set(kinds(view)[5:]) == {"related"}


def test_lines_by_turns_with_a_date_and_without_are_links_without_a_heading_too() -> None:
    view = page(TITLE, BODY, "شارك", "فيسبوك", "09:12 | 2026-05-16", OTHER_TITLE, "08:40 | 2026-05-16", "من نحن")
    assert kinds(view)[7:10] == ["related"] * 3


def test_single_words_below_the_heading_of_a_list_are_keywords() -> None:
    view = page(TITLE, BODY, "مواضيع ذات صلة", "بيئة", "نقل عام", "الأكثر قراءة", OTHER_TITLE)
    assert kinds(view)[5:] == ["related", "keywords", "keywords", "related", "related"]


def test_headlines_below_the_heading_of_the_comments_are_related() -> None:
    headlines = (OTHER_TITLE, "علماء يكتشفون نوعا جديدا من السحالي", "افتتاح أطول جسر للمشاة في الوادي")
    assert kinds(page(TITLE, BODY, "التعليقات", headlines))[5:] == ["other", "related", "related", "related"]


def test_comments_below_their_heading_are_other() -> None:
    comments = ("زائر", "منذ 3 ساعات", "حسبنا الله، الراتب لم يتحرك والتذكرة ترتفع كل عام.", "رد")
    assert kinds(page(TITLE, BODY, "2 تعليقات", comments))[5:] == ["other"] * 5


def test_lines_of_a_box_above_its_button_inside_an_article_are_share() -> None:
    view = page("الرئيسية", TITLE, BODY[:2], "نشرة الصباح", "كل ما تحتاج معرفته عن المدينة", "سجل", BODY[2:])
    assert kinds(view)[4:7] == ["share"] * 3


def test_the_name_of_the_author_below_the_article_and_what_is_said_of_him_are_a_byline() -> None:
    bio = "كاتب وصحفي من الجبل، صدرت له ثلاث روايات، آخرها عام 2021."
    view = page("الرئيسية", TITLE, "ناجي العوضي", "12/04/2026", BODY, "ناجي العوضي", bio, "أخبار ذات صلة", OTHER_TITLE)
    assert kinds(view)[8:10] == ["byline", "byline"]


def test_a_line_between_two_buttons_is_of_their_kind() -> None:
    view = page(TITLE, BODY, "حمل تطبيق الجريدة", "المصدر الأول للأخبار هنا", "انضم إلى قناتنا على واتساب")
    assert kinds(view)[5:] == ["share"] * 3


def test_links_to_the_rules_of_the_site_are_part_of_its_menu() -> None:
    assert kinds(page(TITLE, BODY, "من نحن", "سياسة الخصوصية", "اعلن معنا", "اتصل بنا"))[5:] == ["navigation"] * 4


def test_a_question_alone_between_the_last_sentence_and_the_foot_ends_the_article() -> None:
    assert kinds(page(TITLE, BODY, "فهل تصل الحافلات إلى الأحياء كلها؟", FOOT))[5] == ""


def test_one_of_several_questions_below_the_last_sentence_is_no_end() -> None:
    below = ("متى تنخفض أسعار الشقق في المدينة؟", "كيف تحمي هاتفك من رسائل الاحتيال؟")
    assert kinds(page(TITLE, BODY, below, FOOT))[5:7] == ["related", "related"]
