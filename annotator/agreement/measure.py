"""What every measure gives: a number that says what it rests on."""

from __future__ import annotations

from math import isnan, nan
from typing import Any, Self


class Measure(float):
    """A measured value. It is a float; NaN, shown as n/a, where the measure is undefined.

    Attributes:
        n: How much it rests on, counted in `of`.
        of: What `n` counts, such as "units" or "spans".
        coverage: The share of the material, 0 to 1, that went into it.
        left_out: What did not, in words, or "".
        why: Why it is undefined, or "".
        observed, expected: What it was computed from, where it compares the two (agreement or disagreement, as the
            measure says); else None.
    """

    n: int
    of: str
    coverage: float
    left_out: str
    why: str
    observed: float | None
    expected: float | None

    def __new__(  # noqa: PLR0913  # all but the value by name
        cls,
        value: float | None,
        *,
        n: int = 0,
        of: str = "",
        coverage: float = 1.0,
        left_out: str = "",
        why: str = "",
        observed: float | None = None,
        expected: float | None = None,
    ) -> Self:
        """A float takes its value here."""
        measure = super().__new__(cls, nan if value is None else value)
        measure.n, measure.of, measure.coverage = n, of, coverage
        measure.left_out, measure.why = left_out, why
        measure.observed, measure.expected = observed, expected
        return measure

    def __getnewargs_ex__(self) -> tuple[tuple[float | None], dict[str, Any]]:
        """For pickle, as measures cross processes: every attribute is an argument of the same name."""
        return (self.value,), dict(vars(self))

    @property
    def is_defined(self) -> bool:
        """Whether there is a value."""
        return not isnan(self)

    @property
    def value(self) -> float | None:
        """The value as a plain float, None where it is undefined."""
        return float(self) if self.is_defined else None

    def __str__(self) -> str:
        return f"{float(self):.3f}" if self.is_defined else "n/a"

    def __repr__(self) -> str:
        about = f"n={self.n} {self.of}, coverage={self.coverage:.3g}"
        reason = self.why or self.left_out
        return f"{type(self).__name__}({self}, {about}{f', {reason}' if reason else ''})"
