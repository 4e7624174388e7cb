from __future__ import annotations

import random
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.text.cleaning import STEPS, clean
from annotator.text.offsets import OffsetMap
from tests.support.texts import copies, cuts, raw_texts, shared_texts, spans_of


def assert_span_returns(raw: str, text: str, offsets: OffsetMap, start: int, end: int) -> None:
    """Target → source → target; and the raw slice alone, cleaned, is the cleaned slice."""
    raw_start, raw_end = offsets.to_source(start, end)
    back_start, back_end = offsets.to_target(raw_start, raw_end)
    assert back_start <= start < end <= back_end
    if not cuts(offsets, start, end):
        assert (back_start, back_end) == (start, end)
    if not text[back_start].isspace() and not text[back_end - 1].isspace():
        assert clean(raw[raw_start:raw_end]).text == text[back_start:back_end]


@settings(deadline=None, max_examples=100)
@given(raw_texts())
def test_cleaning_twice_changes_nothing_more(raw: str) -> None:
    cleaned = clean(raw)
    again = clean(cleaned.text)
    assert again.text == cleaned.text
    assert again.map == OffsetMap.identity(len(cleaned.text))


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=40))
def test_any_text_can_be_cleaned_and_stays_clean(raw: str) -> None:
    cleaned = clean(raw).text
    assert clean(cleaned).text == cleaned


@settings(deadline=None, max_examples=100)
@given(raw_texts())
def test_every_character_between_two_edits_is_equal_on_both_sides(raw: str) -> None:
    cleaned = clean(raw)
    assert (cleaned.map.source_length, cleaned.map.target_length) == (len(raw), len(cleaned.text))
    assert all(before == after for before, after in copies(cleaned.map, raw, cleaned.text))


@settings(deadline=None, max_examples=100)
@given(raw_texts())
def test_each_step_alone_keeps_a_map_that_fits(raw: str) -> None:
    for _, step in STEPS:
        text, offsets = step(raw)
        assert all(before == after for before, after in copies(offsets, raw, text))
        raw = text


@settings(deadline=None, max_examples=100)
@given(st.data(), raw_texts())
def test_spans_return_from_the_raw_text(data: st.DataObject, raw: str) -> None:
    cleaned = clean(raw)
    start, end = data.draw(spans_of(len(cleaned.text)))
    if start < end:
        assert_span_returns(raw, cleaned.text, cleaned.map, start, end)


@settings(deadline=None, max_examples=100)
@given(raw_texts())
def test_cleaned_lines_have_no_space_to_trim(raw: str) -> None:
    text = clean(raw).text
    assert not any(dirt in text for dirt in ("  ", " \n", "\n ", "\n\n\n", "\t", "\xa0", "\u0640"))
    assert text == text.strip(" \n")


@settings(deadline=None, max_examples=100)
@given(raw_texts())
def test_marks_digits_and_quotes_are_all_kept(raw: str) -> None:
    def kept(text: str) -> list[str]:
        return [c for c in text if c in "“”«»\"'" or c.isdecimal() or "\u064b" <= c <= "\u0652"]

    without_forms = "".join(c for c in raw if not unicodedata.decomposition(c).startswith("<"))
    assert kept(clean(without_forms).text) == kept(without_forms)


def test_random_spans_of_real_pages_return_from_the_raw_text() -> None:
    chance = random.Random(20150701)
    for raw in shared_texts(every=60):
        cleaned = clean(raw)
        assert clean(cleaned.text).map == OffsetMap.identity(len(cleaned.text))
        assert all(before == after for before, after in copies(cleaned.map, raw, cleaned.text))
        for _ in range(30 if cleaned.text else 0):
            start = chance.randrange(len(cleaned.text))
            end = min(len(cleaned.text), start + chance.randint(1, 200))
            assert_span_returns(raw, cleaned.text, cleaned.map, start, end)
