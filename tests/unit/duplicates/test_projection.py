from __future__ import annotations

import json
import random
from itertools import pairwise

import pytest

from annotator.duplicates import projection
from annotator.duplicates.folding import fold_same_length
from annotator.duplicates.passages import Passage, shared_passages
from annotator.duplicates.projection import project
from annotator.text.cleaning import clean
from annotator.text.offsets import Span
from annotator.text.sentences import sentences
from annotator.text.words import words
from bench.changed_copies import Rates, changed_copy, trials
from bench.copies import is_missed, is_wrong
from bench.inputs import ROOT, sample
from tests.support.shared import shared_file


HEALTH = 'قال وزير الصحة أحمد سالم لوكالة "رويترز" إن المستشفى الجديد في المدينة سيفتح أبوابه يوم الأحد المقبل.'
SCHOOLS = "وأضاف الوزير أن العام الدراسي الجديد سيبدأ في موعده المقرر في كل المدن والقرى من دون استثناء."
BRIDGE = "وافتتح المحافظ أمس الجسر الجديد على النهر بعد أعمال استمرت ثلاث سنوات وكلفت ملايين كثيرة."


def span_of(piece: str, text: str) -> Span:
    assert text.count(piece) == 1
    return text.index(piece), text.index(piece) + len(piece)


def projected(piece: str, source: str, target: str) -> str | None:
    """What the span of a piece of the source is in the target."""
    (found,) = project([span_of(piece, source)], source, target, shared_passages(source, target))
    return target[slice(*found)] if found else None


class TestSameText:
    def test_spans_keep_their_places_in_the_paragraph(self) -> None:
        source, target = f"{HEALTH}\n{SCHOOLS}", f"عنوان\n\n{SCHOOLS}\n\n{HEALTH}"
        for piece in ("وزير الصحة أحمد سالم", '"رويترز"', "الوزير", "العام الدراسي الجديد سيبدأ في موعده", HEALTH):
            assert projected(piece, source, target) == piece

    def test_quotes_and_hamza_make_no_difference(self) -> None:
        target = HEALTH.replace("أ", "ا").replace('"رويترز"', "«رويترز»").replace("المستشفى", "المستشفي")
        assert projected('أحمد سالم لوكالة "رويترز"', HEALTH, target) == "احمد سالم لوكاله «رويترز»".replace(
            "اله", "الة"
        )
        assert projected("المستشفى الجديد", HEALTH, target) == "المستشفي الجديد"

    def test_an_edge_inside_a_word_stays_there(self) -> None:
        start, end = span_of("وأضاف الوزير", SCHOOLS)
        target = f"خبر\n{SCHOOLS}"
        assert project([(start + 1, end - 2)], SCHOOLS, target, shared_passages(SCHOOLS, target)) == [(5, 4 + end - 2)]

    def test_spaces_at_the_ends_are_trimmed(self) -> None:
        start, end = span_of(" الصحة ", HEALTH)
        passages = shared_passages(HEALTH, HEALTH)
        assert project([(start, end)], HEALTH, HEALTH, passages) == [(start + 1, end - 1)]

    def test_spans_come_back_in_their_order_each_for_itself(self) -> None:
        spans = [(20, 30), (0, 3), (0, 30), (0, 3)]
        assert project(spans, HEALTH, HEALTH, shared_passages(HEALTH, HEALTH)) == [(20, 30), (0, 3), (0, 30), (0, 3)]


class TestChangedText:
    @pytest.mark.parametrize(
        ("target", "piece", "expected"),
        [
            pytest.param(
                HEALTH.replace("الجديد ", "الجديد الكبير "),
                "المستشفى الجديد",
                "المستشفى الجديد",
                id="a word more behind",
            ),
            pytest.param(
                HEALTH.replace("المستشفى الجديد", "المستشفى الكبير الجديد"),
                "المستشفى الجديد في المدينة",
                "المستشفى الكبير الجديد في المدينة",
                id="word put in inside",
            ),
            pytest.param(
                HEALTH.replace("أحمد ", ""), "وزير الصحة أحمد سالم", "وزير الصحة سالم", id="word left out inside"
            ),
            pytest.param(
                HEALTH.replace("وزير الصحة أحمد", "الصحة أحمد"),
                "وزير الصحة أحمد سالم",
                "الصحة أحمد سالم",
                id="a word left out at the start",
            ),
            pytest.param(
                HEALTH.replace(" المقبل", ""),
                "سيفتح أبوابه يوم الأحد المقبل",
                "سيفتح أبوابه يوم الأحد",
                id="a word left out at the end",
            ),
            pytest.param(
                HEALTH.replace("قال وزير", "العراق – أكد وزير"),
                "قال وزير الصحة",
                "أكد وزير الصحة",
                id="the first word is another, with a dateline before",
            ),
            pytest.param(
                HEALTH.replace("قال وزير", "العراق – أكد وزير"), "وزير الصحة", "وزير الصحة", id="behind a changed word"
            ),
            pytest.param(
                HEALTH.replace("المقبل", "القادم"),
                "سيفتح أبوابه يوم الأحد المقبل",
                "سيفتح أبوابه يوم الأحد القادم",
                id="the last word is another",
            ),
            pytest.param(HEALTH.replace("المقبل", "القادم"), "يوم الأحد", "يوم الأحد", id="before a changed word"),
            pytest.param(
                HEALTH.replace("وزير الصحة", "الوزير الصحة"), "وزير الصحة", "الوزير الصحة", id="a prefix is put on"
            ),
            pytest.param(
                HEALTH.replace("المستشفى", "مستشفى"), "المستشفى الجديد", "مستشفى الجديد", id="a prefix is taken off"
            ),
            pytest.param(HEALTH.replace("سالم", "سالمي"), "أحمد سالم", "أحمد سالمي", id="an ending is put on"),
            pytest.param(
                HEALTH.replace("الصحة أحمد", "الصحة العراقي أحمد"),
                "الصحة",
                "الصحة",
                id="not into a word more",
            ),
            pytest.param(
                HEALTH.replace("المستشفى الجديد في", "في"), "إن", "إن", id="not into what was left out behind"
            ),
        ],
    )
    def test_edges_are_set_between_the_words_that_match(self, target: str, piece: str, expected: str) -> None:
        assert projected(piece, HEALTH, target) == expected

    def test_letters_that_a_left_out_word_has_in_common_with_the_next_do_not_move_the_edge(self) -> None:
        source = SCHOOLS.replace("العام الدراسي", "العام الحالي الدراسي")
        assert projected("أن العام الحالي", source, SCHOOLS) == "أن العام"
        assert projected("الدراسي", source, SCHOOLS) == "الدراسي"

    def test_a_span_of_which_too_little_is_left_is_not_projected(self) -> None:
        target = HEALTH.replace("وزير الصحة أحمد سالم", "مسؤول حكومي كبير")
        assert projected("وزير الصحة أحمد سالم", HEALTH, target) is None
        assert projected("الصحة", HEALTH, target) is None

    def test_a_span_that_would_become_much_longer_is_not_projected(self) -> None:
        longer = HEALTH.replace("المستشفى الجديد", "المستشفى الذي بني على ضفة النهر قبل سنين الجديد")
        assert projected("المستشفى الجديد", HEALTH, longer) is None
        assert projected("المستشفى", HEALTH, longer) == "المستشفى"


class TestParagraphs:
    def test_spans_outside_shared_paragraphs_are_not_projected(self) -> None:
        source, target = f"عنوان\n{HEALTH}\n{BRIDGE}\nالتعليقات", f"عنوان\n{SCHOOLS}\n{HEALTH}\nالتعليقات"
        for piece in ("عنوان", "الجسر الجديد", BRIDGE, "التعليقات"):
            assert projected(piece, source, target) is None
        assert projected("وزير", source, target) == "وزير"

    def test_a_span_of_paragraphs_that_follow_one_another_in_both_is_projected(self) -> None:
        source, target = f"{HEALTH}\n{SCHOOLS}\n{BRIDGE}", f"خبر\n\n{HEALTH}\n\n{SCHOOLS}\n\n{BRIDGE}"
        assert projected(f"{HEALTH}\n{SCHOOLS}", source, target) == f"{HEALTH}\n\n{SCHOOLS}"
        assert projected(f"المقبل.\n{SCHOOLS}\nوافتتح", source, target) == f"المقبل.\n\n{SCHOOLS}\n\nوافتتح"

    @pytest.mark.parametrize(
        "target",
        [
            pytest.param(f"{SCHOOLS}\n{HEALTH}", id="the other order"),
            pytest.param(f"{HEALTH}\n{BRIDGE}\n{SCHOOLS}", id="another paragraph between them"),
            pytest.param(f"{HEALTH}\nإعلان\n{SCHOOLS}", id="a short line between them"),
            pytest.param(f"{HEALTH}\n{BRIDGE}", id="one is missing"),
        ],
    )
    def test_a_span_of_paragraphs_that_do_not_is_not_projected(self, target: str) -> None:
        assert projected(f"{HEALTH}\n{SCHOOLS}", f"{HEALTH}\n{SCHOOLS}", target) is None

    def test_a_span_over_a_line_of_the_source_that_is_not_shared_is_not_projected(self) -> None:
        source, target = f"{HEALTH}\nإعلان\n{SCHOOLS}\nإعلان", f"{HEALTH}\n{SCHOOLS}"
        assert project([(0, len(source) - 6)], source, target, shared_passages(source, target)) == [None]
        assert project([(0, len(source))], source, target, shared_passages(source, target)) == [None]

    @pytest.mark.parametrize("span", [(5, 5), (9, 4), (3, 4), (10**6, 10**6 + 5), (0, 10**6)])
    def test_spans_that_hold_nothing_or_are_not_in_the_text_are_not_projected(self, span: Span) -> None:
        assert HEALTH[3] == " "
        target = f"خبر\n{HEALTH}"
        found = project([span], HEALTH, target, shared_passages(HEALTH, target))
        assert found == ([None] if span != (0, 10**6) else [(4, 4 + len(HEALTH))])

    def test_without_passages_nothing_is_projected(self) -> None:
        assert project([(0, 5)], HEALTH, HEALTH, []) == [None]

    def test_only_paragraphs_with_spans_are_aligned(self, monkeypatch: pytest.MonkeyPatch) -> None:
        aligned: list[Passage] = []
        real = projection._runs
        monkeypatch.setattr(projection, "_runs", lambda *some: aligned.append(some[2]) or real(*some))
        text = f"{HEALTH}\n{SCHOOLS}\n{BRIDGE}"
        passages = shared_passages(text, text)
        project([span_of("المحافظ", text), span_of("الجسر", text)], text, text, passages)
        assert aligned == passages[2:]


def word_spans(text: str, passage: Span) -> list[Span]:
    """All runs of 1 to 12 words of a paragraph, and its sentences."""
    found = [(start + passage[0], end + passage[0]) for start, end in words(text[slice(*passage)])]
    runs = [(found[i][0], found[j][1]) for i in range(len(found)) for j in range(i, min(i + 12, len(found)))]
    return runs + [(start + passage[0], end + passage[0]) for start, end in sentences(text[slice(*passage)])]


class TestPages:
    def test_two_pages_of_the_samples_share_all_spans_of_the_wire_text(self) -> None:
        source, target = (clean(sample(f"syndicated-copy-{name}")).text for name in "ab")
        passages = shared_passages(source, target)
        assert [passage.ratio == 1 for passage in passages] == [False, *[True] * 6]
        assert all(one.other[1] < other.other[0] for one, other in pairwise(passages))
        for passage in passages[1:]:
            spans = word_spans(source, passage.one)
            moved = passage.other[0] - passage.one[0]
            assert project(spans, source, target, passages) == [(start + moved, end + moved) for start, end in spans]

    @pytest.mark.parametrize(("one", "other"), [("000", "003"), ("003", "000")])
    def test_the_seed_pages_share_all_spans_of_the_agency_text_and_no_others(self, one: str, other: str) -> None:
        source, target = seed(one), seed(other)
        passages = shared_passages(source, target)
        first, *rest = passages
        for passage in rest:
            spans = word_spans(source, passage.one)
            moved = passage.other[0] - passage.one[0]
            assert project(spans, source, target, passages) == [(start + moved, end + moved) for start, end in spans]
        spans = word_spans(source, first.one)
        assert len(spans) > 200
        for span, found in zip(spans, project(spans, source, target, passages), strict=True):
            wanted, kept = in_other_page(fold_same_length(source[slice(*span)]), one)
            if found or kept > 0.7:
                assert found is not None
                assert fold_same_length(target[slice(*found)]) == wanted
            else:
                assert kept < 0.7
        outside = [
            word
            for word in words(source)
            if not any(passage.one[0] <= word[0] < passage.one[1] for passage in passages)
        ]
        assert len(outside) > 200
        assert project(outside, source, target, passages) == [None] * len(outside)

    def test_sentences_and_the_whole_agency_text_are_projected_as_they_are(self) -> None:
        source, target = seed("000"), seed("003")
        passages = shared_passages(source, target)
        whole = (passages[0].one[0], passages[-1].one[1])
        start, end = project([whole], source, target, passages)[0] or (0, 0)
        assert target[start:end].startswith("أكد مسؤول حكومي")
        assert end == passages[-1].other[1]

    def test_spans_of_changed_copies_are_seldom_wrong_or_missed(self) -> None:
        chance = random.Random(8)
        lines = (ROOT / "samples" / "articles.jsonl").read_bytes().splitlines()
        articles = [json.loads(line)["body"] for line in lines]
        number = wrong = missed = 0
        for swap in (False, True) * 60:
            text = chance.choice(articles)
            copy = changed_copy(text, [HEALTH, SCHOOLS, BRIDGE], chance, Rates(), swap=swap)
            asked = trials(copy, chance, 20)
            found = project([one.source for one in asked], text, copy.text, shared_passages(text, copy.text))
            number += len(asked)
            wrong += sum(map(is_wrong, asked, found))
            missed += sum(map(is_missed, asked, found))
        assert wrong / number < 0.02
        assert missed / number < 0.03


def seed(name: str) -> str:
    (path,) = shared_file("seeds").glob(f"{name}_*.txt")
    return clean(path.read_text("utf-8")).text


DIFFERENT = (("قال", "اكد"), ("تنتهي", "ينتهي"))
"""How the first paragraphs of the two pages differ; one has a dateline besides."""


def in_other_page(piece: str, page: str) -> tuple[str, float]:
    """What a run of words of the first paragraph of a page is in the other page, folded, and how much of it is kept."""
    pairs = dict(DIFFERENT if page == "000" else ((other, one) for one, other in DIFFERENT))
    tokens = [token for token in piece.split() if token not in ("العراق", "-")]
    kept = [token for token in tokens if token not in pairs]
    return " ".join(pairs.get(token, token) for token in tokens), sum(map(len, kept)) / len(piece.replace(" ", ""))
