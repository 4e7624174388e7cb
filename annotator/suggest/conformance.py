"""Tests that every suggester should pass, for its author to run with pytest.

    import pytest
    from annotator.suggest.conformance import SuggesterConformance
    from my_package import MySuggester

    class TestMySuggester(SuggesterConformance):
        @pytest.fixture
        def suggester(self):
            return MySuggester()

This module itself does without pytest.
"""
# ruff: noqa: S101  # asserts are what tests are made of

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import pairwise
from time import perf_counter

from annotator.model.schema import Attribute, Label, RelationType, Schema
from annotator.suggest.checking import check
from annotator.suggest.contract import DocumentView, Proposals, Suggester
from annotator.suggest.naming import origin_of


ARTICLE = """الرئيسية » اقتصاد » أخبار
ميناء الرملة يستقبل أول سفينة بعد أعمال التوسعة
كتبت: هناء الصالح - الأحد 4 مايو 2025 | 09:30
قال مدير الميناء سامر الخطيب إن "الرصيف الجديد يستوعب ثلاث سفن في وقت واحد"، وأضاف أن العمل فيه استغرق عامين.
وبحسب بيان لوزارة النقل، ارتفع عدد الحاويات بنسبة 12% خلال الربع الأول.
وأكّدت الشركةُ المشغلة أنّها ستوظف 40 عاملا قبل نهاية العام.
شارك الخبر
اقرأ أيضا: موسم الزيتون يبدأ مبكرا في الجبل
المصدر: وكالات
افتتاح مكتبة عامة في حي النخيل
أعلنت البلدية افتتاح مكتبة تضم عشرة آلاف كتاب في حي النخيل.
جميع الحقوق محفوظة"""
"""A page with all that suggesters look for, and nothing that anybody has published."""

SHORT = {
    "one letter": "ق",
    "one mark": "\u064e",
    "one line break": "\n",
    "spaces only": " \u00a0 \n\n  \n",
    "punctuation only": "«»:\"'()…،؛.",
    "Latin": 'The minister said: "Prices fell by 3%."\nShare this\nRead also: another story',
    "marks, directional marks and an emoji": "قَالَ\u200f الوزيرُ\u200e: «الأسعارُ 👍🏽 \u061cانخفضت»\u200f\n🇱🇧 \U0001d400",
    "a quotation that does not end": "قال الوزير: «الأسعار",
}
LABELS = frozenset({"claim", "source", "boilerplate", "spillover"})

LENGTHS = (3_125, 12_500, 50_000, 200_000)
"""Code points of long texts, each four times the one before."""

_MOST_GROWTH = 10  # what grows with the square of the length takes 16 times as long
_SECONDS_OF_NOTE = 0.25


class SuggesterConformance:
    """Subclass it with a name that pytest collects, and give it a fixture `suggester`."""

    def test_name_and_version_are_well_formed(self, suggester: Suggester) -> None:
        """It is a suggester, and its origin can be told."""
        assert isinstance(suggester, Suggester), "it lacks name, version or suggest"
        suggester.suggest(_page())
        origin_of(suggester)

    def test_everything_that_it_proposes_counts(self, suggester: Suggester) -> None:
        """No span outside the text, none twice, no key twice, no link to nowhere, no wrong type."""
        for name, document in _documents():
            answer = suggester.suggest(document)
            result = check(answer, document, _schema_of(answer), "conformance@1")
            assert not result.refused, f"{name}: {'; '.join(f'{one.what} {one.why}' for one in result.refused)}"
            assert not result.dropped, f"{name}: {result.dropped} labels are no labels"

    def test_everything_has_a_reason(self, suggester: Suggester) -> None:
        """The annotator is told why."""
        for name, document in _documents():
            for span in suggester.suggest(document).spans:
                assert span.reason.strip(), f"{name}: {span.start}-{span.end} has no reason"

    def test_the_same_document_gives_the_same_proposals(self, suggester: Suggester) -> None:
        """Whatever it was asked in between."""
        first = {name: suggester.suggest(document) for name, document in _documents()}
        for name, document in reversed(list(_documents())):
            assert suggester.suggest(document) == first[name], f"{name}: other proposals the second time"

    def test_the_document_is_not_changed(self, suggester: Suggester) -> None:
        """Others look at it too."""
        for name, document in _documents():
            before = deepcopy(document)
            suggester.suggest(document)
            assert document == before, f"{name}: it was changed"

    def test_a_document_of_which_little_is_known_is_taken(self, suggester: Suggester) -> None:
        """Neither title nor labels nor anything else but the text."""
        assert isinstance(suggester.suggest(DocumentView("bare", ARTICLE)), Proposals)

    def test_time_grows_with_the_length(self, suggester: Suggester) -> None:
        """Four times the text takes about four times as long, whatever stands in it."""
        for name, piece in _long_pieces().items():
            for shorter, longer in pairwise(LENGTHS):
                assert _grows_evenly(suggester, piece, shorter, longer), (
                    f"{name}: {longer} characters take more than {_MOST_GROWTH} times as long as {shorter}"
                )


def _page() -> DocumentView:
    title = ARTICLE.split("\n")[1]
    start, body_end = ARTICLE.index(title), ARTICLE.index("شارك الخبر")
    return DocumentView(
        doc_id="page",
        text=ARTICLE,
        title=title,
        title_span=(start, start + len(title)),
        meta={"url": "https://news.example/1", "source": "news.example"},
        labels=LABELS,
        relations=frozenset({"attributed_to"}),
        site="news.example",
        site_lines={"شارك الخبر": 7, "جميع الحقوق محفوظه": 9},
        main_text=((start, body_end),),
    )


def _documents() -> Iterator[tuple[str, DocumentView]]:
    yield "a page", _page()
    for name, text in SHORT.items():
        yield name, DocumentView(name, text, labels=LABELS, relations=frozenset({"attributed_to"}))


def _schema_of(answer: object) -> Schema:
    """A schema that allows every label, attribute and relation of an answer, as far as these are strings."""
    spans = answer.spans if isinstance(answer, Proposals) else ()
    links = answer.links if isinstance(answer, Proposals) else ()
    keys: dict[str, dict[str, None]] = {}
    for span in spans:
        keys.setdefault(span.label, {}).update(dict.fromkeys(span.attributes))
    labels = tuple(
        Label(label, "c", "blue", attributes=tuple(Attribute(key, "text", "") for key in found))
        for label, found in keys.items()
    )
    relations = tuple(RelationType(label, tuple(keys), tuple(keys)) for label in dict.fromkeys(o.label for o in links))
    return Schema("conformance", 1, "ar", "rtl", labels, relations)


def _long_pieces() -> dict[str, str]:
    return {
        "many lines": ARTICLE + "\n",
        "one line": ARTICLE.replace("\n", " ") + " ",
        "quotations that do not end": "قال «: ",
        "one word": "و",
    }


def _repeated(piece: str, length: int) -> str:
    """A piece over and over with a number each time, so that no two lines of it are the same."""
    count = length // (len(piece) + 2) + 1
    numbered = len(piece) > 1
    return "".join(f"{piece}{number} " if numbered else piece * 7 for number in range(count))[:length]


def _grows_evenly(suggester: Suggester, piece: str, shorter: int, longer: int) -> bool:
    for _ in range(3):  # something else may have run at the same time
        seconds = _seconds(suggester, _repeated(piece, longer))
        if seconds <= max(_SECONDS_OF_NOTE, _MOST_GROWTH * _seconds(suggester, _repeated(piece, shorter))):
            return True
    return False


def _seconds(suggester: Suggester, text: str) -> float:
    document = DocumentView("long", text, labels=LABELS, relations=frozenset({"attributed_to"}))
    started = perf_counter()
    suggester.suggest(document)
    return perf_counter() - started
