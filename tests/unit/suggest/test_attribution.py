"""Claims, sources and their links in Arabic sentences; spans are written ⟦…⟧ as in the guidelines of the schemas."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from annotator.suggest.attribution import AttributionSuggester
from annotator.suggest.contract import DocumentView, Proposals


NEWS = frozenset({"claim", "source"})
SCHEMAS = Path(__file__).parents[3] / "schemas"


def plain(marked: str) -> str:
    return marked.replace("⟦", "").replace("⟧", "")


def proposed(text: str, *, headline: bool = False, own_voice: bool = False, labels: frozenset[str] = NEWS) -> Proposals:
    title_span = (0, text.index("\n") if "\n" in text else len(text)) if headline else None
    view = DocumentView("d1", text, title_span=title_span, labels=labels)
    return AttributionSuggester(own_voice=own_voice).suggest(view)


def marked_as(label: str, text: str, **options: bool) -> str:
    """The text with the spans proposed with a label in ⟦…⟧."""
    edges = []
    for span in proposed(text, **options).spans:
        if span.label == label:
            edges += [(span.start, 1, -span.end, "⟦"), (span.end, 0, -span.start, "⟧")]
    result, behind = "", 0
    for offset, _, _, mark in sorted(edges):
        result += text[behind:offset] + mark
        behind = offset
    return result + text[behind:]


def pairs(text: str, **options: bool) -> list[tuple[str, str]]:
    """What each claim says and who says it."""
    answer = proposed(text, **options)
    words = {span.key: text[span.start : span.end] for span in answer.spans}
    return [(words[link.head], words[link.tail]) for link in answer.links if link.label == "attributed_to"]


def attribute(key: str, text: str, **options: bool) -> list[str | None]:
    label = "claim" if key == "quote" else "source"
    return [span.attributes.get(key) for span in proposed(text, **options).spans if span.label == label]


def examples(schema: str, label: str) -> list[str]:
    data = yaml.safe_load((SCHEMAS / f"{schema}.yaml").read_text("utf-8"))
    return [example["text"] for one in data["labels"] if one["id"] == label for example in one["examples"]]


@pytest.mark.parametrize("text", examples("news", "claim"))
def test_claims_follow_the_examples_of_the_guideline(text: str) -> None:
    assert marked_as("claim", plain(text), own_voice=True) == text


@pytest.mark.parametrize("text", examples("news", "source"))
def test_sources_follow_the_examples_of_the_guideline(text: str) -> None:
    assert marked_as("source", plain(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "وتقول واشنطن إن ⟦الاتفاق صار جاهزا⟧، وأن ⟦التوقيع قريب⟧.",
        "وقال الوزير ⟦إنه سيزور المدينة⟧ ⟦وأنها آمنة⟧.",
        "أشارت المصادر إلى أن ⟦السفينة غادرت الميناء⟧.",
        "وحذر الخبير من أن ⟦النهر قد يفيض⟧، مشيرا إلى أن ⟦السدود ممتلئة⟧.",
        "قالت الهيئة إن ⟦المخزون يكفي شهرا⟧، فيما ⟦بلغ الاستهلاك ضعف العام الماضي⟧.",
        "أكد المدير أن ⟦الإنتاج ارتفع⟧، في حين أن ⟦الأسعار بقيت كما هي⟧.",
        "وأوضح المدير أن ⟦المصنع يعمل ليلا⟧، ⟦ويوظف مئة عامل⟧.",
        "أعلنت بغداد، الخميس، أن ⟦المحادثات تستأنف الأحد⟧، وذلك غداة ضربة في المدينة.",
        "قال الوزير، الذي زار المدينة بعد أن هدأت، إن ⟦السوق مفتوحة⟧.",
        "وأضاف الوزير أن ⟦العمل سيستمر⟧ وقالت الشركة إن ⟦المصنع مغلق⟧.",
        "يذكر أن الجسر بني قبل مئة عام من الآن.",
        "لكنها لا ترى أن ⟦المحادثات تعني الانسحاب⟧، كما تقول الوزارة.",
        "قالت الوزيرة إن ⟦العمل انتهى وفقا للجدول⟧، مطالبة بدفع الأجور.",
    ],
)
def test_the_edges_of_indirect_claims(text: str) -> None:
    context = "قالت الشركة إن العمل مستمر.\n"
    assert marked_as("claim", context + plain(text)).partition("\n")[2] == text


@pytest.mark.parametrize(
    "text",
    [
        'وقال الرئيس إن "⟦العمال سيعودون إلى المصنع غدا⟧".',
        'وقال الرئيس: "⟦العمال سيعودون إلى المصنع غدا⟧".',
        "وأضافت «⟦امتلاك هذه الصفحات أمر مهم للجامعة⟧».",
        "وقالت المصادر: «⟦العمل بدأ فعلا أمس⟧. ⟦النهاية قريبة جدا⟧».",
        "وقال الوزير “⟦الطريق مفتوحة أمام الجميع الآن⟧”.. “⟦الجسر يفتح يوم الأحد أيضا⟧”.",
        'وأكمل الوزير "إن ⟦الشخص الذي كتب هذه الصفحات عرف المدينة⟧".',
        "«⟦الجسر لن يفتح قبل نهاية العام⟧»، قال الوزير للصحفيين.",
        "قال الوزير: ⟦العمل بدأ أمس⟧. ⟦وهو يسير بسرعة⟧.",
        "وقال رومنيجه «⟦هناك لاعبون لا يقدرون بثمن⟧. ⟦هذه التقارير غير صحيحة⟧.",
        'وقال مسؤول لوكالة "حروف" إن ⟦تنظيم "داعش" انهزم هناك⟧.',
    ],
)
def test_the_edges_of_quotations(text: str) -> None:
    context = "قالت الشركة إن العمل مستمر.\n"
    assert marked_as("claim", context + plain(text)).partition("\n")[2] == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("انخفضت الأسعار أمس في السوق. وفقا لصحيفة الأيام.", ("انخفضت الأسعار أمس في السوق", "صحيفة الأيام")),
        ("وأرجع المدير سبب التأخير إلى الأمطار الغزيرة.", ("سبب التأخير إلى الأمطار الغزيرة", "المدير")),
        ("أكد المدير، خالد شواني، أن العمل بدأ.", ("العمل بدأ", "المدير، خالد شواني")),
        ("كشفت الشركة عن افتتاح مصنع جديد في المدينة.", ("افتتاح مصنع جديد في المدينة", "الشركة")),
        ("ونفت الشركة، في بلاغ مقتضب، توصلها بأي مبلغ.", ("توصلها بأي مبلغ", "الشركة")),
    ],
)
def test_claims_that_no_that_introduces(text: str, expected: tuple[str, str]) -> None:
    assert pairs(text) == [expected]


def test_a_mark_that_closes_nothing_opens_nothing() -> None:
    text = "والعمل مستمر هنا”. وقال الوزير “⟦الطريق مفتوحة أمام الجميع الآن⟧”."
    assert marked_as("claim", plain(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال الوزير إن العمل بدأ فعلا.", "indirect"),
        ('قال الوزير إن "العمل بدأ فعلا".', "direct"),
        ('قال الوزير إن العمل "بدأ فعلا" في المدينة.', "mixed"),
        ('قال الوزير إن تنظيم "داعش" انهزم.', "indirect"),
        ("قال الوزير: العمل بدأ فعلا.", "direct"),
    ],
)
def test_how_a_claim_is_quoted(text: str, expected: str) -> None:
    assert attribute("quote", text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "هل قال الوزير إن العمل بدأ فعلا؟",
        "وقال الوزير: «هل تعرفون متى بدأ العمل هنا؟».",
        "ودعت الوزارة شركات الشحن إلى مراجعة مواعيدها قبل الإرسال.",
        "أكد الوزير ضرورة العمل على فتح الطريق سريعا.",
        "المسافة بين المدينة والبحر طويلة بعد أن أغلق الجسر.",
        "ومشى الناس وفق خطة محكمة وضعها المهندسون قبل عام.",
        "تنتظر المدينة المشروع الذي أعلن عن افتتاحه قبل عام.",
    ],
)
def test_what_is_no_claim_of_anybody(text: str) -> None:
    assert pairs(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "قال ⟦رئيس الوزراء العراقي محمد السوداني⟧، في بيان، إنه رعى الحوار.",
        "وقال ⟦يحيى رسول المتحدث باسم القائد الأعلى للقوات المسلحة⟧ في بيان أن الضربات توقفت.",
        'قالت ⟦صحيفة "الأيام" المحلية⟧ إن الجسر أغلق.',
        "أعلنت ⟦نقابة عمال الموانئ في سرندة⟧، الثلاثاء، تعليق الإضراب.",
        "وأعلن ⟦هيساو تاناكا رئيس شركة الإلكترونيات⟧ امس استقالته من العمل.",
        "وأعلنت ⟦اللجنة⟧ تعليق العمل في المدينة.",
        "وقال ⟦عدد من السكان⟧ إن الطريق مغلقة.",
        "وقال ⟦مبعوث الأمم المتحدة إلى المدينة⟧ إن الحوار بدأ.",
        "وتعهد ⟦الوزير⟧ بمواصلة العمل في المدينة.",
        "وقالت ⟦وزارة الدفاع (البنتاغون)⟧ إن الضربة وقعت.",
        "وكان ⟦رسول⟧ قال في وقت سابق، الخميس، إن الضربات ستتوقف.",
        "⟦قاضي دائرة الأوقاف محمد الجيراني⟧، قال: إن العمل جاء بعد متابعة.",
        "أما ⟦الطبيبة سعاد المهدي⟧، وهي اختصاصية، فدعت إلى الحذر، وقالت إن النتائج أولية.",
        "بعد إعلان ⟦الجيش⟧، الأربعاء، أنه قتل قياديا هناك.",
        'علمت "الوطن" من ⟦مصادر مطلعة⟧ أن اللاعب رحل.',
        "لكن ⟦المدير⟧ نفى أن المصنع أغلق أبوابه.",
        "السفينة غرقت فجر اليوم، على ما أفاد ⟦مصدران أمنيان⟧ لوكالة الأنباء.",
        "وانخفضت الأسعار أمس، نقلا عن ⟦صحيفة الأيام⟧.",
        "ويتفق معه طارق الذي وصل أمس. وأكد ⟦المدير سعيد⟧ الذي قال إن العمل بدأ.",
    ],
)
def test_the_edges_of_sources(text: str) -> None:
    assert marked_as("source", plain(text)) == text


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("قال الوزير إن العمل بدأ. وأضاف أن النهاية قريبة.", "الوزير"),
        ("قال الوزير إن العمل بدأ، مشيرا إلى أن النهاية قريبة.", "الوزير"),
        ("قالت الوزيرة إن العمل بدأ، كما أكد الوزير أن المال جاهز، وأضافت أن النهاية قريبة.", "الوزيرة"),
        ("قال الوزير إن الشركة أعلنت أن المصنع أغلق، مؤكدا أن النهاية قريبة.", "الوزير"),
        ("دعا الوزير إلى الحذر. وأضاف أن النهاية قريبة.", "الوزير"),
    ],
)
def test_a_verb_without_subject_goes_to_the_source_before_it(text: str, source: str) -> None:
    assert pairs(text)[-1] == ("النهاية قريبة", source)


def test_a_claim_of_nobody_known_is_not_proposed() -> None:
    assert proposed("وأضاف أن النهاية قريبة جدا الآن.") == Proposals()


def test_several_sources_answer_for_one_claim() -> None:
    text = "وذكر رئيس البلدية ومدير الدفاع المدني أن الطريق سالكة."
    assert pairs(text) == [("الطريق سالكة", "رئيس البلدية"), ("الطريق سالكة", "مدير الدفاع المدني")]


def test_a_nested_claim_goes_to_its_own_source() -> None:
    text = "قال النائب إن الوزارة أبلغت اللجنة بأن الجسر آمن."
    assert pairs(text) == [("الوزارة أبلغت اللجنة بأن الجسر آمن", "النائب"), ("الجسر آمن", "الوزارة")]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("وزير الزراعة", "official"),
        ("شركة الشحن", "organisation"),
        ("رئيس شركة الشحن", "organisation"),
        ("رئيس اللجنة الصناعية بالغرفة سمير حسين", "organisation"),
        ("هيساو تاناكا رئيس شركة الشحن", "organisation"),
        ("يحيى رسول المتحدث باسم القوات", "official"),
        ("الباحثة لمياء السنوسي", "expert"),
        ("الفنانة ديانا", "person"),
        ("وكالة الأنباء", "media"),
        ("دراسة حديثة", "document"),
        ("مصادر مطلعة", "unnamed"),
        ("مسؤول في الميناء", "unnamed"),
        ("هيثم العلي", None),
    ],
)
def test_the_type_of_a_source(name: str, kind: str | None) -> None:
    assert attribute("type", f"قال {name} إن العمل بدأ.") == [kind]


def test_a_short_name_has_the_type_of_the_long_one() -> None:
    text = "قالت الباحثة لمياء السنوسي إن العمل بدأ. وقالت السنوسي إن النهاية قريبة."
    assert attribute("type", text) == ["expert", "expert"]


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ('"رويترز": التحالف قد لا ينتهي هذا العام', [("التحالف قد لا ينتهي هذا العام", "رويترز")]),
        ("وزير الخارجية: الاتفاق جاهز للتوقيع", [("الاتفاق جاهز للتوقيع", "وزير الخارجية")]),
        ("بالصور: المدينة تحتفل بالعيد الكبير", []),
        ("وزير الخارجية: متى يوقع الاتفاق؟", []),
        ("المدينة تحتفل بالعيد الكبير", []),
    ],
)
def test_headlines_with_a_colon(headline: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(headline, headline=True) == expected


@pytest.mark.parametrize(
    ("headline", "quote"), [("دراسة: النوم مفيد للطلاب", "indirect"), ("الفنان سالم: سأعود قريبا", "direct")]
)
def test_a_person_speaks_directly_in_a_headline_and_a_document_does_not(headline: str, quote: str) -> None:
    assert attribute("quote", headline, headline=True) == [quote]


def test_lists_of_headlines_are_left_alone() -> None:
    assert proposed("قائمة الأخبار\nوزير الخارجية: الاتفاق جاهز\nالمدرب: سنفوز غدا", own_voice=True) == Proposals()


def test_a_line_that_is_printed_twice_is_read_once() -> None:
    line = "قال الوزير إن العمل بدأ في المدينة."
    once, twice = proposed(line), proposed(f"{line}\n{line}")
    assert once == twice


def test_sentences_without_a_cue_are_claims_in_the_outlets_own_voice() -> None:
    text = "قال الوزير إن العمل بدأ. ⟦وانخفض منسوب النهر مترين منذ مايو⟧."
    answer = proposed(plain(text), own_voice=True)
    own = [(span.start, span.end) for span in answer.spans if span.attributes.get("quote") == "none"]
    assert [plain(text)[start:end] for start, end in own] == ["وانخفض منسوب النهر مترين منذ مايو"]


def test_own_claims_are_proposed_at_a_lower_score_and_without_a_source() -> None:
    answer = proposed("قال الوزير إن العمل بدأ. وانخفض منسوب النهر مترين منذ مايو.", own_voice=True)
    reported, own = (span for span in answer.spans if span.label == "claim")
    assert (own.score or 0) < (reported.score or 0)
    assert [link.head for link in answer.links] == [reported.key]


def test_a_headline_without_a_colon_is_an_own_claim() -> None:
    text = "البلاد تعلن موعد استئناف المحادثات\nشيء"
    assert marked_as("claim", text, headline=True, own_voice=True) == "⟦البلاد تعلن موعد استئناف المحادثات⟧\nشيء"


def test_a_question_is_no_own_claim() -> None:
    assert proposed("فمتى تمطر السماء في هذه المدينة الصغيرة؟", own_voice=True) == Proposals()


def test_the_preface_of_an_own_claim_stays_outside() -> None:
    text = "يذكر أن ⟦الجسر بني قبل مئة عام⟧."
    assert marked_as("claim", plain(text), own_voice=True) == text


ATTRIBUTION = NEWS | {"cue"}


def test_cues_are_proposed_where_the_schema_has_them() -> None:
    text = "وكان الوزير قال إن العمل بدأ. وأضاف أن النهاية قريبة."
    answer = proposed(text, labels=ATTRIBUTION)
    assert [text[one.start : one.end] for one in answer.spans if one.label == "cue"] == ["قال", "وأضاف"]
    assert sum(link.label == "has_cue" for link in answer.links) == 2


def test_claims_under_one_verb_share_its_cue() -> None:
    answer = proposed("قال الوزير إن العمل بدأ، وأن النهاية قريبة.", labels=ATTRIBUTION)
    assert len({link.tail for link in answer.links if link.label == "has_cue"}) == 1


def test_an_auxiliary_beside_the_verb_belongs_to_the_cue() -> None:
    text = "وكان قال الوزير إن العمل بدأ."
    answer = proposed(text, labels=ATTRIBUTION)
    assert [text[one.start : one.end] for one in answer.spans if one.label == "cue"] == ["وكان قال"]


@pytest.mark.parametrize(
    ("text", "carrier"),
    [
        ('قال مسؤول أمني لوكالة "حروف" إن الحريق أخمد.', 'وكالة "حروف"'),
        ('ونقلت وكالة "حروف" عن مسؤول أمني قوله إن الحريق أخمد.', 'وكالة "حروف"'),
        ("قال مسؤول أمني إن الحريق أخمد، بحسب صحيفة الأيام.", "صحيفة الأيام"),
    ],
)
def test_who_carries_the_words_is_a_source_where_the_schema_has_cues(text: str, carrier: str) -> None:
    answer = proposed(text, labels=ATTRIBUTION)
    words = {span.key: text[span.start : span.end] for span in answer.spans}
    via = [words[link.tail] for link in answer.links if link.label == "reported_via"]
    assert via == [carrier]
    assert carrier not in [source for _, source in pairs(text)]


def test_sources_without_a_name_are_told_so_where_the_schema_has_cues() -> None:
    view = DocumentView("d1", "قالت مصادر مطلعة إن العمل بدأ.", labels=ATTRIBUTION)
    sources = [one for one in AttributionSuggester().suggest(view).spans if one.label == "source"]
    assert [one.attributes for one in sources] == [{"named": "false"}]
    news = AttributionSuggester().suggest(replace(view, labels=NEWS))
    assert [one.attributes for one in news.spans if one.label == "source"] == [{"type": "unnamed"}]


def test_the_evidence_is_the_cue() -> None:
    claims = [span for span in proposed("وقال الوزير إن العمل بدأ.").spans if span.label == "claim"]
    assert [(span.reason, span.evidence) for span in claims] == [("A verb of saying", "وقال")]


def test_spelling_without_hamza_and_with_marks_is_understood() -> None:
    assert pairs("واضاف الوزير ان الاعمال بدات.") == [("الاعمال بدات", "الوزير")]
    assert pairs("وأكّد الوزيرُ أنّ العملَ بدأ.") == [("العملَ بدأ", "الوزيرُ")]
