from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.suggest.contract import DocumentView
from annotator.suggest.lines import line_key
from annotator.suggest.zones.zoned import Zone, Zoned
from annotator.suggest.zones.zoning import zoning, zoning_of
from tests.support.pages import BODY, OTHER_BODY, OTHER_TITLE, TITLE, page


def zones(view: DocumentView) -> str:
    """One letter a line: . article, a kind's first letter for furniture, S spill-over."""
    return "".join(_letter(one) for one in zoning(view))


def _letter(one: Zoned) -> str:
    return {Zone.BODY: ".", Zone.SPILLOVER: "S"}.get(one.zone) or one.kind[0]


def test_a_plain_article_is_all_article() -> None:
    assert zones(page(TITLE, BODY)) == "....."


def test_an_empty_document_has_no_lines() -> None:
    assert zoning(DocumentView("d", "")) == []


def test_a_page_without_a_paragraph_keeps_all_but_lines_with_a_sign() -> None:
    assert zones(page("سطر قصير", "إعلان", "سطر آخر")) == ".a."


def test_menus_above_the_headline_are_navigation() -> None:
    view = page("دفتر اليوم", "الرئيسية", "أخبار", "صحة", "من نحن", "اتصل بنا", TITLE, BODY)
    assert zones(view) == "nnnnnn....."


def test_a_ticker_with_times_above_the_headline_is_related() -> None:
    view = page(
        "الرئيسية", "رائج الآن", OTHER_TITLE, "السبت 03 يناير 11:26 م", "فيسبوك واتساب تويتر", TITLE, BODY
    )  # fmt: skip
    assert zones(view) == "nrrrs....."


def test_byline_caption_and_share_row_below_the_headline() -> None:
    view = page(TITLE, "رنا العوضيالأحد 12 أبريل 2026، 9:40 ص", "فيسبوك واتساب", "حافلة في الميناء (أرشيف)", BODY)
    assert zones(view) == ".bsc...."


def test_a_deck_below_the_headline_is_article() -> None:
    deck = "تجربة مدتها ستة أشهر على خطين بين الميناء والجامعة"
    assert zones(page("الرئيسية", "فيسبوك واتساب", "12/04/2026", TITLE, deck, BODY)) == "nsb......"


def test_the_headline_printed_again_is_other() -> None:
    assert zones(page(TITLE, BODY[0], TITLE, BODY[1:])) == "..o..."


def test_a_paragraph_printed_again_is_other() -> None:
    assert zones(page(TITLE, BODY, BODY[0])) == ".....o"


def test_the_first_printing_of_the_headline_is_article_even_far_above() -> None:
    assert zones(page(TITLE, "2024-03-12 | 06:38", TITLE, BODY)) == ".bo...."


def test_an_advertisement_inside_the_article_is_one_line() -> None:
    assert zones(page(TITLE, BODY[:2], "إعلان", BODY[2:])) == "...a.."


def test_a_link_that_fills_its_line_inside_the_article_is_related() -> None:
    assert zones(page(TITLE, BODY[:2], "اقرأ أيضا: " + OTHER_TITLE, BODY[2:])) == "...r.."


def test_a_list_below_a_heading_inside_the_article_is_related() -> None:
    view = page(TITLE, BODY[:2], "شاهد أيضا", "• " + OTHER_TITLE, "• خمسة أرقام من المزاد", BODY[2:])
    assert zones(view) == "...rrr.."


def test_sub_headings_are_article() -> None:
    assert zones(page(TITLE, BODY[:2], "الكلفة والتمويل", BODY[2:])) == "......"


def test_short_lines_below_the_last_sentence_are_furniture_where_the_page_has_more_of_it() -> None:
    assert zones(page(TITLE, BODY, "خطوط التجربة", "الميناء – الجامعة", "أضف تعليقا", "زائر 11:52 م")) == ".....kkoo"


def test_short_lines_below_the_last_sentence_of_a_plain_article_are_article() -> None:
    assert zones(page(TITLE, BODY, "خطوط التجربة", "الميناء – الجامعة")) == "......."


def test_the_foot_of_a_page_takes_its_kinds_from_headings() -> None:
    view = page(
        TITLE, BODY, "المصدر: حروف", "وسوم", "الحافلات", "مرجانة", "أخبار ذات صلة", OTHER_TITLE, "11:02 م",
        "حمل تطبيق الجريدة", "جميع الحقوق محفوظة 2026",
    )  # fmt: skip
    assert zones(view) == ".....skkkrrrso"


def test_text_below_a_read_also_heading_is_another_article() -> None:
    assert zones(page(TITLE, BODY, "إقرأ أيضاً:", OTHER_TITLE, OTHER_BODY)) == ".....rSSSS"


def test_the_dateline_of_another_article_belongs_to_it_and_a_list_inside_does_not() -> None:
    view = page(
        TITLE, BODY, "المصدر: حروف", "إقرأ أيضاً:", OTHER_TITLE, "كوثران (وكالات)",
        "أخبار ذات صلة مكتبة مرجانة تفتح قسم المخطوطات للباحثين", OTHER_BODY, "مقالات مشابهة", "• " + OTHER_TITLE,
    )  # fmt: skip
    assert zones(view) == ".....srSSrSSSrr"


def test_another_article_about_the_same_subject_is_known_by_the_end_above_it() -> None:
    title = "حافلات كهربائية جديدة تصل إلى ميناء مرجانة"
    body = ("وصلت إلى ميناء مرجانة، الخميس، حافلات كهربائية جديدة اشترتها البلدية من مصنع في الخارج.",)
    view = page(TITLE, BODY, "المصدر: حروف", "كلمات دلالية: حافلات", "إقرأ أيضاً:", title, body)
    assert zones(view) == ".....skrSS"


def test_another_article_without_any_cue_is_known_by_its_subject() -> None:
    assert zones(page(TITLE, BODY, OTHER_TITLE, OTHER_BODY)) == ".....SSSS"


def test_an_unknown_heading_above_another_article_is_furniture() -> None:
    assert zones(page(TITLE, BODY, "من دفاترنا", OTHER_TITLE, OTHER_BODY)) == ".....nSSSS"


def test_items_that_the_headline_promises_are_article() -> None:
    title = "جولة: حافلات كهربائية في مرجانة، ومخطوط يعود إلى متحف كوثران"
    assert zones(page(title, "حافلات كهربائية", BODY, OTHER_TITLE, OTHER_BODY)) == "." * 10


def test_prose_below_a_link_that_goes_on_with_the_subject_is_article() -> None:
    assert zones(page(TITLE, BODY[:2], "اقرأ أيضا", OTHER_TITLE, BODY[2:])) == "...rr.."


def test_a_bare_headline_below_a_heading_is_a_link() -> None:
    assert zones(page(TITLE, BODY, "إقرأ أيضاً:", OTHER_TITLE)) == ".....rr"


def test_what_a_site_says_of_itself_is_no_other_article() -> None:
    about = "دفتر اليوم صحيفة يومية عربية تهتم بأخبار المدن، تأسست عام 2002 وتصدر عن دار مستقلة في مرجانة وكوثران."
    found = zones(page(TITLE, BODY, "أخبار ذات صلة", OTHER_TITLE, "صحيفة دفتر اليوم من مرجانة", about))
    assert found[:8] == ".....rrr"
    assert "S" not in found
    assert found[8] != "."


def test_short_lines_of_the_site_are_furniture_from_three_documents_on() -> None:
    view = page(TITLE, BODY[:2], "ملعب الجريدة", BODY[2:])
    assert zones(replace(view, site_lines={line_key("ملعب الجريدة"): 3})) == "...n.."
    assert zones(replace(view, site_lines={line_key("ملعب الجريدة"): 2})) == "......"


def test_lines_of_the_site_that_are_paragraphs_do_not_count() -> None:
    view = page(TITLE, BODY)
    assert zones(replace(view, site_lines={line_key(BODY[1]): 9})) == "....."


def test_the_given_title_is_found_among_headlines_above() -> None:
    view = page("الرئيسية", OTHER_TITLE, TITLE, "12/04/2026", "فيسبوك واتساب", BODY)
    assert zones(replace(view, title=TITLE))[2] == "."


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n   \n"])
def test_blank_lines_between_do_not_matter(between: str) -> None:
    view = page(TITLE, BODY, "المصدر: حروف", "إقرأ أيضاً:", OTHER_TITLE, OTHER_BODY, between=between)
    assert zones(view) == ".....srSSSS"


def test_only_furniture_and_spill_over_have_reasons() -> None:
    for one in zoning(page("الرئيسية", TITLE, BODY, "إقرأ أيضاً:", OTHER_TITLE, OTHER_BODY)):
        assert bool(one.reason) == (one.zone is not Zone.BODY)
        assert (one.score > 0) == (one.zone is not Zone.BODY)
        assert bool(one.kind) == (one.zone is Zone.FURNITURE)


def test_one_view_is_analysed_once() -> None:
    view = page(TITLE, BODY)
    assert zoning_of(view) is zoning_of(view)
    assert zoning_of(view) == zoning(view)


def test_another_view_is_analysed_again() -> None:
    first, second = page(TITLE, BODY), page(TITLE, BODY, "إعلان")
    assert len(zoning_of(first)) + 1 == len(zoning_of(second))


def test_a_short_sub_heading_below_a_list_inside_the_article_is_article() -> None:
    view = page(TITLE, BODY[:2], "اقرأ أيضا", OTHER_TITLE, "end of list", "الكلفة", BODY[2:])
    assert zones(view) == "...rrr..."


def test_short_lines_above_the_foot_of_a_page_with_furniture_are_keywords() -> None:
    view = page("الرئيسية", TITLE, "فيسبوك واتساب", BODY, "الحافلات", "مرجانة", "أخبار ذات صلة", OTHER_TITLE)
    assert zones(view) == "n.s....kkrr"


def test_sentences_below_a_heading_for_subscribing_are_furniture() -> None:
    view = page(TITLE, BODY, "النشرة البريدية", "اختر ما تحب من الأقسام وسنرسله إليك كل صباح قبل القهوة.")
    assert zones(view) == ".....ss"


def test_a_new_article_below_a_row_for_sharing_needs_less_than_one_below_a_paragraph() -> None:
    title = "حافلات كهربائية جديدة تصل إلى ميناء مرجانة"
    body = (
        "وصلت إلى ميناء مرجانة، الخميس، حافلات كهربائية جديدة اشترتها البلدية من مصنع في الخارج بقرض آخر.",
        "وأفرغت السفينة حمولتها في ساعتين.",
    )
    assert zones(page(TITLE, BODY, "شارك", "فيسبوك", title, body)) == ".....ssSSS"
    assert zones(page(TITLE, BODY, title, body)) == "........"


def test_agency_and_keywords_on_lines_of_their_own_end_the_article() -> None:
    title = "البلدية تعد بحافلات أخرى في مرجانة"
    body = ("وعود جديدة بحافلات أخرى في مرجانة أطلقتها البلدية مساء الاثنين في لقاء مع سكان الأحياء البعيدة.",)
    body += ("وصفق السكان طويلا.",)
    body = (body[0].replace("وعود", "أطلقت وعود"), body[1])
    assert "S" in zones(page(TITLE, BODY, "وكالات", "حافلات", "مرجانة", title, body))


def test_names_and_dates_of_another_article_belong_to_it() -> None:
    view = page(TITLE, BODY, "إقرأ أيضاً:", OTHER_TITLE, "سامر الدالي", "08:40 - 3 مايو 2026", OTHER_BODY)
    assert zones(view) == ".....rSSSSSS"


def test_a_third_article_belongs_to_the_spill_over_too() -> None:
    third = "علماء يكتشفون نوعا جديدا من السحالي في الصحراء"
    lead = "اكتشف علماء نوعا جديدا من السحالي يعيش في كثبان الصحراء ويغير لونه مرتين في اليوم."
    view = page(TITLE, BODY, "إقرأ أيضاً:", OTHER_TITLE, OTHER_BODY, third, "منذ ساعة", lead)
    assert zones(view) == ".....rSSSSSSS"


def test_the_words_of_short_sub_headings_do_not_make_them_headlines() -> None:
    lead = "يقول يوسف العمري إنه أخرج من البيت ثلاثين عربة طين، وإن الماء بلغ سقف الغرفة الثانية في ساعتين."
    assert zones(page(TITLE, BODY, "طين في كل بيت", lead, "وبقي الطين أسبوعا كاملا.")) == "........"


def test_a_round_up_is_all_article_though_its_headline_names_no_item() -> None:
    third = "علماء يكتشفون نوعا جديدا من السحالي في الصحراء"
    lead = "اكتشف علماء نوعا جديدا من السحالي يعيش في كثبان الصحراء ويغير لونه مرتين في اليوم."
    view = page("موجز أخبار المدن", TITLE, BODY[:2], OTHER_TITLE, OTHER_BODY[:2], third, lead)
    assert zones(view) == "." * 9


def test_beginnings_of_other_articles_above_the_headline_are_related() -> None:
    view = page(
        "الرئيسية", "فيسبوك واتساب", OTHER_TITLE, OTHER_BODY[0], "طقس بارد في الجبال",
        "طقس بارد ينتظر سكان الجبال ليلة الغد مع رياح شمالية نشطة السرعة.", TITLE, "بقلم: رنا العوضي", BODY,
    )  # fmt: skip
    assert zones(view)[6:] == ".b...."
    assert "." not in zones(view)[:6]


def test_a_ticker_without_a_full_stop_above_the_headline_is_no_paragraph() -> None:
    ticker = " ".join([OTHER_TITLE, "فتح باب التسجيل في المعاهد", "ثلاثة قتلى في حادث سير", "طقس بارد في الجبال غدا"])
    view = page(ticker, "شكرا على الإبلاغ!", TITLE, "بقلم: رنا العوضي", "12/04/2026", BODY)
    assert zones(view) == "ro.bb...."


def test_a_beginning_that_breaks_off_is_not_the_headline() -> None:
    cut = "أصدرت وزارة العمل في كوثران تعميما ينظم ساعات الدوام الصيفي في المنشآت الخاصة ويحدد الفئات المستثناة من..."
    assert zones(page(cut, "مساحة إعلانية", "رئيس التحرير: سامي الدالي", BODY)) == "rao...."


def test_a_list_between_headline_and_first_paragraph_is_related() -> None:
    assert zones(page("الرئيسية", TITLE, "12/04/2026", "أخبار ذات صلة", OTHER_TITLE, BODY)) == "n.brr...."


def test_what_heads_lists_elsewhere_is_an_item_of_the_menu_above_the_headline() -> None:
    view = page("الرئيسية", "اخر الاخبار", "سياسة", "الأكثر قراءة", "بودكاست", TITLE, BODY)
    assert zones(view) == "nnnnn....."


def test_the_headline_twice_on_one_line_is_a_repetition() -> None:
    assert zones(page(TITLE, f"{TITLE} {TITLE}", BODY)) == ".o...."


def test_a_site_that_speaks_of_itself_below_a_list_is_other() -> None:
    about = "دفتر اليوم هي جريدة يومية عربية تهتم بأخبار المدن العربية من مرجانة إلى كوثران."
    assert zones(page(TITLE, BODY, "أخبار ذات صلة", OTHER_TITLE, about)) == ".....rro"


def test_the_headline_with_the_name_of_the_site_is_its_first_printing() -> None:
    menu = ("الرئيسية", "سياسة", "من نحن")
    view = page(f"{TITLE} - دفتر اليوم", menu, TITLE, "فيسبوك واتساب", BODY, "شارك", "جميع الحقوق محفوظة")
    assert zones(view) == ".nnnos....so"


def test_a_headline_that_only_begins_like_the_first_line_stays() -> None:
    menu = ("الرئيسية", "سياسة", "من نحن")
    view = page(f"{TITLE}ا جديدة اليوم", menu, TITLE, "فيسبوك واتساب", BODY, "شارك", "جميع الحقوق محفوظة")
    assert zones(view)[4] == "."


def test_a_button_between_the_names_and_the_paragraph_of_another_article_does_not_part_them() -> None:
    foot = ("مقالات ذات صلة", "أسعار الوقود ترتفع في الأسواق مجددا")
    view = page(TITLE, BODY, foot, OTHER_TITLE, "كوثران: هيوا صابر", "TT", OTHER_BODY, "جميع الحقوق محفوظة")
    assert zones(view) == ".....rrSSnSSSo"


def test_replies_in_a_forum_are_no_article() -> None:
    reply = ("نجلاء سيد", f"Re: {TITLE} (Re: حسن)", "ربنا يسهل عليهم يا شباب والله تعبوا كثيرا من زمن.")
    assert zones(page("الرئيسية", "تسجيل الدخول", TITLE, BODY, reply)) == "nn.....noo"


def test_a_line_with_a_colon_below_a_list_tells_of_what_follows() -> None:
    link = ("قد يهمك أيضا", "أسعار الوقود ترتفع في الأسواق مجددا")
    ask = ("متى تصل الحافلة؟", "وهذه أبرز المواعيد التي أعلنت:")
    assert zones(page(TITLE, BODY[:3], link, ask, BODY[3])) == "....rr..."


def test_a_question_right_below_a_list_is_an_item() -> None:
    link = ("قد يهمك أيضا", "أسعار الوقود ترتفع في الأسواق مجددا")
    assert zones(page(TITLE, BODY[:3], link, "متى تصل الحافلة؟", BODY[3])) == "....rrr."
