"""The annotator, which writes down where its cursor is whenever it has something to show.

python -m tests.terminal.real.program LOG [--ask-nothing] ARGUMENT ...

The log gets a line of JSON each time: `cursor` is the code point under the cursor, `width` the columns of the text,
`left` and `top` the place of its upper left corner on the screen. With `--ask-nothing` the terminal is not asked to
leave the order of the text alone.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from wcwidth import wcswidth

from annotator.cli.app import main
from annotator.text.pages import RowId
from annotator.tui import driver
from annotator.tui.view import View
from annotator.tui.widgets.document_view import DocumentView


def _where(widget: DocumentView, view: View) -> dict[str, Any]:
    """What the log says; the text's left edge is found by looking for the first row in what is drawn."""
    row = view.layout.row(RowId(0))
    drawn = "".join(segment.text for segment in widget.render_line(0))
    before, found, _ = drawn.partition("".join(cell.glyph for cell in row.cells))
    left = widget.region.x + wcswidth(before) - row.cells[0].x if found else None
    return {"cursor": view.cursor, "width": view.layout.width, "left": left, "top": widget.region.y}


def _log_to(path: Path) -> None:
    show = DocumentView.show

    def logged(widget: DocumentView, view: View, **options: Any) -> None:
        show(widget, view, **options)
        with path.open("a") as file:
            file.write(json.dumps(_where(widget, view)) + "\n")

    DocumentView.show = logged  # type: ignore[method-assign,assignment]


if __name__ == "__main__":
    _, log, *arguments = sys.argv
    if "--ask-nothing" in arguments:
        arguments.remove("--ask-nothing")
        driver.BIDI_OFF = ""
    _log_to(Path(log))
    sys.argv = ["annotator", *arguments]
    main()
