"""Each annotator against the gold: what of it they found, how much of theirs is right, and how they err."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.agreement.report import values
from annotator.agreement.report.counting import restricted
from annotator.agreement.report.gathering import Gathering, Key
from annotator.agreement.report.matching import confusions, edges, paired
from annotator.agreement.report.tables import Cell, Column, Estimate, Table
from annotator.agreement.report.tally import Settings, Tally
from annotator.agreement.spans import f1_counts
from annotator.agreement.study import StudyDocument, units
from annotator.errors import N_


@dataclass(frozen=True, slots=True)
class GoldCounts:
    """What a document with gold adds to the sums of its annotators."""

    doc_id: str
    sums: dict[Key, tuple[float, ...]]


def count_against_gold(document: StudyDocument, gold: str, settings: Settings) -> GoldCounts:
    """Compare what each annotator of a document marked with the gold.

    Args:
        document: With the gold among the work.
        gold: Under which name.
        settings: Which labels to compare.
    """
    document = restricted(document, settings.labels)
    right = units(document.work[gold])
    tally = Tally()
    for name in sorted(set(document.work) - {gold}):
        own = units(document.work[name])
        tally.count("read", name)
        tally.put("exact", name, numbers=f1_counts(own, right))
        tally.put("overlap", name, numbers=f1_counts(own, right, "overlap"))
        pairing = paired(right, own)
        for edge, difference in edges(pairing):
            tally.put(edge, name, numbers=(difference, 1))
        for edge in ("start", "end"):
            tally.put(edge, name, numbers=(0, len(pairing.equal)))
        for wanted, given in confusions(pairing):
            if wanted != given:
                tally.count("confusion", name, wanted, given)
    return GoldCounts(document.doc_id, tally.sums)


def annotators(documents: Iterable[GoldCounts], settings: Settings) -> Table:
    """The figures of each annotator."""
    gathering = Gathering(resamples=settings.resamples, seed=settings.seed)
    for counts in documents:
        gathering.add(counts.doc_id, counts.sums)
    names = [name for _, name in gathering.keys("read")]
    rows: list[tuple[Cell, ...]] = [
        (name, gathering.count("read", name), *_figures(gathering, name), _confusion(gathering, name)) for name in names
    ]
    columns = (
        Column("annotator", N_("Annotator")),
        Column("documents", N_("Documents")),
        Column("precision", N_("Precision")),
        Column("recall", N_("Recall")),
        Column("f1_exact", N_("F1, same offsets")),
        Column("f1_overlap", N_("F1, overlap")),
        Column("bias_start", N_("Start, mean")),
        Column("bias_end", N_("End, mean")),
        Column("confusion", N_("Most frequent error")),
    )
    return Table(
        "annotators",
        N_("Annotators against gold"),
        columns,
        tuple(rows),
        tuple((("annotator", name),) for name in names),
        notes=(
            N_("Precision and recall count spans with the same offsets and label as in the gold."),
            N_(
                "Start and end, mean: by how many characters the annotator's edges stand further on than those of the "
                "gold, below 0 earlier; of spans with the same label that overlap by half, equal ones included."
            ),
            N_("Most frequent error: the label in the gold → the one given, and how often."),
        ),
    )


def _figures(gathering: Gathering, name: str) -> tuple[Estimate, ...]:
    _, given, right = (round(number) for number in gathering.total(("exact", name)) or (0, 0, 0))
    exact, overlap = [("exact", name)], [("overlap", name)]
    compared = round(next(iter(gathering.total(("start", name))[1:]), 0))
    return (
        gathering.estimate(
            exact, values.precision, n=given, of="spans", note="" if given else N_("nothing was marked")
        ),
        gathering.estimate(exact, values.recall, n=right, of="spans", note="" if right else N_("the gold is empty")),
        gathering.estimate(exact, values.mean_f1, n=given + right, of="spans"),
        gathering.estimate(overlap, values.mean_f1, n=given + right, of="spans"),
        gathering.estimate([("start", name)], values.mean, n=compared, of="spans"),
        gathering.estimate([("end", name)], values.mean, n=compared, of="spans"),
    )


def _confusion(gathering: Gathering, name: str) -> str:
    """The most frequent error in words, or "" without any."""
    found = gathering.keys("confusion", name)
    if not found:
        return ""
    key = max(found, key=lambda one: gathering.count(*one))  # the first of several, by label
    wanted, given = (label or "none" for label in key[2:])
    return f"{wanted} → {given} ({gathering.count(*key):,})"
