"""The annotator's documents as a list that can be filtered and sorted: values without a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from annotator.services.looking import DocumentSummary
from annotator.text.folding import fold


STATUS_FILTERS = ("all", "new", "open", "flagged", "done")

SORTS: dict[str, Callable[[DocumentSummary], Any]] = {
    "import": lambda summary: summary.id,
    "title": lambda summary: (fold(summary.title).text, summary.id),
    "source": lambda summary: (fold(source_of(summary)).text, summary.id),
    "length": lambda summary: (-summary.length, summary.id),
    "status": lambda summary: (STATUS_FILTERS.index(summary.status), summary.id),
}


@dataclass(frozen=True, slots=True)
class Queue:
    """The documents, and how they are looked at.

    Attributes:
        documents: All of them, in the order of import.
        words: Only those whose title, id or source has these, whatever the spelling; "" for all.
        status: Only those with this status, or "all".
        sort: A key of SORTS.
    """

    documents: tuple[DocumentSummary, ...]
    words: str = ""
    status: str = "all"
    sort: str = "import"
    _haystacks: dict[int, str] = field(default_factory=dict, repr=False, compare=False)

    def shown(self) -> list[DocumentSummary]:
        """The documents that pass the filters, sorted."""
        found = [summary for summary in self.documents if self.status in {"all", summary.status}]
        if self.words.strip():
            needles = fold(self.words).text.split()
            found = [summary for summary in found if all(needle in self._haystack(summary) for needle in needles)]
        return sorted(found, key=SORTS[self.sort])

    def _haystack(self, summary: DocumentSummary) -> str:
        """What a filter looks in, folded once for all keys that are typed."""
        if summary.id not in self._haystacks:
            self._haystacks[summary.id] = fold(f"{summary.title}\n{summary.doc_id}\n{source_of(summary)}").text
        return self._haystacks[summary.id]

    def next_open(self, after: int | None, step: int = 1) -> DocumentSummary | None:
        """The next one shown behind a document that is not done, round the end; None where all are done."""
        shown = self.shown()
        ids = [summary.id for summary in shown]
        here = ids.index(after) if after in ids else -1
        for distance in range(1, len(shown) + 1):
            summary = shown[(here + step * distance) % len(shown)]
            if summary.status != "done":
                return summary
        return None

    def neighbour(self, of: int, step: int) -> DocumentSummary | None:
        """The document before or behind another in the list, or None at its ends."""
        shown = self.shown()
        ids = [summary.id for summary in shown]
        if of not in ids:
            return shown[0] if shown else None
        index = ids.index(of) + step
        return shown[index] if 0 <= index < len(shown) else None

    def place(self, of: int) -> tuple[int, int]:
        """The number of a document in the list, from 1, and how many there are."""
        ids = [summary.id for summary in self.shown()]
        return (ids.index(of) + 1 if of in ids else 0), len(ids)


def following(words: tuple[str, ...], word: str) -> str:
    """The word behind another, round the end."""
    return words[(words.index(word) + 1) % len(words)]


def source_of(summary: DocumentSummary) -> str:
    """Where a document came from, as the list shows it."""
    return summary.meta.get("source", "") or summary.doc_id
