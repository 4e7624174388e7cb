"""Measuring agreement in a project: from its documents, one at a time in several processes, to a report."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_context

from annotator.agreement.decisions import Ledger, with_gone
from annotator.agreement.itemizing import items_of
from annotator.agreement.report.against_gold import GoldCounts, count_against_gold
from annotator.agreement.report.building import build_report
from annotator.agreement.report.counting import DocumentCounts, count_document
from annotator.agreement.report.tables import Report
from annotator.agreement.report.tally import Settings
from annotator.agreement.study import StudyDocument
from annotator.errors import DataError, UsageError
from annotator.model.schema import Schema
from annotator.services.adjudicating import decision_of, study_document
from annotator.services.project import Project
from annotator.store import decisions
from annotator.store.annotators import GOLD, name_key
from annotator.store.studying import StatusFilter, StudyFacts, gold_documents, shared_documents, study_facts


CHUNK = 8
"""Documents that a process gets at once."""

FEW = 4 * CHUNK
"""So many documents are done before another process has started."""


@dataclass(frozen=True, slots=True)
class StudyOptions:
    """What to measure, and how.

    Attributes:
        status: "any", or "done" for work that its annotator finished.
        who: The annotators to compare; all where there are none.
        labels: The labels to look at; all where there are none.
        samples: Chance samples of γ for each document; 0 leaves γ out.
        seed: Of γ and of the bootstrap.
        jobs: How many processes measure; None is one for each processor. The figures are the same.
    """

    status: StatusFilter = "any"
    who: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    samples: int = 30
    seed: int = 0
    jobs: int | None = None


def study_documents(
    project: Project, *, status: StatusFilter = "any", annotators: Sequence[str] = ()
) -> Iterator[StudyDocument]:
    """The documents with work of at least two annotators, by doc_id; a few at a time are in memory.

    Args:
        project: An open project.
        status: "any", or "done" for work that its annotator finished.
        annotators: Whom to compare; all where there are none. Gold is no annotator.

    Raises:
        UsageError: There is no annotator of one of the names.
    """
    return map(_with_versions, map(study_document, shared_documents(project.store, status=status, names=annotators)))


def _with_versions(document: StudyDocument) -> StudyDocument:
    """A document with the version of the schema that each annotator worked under last."""
    versions = {
        name: max(one.schema_version for one in state.annotations)
        for name, state in document.work.items()
        if state.annotations
    }
    return replace(document, schema_versions=versions)


def measure(
    project: Project, options: StudyOptions, on_progress: Callable[[int, int], None] = lambda done, total: None
) -> Report:
    """Measure the agreement in a project.

    Args:
        project: An open project.
        options: What to measure, and how.
        on_progress: Called with the number of documents measured, and of all.

    Raises:
        UsageError: There is no such annotator or label, or nothing to compare.
        DataError: A process that measures was killed.
    """
    _check_labels(project.schema, options.labels)
    facts = study_facts(project.store, status=options.status, names=options.who)
    settings = Settings(options.labels, options.samples, options.seed)
    gold, unsettled = _gold_counts(project, options, settings, lambda: on_progress(0, facts.documents))
    if not (facts.documents or gold):
        raise _nothing_to_compare(facts, options)
    documents = study_documents(project, status=options.status, annotators=options.who)
    counted = _with_progress(
        _counted(documents, facts.documents, project.schema, settings, options.jobs), facts.documents, on_progress
    )
    about = {
        "status": options.status,
        "documents_with_one_annotator_left_out": facts.single,
        "unfinished_work_left_out": facts.unfinished,
        "documents_with_unsettled_gold_left_out": unsettled,
    }
    return build_report(counted, project.schema, settings, gold=gold, facts=about)


def _check_labels(schema: Schema, labels: Iterable[str]) -> None:
    known = [label.id for label in schema.labels] + [label.id for label in schema.document_labels]
    for label in labels:
        if label not in known:
            raise UsageError(f"the schema has no label {label!r}", hint=f"Labels: {', '.join(known)}.")


def _nothing_to_compare(facts: StudyFacts, options: StudyOptions) -> UsageError:
    if facts.unfinished:
        hint = f"--status done leaves out work that is not done ({facts.unfinished:,} times): try --status any."
    elif options.who:
        hint = "Leave --who out to compare everybody, or name annotators who worked on the same documents."
    elif facts.single:
        hint = f"{facts.single:,} have work of one annotator: have another one annotate some of the same documents."
    else:
        hint = "Import annotations, or annotate documents with `annotator annotate --as NAME`."
    return UsageError("there is nothing to compare: no document has work of two annotators", hint=hint)


def _with_progress(
    counted: Iterable[DocumentCounts], total: int, on_progress: Callable[[int, int], None]
) -> Iterator[DocumentCounts]:
    for number, counts in enumerate(counted, 1):
        yield counts
        on_progress(number, total)


def _counted(
    documents: Iterator[StudyDocument], total: int, schema: Schema, settings: Settings, jobs: int | None
) -> Iterator[DocumentCounts]:
    """Count documents, in their order; with several processes a few chunks are under way at any time."""
    jobs = min(jobs or os.cpu_count() or 1, -(-total // CHUNK))
    if jobs <= 1 or total <= FEW:
        yield from (count_document(document, schema, settings) for document in documents)
        return
    # A forked process would have this one's connection to the database.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_leave_interrupts_to_parent)
    waiting: deque[Future[list[DocumentCounts]]] = deque()
    try:
        while chunk := list(islice(documents, CHUNK)):
            waiting.append(pool.submit(_count_chunk, chunk, schema, settings))
            if len(waiting) > 2 * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise DataError(
            "a process that measures was killed, perhaps for lack of memory", hint="Try again with --jobs 1."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _count_chunk(documents: Sequence[StudyDocument], schema: Schema, settings: Settings) -> list[DocumentCounts]:
    return [count_document(document, schema, settings) for document in documents]


def _gold_counts(
    project: Project, options: StudyOptions, settings: Settings, on_document: Callable[[], None]
) -> tuple[list[GoldCounts], int]:
    """What the documents with settled gold add, and in how many the gold is not settled yet."""
    wanted = {name_key(name) for name in options.who}
    counts: list[GoldCounts] = []
    unsettled = 0
    for row, shared in gold_documents(project.store):
        on_document()
        document = study_document(shared)
        if not _is_settled(project, row, document):
            unsettled += 1
            continue
        work = {
            name: state
            for name, state in document.work.items()
            if name == GOLD
            or ((not wanted or name_key(name) in wanted) and (options.status == "any" or state.status == "done"))
        }
        if len(work) > 1:
            counts.append(count_against_gold(replace(document, work=work), GOLD, settings))
    return counts, unsettled


def _is_settled(project: Project, row: int, document: StudyDocument) -> bool:
    """Whether every item is decided, of all work or of what is done: what is not would count as somebody's error."""
    with project.store.read() as connection:
        ledger = Ledger([decision_of(one) for one in decisions.in_force(connection, [row]).get(row, ())])
    gold = document.work[GOLD]
    people = {name: state for name, state in document.work.items() if name != GOLD}
    done = {name: state for name, state in people.items() if state.status == "done"}
    return any(
        all(
            ledger.standing(item).name == "settled"
            for item in with_gone(items_of(replace(document, work=work), project.schema), ledger, gold)
        )
        for work in (people, done)
        if work
    )
