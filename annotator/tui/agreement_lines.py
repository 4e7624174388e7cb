"""A report on agreement as sections of cells for a screen, each in words of the screen's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from annotator.agreement.report.fact_names import fact_name, is_word
from annotator.agreement.report.forms import text_cell
from annotator.agreement.report.tables import Cell, Column, Estimate, Report, Table
from annotator.errors import N_
from annotator.model.schema import Schema
from annotator.tui.language import _, base, named
from annotator.tui.review_wording import KINDS, kind_name


Align = Literal["text", "count", "estimate"]

FOR_MACHINES = "name"
"""The column with what --measure calls a figure."""

OWN_COLUMNS = {"measure", "edge", "fact"}
"""Columns with words of the report, and not from data."""

ON_DOCUMENT = N_("(document)")
"""What stands in the place of a label where the labels of whole documents are counted."""

NO_LABELS = {N_("none"), ON_DOCUMENT}

UNITS = (
    *(N_("spans"), N_("characters"), N_("documents"), N_("relations"), N_("values"), N_("units")),
    *(N_("pairable values"), N_("aligned pairs")),
)
"""What estimates rest on."""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell in words, and its direction: None as its first strong character says."""

    text: str
    base: int | None


@dataclass(frozen=True, slots=True)
class Section:
    """A table in words.

    Attributes:
        table: What it shows, with as many columns and rows.
        aligns: How the cells of each column are lined up.
        notes: Sentences below it.
    """

    table: Table
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[ShownCell, ...], ...]
    aligns: tuple[Align, ...]
    notes: tuple[str, ...]

    @property
    def first_column(self) -> int:
        """The column to begin at: the first one with estimates, else with counts, else behind the names."""
        for align in ("estimate", "count"):
            if align in self.aligns:
                return self.aligns.index(align)
        return min(self.table.named_by, len(self.heads) - 1)


def sections_of(report: Report, schema: Schema) -> tuple[Section, ...]:
    """The tables of a report, the headlines first, then the places to read, and what it all rests on."""
    tables = sorted(report.tables, key=lambda table: not table.is_headline)
    return tuple(_section(_for_people(table), schema) for table in (*tables, _excerpts(report), _facts(report)))


def _for_people(table: Table) -> Table:
    """The table without names that only programs use; a label may be called like their column."""
    if table.columns[0].id != "measure":
        return table
    kept = [number for number, column in enumerate(table.columns) if column.id != FOR_MACHINES]
    return replace(
        table,
        columns=tuple(table.columns[number] for number in kept),
        rows=tuple(tuple(row[number] for number in kept) for row in table.rows),
    )


def _excerpts(report: Report) -> Table:
    columns = (Column("doc_id", N_("Document")), Column("kind", N_("Kind")), Column("text", N_("Text")))
    rows = tuple((excerpt.doc_id, excerpt.kind, excerpt.text.replace("\n", " ⏎ ")) for excerpt in report.excerpts)
    keys = tuple((("document", excerpt.doc_id), ("kind", excerpt.kind)) for excerpt in report.excerpts)
    return Table("excerpts", N_("Places to read"), columns, rows, keys)


def _facts(report: Report) -> Table:
    columns = (Column("fact", N_("Fact")), Column("value", N_("Value")))
    rows = tuple((fact_name(name), _fact(name, fact)) for name, fact in report.facts.items())
    return Table("facts", N_("What this report rests on"), columns, rows)


def _fact(name: str, fact: str | float) -> str:
    if isinstance(fact, str):
        return _(fact) if is_word(name, fact) else fact
    return text_cell(fact)


def _section(table: Table, schema: Schema) -> Section:
    return Section(
        table,
        _(table.title),
        tuple(_head(table, column, schema) for column in table.columns),
        tuple(
            tuple(_shown(column, cell, schema) for column, cell in zip(table.columns, row, strict=True))
            for row in table.rows
        ),
        tuple(_align(row[number] for row in table.rows) for number in range(len(table.columns))),
        tuple(_(note) for note in table.notes),
    )


def _head(table: Table, column: Column, schema: Schema) -> str:
    is_label = table.id == "confusion" and column not in {table.columns[0], table.columns[-1]}
    return _label_name(column.title, schema) if is_label else _(column.title)


def _align(cells: Iterable[Cell]) -> Align:
    kinds = {type(cell) for cell in cells}
    if Estimate in kinds:
        return "estimate"
    return "text" if str in kinds else "count"


def _shown(column: Column, cell: Cell, schema: Schema) -> ShownCell:
    if isinstance(cell, str):
        return _words(column.id, cell, schema)
    if cell is None or (isinstance(cell, Estimate) and cell.value is None):
        return ShownCell(_("n/a"), base())
    return ShownCell(text_cell(cell), 0)


def _words(column: str, text: str, schema: Schema) -> ShownCell:
    if column in OWN_COLUMNS:
        return ShownCell(_(text), base())
    if column == "kind" and text in KINDS:
        return ShownCell(kind_name(text), base())
    if column == "label":
        return ShownCell(_label_name(text, schema), base())
    relation = schema.relation(text) if column == "relation" else None
    return ShownCell(text, None) if relation is None else ShownCell(named(relation), base())


def _label_name(label_id: str, schema: Schema) -> str:
    """What people call a label, or what stands in the place of one."""
    label = schema.label(label_id) or schema.document_label(label_id)
    if label is not None:
        return named(label)
    return _(label_id) if label_id in NO_LABELS else label_id


def about(section: Section, row: int, column: int) -> str:
    """A cell by itself: what it is, its figure, and what that rests on or why there is none."""
    cell, shown = section.table.rows[row][column], section.rows[row][column]
    if isinstance(cell, str):
        return ""
    said = _("{head}: {value}", head=section.heads[column], value=shown.text)
    facts = _resting(cell) if isinstance(cell, Estimate) else ()
    return " · ".join([said, *facts])


def _resting(estimate: Estimate) -> Iterator[str]:
    if estimate.note and estimate.value is None:
        yield _(estimate.note)
    if estimate.n:
        yield _("n {number} {unit}", number=f"{estimate.n:,}", unit=_(estimate.of))
    if estimate.coverage < 1:
        yield _("covers {share}", share=f"{estimate.coverage:.1%}")
    if estimate.note and estimate.value is not None:
        yield _(estimate.note)
