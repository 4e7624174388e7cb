"""What the models learn from: documents that somebody has finished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from annotator.suggest.contract import DocumentView


class Labelled(NamedTuple):
    """A labelled span [start, end), code points of the document's text, not empty."""

    start: int
    end: int
    label: str
    attributes: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Example:
    """One finished document of one annotator, or the gold of one.

    Attributes:
        view: The document.
        spans: All its labelled spans.
        group: What must not be torn apart into learning and testing, such as the cluster of copies that the document
            belongs to; "" where it stands for itself.
    """

    view: DocumentView
    spans: tuple[Labelled, ...]
    group: str = ""

    @property
    def together(self) -> str:
        """The name of its group, or of its own."""
        return self.group or f"document {self.view.doc_id}"
