"""Which suggesters a project has: the built-in rules, those of installed packages, and what was learned from labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.services.learning import learned_suggesters
from annotator.services.project import Project
from annotator.suggest.contract import Suggester
from annotator.suggest.external import ExternalSuggester
from annotator.suggest.plugins import Problem, load_plugins
from annotator.suggest.registry import BUILT_IN, find


@dataclass(frozen=True, slots=True)
class Known:
    """The suggesters that run by themselves, and the plug-ins that cannot be used."""

    suggesters: tuple[Suggester, ...]
    problems: tuple[Problem, ...]


def known_suggesters(project: Project, programs: Sequence[ExternalSuggester] = ()) -> Known:
    """The suggesters of a project, with some programs beside them."""
    plugins, problems = load_plugins()
    others = [*programs, *plugins, *learned_suggesters(project)]
    found = find([*BUILT_IN, *(other.name for other in others)], others)
    return Known(tuple(found), tuple(problems))


def chosen_suggesters(
    project: Project, names: Sequence[str], programs: Sequence[ExternalSuggester] = ()
) -> tuple[Suggester, ...]:
    """Some suggesters by name; a learned model also where it does not run by itself.

    Raises:
        UsageError: There is none of such a name.
    """
    others = [*programs, *load_plugins()[0], *learned_suggesters(project, all_of_them=True)]
    return tuple(find(names, others))
