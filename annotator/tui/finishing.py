"""Being done with a document, and flagging it."""

from __future__ import annotations

from collections.abc import Callable

from annotator.model import edits
from annotator.model.annotation import StatusName
from annotator.model.warnings import document_warnings
from annotator.tui import suggestions
from annotator.tui.desk import Desk
from annotator.tui.language import _, ngettext
from annotator.tui.steps import Ask, Step


def done_or_open(desk: Desk, on_done: Callable[[], None]) -> Step:
    """Done, or open again; done once more with what was sent back. Asks about suggestions that wait.

    Args:
        desk: The document.
        on_done: Called once it is done.
    """
    session = desk.session

    def finish() -> str:
        _set_status(desk, "done")
        on_done()
        return _done_message(desk)

    if session.state.status != "done":
        if desk.edge is not None:
            desk.finish_edge()
        return suggestions.before_done(desk, finish)
    if session.returned_note is not None:
        session.settle_returned()
        return _done_message(desk)
    _set_status(desk, "open")
    return _("saved: open again")


def flag(desk: Desk) -> Step:
    """Ask for a note, or take the flag away."""
    state = desk.session.state
    if state.status == "flagged":
        _set_status(desk, "open")
        return _("saved: flag taken away")

    def save(note: str) -> str:
        _set_status(desk, "flagged", note)
        return _("saved: flagged")

    return Ask(_("Flag this document, because:"), state.note, save)


def _set_status(desk: Desk, status: StatusName, note: str | None = None) -> None:
    desk.execute(edits.set_status(desk.session.state, status, note))


def _done_message(desk: Desk) -> str:
    flawed = {annotation.id for annotation, _flaw in document_warnings(desk.session.state, desk.session.schema)}
    if not flawed:
        return _("saved: done; n opens the next document")
    return ngettext(
        "saved: done; ⚠ {n} annotation lacks something: ; a lists it",
        "saved: done; ⚠ {n} annotations lack something: ; a lists them",
        len(flawed),
    )
