"""Suggestions: storing what suggesters say, reading it, and what was seen and answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, and_, exists, func, or_, select, true, union
from sqlalchemy.dialects.sqlite import insert

from annotator.model.suggestion import SuggestedRelation, Suggestion, SuggestionSet
from annotator.store.annotators import GOLD_KEY
from annotator.store.converters import attributes_from_json, attributes_to_json
from annotator.store.journal import Place
from annotator.store.tables import (
    ANNOTATION,
    ANNOTATOR,
    ANSWER,
    DOCUMENT,
    PROGRESS,
    SHOWN,
    SUGGESTED_RELATION,
    SUGGESTER_RUN,
    SUGGESTION,
)


@dataclass(frozen=True, slots=True)
class Run:
    """What one suggester said of one document.

    Attributes:
        document_id: The document's row.
        suggester, version: Who said it.
        found: What it proposes.
        failure: What went wrong, or "".
        made_by: The annotator's row on whose labels a suggestion rests, by its id.
    """

    document_id: int
    suggester: str
    version: str
    found: SuggestionSet = field(default_factory=SuggestionSet)
    failure: str = ""
    made_by: Mapping[str, int] = field(default_factory=dict)


def put(connection: Connection, runs: Sequence[Run], at: str) -> None:
    """Store what suggesters say now in the place of what they said before.

    What somebody answered is kept as it was when it was proposed, version and all, so that answers always have their
    suggestion. A suggester that failed says nothing: what it said before stays.
    """
    if not runs:
        return
    _forget(connection, [run for run in runs if not run.failure])
    rows = [_row(run, one) for run in runs for one in run.found.suggestions]
    if rows:
        upsert = insert(SUGGESTION)
        news = {name: upsert.excluded[name] for name in ("made_by", "is_current")}
        connection.execute(upsert.on_conflict_do_update(index_elements=["document_id", "id"], set_=news), rows)
    relations = [_relation_row(run, one) for run in runs for one in dict.fromkeys(run.found.relations)]
    if relations:
        connection.execute(SUGGESTED_RELATION.insert(), relations)
    upsert = insert(SUGGESTER_RUN)
    news = {name: upsert.excluded[name] for name in ("version", "failure", "at")}
    looked = [_of(run) | {"version": run.version, "failure": run.failure, "at": at} for run in runs]
    connection.execute(upsert.on_conflict_do_update(index_elements=["document_id", "suggester"], set_=news), looked)


def _forget(connection: Connection, runs: Sequence[Run]) -> None:
    """Take away what was proposed before and nobody answered."""
    by_suggester: dict[str, list[int]] = {}
    for run in runs:
        by_suggester.setdefault(run.suggester, []).append(run.document_id)
    answered = exists(select(ANSWER.c.suggestion)).where(
        ANSWER.c.document_id == SUGGESTION.c.document_id, ANSWER.c.suggestion == SUGGESTION.c.id
    )
    for suggester, some in by_suggester.items():
        theirs = and_(SUGGESTION.c.document_id.in_(some), SUGGESTION.c.suggester == suggester)
        connection.execute(SUGGESTION.delete().where(theirs, ~answered))
        connection.execute(SUGGESTION.update().where(theirs).values(is_current=False))
        related = SUGGESTED_RELATION.c.document_id.in_(some), SUGGESTED_RELATION.c.suggester == suggester
        connection.execute(SUGGESTED_RELATION.delete().where(*related))


def _of(run: Run) -> dict[str, object]:
    return {"document_id": run.document_id, "suggester": run.suggester}


def _row(run: Run, one: Suggestion) -> dict[str, object]:
    return _of(run) | {
        "id": one.id,
        "version": run.version,
        "start": one.start,
        "end": one.end,
        "label": one.label,
        "attributes": attributes_to_json(one.attributes),
        "score": one.score,
        "reason": one.reason,
        "evidence": one.evidence,
        "made_by": run.made_by.get(one.id),
        "is_current": True,
    }


def _relation_row(run: Run, one: SuggestedRelation) -> dict[str, object]:
    return _of(run) | {"label": one.label, "head": one.head, "tail": one.tail}


def load(connection: Connection, document_id: int, *, whose: int | None = None) -> SuggestionSet:
    """All that is proposed for a document at present.

    Args:
        connection: To the database.
        document_id: The document's row.
        whose: Leave out what rests on the labels of people other than this annotator.
    """
    query = select(SUGGESTION).where(SUGGESTION.c.document_id == document_id, SUGGESTION.c.is_current)
    if whose is not None:
        query = query.where(or_(SUGGESTION.c.made_by.is_(None), SUGGESTION.c.made_by == whose))
    found = [suggestion_of(row) for row in connection.execute(query).mappings()]
    related = select(SUGGESTED_RELATION).where(SUGGESTED_RELATION.c.document_id == document_id)
    ordered = related.order_by(SUGGESTED_RELATION.c.head, SUGGESTED_RELATION.c.label, SUGGESTED_RELATION.c.tail)
    relations = [SuggestedRelation(row.label, row.head, row.tail) for row in connection.execute(ordered)]
    return SuggestionSet.of(found, relations)


def suggestion_of(row: Any) -> Suggestion:
    """A suggestion from its row."""
    return Suggestion(
        row["id"],
        row["start"],
        row["end"],
        row["label"],
        attributes_from_json(row["attributes"]),
        f"{row['suggester']}@{row['version']}",
        row["score"],
        row["reason"],
        row["evidence"],
    )


def without(connection: Connection, versions: Mapping[str, str], *, failed_too: bool = False) -> list[int]:
    """The rows of the documents that some suggesters have not all looked at, in order of import.

    Args:
        connection: To the database.
        versions: The suggesters' names and present versions.
        failed_too: Also those with which one of them failed.
    """
    if not versions:
        return []
    looked = (
        select(func.count())
        .select_from(SUGGESTER_RUN)
        .where(
            SUGGESTER_RUN.c.document_id == DOCUMENT.c.id,
            SUGGESTER_RUN.c.failure == "" if failed_too else true(),
            or_(
                *(
                    and_(SUGGESTER_RUN.c.suggester == name, SUGGESTER_RUN.c.version == version)
                    for name, version in versions.items()
                )
            ),
        )
        .scalar_subquery()
    )
    query = select(DOCUMENT.c.id).where(looked < len(versions)).order_by(DOCUMENT.c.id)
    return list(connection.execute(query).scalars())


def is_looked_at(connection: Connection, document_id: int) -> bool:
    """Whether any suggester has looked at a document."""
    query = select(SUGGESTER_RUN.c.suggester).where(SUGGESTER_RUN.c.document_id == document_id).limit(1)
    return connection.execute(query).first() is not None


def failures(connection: Connection, document_id: int) -> dict[str, str]:
    """What went wrong with a document, by suggester."""
    theirs = SUGGESTER_RUN.c.document_id == document_id, SUGGESTER_RUN.c.failure != ""
    return {row.suggester: row.failure for row in connection.execute(select(SUGGESTER_RUN).where(*theirs))}


# What was seen


def shown_to(connection: Connection, place: Place) -> frozenset[str]:
    """The origins of what an annotator saw in a document."""
    own = SHOWN.c.annotator_id == place[0], SHOWN.c.document_id == place[1]
    return frozenset(connection.execute(select(SHOWN.c.origin).where(*own)).scalars())


def save_shown(connection: Connection, place: Place, origins: Iterable[str], at: str) -> None:
    """Note what an annotator sees in a document."""
    rows = [{"annotator_id": place[0], "document_id": place[1], "origin": one, "at": at} for one in sorted(origins)]
    if rows:
        connection.execute(insert(SHOWN).on_conflict_do_nothing(), rows)


def is_first(connection: Connection, place: Place) -> bool:
    """Whether no other person has been in a document, or an annotator saw suggestions there before.

    Who saw suggestions has been there, also without leaving anything else.
    """
    annotator_id, document_id = place
    people = select(ANNOTATOR.c.id).where(ANNOTATOR.c.id != annotator_id, ANNOTATOR.c.name_key != GOLD_KEY)
    others = union(
        *(
            select(table.c.annotator_id).where(table.c.document_id == document_id, table.c.annotator_id.in_(people))
            for table in (PROGRESS, SHOWN)
        )
    )
    return bool(shown_to(connection, place)) or connection.execute(others).first() is None


# What became of it


@dataclass(frozen=True, slots=True)
class Fate:
    """What one annotator made of one suggestion.

    Attributes:
        origin: The suggester and its version.
        label: The label proposed.
        verdict: "accepted" or "rejected".
        is_edited: Accepted, and the annotation is not now what was proposed; or it is gone.
        is_gone: Accepted, and removed since.
    """

    origin: str
    label: str
    verdict: str
    is_edited: bool
    is_gone: bool


def fates(connection: Connection) -> Iterator[Fate]:
    """Every answer that people gave."""
    made = and_(
        ANNOTATION.c.annotator_id == ANSWER.c.annotator_id,
        ANNOTATION.c.document_id == ANSWER.c.document_id,
        ANNOTATION.c.id == ANSWER.c.suggestion,
    )
    proposed = and_(SUGGESTION.c.document_id == ANSWER.c.document_id, SUGGESTION.c.id == ANSWER.c.suggestion)
    is_same = and_(
        ANNOTATION.c.start == SUGGESTION.c.start,
        ANNOTATION.c.end == SUGGESTION.c.end,
        ANNOTATION.c.label == SUGGESTION.c.label,
    )
    query = (
        select(
            SUGGESTION.c.suggester,
            SUGGESTION.c.version,
            SUGGESTION.c.label,
            ANSWER.c.verdict,
            ANNOTATION.c.id.is_(None).label("is_gone"),
            is_same.label("is_same"),
        )
        .select_from(ANSWER)
        .join(SUGGESTION, proposed)
        .outerjoin(ANNOTATION, made)
    )
    for row in connection.execute(query):
        is_accepted = row.verdict == "accepted"
        is_gone = is_accepted and bool(row.is_gone)
        is_edited = is_accepted and not is_gone and not row.is_same
        yield Fate(f"{row.suggester}@{row.version}", row.label, row.verdict, is_edited, is_gone)


def waiting(connection: Connection) -> dict[tuple[str, str], int]:
    """How many present suggestions nobody has answered, in documents that nobody is done with, by origin and label."""
    answered = exists(select(ANSWER.c.suggestion)).where(
        ANSWER.c.document_id == SUGGESTION.c.document_id, ANSWER.c.suggestion == SUGGESTION.c.id
    )
    columns = (SUGGESTION.c.suggester, SUGGESTION.c.version, SUGGESTION.c.label)
    finished = exists(select(PROGRESS.c.annotator_id)).where(
        PROGRESS.c.document_id == SUGGESTION.c.document_id, PROGRESS.c.status == "done"
    )
    still = SUGGESTION.c.is_current, ~answered, ~finished
    query = select(*columns, func.count().label("n")).where(*still).group_by(*columns)
    return {(f"{row.suggester}@{row.version}", row.label): row.n for row in connection.execute(query)}
