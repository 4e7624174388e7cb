"""Near-duplicate documents: clusters, and keys of paragraphs that several documents share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, select, union

from annotator.store.documents import LOOKUP_SIZE
from annotator.store.tables import ANNOTATION, COPY, DOCUMENT, PASSAGE, SUGGESTION


@dataclass(frozen=True, slots=True)
class Copy:
    """A document of a cluster: its row, that of the cluster's first document, and its likeness to that, 0 to 1."""

    document_id: int
    cluster: int
    likeness: float


def replace_all(connection: Connection, copies: Iterable[Copy], passages: Iterable[tuple[int, int]]) -> None:
    """Store what was found in the place of what was found before.

    Args:
        connection: To the database.
        copies: The documents that are in clusters.
        passages: Keys of shared paragraphs, each with the row of a document.
    """
    connection.execute(COPY.delete())
    connection.execute(PASSAGE.delete())
    rows = [{"document_id": one.document_id, "cluster": one.cluster, "likeness": one.likeness} for one in copies]
    if rows:
        connection.execute(COPY.insert(), rows)
    keys = [{"key": key, "document_id": document_id} for key, document_id in passages]
    if keys:
        connection.execute(PASSAGE.insert(), keys)


def clusters(connection: Connection) -> dict[int, list[tuple[Copy, str, str]]]:
    """The members of each cluster, with doc_id and title, by the cluster."""
    query = select(COPY, DOCUMENT.c.doc_id, DOCUMENT.c.title).join(DOCUMENT, DOCUMENT.c.id == COPY.c.document_id)
    found: dict[int, list[tuple[Copy, str, str]]] = {}
    for row in connection.execute(query.order_by(COPY.c.cluster, COPY.c.document_id)):
        member = Copy(row.document_id, row.cluster, row.likeness)
        found.setdefault(row.cluster, []).append((member, row.doc_id, row.title))
    return found


def cluster_of(connection: Connection) -> dict[int, int]:
    """The cluster of each document that is in one."""
    return {row.document_id: row.cluster for row in connection.execute(select(COPY.c.document_id, COPY.c.cluster))}


def neighbours(connection: Connection, document_id: int, *, labelled: bool = False) -> list[int]:
    """The documents that are in the same cluster as another one, or share a paragraph with it.

    Args:
        connection: To the database.
        document_id: That other one's row.
        labelled: Only those that somebody has labelled.
    """
    own_cluster = select(COPY.c.cluster).where(COPY.c.document_id == document_id).scalar_subquery()
    own_keys = select(PASSAGE.c.key).where(PASSAGE.c.document_id == document_id)
    found = union(
        select(COPY.c.document_id).where(COPY.c.cluster == own_cluster),
        select(PASSAGE.c.document_id).where(PASSAGE.c.key.in_(own_keys)),
    )
    near = set(connection.execute(found).scalars()) - {document_id}
    if labelled and near:
        near &= set(connection.execute(select(ANNOTATION.c.document_id).distinct()).scalars())
    return sorted(near)


def near_labelled(connection: Connection) -> list[int]:
    """The documents that may share text with one that somebody has labelled, or have suggestions that rest on such."""
    labelled = select(ANNOTATION.c.document_id).distinct()
    own_clusters = select(COPY.c.cluster).where(COPY.c.document_id.in_(labelled))
    own_keys = select(PASSAGE.c.key).where(PASSAGE.c.document_id.in_(labelled))
    found = union(
        select(COPY.c.document_id).where(COPY.c.cluster.in_(own_clusters)),
        select(PASSAGE.c.document_id).where(PASSAGE.c.key.in_(own_keys)),
        select(SUGGESTION.c.document_id).where(_RESTS_ON_LABELS),
    )
    return sorted(connection.execute(found).scalars())


def rests_on_labels(connection: Connection, document_id: int) -> bool:
    """Whether something is suggested for a document because others labelled its copies so."""
    theirs = select(SUGGESTION.c.id).where(SUGGESTION.c.document_id == document_id, _RESTS_ON_LABELS)
    return connection.execute(theirs.limit(1)).first() is not None


_RESTS_ON_LABELS = and_(SUGGESTION.c.made_by.is_not(None), SUGGESTION.c.is_current)


def newest(connection: Connection) -> str:
    """A word that changes when documents are added."""
    row = connection.execute(select(func.count(), func.max(DOCUMENT.c.id)).select_from(DOCUMENT)).one()
    return f"{row[0]} {row[1]}"


def furniture_of(connection: Connection, ids: Sequence[int], labels: Collection[str]) -> Iterator[tuple[int, int, int]]:
    """What is suggested as furniture in some documents: the document's row, start and end, in order."""
    columns = (SUGGESTION.c.document_id, SUGGESTION.c.start, SUGGESTION.c.end)
    for first in range(0, len(ids), LOOKUP_SIZE):
        some = SUGGESTION.c.document_id.in_(ids[first : first + LOOKUP_SIZE])
        query = select(*columns).where(some, SUGGESTION.c.label.in_(labels), SUGGESTION.c.is_current)
        for row in connection.execute(query.order_by(*columns)):
            yield row[0], row[1], row[2]
