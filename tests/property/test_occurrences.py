from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.text.occurrences import occurrences
from annotator.text.words import word_at, words


LETTERS = "ابو" + "\u064e\u0651\u0640\u200f" + "  .\n(2"
TEXTS = st.text(st.sampled_from(LETTERS), min_size=1, max_size=30)


@st.composite
def texts_with_a_span(draw: st.DrawFn) -> tuple[str, tuple[int, int]]:
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text) - 1))
    return text, (start, draw(st.integers(start + 1, len(text))))


def letters(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, "\u064e\u0651\u0640\u200f")))


@settings(deadline=None, max_examples=200)
@given(texts_with_a_span())
def test_places_are_disjoint_in_order_and_say_the_same(given: tuple[str, tuple[int, int]]) -> None:
    text, span = given
    places = occurrences(text, span)
    assert span in places
    assert all(one[1] <= other[0] for one, other in pairwise(places))
    assert {letters(text[slice(*place)]) for place in places} == {letters(text[slice(*span)])}


@settings(deadline=None, max_examples=200)
@given(texts_with_a_span())
def test_other_places_cut_no_word(given: tuple[str, tuple[int, int]]) -> None:
    text, span = given
    for start, end in occurrences(text, span):
        if (start, end) != span:
            first, last = word_at(text, start), word_at(text, end - 1)
            assert first is None or first[0] == start
            assert last is None or last[1] == end


@settings(deadline=None, max_examples=200)
@given(TEXTS)
def test_every_equal_word_is_a_place(text: str) -> None:
    written = [word for word in words(text) if letters(text[word[0]])]  # a mark needs a letter before it
    for word in written:
        equal = {other for other in written if letters(text[slice(*other)]) == letters(text[slice(*word)])}
        assert equal <= set(occurrences(text, word))
