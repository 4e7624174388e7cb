"""Models learned from labels, and how unsure the last one is about each document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from annotator.store.annotators import GOLD_KEY
from annotator.store.journal import Place
from annotator.store.tables import ANNOTATOR, DOCUMENT, LEARNED_MODEL, PROGRESS, SAMPLED, UNCERTAINTY


@dataclass(frozen=True, slots=True)
class StoredModel:
    """A model as it is kept: its row, its card as JSON, itself, and when it came."""

    id: int
    card: str
    data: bytes
    at: str


def latest(connection: Connection) -> StoredModel | None:
    """The model that holds, or None."""
    row = connection.execute(select(LEARNED_MODEL).order_by(LEARNED_MODEL.c.id.desc()).limit(1)).first()
    return None if row is None else StoredModel(row.id, row.card, row.data, row.at)


def latest_id(connection: Connection) -> int | None:
    """The row of the model that holds, or None."""
    found: int | None = connection.execute(select(func.max(LEARNED_MODEL.c.id))).scalar_one()
    return found


def add(connection: Connection, card: str, data: bytes, at: str) -> int:
    """Keep a model, the card of the one before but not that one itself, and forget how unsure that one was."""
    connection.execute(UNCERTAINTY.delete())
    connection.execute(LEARNED_MODEL.update().values(data=b""))
    row = {"card": card, "data": data, "at": at}
    return int(connection.execute(LEARNED_MODEL.insert().returning(LEARNED_MODEL.c.id), row).scalar_one())


def finished(connection: Connection) -> list[Place]:
    """The annotators and documents that are done, gold too, those of a document together, the latest first."""
    query = (
        select(PROGRESS.c.annotator_id, PROGRESS.c.document_id)
        .where(PROGRESS.c.status == "done")
        .order_by(PROGRESS.c.document_id, PROGRESS.c.changed_at.desc(), PROGRESS.c.annotator_id)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]


def finished_count(connection: Connection) -> int:
    """How many documents some person is done with."""
    people = select(ANNOTATOR.c.id).where(ANNOTATOR.c.name_key != GOLD_KEY)
    done = PROGRESS.c.status == "done", PROGRESS.c.annotator_id.in_(people)
    return connection.execute(select(func.count(PROGRESS.c.document_id.distinct())).where(*done)).scalar_one()


def put_uncertainty(connection: Connection, model_id: int, values: Mapping[int, float]) -> None:
    """Store how unsure a model is about documents."""
    rows = [{"document_id": one, "model_id": model_id, "value": value} for one, value in values.items()]
    if rows:
        upsert = insert(UNCERTAINTY)
        news = {name: upsert.excluded[name] for name in ("model_id", "value")}
        connection.execute(upsert.on_conflict_do_update(index_elements=["document_id"], set_=news), rows)


def uncertainties(connection: Connection) -> dict[int, float]:
    """How unsure the last model is about each document that it has looked at."""
    return {row.document_id: row.value for row in connection.execute(select(UNCERTAINTY))}


def without_uncertainty(connection: Connection) -> list[int]:
    """The documents that the last model has not looked at, in the order of import."""
    query = select(DOCUMENT.c.id).where(DOCUMENT.c.id.not_in(select(UNCERTAINTY.c.document_id)))
    return list(connection.execute(query.order_by(DOCUMENT.c.id)).scalars())


def save_sampled(connection: Connection, place: Place, reason: str, at: str) -> None:
    """Note why a document came to an annotator; the first reason stays."""
    row = {"annotator_id": place[0], "document_id": place[1], "reason": reason, "at": at}
    connection.execute(insert(SAMPLED).on_conflict_do_nothing(), row)


def sampled(connection: Connection, document_id: int) -> dict[int, str]:
    """Why a document came to annotators, by their rows."""
    query = select(SAMPLED.c.annotator_id, SAMPLED.c.reason).where(SAMPLED.c.document_id == document_id)
    return {row.annotator_id: row.reason for row in connection.execute(query)}
