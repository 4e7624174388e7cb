"""The annotator's documents as a list that can be filtered and sorted: values without a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from annotator.services.looking import DocumentSummary
from annotator.text.folding import fold


STATUS_FILTERS = ("all", "new", "returned", "open", "flagged", "done")

SORTS: dict[str, Callable[[DocumentSummary], Any]] = {
    "import": lambda _summary: 0,
    "title": lambda summary: (fold(summary.title).text, summary.id),
    "source": lambda summary: (fold(source_of(summary)).text, summary.id),
    "length": lambda summary: (-summary.length, summary.id),
    "status": lambda summary: (STATUS_FILTERS.index(summary.status), summary.id),
}


@dataclass(frozen=True, slots=True)
class Queue:
    """The documents, and how they are looked at.

    Attributes:
        documents: All of them, in the order of import, or in that of `order`.
        words: Only those whose title, id or source has these, whatever the spelling; "" for all.
        status: Only those with this status, or "all".
        sort: A key of SORTS.
        order: What the order of the documents is called where nothing else sorts them.
    """

    documents: tuple[DocumentSummary, ...]
    words: str = ""
    status: str = "all"
    sort: str = "import"
    order: str = "import"
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
        """The next one shown behind a document that is not done, round the end; None where all are done.

        Those sent back come first.
        """
        return self._first_left(after, step, first=1)

    def open_from(self, here: int | None) -> DocumentSummary | None:
        """As `next_open`, but with the document itself before all others."""
        return self._first_left(here, 1, first=0)

    def _first_left(self, of: int | None, step: int, first: int) -> DocumentSummary | None:
        shown = self.shown()
        ids = [summary.id for summary in shown]
        here = ids.index(of) if of in ids else -first
        round_ = (shown[(here + step * distance) % len(shown)] for distance in range(first, len(shown) + first))
        left = [summary for summary in round_ if summary.status != "done"]
        returned = (summary for summary in left if summary.status == "returned")
        return next(returned, left[0] if left else None)

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
