"""Running suggesters over documents and storing what they propose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic

from annotator.model.schema import Schema
from annotator.services.project import Project, now
from annotator.services.sites import Sites, site_of
from annotator.store import documents, suggestions
from annotator.store.documents import Reading
from annotator.store.engine import Connection
from annotator.store.suggestions import Run
from annotator.suggest.contract import DocumentView, Suggester
from annotator.suggest.running import run


WRITE_SECONDS = 0.5
"""What was found is written so often: each writing keeps annotators waiting for a moment."""

PIECE = 20
"""Documents read at once."""


@dataclass
class SuggestReport:
    """What came of a run.

    Attributes:
        documents: How many were looked at.
        suggestions: How many there are now for them, by suggester and label.
        refused: How many proposals broke the contract, by suggester and reason.
        failures: What went wrong, by suggester: the first message and in how many documents.
    """

    documents: int = 0
    suggestions: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    failures: dict[str, tuple[str, int]] = field(default_factory=dict)


def view_of(reading: Reading, schema: Schema, sites: Sites, connection: Connection) -> DocumentView:
    """What a suggester sees of a document."""
    site = site_of(reading.meta)
    return DocumentView(
        doc_id=reading.doc_id,
        text=reading.text,
        title=reading.title,
        title_span=reading.title_span,
        meta=reading.meta,
        labels=frozenset(label.id for label in schema.labels),
        relations=frozenset(relation.id for relation in schema.relations),
        site=site,
        site_lines=sites.lines(connection, site),
        main_text=reading.main_text,
    )


def suggest(
    project: Project,
    suggesters: Sequence[Suggester],
    document_ids: Sequence[int],
    *,
    sites: Sites | None = None,
    stop: Callable[[], bool] = lambda: False,
    on_document: Callable[[int], object] = lambda _done: None,
) -> SuggestReport:
    """Run suggesters over documents; what they proposed before for these is replaced, but for what was answered.

    Args:
        project: Where the documents are.
        suggesters: What to run.
        document_ids: The documents' rows, in the order of import.
        sites: What the pages of each site share, where that is known already.
        stop: Asked after each document whether to leave it at that.
        on_document: Called with the number of documents stored so far.

    Returns:
        What came of it, for as many of the documents, from the first on, as were looked at.

    Raises:
        StoreError: Something could not be read or written; what was stored before is kept.
    """
    report = SuggestReport()
    waiting: list[Run] = []
    written = monotonic()
    if sites is None:
        sites = sites_of(project)
    for runs in _look(project, suggesters, document_ids, sites, report):
        waiting += runs
        is_over = stop()
        if is_over or monotonic() - written > WRITE_SECONDS or report.documents == len(document_ids):
            _store(project, waiting)
            waiting, written = [], monotonic()
            on_document(report.documents)
        if is_over:
            break
    return report


def sites_of(project: Project) -> Sites:
    """What the pages of each site share."""
    with project.store.read() as connection:
        return Sites(connection)


def _look(
    project: Project, suggesters: Sequence[Suggester], document_ids: Sequence[int], sites: Sites, report: SuggestReport
) -> Iterator[list[Run]]:
    """Run suggesters over documents, one after the other, and count in a report; nothing is stored."""
    for first in range(0, len(document_ids), PIECE):
        with project.store.read() as connection:
            views = [
                (reading.id, view_of(reading, project.schema, sites, connection))
                for reading in documents.readings(connection, document_ids[first : first + PIECE])
            ]
        for document_id, view in views:
            yield _look_at(document_id, view, suggesters, project.schema, report)


def _look_at(
    document_id: int, view: DocumentView, suggesters: Sequence[Suggester], schema: Schema, report: SuggestReport
) -> list[Run]:
    outcome = run(suggesters, view, schema)
    report.documents += 1
    found: list[Run] = []
    for suggester, one in zip(suggesters, outcome.runs, strict=True):
        version = one.origin.rpartition("@")[2] or str(
            getattr(suggester, "version", "")
        )  # one that failed has no origin
        found.append(Run(document_id, one.name, version, one.suggestions, one.failure))
        report.suggestions.update((one.name, each.label) for each in one.suggestions.suggestions)
        report.refused.update((one.name, each.why) for each in one.refused)
        if one.failure:
            first, count = report.failures.get(one.name, (one.failure, 0))
            report.failures[one.name] = first, count + 1
    return found


def _store(project: Project, runs: Sequence[Run]) -> None:
    with project.store.write() as connection:
        suggestions.put(connection, runs, now())


def all_documents(project: Project) -> list[int]:
    """The rows of all documents, in the order of import."""
    with project.store.read() as connection:
        return [document_id for document_id, _ in documents.metas(connection)]


def not_looked_at(project: Project, suggesters: Sequence[Suggester], *, failed_too: bool = False) -> list[int]:
    """The rows of the documents that some suggesters, in their present versions, have not all looked at.

    Args:
        project: Where the documents are.
        suggesters: Those who should have looked.
        failed_too: Also the documents with which one of them failed.
    """
    versions = {one.name: one.version for one in suggesters}
    with project.store.read() as connection:
        return suggestions.without(connection, versions, failed_too=failed_too)
