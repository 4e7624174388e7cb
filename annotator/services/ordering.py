"""The order in which documents come to annotators: those first that the model is least sure about.

Labels chosen by a model are no fair sample to measure anything on, so a fixed share comes at random, whatever the model
thinks; which document came for which reason is recorded (Settles, "Active Learning Literature Survey", 2009, 7.1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from annotator.errors import UsageError
from annotator.services.project import Project
from annotator.store import models
from annotator.store.documents import DocumentSummary


Reason = Literal["uncertain", "random"]

RANDOM_SHARE = 5
"""One document in so many comes at random."""


@dataclass(frozen=True, slots=True)
class Order:
    """Documents in an order, and why each comes, by its row."""

    documents: tuple[DocumentSummary, ...]
    reasons: Mapping[int, Reason]


def uncertain_first(project: Project, documents: Sequence[DocumentSummary]) -> Order:
    """Order documents by how unsure the last model is about them, with every fifth one at random.

    Which ones come at random depends on their ids alone, and so does the order of these.

    Raises:
        UsageError: No model has looked at any document.
    """
    with project.store.read() as connection:
        doubts = models.uncertainties(connection)
    if not doubts:
        raise UsageError(
            "there is no model yet that could be uncertain",
            hint="Learn one from finished documents: `annotator suggest --train`.",
        )
    lots = {one.id: _lot(one.doc_id) for one in documents}
    random = sorted((one for one in documents if lots[one.id] % RANDOM_SHARE == 0), key=lambda one: lots[one.id])
    chosen = {one.id for one in random}
    others = [one for one in documents if one.id not in chosen]
    uncertain = sorted(others, key=lambda one: (-doubts.get(one.id, 0), one.id))
    reasons: dict[int, Reason] = {one.id: "random" if one.id in chosen else "uncertain" for one in documents}
    return Order(tuple(_mixed(uncertain, random)), reasons)


def _lot(doc_id: str) -> int:
    return int.from_bytes(blake2b(doc_id.encode(), digest_size=8).digest())


def _mixed(uncertain: list[DocumentSummary], random: list[DocumentSummary]) -> list[DocumentSummary]:
    """Every fifth document one of the random ones, as long as there are any."""
    mixed: list[DocumentSummary] = []
    rest, lots = iter(uncertain), iter(random)
    for place in range(1, len(uncertain) + len(random) + 1):
        first, second = (lots, rest) if place % RANDOM_SHARE == 0 else (rest, lots)
        found = next(first, None) or next(second, None)
        if found is not None:
            mixed.append(found)
    return mixed
