from __future__ import annotations

import random
from itertools import combinations

import pytest

from annotator.duplicates import passages
from annotator.duplicates.passages import Passage, paragraph_keys, shared_passages
from annotator.text.cleaning import clean
from tests.support.shared import shared_file


SCHOOLS = "قالت وزارة التربية إن العام الدراسي الجديد سيبدأ في موعده المقرر في كل المدن والقرى."
BRIDGE = "وافتتح المحافظ أمس الجسر الجديد على النهر بعد أعمال استمرت ثلاث سنوات وكلفت ملايين كثيرة."
HARVEST = "وتوقع المزارعون في السهل أن يكون محصول القمح هذا الموسم أوفر من محصول السنوات الماضية."
RAIN = "وذكرت هيئة الأرصاد الجوية أن الأمطار ستستمر حتى نهاية الأسبوع على معظم مناطق الساحل."
ALL = [SCHOOLS, BRIDGE, HARVEST, RAIN]


def shared(one: str, other: str) -> list[tuple[str, str]]:
    return [(one[slice(*found.one)], other[slice(*found.other)]) for found in shared_passages(one, other)]


def test_paragraphs_that_are_the_same_are_shared_wherever_they_stand() -> None:
    one, other = "\n\n".join([SCHOOLS, BRIDGE, RAIN]), "\n".join(["عنوان", RAIN, HARVEST, SCHOOLS])
    assert shared(one, other) == [(SCHOOLS, SCHOOLS), (RAIN, RAIN)]


def test_the_spans_hold_the_paragraph_without_spaces_around_it() -> None:
    one, other = f"خبر\n  {SCHOOLS} \n", f"{SCHOOLS}\t\nخبر"
    assert shared_passages(one, other) == [Passage((6, 6 + len(SCHOOLS)), (0, len(SCHOOLS)), 1.0)]


def test_spelling_and_quotes_make_no_difference() -> None:
    one = 'وقال أحمد لوكالة "رويترز" إن المستشفى الكبير في المدينة سيفتح أبوابه قريبا.'
    other = "وقال احمد لوكاله «رويترز» ان المستشفي الكبير فى المدينه سيفتح ابوابه قريبا."
    assert [found.ratio for found in shared_passages(one, other)] == [1.0]


def test_paragraphs_with_some_other_words_are_shared_with_their_ratio() -> None:
    (found,) = shared_passages(SCHOOLS, SCHOOLS.replace("الجديد", "المقبل").replace("قالت", "أعلنت"))
    assert 0.8 < found.ratio < 1


def test_paragraphs_with_mostly_other_words_are_not_shared() -> None:
    words = SCHOOLS.split()
    assert shared_passages(SCHOOLS, " ".join(words[:3] + HARVEST.split()[3:])) == []
    assert all(shared_passages(one, other) == [] for one, other in combinations(ALL, 2))


def test_paragraphs_of_one_style_about_one_topic_are_not_shared() -> None:
    one = "وقال رئيس الوزراء نبيل الحداد، في بيان، إنه رعى بدء الجولة الأولى من الحوار لإنهاء مهمة البعثة في البلاد."
    other = "وبحث رئيس الوزراء نبيل الحداد مع المستشار، أمس في لقاء، بدء صياغة جدول لإنهاء مهمة البعثة في الإقليم."
    assert passages.fuzz.ratio(one, other) > 100 * passages.LEAST_RATIO
    assert shared_passages(one, other) == []


def test_of_two_candidates_the_one_more_alike_is_taken() -> None:
    close, far = SCHOOLS.replace("الجديد", "المقبل"), SCHOOLS.replace("موعده المقرر في كل المدن", "يوم آخر")
    assert shared(SCHOOLS, f"{far}\n{close}") == [(SCHOOLS, close)]
    assert shared(f"{far}\n{close}", SCHOOLS) == [(close, SCHOOLS)]


def test_each_paragraph_is_shared_at_most_once() -> None:
    assert len(shared_passages(f"{SCHOOLS}\n{SCHOOLS}", SCHOOLS)) == 1
    found = shared_passages("\n".join([SCHOOLS] * 3), "\n".join([SCHOOLS] * 2))
    assert [(one.one[0], one.other[0]) for one in found] == [(0, 0), (len(SCHOOLS) + 1, len(SCHOOLS) + 1)]


def test_of_two_that_are_the_same_the_one_between_shared_neighbours_is_taken() -> None:
    one = "\n".join([SCHOOLS, "قائمة", HARVEST, BRIDGE, SCHOOLS, RAIN])
    other = "\n".join([BRIDGE, SCHOOLS, RAIN])
    assert [found.one[0] for found in shared_passages(one, other)] == [
        one.index(BRIDGE),
        one.rindex(SCHOOLS),
        one.index(RAIN),
    ]


def test_a_paragraph_that_stands_very_often_is_shared_place_by_place() -> None:
    text = "\n".join([SCHOOLS] * 300)
    assert all(found.one == found.other for found in shared_passages(text, text))
    assert len(shared_passages(text, text)) == 300


@pytest.mark.parametrize("text", ["", "\n\n", "عنوان قصير", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20"])
def test_lines_without_enough_letters_are_no_paragraphs(text: str) -> None:
    assert shared_passages(text, text) == []
    assert paragraph_keys(text) == []


def test_a_line_of_forty_letters_is_a_paragraph_and_one_of_thirty_nine_is_not() -> None:
    line = "كلمة " * 10
    assert len(shared_passages(line, line)) == 1
    assert shared_passages(line[1:], line[1:]) == []


def test_a_very_long_paragraph_is_shared_only_where_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passages, "LONGEST", len(SCHOOLS))
    assert len(shared_passages(SCHOOLS + "؟", SCHOOLS + "؟")) == 1
    assert shared_passages(SCHOOLS + "؟", SCHOOLS + "!") == []
    assert len(shared_passages(SCHOOLS, SCHOOLS[:-1])) == 1


def test_paragraphs_are_compared_by_letters_with_a_few_others_only(monkeypatch: pytest.MonkeyPatch) -> None:
    chance, calls = random.Random(9), []
    real = passages.fuzz.ratio
    monkeypatch.setattr(passages.fuzz, "ratio", lambda *some, **more: calls.append(1) or real(*some, **more))
    words = [f"كلمة{number}" for number in range(2000)]
    kinds = [chance.sample(words, 25) for _ in range(20)]
    copies = [[word if chance.random() < 0.95 else chance.choice(words) for word in kinds[n % 20]] for n in range(600)]
    one, other = ("\n".join(map(" ".join, some)) for some in (copies[:300], copies[300:]))
    assert shared_passages(one, other)
    assert 300 < len(calls) <= 4 * 300  # not the 15 of its kind


def test_pages_that_share_a_paragraph_share_keys_and_others_do_not() -> None:
    page = "\n".join(["قائمة الأخبار", HARVEST, RAIN, SCHOOLS, "التعليقات"])
    assert set(paragraph_keys(page)) > set(paragraph_keys(SCHOOLS))
    assert len(paragraph_keys(page)) == 6
    assert not set(paragraph_keys(page)) & set(paragraph_keys(BRIDGE))


def test_keys_do_not_depend_on_spelling_quotes_or_the_case_of_letters() -> None:
    one = 'وقالت AFP إن المستشفى الكبير في "المدينة" سيفتح أبوابه قريبا أمام المرضى.'
    other = "وقالت afp ان المستشفي الكبير فى «المدينه» سيفتح ابوابه قريبا امام المرضي."
    assert paragraph_keys(one) == paragraph_keys(other)


def test_most_paragraphs_with_a_word_changed_keep_a_key() -> None:
    chance = random.Random(12)
    words = [f"كلمة{number}" for number in range(3000)]
    kept = 0
    for _ in range(200):
        paragraph = chance.sample(words, 25)
        before = paragraph_keys(" ".join(paragraph))
        paragraph[chance.randrange(25)] = "أخرى"
        kept += bool(set(before) & set(paragraph_keys(" ".join(paragraph))))
    assert kept > 150


def test_keys_are_different_numbers_that_a_database_can_store() -> None:
    keys = paragraph_keys("\n".join([*ALL, SCHOOLS]))
    assert len(keys) == len(set(keys)) == 8
    assert all(0 <= key < 2**63 for key in keys)


def test_of_the_seed_pages_two_share_the_seven_paragraphs_of_an_agency_and_the_others_none() -> None:
    pages = {path.name[:3]: clean(path.read_text("utf-8")).text for path in sorted(shared_file("seeds").glob("*.txt"))}
    keys = {name: set(paragraph_keys(page)) for name, page in pages.items()}
    pairs = list(combinations(pages, 2))
    numbers = {pair: len(shared_passages(*(pages[name] for name in pair))) for pair in pairs}
    assert {pair: number for pair, number in numbers.items() if number} == {("000", "003"): 7}
    assert [pair for pair in pairs if keys[pair[0]] & keys[pair[1]]] == [("000", "003")]
