"""What two annotators of one document add to a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from annotator.agreement.characters import label_set_coincidences
from annotator.agreement.relations import Link, RelationMatch, relation_counts_by_label
from annotator.agreement.report.gathering import Key
from annotator.agreement.report.matching import Pairing, binned, confusions, edges, f1_sums, paired
from annotator.agreement.report.tally import Tally, named
from annotator.agreement.spans import f1_of
from annotator.agreement.study import StudyDocument, Unit
from annotator.model.state import AnnotationState


RELATION_MATCHES: tuple[RelationMatch, ...] = ("exact", "aligned")


def count_pair(
    tally: Tally, document: StudyDocument, marked: Mapping[str, list[Unit]], one: str, other: str
) -> float | None:
    """Count what two annotators share.

    Returns:
        The F1 of their exact spans; None where neither marked anything.
    """
    tally.count("together", one, other)
    pairing = paired(marked[one], marked[other])
    sums = f1_sums(document.text, marked[one], marked[other], pairing)
    for (match, label), counts in sums.items():
        tally.put("f1", match, label, one, other, numbers=counts)
    _count_relations(tally, document, marked, one, other)
    _count_differences(tally, pairing)
    cells = label_set_coincidences([marked[one], marked[other]], len(document.text))
    for (mine, its), characters in cells.items():
        tally.put("pair sets", one, other, named(mine), named(its), numbers=(characters,))
    exact = sums.get(("exact", ""))
    if exact is None:
        return None
    for part in _parts(document, one, other):
        tally.put(*part, one, other, numbers=exact)
    return float(f1_of(exact))


def _count_relations(
    tally: Tally, document: StudyDocument, marked: Mapping[str, list[Unit]], one: str, other: str
) -> None:
    mine, its = (_links(document.work[name]) for name in (one, other))
    for match in RELATION_MATCHES:
        for label, counts in relation_counts_by_label(mine, its, match, marked[one], marked[other]).items():
            tally.put("f1", f"relation {match}", label, one, other, numbers=counts)
            tally.put("f1", f"relation {match}", "", one, other, numbers=counts)


def _count_differences(tally: Tally, pairing: Pairing) -> None:
    for cell in confusions(pairing):
        tally.count("confusion", *cell)
        if cell[0] != cell[1]:
            tally.count("confusion", *reversed(cell))
    for edge, difference in edges(pairing):
        if difference:
            tally.count("edge", edge, str(binned(difference)))


def _links(state: AnnotationState) -> list[Link]:
    """The relations between spans that are in the text."""
    places = {one.id: (one.start, one.end, one.label) for one in state.annotations if not one.hidden}
    return [
        (one.label, places[one.head], places[one.tail])
        for one in state.relations
        if one.head in places and one.tail in places
    ]


def _parts(document: StudyDocument, one: str, other: str) -> Iterator[Key]:
    """The parts of the study that two annotators' work is in: when the later one changed it, under which guideline."""
    moments = [document.changed_at[name] for name in (one, other) if name in document.changed_at]
    if len(moments) == 2:
        later = max(moments)
        year, week, _ = date.fromisoformat(later[:10]).isocalendar()
        yield "month", later[:7]
        yield "week", f"{year}-W{week:02}"
    versions = sorted({document.schema_versions[name] for name in (one, other) if name in document.schema_versions})
    if versions:
        yield "guideline", " and ".join(map(str, versions))
