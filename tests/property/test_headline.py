"""The headline of any text is one of its lines."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.text.headline import find_headline


PIECES = (
    *("افتتاح", "جسر", "على", "نهر", "قال", "الوزير", "«جديد»", "»", "|", "12", "10:30", "مايو", "فيسبوك", "أخبار"),
    *("رياضة", "صورة", "بقلم", "•", "-", ".", ":", "\n", "\n\n"),
)
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=150).map(" ".join))


@given(TEXTS)
@settings(deadline=None, max_examples=200)
def test_it_is_a_whole_line(text: str) -> None:
    start, end = find_headline(text)
    assert text[start:end] in text.split("\n")
    assert start == 0 or text[start - 1] == "\n"
    assert end == len(text) or text[end] == "\n"
