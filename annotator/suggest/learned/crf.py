"""Linear-chain conditional random fields, by CRFsuite: N. Okazaki, "CRFsuite: a fast implementation of CRFs", 2007."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

import pycrfsuite

from annotator.errors import N_, DataError, OperationError
from annotator.suggest.learned.tags import Tagged, parts_of


class Items(Protocol):
    """The features of every item of a sequence, as CRFsuite keeps them."""

    def items(self) -> list[dict[str, float]]:
        """For each item the features that it has."""
        ...


SETTINGS = {"c1": 0.1, "c2": 0.1}
"""Some L1, which leaves most weights out of the model, and a little of L2: chosen on pages labelled by hand."""

MOST_PASSES = 50
ITEMS_IN_ALL = 8_000_000
"""The more there is to learn from, the fewer passes are needed, and the longer each takes: so many items, at most."""

MANY_ITEMS = 30_000
"""With more items than this, features that are met once are left out: they are most of the model, and tell nothing."""

STOPPED = N_("the training was stopped")


def items_of(features: Iterable[Sequence[str]]) -> Items:
    """A sequence of items by their features, to learn from or to tag; it may be used for several models."""
    items: Items = pycrfsuite.ItemSequence([list(some) for some in features])
    return items


def fit(sequences: Iterable[tuple[Items, Sequence[str]]], stop: Callable[[], bool]) -> bytes:
    """Learn a model by L-BFGS, which is deterministic.

    Args:
        sequences: Items with a tag for each, none of them empty.
        stop: Asked again and again whether to give up.

    Returns:
        The model, as CRFsuite writes it.

    Raises:
        OperationError: It was stopped.
    """

    class Trainer(pycrfsuite.BaseTrainer):  # type: ignore[misc]
        def message(self, message: str) -> None:
            if stop():
                raise OperationError(STOPPED)

    trainer = Trainer()
    trainer.select("lbfgs")
    count = 0
    for items, tags in sequences:
        trainer.append(items, tags)
        count += len(tags)
    passes = min(MOST_PASSES, max(1, ITEMS_IN_ALL // max(count, 1)))
    trainer.set_params({**SETTINGS, "max_iterations": passes, "feature.minfreq": 1 + (count > MANY_ITEMS)})
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:  # CRFsuite writes to files only
        file = Path(folder) / "model"
        trainer.train(str(file))
        return file.read_bytes()


class Tagger:
    """Tags sequences by a model. One thread at a time."""

    def __init__(self, model: bytes) -> None:
        self._model = model  # CRFsuite reads in these bytes for as long as the tagger lives
        self._tagger = pycrfsuite.Tagger()
        try:
            self._tagger.open_inmemory(model)
        except ValueError as error:
            raise DataError(f"the model is damaged: {error}", hint="Train it again.") from error
        tags = self._tagger.labels()
        self._kin = {tag: [one for one in tags if parts_of(one)[0] == parts_of(tag)[0]] for tag in tags}

    def tag(self, items: Items) -> list[Tagged]:
        """The likeliest tags of a sequence, each with its probability."""
        self._tagger.set(items)
        marginal = self._tagger.marginal
        return [
            Tagged(tag, min(sum(marginal(one, place) for one in self._kin[tag]), 1.0))
            for place, tag in enumerate(self._tagger.tag())
        ]
