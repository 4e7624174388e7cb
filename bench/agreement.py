"""Agreement: α and γ beside the other programs that measure them."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from bench import agreement_alpha, agreement_gamma
from bench.agreement_peers import ALPHA, GAMMA, KRIPPENDORFF, NLTK, PYGAMMA, Library, Running
from bench.report import Result, Table
from tests.support.continua import continuum


NAME = "agreement"


def run(work: Path) -> Result:
    """Measure in a folder that is thrown away."""
    with ExitStack() as stack:
        libraries = {
            one: stack.enter_context(Running(one)) for one in (ALPHA, KRIPPENDORFF, NLTK, GAMMA, PYGAMMA) if one.version
        }
        first_calls = {one: _first_call(work, running) for one, running in libraries.items()}
        alpha = agreement_alpha.measured(work, libraries)
        gamma = agreement_gamma.measured(work, libraries)
        programs = _programs(libraries, first_calls)
    return Result(
        NAME,
        "krippendorff, nltk and pygamma-agreement, each where it was installed",
        f"Each library in a process of its own, on the same values. {agreement_alpha.HOW} {agreement_gamma.HOW} "
        "Loading and a first call are told apart.",
        [*agreement_alpha.rows(alpha), *agreement_gamma.rows(gamma)],
        [*agreement_alpha.figures(alpha), *agreement_gamma.figures(gamma)],
        [programs, agreement_alpha.table(alpha), agreement_gamma.table(gamma)],
    )


def _first_call(work: Path, running: Running) -> float:
    """Seconds of measuring next to nothing for the first time, when some libraries compile themselves."""
    questions: list[dict[str, object]]
    if running.library in (GAMMA, PYGAMMA):
        file = agreement_gamma.written(work, continuum(2, 5))
        questions = [{"file": file, "fast": fast} for fast in (False, True)]
    else:
        questions = [{"file": agreement_alpha.written(work, 10, "whole"), "form": "whole"}]
    answers = [running.ask(question) for question in questions]
    return sum(answer.seconds for answer in answers if answer is not None)


def _programs(libraries: dict[Library, Running], first_calls: dict[Library, float]) -> Table:
    lines = [
        (
            f"{one.package} {one.version}",
            "γ" if one in (GAMMA, PYGAMMA) else "α",
            f"{running.load_seconds:.2f}",
            f"{first_calls[one]:.2f}",
            f"{running.peak:,.0f}",
        )
        for one, running in libraries.items()
    ]
    return Table(
        "Agreement",
        ("library", "measures", "loading: s", "first call: s", "peak memory: MB"),
        lines,
        "α and γ are measured beside other libraries, on the same values, each library in a process of its own. Here\n"
        "stands what it takes before it measures anything, which no other time holds: loading, and a first call with\n"
        "next to nothing, compiling included; and the most memory that any of the values took. What the report of a\n"
        "whole project takes, with γ from 30 samples for each document and with plots, is measured by `report`.",
    )
