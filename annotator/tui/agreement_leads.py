"""From a row of the report on agreement to the items of the review that it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from annotator.agreement.kinds import KINDS
from annotator.agreement.report.count_tables import KIND_COLUMNS
from annotator.agreement.report.tables import Column, Table
from annotator.services.reviewing import ItemFacts, ReviewDocument
from annotator.tui.agreement_lines import ON_DOCUMENT
from annotator.tui.review_desk import ItemFilter


@dataclass(frozen=True, slots=True)
class Lead:
    """What a row is about; "" and () are anything.

    Attributes:
        annotators: One, or two who differ, sorted.
    """

    doc_id: str = ""
    kind: str = ""
    label: str = ""
    annotators: tuple[str, ...] = ()

    @property
    def filter(self) -> ItemFilter:
        """What to look through in a document."""
        return ItemFilter(self.kind, self.label, self.annotators if len(self.annotators) > 1 else ())


def lead_of(table: Table, row: int, column: int) -> Lead | None:
    """What a row of a table is about, and the column where that says which items of it; None where it is no items."""
    keys = table.keys[row] if table.keys else ()
    if table.id == "confusion":
        return _confused(table, dict(keys).get("label", ""), column)
    if not keys:
        return None
    known = dict(keys)
    label, kind = known.get("label", ""), known.get("kind", "")
    if label == ON_DOCUMENT:
        label, kind = "", "document label"
    elif column >= table.named_by and table.id in {"kinds", "pair_kinds"}:
        kind = _kind_of(table.columns[column])
    people = tuple(sorted(name for key, name in keys if key == "annotator"))
    return Lead(known.get("document", ""), kind, label, people)


def _kind_of(column: Column) -> str:
    """The kind of the items that a column counts.

    What annotators agree about is hardly ever left to decide: its column leads to all that the row is about.
    """
    if column.id == "trivial":
        return "boundary"
    kind = next((kind for kind, counted in zip(KINDS, KIND_COLUMNS, strict=True) if counted == column), "agree")
    return "" if kind == "agree" else kind


def _confused(table: Table, label: str, column: int) -> Lead:
    """What a cell of the confusions counts: items with the label of its row, or what only one of two marked.

    Where one marked nothing the label of the row is "", and the column is the last one.
    """
    if label and column < len(table.columns) - 1:
        return Lead(label=label)
    if not label and 0 < column < len(table.columns) - 1:
        label = table.columns[column].title
    return Lead(kind="missed", label=label)


def undecided(document: ReviewDocument, wanted: ItemFilter) -> Iterable[ItemFacts]:
    """The undecided items of a document that a filter lets through."""
    return (item for item in document.items if item.is_undecided and wanted.fits(item))


def worst_with(documents: Iterable[ReviewDocument], wanted: ItemFilter) -> ReviewDocument | None:
    """The first document with an undecided item that a filter lets through."""
    return next((document for document in documents if any(undecided(document, wanted))), None)


def partners(documents: Iterable[ReviewDocument], annotator: str) -> list[tuple[str, int]]:
    """Who differs from an annotator in undecided items, and in how many, those of most first."""
    counts = Counter(
        name
        for document in documents
        for item in undecided(document, ItemFilter())
        for pair in item.pairs
        if annotator in pair
        for name in pair
        if name != annotator
    )
    return sorted(counts.items(), key=lambda partner: (-partner[1], partner[0]))
