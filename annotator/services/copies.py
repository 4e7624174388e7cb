"""Copies of a text: finding them, and taking labels from one to the others as suggestions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.errors import N_
from annotator.model.annotation import Annotation
from annotator.model.state import AnnotationState
from annotator.model.suggestion import SuggestionSet
from annotator.services.project import Project, now
from annotator.store import annotators, documents, settings, suggestions
from annotator.store import copies as store_copies
from annotator.store.copies import Copy
from annotator.store.documents import Reading
from annotator.store.engine import Connection
from annotator.store.reading import OwnWork, work_on
from annotator.store.suggestions import Run
from annotator.suggest.checking import check
from annotator.suggest.contract import DocumentView, Link, Proposal, Proposals


NAME, VERSION = "copies", "1"
REASON = N_("labelled so in another copy of this text")

FOUND_FOR = "copies"
"""The setting that says for which documents copies were looked for last."""

MOST_WITH_A_PASSAGE = 50
"""A paragraph on more documents than this is furniture, and says nothing about copies."""

TITLE = 30
"""Code points of the title by which people know the copy again."""

PIECE = 500
"""Documents read at once."""

NOT_TAKEN = frozenset({"spillover"})
"""What is another article on one page may be the article itself on the next."""


@dataclass(frozen=True, slots=True)
class CopyMember:
    """A document of a cluster, with its likeness to the cluster's first one, 0 to 1."""

    doc_id: str
    title: str
    likeness: float


def find_copies(project: Project, *, on_document: Callable[[int], object] = lambda _done: None) -> None:
    """Find the near-duplicates among all documents, by their bodies, and store them.

    Raises:
        StoreError: Something could not be read or written.
    """
    from annotator.duplicates.clusters import clusters
    from annotator.duplicates.passages import paragraph_keys

    holders: dict[int, list[int]] = defaultdict(list)

    def bodies() -> Iterator[tuple[int, str]]:
        for number, (document_id, body) in enumerate(_bodies(project, ids), 1):
            for key in paragraph_keys(body):
                if len(holders[key]) <= MOST_WITH_A_PASSAGE:
                    holders[key].append(document_id)
            on_document(number)
            yield document_id, body

    with project.store.read() as connection:
        ids = [document_id for document_id, _ in documents.metas(connection)]
        found_for = store_copies.newest(connection)
    found = clusters(bodies()).clusters
    copies = [Copy(member.key, cluster.id, member.similarity) for cluster in found for member in cluster.members]
    passages = [
        (key, document_id)
        for key, some in holders.items()
        if 1 < len(some) <= MOST_WITH_A_PASSAGE
        for document_id in some
    ]
    with project.store.write() as connection:
        store_copies.replace_all(connection, copies, passages)
        settings.put(connection, FOUND_FOR, found_for)


def is_outdated(project: Project) -> bool:
    """Whether there are documents among which nobody has looked for copies."""
    with project.store.read() as connection:
        return settings.get(connection, FOUND_FOR) != store_copies.newest(connection)


def list_copies(project: Project) -> list[list[CopyMember]]:
    """The clusters, each with its documents in the order of import, the largest first."""
    with project.store.read() as connection:
        found = store_copies.clusters(connection)
    groups = [[CopyMember(doc_id, title, copy.likeness) for copy, doc_id, title in group] for group in found.values()]
    return sorted(groups, key=lambda group: (-len(group), group[0].doc_id))


def _bodies(project: Project, ids: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Documents without what is suggested to be furniture in them."""
    labels = project.schema.furniture()
    for first in range(0, len(ids), PIECE):
        some = ids[first : first + PIECE]
        with project.store.read() as connection:
            furniture: dict[int, list[tuple[int, int]]] = defaultdict(list)
            for document_id, start, end in store_copies.furniture_of(connection, some, labels):
                furniture[document_id].append((start, end))
            readings = list(documents.readings(connection, some))
        for reading in readings:
            yield reading.id, "".join(_without(reading.text, furniture[reading.id]))


def _without(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[str]:
    kept = 0
    for start, end in spans:
        if start >= kept:
            yield text[kept:start]
        kept = max(kept, end)
    yield text[kept:]


# Labels from one copy to the others


def project_from(project: Project, document_id: int) -> list[int]:
    """Suggest what was labelled in a document in its copies.

    Returns:
        The rows of the documents for which something changed hands.
    """
    with project.store.read() as connection:
        targets = store_copies.neighbours(connection, document_id)
    return project_onto(project, targets)


def project_everywhere(project: Project) -> list[int]:
    """Suggest in all copies what was labelled in others."""
    with project.store.read() as connection:
        targets = store_copies.near_labelled(connection)
    return project_onto(project, targets)


def project_onto(project: Project, targets: Sequence[int]) -> list[int]:
    """Suggest in some documents what was labelled in their copies.

    Each paragraph takes the labels of one copy: of the gold before other work, of finished work before unfinished, of
    the latest before earlier.

    Returns:
        The rows of those documents that have such copies, or had them.
    """
    done: list[int] = []
    for target in targets:
        with project.store.read() as connection:
            run = _from_copies(project, connection, target)
        if run is not None:
            with project.store.write() as connection:
                suggestions.put(connection, [run], now())
            done.append(target)
    return done


@dataclass(frozen=True, slots=True)
class _Source:
    """Labels on a copy: the document, whose they are, and what they made."""

    reading: Reading
    annotator_id: int
    state: AnnotationState


def _from_copies(project: Project, connection: Connection, target: int) -> Run | None:
    """What the copies of a document propose for it; None where no copy is labelled, nor was."""
    sources = _sources(connection, store_copies.neighbours(connection, target, labelled=True))
    if not sources:
        return Run(target, NAME, VERSION) if store_copies.rests_on_labels(connection, target) else None
    reading = next(documents.readings(connection, [target]))
    view = DocumentView(reading.doc_id, reading.text)
    found, made_by, taken = SuggestionSet(), dict[str, int](), list[tuple[int, int]]()
    for source in sources:
        proposals = _projected(source, reading.text, taken)
        checked = check(proposals, view, project.schema, f"{NAME}@{VERSION}").suggestions
        made_by |= {one.id: source.annotator_id for one in checked.suggestions if one.id not in made_by}
        known = found.by_id
        new = [one for one in checked.suggestions if one.id not in known]
        found = SuggestionSet.of([*found.suggestions, *new], [*found.relations, *checked.relations])
    return Run(target, NAME, VERSION, found, made_by=made_by)


def _sources(connection: Connection, neighbours: Sequence[int]) -> list[_Source]:
    """The labelled ones of some documents, the most reliable work first, one of each document."""
    gold = annotators.find_gold(connection)
    whose = [id_ for id_, _ in annotators.all_names(connection)] + ([] if gold is None else [gold])
    best: dict[int, tuple[tuple[bool, bool, str], int, OwnWork]] = {}
    for document_id, works in work_on(connection, neighbours, whose).items():
        for annotator_id, own in works.items():
            rank = (annotator_id == gold, own.state.status == "done", own.changed_at)
            if own.state.annotations and (document_id not in best or rank > best[document_id][0]):
                best[document_id] = rank, annotator_id, own
    order = sorted(best, key=lambda document_id: best[document_id][0], reverse=True)
    readings = {reading.id: reading for reading in documents.readings(connection, order)}
    return [_Source(readings[one], best[one][1], best[one][2].state) for one in order]


def _projected(source: _Source, text: str, taken: list[tuple[int, int]]) -> Proposals:
    """What a copy proposes, in the paragraphs that no other has taken; these are taken then."""
    from annotator.duplicates.passages import shared_passages
    from annotator.duplicates.projection import project as project_spans

    passages = [
        passage for passage in shared_passages(source.reading.text, text) if not _overlaps(passage.other, taken)
    ]
    taken += [passage.other for passage in passages]
    annotations = [one for one in source.state.annotations if not one.hidden and one.label not in NOT_TAKEN]
    spans = project_spans([(one.start, one.end) for one in annotations], source.reading.text, text, passages)
    evidence = f"{source.reading.title[:TITLE]} · {source.reading.doc_id}"
    proposals = tuple(
        _proposal(annotation, span, evidence)
        for annotation, span in zip(annotations, spans, strict=True)
        if span is not None
    )
    keys = {one.key for one in proposals}
    links = tuple(Link(one.label, one.head, one.tail) for one in source.state.relations if {one.head, one.tail} <= keys)
    return Proposals(proposals, links)


def _overlaps(span: tuple[int, int], others: Collection[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _proposal(annotation: Annotation, span: tuple[int, int], evidence: str) -> Proposal:
    return Proposal(
        *span, annotation.label, REASON, evidence, attributes=dict(annotation.attributes), key=annotation.id
    )
