from __future__ import annotations

import time

import pytest

from annotator.errors import DataError
from annotator.formats.html import read_html


def page(body: str, head: str = "") -> bytes:
    return f'<!doctype html><html lang="ar" dir="rtl"><head>{head}</head><body>{body}</body></html>'.encode()


def text_of(body: str) -> str:
    return read_html(page(body)).text


def test_paragraphs_and_line_breaks_become_lines():
    assert text_of("<h1>عنوان</h1><p>فقرة أولى<br>سطر ثانٍ</p><p>أخرى") == "عنوان\n\nفقرة أولى\nسطر ثانٍ\n\nأخرى"


def test_words_in_inline_elements_are_joined_as_they_are_written():
    assert text_of("<p>قال <b>الرئيس</b> <i>إن</i>ه <a href='x'>رابط</a></p>") == "قال الرئيس إنه رابط"


def test_nested_lists_keep_their_shape():
    assert text_of("<ul><li>واحد<li>اثنان<ul><li>فرعي</ul></ul><ol><li>أ<li>ب</ol>").splitlines() == [
        "  • واحد",
        "  • اثنان",
        "    • فرعي",
        "  1. أ",
        "  2. ب",
    ]


def test_table_rows_become_lines():
    rows = text_of("<table><caption>جدول</caption><tr><th>أ<th>ب<tr><td>1<td>2</table>").splitlines()
    assert [row.split() for row in rows] == [["جدول"], ["أ", "ب"], ["1", "2"]]


def test_entities_and_non_breaking_spaces_are_characters():
    assert text_of("<p>أ&nbsp;ب &amp; &lt;ج&gt; &#1593;&zwnj;&rlm;") == "أ\u00a0ب & <ج> ع\u200c\u200f"


def test_impossible_character_references_hold_no_surrogate_or_nul():
    assert text_of("<p>أ&#0;&#xD800;&#x110000;ب") == "أ\ufffd\ufffd\ufffdب"


def test_vocalised_text_is_kept_as_written():
    assert text_of("<p>مُهِمَّةٌ ـــ ﷺ لا</p>") == "مُهِمَّةٌ ـــ ﷺ لا"


def test_furniture_is_kept_in_reading_order():
    body = (
        "<header>رأس</header><nav>قائمة</nav><article>خبر</article><aside>جانب</aside><div class='comments'>تعليق</div>"
    )
    assert text_of(body + "<footer>ذيل</footer>").split() == ["رأس", "قائمة", "خبر", "جانب", "تعليق", "ذيل"]


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>var x = 'سر'</script>",
        "<style>p { content: 'سر' }</style>",
        "<template><p>سر</p></template>",
        "<noscript>سر</noscript>",
        "<!-- سر -->",
        "<p hidden>سر</p>",
        "<p hidden='until-found'>سر</p>",
        "<p style='display:none'>سر</p>",
        "<p style='color: red; DISPLAY: none !important'>سر</p>",
        "<div hidden><p>أ<span hidden>سر</span></p></div>",
        "<iframe>سر</iframe>",
        "<svg><title>سر</title><text>سر</text></svg>",
        "<object>سر</object>",
        "<video>سر</video>",
        "<canvas>سر</canvas>",
        "<img alt='سر'>",
        "<map><area alt='سر'></map>",
        "<input value='سر'>",
    ],
)
def test_what_a_reader_does_not_see_is_left_out(unseen: str):
    assert text_of(f"<p>قبل</p>{unseen}<p>بعد</p>").split() == ["قبل", "بعد"]


@pytest.mark.parametrize(
    "seen",
    [
        "<p aria-hidden='true'>خبر</p>",
        "<p style='display:block'>خبر</p>",
        "<figure><img src='x' alt='سر'><figcaption>خبر</figcaption></figure>",
        "<details><summary>خبر</summary></details>",
        "<dialog open>خبر</dialog>",
        "<custom-box>خبر</custom-box>",
    ],
)
def test_what_a_reader_sees_is_kept(seen: str):
    assert text_of(f"<p>قبل</p>{seen}<p>بعد</p>").split() == ["قبل", "خبر", "بعد"]


def test_a_page_hidden_until_its_script_runs_is_read():
    data = "<html hidden><body style='display:none'><p>خبر</p></body></html>".encode()
    assert read_html(data).text == "خبر"


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ("<p>أ<div>ب<span>ج</p>د</b></i>", ["أ", "بج", "د"]),
        ("نص بلا وسوم & فقط < هنا", ["نص", "بلا", "وسوم", "&", "فقط", "<", "هنا"]),
        ("<p>أ<p", ["أ"]),
        ("<table>خارج<tr><td>داخل", ["خارج", "داخل"]),
        ("<p>أ</p><script>var x = '", ["أ"]),
    ],
)
def test_broken_markup_is_read_as_browsers_read_it(broken: str, words: list[str]):
    assert read_html(broken.encode()).text.split() == words


@pytest.mark.parametrize("nothing", ["", "<p hidden>x</p>", "<img alt='x'>", "<script>1</script>"])
def test_page_without_visible_text_gives_an_empty_text(nothing: str):
    assert read_html(page(nothing, "<title>عنوان</title>")).text == ""


def test_xhtml_empty_elements_swallow_nothing():
    data = '<?xml version="1.0"?><html><head><script src="a.js" /><title/></head><body><p>خبر</p><br/></body></html>'
    assert read_html(data.encode()).text == "خبر"


def test_tens_of_thousands_of_hidden_elements_and_deep_nesting_are_read_at_once():
    data = page("<p hidden>x</p>" * 40_000 + "<div>" * 100_000 + "خبر")
    started = time.process_time()
    assert read_html(data).text == "خبر"
    assert time.process_time() - started < 30  # quadratic code needs hours


OG = '<meta property="og:title" content=" عنوان&nbsp;أول\n ">'


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (OG + "<title>ثان</title>", "عنوان أول"),
        ("<title>ثان\n &amp; آخر</title>", "ثان & آخر"),
        ('<meta property="og:title" content=" "><title>ثان</title>', "ثان"),
        ("", "ثالث هنا"),
    ],
)
def test_title_is_og_title_else_title_else_heading(head: str, title: str):
    assert read_html(page("<svg><title>رسم</title></svg><h1>ثالث <b>هنا</b></h1>", head)).title == title


def test_page_without_title_has_an_empty_one():
    assert read_html(page("<p>خبر")).title == ""


JSON_LD = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-03-12T06:38"}</script>'


@pytest.mark.parametrize(
    ("markup", "published"),
    [
        ('<meta property="article:published_time" content="2024-03-12T06:38:00+03:00">', "2024-03-12T06:38:00+03:00"),
        ('<meta name="PubDate" content=" 2024-03-12 ">', "2024-03-12"),
        ('<meta itemprop="datePublished" content="2024-03-12">', "2024-03-12"),
        ('<meta name="date" content="x"><meta property="article:published_time" content="2024">', "2024"),
        ('<span itemprop="datePublished">12 مارس 2024</span>', "12 مارس 2024"),
        (JSON_LD, "2024-03-12T06:38"),
        ('<time datetime="2020">a</time><article><time datetime="2024">b</time></article>', "2024"),
        ('<time datetime="2020">a</time>' + JSON_LD, "2024-03-12T06:38"),
        ('<time datetime="2020">a</time>', "2020"),
        ('<meta property="article:published_time" content="">', ""),
        ("<p>2024-03-12", ""),
    ],
)
def test_date_of_publication_is_found_where_pages_put_it(markup: str, published: str):
    assert read_html(page(markup)).published == published


CP1256_PAGE = (
    "<html><head>{}<title>خبر</title></head><body><p>قال الرئيس إن المحادثات مستمرة في القاهرة</p></body></html>"
)


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="windows-1256">',
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">',
        '<meta charset="utf-8">',
        '<meta charset="iso-8859-1">',
        "",
    ],
)
def test_cp1256_page_is_read_whatever_it_declares(declaration: str):
    read = read_html(CP1256_PAGE.format(declaration).encode("cp1256"))
    assert (read.title, read.text) == ("خبر", "قال الرئيس إن المحادثات مستمرة في القاهرة")
    assert read.encoding == "cp1256"


def test_declared_encoding_settles_a_page_of_one_word():
    data = '<meta charset="iso-8859-6"><p>سلام'.encode("iso-8859-6")
    assert (read_html(data).text, read_html(data).encoding) == ("سلام", "iso-8859-6")


def test_utf8_page_that_declares_another_encoding_is_utf8():
    assert read_html('<meta charset="windows-1256"><p>سلام'.encode()).text == "سلام"


def test_utf16_page_is_read_by_its_mark():
    assert read_html("\ufeff<p>سلام".encode("utf-16-be")).encoding == "utf-16-be"


def test_damaged_page_is_refused_with_its_name():
    with pytest.raises(DataError, match=r"a\.html: not UTF-8"):
        read_html(page("<p>سلام عليكم") + b"\xff", "a.html")
