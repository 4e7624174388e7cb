"""What became of suggestions: how many were accepted, changed and rejected, by who proposed them and by label."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from annotator.services.project import Project
from annotator.store import suggestions


@dataclass(frozen=True, slots=True)
class Tally:
    """The suggestions of one origin and label, over all documents and annotators.

    Attributes:
        origin: The suggester and its version.
        accepted: Accepted, and still as proposed.
        edited: Accepted, and then given other edges or another label.
        rejected: Rejected, or accepted and removed since.
        waiting: Proposed at present and answered by nobody, in documents that nobody is done with.
    """

    origin: str
    label: str
    accepted: int
    edited: int
    rejected: int
    waiting: int

    @property
    def precision(self) -> float | None:
        """The share of the answered ones that stand as proposed; None where none was answered."""
        answered = self.accepted + self.edited + self.rejected
        return self.accepted / answered if answered else None


def suggestion_report(project: Project) -> list[Tally]:
    """What became of all suggestions, by origin and label."""
    counts: Counter[tuple[str, str, str]] = Counter()
    with project.store.read() as connection:
        waiting = suggestions.waiting(connection)
        for fate in suggestions.fates(connection):
            is_kept = fate.verdict == "accepted" and not fate.is_gone
            what = "rejected" if not is_kept else "edited" if fate.is_edited else "accepted"
            counts[fate.origin, fate.label, what] += 1
    groups = sorted(waiting.keys() | {(origin, label) for origin, label, _ in counts})
    return [
        Tally(
            origin,
            label,
            counts[origin, label, "accepted"],
            counts[origin, label, "edited"],
            counts[origin, label, "rejected"],
            waiting.get((origin, label), 0),
        )
        for origin, label in groups
    ]
