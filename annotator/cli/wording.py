"""Numbers in words, for people."""

from __future__ import annotations


def counted(number: int, word: str) -> str:
    """A number and what it counts: "1 record", "1,000 records"."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def duration(seconds: float) -> str:
    """A time in whole seconds, minutes, or hours and minutes: "40 s", "5 min", "1 h 05 min"."""
    if seconds < 60:
        return f"{int(seconds)} s"
    minutes = int(seconds // 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60:,} h {minutes % 60:02} min"
