"""How a study is measured, and sums in the making."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.agreement.bootstrap import RESAMPLES
from annotator.agreement.report.gathering import Key


@dataclass(frozen=True, slots=True)
class Settings:
    """How a study is measured.

    Attributes:
        labels: Only spans and document labels of these; all where there are none.
        samples: Chance samples of γ for each document; 0 leaves γ out.
        seed: Of γ's samples and of the bootstrap.
        resamples: Of the bootstrap.
    """

    labels: tuple[str, ...] = ()
    samples: int = 30
    seed: int = 0
    resamples: int = RESAMPLES


class Tally:
    """Sums in the making."""

    def __init__(self) -> None:
        self.sums: dict[Key, tuple[float, ...]] = {}

    def put(self, *key: str, numbers: Iterable[float]) -> None:
        """Add numbers to a statistic, one by one."""
        numbers = tuple(map(float, numbers))
        known = self.sums.get(key)
        self.sums[key] = numbers if known is None else tuple(a + b for a, b in zip(known, numbers, strict=True))

    def count(self, *key: str) -> None:
        """Add one to a statistic that counts."""
        self.put(*key, numbers=(1,))


def named(labels: Iterable[str]) -> str:
    """A set of labels as one word of a statistic's name."""
    return " + ".join(sorted(labels))
