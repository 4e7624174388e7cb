"""The shape of a report: tables of typed cells, which every form of it is drawn from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from annotator.agreement.measure import Measure


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measured value with its interval.

    Attributes:
        value: None where the measure is undefined.
        low, high: A 95 % bootstrap interval over documents, or None where there is none.
        n, of: How much it rests on, and what that counts.
        coverage: The share of the material that went into it.
        note: What was left out, or why it is undefined, or "".
        error: The standard error of its Monte-Carlo part alone (γ), or None.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0
    of: str = ""
    coverage: float = 1.0
    note: str = ""
    error: float | None = None

    @classmethod
    def of_measure(cls, measure: Measure) -> Estimate:
        """Without an interval."""
        note = measure.why or measure.left_out
        return cls(measure.value, n=measure.n, of=measure.of, coverage=measure.coverage, note=note)


Cell = str | int | float | Estimate | None
"""A text, a count, a plain number, an estimate; None is shown as n/a."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `id` in JSON and CSV, `title` on screens and pages (English, marked for translation)."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Table:
    """One section of a report.

    Attributes:
        keys: For each row, what it is about, so that a screen can lead to the items: pairs such as
            ("label", "claim"), ("annotator", "salma"), ("document", doc_id), ("kind", "missed").
        is_headline: Shown first, and always.
        notes: Sentences below it.
        named_by: How many columns, from the first on, tell the rows apart.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: tuple[tuple[tuple[str, str], ...], ...] = ()
    is_headline: bool = False
    notes: tuple[str, ...] = ()
    named_by: int = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """A span in an excerpt: offsets into its text, and who marked it as what."""

    start: int
    end: int
    annotator: str
    label: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A disputed place, for reading.

    Attributes:
        start: Where the text begins in the document.
        text: The place with some characters around it.
    """

    doc_id: str
    start: int
    text: str
    kind: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report.

    Attributes:
        facts: What it was made of and with which parameters, in order.
        tables: In order.
        excerpts: The gravest disagreements of the worst documents.
    """

    title: str
    facts: dict[str, str | int | float]
    tables: tuple[Table, ...]
    excerpts: tuple[Excerpt, ...] = ()
    version: str = field(default="annotator-agreement/1")

    def table(self, table_id: str) -> Table:
        """The table with an id."""
        return next(table for table in self.tables if table.id == table_id)


def to_plain(report: Report) -> dict[str, Any]:
    """The report as the values of its JSON form."""
    return {
        "format": report.version,
        "title": report.title,
        "facts": report.facts,
        "tables": {table.id: [_plain_row(table, row) for row in table.rows] for table in report.tables},
        "excerpts": [
            {
                "doc_id": excerpt.doc_id,
                "start": excerpt.start,
                "text": excerpt.text,
                "kind": excerpt.kind,
                "marks": [
                    {"start": mark.start, "end": mark.end, "annotator": mark.annotator, "label": mark.label}
                    for mark in excerpt.marks
                ],
            }
            for excerpt in report.excerpts
        ],
    }


def _plain_row(table: Table, row: tuple[Cell, ...]) -> dict[str, Any]:
    return {column.id: _plain_cell(cell) for column, cell in zip(table.columns, row, strict=True)}


def _plain_cell(cell: Cell) -> Any:
    if not isinstance(cell, Estimate):
        return cell
    plain: dict[str, Any] = {
        "value": cell.value,
        "low": cell.low,
        "high": cell.high,
        "n": cell.n,
        "of": cell.of,
        "coverage": cell.coverage,
    }
    if cell.error is not None:
        plain["error"] = cell.error
    if cell.note:
        plain["note"] = cell.note
    return plain
