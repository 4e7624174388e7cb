"""What all documents of a study add up to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import nsmallest
from operator import itemgetter

from annotator.agreement.report.counting import Badness, DocumentCounts, DocumentLine
from annotator.agreement.report.gathering import Gathering, Key
from annotator.agreement.report.rating import Patterns
from annotator.agreement.report.tables import Excerpt
from annotator.agreement.report.tally import Settings
from annotator.agreement.unitizing import Sections
from annotator.model.schema import Schema


WORST = 20
"""Documents whose gravest places are quoted."""


@dataclass(slots=True)
class Gathered:
    """The sums of a study, and what is listed of its documents.

    Attributes:
        ratings: As `DocumentCounts` has them.
        sections: By label and document.
        documents: Worst first.
        places: Of the worst documents.
    """

    schema: Schema
    settings: Settings
    gathering: Gathering
    ratings: defaultdict[Key, Patterns] = field(default_factory=lambda: defaultdict(Counter))
    sections: defaultdict[str, dict[str, Sections]] = field(default_factory=lambda: defaultdict(dict))
    documents: list[DocumentLine] = field(default_factory=list)
    places: tuple[Excerpt, ...] = ()

    @property
    def annotators(self) -> list[str]:
        """Everybody, by name."""
        return sorted({name for document in self.documents for name in document.annotators})

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Every two annotators with a document in common, by name."""
        return [(one, other) for _, one, other in self.gathering.keys("together")]

    def labels(self, *first: str) -> list[str]:
        """The labels of statistics whose names begin so and go on with one: the schema's order, then by name."""
        found = {key[len(first)] for key in self.gathering.keys(*first)} - {""}
        known = [label.id for label in self.schema.labels]
        return [label for label in known if label in found] + sorted(found - set(known))


def gather(documents: Iterable[DocumentCounts], schema: Schema, settings: Settings) -> Gathered:
    """Add up what documents add; nothing else of a document is kept but its line and the worst places."""
    gathered = Gathered(schema, settings, Gathering(resamples=settings.resamples, seed=settings.seed))
    worst: list[tuple[Badness, tuple[Excerpt, ...]]] = []
    for counts in documents:
        gathered.gathering.add(counts.line.doc_id, counts.sums)
        for key, patterns in counts.ratings.items():
            gathered.ratings[key].update(patterns)
        for label, sections in counts.sections.items():
            gathered.sections[label][counts.line.doc_id] = sections
        gathered.documents.append(counts.line)
        if counts.places:
            worst = nsmallest(WORST, [*worst, (counts.line.badness, counts.places)], key=itemgetter(0))
    gathered.documents.sort(key=lambda line: line.badness)
    gathered.places = tuple(place for _, places in worst for place in places)
    return gathered
