"""The suggesters that come with the program, loaded when they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import cast

from annotator.errors import UsageError
from annotator.suggest.contract import Suggester


BUILT_IN = {
    "furniture": "annotator.suggest.furniture:FurnitureSuggester",
    "spillover": "annotator.suggest.spillover:SpilloverSuggester",
    "attribution": "annotator.suggest.attribution:AttributionSuggester",
}
"""The rule suggesters by their names: module and class."""

RESERVED = frozenset({*BUILT_IN, "copies", "lines", "tokens", "manual"})
"""Names that no other suggester may have; labels that come of no suggester have the origin "manual"."""


def built_in(name: str) -> Suggester:
    """A new rule suggester; raises KeyError where there is none of this name."""
    module, _, class_name = BUILT_IN[name].partition(":")
    return cast("Suggester", getattr(import_module(module), class_name)())


def rule_suggesters() -> list[Suggester]:
    """New rule suggesters, all of them."""
    return [built_in(name) for name in BUILT_IN]


def find(names: Iterable[str], others: Sequence[Suggester] = ()) -> list[Suggester]:
    """Suggesters by their names, in the order of the names; a name that is given again counts once.

    Args:
        names: What to find.
        others: Those beside the rule suggesters: plug-ins, external programs, learned models.

    Raises:
        UsageError: A name is unknown, or two of the others have the same.
    """
    known = {other.name: other for other in others}
    if len(known) < len(others):
        raise UsageError("two suggesters have the same name", hint=f"Rename one of: {_listed(o.name for o in others)}.")
    wanted = list(dict.fromkeys(names))
    for name in wanted:
        if name not in BUILT_IN and name not in known:
            raise UsageError(f"there is no suggester {name!r}", hint=f"Known are: {_listed([*BUILT_IN, *known])}.")
    return [known[name] if name in known else built_in(name) for name in wanted]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
