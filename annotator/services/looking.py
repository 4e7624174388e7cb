"""Looking at a project: lists of documents and annotators, one document, progress."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotator.errors import UsageError
from annotator.formats.record import to_record
from annotator.model.document import Document
from annotator.model.state import AnnotationState
from annotator.model.suggestion import Suggestion, SuggestionSet
from annotator.services.project import Project
from annotator.services.visibility import Visibility, stored_visibility
from annotator.store import active_time, annotators, documents, journal, suggestions
from annotator.store.annotators import AnnotatorSummary
from annotator.store.documents import DocumentSummary


__all__ = [
    "AnnotatorSummary",
    "DocumentSummary",
    "ProjectStatus",
    "find_annotator",
    "find_document",
    "has_documents",
    "list_documents",
    "show",
    "status",
]


@dataclass(frozen=True, slots=True)
class ProjectStatus:
    """Where a project stands; `suggestions` says to whom these are shown."""

    documents: int
    annotators: list[AnnotatorSummary]
    suggestions: Visibility


def list_documents(project: Project, annotator: str | None) -> list[DocumentSummary]:
    """All documents in the order of import, with one annotator's own progress."""
    with project.store.read() as connection:
        annotator_id = annotators.find(connection, annotator) if annotator else None
        return documents.summaries(connection, annotator_id)


def has_documents(project: Project) -> bool:
    """Whether there is anything to annotate."""
    with project.store.read() as connection:
        return documents.count(connection) > 0


def find_annotator(project: Project, name: str) -> str:
    """An annotator's name as it is stored.

    Raises:
        UsageError: There is no such annotator.
    """
    with project.store.read() as connection:
        known = dict(annotators.all_names(connection))
        return known[annotators.require(connection, name)]


def find_document(project: Project, name: str) -> int:
    """The row of a document, by its doc_id or an unambiguous beginning of it.

    Raises:
        UsageError: No document, or more than one, has this name.
    """
    with project.store.read() as connection:
        exact = next(documents.identities(connection, [name]), None)
        if exact:
            return exact.id
        found = [summary for summary in documents.summaries(connection, None) if summary.doc_id.startswith(name)]
    if len(found) == 1:
        return found[0].id
    if not found:
        raise UsageError(f"there is no document {name!r}", hint="`annotator documents` lists them.")
    some = ", ".join(summary.doc_id for summary in found[:5])
    raise UsageError(f"{len(found)} documents begin with {name!r}: {some}", hint="Give more of the name.")


def show(project: Project, name: str, annotator: str, *, raw: bool) -> dict[str, Any]:
    """One document with one annotator's work, as a record, plus the suggestions for it.

    Raises:
        UsageError: No document, or more than one, has this name.
    """
    document_id = find_document(project, name)
    with project.store.read() as connection:
        document = documents.load(connection, document_id)
        annotator_id = annotators.find(connection, annotator)
        found = suggestions.load(connection, document_id)
        state, active_ms = AnnotationState(), 0
        if annotator_id is not None:
            place = annotator_id, document_id
            state, active_ms = journal.load_state(connection, place), active_time.load_time(connection, place)
    record = to_record(document, annotator, state, project.schema, raw=raw, active_ms=active_ms)
    return record | _suggested(document, found, state)


def _suggested(document: Document, found: SuggestionSet, state: AnnotationState) -> dict[str, Any]:
    """The suggestions that wait for an answer, also those that step aside on the screen."""
    waiting = [one for one in found.suggestions if one.id not in state.answers]
    ids = {one.id for one in waiting}
    return {
        "suggestions": [_suggestion(document, one) for one in waiting],
        "suggested_relations": [
            {"label": one.label, "head": one.head, "tail": one.tail}
            for one in found.relations
            if {one.head, one.tail} <= ids
        ],
    }


def _suggestion(document: Document, one: Suggestion) -> dict[str, Any]:
    raw_start, raw_end = document.map.to_source(one.start, one.end)
    return {
        "id": one.id,
        "start": one.start,
        "end": one.end,
        "raw_start": raw_start,
        "raw_end": raw_end,
        "label": one.label,
        "score": one.score,
        "origin": one.origin,
        "reason": f"{one.reason}: {one.evidence}" if one.evidence else one.reason,
        "attributes": [{"key": key, "value": value} for key, value in one.attributes],
    }


def status(project: Project) -> ProjectStatus:
    """The number of documents, and every annotator's progress."""
    with project.store.read() as connection:
        return ProjectStatus(
            documents.count(connection), annotators.summaries(connection), stored_visibility(connection)
        )
