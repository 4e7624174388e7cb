"""What a terminal makes of a row that it reorders by itself."""

from __future__ import annotations

from annotator.text.bidi import line_levels, mirrored, resolve, visual_order
from annotator.tui.logical_rows import BLANK, JOINER, MARK


def as_drawn(row: str, *, heeds_marks: bool = True, mirrors: bool = True) -> str:
    """The characters of a row from left to right, as a terminal shows it that follows UAX #9.

    Args:
        row: What was written, without combining marks.
        heeds_marks: Whether U+200E means anything to it; if not, the first letter gives the row its direction.
        mirrors: Whether it mirrors brackets.
    """
    if not heeds_marks:
        row = row.replace(MARK, "")
    levels = resolve(row, 0 if heeds_marks else None)
    order = line_levels(row, levels, 0, len(row))
    drawn = (mirrored(row[place]) if mirrors and order[place] % 2 else row[place] for place in visual_order(order))
    return "".join(drawn).replace(MARK, "").replace(JOINER, "").replace(BLANK, " ")
