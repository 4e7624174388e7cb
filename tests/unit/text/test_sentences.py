from __future__ import annotations

import pytest

from annotator.errors import OffsetError
from annotator.text.sentences import sentence_at, sentences
from tests.support.texts import shared_texts


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param(["قال الوزير.", "ثم غادر."], id="full stop"),
        pytest.param(["هل قال؟", "نعم!", "ربما…", "لا أحد يعلم."], id="other ends"),
        pytest.param(["Is it?", "نعم."], id="Latin question mark"),
        pytest.param(["عجبا؟!", "نعم...", "انتهى."], id="runs"),
        pytest.param(["قال: «نعم.»", "ثم غادر."], id="angle quotes behind the end"),
        pytest.param(["قال “نعم.”", 'وقال "لا."', "(ربما.)", "[انتهى.]"], id="other quotes and brackets"),
        pytest.param(["قال «نعم».", "ثم غادر."], id="quotes before the end"),
        pytest.param(["قال.\u200f", "ثم غادر."], id="direction mark behind the end"),
        pytest.param(["قال، ثم غادر؛ وعاد: هنا - هناك"], id="commas, semicolon, colon, dash"),
        pytest.param(["بلا نهاية"], id="no final punctuation"),
        pytest.param(["قال الوزير.", "ثم غادر"], id="no punctuation at the end"),
        pytest.param(["بلغ 3.5 مليون في 12.06.2024 عند 1.000."], id="inside numbers"),
        pytest.param(["زار www.example.com و(a.b) ثم غادر."], id="inside addresses"),
        pytest.param(["حدث في عام 2015.", "وقال الوزير."], id="a number at the end"),
        pytest.param(["1. الأول.", "2. الثاني."], id="numbers of a list"),
        pytest.param(["قال.", "2. ... ثم غادر."], id="a number with bare punctuation behind it"),
        pytest.param(["قال؟!!", "ثم غادر."], id="a run of three"),
        pytest.param(["قال !!", "ثم غادر ..", "وعاد . »"], id="bare punctuation belongs to what it follows"),
        pytest.param(["... ثم قال."], id="punctuation at the start"),
        pytest.param(["حسنا.", "2015"], id="a number alone at the end"),
        pytest.param(["..."], id="nothing else"),
    ],
)
def test_sentences(pieces: list[str]) -> None:
    paragraph = " ".join(pieces)
    assert [paragraph[start:end] for start, end in sentences(paragraph)] == pieces


LISTED = ["د.", "أ.", "م.", "ج.", "ق.م.", "ق. م.", "هـ.", "ه.", "ص.", "ص. ب.", "ب.", "أ.د.", "أ. د."]
ALIKE = ["(د.", "«د.", "ود.", "وم.", "U.S.", "J."]


@pytest.mark.parametrize("abbreviation", LISTED + ALIKE)
def test_an_abbreviation_does_not_end_a_sentence(abbreviation: str) -> None:
    paragraph = f"زار {abbreviation} أحمد العاصمة."
    assert sentences(paragraph) == [(0, len(paragraph))]


@pytest.mark.parametrize("word", ["يد.", "وفد.", "بلَد.", "2003م.", "قال ...", "د؟", "ب!", "أ..."])
def test_what_only_looks_like_an_abbreviation_ends_a_sentence(word: str) -> None:
    assert len(sentences(f"هذا {word} ثم غادر.")) == 2


def test_an_abbreviation_may_be_the_end_of_the_paragraph() -> None:
    assert sentences("عام 300 ق.م.") == [(0, 12)]


def test_spaces_at_both_ends_and_between_are_left_out() -> None:
    assert sentences("  قال.   نعم.  ") == [(2, 6), (9, 13)]


@pytest.mark.parametrize("blank", ["", " ", "\xa0 "])
def test_a_blank_paragraph_has_no_sentence(blank: str) -> None:
    assert sentences(blank) == []


def test_a_no_break_space_ends_a_sentence_too() -> None:
    assert sentences("قال.\xa0نعم.") == [(0, 4), (5, 9)]


PARAGRAPH = " قال. نعم؟ "


@pytest.mark.parametrize(("offset", "sentence"), [(1, (1, 5)), (4, (1, 5)), (6, (6, 10)), (9, (6, 10))])
def test_sentence_at_is_the_one_around_the_offset(offset: int, sentence: tuple[int, int]) -> None:
    assert sentence_at(PARAGRAPH, offset) == sentence


def test_on_a_space_it_is_the_sentence_before() -> None:
    assert sentence_at(PARAGRAPH, 5) == (1, 5)
    assert sentence_at(PARAGRAPH, len(PARAGRAPH)) == (6, 10)


def test_ahead_of_the_first_sentence_it_is_the_first() -> None:
    assert sentence_at(PARAGRAPH, 0) == (1, 5)


def test_in_a_blank_paragraph_it_is_empty() -> None:
    assert sentence_at("  ", 1) == (1, 1)
    assert sentence_at("", 0) == (0, 0)


@pytest.mark.parametrize("offset", [-1, 12])
def test_an_offset_off_the_paragraph_is_refused(offset: int) -> None:
    with pytest.raises(OffsetError, match="outside the paragraph"):
        sentence_at(PARAGRAPH, offset)


def test_sentences_of_real_paragraphs_hold_all_but_the_spaces() -> None:
    for text in shared_texts(every=60):
        for paragraph in text.splitlines():
            spans = sentences(paragraph)
            held = "".join(paragraph[start:end] for start, end in spans)
            assert "".join(held.split()) == "".join(paragraph.split())
            assert all(paragraph[start:end] == paragraph[start:end].strip() for start, end in spans)
            assert spans == sorted(spans)
