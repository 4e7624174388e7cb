"""Active time: how long an annotator was at work in a document, pauses left out. The clock is the caller's."""

from __future__ import annotations

from dataclasses import dataclass, replace


IDLE_SECONDS = 60.0
"""A gap between two touches that is longer than this is a pause, and nothing of it counts."""


@dataclass(frozen=True, slots=True)
class Activity:
    """The time between the touches, keys or clicks, of one annotator in one document.

    Attributes:
        seconds: Active time that was not taken yet.
        latest: The moment of the latest touch, in seconds of a monotonic clock, or None before the first one.
    """

    seconds: float = 0.0
    latest: float | None = None

    def touch(self, moment: float) -> Activity:
        """The activity with one more touch, at a moment in seconds; one from before the latest changes nothing."""
        if self.latest is None:
            return replace(self, latest=moment)
        gap = moment - self.latest
        if gap < 0:
            return self
        return Activity(self.seconds + (gap if gap <= IDLE_SECONDS else 0.0), moment)

    def taken(self) -> tuple[float, Activity]:
        """The seconds not taken yet, and the activity without them."""
        return self.seconds, replace(self, seconds=0.0)


def in_seconds(active_ms: int) -> float:
    """Stored milliseconds as they are written: seconds with one decimal, rounded down.

    Rounded down, what was written and comes back is never more than what is stored, and changes nothing.
    """
    return active_ms // 100 / 10
