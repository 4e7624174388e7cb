"""Krippendorff's α of three annotators, beside krippendorff's and nltk's, on the same values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bench.agreement_peers import ALPHA, KRIPPENDORFF, NLTK, Answer, Library, Running, told
from bench.measure import in_turns, summarize
from bench.report import Figure, Row, Table, compared


ROUNDS = 5
ANNOTATORS, VALUES, NOISE, MISSING = 3, 5, 0.15, 0.1
MANY = 1_000_000

FORMS = {"whole": "integers", "holes": "floats, 10 % missing", "lists": "lists, 10 % missing"}

HOW = (
    f"α of {ANNOTATORS} annotators who take one of {VALUES} values each, another one {NOISE * 100:.0f} % of the time: "
    f"{ROUNDS} times in turn. nltk's times hold the building of its task."
)


class Case(NamedTuple):
    """So many units, the form in which our measure gets them, and another library to compare with."""

    units: int
    form: str
    other: Library

    @property
    def title(self) -> str:
        """The case in words."""
        return f"{ANNOTATORS} × {self.units:,}, {FORMS[self.form]}"


CASES = (
    Case(100_000, "whole", KRIPPENDORFF),
    Case(100_000, "holes", KRIPPENDORFF),
    Case(100_000, "lists", NLTK),
    Case(MANY, "whole", KRIPPENDORFF),
    Case(MANY, "holes", KRIPPENDORFF),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """The answers of a case, round by round; no `others` where the other library is not there."""

    case: Case
    ours: Sequence[Answer]
    others: Sequence[Answer] = ()

    @property
    def difference(self) -> float:
        """The greatest difference between our value and the other's."""
        return max((abs(one.value - self.ours[0].value) for one in self.others), default=0.0)


def measured(work: Path, libraries: dict[Library, Running]) -> list[Compared]:
    """Measure all cases.

    Args:
        work: A folder for the values.
        libraries: Ours, and those of the others that are there.
    """
    return [_compare(case, written(work, case.units, case.form), libraries) for case in CASES]


def _compare(case: Case, file: Path, libraries: dict[Library, Running]) -> Compared:
    running = [libraries[one] for one in (ALPHA, case.other) if one in libraries]
    return Compared(case, *in_turns(ROUNDS, *(partial(_asked, one, file, case.form) for one in running)))


def _asked(running: Running, file: Path, form: str) -> Answer:
    answer = running.ask({"file": file, "form": form})
    if answer is None:
        raise RuntimeError(f"{running.library.package} takes minutes for α")
    return answer


def written(work: Path, units: int, form: str) -> Path:
    """What the annotators gave so many units, as `bench/programs/measures.py` takes it."""
    import numpy as np

    file = work / f"alpha-{units}-{form}.npy"
    draw = np.random.default_rng(0)
    shape = (ANNOTATORS, units)
    truth = np.broadcast_to(draw.integers(0, VALUES, units), shape)
    codes = np.where(draw.random(shape) < NOISE, draw.integers(0, VALUES, shape), truth)
    if form != "whole":
        codes = np.where(draw.random(shape) < MISSING, -1, codes)
    np.save(file, codes)
    return file


def rows(found: Sequence[Compared]) -> Iterator[Row]:
    """Milliseconds of each case."""
    for one in found:
        beside = f", beside {one.case.other.package}" if one.others else ""
        what = f"α, {one.case.title}{beside}"
        ours, others = ([answer.seconds * 1000 for answer in answers] for answers in (one.ours, one.others))
        yield compared(f"{what}: ms", ",.0f", ours, others or None)


def figures(found: Sequence[Compared]) -> Iterator[Figure]:
    """Whether α is quick, and the same as elsewhere."""
    seconds = max(summarize([one.seconds for one in each.ours]).median for each in found if each.case.units == MANY)
    yield Figure(f"α, {ANNOTATORS} × {MANY:,} units, an array", "≤ 0.6 s", f"{seconds:.2f} s", seconds <= 0.6)
    if others := sorted({each.case.other.package for each in found if each.others}):
        difference = max(each.difference for each in found)
        what = f"α, difference from {' and '.join(others)}"
        yield Figure(what, "≤ 1e-12", f"{difference:.1g}", difference <= 1e-12)


def table(found: Sequence[Compared]) -> Table:
    """Each case with what both programs took."""
    lines = [
        (one.case.title, told(one.ours), one.case.other.package, told(one.others), f"{one.difference:.1g}")
        if one.others
        else (one.case.title, told(one.ours), one.case.other.package, "–", "–")
        for one in found
    ]
    return Table(
        "α beside krippendorff and nltk",
        ("annotators × units", "annotator", "beside", "took", "difference"),
        lines,
        "Medians of the seconds that passed and of those on a processor, how often, and the peak of the process's\n"
        "memory, its values included; then the greatest difference between the two values of α. A dash: not installed.",
    )
