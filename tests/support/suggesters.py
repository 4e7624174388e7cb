"""Suggesters for tests, and documents for them to look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from annotator.suggest.contract import DocumentView, Link, Proposal, Proposals
from tests.support.model import SCHEMA


TEXT = "قال الوزير إن الأسعار انخفضت.\nوأضافت الشركة أنها باعت المصنع."
MINISTER, PRICES, COMPANY = (4, 10), (14, 28), (37, 43)


def view(text: str = TEXT, **fields: Any) -> DocumentView:
    """A document as a suggester sees it under `SCHEMA`."""
    labels = frozenset(label.id for label in SCHEMA.labels)
    relations = frozenset(relation.id for relation in SCHEMA.relations)
    return DocumentView(doc_id="d1", text=text, **{"labels": labels, "relations": relations, **fields})


def proposal(span: tuple[Any, Any] = PRICES, label: Any = "claim", **fields: Any) -> Proposal:
    """A proposal with a reason."""
    return Proposal(*span, label, **{"reason": "a verb of saying", **fields})


def attributed() -> Proposals:
    """A claim, its source and their relation."""
    spans = (proposal(key="c"), proposal(MINISTER, "source", key="s"))
    return Proposals(spans, (Link("attributed_to", "c", "s"),))


@dataclass
class Fixed:
    """Always gives the same answer, or what a function says; notes what it was given."""

    answer: Any = None
    name: Any = "fixed"
    version: Any = "1"
    given: list[DocumentView] = field(default_factory=list)

    def suggest(self, document: DocumentView) -> Proposals:
        self.given.append(document)
        return self.answer(document) if isinstance(self.answer, Callable) else self.answer  # type: ignore[arg-type]
