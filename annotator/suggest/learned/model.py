"""A learned model and its card, and how both are kept: one zip of JSON and of CRFsuite's own files."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import blake2b
from io import BytesIO
from typing import TYPE_CHECKING

from annotator.errors import DataError
from annotator.suggest.learned.figures import Figures


if TYPE_CHECKING:
    from annotator.suggest.learned.reading import Reader


FORMAT = 1
"""Changes when the zip is made otherwise."""

FEATURES = 1
"""Changes whenever the features or the tags do: a model of other features would propose nonsense."""

ENOUGH_HELD_OUT = 10
"""Documents whose figures say which of two is better."""

LINES = "lines"
_CARD = "card.json"
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),  # the zip
    *(AttributeError, KeyError, TypeError, ValueError),  # the card
)
_TIME = (1980, 1, 1, 0, 0, 0)  # the same model is the same bytes


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is to be known about a model.

    Attributes:
        trained_at: When, as the caller wrote it.
        tool: The version of the program.
        features: The version of the features.
        seed: What decided which documents were held out.
        documents, lines, tokens: What it learned from: finished documents, lines that are not blank, words and signs
            of the lines that are no furniture.
        labels: The labels it knows, and how many spans of each it learned from.
        furniture: Those that are on whole lines; the model of lines proposes them, the one of tokens the rest.
        held_out: The documents on which the figures were taken, by a model that had not seen them.
        figures: For each label how that model did.
        baseline: For each label how the other suggesters did on the same documents; empty where there were none.
        seconds: How long the training took.
    """

    trained_at: str
    tool: str
    features: int
    seed: int
    documents: int
    lines: int
    tokens: int
    labels: Mapping[str, int]
    furniture: Sequence[str]
    held_out: Sequence[str]
    figures: Mapping[str, Figures]
    baseline: Mapping[str, Figures]
    seconds: float

    def pooled(self, name: str, *, baseline: bool = False) -> Figures:
        """The figures of all labels of the model `lines`, or of the model `tokens`, together."""
        figures = self.baseline if baseline else self.figures
        mine = [label for label in self.labels if (label in self.furniture) == (name == LINES)]
        return sum((figures[label] for label in mine if label in figures), Figures())

    def is_ahead(self, name: str) -> bool:
        """Whether the model `lines` or `tokens` did better than the other suggesters on the documents held out.

        On fewer than `ENOUGH_HELD_OUT` documents chance decides, so that there no model is ahead. Lines are compared by
        their F1, tokens by the F1 of exact spans: a span whose edge has to be moved costs as much
        as one that has to be made.
        """
        if len(self.held_out) < ENOUGH_HELD_OUT:
            return False
        mine, others = self.pooled(name), self.pooled(name, baseline=True)
        return mine.line_f1 > others.line_f1 if name == LINES else mine.exact_f1 > others.exact_f1

    def to_json(self) -> dict[str, object]:
        """The card as JSON has it."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, object]) -> ModelCard:
        """A card of what `to_json` gave.

        Raises:
            TypeError: A value is missing or too many.
        """
        known = {
            key: {label: Figures(**one) for label, one in value.items()}
            for key, value in values.items()
            if key in ("figures", "baseline") and isinstance(value, dict)
        }
        return cls(**{**values, **known})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Model:
    """What was learned.

    Attributes:
        lines: The model of lines, or empty where no furniture was labelled.
        layers: For each other label its model of tokens.
        card: What is to be known about it.
    """

    lines: bytes
    layers: Mapping[str, bytes]
    card: ModelCard = field(compare=False)

    @cached_property
    def version(self) -> str:
        """Names what was learned, whenever and however quickly: 12 hex digits."""
        digest = blake2b(f"{FORMAT} {FEATURES}".encode(), digest_size=6)
        for name, part in self._parts():
            digest.update(f"{name} {len(part)} ".encode() + part)
        return digest.hexdigest()

    @cached_property
    def reader(self) -> Reader:
        """What reads documents by this model.

        Raises:
            DataError: The model is damaged.
        """
        from annotator.suggest.learned.reading import Reader  # CRFsuite is loaded where it is needed

        return Reader(self)

    def to_bytes(self) -> bytes:
        """All of it, to be kept in one piece."""
        buffer = BytesIO()
        head = {"format": FORMAT, "features": FEATURES, "card": self.card.to_json()}
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr(zipfile.ZipInfo(_CARD, _TIME), json.dumps(head, ensure_ascii=False, sort_keys=True))
            for name, part in self._parts():
                file.writestr(zipfile.ZipInfo(name, _TIME), part, zipfile.ZIP_DEFLATED)
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Model:
        """What `to_bytes` gave.

        Raises:
            DataError: It is damaged, or of another version of the program.
        """
        try:
            with zipfile.ZipFile(BytesIO(data)) as file:
                head = json.loads(file.read(_CARD))
                if (head["format"], head["features"]) != (FORMAT, FEATURES):
                    raise DataError("the model was trained by another version of annotator", hint="Train it again.")
                parts = {name: file.read(name) for name in file.namelist() if name != _CARD}
                card = ModelCard.from_json(head["card"])
        except _DAMAGE as error:
            raise DataError(f"the model is damaged: {error}", hint="Train it again.") from error
        layers = {name.removeprefix("tokens/"): part for name, part in parts.items() if name != LINES}
        return cls(parts.get(LINES, b""), layers, card)

    def _parts(self) -> list[tuple[str, bytes]]:
        lines = [(LINES, self.lines)] if self.lines else []
        return lines + [(f"tokens/{label}", part) for label, part in sorted(self.layers.items())]
