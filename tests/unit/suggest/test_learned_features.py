from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.suggest.contract import DocumentView
from annotator.suggest.learned.cover import mostly_inside, overlapping
from annotator.suggest.learned.examples import Example, Labelled
from annotator.suggest.learned.line_features import line_features
from annotator.suggest.learned.model import Model
from annotator.suggest.learned.saying import says
from annotator.suggest.learned.suggester import LearnedLines, LearnedTokens, uncertainty
from annotator.suggest.learned.token_features import token_features, tokens
from annotator.suggest.learned.training import train
from annotator.suggest.lines import line_key, lines
from tests.support.labelled_pages import pages
from tests.support.texts import raw_texts, spans_of


MODEL: Model = train(pages(8))


def of_line(number: int, text: str, **view: object) -> set[str]:
    document = DocumentView("page", text, **view)  # type: ignore[arg-type]
    return set(list(line_features(document, lines(text)))[number])


def of_token(word: str, line: str, *, headline: bool = False) -> set[str]:
    some = tokens(line)
    number = [token.text for token in some].index(word)
    return set(token_features(some, headline=headline)[number])


class TestLineFeatures:
    @pytest.mark.parametrize(
        ("line", "feature"),
        [
            ("• رابط", "b*"),
            ("انتهى الخبر هنا.", "e."),
            ("وقال إن الطريق سالكة", "wa"),
            ("السبت 7 مارس", "date"),
            ("آخر تحديث 12:30", "clock"),
            ("الرئيسية » سياسة", "sign"),
            ("المصدر: وكالات", "colon"),
            ("Share this", "foreign"),
            ("شارك الخبر", "w=شارك"),
        ],
    )
    def test_what_a_line_looks_like(self, line: str, feature: str) -> None:
        assert feature in of_line(0, line)
        assert feature not in of_line(0, "كلمة واحدة تكفي")

    def test_a_line_knows_the_shapes_beside_it(self) -> None:
        found = of_line(1, "السبت 7 مارس\nخبر\nالمصدر: وكالات")
        assert {"-1date", "1colon", "-2none", "2none"} <= found

    def test_words_of_long_lines_are_left_out_but_for_the_edges(self) -> None:
        found = of_line(0, "أول ثان ثالث رابع خامس سادس سابع ثامن تاسع عاشر")
        assert {"f=اول", "z=عاشر"} <= found
        assert "w=خامس" not in found

    def test_a_line_that_is_printed_again(self) -> None:
        text = "شارك\nخبر\nشارك"
        assert "again" not in of_line(0, text)
        assert "again" in of_line(2, text)

    def test_the_headline_at_its_second_printing(self) -> None:
        text = "الجسر يفتح\nخبر\nالجسر يفتح"
        assert "title" in of_line(0, text, title="الجسر يفتح")
        assert "title again" in of_line(2, text, title="الجسر يفتح")

    def test_where_the_headline_stands(self) -> None:
        assert "head" in of_line(1, "قائمة\nالجسر يفتح", title_span=(6, 16))
        assert "head" not in of_line(0, "قائمة\nالجسر يفتح", title_span=(6, 16))

    def test_lines_of_the_site(self) -> None:
        assert "site3" in of_line(0, "شارك الخبر", site_lines={line_key("شارك الخبر"): 5})

    def test_what_an_extractor_took_for_the_article(self) -> None:
        text = "قائمة\nخبر طويل\nحقوق"
        found = [of_line(number, text, main_text=((6, 14),)) & {"main", "aside"} for number in range(3)]
        assert found == [{"aside"}, {"main"}, {"aside"}]

    def test_how_much_of_a_line_was_spoken_of_before(self) -> None:
        body = "أعلنت وزارة النقل افتتاح الطريق الساحلي بعد أعمال التوسعة التي استمرت عامين وشارك فيها عشرات المهندسين."
        assert "o5" in of_line(1, f"{body}\n{body}")
        assert "o0" in of_line(1, f"{body}\nفازت الحمامة البيضاء بكأس الشطرنج")


class TestTokens:
    def test_words_and_signs_are_tokens(self) -> None:
        assert [one.text for one in tokens('قال: "نعم، 3.5%"')] == ["قال", ":", '"', "نعم", "،", "3.5", "%", '"']

    def test_a_word_has_its_marks(self) -> None:
        assert [one.text for one in tokens("وأكّد قاعدةً")] == ["وأكّد", "قاعدةً"]

    @given(raw_texts())
    @settings(deadline=None, max_examples=100)
    def test_tokens_hold_all_that_is_no_space(self, text: str) -> None:
        some = tokens(text)
        assert "".join(text[one.start : one.end] for one in some) == "".join(text.split()) or any(
            character.isspace() for one in some for character in one.text
        )


class TestTokenFeatures:
    LINE = 'وأكد وزير النقل أن "الطريق سالكة". ثم سكت'

    def test_spelling_is_folded(self) -> None:
        assert "w=واكد" in of_token("وأكد", self.LINE)

    def test_prefixes_are_taken_off(self) -> None:
        assert "s=طريق" in of_token("الطريق", self.LINE)

    def test_numbers_are_alike(self) -> None:
        assert "w=00" in of_token("75", "بلغ 75 عاما")

    def test_the_words_around(self) -> None:
        assert {"s-2=^", "s-1=اكد", "s+1=نقل", "s+2=ان"} <= of_token("وزير", self.LINE)

    def test_words_of_saying_are_marked(self) -> None:
        assert "says" in of_token("وأكد", self.LINE)
        assert "says" not in of_token("وزير", self.LINE)

    def test_how_far_behind_a_word_of_saying(self) -> None:
        assert "k=1" in of_token("وزير", self.LINE)
        assert "k=2" in of_token("النقل", self.LINE)

    def test_that_and_quotation_marks_are_remembered(self) -> None:
        assert "y=ان«" in of_token("سالكة", self.LINE)

    def test_a_new_sentence_forgets_the_last(self) -> None:
        assert {"k=0", "n0", "y="} <= of_token("ثم", self.LINE)

    def test_a_colon_of_a_headline_is_told_from_others(self) -> None:
        assert "y=:#" in of_token("سالكة", "الوزير: الطريق سالكة", headline=True)
        assert "y=:" in of_token("سالكة", "الوزير: الطريق سالكة")


class TestSaying:
    @pytest.mark.parametrize("word", ["قال", "وقالت", "سيقول", "أكدوا", "مضيفا", "قائلة", "بحسب", "ووفقا", "رأت"])
    def test_forms_of_saying(self, word: str) -> None:
        assert says(line_key(word))

    @pytest.mark.parametrize("word", ["", "و", "كتاب", "الوزير", "مقال"])
    def test_other_words(self, word: str) -> None:
        assert not says(word)


class TestCover:
    @given(st.data())
    @settings(deadline=None, max_examples=100)
    def test_it_is_what_looking_at_each_finds(self, data: st.DataObject) -> None:
        text = data.draw(raw_texts())
        some = lines(text)
        start, end = data.draw(spans_of(len(text)).filter(lambda span: span[0] < span[1]) if text else st.just((0, 1)))
        assert [number for number, _ in overlapping(some, start, end)] == [
            one.number for one in some if max(start, one.start) < min(end, one.end)
        ]
        assert mostly_inside(some, start, end) == [
            one.number for one in some if 2 * (min(end, one.end) - max(start, one.start)) > one.end - one.start
        ]


class TestAnyText:
    @given(raw_texts())
    @settings(deadline=None, max_examples=100)
    def test_proposals_are_spans_of_the_text(self, text: str) -> None:
        view = DocumentView("any", text)
        for suggester in (LearnedLines(MODEL, threshold=0), LearnedTokens(MODEL, threshold=0)):
            assert all(0 <= one.start < one.end <= len(text) for one in suggester.suggest(view).spans)
        assert 0 <= uncertainty(MODEL, view) <= 1

    @given(st.data())
    @settings(deadline=None, max_examples=20)
    def test_any_labels_can_be_learned(self, data: st.DataObject) -> None:
        label = st.sampled_from(["claim", "source", "boilerplate"])
        examples = list(pages(8))
        for number in range(3):
            text = data.draw(raw_texts())
            spans = [Labelled(*span, data.draw(label)) for span in data.draw(st.lists(spans_of(len(text)), max_size=6))]
            wide = tuple(span for span in spans if span.start < span.end)
            examples.append(Example(DocumentView(f"any-{number}", text), wide))
        assert train(examples).card.documents == 11
