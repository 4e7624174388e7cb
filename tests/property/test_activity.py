"""Active time over any sequence of touches."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model.activity import IDLE_SECONDS, Activity, in_seconds


quick = settings(deadline=None, max_examples=100)
gaps = st.lists(st.floats(0, 3 * IDLE_SECONDS), max_size=30)


@quick
@given(gaps, st.floats(0, 1e6))
def test_the_time_is_the_sum_of_the_gaps_that_are_no_pauses(gaps: list[float], start: float) -> None:
    moments = [start]
    for gap in gaps:
        moments.append(moments[-1] + gap)
    activity = Activity()
    for moment in moments:
        activity = activity.touch(moment)
    counted = [after - before for before, after in pairwise(moments) if after - before <= IDLE_SECONDS]
    assert activity.seconds == pytest.approx(sum(counted))
    assert activity.seconds <= moments[-1] - moments[0] + 1e-6


@quick
@given(gaps, st.sets(st.integers(0, 29)))
def test_it_is_the_same_however_often_it_is_taken(gaps: list[float], taken_after: set[int]) -> None:
    whole = parts = Activity().touch(0.0)
    total = moment = 0.0
    for index, gap in enumerate(gaps):
        moment += gap
        whole, parts = whole.touch(moment), parts.touch(moment)
        if index in taken_after:
            seconds, parts = parts.taken()
            total += seconds
    assert total + parts.seconds == pytest.approx(whole.seconds)


@quick
@given(st.integers(0, 2**31 * 1000))
def test_what_is_written_and_read_is_never_more_than_what_was_stored(active_ms: int) -> None:
    read = round(json.loads(json.dumps(in_seconds(active_ms))) * 1000)
    assert active_ms - 100 < read <= active_ms
    assert in_seconds(read) == in_seconds(active_ms)
