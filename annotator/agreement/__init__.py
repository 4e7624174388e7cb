"""Agreement between annotators: measures over plain data, kinds of disagreement, reports.

Every measure takes plain Python values, which its docstring gives the shape of, and returns a
`annotator.agreement.measure.Measure`, a float that says what it rests on.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any


if TYPE_CHECKING:
    from annotator.agreement.alpha import krippendorff_alpha
    from annotator.agreement.gammas import gamma
    from annotator.agreement.kappa import cohen_kappa, fleiss_kappa, gwet_ac1, scott_pi
    from annotator.agreement.relations import relation_f1
    from annotator.agreement.spans import span_f1
    from annotator.agreement.unitizing import alpha_u, unitized_alpha

# No module has the name of a measure: the import system would put the module in the measure's place.
_HOME = {
    "alpha_u": "unitizing",
    "cohen_kappa": "kappa",
    "fleiss_kappa": "kappa",
    "gamma": "gammas",
    "gwet_ac1": "kappa",
    "krippendorff_alpha": "alpha",
    "relation_f1": "relations",
    "scott_pi": "kappa",
    "span_f1": "spans",
    "unitized_alpha": "unitizing",
}

__all__ = [
    "alpha_u",
    "cohen_kappa",
    "fleiss_kappa",
    "gamma",
    "gwet_ac1",
    "krippendorff_alpha",
    "relation_f1",
    "scott_pi",
    "span_f1",
    "unitized_alpha",
]


def __getattr__(name: str) -> Any:
    """Load a measure on first use: numpy and scipy take longer than most commands."""
    if name in _HOME:
        return getattr(import_module(f"annotator.agreement.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
