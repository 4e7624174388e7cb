"""The estimated figures of a report, each from the sums of a study."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

from annotator.agreement.report import values
from annotator.agreement.report.gathered import Gathered
from annotator.agreement.report.gathering import Key
from annotator.agreement.report.tables import Estimate
from annotator.agreement.unitizing import alpha_u_of
from annotator.errors import N_


_OVERLAPPING = "spans of one annotator overlap"


def f1(study: Gathered, match: str, label: str = "") -> Estimate:
    """The mean over pairs of annotators of their F1, by what matches (`pairing.f1_sums`) and label, "" for all."""
    return _mean_f1(study, study.gathering.keys("f1", match, label), _unit(match))


def pair_f1(study: Gathered, match: str, one: str, other: str) -> Estimate:
    """The F1 of two annotators over all labels."""
    return _mean_f1(study, [("f1", match, "", one, other)], _unit(match))


def part_f1(study: Gathered, *part: str) -> Estimate:
    """The mean over pairs of annotators of the F1 of exact spans, in a part of the study such as a month."""
    return _mean_f1(study, study.gathering.keys(*part), "spans")


def _unit(match: str) -> str:
    if match.startswith("relation"):
        return "relations"
    return "characters" if match.startswith("character") else "spans"


def _mean_f1(study: Gathered, keys: list[Key], of: str) -> Estimate:
    n = round(sum(sum(study.gathering.total(key)[1:]) for key in keys))
    return study.gathering.estimate(keys, values.mean_f1, n=n, of=of, note="" if n else N_("nobody marked anything"))


def alpha(study: Gathered, *first: str, coverage: float = 1.0, note: str = "") -> Estimate:
    """Krippendorff's nominal alpha of the coincidences whose names begin so and end with the two values.

    Args:
        study: The sums.
        first: The beginning of the names.
        coverage: As `Estimate` has it.
        note: What was left out.

    Returns:
        n counts the pairable values: of a character, or of another unit, one by each annotator.
    """
    cells = study.gathering.keys(*first)
    n = round(sum(study.gathering.total(cell)[0] for cell in cells))
    if len({value for cell in cells for value in cell[-2:]}) < 2:
        return Estimate(
            None,
            n=n,
            of="values",
            coverage=coverage,
            note=N_("only one value occurs") if n else N_("nothing to compare"),
        )
    return study.gathering.estimate(cells, values.nominal_alpha(cells), n=n, of="values", coverage=coverage, note=note)


def unitized(study: Gathered, kind: str, label: str = "") -> Estimate:
    """uα or, by kind, |uα: of a label, or of all labels together where no spans of one annotator overlap."""
    key = kind, label
    documents, of_all = study.gathering.documents([key]), len(study.gathering)
    n = round(study.gathering.total(key)[0]) if documents else 0
    note = _left_out(of_all - documents, of_all, _OVERLAPPING)
    return study.gathering.estimate(
        [key], values.unitized, n=n, of="spans", coverage=documents / of_all if of_all else 0.0, note=note
    )


def alpha_u(study: Gathered, label: str) -> Estimate:
    """α_U of a label, without an interval: it does not come from sums."""
    sections, of_all = study.sections.get(label, {}), len(study.gathering)
    measure = alpha_u_of({label: [sections[doc_id] for doc_id in sorted(sections)]})
    found = Estimate.of_measure(measure)
    coverage = len(sections) / of_all if of_all else 0.0
    left_out = _left_out(of_all - len(sections), of_all, _OVERLAPPING)
    return replace(found, coverage=coverage, note=found.note or left_out)


def _left_out(documents: int, of_all: int, where: str) -> str:
    return f"{documents:,} of {of_all:,} documents left out, where {where}" if documents else ""


def gamma(study: Gathered, *key: str) -> Estimate:
    """γ ("gamma",), γ-cat ("gamma cat",) or γ-k ("gamma k", label) of the study."""
    if not study.settings.samples:
        return Estimate(None, of="documents", note=N_("left out"))
    documents, of_all = study.gathering.documents([key]), len(study.gathering)
    return study.gathering.estimate(
        [key],
        values.corrected,
        n=documents,
        of="documents",
        coverage=documents / of_all if of_all else 0.0,
        note=_left_out(of_all - documents, of_all, "it is undefined"),
        error=_sampling_error(study) if key == ("gamma",) else None,
    )


def _sampling_error(study: Gathered) -> float | None:
    """The standard error of γ from its chance samples alone, to the first order."""
    observed, expected = study.gathering.total(("gamma",)) or (0.0, 0.0)
    spread = sqrt(next(iter(study.gathering.total(("gamma spread",))), 0.0))
    return observed / expected**2 * spread if expected else None
