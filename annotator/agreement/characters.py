"""Agreement on characters: which labels each annotator gave each character of a text, from spans alone.

No array of characters is made: the edges of the spans cut the text into stretches on which nobody's labels change, so
that time and memory go with the number of spans, not with the length of the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.alpha import alpha_of
from annotator.agreement.measure import Measure
from annotator.agreement.study import Unit
from annotator.errors import OffsetError


Labels = frozenset[str]
"""The value of a character for one annotator: the labels on it, empty where there are none."""

LabelCoincidences = Mapping[tuple[Labels, Labels], float]
"""How often two annotators gave a character these two values, both orders counted, over (annotators - 1)."""


def placed(spans: Iterable[Unit], length: int, start: int = 0) -> list[Unit]:
    """The spans by their place, equal ones once, those without a character left out.

    Args:
        spans: (start, end, label) each, half-open, in characters.
        length: Of the text, in characters.
        start: Where the text starts.

    Raises:
        OffsetError: A span ends before it starts or reaches out of the text.
    """
    units = dict.fromkeys((int(first), int(end), label) for first, end, label in spans)
    for first, end, _ in units:
        if not start <= first <= end <= start + length:
            raise OffsetError(
                f"The span [{first}, {end}) is not inside the text [{start}, {start + length})",
                hint="Offsets count characters from the start of the text; a span ends where it starts or later",
            )
    return sorted((unit for unit in units if unit[0] < unit[1]), key=lambda unit: unit[:2])


def covered(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What spans cover together: disjoint stretches in order that do not touch; (start, end) each."""
    stretches: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        elif start < end:
            stretches.append((start, end))
    return stretches


def common_length(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> int:
    """How many characters two lists of disjoint stretches in order share."""
    shared = here = there = 0
    while here < len(one) and there < len(other):
        shared += max(0, min(one[here][1], other[there][1]) - max(one[here][0], other[there][0]))
        if one[here][1] < other[there][1]:
            here += 1
        else:
            there += 1
    return shared


def label_set_coincidences(annotators: Sequence[Sequence[Unit]], length: int) -> dict[tuple[Labels, Labels], float]:
    """How the annotators' values of each character meet; a character's value is the set of the labels on it.

    Args:
        annotators: Of each annotator the spans (start, end, label); they may overlap and nest.
        length: Of the text, in characters.

    Returns:
        o_ck of Krippendorff 2011 (Computing Krippendorff's alpha-reliability), by (value, value): the ordered pairs
        of annotators that gave a character the values c and k, over (annotators - 1), summed over the characters. All
        together are annotators x length. Those of several documents add up. Empty for fewer than two annotators.

    Raises:
        OffsetError: A span is not inside the text.
    """
    coincidences: defaultdict[tuple[Labels, Labels], float] = defaultdict(float)
    for values, characters in _stretches(annotators, length).items():
        counts = {value: values.count(value) for value in values}
        for one, of_one in counts.items():
            for other, of_other in counts.items():
                pairs = of_one * (of_other - (one == other))
                if pairs:
                    coincidences[one, other] += pairs * characters / (len(values) - 1)
    return dict(coincidences)


def _stretches(annotators: Sequence[Sequence[Unit]], length: int) -> dict[tuple[Labels, ...], int]:
    """How many characters have these values, one of each annotator."""
    edges: defaultdict[int, list[tuple[int, str]]] = defaultdict(list, {0: [], length: []})
    for annotator, spans in enumerate(annotators):
        by_label: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for start, end, label in placed(spans, length):
            by_label[label].append((start, end))
        for label, of_label in by_label.items():
            for stretch in covered(of_label):
                for edge in stretch:
                    edges[edge].append((annotator, label))
    values: list[Labels] = [frozenset()] * len(annotators)
    stretches: defaultdict[tuple[Labels, ...], int] = defaultdict(int)
    for start, end in pairwise(sorted(edges)):
        for annotator, label in edges[start]:
            # What a label covers neither overlaps nor touches itself, so that every edge switches it on or off.
            values[annotator] ^= {label}
        stretches[tuple(values)] += end - start
    return stretches


def character_coincidences(annotators: Sequence[Sequence[Unit]], length: int, label: str) -> NDArray[np.float64]:
    """How the annotators agree on which characters have a label.

    Args:
        annotators: Of each annotator the spans (start, end, label); other labels do not matter, and where spans of
            this label nest or overlap, a character has it once.
        length: Of the text, in characters.
        label: Which.

    Returns:
        2 x 2, as `label_set_coincidences`: row and column 0 without the label, 1 with it. Those of several documents
        add up.

    Raises:
        OffsetError: A span is not inside the text.
    """
    matrix = np.zeros((2, 2))
    layer = [[span for span in spans if span[2] == label] for spans in annotators]
    for (one, other), count in label_set_coincidences(layer, length).items():
        matrix[len(one), len(other)] += count
    return matrix


def label_set_alpha(coincidences: LabelCoincidences) -> Measure:
    """Krippendorff's alpha, nominal, from the coincidences of label sets, of one document or summed over several.

    Two values that share some of their labels differ as much as two that share none.

    Returns:
        As `annotator.agreement.alpha.alpha_of`.
    """
    values = list(dict.fromkeys(value for pair in coincidences for value in pair))
    matrix = np.zeros((len(values), len(values)))
    for (one, other), count in coincidences.items():
        matrix[values.index(one), values.index(other)] += count
    return alpha_of(matrix, values)


def character_alpha(annotators: Sequence[Sequence[Unit]], length: int, label: str | None = None) -> Measure:
    """Krippendorff's alpha, nominal, with the characters of a text as the units.

    It equals `krippendorff_alpha` on one row per annotator and one column per character. Long spans weigh more than
    short ones.

    Args:
        annotators: Of each annotator the spans (start, end, label); they may overlap and nest.
        length: Of the text, in characters.
        label: Whether a character has this label or not; None = a character's value is the set of the labels on it.

    Returns:
        n counts the pairable values, annotators x characters; observed and expected are Do and De. Undefined for fewer
        than two annotators, a text without characters, and where all characters have the same value.

    Raises:
        OffsetError: A span is not inside the text.
    """
    if label is None:
        return label_set_alpha(label_set_coincidences(annotators, length))
    return alpha_of(character_coincidences(annotators, length, label), (False, True))
