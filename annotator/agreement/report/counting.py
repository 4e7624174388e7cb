"""What one document adds to a report: sums over its annotators, and its most disputed places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations
from statistics import fmean

from annotator.agreement.itemizing import items_of
from annotator.agreement.items import Item
from annotator.agreement.report.excerpts import gravest_places
from annotator.agreement.report.gathering import Key
from annotator.agreement.report.joint_counting import count_characters, count_gamma
from annotator.agreement.report.pair_counting import count_pair
from annotator.agreement.report.rating import Patterns, attribute_ratings, document_ratings
from annotator.agreement.report.tables import Excerpt
from annotator.agreement.report.tally import Settings, Tally
from annotator.agreement.study import StudyDocument, Unit, units
from annotator.agreement.unitizing import Sections, sections
from annotator.model.annotation import Annotation, DocumentLabel, Relation, Value
from annotator.model.schema import Schema
from annotator.model.state import AnnotationState


ON_DOCUMENT = "(document)"
"""Stands for a label where an item is about the labels of the whole document."""

Badness = tuple[bool, float, int, str]


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in the list of all.

    Attributes:
        f1: The mean over the pairs of its annotators of the F1 of exact spans; None where nobody marked anything.
        gamma: None where it is undefined or was left out.
        items, disputed: How many items there are, and how many of them are disputed.
    """

    doc_id: str
    title: str
    annotators: tuple[str, ...]
    f1: float | None
    gamma: float | None
    items: int
    disputed: int

    @property
    def badness(self) -> Badness:
        """Sort key: the worst first."""
        return self.f1 is None, self.f1 or 0.0, -self.disputed, self.doc_id


@dataclass(frozen=True, slots=True)
class DocumentCounts:
    """What a document adds to a report.

    Attributes:
        sums: Statistics that add up, by name.
        ratings: How often annotators gave a unit these values, by what was rated.
        sections: For α_U, by label; without those that are not defined here.
        places: Its gravest disagreements.
    """

    line: DocumentLine
    sums: dict[Key, tuple[float, ...]]
    ratings: dict[Key, Patterns]
    sections: dict[str, Sections]
    places: tuple[Excerpt, ...]


def count_document(document: StudyDocument, schema: Schema, settings: Settings) -> DocumentCounts:
    """Measure one document, which depends on nothing but it and the settings."""
    document = restricted(document, settings.labels)
    marked = {name: units(document.work[name]) for name in sorted(document.work)}
    spans, length = list(marked.values()), len(document.text)
    labels = settings.labels or tuple(label.id for label in schema.labels)
    items = items_of(document, schema)
    ratings = attribute_ratings(items, schema) | document_ratings(document, _document_labels(schema, settings))
    tally = Tally()
    _count_spans(tally, document, marked)
    pairs = [count_pair(tally, document, marked, one, other) for one, other in combinations(marked, 2)]
    count_characters(tally, spans, length, labels)
    gamma = count_gamma(tally, document.doc_id, spans, settings)
    for item in items:
        _count_item(tally, item)
    _count_ratings(tally, ratings)
    return DocumentCounts(
        _line(document, pairs, gamma, items),
        tally.sums,
        ratings,
        {label: found for label in labels if (found := sections(spans, length, label)) is not None},
        gravest_places(document, items),
    )


def _line(
    document: StudyDocument, pairs: Sequence[float | None], gamma: float | None, items: Sequence[Item]
) -> DocumentLine:
    defined = [f1 for f1 in pairs if f1 is not None]
    return DocumentLine(
        document.doc_id,
        document.title,
        tuple(sorted(document.work)),
        fmean(defined) if defined else None,
        gamma,
        len(items),
        sum(item.is_disputed for item in items),
    )


def _document_labels(schema: Schema, settings: Settings) -> list[str]:
    return [one.id for one in schema.document_labels if not settings.labels or one.id in settings.labels]


def restricted(document: StudyDocument, labels: Sequence[str]) -> StudyDocument:
    """A document with nothing but what bears some labels; all of it where there are none."""
    if not labels:
        return document
    work = {name: AnnotationState.of(_bearing(state, labels)) for name, state in document.work.items()}
    return replace(document, work=work)


def _bearing(state: AnnotationState, labels: Sequence[str]) -> Iterator[Value]:
    kept = {one.id for one in state.annotations if one.label in labels}
    for value in state.values.values():
        match value:
            case Annotation(id=id_) if id_ not in kept:
                continue
            case Relation(head=head, tail=tail) if not {head, tail} <= kept:
                continue
            case DocumentLabel(label=label) if label not in labels:
                continue
        yield value


def _count_spans(tally: Tally, document: StudyDocument, marked: Mapping[str, list[Unit]]) -> None:
    for name, spans in marked.items():
        tally.put("read", name, numbers=(1, len(document.text), len(spans)))
        for _, _, label in spans:
            tally.count("spans", label, name)
        hidden = document.work[name].hidden
        tally.put("hidden", numbers=(hidden,))


def _count_item(tally: Tally, item: Item) -> None:
    label = _main_label(item)
    tally.count("kinds", label, item.kind)
    boundaries = [one for one in item.differences if one.kind == "boundary"]
    if item.kind == "boundary" and all(one.is_trivial for one in boundaries):
        tally.count("trivial", label)
    differing = {(one.one, one.other): one for one in item.differences}
    filled = {vote.annotator for vote in item.votes if vote.annotations or vote.document_labels}
    for one, other in combinations((vote.annotator for vote in item.votes), 2):
        difference = differing.get((one, other))
        if difference is not None:
            tally.count("pair kinds", one, other, difference.kind)
        elif {one, other} & filled:
            tally.count("pair kinds", one, other, "agree")


def _main_label(item: Item) -> str:
    """The label that most spans of an item have; of several the first."""
    given = Counter(annotation.label for vote in item.votes for annotation in vote.annotations)
    return min(given, key=lambda label: (-given[label], label), default=ON_DOCUMENT)


def _count_ratings(tally: Tally, ratings: Mapping[Key, Patterns]) -> None:
    """Count the coincidences of values, as Krippendorff's alpha needs them."""
    for key, patterns in ratings.items():
        for rating, number in patterns.items():
            for (_, one), (_, other) in permutations(rating, 2):
                tally.put("rating", *key, one, other, numbers=(number / (len(rating) - 1),))
