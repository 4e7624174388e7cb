"""The tables of a report that count: documents, kinds of disagreement, confusions, edges, spans."""

from __future__ import annotations

from annotator.agreement.kinds import KIND_NAMES, KINDS
from annotator.agreement.report.counting import ON_DOCUMENT
from annotator.agreement.report.gathered import Gathered
from annotator.agreement.report.matching import FURTHEST, NONE
from annotator.agreement.report.tables import Cell, Column, Table
from annotator.errors import N_


KIND_COLUMNS = tuple(Column("other label" if kind == "label" else kind, KIND_NAMES[kind]) for kind in KINDS)
"""The kind "label" has another id: each row's own label is in a column of that name."""

NONE_NAME = N_("none")


def documents(study: Gathered) -> Table:
    """All documents, the worst first."""
    columns = (
        Column("doc_id", N_("Document")),
        Column("title", N_("Title")),
        Column("annotators", N_("Annotators")),
        Column("f1", N_("F1, same offsets")),
        Column("gamma", N_("γ")),
        Column("items", N_("Items")),
        Column("disputed", N_("Disputed")),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (line.doc_id, line.title, ", ".join(line.annotators), line.f1, line.gamma, line.items, line.disputed)
        for line in study.documents
    )
    keys = tuple((("document", line.doc_id),) for line in study.documents)
    return Table("documents", N_("Documents, worst first"), columns, rows, keys)


def kinds(study: Gathered) -> Table:
    """How many items of each label are disputed in which way."""
    found = [label for label in study.labels("kinds") if label != ON_DOCUMENT]
    found += [ON_DOCUMENT] if study.gathering.keys("kinds", ON_DOCUMENT) else []
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            label,
            *(study.gathering.count("kinds", label, kind) for kind in KINDS),
            study.gathering.count("trivial", label),
        )
        for label in found
    )
    return Table(
        "kinds",
        N_("Kinds of disagreement"),
        (Column("label", N_("Label")), *KIND_COLUMNS, Column("trivial", N_("trivial boundary"))),
        rows,
        tuple((("label", label),) for label in found),
        notes=(
            N_(
                "An item counts once, by its gravest kind, under the label that most of its spans have. Trivial "
                "boundaries are counted among the boundaries too."
            ),
        ),
    )


def pair_kinds(study: Gathered) -> Table:
    """The same for every two annotators."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one, other, *(study.gathering.count("pair kinds", one, other, kind) for kind in KINDS))
        for one, other in study.pairs
    )
    columns = (Column("one", N_("Annotator")), Column("other", N_("Other annotator")), *KIND_COLUMNS)
    keys = tuple((("annotator", one), ("annotator", other)) for one, other in study.pairs)
    return Table("pair_kinds", N_("Kinds of disagreement of pairs"), columns, rows, keys, named_by=2)


def confusion(study: Gathered) -> Table:
    """How often one annotator gave the row's label and another the column's."""
    labels = study.labels("confusion")
    found = [*labels, NONE] if labels else []
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            row or NONE_NAME,
            *(study.gathering.count("confusion", row, column) if row or column else None for column in found),
        )
        for row in found
    )
    return Table(
        "confusion",
        N_("Confusion of labels"),
        (
            Column("label", N_("Label")),
            *(Column(_column_id(label), label) for label in labels),
            Column(NONE_NAME, NONE_NAME),
        ),
        rows,
        tuple((("label", label),) if label else () for label in found),
        notes=(
            N_(
                "Spans are paired one to one: equal ones first, then those that overlap by half, of the same label "
                "first. Every two annotators count both ways, so that the table is symmetric."
            ),
        ),
    )


def _column_id(label: str) -> str:
    """The label, but for names that the table has already."""
    return f"{label} (label)" if label in {"label", NONE_NAME} else label


def edges(study: Gathered) -> Table:
    """How far edges of spans of the same label are apart."""
    rows: list[tuple[Cell, ...]] = [
        (edge, _bin(difference), study.gathering.count("edge", edge, str(difference)))
        for edge in ("start", "end")
        for difference in range(-FURTHEST, FURTHEST + 1)
        if study.gathering.keys("edge", edge, str(difference))
    ]
    return Table(
        "edges",
        N_("Edges"),
        (Column("edge", N_("Edge")), Column("difference", N_("Characters")), Column("count", N_("Spans"))),
        tuple(rows),
        named_by=2,
        notes=(
            N_(
                "Of spans with the same label that overlap by half: how many characters further on the edge of the "
                "annotator stands whose name comes later. Equal edges are not counted."
            ),
        ),
    )


def _bin(difference: int) -> str | int:
    if abs(difference) < FURTHEST:
        return difference
    return f"≥ {FURTHEST}" if difference > 0 else f"≤ -{FURTHEST}"


def lengths(study: Gathered) -> Table:
    """How much each annotator marks."""
    rows: list[tuple[Cell, ...]] = []
    for name in study.annotators:
        read, characters, spans = (round(number) for number in study.gathering.total(("read", name)))
        rows.append((name, read, spans, 1000 * spans / characters))
    columns = (
        Column("annotator", N_("Annotator")),
        Column("documents", N_("Documents")),
        Column("spans", N_("Spans")),
        Column("per_thousand", N_("Spans per 1,000 characters")),
    )
    keys = tuple((("annotator", name),) for name in study.annotators)
    return Table("lengths", N_("How much is marked"), columns, tuple(rows), keys)
