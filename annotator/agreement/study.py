"""A study: the same documents with what several annotators made of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.model.state import AnnotationState


Unit = tuple[int, int, str]
"""A span [start, end) and its label, as the measures take it."""


@dataclass(frozen=True, slots=True)
class StudyDocument:
    """One document of a study.

    Attributes:
        work: What each annotator made, by name; who is not in it did not see the document, who has an empty state
            found nothing in it.
        changed_at: When each annotator changed it last, ISO 8601, where that is known.
        schema_versions: The version of the schema that each annotator worked under last, where that is known.
    """

    doc_id: str
    title: str
    text: str
    work: Mapping[str, AnnotationState]
    changed_at: Mapping[str, str]
    schema_versions: Mapping[str, int]


def units(state: AnnotationState) -> list[Unit]:
    """The spans of a state in reading order, equal ones once; hidden ones are nowhere in the text and left out."""
    return list(dict.fromkeys((one.start, one.end, one.label) for one in state.annotations if not one.hidden))
