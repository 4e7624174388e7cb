"""Krippendorff's alphas for unitizing: alpha_U of 1995 and 2004, and the u-alpha of 2016.

Both take the whole text as material, what is marked (units) as well as what is not (gaps), so that boundaries count.
Neither is defined where spans of one annotator overlap: alpha_U within one label, u-alpha at all. For nested labels
measure u-alpha label by label.

The other two coefficients of 2016, cu-alpha and (k)u-alpha, which look only where annotators marked the same
characters, are not offered: published implementations differ in what they expect of three or more annotators (the
squares of a unit's intersections with each of the others, or the square of what the others cover of it together).

Positions are half-open and count characters. A span without a character is left out; equal spans of one annotator
are one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.characters import label_set_coincidences, placed
from annotator.agreement.measure import Measure
from annotator.agreement.study import Unit


@dataclass(frozen=True, slots=True)
class Sections:
    """What alpha_U needs to know of one document and one label.

    Attributes:
        length: Of the document, in characters.
        annotators: How many unitized it.
        difference: The squared differences between the sections of two annotators, the mean over all pairs.
        units: The lengths of everybody's units.
        gaps: The lengths of the gaps before, between and after them.
    """

    length: int
    annotators: int
    difference: float
    units: tuple[int, ...]
    gaps: tuple[int, ...]


def alpha_u(annotators: Sequence[Sequence[Unit]], length: int, label: str | None = None, start: int = 0) -> Measure:
    """Krippendorff's alpha_U for unitizing: 1 - Do/De, over several labels 1 - (sum of Do)/(sum of De).

    Every annotator cuts the text, L characters, into units of a label and gaps between them. Do is the sum over the
    ordered pairs of m annotators of the squared differences between their sections, over m(m-1)L^2: of two units that
    overlap (difference of starts)^2 + (difference of ends)^2, of a unit within a gap of the other its length^2. De is
    the same over all ways to place the units. Krippendorff 1995, On the reliability of unitizing continuous data
    (Sociological Methodology 25); De as in Krippendorff 2004, Content Analysis, 2nd edition, p. 254.
    For more than two annotators it "turned out to behave not as expected" (Krippendorff et al. 2016), which is why
    there is `unitized_alpha`.

    Args:
        annotators: Of each annotator the spans (start, end, label). Spans of one annotator and label may touch but not
            overlap; spans of different labels may overlap.
        length: Of the text, in characters. De depends on it.
        label: Only spans of this one; None for all labels that anybody gave.
        start: Where the text starts.

    Returns:
        n counts the spans; observed and expected are Do and De, summed over the labels. Undefined for fewer than two
        annotators, a text without characters, overlapping spans of one annotator and label, where nobody marked
        anything, and where there is only one way to place the units.

    Raises:
        OffsetError: A span is not inside the text.
    """
    by_label: dict[str, list[Sections]] = {}
    for one in _labels(annotators) if label is None else [label]:
        found = sections(annotators, length, one, start)
        if found is None:
            return Measure(None, n=0, of="spans", coverage=0.0, why=why_undefined(annotators, length, [one], start))
        by_label[one] = [found]
    return alpha_u_of(by_label)


def sections(annotators: Sequence[Sequence[Unit]], length: int, label: str, start: int = 0) -> Sections | None:
    """What `alpha_u_of` needs of one document, arguments as for `alpha_u`; None where `why_undefined` has a reason."""
    if why_undefined(annotators, length, [label], start):
        return None
    layers = [_layer(spans, length, [label], start) for spans in annotators]
    differences = [_difference(one, other) for one, other in combinations(layers, 2)]
    return Sections(
        length=length,
        annotators=len(layers),
        difference=sum(differences) / len(differences),
        units=tuple(end - first for layer in layers for first, end, _ in layer),
        gaps=tuple(gap for layer in layers for gap in _gaps(layer, length, start)),
    )


def alpha_u_of(documents: Mapping[str, Sequence[Sections]]) -> Measure:
    """alpha_U of documents put one after the other.

    Args:
        documents: By label the sections of each document; every label the same documents. A gap ends where its
            document ends: no unit is expected to lie across two documents.

    Returns:
        As `alpha_u`.
    """
    n = sum(len(one.units) for of_label in documents.values() for one in of_label)
    if not n:
        return Measure(None, n=0, of="spans", why="nobody marked anything")
    observed = sum(_observed(of_label) for of_label in documents.values())
    expected = sum(_expected(of_label) for of_label in documents.values())
    value, why = (1 - observed / expected, "") if expected else (None, "there is only one way to place the spans")
    return Measure(value, n=n, of="spans", why=why, observed=observed, expected=expected)


def unitized_alpha(
    annotators: Sequence[Sequence[Unit]], length: int, binary: bool = False, label: str | None = None
) -> Measure:
    """The u-alpha of Krippendorff, Mathet, Bouvry and Widlöcher 2016, or with `binary` their |u-alpha.

    1 - Do/De over the characters, nominal, with "in a gap" as one of the values. The coincidence l_ck of two values is
    the length of what one annotator gave c and another k, over all ordered pairs of m annotators, divided by (m-1); l_c
    and l are its sums. Do = sum over c != k of l_ck / l. De = sum over c != k of l_c l_k / (l^2 - s), where s takes out
    the pairings of a section with itself: length^2 of every unit, and length of every gap, which has no structure.
    |u-alpha takes all labels for one, but every unit for itself. On the reliability of unitizing textual continua:
    further developments (Quality & Quantity 50, 2016), equations 1 to 6; Krippendorff 2019, Content Analysis, 4th
    edition, section 12.6, equations 32 to 35.

    Args:
        annotators: Of each annotator the spans (start, end, label). Spans of one annotator may touch but not overlap.
        length: Of the text, in characters.
        binary: |u-alpha, marked or not, whatever the label.
        label: Only spans of this one, as if there were no others; None for all.

    Returns:
        n counts the spans; observed and expected are Do and De. Undefined for fewer than two annotators, a text without
        characters, spans of one annotator that overlap, and where only one value occurs.

    Raises:
        OffsetError: A span is not inside the text.
    """
    labels = _labels(annotators) if label is None else [label]
    statistics = unitized_statistics(annotators, length, labels, binary)
    if statistics is None:
        return Measure(None, n=0, of="spans", coverage=0.0, why=why_undefined(annotators, length, labels))
    return unitized_of(statistics)


def unitized_statistics(
    annotators: Sequence[Sequence[Unit]], length: int, labels: Sequence[str], binary: bool = False
) -> NDArray[np.float64] | None:
    """What `unitized_of` needs of one document; those of several documents, of the same labels, add up.

    Args:
        annotators: As for `unitized_alpha`.
        length: Of the text, in characters.
        labels: Only spans of these, in any order, which is the order of the values.
        binary: For |u-alpha.

    Returns:
        Spans; sum over c != k of l_ck; s; then the length of each value: gap, labels (binary: gap, marked). None where
        `why_undefined` has a reason.

    Raises:
        OffsetError: A span is not inside the text.
    """
    if why_undefined(annotators, length, labels):
        return None
    values = [_layer(spans, length, labels, 0) for spans in annotators]
    if binary:
        values = [[(start, end, "") for start, end, _ in layer] for layer in values]
    place = {frozenset[str](): 0} | {frozenset([one]): at for at, one in enumerate([""] if binary else labels, 1)}
    units = [end - start for layer in values for start, end, _ in layer]
    disagreement, lengths = 0.0, np.zeros(len(place))
    for (one, other), count in label_set_coincidences(values, length).items():
        lengths[place[one]] += count
        disagreement += count * (one != other)
    itself = sum(unit**2 for unit in units) + len(annotators) * length - sum(units)
    return np.array([len(units), disagreement, itself, *lengths])


def unitized_of(statistics: NDArray[np.float64]) -> Measure:
    """u-alpha or |u-alpha from what `unitized_statistics` gave, of one document or summed over several.

    Returns:
        As `unitized_alpha`.
    """
    spans, disagreement, itself, *lengths = (float(one) for one in statistics)
    total = sum(lengths)
    if max(lengths) == total:
        why = "only one value occurs" if total else "no document to measure"
        return Measure(None, n=int(spans), of="spans", why=why)
    observed = disagreement / total
    expected = (total**2 - sum(one**2 for one in lengths)) / (total**2 - itself)
    return Measure(1 - observed / expected, n=int(spans), of="spans", observed=observed, expected=expected)


def why_undefined(annotators: Sequence[Sequence[Unit]], length: int, labels: Sequence[str], start: int = 0) -> str:
    """Why spans of these labels are no unitizing, or "".

    Raises:
        OffsetError: A span is not inside the text.
    """
    if len(annotators) < 2:
        return "fewer than two annotators"
    if not length:
        return "the text has no characters"
    layers = [_layer(spans, length, labels, start) for spans in annotators]
    if any(one[1] > other[0] for layer in layers for one, other in pairwise(layer)):
        return "spans of one annotator overlap"
    return ""


def _labels(annotators: Sequence[Sequence[Unit]]) -> list[str]:
    """The labels that anybody gave."""
    return list(dict.fromkeys(label for spans in annotators for _, _, label in spans))


def _layer(spans: Iterable[Unit], length: int, labels: Sequence[str], start: int) -> list[Unit]:
    """An annotator's spans of some labels, in order."""
    return placed((span for span in spans if span[2] in labels), length, start)


def _gaps(units: Sequence[Unit], length: int, start: int) -> list[int]:
    """The lengths of the gaps that disjoint units in order leave."""
    edges = [start, *(edge for first, end, _ in units for edge in (first, end)), start + length]
    return [end - first for first, end in zip(edges[::2], edges[1::2], strict=True) if first < end]


def _difference(one: Sequence[Unit], other: Sequence[Unit]) -> int:
    """Squared differences between the sections of two annotators; units in order, those of each disjoint."""
    difference = here = there = 0
    in_gaps = {*one, *other}
    while here < len(one) and there < len(other):
        (start, end, _), (other_start, other_end, _) = one[here], other[there]
        if max(start, other_start) < min(end, other_end):
            difference += (start - other_start) ** 2 + (end - other_end) ** 2
            in_gaps -= {one[here], other[there]}
        if end < other_end:
            here += 1
        else:
            there += 1
    return difference + sum((end - start) ** 2 for start, end, _ in in_gaps)


def _observed(documents: Sequence[Sections]) -> float:
    """Do of one label."""
    return sum(one.difference for one in documents) / sum(one.length for one in documents) ** 2


def _expected(documents: Sequence[Sections]) -> float:
    """De of one label, in whole numbers up to the last step: the third power of a length goes into it.

    De = 2/L * sum over units of [(N-1)/3 * (2l^3 - 3l^2 + l) + l^2 * sum over gaps g >= l of (g - l + 1)]
    / (mL(mL-1) - sum over units of l(l-1)), l the length of the unit, N the number of units of all annotators.
    """
    units = Counter(length for one in documents for length in one.units)
    gaps = sorted(gap for one in documents for gap in one.gaps)
    up_to = [0, *accumulate(gaps)]
    thirds = 0
    for length, count in units.items():
        shorter = bisect_left(gaps, length)
        places = up_to[-1] - up_to[shorter] - (length - 1) * (len(gaps) - shorter)
        among_units = (units.total() - 1) * (2 * length**3 - 3 * length**2 + length)
        thirds += count * (among_units + 3 * length**2 * places)
    all_characters = sum(one.length * one.annotators for one in documents)
    pairs = all_characters * (all_characters - 1) - sum(count * one * (one - 1) for one, count in units.items())
    return 2 * thirds / (3 * sum(one.length for one in documents) * pairs)
