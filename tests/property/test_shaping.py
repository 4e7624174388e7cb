from __future__ import annotations

import unicodedata

from arabic_reshaper.letters import LETTERS_ARABIC
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.text.shaping import shape
from tests.conformance.run_shaping import RESHAPER


ZWJ = "\u200d"  # the reshaper drops it
FEW_FORMS = "\u06ba\u0677"  # and takes these to join only where they have forms

LETTERS = sorted(LETTERS_ARABIC.keys() - {ZWJ, *FEW_FORMS})
MARKS = [*"\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0610\u06d6\u08f0"]
OTHERS = [*" 1aب،.ء\u200c"]

words = st.text(st.sampled_from(LETTERS) | st.sampled_from(LETTERS + MARKS + OTHERS), max_size=30)
anything = st.text(
    st.sampled_from([*LETTERS, *MARKS, *OTHERS, ZWJ, *FEW_FORMS, "\u0750"]) | st.characters(), max_size=30
)
relaxed = settings(deadline=None, max_examples=200)


@relaxed
@given(words)
def test_words_are_shaped_as_arabic_reshaper_shapes_them(text):
    assert shape(text) == RESHAPER.reshape(text)


@relaxed
@given(anything)
def test_each_character_stays_or_becomes_one_of_its_own_forms(text):
    shaped = shape(text)
    assert len(shaped) == len(text)
    for char, form in zip(text, shaped, strict=True):
        assert form == char or unicodedata.decomposition(form).split()[1:] == [f"{ord(char):04X}"]


@relaxed
@given(anything, anything)
def test_a_space_keeps_two_texts_apart(left, right):
    assert shape(f"{left} {right}") == f"{shape(left)} {shape(right)}"


@relaxed
@given(anything, anything)
def test_a_change_of_level_keeps_two_texts_apart(left, right):
    assert shape(left + right, b"\1" * len(left) + b"\3" * len(right)) == shape(left) + shape(right)


@relaxed
@given(words, st.sampled_from(MARKS), st.integers(1, 3))
def test_marks_anywhere_change_no_letter(text, mark, count):
    plain = "".join(char for char in text if char not in MARKS)
    marked = "".join(char + mark * count for char in plain)
    assert shape(marked) == "".join(char + mark * count for char in shape(plain))
