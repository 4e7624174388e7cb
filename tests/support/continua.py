"""Documents that several annotators marked: made-up ones with the usual disagreements, and read ones."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np


Unit = tuple[int, int, str]


def continuum(annotators: int, spans: int, seed: int = 0, labels: str = "abcd") -> list[list[Unit]]:
    """What each annotator made of `spans` true spans.

    Spans have a length of N(60, 25) characters and gaps of N(25, 12). Each annotator misses 8 % of them, gives 6 %
    another label, cuts 4 % in two, and shifts the edges of a half by N(0, 4).
    """
    rng = np.random.default_rng(seed)
    truth: list[Unit] = []
    place = 0
    for _ in range(spans):
        start = place + max(0, round(rng.normal(25, 12)))
        place = start + max(5, round(rng.normal(60, 25)))
        truth.append((start, place, labels[rng.integers(len(labels))]))
    return [[unit for one in truth for unit in _marked(one, labels, rng)] for _ in range(annotators)]


def _marked(unit: Unit, labels: str, rng: np.random.Generator) -> list[Unit]:
    """What one annotator makes of a true span."""
    start, end, label = unit
    if rng.random() < 0.08:
        return []
    if rng.random() < 0.06:
        label = labels[rng.integers(len(labels))]
    if rng.random() < 0.5:
        start = max(0, start + round(rng.normal(0, 4)))
        end = max(start + 1, end + round(rng.normal(0, 4)))
    middle = (start + end) // 2
    if rng.random() < 0.04 and start < middle:
        return [(start, middle, label), (middle, end, label)]
    return [(start, end, label)]


def grouped(rows: Iterable[Sequence[Any]]) -> list[list[Unit]]:
    """Rows (annotator, start, end, label), by annotator."""
    annotators: dict[str, list[Unit]] = {}
    for annotator, start, end, label in rows:
        annotators.setdefault(annotator, []).append((start, end, label))
    return list(annotators.values())


def read_csv(path: Path) -> list[list[Unit]]:
    """A file of rows annotator,label,start,end."""
    with path.open(encoding="utf-8", newline="") as lines:
        return grouped((who, int(start), int(end), label) for who, label, start, end in csv.reader(lines))
