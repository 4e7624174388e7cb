"""What annotators chose among given values: attributes of the same things, and labels of whole documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from annotator.agreement.items import Item
from annotator.agreement.report.gathering import Key
from annotator.agreement.study import StudyDocument
from annotator.model.annotation import Annotation
from annotator.model.schema import Attribute, Schema


Rating = tuple[tuple[str, str], ...]
"""Of one unit: pairs of annotator and value, by annotator."""

Patterns = Counter[Rating]
"""How often there are which ratings; the counts of documents add up."""

CHOICE = ("no", "yes")
"""Whether an annotator gave a document a label."""


def attribute_ratings(items: Sequence[Item], schema: Schema) -> dict[Key, Patterns]:
    """For each attribute with given values: the values that the annotators of each thing gave it.

    A thing is what one item holds of one label, where nobody has more than one span of it there; else it is all spans
    with the same offsets. So the annotators need not agree about its edges. A text that annotators write themselves is
    nothing to compare, and is left out.

    Returns:
        By ("attribute", label, attribute); also the ratings of things that one annotator alone marked.
    """
    found: defaultdict[Key, Patterns] = defaultdict(Counter)
    choices = {label.id: [one for one in label.attributes if one.type != "text"] for label in schema.labels}
    for item in items:
        for label, thing in _things(item):
            for attribute in choices.get(label, ()):
                rating = tuple((name, _value(one, attribute)) for name, one in sorted(thing.items()))
                found["attribute", label, attribute.id][rating] += 1
    return dict(found)


def _value(annotation: Annotation, attribute: Attribute) -> str:
    return dict(annotation.attributes).get(attribute.id, attribute.default)


def _things(item: Item) -> Iterator[tuple[str, Mapping[str, Annotation]]]:
    """The things of an item: the label of each, and the annotations by annotator."""
    for label in item.labels:
        spans = {vote.annotator: [one for one in vote.annotations if one.label == label] for vote in item.votes}
        if all(len(of_one) <= 1 for of_one in spans.values()):
            yield label, {name: one for name, of_one in spans.items() for one in of_one}
            continue
        places: defaultdict[tuple[int, int], dict[str, Annotation]] = defaultdict(dict)
        for name, of_one in spans.items():
            for one in of_one:
                places[one.start, one.end].setdefault(name, one)
        yield from ((label, thing) for _, thing in sorted(places.items()))


def document_ratings(document: StudyDocument, labels: Iterable[str]) -> dict[Key, Patterns]:
    """For each of some document labels: whether each annotator gave it ("yes" or "no"). Each document is one unit.

    Returns:
        By ("document label", label).
    """
    given = {name: document.work[name].document_labels for name in sorted(document.work)}
    return {
        ("document label", label): Counter([tuple((name, CHOICE[label in of_one]) for name, of_one in given.items())])
        for label in labels
    }
