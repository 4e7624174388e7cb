"""γ beside pygamma-agreement's, exact and in its fast mode, on the same made-up documents."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from bench.agreement_peers import GAMMA, PYGAMMA, Answer, Library, Running, told
from bench.measure import summarize
from bench.report import Figure, Row, Table, compared
from tests.support.continua import Unit, continuum


ROUNDS = 3
LIMIT = 60
"""Seconds after which the other program is given up."""

ALIKE = 1e-6
"""The other program computes in single precision."""

EXACT, FAST = "exact", "fast"

HOW = (
    f"γ of made-up documents with α = 3, β = 1, Δ = 1 and 30 chance samples: {ROUNDS} times, the other program in turn "
    "as often as the table says."
)


class Case(NamedTuple):
    """A document.

    Attributes:
        annotators: How many annotators marked it.
        spans: How many true spans it has, of which each annotator marks most.
        rounds: How often the other program measures it.
        modes: Which modes of it do. Its exact one looks at (spans + 1) ** annotators alignments.
    """

    annotators: int
    spans: int
    rounds: int
    modes: tuple[str, ...] = (FAST, EXACT)

    @property
    def title(self) -> str:
        """The document in words."""
        return f"{self.annotators} × {self.spans} spans"


# The last one is where the exact mode is likely to be given up, which means to load the other program again.
CASES = (Case(2, 200, 3), Case(3, 100, 3), Case(5, 100, 1, (FAST,)), Case(3, 200, 1))
LIMITS = {(3, 200): 2, (5, 100): 10}
"""Seconds that a case may take."""


@dataclass
class Compared:
    """The answers of a case, round by round.

    Attributes:
        units: How many units there are of all annotators.
        others: Those of each mode of the other program that was asked; None where it was given up.
    """

    case: Case
    units: int
    ours: list[Answer] = field(default_factory=list)
    others: dict[str, list[Answer | None]] = field(default_factory=dict)

    def answered(self, mode: str) -> list[Answer]:
        """What the other program came to an end with."""
        return [one for one in self.others.get(mode, []) if one is not None]

    @property
    def difference(self) -> float | None:
        """How far the observed disorder is from the other's exact one, relatively; None where there is none."""
        exact, ours = self.answered(EXACT), self.ours[0].observed
        return abs(ours / exact[0].observed - 1) if exact and exact[0].observed and ours is not None else None


def measured(work: Path, libraries: dict[Library, Running]) -> list[Compared]:
    """Measure all cases.

    Args:
        work: A folder for the documents.
        libraries: Ours, and the other where it is there.
    """
    return [_compare(case, work, libraries) for case in CASES]


def _compare(case: Case, work: Path, libraries: dict[Library, Running]) -> Compared:
    marked = continuum(case.annotators, case.spans)
    file = written(work, marked)
    found = Compared(case, sum(map(len, marked)))
    for number in range(ROUNDS):
        ours = libraries[GAMMA].ask({"file": file})
        if ours is None:
            raise RuntimeError("γ takes minutes")
        found.ours.append(ours)
        if PYGAMMA in libraries and number < case.rounds:
            for mode in case.modes:
                answer = libraries[PYGAMMA].ask({"file": file, "fast": mode == FAST}, LIMIT)
                found.others.setdefault(mode, []).append(answer)
    return found


def written(work: Path, marked: Sequence[Sequence[Unit]]) -> Path:
    """A document as `bench/programs/measures.py` takes it."""
    file = work / f"gamma-{len(marked)}-{len(marked[0])}.json"
    file.write_text(json.dumps(marked), "utf-8")
    return file


def rows(found: Sequence[Compared]) -> Iterator[Row]:
    """Seconds of each case, and megabytes."""
    for one in found:
        ours = [answer.seconds for answer in one.ours]
        for mode in one.others:
            what = f"γ, {one.case.title}, beside pygamma-agreement, {mode}: s"
            if others := [answer.seconds for answer in one.answered(mode)]:
                yield compared(what, ".2f", ours, others)
            else:
                ratio = f"< {summarize(ours).median / LIMIT:.3f}"
                yield Row(what, compared(what, ".2f", ours).ours, f"> {LIMIT}", ratio)
        if not one.others:
            yield compared(f"γ, {one.case.title}: s", ".2f", ours)


def figures(found: Sequence[Compared]) -> Iterator[Figure]:
    """Whether γ is quick, and rests on the best alignments."""
    for one in found:
        if limit := LIMITS.get((one.case.annotators, one.case.spans)):
            seconds = summarize([answer.seconds for answer in one.ours]).median
            what = f"γ, {one.case.title}, 30 samples"
            yield Figure(what, f"≤ {limit} s", f"{seconds:.2f} s", seconds <= limit)
    if differences := [one.difference for one in found if one.difference is not None]:
        what = "γ, observed disorder against pygamma-agreement's exact one, relative difference"
        yield Figure(what, f"≤ {ALIKE:.0e}", f"{max(differences):.1e}", max(differences) <= ALIKE)


def table(found: Sequence[Compared]) -> Table:
    """Each case with what both programs took and found."""
    lines = [
        (
            one.case.title,
            f"{one.units:,}",
            *(cell(answers) for answers in (one.ours, one.others.get(EXACT, []), one.others.get(FAST, []))),
            _both(one, "observed"),
            _both(one, "value"),
        )
        for one in found
    ]
    return Table(
        "γ beside pygamma-agreement",
        ("annotators × spans", "units", "annotator", "exact", "fast", "observed disorder", "γ"),
        lines,
        "Medians of the seconds that passed and of those on a processor, how often, and the peak of the process's\n"
        "memory; then, of the annotator, the exact and the fast mode, the disorder of the best alignment, and γ,\n"
        "which differs by the chance samples that each draws. A dash: not tried, because that many alignments fit\n"
        "into no memory, or not installed.",
    )


def cell(answers: Sequence[Answer | None]) -> str:
    """What some answers took, in short."""
    ended = [one for one in answers if one is not None]
    if not ended:
        return f"> {LIMIT} s" if answers else "–"
    return told(ended)


def _both(one: Compared, name: str) -> str:
    found = [one.ours, one.answered(EXACT), one.answered(FAST)]
    return " / ".join(f"{getattr(answers[0], name):.4f}" if answers else "–" for answers in found)
