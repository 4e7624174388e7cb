"""`annotator suggest`."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from annotator.cli import diagnostics, output
from annotator.cli.options import DATABASE, AsJson, Database, Debug
from annotator.cli.wording import counted
from annotator.errors import UsageError


if TYPE_CHECKING:
    from annotator.services.project import Project
    from annotator.services.suggesting import SuggestReport
    from annotator.suggest.contract import Suggester
    from annotator.suggest.external import ExternalSuggester
    from annotator.suggest.learned.model import ModelCard


SHOWN_TO = {
    "all": "all annotators",
    "first": "whoever comes to a document first, and nobody after them",
    "nobody": "nobody",
}


def suggest(  # noqa: PLR0913, PLR0917  # one for each option
    names: Annotated[
        list[str] | None,
        typer.Option("--suggester", metavar="NAME", help="Run only this one.  [default: all]  May be repeated."),
    ] = None,
    programs: Annotated[
        list[str] | None,
        typer.Option("--program", metavar="NAME=COMMAND", help="Run a program as a suggester too.  May be repeated."),
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", help="Seconds that a program may take for a document.")
    ] = 10,
    again: Annotated[bool, typer.Option("--again", help="Look at all documents, not only at new ones.")] = False,
    train: Annotated[bool, typer.Option("--train", help="Learn from the finished documents first.")] = False,
    report: Annotated[
        bool, typer.Option("--report", help="Only say what became of suggestions: accepted, edited, rejected.")
    ] = False,
    show: Annotated[
        Literal["all", "first", "nobody"] | None,
        typer.Option(
            "--show",
            help="Who sees suggestions from now on: all annotators, only the first one in each document, or nobody.",
        ),
    ] = None,
    learned: Annotated[
        Literal["auto", "always", "never"] | None,
        typer.Option("--learned", help="When a learned model runs: where it beats the rules, always, or never."),
    ] = None,
    every: Annotated[
        int | None,
        typer.Option("--train-every", metavar="N", help="Train by itself after N more finished documents; 0: never."),
    ] = None,
    as_json: AsJson = False,
    database: Database = DATABASE,
    debug: Debug = False,
) -> None:
    """Let rules, models and programs propose labels.

    They are no labels before an annotator accepts them.

    Without options the rules, installed plug-ins, learned models and the labels of copies are run on all documents that
    they have not seen. `annotate` does the same by itself, beside the screen.
    """
    from annotator.services.learning import set_every, set_use
    from annotator.services.project import open_project
    from annotator.services.visibility import set_visibility

    with open_project(database) as project, ExitStack() as stack:
        if show is not None:
            set_visibility(project, show)
            diagnostics.message(f"suggestions are shown to: {SHOWN_TO[show]}")
        if learned is not None:
            set_use(project, learned)
            diagnostics.message(f"learned models run: {learned}")
        if every is not None:
            set_every(project, every)
            diagnostics.message(f"training by itself: {f'every {every} finished documents' if every else 'never'}")
        if report:
            _report(project, as_json=as_json)
            return
        card = _train(project, as_json=as_json) if train else None
        if card is None and not names and not programs and not again and (show, learned, every) != (None, None, None):
            return  # a setting was all that was wanted
        outside = [stack.enter_context(one) for one in (_program(text, timeout) for text in programs or ())]
        found, near = _run(project, names or (), outside, is_again=again)
    if as_json:
        output.json(_as_json(found, near) | ({} if card is None else {"model": card.to_json()}))
    else:
        _tell(found, near)


def _program(text: str, timeout: float) -> ExternalSuggester:
    from annotator.suggest.external import ExternalSuggester
    from annotator.suggest.registry import RESERVED

    name, equals, command = text.partition("=")
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageError(f"--program {text}: {error}", hint="Write NAME='COMMAND ARGUMENT ...'.") from error
    if not equals or not words:
        raise UsageError(f"--program {text} names no command", hint="Write NAME='COMMAND ARGUMENT ...'.")
    if name in RESERVED:
        raise UsageError(f"--program {text}: the name {name!r} is taken", hint="Give the program another name.")
    return ExternalSuggester(name, words, timeout)


# Running


def _run(
    project: Project, names: Sequence[str], programs: Sequence[ExternalSuggester], *, is_again: bool
) -> tuple[SuggestReport, int]:
    """Run suggesters; returns what came of it, and to how many documents labels of copies were taken."""
    from annotator.services import copies
    from annotator.services.suggesters import chosen_suggesters, known_suggesters
    from annotator.services.suggesting import all_documents, not_looked_at, suggest

    suggesters: Sequence[Suggester]
    wanted = [name for name in names if name != copies.NAME]
    if names:
        suggesters = chosen_suggesters(project, [*wanted, *(one.name for one in programs)], programs)
    else:
        known = known_suggesters(project, programs)
        suggesters = known.suggesters
        for problem in known.problems:
            diagnostics.message(f"plug-in {problem.plugin} cannot be used: {problem.why}")
    documents = not_looked_at(project, suggesters, failed_too=True)
    if suggesters and (is_again or programs):
        documents = all_documents(project)
    counter = diagnostics.Counter("documents")
    try:
        found = suggest(project, suggesters, documents, on_document=counter.show)
        near = _copies(project, counter) if not names or copies.NAME in names else 0
    finally:
        counter.close()
    for message, count in found.failures.values():
        diagnostics.message(f"{message} (in {counted(count, 'document')})" if count > 1 else message)
    for (name, why), count in found.refused.most_common(10):
        diagnostics.message(f"{name}: {counted(count, 'proposal')} refused: {why}")
    return found, near


def _copies(project: Project, counter: diagnostics.Counter) -> int:
    """Look for copies where documents are new, and take labels from one to the other."""
    from annotator.services import copies

    if copies.is_outdated(project):
        copies.find_copies(project, on_document=counter.show)
    return len(copies.project_everywhere(project))


def _as_json(found: SuggestReport, near: int) -> dict[str, object]:
    counts = sorted(found.suggestions.items())
    return {
        "documents": found.documents,
        "suggestions": [{"suggester": name, "label": label, "n": n} for (name, label), n in counts],
        "refused": [{"suggester": name, "reason": why, "n": n} for (name, why), n in found.refused.items()],
        "failures": [{"suggester": name, "message": m, "n": n} for name, (m, n) in found.failures.items()],
        "copies": near,
    }


def _tell(found: SuggestReport, near: int) -> None:
    counts = sorted(found.suggestions.items())
    output.lines([f"looked at: {counted(found.documents, 'document')}"])
    if counts:
        output.table(("suggester", "label", "suggestions"), [(name, label, n) for (name, label), n in counts])
    if near:
        output.lines([f"labels of copies were taken to {counted(near, 'document')}"])


# Training and reporting


def _train(project: Project, *, as_json: bool) -> ModelCard:
    """Learn, and tell of the model; its card."""
    from annotator.services.learning import measure_uncertainty, train_model

    diagnostics.message("training ...")
    card = train_model(project)
    counter = diagnostics.Counter("documents")

    def show(done: int) -> bool:
        counter.show(done)
        return False

    try:
        measure_uncertainty(project, on_document=show)
    finally:
        counter.close()
    if not as_json:
        _tell_card(card)
    return card


def _tell_card(card: ModelCard) -> None:
    output.lines(
        [
            f"learned from {counted(card.documents, 'document')} in {card.seconds:.1f} s; "
            f"held out: {counted(len(card.held_out), 'document')}, seen by neither the model nor its figures"
        ]
    )
    rows = []
    for label in card.labels:
        own, rules = card.figures.get(label), card.baseline.get(label)
        if own is None:
            continue
        is_furniture = label in card.furniture
        figures = [one.line_f1 if is_furniture else one.exact_f1 for one in (own, rules) if one is not None]
        what = "lines" if is_furniture else "exact spans"
        rows.append((label, what, *(f"{figure:.2f}" for figure in figures)))
    output.table(("label", "F1 of", "model", "rules")[: len(rows[0])] if rows else ("label",), rows)
    for name in ("lines", "tokens"):
        verdict = "runs by itself from now on" if card.is_ahead(name) else "does not beat the rules, and does not run"
        output.lines([f"model {name}: {verdict}"])


def _report(project: Project, *, as_json: bool) -> None:
    from annotator.services.suggestion_report import suggestion_report

    tallies = suggestion_report(project)
    if as_json:
        output.json(
            [
                {
                    "origin": one.origin,
                    "label": one.label,
                    "accepted": one.accepted,
                    "edited": one.edited,
                    "rejected": one.rejected,
                    "waiting": one.waiting,
                    "precision": one.precision,
                }
                for one in tallies
            ]
        )
        return
    rows = [
        (
            one.origin,
            one.label,
            one.accepted,
            one.edited,
            one.rejected,
            one.waiting,
            "" if one.precision is None else f"{one.precision:.2f}",
        )
        for one in tallies
    ]
    output.table(("origin", "label", "accepted", "edited", "rejected", "waiting", "precision"), rows)
