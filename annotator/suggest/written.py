"""Evidence as the page spells it: rules compare folded text, people read what is written."""

from __future__ import annotations

from annotator.text.folding import find_all, fold


ABOVE = 1_000
"""Code points above a line in which its evidence may stand, such as a cue in the heading over a list."""


def as_written(text: str, span: tuple[int, int], evidence: str) -> str:
    """The place of a document that folds to some evidence: in a span, else shortly above it.

    Args:
        text: The document.
        span: Where the evidence should be.
        evidence: Folded text, which is returned itself where it stands nowhere.
    """
    start, end = span
    if not evidence:
        return ""
    for first, last in ((start, end), (max(start - ABOVE, 0), start)):
        found = find_all(evidence, fold(text[first:last]))
        if found:
            place = found[-1]
            return text[first + place[0] : first + place[1]]
    return evidence
