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
    "title": N_("title"),
    "source": N_("source"),
    "length": N_("length"),
    "status": N_("status"),
}

KINDS = {
    "agree": N_("agree"),
    "attribute": N_("attribute"),
    "relation": N_("relation"),
    "document label": N_("document label"),
    "label": N_("label"),
    "boundary": N_("boundary"),
    "split": N_("split or merged"),
    "boundary and label": N_("boundary and label"),
    "missed": N_("missed"),
    "rejected": N_("not in the gold"),
}
"""Kinds of disagreement, and what is missing the other way round in what an annotator is told of a review."""

REASON_NAMES = {
    "guideline": N_("against the guideline"),
    "slip": N_("a slip"),
    "unclear": N_("the guideline is unclear"),
    "text": N_("the text is unclear"),
    "other": N_("another reason"),
}
STANDINGS = {
    "open": N_("undecided"),
    "settled": N_("decided"),
    "deferred": N_("left for later"),
    "reopened": N_("changed since it was decided"),
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


def kind_name(kind: str) -> str:
    """What a kind of disagreement is called."""
    return _(KINDS[kind])


def reason_name(code: str) -> str:
    """What the reason of a decision is called."""
    return _(REASON_NAMES[code])


def standing_name(name: str) -> str:
    """What the standing of an item is called."""
    return _(STANDINGS[name])
