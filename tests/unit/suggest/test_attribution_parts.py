"""The parts of the attribution suggester: tokens, forms of verbs, names, ends of claims, types."""

from __future__ import annotations

import pytest

from annotator.suggest.attribution.claims import claims_from, quotation
from annotator.suggest.attribution.clauses import claim_end
from annotator.suggest.attribution.headlines import headline_statement
from annotator.suggest.attribution.kinds import Kinds
from annotator.suggest.attribution.nouns import name_end, source_spans
from annotator.suggest.attribution.own_voice import own_headline, own_statements
from annotator.suggest.attribution.phrases import PHRASE_STARTERS, phrase_at
from annotator.suggest.attribution.statements import statements
from annotator.suggest.attribution.subjects import antecedent, subject_before
from annotator.suggest.attribution.tokens import tokens_of
from annotator.suggest.attribution.verbs import PARTICIPLES, VERBS
from annotator.text.folding import folded_text


def name(text: str) -> str:
    """The name at the start of a text."""
    line = tokens_of(text)
    end = name_end(line, 0, len(line))
    return text[: line.ends[end - 1]] if end else ""


def claim(text: str) -> str:
    """The claim at the start of a text."""
    line = tokens_of(text)
    return text[: line.ends[claim_end(line, 0, line.limits[0]) - 1]]


class TestTokens:
    def test_words_are_folded_and_keep_their_offsets(self) -> None:
        line = tokens_of("وأكّد الوزيرُ")
        assert line.keys == ["واكد", "الوزير"]
        assert [line.text[a:b] for a, b in zip(line.starts, line.ends, strict=True)] == ["وأكّد", "الوزيرُ"]

    def test_a_number_with_a_point_is_one_token(self) -> None:
        assert tokens_of("بلغ 3.5 في المئة").keys[1] == "3.5"

    def test_each_punctuation_mark_is_a_token(self) -> None:
        assert tokens_of("(نعم)...").keys == ["(", "نعم", ")", ".", ".", "."]

    @pytest.mark.parametrize("text", ['قال "نعم" ثم', "قال «نعم» ثم", "قال “نعم” ثم", "قال ”نعم” ثم"])
    def test_quotation_marks_are_paired(self, text: str) -> None:
        assert tokens_of(text).partner == {1: 3, 3: 1}

    def test_a_mark_that_is_never_closed_has_no_partner(self) -> None:
        assert tokens_of("قال «نعم ثم").partner == {}

    def test_a_sentence_ends_at_its_full_stop(self) -> None:
        line = tokens_of("قال نعم. ثم ذهب.")
        assert line.limits == [3, 3, 3, 6, 6, 6]
        assert line.firsts == [0, 0, 0, 3, 3, 3]

    def test_a_sentence_ends_at_a_full_stop_that_the_next_word_is_glued_to(self) -> None:
        assert tokens_of("بلغ عشرة في المئة.وقال الوزير").limits[0] == 5

    @pytest.mark.parametrize("text", ["الدولار يساوي 3.5 ريال", "وصل د. أحمد اليوم"])
    def test_not_every_full_stop_ends_a_sentence(self, text: str) -> None:
        line = tokens_of(text)
        assert line.limits[0] == len(line)

    def test_the_key_outside_the_line_is_empty(self) -> None:
        line = tokens_of("نعم")
        assert (line.key(-1), line.key(1)) == ("", "")

    def test_an_empty_line_has_no_tokens(self) -> None:
        assert len(tokens_of("")) == 0


class TestVerbs:
    @pytest.mark.parametrize(
        "form",
        [
            *("قال", "قالت", "قالوا", "قالا", "يقول", "تقول", "يقولون", "وقال", "فقال", "سيقول", "وسيقول", "ويقولون"),
            *("أكد", "تؤكد", "وأكدت", "نفى", "نفت", "نفوا", "ينفي", "ينفون", "رأى", "رأت", "يرى", "ترى", "يرون"),
            *("ادعى", "ادعت", "أضافت", "واضاف", "أوضحا", "أوضحتا", "يوضحان"),
        ],
    )
    def test_inflected_forms_with_their_prefixes_are_known(self, form: str) -> None:
        assert VERBS[folded_text(form)].claims

    @pytest.mark.parametrize(("form", "feminine"), [("قال", False), ("قالت", True), ("تقول", True), ("وقالوا", False)])
    def test_the_gender_of_a_verb(self, form: str, feminine: bool) -> None:
        assert VERBS[folded_text(form)].feminine is feminine

    @pytest.mark.parametrize(("form", "joined"), [("قال", False), ("وقال", True), ("فقال", True), ("سيقول", False)])
    def test_whether_a_conjunction_is_joined(self, form: str, joined: bool) -> None:
        assert VERBS[folded_text(form)].joined is joined

    @pytest.mark.parametrize("form", ["قائلا", "قائلة", "مشيرين", "ومؤكدا", "نافيا", "نافين", "بقوله"])
    def test_participles_are_known(self, form: str) -> None:
        assert PARTICIPLES[folded_text(form)].claims

    def test_a_participle_of_wishing_makes_no_claim(self) -> None:
        assert not PARTICIPLES[folded_text("مطالبا")].claims

    @pytest.mark.parametrize("word", ["الوزير", "يصل", "بلغ", "كتاب", "بيان"])
    def test_other_words_are_no_verbs_of_saying(self, word: str) -> None:
        assert folded_text(word) not in VERBS


class TestNames:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("الوزير إن العمل بدأ", "الوزير"),
            ("الأمين العام للأمم المتحدة اليوم", "الأمين العام للأمم المتحدة"),
            ("المدير العام للشركة، الذي", "المدير العام للشركة"),
            ("مسؤول في الميناء أن", "مسؤول في الميناء"),
            ("الوزير في بيان له", "الوزير"),
            ("الوزير في 2015 إن", "الوزير"),
            ("مسؤول أمني لوكالة الأنباء", "مسؤول أمني"),
            ("سيدة تدعى أم كريم للمحافظ", "سيدة تدعى أم كريم"),
            ('مسؤول ل"رويترز" إن', "مسؤول"),
            ('صحيفة "الأيام" المحلية أن', 'صحيفة "الأيام" المحلية'),
            ("عدد من السكان إن", "عدد من السكان"),
            ("المشرف على البحث إن", "المشرف على البحث"),
            ("مبعوث المنظمة إلى المدينة إن", "مبعوث المنظمة إلى المدينة"),
            ("رئيس البلدية يحيى بن علي العلي إن", "رئيس البلدية يحيى بن علي العلي"),
            ("الوزير على هامش المعرض", "الوزير"),
            ("لجنة التحكيم إن", "لجنة التحكيم"),
            ("للصحفيين إن", ""),
            ("في بيان", ""),
        ],
    )
    def test_where_a_name_ends(self, text: str, expected: str) -> None:
        assert name(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("رئيس البلدية ومدير الأمن", ["رئيس البلدية", "مدير الأمن"]),
            ("واشنطن وبغداد", ["واشنطن", "بغداد"]),
            ("وزير الثقافة والإعلام", ["وزير الثقافة والإعلام"]),
            ("وزارة المالية", ["وزارة المالية"]),
            ('"الوطن"', ["الوطن"]),
            ("(الوطن)", ["الوطن"]),
        ],
    )
    def test_names_joined_by_and_are_separate(self, text: str, expected: list[str]) -> None:
        line = tokens_of(text)
        assert [text[a:b] for a, b in source_spans(line, 0, len(line))] == expected

    def test_a_preposition_is_cut_off(self) -> None:
        line = tokens_of("لوزارة المالية")
        assert source_spans(line, 0, 2, prefix=1) == [(1, 14)]


class TestSubjects:
    @pytest.mark.parametrize(
        ("text", "verb", "expected"),
        [
            ("وكان الوزير قال إن", 2, ["الوزير"]),
            ("لكن مسؤولا قال إن", 2, ["مسؤولا"]),
            ("من جانبه، الوزير قال إن", 4, ["الوزير"]),
            ("في المدينة قال إن", 2, []),
            ("وقال إن", 0, []),
            ("قال إن الوزارة أبلغت", 3, ["الوزارة"]),
        ],
    )
    def test_a_subject_before_its_verb(self, text: str, verb: int, expected: list[str]) -> None:
        assert [text[a:b] for a, b in subject_before(tokens_of(text), verb)] == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [("ويتفق معه طارق محمد الذي قال", ["طارق محمد"]), ("ومنهم الوزير سالم الذي قال", ["الوزير سالم"])],
    )
    def test_whom_a_relative_clause_speaks_of(self, text: str, expected: list[str]) -> None:
        line = tokens_of(text)
        assert [text[a:b] for a, b in antecedent(line, line.keys.index("الذي"))] == expected


class TestClaims:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("العمل بدأ، وأن النهاية قريبة.", "العمل بدأ،"),
            ("العمل بدأ، مشيرا إلى النهاية.", "العمل بدأ،"),
            ("العمل بدأ فيما توقفت الشركة أمس.", "العمل بدأ"),
            ("العمل بدأ، وذلك قبل عام.", "العمل بدأ،"),
            ("العمل بدأ، وكان صعبا.", "العمل بدأ،"),
            ("العمل بدأ وينتهي غدا.", "العمل بدأ"),
            ("العمل بدأ، وتعليق البناء مستمر.", "العمل بدأ، وتعليق البناء مستمر."),
            ("العمل بدأ؛ والناس سعداء.", "العمل بدأ"),
            ("العمل ارتفع؛ ليصل إلى الضعف.", "العمل ارتفع؛ ليصل إلى الضعف."),
            ("العمل بدأ وإن كان صعبا.", "العمل بدأ وإن كان صعبا."),
            ("الأمر سبق وأن أعلن هنا.", "الأمر سبق وأن أعلن هنا."),
            ("العمل بدأ «، وأن الناس» هنا.", "العمل بدأ «، وأن الناس» هنا."),
            ("العمل بدأ بحسب الوزارة.", "العمل بدأ"),
            ("العمل بدأ على حد قوله.", "العمل بدأ"),
        ],
    )
    def test_where_a_claim_ends(self, text: str, expected: str) -> None:
        assert claim(text) == expected

    def test_a_question_holds_no_claim(self) -> None:
        line = tokens_of("متى بدأ العمل؟")
        assert claims_from(line, 0, len(line))[0] == []

    def test_a_quotation_of_two_sentences_is_two_claims(self) -> None:
        line = tokens_of("«بدأ العمل هنا. ينتهي غدا.»")
        found = quotation(line, 0, len(line) - 1)
        assert [line.text[one.start : one.end] for one in found] == ["بدأ العمل هنا", "ينتهي غدا"]


class TestStatements:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("قال الوزير إن العمل بدأ.", "verb"),
            ("وعاد الناس، مؤكدا أن العمل بدأ.", "participle"),
            ("بحسب الوزارة، العمل بدأ أمس.", "phrase"),
            ("«العمل بدأ في المدينة أمس»، قال الوزير.", "quotation"),
            ("نقلت الوكالة عن مسؤول قوله إن العمل بدأ.", "carried"),
        ],
    )
    def test_the_kind_of_a_statement(self, text: str, kind: str) -> None:
        assert [one.kind for one in statements(tokens_of(text))] == [kind]

    def test_speech_behind_a_colon_goes_on_until_somebody_else_speaks(self) -> None:
        text = "قال الوزير: العمل بدأ. الناس سعداء جدا. وقالت الشركة إن المصنع مغلق. الجو حار جدا."
        found = statements(tokens_of(text))
        kinds = [(one.kind, text[one.claims[0].start : one.claims[0].end]) for one in found]
        assert kinds == [("verb", "العمل بدأ"), ("continued", "الناس سعداء جدا"), ("verb", "المصنع مغلق")]

    def test_a_phrase_behind_a_statement_tells_who_carries_it(self) -> None:
        text = "قال الوزير إن العمل بدأ، بحسب صحيفة الأيام."
        (one,) = statements(tokens_of(text))
        assert [text[a:b] for a, b in one.carriers] == ["صحيفة الأيام"]

    @pytest.mark.parametrize("text", ["", "نعم", ":", "قال", "بحسب", "إن", "نقلت عن", "«»", "علي حد", "كما قال"])
    def test_fragments_say_nothing(self, text: str) -> None:
        assert statements(tokens_of(text)) == []

    @pytest.mark.parametrize("word", sorted(PHRASE_STARTERS))
    def test_a_phrase_without_a_source_says_nothing(self, word: str) -> None:
        assert phrase_at(tokens_of(word), 0) is None


def test_a_headline_needs_words_on_both_sides_of_its_colon() -> None:
    assert headline_statement(tokens_of(": نعم هذا صحيح")) is None
    assert headline_statement(tokens_of("الوزير: نعم")) is None


def test_a_headline_behind_full_stops_starts_there() -> None:
    line = tokens_of("خبر مهم.. الوزير: العمل بدأ أمس")
    statement = headline_statement(line)
    assert statement
    assert [line.text[a:b] for a, b in statement.sources] == ["الوزير"]


def test_own_statements_leave_out_sentences_that_somebody_says() -> None:
    line = tokens_of("قال الوزير إن العمل بدأ. وانخفض منسوب النهر مترين منذ مايو.")
    (own,) = own_statements(line, statements(line))
    assert line.text[own.claims[0].start : own.claims[0].end] == "وانخفض منسوب النهر مترين منذ مايو"


@pytest.mark.parametrize("text", ["صور", "متى ينتهي العمل في المدينة؟", "يا لها من مدينة جميلة!", "الوزير: العمل بدأ"])
def test_headlines_that_state_nothing_of_their_own(text: str) -> None:
    assert own_headline(tokens_of(text)) == []


def test_the_type_of_a_name_is_known_from_its_longer_form() -> None:
    kinds = Kinds()
    assert kinds.of("السنوسي") == ""
    assert kinds.of("الباحثة لمياء السنوسي") == "expert"
    assert kinds.of("السنوسي") == "expert"
    assert kinds.of("مصادر السنوسي") == "unnamed"
