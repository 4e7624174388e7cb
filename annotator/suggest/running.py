"""Running suggesters on a document so that none of them stops the others."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from dataclasses import dataclass, replace
from time import perf_counter
from types import MappingProxyType

from annotator.errors import AnnotatorError, UsageError
from annotator.model.schema import Schema
from annotator.model.suggestion import SuggestedRelation, Suggestion, SuggestionSet
from annotator.suggest.checking import Checked, Refusal, check
from annotator.suggest.contract import DocumentView, Suggester
from annotator.suggest.fields import tidy
from annotator.suggest.naming import check_name, origin_of


@dataclass(frozen=True, slots=True)
class Run:
    """What one suggester did with a document.

    Attributes:
        name: The suggester; where it has no usable name, its class.
        origin: The suggester and its version, "" where it failed.
        suggestions: What of its answer counts.
        refused: What does not, and why.
        dropped: How many spans and relations have labels that the schema lacks.
        failure: The suggester and what went wrong with it, on one line, or "".
        seconds: How long it took, checking included.
    """

    name: str
    origin: str
    suggestions: SuggestionSet
    refused: tuple[Refusal, ...]
    dropped: int
    failure: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What all suggesters propose for a document, and what each of them did."""

    suggestions: SuggestionSet
    runs: tuple[Run, ...]


def run(suggesters: Iterable[Suggester], view: DocumentView, schema: Schema) -> Outcome:
    """Run suggesters on a document, one after the other.

    An exception of one, or its wish to exit, is its `failure`; KeyboardInterrupt passes. A suggester with
    the name of one before it fails, because their suggestions could not be told apart.

    Args:
        suggesters: What to run.
        view: The document. The suggesters see its mappings read-only.
        schema: The labels that can be suggested.
    """
    seen = replace(view, meta=MappingProxyType(view.meta), site_lines=MappingProxyType(view.site_lines))
    runs: list[Run] = []
    for suggester in suggesters:
        runs.append(_run_one(suggester, seen, schema, {one.name for one in runs}))
    suggestions: list[Suggestion] = []
    relations: list[SuggestedRelation] = []
    for one in runs:
        suggestions += one.suggestions.suggestions
        relations += one.suggestions.relations
    return Outcome(SuggestionSet.of(suggestions, relations), tuple(runs))


def _run_one(suggester: Suggester, view: DocumentView, schema: Schema, taken: set[str]) -> Run:
    started = perf_counter()
    name, origin, checked, failure = type(suggester).__name__, "", Checked(), ""
    try:
        name = check_name(suggester.name)
        if name in taken:
            raise UsageError("another suggester with this name has run before it")
        answer = suggester.suggest(view)
        origin = origin_of(suggester)  # only now: an external program tells its version when it answers
        checked = check(answer, view, schema, origin)
    except (Exception, SystemExit) as error:  # a script may end the program when it has nothing to say
        failure = f"{name}: {one_line(error)}"
    seconds = perf_counter() - started
    return Run(name, origin, checked.suggestions, checked.refused, checked.dropped, failure, seconds)


def one_line(error: BaseException) -> str:
    """An exception as a line to show, even where its own text cannot be had."""
    if isinstance(error, AnnotatorError):
        return tidy(error.one_line)
    return tidy(" ".join("".join(traceback.format_exception_only(error)).split()))
