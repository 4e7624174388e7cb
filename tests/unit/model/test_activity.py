"""Active time: what lies between keys, without the pauses."""

from __future__ import annotations

import pytest

from annotator.model.activity import IDLE_SECONDS, Activity, in_seconds


def touched(*moments: float) -> Activity:
    activity = Activity()
    for moment in moments:
        activity = activity.touch(moment)
    return activity


def test_nothing_counts_before_there_are_two_touches() -> None:
    assert (Activity().seconds, touched(1000).seconds) == (0.0, 0.0)


def test_the_time_between_touches_counts() -> None:
    assert touched(1000, 1010, 1015.5).seconds == 15.5


def test_nothing_of_a_pause_counts() -> None:
    assert touched(0, 10, 10 + IDLE_SECONDS + 0.1, 75.1).seconds == pytest.approx(15.0)


def test_a_gap_of_just_the_longest_that_is_no_pause_counts() -> None:
    assert touched(5, 5 + IDLE_SECONDS).seconds == IDLE_SECONDS


def test_a_moment_from_before_changes_nothing() -> None:
    assert touched(10, 20, 15) == touched(10, 20)


def test_what_was_taken_is_gone_and_counting_goes_on() -> None:
    seconds, rest = touched(0, 10).taken()
    assert (seconds, rest.seconds) == (10, 0)
    assert rest.touch(15).seconds == 5


def test_taking_leaves_the_activity_itself_as_it_was() -> None:
    activity = touched(0, 10)
    activity.taken()
    assert activity.seconds == 10


@pytest.mark.parametrize(
    ("active_ms", "seconds"), [(0, 0.0), (99, 0.0), (100, 0.1), (12_349, 12.3), (12_350, 12.3), (3_925_270, 3925.2)]
)
def test_milliseconds_are_written_as_tenths_rounded_down(active_ms: int, seconds: float) -> None:
    assert in_seconds(active_ms) == seconds
