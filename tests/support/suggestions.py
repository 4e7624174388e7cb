"""Suggestions for tests, made by hand or by hypothesis, and put into projects as suggesters' work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hypothesis import strategies as st

from annotator.model.suggestion import SuggestedRelation, Suggestion, SuggestionSet
from annotator.services.looking import find_document
from annotator.services.project import Project, now
from annotator.store import suggestions
from annotator.store.suggestions import Run
from tests.support.model import SCHEMA, attributes, relations, spans


SUGGESTERS = ("copies", "tokens", "furniture", "attribution", "somebodys")


def suggestion(
    suggestion_id: str = "s1", start: int = 0, end: int = 5, label: str = "claim", **fields: Any
) -> Suggestion:
    """A suggestion with the attributes of nobody's schema unless others are given."""
    given = {"attributes": (), "origin": "attribution@1", "reason": "a verb of saying"} | fields
    return Suggestion(suggestion_id, start, end, label, **given)


@st.composite
def suggested(draw: st.DrawFn) -> SuggestionSet:
    """What suggesters may propose under `SCHEMA`, with relations among it, of those that can be and others."""
    found = []
    for number in range(draw(st.integers(0, 8))):
        label = draw(st.sampled_from(SCHEMA.labels))
        start, end = draw(spans())
        origin = f"{draw(st.sampled_from(SUGGESTERS))}@1"
        found.append(Suggestion(f"a{number}", start, end, label.id, draw(attributes(label)), origin))
    related = draw(st.lists(relations("r"), max_size=6))
    return SuggestionSet.of(found, [SuggestedRelation(one.label, one.head, one.tail) for one in related])


def put(  # as many as a run has
    project: Project,
    doc_id: str,
    some: Iterable[Suggestion] = (),
    *,
    related: Iterable[SuggestedRelation] = (),
    suggester: str = "attribution",
    version: str = "1",
    failure: str = "",
    made_by: Mapping[str, int] | None = None,
) -> None:
    """Store what a suggester says of a document."""
    found = SuggestionSet.of(some, related)
    run = Run(find_document(project, doc_id), suggester, version, found, failure, made_by or {})
    with project.store.write() as connection:
        suggestions.put(connection, [run], now())


def loaded(project: Project, doc_id: str) -> SuggestionSet:
    """All that is proposed for a document."""
    with project.store.read() as connection:
        return suggestions.load(connection, find_document(project, doc_id))
