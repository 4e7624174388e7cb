"""Who says what, principle by principle: each table holds sentences with the claims in ⟦…⟧ and who says each."""

from __future__ import annotations

import pytest

from annotator.suggest.attribution import AttributionSuggester
from annotator.suggest.attribution.answer import OPINION_SCORE, SCORES
from annotator.suggest.attribution.interviews import Interview
from annotator.suggest.contract import DocumentView, Proposals


NEWS = frozenset({"claim", "source"})


def proposed(text: str) -> Proposals:
    return AttributionSuggester().suggest(DocumentView("d1", text, labels=NEWS))


def said(text: str) -> list[tuple[str, str]]:
    """What each claim says that somebody makes, and who, in reading order."""
    answer = proposed(text)
    spans = {span.key: span for span in answer.spans}
    links = sorted((spans[link.head].start, spans[link.tail].start, link) for link in answer.links)
    words = {key: text[span.start : span.end] for key, span in spans.items()}
    return [(words[link.head], words[link.tail]) for *_, link in links]


def expected(marked: str, sources: list[str]) -> tuple[str, list[tuple[str, str]]]:
    """A text without its marks, and its claims with who makes them."""
    claims = [piece.partition("⟧")[0] for piece in marked.split("⟦")[1:]]
    return marked.replace("⟦", "").replace("⟧", ""), list(zip(claims, sources, strict=True))


def assert_said(marked: str, *sources: str) -> None:
    text, pairs = expected(marked, list(sources))
    assert said(text) == pairs


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("وكان المدرب اليوناني أكد أن ⟦الفريق جاهز⟧.", "المدرب اليوناني"),
        ("ولم تعلق الوزارة لكن مسؤولا قال ⟦إنهم يسعون للتحقق من صحته⟧.", "مسؤولا"),
        ("لكن مصدرا بارزا في الجيش السوري، أكد أن ⟦القائد كان من المقربين⟧.", "مصدرا بارزا في الجيش السوري"),
        ("مدير التخطيط العمراني سابقا المهندس شاكر، قال: إن ⟦الضربة موجعة⟧.", "مدير التخطيط العمراني"),
        ("أما نيكسون فقال إن ⟦الصين دولة كبيرة⟧.", "نيكسون"),
        ("نور التي كانت تروي قصتها إلى الطالبات قالت ⟦إنهم بدأوا في اختيار البنات⟧.", "نور"),
        ("الجهات كثيرة، وتصريحات بعض اللاعبين في السوق تؤكد أن ⟦مستوى النسب منخفض⟧.", "تصريحات بعض اللاعبين في السوق"),
        ("فالسيرة النبوية تشير إلى أن ⟦الوحي نزل في مكة⟧.", "السيرة النبوية"),
        ("الوزير ينفي ⟦تأجيل الدراسة إلى بعد الحج⟧.", "الوزير"),
    ],
)
def test_the_subject_may_stand_before_its_verb(marked: str, source: str) -> None:
    assert_said(marked, source)


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("وتظهر الأرقام الصادرة عن الوزارة، أن ⟦الدعم قد يصل إلى مليار جنيه⟧.", "الأرقام الصادرة عن الوزارة"),
        ("بينت تقنية الكربون المشع، أن ⟦عمرها نحو ألف عام⟧.", "تقنية الكربون المشع"),
        ("وبين الفحص الذي أجري في الجامعة أن ⟦النص مكتوب على قطع من الجلد⟧.", "الفحص"),
        ("جاء في تقرير اللجنة أن ⟦الولاية تحتاج إلى مال⟧.", "تقرير اللجنة"),
        ("وورد في بيان للوزارة أن ⟦الطريق سالكة⟧.", "للوزارة"),
        ("كما تحدث تقرير آخر من «المرصد السوري» عن ⟦مقتل 52 طفلا في الحرب⟧.", "تقرير آخر من «المرصد السوري»"),
    ],
)
def test_documents_and_figures_say_things(marked: str, source: str) -> None:
    assert_said(marked, source)


@pytest.mark.parametrize(
    "text",
    [
        "يشير تطور الأسعار إلى أن السوق سيستقر.",
        "ولم يبق من كتب ووثائق عن المدينة دون أن يعرف أحد أنها قديمة.",
        "ويجب أن يؤكد الوزير أن العمل بدأ.",
        "ذهب الوزير إلى السوق أمس مع الناس.",
        "ويظهر في الصورة رجل من أن الجسر قديم.",
        "ولم يعلن الوزير عن افتتاح الجسر.",
        "وصدر الخبر من قال إن العمل بدأ.",
    ],
)
def test_forms_that_look_like_verbs_of_saying_say_nothing(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("marked", "sources"),
    [
        ("رفضت الوزارة ذلك وقالت إن ⟦العمل مستمر⟧.", ["الوزارة"]),
        ("وعلى ذات السياق أشاد رئيس الجمعية بدور الرجال، مؤكدا أن ⟦العمل مستمر⟧.", ["رئيس الجمعية"]),
        ("إحدى الصحف المحلية نشرت الخبر أمس، مشيرة إلى أن ⟦الغموض يصنع الشائعات⟧.", ["إحدى الصحف المحلية نشرت الخبر"]),
        ("زار الوزير المصنع أمس. وقال إن ⟦العمل بدأ⟧.", ["الوزير المصنع"]),
        ("قال الوزير إن ⟦العمل بدأ⟧، وأضاف أن ⟦المال جاهز⟧.", ["الوزير", "الوزير"]),
    ],
)
def test_a_cue_without_subject_has_that_of_its_sentence_or_the_one_before(marked: str, sources: list[str]) -> None:
    assert_said(marked, *sources)


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("وانخفض السعر بعد إعلان الجيش، الأربعاء، ⟦أنه قتل قياديا في الجماعة⟧.", "الجيش"),
        ("وتأتي المقترحات بعد تصريح الحكومة ⟦بأنها ستلغي الدعم الجديد⟧.", "الحكومة"),
        ("وخرجت الحكومة من الاتفاق وسط تأكيدات الخبراء أن ⟦السوق ضعيفة⟧.", "الخبراء"),
    ],
)
def test_nouns_of_saying_have_their_owner_for_a_source(marked: str, source: str) -> None:
    assert_said(marked, source)


def test_a_noun_of_saying_with_a_pronoun_goes_to_the_source_before() -> None:
    assert_said("قال الوزير إن ⟦العمل بدأ⟧. وجاء النفي مع تأكيده أن ⟦المال جاهز⟧.", "الوزير", "الوزير")


def test_a_pretext_goes_to_the_source_before() -> None:
    assert_said("قالت الشركة إن ⟦المصنع توقف⟧. وأغلقت بابها بدعوى أن ⟦السوق ضعيفة⟧.", "الشركة", "الشركة")


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("وبعدما كشفت لجنة تحقيق مستقلة ⟦تضخيم الشركة لحجم أرباحها⟧.", "لجنة تحقيق مستقلة"),
        ("يرجع حسين ⟦ذلك إلى خروج غير الجادين⟧.", "حسين"),
        ("فإن نيكسون اعتبر ⟦تقربه إلى الصين جزءا من استراتيجية أكبر⟧.", "نيكسون"),
        ("واعتبر الرهيدي ⟦الرياضة أحد الروافد المهمة⟧.", "الرهيدي"),
        ("وتتهم وزارة الدفاع (البنتاغون) ⟦الجماعة العراقية بمهاجمة قواتها⟧.", "وزارة الدفاع (البنتاغون)"),
        ("أوضحت الفنانة ما ⟦تحويه الخيمة من برامج كثيرة⟧.", "الفنانة"),
        ("وتطرقت الفنانة ⟦لاختتام جانب الرسم⟧.", "الفنانة"),
    ],
)
def test_an_object_may_be_the_claim(marked: str, source: str) -> None:
    assert_said(marked, source)


@pytest.mark.parametrize(
    "text", ["أكدت الأميرة أهمية الشراكة.", "تحدث الوزير عن المباراة.", "رفضت الوزارة تأكيد الخبر."]
)
def test_an_object_that_claims_nothing_is_none(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("قالت صحيفة الأيام اليوم نقلا عن مسؤولين في الوزارة إن ⟦تركيا وافقت⟧.", "مسؤولين في الوزارة"),
        ("ونسبت يونهاب إلى مصدر بالحكومة قوله إن ⟦التقييم صحيح⟧.", "مصدر بالحكومة"),
        ("وقال ل«عكاظ» مستشار الوزارة حاتم قاضي إن ⟦الخطة تتضمن الاستعداد⟧.", "مستشار الوزارة حاتم قاضي"),
        ("وقال للصحفيين وزير المال إن ⟦الخزينة فارغة⟧.", "وزير المال"),
        ("وقال في وقت سابق، مكتب المدعي العام ⟦إنه يمتلك وثائق⟧.", "مكتب المدعي العام"),
    ],
)
def test_who_only_carries_the_words_is_no_source(marked: str, source: str) -> None:
    assert_said(marked, source)


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("وقالت مديرة المجموعات، سوزان ورال، إن ⟦الوثيقة قديمة⟧.", "مديرة المجموعات، سوزان ورال"),
        ("وقال محمد بيطار، المدير العام: ⟦الفرع يعمل⟧.", "محمد بيطار، المدير العام"),
        ("قالت الوزيرة، التي زارت البساتين، إن ⟦الموسم جيد⟧.", "الوزيرة"),
        ("قال الوزير، أمس الأحد، إن ⟦الموسم جيد⟧.", "الوزير"),
        ("وقال أمين الأحساء م. عادل الملحم إن ⟦المهرجان يبدأ غدا⟧.", "أمين الأحساء م. عادل الملحم"),
        ("وقال عز الدين بعصبية إن ⟦الموسم جيد⟧.", "عز الدين"),
        ("وقال محللون في تقرير إن ⟦السوق ضعيفة⟧.", "محللون"),
        ("ووفقا لعاملين في القطاع، فإن ⟦المستثمرين ينوون تركه⟧.", "عاملين في القطاع"),
    ],
)
def test_the_edges_of_a_source_with_what_follows_its_name(marked: str, source: str) -> None:
    assert_said(marked, source)


def test_a_verb_with_that_follows_what_was_said() -> None:
    marked = "⟦يبدأ الفريق مبارياته الودية الاثنين المقبل⟧، أوضح ذلك مدير النادي فهد المفرج."
    assert_said(marked, "مدير النادي فهد المفرج")


def test_that_came_in_a_statement_of_somebody_who_speaks_on() -> None:
    assert_said("جاء ذلك في تغريدة للنادي الأهلي، قال فيها: ⟦العمل بدأ⟧.", "للنادي الأهلي")


def test_a_verb_with_a_pronoun_has_its_subject_before_it() -> None:
    assert_said("قالت بشرى إن ⟦الحرب طويلة⟧. وأخبرتنا أن ⟦الطريق بعيد⟧.", "بشرى", "بشرى")


@pytest.mark.parametrize(
    "marked",
    [
        "قال الوزير إن ⟦العمل بدأ⟧. ⟦فمطار المدينة مدمر بشكل شبه كامل⟧.",
        "قال الوزير إن ⟦العمل بدأ⟧. ⟦نحن مستعدون للعمل في كل مكان⟧.",
        "قال الوزير إن ⟦العمل بدأ⟧.\n⟦كنت أشعر بالخوف كل يوم⟧.",
        "قال الوزير إن ⟦العمل بدأ⟧.\nإن ⟦بعض الناس فضلوا البقاء هناك⟧.",
        "قال الوزير إن ⟦العمل بدأ⟧.\n\n«⟦الجسر جاهز منذ أول الشهر الماضي⟧».",
    ],
)
def test_speech_goes_on_in_the_next_sentence_or_line(marked: str) -> None:
    text, pairs = expected(marked, ["الوزير"] * 2)
    assert [source for _, source in said(text)] == [source for _, source in pairs]


def test_a_quotation_goes_on_over_sentences_past_what_is_said_in_it() -> None:
    marked = (
        "قالت الأم إن ⟦ابنها سافر أمس «وهو لا يعلم شيئا⟧. ⟦كان الاتصال طويلا جدا⟧. "
        "وقال ⟦إنه سيعود⟧. ⟦هم لا يمسون أحدا بسوء⟧». وعاد الناس."
    )
    assert_said(marked, *["الأم"] * 4)


@pytest.mark.parametrize(
    "text",
    [
        "قال الوزير إن العمل بدأ. وارتفعت الأسعار أمس في السوق.",
        "قال الوزير إن العمل بدأ.\nوعاد الناس إلى البيوت مساء.\nفمطار المدينة مدمر بشكل شبه كامل.",
        "وعاد الناس إلى البيوت مساء.\nفمطار المدينة مدمر بشكل شبه كامل.",
        "قال الوزير إن العمل بدأ. فريق المدينة فاز في المباراة أمس.",
    ],
)
def test_other_sentences_are_the_outlets_own(text: str) -> None:
    assert {claim for claim, _ in said(text)} <= {"العمل بدأ"}
    assert "none" in {span.attributes.get("quote") for span in proposed(text).spans}


def test_answers_behind_dashes_go_to_who_was_named_before_the_questions() -> None:
    text = (
        "قالت الدكتورة ليان إن ⟦الزلزال ضعيف⟧.\n\n* هل كانت الهزة مفاجئة لكم؟\n\n"
        "- ⟦سجلت المحطة هزات صغيرة في الأسابيع الماضية⟧.\n\n* وماذا عن البيوت القديمة؟\n\n"
        "- ⟦البيوت القديمة سميكة الجدران وخفيفة السقوف⟧."
    )
    assert_said(text, *["الدكتورة ليان"] * 3)


def test_who_is_introduced_before_the_questions_answers_them() -> None:
    text = "حملنا السؤال إلى الدكتورة ليان.\n* هل كانت الهزة مفاجئة؟\n- ⟦سجلت المحطة هزات صغيرة في مايو⟧."
    assert_said(text, "الدكتورة ليان")


def test_who_is_introduced_may_have_spoken_in_the_headline() -> None:
    text = "قالت ليان إن ⟦الزلزال ضعيف⟧.\nوكان لنا لقاء مع الدكتورة ليان.\nهل بدأ؟\n- ⟦سجلت المحطة هزات في مايو⟧."
    assert_said(text, "ليان", "الدكتورة ليان")


def test_whom_a_speaker_met_is_no_source() -> None:
    assert_said("قال الوزير إن ⟦العمل بدأ بعد لقاء مع المدير⟧. وأضاف أن ⟦المال جاهز⟧.", "الوزير", "الوزير")


def test_questions_and_answers_may_share_a_line() -> None:
    text = "قال خوجة إن ⟦الجيش متعثر⟧. * كيف ترون الدعم؟ - ⟦المملكة أحد الداعمين الرئيسيين للشعب⟧."
    assert_said(text, "خوجة", "خوجة")


@pytest.mark.parametrize(
    ("lines", "answers"),
    [
        (["هل بدأ؟", "- نعم.", "وسيستمر.", "* متى؟", "غدا."], [False, True, True, False, False]),
        (["هل بدأ؟", "", "- نعم."], [False, False, True]),
        (["- بند أول.", "- بند ثان."], [False, False]),
        (["هل بدأ؟", "لا أحد يعلم."], [False, False]),
    ],
)
def test_which_lines_start_within_an_answer(lines: list[str], answers: list[bool]) -> None:
    interview = Interview()
    assert [interview.is_answered(line) for line in lines] == answers


@pytest.mark.parametrize(
    ("marked", "count"),
    [
        ("قال الوزير: «⟦تم اعتماد الرئيس رسميا⟧، ⟦ولم يتبق غير الإجراءات⟧».", 2),
        ("قال الوزير إن ⟦الثمن مرتفع⟧ لكن ⟦العمل بدأ في المدينة أمس⟧.", 2),
        ("قال الوزير إن ⟦حجم الدمار لم يكن متوقعا، لا سيما في المدينة⟧.", 1),
        ("قال الوزير إن ⟦هذا يتجلى فيما يبذلونه من جهد كبير⟧.", 1),
        ("قال الوزير إن ⟦الحرس يوجه ويدير ويقاتل في المدينة⟧.", 1),
        ("قال الوزير إن ⟦العمر ألف عام، وهو ما يجعلها قديمة⟧.", 1),
    ],
)
def test_where_one_claim_is_several(marked: str, count: int) -> None:
    assert_said(marked, *["الوزير"] * count)


def test_the_place_at_the_head_of_a_line_is_no_part_of_a_claim() -> None:
    assert_said("سبق- وكالات: ⟦قتل ثلاثون من المتمردين السبت⟧، حسب موقع الأيام.", "موقع الأيام")


def test_whom_somebody_meets_is_the_outlets_own_statement() -> None:
    answer = proposed("زار الوزير المصنع الجديد أمس.")
    assert [(span.label, span.attributes) for span in answer.spans] == [("claim", {"quote": "none"})]


COLUMN = "وارتفعت الأسعار أمس في السوق.\nوأنا أرى الناس في كل مكان.\nونحن نعمل كل يوم في السوق."


def test_own_statements_of_a_column_have_a_lower_score() -> None:
    assert {span.score for span in proposed(COLUMN).spans} == {OPINION_SCORE}


def test_own_statements_of_a_report_keep_their_score() -> None:
    assert {span.score for span in proposed(COLUMN.partition("\n")[0]).spans} == {SCORES["own"]}


def test_speech_that_goes_on_without_a_cue_has_none() -> None:
    view = DocumentView("d1", "قال الوزير إن العمل بدأ. فمطار المدينة مدمر تماما.", labels=NEWS | {"cue"})
    answer = AttributionSuggester().suggest(view)
    assert [view.text[span.start : span.end] for span in answer.spans if span.label == "cue"] == ["قال"]
    assert len([link for link in answer.links if link.label == "attributed_to"]) == 2
