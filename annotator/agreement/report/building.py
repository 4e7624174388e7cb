"""Building a report from what its documents add up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from annotator.agreement.report import against_gold, count_tables, rating_tables, span_tables
from annotator.agreement.report.against_gold import GoldCounts
from annotator.agreement.report.counting import DocumentCounts
from annotator.agreement.report.gathered import Gathered, gather
from annotator.agreement.report.joint_counting import ALPHA, BETA, DELTA, SAMPLER
from annotator.agreement.report.tables import Estimate, Report, Table
from annotator.agreement.report.tally import Settings
from annotator.errors import N_
from annotator.model.schema import Schema


TABLES = (
    span_tables.overall,
    span_tables.labels,
    span_tables.pairs,
    count_tables.documents,
    count_tables.kinds,
    count_tables.pair_kinds,
    count_tables.confusion,
    count_tables.edges,
    span_tables.further,
    span_tables.further_labels,
    span_tables.relations,
    rating_tables.attributes,
    rating_tables.document_labels,
    span_tables.time,
    span_tables.guidelines,
    count_tables.lengths,
)


def build_report(
    documents: Iterable[DocumentCounts],
    schema: Schema,
    settings: Settings,
    *,
    gold: Iterable[GoldCounts] = (),
    facts: Mapping[str, str | int] | None = None,
) -> Report:
    """Put a report together; the order of the documents does not matter.

    Args:
        documents: What `count_document` gave for each, with the same schema and settings.
        schema: Of the project.
        settings: How the study was measured.
        gold: What `count_against_gold` gave for the documents with gold.
        facts: What else there is to know, such as what was left out.
    """
    study = gather(documents, schema, settings)
    tables = [build(study) for build in TABLES]
    with_gold = list(gold)
    if with_gold:
        tables.append(against_gold.annotators(with_gold, settings))
    return Report(
        N_("Agreement between annotators"),
        _facts(study, len(with_gold)) | dict(facts or {}),
        tuple(tables),
        study.places,
    )


def named_figures(report: Report) -> dict[str, Estimate]:
    """The figures of the whole study by name: those of its tables "overall" and "further"."""
    tables: list[Table] = [report.table("overall"), report.table("further")]
    return {str(name): value for table in tables for _, name, value in table.rows if isinstance(value, Estimate)}


def _facts(study: Gathered, with_gold: int) -> dict[str, str | int | float]:
    settings = study.settings
    spans = sum(round(study.gathering.total(key)[2]) for key in study.gathering.keys("read"))
    gamma: dict[str, str | int | float] = {"gamma_samples": settings.samples}
    if settings.samples:
        gamma |= {"gamma_sampler": SAMPLER, "gamma_alpha": ALPHA, "gamma_beta": BETA, "gamma_delta": DELTA}
    return {
        "documents": len(study.documents),
        "annotators": ", ".join(study.annotators),
        "spans": spans,
        "hidden_spans_left_out": study.gathering.count("hidden"),
        "labels": ", ".join(settings.labels) or "all",
        "schema": f"{study.schema.name} {study.schema.version}",
        "offset_unit": "codepoint",
        "documents_with_gold": with_gold,
        **gamma,
        "bootstrap_resamples": settings.resamples,
        "seed": settings.seed,
    }
