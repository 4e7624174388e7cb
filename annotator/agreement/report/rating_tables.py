"""The tables of a report about choices among given values: attributes and document labels."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.agreement.kappa import cohen_kappa, fleiss_kappa, gwet_ac1
from annotator.agreement.report import estimates
from annotator.agreement.report.gathered import Gathered
from annotator.agreement.report.gathering import Key
from annotator.agreement.report.rating import CHOICE, Patterns
from annotator.agreement.report.tables import Cell, Column, Estimate, Table
from annotator.errors import N_


COLUMNS = (Column("alpha", N_("α")), Column("ac1", N_("AC1")), Column("fleiss", N_("Fleiss' κ")))
COHEN = Column("cohen", N_("Cohen's κ"))
"""Of two annotators only."""


def attributes(study: Gathered) -> Table:
    """Agreement on the attributes of things that several annotators marked."""
    found = sorted(key for key in study.ratings if key[0] == "attribute")
    rows: list[tuple[Cell, ...]] = [
        (f"{label}.{attribute}", *_figures(study, (kind, label, attribute), _values(study, label, attribute)))
        for kind, label, attribute in found
    ]
    return Table(
        "attributes",
        N_("Attributes"),
        (Column("attribute", N_("Attribute")), *_columns(study)),
        tuple(rows),
        tuple((("label", label),) for _, label, _ in found),
        notes=(
            N_(
                "Of things that at least two annotators marked with the same label, wherever their edges are; the "
                "coverage says how many of all things those are."
            ),
        ),
    )


def document_labels(study: Gathered) -> Table:
    """Agreement on the labels of documents."""
    found = sorted(key for key in study.ratings if key[0] == "document label")
    rows: list[tuple[Cell, ...]] = [(key[1], *_figures(study, key, CHOICE)) for key in found]
    return Table(
        "document_labels",
        N_("Document labels"),
        (Column("label", N_("Label")), *_columns(study)),
        tuple(rows),
        notes=(N_("Whether each annotator gave a document the label or not."),),
    )


def _columns(study: Gathered) -> tuple[Column, ...]:
    return (*COLUMNS, COHEN) if len(study.annotators) == 2 else COLUMNS


def _values(study: Gathered, label: str, attribute: str) -> list[str]:
    """The values to choose from, and those that older versions of the schema had."""
    seen = {value for rating in study.ratings["attribute", label, attribute] for _, value in rating}
    of_label = study.schema.label(label)
    of_attribute = of_label.attribute(attribute) if of_label else None
    return sorted(seen.union(of_attribute.values if of_attribute else ()))


def _figures(study: Gathered, key: Key, values: Sequence[str]) -> tuple[Estimate, ...]:
    patterns = study.ratings[key]
    rows = _rows(patterns, study.annotators)
    units = patterns.total()
    paired = sum(count for rating, count in patterns.items() if len(rating) > 1)
    coverage = paired / units if units else 0.0
    note = f"{units - paired} of {units} units have fewer than two values" if paired < units else ""
    measures = [gwet_ac1(rows, categories=values), fleiss_kappa(rows)]
    if len(rows) == 2:
        measures.append(cohen_kappa(*rows))
    alpha = estimates.alpha(study, "rating", *key, coverage=coverage, note=note)
    return (alpha, *map(Estimate.of_measure, measures))


def _rows(patterns: Patterns, annotators: Sequence[str]) -> list[list[str | None]]:
    """The ratings as coefficients take them: one row per annotator, one column per unit."""
    columns = [dict(rating) for rating, count in sorted(patterns.items()) for _ in range(count)]
    return [[column.get(name) for column in columns] for name in annotators]
