from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.text.words import next_word, previous_word, word_at, words
from tests.support.texts import KEPT_UNSEEN, paragraphs, raw_texts, shared_texts


TEXTS = raw_texts() | paragraphs() | st.text("اب1٢\u064b\u0640\u200c\u200f./:- \n«", max_size=25)


@settings(deadline=None, max_examples=100)
@given(TEXTS)
def test_words_are_in_order_disjoint_and_hold_every_letter_and_digit(text: str) -> None:
    spans = words(text)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    held = {offset for start, end in spans for offset in range(start, end)}
    assert all(offset in held for offset, character in enumerate(text) if character.isalnum())


@settings(deadline=None, max_examples=100)
@given(TEXTS)
def test_no_word_has_a_space_quote_or_invisible_edge(text: str) -> None:
    for start, end in words(text):
        word = text[start:end]
        assert not any(character.isspace() or character in "«»“”\"'()؟،؛!…" for character in word)
        assert word[0] not in KEPT_UNSEEN
        assert word[-1] not in KEPT_UNSEEN


@settings(deadline=None, max_examples=100)
@given(TEXTS)
def test_word_at_agrees_with_words_at_every_offset(text: str) -> None:
    spans = words(text)
    for offset in range(-1, len(text) + 2):
        assert word_at(text, offset) == next((span for span in spans if span[0] <= offset < span[1]), None)


@settings(deadline=None, max_examples=100)
@given(TEXTS)
def test_steps_agree_with_words_at_every_offset(text: str) -> None:
    starts = [start for start, _ in words(text)]
    for offset in range(len(text) + 1):
        assert next_word(text, offset) == min((start for start in starts if start > offset), default=len(text))
        assert previous_word(text, offset) == max((start for start in starts if start < offset), default=0)


def test_stepping_over_real_pages_visits_every_word_both_ways() -> None:
    for text in shared_texts(every=400):
        starts = [start for start, _ in words(text)]
        forward, offset = [], next_word(" " + text, 0) - 1
        while offset < len(text):
            forward.append(offset)
            offset = next_word(text, offset)
        assert forward == starts
        backward, offset = [], len(text)
        while offset > (starts[0] if starts else len(text)):
            offset = previous_word(text, offset)
            backward.append(offset)
        assert backward == starts[::-1]
