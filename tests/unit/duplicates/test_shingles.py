from __future__ import annotations

import numpy as np
import pytest

from annotator.duplicates.shingles import shingled


def hashes_of(*texts: str, size: int = 3, least_words: int = 1) -> list[list[int]]:
    found = shingled(texts, size, least_words)
    return [found.hashes[start:end].tolist() for start, end in zip(found.offsets[:-1], found.offsets[1:], strict=True)]


def test_a_text_has_a_shingle_for_each_word_that_enough_words_follow() -> None:
    assert [len(some) for some in hashes_of("قال وزير النفط أمس", "قال وزير النفط", "قال وزير")] == [2, 1, 0]


def test_shingles_do_not_reach_from_one_text_to_the_next() -> None:
    alone = [hashes_of(text)[0] for text in ("قال وزير النفط أمس", "إن العمل بدأ فعلا")]
    assert hashes_of("قال وزير النفط أمس", "إن العمل بدأ فعلا") == alone


def test_the_same_words_in_a_row_are_the_same_shingle_anywhere() -> None:
    first, second = hashes_of("بغداد: قال وزير النفط أمس", "وكان قد قال وزير النفط")
    assert set(first) & set(second) == set(hashes_of("قال وزير النفط")[0])


def test_the_order_of_words_counts() -> None:
    one, other = hashes_of("قال وزير النفط", "قال النفط وزير")
    assert one != other


def test_the_letters_of_a_word_and_their_order_count() -> None:
    words = ["كتب", "كبت", "تكب", "كتبت", "كت", "ككتب"]
    assert len({tuple(some) for some in hashes_of(*words, size=1)}) == len(words)


def test_where_one_word_ends_and_the_next_begins_counts() -> None:
    one, other = hashes_of("قالو زير", "قال وزير", size=2)
    assert one != other


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("أَكَّد «الوزير» إلى ٣ مدن", id="marks, quotes and digits"),
        pytest.param("اكد الوزير، الي 3 مدن.", id="punctuation and bare alef"),
        pytest.param("  أكد\tالوزير\n\nإلى\xa03   مدن ", id="spaces and line feeds"),
        pytest.param("أكـــد الوزير إلى 3\u200f مدن", id="tatweel and direction marks"),
    ],
)
def test_spelling_and_punctuation_do_not_count(other: str) -> None:
    one, same = hashes_of("أكد الوزير إلى 3 مدن", other)
    assert one == same


def test_a_text_with_too_few_words_has_no_shingles() -> None:
    assert [len(some) for some in hashes_of("واحد اثنان ثلاثة أربعة", "واحد اثنان ثلاثة", least_words=4)] == [2, 0]


def test_a_shingle_that_stands_twice_is_there_twice() -> None:
    (found,) = hashes_of("عاجل عاجل عاجل عاجل")
    assert len(found) == 2
    assert len(set(found)) == 1


@pytest.mark.parametrize("texts", [[], [""], ["", "  \n", "…!"]])
def test_texts_without_words_have_no_shingles(texts: list[str]) -> None:
    found = shingled(texts, 3, 1)
    assert len(found.hashes) == 0
    assert found.offsets.tolist() == [0] * (len(texts) + 1)


def test_hashes_are_the_same_in_every_process() -> None:
    found = shingled(["قال وزير النفط العراقي"], 3, 1)
    assert found.hashes.dtype == np.uint64
    assert found.hashes.tolist() == [1488063035680727808, 5723340787399786865]
