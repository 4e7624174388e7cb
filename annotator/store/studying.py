"""Reading what several annotators made of the same documents, in pieces that fit in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Select, Subquery, Table, func, select, union

from annotator.model.state import AnnotationState
from annotator.store import annotators
from annotator.store.annotators import GOLD
from annotator.store.engine import Store
from annotator.store.reading import PIECE, OwnWork, work_on
from annotator.store.tables import ANNOTATION, CONTENT, DOCUMENT, DOCUMENT_LABEL, PROGRESS, RELATION


StatusFilter = Literal["any", "done"]


@dataclass(frozen=True, slots=True)
class SharedDocument:
    """A document that several annotators worked on.

    Attributes:
        work: What each of them made, by name.
        changed_at: When each of them changed it last, ISO 8601.
    """

    doc_id: str
    title: str
    text: str
    work: dict[str, AnnotationState]
    changed_at: dict[str, str]


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """What there is to study.

    Attributes:
        annotators: Those asked for who have begun anything, by name.
        documents: With work of at least two of them.
        single: Documents that only one of them worked on.
        unfinished: Pieces of work, each one annotator's in one document, left out because they are not done.
    """

    annotators: tuple[str, ...]
    documents: int
    single: int
    unfinished: int


def study_facts(store: Store, *, status: StatusFilter = "any", names: Sequence[str] = ()) -> StudyFacts:
    """Count what `shared_documents` would give, and what it leaves out.

    Raises:
        UsageError: There is no annotator of one of the names.
    """
    with store.read() as connection:
        people = people_of(connection, names)
        begun = _begun(status, people)
        per_document = select(func.count()).select_from(begun).group_by(begun.c.document_id)
        numbers = Counter(connection.execute(per_document).scalars())
        ids = set(connection.execute(select(begun.c.annotator_id).distinct()).scalars())
        everything = _begun("any", people)
        pieces = connection.execute(select(func.count()).select_from(everything)).scalar_one()
    return StudyFacts(
        tuple(name for id_, name in people.items() if id_ in ids),
        sum(documents for number, documents in numbers.items() if number > 1),
        numbers[1],
        pieces - sum(number * documents for number, documents in numbers.items()),
    )


def shared_documents(
    store: Store, *, status: StatusFilter = "any", names: Sequence[str] = ()
) -> Iterator[SharedDocument]:
    """The documents with work of at least two annotators, by doc_id.

    Somebody counts in a document where they made anything or finished or flagged it; who only opened it does not,
    and gold never does. Each piece of documents is read in a transaction of its own, since one that lasts as long as
    the figures take would keep annotators from saving.

    Args:
        store: The database.
        status: "any", or "done" for work that its annotator finished.
        names: The annotators to compare; all where there are none.

    Raises:
        UsageError: There is no annotator of one of the names.
    """
    with store.read() as connection:
        people = people_of(connection, names)
        begun = _begun(status, people)
        several = select(begun.c.document_id).group_by(begun.c.document_id).having(func.count() > 1)
        ids = _by_doc_id(connection, several)
    yield from _in_pieces(store, ids, people, status)


def gold_documents(store: Store) -> Iterator[tuple[int, SharedDocument]]:
    """The documents with gold, which is `GOLD` among the work, and their rows, by doc_id.

    Only those that some annotator worked on, too. The gold is empty where everything was rejected.
    """
    with store.read() as connection:
        gold, people = annotators.find_gold(connection), people_of(connection, ())
        decided = select(PROGRESS.c.document_id).where(PROGRESS.c.annotator_id == gold)
        also = decided.where(PROGRESS.c.document_id.in_(select(_begun("any", people).c.document_id)))
        ids = _by_doc_id(connection, also) if gold is not None else []
    if gold is not None:
        for row in ids:
            with store.read() as connection:
                for document in read_documents(connection, [row], people | {gold: GOLD}, "any"):
                    yield row, document


def people_of(connection: Connection, names: Sequence[str]) -> dict[int, str]:
    """The annotators to compare, by name, without gold; everybody where no names are given.

    Raises:
        UsageError: There is no annotator of one of the names.
    """
    wanted = {annotators.require(connection, name) for name in names}
    return {id_: name for id_, name in annotators.all_names(connection) if id_ in wanted or not names}


def _begun(status: StatusFilter, people: Collection[int]) -> Subquery:
    """The documents and annotators with work that counts."""
    finished = PROGRESS.c.status == "done" if status == "done" else PROGRESS.c.status != "open"
    queries = [_places(PROGRESS, people).where(finished)]
    if status == "any":
        queries += [_places(table, people) for table in (ANNOTATION, RELATION, DOCUMENT_LABEL)]
    return union(*queries).subquery()


def _places(table: Table, people: Collection[int]) -> Select[Any]:
    return select(table.c.document_id, table.c.annotator_id).where(table.c.annotator_id.in_(people))


def _by_doc_id(connection: Connection, documents: Select[Any]) -> list[int]:
    query = select(DOCUMENT.c.id).where(DOCUMENT.c.id.in_(documents)).order_by(DOCUMENT.c.doc_id)
    return list(connection.execute(query).scalars())


def _in_pieces(
    store: Store, ids: Sequence[int], people: dict[int, str], status: StatusFilter
) -> Iterator[SharedDocument]:
    """The documents, without those that have meanwhile lost what made them count."""
    for first in range(0, len(ids), PIECE):
        with store.read() as connection:
            piece = list(read_documents(connection, ids[first : first + PIECE], people, status))
        yield from (document for document in piece if len(document.work) > 1)


def read_documents(
    connection: Connection, ids: Sequence[int], people: dict[int, str], status: StatusFilter
) -> Iterator[SharedDocument]:
    """Documents with the work of some annotators, by doc_id.

    Args:
        connection: A transaction.
        ids: The rows of the documents, some hundreds at most.
        people: The names of the annotators to read, by row.
        status: "any", or "done" for work that its annotator finished; it does not concern gold.
    """
    work = work_on(connection, ids, people)

    def counts(name: str, own: OwnWork) -> bool:
        has_begun = any(kind != "note" for kind, _id in own.state.values)
        return name == GOLD or (has_begun and (status == "any" or own.state.status == "done"))

    columns = (DOCUMENT.c.id, DOCUMENT.c.doc_id, DOCUMENT.c.title, CONTENT.c.text)
    joined = select(*columns).join(CONTENT, CONTENT.c.document_id == DOCUMENT.c.id).where(DOCUMENT.c.id.in_(ids))
    for row in connection.execute(joined.order_by(DOCUMENT.c.doc_id)):
        here = work.get(row.id, {})
        own = {name: here[id_] for id_, name in people.items() if id_ in here and counts(name, here[id_])}
        states = {name: one.state for name, one in own.items()}
        yield SharedDocument(
            row.doc_id, row.title, row.text, states, {name: one.changed_at for name, one in own.items()}
        )
