"""Who sees suggestions: all annotators, nobody, or only whoever comes to a document first."""

from __future__ import annotations

from typing import Literal, cast, get_args

from annotator.errors import UsageError
from annotator.model.suggestion import SuggestionSet
from annotator.services.project import Project
from annotator.store import settings, suggestions
from annotator.store.engine import Connection
from annotator.store.journal import Place


Visibility = Literal["all", "first", "nobody"]
VISIBILITIES: tuple[Visibility, ...] = get_args(Visibility)

SETTING = "suggestions"


def visibility(project: Project) -> Visibility:
    """Who sees suggestions in a project; all do where nothing else was set."""
    with project.store.read() as connection:
        return stored_visibility(connection)


def set_visibility(project: Project, value: str) -> None:
    """Let others see suggestions from now on; what somebody saw in a document stays in their sight there.

    Raises:
        UsageError: There is no such choice.
    """
    if value not in VISIBILITIES:
        raise UsageError(f"suggestions cannot be shown to {value!r}", hint=f"Choose among {', '.join(VISIBILITIES)}.")
    with project.store.write() as connection:
        settings.put(connection, SETTING, value)


def stored_visibility(connection: Connection) -> Visibility:
    """Who sees suggestions, by what is stored."""
    return cast("Visibility", settings.get(connection, SETTING, "all"))


def visible(connection: Connection, place: Place) -> tuple[SuggestionSet, bool]:
    """What an annotator may see of what is proposed for a document, and whether it is withheld as others came first.

    Where annotators are to be independent (`first`), nobody sees what rests on the labels of others either.
    """
    annotator_id, document_id = place
    match stored_visibility(connection):
        case "nobody":
            return SuggestionSet(), False
        case "first":
            is_first = suggestions.is_first(connection, place)
            own = suggestions.load(connection, document_id, whose=annotator_id)
            return (own, False) if is_first else (SuggestionSet(), bool(own.suggestions))
        case "all":
            return suggestions.load(connection, document_id), False
