"""Numbers in words."""

from __future__ import annotations

import pytest

from annotator.cli.wording import counted, duration


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 spans"), (1, "1 span"), (2, "2 spans"), (1000, "1,000 spans"), (1001, "1,001 spans")]
)
def test_one_is_not_many(number: int, words: str) -> None:
    assert counted(number, "span") == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.4, "0 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (3599.9, "59 min"),
        (3600, "1 h 00 min"),
        (3900.5, "1 h 05 min"),
        (36000, "10 h 00 min"),
        (5_400_000, "1,500 h 00 min"),
    ],
)
def test_a_duration_is_in_the_units_that_people_use(seconds: float, words: str) -> None:
    assert duration(seconds) == words
