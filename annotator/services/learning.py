"""Learning from the labels so far: training, which models run by themselves, and how unsure they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Literal, get_args

import orjson

from annotator.errors import DataError, UsageError
from annotator.services.project import Project, now
from annotator.services.sites import Sites
from annotator.services.suggesting import sites_of, view_of
from annotator.store import annotators, copies, documents, models, settings
from annotator.store.engine import Connection
from annotator.store.models import StoredModel
from annotator.store.reading import OwnWork, work_on
from annotator.suggest.contract import Suggester
from annotator.suggest.registry import rule_suggesters


if TYPE_CHECKING:
    from annotator.suggest.learned.examples import Example
    from annotator.suggest.learned.model import Model, ModelCard

Use = Literal["auto", "always", "never"]
USES: tuple[Use, ...] = get_args(Use)

USE, EVERY = "learned", "train_every"

PIECE = 100
"""Documents read at once."""


def learned_suggesters(project: Project, *, all_of_them: bool = False) -> list[Suggester]:
    """The learned models that run by themselves: those that beat the rules, or all or none where the project says so.

    Args:
        project: Where the model is kept.
        all_of_them: Also those that do not run by themselves.
    """
    with project.store.read() as connection:
        stored = models.latest(connection)
        use = settings.get(connection, USE, "auto")
    if stored is None or (use == "never" and not all_of_them):
        return []
    from annotator.suggest.learned.suggester import LearnedLines, LearnedTokens

    model = _model_of(stored)
    if model is None:
        return []
    found: list[Suggester] = [LearnedLines(model), LearnedTokens(model)]
    return found if all_of_them or use == "always" else [one for one in found if model.card.is_ahead(one.name)]


def _model_of(stored: StoredModel) -> Model | None:
    """The model, or None for one of another version of the program: the next training replaces it."""
    from annotator.suggest.learned.model import Model

    try:
        return Model.from_bytes(stored.data)
    except DataError:
        return None


def set_use(project: Project, use: str) -> None:
    """Say when learned models run by themselves.

    Raises:
        UsageError: There is no such choice.
    """
    if use not in USES:
        raise UsageError(f"learned models cannot run {use!r}", hint=f"Choose among {', '.join(USES)}.")
    with project.store.write() as connection:
        settings.put(connection, USE, use)


def set_every(project: Project, every: int) -> None:
    """Train by itself whenever so many more documents are finished; 0 for never."""
    if every < 0:
        raise UsageError("a number of documents is not negative", hint="0 turns training by itself off.")
    with project.store.write() as connection:
        settings.put(connection, EVERY, str(every))


def is_due(project: Project) -> bool:
    """Whether a project wants training by itself, and enough documents were finished since the last one."""
    from annotator.suggest.learned.training import LEAST_DOCUMENTS

    with project.store.read() as connection:
        every = int(settings.get(connection, EVERY, "0"))
        if not every:
            return False
        stored = models.latest(connection)
        learned_from = orjson.loads(stored.card)["documents"] if stored else 0
        return models.finished_count(connection) >= max(learned_from + every, LEAST_DOCUMENTS)


def train_model(project: Project, *, stop: Callable[[], bool] = lambda: False) -> ModelCard:
    """Learn from all finished documents, and keep the model.

    Returns:
        Its card.

    Raises:
        OperationError: There are too few documents, or it was stopped; the model before is kept.
    """
    from annotator.suggest.learned.training import train

    examples = list(finished_examples(project))
    furniture = project.schema.furniture()
    model = train(examples, stop=stop, baselines=rule_suggesters(), furniture=furniture, trained_at=now())
    card = orjson.dumps(model.card.to_json()).decode()
    with project.store.write() as connection:
        models.add(connection, card, model.to_bytes(), now())
    return model.card


def finished_examples(project: Project) -> Iterator[Example]:
    """Each finished document once: as the gold has it, else as whoever finished it last."""
    from annotator.suggest.learned.examples import Example, Labelled

    with project.store.read() as connection:
        gold = annotators.find_gold(connection)
        sites, clusters = Sites(connection), copies.cluster_of(connection)
        places = models.finished(connection)
        chosen: dict[int, int] = {}
        for document_id, group in groupby(places, key=lambda place: place[1]):
            whose = [place[0] for place in group]
            chosen[document_id] = gold if gold is not None and gold in whose else whose[0]
        for reading, own in _works(connection, chosen):
            spans = tuple(
                Labelled(one.start, one.end, one.label, dict(one.attributes))
                for one in own.state.annotations
                if not one.hidden
            )
            cluster = clusters.get(reading.id)
            view = view_of(reading, project.schema, sites, connection)
            yield Example(view, spans, "" if cluster is None else f"copies {cluster}")


def _works(connection: Connection, chosen: dict[int, int]) -> Iterator[tuple[documents.Reading, OwnWork]]:
    """Documents with what one annotator of each has made."""
    ids = list(chosen)
    for first in range(0, len(ids), PIECE):
        some = ids[first : first + PIECE]
        works = work_on(connection, some, set(chosen.values()))
        for reading in documents.readings(connection, some):
            yield reading, works[reading.id][chosen[reading.id]]


def measure_uncertainty(
    project: Project,
    *,
    most: int | None = None,
    sites: Sites | None = None,
    on_document: Callable[[int], bool] = lambda _done: False,
) -> int:
    """Work out how unsure the model is about the documents that it has not looked at.

    Args:
        project: Where model and documents are.
        most: No more documents than this; None for all.
        sites: What the pages of each site share, where that is known already.
        on_document: Called with the number of documents so far; a true answer stops.

    Returns:
        How many documents it was worked out for.
    """
    with project.store.read() as connection:
        stored = models.latest(connection)
        ids = models.without_uncertainty(connection)[:most]
    model = None if stored is None or not ids else _model_of(stored)
    if stored is None or model is None:
        return 0
    sites = sites_of(project) if sites is None else sites
    done = 0
    for first in range(0, len(ids), PIECE):
        values, is_over = _doubts(project, model, sites, ids[first : first + PIECE], done, on_document)
        with project.store.write() as connection:
            if models.latest_id(connection) != stored.id:
                return done  # another process has learned a new one meanwhile
            models.put_uncertainty(connection, stored.id, values)
        done += len(values)
        if is_over:
            break
    return done


def _doubts(
    project: Project, model: Model, sites: Sites, ids: list[int], before: int, on_document: Callable[[int], bool]
) -> tuple[dict[int, float], bool]:
    from annotator.suggest.learned.suggester import uncertainty

    values: dict[int, float] = {}
    with project.store.read() as connection:
        views = [
            (reading.id, view_of(reading, project.schema, sites, connection))
            for reading in documents.readings(connection, ids)
        ]
    for document_id, view in views:
        values[document_id] = uncertainty(model, view)
        if on_document(before + len(values)):
            return values, True
    return values, False
