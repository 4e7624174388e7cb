"""The lines of a document, and how two of them are compared."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.text.folding import folded_text


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank.

    Attributes:
        start, end: Its span [start, end) in the document, without the line break.
        text: What stands there.
        key: The same folded, see `line_key`.
        number: Its 0-based number among the lines that are not blank.
        blank_before: Whether a blank line stands before it.
    """

    start: int
    end: int
    text: str
    key: str
    number: int
    blank_before: bool


def line_key(text: str) -> str:
    """A line as it is compared: hamza, marks, digits and case folded, runs of spaces as one."""
    return " ".join(folded_text(text).split())


def lines(text: str) -> list[Line]:
    """The lines of a text that are not blank, in order."""
    found: list[Line] = []
    start, blank_before = 0, False
    for piece in text.split("\n"):
        end = start + len(piece)
        if piece.strip():
            found.append(Line(start, end, piece, line_key(piece), len(found), blank_before))
        blank_before = not piece.strip()
        start = end + 1
    return found
