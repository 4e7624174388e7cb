from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.text.folding import find_all, fold
from annotator.text.offsets import OffsetMap
from tests.support.texts import LETTERS, TASHKEEL, TATWEEL, arabic_words, cuts, raw_texts, shared_texts, spans_of


@settings(deadline=None, max_examples=100)
@given(raw_texts() | st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    folded = fold(text)
    assert fold(folded.text).text == folded.text
    assert fold(folded.text).map == OffsetMap.identity(len(folded.text))


@settings(deadline=None, max_examples=100)
@given(raw_texts())
def test_a_folded_text_is_its_characters_folded_one_by_one(text: str) -> None:
    assert fold(text).text == "".join(fold(character).text for character in text)


@settings(deadline=None, max_examples=100)
@given(st.data(), raw_texts())
def test_a_span_of_the_original_folds_to_the_span_of_the_folded_text(data: st.DataObject, text: str) -> None:
    folded = fold(text)
    start, end = data.draw(spans_of(len(folded.text)))
    source = folded.map.to_source(start, end)
    if start < end and not cuts(folded.map, start, end):
        assert fold(text[slice(*source)]).text == folded.text[start:end]
        assert folded.map.to_target(*source) == (start, end)


@settings(deadline=None, max_examples=100)
@given(raw_texts(), raw_texts())
def test_the_fold_of_two_texts_is_the_two_folds(one: str, other: str) -> None:
    assert fold(one + other).text == fold(one).text + fold(other).text


@settings(deadline=None, max_examples=100)
@given(raw_texts(), arabic_words(), raw_texts())
def test_a_word_is_found_where_it_was_put(before: str, word: str, after: str) -> None:
    text = f"{before}\n{word}\n{after}"
    start = len(before) + 1
    found = find_all(word, fold(text))
    assert any(max(start, hit_start) < min(start + len(word), hit_end) for hit_start, hit_end in found)


@settings(deadline=None, max_examples=100)
@given(st.text("ابلأ" + TASHKEEL[:3] + TATWEEL, max_size=30), st.text("ابل", min_size=1, max_size=2))
def test_every_place_is_found_once_and_takes_in_its_marks(text: str, needle: str) -> None:
    folded = fold(text)
    spans = find_all(needle, folded)
    assert len(spans) == folded.text.count(needle)
    assert all(fold(text[start:end]).text == needle for start, end in spans)
    assert all(text[start] in LETTERS for start, _ in spans)
    assert all(end == len(text) or text[end] in LETTERS for _, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_random_spans_of_real_pages_are_found_again() -> None:
    chance = random.Random(20150702)
    for text in shared_texts(every=120):
        folded = fold(text)
        for _ in range(10 if folded.text else 0):
            start = chance.randrange(len(folded.text))
            end = min(len(folded.text), start + chance.randint(5, 60))
            span = folded.map.to_source(start, end)
            if cuts(folded.map, start, end):
                continue
            assert fold(text[slice(*span)]).text == folded.text[start:end]
            found = find_all(text[slice(*span)], folded)
            assert any(max(span[0], hit_start) < min(span[1], hit_end) for hit_start, hit_end in found)
