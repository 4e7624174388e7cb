"""Adding up what documents contribute, and estimating values with their intervals from the sums."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.bootstrap import RESAMPLES, Floats, Weights, document_weights, interval
from annotator.agreement.report.tables import Estimate
from annotator.errors import N_


Key = tuple[str, ...]
"""The name of a statistic: what it is first, then of whom or what."""

Sums = Mapping[Key, Sequence[float]]
"""What one document adds to each statistic; those that it has nothing of may be left out."""

Values = Callable[[Floats], Floats]
"""From sums of shape (…, statistics, numbers of each) to values of shape (…), NaN where undefined."""


class Gathering:
    """The statistics of documents, each held for the documents that have it, and nothing else of a document.

    The order in which documents come does not matter: they are summed and resampled by their names.
    """

    def __init__(self, *, resamples: int = RESAMPLES, seed: int = 0) -> None:
        self._resamples, self._seed = resamples, seed
        self._documents: list[str] = []
        self._rows: dict[Key, array[int]] = {}
        self._numbers: dict[Key, array[float]] = {}
        self._keys: dict[str, list[Key]] = {}

    def __len__(self) -> int:
        return len(self._documents)

    def add(self, document: str, sums: Sums) -> None:
        """Take in what a document adds, under a name that no other document has."""
        row = len(self._documents)
        self._documents.append(document)
        for key, numbers in sums.items():
            if not any(numbers):
                continue
            if key not in self._rows:
                self._rows[key], self._numbers[key] = array("q"), array("d")
                self._keys.setdefault(key[0], []).append(key)
            self._rows[key].append(row)
            self._numbers[key].extend(numbers)

    def keys(self, *first: str) -> list[Key]:
        """The statistics whose names begin so, sorted."""
        return sorted(key for key in self._keys.get(first[0], ()) if key[: len(first)] == first)

    def total(self, key: Key) -> tuple[float, ...]:
        """The sums of a statistic over all documents; empty where no document has it."""
        return tuple(float(number) for number in self._table([key])[0].sum(axis=0)[0]) if key in self._rows else ()

    def count(self, *key: str) -> int:
        """The first number of a statistic, which counts something, summed over all documents; 0 without it."""
        return round(next(iter(self.total(key)), 0))

    def documents(self, keys: Sequence[Key]) -> int:
        """How many documents have any of some statistics."""
        return len({row for key in keys for row in self._rows.get(key, ())})

    def estimate(  # all but the figure itself by name
        self,
        keys: Sequence[Key],
        values: Values,
        *,
        of: str,
        n: int,
        coverage: float = 1.0,
        note: str = "",
        error: float | None = None,
    ) -> Estimate:
        """A value of summed statistics, with its interval over the documents that have any of them.

        Args:
            keys: The statistics, all with as many numbers; `values` gets their sums in this order.
            values: How the value comes from the sums.
            of: What `n` counts.
            n: How much the value rests on.
            coverage: The share of the material that goes into it.
            note: What was left out; where the value is undefined, why.
            error: As `Estimate` has it.
        """
        about = Estimate(None, n=n, of=of, coverage=coverage, note=note)
        if not any(key in self._rows for key in keys):
            return replace(about, note=note or N_("nothing to compare"))
        table, documents = self._table(keys)
        with np.errstate(divide="ignore", invalid="ignore"):
            value = float(values(table.sum(axis=0)[None])[0])
            ends = interval(table, self._weights[:, documents], values)
        if np.isnan(value):
            return replace(about, note=note or N_("nothing says what chance would do"))
        low, high = ends or (None, None)
        return replace(about, value=value, low=low, high=high, error=error)

    @cached_property
    def _places(self) -> NDArray[np.intp]:
        """The place of each document among all, by name."""
        order = sorted(range(len(self._documents)), key=self._documents.__getitem__)
        places = np.empty(len(order), np.intp)
        places[order] = np.arange(len(order))
        return places

    @cached_property
    def _weights(self) -> Weights:
        return document_weights(len(self._documents), resamples=self._resamples, seed=self._seed)

    def _table(self, keys: Sequence[Key]) -> tuple[Floats, NDArray[np.intp]]:
        """Documents × statistics × numbers, for the documents that have any, and their places, in that order."""
        places = {key: self._places[np.frombuffer(self._rows[key], np.int64)] for key in keys if key in self._rows}
        width = max(len(self._numbers[key]) // len(of_key) for key, of_key in places.items())
        documents = np.unique(np.concatenate(list(places.values())))
        table = np.zeros((len(documents), len(keys), width))
        for number, key in enumerate(keys):
            if key in places:
                rows = np.searchsorted(documents, places[key])
                table[rows, number] = np.frombuffer(self._numbers[key]).reshape(-1, width)
        return table, documents
