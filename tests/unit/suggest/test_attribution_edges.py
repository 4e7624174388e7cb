"""Where sources end, what names nobody and what is no claim: each table holds sentences that are easily misread.

Claims stand in ⟦…⟧, beside the source of each.
"""

from __future__ import annotations

import pytest

from tests.unit.suggest.test_attribution_pairs import assert_said, said


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("ولفت الدوسري الانتباه إلى أن ⟦القطار وصل⟧.", "الدوسري"),
        ("وقال مصطفى العشوان في شهر يناير إن ⟦الدين كبير⟧.", "مصطفى العشوان"),
        ("وأكدت الهيئة في إعلانها أن ⟦التقديم بدأ⟧.", "الهيئة"),
        ("ونقلت الوكالة عن صحيفة صينية القول إن ⟦الشركة أضافت رحلات⟧.", "صحيفة صينية"),
        ("كما أكد المتحدث باسم حكومة الولاية دين محمد أن ⟦الجنود نجوا⟧.", "المتحدث باسم حكومة الولاية دين محمد"),
        ("وتؤكد الإدارة ⟦بقاء نجوم الفريق في النادي⟧.", "الإدارة"),
        ("وأعلنت الوزارة ⟦وفاة مصابين في الحادث⟧.", "الوزارة"),
    ],
)
def test_a_source_ends_before_what_its_verb_acts_on_and_before_time_and_occasion(marked: str, source: str) -> None:
    assert_said(marked, source)


def test_a_relative_clause_without_a_pronoun_of_its_own_stays_outside_a_source() -> None:
    assert_said("كشفت دراسة طبية أشرف عليها باحثون من كلية الطب أن ⟦المرض يتراجع⟧.", "دراسة طبية")


@pytest.mark.parametrize("thing", ["حديثه", "كلمته", "شكره"])
def test_what_somebody_owns_behind_his_name_is_no_part_of_it(thing: str) -> None:
    assert_said(f"واختتم الحمد {thing} قائلا إن ⟦الفريق جاهز للمباراة⟧.", "الحمد")


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("وقالت متحدثة باسم هذه المنظمة ريم ندا إن ⟦السفينة وصلت⟧.", "متحدثة باسم هذه المنظمة ريم ندا"),
        ("وقال متحدث باسم الشركة إن ⟦المصنع لن يغلق⟧.", "متحدث باسم الشركة"),
    ],
)
def test_who_speaks_for_somebody_is_a_source_though_the_word_is_a_participle_too(marked: str, source: str) -> None:
    assert_said(marked, source)


@pytest.mark.parametrize("some", ["بعض الخبراء", "جميع الخبراء"])
def test_a_part_of_many_is_a_source_of_its_own(some: str) -> None:
    assert_said(f"ويرى {some} أن ⟦الأسعار سترتفع⟧.", some)


def test_a_verb_in_the_plural_speaks_of_the_many_named_before_in_its_sentence() -> None:
    assert_said("وكان بعض الفنانين على قدر كبير من الصراحة، إذ أكدوا أن ⟦البرامج متفق عليها⟧.", "بعض الفنانين")


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("⟦بدأ التنظيم استخدام أسلوب جديد⟧، حسبما أوردته صحيفة الديلي ميل البريطانية.", "صحيفة الديلي ميل البريطانية"),
        ("⟦وصلت السفينة صباحا⟧، كما ذكرته وكالة الأنباء.", "وكالة الأنباء"),
        ("⟦كانت الصور نادرة⟧، بحسب ما يقول لوكالة فرانس برس روبرت كلين.", "روبرت كلين"),
    ],
)
def test_a_phrase_finds_its_source_behind_a_pronoun_and_behind_the_agency_told(marked: str, source: str) -> None:
    assert_said(marked, source)


@pytest.mark.parametrize("plan", ["رغبات مسؤوليهم", "خطة محكمة", "مواعيد محددة", "أولويات واضحة"])
def test_what_is_done_by_a_plan_or_a_wish_has_no_source(plan: str) -> None:
    assert said(f"ويلجأ الموظفون إلى التلاعب لتحقيق تلك الأهداف، وفق {plan}.") == []


@pytest.mark.parametrize(
    "text",
    [
        "وحقق اللاعبون نتائج طيبة، ولكن ذلك يعتبر أمراً مقبولاً، ومطلبنا أن يستفيد المدرب.",
        "وستعلن 28 شوال الجاري نتائج الترشيح، إلا أن التقديم مفتوح.",
        "وقال جل في علاه: ولا تحسبن الذين قتلوا أمواتا.",
        "كلنا يذكر السجالات التي أثارتها جملة قالها الشاعر.",
        "ارتفاع الضغط في الخمسين يهدد بالإصابة بالخرف المبكر.",
        "ورأى نفسه مكشوفا أمام الجميع، ثم استمر في سرد القصص.",
        "وفي إشارة واضحة إلى أنه لن يغادر البلاد ظل الرئيس في القصر.",
        "بالعودة للمقطع المنتشر عبر وسائل التواصل نلاحظ أن الصور واضحة.",
        "وحول أبرز العوائق التي واجهته يبقى أن الطريق طويل.",
        "لم يقرأ منها إلا ما يروي ظمأ القحط الأدبي فيه، أن لا تقرأ فتلك مشكلتك أولا.",
    ],
)
def test_what_only_looks_like_a_source_or_a_verb_of_saying_names_nobody(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize("manner", ["صحفي", "خاص", "متلفز"])
def test_how_a_statement_was_made_is_not_who_made_it(manner: str) -> None:
    assert_said(
        f"وأوضح المتحدث الرسمي في تصريح {manner} أمس أن ⟦الدفعة وصلت⟧. وأكد أن ⟦المعونات ستوزع⟧.",
        "المتحدث الرسمي",
        "المتحدث الرسمي",
    )


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("وجاء ذلك بعد إعلان الشركة ⟦طرح أسهمها للاكتتاب⟧.", "الشركة"),
        ("وجاء ذلك بعد إعلان الشركة عن ⟦طرح أسهمها للاكتتاب⟧.", "الشركة"),
        ("وتراجع السهم إثر إعلان الحكومة أن ⟦الرسوم ستزيد⟧.", "الحكومة"),
    ],
)
def test_an_announcement_introduces_what_is_announced_with_and_without_that(marked: str, source: str) -> None:
    assert_said(marked, source)


def test_a_number_of_bodies_is_a_source() -> None:
    assert_said("وأعلنت 28 شركة أن ⟦التقديم مفتوح⟧.", "28 شركة")


def test_an_announcement_of_a_name_alone_introduces_nothing() -> None:
    assert said("وجاء ذلك بعد إعلان الشركة المتحدة للنقل البحري.") == []


@pytest.mark.parametrize(
    ("marked", "sources"),
    [
        ("وقال الوزير إن ⟦الأسعار ارتفعت⟧. وبرر ذلك ⟦بارتفاع أسعار النفط⟧.", ["الوزير"] * 2),
        ("وقالت الشركة إن ⟦الأرباح تراجعت⟧. وأرجعت ⟦ذلك إلى ارتفاع تكلفة الإنتاج⟧.", ["الشركة"] * 2),
    ],
)
def test_a_reason_given_for_what_was_said_is_a_claim_of_the_same_speaker(marked: str, sources: list[str]) -> None:
    assert_said(marked, *sources)


def test_what_is_known_besides_is_a_claim_of_its_own() -> None:
    assert_said("وقال الوزير إن ⟦المدرسة أغلقت⟧، علما بأن ⟦الدراسة تبدأ غدا⟧.", "الوزير", "الوزير")


@pytest.mark.parametrize("asks", ["هل", "فهل", "وهل"])
def test_a_question_without_its_mark_is_no_claim(asks: str) -> None:
    assert said(f"وقال الكاتب: «{asks} فكرنا لحظة في مصير هذه المدن الكبيرة».") == []


def test_a_short_quotation_that_opens_with_that_is_a_claim() -> None:
    assert [source for _, source in said('وقال ترامب خلال تجمع عن منافسه "انه ليس بطل حرب" ثم غادر.')] == ["ترامب"]


def test_a_verb_behind_somebodys_side_has_its_subject_behind_it() -> None:
    assert_said(
        "من ناحيته ثمن السفير أحمد قطان، سفير المملكة، دعم الشركة، مؤكدا أن ⟦المبادرة استجابة كريمة⟧.",
        "السفير أحمد قطان",
    )


def test_an_accusative_noun_is_no_verb_in_the_dual() -> None:
    assert_said("أعلنت الوزارة أن ⟦شركة إيني حققت كشفا مهما للغاز⟧.", "الوزارة")
