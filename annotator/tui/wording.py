"""What stored words (operations, statuses, sort orders) are called on the screens."""

from __future__ import annotations

from annotator.errors import N_
from annotator.model.annotation import StatusName
from annotator.model.operations import OperationName
from annotator.tui.language import _


OPERATIONS: dict[OperationName, str] = {
    "add": N_("add"),
    "remove": N_("remove"),
    "move edge": N_("move edge"),
    "relabel": N_("relabel"),
    "set attribute": N_("set attribute"),
    "relate": N_("relate"),
    "retype": N_("retype"),
    "unrelate": N_("unrelate"),
    "document label": N_("document label"),
    "note": N_("note"),
    "status": N_("status"),
    "accept": N_("accept"),
    "reject": N_("reject"),
    "import": N_("import"),
    "decide": N_("decide"),
}
STATUSES = {
    "all": N_("all"),
    "new": N_("new"),
    "returned": N_("returned"),
    "open": N_("open"),
    "flagged": N_("flagged"),
    "done": N_("done"),
}
SORT_NAMES = {
    "import": N_("import"),
    "agreement": N_("agreement, the worst first"),
    "uncertain": N_("uncertainty, with some at random"),
    "title": N_("title"),
    "source": N_("source"),
    "length": N_("length"),
    "status": N_("status"),
}

LANGUAGE_NAMES = {"en": "English", "ar": "العربية"}
"""Each in itself, so that its speakers find it."""

THEME_NAMES = {
    "dark": N_("Dark"),
    "light": N_("Light"),
    "contrast": N_("High contrast"),
    "safe": N_("Colour-blind safe"),
}


def operation_name(name: OperationName) -> str:
    """What an operation is called."""
    return _(OPERATIONS[name])


def status_name(name: StatusName | str) -> str:
    """What a status is called, or a filter by status."""
    return _(STATUSES[name])


def sort_name(name: str) -> str:
    """What a sort order is called."""
    return _(SORT_NAMES[name])
