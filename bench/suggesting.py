"""Suggestions for many documents: how many a second in one process, what storing them costs, and finding copies."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from annotator.services.copies import find_copies, list_copies
from annotator.services.importing import ImportOptions, import_sources
from annotator.services.learning import learned_suggesters, set_use, train_model
from annotator.services.project import Project, open_or_create
from annotator.services.suggesting import all_documents, sites_of, suggest, view_of
from annotator.store import documents
from annotator.suggest.contract import DocumentView, Suggester
from annotator.suggest.lines import lines
from annotator.suggest.registry import rule_suggesters
from bench import inputs
from bench.made_up_pages import labelled_pages
from bench.measure import in_turns, summarize
from bench.report import Figure, Result, Row, Table, compared


NAME = "suggesting"
DOCUMENTS = 2000
EVERY = 4
"""One article in so many: the corpus is in the order of its sources, which write at different lengths."""
ROUNDS = 3
FINISHED = 50
"""Documents that the learned models learn from."""

READ = 200
"""Documents that the learned models look at."""

LEAST_BY_RULES, LEAST_LEARNED = 200, 15


def run(work: Path) -> Result:
    """Measure rules, storing included, against reading the lines alone; then learned models, and finding copies."""
    inputs.write_jsonl(work / "articles.jsonl", islice(inputs.articles(), 0, EVERY * DOCUMENTS, EVERY))
    with open_or_create(str(work / "suggesting.db"), None) as project:
        import_sources(project, [work / "articles.jsonl"], ImportOptions())
        ids = all_documents(project)
        views = views_of(project, ids)
        stored, alone, baseline = in_turns(
            ROUNDS,
            lambda: _each(views, lambda: suggest(project, rule_suggesters(), ids)),
            lambda: _each(views, lambda: propose(rule_suggesters(), views)),
            lambda: _each(views, lambda: [lines(view.text) for view in views]),
        )
        copies = _each(views, lambda: find_copies(project))
        clusters = len(list_copies(project))
    learned = _learned(work, ids[:READ])
    characters = sum(len(view.text) for view in views) // len(views)
    by_rules = 1000 / summarize(stored).median
    return Result(
        NAME,
        "cutting the same documents into folded lines",
        f"{len(views):,} articles of {characters:,} characters on average, in one process, {ROUNDS} times by turns. "
        f"The learned models know {FINISHED} made-up pages, and are run by themselves, storing included. Copies are "
        f"looked for among all the articles: {clusters} clusters.",
        [
            compared("rules, storing included, an article: ms", ".2f", stored, baseline),
            compared("rules alone, an article: ms", ".2f", alone, baseline),
            Row("learned models, storing included, an article: ms", f"{1000 / learned:.1f}"),
            Row("finding copies, an article: ms", f"{copies:.2f}"),
        ],
        [
            _figure("suggestions by rules, stored", LEAST_BY_RULES, by_rules),
            _figure("learned suggestions, stored", LEAST_LEARNED, learned),
        ],
        [_table(views, rule_suggesters())],
    )


def views_of(project: Project, ids: Sequence[int]) -> list[DocumentView]:
    """Documents as suggesters see them."""
    sites = sites_of(project)
    with project.store.read() as connection:
        readings = list(documents.readings(connection, ids))
        return [view_of(reading, project.schema, sites, connection) for reading in readings]


def propose(suggesters: Sequence[Suggester], views: Sequence[DocumentView]) -> int:
    """How many spans suggesters propose for documents."""
    return sum(len(one.suggest(view).spans) for view in views for one in suggesters)


def _learned(work: Path, ids: Sequence[int]) -> float:
    """Documents a second, suggested by models and stored."""
    pages = labelled_pages(list(islice(inputs.articles(), FINISHED + READ)), FINISHED)
    records: Iterator[dict[str, object]] = (
        {
            "format": "annotator/1",
            "annotator": "bench",
            "status": "done",
            "doc_id": f"page {number}",
            "text": page.view.text.rstrip(),
            "spans": [{"start": one.start, "end": one.end, "label": one.label} for one in page.spans],
        }
        for number, page in enumerate(pages)
    )
    inputs.write_jsonl(work / "finished.jsonl", records)
    with open_or_create(str(work / "learning.db"), None) as project:
        import_sources(project, [work / "finished.jsonl", work / "articles.jsonl"], ImportOptions())
        train_model(project)
        set_use(project, "always")
        suggesters = learned_suggesters(project)
        some = all_documents(project)[-len(ids) :]
        start = time.perf_counter()
        suggest(project, suggesters, some)
        return len(some) / (time.perf_counter() - start)


def _each(views: Sequence[DocumentView], action: Callable[[], object]) -> float:
    """Milliseconds for each document."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000 / len(views)


def _figure(what: str, least: int, speed: float) -> Figure:
    return Figure(what, f"≥ {least} documents/s", f"{speed:.0f}", speed >= least)


def _table(views: Sequence[DocumentView], suggesters: Sequence[Suggester]) -> Table:
    cells = []
    for one in suggesters:
        start = time.perf_counter()
        spans = propose([one], views)
        seconds = time.perf_counter() - start
        cells.append((one.name, f"{1000 * seconds / len(views):.2f}", f"{spans / len(views):.1f}"))
    return Table(
        "The rule suggesters one by one",
        ("suggester", "ms an article", "spans an article"),
        cells,
        "Together furniture and spill-over look at a page once; here each of them pays for it.",
    )
