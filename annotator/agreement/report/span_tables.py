"""The tables of a report that hold measured figures: overall, by label, by pair, by part of the study."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.agreement.bootstrap import FEWEST
from annotator.agreement.report import estimates
from annotator.agreement.report.gathered import Gathered
from annotator.agreement.report.tables import Cell, Column, Estimate, Table
from annotator.errors import N_


F1_COLUMNS = (
    Column("f1_exact", N_("F1, same offsets")),
    Column("f1_overlap", N_("F1, overlap")),
    Column("f1_character", N_("F1, characters")),
)
VALUE_COLUMNS = (Column("measure", N_("Measure")), Column("name", N_("Name")), Column("value", N_("Value")))

F1_NOTE = N_(
    "F1 of two annotators is the share of their spans that both marked, with the same label: at the same offsets; with "
    "an overlap of half of their joint length at least, one to one; or counted in characters. With more annotators it "
    "is the mean over all pairs, each with its counts summed over documents."
)
ALPHA_NOTE = N_(
    "α is Krippendorff's nominal alpha of the labels on each character. From 0.80 it is usually called reliable, and "
    "from 0.667 fit for tentative conclusions; for F1 and γ there is no accepted threshold."
)
GAMMA_NOTE = N_("γ is that of Mathet et al. 2015: 1 is perfect, 0 is chance, and it depends on its parameters.")
INTERVAL_NOTE = N_("In brackets: a 95 % interval by bootstrap over documents.")
FEW_NOTE = N_("With fewer than 10 documents there are no intervals: compare the documents one by one.")


def overall(study: Gathered) -> Table:
    """The figures that most readers want."""
    rows: list[tuple[Cell, ...]] = [
        (N_("Span F1, same offsets"), "f1_exact", estimates.f1(study, "exact")),
        (N_("Span F1, overlap"), "f1_overlap", estimates.f1(study, "overlap")),
        (N_("Span F1, characters"), "f1_character", estimates.f1(study, "character")),
        (N_("α of labels on characters"), "alpha", estimates.alpha(study, "sets")),
        (N_("γ"), "gamma", estimates.gamma(study, "gamma")),
    ]
    intervals = INTERVAL_NOTE if len(study.documents) >= FEWEST else FEW_NOTE
    return Table(
        "overall",
        N_("Overall"),
        VALUE_COLUMNS,
        tuple(rows),
        is_headline=True,
        notes=(F1_NOTE, ALPHA_NOTE, GAMMA_NOTE, intervals),
    )


def labels(study: Gathered) -> Table:
    """The same by label."""
    found = study.labels("spans")
    rows: list[tuple[Cell, ...]] = [
        (
            label,
            estimates.f1(study, "exact", label),
            estimates.f1(study, "overlap", label),
            estimates.f1(study, "character", label),
            estimates.alpha(study, "alpha", label),
            sum(study.gathering.count(*key) for key in study.gathering.keys("spans", label)),
        )
        for label in found
    ]
    return Table(
        "labels",
        N_("Labels"),
        (
            Column("label", N_("Label")),
            *F1_COLUMNS,
            Column("alpha", N_("α, characters")),
            Column("spans", N_("Spans")),
        ),
        tuple(rows),
        tuple((("label", label),) for label in found),
        is_headline=True,
        notes=(N_("α: whether a character has the label or not, over all annotators."),),
    )


def further(study: Gathered) -> Table:
    """Figures that answer a narrower question."""
    rows: list[tuple[Cell, ...]] = [
        (N_("Span F1, same offsets but for trivial edges"), "f1_trivial", estimates.f1(study, "trivial")),
        (N_("Span F1, same offsets, any label"), "f1_exact_unlabelled", estimates.f1(study, "exact unlabelled")),
        (N_("Span F1, overlap, any label"), "f1_overlap_unlabelled", estimates.f1(study, "overlap unlabelled")),
        (N_("Span F1, characters, any label"), "f1_character_unlabelled", estimates.f1(study, "character unlabelled")),
        (N_("Relation F1, same ends"), "f1_relation_exact", estimates.f1(study, "relation exact")),
        (N_("Relation F1, overlapping ends"), "f1_relation_aligned", estimates.f1(study, "relation aligned")),
        (N_("γ-cat"), "gamma_cat", estimates.gamma(study, "gamma cat")),
        (N_("uα"), "u_alpha", estimates.unitized(study, "unitized")),
        (N_("|uα"), "u_alpha_binary", estimates.unitized(study, "unitized binary")),
    ]
    return Table(
        "further",
        N_("Further figures"),
        VALUE_COLUMNS,
        tuple(rows),
        notes=(
            N_("Edges differ trivially by spaces, punctuation, quotation marks, tatweel, diacritics or proclitics."),
            N_("γ-cat is that of Mathet 2017: the labels of aligned spans alone."),
            N_(
                "uα is that of Krippendorff et al. 2016; |uα takes all labels for one. They are undefined where spans "
                "of one annotator overlap; such documents are left out here, and measured label by label below."
            ),
        ),
    )


def further_labels(study: Gathered) -> Table:
    """The same by label."""
    found = study.labels("spans")
    rows: list[tuple[Cell, ...]] = [
        (
            label,
            estimates.f1(study, "trivial", label),
            estimates.unitized(study, "unitized", label),
            estimates.alpha_u(study, label),
            estimates.gamma(study, "gamma k", label),
        )
        for label in found
    ]
    return Table(
        "further_labels",
        N_("Further figures of labels"),
        (
            Column("label", N_("Label")),
            Column("f1_trivial", N_("F1 but for trivial edges")),
            Column("u_alpha", N_("uα")),
            Column("alpha_u", N_("α_U")),
            Column("gamma_k", N_("γ-k")),
        ),
        tuple(rows),
        tuple((("label", label),) for label in found),
        notes=(N_("α_U is Krippendorff's alpha for unitizing of 1995, without an interval."),),
    )


def pairs(study: Gathered) -> Table:
    """The figures of every two annotators."""
    rows: list[tuple[Cell, ...]] = [
        (
            one,
            other,
            *(estimates.pair_f1(study, match, one, other) for match in ("exact", "overlap", "character")),
            estimates.alpha(study, "pair sets", one, other),
            study.gathering.count("together", one, other),
        )
        for one, other in study.pairs
    ]
    columns = (
        Column("one", N_("Annotator")),
        Column("other", N_("Other annotator")),
        *F1_COLUMNS,
        Column("alpha", N_("α, characters")),
        Column("documents", N_("Documents")),
    )
    keys = tuple((("annotator", one), ("annotator", other)) for one, other in study.pairs)
    return Table("pairs", N_("Pairs of annotators"), columns, tuple(rows), keys, named_by=2)


def relations(study: Gathered) -> Table:
    """F1 by type of relation."""
    types = sorted({key[2] for key in study.gathering.keys("f1", "relation exact")} - {""})
    rows: list[tuple[Cell, ...]] = [
        (
            name,
            estimates.f1(study, "relation exact", name),
            estimates.f1(study, "relation aligned", name),
        )
        for name in types
    ]
    columns = (
        Column("relation", N_("Relation")),
        Column("f1_exact", N_("F1, same ends")),
        Column("f1_aligned", N_("F1, overlapping ends")),
    )
    return Table("relations", N_("Relations"), columns, tuple(rows))


def time(study: Gathered) -> Table:
    """F1 by when the work was done: by week, or by month where it took longer than three."""
    months = _parts(study, "month")
    kind = "week" if len(months) <= 3 else "month"
    return Table(
        "time",
        N_("Over time"),
        (Column("period", N_("Period")), *_PART_COLUMNS),
        tuple(_part_rows(study, kind)),
        notes=(N_("Work counts when the later of two annotators changed it last."),),
    )


def guidelines(study: Gathered) -> Table:
    """F1 by the version of the schema, and with it of the guideline, that both worked under."""
    return Table(
        "guidelines",
        N_("Versions of the guideline"),
        (Column("version", N_("Schema version")), *_PART_COLUMNS),
        tuple(_part_rows(study, "guideline")),
    )


_PART_COLUMNS = (Column("f1_exact", N_("F1, same offsets")), Column("documents", N_("Documents")))


def _part_rows(study: Gathered, kind: str) -> Iterator[tuple[Cell, ...]]:
    for part in _parts(study, kind):
        estimate: Estimate = estimates.part_f1(study, kind, part)
        yield part, estimate, study.gathering.documents(study.gathering.keys(kind, part))


def _parts(study: Gathered, kind: str) -> list[str]:
    return sorted({key[1] for key in study.gathering.keys(kind)})
