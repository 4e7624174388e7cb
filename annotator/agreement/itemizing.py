"""From what several annotators made of a document to items, the versions of each, and the one to suggest."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from operator import attrgetter

from annotator.agreement.items import Content, Item, Link, Version, Vote, content
from annotator.agreement.joining import Marked, cover, things
from annotator.agreement.kinds import differences, gravest, spans_agree
from annotator.agreement.study import StudyDocument
from annotator.model.annotation import Annotation, Relation
from annotator.model.schema import Schema
from annotator.model.state import reading_order


@dataclass(slots=True)
class _Draft:
    """An item in the making: what each annotator has in it, by name.

    Attributes:
        relations: Those that it owns.
        leaving: Those that start in it, or end in it where their start is hidden.
    """

    group: str
    start: int = 0
    end: int = 0
    annotations: dict[str, list[Annotation]] = field(default_factory=dict)
    document_labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    relations: dict[str, list[Relation]] = field(default_factory=dict)
    leaving: dict[str, list[Relation]] = field(default_factory=dict)


def items_of(document: StudyDocument, schema: Schema) -> tuple[Item, ...]:
    """All items of a document by start, end and group; the one of its labels, where anybody gave one, is the last.

    Every span that is not hidden is in exactly one item, and every relation whose ends are not both hidden.
    """
    names = sorted(document.work)
    drafts = sorted(_drafts(document, schema), key=attrgetter("start", "end", "group"))
    given = {name: document.work[name].document_labels for name in names}
    if any(given.values()):
        drafts.append(_Draft("document", document_labels=given))
    agreed = [spans_agree([draft.annotations.get(name, ()) for name in names]) for draft in drafts]
    homes = {
        (name, one.id): number
        for number, draft in enumerate(drafts)
        for name, marked in draft.annotations.items()
        for one in marked
    }
    _give_relations(document, drafts, homes, agreed)
    keys = [_key(draft, names) for draft in drafts]
    disputed = frozenset(key for key, is_agreed in zip(keys, agreed, strict=True) if not is_agreed)
    return tuple(
        _item(document.text, draft, key, [_vote(name, number, draft, keys, homes) for name in names], disputed)
        for number, (draft, key) in enumerate(zip(drafts, keys, strict=True))
    )


def versions(item: Item) -> tuple[Version, ...]:
    """The votes of an item by content: those of most annotators first, then any content before none, then by place."""
    found: dict[Content, list[Vote]] = {}
    for vote in item.votes:
        found.setdefault(content(vote), []).append(vote)

    def order(entry: tuple[Content, list[Vote]]) -> tuple[object, ...]:
        (spans, links, labels), votes = entry
        places = [(start, -end, label, attributes) for start, end, label, attributes in spans]
        return -len(votes), not (spans or labels), places, links, labels

    return tuple(Version(tuple(votes)) for _, votes in sorted(found.items(), key=order))


def suggested(item: Item) -> Version | None:
    """The version to offer first.

    It is the one of most annotators. Of several with as many it is the one with content; of several with content the
    longest, where no two versions with content differ by more than trivial boundaries, else the one most like all
    other versions: by intersection over union in characters, once with the labels and once without. What is still
    equal goes by place.

    Returns:
        None for the labels of a document, where as many annotators gave others.
    """
    found = versions(item)
    most = [version for version in found if len(version.votes) == len(found[0].votes)]
    if len(most) == 1:
        return most[0]
    if item.group == "document":
        return None
    filled = [version for version in found if not version.is_empty]
    leading = [version for version in most if not version.is_empty]
    if _differ_trivially(item, filled):
        return max(leading, key=lambda version: cover((one.start, one.end) for one in version.annotations))
    return max(leading, key=lambda version: sum(_likeness(version, other) for other in filled if other is not version))


def _differ_trivially(item: Item, filled: Sequence[Version]) -> bool:
    """Whether nothing but trivial boundaries lies between some versions."""
    names = {name for version in filled for name in version.annotators}
    return all(one.is_trivial for one in item.differences if one.one in names and one.other in names)


def _likeness(one: Version, other: Version) -> float:
    """Intersection over union of the characters with their labels, plus that of the characters alone."""
    labels = sorted({annotation.label for annotation in (*one.annotations, *other.annotations)})
    covers = [_covers(one, other, {label}) for label in labels]
    shared, together = map(sum, zip(*covers, strict=True))
    plain_shared, plain_together = _covers(one, other, labels)
    return shared / together + plain_shared / plain_together


def _covers(one: Version, other: Version, labels: Container[str]) -> tuple[int, int]:
    """How many characters both versions cover with annotations of some labels, and how many either does."""
    mine, yours = (
        [(mark.start, mark.end) for mark in version.annotations if mark.label in labels] for version in (one, other)
    )
    together = cover([*mine, *yours])
    return cover(mine) + cover(yours) - together, together


def _drafts(document: StudyDocument, schema: Schema) -> Iterator[_Draft]:
    marked = [
        Marked(name, annotation)
        for name, state in sorted(document.work.items())
        for annotation in state.annotations
        if not annotation.hidden
    ]
    marked.sort(key=lambda mark: reading_order(mark.annotation))
    furniture = schema.furniture()
    for thing in things(marked):
        is_furniture = all(mark.annotation.label in furniture for mark in thing)
        last = max(mark.annotation.end for mark in thing)
        draft = _Draft("furniture" if is_furniture else "text", thing[0].annotation.start, last)
        for name, annotation in thing:
            draft.annotations.setdefault(name, []).append(annotation)
        yield draft


def _give_relations(
    document: StudyDocument, drafts: Sequence[_Draft], homes: Mapping[tuple[str, str], int], agreed: Sequence[bool]
) -> None:
    """Give each relation to its owner: the item of its head, or of its tail where only that one's spans are disputed.

    So a dispute about a span carries the relations at it along.
    """
    for name, state in document.work.items():
        for relation in state.relations:
            head, tail = homes.get((name, relation.head)), homes.get((name, relation.tail))
            owner = tail if head is None or (tail is not None and agreed[head] and not agreed[tail]) else head
            if owner is not None:
                drafts[owner].relations.setdefault(name, []).append(relation)
                drafts[owner if head is None else head].leaving.setdefault(name, []).append(relation)


def _key(draft: _Draft, names: Sequence[str]) -> str:
    """A hash of what the annotators have in an item, the same in any order of making.

    Who has nothing there does not count: that somebody joins later and marks other things changes no item.
    """
    votes = [
        (
            name,
            [(one.id, one.start, one.end, one.label, one.attributes) for one in draft.annotations.get(name, ())],
            sorted((one.label, one.head, one.tail, one.attributes) for one in draft.leaving.get(name, ())),
            draft.document_labels.get(name, ()),
        )
        for name in names
        if draft.annotations.get(name) or draft.document_labels.get(name)
    ]
    return sha256(json.dumps([vote for vote in votes if any(vote[1:])]).encode()).hexdigest()[:16]


def _vote(name: str, number: int, draft: _Draft, keys: Sequence[str], homes: Mapping[tuple[str, str], int]) -> Vote:
    links = []
    for one in draft.relations.get(name, ()):
        head, tail = homes.get((name, one.head)), homes.get((name, one.tail))
        other = tail if head == number else head
        links.append(Link(one.id, one.label, one.head, one.tail, one.attributes, "" if other is None else keys[other]))
    links.sort(key=lambda link: (link.label, link.head, link.tail))
    labels = draft.document_labels.get(name, ())
    return Vote(name, tuple(draft.annotations.get(name, ())), tuple(links), labels)


def _item(text: str, draft: _Draft, key: str, votes: Sequence[Vote], disputed: frozenset[str]) -> Item:
    apart = differences(text, votes, disputed)
    kind = gravest(one.kind for one in apart)
    return Item(key, draft.group, draft.start, draft.end, tuple(votes), kind, apart)
