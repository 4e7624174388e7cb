from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.suggest.contract import DocumentView
from annotator.suggest.zones.bodies import Frame, find_frame
from annotator.suggest.zones.page import read_page
from annotator.suggest.zones.zoned import Zone
from annotator.suggest.zones.zoning import zoning
from tests.support.pages import BODY, OTHER_BODY, OTHER_TITLE, TITLE, page


MENU = ("الرئيسية", "أخبار", "من نحن", "اتصل بنا")
FOOT = ("شارك", "فيسبوك", "جميع الحقوق محفوظة")
ROW = (
    "وزير التموين يتفقد المخازن الأهلي يفوز على الجونة بهدفين غدا.. انقطاع المياه عن ست مناطق بالهرم "
    "النيابة تستعجل تحريات المباحث في حريق المصنع طقس الغد حار رطب على السواحل"
)
LONG = tuple(f"{line} {' '.join(line.split()[2:8])} مرة بعد مرة." for line in OTHER_BODY)


def zones(view: DocumentView) -> str:
    """One letter a line: . article, a kind's first letter for furniture, S spill-over."""
    return "".join({Zone.BODY: ".", Zone.SPILLOVER: "S"}.get(one.zone) or one.kind[0] for one in zoning(view))


def frame(view: DocumentView) -> Frame | None:
    return find_frame(read_page(view))


def test_a_document_without_a_line_has_no_frame() -> None:
    assert frame(DocumentView("d", "")) is None


@pytest.mark.parametrize("title", ["", OTHER_TITLE, "الرئيسية", "عنوان لا يوجد في هذه الصفحة أبدا"])
def test_the_first_article_is_the_page_s_whatever_the_given_title_is(title: str) -> None:
    view = replace(page(MENU, TITLE, BODY, "قد يعجبك أيضا", OTHER_TITLE, OTHER_BODY, FOOT), title=title)
    assert frame(view) == Frame(title=4, start=5)


def test_the_first_article_stays_where_the_one_below_is_longer_and_has_the_given_title() -> None:
    view = replace(page(MENU, TITLE, BODY[:2], "قد يعجبك أيضا", OTHER_TITLE, LONG, FOOT), title=OTHER_TITLE)
    assert zones(view) == "nnnn...rSSSSsso"


def test_a_link_in_the_article_that_is_the_given_title_does_not_begin_it() -> None:
    link = "اقرأ أيضا: أسعار الوقود ترتفع في الأسواق"
    view = replace(page(MENU, TITLE, BODY[:2], link, BODY[2:], FOOT), title=link)
    assert frame(view) == Frame(title=4, start=5)


def test_a_single_paragraph_under_its_headline_is_the_article_and_not_the_single_one_below() -> None:
    view = page(MENU, TITLE, BODY[0], "قد يعجبك أيضا", OTHER_TITLE, OTHER_BODY[0], FOOT)
    assert frame(replace(view, title=OTHER_TITLE)) == Frame(title=4, start=5)


def test_the_beginning_of_another_article_above_the_given_title_is_not_the_article() -> None:
    view = replace(page(MENU, OTHER_TITLE, OTHER_BODY[0], TITLE, BODY, FOOT), title=TITLE)
    assert frame(view) == Frame(title=6, start=7)


def test_an_article_whose_headline_its_lead_does_not_say_again_is_not_left_for_one_below_its_source() -> None:
    title = "أزمة في مرجانة بعد قرار مفاجئ من المجلس"
    view = replace(
        page(MENU, title, BODY, "المصدر: وكالات", "قد يعجبك أيضا", OTHER_TITLE, OTHER_BODY, FOOT), title=title
    )
    assert zones(view) == "nnnn.....srSSSSsso"


def test_headlines_without_a_break_above_the_headline_are_no_paragraphs() -> None:
    assert zones(page(ROW, ROW.replace("غدا", "اليوم"), MENU, TITLE, BODY, FOOT)) == "rrnnnn.....sso"


def test_a_given_title_that_is_a_row_of_headlines_is_not_the_headline() -> None:
    view = replace(page(ROW, MENU, TITLE, BODY, FOOT), title=ROW)
    assert frame(view) == Frame(title=5, start=6)


def test_a_sentence_of_a_form_above_the_headline_is_not_the_first_paragraph() -> None:
    form = ("شكرا على الإبلاغ!", "سيتم حجب هذه الصورة تلقائيا عندما يبلغ عنها عدة أشخاص.")
    view = page(MENU, form, TITLE, "منى عبد الفتاح", "نشر في المساء يوم 03 - 09 - 2014", BODY, FOOT)
    assert frame(view) == Frame(title=6, start=9)


def test_a_line_above_a_caption_does_not_announce_the_paragraphs_below() -> None:
    lead = "تعاني بلدة صغيرة في الشرق من نزوح الشباب، والحل في نظر عمدتها مال وسكن رخيص للجميع."
    picture = ("حافلة كهربائية في الميناء والجامعة", "الحافلة في أول أيامها (رويترز)")
    view = page(MENU, "ألف دينار لكل من يسكن القرى", lead, picture, BODY, FOOT)
    assert frame(view) == Frame(title=4, start=5)


def test_paragraphs_without_stops_that_have_clauses_are_an_article() -> None:
    body = tuple(f"{one} {two}"[:-1] for one, two in (BODY[:2], BODY[2:]))
    view = page(MENU, TITLE, body, "قد يعجبك أيضا", OTHER_TITLE, OTHER_BODY, FOOT)
    assert frame(view) == Frame(title=4, start=5)


def test_the_first_paragraph_may_lack_a_stop_and_clauses() -> None:
    lead = (
        "بدأت بلدية مرجانة صباح الأحد تسيير عشرين حافلة كهربائية على خطين يربطان الميناء بالجامعة في تجربة "
        "تستمر ستة أشهر وتشمل محطات السوق القديم كلها"
    )
    assert frame(page(MENU, TITLE, lead, BODY[1:], FOOT)) == Frame(title=4, start=5)
