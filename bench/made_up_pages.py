"""Articles with labels made by rules: page furniture and another article put around them, a pattern for who says what.

No labelled pages lie beside the project in such numbers. What is learned from these is as simple as the rules are: they
tell how long training takes, and that it learns, not how well it does on pages that a person has labelled.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from annotator.suggest.contract import DocumentView
from annotator.suggest.learned.examples import Example, Labelled
from annotator.text.cleaning import clean
from annotator.text.sentences import sentences
from bench.inputs import Article


_SAYS = re.compile(
    r"(?<!\w)[وف]?(?:قال|قالت|أكد|أكدت|ذكر|ذكرت|أعلن|أعلنت|أوضح|أوضحت|أضاف|أضافت|كشف|كشفت|أفاد|أفادت|اعتبر|رأى|أشار|أشارت|شدد)"
    r"(?P<source>(?: [^\s.،؛:]+){0,7}?)(?: إلى| على)? [إأاب]?ن(?P<claim>ه[ام]?)? (?P<rest>[^.؟!\n]{15,400})"
)
_LEAST_CHARACTERS = 400
_LINKS = 6
_FIGURE = re.compile(r"\d")

_SECTIONS = ("سياسة", "اقتصاد", "رياضة", "ثقافة", "محليات", "العالم", "تكنولوجيا", "صحة", "منوعات", "رأي")
_SITES = ("تويتر", "فيسبوك", "واتساب", "تلغرام", "لينكد إن", "بريد إلكتروني", "نسخ الرابط")
_SHARE = ("شارك الخبر", "شاركها", "مشاركة", "تابعونا على", "اشترك في النشرة البريدية")
_RELATED = ("اقرأ أيضا", "أخبار ذات صلة", "الأكثر قراءة", "قد يهمك أيضا", "مواضيع متعلقة")
_MONTHS = ("يناير", "مارس", "مايو", "يوليو", "سبتمبر", "نوفمبر")
_FOOT = ("جميع الحقوق محفوظة", "من نحن", "اتصل بنا", "سياسة الخصوصية", "أضف تعليقا", "شروط الاستخدام")
_ADVERTS = ("إعلان", "مساحة إعلانية")


class _Page:
    """A page that grows line by line, and its labels."""

    def __init__(self) -> None:
        self.text = ""
        self.spans: list[Labelled] = []

    def add(self, some: Sequence[str], label: str = "", kind: str = "") -> tuple[int, int]:
        """Put lines at the end, one span of a label where there is one; returns where they stand."""
        start = len(self.text) + bool(self.text)
        self.text += "\n" * bool(self.text) + "\n".join(some)
        if label:
            self.spans.append(Labelled(start, len(self.text), label, {"kind": kind} if kind else {}))
        return start, len(self.text)


def labelled_pages(articles: Sequence[Article], count: int) -> list[Example]:
    """So many pages, each made of an article of its own; the same ones each time."""
    chance = random.Random(0)
    some = chance.sample([one for one in articles if len(one["content"]) >= _LEAST_CHARACTERS], count)
    titles = [one["title"] for one in some]
    return [_page(one, chance.choice(some), chance.sample(titles, _LINKS), chance) for one in some]


def plain_pages(articles: Sequence[Article], count: int) -> list[Example]:
    """So many other articles as they are, without labels: those at the end of the corpus."""
    texts = {one["url"]: clean(f"{one['title']}\n\n{one['content']}").text for one in articles[-count:]}
    return [Example(DocumentView(url, text, text.split("\n")[0]), ()) for url, text in texts.items()]


def _page(article: Article, other: Article, titles: Sequence[str], chance: random.Random) -> Example:
    page = _Page()
    _add_head(page, chance)
    title = clean(article["title"]).text.replace("\n", " ")
    title_span = page.add([title])
    date = f"{chance.randint(1, 28)} {chance.choice(_MONTHS)} 2015 {chance.randint(0, 23)}:{chance.randint(10, 59)}"
    page.add([date], "boilerplate", "byline")
    for number, paragraph in enumerate(_paragraphs(article)):
        if number == 2 and chance.random() < 0.4:
            page.add([chance.choice(_ADVERTS)], "boilerplate", "advert")
        start, _ = page.add([paragraph])
        page.spans += _attributions(paragraph, start)
    _add_foot(page, other, titles, chance)
    spans = tuple(sorted(page.spans, key=lambda span: (span.start, -span.end)))
    return Example(DocumentView(article["url"], page.text, title, title_span), spans)


def _add_head(page: _Page, chance: random.Random) -> None:
    page.add(["الرئيسية", *chance.sample(_SECTIONS, chance.randint(2, 6))], "boilerplate", "navigation")
    page.add([chance.choice(_SHARE), *chance.sample(_SITES, chance.randint(2, 5))], "boilerplate", "share")


def _add_foot(page: _Page, other: Article, titles: Sequence[str], chance: random.Random) -> None:
    page.add(["المصدر: وكالات"], "boilerplate", "source_line")
    page.add([chance.choice(_RELATED)], "boilerplate", "related")
    if chance.random() < 0.5:
        page.add([clean(other["title"]).text.replace("\n", " "), *_paragraphs(other)[:3]], "spillover")
    page.add([clean(title).text.replace("\n", " ") for title in titles], "boilerplate", "related")
    page.add(chance.sample(_FOOT, chance.randint(2, 5)), "boilerplate", "other")


def _paragraphs(article: Article) -> list[str]:
    return [line for line in clean(article["content"]).text.split("\n") if line]


def _attributions(paragraph: str, offset: int) -> Iterator[Labelled]:
    """Who says what, by the pattern; a sentence with a figure in it is what the outlet says for itself."""
    for start, end in sentences(paragraph):
        match = _SAYS.search(paragraph, start, end)
        if match:
            yield from _reported(match, offset)
        elif _FIGURE.search(paragraph, start, end):
            stop = offset + start + len(paragraph[start:end].rstrip("."))
            yield Labelled(offset + start, stop, "claim", {"quote": "none"})


def _reported(match: re.Match[str], offset: int) -> Iterator[Labelled]:
    if match["source"]:
        yield Labelled(offset + match.start("source") + 1, offset + match.end("source"), "source", {"type": "official"})
    start = match.start("claim") - 2 if match["claim"] else match.start("rest")  # "that it" is a part of the claim
    quote = "mixed" if '"' in match["rest"] else "indirect"
    yield Labelled(offset + start, offset + match.end("rest"), "claim", {"quote": quote})
