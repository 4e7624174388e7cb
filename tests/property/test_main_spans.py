"""Lines taken from a page are found where they stand."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.services.main_spans import main_spans
from annotator.suggest.lines import lines


WORDS = st.lists(st.sampled_from(["كتب", "قال", "وزير", "نهر", "جسر", "12", "خبر", "•", "-"]), max_size=4).map(" ".join)
PAGES = st.lists(WORDS, max_size=20)


@given(page=PAGES, taken=PAGES)
@settings(deadline=None, max_examples=150)
def test_spans_are_in_order_and_made_of_whole_lines(page: list[str], taken: list[str]) -> None:
    text = "\n".join(page)
    spans = main_spans(taken, text) or ()
    starts, ends = ({line.start for line in lines(text)}, {line.end for line in lines(text)})
    assert all(start in starts and end in ends and start < end for start, end in spans)
    assert all(one[1] < other[0] for one, other in pairwise(spans))


@given(number=st.integers(1, 30), data=st.data())
@settings(deadline=None, max_examples=150)
def test_of_different_lines_exactly_those_taken_are_found(number: int, data: st.DataObject) -> None:
    page = [f"سطر رقم {index}" for index in range(number)]
    taken = data.draw(st.lists(st.sampled_from(page), unique=True, min_size=1)).copy()
    taken.sort(key=page.index)
    text = "\n".join(page)
    spans = main_spans(taken, text) or ()
    assert [line for start, end in spans for line in text[start:end].split("\n")] == taken


@given(page=st.lists(WORDS.filter(lambda line: any(map(str.isalpha, line))), min_size=1, max_size=20))
@settings(deadline=None, max_examples=150)
def test_a_page_taken_whole_is_one_span(page: list[str]) -> None:
    text = "\n".join(page)
    assert main_spans(page, text) == ((lines(text)[0].start, lines(text)[-1].end),)
