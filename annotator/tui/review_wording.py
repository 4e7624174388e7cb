"""What kinds of disagreement, reasons and standings are called on the screens of a review and in what comes of it."""

from __future__ import annotations

from annotator.agreement.kinds import KIND_NAMES
from annotator.errors import N_
from annotator.tui.language import _


KINDS: dict[str, str] = {**KIND_NAMES, "rejected": N_("not in the gold")}
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


def kind_name(kind: str) -> str:
    """What a kind of disagreement is called."""
    return _(KINDS[kind])


def reason_name(code: str) -> str:
    """What the reason of a decision is called."""
    return _(REASON_NAMES[code])


def standing_name(name: str) -> str:
    """What the standing of an item is called."""
    return _(STANDINGS[name])
