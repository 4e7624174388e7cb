"""The whole report of agreement on a made-up project, and what a review of the same project does before it opens."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import process_time
from typing import NamedTuple

from annotator.agreement.policies import find_policy
from annotator.services.measuring import study_documents
from annotator.services.project import open_project
from annotator.services.reviewing import merge, survey
from bench import made_up_study
from bench.measure import milliseconds, summarize
from bench.process_tree import TreeCost, tree_cost_of
from bench.program import annotator
from bench.report import Figure, Result, Row


NAME = "report"

BENCH_DOCUMENTS = "BENCH_DOCUMENTS"
"""The variable that asks for another number of documents."""

DOCUMENTS = 200
LEAST = 7
"""Documents a second: 2,000 in less than 5 minutes."""

TIMES = 4
"""Memory is compared with that of a project with so many times fewer documents."""

ALLOWED_GROWTH = 1.2
"""The counts of each document are kept; the documents are not."""

READINGS = 3
REVIEWER = "bench"


class Work(NamedTuple):
    """Something done to all documents once: the seconds that passed, and those on a processor."""

    what: str
    seconds: float
    cpu_seconds: float


def run(work: Path) -> Result:
    """Measure in a folder that is thrown away."""
    number = int(os.environ.get(BENCH_DOCUMENTS, DOCUMENTS))
    fewer = max(1, number // TIMES)
    few, many = (_project(work, documents) for documents in (fewer, number))
    few_cost, cost = report(few), report(many)
    without = report(many, "--samples", "0")
    reading, works = reviewed(many)
    return Result(
        NAME,
        "reading the same work from the database, document by document",
        f"{number:,} made-up documents of some 2,500 characters, each with the work of {len(made_up_study.ANNOTATORS)} "
        f"annotators on {made_up_study.SPANS} spans. `annotator agreement --html FILE` is a whole process with "
        f"{cost.processes - 1} others below it; memory is that of all together, every 0.2 s. The rest is one process. "
        f"Each once. {BENCH_DOCUMENTS}=N asks for another number.",
        [
            *rows(number, [_whole("report", cost), _whole("report without γ", without), *works], reading),
            *(
                Row(f"report of {documents:,} documents: peak memory, MB", f"{one.megabytes:.0f}")
                for documents, one in ((fewer, few_cost), (number, cost))
            ),
        ],
        list(figures(number, cost, few_cost)),
    )


def rows(number: int, works: Sequence[Work], reading: float) -> Iterator[Row]:
    """Seconds of all that was done to so many documents, beside those of reading them, and documents a second."""
    for work in works:
        what = f"{work.what}: s (CPU {work.cpu_seconds:.1f} s, {number / work.seconds:,.0f} documents/s)"
        yield Row(what, f"{work.seconds:.1f}", f"{reading:.1f}", f"{work.seconds / reading:.2f}")


def figures(number: int, cost: TreeCost, few_cost: TreeCost) -> Iterator[Figure]:
    """Whether the report is quick, and its memory bounded."""
    speed, growth = number / cost.seconds, cost.megabytes / few_cost.megabytes
    what = "agreement report with γ and plots, 3 annotators × 30 spans"
    yield Figure(what, f"≥ {LEAST} documents/s", f"{speed:.1f}", speed >= LEAST)
    what = f"memory of the report, {TIMES} × the documents against 1 ×"
    yield Figure(what, f"≤ {ALLOWED_GROWTH} ×", f"{growth:.2f} ×", growth <= ALLOWED_GROWTH)


def _project(work: Path, documents: int) -> Path:
    database = work / f"study-{documents}.db"
    made_up_study.fill(database, documents)
    return database


def report(database: Path, *options: str) -> TreeCost:
    """What the report of a project costs, with its plots, which stand beside the database then.

    Raises:
        RuntimeError: There are no plots.
    """
    page = database.with_suffix(".html")
    cost = tree_cost_of(annotator("agreement", "--db", database, "--html", page, *options))
    if "<svg" not in page.read_text("utf-8"):
        raise RuntimeError("the report has no plots")
    return cost


def reviewed(database: Path) -> tuple[float, list[Work]]:
    """Seconds of reading all; listing what there is to review, merging what all agree about, and both again."""
    policy = find_policy("unanimous")
    with open_project(str(database)) as project:
        reading = [_timed("reading", lambda: sum(1 for _ in study_documents(project))) for _ in range(READINGS)]
        return summarize([one.seconds for one in reading]).median, [
            _timed("list of a review", lambda: survey(project, REVIEWER)),
            _timed("merge by unanimous", lambda: merge(project, policy)),
            _timed("merge again, nothing left to do", lambda: merge(project, policy)),
            _timed("list of a review, after the merge", lambda: survey(project, REVIEWER)),
        ]


def _whole(what: str, cost: TreeCost) -> Work:
    return Work(what, cost.seconds, cost.cpu_seconds)


def _timed(what: str, action: Callable[[], object]) -> Work:
    start = process_time()
    seconds = milliseconds(action) / 1000
    return Work(what, seconds, process_time() - start)
